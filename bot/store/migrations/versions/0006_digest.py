"""Weekly digests: when they are due, and which were posted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "digest_schedules",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", _MOMENT, nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name=op.f("pk_digest_schedules")),
    )
    op.create_table(
        "digest_posts",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("claimed_at", _MOMENT, nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("message_ts", sa.Text(), nullable=True),
        sa.Column("as_of", _MOMENT, nullable=True),
        sa.Column("told_nanousd", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('posting', 'posted', 'failed', 'refused')", name=op.f("ck_digest_posts_state")),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "week", "request", name=op.f("pk_digest_posts")),
    )
