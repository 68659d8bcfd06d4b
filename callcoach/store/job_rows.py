"""What became of every source of a run, for reports: streamed, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from callcoach.core import Viewer
from callcoach.core.errors import StoreError
from callcoach.store.columns import clean
from callcoach.store.schema import jobs

PAGE = 2_000
_SEES = frozenset(["owner", "operations"])


@dataclass(frozen=True, slots=True)
class JobRow:
    """One source and what became of it.

    Parameters
    ----------
    state : str
        queued, running, done, failed or quarantined.
    timings : dict
        Seconds per stage.
    facts : dict
        What the metadata said, see `archive.work`.
    """

    id: int
    source_uri: str
    source_sha256: str | None
    state: str
    call_id: str | None
    call_class: str | None
    error_kind: str | None
    message: str | None
    attempts: int
    duration_s: float | None
    n_channels: int | None
    language: str | None
    call_started_at: datetime | None
    rep: str | None
    source_name: str | None
    finished_at: datetime | None
    timings: dict = field(default_factory=dict)
    facts: dict = field(default_factory=dict)


_COLUMNS = [jobs.c[name] for name in JobRow.__dataclass_fields__]


def job_rows(connection: Connection, viewer: Viewer, run_id: str | None) -> Iterator[JobRow]:
    """See `Bulk.job_rows`."""
    _who_may(viewer)
    wanted = select(*_COLUMNS).order_by(jobs.c.id).limit(PAGE)
    if run_id is not None:
        wanted = wanted.where(jobs.c.run_id == run_id)
    page = connection.execute(wanted).all()
    while page:
        for row in page:
            values = dict(row._mapping)
            values["source_uri"] = clean(values["source_uri"])
            values["timings"], values["facts"] = values["timings"] or {}, values["facts"] or {}
            yield JobRow(**values)
        page = connection.execute(wanted.where(jobs.c.id > page[-1].id)).all()


def _who_may(viewer: Viewer) -> None:
    if not viewer.roles & _SEES:
        raise StoreError(
            f"the jobs of a run are for the owner and operations; {viewer.name} is neither: ask who runs the store"
        )


def reclass_jobs(connection: Connection, viewer: Viewer, changes: Sequence[tuple[int, str, dict]]) -> None:
    """See `Bulk.reclass_jobs`."""
    _who_may(viewer)
    statement = (
        update(jobs)
        .where(jobs.c.id == bindparam("of_job"))
        .values(call_class=bindparam("to"), facts=bindparam("why", type_=jobs.c.facts.type))
    )
    if changes:
        connection.execute(statement, [{"of_job": id_, "to": to, "why": facts} for id_, to, facts in changes])
