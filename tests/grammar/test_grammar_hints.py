"""What an unknown name of a model leads to, on any day: to no dead model, and to no other model's price."""

import re
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot import catalog
from bot.entrypoints.commands import COMMANDS
from bot.errors import NotUnderstood
from bot.estimate.command import Estimate
from bot.grammar.vocabulary import vocabulary
from bot.pricing.dated import is_alive, model_named
from bot.recommend.command import Models, Recommend
from bot.samples.command import Try
from tests.kit import cells

FACTS = catalog.load()
NAMES = tuple(vocabulary(FACTS).models)
ARTICLE, TODAY, AFTER = date(2026, 3, 27), date(2026, 11, 28), date(2026, 12, 1)
TAIL = re.compile(r"did you mean (.*)\?")
ASKED = ("estimate 5000 high {}", "models {}", "recommend existing {}", "recommend {}", 'try "a kite" {}')
DATED = ASKED[:4]


def refusal(text: str, today: date = TODAY) -> str:
    return cells.refusal(NotUnderstood, COMMANDS.parse, text, vocabulary(FACTS, today))


def suggested(text: str, today: date) -> tuple[str, ...]:
    """At both doors the same."""
    sentence = refusal(text, today)
    assert cells.refusal(NotUnderstood, COMMANDS.parse_words, text.split(), vocabulary(FACTS, today)) == sentence
    match = TAIL.search(sentence)
    return tuple(re.findall("`([^`]*)`", match[1])) if match else ()


def test_F7_an_unknown_dated_name_leads_to_the_longest_known_one_it_begins_with() -> None:
    table = [
        ("gpt-image-1-mini-2025-10-07", TODAY, ("gpt-image-1-mini",)),
        ("gpt-image-1-mini-20251007", TODAY, ("gpt-image-1-mini",)),
        ("gpt-image-1-mini-2025-10-06-preview", TODAY, ("gpt-image-1-mini-2025-10-06",)),
        ("gpt-image-1-mini-2025-10-07", AFTER, ()),
        ("gpt-image-1-2025-04-16", ARTICLE, ("gpt-image-1",)),
        ("gpt-image-1-2025-04-16", TODAY, ()),
        ("gpt-image-2-2026-01-01", TODAY, ("gpt-image-2",)),
        ("gpt-image-2-2026-01-01", ARTICLE, ()),
        ("gpt-image-2-2026", TODAY, ("gpt-image-2",)),
        ("gpt-image-2.6-flare-2026-11-04", TODAY, ("gpt-image-2.6-flare",)),
        ("gpt-image-2-mini", TODAY, ("gpt-image-2",)),
        ("gpt-imge-1-mini-2025-10-07", TODAY, ("gpt-image-1-mini",)),
        ("gpt-imge-1-mini-2025-10-07", AFTER, ()),
        ("gpt-imge-2.6-flare-2026-11-04", TODAY, ("gpt-image-2.6-flare",)),
        ("gpt-image-2025-04-15", TODAY, ()),
        ("azure/gpt-image-1-mini-2025-10-07", TODAY, ("gpt-image-1-mini",)),
    ]
    cells.agree(table, lambda name, today: suggested(f"estimate 5000 high {name}", today))


def test_F7_a_name_that_says_which_longer_one_was_meant_leads_there() -> None:
    table = [
        ("gpt-image-1-mni", ARTICLE, ("gpt-image-1-mini",)),
        ("gpt-image-1-mni-2025-10-07", ARTICLE, ("gpt-image-1-mini",)),
        ("gpt-image-1-min", ARTICLE, ("gpt-image-1-mini",)),
        ("gpt-image-1-max", ARTICLE, ("gpt-image-1",)),
        ("gpt-image-1-5", ARTICLE, ("gpt-image-1.5",)),
        ("gpt-image-1-5-2025-12-17", ARTICLE, ("gpt-image-1.5",)),
        ("gpt_image_1_mini", TODAY, ("gpt-image-1-mini",)),
        ("gpt-image-2-5-flare", TODAY, ("gpt-image-2.5-flare",)),
    ]
    cells.agree(table, lambda name, today: suggested(f"estimate 5000 high {name}", today))


