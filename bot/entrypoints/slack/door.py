"""Joins the listeners of every feature, and the door's own, to Bolt: from a house."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from slack_bolt import App
from slack_bolt.kwargs_injection.args import Args

from bot import wiring
from bot.bench import prompt_sets
from bot.bench.answer import BenchPlanner
from bot.bench.judges import Judges
from bot.bench.known import KnownBenches
from bot.bench.slack import BenchListeners
from bot.bench.slack_plan import Planning
from bot.bench.slack_review import Judging
from bot.bench.slack_verdict import VerdictListeners
from bot.budgets import jobs_requests
from bot.budgets.slack import BudgetListeners
from bot.budgets.slack_requests import RequestListeners, TriedCommand
from bot.digest.rows import DigestRows
from bot.digest.rows_watch import WatchRows
from bot.digest.slack import DigestListeners
from bot.entrypoints.commands import COMMANDS
from bot.entrypoints.help import guide, shows
from bot.entrypoints.slack import blocks_help, jobs
from bot.entrypoints.slack.app import bolt, ignore_the_rest
from bot.entrypoints.slack.commands import Commands
from bot.entrypoints.slack.direct import DirectConversations
from bot.entrypoints.slack.estimate_window import EstimateWindow
from bot.entrypoints.slack.home import Home
from bot.entrypoints.slack.mentions import Mentions
from bot.entrypoints.slack.pauses import Pauses
from bot.entrypoints.slack.questions import Questions
from bot.entrypoints.slack.settings_window import SettingsWindow
from bot.entrypoints.slack.sharing import Sharing
from bot.errors import NotOpen, NotUnderstood
from bot.grammar import Command
from bot.grammar.vocabulary import Vocabulary, vocabulary
from bot.jobs import Handler, Job
from bot.ledger.pictures import Drawing
from bot.ledger.slack_answers import SlackAnswers
from bot.recommend.slack import MigrationAnswers
from bot.samples import jobs as samples_jobs
from bot.samples.slack import Reviews
from bot.samples.slack_try import Tries
from bot.samples.slack_windows import MoreMoney
from bot.slack.ack import Acks
from bot.slack.after_ack import Later
from bot.slack.in_time import InTime
from bot.slack.listeners import CommandAnswer, Does, Listeners
from bot.slack.message import Message
from bot.slack.readers import Readers
from bot.spend.slack import SpendAnswers
from bot.store import Connection
from bot.wiring import House

ANSWER_SECONDS = 1.5


@dataclass(frozen=True)
class Door:
    """`app` answers Slack's requests; `jobs` do the jobs it starts for itself."""

    app: App
    jobs: tuple[Handler, ...]


def build(house: House, later: Later, served: Callable[[], str | None], answer_seconds: float = ANSWER_SECONDS) -> Door:
    """Makes no call. `served` is the one workspace that is answered; None: Slack has not said yet."""
    store, posts, clock, settings = house.quick, house.posts, house.clock, house.settings
    start, readers = starting(house), Readers(SlackAnswers(store.engine), posts, clock.real)
    asking, features = feature_listeners(house, later, readers)
    words = vocabulary(house.catalog)
    explain = CommandAnswer(
        lambda _, asked: blocks_help.help(guide(COMMANDS, asked), partial(_shows, words)),
        details=lambda _, _asked: blocks_help.window(COMMANDS.usages),
    )
    answers = {"help": explain, **{name: answer for each in features for name, answer in each.answers.items()}}
    answers["try"] = asking.offered(answers["try"])
    questions = Questions(COMMANDS, answers, house.catalog, words, store, clock, settings.imagelane_horizon_days)
    commands = Commands(questions, InTime(posts, later, answer_seconds))
    sharing = Sharing(questions, posts, readers, house.names, later)
    rules = SettingsWindow(questions, posts)
    estimates = EstimateWindow(questions, words, posts, readers, house.names, start)
    own = Listeners(
        {
            "home.estimate": estimates.opened,
            "home.settings": rules.opened,
            "command.run": commands.run,
            "command.pick": commands.run,
            "answer.share": sharing.share,
            "answer.details": sharing.details,
            "pause.lift": Pauses(store, clock, settings.imagelane_admins, words.models).lift,
        },
        {"estimate.ask": estimates.sent, "estimate.share": estimates.shared, "home.settings": rules.sent},
        shortcuts={"estimate": estimates.opened},
    )
    mentions = Mentions(questions, posts, readers, store, house.names, clock, house.enqueuer.enqueue)
    direct = DirectConversations(store, posts, house.guests, clock, house.enqueuer.enqueue)
    zone, budgets = settings.imagelane_zone, budgeting(house, later, asking.waiting).of
    home = Home(
        store, posts, house.names, clock, house.catalog, zone, budgets, house.pictures.read, house.guests, start
    )
    acks, app = Acks(served, posts, later), bolt(settings.slack_api_url)

    app.command("/imagelane")(acks.command(commands.imagelane))
    listen(app, acks, (own, *features))
    app.event("app_mention")(acks.event(mentions.mentioned))
    app.event("message")(acks.event(mentions.written))
    app.event("app_home_opened")(acks.event(both(home.opened, direct.opened)))
    app.event("app_uninstalled")(acks.event(home.uninstalled))
    app.event("tokens_revoked")(acks.event(home.revoked))
    app.event("channel_shared")(acks.event(sharing.changed))
    app.event("channel_unshared")(acks.event(sharing.changed))
    ignore_the_rest(app)
    return Door(
        app,
        (
            jobs.answer.done_by(mentions.answer),
            jobs.hint.done_by(mentions.hint),
            jobs.publish.done_by(home.publish),
            jobs.draw_sheet.done_by(home.draw_sheet),
            jobs.greet.done_by(direct.greet),
            jobs.share_to.done_by(estimates.share_to),
            jobs.enough.done_by(mentions.enough),
        ),
    )


