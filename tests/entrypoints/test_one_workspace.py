"""K14: only the workspace the bot token belongs to is served. What comes signed from another one costs nothing."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import store as stores
from bot.errors import BadSettings
from bot.ledger import votes
from bot.ledger import workspaces as ledger_workspaces
from bot.ledger.ledger import Ledger
from bot.ledger.tables import drawings, generations, workspaces
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BOT_USER, OTHER_TEAM, STUDIO, TEAM
from bot.slack.installation import Installation
from bot.slack.posts import Posts
from bot.store.engine import reading
from tests.kit import forked
from tests.kit.older_stores import Older, opened
from tests.kit.processes import Bot, end
from tests.kit.slack_door import DAY, House
from tests.kit.waiting import until

NOT_OURS = "This imagelane belongs to another workspace. Nothing was run or charged."


@pytest.fixture
def far() -> Iterator[FarEnd]:
    with FarEnd() as far_end:
        yield far_end


def everything(store: Ledger) -> tuple[Any, ...]:
    """What a request could have left behind."""
    with reading(store.engine) as connection:
        return tuple(tuple(connection.execute(sa.select(table)).all()) for table in (drawings, generations, workspaces))


def of_another(body: Any) -> Any:
    """The same request as if it came from another workspace."""
    return json.loads(json.dumps(body).replace(TEAM, OTHER_TEAM))


@pytest.mark.parametrize("text", ["try a red kite", "spend", "estimate 5 high"])
def test_K14_R113_a_command_of_another_workspace_is_refused(door: House, text: str) -> None:
    before = everything(door.store)
    own = {"command": "/imagelane", "text": text, "user_id": ANA, "channel_id": STUDIO, "trigger_id": "1.2"}
    reply = door.far_end.deliver("slash_commands", {**own, "team_id": OTHER_TEAM})
    assert (reply.status, reply.text) == (200, NOT_OURS)
    assert everything(door.store) == before
    assert door.jobs == []


@pytest.mark.parametrize("kind", ["app_mention", "app_home_opened", "app_uninstalled", "tokens_revoked"])
def test_K14_R113_an_event_of_another_workspace_changes_nothing(door: House, slack: FarEnd, kind: str) -> None:
    before = everything(door.store)
    body = of_another(slack.mention("try a red kite").sent.payload)
    door.jobs.clear()
    event = {**body["event"], "type": kind, "ts": "1.1", "tab": "home", "tokens": {"bot": [BOT_USER]}}
    assert slack.deliver("events_api", {**body, "event": event, "event_id": "Ev0OTHER"}).status == 200
    assert everything(door.store) == before
    assert door.jobs == []


@pytest.mark.parametrize("how", ["of another workspace", "without user.team_id"])
def test_K14_R113_a_button_that_is_not_ours_is_refused(door: House, how: str) -> None:
    slack, picture = door.far_end, door.drawn()
    pressed = slack.press(door.shown(picture), "sample.keep").sent.payload
    voted = door.store.read(votes.history, TEAM, picture.id)
    body = {**pressed, "actions": [{**pressed["actions"][0], "action_id": "sample.reject"}], "trigger_id": "1.3"}
    if how == "of another workspace":
        body = {**of_another(body), "response_url": body["response_url"]}
    else:
        body = {**body, "user": {"id": ANA}}
    assert slack.deliver("interactive", body).status == 200
    door.wait_for_words()
    assert door.store.read(votes.history, TEAM, picture.id) == voted
    said = NOT_OURS if "another" in how else "I could not tell which workspace you are of; nothing was changed."
    assert slack.ephemerals(ANA)[-1].text == said


def test_K14_R113_while_nobody_knows_whose_the_token_is_acks_say_so(door: House, slack: FarEnd) -> None:
    door.served = None
    assert "Slack did not answer me. Nothing was run or charged." in slack.command("try a red kite").text
    asked = slack.mention("try a red kite")
    assert asked.status == 503  # so that Slack sends it again
    door.served = TEAM
    assert slack.again(asked, retry=1).status == 200
    assert [job.kind for job in door.jobs] == ["answer"]


# Learning whose the token is.


def installation(store: Ledger, far: FarEnd, token: str | None = None) -> Installation:
    return Installation(
        store, Posts(token or far.bot_token, far.base_url, sleep=lambda _: None), token or "xoxb-sample"
    )


def test_K14_R113_what_slack_said_of_a_token_is_remembered_while_slack_is_away(store: Ledger, far: FarEnd) -> None:
    installation(store, far).learn()
    far.fail("auth.test", faults.refused("fatal_error"), faults.FOREVER)
    again = installation(store, far)
    again.learn()
    assert (again.team_id, again.sure) == (TEAM, False)
    unknown = installation(store, far, "xoxb-a-new-one")
    unknown.learn()
    assert unknown.team_id is None
    far.heal()
    again.learn()
    assert again.sure


def test_K14_R113_one_that_an_older_version_remembered_stands_if_it_is_alone(store: Ledger, far: FarEnd) -> None:
    far.fail("auth.test", faults.refused("fatal_error"), faults.FOREVER)
    store.write(ledger_workspaces.remember, "T1", "Sample", "UBOT")
    known = installation(store, far)
    known.learn()
    store.write(ledger_workspaces.remember, "T2", "Sample Two", "UBOT")
    several = installation(store, far)
    several.learn()
    assert (known.team_id, several.team_id) == ("T1", None)


def test_K14_R113_a_token_of_another_workspace_is_refused_naming_both(store: Ledger, far: FarEnd) -> None:
    store.write(ledger_workspaces.remember, "T1", "Sample One", "UBOT")
    store.write(ledger_workspaces.stop, "T1", DAY)  # taken out, and its books are here still
    with pytest.raises(BadSettings, match=rf"workspace .*\({TEAM}\), but the database is of Sample One \(T1\)"):
        installation(store, far).learn()
    assert store.read(ledger_workspaces.known) == []


def test_K14_R113_a_row_that_only_an_uninstall_made_counts_for_nothing(store: Ledger, far: FarEnd) -> None:
    store.write(ledger_workspaces.stop, "T9", DAY)
    store.write(ledger_workspaces.start, "T9")
    assert (
        store.read(ledger_workspaces.known),
        store.read(ledger_workspaces.only),
        store.read(ledger_workspaces.installed),
    ) == ([], "local", {})
    mine = installation(store, far)
    mine.learn()
    assert (mine.team_id, store.read(ledger_workspaces.known)) == (TEAM, [TEAM])


def test_K14_R113_the_migration_tells_the_installed_from_those_only_taken_out(any_older: Older) -> None:
    url = any_older("0008")
    rows = (
        {"team_id": "T1", "name": "Sample", "bot_user_id": None},
        {"team_id": "T9", "name": "T9", "stopped_at": DAY},
    )
    with opened(url) as store, store.transaction() as connection:
        for row in rows:
            names = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(sa.text(f"INSERT INTO workspaces ({names}) VALUES ({marks})"), row)
    stores.release(url)
    with opened(url) as store:
        assert store.read(ledger_workspaces.installed) == {"T1": "Sample"}


# As processes.


@pytest.mark.parametrize("process", ["serve", "worker"])
def test_K14_R113_no_process_starts_on_the_books_of_another_workspace(
    sqlite_url: str, tmp_path: Path, far: FarEnd, process: str
) -> None:
    with opened(sqlite_url) as store:
        store.write(ledger_workspaces.remember, "T1", "Sample One", "UBOT")
    ended = Bot(far, None, sqlite_url, tmp_path).run(process)
    assert ended.returncode == 2
    (line,) = [line for line in ended.stderr.splitlines() if not line.startswith("{")]
    assert "Sample One (T1)" in line
    assert TEAM in line


def test_K14_R113_a_web_process_that_knows_no_workspace_yet_is_not_ready(
    sqlite_url: str, tmp_path: Path, far: FarEnd
) -> None:
    far.fail("auth.test", faults.refused("fatal_error"), faults.FOREVER)
    bot = Bot(far, None, sqlite_url, tmp_path)
    web = forked.start(["web"], bot.environment, tmp_path, bot.log, bot.log)

    def problems() -> list[str]:
        try:
            with urllib.request.urlopen(bot.url + "/readyz", timeout=5) as answer:
                return list(json.load(answer)["problems"])
        except urllib.error.HTTPError as refused:
            return list(json.load(refused)["problems"])
        except OSError:
            return []

    try:
        until(lambda: problems() == ["Slack has not said yet which workspace SLACK_BOT_TOKEN belongs to"], 30)
        assert "Slack did not answer me" in far.command("try a red kite").text
    finally:
        end(web)
