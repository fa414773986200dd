"""`recommend`, `models` and `migrate`: which lane to take and why, what is alive on a day, and leaving a model."""
