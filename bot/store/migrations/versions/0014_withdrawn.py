"""A vote can be taken back: a row that says so, as history is only added to.

SQLite can't change a check in place: there the table is made anew, its rows copied by one statement.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_VERDICTS = "verdict IN ('keep', 'reject', 'withdrawn')"


def _make() -> None:
    op.create_table(
        "votes",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("generation_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.CheckConstraint(_VERDICTS, name=op.f("ck_votes_verdict")),
        sa.ForeignKeyConstraint(
            ["team_id", "generation_id"],
            ["generations.team_id", "generations.id"],
            name=op.f("fk_votes_team_id_generation_id"),
        ),
        sa.PrimaryKeyConstraint("team_id", "generation_id", "number", name=op.f("pk_votes")),
    )


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_votes_verdict"), "votes", type_="check")
        op.create_check_constraint(op.f("ck_votes_verdict"), "votes", _VERDICTS)
        return
    op.rename_table("votes", "votes_before")
    _make()
    columns = "team_id, generation_id, number, person_id, verdict, reason, at, confidence"
    op.execute(f"INSERT INTO votes ({columns}) SELECT {columns} FROM votes_before")  # noqa: S608 - names of ours
    op.drop_table("votes_before")
