"""What a database error means: busy, in the way of others, away, or unsure whether it was done."""

import sqlite3

import sqlalchemy as sa

from bot.errors import StoreAway, StoreBusy, StoreTrouble, StoreUnsure

# PostgreSQL. All of these were rolled back.
_TANGLED = {"40001", "40P01"}  # serialization failure, deadlock
CONTENDED = {"55P03"} | _TANGLED  # lock timeout
_LOCKED = {"57014"} | CONTENDED  # statement timeout
_TOO_LARGE = "22003"  # of a number; SQLite has no code for it
_FULL, _BROKEN = "is full", "can't be written to"
_AWAY = {"53100": _FULL, "58030": _BROKEN, "25006": _BROKEN}  # disk full, I/O error, read-only
_SQLITE_AWAY = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: _BROKEN,
    sqlite3.SQLITE_READONLY: _BROKEN,
    sqlite3.SQLITE_CANTOPEN: "can't be opened",
}
NO_ANSWER = (StoreTrouble, sa.exc.SQLAlchemyError)  # of whoever only asks, and shows what there is


class Tangled(StoreBusy):
    """It was in the way of others, and was rolled back for it: to be done again at once."""


class TooMuchMoney(StoreTrouble):
    """A sum that no 64 bits of nano-dollars hold: some amount in it can't be right."""

    code = "too_much_money"

    def __init__(self) -> None:
        super().__init__(
            "These records add up to more than 9.2 billion dollars, so an amount among them is wrong. "
            "`imagelane export` lists them, `imagelane usage void` takes one out."
        )


def interrupted(error: sa.exc.DBAPIError) -> bool:
    """SQLite gave up for lack of time."""
    return isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT


def trouble_of(error: sa.exc.DBAPIError, committing: bool) -> StoreTrouble | None:
    """None: it is a fault of ours."""
    state = getattr(error.orig, "sqlstate", None)
    if state in _TANGLED:
        return Tangled()
    if locked(error):
        return StoreBusy()
    if state == _TOO_LARGE or "integer overflow" in str(error.orig):
        return TooMuchMoney()
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_trouble(_code(error.orig), committing)
    if state in _AWAY:
        return StoreAway(_AWAY[state])
    # A connection lost during COMMIT may have committed: that must not be called "nothing was run".
    return (StoreUnsure() if committing else StoreBusy()) if _lost(error, state) else None


def locked(error: sa.exc.DBAPIError) -> bool:
    """Somebody else was at it for longer than was waited."""
    if isinstance(error.orig, sqlite3.Error):
        return _code(error.orig) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(error.orig, "sqlstate", None) in _LOCKED


def _code(error: sqlite3.Error) -> int:
    """Without its details; 0 for what SQLite itself never said."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _sqlite_trouble(code: int, committing: bool) -> StoreTrouble | None:
    if code == sqlite3.SQLITE_IOERR and committing:
        return StoreUnsure()
    return StoreAway(_SQLITE_AWAY[code]) if code in _SQLITE_AWAY else None


def _lost(error: sa.exc.DBAPIError, state: str | None) -> bool:
    """The server refused or cut the connection."""
    cut = state is None or state[:2] in ("08", "53") or state in ("57P01", "57P02", "57P03")
    return isinstance(error, sa.exc.OperationalError) and cut
