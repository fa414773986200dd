"""/metrics: who may read it, what it counts, and what it never says."""

import http.client
import socket
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from bot import wiring
from bot.entrypoints import http as entrypoints_http
from bot.entrypoints.http import served as http_served
from bot.entrypoints.http.metrics import MetricFigures, Metrics
from bot.ledger import pauses
from bot.ledger.pictures import PictureState
from bot.playground.people import ANA, STUDIO, TEAM
from bot.samples import jobs as samples_jobs
from bot.settings import Settings
from tests.entrypoints.test_web import FORM, Reply
from tests.kit import cells, wishes
from tests.kit.books import House, installed
from tests.kit.standing import served

TOKEN = "canary-metrics-7777777777"
PROMPT = "canaryprompt8888888888"
FIGURES = MetricFigures({PictureState.DELIVERED: 3}, {"draw": 2}, 1)
EVERYBODY, WITH_TOKEN = entrypoints_http.Rule(everybody=True), entrypoints_http.Rule(token=TOKEN)
Headers = Sequence[tuple[str, str]]


def ask(
    address: str, path: str = "/metrics", headers: Headers = (), body: bytes | None = None
) -> tuple[int, Mapping[str, str], str]:
    """A GET, or a POST of the body. A scrape that takes longer than an ack may is no answer."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.putrequest("GET" if body is None else "POST", path)
        for name, value in [*headers, ("Content-Length", str(len(body or b"")))]:
            connection.putheader(name, value.encode())
        connection.endheaders(body or b"")
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def values(text: str) -> dict[str, float]:
    """By name and labels as they are written: `imagelane_images{state="paid"}`."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def scrape(address: str) -> dict[str, float]:
    status, _, text = ask(address)
    assert status == 200
    return values(text)


def receive(_: Sequence[tuple[bytes, bytes]], body: bytes) -> Reply:
    if body == b"broken=1":
        raise ValueError("broken")
    return Reply()


@contextmanager
def scraped(rule: entrypoints_http.Rule, figures: MetricFigures | None = FIGURES) -> Iterator[str]:
    counted = Metrics(lambda: figures)
    with served(entrypoints_http.build(receive, list, metrics=counted.text, rule=rule, acked=counted.acked)) as address:
        yield address


# Who may read it


PLACES: list[tuple[str, str | None, entrypoints_http.Rule]] = [
    ("127.0.0.1", None, entrypoints_http.Rule(everybody=True)),
    ("::1", None, entrypoints_http.Rule(everybody=True)),
    ("localhost", TOKEN, entrypoints_http.Rule(everybody=True, token=TOKEN)),
    ("0.0.0.0", None, entrypoints_http.Rule()),
    ("0.0.0.0", " ", entrypoints_http.Rule()),
    ("::", f" {TOKEN} ", entrypoints_http.Rule(token=TOKEN)),
    ("127.0.0.1.example", None, entrypoints_http.Rule()),
]


def test_R80_loopback_is_open_and_elsewhere_it_takes_the_token() -> None:
    def is_open_to(host: str, token: str | None, expected: entrypoints_http.Rule) -> None:
        settings = Settings(_env_file=None, imagelane_host=host, imagelane_metrics_token=token)
        assert http_served.may_scrape(settings) == expected
        assert (TOKEN in settings.secrets()) == bool(expected.token)
        assert TOKEN not in repr(settings) + repr(expected)

    cells.hold(PLACES, is_open_to)


