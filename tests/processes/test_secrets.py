"""No secret and no prompt gets out: not into logs, answers, messages, or the database, whatever goes wrong."""

import json
import urllib.request
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.ledger.ledger import open_ledger
from bot.playground import faults
from bot.playground.far_end import FarEnd
from bot.playground.people import STUDIO, UNINVITED
from bot.playground.signed import Sent
from tests.kit import far_openai_trouble as trouble
from tests.kit.far_openai import FarOpenAI
from tests.kit.processes import Bot, end

pytestmark = pytest.mark.waits

BOT_TOKEN = "xoxb-canary-1111111111"
SIGNING = "canarysigning2222222222"
ROTATED = "canaryrotated3333333333"
KEY = "sk-canary-4444444444"
DATABASE = "canarypassword5555555555"
PROMPT = "canaryprompt6666666666"
SECRETS = (BOT_TOKEN, SIGNING, ROTATED, KEY, DATABASE)


def test_R81_no_error_path_shows_a_secret_or_logs_a_prompt(database_url: str, tmp_path: Path) -> None:
    url = database_url.replace("postgresql+psycopg://postgres@", f"postgresql+psycopg://postgres:{DATABASE}@")
    with FarEnd(bot_token=BOT_TOKEN, signing_secret=SIGNING) as slack, FarOpenAI(key=KEY) as openai:
        bot = Bot(slack, openai, url, tmp_path, SLACK_SIGNING_SECRET=f"{SIGNING},{ROTATED}")
        openai.next(
            trouble.blocked("output"),
            trouble.broken(500),
            trouble.lost(),
            trouble.page(),
            trouble.key_rejected(KEY),
        )
        process = bot.start()
        answered = [walk_error_paths(slack, bot)]
        with urllib.request.urlopen(bot.url + "/readyz") as ready:
            answered.append(ready.read().decode())
        assert end(process) == 0
        said = json.dumps([(call.method, call.payload) for call in slack.calls_of()], default=str)
    written = bot.log.read_text()
    dumped = dump(url)
    for secret in SECRETS:
        for place, text in {"log": written, "answers": "".join(answered), "slack": said, "database": dumped}.items():
            assert secret not in text, f"{secret} in {place}"
    assert PROMPT not in written
    assert PROMPT in dumped, "the prompt itself is kept where it belongs"


def walk_error_paths(slack: FarEnd, bot: Bot) -> str:
    """Each of them once: bad requests, refusals, a drawing for every trouble; what the people were told."""
    told = []
    for number in range(5):
        told.append(slack.command(f'try "{PROMPT} {number}"').text)
        slack.wait(lambda: any(word in str(m.blocks) for m in slack.messages(STUDIO) for word in ENDED))
    told.append(slack.command(f'try "{PROMPT} paused"').text)
    told.append(slack.command(f'try "{PROMPT} elsewhere" premium', channel=UNINVITED).text)
    told.append(slack.command(f"estimate {PROMPT}").text)
    told.append(slack.command("show canaryunknown").text)
    slack.fail("views.open", faults.broken(500), times=1)
    slack.press(slack.messages(STUDIO)[0], "sample.retry")
    slack.signed.send(Sent("raw", {}, f"text={PROMPT}".encode(), {"Content-Type": "application/x-www-form-urlencoded"}))
    slack.wait(lambda: bot.log.read_text().count("refused with 401") > 0)
    return "".join(told)


ENDED = ("Perhaps billed", "Billed: ", "Nothing was charged")


def dump(url: str) -> str:
    """Every value of every table of ours and of the job engine."""
    store = open_ledger(url, busy_seconds=5)
    inspector = sa.inspect(store.engine)
    rows = []
    with store.engine.connect() as connection:
        for schema in [None, "dbos"] if "dbos" in inspector.get_schema_names() else [None]:
            for name in inspector.get_table_names(schema=schema):
                table = sa.table(name, schema=schema)
                rows += [tuple(row) for row in connection.execute(sa.select(sa.text("*")).select_from(table))]
    store.close()
    return repr(rows)
