"""The provider's bill, read once a day: a column of its own beside our books."""
