"""`recommend` and `models`: which lane to take and why, and what is alive on a day."""
