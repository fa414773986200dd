"""The store: the only SQL of the house. `open_store` gives the Store; the rest of these look after its database."""

from bot.billing.rows import EnqueueBill
from bot.ledger.answered import MessageDelivery, Said
from bot.ledger.rows import Enqueue
from bot.store.store import Store, open_store
from bot.store.upkeep import check, glance, prepare, release

__all__ = [
    "MessageDelivery",
    "Enqueue",
    "EnqueueBill",
    "Said",
    "Store",
    "check",
    "glance",
    "open_store",
    "prepare",
    "release",
]
