"""`spend` in Slack: to who asked, shared by a button, and never to people it is not meant for."""

import threading
from datetime import timedelta

from bot.entrypoints.slack.sharing import BY_PERSON, OUTSIDE
from bot.errors import NotUnderstood
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, OTHER_TEAM, OUTSIDER, SHARED, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from bot.slack.after_ack import AnswerPlace
from bot.slack.in_time import COMING, InTime
from bot.slack.message import Message as Answer
from bot.slack.message import message, paragraph, unmarked
from bot.slack.refusal import BROKEN
from tests.kit import cells, looks, views_made
from tests.kit.records import put, record
from tests.kit.since import Since
from tests.kit.slack_door import House


def asked(slack: FarEnd, text: str, user: str = ANA, channel: str = STUDIO) -> PostedMessage:
    shown = slack.command(text, user, channel).shown
    assert shown is not None
    return shown


def hasty(door: House) -> InTime:
    return InTime(door.house().posts, door.do_later, 0.01)


def spent(door: House) -> None:
    """A picture by Ana in the studio, $0.0132, and a pipeline's four at $0.04."""
    door.drawn(ANA, STUDIO)
    put(door.store, record(team_id=TEAM, occurred_at=door.now, project="kites"))


def test_spend_is_answered_to_who_asked_from_the_store_of_this_moment(either_door: House) -> None:
    slack = either_door.far_end
    assert asked(slack, "spend today").text == "Nothing is recorded today so far."
    spent(either_door)
    shown = asked(slack, "spend today by source")
    assert shown.only_for == ANA
    assert shown.text.startswith("$0.05 today so far. ")
    assert "slack $0.01" in shown.text
    assert "sample-pipeline $0.04" in shown.text


def test_the_day_is_the_workspace_s_own(door: House, slack: FarEnd) -> None:
    spent(door)
    assert asked(slack, "spend today").text.startswith("$0.05 today so far.")
    door.now += timedelta(days=1)
    assert asked(slack, "spend today").text == "Nothing is recorded today so far."
    assert asked(slack, "spend today --on 2026-11-22").text.startswith("$0.05 today, 22 Nov, nothing the day before.")


def test_a_channel_is_asked_about_by_choosing_it(door: House, slack: FarEnd) -> None:
    spent(door)
    shown = asked(slack, "spend today in #sample-studio")
    assert shown.text.startswith("$0.01 today so far in #sample-studio.")
    assert "Nothing is recorded" in asked(slack, "spend today in #sample-uninvited").text
    assert "choose it from Slack's list" in asked(slack, "spend in #general").text


def test_a_shared_answer_is_there_for_all_and_keeps_its_day(door: House, slack: FarEnd) -> None:
    spent(door)
    answer = asked(slack, "spend today by model in #sample-studio")
    door.now += timedelta(days=3)
    slack.press(answer, "answer.share:2", user=BEN)
    door.wait_for_words()
    (shared,) = slack.messages(STUDIO)
    assert (shared.only_for, shared.by) == (None, "response_url")
    assert shared.text.startswith("$0.01 today, 22 Nov in #sample-studio, nothing the day before.")
    assert shared.elements("answer.share:2") == []
    assert shared.elements("answer.details:3")[0][1]["value"] == "spend today by model in #C0SAMPLESTU --on 2026-11-22"


def test_figures_by_person_have_no_share_button_and_a_forged_one_is_refused(door: House, slack: FarEnd) -> None:
    spent(door)
    answer = asked(slack, "spend today by person")
    assert [answer.elements(f"answer.share:{place}") for place in range(4)] == [[]] * 4
    other = asked(slack, "spend today", BEN)
    slack.press(other, "answer.share", "spend today by person", BEN)
    door.wait_for_words()
    assert slack.messages() == []
    assert slack.ephemerals(BEN)[-1].text == BY_PERSON


