"""Under a verdict: the lane a channel takes from then on, how it is taken back, and the pictures once more."""

from bot.ledger import lane_choices
from bot.ledger.lane_choices import LaneChoice
from bot.ledger.slack_answers import FOR_MEMBERS, PERSON_KEPT, About, SlackAnswers, Standing
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, CHI, GUEST, SHARED, STUDIO, TEAM
from bot.playground.workspace import PostedMessage
from tests.bench.test_slack_bench import CLOSED
from tests.kit.slack_bench import SHORT, judge, opened, reviewing, told, verdict_in
from tests.kit.slack_door import House
from tests.kit.views_made import said


def decided(door: House, **fields: str) -> PostedMessage:
    """A bench that Ana started, and what it came to."""
    _, message = reviewing(door, **fields)
    judge(door, opened(door, message, BEN))
    door.run("verdict")
    return verdict_in(door)


def pressed(door: House, message: PostedMessage, action_id: str, person: str = CHI) -> None:
    door.far_end.press(message, action_id, user=person)
    door.wait_for_words()


def drawn_on(door: House, words: str, channel: str = STUDIO) -> tuple[str, str]:
    """What a `try` is answered there, and its lane and quality."""
    text = door.far_end.command(words, ANA, channel).text
    return text, text.partition(", about $")[0].removeprefix("Drawing for you: ")


def test_a_lane_taken_after_a_verdict_is_drawn_on_where_none_is_named(door: House, slack: FarEnd) -> None:
    posted = decided(door)
    assert drawn_on(door, "try a red kite")[1] == "budget, medium"
    pressed(door, posted, "bench.take")
    announced = verdict_in(door)
    assert announced.text.startswith("From now on pictures here are drawn on premium, medium.")
    assert CHI in str(announced.blocks)
    text, what = drawn_on(door, "try a red kite")
    assert what == "premium, medium"
    assert "Not named, so taken: premium, medium, square; chosen after a blind test." in text
    assert drawn_on(door, "try a red kite --quality high")[1] == "premium, high"
    assert drawn_on(door, "try a red kite --lane budget")[1] == "budget, medium"
    assert drawn_on(door, "try a red kite", SHARED)[1] == "budget, medium"
    assert "lane chosen" in [row.what for row in door.audits()]


def test_a_second_press_changes_nothing_and_back_takes_it_back(door: House, slack: FarEnd) -> None:
    posted = decided(door)
    pressed(door, posted, "bench.take")
    announced = verdict_in(door)
    pressed(door, posted, "bench.take", BEN)
    assert told(door, BEN) == "Pictures here are drawn on that already."
    pressed(door, announced, "bench.untake", BEN)
    assert verdict_in(door).text == "Pictures here are drawn on budget again, where no lane is named."
    assert drawn_on(door, "try a red kite")[1] == "budget, medium"
    pressed(door, announced, "bench.untake", BEN)
    assert told(door, BEN) == "Pictures here are drawn on budget already, where no lane is named."


def test_what_is_not_decided_is_asked_once_more_and_what_is_decided_is_not(door: House) -> None:
    decisive = decided(door)
    undecided = decided(door, tag="others", **SHORT)
    confirms = [
        step.get("confirm", {}).get("text", {}).get("text")
        for posted in (decisive, undecided)
        for step in posted.blocks[-1]["elements"]
        if step["action_id"].startswith("bench.take")
    ]
    assert confirms == [None, "The test has not decided: we are 99% sure, not 97.5%."]


def test_what_a_channel_chose_and_that_ended_is_not_drawn_on_and_it_is_said(door: House) -> None:
    old = LaneChoice("gpt-image-1", "medium", "7f3k2q9xd4")
    door.store.write(lane_choices.choose, TEAM, STUDIO, ANA, old, door.now)
    text, what = drawn_on(door, "try a red kite")
    assert what == "budget, medium"
    assert "gpt-image-1, chosen here, has ended, so taken: budget, medium, square." in text


def test_a_question_what_was_meant_says_the_price_of_what_the_channel_chose(door: House, slack: FarEnd) -> None:
    door.store.write(lane_choices.choose, TEAM, STUDIO, ANA, LaneChoice("premium", "high", "7f3k2q9xd4"), door.now)
    assert "all as the prompt: about $0.0527" in slack.command("try a red kite square", ANA, STUDIO).text


def test_who_is_known_to_draw_nothing_here_chooses_no_lane(door: House, slack: FarEnd) -> None:
    posted = decided(door)
    known = SlackAnswers(door.store.engine)
    known.known(About(TEAM, "person", GUEST), PERSON_KEPT, door.house().clock.real, lambda: Standing.GUEST)
    pressed(door, posted, "bench.take", GUEST)
    assert told(door, GUEST) == FOR_MEMBERS
    assert door.store.read(lane_choices.chosen, TEAM, STUDIO) is None
    pressed(door, posted, "bench.take", BEN)
    pressed(door, verdict_in(door), "bench.untake", GUEST)
    assert door.store.read(lane_choices.chosen, TEAM, STUDIO) is not None


def test_where_another_lane_was_chosen_the_usual_one_is_offered_again(door: House, slack: FarEnd) -> None:
    first = decided(door)
    assert drawn_on(door, "try a red kite")[1] == "budget, medium"
    pressed(door, first, "bench.take")
    _, message = reviewing(door, tag="others")
    judge(door, opened(door, message, BEN), lambda model, _: ("keep" if "flare" in model else "reject", "4"))
    door.run("verdict")
    posted = verdict_in(door)
    assert next(step["text"]["text"] for step in posted.blocks[-1]["elements"]) == "Use budget"
    pressed(door, posted, "bench.take")
    assert verdict_in(door).text.startswith("From now on pictures here are drawn on budget, medium.")
    assert "bench.untake" not in str(verdict_in(door).blocks)
    assert drawn_on(door, "try a red kite")[1] == "budget, medium"
    pressed(door, posted, "bench.take", BEN)
    assert told(door, BEN) == "Pictures here are drawn on that already."


def test_R17_what_nobody_offers_is_not_taken(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    slack.press(message, "bench.take", bench.id, CHI)
    assert told(door, CHI) != CLOSED  # it is open still, and says so
    judge(door, opened(door, message, BEN), lambda model, _: ("keep", "4") if "flare" in model else ("reject", "4"))
    for value in (bench.id, "zzzz", ""):
        slack.press(message, "bench.take", value, CHI)
        assert told(door, CHI) == CLOSED
    assert door.store.read(lane_choices.chosen, TEAM, STUDIO) is None


def test_the_pictures_come_into_a_window_of_their_own(door: House, slack: FarEnd) -> None:
    posted = decided(door, **SHORT)
    pressed(door, posted, "bench.pictures:1")
    assert "They stand here in a moment." in said(door.window(CHI).payload["blocks"])
    assert door.run("pictures.show") == 1
    blocks = door.window(CHI).payload["blocks"]
    assert [block["type"] for block in blocks] == ["rich_text", "image"]
    assert blocks[1]["alt_text"].startswith("Contact sheet of 5 prompts by budget")


def test_the_pictures_of_an_open_one_are_not_shown(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    slack.press(message, "bench.pictures", bench.id, CHI)
    assert "is drawn and being judged" in told(door, CHI)
    assert door.run("pictures.show") == 0
