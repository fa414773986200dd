"""Slack outwards, against a local Slack: what is posted once, what is waited out, what is told apart."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.faults import FOREVER, Fault
from bot.playground.loopback import Answer, Loopback
from bot.playground.people import ANA, ARCHIVED, DM_OF_ANA, DM_OF_TWO, SHARED, STUDIO, UNINVITED
from bot.slack import failures
from bot.slack.posts import Posts
from tests.kit import cells

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
BLOCKS: list[dict[str, Any]] = [{"type": "section", "text": {"type": "plain_text", "text": "Drawing a red kite."}}]


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd() as far_end:
        yield far_end


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def ours(slack: FarEnd, pauses: list[float]) -> Posts:
    return Posts(slack.bot_token, slack.base_url, sleep=pauses.append, seconds=5)


def picture(file_id: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "a red kite"}]


def test_a_message_goes_out_with_text_and_blocks_and_nothing_unfurls(slack: FarEnd, ours: Posts) -> None:
    ts = ours.post(STUDIO, "Drawing", BLOCKS)
    reply = ours.post(STUDIO, "In the thread", BLOCKS, thread_ts=ts)
    ours.update(STUDIO, ts, "Done", BLOCKS)
    ours.ephemeral(STUDIO, ANA, "Only you", BLOCKS, thread_ts=ts)
    first, second = slack.messages(STUDIO)
    assert (first.ts, first.text, second.ts, second.thread_ts) == (ts, "Done", reply, ts)
    assert [(each.only_for, each.text) for each in slack.ephemerals()] == [(ANA, "Only you")]
    assert slack.calls_of("chat.postMessage")[0].payload["unfurl_links"] is False
    assert slack.calls_of("chat.postMessage")[0].payload["unfurl_media"] is False
    for call in slack.calls_of():
        assert call.payload["text"]
        assert call.payload["blocks"]
        assert not {"parse", "link_names", "attachments", "mrkdwn"} & set(call.payload)


def test_R26_the_plain_text_is_cut_where_slack_would_refuse_it(slack: FarEnd, ours: Posts) -> None:
    for length, cut in ((4000, False), (4001, True)):
        ts = ours.post(STUDIO, "a" * length, BLOCKS)
        ours.update(STUDIO, ts, "b" * length, BLOCKS)
        text = slack.messages(STUDIO)[-1].text
        assert (len(text), text.endswith("…")) == (4000, cut)


def test_views_a_home_and_a_direct_message_open(slack: FarEnd, ours: Posts) -> None:
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "Retry"}, "blocks": BLOCKS}
    view_id = ours.open_view(slack.desk.new_trigger(ANA), modal)
    ours.publish_home_when_ready(ANA, {"type": "home", "blocks": BLOCKS})
    shown, home = slack.modal(ANA), slack.home(ANA)
    assert shown is not None
    assert shown.id == view_id
    assert home is not None
    assert ours.direct_channel(ANA) == DM_OF_ANA


def test_a_picture_is_uploaded_with_its_alt_text_and_may_be_shared_in_a_thread(slack: FarEnd, ours: Posts) -> None:
    ts = ours.post(STUDIO, "Drawing", BLOCKS)
    private = ours.upload(PNG, "kite.png", "red kite", "a" * 1001)
    shared = ours.upload(PNG, "kite.png", "red kite", "a red kite", STUDIO, ts, "Here it is.")
    files = slack.workspace.files
    assert files[private].data == files[shared].data == PNG
    assert (files[private].shared_in, files[shared].shared_in) == ((), (STUDIO,))
    assert len(files[private].alt_text) == 1000
    assert [(each.text, each.thread_ts) for each in slack.messages(STUDIO) if each.files] == [("Here it is.", ts)]


# R20: 429

WAITED: list[tuple[int | str | None, list[float]]] = [
    (1, [1, 1]),
    (30, [30, 30]),
    (None, [1, 2]),
    ("abc", [1, 2]),
    (99999, [60, 60]),
    (60, [60, 60]),
    (61, [60, 60]),
]


def test_R20_a_rate_limit_is_waited_out_and_then_the_call_goes_through_once(
    slack: FarEnd, ours: Posts, pauses: list[float]
) -> None:
    def is_waited_out(asked: int | str | None, waited: list[float]) -> None:
        pauses.clear()
        before = len(slack.messages(STUDIO))
        slack.fail("chat.postMessage", faults.rate_limited(asked), times=2)
        ours.post(STUDIO, "Drawing", BLOCKS)
        assert pauses == waited
        assert len(slack.messages(STUDIO)) == before + 1

    cells.hold(WAITED, is_waited_out)


def test_R20_the_fifth_rate_limit_of_one_call_is_raised(slack: FarEnd, ours: Posts) -> None:
    ts = ours.post(STUDIO, "Drawing", BLOCKS)
    slack.fail("chat.update", faults.rate_limited(7), times=4)
    ours.update(STUDIO, ts, "Done", BLOCKS)
    assert len(slack.calls_of("chat.update")) == 5
    slack.fail("chat.update", faults.rate_limited(7), times=5)
    with pytest.raises(failures.RateLimited) as limited:
        ours.update(STUDIO, ts, "Done", BLOCKS)
    assert limited.value.retry_after == 7
    assert len(slack.calls_of("chat.update")) == 10


def test_R20_uploads_and_response_urls_are_waited_for_too(slack: FarEnd, ours: Posts, pauses: list[float]) -> None:
    slack.fail("upload", faults.rate_limited(3))
    slack.fail("files.completeUploadExternal", faults.rate_limited(4))
    slack.fail("response_url", faults.rate_limited(5))
    ours.upload(PNG, "kite.png", "red kite", "a red kite")
    ours.respond(slack.desk.new_reply_url("commands", STUDIO, ANA), "hello", BLOCKS)
    assert pauses == [3, 4, 5]


def test_R20_a_modal_is_not_waited_for_since_its_trigger_lives_three_seconds(
    slack: FarEnd, ours: Posts, pauses: list[float]
) -> None:
    slack.fail("views.open", faults.rate_limited(1))
    modal = {"type": "modal", "title": {"type": "plain_text", "text": "Retry"}, "blocks": BLOCKS}
    with pytest.raises(failures.RateLimited):
        ours.open_view(slack.desk.new_trigger(ANA), modal)
    assert pauses == []


# R21: perhaps posted

BROKEN = {
    "accepted, then the connection drops": faults.lost(),
    "dropped before it was done": faults.lost(worked=False),
    "500": faults.broken(500),
    "500 although it was done": faults.broken(500, worked=True),
    "503": faults.broken(503, worked=True),
    "internal_error": faults.refused("internal_error"),
    "fatal_error": faults.refused("fatal_error"),
    "a success that cannot be read": Fault(status=200, worked=False),
}


def test_R21_what_may_have_been_posted_is_never_posted_again(slack: FarEnd, ours: Posts) -> None:
    def is_posted_once(_name: str, fault: Fault) -> None:
        before = len(slack.calls_of("chat.postMessage"))
        slack.fail("chat.postMessage", fault)
        with pytest.raises(failures.Unsure):
            ours.post(STUDIO, "Drawing", BLOCKS)
        assert len(slack.calls_of("chat.postMessage")) == before + 1

    cells.hold(BROKEN.items(), is_posted_once)


def test_R21_a_success_that_is_no_object_is_unsure() -> None:
    with Loopback(lambda _: Answer(200, b"[1]"), now=lambda: 1.8e9) as bent, pytest.raises(failures.Unsure):
        Posts("xoxb-sample", f"{bent.url}/api/").post(STUDIO, "Drawing", BLOCKS)


def test_R21_a_read_time_out_is_unsure_and_not_repeated(slack: FarEnd) -> None:
    slack.fail("*", faults.hangs())
    with pytest.raises(failures.Unsure, match="timeout"):
        Posts(slack.bot_token, slack.base_url, seconds=1).post(STUDIO, "Drawing", BLOCKS)
    assert len(slack.messages(STUDIO)) == len(slack.calls_of()) == 1


def test_R21_a_dropped_upload_or_late_answer_is_unsure_too(slack: FarEnd, ours: Posts) -> None:
    url = slack.desk.new_reply_url("commands", STUDIO, ANA)
    for where in ("upload", "response_url"):
        slack.fail(where, faults.lost(), times=FOREVER)
    with pytest.raises(failures.Unsure):
        ours.upload(PNG, "kite.png", "red kite", "a red kite")
    with pytest.raises(failures.Unsure):
        ours.respond(url, "hello", BLOCKS)
    assert len(slack.calls_of("upload")) == len(slack.calls_of("response_url")) == 1


def test_R21_without_a_connection_nothing_was_posted_for_sure(slack: FarEnd) -> None:
    url, base_url = slack.desk.new_reply_url("commands", STUDIO, ANA), slack.base_url
    slack.stop()
    gone = Posts("xoxb-sample", base_url)
    with pytest.raises(failures.Unreachable):
        gone.post(STUDIO, "Drawing", BLOCKS)
    with pytest.raises(failures.Unreachable):
        gone.respond(url, "hello", BLOCKS)


# R22: the file is not processed yet


def test_R22_a_picture_that_is_not_processed_is_tried_again_after_1_2_4_8_16_seconds(
    slack: FarEnd, ours: Posts, pauses: list[float]
) -> None:
    def is_tried_again(refusals: int, waited: list[float]) -> None:
        pauses.clear()
        slack.desk.refusals = refusals
        ts = ours.post(STUDIO, "Drawing", BLOCKS)
        file_id = ours.upload(PNG, "kite.png", "red kite", "a red kite")
        assert ours.update_when_ready(STUDIO, ts, "Done", picture(file_id)) is True
        assert pauses == waited
        assert slack.messages(STUDIO)[-1].blocks[0]["slack_file"] == {"id": file_id}

    cells.hold([(0, []), (1, [1]), (5, [1, 2, 4, 8, 16])], is_tried_again)


def test_R22_a_picture_that_never_gets_ready_leaves_the_message_as_it_was(
    slack: FarEnd, ours: Posts, pauses: list[float]
) -> None:
    slack.desk.refusals = 6
    ts = ours.post(STUDIO, "Drawing", BLOCKS)
    file_id = ours.upload(PNG, "kite.png", "red kite", "a red kite")
    assert ours.update_when_ready(STUDIO, ts, "Done", picture(file_id)) is False
    assert pauses == [1, 2, 4, 8, 16]
    assert slack.messages(STUDIO)[0].text == "Drawing"


def test_R22_any_other_refusal_ends_the_waiting(slack: FarEnd, ours: Posts, pauses: list[float]) -> None:
    slack.fail("chat.update", faults.refused("message_not_found"))
    with pytest.raises(failures.CantPost):
        ours.update_when_ready(STUDIO, "1.2", "Done", BLOCKS)
    assert pauses == []


def test_R23_an_upload_that_says_ok_and_shares_nothing_still_gives_its_file(slack: FarEnd, ours: Posts) -> None:
    slack.fail("files.completeUploadExternal", faults.unshared())
    file_id = ours.upload(PNG, "kite.png", "red kite", "a red kite", STUDIO)
    assert slack.workspace.files[file_id].data == PNG
    assert slack.messages(STUDIO) == []
    assert len(slack.calls_of("files.completeUploadExternal")) == 1


# R24, R25: Slack says no


def test_R24_a_channel_where_we_may_not_post_is_named(ours: Posts) -> None:
    def is_named(channel: str, code: str) -> None:
        with pytest.raises(failures.CantPost) as refused:
            ours.post(channel, "Drawing", BLOCKS)
        assert refused.value.code == code

    cells.hold([(ARCHIVED, "is_archived"), (UNINVITED, "not_in_channel"), ("C0", "channel_not_found")], is_named)


REFUSALS = ["message_not_found", "cant_update_message", "missing_scope", "not_authed", "restricted_action"]


def test_R24_a_refusal_is_not_repeated(slack: FarEnd, ours: Posts) -> None:
    def is_not_repeated(code: str) -> None:
        before = len(slack.calls_of("chat.update"))
        slack.fail("chat.update", faults.refused(code))
        with pytest.raises(failures.CantPost) as refused:
            ours.update(STUDIO, "1.2", "Done", BLOCKS)
        assert (refused.value.code, len(slack.calls_of("chat.update")) - before) == (code, 1)

    cells.hold(REFUSALS, is_not_repeated)


def test_R25_a_revoked_token_is_told_apart_and_not_tried_again(slack: FarEnd, ours: Posts) -> None:
    def is_told_apart(code: str) -> None:
        before = len(slack.calls_of())
        slack.fail("chat.postMessage", faults.refused(code))
        with pytest.raises(failures.Revoked):
            ours.post(STUDIO, "Drawing", BLOCKS)
        assert len(slack.calls_of()) == before + 1

    cells.hold(["token_revoked", "account_inactive", "invalid_auth"], is_told_apart)


def test_slack_is_asked_whether_others_read_a_channel(ours: Posts) -> None:
    cells.agree([(STUDIO, False), (UNINVITED, False), (SHARED, True)], ours.shared_outside)


def test_whether_others_read_a_channel_the_bot_can_t_see_is_not_guessed(ours: Posts) -> None:
    with pytest.raises(failures.PostFailed):
        ours.shared_outside(DM_OF_TWO)
