"""A request for more may be for a picture that is drawn again."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("budget_requests", sa.Column("parent_id", sa.Text(), nullable=True))
