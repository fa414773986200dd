"""The picture folder of a process that can't be written to: nothing is paid for, and who can goes on."""

import http.client
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest

from bot import catalog
from bot.bench import rows_calls
from bot.bench.drawing import Comparisons
from bot.bench.plan import Bench
from bot.entrypoints import http as entrypoints_http
from bot.entrypoints.cli.checks import Visit, pictures_check
from bot.entrypoints.http import metrics
from bot.entrypoints.http.metrics import MetricFigures, Metrics
from bot.errors import CantStore
from bot.image_files import PROVEN_SECONDS, ImageFiles
from bot.jobs import Handler
from bot.jobs.enqueuer import Enqueuer
from bot.jobs.runner import Runner
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from bot.ledger.workers import FRESH, Worker, Workers
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, TEAM
from bot.samples.folder import Folder
from bot.settings import Settings
from tests.entrypoints.test_metrics import scrape
from tests.entrypoints.test_metrics import values as samples
from tests.kit import benches_made
from tests.kit.at_work import AtWork
from tests.kit.books import House, installed
from tests.kit.job_kinds import draw, drawing, show
from tests.kit.processes import Bot, end
from tests.kit.slack_door import House as Door
from tests.kit.standing import served
from tests.kit.waiting import until
from tests.kit.wishes import NOW

pytestmark = pytest.mark.waits
REFUSED = "Pictures can't be stored just now: nothing was run or charged. Try again later."
GOOD, BAD = Worker("there:1", None), Worker("here:1", "No space left on device")


def broken(folder: Path) -> None:
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name} away"))
    folder.write_bytes(b"a file where the folder should be")


def mended(folder: Path) -> None:
    folder.unlink()
    folder.with_name(f"{folder.name} away").rename(folder)


# K1: where nothing can be stored from the start


@pytest.fixture
def unwritable(sqlite_url: str, tmp_path: Path) -> Iterator[Bot]:
    (tmp_path / "file").write_text("no folder")
    with FarEnd() as slack:
        yield Bot(slack, None, sqlite_url, tmp_path, IMAGELANE_PICTURES=str(tmp_path / "file" / "pictures"))


@pytest.mark.parametrize("process", ["worker", "serve"])
def test_K1_R100_what_draws_refuses_to_start_where_no_picture_can_be_stored(unwritable: Bot, process: str) -> None:
    ended = unwritable.run(process)
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("IMAGELANE_PICTURES: no picture can be stored in ")
    assert line.endswith("Make it a folder this user may write to, with room in it. Nothing was run or charged.")


def test_K1_R100_what_draws_nothing_needs_no_folder(unwritable: Bot) -> None:
    assert unwritable.run("release").returncode == 0
    with unwritable.running("web", "clock"):
        pass


def test_K1_R100_a_terminal_draws_nothing_where_it_could_not_be_stored(unwritable: Bot) -> None:
    ended = unwritable.run("try", "a red kite")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("IMAGELANE_PICTURES: no picture can be stored in ")
    assert "Nothing was run or charged." in ended.stderr


def test_K1_R100_the_doctor_tries_a_write_where_modes_promise_one() -> None:
    """In /proc a superuser may do anything, and nobody can."""
    visit = Visit(Settings(imagelane_pictures=Path("/proc")), lambda: NOW, catalog.load(), "", 1)
    (check,) = pictures_check(visit)
    assert check.status == "fail"


def test_K1_R100_nothing_is_paid_for_while_the_folder_cannot_be_written_and_it_goes_on_when_it_can(
    work: AtWork,
) -> None:
    broken(work.pictures.folder)
    drawing = work.placed()
    with pytest.raises(CantStore):
        work.draw_now(TEAM, drawing.generations[0].id)
    assert work.drawing(drawing).generations[0].state is PictureState.PLACED
    assert work.openai.posts == []
    work.pictures.folder.unlink()
    work.run()
    assert work.drawing(drawing).generations[0].state is PictureState.DELIVERED


def test_K1_R100_readyz_and_metrics_say_degraded() -> None:
    writable = {"here:1": False, "there:1": True}
    figures = MetricFigures({}, {}, 0, writable=writable, degraded=metrics.degraded(writable, 3, 500))
    app = entrypoints_http.build(lambda *_: pytest.fail("asked"), list, degraded=lambda: figures.degraded)
    with served(app) as address:
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())) == (
            200,
            {"status": "degraded", "problems": ["a process can't store pictures"]},
        )
        connection.close()
    found = samples(Metrics(lambda: figures).text().decode())
    assert found['imagelane_pictures_writable{process="here:1"}'] == 0
    assert found['imagelane_pictures_writable{process="there:1"}'] == 1
    assert found["imagelane_degraded"] == 1


