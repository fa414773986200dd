"""The windows that judge a bench, one a prompt.

page_modal   two pictures: a press is both votes. Three: callback bench.vote, for each letter `place:letter:verdict`.
             Slack keeps what was chosen under a name when a window changes, so the names change with the prompt.
             How sure: block `place::sure`, action review.sure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.bench.pages import Page
from bot.samples import reasons
from bot.slack import frame
from bot.slack.message import (
    TITLE_LIMIT,
    Block,
    Element,
    View,
    actions,
    button,
    paragraph,
    picture,
    plain_text,
    prose,
    quote,
    rich,
    small,
    words,
)
from bot.slack.windows import form, modal, option, radio_input

TITLE = "Blind test"
OWN_SHEET = "All you judged here, under your letters."
NOTHING_JUDGED = "You have judged nothing here yet."
NO_SHEET = "Your sheet could not be brought to Slack. Your votes stand; ask for it again later."
NOTHING_LEFT = "There is nothing left for you to judge here; thank you. Totals come when every picture is judged."
VERDICTS = (("Keep", "keep"), ("Reject", "reject"))
KEEPS = {"a": "A", "b": "B", "both": "AB", "neither": ""}  # by the end of an action id: letters that are kept
PRESSES = (("Only A", "a"), ("Only B", "b"), ("Both", "both"), ("Neither", "neither"))
SURE = {"5": "Very sure", "4": "Sure", "2": "Not sure"}  # by confidence
WHICH = "Which would you keep?"


@dataclass(frozen=True)
class LastVote:
    """What somebody said of the prompt before, as (letter, verdict)."""

    about_id: str
    verdicts: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        return f"Last one: {_said(self.verdicts)}."


def page_modal(page: Page, last: LastVote | None = None, sure: str | None = None) -> View:
    """The same picture, letters and words for every lane. `sure`: what was chosen at the prompt before."""
    about_id = f"{page.bench_id}:{page.place}"
    head = [rich(quote(page.prompt)), picture(page.file_id or "", _alt(page))]
    how_sure, others, before = _sure(page, sure), _others(page, about_id), _last(last) if last else ()
    named = {"block_id": name(page.place, "", "sure")}
    if len(page.pictures) == 2:
        presses = [button(text, f"review.{end}", about_id) for text, end in PRESSES]
        votes = [paragraph(words(_question(page), bold=True)), {**actions(*presses, how_sure), **named}]
        view = {**modal(_title(page), [*head, *votes, actions(*others), *before]), "private_metadata": about_id}
    else:
        blocks = [*head, *_letters(page), {**actions(how_sure, *others), **named}, *before]
        view = form(_title(page), blocks, "bench.vote", about_id, "Next")
    return {**view, "close": plain_text("Later", TITLE_LIMIT)}


def larger_modal(page: Page) -> View:
    """Each picture at full width, over the window it was asked in."""
    blocks: list[Block] = []
    for one in page.pictures:
        blocks += [paragraph(words(one.letter, bold=True)), picture(one.file_id or "", f"Picture {one.letter}")]
    return {**modal(_title(page), blocks), "close": plain_text("Back", TITLE_LIMIT)}


def over_modal(bench_id: str, place: int | None, last: LastVote | None = None) -> View:
    """Nothing is left for this person. `place`: after the last prompt, where what they judged may still be changed."""
    again = [] if place is None else [button("Back", "review.back", f"{bench_id}:{place}"), _own_sheet(bench_id)]
    return modal(TITLE, [paragraph(NOTHING_LEFT), actions(*again), *(_last(last) if last else ())])


def coming_modal(bench_id: str) -> View:
    """While a reviewer's own sheet is drawn, which may not be waited for."""
    return on_modal(bench_id, "Your sheet is being drawn: it will stand here in a moment.")


def on_modal(bench_id: str, sentence: str, *pictures: Block, open_: bool = True) -> View:
    """A sentence and what it is about. `open_`: there may be more to judge."""
    on = [button("Go on judging", "bench.on", bench_id)] if open_ else []
    return modal(TITLE, [paragraph(*prose(sentence)), *pictures, actions(*on)])


def sealed_modal(bench_id: str) -> View:
    sentence = "That was the last vote: the blind test is sealed. Its verdict follows in the channel."
    return modal(TITLE, [paragraph(sentence), actions(_own_sheet(bench_id))])


def sentence_modal(sentence: str) -> View:
    return modal(TITLE, [paragraph(*prose(sentence))])


def name(place: int, letter: str, what: str) -> str:
    """Of a field: a letter's verdict, or how sure (of no letter)."""
    return f"{place}:{letter}:{what}"


def _title(page: Page) -> str:
    return f"{TITLE}, {page.number} of {page.of}"


def _alt(page: Page) -> str:
    if len(page.pictures) == 2:
        return f"Two pictures side by side, A on the left and B on the right: {page.prompt}"
    return f"Three pictures, A, B and C: {page.prompt}"


def _question(page: Page) -> str:
    """What was said of it before, where somebody comes back to it."""
    if not page.votes:
        return WHICH
    verdicts = [(one.letter, one.vote.verdict) for one in page.pictures if one.vote]
    return f"You said: {_said(verdicts)}. Change it?"


def _said(verdicts: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{letter} {'kept' if verdict == 'keep' else 'rejected'}" for letter, verdict in verdicts)


def _letters(page: Page) -> list[Block]:
    options = [option(text, verdict) for text, verdict in VERDICTS]
    return [
        radio_input(
            name(page.place, one.letter, "verdict"),
            f"Picture {one.letter}",
            options,
            next((each for each in options if one.vote and each["value"] == one.vote.verdict), None),
        )
        for one in page.pictures
    ]


def _sure(page: Page, sure: str | None) -> Element:
    own = {f"{vote.confidence}" for vote in page.votes}
    options = {value: option(text, value) for value, text in SURE.items()}
    select = frame.select("How sure?", "review.sure", list(options.values()))
    chosen = options.get(own.pop() if own else sure or "")
    return {**select, "initial_option": chosen} if chosen else select


def _others(page: Page, about_id: str) -> list[Element]:
    earlier = [button("Back", "review.back", about_id)] if page.earlier else []
    return [*earlier, button("Skip", "review.skip", about_id), button("Larger", "review.larger", about_id)]


def _last(last: LastVote) -> tuple[Block, ...]:
    """And why, in one select: of several letters each choice counts for its own."""
    rejects = [letter for letter, verdict in last.verdicts if verdict == "reject"]
    options = [
        option(f"{letter}: {text}" if len(rejects) > 1 else text, f"{last.about_id}:{letter}:{value}")
        for letter in rejects
        for value, text in reasons.REASONS
    ]
    why = [frame.select(f"Why not {' or '.join(rejects)}? (optional)", "review.why", options)] if rejects else []
    return small(last.sentence), {**actions(*why), "block_id": f"{last.about_id}:why"}


def _own_sheet(bench_id: str) -> Element:
    return button("My sheet", "bench.sheet", bench_id, "My sheet: all I judged here")
