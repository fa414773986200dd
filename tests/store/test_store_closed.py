"""What is still in use when a store is closed ends with that use."""

import sqlalchemy as sa

from bot.ledger.ledger import open_ledger


def test_a_connection_that_is_given_back_to_a_closed_store_is_closed(postgres_url: str) -> None:
    store = open_ledger(postgres_url, busy_seconds=10)
    with store.engine.connect() as connection:
        driven = connection.connection.driver_connection
        store.close()
        assert connection.execute(sa.text("SELECT 1")).scalar_one() == 1
    assert driven is not None
    assert driven.closed