def _shows(words: Vocabulary, example: str) -> bool:
    return shows(COMMANDS, example, words)


def both(first: Does, second: Does) -> Does:
    """An event that two look at: each knows what is its own."""

    def listened(args: Args) -> None:
        first(args)
        second(args)

    return listened


def listen(app: App, acks: Acks, joined: Sequence[Listeners]) -> None:
    for listeners in joined:
        for action_id, pressed in listeners.buttons.items():
            # Numbered in a row. Bolt looks for it anywhere, and one id may begin another.
            app.action(re.compile(rf"\A{re.escape(action_id)}(:\d)?\Z"))(acks.button(pressed))
        for callback_id, sent in listeners.windows.items():
            app.view(callback_id)(acks.window(sent))
        for callback_id, chosen in listeners.shortcuts.items():
            app.shortcut(callback_id)(acks.button(chosen))


def starting(house: House) -> Callable[[Job], None]:
    """Enqueues one job in a transaction of its own; it waits no longer than an ack may."""

    def start(job: Job) -> None:
        with house.quick.transaction() as connection:
            house.enqueuer.enqueue(connection, job)

    return start


def budgeting(house: House, later: Later, waiting: Callable[[str], Message]) -> BudgetListeners:
    """`waiting` are a team's requests for more."""
    return BudgetListeners(
        store=house.quick,
        posts=house.posts,
        names=house.names,
        now=house.clock.now,
        real=house.clock.real,
        limits=house.limits,
        zone=house.settings.imagelane_zone,
        thresholds=house.settings.imagelane_budget_alerts,
        owners=house.settings.imagelane_budget_owners,
        demo=house.provider.demo,
        later=later,
        requests=waiting,
    )


def feature_listeners(house: House, later: Later, readers: Readers) -> tuple[RequestListeners, tuple[Listeners, ...]]:
    """All of them; those of asking for more once more, since they also mend the refusals of `try`."""
    store, posts, clock, settings = house.quick, house.posts, house.clock, house.settings
    enqueue, start, zone = house.enqueuer.enqueue, starting(house), settings.imagelane_zone
    demo, days, reached = house.provider.demo, settings.imagelane_horizon_days, wiring.fail_point(settings)

    def place(connection: Connection, drawing: Drawing) -> None:
        reached("unstored")
        enqueue(connection, samples_jobs.placed(drawing))

    def show(connection: Connection, drawing: Drawing) -> None:
        enqueue(connection, samples_jobs.shown(drawing))

    tries = Tries(store, house.catalog, clock, house.limits, place, demo, days)
    asking = asking_for_more(house, later, tries, settings.imagelane_budget_owners)
    benches = KnownBenches(store, clock, settings.imagelane_admins)
    planner = BenchPlanner(store, house.catalog, prompt_sets.prompt_sets(), days, demo, house.limits, clock.now)
    planning = Planning(benches, planner, Judges(posts, house.names), posts, clock, enqueue, later)
    prove = wiring.prove(house, store)
    more = MoreMoney(asking.label, asking.ask_or_draw)
    return asking, (
        Reviews(store, posts, clock, house.limits, tries, show, start, later, house.tell_admins, more).listeners(),
        SpendAnswers(store, clock.now, zone, house.catalog, house.names, start).listeners(),
        MigrationAnswers(store, clock.now, zone, house.catalog, days).listeners(),
        budgeting(house, later, asking.waiting).listeners(),
        asking.listeners(),
        DigestListeners(
            wiring.digest_weeks(house, store),
            DigestRows(store.engine),
            WatchRows(store.engine),
            posts,
            house.names,
            readers,
            clock,
            start,
            later,
        ).listeners(),
        planning.listeners(),
        BenchListeners(benches, planner, planning, prove, posts, house.names, clock, enqueue, start).listeners(),
        Judging(benches, posts, clock, enqueue, start).listeners(),
        VerdictListeners(benches, prove, posts, clock, house.limits, start, later).listeners(),
    )


def asking_for_more(house: House, later: Later, tries: Tries, owners: tuple[str, ...]) -> RequestListeners:
    posts, clock, settings = house.posts, house.clock, house.settings
    words = vocabulary(house.catalog)

    def read(command_words: str) -> Command:
        """A `try`: nothing else is asked for. Raises NotOpen where that version's words are none any more."""
        try:
            command = COMMANDS.parse(command_words, words.on(clock.now().date()))
        except NotUnderstood:
            raise NotOpen from None
        if command.name != "try":
            raise NotOpen
        return command

    return RequestListeners(
        house.quick,
        posts,
        house.names,
        clock,
        house.limits,
        settings.imagelane_zone,
        owners,
        settings.imagelane_admins,
        TriedCommand(read, tries.answer, tries.wish, tries.place),
        jobs_requests.telling(house.enqueuer.enqueue),
        later,
    )
