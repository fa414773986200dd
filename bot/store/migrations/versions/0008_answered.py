"""Messages that were taken up, by channel and ts: an edited one comes again under another event id."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# What was drawn for a mention stands in its thread, so its ts is known, or that of the message the thread hangs on.
_DRAWN_BEFORE = """
INSERT INTO answered_messages (team_id, channel_id, ts, words_hash, taken_at)
SELECT team_id, channel_id, thread_ts, NULL, min(created_at) FROM drawings
WHERE request_key LIKE 'event:%' AND channel_id IS NOT NULL AND thread_ts IS NOT NULL
GROUP BY team_id, channel_id, thread_ts
"""


def upgrade() -> None:
    op.create_table(
        "answered_messages",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("words_hash", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "ts", name=op.f("pk_answered_messages")),
    )
    op.execute(_DRAWN_BEFORE)
