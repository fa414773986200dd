"""The tables of blind tests. Their images are ordinary generations, their votes ordinary votes."""

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint

from bot.ledger.tables import Utc, metadata

benches = Table(
    "benches",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("request_key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("question", Text, nullable=False),  # the same for all that ask the same: looks are counted by it
    Column("plan", Text, nullable=False),  # JSON: entrants, reviewers, the cost of a reject
    Column("seed", Text, nullable=False),  # of the letters; a secret until it is sealed
    Column("cap_nanousd", BigInteger, nullable=False),
    Column("held_nanousd", BigInteger, nullable=False),  # reserved beside its calls, for those to be made again
    Column("demo", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("person_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("channel_id", Text),
    Column("message_ts", Text),
    Column("verdict_ts", Text),  # of the post that tells the verdict; empty while it is on its way
    Column("project", Text),
    Column("parent_id", Text),  # the bench whose prompts these are
    Column("period", Text),  # the month and week it was reserved in; none while it is planned
    Column("week", Text),
    Column("created_at", Utc, nullable=False),
    Column("ended_at", Utc),
    sa.CheckConstraint("state IN ('planned', 'drawing', 'reviewing', 'sealed', 'cancelled')", name="state"),
    sa.CheckConstraint("held_nanousd >= 0", name="held"),
    sa.CheckConstraint("cap_nanousd >= 0", name="cap"),
    UniqueConstraint("team_id", "request_key"),
    Index(None, "team_id", "question"),
    Index(None, "state"),
)

# Frozen when it is planned. `dropped` says why a prompt was left out, for all entrants alike.
bench_prompts = Table(
    "bench_prompts",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("bench_id", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("prompt", Text, nullable=False),
    Column("dropped", Text),
    sa.ForeignKeyConstraint(["team_id", "bench_id"], ["benches.team_id", "benches.id"]),
)

# Pictures side by side under their letters, one file for each order they are shown in: nothing leaves by lane.
bench_composites = Table(
    "bench_composites",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("bench_id", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("shown_order", Text, primary_key=True),  # entrants as they stand under A, B and C: "10"
    Column("file_id", Text, nullable=False),  # Slack's
    sa.ForeignKeyConstraint(["team_id", "bench_id"], ["benches.team_id", "benches.id"]),
)

# What is drawn on in a channel where nobody names a lane: chosen after a blind test.
lane_choices = Table(
    "lane_choices",
    metadata,
    Column("team_id", Text, primary_key=True),
    Column("channel_id", Text, primary_key=True),
    Column("choice", Text, nullable=False),  # a lane, or a model
    Column("quality", Text, nullable=False),
    Column("bench_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("chosen_at", Utc, nullable=False),
)
