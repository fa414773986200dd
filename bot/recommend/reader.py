"""OpenAI's own list of models, read once a day: what differs from our facts is told, and nothing is taken over."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.lanes.listed import KeptList, differences, is_openais, of_images
from bot.ledger import model_lists
from bot.ledger.ledger import Ledger
from bot.ledger.model_lists import EnqueueReading
from bot.pricing.facts import Catalog
from bot.providers import PaintingFailed
from bot.settings import Settings

LEASE = timedelta(hours=1)  # how long one reader is waited for, and the least between two tries
SECONDS = 30.0
NOT_TAKEN_OVER = "Nothing is taken over by itself: `imagelane models diff` shows it."

log = logging.getLogger(__name__)


def model_list_reader(
    settings: Settings,
    store: Ledger,
    catalog: Catalog,
    tell_admins: Callable[[str], None],
    real: Callable[[], datetime],
) -> "ModelListReader | None":
    """None without a key, and beside an image service that is not OpenAI's."""
    key, address = settings.openai_api_key, settings.models_url
    if key is None or address is None:
        return None
    return ModelListReader(address, key.get_secret_value(), store, catalog, tell_admins, real)


@dataclass(frozen=True)
class ModelListReader:
    """`address` is the one under which /models stands. `real` is this machine's time: OpenAI's days pass by it."""

    address: str
    api_key: str
    store: Ledger
    catalog: Catalog
    tell_admins: Callable[[str], None]
    real: Callable[[], datetime]

    def begin(self, enqueue: Callable[[date], EnqueueReading]) -> bool:
        """Once a UTC day, however many processes ask, and again after a failure."""
        real = self.real()
        day = real.astimezone(UTC).date()
        return self.store.write_once(model_lists.begin, day, real, LEASE, enqueue(day))

    def read(self, on: str) -> None:
        """The job that `begin` enqueued. What was told is written before it is told: nobody hears it twice."""
        from bot.providers import openai  # with the first reading, as with the first picture: terminals never need it

        day = date.fromisoformat(on)
        try:
            listing = openai.shutdown_dates(self.api_key, self.address, SECONDS)
        except PaintingFailed as failure:
            log.warning("OpenAI's list of models was not read: %s", failure.code)
            self.store.write(model_lists.failed, day, self.real() + LEASE, failure.code)
            return
        models = of_images(listing) if is_openais(self.catalog, listing) else None
        if models is None:
            log.warning("%s lists none of our image models: it is not OpenAI's list", self.address)
        today = [] if models is None else [KeptList(day, models)]
        rows = differences(self.catalog, [*self.store.read(model_lists.kept), *today], day) if today else ()
        news = self.store.write(model_lists.done, day, self.real(), models, [row.sentence for row in rows])
        if news:
            self.tell_admins(f"{' '.join(news)} {NOT_TAKEN_OVER}")
