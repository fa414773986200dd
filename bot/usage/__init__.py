"""What pipelines report: read strictly at the border, priced once, stored once."""
