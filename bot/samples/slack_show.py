"""`show` at this door: what is known about a picture, and the picture itself by direct message."""

from bot.ledger.pictures import JUDGEABLE
from bot.samples import jobs
from bot.samples.blocks_again import picture
from bot.samples.command import Show
from bot.slack.message import Message
from bot.slack.parts import Parts
from bot.slack.request import SlackRequest


def answer(parts: Parts, request: SlackRequest, asked: Show) -> Message:
    """Raises NotOpen, or Blind."""
    team_id = request.who.team_id
    generation, drawing = parts.store.picture(team_id, asked.id)
    votes = parts.store.votes_of(team_id, asked.id)
    if generation.state in JUDGEABLE:
        parts.start(jobs.hand(f"{team_id}:{asked.id}:{request.key}", team_id, asked.id, request.who.person_id))
    return picture(generation, drawing, votes)
