"""Alembic's folder: env.py joins it to the connection that upkeep.py hands over."""
