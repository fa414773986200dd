"""`estimate`: what a number of images costs, by lane or model, on a day."""
