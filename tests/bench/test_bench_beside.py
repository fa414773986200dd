"""What stands beside a bench: the team's real calls, a month's saving, the next bench worth its money, its reviews."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from rich.console import Console

from bot.bench import blocks_verdict as view
from bot.bench import offers, printout_verdict, rows_pages, rows_read, verdict_details, verdicts
from bot.bench.pages import Pending
from bot.bench.plan import Plan, kept_wanted
from bot.bench.proof import Offer, Proof, Traffic, prove
from bot.errors import BadPlan
from bot.ledger import questions, settlement, votes
from bot.ledger.ledger import Ledger
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, CHI, SHARED, STUDIO, TEAM
from bot.pricing.spec import ImageSpec, Size
from bot.samples.priced_images import Entrant
from bot.slack.message import Message
from tests.bench.test_slack_bench import CLOSED
from tests.entrypoints.test_slack_sharing import home_of
from tests.kit import cells
from tests.kit.benches_made import Keeps, alike, better, drawn, in_slack, judge, judged, plan, sealed
from tests.kit.lanes_made import FACTS, ended
from tests.kit.slack_bench import SHORT, id_in, message_of, opened, planned, reviewing, telling
from tests.kit.slack_bench import judge as judge_in_slack
from tests.kit.slack_door import House
from tests.kit.views_made import said
from tests.kit.wishes import NOW, paid

SQUARE = Size(1024, 1024)
LEGACY = Entrant("legacy", ImageSpec("gpt-image-2", "medium", SQUARE))
DAY = NOW.date()


def legacy_better(_place: int, model: str) -> bool:
    return model == "gpt-image-2"


def without_premium(prompts: int = 10) -> Plan:
    """Budget against legacy."""
    asked = plan(prompts=prompts)
    return replace(asked, entrants=(asked.entrants[0], LEGACY))


def details_of(told: Proof) -> str:
    return " ".join(sentence for _, sentences in verdict_details.chapters(told) for sentence in sentences)


def labels_of(shown: Message) -> list[str]:
    return [step["text"]["text"] for step in shown.blocks[-1]["elements"]]


def proved(asked: Plan, keeps: Keeps) -> Proof:
    return prove([judged(asked, keeps)])


def test_where_budget_is_kept_less_often_the_same_prompts_are_offered_on_premium_with_their_price() -> None:
    found = offers.offer(FACTS, proved(without_premium(), legacy_better), DAY, 30)
    # $0.053 an image of gpt-image-2 and $0.01317 one of gpt-image-2.5-sunburst, both medium and square, ten of each
    assert found == Offer(
        (("legacy", "medium"), ("premium", "medium")), SQUARE, "gpt-image-2.5-sunburst", 10, Decimal("0.6617")
    )
    assert found.words == "legacy:medium,premium:medium"
    told = replace(proved(without_premium(), legacy_better), offer=found)
    assert labels_of(view.verdict(told))[0] == "Test premium: $0.66"
    again = (
        "The same 10 prompts on premium (gpt-image-2.5-sunburst), beside legacy again: 20 pictures for about $0.662."
    )
    assert f"Budget was kept less often. {again}" in details_of(told)
    console = Console(width=200)
    with console.capture() as printed:
        console.print(printout_verdict.rendered(told, details=True))
    assert "bench rerun 7f3k2q9xd4 --lanes legacy:medium,premium:medium" in printed.get()


NOT_OFFERED: list[tuple[str, Plan, Keeps]] = [
    ("as often", without_premium(), alike),
    ("more often", without_premium(), lambda place, model: not legacy_better(place, model)),
    ("premium was there", plan(prompts=10), better),
    ("budget was not", replace(plan(prompts=10), entrants=(LEGACY, plan().entrants[1])), alike),
]


def test_else_nothing_is_offered() -> None:
    def is_not_offered(_why: str, asked: Plan, keeps: Keeps) -> None:
        assert offers.offer(FACTS, proved(asked, keeps), DAY, 30) is None

    cells.hold(NOT_OFFERED, is_not_offered)


def test_a_premium_model_about_to_end_is_not_offered() -> None:
    dying = ended("gpt-image-2.5-sunburst", DAY + timedelta(days=9), DAY)
    assert offers.offer(dying, proved(without_premium(), legacy_better), DAY, 30) is None


def test_what_the_team_really_draws_stands_beside_and_is_never_mixed_in(store: Ledger) -> None:
    bench = sealed(store, plan(prompts=10))
    plain = verdicts.of(store, "T1", bench.id)
    for number in range(4):
        row = paid(store, request_key=f"try-{number}")
        store.write(settlement.delivered, "T1", row.id, None, None, NOW)
        if number < 2:
            store.write(votes.vote, "T1", row.id, "U2", "keep", None, NOW)
    context = verdicts.VerdictContext(store, FACTS, {}, 30)
    told = context.of("T1", bench.id, NOW + timedelta(hours=1))
    assert told.traffic == (Traffic(plain.sides[0].lane, 4, 2, 2),)
    assert told.verdict == plain.verdict
    real = "In 30 days outside blind tests: 4 pictures of yours (all drawn here), 2 kept: 2.00 drawn for each kept one."
    assert real in details_of(told)
    later = context.of("T1", bench.id, NOW + timedelta(days=31))
    assert later.traffic == ()


def test_a_month_s_saving_is_that_of_what_the_team_draws_on_the_current_lane() -> None:
    found = proved(plan(prompts=10), lambda place, model: place < (8 if "sunburst" in model else 5))
    (duel,) = found.verdict.duels
    # both cost $0.02 a call: for 1,000 accepted $40 on flare at .5, $25 on sunburst at .8
    assert duel.saving_usd == Decimal(15)
    told = replace(found, traffic=(Traffic(found.sides[0].lane, 240, 0, 0),))
    said = details_of(told)
    # 240 images kept half the time are 120 accepted: 120/1000 of $15, and of $202.50 with $0.25 a reject
    begin = "On the 240 pictures of yours in 30 days (all drawn here), about 120 of them kept, premium saves about"
    assert f"{begin} $1.80 in money and $22 of people's time." in said
    assert "in 30 days" not in details_of(found)


@pytest.mark.parametrize(
    ("reported", "origin"),
    [(0, "all drawn here"), (200, "40 drawn here, 200 reported or imported"), (240, "all reported or imported")],
)
def test_B13_a_verdict_says_where_the_pictures_of_a_month_came_from(reported: int, origin: str) -> None:
    found = proved(plan(prompts=10), lambda place, model: place < (8 if "sunburst" in model else 5))
    told = replace(found, traffic=(Traffic(found.sides[0].lane, 240, 0, 0, reported),))
    said = details_of(told)
    assert f"240 pictures of yours in 30 days ({origin})" in said
    assert "drew" not in said


def test_prompts_of_what_was_kept_last_come_newest_first_and_once(store: Ledger) -> None:
    for number, (prompt, person, verdict) in enumerate(
        [
            ("old", "U1", "keep"),
            ("mine", "U1", "keep"),
            ("bad", "U1", "reject"),
            ("theirs", "U9", "keep"),
            ("old", "U1", "keep"),
            ("unjudged", "U1", None),
        ]
    ):
        row = paid(store, request_key=f"k{number}", prompt=prompt, person_id=person)
        store.write(settlement.delivered, "T1", row.id, None, None, NOW)
        if verdict:
            store.write(votes.vote, "T1", row.id, "U2", verdict, None, NOW)
    sealed(store)  # its prompts were chosen already
    assert set(store.read(questions.kept_prompts, "T1", "U1", 9)) == {"old", "mine"}
    assert set(store.read(questions.kept_prompts, "T1", None, 9)) == {"old", "mine", "theirs"}
    assert len(store.read(questions.kept_prompts, "T1", None, 1)) == 1
    assert store.read(questions.kept_prompts, "T2", None, 9) == ()


def test_too_few_or_too_many_kept_prompts_are_refused() -> None:
    def is_refused(name: str) -> None:
        with pytest.raises(BadPlan, match="kept:5 to kept:40"):
            kept_wanted(name)

    cells.hold(["kept:4", "kept:41", "kept:", "kept:x", "kept:٥"], is_refused)


def test_other_names_ask_for_no_kept_prompts() -> None:
    assert [kept_wanted(name) for name in ("kept:5", "kept:40", "kept", "product-shots")] == [5, 40, None, None]


def test_a_review_waits_for_who_began_it_or_started_it_and_for_nobody_else(store: Ledger) -> None:
    bench = drawn(store, plan(prompts=6))
    judge(store, bench, "U2", places=2)
    assert store.read(rows_pages.pending, "T1", "U1") == ()  # nobody could see its pictures yet
    in_slack(store, bench)
    assert store.read(rows_pages.pending, "T1", "U1") == (Pending(bench.id, "kites", "C1", 4, 2),)  # one seat a prompt
    assert store.read(rows_pages.pending, "T1", "U2") == (Pending(bench.id, "kites", "C1", 4, 2),)
    assert (store.read(rows_pages.pending, "T1", "U3"), store.read(rows_pages.pending, "T2", "U1")) == ((), ())
    judge(store, bench, "U2")
    assert store.read(rows_pages.pending, "T1", "U1") == ()


def test_a_verdict_that_never_came_is_posted_later(store: Ledger) -> None:
    bench = sealed(store)
    hour = timedelta(hours=1)
    assert store.read(rows_read.untold, NOW + timedelta(minutes=9)) == ()
    assert store.read(rows_read.untold, NOW + hour) == (("T1", bench.id),)
    assert store.read(rows_read.untold, NOW + 25 * hour) == ()
    store.write(rows_pages.claim_verdict, "T1", bench.id)
    assert store.read(rows_read.untold, NOW + hour) == (("T1", bench.id),)
    store.write(rows_pages.verdict_posted, "T1", bench.id, "1.0")
    assert store.read(rows_read.untold, NOW + hour) == ()
    sealed(store, channel_id=None)
    assert store.read(rows_read.untold, NOW + hour) == ()


def test_premium_is_quoted_from_the_verdict_for_who_presses_and_costs_nothing_yet(door: House, slack: FarEnd) -> None:
    def keeps(model: str, _place: int) -> tuple[str, str]:
        return ("keep" if model == "gpt-image-2" else "reject", "4")

    bench, message = reviewing(door, compare=["legacy"])
    judge_in_slack(door, opened(door, message, BEN), keeps)
    shown = slack.command(f"bench verdict {bench.id}", CHI).shown
    assert shown is not None
    slack.press(shown, "bench.premium:1", user=CHI)
    door.wait_for_words()
    quote = slack.ephemerals(CHI)[-1]
    assert quote.text.startswith("20 pictures, $0.66, about 8 minutes of judging.")
    planned_bench = door.store.read(rows_read.bench, TEAM, id_in(quote))
    assert planned_bench.plan.prompts == bench.plan.prompts
    assert (planned_bench.parent_id, planned_bench.by) == (bench.id, CHI)
    assert [one.lane for one in planned_bench.plan.entrants] == ["legacy", "premium"]
    assert "Against" not in quote.text


def test_R17_where_nothing_is_offered_the_button_is_closed(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    judge_in_slack(door, opened(door, message, BEN))
    slack.press(message, "bench.premium", bench.id, CHI)
    door.wait_for_words()
    assert slack.ephemerals(CHI)[-1].text == CLOSED


def test_a_bench_is_planned_on_what_that_person_kept_last(door: House, slack: FarEnd) -> None:
    for number in range(6):
        generation = door.drawn(ANA, prompt=f"kept kite {number}")
        door.store.write(settlement.delivered, TEAM, generation.id, None, None, door.now)
        door.store.write(votes.vote, TEAM, generation.id, BEN, "keep", None, door.now)
    quote = planned(door, set="kept", prompts="")
    found = door.store.read(rows_read.bench, TEAM, id_in(quote)).plan
    assert (sorted(found.prompts), found.kind) == ([f"kept kite {number}" for number in range(6)], "kept prompts")
    slack.command("bench", BEN, STUDIO)
    reply = slack.submit(door.window(BEN), {"set": "kept", "prompts": ""})
    assert "5 to 40 prompts; here are 0" in str(reply.view and reply.view.errors)


def test_the_home_shows_reviews_that_wait(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, **SHORT)
    judge_in_slack(door, opened(door, message, BEN), most=3)
    for person, waits in ((BEN, True), (CHI, False)):
        slack.open_home(person)
        door.run("home")
        home = home_of(slack, person)
        assert ("A blind test waits for you" in home) is waits
        assert (f"{bench.plan.kind}: 2 prompts, about 2 minutes" in home) is waits


def test_where_others_read_how_far_it_is_holds_no_amount(door: House, slack: FarEnd) -> None:
    bench, message = reviewing(door, channel=SHARED, **SHORT)
    assert "Drawn 10 of 10." in message.text
    assert "$" not in message.text
    judge_in_slack(door, opened(door, message, ANA), most=1)
    telling(door).show(TEAM, bench.id)
    assert "$" not in message_of(door, bench).text
    slack.press(message, "bench.more")
    assert "$0.10 so far" in said(door.window().payload["blocks"])
