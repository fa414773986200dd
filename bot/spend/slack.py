"""`spend` at this door: the words at once, and by day a chart that follows."""

from dataclasses import replace

from bot.slack.message import Message
from bot.slack.parts import Parts
from bot.slack.request import SlackRequest
from bot.spend import answer as spend_answer
from bot.spend import blocks as spend_blocks
from bot.spend import jobs
from bot.spend.command import Spend


def answer(parts: Parts, request: SlackRequest, asked: Spend) -> Message:
    """The chart is for who asked."""
    team_id, to = request.who.team_id, request.place
    said = shared(parts, team_id, asked)
    if asked.by == "day" and to.channel_id:
        about = (team_id, to.channel_id, asked.words(), to.person_id, to.thread_ts or "")
        parts.start(jobs.show(f"{team_id}:{request.key}", *about))
    return said


def shared(parts: Parts, team_id: str, asked: Spend) -> Message:
    """Never remembered: a vote or a picture of this moment is in it."""
    books = spend_answer.Books.of(parts.store, team_id, parts.zone)
    told = spend_answer.spend(books, asked, parts.now())
    return spend_blocks.spending(told, replace(asked, on=told.scope.as_of).words())
