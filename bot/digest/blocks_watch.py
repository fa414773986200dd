"""A model ends: the post that says so, what was chosen about such posts, and that one was not posted."""

from collections.abc import Iterator
from decimal import Decimal

from bot.digest import sentences
from bot.digest.notice import EndingModel, EndNotice
from bot.digest.watch import TakenBack
from bot.money import cents
from bot.periods import ahead_words, day_words
from bot.pricing.lead import pictures
from bot.pricing.sizes import listed
from bot.recommend import blocks_migration
from bot.recommend.command_migrate import Migrate
from bot.recommend.lead_migration import CARRY, money, rough, tested
from bot.recommend.month import Sum
from bot.recommend.plans import MONTH_DAYS
from bot.slack import frame
from bot.slack.message import DIRECT, Block, Element, Message, paragraph, prose, table, unmarked, words
from bot.slack.text import line
from bot.spend.sentences import counted

NAMED, NAME_LETTERS = 3, 30
TEST = "Test it blind"
NONE = "–"


def notice(told: EndNotice, *, amounts: bool = True) -> Message:
    """`amounts` False: people of another workspace read there."""
    said = [" ".join(each(one, told, amounts=amounts)) for one in told.models]
    back = [taken_back(one, told) for one in told.taken_back]
    again = sentences.AGAIN if told.again else ""
    grey = f"{again} {_caution(told)}".strip()
    return frame.framed(
        lead(told),
        *([paragraph(words(said[0]))] if len(said) == 1 else [_table(told, amounts=amounts)]),
        *(paragraph(words(one)) for one in back),
        rest=" ".join([*said, *back, grey]),
        grey=grey,
        steps=[*_steps(told, amounts=amounts)],
    )


def _caution(told: EndNotice) -> str:
    """What a blind test of one's own chose stands there once it did."""
    plans = [one.plan for one in told.models if one.plan and one.plan.is_proven]
    return tested(plans[0], plans[0].tested[0]) if len(told.models) == 1 and plans else CARRY


def lead(told: EndNotice) -> str:
    """At most 80 letters."""
    one, count = told.models[0], len(told.models)
    on = day_words(told.ends_on, told.today)
    if told.is_after:
        name, them = (one.model, "it") if count == 1 else (f"{count} models", "them")
        calls = sum(each.calls for each in told.models)
        return f"{name} stopped on {on}; {counted(calls, 'call', 'calls')} still went to {them}."
    when = f"{ahead_words(told.days_left)}, on {on}"
    return f"{one.model} stops {when}." if count == 1 else f"{count} models you use stop {when}."


def each(one: EndingModel, told: EndNotice, *, amounts: bool) -> Iterator[str]:
    """What runs on it, what OpenAI names in its place and what that costs; with its name where there are several."""
    name = "It" if len(told.models) == 1 else one.model
    last = f"last on {day_words(one.last_used, told.today)}"
    projects = f", for {_projects(one)}" if one.projects else ""
    yield f"{name} {_ran(one, told, amounts=amounts)}, {last}{projects}."
    yield from _instead(one, amounts=amounts)


def _ran(one: EndingModel, told: EndNotice, *, amounts: bool) -> str:
    cost = f" for {money(one.cost)}" if amounts else ""
    if not told.is_after:
        drew = f"was called {counted(one.calls, 'time', 'times')}" if one.images is None else f"drew {_drawn(one)}"
        return f"{drew}{cost} in {MONTH_DAYS} days"
    failed = f"{one.failed:,} of them brought no picture" if one.failed else "all brought pictures"
    charged = f" and they cost {money(one.cost)}" if amounts and one.cost.low_usd else ""
    return f"was called {counted(one.calls, 'time', 'times')} since then: {failed}{charged}"


def _drawn(one: EndingModel) -> str:
    return pictures(one.images or 0)


def _projects(one: EndingModel) -> str:
    names = [line(name, NAME_LETTERS) for name in one.projects[:NAMED]]
    more = len(one.projects) - NAMED
    return listed([*names, f"{more} more"] if more > 0 else names)


def _instead(one: EndingModel, *, amounts: bool) -> Iterator[str]:
    plan = one.plan
    if plan is None or plan.to is None:
        yield "Nothing that lasts takes its place."
        return
    named = [there.model for there in plan.there if there.is_named]
    sentence = f"OpenAI names {listed(named)} in its place" if named else "OpenAI names no successor that lasts"
    if not amounts or plan.is_generic:
        yield f"{sentence}."
        return
    costs = _costs(plan.to.cost, plan.now.cost)
    if named == [plan.to.model]:
        yield f"{sentence}; such a month {costs} there."
    else:
        yield f"{sentence}. On {plan.to.model} such a month {costs}."


