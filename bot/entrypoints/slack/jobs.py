"""What the door itself puts off: the answer to a mention, a Home; and how long it remembers that it answered."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.jobs import Duties, Handler, kind
from bot.ledger import answered
from bot.ledger.ledger import Ledger

WORDS_KEPT = timedelta(days=90)  # of messages that were answered, as hashes


def _mention(
    team_id: str,
    channel_id: str,
    thread_ts: str,
    person_id: str,
    person_team_id: str,
    event_id: str,
    text: str,
    ts: str = "",
    bot_user_id: str = "",
    /,
) -> None:
    """As `Mention`."""


@kind("direct.greet")
def greet(team_id: str, channel_id: str, person_id: str = "", /) -> None:
    """The first time somebody looks into the bot's own conversation. An older version did not store who."""


@kind("direct.enough")
def enough(team_id: str, channel_id: str, thread_ts: str) -> None:
    """So many questions within an hour that the next ones wait."""


@kind("answer.share_to")
def share_to(team_id: str, channel_id: str, person_id: str, question: str) -> None:
    """An answer of a window, for all of a channel."""


answer = kind("mention.answer", was="answer")(_mention)
hint = kind("mention.hint", was="hint")(_mention)


@kind("home.publish", was="home")
def publish(team_id: str, person_id: str, direct_id: str = "", shown: str = "", /) -> None:
    """The Home of one person, as `Home.publish`."""


@kind("home.sheet")
def draw_sheet(team_id: str, person_id: str, direct_id: str) -> None:
    """The sheet of that person's last pictures, and the Home with it."""


def duties(handlers: tuple[Handler, ...], store: Ledger, real: Callable[[], datetime]) -> Duties:
    return Duties(handlers, tidy=(lambda: store.write_once(answered.forget_words, real() - WORDS_KEPT),))