def test_a_mention_is_answered_for_all_save_figures_by_person(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.mention("spend today by lane", STUDIO, user=BEN)
    slack.mention("spend today by person", STUDIO, user=BEN)
    door.run("answer")
    (seen_by_all,) = slack.messages(STUDIO)
    (seen_by_ben,) = slack.ephemerals(BEN)
    assert "budget $0.05" in seen_by_all.text
    assert "sample-ana $0.01" in seen_by_ben.text


def test_figures_of_a_person_are_for_who_asked_alone(door: House, slack: FarEnd) -> None:
    spent(door)
    door.drawn(BEN, STUDIO)
    answer = asked(slack, "spend today by lane of @sample-ana")
    assert answer.text.startswith("$0.01 today so far by sample-ana.")
    assert [answer.elements(f"answer.share:{place}") for place in range(4)] == [[]] * 4
    since = Since(door)
    slack.press(asked(slack, "spend today", BEN), "answer.share", f"spend today of @{ANA}", BEN)
    assert since.told(BEN)[-1] == BY_PERSON
    slack.mention("spend today of @sample-ana by day", STUDIO, user=BEN)
    door.run("answer")
    assert slack.messages() == []
    assert "by sample-ana" in slack.ephemerals(BEN)[-1].text


def test_a_part_of_a_lane_or_model_is_shared_by_its_canonical_words(door: House, slack: FarEnd) -> None:
    spent(door)
    answer = asked(slack, "spend today of azure/GPT-Image-2.5-Flare by kind in kites")
    assert answer.text.startswith("$0.04 today so far in project kites on gpt-image-2.5-flare.")
    assert "draw $0.04" in answer.text
    slack.press(answer, "answer.share:2", user=BEN)
    door.wait_for_words()
    assert "in project kites on gpt-image-2.5-flare" in slack.messages(STUDIO)[-1].text
    assert "Nothing is recorded" in asked(slack, "spend today of premium").text
    assert asked(slack, "spend today of budget").text.startswith("$0.05 today so far on budget.")


def test_R76_amounts_are_not_shared_where_another_workspace_reads(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.press(asked(slack, "spend today", ANA, SHARED), "answer.share:2")
    door.wait_for_words()
    assert slack.messages(SHARED) == []
    assert slack.ephemerals(ANA)[-1].text == unmarked(OUTSIDE)


def test_R76_a_mention_where_another_workspace_reads_is_answered_to_who_asked(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.mention("spend today", SHARED, user=ANA)
    door.run("answer")
    assert slack.messages(SHARED) == []
    assert slack.ephemerals(ANA)[-1].text.startswith("$0.05 today so far.")


def test_R76_where_it_can_t_be_told_who_reads_amounts_stay_inside(door: House, slack: FarEnd) -> None:
    spent(door)
    answer = asked(slack, "spend today")

    def stay_inside(error: str) -> None:
        since = Since(door)
        slack.fail("conversations.info", faults.Fault(error=error))
        slack.press(answer, "answer.share:2")
        assert since.told(ANA) == [unmarked(OUTSIDE)]
        assert slack.messages(STUDIO) == []

    cells.hold(["missing_scope", "channel_not_found", "internal_error"], stay_inside)


def test_R76_a_guest_of_another_workspace_learns_nothing(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.mention("spend today", SHARED, user=OUTSIDER)
    door.run("answer")
    assert slack.messages(SHARED) == []
    assert all("$" not in told.text for told in slack.ephemerals(OUTSIDER))


def test_R77_another_team_s_records_are_not_there(door: House, slack: FarEnd) -> None:
    put(door.store, record(team_id=OTHER_TEAM, occurred_at=door.now))
    assert "Nothing is recorded" in asked(slack, "spend today").text


def test_the_rest_is_in_a_window_and_the_next_steps_answer(door: House, slack: FarEnd) -> None:
    spent(door)
    answer = asked(slack, "spend today")
    slack.press(answer, "answer.details:3", user=BEN)
    window = slack.modal(BEN)
    assert window is not None
    looks.window(window.payload)
    told = views_made.said(window.payload["blocks"])
    assert "Spend $0.0531" in told
    assert "2 records, as of Sun 22 Nov 2026." in told
    slack.press(answer, "command.run:1")
    door.wait_for_words()
    assert slack.ephemerals(ANA)[-1].text == "Nothing is recorded on 21 Nov."


def test_B11_a_window_of_figures_by_person_names_them_by_slack_s_own_element(door: House, slack: FarEnd) -> None:
    spent(door)
    answer = asked(slack, "spend today by person")
    assert ANA not in answer.text
    slack.press(answer, "answer.details:2")
    window = slack.modal(ANA)
    assert window is not None
    named = [node["user_id"] for node in views_made.nodes(window.payload["blocks"]) if node.get("type") == "user"]
    assert named == [ANA]


def test_B11_where_slack_does_not_say_a_name_no_id_is_read_out(door: House, slack: FarEnd) -> None:
    spent(door)
    slack.fail("users.info", faults.refused("user_not_found"))
    assert "somebody $0.01" in asked(slack, "spend today by person").text


def test_a_sum_that_takes_longer_than_an_ack_follows_it(door: House, slack: FarEnd) -> None:
    added_up = threading.Event()

    def ask() -> Answer:
        assert added_up.wait(10)
        return message("$1.00", [paragraph("$1.00")])

    to = AnswerPlace(None, STUDIO, ANA)
    told = hasty(door).answer(to, ask)
    assert told is not None
    assert told.text == COMING
    assert slack.ephemerals(ANA) == []
    added_up.set()
    door.wait_for_words()
    assert [told.text for told in slack.ephemerals(ANA)] == ["$1.00"]


def test_a_late_answer_that_fails_is_told_too(door: House) -> None:
    def is_told(error: Exception, said: str) -> None:
        known, since = threading.Event(), Since(door)

        def ask() -> Answer:
            assert known.wait(10)
            raise error

        hasty(door).answer(AnswerPlace(None, STUDIO, ANA), ask)
        known.set()
        assert since.told(ANA) == [said]

    tomorrow = NotUnderstood("That begins tomorrow.")
    cells.hold([(tomorrow, tomorrow.sentence), (ValueError("x"), BROKEN)], is_told)


def test_a_refusal_in_time_is_the_ack(door: House, slack: FarEnd) -> None:
    assert asked(slack, "spend 2027-01").text == "2027-01 begins on 2027-01-01, after 2026-11-22."
