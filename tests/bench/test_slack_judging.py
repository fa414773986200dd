"""Judging a bench in Slack: blind, one prompt at a time, to the verdict; and what a window may not do."""

import json
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from bot.bench import rows_composites, rows_pages, rows_read, rows_votes
from bot.bench.plan import NOT_NAMED, Bench
from bot.bench.rows_read import plan_json
from bot.ledger import holds
from bot.ledger import votes as ledger_votes
from bot.ledger.bench_states import BenchState
from bot.ledger.bench_tables import benches
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, CHI, GENERAL, STUDIO, TEAM
from bot.playground.workspace import View
from bot.samples import reasons
from tests.kit import cells, looks
from tests.kit.since import Since
from tests.kit.slack_bench import (
    SHORT,
    ballot,
    cast,
    details_in,
    judge,
    keep_sunburst,
    message_of,
    opened,
    place_of,
    press,
    reviewing,
    seen,
    telling,
    told,
    verdict_in,
    words_of,
)
from tests.kit.slack_door import House
from tests.kit.wishes import at_once

GIVE_AWAY = ("flare", "sunburst", "gpt-image", "budget", "premium", "medium", "1024", "$")
CLOSED = "That is no longer open; nothing was changed."
FORGED = ["0000000000:0", "", "' OR '1'='1", '{"team_id": "T0SAMPLE2"}', "../../etc/passwd:1", "x" * 2000]


