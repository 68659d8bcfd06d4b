"""What a database can refuse, in our own errors, with what to do about it.

The driver's own text may quote rows, and rows hold customers' words: it is never chained or logged.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from callcoach.core.errors import OutOfSpace, StoreError, StoreUnreachable

log = logging.getLogger(__name__)

# Primary result codes of SQLite (https://www.sqlite.org/rescode.html).
_SQLITE_BUSY, _SQLITE_LOCKED, _SQLITE_READONLY, _SQLITE_IOERR = 5, 6, 8, 10
_SQLITE_CORRUPT, _SQLITE_FULL, _SQLITE_CANTOPEN, _SQLITE_NOTADB = 11, 13, 14, 26
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_PG_DISK_FULL, _PG_READ_ONLY = "53100", "25006"
_RETRY_STATES = frozenset(["40001", "40P01"])  # serialisation failure, deadlock

_DAMAGED = (
    "the store must be a whole callcoach database; {url} is damaged or not a database, and was not "
    "changed: restore it from a backup, or name another with --store"
)
_MESSAGES = {
    _SQLITE_BUSY: "the store must be free to write; {url} stayed locked by another program: close it or try again",
    _SQLITE_LOCKED: "the store must be free to write; {url} stayed locked by another program: try again",
    _SQLITE_READONLY: (
        "the store must be writable; {url} is read-only: change the permissions of the file and its folder, "
        "or name another with --store"
    ),
    _SQLITE_IOERR: "the store must be readable and writable; the disk of {url} failed: check the disk",
    _SQLITE_CORRUPT: _DAMAGED,
    _SQLITE_NOTADB: _DAMAGED,
    _SQLITE_CANTOPEN: (
        "the store must be a file in a folder that may be written; {url} cannot be opened: check the path "
        "and its permissions, or name another with --store"
    ),
}
_NO_SPACE = "the store needs free disk space; {url} has none left: free some and run again, nothing half-written stays"


def _code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def translated(error: Exception, url: str) -> Exception:
    """Our error for a driver's; a `StoreError` that names the kind for what nobody foresaw."""
    original = getattr(error, "orig", None) or error
    code, state = _code(original), getattr(original, "sqlstate", None)
    if code == _SQLITE_FULL or state == _PG_DISK_FULL:
        return OutOfSpace(_NO_SPACE.format(url=url))
    if state == _PG_READ_ONLY:
        code = _SQLITE_READONLY
    if code in _MESSAGES:
        kind = StoreUnreachable if code in (_SQLITE_BUSY, _SQLITE_LOCKED) else StoreError
        return kind(_MESSAGES[code].format(url=url))
    if isinstance(error, (exc.OperationalError, exc.InterfaceError)) and code is None:
        return StoreUnreachable(
            f"the store must answer; {url} did not (state {state or 'none'}): check that the server runs, "
            "and the user, password and database of the URL"
        )
    name = type(original).__name__
    detail = state or getattr(original, "sqlite_errorname", "") or "no code"
    return StoreError(
        f"the store must take what is written; {url} refused it ({name}, {detail}): report this"
    )


def may_pass(error: exc.DBAPIError) -> bool:
    """Whether the same work may succeed when it is done again: it met another writer."""
    return isinstance(error, exc.IntegrityError) or getattr(error.orig, "sqlstate", None) in _RETRY_STATES


@contextmanager
def translating(url: str) -> Iterator[None]:
    """Turn what SQLAlchemy raises into our tree."""
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        log.info("store error: %s", type(error).__name__)
        raise translated(error, url) from None
