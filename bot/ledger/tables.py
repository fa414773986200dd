"""The tables, as SQLAlchemy Core. Migrations make them; a test holds the two together.

Money is whole nano-dollars in BIGINT, time is aware UTC. Every key begins with the team, except for pauses,
workers, and what the facts came to: key, processes and catalogue are shared by all.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(sa.types.TypeDecorator[datetime]):
    """An aware moment, kept as UTC. SQLite drops the zone, so it is put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def team() -> Column[str]:
    return Column("team_id", Text, primary_key=True)


workspaces = Table(
    "workspaces",
    metadata,
    team(),
    Column("name", Text, nullable=False),
    Column("bot_user_id", Text),
    Column("stopped_at", Utc),
    Column("token_hash", Text),  # SHA-256 of the bot token that Slack said is of this workspace
    Column("installed", Boolean, nullable=False, server_default=sa.false()),  # false: only an uninstall told of it
)

# One command and its one message in a channel.
drawings = Table(
    "drawings",
    metadata,
    team(),
    Column("id", Text, primary_key=True),
    Column("request_key", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("channel_id", Text),
    Column("thread_ts", Text),
    Column("message_ts", Text),
    Column("reply_url", Text),  # a secret for 30 minutes: cleared as soon as the message stands
    Column("source", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("parent_id", Text),  # the generation this is a retry of
    Column("project", Text),  # the one its channel was tied to when it was asked for
    Column("created_at", Utc, nullable=False),
    Column("bench_id", Text),  # the blind test it is drawn for, and for which of its prompts
    Column("bench_place", Integer),
    UniqueConstraint("team_id", "request_key"),
    Index(None, "team_id", "person_id", "created_at"),
    Index(None, "team_id", "parent_id"),
    Index(None, "team_id", "bench_id"),
)

# One paid call and its one image.
generations = Table(
    "generations",
    metadata,
    team(),
    Column("id", Text, primary_key=True),
    Column("drawing_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("lane", Text),
    Column("model", Text, nullable=False),
    Column("quality", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_at", Utc, nullable=False),  # when it came into this state
    Column("expected_nanousd", BigInteger, nullable=False),
    Column("reserved_nanousd", BigInteger, nullable=False),
    Column("period", Text, nullable=False),  # the month it was reserved in, and is booked in
    Column("week", Text),  # and the week
    Column("demo", Boolean, nullable=False),
    Column("owner", Text),
    Column("lease_until", Utc),
    Column("claim_key", Text),  # by it a claim finds itself whose commit was not answered
    Column("file_id", Text),
    Column("usage", Text),  # JSON of pricing.Usage
    Column("returned_quality", Text),
    Column("returned_size", Text),
    Column("service_request_id", Text),
    Column("reason", Text),
    Column("version", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("drawn_at", Utc),
    sa.ForeignKeyConstraint(["team_id", "drawing_id"], ["drawings.team_id", "drawings.id"]),
    sa.CheckConstraint("reserved_nanousd >= 0", name="reserved"),
    Index(None, "team_id", "drawing_id"),
    Index(None, "state", "state_at"),
    Index(None, "team_id", "week"),
    Index(None, "team_id", "period"),
    Index(None, "team_id", "drawn_at", "created_at"),  # what a period holds: drawn in it, or begun in it and not drawn
)

# Append-only, by triggers on both databases. A correction is a new row; so nothing is booked twice.
charges = Table(
    "charges",
    metadata,
    team(),
    Column("id", Text, primary_key=True),
    Column("generation_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount_nanousd", BigInteger, nullable=False),  # signed: a correction may be negative
    Column("period", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("rates", Text),  # the dated rates the amount was reckoned by
    sa.ForeignKeyConstraint(["team_id", "generation_id"], ["generations.team_id", "generations.id"]),
    sa.CheckConstraint("kind IN ('metered', 'assumed', 'correction')", name="kind"),
    UniqueConstraint("team_id", "generation_id", "kind"),
    Index(None, "team_id", "period"),
)

# A limit people set for each week or month; None: taken away, and the row stays for its version.
budgets = Table(
    "budgets",
    metadata,
    team(),
    Column("scope", Text, primary_key=True),
    Column("scope_id", Text, primary_key=True),  # empty for a workspace
    Column("per", Text, nullable=False),
    Column("limit_nanousd", BigInteger),
    Column("changed_at", Utc, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("version", Integer, nullable=False),
    sa.CheckConstraint("scope IN ('workspace', 'channel', 'person', 'project')", name="scope"),
    sa.CheckConstraint("per IN ('week', 'month')", name="per"),
    sa.CheckConstraint("limit_nanousd >= 0", name="limit"),
)

# What was said of a budget's threshold in a period. The row is written before the post, so it is said once.
budget_alerts = Table(
    "budget_alerts",
    metadata,
    team(),
    Column("scope", Text, primary_key=True),
    Column("scope_id", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("threshold", Integer, primary_key=True, autoincrement=False),  # per cent
    Column("state", Text, nullable=False),
    Column("told_at", Utc, nullable=False),
    sa.CheckConstraint("state IN ('over', 'back')", name="state"),
)

channel_projects = Table(
    "channel_projects",
    metadata,
    team(),
    Column("channel_id", Text, primary_key=True),
    Column("project", Text),
    Column("changed_at", Utc, nullable=False),
    Column("changed_by", Text, nullable=False),
)

# `spent` equals the sum of the period's charges, `reserved` that of its open reservations (Store.audit_sums).
budget_periods = Table(
    "budget_periods",
    metadata,
    team(),
    Column("scope", Text, primary_key=True),
    Column("scope_id", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("spent_nanousd", BigInteger, nullable=False),
    Column("reserved_nanousd", BigInteger, nullable=False),
    sa.CheckConstraint("reserved_nanousd >= 0", name="reserved"),
)

# Every vote ever cast, numbered for each image; the last one of a person is the one that counts. `withdrawn`: none.
votes = Table(
    "votes",
    metadata,
    team(),
    Column("generation_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text),
    Column("at", Utc, nullable=False),
    Column("confidence", Integer),  # 1 to 5, of a bench's votes
    sa.ForeignKeyConstraint(["team_id", "generation_id"], ["generations.team_id", "generations.id"]),
    sa.CheckConstraint("verdict IN ('keep', 'reject', 'withdrawn')", name="verdict"),
)

# What the image service refused: scope is a model id, or * for everything. `until` None: cleared.
pauses = Table(
    "pauses",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("until", Utc),
    Column("reason", Text, nullable=False),
    Column("told_at", Utc),  # when somebody was last told
    Column("probe", Text),  # team and id of the one generation that may try after `until`
)

# Processes that draw. `unable`: why one can't store a picture; None: it can. A row not seen for a minute says nothing.
workers = Table(
    "workers",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unable", Text),
    Column("seen_at", Utc, nullable=False),
)

audits = Table(
    "audits",
    metadata,
    team(),
    Column("id", Text, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("person_id", Text),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "team_id", "at"),
)

# When a channel gets its weekly digest. The hour is that of the zone, as people there read their clocks.
digest_schedules = Table(
    "digest_schedules",
    metadata,
    team(),
    Column("channel_id", Text, primary_key=True),
    Column("weekday", Integer, nullable=False),  # 0 is Monday
    Column("hour", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("zone", Text, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", Utc, nullable=False),
    Column("running", Boolean, nullable=False),
)

# One digest in one channel, written before it is posted. `request` names who asked for it once more; "" the schedule.
digest_posts = Table(
    "digest_posts",
    metadata,
    team(),
    Column("channel_id", Text, primary_key=True),
    Column("week", Text, primary_key=True),  # such as 2026-W46
    Column("request", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),  # the process that posts it
    Column("claimed_at", Utc, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("message_ts", Text),
    Column("as_of", Utc),
    Column("told_nanousd", BigInteger),  # the total it told: what comes in later is the difference
    sa.CheckConstraint("state IN ('posting', 'posted', 'failed', 'refused')", name="state"),
)

# A message that was taken up, so that a later edit of it is not. Its words are forgotten after a while, it is not.
answered_messages = Table(
    "answered_messages",
    metadata,
    team(),
    Column("channel_id", Text, primary_key=True),
    Column("ts", Text, primary_key=True),
    Column("words_hash", Text),
    Column("taken_at", Utc, nullable=False),
)
