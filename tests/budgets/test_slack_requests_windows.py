"""Asking for more from a window to draw in: refused there, asked there, and told there of whom."""

from collections.abc import Mapping

from bot.ledger.ledger import Ledger
from bot.playground.people import ANA, STUDIO
from bot.playground.workspace import View
from bot.samples.blocks_windows import CHANGED
from tests.kit import looks
from tests.kit.asking import CENT, Asking
from tests.kit.slack_door import House, house
from tests.kit.views_made import nodes, said

KITE = {"prompt": "a red kite", "to": STUDIO}
REFUSED = "Not drawn: it needs $0.014 and this channel has $0.01 left this week."


def draw_window(asking: Asking) -> View:
    asking.door.far_end.shortcut("draw", ANA)
    return asking.door.window()


def sent(asking: Asking, view: View, values: Mapping[str, str] = KITE) -> View:
    """The window as its sender sees it then."""
    shown = asking.door.far_end.submit(view, values).view
    assert shown is not None
    looks.window(shown.payload)
    return shown


def pressed(asking: Asking, view: View, values: Mapping[str, str] = KITE) -> View:
    """[Ask for $0.05] with that in the fields; the window after it."""
    asking.door.far_end.press(view, "sample.ask", values=values)
    asking.door.wait_for_words()
    shown = asking.door.window()
    looks.window(shown.payload)
    return shown


def words(view: View) -> str:
    return " ".join(said(view.payload["blocks"]).split())


def fields(view: View) -> dict[str, str]:
    """What each of them holds at first, by its name."""
    elements = {block["block_id"]: block["element"] for block in view.payload["blocks"] if block["type"] == "input"}
    return {
        name: str(one.get("initial_value") or one.get("initial_conversation") or one["initial_option"]["value"])
        for name, one in elements.items()
    }


def labels(view: View) -> list[str]:
    return [one["text"]["text"] for one in nodes(view.payload["blocks"]) if one.get("type") == "button"]


def test_a_budget_s_refusal_stands_on_top_of_the_window_with_what_can_be_asked_and_all_that_was_typed(
    asking: Asking,
) -> None:
    view = sent(asking, draw_window(asking), {**KITE, "quality": "medium", "size": "portrait"})
    first = view.payload["blocks"][0]
    assert "Not drawn: it needs" in said([first])
    assert labels(view) == ["Ask for $0.01"]
    assert fields(view) == {"prompt": "a red kite", "quality": "medium", "size": "portrait", "to": STUDIO}
    assert view.errors == {}
    assert asking.drawings() == []
    assert asking.requests() == []


def test_what_is_asked_in_a_window_is_said_there_approved_by_another_person_and_drawn(asking: Asking) -> None:
    refused = sent(asking, draw_window(asking))
    shown = pressed(asking, refused)
    assert words(shown).startswith(
        "Asked sample-ben for $0.01 more. Until 23 Nov, 00:00 UTC. No money is held meanwhile."
    )
    assert labels(shown) == []
    assert asking.drawings() == []
    asking.ask_all()
    assert asking.direct()[0].text.startswith("Sample-ana asks for $0.01 more in #sample-studio this week.")
    asking.answer()
    (drawing,) = asking.drawings()
    assert (drawing.person_id, drawing.channel_id, drawing.prompt) == (ANA, STUDIO, "a red kite")
    asking.tell_all()
    assert asking.told(ANA) == ["Sample-ben approved $0.01 more: it is drawn in #sample-studio."]
    assert asking.acts() == ["ask", "approve"]


def test_a_second_press_asks_nobody_again(asking: Asking) -> None:
    refused = sent(asking, draw_window(asking))
    pressed(asking, refused)
    assert words(pressed(asking, refused)).startswith("Sample-ben is asked already: no answer yet.")
    assert len(asking.requests()) == 1


