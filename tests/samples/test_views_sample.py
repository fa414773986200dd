"""A drawing's message from placeholder to verdict, its sentences, its windows, and one picture shown again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import catalog
from bot.entrypoints.commands import COMMANDS
from bot.grammar.vocabulary import vocabulary
from bot.ledger.limits import Budget, BudgetStanding, Scope
from bot.ledger.pictures import Drawing, Generation, Left, PictureState, Tally, Vote
from bot.pricing.spec import ImageSpec, Size
from bot.pricing.usage import Usage
from bot.samples.blocks import Beside, placeholder
from bot.samples.blocks import drawing as samples_drawing
from bot.samples.blocks_again import details_modal, picture
from bot.samples.blocks_asking import being_drawn, not_taken, priced, taken, which
from bot.samples.blocks_windows import draw_form, reject_modal, report_modal
from bot.samples.command import Try
from bot.samples.forms import Behind, behind, form
from bot.samples.outcomes import HAPPENED, IN_THREAD, alt_text, not_placed, sentence, title, verdict
from bot.samples.outcomes import caption as samples_caption
from bot.samples.priced_images import left_out, wished
from bot.slack.message import View
from tests.kit import cells, looks
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
    nodes,
    outside_quotes,
    people,
    pressed,
    quoted,
    said,
    trying,
)

CATALOG = catalog.load()
TODAY = date(2026, 11, 22)
LEFT = Beside({"U012ABC": "Ana"}, {}, "$0.966 left this month")
BUTTONS = ("sample.keep", "sample.reject", "sample.retry", "sample.more")
UNCERTAIN = "No answer in time. Perhaps billed: $0.034."
TIE = ": a tie, so not kept"
REFUSED = "The image service's safety rules refused this prompt."

SHORT_AND_LONG = pytest.mark.parametrize("cases", [25, pytest.param(5_000, marks=pytest.mark.soak)])
VERY_LONG = pytest.mark.parametrize("cases", [25, pytest.param(20_000, marks=pytest.mark.soak)])
votes = st.lists(
    st.builds(Vote, people, st.sampled_from(["keep", "reject"]), st.none() | hostile, st.just(NOW)), max_size=25
)


@SHORT_AND_LONG
def test_R26_every_message_of_a_drawing_is_within_slacks_limits_whatever_it_holds(cases: int) -> None:
    @trying(cases)
    @given(drawings(most=20), hostile, votes, hostile)
    def holds(drawing: Drawing, name: str, cast: list[Vote], left: str) -> None:
        beside = Beside(dict.fromkeys([drawing.person_id], name), {drawing.generations[0].id: cast}, left[:80])
        check(placeholder(drawing, beside))
        check(samples_drawing(drawing, beside))

    holds()


@SHORT_AND_LONG
def test_R26_one_picture_again_and_every_window_are_within_slacks_limits(cases: int) -> None:
    @trying(cases)
    @given(generations(), hostile, votes, people)
    def holds(generation: Generation, prompt: str, cast: list[Vote], person: str) -> None:
        drawing = a_drawing((generation,), prompt, person)
        check(picture(generation, drawing, cast, TODAY))
        check_view(details_modal(generation, drawing, cast))
        check_view(retry_modal(prompt.replace("\ud800", "")))  # R67: none is ever stored
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
        check(picture(generation, drawing, cast, TODAY))
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
    assert "Not judged yet." in shown.text


def test_R65_a_prompt_with_entities_is_shown_as_it_was_typed_and_escaped_once_in_the_text() -> None:
    shown = samples_drawing(a_drawing((a_generation(),), "&lt;!channel&gt;"), Beside())
    assert quoted(shown.blocks) == ["&lt;!channel&gt;"]
    assert shown.text.endswith("Prompt: &amp;lt;!channel&amp;gt;")


# The sentences


@pytest.mark.parametrize(
    ("state", "reason", "amount", "told"),
    [
        (PictureState.UNCERTAIN, "no_answer", 34_000_000, UNCERTAIN),
        (PictureState.BLOCKED, "moderation", 0, f"{REFUSED} Nothing was charged."),
        (PictureState.BLOCKED, "moderation", 34_000_000, f"{REFUSED} Perhaps billed: $0.034."),
        (PictureState.FAILED, "rejected", 0, "The image service rejected our key or this model. Nothing was charged."),
        (PictureState.FAILED, "busy", 0, "The image service stayed busy for a minute. Nothing was charged."),
        (
            PictureState.UNUSABLE,
            "the picture is empty",
            34_000_000,
            "The image service sent no usable picture. Billed: $0.034.",
        ),
        (
            PictureState.UNCERTAIN,
            "fault_500",
            13_200_000,
            "The image service had a fault (500). Perhaps billed: $0.0132.",
        ),
        (PictureState.UNCERTAIN, "fault_<!channel>", 34_000_000, UNCERTAIN),
    ],
    ids=["R32", "R27 input", "R27 output", "R28", "R29", "R34", "B9", "B9 forged"],
)
def test_R27_R28_R29_R32_R34_B9_each_end_has_its_sentence(
    state: PictureState, reason: str, amount: int, told: str
) -> None:
    assert sentence(state, reason, amount) == told
    generation = a_generation(state, reason=reason, charged_nanousd=amount)
    assert told in said(samples_drawing(a_drawing((generation,)), LEFT).blocks)


def test_R31_R32_what_may_have_been_billed_is_offered_again_by_a_button_only() -> None:
    generation = a_generation(PictureState.UNCERTAIN, reason="no_answer", charged_nanousd=34_000_000)
    shown = samples_drawing(a_drawing((generation,)), LEFT)
    assert pressed(shown.blocks) == {"sample.retry": "7f3k2q", "sample.more": "7f3k2q"}
    assert "Try again" in said(shown.blocks)


@pytest.mark.parametrize(
    "state", [PictureState.BLOCKED, PictureState.FAILED, PictureState.UNCERTAIN, PictureState.UNUSABLE]
)
def test_R28_the_services_own_words_are_never_shown(state: PictureState) -> None:
    canary = "Incorrect API key provided: sk-proj-ab"
    generation = a_generation(state, reason=canary, charged_nanousd=34_000_000)
    drawing = a_drawing((generation,))
    shown = [samples_drawing(drawing, LEFT), picture(generation, drawing, [], TODAY)]
    for message in shown:
        assert "sk-proj" not in message.text + said(message.blocks)
    assert "sk-proj" not in said(details_modal(generation, drawing, [])["blocks"])


def test_every_state_has_words() -> None:
    cells.agree([(state, ".") for state in PictureState], lambda state: sentence(state, None, 0)[-1])


def cast(*verdicts: str) -> list[Vote]:
    return [Vote(f"U{n}VOTER", verdict, None, NOW) for n, verdict in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("tally", "counted", "named"),
    [
        (Tally(), "not judged yet", "Not judged yet."),
        (Tally(1, 0), "kept by 1", "Kept by Ana."),
        (Tally(0, 1), "rejected by 1", "Rejected by Ana."),
        (
            Tally(1, 1),
            "kept by 1, rejected by 1: a tie, so not kept",
            "Kept by Ana, rejected by Ben: a tie, so not kept.",
        ),
        (Tally(2, 1), "kept by 2, rejected by 1: kept", "Kept by Ana and Ben, rejected by Chi: kept."),
        (Tally(1, 2), "kept by 1, rejected by 2: not kept", "Kept by Ana, rejected by Ben and Chi: not kept."),
        (Tally(7, 0), "kept by 7", "Kept by Ana, Ben, Chi, somebody, somebody and 2 more."),
    ],
)
def test_R15_the_votes_are_told_by_name_and_a_tie_is_not_kept(tally: Tally, counted: str, named: str) -> None:
    assert verdict(tally) == counted
    votes = cast(*["keep"] * tally.keep, *["reject"] * tally.reject)
    names = {"U012ABC": "Ana", "U0VOTER": "Ana", "U1VOTER": "Ben", "U2VOTER": "Chi"}
    shown = samples_drawing(a_drawing((a_generation(tally=tally),)), Beside(names, {"7f3k2q": votes}))
    looks.holds(shown)
    assert f" {named} " in shown.text
    users = [node["user_id"] for node in nodes(shown.blocks[3:]) if node.get("type") == "user"]
    assert users == [vote.person_id for vote in votes][:5]


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
    two = (a_generation(PictureState.RESERVED), a_generation(PictureState.PLACED, id="bbbbbb", lane="premium"))
    shown = placeholder(a_drawing(two), LEFT)
    looks.holds(shown)
    assert shown.text.startswith("Drawing for Ana: budget and premium, medium, about $0.03.")
    assert "If this does not change in 10 minutes it was interrupted." in said(shown.blocks)
    assert "If this does not change in 10 minutes it was interrupted." in shown.text
    assert {"type": "user", "user_id": "U012ABC"} in list(nodes(shown.blocks))
    assert pressed(shown.blocks) == {}


def test_where_no_price_is_published_the_most_it_can_cost_is_called_so() -> None:
    unknown = a_generation(PictureState.RESERVED, expected_nanousd=34_000_000)
    shown = placeholder(a_drawing((unknown,)), LEFT)
    assert shown.text.startswith("Drawing for Ana: budget, medium, at most $0.034.")


def test_a_message_under_way_keeps_its_warning_and_a_finished_one_loses_it() -> None:
    done, going = a_generation(), a_generation(PictureState.CALLING)
    assert "10 minutes" in said(samples_drawing(a_drawing((done, going)), LEFT).blocks)
    assert "10 minutes" not in said(samples_drawing(a_drawing((done, done)), LEFT).blocks)


def test_a_delivered_picture_shows_its_file_price_and_buttons_and_what_is_left() -> None:
    shown = samples_drawing(a_drawing((a_generation(),)), LEFT)
    looks.holds(shown)
    assert [block["type"] for block in shown.blocks] == [
        "rich_text",
        "rich_text",
        "image",
        "rich_text",
        "context",
        "actions",
    ]
    assert shown.blocks[2]["slack_file"] == {"id": "F012ABC"}
    assert shown.text.startswith("Drawn for Ana: budget, medium, $0.0132. Not judged yet.")
    assert "$0.966 left this month." in said(shown.blocks)
    assert pressed(shown.blocks) == dict.fromkeys(BUTTONS, "7f3k2q")


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
    assert tuple(pressed(shown.blocks)) == BUTTONS


def test_a_demo_picture_costs_nothing_and_says_what_it_is() -> None:
    shown = samples_drawing(a_drawing((a_generation(demo=True, charged_nanousd=0),)), LEFT)
    looks.holds(shown)
    assert shown.text.startswith("Drawn for Ana: budget, medium, a demo, $0.00. Not judged yet.")
    assert "in no keep rate or total" in said(shown.blocks)


def test_lanes_side_by_side_each_have_their_own_line_and_buttons() -> None:
    two = (a_generation(id="aaaaaa"), a_generation(id="bbbbbb", lane="premium"))
    shown = samples_drawing(a_drawing(two), LEFT)
    rows = [pressed([block])["sample.keep"] for block in shown.blocks if block["type"] == "actions"]
    assert rows == ["aaaaaa", "bbbbbb"]
    labels = [node["accessibility_label"] for node in nodes(shown.blocks) if "accessibility_label" in node]
    assert [labels[0], labels[4]] == ["Keep: budget", "Keep: premium"]


def test_several_of_one_lane_are_told_apart() -> None:
    three = tuple(a_generation(id=f"picture{n}") for n in range(3))
    shown = samples_drawing(a_drawing(three), LEFT)
    looks.holds(shown)
    assert shown.text.startswith("Drawn for Ana: 3 by budget, medium, $0.04. budget 1 of 3, $0.0132: Not judged yet.")
    labels = [node["accessibility_label"] for node in nodes(shown.blocks) if "accessibility_label" in node]
    assert labels[0::4] == ["Keep: budget 1 of 3", "Keep: budget 2 of 3", "Keep: budget 3 of 3"]


def test_R26_more_pictures_than_fit_are_counted() -> None:
    many = tuple(a_generation(id=f"picture{n}") for n in range(14))
    shown = samples_drawing(a_drawing(many), LEFT)
    looks.holds(shown)
    assert sum(block["type"] == "image" for block in shown.blocks) == 12
    assert "2 pictures more do not fit here." in said(shown.blocks)


def test_the_block_of_the_buttons_says_how_many_votes_the_message_tells_of() -> None:
    shown = samples_drawing(a_drawing((a_generation(cast=12),)), LEFT)
    assert [block["block_id"] for block in shown.blocks if block["type"] == "actions"] == ["d1:3:5:v12"]


def test_every_update_has_new_block_ids() -> None:
    before = samples_drawing(a_drawing((a_generation(version=3),)), LEFT)
    after = samples_drawing(a_drawing((a_generation(version=4),)), LEFT)
    ids = [{block["block_id"] for block in shown.blocks} for shown in (before, after)]
    assert not ids[0] & ids[1]


def test_R23_show_brings_the_picture_back_with_cost_and_votes_and_the_rest_behind_more() -> None:
    generation = a_generation(
        usage=Usage(text_in=12, image_out=439), tally=Tally(1, 1), service_request_id="req_sample"
    )
    cast = [Vote("U1A", "keep", None, NOW), Vote("U2B", "reject", "*too dark*", NOW + timedelta(minutes=1))]
    shown = picture(generation, a_drawing((generation,)), cast, TODAY)
    looks.holds(shown)
    lead = "Budget, medium, $0.0132: kept by 1, rejected by 1: a tie, so not kept."
    assert shown.text == f"{lead} Prompt: a red kite"
    assert any(block["type"] == "image" for block in shown.blocks)
    assert tuple(pressed(shown.blocks)) == BUTTONS
    view = details_modal(generation, a_drawing((generation,)), cast)
    looks.window(view)
    told = said(view["blocks"])
    for words in (
        "state delivered",
        "Price $0.0132: metered, from the tokens the image service reported",
        "Tokens: 12 text in, 439 image out",
        "req_sample",
        ": reject, 2026-11-22 10:01 UTC",
    ):
        assert words in told
    assert quoted(view["blocks"]) == ["*too dark*", "a red kite"]


@pytest.mark.parametrize(
    ("state", "reason", "basis"),
    [
        (PictureState.UNCERTAIN, "fault_500", "perhaps billed, and counted as what was reserved. I did not try again"),
        (PictureState.UNUSABLE, "empty", "billed and counted, what was reserved, since the image service"),
        (PictureState.FAILED, "busy", "nothing is charged"),
    ],
)
def test_details_say_what_was_counted_for_a_call_that_brought_no_picture(
    state: PictureState, reason: str, basis: str
) -> None:
    charged = 0 if state is PictureState.FAILED else 34_000_000
    failed = a_generation(state, reason=reason, charged_nanousd=charged)
    view = details_modal(failed, a_drawing((failed,)), [])
    looks.window(view)
    assert basis in said(view["blocks"])


@pytest.mark.parametrize(
    ("kind", "per", "place", "told"),
    [
        ("workspace", "month", "", "Budget $0.06: $0.007 left this month, $0.013 of it held for work under way"),
        ("channel", "week", " in #art", "$0.007 left this week in #art"),
    ],
)
def test_B2_details_tell_the_tightest_budget(kind: str, per: str, place: str, told: str) -> None:
    left = Left("2026-11", spent_nanousd=39_500_000, reserved_nanousd=13_000_000, limit_nanousd=60_000_000)
    standing = BudgetStanding(Budget(Scope(kind, "C1"), per, 60_000_000), left)
    generation = a_generation()
    view = details_modal(generation, a_drawing((generation,)), [], standing, place)
    assert told in said(view["blocks"])


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


def retry_modal(prompt: str) -> View:
    asked = Try(prompt, ("budget",), "medium", "square", 2)
    choices = (("budget (gpt-image-2.5-flare)", "budget"), ("gpt-image-2", "gpt-image-2"))
    return draw_form(form(asked, CATALOG, TODAY, choices), Behind("0.02634", "7f3k2q"), "about $0.03")


@pytest.mark.parametrize(("length", "editable"), [(1, True), (3000, True), (3001, False), (32_000, False)])
def test_retry_lets_one_edit_a_prompt_as_long_as_slack_takes_it(length: int, editable: bool) -> None:
    view = retry_modal("x" * length)
    looks.window(view)
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert ("prompt" in fields) is editable
    assert {"choice", "quality", "size", "count"} <= set(fields)
    assert view["callback_id"] == "sample.retry"
    assert behind(view["private_metadata"]) == Behind("0.02634", "7f3k2q")
    if editable:
        assert fields["prompt"]["initial_value"] == "x" * length
        assert fields["prompt"]["max_length"] == 3000
    else:
        assert f"This prompt has {length:,} characters" in said(view["blocks"])


@pytest.mark.parametrize("prompt", ["&lt;b&gt; <!channel> `x`", "kite \u202e txt", "one\ntwo  three"])
def test_retry_offers_the_prompt_exactly_as_it_was_stored(prompt: str) -> None:
    assert retry_modal(prompt)["blocks"][0]["element"]["initial_value"] == prompt


def test_a_window_to_draw_says_what_all_of_it_costs() -> None:
    assert "2 pictures, about $0.03." in said(retry_modal("x")["blocks"])
    asked = Try("", ("budget", "premium", "legacy"), "high", "square")
    view = draw_form(form(asked, CATALOG, TODAY), Behind("0.31608", None, asked.choices, "C1"), "about $0.32")
    looks.window(view)
    assert "3 pictures, about $0.32." in said(view["blocks"])
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == ["prompt", "quality", "size"]


def test_a_report_and_a_rejection_carry_the_picture_they_are_about() -> None:
    for view, callback in (
        (report_modal(a_generation()), "sample.report"),
        (reject_modal(a_generation()), "sample.reject"),
    ):
        looks.window(view)
        assert (view["callback_id"], view["private_metadata"]) == (callback, "7f3k2q")


# How all of it looks


LONG = ImageSpec("gpt-image-2.5-sunburst-2026-09-08", "medium", Size(3840, 2160))


def failed(state: PictureState, why: str | None) -> Generation:
    charged = 0 if state is PictureState.FAILED else 12_345_678_901
    return a_generation(state, reason=why, charged_nanousd=charged)


AWKWARD = {
    "three lanes": tuple(a_generation(id=lane * 2, lane=lane) for lane in ("budget", "premium", "legacy")),
    "long names": tuple(a_generation(id=f"long{n}", lane=None, spec=LONG) for n in range(2)),
    "one failed": (a_generation(), a_generation(PictureState.FAILED, id="failed", reason="busy")),
    "all failed": tuple(
        a_generation(PictureState.UNCERTAIN, id=f"lost{n}", reason="fault_503", charged_nanousd=34_000_000)
        for n in range(2)
    ),
    "demos": tuple(a_generation(id=f"demo{n}", demo=True, charged_nanousd=0) for n in range(2)),
    "a tie": (a_generation(tally=Tally(1, 1), cast=2),),
    "in the thread": (a_generation(reason=IN_THREAD),),
    "moved": (a_generation(file_id=None, reason="moved:is_archived"),),
    "on its way": (a_generation(PictureState.PAID),),
    **{f"{state} {why}": (failed(state, why),) for state, why in HAPPENED},
    **{str(state): (a_generation(state),) for state in PictureState},
}


def test_every_message_of_a_drawing_looks_as_it_should() -> None:
    beside = Beside({"U012ABC": "Ana"}, {"7f3k2q": cast("keep", "reject")}, "$0.007 left this week in #art")

    def looks_right(parts: tuple[Generation, ...]) -> None:
        drawing = a_drawing(parts)
        for costs in (True, False):
            looks.holds(samples_drawing(drawing, beside, costs=costs))
            looks.holds(placeholder(drawing, beside, costs=costs))
        for one in parts:
            looks.holds(picture(one, drawing, cast("keep", "reject"), TODAY))
            looks.window(details_modal(one, drawing, cast("keep", "reject")))

    cells.hold([(parts,) for parts in AWKWARD.values()], looks_right)


def test_B1_where_others_read_no_amount_stands_in_it() -> None:
    def tells_no_amount(parts: tuple[Generation, ...]) -> None:
        for compose in (samples_drawing, placeholder):
            shown = compose(a_drawing(parts), Beside({"U012ABC": "Ana"}), costs=False)
            assert "$" not in f"{shown.text} {shown.blocks}"

    paid = [(parts,) for name, parts in AWKWARD.items() if name != "demos"]
    cells.hold(paid, tells_no_amount)


def test_what_is_drawn_now_and_the_question_what_was_meant_look_as_they_should() -> None:
    def looks_right(*options: str) -> None:
        perhaps = COMMANDS.parse(f'try "a red kite" {" ".join(options)}', vocabulary(CATALOG, TODAY))
        assert isinstance(perhaps, Try)
        asked = Try(f"a red kite {' '.join(options)}", perhaps=perhaps)
        images = wished(perhaps, CATALOG, TODAY)
        for note in (
            taken(left_out(perhaps)),
            taken(left_out(perhaps, "gpt-image-2.5-sunburst", "medium"), chosen=True),
        ):
            looks.holds(being_drawn(images, note, demo=False))
        looks.holds(
            being_drawn(images, not_taken("gpt-image-2.5-sunburst", left_out(perhaps), ended=False), demo=False)
        )
        shown = which(asked, perhaps, priced(images, False), "at most $0.0132")
        looks.holds(shown)
        assert list(pressed(shown.blocks).values()) == [perhaps.words(), replace(asked, perhaps=None).words()]

    cells.hold(
        [
            ("premium", "high"),
            ("high",),
            ("x3",),
            ("gpt-image-2.5-sunburst", "gpt-image-2.6-sunburst", "gpt-image-2.5-flare", "high", "1024x1536", "x4"),
        ],
        looks_right,
    )
    long = Try("kite " * 900 + "high", perhaps=Try("kite " * 900, (), "high"))
    assert long.perhaps is not None
    looks.holds(which(long, long.perhaps, "about $0.0527", "about $0.0132"))
