"""What is done with a store as a whole, beside its calls one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from callcoach.core import Viewer
from callcoach.store.door import Door
from callcoach.store.records import Records, judged_items, records
from callcoach.store.rows import ALL_CALLS, CallFilter


class Bulk(Door):
    """A store that is read from end to end."""

    @contextmanager
    def records(self, viewer: Viewer, *, where: CallFilter = ALL_CALLS) -> Iterator[Records]:
        """Every call that the viewer may see, newest first, as of one moment; a few in memory at a time."""
        with self._database.snapshot() as connection:
            yield Records(
                judged_items(connection),
                records(connection, viewer, where=where, rep_first_hours=self.rep_first_hours),
            )
