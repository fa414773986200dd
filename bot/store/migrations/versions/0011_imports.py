"""Imports under way: what one has stored so far belongs to no sum before the last of it stands."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "open_imports",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_open_imports")),
    )
    op.add_column("usage_records", sa.Column("import_id", sa.Text(), nullable=True))
