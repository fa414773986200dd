"""The Slack door. Requests go guard -> Bolt -> a listener, which returns what the person sees.

app         reads a request; lines: the same through Socket Mode
guard       who may knock; shapes: what a payload must look like
door        joins the listeners of all features and its own
commands, mentions, questions, sharing, home, pauses: its own; jobs: what it puts off
"""

from bot.entrypoints.slack.app import HttpReply, glance, receiver
from bot.entrypoints.slack.guard import Guard, Headers
from bot.entrypoints.slack.jobs import duties
from bot.entrypoints.slack.lines import Lines
from bot.slack.refusal import trace

__all__ = ["Guard", "Headers", "HttpReply", "Lines", "duties", "glance", "receiver", "trace"]
