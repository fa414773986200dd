"""What is asked before anything is spent: how many pictures, their price, the time to judge them; Start draws them."""

from collections.abc import Callable, Iterator, Sequence

from bot import money
from bot.bench.more import use_label
from bot.bench.plan import Share, judging_minutes
from bot.bench.quote import GUESS_HIGH, GUESS_LOW, BenchQuote
from bot.evidence import LEAST_PROMPTS, MOST_LOOKS
from bot.slack import frame
from bot.slack.message import Element, Message, View, bullets, button, paragraph, rich, section, words
from bot.slack.text import plain
from bot.slack.windows import modal

TITLE = "Blind test"
NAME_LETTERS = 30
Called = Callable[[str], str]  # of a person's id


def quoted(answer: BenchQuote, called: Called) -> Message:
    """[Use] is there where more prompts would be safer and there may be more."""
    named = f"{both(called_all(answer.judges, called))} judge{'s' if len(answer.judges) == 1 else ''}."
    advice = " ".join(filter(None, (enough(answer), short_of(answer), named if answer.judges else "")))
    grey = about(answer)
    steps = [button("Start", "bench.start", answer.id, "Start the blind test"), *_use(answer)]
    steps += [
        button("Cancel", "bench.drop", answer.id, "Cancel: do not start it"),
        *frame.details(f"bench show {answer.id}"),
    ]
    return frame.framed(lead(answer), paragraph(advice), rest=f"{advice} {grey}", grey=grey, steps=steps)


def refused(sentence: str) -> Message:
    """In place of a quote: who was named may not judge."""
    advice = "Nothing was planned or charged. Members of this workspace judge a blind test."
    return frame.framed(sentence, paragraph(advice), rest=advice, steps=frame.run("Plan it again…", "bench"))


def lead(answer: BenchQuote) -> str:
    """20 pictures, $0.26, about 8 minutes of judging."""
    count, minutes = answer.quote.images, judging_minutes(answer.quote.images)
    pictures = f"{count:,} demo pictures, $0" if answer.demo else f"{count:,} pictures, {cost(answer)}"
    each = "" if answer.reviewers == 1 else f" for each of {answer.reviewers}"
    return f"{pictures}, about {minutes} minute{'s' if minutes != 1 else ''} of judging{each}."


def cost(answer: BenchQuote) -> str:
    return money.cents(answer.quote.total_usd)


def enough(answer: BenchQuote) -> str:
    """What so many prompts can settle, by the power of the rule (docs of the method, prompts needed)."""
    prompts, needed = answer.quote.prompts, answer.prompts_needed
    if answer.looks >= MOST_LOOKS:
        return f"This was answered {MOST_LOOKS} times, the most there are: another test decides nothing."
    if needed is None:
        return "At these prices no number of prompts would tell these lanes apart."
    if prompts >= needed:
        return f"{prompts:,} prompts are enough to show a difference that matters."
    power = "give no verdict" if prompts < LEAST_PROMPTS else "show only big differences"
    return f"{prompts:,} prompts {power}; {needed:,} would be safer."


def short_of(answer: BenchQuote) -> str:
    if answer.demo or answer.left_usd >= answer.quote.most_usd:
        return ""
    return f"It needs up to {money.about(answer.quote.most_usd)} and {money.about(answer.left_usd)} is left."


def about(answer: BenchQuote) -> str:
    """What it compares and on which work, as much of it as a grey line holds."""
    sides, kind = plain(both(answer.compared), 70), plain(answer.kind, 40)
    qualities = {one.quality for one in answer.quote.shares}
    quality = qualities.pop() if len(qualities) == 1 else ""
    who = "" if answer.judges else "one person judges" if answer.reviewers == 1 else f"{answer.reviewers} people judge"
    tries = ((sides, quality, kind, who), (sides, quality, kind), (sides, kind), (sides,))
    lines = [f"Compares {', '.join(filter(None, parts))}." for parts in tries]
    return next((line for line in lines if len(line) <= frame.GREY_LETTERS), lines[-1])


def called_all(ids: Sequence[str], called: Called) -> list[str]:
    return [plain(called(one), NAME_LETTERS) for one in ids]


def either(names: Sequence[str]) -> str:
    """budget or premium; budget, premium or legacy."""
    return f"{', '.join(names[:-1])} or {names[-1]}"


def both(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def reserve(answer: BenchQuote) -> str:
    spare = f"with {answer.quote.spare:,} spare for calls that are lost"
    return f"Up to {money.about(answer.quote.most_usd)} is reserved, {spare}; {money.about(answer.left_usd)} is left."


def _use(answer: BenchQuote) -> list[Element]:
    """The same test with as many prompts as are safer; where too few are there its window asks for them."""
    more = answer.more
    if more is None:
        return []
    whole = answer.quote.total_usd + more.total_usd
    label = use_label(more, answer.quote.prompts + more.wanted, whole)
    return [button(label, "bench.use", answer.id)]


# Details


def details(answer: BenchQuote) -> View:
    """By side what it costs; then all that was assumed."""
    sides = [
        rich(section(words(side_name(one), bold=True)), bullets(*([fact] for fact in costs(one))))
        for one in answer.quote.shares
    ]
    known = rich(section(words("Good to know", bold=True)), bullets(*([fact] for fact in mind(answer))))
    return modal(TITLE, [paragraph(words(lead(answer), bold=True)), *sides, known])


def side_name(share: Share) -> str:
    name = f"{share.lane}: {share.model}" if share.lane else share.model
    return f"{name}, {share.quality}, {share.size}"


def costs(share: Share) -> Iterator[str]:
    each = "no price is published" if share.each_usd is None else f"{money.each(share.each_usd)} each"
    yield f"{share.images:,} pictures, {each}, {money.total(share.total_usd)}"


def mind(answer: BenchQuote) -> Iterator[str]:
    """What is reserved and what was assumed."""
    if answer.demo:
        yield "Demo pictures cost nothing: there is no key for the image service."
    else:
        yield reserve(answer)
    yield f"A rejected picture counts as {money.each(answer.reject_usd)} of people's time."
    guess = f"If one lane is kept {GUESS_LOW:.0%} of the time and the other {GUESS_HIGH:.0%}"
    needed = answer.prompts_needed
    yield f"{guess}, {'no number of prompts is' if needed is None else f'{needed:,} prompts are'} enough to prove it."
    yield f"A question may be answered {MOST_LOOKS} times; this would be number {min(answer.looks + 1, MOST_LOOKS)}."