@pytest.mark.parametrize(("waiting", "said"), [(499, ()), (500, ("the queue is full",))])
def test_a_full_queue_is_degraded_too(waiting: int, said: tuple[str, ...]) -> None:
    assert metrics.degraded({"here:1": True}, waiting, 500) == said


# K2: proven before the claim


def test_K2_R101_a_write_is_proven_and_leaves_nothing_and_is_remembered_for_some_seconds(tmp_path: Path) -> None:
    now = [0.0]
    pictures = ImageFiles(tmp_path / "pictures", lambda: now[0])
    pictures.prove("T1")
    assert [path for path in pictures.folder.rglob("*") if path.is_file()] == []
    broken(pictures.folder)
    now[0] = PROVEN_SECONDS - 0.1
    pictures.prove("T1")
    now[0] = PROVEN_SECONDS
    with pytest.raises(OSError):
        pictures.prove("T1")
    mended(pictures.folder)
    pictures.prove("T1")


def test_K2_R101_what_failed_to_be_stored_is_no_longer_proven(tmp_path: Path) -> None:
    pictures = ImageFiles(tmp_path / "pictures")
    pictures.prove("T1")
    broken(pictures.folder)
    with pytest.raises(OSError):
        pictures.save("T1", "G1", b"png", {})
    with pytest.raises(OSError):
        pictures.prove("T1")


class Silent:
    """Nobody follows this bench."""

    def begin(self, bench: Bench, reply_url: str | None = None, *, last: bool = False) -> bool:
        return True

    def tell(self, bench: Bench) -> None: ...

    def bring(self, team_id: str, bench_id: str, place: int) -> bool:
        return False


def test_K2_R101_a_bench_draws_nothing_either(work: AtWork) -> None:
    broken(work.pictures.folder)
    bench = benches_made.started(work.store)
    compared = Comparisons(work.store, work.studio, Silent(), None)
    (first, *_) = work.store.read(rows_calls.waiting, bench.team_id, bench.id)
    with pytest.raises(CantStore):
        compared.draw(bench.team_id, first)
    assert work.openai.posts == []


# who can't draws nothing


@contextmanager
def running(
    store: Ledger, handlers: Sequence[Handler], can_draw: Callable[[], bool] = lambda: True
) -> Iterator[Enqueuer]:
    with closing(Enqueuer(store.engine, store.transaction)) as enqueuer:
        runner = Runner(store.engine, enqueuer, handlers, None, can_draw)
        runner.start()
        try:
            yield enqueuer
        finally:
            runner.stop()


def test_K2_R101_drawing_jobs_are_left_in_their_queue_until_this_process_can_draw(store: Ledger) -> None:
    can = Event()
    drawn: list[str] = []
    shown: list[str] = []
    handlers = [draw.done_by(drawn.append), show.done_by(lambda *args: shown.append(args[0]))]
    with running(store, handlers, can.is_set) as enqueuer:
        for number in range(3):
            enqueuer.enqueue_now(drawing(str(number), turn=number))
        until(lambda: enqueuer.backlog() == {"draw": 3})
        enqueuer.enqueue_now(show("T1:d1", "shown"))
        until(lambda: shown)
        assert drawn == []
        can.set()
        until(lambda: enqueuer.backlog() == {}, seconds=30)
    assert sorted(drawn) == ["0", "1", "2"]


def test_K2_R101_a_process_that_cannot_draw_leaves_its_jobs_behind_when_it_stops(store: Ledger) -> None:
    with closing(Enqueuer(store.engine, store.transaction)) as enqueuer:
        runner = Runner(store.engine, enqueuer, [draw.done_by(pytest.fail)], None, lambda: False)
        runner.start()
        enqueuer.enqueue_now(drawing("g1"))
        until(lambda: runner.running > 0)
        assert runner.drain(30)
        assert enqueuer.backlog() == {"draw": 1}


def test_K2_R101_a_job_that_finds_it_cannot_store_goes_back_to_its_queue(store: Ledger) -> None:
    tries: list[str] = []

    def fails_first(name: str) -> None:
        tries.append(name)
        if len(tries) == 1:
            raise CantStore("No space left on device")

    with running(store, [draw.done_by(fails_first)]) as enqueuer:
        enqueuer.enqueue_now(drawing("g1"))
        until(lambda: tries == ["g1", "g1"], seconds=30)
        until(lambda: enqueuer.backlog() == {})


