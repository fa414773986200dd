"""An estimate asked for in a window: answered there, shared from there."""

from typing import Any

import pytest

from bot.entrypoints.slack.estimate_window import NOT_THERE
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, STUDIO, UNINVITED
from bot.playground.workspace import View
from tests.kit import looks
from tests.kit.slack_door import House
from tests.kit.views_made import strings


def asked(door: House, **values: Any) -> View:
    slack = door.far_end
    assert slack.shortcut("estimate").status == 200
    slack.submit(door.window(), {"count": "5000", "quality": "high", **values})
    return door.window()


def told(view: View) -> str:
    return " ".join(strings(view.payload["blocks"]))


def test_a_shortcut_asks_in_a_window_and_is_answered_in_it(door: House) -> None:
    answer = asked(door)
    assert "$263.40" in told(answer)
    looks.window(answer.payload)
    assert "$131.70" in told(asked(door, batch=["batch"]))


def test_what_is_no_number_is_said_under_the_field_and_the_window_stays(door: House) -> None:
    view = asked(door, count="many")
    assert "count" in view.errors


def test_an_answer_is_shared_once_where_somebody_chose(door: House, slack: FarEnd) -> None:
    answer = asked(door)
    for _ in range(2):
        slack.submit(answer, {"to": STUDIO}, forged=True)
    door.run("answer.share_to")
    (posted,) = slack.messages(STUDIO)
    assert "$263.40" in posted.text
    assert posted.only_for is None


@pytest.mark.parametrize("channel", [UNINVITED, "C0NOTHERE"])
def test_where_the_bot_can_t_post_who_shared_is_told(door: House, slack: FarEnd, channel: str) -> None:
    slack.submit(asked(door), {"to": channel}, forged=True)
    door.run("answer.share_to")
    (said,) = slack.messages(slack.workspace.open_dm(ANA)[0].id)
    assert said.text == NOT_THERE
