"""Looks for Slack: a value in, a message or a view out. Never a query, never a call."""
