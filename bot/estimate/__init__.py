"""`estimate`: what a number of pictures costs, by lane or model, on a day."""
