"""`show` at this door: what is known about a picture, and the picture itself by direct message."""

from bot.ledger.pictures import JUDGEABLE
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
        arguments = (team_id, asked.id, request.who.person_id)
        parts.start("hand", f"{team_id}:{asked.id}:{request.key}", arguments)
    return picture(generation, drawing, votes)
