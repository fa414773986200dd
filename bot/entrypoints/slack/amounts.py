"""Who may read what the team spent: nobody outside its workspace, and figures by person only who asked for them."""

from bot import grammar
from bot.entrypoints.slack.questions import Question
from bot.errors import ImagelaneError

OUTSIDE = (
    "Not shown to all: people of another workspace read here, or I can't tell whether they do. "
    "Ask with `/imagelane spend`: only you see the answer."
)
BY_PERSON = "Figures by person are for the one who asked; they are not shared."


def private(question: Question) -> bool:
    return isinstance(question, grammar.Spend) and question.by == "person"


def refuse_private(question: Question) -> None:
    """A button can be forged: the one that would share these figures is never shown. Raises ImagelaneError."""
    if private(question):
        raise ImagelaneError(BY_PERSON)