def test_B18_a_dead_model_is_never_suggested() -> None:
    table = [
        ("gpt-image", TODAY, ("gpt-image-2", "gpt-image-1.5")),
        ("gpt-image", AFTER, ("gpt-image-2", "gpt-image-2.5-flare")),
        ("gpt-image", ARTICLE, ("gpt-image-1", "gpt-image-1.5")),
        ("gpt-image-3", TODAY, ("gpt-image-2",)),
        ("gpt-image-3", ARTICLE, ("gpt-image-1",)),
        ("gpt-imag-1", ARTICLE, ("gpt-image-1",)),
        ("gpt-imag-1", date(2026, 10, 22), ("gpt-image-1",)),
        ("gpt-imag-1", date(2026, 10, 23), ()),
        ("dall-e", TODAY, ()),
    ]
    cells.agree(table, lambda name, today: suggested(f"models {name}", today))
    cells.agree(table, lambda name, on: suggested(f"models {name} --on {on}", TODAY))
    cells.agree(table[:1], lambda name, today: suggested(f"try a kite --lane {name}", today))


def test_B18_a_model_that_is_gone_or_not_out_is_named_as_such() -> None:
    table = [
        (
            "models gpt-imag-1",
            "I know no model `gpt-imag-1`, and `gpt-image-1`, which it looks like, was shut down on 2026-10-23: "
            "`models` lists the living ones.",
        ),
        (
            "estimate 5 gpt-image-2-2026-04-22 --on 2026-03-27",
            "I know no model `gpt-image-2-2026-04-22`, and `gpt-image-2`, which it looks like, was not out on "
            "2026-03-27: `models` lists the living ones.",
        ),
    ]
    cells.agree(table, refusal)


def test_F7_what_gateways_put_before_a_name_is_read_in_commands_too() -> None:
    table = [
        ("estimate 10 high azure/gpt-image-2", Estimate(10, "high", choice="gpt-image-2")),
        ("estimate 10 OpenAI/GPT-Image-2-2026-04-21", Estimate(10, choice="gpt-image-2-2026-04-21")),
        ("models litellm_proxy/azure_ai/eu/gpt-image-2", Models("gpt-image-2")),
        ("recommend existing openrouter/openai/gpt-image-1.5", Recommend("existing", "gpt-image-1.5")),
        ('try "a kite" azure/gpt-image-2', Try("a kite", ("gpt-image-2",))),
        ("try a kite --lane azure/gpt-image-2", Try("a kite", ("gpt-image-2",))),
    ]
    cells.agree(table, lambda text: COMMANDS.parse(text, vocabulary(FACTS, TODAY)))


def test_what_gateways_put_before_a_name_is_none_of_a_lane() -> None:
    assert suggested("estimate 10 azure/premium", TODAY) == ("premium",)


def test_without_a_day_no_model_is_suggested() -> None:
    sentence = cells.refusal(NotUnderstood, COMMANDS.parse, "models gpt-imge-2", vocabulary(FACTS))
    assert "did you mean" not in sentence


DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))
ENDS = st.dates(date(2024, 1, 1), date(2027, 12, 31)).map(str)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), ENDS, st.booleans(), DAYS, st.sampled_from(ASKED))
def test_F7_a_day_after_any_name_leads_to_that_name_or_nowhere(
    base: str, end: str, short: bool, day: date, question: str
) -> None:
    name = f"{base}-{end.replace('-', '') if short else end}"
    assume(name not in NAMES)
    living = is_alive(model_named(FACTS, base), day)
    words = suggested(question.format(name), day)
    assert [model_named(FACTS, word).id for word in words] == ([model_named(FACTS, base).id] if living else [])
    assert short or words == ((base,) if living else ())


@st.composite
def slips(draw: st.DrawFn) -> str:
    """A known name with a letter lost, doubled, changed or swapped, perhaps cut short, longer or from a gateway."""
    name = draw(st.sampled_from(NAMES))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(name) - 2))
        here, after = name[at], name[at + 1 :]
        other = draw(st.sampled_from("aegimnr125-._"))
        name = name[:at] + draw(st.sampled_from([after, here * 2 + after, other + after, after[0] + here + after[1:]]))
    name = name[: draw(st.just(len(name)) | st.integers(4, len(name)))]
    tail = draw(st.sampled_from(["", "-latest", "-mini", "-5", "-preview"]) | ENDS.map(lambda end: f"-{end}"))
    return draw(st.sampled_from(["", "azure/", "openai/"])) + name + tail


@settings(max_examples=150, deadline=None)
@given(slips(), DAYS, DAYS, st.sampled_from(DATED))
def test_B18_whatever_is_suggested_for_a_model_is_alive_on_the_day(
    name: str, today: date, on: date, question: str
) -> None:
    try:
        COMMANDS.parse(question.format(name), vocabulary(FACTS, today))
    except NotUnderstood:
        for day, text in ((today, question.format(name)), (on, f"{question.format(name)} --on {on}")):
            words = [word for word in suggested(text, today) if word in NAMES]
            assert all(is_alive(model_named(FACTS, word), day) for word in words)
