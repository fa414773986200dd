"""The tables of who asked for more than a budget holds, and who was asked."""

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Index, Table, Text

from bot.ledger.tables import Utc, metadata, team

# A drawing that budgets refused, and somebody may allow. It holds no money while it waits.
budget_requests = Table(
    "budget_requests",
    metadata,
    team(),
    Column("id", Text, primary_key=True),
    Column("request_key", Text, nullable=False),  # of the drawing it becomes
    Column("person_id", Text, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("thread_ts", Text),
    Column("words", Text),  # the command; NULL as soon as nothing waits for it
    Column("hold_nanousd", BigInteger, nullable=False),
    Column("refusals", Text, nullable=False),  # JSON of the budgets that lacked it, and of how much
    Column("asked_at", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("state", Text, nullable=False),
    Column("answered_by", Text),
    Column("answered_at", Utc),
    Column("drawing_id", Text),
    Column("reason", Text),  # why it was refused though somebody allowed it
    Column("told_at", Utc),  # how it ended: to all whom it concerns
    Column("parent_id", Text),  # the picture that the command draws again
    sa.CheckConstraint("state IN ('waiting', 'approved', 'declined', 'refused', 'expired')", name="state"),
    sa.CheckConstraint("hold_nanousd >= 0", name="hold"),
    Index(None, "team_id", "state", "asked_at"),
)

# Who may answer one, and the direct message that asks them.
budget_request_people = Table(
    "budget_request_people",
    metadata,
    team(),
    Column("request_id", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    Column("channel_id", Text),
    Column("message_ts", Text),
    sa.ForeignKeyConstraint(["team_id", "request_id"], ["budget_requests.team_id", "budget_requests.id"]),
)
