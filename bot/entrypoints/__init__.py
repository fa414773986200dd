"""What something outside calls: Slack, the terminal, HTTP, the scheduler, and the table of commands."""
