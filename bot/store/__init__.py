"""The database: how it is opened and looked after. What is asked of it stands with each subject's rows."""

from bot.store.upkeep import check, glance, prepare, release

__all__ = ["check", "glance", "prepare", "release"]
