"""A reviewer's own sheet in Slack: that person's prompts, letters and votes, for that person alone, and still blind."""

import io
from itertools import product

from PIL import Image

from bot.bench import rows_ends, rows_read
from bot.bench.plan import Bench
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, CHI, OUTSIDER, STUDIO, TEAM
from bot.playground.workspace import File, PostedMessage, View
from tests.kit import cells
from tests.kit.clock import moment
from tests.kit.since import Since
from tests.kit.slack_bench import SHORT, judge, opened, place_of, press, reviewing, words_of
from tests.kit.slack_door import House

GIVE_AWAY = ("flare", "sunburst", "gpt-image", "budget", "premium", "medium", "1024", "$", BEN, CHI)
CLOSED = "That is no longer open; nothing was changed."


def judged(door: House, prompts: int = 5) -> tuple[Bench, PostedMessage, View]:
    """By one of three reviewers, who looks at the window that came last."""
    bench, message = reviewing(door, reviewers="3", **SHORT)
    view = judge(door, opened(door, message, BEN), most=prompts)
    assert view is not None
    return bench, message, view


def asked(door: House, view: View, person: str = BEN) -> View:
    """The window once the sheet was drawn."""
    pressed(door, view, person)
    assert "is being drawn" in words_of(door.far_end.modal(person))
    assert door.run("sheet") == 1
    return door.window(person)


def pressed(door: House, view: View, person: str = BEN) -> None:
    """Its button stands where nothing is left to judge; earlier on it may be that of an older window."""
    bench_id = view.payload.get("private_metadata", "").split(":")[0] or None
    door.far_end.press(view, "bench.sheet", bench_id, person)


def sheets(slack: FarEnd) -> list[File]:
    return [file for file in slack.workspace.files.values() if file.name == "sheet.png"]


def shown(view: View | PostedMessage | None) -> str:
    """The words on the sheet it shows."""
    blocks = [] if view is None else view.payload["blocks"]
    (alt,) = [block["alt_text"] for block in blocks if block["type"] == "image"]
    return str(alt)


def test_the_window_that_says_nothing_is_left_shows_all_that_person_judged(door: House) -> None:
    _, _, view = judged(door)
    assert "nothing left for you" in words_of(view)
    window = asked(door, view)
    words = shown(window)
    assert words.startswith("Your own votes 1. kite 0 A: ")
    assert (words.count("✓ keep confidence 4 of 5"), words.count("✗ reject confidence 4 of 5")) == (5, 5)
    assert "All you judged here, under your letters." in words_of(window)
    (file,) = sheets(door.far_end)
    assert file.shared_in == ()
    with Image.open(io.BytesIO(file.data or b"")) as picture:
        picture.load()
        assert not picture.info


def test_nothing_in_the_window_or_the_file_tells_whose_a_picture_is(door: House, slack: FarEnd) -> None:
    _, message, view = judged(door)
    judge(door, opened(door, message, CHI))
    window = asked(door, view)
    (file,) = sheets(slack)
    told_ = f"{words_of(window)} {file.name} {file.alt_text}"
    assert not [word for word in GIVE_AWAY if word in told_]
    assert b"gpt-image" not in (file.data or b"")


def test_through_the_review_it_shows_what_is_judged_so_far_and_leads_back(door: House, slack: FarEnd) -> None:
    _, _, view = judged(door, prompts=3)
    assert place_of(view) == 3
    words = shown(asked(door, view))
    assert ("3. kite 2" in words, "4. kite" in words) == (True, False)
    slack.press(door.window(BEN), "bench.on", user=BEN)
    assert place_of(door.window(BEN)) == 3


def test_who_has_judged_nothing_is_told_so(door: House, slack: FarEnd) -> None:
    _, message, _ = judged(door, prompts=2)
    window = asked(door, opened(door, message, CHI), CHI)
    assert "You have judged nothing here yet." in words_of(window)
    assert sheets(slack) == []


