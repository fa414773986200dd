"""The windows of who starts a bench: what is compared, and what only that person may do. Fields come back by name.

plan_modal   callback bench.plan   `set`, `prompts`, `lanes`, `quality`, `size`, `reviewers`, `seconds`, `hourly`,
                                   `cap`, `tag`
"""

from collections.abc import Iterable, Sequence

from bot.bench.blocks_review import TITLE, sentence_modal
from bot.bench.plan import FEWEST_PROMPTS, LONGEST_KIND, MOST_PROMPTS, MOST_REVIEWERS, Effort
from bot.slack import frame
from bot.slack.message import View, actions, button, paragraph, prose, small
from bot.slack.windows import choice_input, form, modal, option, text_input

KEPT = (10, 20, 40)
LANES = "budget,premium"
OWN = "own"  # in place of the name of a set
INPUT_LIMIT = 3000


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


def planned_modal(bench_id: str) -> View:
    sentence = "The blind test is planned and nothing is spent. Its quote stands in the channel, for you alone; "
    return modal(TITLE, [paragraph(*prose(f"{sentence}`/imagelane bench show {bench_id}` shows it again."))])


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
