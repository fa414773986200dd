"""The buttons under an answer, and the App Home: asked again with the rights of who pressed."""

import json
from datetime import timedelta
from itertools import product

import pytest

from bot.ledger import rows
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, DM_OF_TWO, STUDIO, TEAM, UNINVITED
from tests.kit import cells
from tests.kit.since import Since
from tests.kit.slack_door import House


def test_a_shared_answer_is_there_for_all_and_says_who_shared_it(door: House, slack: FarEnd) -> None:
    def is_shared(channel: str) -> None:
        answer = slack.command("estimate 5000 high square", ANA, channel).shown
        assert slack.press(answer, "answer.share").status == 200
        door.wait_for_words()
        (shared,) = slack.messages(channel)
        assert (shared.only_for, shared.by) == (None, "response_url")
        assert "$263.40" in shared.text
        assert "Shared by sample-ana." in shared.text
        assert shared.text.startswith("$263.40 on budget or premium")
        assert shared.elements("answer.share") == []

    cells.hold([STUDIO, UNINVITED, DM_OF_TWO], is_shared)


def test_a_shared_answer_keeps_the_day_it_was_asked_on(door: House, slack: FarEnd) -> None:
    answer = slack.command("estimate 5000 high square --on 2026-03-27").shown
    door.now += timedelta(days=30)
    slack.press(answer, "answer.share")
    door.wait_for_words()
    assert "$180.00" in slack.messages(STUDIO)[0].text


def test_every_answer_with_a_share_button_can_be_shared(door: House, slack: FarEnd) -> None:
    def is_shared(command: str) -> None:
        before = len(slack.messages(STUDIO))
        slack.press(slack.command(command).shown, "answer.share")
        door.wait_for_words()
        assert len(slack.messages(STUDIO)) == before + 1

    cells.hold(["recommend new", "models", "models gpt-image-2"], is_shared)


def test_R19_an_answer_is_shared_without_its_response_url_where_the_bot_is_a_member(door: House, slack: FarEnd) -> None:
    slack.fail("response_url", faults.Fault(status=404, error="expired_url"))
    slack.press(slack.command("models").shown, "answer.share")
    door.wait_for_words()
    assert [message.by for message in slack.messages(STUDIO)] == ["chat.postMessage"]


def test_an_answer_whose_sharing_is_unsure_is_not_shared_twice(door: House, slack: FarEnd) -> None:
    slack.fail("response_url", faults.lost(worked=True))
    slack.press(slack.command("models").shown, "answer.share")
    door.wait_for_words()
    assert [message.by for message in slack.messages(STUDIO)] == ["response_url"]


NO_QUESTIONS = ["try a red kite", "show 0000000000", "estimate 5k", "", "' OR '1'='1", "estimate 5\x00"]
FORGED = [*NO_QUESTIONS, "x" * 2000, "a\ud800"]


def test_R18_a_forged_question_is_not_open_and_draws_nothing(door: House, slack: FarEnd) -> None:
    answer = slack.command("estimate 5").shown

    def is_not_open(action: str, value: str) -> None:
        since = Since(door)
        slack.press(answer, action, value, BEN)
        assert since.told(BEN) == ["That is no longer open; nothing was changed."]
        assert (slack.messages(), door.jobs, slack.modal(BEN)) == ([], [], None)

    cells.hold(product(["answer.share", "answer.details"], FORGED), is_not_open)


def test_details_open_in_a_window(door: House, slack: FarEnd) -> None:
    def opens(command: str, told: str) -> None:
        slack.press(slack.command(command).shown, "answer.details")
        assert told in json.dumps(door.window().payload)

    cells.hold(
        [
            ("estimate 5000 high square", "Between $1,053.60 and $1,055.00"),
            ("recommend existing gpt-image-1-mini", "You gain a model that lives"),
            ("models", "OpenAI names as its replacement"),
            ("models gpt-image-2", "Released on 21 Apr"),
        ],
        opens,
    )


def test_the_price_of_a_batch_is_asked_by_its_button(door: House, slack: FarEnd) -> None:
    answer = slack.command("estimate 5000 high square").shown
    assert slack.press(answer, "command.run").status == 200
    door.wait_for_words()
    assert "$131.70 on budget or premium; legacy would cost 4 times as much." in slack.ephemerals(ANA)[-1].text


def test_the_blind_test_of_a_recommendation_opens_its_window(door: House, slack: FarEnd) -> None:
    slack.press(slack.command("recommend existing gpt-image-1-mini").shown, "command.run")
    fields = {block["block_id"]: block["element"] for block in door.window().payload["blocks"] if "element" in block}
    assert fields["today"]["initial_option"]["value"] == "gpt-image-1-mini"
    assert [each["value"] for each in fields["compare"]["initial_options"]] == ["budget"]


def test_the_select_of_the_models_shows_one(door: House, slack: FarEnd) -> None:
    answer = slack.command("models").shown
    slack.press(answer, "command.pick", "models gpt-image-1 --on 2026-11-22")
    door.wait_for_words()
    assert "gpt-image-1 was shut down on 23 Oct" in slack.ephemerals(ANA)[-1].text


def home_of(slack: FarEnd, person: str) -> str:
    home = slack.home(person)
    assert home is not None
    return json.dumps(home.payload)


def test_the_home_of_a_person_shows_what_they_spent_and_drew(door: House, slack: FarEnd) -> None:
    generation = door.drawn(BEN)
    assert slack.open_home(BEN).status == 200
    assert slack.home(BEN) is None
    assert door.run("home") == 1
    home = home_of(slack, BEN)
    assert generation.drawing_id not in home
    assert "a red kite" in home
    assert "Your week: $0.01" in home
    slack.open_home(ANA)
    door.run("home")
    assert "No pictures yet" in home_of(slack, ANA)


def test_the_messages_tab_needs_no_home(door: House, slack: FarEnd) -> None:
    assert slack.open_home(BEN, "messages").status == 200
    assert [job.kind for job in door.jobs] == ["direct.greet"]


def test_a_home_slack_does_not_take_ends_the_job_quietly(door: House, slack: FarEnd) -> None:
    slack.fail("views.publish", faults.refused("not_enabled"))
    slack.open_home(BEN)
    assert door.run("home") == 1


@pytest.mark.parametrize("how", ["uninstall", "revoke_tokens"])
def test_a_workspace_that_removes_the_bot_is_stopped(door: House, slack: FarEnd, how: str) -> None:
    reply = slack.uninstall() if how == "uninstall" else slack.revoke_tokens()
    assert reply.status == 200
    assert "was removed from this workspace" in slack.command("try a red kite").text


def test_a_person_who_takes_back_their_own_token_stops_nothing(door: House, slack: FarEnd) -> None:
    slack.event({"type": "tokens_revoked", "tokens": {"oauth": [ANA], "bot": []}})
    assert slack.command("try a red kite").text.startswith("Drawing")
    assert door.store.read(rows.drawing, *door.jobs[0].arguments).team_id == TEAM
