"""The database: how it is opened and looked after. What is asked of it stands with each subject's rows."""

from sqlalchemy import Connection

from bot.store.releasing import prepare, release
from bot.store.troubles import NO_ANSWER
from bot.store.upkeep import check, glance

__all__ = ["NO_ANSWER", "Connection", "check", "glance", "prepare", "release"]
