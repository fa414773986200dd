"""OpenAI's own list beside our facts: what differs, in which words, and whose list it is."""

from dataclasses import replace
from datetime import date, timedelta

from bot.lanes.listed import KeptList, Listing, changes, differences, is_openais, of_images
from tests.kit.lanes_made import FACTS, TODAY

DAY = timedelta(days=1)
OURS: Listing = {
    name: model.shutdown for name, model in FACTS.models.items() if not model.shutdown or model.shutdown > TODAY
}
END = date(2027, 4, 21)


def said(listing: Listing, earlier: Listing = OURS, on: date = TODAY) -> list[str]:
    lists = (KeptList(on - DAY, earlier), KeptList(on, listing))
    return [row.sentence for row in differences(FACTS, lists, on)]


def without(name: str) -> Listing:
    return {one: end for one, end in OURS.items() if one != name}


def test_a_list_that_says_what_we_say_differs_in_nothing() -> None:
    assert said(OURS) == []
    assert differences(FACTS, (), TODAY) == ()


def test_each_difference_is_one_sentence() -> None:
    assert said({**OURS, "gpt-image-2": END}) == [
        "OpenAI's list says gpt-image-2 ends on 2027-04-21; our facts know no end."
    ]
    assert said({**OURS, "gpt-image-1.5": END}) == [
        "OpenAI's list says gpt-image-1.5 ends on 2027-04-21; our facts say 2026-12-01."
    ]
    assert said({**OURS, "gpt-image-1.5": None}) == [
        "OpenAI's list names no end of gpt-image-1.5; our facts say 2026-12-01."
    ]
    assert said({**OURS, "gpt-image-9": None}) == ["gpt-image-9 is new in OpenAI's list and not in our facts."]
    assert said(without("gpt-image-2")) == ["gpt-image-2 is gone from OpenAI's list; our facts know no end."]
    assert said(without("gpt-image-1.5")) == ["gpt-image-1.5 is gone from OpenAI's list; our facts say 2026-12-01."]


def test_a_model_that_ended_as_we_said_is_not_gone_and_one_the_key_never_saw_neither() -> None:
    assert said(without("gpt-image-1.5"), on=date(2026, 12, 1)) == []
    assert said(without("gpt-image-2"), earlier=without("gpt-image-2")) == []


def test_a_dated_snapshot_is_told_only_where_it_differs_from_its_model() -> None:
    snapshot = FACTS.models["gpt-image-2"].snapshots[0]
    assert said({**OURS, "gpt-image-2": END, snapshot: END}) == said({**OURS, "gpt-image-2": END})
    assert said({**OURS, snapshot: END}) == [
        f"OpenAI's list says {snapshot} ends on 2027-04-21; our facts know no end."
    ]
    assert len(said({**OURS, "gpt-image-2": END, snapshot: END + DAY})) == 2


def test_only_image_models_are_kept_and_no_tuned_ones() -> None:
    listing = dict.fromkeys(["gpt-6-astra", "gpt-image-2", "dall-e-3", "ft:gpt-image-2:sample", "chatgpt-image-latest"])
    assert list(of_images(listing)) == ["gpt-image-2", "dall-e-3", "chatgpt-image-latest"]


def test_what_is_no_plain_id_is_not_kept_and_only_so_many_new_ones_are_told() -> None:
    hostile = ["image\x00", "image <!channel>", "image`", "*image*", "image\n", "i" * 75 + "-image", "IMAGE", "-image"]
    assert of_images(dict.fromkeys(hostile)) == {}
    many = dict.fromkeys(f"image-{number}" for number in range(1_000))
    assert len(said({**OURS, **many})) == 20


def test_a_list_without_any_image_model_of_ours_is_somebody_elses() -> None:
    assert is_openais(FACTS, OURS)
    assert is_openais(FACTS, {FACTS.models["gpt-image-2"].snapshots[0]: None})
    assert not is_openais(FACTS, {"gpt-6-astra": None, "other-image-1": None})
    assert not is_openais(FACTS, {})


def test_what_became_of_a_list_is_told_by_name() -> None:
    later = {**without("gpt-image-1.5"), "gpt-image-2": END, "gpt-image-9": None}
    assert [row.since for row in changes(OURS, later)] == [
        "gpt-image-1.5 went; its end was to be 2026-12-01.",
        "gpt-image-2: no end before, 2027-04-21 now.",
        "gpt-image-9 came.",
    ]
    assert changes(OURS, OURS) == ()


def test_our_facts_mended_later_end_the_difference() -> None:
    mended = replace(FACTS, models={**FACTS.models, "gpt-image-2": replace(FACTS.models["gpt-image-2"], shutdown=END)})
    lists = (KeptList(TODAY, {**OURS, "gpt-image-2": END}),)
    assert differences(FACTS, lists, TODAY) != ()
    assert differences(mended, lists, TODAY) == ()
