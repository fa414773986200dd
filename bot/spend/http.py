"""GET /v1/spend: from a query string to the answer that `spend` gives with --json."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.errors import ForOnePerson, NotUnderstood
from bot.grammar.vocabulary import Vocabulary, vocabulary
from bot.printing import plain_json
from bot.spend import answer as spend_answer
from bot.spend.command import Spend, from_fields

FIELDS = ("period", "by", "in", "of")


def answer(books: spend_answer.Books, query: Sequence[tuple[str, str]], now: datetime) -> dict[str, Any]:
    """Raises NotUnderstood; ForOnePerson, since a token is of a workspace and whoever holds it reads the answer."""
    question = _question(query, vocabulary(books.catalog))
    if question.about_people:
        raise ForOnePerson
    return plain_json.as_json(spend_answer.spend(books, question, now))


def _question(query: Sequence[tuple[str, str]], words: Vocabulary) -> Spend:
    """A field nobody knows is refused: without it the answer would be one to another question."""
    fields = dict(query)
    if len(fields) < len(query) or not fields.keys() <= set(FIELDS):
        raise NotUnderstood(f"I read {', '.join(FIELDS[:-1])} and {FIELDS[-1]} here, each of them once.")
    return from_fields(words, *(fields.get(name, "") for name in FIELDS))
