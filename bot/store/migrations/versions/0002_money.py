"""What pipelines report, and the indexes by which a period is added up."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)


def _usage_records() -> None:
    op.create_table(
        "usage_records",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("occurred_at", _MOMENT, nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("lane", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("images", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=True),
        sa.Column("rejected", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", _MOMENT, nullable=True),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("usage", sa.Text(), nullable=True),
        sa.Column("amount_nanousd", sa.BigInteger(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("rates", sa.Text(), nullable=True),
        sa.CheckConstraint("images >= 1", name=op.f("ck_usage_records_images")),
        sa.CheckConstraint("kept >= 0", name=op.f("ck_usage_records_kept")),
        sa.CheckConstraint("rejected >= 0", name=op.f("ck_usage_records_rejected")),
        sa.CheckConstraint("coalesce(kept, 0) + coalesce(rejected, 0) <= images", name=op.f("ck_usage_records_judged")),
        sa.CheckConstraint(
            "basis IN ('usage', 'reported', 'published', 'tokens', 'unknown')", name=op.f("ck_usage_records_basis")
        ),
        sa.CheckConstraint("(basis = 'unknown') = (amount_nanousd IS NULL)", name=op.f("ck_usage_records_unknown")),
        sa.PrimaryKeyConstraint("team_id", "source", "id", name=op.f("pk_usage_records")),
    )
    op.create_index(
        op.f("ix_usage_records_team_id_occurred_at"), "usage_records", ["team_id", "occurred_at"], unique=False
    )


def _periods() -> None:
    op.create_index(
        op.f("ix_generations_team_id_drawn_at_created_at"),
        "generations",
        ["team_id", "drawn_at", "created_at"],
        unique=False,
    )
    op.create_index(op.f("ix_drawings_team_id_parent_id"), "drawings", ["team_id", "parent_id"], unique=False)


def upgrade() -> None:
    _usage_records()
    _periods()
