"""The tables of what comes in from outside: usage of pipelines, the tokens they bring, and the provider's bill."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from bot.ledger.tables import Utc, metadata, team
from bot.pricing.usage import Usage

TOKEN_KINDS = tuple(Usage.__dataclass_fields__)
BUCKET_SOURCE = "openai"
BUCKET_PREFIX = "bucket/"  # of the id of every bucket: what a pipeline reports under that source has another

# What pipelines report: one row a revision of a record, priced once, when it comes in. A correction ends the revision
# that stands and perhaps adds the next; what was reported is never updated, save by a review. What every sum reads
# stands first: a database finds a column of a row by way of those before it.
usage_records = Table(
    "usage_records",
    metadata,
    team(),
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("occurred_at", Utc, nullable=False),
    Column("images", Integer),  # None: not told; 0: a call that was billed and brought none
    Column("kept", Integer),
    Column("rejected", Integer),
    Column("amount_nanousd", BigInteger),  # None: nobody published the price
    Column("ended_at", Utc),
    Column("ended_import_id", Text),  # what ended it: while that is among the open ones, it stands
    Column("import_id", Text),  # what brought it in: while that is among the open ones, it counts for nothing
    Column("lane", Text),  # the one its model filled on the day it occurred
    Column("model", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("project", Text),
    Column("person_id", Text),
    Column("quality", Text),  # None: not told; so is the size
    Column("width", Integer),
    Column("height", Integer),
    Column("received_at", Utc, nullable=False),
    Column("reviewed_at", Utc),
    Column("batch", Boolean, nullable=False),
    Column("tier", Text),  # the service tier of the call, as it was told
    *(Column(f"{kind}_tokens", BigInteger) for kind in TOKEN_KINDS),
    Column("svg_usage", Text),  # JSON: what writing an SVG took, billed beside them
    Column("partial_images", Integer),
    Column("basis", Text, nullable=False),
    Column("rates", Text),  # the dated rates the amount was reckoned by
    Column("ended_by", Text),  # the token's id, or who sat at the terminal
    Column("reason", Text),
    Column("reseller", Text),  # who sold the call, such as azure; None: the model's own provider
    sa.CheckConstraint("images >= 0", name="images"),
    sa.CheckConstraint("kept >= 0", name="kept"),
    sa.CheckConstraint("rejected >= 0", name="rejected"),
    # Without coalesce a record with one of them unknown would pass whatever the other says.
    sa.CheckConstraint("coalesce(kept, 0) + coalesce(rejected, 0) <= coalesce(images, 0)", name="judged"),
    sa.CheckConstraint("kind IN ('draw', 'edit')", name="kind"),
    sa.CheckConstraint("basis IN ('usage', 'reported', 'published', 'tokens', 'unknown')", name="basis"),
    sa.CheckConstraint("(basis = 'unknown') = (amount_nanousd IS NULL)", name="unknown"),
    sa.CheckConstraint(
        "(ended_at IS NULL) = (reason IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)", name="ended"
    ),
    sa.CheckConstraint("reason IN ('void', 'replaced', 'repriced')", name="reason"),
    # One that holds every column summed was no faster on SQLite, and takes 1 GB more in 10,000,000 rows.
    Index(None, "team_id", "occurred_at"),
)

REVIEWED = sa.func.coalesce(usage_records.c.kept, usage_records.c.rejected).is_not(None)

# Which sources reported a review is asked with every sum.
Index(
    "ix_usage_records_reviewed",
    *(usage_records.c[name] for name in ("team_id", "source", "occurred_at")),
    sqlite_where=REVIEWED,
    postgresql_where=REVIEWED,
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
    """Which revisions every answer counts: those not ended, without what an open import brought or ended so far."""
    of = usage_records.c
    stands = sa.or_(of.ended_at.is_(None), opened_by(of.ended_import_id))
    return sa.and_(stands, sa.or_(of.import_id.is_(None), ~opened_by(of.import_id)))


def opened_by(import_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether that import is under way; unknown for None. The open ones are looked up once and not for each row."""
    c = open_imports.c
    return sa.tuple_(usage_records.c.team_id, import_id).in_(sa.select(c.team_id, c.id))


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
    Column("rights", Text, nullable=False, server_default="report,read"),
)

# What a team calls its own columns: `imagelane import --save-map`.
saved_maps = Table(
    "saved_maps",
    metadata,
    team(),
    Column("name", Text, primary_key=True),
    Column("columns", Text, nullable=False),  # JSON: our column -> theirs
    Column("source", Text),
    Column("zone", Text),
    Column("saved_at", Utc, nullable=False),
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
