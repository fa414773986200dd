"""`spend`: what a period cost and whether it was worth it."""
