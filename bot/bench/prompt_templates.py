"""Prompts with {{name}} in them, filled from tests as promptfoo does it: each test with each prompt, lists in turn."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from bot.bench.plan import FEWEST_PROMPTS, MOST_PROMPTS
from bot.errors import BadFile
from bot.grammar.words import echo

Values = Mapping[str, tuple[str, ...]]  # what stands for a name: one text, or several of which each is taken in turn

PASSED_ON = "{{prompt}}"  # what promptfoo draws where a file has tests and no prompts
_NAME = re.compile(r"\{\{\s*([^\W\d]\w*)\s*\}\}")
_MARK = re.compile(r"\{[{%#]")
_ELSEWHERE = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*://|(?:exec|python|package):\S)")  # fetched, or run
_A_FILE = re.compile(
    r"\s*\S+\.(?:[cm]?[jt]s|py|sh|bash|rb|pl|txt|md|json|jsonl|csv|ya?ml|j2|xlsx)(?::\w+)?\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class PromptTest:
    """One row of values, and where a person sees it: test 3, line 12."""

    place: str
    values: Values


def filled(name: str, templates: Sequence[str], tests: Sequence[PromptTest]) -> tuple[str, ...]:
    """Those that name nothing stand alone, once and first. Raises BadFile, in which `name` is the file; for too many
    before one is made."""
    check_count(name, len(templates))
    for template in templates:
        _check_template(name, template)
    alone = [template for template in templates if not _NAME.search(template)]
    named = [template for template in templates if _NAME.search(template)]
    rows = tests or (PromptTest("", {}),)
    check_count(name, len(alone) + sum(_count(name, template, test) for test in rows for template in named))
    return (*alone, *(prompt for test in rows for template in named for prompt in _prompts(name, template, test)))


def check_count(name: str, count: int) -> None:
    """Raises BadFile for too many. Too few are told with the plan."""
    if count > MOST_PROMPTS:
        raise BadFile(f"{name} makes {count:,} prompts; a blind test takes {FEWEST_PROMPTS} to {MOST_PROMPTS}.")


def check_here(name: str, text: str) -> None:
    """Raises BadFile where the text itself is not here: another file, an address, a program."""
    if _ELSEWHERE.match(text):
        raise _not_here(name, text)


def _not_here(name: str, text: str) -> BadFile:
    return BadFile(
        f"{name} points to `{echo(text.strip())}`: I open no other file or address and run no program. "
        "Put the text itself there."
    )


def _check_template(name: str, text: str) -> None:
    check_here(name, text)
    if _A_FILE.fullmatch(text):
        raise _not_here(name, text)
    mark = _MARK.search(_NAME.sub(lambda plain: " " * len(plain[0]), text))
    if mark:
        rest = echo(text[mark.start() :])
        raise BadFile(f"{name} has `{rest}`: I fill in plain {{{{name}}}} and read no other template language.")


def _count(name: str, template: str, test: PromptTest) -> int:
    return prod(len(_values(name, wanted, test)) for wanted in _names(template))


def _prompts(name: str, template: str, test: PromptTest) -> Iterator[str]:
    names = _names(template)
    for row in product(*(_values(name, wanted, test) for wanted in names)):
        yield _put_in(template, dict(zip(names, row, strict=True)))


def _put_in(template: str, texts: Mapping[str, str]) -> str:
    return _NAME.sub(lambda plain: texts[plain[1]], template)


def _names(template: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAME.findall(template)))


def _values(name: str, wanted: str, test: PromptTest) -> tuple[str, ...]:
    """Only what is used is looked at: a column of addresses that no prompt names is nobody's business."""
    values, place = test.values.get(wanted, ()), f" in {test.place}" if test.place else ""
    if not values or not all(value.strip() for value in values):
        raise BadFile(f"{name} has {{{{{echo(wanted)}}}}} and nothing{place} to put there.")
    for value in values:
        check_here(name, value)
        if _MARK.search(value):
            raise BadFile(f"{name}: `{echo(wanted)}`{place} is a template again; a value is taken as it stands.")
    return values
