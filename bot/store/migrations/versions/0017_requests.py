"""Asking for more than a budget holds, and who is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "budget_requests",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("thread_ts", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("hold_nanousd", sa.BigInteger(), nullable=False),
        sa.Column("refusals", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("drawing_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'declined', 'refused', 'expired')",
            name=op.f("ck_budget_requests_state"),
        ),
        sa.CheckConstraint("hold_nanousd >= 0", name=op.f("ck_budget_requests_hold")),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_budget_requests")),
    )
    op.create_index(
        op.f("ix_budget_requests_team_id_state_asked_at"),
        "budget_requests",
        ["team_id", "state", "asked_at"],
        unique=False,
    )
    op.create_table(
        "budget_request_people",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("message_ts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id", "request_id"],
            ["budget_requests.team_id", "budget_requests.id"],
            name=op.f("fk_budget_request_people_team_id_request_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "request_id", "person_id", name=op.f("pk_budget_request_people")),
    )
