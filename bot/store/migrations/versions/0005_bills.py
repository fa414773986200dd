"""What the provider billed and counted, and who reads it when."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "provider_days",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("start_at", _MOMENT, nullable=False),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "source", "start_at", name=op.f("pk_provider_days")),
    )
    op.create_table(
        "provider_buckets",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("start_at", _MOMENT, nullable=False),
        sa.Column("end_at", _MOMENT, nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("amount_nanousd", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint(
            "team_id", "source", "start_at", "kind", "project", "item", name=op.f("pk_provider_buckets")
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "source", "start_at"],
            ["provider_days.team_id", "provider_days.source", "provider_days.start_at"],
            name=op.f("fk_provider_buckets_team_id_source_start_at_provider_days"),
        ),
        sa.CheckConstraint("kind IN ('cost', 'usage')", name=op.f("ck_provider_buckets_kind")),
        sa.CheckConstraint("(kind = 'cost') = (amount_nanousd IS NOT NULL)", name=op.f("ck_provider_buckets_amount")),
    )
    op.create_table(
        "bill_readings",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("again_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "day", name=op.f("pk_bill_readings")),
    )
