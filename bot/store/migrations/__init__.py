"""Alembic's folder: env.py joins it to the connection that releasing.py hands over."""
