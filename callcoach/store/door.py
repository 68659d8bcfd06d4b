"""Opening and closing a store, and the check that stands before every read and change of a call."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection

from callcoach.core import Viewer
from callcoach.store.engine import Database, connected, parsed_url
from callcoach.store.migrate import bring_up_to_date
from callcoach.store.scope import seen_call

REP_FIRST_HOURS = 24.0
T = TypeVar("T")


class Door:
    """An open database with its schema up to date; `Store` adds what can be done with it."""

    def __init__(self, database: Database, *, rep_first_hours: float = REP_FIRST_HOURS) -> None:
        self._database = database
        self.url = database.url
        self.rep_first_hours = rep_first_hours

    @classmethod
    def open(
        cls, url: str | None = None, *, create: bool = True, rep_first_hours: float = REP_FIRST_HOURS
    ) -> Self:
        """Open a store and bring its schema up to this release.

        Parameters
        ----------
        url : str
            ``sqlite:///FILE`` or ``postgresql+psycopg://USER@HOST/DATABASE``; never guessed.
        create : bool
            Make the file, and folders above it, where nothing is yet.

        Raises
        ------
        BadSettings
            If the URL is missing or of another kind.
        StoreError
            If what is there is damaged, read-only, newer than this release or not a callcoach store;
            it has not been changed.
        OutOfSpace
            If the disk is full.
        MissingExtra
            If the driver of PostgreSQL is not installed.
        """
        parsed = parsed_url(url)
        database = Database(connected(parsed, create=create), url=parsed)
        try:
            bring_up_to_date(database)
        except BaseException:
            database.close()
            raise
        return cls(database, rep_first_hours=rep_first_hours)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, viewer: Viewer, call_id: str, what: Callable[[Connection, str], T]) -> T:
        with self._database.reading() as connection:
            seen_call(connection, viewer, call_id, rep_first_hours=self.rep_first_hours)
            return what(connection, call_id)

    def _change(self, viewer: Viewer, call_id: str, work: Callable[[Connection], T]) -> T:
        def checked(connection: Connection) -> T:
            self._database.lock_call(connection, call_id)
            seen_call(connection, viewer, call_id, rep_first_hours=self.rep_first_hours)
            return work(connection)

        return self._database.write(checked)
