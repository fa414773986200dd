"""The doctor: what it finds wrong, how it says to mend it, and that it changes and shows nothing."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot import catalog, store
from bot.entrypoints.cli import doctor, main
from bot.entrypoints.cli.printouts_health import Check, Health, rendered
from bot.errors import BadCatalog, StoreUnusable
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.loopback import LOST, Answer, Loopback, as_json
from bot.playground.people import TEAM
from bot.pricing.facts import Catalog
from bot.providers import PaintingFailed, openai
from bot.settings import Settings
from bot.slack import wire
from tests.entrypoints.test_printouts import printed
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import free_port

NOW = datetime(2026, 11, 28, 12, 0, 0, tzinfo=UTC)
FACTS = catalog.load()
NAMES = ["settings", "database", "pictures", "Slack", "clock", "OpenAI", "retirement", "catalogue"]
KEY, TOKEN, SIGNING = "sk-canary-4444444444", "xoxb-canary-1111111111", "canarysigning2222222222"


@pytest.fixture
def slack() -> Iterator[FarEnd]:
    with FarEnd(bot_token=TOKEN, signing_secret=SIGNING, now=NOW.timestamp) as far:
        yield far


@pytest.fixture
def far_openai() -> Iterator[FarOpenAI]:
    with FarOpenAI(key=KEY, today=NOW.date()) as far:
        yield far


@pytest.fixture
def installed(
    slack: FarEnd, far_openai: FarOpenAI, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A healthy installation, by its environment; its folder."""
    (tmp_path / "pictures").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING,
        "SLACK_API_URL": slack.base_url,
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": far_openai.base_url,
        "DATABASE_URL": sqlite_url,
        "IMAGELANE_PICTURES": str(tmp_path / "pictures"),
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def examined(now: datetime = NOW, facts: Callable[[], Catalog] = catalog.load, seconds: int = 5) -> dict[str, Check]:
    health = doctor.examine(Settings(), lambda: now, facts, seconds)
    assert [check.name for check in health.checks] == NAMES
    return {check.name: check for check in health.checks}


def troubled(checks: dict[str, Check]) -> dict[str, str]:
    """The checks that are not ok; each of them says how to mend it, and none of the others does."""
    for check in checks.values():
        assert bool(check.mend) == (check.status != "ok"), check
    return {name: check.status for name, check in checks.items() if check.status != "ok"}


def held(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in sorted(folder.rglob("*"))}


# ---- healthy ----


def test_a_healthy_installation_has_nothing_to_mend(installed: Path) -> None:
    checks = examined()
    assert troubled(checks) == {}
    assert checks["settings"].found == "complete, for Slack by signed requests"
    assert checks["database"].found == "SQLite, writable and of this version"
    assert checks["Slack"].found == f"workspace Sample workspace ({TEAM})"
    assert checks["clock"].found == "clock differs from Slack by 0 s"
    assert checks["OpenAI"].found == "the key is good"
    assert checks["catalogue"].found == "checked on 2026-11-28, 0 days ago"


def test_json_gives_scripts_every_check_and_exit_status_0(
    installed: Path, slack: FarEnd, capsys: pytest.CaptureFixture[str]
) -> None:
    slack.desk.clock_skew_seconds = datetime.now(UTC).timestamp() - NOW.timestamp()  # this one runs by the real clock
    assert main(["doctor", "--json"]) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert [check["name"] for check in checks] == NAMES
    for check in checks:
        assert set(check) == {"name", "status", "found", "mend"}
        assert check["status"] in ("ok", "warn")


