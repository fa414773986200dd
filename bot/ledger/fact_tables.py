"""The tables of what the facts came to here: changes of lanes as programs were told them, and OpenAI's own list."""

import sqlalchemy as sa
from sqlalchemy import Column, Table, Text

from bot.ledger.tables import Utc, metadata

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
