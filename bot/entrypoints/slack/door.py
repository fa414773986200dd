"""What the Slack door is handed, from a house."""

from collections.abc import Callable

from bot.bench import prompt_sets
from bot.grammar.vocabulary import vocabulary
from bot.jobs import Job
from bot.ledger.pictures import Drawing
from bot.ledger.slack_answers import SlackAnswers
from bot.samples import jobs as samples_jobs
from bot.slack.parts import Parts
from bot.slack.readers import Readers
from bot.store import Connection
from bot.wiring import House, fail_point


def parts_of(house: House, later: Callable[[Callable[[], None]], None], served: Callable[[], str | None]) -> Parts:
    """What the Slack parts_of is handed."""
    reached = fail_point(house.settings)

    def place(connection: Connection, drawing: Drawing) -> None:
        reached("unstored")
        house.enqueuer.enqueue(connection, samples_jobs.placed(drawing))

    def show(connection: Connection, drawing: Drawing) -> None:
        house.enqueuer.enqueue(connection, samples_jobs.shown(drawing))

    def start(job: Job) -> None:
        with house.quick.transaction() as connection:
            house.enqueuer.enqueue(connection, job)

    return Parts(
        catalog=house.catalog,
        vocabulary=vocabulary(house.catalog),
        store=house.quick,
        posts=house.posts,
        readers=Readers(SlackAnswers(house.quick.engine), house.posts, house.clock.real),
        place=place,
        show=show,
        enqueue=house.enqueuer.enqueue,
        start=start,
        later=later,
        tell_admins=house.tell_admins,
        admins=house.settings.imagelane_admins,
        owners=house.settings.imagelane_budget_owners,
        thresholds=house.settings.imagelane_budget_alerts,
        now=house.clock.now,
        real=house.clock.real,
        served=served,
        limits=house.limits,
        zone=house.settings.imagelane_zone,
        horizon_days=house.settings.imagelane_horizon_days,
        demo=house.provider.demo,
        prompt_sets=prompt_sets.prompt_sets(),
    )
