"""The windows of a bench: one to plan it, one a prompt to judge it. Fields come back by name.

plan_modal   callback bench.plan   `set`, `prompts`, `lanes`, `quality`, `size`, `reviewers`, `seconds`, `hourly`,
                                   `cap`, `tag`
page_modal   callback bench.vote   for each letter `place:letter:verdict`, `:sure`, `:wrong` and `:why`. Slack keeps
                                   what was typed under a name when a window changes, so the names change with the
                                   prompt.
"""

from collections.abc import Iterable, Sequence

from bot.bench.pages import Page, PagePicture
from bot.bench.plan import FEWEST_PROMPTS, LONGEST_KIND, MOST_PROMPTS, MOST_REVIEWERS, Effort
from bot.samples import reasons
from bot.slack import frame
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
    small,
    words,
)
from bot.slack.windows import choice_input, form, modal, option, radio_input, text_input

KEPT = (10, 20, 40)
LANES = "budget,premium"
OWN = "own"  # in place of the name of a set
INPUT_LIMIT = 3000
REASON_LIMIT = 500
TITLE = "Blind comparison"
OWN_SHEET = "All you judged here, under your letters."
NOTHING_JUDGED = "You have judged nothing here yet."
NO_SHEET = "Your sheet could not be brought to Slack. Your votes stand; ask for it again later."
VERDICTS = (("Keep", "keep"), ("Reject", "reject"))
SURE = (("1: a guess", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5: certain", "5"))


def plan_modal(sets: Iterable[str], qualities: Sequence[str], about_id: str, lanes: str) -> View:
    """`about_id` comes back with it: where the bench is to be followed. `lanes` are those it begins with."""
    default, choices = Effort(), [option("Those below", OWN), *(option(name, name) for name in sets)]
    choices += [option(f"My last {count} kept", f"kept:{count}") for count in KEPT]
    reviewers = [option(f"{count}", f"{count}") for count in range(1, MOST_REVIEWERS + 1, 2)]
    each = [option(quality, quality) for quality in qualities]
    medium = next(one for one in each if one["value"] == "medium")
    below = f"Prompts, one a line ({FEWEST_PROMPTS} to {MOST_PROMPTS})"
    blocks = [
        choice_input("set", "Prompts", choices, choices[0]),
        text_input("prompts", below, most=INPUT_LIMIT, optional=True),
        text_input("lanes", "Lanes or models, the one you use today first", initial=lanes, most=200, short=True),
        choice_input("quality", "Quality, where a lane names none (budget:low)", each, medium),
        text_input("size", "Size", initial="square", most=20, short=True),
        choice_input("reviewers", "Reviewers of each prompt", reviewers, reviewers[0]),
        text_input(
            "seconds", "Seconds a rejected image costs a person", initial=f"{default.seconds}", most=6, short=True
        ),
        text_input("hourly", "Dollars an hour of theirs costs", initial=f"{default.usd_per_hour}", most=12, short=True),
        text_input("cap", "Dollars at most (empty: what the quote says)", most=12, optional=True, short=True),
        text_input("tag", "Kind of work (empty: the set)", most=LONGEST_KIND, optional=True, short=True),
        small("Nothing is drawn or reserved yet: the quote comes first."),
    ]
    return form(TITLE, blocks, "bench.plan", about_id, "Show the quote")


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


def planned_modal(bench_id: str) -> View:
    sentence = "The blind test is planned and nothing is spent. Its quote stands in the channel, for you alone; "
    return modal(TITLE, [paragraph(*prose(f"{sentence}`/imagelane bench show {bench_id}` shows it again."))])


def sealed_modal(bench_id: str) -> View:
    sentence = "That was the last vote: the blind test is sealed. Its verdict follows in the channel."
    return modal(TITLE, [paragraph(sentence), actions(_own_sheet(bench_id))])


def sentence_modal(sentence: str) -> View:
    return modal(TITLE, [paragraph(*prose(sentence))])


def more_modal(bench_id: str, *, may_end: bool, closable: bool) -> View:
    """`may_end`: it is for who started it. `closable`: some prompt is judged by all, so there is something to seal."""
    if not may_end:
        return sentence_modal("Who started this blind test can close or cancel it. Review is for everybody.")
    close = [button("Close: seal what is judged", "bench.close", bench_id)] if closable else []
    told = "Closing seals the prompts that all have judged." if closable else "No prompt is judged by all yet."
    cancel = frame.asking_first(
        button("Cancel the test", "bench.cancel", bench_id),
        "Cancel it?",
        "Its pictures count for nothing then.",
        "Cancel it",
    )
    return modal(TITLE, [paragraph(told), actions(*close, cancel)])


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
