"""Pictures side by side for who judges them, and the lane a channel chose after a blind test."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "bench_composites",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("bench_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shown_order", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "bench_id"],
            ["benches.team_id", "benches.id"],
            name=op.f("fk_bench_composites_team_id_bench_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "bench_id", "place", "shown_order", name=op.f("pk_bench_composites")),
    )
    op.create_table(
        "lane_choices",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("bench_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name=op.f("pk_lane_choices")),
    )
