"""`show` at this door: what is known about a picture, and the picture itself by direct message."""

from bot.clock import Clock
from bot.errors import NotOpen, Unknown
from bot.jobs import Start
from bot.ledger import questions
from bot.ledger import votes as ledger_votes
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import JUDGEABLE, Drawing, Generation
from bot.samples import jobs
from bot.samples.blocks_again import picture
from bot.samples.command import Show
from bot.slack.message import Message
from bot.slack.request import SlackRequest


def answer(store: Ledger, start: Start, clock: Clock, request: SlackRequest, asked: Show) -> Message:
    """Raises Unknown, or Blind."""
    team_id = request.who.team_id
    generation, drawing = known(store, team_id, asked)
    votes = store.read(ledger_votes.standing, team_id, asked.id)
    if generation.state in JUDGEABLE:
        start(jobs.hand(f"{team_id}:{asked.id}:{request.key}", team_id, asked.id, request.who.person_id))
    return picture(generation, drawing, votes, clock.now().date())


def known(store: Ledger, team_id: str, asked: Show) -> tuple[Generation, Drawing]:
    """Raises Unknown, or Blind."""
    try:
        return store.read(questions.picture, team_id, asked.id)
    except NotOpen:
        raise Unknown("picture", asked.id) from None
