"""Runs over an archive: one row each, written when it begins and when it ends."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import insert, select, update

from callcoach.store.engine import Database
from callcoach.store.rows import RunRow
from callcoach.store.schema import runs

RUN_ID_LENGTH = 12


class Runs:
    """The table of runs; reached as ``store.runs``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, *, task: str, source: str | None, options: dict) -> RunRow:
        row = RunRow(uuid.uuid4().hex[:RUN_ID_LENGTH], task, source, options, datetime.now(UTC))
        values = {
            "id": row.id,
            "task": task,
            "source": source,
            "options": options,
            "started_at": row.started_at,
            "counts": {},
        }
        self._database.write(lambda connection: connection.execute(insert(runs), values))
        return row

    def end(self, run_id: str, *, ending: str, counts: dict) -> None:
        """Write how a run ended and what it counted; again, for one that was gone on with."""
        values = {"ended_at": datetime.now(UTC), "ending": ending, "counts": counts}
        self._database.write(lambda c: c.execute(update(runs).where(runs.c.id == run_id).values(**values)))

    def get(self, run_id: str) -> RunRow | None:
        with self._database.reading() as connection:
            row = connection.execute(select(runs).where(runs.c.id == run_id)).first()
        return None if row is None else RunRow(**row._mapping)

    def latest(self, *, limit: int = 20) -> tuple[RunRow, ...]:
        """Runs, the last begun first."""
        wanted = select(runs).order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(RunRow(**row._mapping) for row in connection.execute(wanted))