def test_a_window_that_went_on_meanwhile_is_left_alone_and_the_sheet_comes_beside_it(
    door: House, slack: FarEnd
) -> None:
    _, _, view = judged(door, prompts=2)
    pressed(door, view)
    slack.press(door.window(BEN), "bench.on", user=BEN)
    door.run("sheet")
    assert place_of(door.window(BEN)) == 2
    (said,) = slack.ephemerals(BEN)
    assert (said.only_for, said.channel) == (BEN, STUDIO)
    assert said.text == "Your sheet: all you judged, under your letters."
    assert "1. kite 0" in shown(said)


def test_a_closed_window_gets_it_beside_it_too_and_nobody_else_does(door: House, slack: FarEnd) -> None:
    _, _, view = judged(door, prompts=2)
    slack.fail("views.update", faults.refused("not_found"))
    pressed(door, view)
    pressed(door, view)
    slack.fail("views.update", faults.refused("not_found"))
    door.run("sheet")
    assert len(slack.ephemerals(BEN)) == 1
    assert [each for person in (ANA, CHI) for each in slack.ephemerals(person) if "sheet" in each.text] == []


def test_a_picture_slack_still_works_on_is_waited_for(door: House, slack: FarEnd) -> None:
    _, _, view = judged(door, prompts=2)
    slack.desk.refusals = 2
    assert "1. kite 0" in shown(asked(door, view))


def test_a_sheet_slack_will_not_have_is_said_in_the_window(door: House, slack: FarEnd) -> None:
    _, _, view = judged(door, prompts=2)
    pressed(door, view)
    slack.fail("files.getUploadURLExternal", faults.refused("missing_scope"))
    door.run("sheet")
    assert "could not be brought to Slack. Your votes stand" in words_of(door.window(BEN))


def test_once_sealed_it_can_still_be_asked_for_and_leads_nowhere(door: House, slack: FarEnd) -> None:
    _, message = reviewing(door, **SHORT)
    view = judge(door, opened(door, message, BEN))
    assert "the blind test is sealed" in words_of(view)
    assert view is not None
    window = asked(door, view)
    assert "5. kite 4" in shown(window)
    assert "bench.on" not in words_of(window)
    assert not [word for word in GIVE_AWAY if word in words_of(window)]


def test_a_cancelled_bench_has_no_sheet(door: House, slack: FarEnd) -> None:
    bench, _, view = judged(door, prompts=2)
    pressed(door, view)
    door.store.write_once(rows_ends.cancel, TEAM, bench.id, ANA, moment(door.now))
    assert door.run("sheet") == 1
    assert sheets(slack) == []


FORGED = ["0000000000", "", "' OR '1'='1", "../../etc/passwd", "x" * 2000]


def test_R18_a_forged_sheet_changes_nothing_and_leaves_an_audit_row(door: House, slack: FarEnd) -> None:
    _, message, _ = judged(door, prompts=1)

    def changes_nothing(action: str, value: str) -> None:
        view = opened(door, message, BEN)
        assert CLOSED not in words_of(slack.modal(BEN))
        since = Since(door)
        slack.press(view, action, value, BEN)
        assert CLOSED in words_of(slack.modal(BEN))
        assert [row.what for row in since.audits()] == ["unknown bench"]
        assert since.jobs() == []

    cells.hold(product(["bench.sheet", "bench.on"], FORGED), changes_nothing)


def test_people_of_another_workspace_get_none(door: House, slack: FarEnd) -> None:
    bench, _, view = judged(door, prompts=1)
    slack.press(view, "bench.sheet", bench.id, OUTSIDER)
    assert [job for job in door.jobs if job.kind == "sheet"] == []


def test_a_vote_after_the_sheet_counts_like_any_other(door: House, slack: FarEnd) -> None:
    bench, _, view = judged(door, prompts=1)
    asked(door, view)
    slack.press(door.window(BEN), "bench.on", user=BEN)
    press(door, door.window(BEN), "A")
    assert door.store.read(rows_read.bench, TEAM, bench.id).progress.votes == 4
