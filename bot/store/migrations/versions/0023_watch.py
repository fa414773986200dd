"""The retirement watch: where it posts, what it posted, and which marks that settled."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "retirement_watches",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_retirement_watches")),
    )
    op.create_table(
        "retirement_posts",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("message_ts", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('posting', 'posted', 'failed', 'refused', 'dropped')", name=op.f("ck_retirement_posts_state")
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_retirement_posts")),
    )
    op.create_table(
        "retirement_marks",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=False),
        sa.Column("mark", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id", "post_id"],
            ["retirement_posts.team_id", "retirement_posts.id"],
            name=op.f("fk_retirement_marks_team_id_post_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "model", "ends_on", "mark", name=op.f("pk_retirement_marks")),
    )
