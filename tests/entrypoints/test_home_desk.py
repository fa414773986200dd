"""Home as a desk: what waits, what is left, one's week and last pictures; published and drawn only where it changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import catalog
from bot.bench.pages import Pending
from bot.budgets import requests
from bot.budgets.answer import Purse
from bot.digest.endings import Ending
from bot.entrypoints.slack import blocks_home, home_sheet
from bot.entrypoints.slack.blocks_home import HomeDesk
from bot.ledger import votes
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import Tally
from bot.periods import NamedPeriod
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, GONE, GUEST, OUTSIDER, STUDIO
from bot.playground.workspace import View
from bot.pricing.dated import old_facts
from bot.spend import answer as spend_answer
from bot.spend.command import Spend
from tests.budgets.test_requests import REQUEST, called
from tests.kit import looks
from tests.kit.asking import Asking
from tests.kit.slack_door import DAY, House, house
from tests.kit.views_made import a_drawing, a_generation, check_view, hostile, said, trying
from tests.kit.wishes import LIMITS, NOW

UTC = ZoneInfo("UTC")
FACTS = catalog.load()
ENDING = Ending("gpt-image-1-mini", date(2026, 12, 1), 3, 40, Decimal("1.20"), date(2026, 11, 27), None, None, None)
WAITING = Pending("7f3k2q9xd4", "product-shots", "C0SAMPLESTU", 10, 2)


@pytest.fixture
def desk(quick_store: Ledger) -> Callable[..., HomeDesk]:
    books = spend_answer.Books.of(quick_store, "T1", UTC, catalog.load())
    asked = Spend(NamedPeriod.THIS_WEEK, person_id="U012ABC")
    purse = Purse(quick_store, "T1", LIMITS, NOW, UTC, (50,), ())
    shown = home_sheet.last(
        [a_drawing((a_generation(tally=Tally(1, 0), drawn_at=NOW), a_generation(id="7f3k2r", drawn_at=NOW)))]
    )
    whole = HomeDesk(
        requests=requests.listed((), UTC, NOW),
        pending=(),
        endings=(),
        budgets=purse.here("U012ABC", None),
        may_change=False,
        may_draw=True,
        week=spend_answer.spend(books, asked, NOW),
        week_asked=asked.words(),
        last=tuple(shown),
        sheet_id=None,
        weekly=None,
        called=lambda _scope: "#art",
    )
    return lambda **changes: replace(whole, **changes)


def headers(view: dict[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]


def labels(view: dict[str, Any]) -> list[str]:
    found = [element for block in view["blocks"] for element in block.get("elements", ()) if "action_id" in element]
    found += [block["accessory"] for block in view["blocks"] if "accessory" in block]
    return [(each.get("text") or each.get("placeholder"))["text"] for each in found]


def test_every_header_holds_its_figure_and_what_waits_stands_first(desk: Callable[..., HomeDesk]) -> None:
    view = blocks_home.home(desk(pending=(WAITING, WAITING), endings=(ENDING,), weekly="Mondays 9:00 in #art"), "D1")
    looks.window(view)
    assert headers(view) == [
        "2 blind tests wait for you",
        "gpt-image-1-mini stops in 3 days",
        "$1.00 of $1.00 left this month.",
        "Your week",
        "Your last pictures",
    ]
    assert "Plan the move" in labels(view)
    assert "product-shots: 10 prompts, about 8 minutes" in said(view["blocks"])
    assert "Weekly post: Mondays 9:00 in #art." in said(view["blocks"])


def test_how_old_the_facts_are_stands_there_once_they_are(desk: Callable[..., HomeDesk]) -> None:
    old = old_facts(FACTS, FACTS.checked_on + timedelta(days=41))
    view = blocks_home.home(desk(weekly="Mondays 9:00 in #art", old_facts=old), "D1")
    looks.window(view)
    assert "Weekly post: Mondays 9:00 in #art. The price facts were checked 41 days ago." in said(view["blocks"])


@pytest.mark.parametrize(("days", "told"), [(30, ""), (31, " The price facts were checked 31 days ago.")])
def test_facts_are_old_once_they_were_checked_over_30_days_ago(door: House, days: int, told: str) -> None:
    door.now = datetime.combine(FACTS.checked_on, NOW.timetz()) + timedelta(days=days)
    assert said(opened(door).payload["blocks"]).strip().endswith(f"No weekly post is set.{told}")


def test_nothing_stands_there_that_does_not_wait_and_no_button_that_refuses(desk: Callable[..., HomeDesk]) -> None:
    quiet = blocks_home.home(desk(endings=(replace(ENDING, days_left=31),), last=()), "D1")
    assert headers(quiet) == ["$1.00 of $1.00 left this month.", "Your week", "No pictures yet"]
    assert labels(quiet) == [
        *("Draw…", "Estimate…", "Blind test…", "Which model?"),
        *("Settings…", "Help", "Details"),
    ]
    assert "Edit budget…" in labels(blocks_home.home(desk(may_change=True), "D1"))


def test_the_last_pictures_are_words_until_their_sheet_is_there(desk: Callable[..., HomeDesk]) -> None:
    words, sheet = blocks_home.home(desk(), "D1"), blocks_home.home(desk(sheet_id="F012ABC"), "D1")
    assert "a red kite: budget gpt-image-2.5-flare, kept" in said(words["blocks"])
    (picture,) = [block for block in sheet["blocks"] if block["type"] == "image"]
    assert "not judged" in picture["alt_text"]
    assert "Open a picture…" in labels(sheet)


def test_a_long_prompt_leaves_room_for_what_became_of_its_picture(desk: Callable[..., HomeDesk]) -> None:
    last = home_sheet.last([a_drawing((a_generation(drawn_at=NOW),), "a red kite over a harbour, at dawn, " * 4)])
    (select,) = [one for block in blocks_home.home(desk(last=tuple(last)), "D1")["blocks"] if block["type"] == "actions"
                 for one in block["elements"] if one["type"] == "static_select"]  # fmt: skip
    (option,) = select["options"]
    assert option["text"]["text"] == "a red kite over a harbour, at dawn, a red ki…: not judged"


@pytest.mark.parametrize("cases", [25, pytest.param(2_000, marks=pytest.mark.soak)])
def test_R26_R63_every_home_is_within_slacks_limits_and_inert(desk: Callable[..., HomeDesk], cases: int) -> None:
    waiting = st.builds(Pending, st.just("7f3k2q9xd4"), hostile, st.none(), st.integers(1, 400))

    @trying(cases)
    @given(st.lists(waiting, max_size=12), hostile, st.booleans())
    def holds(pending: list[Pending], prompt: str, drawn: bool) -> None:
        last = home_sheet.last([a_drawing((a_generation(drawn_at=NOW),), prompt)])
        view = blocks_home.home(
            desk(pending=tuple(pending), last=tuple(last), sheet_id="F012ABC" if drawn else None), "D1"
        )
        check_view(view)

    holds()


def test_the_letters_of_the_sheet_are_read_without_opening_it() -> None:
    """Three in a row are 1,008 pixels, which Slack shows on 360: 11.5 there are 33 of them, 17 letters a picture."""
    prompt = "a red kite over a harbour, at dawn, with somebody who waves"
    each = [a_drawing((a_generation(drawn_at=NOW),), prompt)] * 3
    sheet = home_sheet.sheet(home_sheet.last(each), lambda _id: None)
    under = ["not judged", "a red kite over a", "harbour, at dawn…"]
    assert list(sheet.words) == [home_sheet.TITLE, *["the picture is", "gone", *under] * 3]


def test_what_others_ask_for_stands_first_and_says_where_it_is_answered(desk: Callable[..., HomeDesk]) -> None:
    two = requests.listed((REQUEST, replace(REQUEST, id="7f3k2q9xd5")), UTC, REQUEST.asked_at)
    view = blocks_home.home(desk(requests=two, pending=(WAITING,), called=called), "D1")
    looks.window(view)
    assert headers(view)[:2] == ["2 requests for more wait, Ana's the longest.", "A blind test waits for you"]
    assert "Ana: $0.04 more, in #art, until 23 Nov, 00:00 UTC. " in " ".join(said(view["blocks"]).split())
    assert "Approve or decline under Messages." in said(view["blocks"])
    assert headers(blocks_home.home(desk(requests=requests.listed((REQUEST,), UTC, NOW), called=called), "D1"))[0] == (
        "Ana waits for $0.04 more."
    )


# At the door


def published(slack: FarEnd) -> int:
    return len(slack.calls_of("views.publish"))


def opened(door: House, person: str = ANA) -> View:
    door.far_end.open_home(person)
    door.run("home")
    home = door.far_end.home(person)
    assert home is not None
    return home


def test_a_home_is_published_only_when_something_on_it_changed(either_door: House) -> None:
    slack = either_door.far_end
    opened(either_door)
    opened(either_door)
    assert published(slack) == 1
    either_door.drawn()
    opened(either_door)
    assert published(slack) == 2
    either_door.run("home.sheet")
    assert published(slack) == 3
    opened(either_door)
    assert either_door.jobs == []
    assert published(slack) == 3


def test_the_sheet_is_drawn_anew_for_a_new_verdict_and_never_on_opening(either_door: House) -> None:
    slack, drawn = either_door.far_end, either_door.drawn()
    opened(either_door)
    assert slack.calls_of("files.getUploadURLExternal") == []
    either_door.run("home.sheet")
    sheet = home_of(slack)
    assert sheet.payload["blocks"] != []
    assert len(slack.calls_of("files.getUploadURLExternal")) == 1
    either_door.store.write(votes.vote, drawn.team_id, drawn.id, ANA, "keep", None, DAY)
    opened(either_door)
    assert [job.kind for job in either_door.jobs] == ["home.sheet"]


def home_of(slack: FarEnd) -> View:
    home = slack.home(ANA)
    assert home is not None
    return home


def test_what_is_pressed_on_home_opens_windows(door: House, slack: FarEnd) -> None:
    home = opened(door)
    for action, title in (
        ("sample.wish", "Draw"),
        ("home.estimate:1", "Estimate"),
        ("command.run:2", "Blind test"),
        ("answer.details:3", "Why this one"),
        ("home.settings", "Settings"),
    ):
        slack.press(home, action)
        assert door.window().payload["title"]["text"] == title, action
        slack.close(door.window())


def test_a_picture_drawn_from_home_goes_where_somebody_chose(door: House, slack: FarEnd) -> None:
    home = opened(door)
    slack.press(home, "sample.wish")
    direct = slack.workspace.open_dm(ANA)[0].id
    (place,) = [block for block in door.window().payload["blocks"] if block.get("block_id") == "to"]
    assert place["element"]["initial_conversation"] == direct
    slack.submit(door.window(), {"prompt": "a red kite", "to": STUDIO})
    assert [job.kind for job in door.jobs] == ["place"]


def test_the_weekly_post_is_set_in_a_window(door: House, slack: FarEnd) -> None:
    home = opened(door)
    slack.press(home, "home.settings")
    slack.submit(door.window(), {"to": STUDIO})
    assert "The digest comes to #sample-studio each Monday at 09:00." in said(door.window().payload["blocks"])
    assert "Weekly post: Mondays 9:00 in #sample-studio." in said(opened(door).payload["blocks"])


def test_who_may_change_no_budget_has_no_button_for_it(door: House) -> None:
    door.owners = (ANA,)
    assert "Edit budget…" in labels(opened(door, ANA).payload)
    assert "Edit budget…" not in labels(opened(door, BEN).payload)


@pytest.mark.parametrize(("allowed", "first"), [(False, "Estimate…"), (True, "Draw…")])
def test_who_may_not_draw_has_no_button_that_refuses(quick_store: Ledger, allowed: bool, first: str) -> None:
    with house(quick_store, guests=allowed) as door:
        shown = labels(opened(door, GUEST).payload)
        assert shown[0] == first
        assert ("Blind test…" in shown) == allowed


@pytest.mark.parametrize("person", [OUTSIDER, GONE])
def test_whoever_is_of_another_workspace_sees_nothing_of_this_one(door: House, person: str) -> None:
    door.drawn(person)
    home = opened(door, person)
    assert said(home.payload["blocks"]) == blocks_home.STRANGER
    assert door.jobs == []


def test_while_slack_does_not_say_who_that_is_the_home_stays_as_it_was(door: House, slack: FarEnd) -> None:
    slack.fail("users.info", faults.refused("internal_error"), times=9)
    slack.open_home(ANA)
    door.run("home")
    assert slack.home(ANA) is None
    slack.heal()
    assert "Draw…" in labels(opened(door).payload)


def test_a_home_that_may_stand_or_not_is_published_again(door: House, slack: FarEnd) -> None:
    def shown() -> str:
        return said(opened(door).payload["blocks"])

    limit, first = door.limit_nanousd, shown()
    door.limit_nanousd = 2 * limit
    slack.fail("views.publish", faults.lost(), times=1)
    assert shown() != first
    door.limit_nanousd = limit
    assert shown() == first


def test_a_sheet_that_slack_would_not_take_is_drawn_at_a_later_look(either_door: House) -> None:
    either_door.drawn()
    slack = either_door.far_end
    slack.fail("files.getUploadURLExternal", faults.refused("internal_error"), times=1)
    opened(either_door)
    either_door.run("home.sheet")
    opened(either_door)
    assert either_door.jobs == []  # not at once
    either_door.now += timedelta(minutes=10)
    opened(either_door)
    assert either_door.run("home.sheet") == 1
    assert [block for block in home_of(slack).payload["blocks"] if block["type"] == "image"]


def test_pictures_whose_files_are_gone_or_broken_leave_their_words_on_the_sheet() -> None:
    last = home_sheet.last([a_drawing((a_generation(drawn_at=NOW), a_generation(id="7f3k2r", drawn_at=NOW)))])
    files = {last[0][1].id: None, last[1][1].id: b"no picture"}
    sheet = home_sheet.sheet(last, lambda picture_id: files[picture_id])
    assert sheet.png.startswith(b"\x89PNG")
    assert "a red kite" in " ".join(sheet.words)


def test_a_shortcut_draws_from_nowhere_in_particular_where_somebody_chose(door: House, slack: FarEnd) -> None:
    assert slack.shortcut("draw").status == 200
    view = door.window()
    assert view.payload["title"]["text"] == "Draw"
    slack.submit(view, {"prompt": "a red kite", "to": STUDIO})
    assert [job.kind for job in door.jobs] == ["place"]


def test_a_request_waits_on_the_home_of_who_is_asked_until_it_is_answered(asking: Asking) -> None:
    asking.ask()
    assert "sample-ana waits for $0.01 more." in said(opened(asking.door, BEN).payload["blocks"]).lower()
    assert "waits for" not in said(opened(asking.door, ANA).payload["blocks"])
    asking.ask_all()
    asking.answer()
    assert "waits for" not in said(opened(asking.door, BEN).payload["blocks"])


def test_a_request_whose_time_is_over_waits_on_no_home(asking: Asking) -> None:
    asking.ask()
    asking.door.now = asking.request().until
    assert "waits for" not in said(opened(asking.door, BEN).payload["blocks"])