def test_a_retry_that_was_granted_is_still_the_retry_of_its_picture(asking: Asking) -> None:
    door = asking.door
    asking.limit(None)
    picture = door.drawn()
    door.far_end.press(door.shown(picture), "sample.retry", user=ANA)
    asking.limit(CENT)
    refused = sent(asking, door.window(), {})
    pressed(asking, refused, {})
    assert asking.request().parent_id == picture.id
    asking.ask_all()
    asking.answer()
    assert [drawing.parent_id for drawing in asking.drawings()] == [None, picture.id]


def test_where_there_is_money_by_now_it_is_drawn_and_nobody_is_asked(asking: Asking) -> None:
    refused = sent(asking, draw_window(asking))
    asking.limit(None)
    assert words(pressed(asking, refused)).startswith("Drawing for you: budget, medium, about $0.0132.")
    assert (len(asking.drawings()), asking.requests()) == (1, [])


def test_a_window_that_was_granted_is_drawn_once_however_often_it_is_sent_again(asking: Asking) -> None:
    refused = sent(asking, draw_window(asking))
    pressed(asking, refused)
    asking.ask_all()
    asking.answer()
    asking.limit(None)
    asking.door.far_end.submit(refused, KITE)
    asking.door.far_end.press(refused, "sample.ask", values=KITE)
    assert len(asking.drawings()) == 1


# Something else in the fields


def test_fields_that_hold_something_else_by_now_are_sent_anew_and_nothing_else_is_asked_for(asking: Asking) -> None:
    asking.limit(CENT // 2)
    refused = sent(asking, draw_window(asking))
    assert labels(refused) == ["Ask for $0.01"]
    cheaper = pressed(asking, refused, {**KITE, "quality": "low"})
    assert "Not drawn: it needs $0.00" in words(cheaper)
    assert fields(cheaper)["quality"] == "low"
    assert asking.requests() == []
    pressed(asking, cheaper, {**KITE, "quality": "low"})
    assert asking.request().words == 'try "a red kite" budget low square'


def test_what_costs_more_than_the_window_said_is_not_asked_for_before_its_price_was_seen(asking: Asking) -> None:
    refused = sent(asking, draw_window(asking))
    dearer = pressed(asking, refused, {**KITE, "quality": "high"})
    assert CHANGED in words(dearer)
    assert labels(dearer) == []
    assert (asking.requests(), asking.drawings()) == ([], [])


def test_a_cheaper_one_that_fits_is_drawn_and_the_window_says_so(asking: Asking) -> None:
    refused = sent(asking, draw_window(asking))
    shown = pressed(asking, refused, {**KITE, "quality": "low"})
    assert words(shown).startswith("Drawing for you: budget, low")
    assert len(asking.drawings()) == 1


# Nobody to ask, and what goes wrong


def test_who_set_the_budget_reads_the_refusal_without_a_button(door: House) -> None:
    asking = Asking(door)
    asking.limit(CENT, person=ANA)
    refused = sent(asking, draw_window(asking))
    assert "Not drawn:" in words(refused)
    assert labels(refused) == []


def test_a_prompt_longer_than_a_button_s_value_can_be_asked_for_here(asking: Asking) -> None:
    long = {**KITE, "prompt": " ".join(["kite"] * 500)}
    pressed(asking, sent(asking, draw_window(asking), long), long)
    assert long["prompt"] in (asking.request().words or "")


def test_what_goes_wrong_at_a_press_is_said_in_the_window_which_keeps_its_fields(quick_store: Ledger) -> None:
    with house(quick_store, per_minute=1) as door:
        asking = Asking(door)
        asking.limit(CENT)
        refused = sent(asking, draw_window(asking))
        asking.limit(None)
        door.far_end.command('try "a lamp"')
        for _ in range(2):  # in the place of what it said before
            slowed = pressed(asking, refused)
            assert "Slow down: next one in" in words(slowed)
            assert fields(slowed)["prompt"] == "a red kite"
            assert words(slowed).count("Slow down") == 1
            assert "Not drawn" not in words(slowed)
            refused = slowed if labels(slowed) else refused
