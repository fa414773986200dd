"""The processes as a container or a service runs them: a plain user, a read-only tree, the environment of deploy/."""

import http.client
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL

from bot.ledger.pictures import PictureState
from tests.kit import databases
from tests.kit.books import House, installed
from tests.kit.deployed import compose, dockerfile, environment_of, seconds, unit
from tests.kit.plain_user import USER, Image, build, dotenv, needs_root, stopped

# One build of the tree for all of them.
pytestmark = [needs_root, pytest.mark.waits, pytest.mark.xdist_group("image"), pytest.mark.timeout(1800)]


@contextmanager
def open_folder() -> Iterator[Path]:
    """Where anybody may walk to it, as in a container: only root may enter pytest's own folders."""
    with tempfile.TemporaryDirectory(prefix="imagelane-image-", dir=databases.memory()) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def tree() -> Iterator[Path]:
    with open_folder() as folder:
        build(folder / "app")
        yield folder / "app"


@pytest.fixture
def image(tree: Path) -> Iterator[Image]:
    with open_folder() as folder:
        yield Image(tree, folder)


@pytest.fixture
def empty_postgres(postgres: URL) -> Iterator[str]:
    """A database as a new server has it: empty."""
    name = f"imagelane_deploy_{uuid4().hex[:8]}"
    yield databases.text_of(databases.create_database(postgres, name))
    databases.drop_database(postgres, name)


def answers(image: Image, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", image.port, timeout=60)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def drawn(house: House, image: Image) -> None:
    """One `try`, from the command to the picture in the volume; billed and booked once."""
    house.slack.bot_url = image.url
    assert house.ask("a red kite").in_time
    house.come_to_rest(60)
    house.check()
    line = house.line()
    assert line.row.state is PictureState.DELIVERED
    picture = image.data / "pictures" / line.row.team_id / f"{line.row.id}.png"
    assert picture.stat().st_size > 0


def test_K7_R84_R106_the_processes_of_the_compose_file_draw_a_picture(
    image: Image, empty_postgres: str, tmp_path: Path
) -> None:
    with installed(empty_postgres, tmp_path) as house:
        filled = dotenv(house.slack, house.openai, POSTGRES_PASSWORD="sample0password")
        services, code = compose(filled)["services"], image.code()
        own = environment_of(services["web"], filled)
        environment = image.here(own, DATABASE_URL=empty_postgres)
        released = image.imagelane(environment, services["release"]["command"])
        assert released.returncode == 0, released.stderr
        with image.running(environment, *(services[name]["command"] for name in ("web", "worker", "clock"))) as all_:
            check = services["web"]["healthcheck"]["test"][2:]
            asked = [word.replace(own["PORT"], str(image.port)) for word in check]
            assert image.run(environment, *asked).returncode == 0
            assert answers(image, "/readyz") == 200
            drawn(house, image)
            assert stopped(all_, seconds(services["web"]["stop_grace_period"])) == [0, 0, 0]
        assert image.run(environment, *asked).returncode == 1
    assert image.code() == code
    assert set(image.written().values()) == {USER}
    assert "Traceback" not in image.log


def of_the_image(dotenv: Mapping[str, str]) -> dict[str, str]:
    """`docker run --env-file .env`: the file wins over the image."""
    return dockerfile().environment | dict(dotenv)


def of_the_unit(dotenv: Mapping[str, str]) -> dict[str, str]:
    """EnvironmentFile= wins over Environment=."""
    return unit().environment | dict(dotenv)


def test_K7_R84_R106_the_image_alone_says_what_is_missing_and_then_serves(image: Image, tmp_path: Path) -> None:
    url, code = f"sqlite:///{image.data}/imagelane.db", image.code()
    with installed(url, tmp_path) as house:
        environment = image.here(of_the_image(dotenv(house.slack, house.openai)))
        assert environment["DATABASE_URL"] == url
        (command,) = dockerfile().command("CMD")
        refused = image.imagelane(environment, command)
        assert (refused.returncode, refused.stdout, image.written()) == (3, "", {}), refused.stderr
        (line,) = refused.stderr.splitlines()
        assert line.endswith("is missing. Restore it, or make a new one, with empty budgets: imagelane release")
        assert image.imagelane(environment, "release").returncode == 0
        check = dockerfile().command("HEALTHCHECK")[1:]
        assert image.run(environment, *check).returncode == 1
        with image.running(environment, command) as all_:
            assert image.run(environment, *check).returncode == 0
            drawn(house, image)
            assert stopped(all_, seconds(unit().one("TimeoutStopSec"))) == [0]
    kept_to_its_places(image, code)


@pytest.mark.soak  # what differs from the image is its environment, which test_deploy.py reads
def test_K7_R84_R106_the_unit_serves_and_a_chart_is_drawn_beside_it(image: Image, tmp_path: Path) -> None:
    url, code = f"sqlite:///{image.data}/imagelane.db", image.code()
    with installed(url, tmp_path) as house:
        environment = image.here(of_the_unit(dotenv(house.slack, house.openai)))
        assert environment["DATABASE_URL"] == url
        assert image.imagelane(environment, "release").returncode == 0
        with image.running(environment, *dockerfile().command("CMD")) as all_:
            drawn(house, image)
            chart = image.imagelane(environment, "spend", "by", "day", "--png", str(image.memory / "days.png"))
            assert (chart.returncode, chart.stderr) == (0, "")
            assert stopped(all_, seconds(unit().one("TimeoutStopSec"))) == [0]
    assert "tmp/days.png" in image.written()
    kept_to_its_places(image, code)


def kept_to_its_places(image: Image, code: list[str]) -> None:
    assert image.code() == code
    assert "data/pictures" in image.written()
    assert set(image.written().values()) == {USER}
    assert "Traceback" not in image.log


def test_R84_the_process_can_change_nothing_but_its_own_places(image: Image) -> None:
    script = (
        "import os, sys; from pathlib import Path; import bot\n"
        "assert os.getuid() == os.geteuid() == 10001 and os.getgroups() == []\n"
        "for place in sys.argv[1:]:\n"
        "    try:\n"
        "        Path(place, 'written').write_text('x'); print(place)\n"
        "    except PermissionError: pass\n"
        "print(Path(bot.__file__).parent.parent)"
    )
    elsewhere = [image.tree, image.tree / "bot", image.tree / "data", image.folder, Path("/"), Path("/etc")]
    done = image.run(
        image.here(dockerfile().environment), "-c", script, *map(str, [*elsewhere, image.data, image.memory])
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [str(image.data), str(image.memory), str(image.tree)]
