"""Judging a bench in Slack: blind, one prompt at a time, to the verdict; and what a window may not do."""

import json
from itertools import product

from bot.bench import rows_pages, rows_read, rows_votes
from bot.bench.blocks_review import page_modal
from bot.bench.plan import Bench
from bot.ledger import holds, rows
from bot.ledger import votes as ledger_votes
from bot.ledger.bench_states import BenchState
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, CHI, GENERAL, STUDIO, TEAM
from bot.samples import reasons
from tests.kit import cells
from tests.kit.since import Since
from tests.kit.slack_bench import (
    SHORT,
    ballot,
    details_in,
    judge,
    keep_sunburst,
    opened,
    place_of,
    reviewing,
    telling,
    told,
    verdict_in,
    words_of,
)
from tests.kit.slack_door import House

GIVE_AWAY = ("flare", "sunburst", "gpt-image", "budget", "premium", "medium", "1024", "$")
CLOSED = "That is no longer open; nothing was changed."
FORGED = ["0000000000:0:open", "", "' OR '1'='1", '{"team_id": "T0SAMPLE2"}', "../../etc/passwd:1:open", "x" * 2000]


def votes(door: House, bench: Bench, person: str) -> int:
    sheets = [door.store.read(rows_votes.sheet, TEAM, bench.id, prompt.place, person) for prompt in bench.remaining]
    return sum(vote is not None for sheet in sheets for _, _, vote in sheet)


def test_two_reviewers_share_the_prompts_up_to_the_verdict_in_the_channel(either_door: House) -> None:
    door, slack = either_door, either_door.far_end
    bench, message = reviewing(door)
    for person in (BEN, CHI):
        view = opened(door, message, person)
        assert "10 of 10 prompts left for you" in words_of(view) or "5 of 10 prompts left" in words_of(view)
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
    pictures = [block for block in view.payload["blocks"] if block["type"] == "image"]
    assert [block["alt_text"] for block in pictures] == ["Picture A", "Picture B"]
    for file in slack.workspace.files.values():
        assert file.name == "picture.png"
        assert b"gpt-image" not in (file.data or b"")