def test_K2_R101_a_process_tells_others_and_admins_when_it_cannot_store_and_when_it_can_again(
    store: Ledger, tmp_path: Path
) -> None:
    told: list[str] = []
    now = [0.0]
    pictures = ImageFiles(tmp_path / "pictures", lambda: now[0])
    folder = Folder(pictures, Workers(store.engine), "imagelane-1", "here:1", told.append, lambda: NOW)
    assert folder.can_write()
    assert Workers(store.engine).seen(NOW) == (Worker("here:1", None),)
    broken(pictures.folder)
    now[0] = PROVEN_SECONDS
    assert not folder.can_write()
    assert not folder.can_write()
    (worker,) = Workers(store.engine).seen(NOW)
    assert worker.unable is not None
    mended(pictures.folder)
    assert folder.can_write()
    assert Workers(store.engine).seen(NOW) == (Worker("here:1", None),)
    cannot, can = told
    assert cannot.startswith(f"here:1 can't store pictures in {pictures.folder}: ")
    assert can == "here:1 can store pictures again, and draws."
    ended = Event()
    ended.set()
    folder.keep(ended)
    assert Workers(store.engine).seen(NOW) == ()


# who is asked to draw


@pytest.mark.parametrize(
    ("workers", "minutes_ago", "refused"),
    [([], 0, False), ([BAD], 0, True), ([BAD, GOOD], 0, False), ([BAD], 1, False)],
    ids=["nobody tells", "none can", "one can", "the one that could not is gone"],
)
def test_K2_R101_commands_are_refused_only_when_no_living_process_can_store(
    either_door: Door, workers: list[Worker], minutes_ago: int, refused: bool
) -> None:
    for worker in workers:
        Workers(either_door.store.engine).tell(worker.name, worker, either_door.now - minutes_ago * FRESH)
    said = either_door.far_end.command('try "a red kite"').text
    assert (REFUSED in said) == refused
    assert len(either_door.jobs) == (not refused)


def test_K2_R101_a_bench_is_started_only_where_its_pictures_can_be_stored(store: Ledger) -> None:
    Workers(store.engine).tell("here", BAD, NOW)
    with pytest.raises(CantStore):
        benches_made.started(store)
    benches_made.started(store, source="terminal")  # a terminal draws by itself


# The whole of it, in processes


@pytest.fixture
def many(postgres_url: str, tmp_path: Path) -> Iterator[House]:
    with installed(postgres_url, tmp_path, IMAGELANE_ADMINS=ANA) as house:
        yield house


def test_K2_R101_a_worker_on_a_bad_disk_draws_nothing_and_the_other_goes_on(many: House, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad", tmp_path / "good"
    first = many.start("worker", IMAGELANE_PICTURES=str(bad))
    many.start("worker", IMAGELANE_PICTURES=str(good))
    many.start("web")
    name = next(one for one in writable(many) if one.endswith(f":{first.pid}"))
    broken(bad)
    until(lambda: writable(many)[name] == 0, seconds=30)
    for number in range(5):
        assert many.ask(f"kite {number}").in_time
    many.come_to_rest(60)
    assert {line.row.state for line in many.lines()} == {PictureState.DELIVERED}
    assert len(many.openai.posts) == len(list(good.rglob("*.png"))) == 5
    many.check()
    mended(bad)
    until(lambda: writable(many)[name] == 1, seconds=30)
    words = [str(call.payload.get("text")) for call in many.slack.calls_of("chat.postMessage")]
    assert [text for text in words if text.startswith(f"{name} can't store pictures in {bad}: ")]
    assert f"{name} can store pictures again, and draws." in words


def writable(house: House) -> dict[str, float]:
    """By process."""
    prefix = 'imagelane_pictures_writable{process="'
    return {
        name.removeprefix(prefix).removesuffix('"}'): value
        for name, value in scrape(house.bot.url).items()
        if name.startswith(prefix)
    }


def test_K2_R101_while_no_process_can_store_commands_are_refused_and_nothing_is_lost(many: House) -> None:
    folder = Path(many.bot.environment["IMAGELANE_PICTURES"])
    process = many.start("serve")
    broken(folder)
    until(lambda: 0 in writable(many).values(), seconds=30)
    assert many.ask("a red kite").text == REFUSED
    assert (many.lines(), many.openai.posts) == ([], [])
    mended(folder)
    until(lambda: 0 not in writable(many).values(), seconds=30)
    assert many.ask("a red kite").in_time
    many.come_to_rest(60)
    many.check()
    assert end(process) == 0
