"""The tables of what comes in from outside: usage of pipelines, the tokens they bring, and the provider's bill."""

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from bot.ledger.tables import Utc, metadata, team

# What pipelines report, one row a record; priced once, when it comes in.
usage_records = Table(
    "usage_records",
    metadata,
    team(),
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("occurred_at", Utc, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("lane", Text),  # the one its model filled on the day it occurred
    Column("model", Text, nullable=False),
    Column("quality", Text, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("images", Integer, nullable=False),
    Column("kept", Integer),
    Column("rejected", Integer),
    Column("reviewed_at", Utc),
    Column("project", Text),
    Column("person_id", Text),
    Column("usage", Text),  # JSON of pricing.Usage
    Column("amount_nanousd", BigInteger),  # None: nobody published the price
    Column("basis", Text, nullable=False),
    Column("rates", Text),  # the dated rates the amount was reckoned by
    Column("import_id", Text),  # what brought it in: while that is among the open ones, it counts for nothing
    sa.CheckConstraint("images >= 1", name="images"),
    sa.CheckConstraint("kept >= 0", name="kept"),
    sa.CheckConstraint("rejected >= 0", name="rejected"),
    # Without coalesce a record with one of them unknown would pass whatever the other says.
    sa.CheckConstraint("coalesce(kept, 0) + coalesce(rejected, 0) <= images", name="judged"),
    sa.CheckConstraint("basis IN ('usage', 'reported', 'published', 'tokens', 'unknown')", name="basis"),
    sa.CheckConstraint("(basis = 'unknown') = (amount_nanousd IS NULL)", name="unknown"),
    # One that holds every column summed was no faster on SQLite, and takes 1 GB more in 10,000,000 rows.
    Index(None, "team_id", "occurred_at"),
)

# Imports under way, and those that were killed: `touched_at` tells them apart. None: it is being taken away.
open_imports = Table(
    "open_imports",
    metadata,
    team(),
    Column("id", Text, primary_key=True),
    Column("touched_at", Utc),
)


def counted() -> sa.ColumnElement[bool]:
    """The condition that keeps an open import out of every answer."""
    c, of = open_imports.c, usage_records.c
    return ~sa.exists().where(c.team_id == of.team_id, c.id == of.import_id).correlate(usage_records)


# What a pipeline brings to /v1/. The token itself was shown once and is kept nowhere.
api_tokens = Table(
    "api_tokens",
    metadata,
    team(),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),  # SHA-256, hexadecimal
    Column("created_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

# Which UTC days of the provider's bill were read, and when last: a day is replaced whole, never added to.
provider_days = Table(
    "provider_days",
    metadata,
    team(),
    Column("source", Text, primary_key=True),
    Column("start_at", Utc, primary_key=True),
    Column("fetched_at", Utc, nullable=False),
)

# One line of a day of it. No total of the ledger ever adds these up with charges.
provider_buckets = Table(
    "provider_buckets",
    metadata,
    team(),
    Column("source", Text, primary_key=True),
    Column("start_at", Utc, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("project", Text, primary_key=True),
    Column("item", Text, primary_key=True),  # the line item of a cost, the model of a usage
    Column("end_at", Utc, nullable=False),
    Column("model", Text),  # None: it is about no image model
    Column("amount_nanousd", BigInteger),
    Column("quantity", Text),  # a decimal number of `unit`
    Column("unit", Text),
    sa.ForeignKeyConstraint(
        ["team_id", "source", "start_at"],
        ["provider_days.team_id", "provider_days.source", "provider_days.start_at"],
    ),
    sa.CheckConstraint("kind IN ('cost', 'usage')", name="kind"),
    sa.CheckConstraint("(kind = 'cost') = (amount_nanousd IS NOT NULL)", name="amount"),
)

# Who reads the bill on a day: one process at a time, and after a failure not before `again_at`.
bill_readings = Table(
    "bill_readings",
    metadata,
    team(),
    Column("day", Text, primary_key=True),
    Column("again_at", Utc, nullable=False),
    Column("done_at", Utc),
    Column("problem", Text),  # told to the admins, once for this day
)