def _costs(there: Sum, now: Sum) -> str:
    if there.usd is None or now.usd is None:
        return f"is {money(there)}"
    if not (there.usd - now.usd).quantize(Decimal("0.01")):
        return "costs the same"
    return f"costs about {rough(abs(there.usd - now.usd))} {'more' if there.usd > now.usd else 'less'}"


def _table(told: EndNotice, *, amounts: bool) -> Block:
    cells = _after(told, amounts=amounts) if told.is_after else _ahead(told, amounts=amounts)
    right = [n for n, name in enumerate(cells) if name not in ("Model", "Move", "Last used")]
    return table([list(cells), *zip(*cells.values(), strict=True)], right)


def _ahead(told: EndNotice, *, amounts: bool) -> dict[str, list[str]]:
    plans = [one.plan for one in told.models]
    costs = {
        "Now": [money(one.cost) for one in told.models],
        "After": [money(plan.to.cost) if plan and plan.to and not plan.is_generic else NONE for plan in plans],
    }
    moves = [f"{one.model} to {one.plan.to.model}" if one.plan and one.plan.to else one.model for one in told.models]
    counts = [NONE if one.images is None else f"{one.images:,}" for one in told.models]
    last = [day_words(one.last_used, told.today) for one in told.models]
    return {"Pictures": counts, **(costs if amounts else {"Last used": last}), "Move": moves}


def _after(told: EndNotice, *, amounts: bool) -> dict[str, list[str]]:
    return {
        "Calls": [f"{one.calls:,}" for one in told.models],
        "Failed": [f"{one.failed:,}" for one in told.models],
        **({"Cost": [money(one.cost) for one in told.models]} if amounts else {}),
        "Model": [one.model for one in told.models],
    }


def taken_back(one: TakenBack, told: EndNotice) -> str:
    was = day_words(one.told_on, told.today)
    if one.ends_on is None:
        return f"{one.model} does not stop on {was}: OpenAI took that back."
    return f"{one.model} stops on {day_words(one.ends_on, told.today)}, not on {was}."


def _steps(told: EndNotice, *, amounts: bool) -> Iterator[Element]:
    asked = Migrate(told.models[0].model if len(told.models) == 1 else None).words()
    yield from frame.run("Plan the move", asked)
    tests = [(one, test) for one in told.models if one.plan and (test := blocks_migration.test_words(one.plan))]
    if len(told.models) == 1:
        for one, test in tests:
            yield from frame.run(_test_label(TEST, one, amounts=amounts), test)
    else:
        choices = ((_test_label(one.model, one, amounts=amounts), test) for one, test in tests)
        yield from frame.pick(f"{TEST}…", choices)
    yield from frame.details(asked)


def _test_label(name: str, one: EndingModel, *, amounts: bool) -> str:
    usd = one.plan.test.usd if one.plan and one.plan.test and amounts else None
    return f"{name}: {cents(usd)}" if usd is not None else f"{name}…"


# What was chosen


def switched_on(channel: str, channel_id: str) -> Message:
    direct = channel_id.startswith(DIRECT)
    there = "" if direct else " I must be there: `/invite @imagelane`."
    marks = "90, 30, 7 and 1 days ahead, and the day after if it is still called."
    told = f"{marks}{there} `/imagelane digest watch off` ends it."
    return frame.framed(
        f"When a model you use ends, it is told {'here' if direct else f'in {_name(channel)}'}.",
        paragraph(*prose(told)),
        rest=unmarked(told),
    )


def switched_off() -> Message:
    return frame.framed("When a model you use ends, no post says so any more.")


def not_posted(told: EndNotice, channel: str, because: str) -> Message:
    """To who wanted it."""
    mend = "`/imagelane digest watch on` in another channel has it told there."
    why = f"{lead(told)} {because[:1].upper()}{because[1:]}. Mend that for the next one; {mend}"
    return frame.framed(
        f"That a model ends could not be told in {_name(channel)}.", paragraph(*prose(why)), rest=unmarked(why)
    )


def _name(channel: str) -> str:
    return line(channel, NAME_LETTERS)
