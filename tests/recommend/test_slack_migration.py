"""`migrate` in Slack: to who asked, in a thread, shared, and from its buttons to the blind test and other months."""

from datetime import timedelta

from bot.ledger import votes
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, SHARED, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from tests.kit import looks
from tests.kit.records import put, record
from tests.kit.slack_door import House

MINI, FLARE = "gpt-image-1-mini", "gpt-image-2.5-flare"
DAY = timedelta(days=1)
PLAN = f"{MINI} ends in 9 days; on budget about $0.22 a month more."


def asked(slack: FarEnd, text: str, user: str = ANA, channel: str = STUDIO) -> PostedMessage:
    shown = slack.command(text, user, channel).shown
    assert shown is not None
    return shown


def used(door: House, **changes: object) -> None:
    """100 pictures of the model that ends, reported by a pipeline for $1.10."""
    spec = {"model": MINI, "images": 100, "amount_nanousd": 11 * 10**8, "team_id": TEAM, "occurred_at": door.now - DAY}
    put(door.store, record(**{**spec, **changes}))


def test_a_plan_is_made_of_the_teams_own_month(either_door: House) -> None:
    slack = either_door.far_end
    assert asked(slack, "migrate").text.startswith("No model you use ends: nothing has to move.")
    used(either_door)
    used(either_door, team_id="T0OTHER")
    shown = asked(slack, "migrate")
    assert shown.only_for == ANA
    assert shown.text.startswith(PLAN)
    used(either_door, occurred_at=either_door.now - 30 * DAY)  # a day too old
    assert asked(slack, "migrate").text == shown.text


def test_the_blind_test_opens_filled_in(door: House, slack: FarEnd) -> None:
    used(door, quality="high", amount_nanousd=36 * 10**8)
    for number in range(10):
        picture = door.drawn(ANA, prompt=f"a kettle, number {number}")
        door.store.write(votes.vote, TEAM, picture.id, BEN, "keep", None, door.now)
        door.now += timedelta(minutes=10)
    shown = asked(slack, f"migrate {MINI}")
    slack.press(shown, "command.run")
    door.wait_for_words()
    view = door.window()
    looks.window(view.payload)
    elements = {block["block_id"]: block["element"] for block in view.payload["blocks"] if block["type"] == "input"}
    assert elements["today"]["initial_option"]["value"] == MINI
    assert [one["value"] for one in elements["compare"]["initial_options"]] == [FLARE]
    assert elements["set"]["initial_option"]["value"] == "kept"
    assert elements["quality"]["initial_option"]["value"] == "high"
    assert slack.submit(view, {}).problems == ()
    door.wait_for_words()
    quote = slack.ephemerals(ANA)[-1].text
    assert quote.startswith("20 pictures, $0.89")
    assert "Blind test: $0.89" in str(shown.blocks)


def test_the_same_month_is_chosen_from_a_list(door: House, slack: FarEnd) -> None:
    used(door)
    shown = asked(slack, f"migrate {MINI}")
    slack.press(shown, "command.pick:1", f"migrate {MINI} --to {FLARE} --batch --on 2026-11-22")
    door.wait_for_words()
    (there,) = slack.ephemerals(ANA)
    assert there.text.startswith(f"Same month on {FLARE} in batch: $0.66 instead of $1.10.")
    slack.press(there, "command.run:1")
    door.wait_for_words()
    assert slack.ephemerals(ANA)[-1].text.startswith(PLAN)


def test_it_is_shared_and_explained(door: House, slack: FarEnd) -> None:
    used(door)
    slack.press(asked(slack, f"migrate {MINI}"), "answer.share:2", user=BEN)
    door.wait_for_words()
    (shared,) = slack.messages(STUDIO)
    assert shared.text.startswith(PLAN)
    slack.press(shared, "answer.details:3", user=BEN)
    door.wait_for_words()
    window = door.window(BEN).payload
    looks.window(window)
    assert "100 pictures by quality and size" in str(window)


def test_it_is_answered_in_a_thread_and_in_the_direct_conversation(door: House, slack: FarEnd) -> None:
    used(door)
    slack.mention(f"migrate {MINI}")
    door.run("answer")
    assert slack.messages(STUDIO)[0].text.startswith(PLAN)
    slack.direct(f"migrate {MINI}")
    door.run("answer")
    conversation, _ = slack.workspace.open_dm(ANA)
    assert slack.messages(conversation.id)[-1].text.startswith(PLAN)


def test_no_amount_goes_where_people_of_another_workspace_read(door: House, slack: FarEnd) -> None:
    used(door)
    slack.mention(f"migrate {MINI}", SHARED)
    door.run("answer")
    assert "$" not in " ".join(one.text for one in slack.messages(SHARED))