def test_R17_the_last_vote_pressed_twice_says_twice_what_became_of_it(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    last = judge(door, opened(door, message, BEN), most=4)
    assert last is not None
    for _ in range(2):
        press(door, last, "A", BEN)
        assert "the blind test is sealed" in words_of(slack.modal(BEN))
    press(door, last, "B", BEN)
    assert "nothing was changed" in words_of(slack.modal(BEN))
    assert votes(door, bench, BEN) == 10


def votes(door: House, bench: Bench, person: str) -> int:
    sheets = [door.store.read(rows_votes.sheet, TEAM, bench.id, prompt.place, person) for prompt in bench.remaining]
    return sum(vote is not None for sheet in sheets for _, _, vote in sheet)


def test_two_reviewers_share_the_prompts_up_to_the_verdict_in_the_channel(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    bench, message = reviewing(door)
    for person in (BEN, CHI):
        view = opened(door, message, person)
        assert view.payload["title"]["text"] == f"Blind test, {1 if person == BEN else 6} of 10"
        left = judge(door, view, most=5)
        assert not [word for word in GIVE_AWAY if word in words_of(left)]
    assert "the blind test is sealed" in words_of(left)
    assert door.store.read(rows_read.bench, TEAM, bench.id).state is BenchState.SEALED
    assert door.run("verdict") == 1
    said = verdict_in(door).text
    assert said.startswith("Switch to premium: 10 of 10 pictures kept, budget 0 of 10.")
    assert "premium kept 10 of 10, luck allows 72% to 100%; a kept one costs $0.01, $0.01 with rejects' time." in said
    assert "Own prompts by sample-ana: 10 prompts, 2 people." in said
    assert slack.command(f"bench verdict {bench.id}", CHI).text == said
    details = details_in(door, verdict_in(door), CHI)
    assert "Both kept 0, only premium 10, only budget 0, neither 0." in details
    assert "this is look 1 of 4 at this question" in details
    assert door.store.read(holds.differences) == []


def test_the_same_verdict_is_posted_once_and_after_a_crash_again_with_a_mark(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    judge(door, opened(door, message, BEN))
    made = telling(door)
    made.announce(TEAM, bench.id)
    made.announce(TEAM, bench.id)
    assert len([one for one in slack.messages(STUDIO) if "Own prompts by sample-ana: 5 prompts" in one.text]) == 1
    bench, message = reviewing(door, tag="others", **SHORT)
    judge(door, opened(door, message, BEN))
    assert door.store.write(rows_pages.claim_verdict, TEAM, bench.id) is True  # and the process died
    made.announce(TEAM, bench.id)
    assert "Perhaps posted twice: I was interrupted." in verdict_in(door).text


def test_a_verdict_slack_refused_is_posted_by_the_next_try(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    judge(door, opened(door, message, BEN))
    slack.fail("chat.postMessage", faults.refused("not_in_channel"))
    made = telling(door)
    made.announce(TEAM, bench.id)
    made.announce(TEAM, bench.id)
    assert "Perhaps posted twice" not in verdict_in(door).text
    assert verdict_in(door).text.startswith("Not decided yet with 5 prompts:")


def test_letters_hide_whose_picture_it_is_and_no_file_tells(door: House, slack: FarEnd) -> None:
    _, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    (shown,) = [block for block in view.payload["blocks"] if block["type"] == "image"]
    assert shown["alt_text"] == "Two pictures side by side, A on the left and B on the right: kite 0"
    for file in slack.workspace.files.values():
        assert file.name == "picture.png"
        assert b"gpt-image" not in (file.data or b"")


def test_the_window_of_two_pictures_keeps_the_rules_and_its_values_name_the_prompt_only(door: House) -> None:
    bench, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    for verdicts in ("A", "B", "AB", ""):
        looks.window(seen(view))
        rows = [block["elements"] for block in view.payload["blocks"] if block["type"] == "actions"]
        buttons = [one for row in rows for one in row if one["type"] == "button"]
        assert {one["value"] for one in buttons} == {f"{bench.id}:{place_of(view)}"}
        assert [one["text"]["text"] for one in rows[0] if "text" in one] == ["Only A", "Only B", "Both", "Neither"]
        press(door, view, verdicts)
        view = door.window(BEN)
        kept = ["kept" if letter in verdicts else "rejected" for letter in "AB"]
        assert f"Last one: A {kept[0]}, B {kept[1]}." in words_of(view)
        rejects = [letter for letter in "AB" if letter not in verdicts]
        assert (f"Why not {' or '.join(rejects)}? (optional)" in words_of(view)) is bool(rejects)
    assert view.payload["close"]["text"] == "Later"


def test_one_press_is_both_votes_and_a_second_one_in_a_hurry_is_the_same(either_door: House) -> None:
    door = either_door
    bench, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    at_once([partial(press, door, view, "A")] * 4)
    assert votes(door, bench, BEN) == 2
    for _, picture, _ in door.store.read(rows_votes.sheet, TEAM, bench.id, 0, BEN):
        assert len(door.store.read(ledger_votes.history, TEAM, picture)) == 1
    assert place_of(door.window(BEN)) == 1


def test_a_vote_changes_the_window_once_and_asks_slack_for_nothing_else(door: House, slack: FarEnd) -> None:
    _, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    calls = len(slack.calls_of())
    press(door, view, "B")
    assert [call.method for call in slack.calls_of()[calls:]] == ["views.update"]


def test_how_sure_is_stored_only_where_it_was_said_and_is_kept_to_the_next_prompt(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    press(door, view, "A")
    slack.press(door.window(BEN), "review.sure", "2", BEN)
    press(door, door.window(BEN), "A")
    assert "'initial_option'" in words_of(door.window(BEN))
    press(door, door.window(BEN), "A")
    slack.press(door.window(BEN), "review.sure", "5", BEN)
    press(door, door.window(BEN), "A")
    assert [confidence(door, bench, place) for place in range(4)] == [{None}, {2}, {2}, {5}]


def confidence(door: House, bench: Bench, place: int) -> set[int | None]:
    sheet = door.store.read(rows_votes.sheet, TEAM, bench.id, place, BEN)
    return {vote.confidence for _, _, vote in sheet if vote is not None}


def test_skip_goes_to_the_next_prompt_and_casts_no_vote(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    view, places = opened(door, message, BEN), []
    for _ in range(6):
        places.append(place_of(view))
        slack.press(view, "review.skip", user=BEN)
        view = door.window(BEN)
    assert places == [*range(5), 0]
    assert votes(door, bench, BEN) == 0


def test_larger_shows_each_picture_alone_over_the_window(door: House, slack: FarEnd) -> None:
    _, message = reviewing(door, **SHORT)
    below = opened(door, message, BEN)
    slack.press(below, "review.larger", user=BEN)
    view = door.window(BEN)
    looks.window(seen(view))
    assert (view.previous, place_of(below)) == (below.id, 0)
    shown = [block["alt_text"] for block in view.payload["blocks"] if block["type"] == "image"]
    assert shown == ["Picture A", "Picture B"]
    assert view.payload["close"]["text"] == "Back"


def test_three_pictures_are_kept_or_rejected_each_and_sent_together(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, compare=["premium", "legacy"], **SHORT)
    view = opened(door, message, BEN)
    looks.window(seen(view))
    (shown,) = [block for block in view.payload["blocks"] if block["type"] == "image"]
    assert shown["alt_text"] == "Three pictures, A, B and C: kite 0"
    assert (view.payload["submit"]["text"], view.payload["close"]["text"]) == ("Next", "Later")
    after = cast(door, view, keep_sunburst)
    assert after is not None
    assert place_of(after) == 1
    assert votes(door, bench, BEN) == 3
    assert words_of(after).count("Why not ") == 1
    assert "nothing left" in words_of(judge(door, after)) or "is sealed" in words_of(door.window(BEN))


def test_a_reason_is_taken_only_after_a_reject(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    press(door, opened(door, message, BEN), "A")
    view = door.window(BEN)
    slack.press(view, "review.why", f"{bench.id}:0:B:style", BEN)
    assert reasons_of(door, bench, 0) == {"A": None, "B": "style"}
    assert place_of(door.window(BEN)) == 1
    slack.press(view, "review.why", f"{bench.id}:0:A:style", BEN)
    assert CLOSED in words_of(slack.modal(BEN))
    slack.press(view, "review.back", user=BEN)
    slack.press(door.window(BEN), "review.sure", "2", BEN)
    press(door, door.window(BEN), "A")
    assert reasons_of(door, bench, 0) == {"A": None, "B": "style"}  # less sure of it, for the same reason
    slack.press(door.window(BEN), "review.back", user=BEN)
    press(door, door.window(BEN), "AB")
    assert reasons_of(door, bench, 0) == {"A": None, "B": None}


def reasons_of(door: House, bench: Bench, place: int) -> dict[str, str | None]:
    sheet = door.store.read(rows_votes.sheet, TEAM, bench.id, place, BEN)
    return {letter: vote.reason for letter, _, vote in sheet if vote is not None}


def test_a_forged_reason_changes_nothing_and_leaves_an_audit_row(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    press(door, opened(door, message, BEN), "A")
    view = door.window(BEN)

    def changes_nothing(value: str) -> None:
        since = Since(door)
        slack.press(view, "review.why", value, BEN)
        assert CLOSED in words_of(slack.modal(BEN))
        assert [row.what for row in since.audits()] == ["unknown bench"]
        assert reasons_of(door, bench, 0) == {"A": None, "B": None}

    cells.hold([f"{bench.id}:0:B:because", f"{bench.id}:0:D:style", "0000000000:0:B:style", ""], changes_nothing)


def test_only_those_a_plan_names_may_judge_it_and_from_anywhere(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    bench, message = reviewing(door, **SHORT)
    view = opened(door, message, CHI)
    name_judges(door, bench, BEN)
    slack.press(message, "bench.review", user=CHI)
    assert told(door, CHI) == NOT_NAMED
    press(door, view, "A")
    assert NOT_NAMED in words_of(slack.modal(CHI))
    slack.press(view, "review.skip", user=CHI)
    assert NOT_NAMED in words_of(slack.modal(CHI))
    assert votes(door, bench, CHI) == 0
    waiting = [door.store.read(rows_pages.pending, TEAM, person) for person in (ANA, BEN, CHI)]
    assert [len(each) for each in waiting] == [0, 1, 0]
    _, elsewhere = reviewing(door, person=BEN, channel=GENERAL, **SHORT)
    slack.press(elsewhere, "bench.review", bench.id, BEN)
    assert place_of(door.window(BEN)) == 0
    assert "is sealed" in words_of(judge(door, door.window(BEN)))


def name_judges(door: House, bench: Bench, *people: str) -> None:
    terms = plan_json(replace(bench.plan, judges=people, reviewers=len(people)))
    with door.store.engine.begin() as connection:
        connection.execute(sa.update(benches).where(benches.c.id == bench.id).values(plan=terms))


def test_review_is_offered_once_slack_has_all_pictures_of_every_prompt(door: House, slack: FarEnd) -> None:
    """What Slack refuses is said in the message, and brought by a later job."""
    slack.fail("files.completeUploadExternal", faults.refused("upload_url_error"), 2)
    bench, message = reviewing(door, **SHORT)
    assert "bench.review" not in str(message.blocks)
    assert "Review comes once Slack has its pictures: 3 of 5 prompts so far" in message.text
    assert door.store.read(rows_pages.pending, TEAM, ANA) == ()
    slack.press(message, "bench.review", bench.id, BEN)  # as of a message that an older version posted
    assert "on their way to Slack" in told(door, BEN)
    uploaded = len(slack.workspace.files)
    assert door.run("bring") == 1
    assert len(slack.workspace.files) - uploaded == 8
    message = message_of(door, bench)
    assert "bench.review" in str(message.blocks)
    assert "Review comes once" not in message.text
    assert place_of(opened(door, message, BEN)) == 0


def test_the_sweep_brings_what_slack_refused(door: House, slack: FarEnd) -> None:
    slack.fail("files.getUploadURLExternal", faults.refused("upload_url_error"))
    bench, _ = reviewing(door, **SHORT)
    assert door.store.read(rows_composites.waiting) == ((TEAM, bench.id),)
    telling(door).bring_all(TEAM, bench.id)
    assert door.store.read(rows_composites.waiting) == ()


@pytest.mark.parametrize("upload", range(1, 5))
def test_what_was_brought_before_it_broke_off_is_not_brought_again(door: House, slack: FarEnd, upload: int) -> None:
    """A process that ended with an upload of its own under way forgets that one alone."""
    slack.fail("files.completeUploadExternal", faults.late(0), upload - 1)
    slack.fail("files.completeUploadExternal", faults.lost())
    slack.fail("files.completeUploadExternal", faults.lost(worked=False), 4)  # of the prompts behind it
    bench, _ = reviewing(door, **SHORT)
    assert len(slack.workspace.files) == upload + 4
    telling(door).bring_all(TEAM, bench.id)
    assert len(slack.workspace.files) == 20 + 5
    assert door.store.read(rows_composites.unbrought, TEAM, bench.id) == ()


def test_a_prompt_with_a_picture_that_is_gone_is_left_out_and_the_others_are_judged(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, lost=2, **SHORT)
    assert [prompt.place for prompt in bench.remaining] == [0, 1, 3, 4]
    assert bench.prompts[2].dropped == rows_composites.GONE
    view = opened(door, message, BEN)
    assert view.payload["title"]["text"] == "Blind test, 1 of 4"
    assert "is sealed" in words_of(judge(door, view))


def test_where_no_picture_can_be_read_nothing_is_left_out(door: House, slack: FarEnd) -> None:
    """A folder that is away may come back."""
    bench, message = reviewing(door, lost="all", **SHORT)
    assert len(bench.remaining) == 5
    assert "Review comes once Slack has its pictures: 0 of 5 prompts so far" in message.text
    telling(door).bring_all(TEAM, bench.id)
    assert door.store.read(rows_read.bench, TEAM, bench.id).judgeable


def test_R14_back_changes_a_vote_and_both_rows_stay(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, reviewers="3", **SHORT)
    view = opened(door, message, BEN)
    assert "'Back'" not in words_of(view)
    assert "nothing left for you" in words_of(judge(door, view, lambda _model, _place: ("keep", "5")))
    for place in (4, 3, 2, 1, 0):
        slack.press(door.window(BEN), "review.back", user=BEN)
        assert place_of(door.window(BEN)) == place
    again = door.window(BEN)
    assert "You said: A kept, B kept. Change it?" in words_of(again)
    cast(door, again, lambda _model, _place: ("reject", "2"))
    for _, picture, _ in door.store.read(rows_votes.sheet, TEAM, bench.id, 0, BEN):
        history = [(vote.verdict, vote.confidence) for vote in door.store.read(ledger_votes.history, TEAM, picture)]
        assert history == [("keep", 5), ("reject", 2)]
        assert len(door.store.read(ledger_votes.standing, TEAM, picture)) == 1
    assert votes(door, bench, BEN) == 10


def test_a_prompt_somebody_else_took_meanwhile_is_said_and_the_next_one_is_a_press_away(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    bench, message = reviewing(door, **SHORT)
    mine, theirs = opened(door, message, BEN), opened(door, message, CHI)
    press(door, theirs, "A")
    press(door, mine, "A")
    assert "has all its reviewers already" in words_of(slack.modal(BEN))
    assert votes(door, bench, BEN) == 0
    slack.press(slack.modal(BEN), "bench.on", user=BEN)
    assert place_of(door.window(BEN)) == 1


def test_two_people_who_race_for_every_prompt_have_a_seat_each_and_no_vote_is_lost(either_door: House) -> None:
    door = either_door
    bench, message = reviewing(door, **SHORT)
    views = [opened(door, message, person) for person in (BEN, CHI)]
    places = [[replace(view, payload=_at(view.payload, place)) for place in range(5)] for view in views]
    for mine, theirs in zip(*places, strict=True):
        at_once([partial(press, door, mine, "A"), partial(press, door, theirs, "A")])
    _, images = door.store.read(rows_votes.judged, TEAM, bench.id)
    assert [len(image.votes) for image in images] == [1] * 10
    by_prompt = [
        {vote.person_id for image in images if image.place == place for vote in image.votes} for place in range(5)
    ]
    assert [len(people) for people in by_prompt] == [1] * 5


def _at(payload: Any, place: int) -> Any:
    """The same window of another prompt."""
    bench_id = payload["private_metadata"].split(":")[0]
    return json.loads(json.dumps(payload).replace(f"{bench_id}:0", f"{bench_id}:{place}"))


def test_R17_after_sealing_every_window_and_button_is_closed(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    old = opened(door, message, CHI)
    judge(door, opened(door, message, BEN))
    sealed = "That blind test is sealed; nothing was changed."
    for action in ("review.a", "review.skip", "review.larger"):
        slack.press(old, action, user=CHI)
        assert f"{sealed} `bench verdict {bench.id}` shows what it came to." in spoken(slack.modal(CHI))
    slack.press(message, "bench.review", user=CHI)
    assert told(door, CHI).startswith(sealed)
    _, images = door.store.read(rows_votes.judged, TEAM, bench.id)
    assert {vote.person_id for image in images for vote in image.votes} == {BEN}


def spoken(view: View | None) -> str:
    """Its sentence, code marked as in prose."""
    parts = view.payload["blocks"][0]["elements"][0]["elements"] if view else []
    return "".join(f"`{part['text']}`" if part.get("style") else part["text"] for part in parts)


def test_R17_a_window_an_older_version_made_is_not_open(door: House, slack: FarEnd) -> None:
    """Its fields had other names, as those of a later version will have."""
    bench, message = reviewing(door, compare=["premium", "legacy"], **SHORT)
    view = opened(door, message, BEN)
    body = slack.submit(view, ballot(door, view, keep_sunburst)).sent.payload
    count = votes(door, bench, BEN)
    for values in ({}, {"A": {"verdict": {"type": "radio_buttons", "selected_option": {"value": "keep"}}}}):
        for about in (f"{bench.id}:1", f"{bench.id}:1:open"):
            old = {**body["view"], "private_metadata": about, "state": {"values": values}}
            assert CLOSED in json.dumps(slack.deliver("interactive", {**body, "view": old}).json)
    assert votes(door, bench, BEN) == count == 3


def test_R18_what_no_database_holds_is_as_unknown_as_any_other_forgery(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    _, message = reviewing(door, **SHORT)
    before = len(door.audits())
    strange = ["a\x00b", "a\ud800b", "0000000000", "' OR '1'='1"]
    for value in strange:
        slack.press(message, "bench.review", value, BEN)
        assert told(door, BEN) == CLOSED
    assert [row.what for row in door.audits()[before:]] == ["unknown bench"] * len(strange)


def test_R17_a_bench_is_judged_in_its_channel_only(door: House, slack: FarEnd) -> None:
    bench, _ = reviewing(door, **SHORT)
    _, elsewhere = reviewing(door, person=BEN, channel=GENERAL, **SHORT)
    slack.press(elsewhere, "bench.review", bench.id, CHI)
    assert told(door, CHI) == CLOSED
    assert slack.modal(CHI) is None


def test_R18_a_forged_window_changes_nothing_and_leaves_an_audit_row(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, compare=["premium", "legacy"], **SHORT)
    view = opened(door, message, BEN)
    body = slack.submit(view, ballot(door, view, keep_sunburst)).sent.payload
    count = votes(door, bench, BEN)

    def changes_nothing(value: str) -> None:
        view = opened(door, message, BEN)
        since = Since(door)
        reply = slack.deliver("interactive", {**body, "view": {**body["view"], "private_metadata": value}})
        assert CLOSED in json.dumps(reply.json)
        slack.press(view, "review.skip", value, BEN)
        assert CLOSED in words_of(slack.modal(BEN))
        assert [row.what for row in since.audits()] == ["unknown bench"] * 2
        assert votes(door, bench, BEN) == count

    cells.hold(FORGED, changes_nothing)


def test_R18_another_team_s_bench_is_as_unknown_as_none(door: House, slack: FarEnd) -> None:
    _, message = reviewing(door, **SHORT)
    body = slack.press(message, "bench.review", "0000000000", BEN).sent.payload
    told(door, BEN)
    pressed = {**body["actions"][0], "value": message.text.split()[1].rstrip(":")}
    theirs = {**body, "team": {"id": "T0SAMPLE9"}, "user": {"id": BEN, "team_id": "T0SAMPLE9"}, "actions": [pressed]}
    door.served = "T0SAMPLE9"
    assert slack.deliver("interactive", theirs).status == 200
    door.wait_for_words()
    assert {said.text for said in slack.ephemerals(BEN)} == {CLOSED}


def test_who_started_it_may_judge_it_from_anywhere(door: House, slack: FarEnd) -> None:
    bench, _ = reviewing(door, **SHORT)
    shown = slack.command(f"bench show {bench.id}", ANA, GENERAL).shown
    slack.press(shown, "bench.review", user=ANA)
    assert "Which would you keep?" in words_of(slack.modal(ANA))


def test_chips_and_note_are_parted_as_they_were_joined() -> None:
    def is_parted(note: str, ticked: tuple[str, ...]) -> None:
        assert reasons.parted(reasons.joined(ticked, note)) == (ticked, note)

    notes, chips = ["", "a bird", "a; b", "a prompt; style"], [(), ("style",), ("prompt", "text")]
    cells.hold(product(notes, chips), is_parted)
