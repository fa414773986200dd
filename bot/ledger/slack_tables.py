"""The tables of what is known from Slack for a while."""

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Integer, Table, Text

from bot.ledger.tables import Utc, metadata, team

# What Slack said of a channel's readers or of a person, for a while. `answer` None: forgotten, and to be asked again.
slack_answers = Table(
    "slack_answers",
    metadata,
    team(),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("answer", Text),
    Column("asked_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    sa.CheckConstraint("kind IN ('channel', 'person')", name="kind"),
)

# A window somebody has before them, and the answer it was opened from: what is saved in it brings that up to date.
opened_windows = Table(
    "opened_windows",
    metadata,
    team(),
    Column("view_id", Text, primary_key=True),
    Column("person_id", Text, nullable=False),
    Column("channel_id", Text),
    Column("thread_ts", Text),
    Column("reply_url", Text),  # a secret for 30 minutes
    Column("alone", Boolean, nullable=False),  # only that person sees the answer, so it can be replaced
    Column("question", Text, nullable=False),  # in the words of the feature that opened the window
    Column("opened_at", Utc, nullable=False),
    Column("saved_at", Utc),
)

# The Home of one person as it was published last, and the sheet of their last pictures: both are made anew only where
# what they show has changed.
home_pages = Table(
    "home_pages",
    metadata,
    team(),
    Column("person_id", Text, primary_key=True),
    Column("page_hash", Text),
    Column("sheet_hash", Text),
    Column("sheet_file_id", Text),
)