def test_skip_goes_to_the_next_prompt_and_casts_no_vote(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    view, places = opened(door, message, BEN), []
    for _ in range(6):
        places.append(place_of(view))
        slack.press(view, "bench.skip", user=BEN)
        view = door.window(BEN)
    assert places == [*range(5), 0]
    assert votes(door, bench, BEN) == 0


def test_a_picture_that_is_not_in_slack_yet_is_brought_by_a_job(door: House, slack: FarEnd) -> None:
    slack.fail("files.getUploadURLExternal", faults.refused("upload_url_error"))
    bench, message = reviewing(door, **SHORT)
    assert len(door.store.read(rows_pages.unbrought, TEAM, bench.id)) == 1
    places = [place for place in range(5) if None in _files(door, bench, place)]
    assert places == [0]
    slack.press(message, "bench.review", user=BEN)
    assert "on their way to Slack" in told(door, BEN)
    assert door.run("bring") == 1
    assert place_of(opened(door, message, BEN)) == 0


def _files(door: House, bench: Bench, place: int) -> list[str | None]:
    sheet = door.store.read(rows_votes.sheet, TEAM, bench.id, place, BEN)
    return [door.store.read(rows.generation, TEAM, picture).file_id for _, picture, _ in sheet]


def test_R14_keep_then_reject_in_the_window_keeps_both_and_the_last_counts(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, reviewers="3", **SHORT)
    view = opened(door, message, BEN)
    assert "nothing left for you" in words_of(judge(door, view, lambda _model, _place: ("keep", "5")))
    slack.press(door.window(BEN), "bench.again", user=BEN)
    again = door.window(BEN)
    assert "as you judged it" in words_of(again)
    slack.submit(again, ballot(door, again, lambda _model, _place: ("reject", "2")))
    for _, picture, _ in door.store.read(rows_votes.sheet, TEAM, bench.id, 0, BEN):
        history = [(vote.verdict, vote.confidence) for vote in door.store.read(ledger_votes.history, TEAM, picture)]
        assert history == [("keep", 5), ("reject", 2)]
        assert len(door.store.read(ledger_votes.standing, TEAM, picture)) == 1
    assert votes(door, bench, BEN) == 10


def test_R14_a_window_sent_three_times_is_one_vote_for_each_picture(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    for _ in range(3):
        slack.submit(view, ballot(door, view, keep_sunburst))
    for _, picture, _ in door.store.read(rows_votes.sheet, TEAM, bench.id, 0, BEN):
        assert len(door.store.read(ledger_votes.history, TEAM, picture)) == 1


def test_a_prompt_somebody_else_took_meanwhile_is_said_in_the_window(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    mine, theirs = opened(door, message, BEN), opened(door, message, CHI)
    slack.submit(theirs, ballot(door, theirs, keep_sunburst))
    reply = slack.submit(mine, ballot(door, mine, keep_sunburst))
    assert reply.view is not None
    assert "has all its reviewers already" in " ".join(reply.view.errors.values())
    assert votes(door, bench, BEN) == 0


def test_R17_after_sealing_every_window_and_button_is_closed(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    old = opened(door, message, CHI)
    judge(door, opened(door, message, BEN))
    reply = slack.submit(old, forged=True)
    assert reply.view is not None
    sealed = "That blind test is sealed; nothing was changed."
    assert set(reply.view.errors.values()) == {f"{sealed} bench verdict {bench.id} shows what it came to."}
    slack.press(old, "bench.skip", user=CHI)
    assert sealed in words_of(slack.modal(CHI))
    slack.press(message, "bench.review", user=CHI)
    assert told(door, CHI).startswith(sealed)
    _, images = door.store.read(rows_votes.judged, TEAM, bench.id)
    assert {vote.person_id for image in images for vote in image.votes} == {BEN}


def test_R17_a_window_an_older_version_made_is_not_open(door: House, slack: FarEnd) -> None:
    """Its fields had other names, as those of a later version will have."""
    bench, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    body = slack.submit(view, ballot(door, view, keep_sunburst)).sent.payload
    cast = votes(door, bench, BEN)
    for values in ({}, {"A": {"verdict": {"type": "radio_buttons", "selected_option": {"value": "keep"}}}}):
        place = f"{bench.id}:1:open"
        old = {**body["view"], "private_metadata": place, "state": {"values": values}}
        assert CLOSED in json.dumps(slack.deliver("interactive", {**body, "view": old}).json)
    assert votes(door, bench, BEN) == cast == 2


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
    bench, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    body = slack.submit(view, ballot(door, view, keep_sunburst)).sent.payload
    cast = votes(door, bench, BEN)

    def changes_nothing(value: str) -> None:
        view = opened(door, message, BEN)
        since = Since(door)
        reply = slack.deliver("interactive", {**body, "view": {**body["view"], "private_metadata": value}})
        assert CLOSED in json.dumps(reply.json)
        slack.press(view, "bench.skip", value, BEN)
        assert CLOSED in words_of(slack.modal(BEN))
        assert [row.what for row in since.audits()] == ["unknown bench"] * 2
        assert votes(door, bench, BEN) == cast

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
    assert "prompts left for you" in words_of(slack.modal(ANA))


def test_a_reason_is_chips_and_words_and_comes_back_as_it_was_given(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    view = opened(door, message, BEN)
    place = place_of(view)
    told = {f"{place}:A:wrong": ["style", "prompt"], f"{place}:A:why": "no kite; a bird"}
    slack.submit(view, ballot(door, view, keep_sunburst) | told)
    shown = {letter: vote for letter, _, vote in door.store.read(rows_votes.sheet, TEAM, bench.id, place, BEN)}
    assert [vote and vote.reason for vote in shown.values()] == ["prompt; style; no kite; a bird", None]
    page = door.store.read(rows_pages.page, TEAM, bench.id, BEN, mine=True)
    fields = str(page and page_modal(page, mine=True)["blocks"])
    assert fields.count("initial_options") == 1
    assert "'initial_value': 'no kite; a bird'" in fields


def test_chips_and_note_are_parted_as_they_were_joined() -> None:
    def is_parted(note: str, ticked: tuple[str, ...]) -> None:
        assert reasons.parted(reasons.joined(ticked, note)) == (ticked, note)

    notes, chips = ["", "a bird", "a; b", "a prompt; style"], [(), ("style",), ("prompt", "text")]
    cells.hold(product(notes, chips), is_parted)
