"""`budget` as typed: what to do, how much per what, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from bot.errors import NotUnderstood
from bot.grammar import numbers
from bot.grammar.canonical import joined, plain_usd, quoted_name
from bot.grammar.names import channel, person, project
from bot.grammar.row import At, BookAnswer, CommandRow, CommandUsage, always
from bot.grammar.sorting import take_options
from bot.grammar.vocabulary import Vocabulary, did_you_mean
from bot.grammar.words import bare, echo, hidden, nearest
from bot.ledger.limits import PER, WORKSPACE, Scope

USAGE = CommandUsage(
    "budget",
    "budget [show [for ...] | all | requests], or budget set USD per [week | month] [for workspace | #CHANNEL | "
    "@PERSON | project NAME], or budget off [for ...]",
    "What is left of the budgets that hold here, or of another one. For those who may change them `all` shows every "
    "one, `requests` who waits for more. `set 0` stops all paid pictures there, `off` takes the limit away; a "
    "workspace's goes back to that of the settings.",
    (
        "budget",
        "budget show for project kites",
        "budget set 50 per month",
        "budget set 10 per week for project kites",
        "budget off for project kites",
        "budget requests",
    ),
    spoken="Say show, all, set and an amount per week or per month, or off. Then for the workspace, a #channel, a "
    "@person or a project and its name.",
    topic="Money",
    gist="what is left, and where the month will end",
    begin=("What is left", "budget"),
)
ACTS = ("show", "all", "requests", "set", "off")
WITHOUT_WHOM = ("show", "all", "requests")
_FOR_WHOM = "For whom? I read `for` workspace, a #channel, a @person or `project` and its name."


@dataclass(frozen=True)
class BudgetCommand:
    """`act` is show (what holds for who asks, where they ask), one (that of `scope`, typed as `show for ...`), all,
    requests, set or off; `usd` and `per` (week or month) go with set, and only with it."""

    name: ClassVar[str] = "budget"

    act: str = "show"
    usd: Decimal | None = None
    per: str | None = None
    scope: Scope = WORKSPACE

    def words(self) -> str:
        amount = None if self.usd is None else f"{plain_usd(self.usd)} per {self.per}"
        whose = None if self.act in WITHOUT_WHOM else f"for {_said(self.scope)}"
        return joined("budget", "show" if self.act == "one" else self.act, amount, whose)

    @property
    def changes(self) -> bool:
        return self.act in ("set", "off")


def _said(scope: Scope) -> str:
    phrases = {"channel": f"#{scope.id}", "person": f"@{scope.id}", "project": f"project {quoted_name(scope.id)}"}
    return phrases.get(scope.kind, scope.kind)


def read(words: Sequence[str], _vocabulary: Vocabulary) -> BudgetCommand:
    """A word with white space in it was quoted in a shell."""
    plain, _ = take_options(USAGE, words, {})
    if not plain:
        return BudgetCommand()
    act, rest = bare(plain[0]).lower(), plain[1:]
    if act not in ACTS:
        near = nearest(act, ACTS)
        raise did_you_mean(plain[0], "word", near) if near else _unread(plain[0])
    if act == "show" and rest:
        return BudgetCommand("one", scope=_scope(rest))
    if act in WITHOUT_WHOM:
        _nothing_more(rest)
        return BudgetCommand(act)
    if act == "off":
        return BudgetCommand("off", scope=_scope(rest))
    usd, per, rest = _amount(rest)
    return BudgetCommand("set", usd, per, _scope(rest))


def _amount(words: list[str]) -> tuple[Decimal, str, list[str]]:
    if not words:
        raise NotUnderstood("How much? I read `budget set 50 per month`; 0 stops all paid pictures.")
    usd = numbers.money(bare(words[0]))
    per = [bare(word).lower() for word in words[1:3]]
    if per[:1] != ["per"] or len(per) < 2:
        raise NotUnderstood(f"Per week or per month? I read `budget set {echo(words[0])} per month`.")
    if per[1] not in PER:
        near = nearest(per[1], PER)
        raise (
            did_you_mean(words[2], "period", near)
            if near
            else NotUnderstood(
                f"I could not read `{echo(words[2])}`{hidden(words[2])}: a budget is per week or per month."
            )
        )
    return usd, per[1], words[3:]


def _scope(words: list[str]) -> Scope:
    if not words:
        return WORKSPACE
    if bare(words[0]).lower() != "for":
        raise _unread(words[0])
    if len(words) < 2:
        raise NotUnderstood(_FOR_WHOM)
    scope, rest = _whom(words[1:])
    _nothing_more(rest)
    return scope


def _whom(words: list[str]) -> tuple[Scope, list[str]]:
    word = bare(words[0])
    if word.lower() == "workspace":
        return WORKSPACE, words[1:]
    if word.startswith("#"):
        return Scope("channel", channel(word)), words[1:]
    if word.startswith("@"):
        return Scope("person", person(word)), words[1:]
    if word.lower() != "project":
        near = nearest(word, ("workspace", "project"))
        raise did_you_mean(words[0], "scope", near) if near else NotUnderstood(_FOR_WHOM)
    name, rest = project(words[1:], _FOR_WHOM)
    return Scope("project", name), rest


def _nothing_more(words: Sequence[str]) -> None:
    if words:
        raise _unread(words[0])


def _unread(word: str) -> NotUnderstood:
    return NotUnderstood(
        f"I could not read `{echo(word)}`{hidden(word)}: `help budget` shows how budgets are written.", word
    )


BUDGET = CommandRow(
    USAGE,
    read,
    BookAnswer(slow=always),
    only_asks=lambda asked: not asked.changes,
    printout=At("bot.budgets.printout:rendered"),
    extras=("--workspace",),
    verbs=("limit", "limits"),
)
