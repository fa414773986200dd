"""Blind comparisons: their plans and prompts, the pictures drawn for them, and how sure a vote is."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_MOMENT = sa.DateTime(timezone=True)
_STATES = "state IN ('planned', 'drawing', 'reviewing', 'sealed', 'cancelled')"


def _benches() -> None:
    op.create_table(
        "benches",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("cap_nanousd", sa.BigInteger(), nullable=False),
        sa.Column("held_nanousd", sa.BigInteger(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("message_ts", sa.Text(), nullable=True),
        sa.Column("verdict_ts", sa.Text(), nullable=True),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("week", sa.Text(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.CheckConstraint(_STATES, name=op.f("ck_benches_state")),
        sa.CheckConstraint("held_nanousd >= 0", name=op.f("ck_benches_held")),
        sa.CheckConstraint("cap_nanousd >= 0", name=op.f("ck_benches_cap")),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_benches")),
        sa.UniqueConstraint("team_id", "request_key", name=op.f("uq_benches_team_id_request_key")),
    )
    op.create_index(op.f("ix_benches_team_id_question"), "benches", ["team_id", "question"], unique=False)
    op.create_index(op.f("ix_benches_state"), "benches", ["state"], unique=False)


def _prompts() -> None:
    op.create_table(
        "bench_prompts",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("bench_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("dropped", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id", "bench_id"],
            ["benches.team_id", "benches.id"],
            name=op.f("fk_bench_prompts_team_id_bench_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "bench_id", "place", name=op.f("pk_bench_prompts")),
    )


def _ties() -> None:
    """No foreign key: SQLite would have to copy the whole table for one."""
    op.add_column("drawings", sa.Column("bench_id", sa.Text(), nullable=True))
    op.add_column("drawings", sa.Column("bench_place", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_drawings_team_id_bench_id"), "drawings", ["team_id", "bench_id"], unique=False)
    op.add_column("votes", sa.Column("confidence", sa.Integer(), nullable=True))


def upgrade() -> None:
    _benches()
    _prompts()
    _ties()
