"""What Slack said of a channel or a person, remembered for a while by every process alike."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "slack_answers",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "kind", "id", name=op.f("pk_slack_answers")),
        sa.CheckConstraint("kind IN ('channel', 'person')", name=op.f("ck_slack_answers_kind")),
    )
