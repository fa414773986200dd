"""What must hold before anything is begun: that what is paid for can be stored."""

from contextlib import suppress

from bot.errors import BadSettings, StoreAway, StoreTrouble, StoreUnusable
from bot.ledger.workers import Worker, Workers
from bot.wiring import House, process_name


def prove_store(house: House) -> None:
    """Raises StoreUnusable where nothing more could be stored, before anything is begun."""
    try:
        Workers(house.store.engine).prove()
    except StoreAway as away:
        database = house.store.engine.url.database
        raise StoreUnusable(f"The database {database} {away.why}. Make room for it, then start again.") from away


def prove_folder(house: House, team_id: str) -> None:
    """Raises BadSettings where no picture of that workspace could be kept, before anything is begun."""
    unable = house.pictures.unable(team_id)
    if unable is not None:
        raise _no_folder(house, unable)


def prove_worker(house: House) -> None:
    """As `prove_folder`, and the row of this process says why it does not start: `web` would hold what nobody draws.

    The row counts for a minute, and whoever starts the process again and again renews it.
    """
    unable, name, workers = house.pictures.unable(), process_name(), Workers(house.store.engine)
    with suppress(StoreTrouble):
        if unable is None:
            workers.end(name)  # in a container the one before had the same name
        else:
            workers.tell(name, Worker(name, unable), house.clock.real())
    if unable is not None:
        raise _no_folder(house, unable)


def _no_folder(house: House, unable: str) -> BadSettings:
    return BadSettings(
        f"IMAGELANE_PICTURES: no picture can be stored in {house.settings.imagelane_pictures} ({unable})."
        " Make it a folder this user may write to, with room in it. Nothing was run or charged."
    )
