"""Which workspace a bot token belongs to, and which workspaces were installed rather than only taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# A row that only an uninstall made bears its own id for a name, and knows no bot.
_INSTALLED = "UPDATE workspaces SET installed = true WHERE name <> team_id OR bot_user_id IS NOT NULL"


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("token_hash", sa.Text(), nullable=True))
    op.add_column("workspaces", sa.Column("installed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(_INSTALLED)
