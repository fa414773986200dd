"""The windows of who plans a blind test: what is compared, on which prompts, by whom. Fields come back by name.

plan_modal      callback bench.plan      `today`, `compare`, `set`, `count`, `prompts`, `reviewers`, `judges`; behind
                                         More `quality`, `today_quality`, `size`, `seconds`, `hourly`, `cap`, `tag`
prompts_modal   callback bench.prompts   `prompts`
"""

from collections.abc import Mapping, Sequence

from bot.bench.plan import FEWEST_PROMPTS, LONGEST_KIND, MOST_LANES, MOST_PROMPTS, MOST_REVIEWERS, Effort
from bot.bench.plan_fields import COUNTS, KEPT, OWN, SAME, PlanFields
from bot.slack.message import Block, Element, View, actions, button, paragraph, prose, small
from bot.slack.text import line
from bot.slack.windows import (
    choice_input,
    form,
    modal,
    option,
    people_input,
    radio_input,
    several_input,
    text_input,
)

TITLE = "Blind test"
INPUT_LIMIT = 3000
PREVIEW_LETTERS, LEFT_OUT_LETTERS = 70, 300
Choices = Sequence[tuple[str, str]]  # what a select shows, and the word it stands for


def plan_modal(
    lanes: Choices, sets: Mapping[str, Sequence[str]], qualities: Sequence[str], about_id: str, fields: PlanFields
) -> View:
    """`about_id` comes back with it: where the test is to be followed."""
    each = [option(text, word) for text, word in lanes]
    sources = _sources(sets)
    counts = [option(f"{count} of them", count) for count in COUNTS]
    reviewers = [option(_people(count), f"{count}") for count in range(1, MOST_REVIEWERS + 1, 2)]
    blocks = [
        choice_input("today", "What you use today", each, _of(each, fields.today)),
        several_input("compare", "Compare with", each, fields.compare, MOST_LANES - 1),
        radio_input("set", "Prompts", sources, _of(sources, fields.source) or sources[0]),
        choice_input("count", "How many", counts, _of(counts, fields.count)),
        text_input("prompts", MY_OWN, initial=fields.prompts or None, most=INPUT_LIMIT, optional=True),
        choice_input("reviewers", "Who judges", reviewers, _of(reviewers, fields.reviewers)),
        people_input("judges", f"Or by name: 1, 3 or {MOST_REVIEWERS} people", fields.judges, MOST_REVIEWERS),
        *_rest(qualities, about_id, fields.rest),
        small("Nothing is drawn or paid yet: the price comes first."),
    ]
    return form(TITLE, blocks, "bench.plan", about_id, "Show the price")


MY_OWN = f"My own prompts, one a line ({FEWEST_PROMPTS} to {MOST_PROMPTS})"


def _sources(sets: Mapping[str, Sequence[str]]) -> list[Element]:
    """Where prompts come from: a set with its first one, what is pasted below, what this person kept."""
    named = [option(name, name, line(prompts[0], PREVIEW_LETTERS)) for name, prompts in sets.items()]
    return [*named, option("My own", OWN, "Those I paste below"), option("My last kept", KEPT, "Of my pictures")]


def _people(count: int) -> str:
    return "One person, whoever comes first" if count == 1 else f"{count} people each prompt, whoever comes first"


def _rest(qualities: Sequence[str], about_id: str, rest: Mapping[str, str] | None) -> list[Block]:
    """Behind More. All of them have what is usual."""
    if rest is None:
        return [
            actions(button("More", "bench.fields", about_id, "More: quality, size, what a reject costs, a cap, a name"))
        ]
    usual, each = Effort(), [option(quality, quality) for quality in qualities]
    today = [option("The same", SAME), *each]
    quality, size = rest.get("quality", "medium"), rest.get("size", "square")
    seconds, hourly = rest.get("seconds", f"{usual.seconds}"), rest.get("hourly", f"{usual.usd_per_hour}")
    return [
        choice_input("quality", "Quality", each, _of(each, quality)),
        choice_input(
            "today_quality", "Quality of today's, if another", today, _of(today, rest.get("today_quality", SAME))
        ),
        text_input("size", "Size", initial=size, most=20, short=True),
        text_input("seconds", "Seconds a rejected picture costs a person", initial=seconds, most=6, short=True),
        text_input("hourly", "Dollars an hour of theirs costs", initial=hourly, most=12, short=True),
        text_input("cap", "Dollars at most", initial=rest.get("cap"), most=12, optional=True, short=True),
        text_input("tag", "Kind of work", initial=rest.get("tag"), most=LONGEST_KIND, optional=True, short=True),
    ]


def _of(options: Sequence[Element], value: str) -> Element | None:
    return next((one for one in options if one["value"] == value), None)


def planned_modal(bench_id: str, left_out: Sequence[str] = ()) -> View:
    """`left_out`: of what was pasted."""
    sentence = "Nothing is drawn or paid yet. The price comes to the channel, for you alone; "
    shown = [paragraph(*prose(f"{sentence}`/imagelane bench show {bench_id}` shows it again."))]
    if left_out:
        shown.append(paragraph(line(f"Left out of what you pasted: {', '.join(left_out)}.", LEFT_OUT_LETTERS)))
    return modal(TITLE, shown)


def prompts_modal(about_id: str, wanted: int, unused: Sequence[str]) -> View:
    """Where too few unused prompts are there for `wanted` more. `about_id` comes back with it."""
    there = (
        f"{len(unused)} unused of the same work stand below." if unused else "No unused ones of the same work are left."
    )
    blocks = [
        paragraph(f"{wanted} more prompts are wanted. {there} Add your own: as like the first ones as they can be."),
        text_input("prompts", "More prompts, one a line", initial=_within(unused) or None, most=INPUT_LIMIT),
        small("Nothing is drawn or paid yet: the price comes first."),
    ]
    return form(TITLE, blocks, "bench.prompts", about_id, "Show the price")


def _within(prompts: Sequence[str]) -> str:
    """Whole lines, as many as a field holds."""
    text = ""
    for prompt in prompts:
        if len(text) + len(prompt) >= INPUT_LIMIT:
            break
        text += f"{prompt}\n"
    return text
