"""The Slack door. Requests go guard -> Bolt -> a listener, which returns what the person sees.

app         reads a request, and the table of listeners as its last lines
lines       the same through Socket Mode
guard       who may knock; shapes: what a payload must look like
answering   sends what a listener returns as the ack, and explains what it raises
asker       who asks, from the signed payload; words: Slack's markup back to what was typed
commands, mentions, questions, tries, digests, benches, judging, sharing, reviews, home, pauses: what is asked for
fields      what was filled into a window
telling     says something after the ack
parts       what this door is handed; jobs: what it puts off
"""

from bot.entrypoints.slack.app import Door, HttpReply, build, glance, receiver
from bot.entrypoints.slack.guard import Guard, Headers
from bot.entrypoints.slack.jobs import duties
from bot.entrypoints.slack.lines import Lines
from bot.slack.ack import trace
from bot.slack.parts import Parts

__all__ = ["Door", "Guard", "Headers", "Lines", "Parts", "HttpReply", "build", "duties", "glance", "receiver", "trace"]
