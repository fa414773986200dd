"""The tables of what the facts came to here: changes of lanes as programs were told them, OpenAI's own list, and
what channels were told of models that end."""

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Integer, Table, Text

from bot.ledger.tables import Utc, metadata, team

# From which day a lane means which model to programs. Days are YYYY-MM-DD, so they sort as text.
lane_changes = Table(
    "lane_changes",
    metadata,
    Column("lane", Text, primary_key=True),
    Column("from_on", Text, primary_key=True),
    Column("model", Text),  # None: nothing fills it any more
    Column("announced_on", Text, nullable=False),
    Column("checked_on", Text, nullable=False),  # the day of the catalogue that said so
)

# OpenAI's list of models, one reading a UTC day: one process at a time, and after a failure not before `again_at`.
model_lists = Table(
    "model_lists",
    metadata,
    Column("day", Text, primary_key=True),
    Column("again_at", Utc, nullable=False),
    Column("done_at", Utc),
    Column("problem", Text),  # logged, once for this day
    Column("models", Text),  # JSON: image models and their days of shutdown; None: not read, or not OpenAI's list
    Column("told", Text, nullable=False, server_default=sa.text("'[]'")),  # JSON: what the admins were told that day
)

# What somebody chose for a workspace; without a row it goes where the weekly digest goes.
retirement_watches = Table(
    "retirement_watches",
    metadata,
    team(),
    Column("channel_id", Text),
    Column("running", Boolean, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", Utc, nullable=False),
)

# One post about all models that end on a day, written before it is posted.
retirement_posts = Table(
    "retirement_posts",
    metadata,
    team(),
    Column("id", Text, primary_key=True),
    Column("channel_id", Text, nullable=False),
    Column("ends_on", Text, nullable=False),  # YYYY-MM-DD
    Column("mark", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),  # the process that posts it
    Column("claimed_at", Utc, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("message_ts", Text),
    sa.CheckConstraint("state IN ('posting', 'posted', 'failed', 'refused', 'dropped')", name="state"),
)

# What was said of a model's end, once: so many days ahead, -1 the day after, 0 that the end was taken back or moved.
retirement_marks = Table(
    "retirement_marks",
    metadata,
    team(),
    Column("model", Text, primary_key=True),
    Column("ends_on", Text, primary_key=True),  # an end that moves begins anew
    Column("mark", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Text, nullable=False),
    ForeignKeyConstraint(["team_id", "post_id"], ["retirement_posts.team_id", "retirement_posts.id"]),
)
