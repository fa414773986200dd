"""What every feature needs to speak in Slack: client, posts, blocks, who asks, who reads a channel."""
