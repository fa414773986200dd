"""K10: what can't be meant is refused at the start, in one line that names the setting and no dangerous remedy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot import settings
from bot import store as stores
from bot.errors import BadSettings, StoreUnusable
from bot.playground.far_end import FarEnd
from bot.store.engine import normal_url
from tests.kit import databases
from tests.kit.processes import Bot

pytestmark = pytest.mark.waits

NO_ADDRESSES = [
    "notaurl",
    "mysql://x/canary",
    "sqlite",
    "canary:hunter2",
    "oracle://u:hunter2@h/canary",
    "postgresql://h:port/canary",
    "postgresql://[::1/canary",
    "postgresql+asyncpg://u:hunter2@h/canary",
]


@pytest.mark.parametrize("url", NO_ADDRESSES)
@pytest.mark.parametrize("act", [stores.check, stores.release, normal_url])
def test_K10_R109_what_is_no_address_of_a_database_is_named(url: str, act: object) -> None:
    assert callable(act)
    with pytest.raises(BadSettings, match=r"^DATABASE_URL: it must be an address such as sqlite:") as refused:
        act(url)
    assert not any(word in refused.value.sentence for word in ("canary", "hunter2", "mysql", "notaurl"))


@pytest.mark.parametrize("act", [stores.check, stores.release])
def test_K10_R109_a_folder_is_no_database(tmp_path: Path, act: object) -> None:
    assert callable(act)
    with pytest.raises(BadSettings, match="DATABASE_URL names the folder"):
        act(f"sqlite:///{tmp_path}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/proc/nothing/here.db", "/dev/null/here.db"])
def test_K10_R109_a_place_where_no_file_can_be_is_said_in_one_line(path: str) -> None:
    with pytest.raises(StoreUnusable, match="can't be reached") as refused:
        stores.release(f"sqlite:///{path}")
    assert len(refused.value.sentence.splitlines()) == 1


def test_K10_R109_an_option_postgresql_does_not_know_is_said_in_one_line(postgres: sa.URL) -> None:
    url = databases.text_of(postgres.update_query_dict({"nosuchoption": "1"}))
    for act in (stores.check, stores.release):
        with pytest.raises(StoreUnusable, match="PostgreSQL can't be used"):
            act(url)


@pytest.mark.parametrize("url", ["notaurl", "mysql://x/y", "postgresql://[::1/db", "folder"])
@pytest.mark.parametrize("process", ["serve", "release"])
def test_K10_R109_a_process_ends_with_2_and_one_line(tmp_path: Path, process: str, url: str) -> None:
    with FarEnd() as slack:
        ended = Bot(slack, None, f"sqlite:///{tmp_path}" if url == "folder" else url, tmp_path).run(process)
    assert (ended.returncode, ended.stdout) == (2, "")
    (line,) = ended.stderr.splitlines()
    assert line.startswith("DATABASE_URL")


# Plain http.


def read(monkeypatch: pytest.MonkeyPatch, base_url: str, hosts: str = "") -> str | None:
    monkeypatch.setenv("OPENAI_BASE_URL", base_url)
    monkeypatch.setenv("IMAGELANE_PLAIN_HTTP_HOSTS", hosts)
    return settings.read().openai_base_url


@pytest.mark.parametrize(
    ("base_url", "hosts"),
    [
        ("https://elsewhere.example/v1", ""),
        ("http://127.0.0.1:8080/v1", ""),
        ("http://localhost/v1", ""),
        ("http://[::1]:8080/v1", ""),
        ("http://Gateway:4000/v1", "other, gateway"),
    ],
)
def test_K10_R109_key_and_prompts_go_by_https_or_to_this_machine_or_a_named_host(
    monkeypatch: pytest.MonkeyPatch, base_url: str, hosts: str
) -> None:
    assert read(monkeypatch, base_url, hosts) == base_url


@pytest.mark.parametrize(
    ("base_url", "hosts", "said"),
    [
        ("http://elsewhere/v1", "", "plain http would send the key and every prompt in clear"),
        ("http://elsewhere/v1", "gateway", "IMAGELANE_PLAIN_HTTP_HOSTS"),
        ("http://127.0.0.1.example/v1", "", "plain http"),
        ("http://gateway@elsewhere/v1", "gateway", "plain http"),
        ("HTTP://elsewhere/v1", "", "plain http"),
        ("elsewhere/v1", "", "whole address"),
        ("ftp://elsewhere/v1", "", "whole address"),
        ("https://[::1/v1", "", "whole address"),
    ],
)
def test_K10_R109_nothing_is_sent_in_clear_to_anybody_else(
    monkeypatch: pytest.MonkeyPatch, base_url: str, hosts: str, said: str
) -> None:
    with pytest.raises(BadSettings, match=rf"^OPENAI_BASE_URL: .*{said}") as refused:
        read(monkeypatch, base_url, hosts)
    assert "elsewhere" not in refused.value.sentence


# Somebody else has it.


@contextmanager
def held(url: str) -> Iterator[None]:
    """The database locked by another connection, as a long backup or migration does."""
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
        return
    with psycopg.connect(databases.text_of(address.set(drivername="postgresql"))) as connection:
        connection.execute("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE")
        yield


def test_K10_R109_a_database_that_is_locked_at_the_start_is_in_use_and_not_broken(database_url: str) -> None:
    with (
        held(database_url),
        pytest.raises(StoreUnusable, match=r"is in use by another process\. Try again\.") as refused,
    ):
        stores.check(database_url, patience=0.2)
    assert "backup" not in refused.value.sentence
    stores.check(database_url, patience=0.2)


def test_K10_R109_a_release_beside_a_lock_asks_to_try_again(sqlite_url: str) -> None:
    with held(sqlite_url), pytest.raises(StoreUnusable, match=r"is in use by another process\. Try again\."):
        stores.release(sqlite_url, patience=0.2)
