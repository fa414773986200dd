"""Who sold a call that pipelines report, where that is not the model's own provider."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("usage_records", sa.Column("reseller", sa.Text(), nullable=True))
