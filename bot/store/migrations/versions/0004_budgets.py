"""Budgets people set, the projects of channels, what was said of thresholds, and the week of each picture."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)


def _budgets() -> None:
    op.create_table(
        "budgets",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Text(), nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("limit_nanousd", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("scope IN ('workspace', 'channel', 'person', 'project')", name=op.f("ck_budgets_scope")),
        sa.CheckConstraint("per IN ('week', 'month')", name=op.f("ck_budgets_per")),
        sa.CheckConstraint("limit_nanousd >= 0", name=op.f("ck_budgets_limit")),
        sa.PrimaryKeyConstraint("team_id", "scope", "scope_id", name=op.f("pk_budgets")),
    )


def _alerts() -> None:
    op.create_table(
        "budget_alerts",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('over', 'back')", name=op.f("ck_budget_alerts_state")),
        sa.PrimaryKeyConstraint("team_id", "scope", "scope_id", "period", "threshold", name=op.f("pk_budget_alerts")),
    )


def _projects() -> None:
    op.create_table(
        "channel_projects",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name=op.f("pk_channel_projects")),
    )
    op.add_column("drawings", sa.Column("project", sa.Text(), nullable=True))


def _weeks() -> None:
    """Of pictures there are, by the days of UTC: which zone they were asked for in is not known here."""
    op.add_column("generations", sa.Column("week", sa.Text(), nullable=True))
    op.create_index(op.f("ix_generations_team_id_week"), "generations", ["team_id", "week"], unique=False)
    op.create_index(op.f("ix_generations_team_id_period"), "generations", ["team_id", "period"], unique=False)
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        day = "substr(created_at, 1, 10)"
    else:
        day = "to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
    for found in connection.execute(sa.text(f"SELECT DISTINCT {day} FROM generations")).scalars().all():  # noqa: S608
        year, number, _ = date.fromisoformat(found).isocalendar()
        change = sa.text(f"UPDATE generations SET week = :week WHERE {day} = :day")  # noqa: S608 - an expression of ours
        connection.execute(change, {"week": f"{year}-W{number:02}", "day": found})


def upgrade() -> None:
    _budgets()
    _alerts()
    _projects()
    _weeks()