def test_R80_where_it_is_open_it_needs_no_token() -> None:
    with scraped(EVERYBODY) as address:
        status, headers, text = ask(address)
    assert (status, headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert 'imagelane_images{state="delivered"} 3.0\n' in text


@pytest.mark.parametrize("rule", [entrypoints_http.NOBODY, entrypoints_http.Rule(token="")])
def test_R80_without_a_setting_there_is_nothing_to_be_found(rule: entrypoints_http.Rule) -> None:
    with scraped(rule) as address:
        nothing = ask(address, "/nothing")
        for token in ("", TOKEN):
            found = ask(address, headers=[("Authorization", f"Bearer {token}")])
            assert (found[0], found[2]) == (nothing[0], nothing[2])
            assert found[0] == 404


NO_TOKENS: list[list[str]] = [
    [],
    [""],
    ["Bearer"],
    ["Bearer "],
    ["Bearer wrong"],
    [f"Bearer {TOKEN[:-1]}"],
    [f"Bearer {TOKEN}x"],
    [f"Bearer {TOKEN.upper()}"],
    [f"Basic {TOKEN}"],
    [TOKEN],
    ["Bearer é"],
    [f"Bearer {TOKEN}", "Bearer wrong"],
]


def test_R80_a_wrong_or_absent_token_is_answered_401_and_no_store_is_asked() -> None:
    asked: list[str] = []

    def text() -> bytes:
        asked.append("asked")
        return b"figures"

    with served(entrypoints_http.build(receive, list, metrics=text, rule=WITH_TOKEN)) as address:

        def is_refused(given: list[str]) -> None:
            status, headers, said = ask(address, headers=[("Authorization", each) for each in given])
            assert (status, headers["www-authenticate"], said) == (401, "Bearer", '{"error":"invalid request"}')
            assert asked == []

        cells.hold(NO_TOKENS, is_refused)


def test_R80_the_token_opens_it() -> None:
    with scraped(WITH_TOKEN) as address:
        for given in (f"Bearer {TOKEN}", f"bearer {TOKEN}"):
            assert ask(address, headers=[("Authorization", given)])[0] == 200


def test_R80_a_process_that_is_not_plainly_on_loopback_wants_the_token(sqlite_url: str, tmp_path: Path) -> None:
    with installed(sqlite_url, tmp_path, IMAGELANE_HOST="127.1", IMAGELANE_METRICS_TOKEN=TOKEN) as house:
        house.start("web")  # 127.1 is 127.0.0.1 to the network alone
        address = house.bot.url
        assert ask(address)[0] == 401
        status, _, text = ask(address, headers=[("Authorization", f"Bearer {TOKEN}")])
        log = house.bot.log.read_text()
    assert status == 200
    assert TOKEN not in text + log


# What it counts


def test_every_answer_to_slack_is_timed_by_its_status_refusals_and_failures_too() -> None:
    form = [("Content-Type", FORM)]
    with scraped(EVERYBODY) as address:
        assert scrape(address)['imagelane_acks_seconds_count{status="200"}'] == 0
        for headers, body in [
            (form, b"x=1"),
            (form, b"x=2"),
            (form, b"x" * 1_000_001),
            ([], b"x"),
            (form, b"broken=1"),
        ]:
            ask(address, "/slack/events", headers, body)
        ask(address, "/healthz")
        found = scrape(address)
    counts = {name: value for name, value in found.items() if name.startswith("imagelane_acks_seconds_count")}
    assert counts == {
        'imagelane_acks_seconds_count{status="200"}': 2,
        'imagelane_acks_seconds_count{status="413"}': 1,
        'imagelane_acks_seconds_count{status="415"}': 1,
        'imagelane_acks_seconds_count{status="500"}': 1,
    }
    assert found['imagelane_acks_seconds_bucket{le="3.0",status="200"}'] == 2
    assert 0 < found['imagelane_acks_seconds_sum{status="200"}'] < 3


def test_two_of_them_share_nothing_and_the_process_is_described() -> None:
    one, other = Metrics(lambda: FIGURES), Metrics(lambda: FIGURES)
    one.acked(200, 0.1)
    assert values(one.text().decode())['imagelane_acks_seconds_count{status="200"}'] == 1
    found = values(other.text().decode())
    assert found['imagelane_acks_seconds_count{status="200"}'] == 0
    assert found["process_resident_memory_bytes"] > 0
    assert any(name.startswith("python_info") for name in found)


def test_without_a_store_the_rest_is_told() -> None:
    counted = Metrics(lambda: None)
    counted.acked(200, 0.1)
    found = values(counted.text().decode())
    assert found["imagelane_store_up"] == 0
    assert found['imagelane_acks_seconds_count{status="200"}'] == 1
    assert not any(name.startswith(("imagelane_images", "imagelane_jobs", "imagelane_pauses")) for name in found)


@contextmanager
def built(database_url: str) -> Iterator[wiring.House]:
    made = wiring.build(Settings(_env_file=None), database_url)
    try:
        yield made
    finally:
        made.enqueuer.close()
        made.store.close()
        made.quick.close()


def figures(database_url: str) -> MetricFigures | None:
    with built(database_url) as house:
        return http_served.figures(house)()


def test_the_figures_are_those_of_the_store_and_what_is_not_there_is_0(database_url: str) -> None:
    with built(database_url) as house:
        wishes.paid(house.store)
        wishes.paid(house.store, team_id="T2")
        drawing = wishes.placed(house.store)
        house.enqueuer.enqueue_now(samples_jobs.drawn(drawing.generations[0]))
        house.store.write(
            pauses.pause, "gpt-image-2", house.clock.now() + timedelta(hours=1), "sample", house.clock.now()
        )
        house.store.write(pauses.pause, "*", house.clock.now() - timedelta(hours=1), "sample", house.clock.now())
        found = http_served.figures(house)()
    assert found is not None
    assert found.images == {
        state: {PictureState.PAID: 2, PictureState.PLACED: 1}.get(state, 0) for state in PictureState
    }
    assert (found.jobs, found.pauses) == ({"draw": 1, "quick": 0}, 1)


def test_a_database_that_is_not_there_or_not_ours_is_no_figure(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        assert figures(f"postgresql://sample@127.0.0.1:{nobody.getsockname()[1]}/x") is None
    assert figures(f"sqlite:///{tmp_path}/empty.db") is None


# In the running bot


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    with installed(database_url, tmp_path, IMAGELANE_METRICS_TOKEN=TOKEN) as house:
        yield house


@pytest.fixture
def quick_house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """On SQLite alone: the figures of the store are shown on both above."""
    with installed(sqlite_url, tmp_path, IMAGELANE_METRICS_TOKEN=TOKEN) as house:
        yield house


def test_R80_a_try_is_counted_and_nobody_and_nothing_of_it_is_named(quick_house: House) -> None:
    house = quick_house
    house.openai.hold()
    house.start()
    assert house.ask(PROMPT).in_time
    house.openai.wait(lambda: house.openai.in_flight == 1)
    during = scrape(house.bot.url)
    house.openai.release()
    house.come_to_rest()
    _, _, text = ask(house.bot.url)
    after = values(text)
    drawn, waiting = "imagelane_images", "imagelane_jobs_waiting"
    assert (during[f'{drawn}{{state="calling"}}'], during[f'{waiting}{{queue="draw"}}']) == (1, 1)
    assert (after[f'{drawn}{{state="calling"}}'], after[f'{waiting}{{queue="draw"}}']) == (0, 0)
    assert sum(value for name, value in after.items() if name.startswith(drawn)) == 1
    assert after[f'{drawn}{{state="delivered"}}'] == after["imagelane_store_up"] == 1
    assert after['imagelane_acks_seconds_count{status="200"}'] == 1
    assert after["imagelane_pauses"] == 0
    bot = house.bot.environment
    line = house.line()
    for secret in (PROMPT, TEAM, ANA, STUDIO, TOKEN, line.row.id, line.drawing.id, line.row.spec.model, "usd"):
        assert secret not in text
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "OPENAI_API_KEY", "DATABASE_URL"):
        assert bot[name] not in text


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """Nobody else can write (SQLite), or even read a generation (PostgreSQL)."""
    address = sa.make_url(database_url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "", isolation_level=None, timeout=10)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield
        return
    server = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(server) as connection:
        connection.execute("LOCK TABLE generations IN ACCESS EXCLUSIVE MODE")
        yield


def test_R43_a_scrape_is_answered_while_the_store_is_locked(house: House) -> None:
    house.start("web")
    assert ask(house.bot.url, "/slack/events", [("Content-Type", FORM)], b"x=1")[0] == 401
    with locked(house.bot.database_url):
        found = scrape(house.bot.url)
    on_sqlite = house.bot.database_url.startswith("sqlite")
    assert found["imagelane_store_up"] == on_sqlite  # whoever only reads there waits for nobody
    assert ("imagelane_pauses" in found) == on_sqlite
    assert found['imagelane_acks_seconds_count{status="401"}'] == 1
    assert scrape(house.bot.url)["imagelane_store_up"] == 1
