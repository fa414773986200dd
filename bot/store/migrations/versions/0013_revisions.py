"""Usage records by revisions, with their token counts in columns; and what an API token may do.

A table whose key grows is made anew: its rows are copied by one statement, whatever the database. In one transaction
as ever, so that one killed in the middle has changed nothing. docs/runbook.md says what it takes in time and room.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_MOMENT = sa.DateTime(timezone=True)
_TOKENS = ("text_in", "text_in_cached", "image_in", "image_in_cached", "text_out", "image_out")
_SAME = (
    *("team_id", "source", "id", "occurred_at", "received_at", "lane", "model", "quality", "width", "height", "images"),
    *("kept", "rejected", "reviewed_at", "project", "person_id", "amount_nanousd", "basis", "rates", "import_id"),
)


def _make() -> None:
    op.create_table(
        "usage_records",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("occurred_at", _MOMENT, nullable=False),
        sa.Column("images", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Integer(), nullable=True),
        sa.Column("rejected", sa.Integer(), nullable=True),
        sa.Column("amount_nanousd", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_import_id", sa.Text(), nullable=True),
        sa.Column("import_id", sa.Text(), nullable=True),
        sa.Column("lane", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("quality", sa.Text(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("reviewed_at", _MOMENT, nullable=True),
        sa.Column("batch", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=True),
        *(sa.Column(f"{kind}_tokens", sa.BigInteger(), nullable=True) for kind in _TOKENS),
        sa.Column("svg_usage", sa.Text(), nullable=True),
        sa.Column("partial_images", sa.Integer(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("rates", sa.Text(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("images >= 0", name=op.f("ck_usage_records_images")),
        sa.CheckConstraint("kept >= 0", name=op.f("ck_usage_records_kept")),
        sa.CheckConstraint("rejected >= 0", name=op.f("ck_usage_records_rejected")),
        sa.CheckConstraint(
            "coalesce(kept, 0) + coalesce(rejected, 0) <= coalesce(images, 0)", name=op.f("ck_usage_records_judged")
        ),
        sa.CheckConstraint("kind IN ('draw', 'edit')", name=op.f("ck_usage_records_kind")),
        sa.CheckConstraint(
            "basis IN ('usage', 'reported', 'published', 'tokens', 'unknown')", name=op.f("ck_usage_records_basis")
        ),
        sa.CheckConstraint("(basis = 'unknown') = (amount_nanousd IS NULL)", name=op.f("ck_usage_records_unknown")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (reason IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)",
            name=op.f("ck_usage_records_ended"),
        ),
        sa.CheckConstraint("reason IN ('void', 'replaced', 'repriced')", name=op.f("ck_usage_records_reason")),
        sa.PrimaryKeyConstraint("team_id", "source", "id", "revision", name=op.f("pk_usage_records")),
    )


def _copy(sqlite: bool) -> None:
    one = "json_extract(usage, '$.{kind}')" if sqlite else "(usage::json ->> '{kind}')::bigint"
    counts = ", ".join(one.format(kind=kind) for kind in _TOKENS)
    into = ", ".join((*_SAME, "revision", "kind", "batch", *(f"{kind}_tokens" for kind in _TOKENS)))
    op.execute(
        f"INSERT INTO usage_records ({into}) "  # noqa: S608 - names of ours
        f"SELECT {', '.join(_SAME)}, 1, 'draw', false, {counts} FROM usage_records_before"
    )


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.rename_table("usage_records", "usage_records_before")
    op.drop_index(op.f("ix_usage_records_team_id_occurred_at"), "usage_records_before")
    if not sqlite:  # there the name of a key belongs to the schema, not to its table
        op.drop_constraint(op.f("pk_usage_records"), "usage_records_before", type_="primary")
    _make()
    _copy(sqlite)
    op.drop_table("usage_records_before")
    op.create_index(
        op.f("ix_usage_records_team_id_occurred_at"), "usage_records", ["team_id", "occurred_at"], unique=False
    )
    reviewed = sa.text("coalesce(kept, rejected) IS NOT NULL")
    op.create_index(
        "ix_usage_records_reviewed",
        "usage_records",
        ["team_id", "source", "occurred_at"],
        sqlite_where=reviewed,
        postgresql_where=reviewed,
    )
    op.add_column("api_tokens", sa.Column("rights", sa.Text(), nullable=False, server_default="report,read"))
