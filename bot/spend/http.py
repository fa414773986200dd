"""GET /v1/spend and /v1/export: from a query string to the answer that `spend` gives with --json, or to FOCUS."""

from datetime import datetime
from typing import Any, TextIO

from bot.errors import ForOnePerson, NotUnderstood
from bot.grammar.fields import Query, named_fields
from bot.grammar.vocabulary import Vocabulary, vocabulary
from bot.printing import plain_json
from bot.spend import answer as spend_answer
from bot.spend.command import Spend, from_fields
from bot.spend.focus import FocusCount

FIELDS = ("period", "by", "in", "of")


def answer(books: spend_answer.Books, query: Query, now: datetime) -> dict[str, Any]:
    """Raises NotUnderstood; ForOnePerson, since a token is of a workspace and whoever holds it reads the answer."""
    question = _question(query, vocabulary(books.catalog))
    if question.about_people:
        raise ForOnePerson
    return plain_json.as_json(spend_answer.spend(books, question, now))


def export(books: spend_answer.Books, query: Query, now: datetime, to: TextIO) -> FocusCount:
    """FOCUS without people, as whoever holds a token may read it. Raises NotUnderstood."""
    fields = named_fields(query, ("period", "format"))
    if fields.get("format") != "focus":
        raise NotUnderstood("I write format=focus here, and no other.")
    question = from_fields(vocabulary(books.catalog), fields.get("period", ""), "", "", "")
    return books.write_focus(spend_answer.span(books, question.period, now), to, False)


def _question(query: Query, words: Vocabulary) -> Spend:
    fields = named_fields(query, FIELDS)
    return from_fields(words, *(fields.get(name, "") for name in FIELDS))
