"""A price by the team's own calls in Slack: for that team, and where no other workspace reads."""

from datetime import timedelta

from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, SHARED, STUDIO, TEAM
from tests.kit.records import put, record
from tests.kit.slack_door import House

NEWEST = "gpt-image-2.6-sunburst"
TOKENS = {"text_in": 9, "image_in": 0, "image_out": 1400, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}


def called(door: House, team_id: str = TEAM) -> None:
    """Three calls of a pipeline that brought their tokens."""
    tokens = {f"{kind}_tokens": count for kind, count in TOKENS.items()}
    spec = {"model": NEWEST, "images": 1, "team_id": team_id, "occurred_at": door.now - timedelta(days=60)}
    put(door.store, *(record(**spec, **tokens) for _ in range(3)))


def estimated(slack: FarEnd) -> str:
    shown = slack.command(f"estimate 100 {NEWEST}", ANA, STUDIO).shown
    assert shown is not None
    return shown.text


def test_three_calls_of_ones_own_are_a_price(either_door: House) -> None:
    called(either_door)
    assert estimated(either_door.far_end).startswith(f"$4.20 for 100 pictures on {NEWEST}, $0.042 each.")


def test_those_of_another_team_are_none(door: House, slack: FarEnd) -> None:
    called(door, "T0OTHER")
    assert "is unknown" in estimated(slack)


def test_it_is_not_told_where_another_workspace_reads(door: House, slack: FarEnd) -> None:
    called(door)
    slack.mention(f"estimate 100 {NEWEST}", STUDIO)
    door.run("answer")
    assert "$4.20" in slack.messages(STUDIO)[0].text
    slack.mention(f"estimate 100 {NEWEST}", SHARED)
    door.run("answer")
    assert "$" not in " ".join(one.text for one in slack.messages(SHARED))