def test_a_failure_is_exit_status_1_and_stands_in_the_printout(
    installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SLACK_SIGNING_SECRET")
    assert main(["doctor"]) == 1
    said = capsys.readouterr()
    assert "SLACK_SIGNING_SECRET is not set" in said.out
    assert said.err == ""


def test_settings_that_cannot_be_read_are_exit_status_2(
    installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "http")
    assert main(["doctor"]) == 2
    assert capsys.readouterr().err.startswith("PORT")


@pytest.mark.parametrize("width", [80, 120])
def test_the_printout_fits_and_tells_status_finding_and_mending(width: int) -> None:
    checks = (
        Check("clock", "fail", "clock differs from Slack by 301 s", "Set it. " * 20),
        Check("OpenAI", "ok", "fine"),
    )
    paper = printed(rendered(Health(checks)), width)
    assert all(len(line) <= width for line in paper.splitlines())
    first, *others = paper.splitlines()
    assert " ".join(first.split()) == "fail clock clock differs from Slack by 301 s"
    assert others[0].strip().startswith("Set it.")
    assert others[-1] == "1 failed."


# ---- each alone ----


def test_a_missing_setting_fails_with_its_name(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_SIGNING_SECRET")
    checks = examined()
    assert troubled(checks) == {"settings": "fail"}
    assert checks["settings"].found.startswith("SLACK_SIGNING_SECRET is not set")


def test_without_a_token_slack_is_not_asked(installed: Path, slack: FarEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert troubled(examined()) == {"settings": "fail", "Slack": "warn", "clock": "warn"}
    assert slack.calls_of() == []


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("broken", "said"), [(Path.unlink, "is missing"), (damaged, "can't be used"), (newer, "newer version (9999)")]
)
def test_a_configured_database_that_is_missing_or_damaged_fails_alone(
    installed: Path, broken: Callable[[Path], None], said: str
) -> None:
    broken(installed / "imagelane.db")
    before = held(installed)
    checks = examined()
    assert troubled(checks) == {"database": "fail"}
    assert said in checks["database"].found
    assert held(installed) == before


def test_a_missing_default_database_is_made_at_the_first_start(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    checks = examined()
    assert troubled(checks) == {}
    assert checks["database"].found == "var/imagelane.db is missing: made at the first start"
    assert not (installed / "var").exists()


def test_a_default_database_that_is_there_is_looked_at(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (installed / "var").mkdir()
    (installed / "var/imagelane.db").write_bytes(b"no database at all")
    assert troubled(examined()) == {"database": "fail"}


def test_a_default_database_that_cannot_be_made_fails(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (installed / "var").write_text("a file where the folder should be")
    checks = examined()
    assert troubled(checks) == {"database": "fail"}
    assert "can't be made" in checks["database"].found


def test_pictures_in_a_file_fail_alone(installed: Path) -> None:
    (installed / "pictures").rmdir()
    (installed / "pictures").write_text("no folder")
    checks = examined()
    assert troubled(checks) == {"pictures": "fail"}
    assert "no folder we may write to" in checks["pictures"].found


def test_a_missing_picture_folder_is_a_warning_when_it_was_named(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installed / "pictures").rmdir()
    assert troubled(examined()) == {"pictures": "warn"}
    monkeypatch.delenv("IMAGELANE_PICTURES")
    checks = examined()
    assert troubled(checks) == {}
    assert checks["pictures"].found == "var/pictures is missing: made with the first picture"
    assert not (installed / "var").exists()


def test_a_revoked_token_fails_alone_and_the_clock_is_compared_all_the_same(installed: Path, slack: FarEnd) -> None:
    slack.fail("auth.test", faults.refused("token_revoked"), times=1)
    checks = examined()
    assert troubled(checks) == {"Slack": "fail"}
    assert checks["Slack"].found == "the token is not good (token_revoked)"


@pytest.mark.parametrize("fault", [faults.rate_limited(30), faults.broken(503)])
def test_a_slack_that_is_busy_is_asked_once_and_not_waited_for(
    installed: Path, slack: FarEnd, fault: faults.Fault
) -> None:
    slack.fail("auth.test", fault, times=5)
    assert troubled(examined()) == {"Slack": "fail"}
    assert len(slack.calls_of("auth.test")) == 1


def test_a_slack_that_hangs_is_given_up_and_the_others_are_told(installed: Path, slack: FarEnd) -> None:
    slack.fail("auth.test", faults.hangs(), times=1)
    checks = examined(seconds=1)
    assert troubled(checks) == {"Slack": "fail", "clock": "warn"}
    assert checks["Slack"].found == "gave no good answer (timeout)"


def test_a_slack_out_of_reach_leaves_the_clock_uncompared(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", f"http://127.0.0.1:{free_port()}/api/")
    checks = examined()
    assert troubled(checks) == {"Slack": "fail", "clock": "warn"}
    assert checks["Slack"].found == "can't be reached (unreachable)"


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("seconds", "found"), [(300, {}), (301, {"clock": "fail"})])
def test_R56_a_clock_more_than_five_minutes_from_slacks_fails(
    installed: Path, slack: FarEnd, sign: int, seconds: int, found: dict[str, str]
) -> None:
    slack.desk.clock_skew_seconds = sign * seconds
    checks = examined()
    assert troubled(checks) == found
    assert checks["clock"].found == f"clock differs from Slack by {seconds} s"


@pytest.mark.parametrize("spoken", ["yesterday", "Sat, 28 Nov 2026 12:00:00 +0900", None])
def test_a_date_header_in_any_other_form_is_not_read(spoken: str | None) -> None:
    assert wire.moment(spoken) is None
    assert wire.moment("Sat, 28 Nov 2026 12:00:00 GMT") == NOW


def test_a_key_that_is_refused_fails_and_nothing_is_compared(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-another-one")
    checks = examined()
    assert troubled(checks) == {"OpenAI": "fail", "retirement": "warn"}
    assert checks["OpenAI"].found == "the key was refused (invalid_api_key)"


def test_an_openai_out_of_reach_fails(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{free_port()}/v1")
    checks = examined()
    assert troubled(checks) == {"OpenAI": "fail", "retirement": "warn"}
    assert checks["OpenAI"].found == "can't be reached (connect_failed)"


def test_without_a_key_pictures_are_demos_and_dates_are_not_compared(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    checks = examined()
    assert troubled(checks) == {"retirement": "warn"}
    assert checks["OpenAI"].found == "no key: demo pictures"


def with_end(model: str, end: date | None) -> Callable[[], Catalog]:
    return lambda: replace(FACTS, models={**FACTS.models, model: replace(FACTS.models[model], shutdown=end)})


@pytest.mark.parametrize(
    ("model", "end", "said"),
    [
        ("gpt-image-1.5", date(2026, 12, 2), "catalogue 2026-12-02, OpenAI 2026-12-01"),
        ("gpt-image-1.5", None, "catalogue no end, OpenAI 2026-12-01"),
        ("gpt-image-2.6-flare", date(2027, 6, 1), "catalogue 2027-06-01, OpenAI no end"),
    ],
)
def test_a_retirement_date_that_differs_is_shown_and_not_taken_over(
    installed: Path, model: str, end: date | None, said: str
) -> None:
    facts = with_end(model, end)
    checks = examined(facts=facts)
    assert troubled(checks) == {"retirement": "warn"}
    assert checks["retirement"].found == f"{model}: {said}"
    assert FACTS.models["gpt-image-1.5"].shutdown == date(2026, 12, 1)


@pytest.mark.parametrize(("days", "found"), [(30, {}), (31, {"catalogue": "warn"})])
def test_facts_that_were_checked_over_30_days_ago_are_a_warning(
    installed: Path, days: int, found: dict[str, str]
) -> None:
    checks = examined(facts=lambda: replace(FACTS, checked_on=(NOW - timedelta(days=days)).date()))
    assert troubled(checks) == found
    assert f"{days} days ago" in checks["catalogue"].found
    assert checks["catalogue"].found.startswith("The price facts were checked 31 days ago.") is bool(found)


def test_a_catalogue_that_cannot_be_read_fails_and_the_others_are_told(installed: Path) -> None:
    def broken() -> Catalog:
        raise BadCatalog("data/catalog.toml: models[3].released is no day.")

    checks = examined(facts=broken)
    assert troubled(checks) == {"retirement": "warn", "catalogue": "fail"}
    assert checks["catalogue"].found == "data/catalog.toml: models[3].released is no day."


def test_a_check_that_breaks_does_not_stop_the_others(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "canaryscheme://u:canarypassword@h/db")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary\n-cut-in-two")
    health = examined()
    assert troubled(health) == {"database": "fail", "Slack": "fail", "clock": "fail"}
    assert "canary" not in repr(health)


def test_a_check_that_hangs_is_told_after_twice_the_seconds_and_the_others_before(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = installed / "pipe.db"
    os.mkfifo(pipe)  # opening it waits for somebody to write
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{pipe}")
    try:
        checks = examined(seconds=1)
    finally:
        pipe.write_bytes(b"let go")
    assert troubled(checks) == {"database": "fail"}
    assert checks["database"].found == "gave no answer within 2 s"


# ---- nothing changed, nothing shown ----


def test_nothing_is_made_and_nothing_is_changed(installed: Path) -> None:
    """Neither beside a database at rest, whichever way it journals, nor beside one that is open."""
    path = installed / "imagelane.db"
    for mode in ("DELETE", "WAL"):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA journal_mode={mode}")
        before = held(installed)
        assert troubled(examined()) == {}
        assert held(installed) == before
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        names = set(held(installed))
        assert troubled(examined()) == {"database": "fail"}, "what stands in the journal counts too"
        assert set(held(installed)) == names


def test_R81_no_secret_is_shown_whatever_fails(
    installed: Path, slack: FarEnd, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    for url in (
        f"postgresql://imagelane:canarypassword@127.0.0.1:{port}/db",
        f"postgresql://imagelane:canary@canarytail@127.0.0.1:{port}/db",
        f"postgresql://imagelane:word@canarypassword:x@127.0.0.1:{port}/db",
        f"postgresql://imagelane@127.0.0.1:{port}/db?password=canaryquery",
        "postgresql://imagelane:canarypassword@[::1/db",
    ):
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-refused")
        slack.fail("auth.test", faults.refused("invalid_auth", note=TOKEN), times=1)
        assert main(["doctor", "--json"]) == 1
        said = capsys.readouterr()
        secrets = ("canarypassword", "canarytail", "canaryquery", TOKEN, SIGNING, "sk-canary")
        assert not [word for word in secrets if word in said.out + said.err]


def test_R81_a_secret_that_reached_a_line_is_blotted_out(installed: Path, slack: FarEnd) -> None:
    def broken() -> Catalog:
        raise BadCatalog(f"read {KEY}\nand {SIGNING} in \x1b[31mred")

    found = examined(facts=broken)["catalogue"].found
    assert found == "read [secret] and [secret] in  [31mred"


# ---- the two readings underneath ----


def test_a_database_too_large_to_be_read_in_time_is_not_called_damaged(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "imagelane.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE filling (a)")
        rows = ((bytes(400),) for _ in range(20_000))
        connection.executemany("INSERT INTO filling VALUES (?)", rows)
        connection.commit()
    assert store.glance(sqlite_url, 5.0) is True
    assert store.glance(sqlite_url, 0.0) is False
    shutil.copyfile(path, tmp_path / "other.db")
    with pytest.raises(StoreUnusable, match="missing"):
        store.glance(f"sqlite:///{tmp_path}/none.db", 5.0)


def test_the_version_of_a_database_is_told_however_little_time_there_is_for_its_file(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Reading what tables there are takes SQLite more steps than lie between two looks at the time."""
    with closing(sqlite3.connect(tmp_path / "imagelane.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    with pytest.raises(StoreUnusable, match="older version"):
        store.glance(sqlite_url, 0.0)


def test_a_glance_at_postgresql(postgres_url: str) -> None:
    assert store.glance(postgres_url, 5.0) is True


def listing(body: object) -> dict[str, date | None]:
    server = Loopback(lambda _: as_json(body), NOW.timestamp)
    server.start()
    try:
        return openai.shutdown_dates(KEY, f"{server.url}/v1", 5.0)
    finally:
        server.stop()


def test_the_list_of_models_is_read_without_rows_whose_day_is_none() -> None:
    rows = [
        {"id": "a", "shutdown_date": "2026-12-01"},
        {"id": "b", "shutdown_date": None},
        {"id": "c", "shutdown_date": "soon"},
        {"id": "d", "shutdown_date": 20261201},
        {"id": "e"},
        "f",
    ]
    assert listing({"object": "list", "data": rows}) == {"a": date(2026, 12, 1), "b": None, "e": None}
    assert listing({"object": "list", "data": [{"id": "e"}]}) == {}  # no list that names days


@pytest.mark.parametrize("body", [{}, [], {"data": {"id": "a"}}, "models"])
def test_an_answer_that_is_no_list_is_a_failure(body: object) -> None:
    with pytest.raises(PaintingFailed):
        listing(body)


@pytest.mark.parametrize("broken", [LOST, as_json({"error": {"message": "busy"}}, 500)])
def test_a_list_that_breaks_is_asked_for_once(broken: Answer) -> None:
    asked: list[str] = []

    def answer(request: object) -> Answer:
        asked.append(str(request))
        return broken

    server = Loopback(answer, NOW.timestamp)
    server.start()
    with pytest.raises(PaintingFailed):
        openai.shutdown_dates(KEY, f"{server.url}/v1", 5.0)
    server.stop()
    assert len(asked) == 1
