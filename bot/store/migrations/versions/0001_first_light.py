"""Workspaces, drawings, generations, charges, budgets, votes, pauses, audits."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bot_user_id", sa.Text(), nullable=True),
        sa.Column("stopped_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_workspaces")),
    )


def _drawings() -> None:
    op.create_table(
        "drawings",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("thread_ts", sa.Text(), nullable=True),
        sa.Column("message_ts", sa.Text(), nullable=True),
        sa.Column("reply_url", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_drawings")),
        sa.UniqueConstraint("team_id", "request_key", name=op.f("uq_drawings_team_id_request_key")),
    )
    op.create_index(
        op.f("ix_drawings_team_id_person_id_created_at"),
        "drawings",
        ["team_id", "person_id", "created_at"],
        unique=False,
    )


def _generations() -> None:
    op.create_table(
        "generations",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("drawing_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", _MOMENT, nullable=False),
        sa.Column("expected_nanousd", sa.BigInteger(), nullable=False),
        sa.Column("reserved_nanousd", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("usage", sa.Text(), nullable=True),
        sa.Column("returned_quality", sa.Text(), nullable=True),
        sa.Column("returned_size", sa.Text(), nullable=True),
        sa.Column("service_request_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("drawn_at", _MOMENT, nullable=True),
        sa.CheckConstraint("reserved_nanousd >= 0", name=op.f("ck_generations_reserved")),
        sa.ForeignKeyConstraint(
            ["team_id", "drawing_id"],
            ["drawings.team_id", "drawings.id"],
            name=op.f("fk_generations_team_id_drawing_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_generations")),
    )
    op.create_index(op.f("ix_generations_state_state_at"), "generations", ["state", "state_at"], unique=False)
    op.create_index(op.f("ix_generations_team_id_drawing_id"), "generations", ["team_id", "drawing_id"], unique=False)


def _charges() -> None:
    op.create_table(
        "charges",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("generation_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_nanousd", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("rates", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('metered', 'assumed', 'correction')", name=op.f("ck_charges_kind")),
        sa.ForeignKeyConstraint(
            ["team_id", "generation_id"],
            ["generations.team_id", "generations.id"],
            name=op.f("fk_charges_team_id_generation_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_charges")),
        sa.UniqueConstraint("team_id", "generation_id", "kind", name=op.f("uq_charges_team_id_generation_id_kind")),
    )
    op.create_index(op.f("ix_charges_team_id_period"), "charges", ["team_id", "period"], unique=False)


def _budget_periods() -> None:
    op.create_table(
        "budget_periods",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("spent_nanousd", sa.BigInteger(), nullable=False),
        sa.Column("reserved_nanousd", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reserved_nanousd >= 0", name=op.f("ck_budget_periods_reserved")),
        sa.PrimaryKeyConstraint("team_id", "scope", "scope_id", "period", name=op.f("pk_budget_periods")),
    )


def _votes() -> None:
    op.create_table(
        "votes",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("generation_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.CheckConstraint("verdict IN ('keep', 'reject')", name=op.f("ck_votes_verdict")),
        sa.ForeignKeyConstraint(
            ["team_id", "generation_id"],
            ["generations.team_id", "generations.id"],
            name=op.f("fk_votes_team_id_generation_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "generation_id", "number", name=op.f("pk_votes")),
    )


def _pauses() -> None:
    op.create_table(
        "pauses",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("until", _MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.Column("probe", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_pauses")),
    )


def _audits() -> None:
    op.create_table(
        "audits",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_audits")),
    )
    op.create_index(op.f("ix_audits_team_id_at"), "audits", ["team_id", "at"], unique=False)


def _append_only() -> None:
    """A charge is never changed and never taken back: a correction is a new row."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER charges_no_{change.lower()} BEFORE {change} ON charges"
                " BEGIN SELECT RAISE(ABORT, 'charges are append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION charges_are_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'charges are append-only'; END $$"
    )
    for change, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = change.split()[0].lower()
        op.execute(
            f"CREATE TRIGGER charges_no_{name} BEFORE {change} ON charges"
            f" FOR EACH {each} EXECUTE FUNCTION charges_are_append_only()"
        )


def upgrade() -> None:
    _workspaces()
    _drawings()
    _generations()
    _charges()
    _budget_periods()
    _votes()
    _pauses()
    _audits()
    _append_only()
