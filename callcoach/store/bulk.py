"""What is done with a store as a whole, beside its calls one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from callcoach.core import Viewer
from callcoach.store import adoption as adopted
from callcoach.store import backup as backups
from callcoach.store import private, retention, skills, waiting
from callcoach.store.adoption import Adoption
from callcoach.store.backup import BackupInfo
from callcoach.store.door import Door
from callcoach.store.job_rows import JobRow, job_rows, reclass_jobs
from callcoach.store.records import Records, judged_items, records
from callcoach.store.retention import DeletionRow
from callcoach.store.rows import ALL_CALLS, CallFilter, CallPage
from callcoach.store.scope import owner_only


class Bulk(Door):
    """A store that is read, thinned out, backed up and restored from end to end."""

    @contextmanager
    def records(self, viewer: Viewer, *, where: CallFilter = ALL_CALLS) -> Iterator[Records]:
        """Every call that the viewer may see, newest first, as of one moment; a few in memory at a time."""
        with self._database.snapshot() as connection:
            yield Records(
                judged_items(connection),
                records(connection, viewer, where=where, rep_first_hours=self.rep_first_hours),
            )

    # Calls that wait for a person.

    def waiting_calls(
        self,
        viewer: Viewer,
        kind: str,
        *,
        where: CallFilter = ALL_CALLS,
        limit: int = 50,
        after: str | None = None,
    ) -> CallPage:
        """A page of the calls that wait for one of `waiting.WAITING`, newest first."""
        with self._database.reading() as connection:
            return waiting.waiting_calls(
                connection,
                viewer,
                kind,
                where=where,
                limit=limit,
                after=after,
                rep_first_hours=self.rep_first_hours,
            )

    def waiting_counts(self, viewer: Viewer) -> dict[str, int]:
        """How many calls wait for what, counted up to a hundred."""
        with self._database.reading() as connection:
            return waiting.waiting_counts(connection, viewer, rep_first_hours=self.rep_first_hours)

    # Coaching over time.

    def skill_rows(
        self, viewer: Viewer, *, people: Collection[str], since: datetime
    ) -> tuple[skills.SkillRow, ...]:
        """Scores of people's calls since a moment, newest first; only calls the viewer may see."""
        with self._database.reading() as connection:
            return skills.skill_rows(
                connection, viewer, people=people, since=since, rep_first_hours=self.rep_first_hours
            )

    def adoption(self, viewer: Viewer, *, since: datetime) -> tuple[Adoption, ...]:
        """Per team how many calls were opened by who leads and looked back on, alphabetical."""
        with self._database.reading() as connection:
            return adopted.adoption(connection, viewer, since=since, rep_first_hours=self.rep_first_hours)

    def unmatched_names(self, viewer: Viewer, *, limit: int = skills.NAMES) -> tuple[tuple[str, int], ...]:
        """Names of our side that nobody goes by, with how many calls bear them; for the owner."""
        with self._database.reading() as connection:
            return skills.unmatched_names(connection, viewer, limit=limit)

    def change_private(self, viewer: Viewer, kind: str, id_: str, body: dict) -> None:
        """Replace the body of something of one's own."""
        self._database.write(lambda c: private.change(c, viewer, kind, id_, body))

    @contextmanager
    def job_rows(self, viewer: Viewer, run_id: str | None = None) -> Iterator[Iterator[JobRow]]:
        """What became of every source of a run, or of all; for the owner and operations."""
        with self._database.snapshot() as connection:
            yield job_rows(connection, viewer, run_id)

    def reclass_jobs(self, viewer: Viewer, changes: Sequence[tuple[int, str, dict]]) -> None:
        """Give jobs (by id) another class and facts, in one transaction."""
        self._database.write(lambda connection: reclass_jobs(connection, viewer, changes))

    # Retention, for the owner.

    def calls_before(
        self, viewer: Viewer, before: datetime, *, limit: int = 500
    ) -> tuple[tuple[str, datetime], ...]:
        """Ids and times of the oldest calls from before a moment; of their start, else of their arrival."""
        with self._database.reading() as connection:
            return retention.calls_before(connection, viewer, before, limit=limit)

    def years_before(self, viewer: Viewer, before: datetime) -> dict[int, int]:
        """How many calls are from before a moment, per year."""
        with self._database.reading() as connection:
            return retention.years_before(connection, viewer, before)

    def people_named(self, viewer: Viewer, name: str) -> tuple[str, ...]:
        """Ids of everybody of the firm who goes by a name, or has it as id."""
        with self._database.reading() as connection:
            return retention.people_named(connection, viewer, name)

    def calls_with(
        self, viewer: Viewer, *, name: str | None = None, person_id: str | None = None
    ) -> tuple[str, ...]:
        """Ids of the calls with somebody in them, on whichever side."""
        with self._database.reading() as connection:
            return retention.calls_with(connection, viewer, name=name, person_id=person_id)

    def log_deletions(
        self,
        viewer: Viewer,
        *,
        why: str,
        n_calls: int,
        rows: Mapping[str, int],
        older_than_days: int | None = None,
    ) -> None:
        """Keep that calls were deleted: when, why and how many, never whose."""
        owner_only(viewer, "deleting calls")
        self._database.write(
            lambda c: retention.log_deletions(
                c, why=why, older_than_days=older_than_days, n_calls=n_calls, rows=rows
            )
        )

    def deletions(self, viewer: Viewer, *, since: datetime | None = None) -> tuple[DeletionRow, ...]:
        """Rounds of deletions, latest first."""
        with self._database.reading() as connection:
            return retention.deletions_since(connection, viewer, since)

    # Backups: everything, private notes too. For who runs the machine, as the files themselves are.

    def backup(self, viewer: Viewer, to: Path) -> BackupInfo:
        """Write all of the store, as of now, to one file; who works on goes on meanwhile."""
        owner_only(viewer, "a backup")
        return backups.backup(self._database, to)

    def restore(self, viewer: Viewer, path: Path, *, replace: bool = False) -> BackupInfo:
        """Put a backup, of either database, into this store; all of it or, after an error, nothing.

        Raises
        ------
        StoreError
            If the backup is damaged or of a newer release, or the store is not empty and `replace` is
            False.
        """
        owner_only(viewer, "restoring a backup")
        return backups.restore(self._database, path, replace=replace)
