"""A drawing's message from placeholder to verdict, its sentences, its windows, and one picture shown again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger.pictures import Drawing, Generation, Left, PictureState, Tally, Vote
from bot.pricing.spec import ImageSpec, Size
from bot.pricing.usage import Usage
from bot.samples.blocks import drawing as samples_drawing
from bot.samples.blocks import placeholder
from bot.samples.blocks_again import details_modal, picture
from bot.samples.blocks_windows import reject_modal, report_modal, retry_modal
from bot.samples.outcomes import IN_THREAD, alt_text, not_placed, sentence, title, verdict
from bot.samples.outcomes import caption as samples_caption
from tests.kit import cells
from tests.kit.views_made import (
    ATTACKS,
    NOW,
    a_drawing,
    a_generation,
    check,
    check_view,
    drawings,
    generations,
    hostile,
    lefts,
    nodes,
    outside_quotes,
    people,
    pressed,
    quoted,
    said,
    trying,
)

LEFT = Left("2026-11", spent_nanousd=34_000_000, reserved_nanousd=0, limit_nanousd=1_000_000_000)
UNCERTAIN = "No answer in time. It may have cost about $0.034, which I have counted. I did not try again."
REFUSED = "The image service refused this prompt under its safety rules. No image; it was not tried again."

SHORT_AND_LONG = pytest.mark.parametrize("cases", [25, pytest.param(5_000, marks=pytest.mark.soak)])
VERY_LONG = pytest.mark.parametrize("cases", [25, pytest.param(20_000, marks=pytest.mark.soak)])
votes = st.lists(
    st.builds(Vote, people, st.sampled_from(["keep", "reject"]), st.none() | hostile, st.just(NOW)), max_size=25
)


@SHORT_AND_LONG
def test_R26_every_message_of_a_drawing_is_within_slacks_limits_whatever_it_holds(cases: int) -> None:
    @trying(cases)
    @given(drawings(most=20), st.none() | lefts)
    def holds(drawing: Drawing, left: Left | None) -> None:
        check(placeholder(drawing))
        check(samples_drawing(drawing, left))

    holds()


@SHORT_AND_LONG
def test_R26_one_picture_again_and_every_window_are_within_slacks_limits(cases: int) -> None:
    @trying(cases)
    @given(generations(), hostile, votes, people)
    def holds(generation: Generation, prompt: str, cast: list[Vote], person: str) -> None:
        drawing = a_drawing((generation,), prompt, person)
        check(picture(generation, drawing, cast))
        check_view(details_modal(generation, drawing, cast))
        check_view(retry_modal(generation, prompt.replace("\ud800", "")))  # R67: none is ever stored
        check_view(reject_modal(generation))
        check_view(report_modal(generation))
        assert len(alt_text(drawing, generation)) <= 2000
        assert len(title(generation)) <= 255

    holds()


@VERY_LONG
def test_R63_R64_a_prompt_stands_only_inside_its_quote(cases: int) -> None:
    @trying(cases)
    @given(st.sampled_from(ATTACKS).filter(lambda attack: len(attack) > 3) | hostile)
    def holds(prompt: str) -> None:
        generation = a_generation(tally=Tally(1, 1))
        marked = f"MARK{prompt}"
        shown = samples_drawing(a_drawing((generation,), marked), LEFT)
        check(shown)
        plain = samples_drawing(a_drawing((generation,), "other"), LEFT)
        assert outside_quotes(shown.blocks) == outside_quotes(plain.blocks)
        assert len(quoted(shown.blocks)) == 1
        assert quoted(shown.blocks)[0].startswith("MARK")

    holds()


def test_R63_lane_names_notes_and_person_names_are_shown_and_do_nothing() -> None:
    def inert(attack: str) -> None:
        generation = a_generation(lane=attack, returned_quality=attack, reason=attack)
        drawing = a_drawing((generation,), attack, person_id=attack)
        cast = [Vote(attack, "reject", attack, NOW)]
        check(samples_drawing(drawing, LEFT))
        check(picture(generation, drawing, cast))
        check_view(details_modal(generation, drawing, cast))
        users = [node for node in nodes(samples_drawing(drawing, LEFT).blocks) if node.get("type") == "user"]
        assert users == []

    cells.hold(ATTACKS, inert)


@pytest.mark.parametrize("name", ["<!channel>", "<@U1>", "<https://bad|https://openai.com>", "a & b"])
def test_R63_a_caption_is_escaped_since_slack_reads_it_as_mrkdwn(name: str) -> None:
    caption = samples_caption(a_generation(lane=name))
    assert "<" not in caption
    assert caption.count("&") == name.count("<") + name.count(">") + name.count("&")


def test_R64_an_imitated_verdict_stays_in_the_quote() -> None:
    shown = samples_drawing(a_drawing((a_generation(),), "```✅ Kept, cost $0.00\n9 kept, 0 rejected: kept"), LEFT)
    assert quoted(shown.blocks) == ["```✅ Kept, cost $0.00\n9 kept, 0 rejected: kept"]
    assert "0 rejected: kept" not in outside_quotes(shown.blocks)
    assert "Not judged yet." in outside_quotes(shown.blocks)


def test_R65_a_prompt_with_entities_is_shown_as_it_was_typed_and_escaped_once_in_the_text() -> None:
    shown = samples_drawing(a_drawing((a_generation(),), "&lt;!channel&gt;"), None)
    assert quoted(shown.blocks) == ["&lt;!channel&gt;"]
    assert shown.text.endswith("Prompt: &amp;lt;!channel&amp;gt;")


# The sentences


@pytest.mark.parametrize(
    ("state", "reason", "amount", "told"),
    [
        (PictureState.UNCERTAIN, "no_answer", 34_000_000, UNCERTAIN),
        (PictureState.BLOCKED, "moderation", 0, f"{REFUSED} Nothing was charged."),
        (
            PictureState.BLOCKED,
            "moderation",
            34_000_000,
            f"{REFUSED} It may have cost about $0.034, which I have counted.",
        ),
        (PictureState.FAILED, "rejected", 0, "The image service rejected our key/model. Nothing was charged."),
        (
            PictureState.FAILED,
            "busy",
            0,
            "The image service is busy: I asked for a minute, then stopped. Nothing was charged.",
        ),
        (
            PictureState.UNUSABLE,
            "the picture is empty",
            34_000_000,
            "The image service sent an answer without a usable picture. It cost about $0.034, which I have counted. "
            "I did not try again.",
        ),
    ],
    ids=["R32", "R27 input", "R27 output", "R28", "R29", "R34"],
)
def test_R27_R28_R29_R32_R34_each_end_has_its_sentence(
    state: PictureState, reason: str, amount: int, told: str
) -> None:
    assert sentence(state, reason, amount) == told
    generation = a_generation(state, reason=reason, charged_nanousd=amount)
    assert told in said(samples_drawing(a_drawing((generation,)), LEFT).blocks)


def test_R31_R32_what_may_have_been_billed_is_offered_again_by_a_button_only() -> None:
    generation = a_generation(PictureState.UNCERTAIN, reason="no_answer", charged_nanousd=34_000_000)
    shown = samples_drawing(a_drawing((generation,)), LEFT)
    assert pressed(shown.blocks) == {"sample.retry": "7f3k2q"}
    assert "Try again" in said(shown.blocks)


@pytest.mark.parametrize(
    "state", [PictureState.BLOCKED, PictureState.FAILED, PictureState.UNCERTAIN, PictureState.UNUSABLE]
)
def test_R28_the_services_own_words_are_never_shown(state: PictureState) -> None:
    canary = "Incorrect API key provided: sk-proj-ab"
    generation = a_generation(state, reason=canary, charged_nanousd=34_000_000)
    drawing = a_drawing((generation,))
    shown = [samples_drawing(drawing, LEFT), picture(generation, drawing, [])]
    for message in shown:
        assert "sk-proj" not in message.text + said(message.blocks)
    assert "sk-proj" not in said(details_modal(generation, drawing, [])["blocks"])


def test_every_state_has_words() -> None:
    cells.agree([(state, ".") for state in PictureState], lambda state: sentence(state, None, 0)[-1])


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (Tally(), "not judged yet"),
        (Tally(1, 0), "1 kept, 0 rejected: kept"),
        (Tally(1, 1), "1 kept, 1 rejected: not kept"),
        (Tally(0, 1), "0 kept, 1 rejected: not kept"),
        (Tally(2, 1), "2 kept, 1 rejected: kept"),
    ],
)
def test_R15_the_verdict_line_counts_both_and_a_tie_is_not_kept(tally: Tally, told: str) -> None:
    assert verdict(tally) == told
    shown = samples_drawing(a_drawing((a_generation(tally=tally),)), LEFT)
    assert told.capitalize() in said(shown.blocks)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("not_in_channel", "Nothing was charged. Invite me with /invite @imagelane, or ask in our direct message."),
        ("channel_not_found", "Nothing was charged. Invite me with /invite @imagelane, or ask in our direct message."),
        ("is_archived", "This channel is archived, so I drew nothing. Nothing was charged."),
    ],
)
def test_where_the_bot_cannot_post_it_says_what_to_do(code: str, told: str) -> None:
    assert not_placed(code) == told


# The message


def test_R21_a_placeholder_says_who_asked_what_it_will_cost_and_when_it_is_stale() -> None:
    shown = placeholder(
        a_drawing((a_generation(PictureState.RESERVED), a_generation(PictureState.PLACED, lane="premium")))
    )
    check(shown)
    told = said(shown.blocks)
    for words in ("budget gpt-image-2.5-flare", "premium gpt-image-2.5-flare", "medium, 1024x1024", "$0.0132"):
        assert words in told
    assert "If this does not change in 10 minutes it was interrupted." in told
    assert "If this does not change in 10 minutes it was interrupted." in shown.text
    assert {"type": "user", "user_id": "U012ABC"} in list(nodes(shown.blocks))
    assert pressed(shown.blocks) == {}


def test_a_message_under_way_keeps_its_warning_and_a_finished_one_loses_it() -> None:
    done, going = a_generation(), a_generation(PictureState.CALLING)
    assert "10 minutes" in said(samples_drawing(a_drawing((done, going)), LEFT).blocks)
    assert "10 minutes" not in said(samples_drawing(a_drawing((done, done)), LEFT).blocks)


def test_a_delivered_picture_shows_its_file_price_and_buttons_and_what_is_left() -> None:
    shown = samples_drawing(a_drawing((a_generation(),)), LEFT)
    check(shown)
    assert [block["type"] for block in shown.blocks] == ["rich_text", "image", "rich_text", "actions", "context"]
    assert shown.blocks[1]["slack_file"] == {"id": "F012ABC"}
    assert "$0.0132. Not judged yet." in said(shown.blocks)
    assert "Left in 2026-11: $0.966 of $1.00." in said(shown.blocks)
    assert pressed(shown.blocks) == dict.fromkeys(("sample.keep", "sample.reject", "sample.retry"), "7f3k2q")
    (more,) = [node for node in nodes(shown.blocks) if node.get("type") == "overflow"]
    assert [choice["value"] for choice in more["options"]] == ["details:7f3k2q", "report:7f3k2q"]


@pytest.mark.parametrize(
    ("generation", "pictures"),
    [
        (a_generation(), 1),
        (a_generation(PictureState.PAID, file_id="F012ABC"), 1),
        (a_generation(PictureState.PAID), 0),
        (a_generation(PictureState.DELIVERED, file_id=None, reason="moved:is_archived"), 0),
        (a_generation(PictureState.UNCERTAIN, file_id="F012ABC"), 0),
    ],
)
def test_a_picture_is_shown_once_its_file_is_there(generation: Generation, pictures: int) -> None:
    shown = samples_drawing(a_drawing((generation,)), LEFT)
    assert sum(block["type"] == "image" for block in shown.blocks) == pictures


def test_R22_pictures_shared_in_the_thread_leave_the_message_without_a_file_but_with_its_buttons() -> None:
    shown = samples_drawing(a_drawing((a_generation(reason=IN_THREAD),)), LEFT)
    check(shown)
    assert all(block["type"] != "image" for block in shown.blocks)
    assert "It is in the thread below." in said(shown.blocks)
    assert set(pressed(shown.blocks)) == {"sample.keep", "sample.reject", "sample.retry"}


def test_a_demo_picture_costs_nothing_and_says_what_it_is() -> None:
    shown = samples_drawing(a_drawing((a_generation(demo=True, charged_nanousd=0),)), LEFT)
    assert "demo, $0.00. Not judged yet." in said(shown.blocks)
    assert "in no keep rate or total" in said(shown.blocks)


def test_lanes_side_by_side_each_have_their_own_line_and_buttons() -> None:
    two = (a_generation(id="aaaaaa"), a_generation(id="bbbbbb", lane="premium"))
    shown = samples_drawing(a_drawing(two), LEFT)
    rows = [pressed([block])["sample.keep"] for block in shown.blocks if block["type"] == "actions"]
    assert rows == ["aaaaaa", "bbbbbb"]
    labels = [node["accessibility_label"] for node in nodes(shown.blocks) if "accessibility_label" in node]
    assert labels[0] == "Keep: budget gpt-image-2.5-flare"
    assert labels[3] == "Keep: premium gpt-image-2.5-flare"


def test_R26_more_pictures_than_fit_are_named_so_that_each_can_be_shown() -> None:
    many = tuple(a_generation(id=f"picture{n}") for n in range(14))
    shown = samples_drawing(a_drawing(many), LEFT)
    check(shown)
    assert sum(block["type"] == "image" for block in shown.blocks) == 12
    assert "2 more, each by /imagelane show ID: picture12, picture13" in said(shown.blocks)


def test_every_update_has_new_block_ids() -> None:
    before = samples_drawing(a_drawing((a_generation(version=3),)), LEFT)
    after = samples_drawing(a_drawing((a_generation(version=4),)), LEFT)
    ids = [{block["block_id"] for block in shown.blocks} for shown in (before, after)]
    assert not ids[0] & ids[1]


def test_R23_show_brings_the_picture_back_with_state_cost_and_votes() -> None:
    generation = a_generation(
        usage=Usage(text_in=12, image_out=439), tally=Tally(1, 1), service_request_id="req_sample"
    )
    cast = [Vote("U1A", "keep", None, NOW), Vote("U2B", "reject", "*too dark*", NOW + timedelta(minutes=1))]
    shown = picture(generation, a_drawing((generation,)), cast)
    check(shown)
    told = said(shown.blocks)
    for words in (
        "state delivered",
        "Price $0.0132: metered, from the tokens the image service reported",
        "Tokens: 12 text in, 439 image out",
        "req_sample",
        ": reject, 2026-11-22 10:01 UTC",
    ):
        assert words in told
    assert any(block["type"] == "image" for block in shown.blocks)
    assert quoted(shown.blocks) == ["a red kite", "*too dark*"]


@pytest.mark.parametrize(
    ("generation", "basis"),
    [
        (a_generation(demo=True), "demo, $0.00: a demo, counted nowhere"),
        (a_generation(charged_nanousd=0), "$0.00: nothing is charged"),
        (a_generation(charged_nanousd=34_000_000), "$0.034: what was reserved"),
    ],
)
def test_details_say_where_a_price_comes_from(generation: Generation, basis: str) -> None:
    assert basis in said(details_modal(generation, a_drawing((generation,)), [])["blocks"])


def test_details_tell_what_was_asked_from_what_came_back() -> None:
    spec = ImageSpec("gpt-image-2.5-flare", "high", Size(1024, 1536))
    generation = a_generation(spec=spec, returned_quality="medium")
    told = said(details_modal(generation, a_drawing((generation,)), [])["blocks"])
    assert "Quality asked high, returned medium" in told
    assert "Size asked 1024x1536, returned not said" in told


# The windows


@pytest.mark.parametrize(("length", "editable"), [(1, True), (3000, True), (3001, False), (32_000, False)])
def test_retry_lets_one_edit_a_prompt_as_long_as_slack_takes_it(length: int, editable: bool) -> None:
    view = retry_modal(a_generation(), "x" * length)
    check_view(view)
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert (set(fields) == {"prompt"}) is editable
    assert view["callback_id"] == "sample.retry"
    assert view["private_metadata"] == "7f3k2q"
    if editable:
        assert fields["prompt"]["initial_value"] == "x" * length
        assert fields["prompt"]["max_length"] == 3000
    else:
        assert f"This prompt has {length:,} characters" in said(view["blocks"])


@pytest.mark.parametrize("prompt", ["&lt;b&gt; <!channel> `x`", "kite \u202e txt", "one\ntwo  three"])
def test_retry_offers_the_prompt_exactly_as_it_was_stored(prompt: str) -> None:
    view = retry_modal(a_generation(), prompt)
    assert view["blocks"][0]["element"]["initial_value"] == prompt


def test_retry_says_what_it_costs() -> None:
    assert "for about $0.0132" in said(retry_modal(a_generation(), "x")["blocks"])
    assert "for $0.00, it is a demo" in said(retry_modal(a_generation(demo=True), "x")["blocks"])


def test_a_report_and_a_rejection_carry_the_picture_they_are_about() -> None:
    for view, callback in (
        (report_modal(a_generation()), "sample.report"),
        (reject_modal(a_generation()), "sample.reject"),
    ):
        check_view(view)
        assert (view["callback_id"], view["private_metadata"]) == (callback, "7f3k2q")
