"""What a person's Home showed last, and the sheet of their last pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "home_pages",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("page_hash", sa.Text(), nullable=True),
        sa.Column("sheet_hash", sa.Text(), nullable=True),
        sa.Column("sheet_file_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "person_id", name=op.f("pk_home_pages")),
    )
