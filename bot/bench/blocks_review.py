"""The windows that judge a bench, one a prompt. Fields come back by name.

page_modal   callback bench.vote   for each letter `place:letter:verdict`, `:sure`, `:wrong` and `:why`. Slack keeps
                                   what was typed under a name when a window changes, so the names change with the
                                   prompt.
"""

from collections.abc import Sequence

from bot.bench.pages import Page, PagePicture
from bot.samples import reasons
from bot.slack.message import (
    Block,
    Element,
    View,
    actions,
    button,
    paragraph,
    picture,
    prose,
    quote,
    rich,
    section,
    words,
)
from bot.slack.windows import choice_input, form, modal, option, radio_input, text_input

REASON_LIMIT = 500
TITLE = "Blind comparison"
OWN_SHEET = "All you judged here, under your letters."
NOTHING_JUDGED = "You have judged nothing here yet."
NO_SHEET = "Your sheet could not be brought to Slack. Your votes stand; ask for it again later."
VERDICTS = (("Keep", "keep"), ("Reject", "reject"))
SURE = (("1: a guess", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5: certain", "5"))


def page_modal(page: Page, *, mine: bool) -> View:
    """The same pictures, letters and words for every lane; the only name of a file is its letter."""
    about_id = f"{page.bench_id}:{page.place}:{'mine' if mine else 'open'}"
    blocks = [
        rich(section(words(_left(page, mine=mine), bold=True)), quote(page.prompt)),
        *(block for one in page.pictures for block in _picture(page, one)),
        actions(button("Skip", "bench.skip", about_id, "Skip this prompt"), _own_sheet(page.bench_id)),
    ]
    return form(TITLE, blocks, "bench.vote", about_id, "Next")


def over_modal(bench_id: str, *, judged: bool) -> View:
    """Nothing is left for this person; `judged`: what they judged may still be changed."""
    sentence = "There is nothing left for you to judge here; thank you. Totals come when every image is judged."
    again = button("Look at mine again", "bench.again", bench_id)
    return modal(TITLE, [paragraph(sentence), *([actions(again, _own_sheet(bench_id))] if judged else [])])


def coming_modal(bench_id: str) -> View:
    """While a reviewer's own sheet is drawn, which may not be waited for."""
    return modal(TITLE, [paragraph("Your sheet is being drawn: it will stand here in a moment."), _on(bench_id)])


def sheet_modal(bench_id: str, sentence: str, *pictures: Block, open_: bool) -> View:
    """A reviewer's own sheet, or the sentence for why there is none. `open_`: there may be more to judge."""
    return modal(TITLE, [paragraph(sentence), *pictures, *([_on(bench_id)] if open_ else [])])


def sealed_modal(bench_id: str) -> View:
    sentence = "That was the last vote: the blind test is sealed. Its verdict follows in the channel."
    return modal(TITLE, [paragraph(sentence), actions(_own_sheet(bench_id))])


def sentence_modal(sentence: str) -> View:
    return modal(TITLE, [paragraph(*prose(sentence))])


def name(place: int, letter: str, what: str) -> str:
    """Of a field: verdict, sure, wrong or why."""
    return f"{place}:{letter}:{what}"


def _own_sheet(bench_id: str) -> Element:
    return button("My sheet", "bench.sheet", bench_id, "Show all I judged here")


def _on(bench_id: str) -> Block:
    return actions(button("Go on judging", "bench.on", bench_id))


def _left(page: Page, *, mine: bool) -> str:
    if mine:
        return f"Prompt {page.place + 1}: as you judged it"
    return "The last prompt for you" if page.left == 1 else f"{page.left} of {page.of} prompts left for you"


def _picture(page: Page, one: PagePicture) -> Sequence[Block]:
    letter, vote = one.letter, one.vote
    field = {what: name(page.place, letter, what) for what in ("verdict", "sure", "wrong", "why")}
    ticked, note = reasons.parted(vote.reason if vote else None)
    sure = None if vote is None or vote.confidence is None else f"{vote.confidence}"
    return (
        picture(one.file_id or "", f"Picture {letter}"),
        radio_input(field["verdict"], f"Picture {letter}", *_chosen(VERDICTS, vote.verdict if vote else None)),
        choice_input(field["sure"], f"How sure are you of {letter}?", *_chosen(SURE, sure)),
        reasons.chips(field["wrong"], f"What is wrong with {letter}", ticked),
        text_input(
            field["why"], f"Why? ({letter})", initial=note or None, most=REASON_LIMIT, optional=True, short=True
        ),
    )


def _chosen(pairs: Sequence[tuple[str, str]], value: str | None) -> tuple[list[Element], Element | None]:
    options = [option(text, each) for text, each in pairs]
    return options, next((one for one in options if one["value"] == value), None)
