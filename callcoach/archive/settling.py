"""The end of a first pass: what shows only beside the other files is told once all were looked at."""

from __future__ import annotations

from callcoach.archive.classes import Verdict
from callcoach.archive.duplicates import Look, settle
from callcoach.core import CallClass, Intervals, Viewer
from callcoach.core.intervals import Interval
from callcoach.store import Store
from callcoach.store.job_rows import JobRow

STEP_S = 0.25  # of the times that are kept


def look_facts(look: Look) -> dict[str, object]:
    """What is kept of a look with its job, as plain values; times of speech where they are compared."""
    compared = look.rep and look.started_at and look.is_recording
    times = [round(t / STEP_S) for i in look.pattern for t in (i.start_s, i.end_s)] if compared else []
    return {
        "why": look.verdict.why,
        "prompt": look.prompt.hex() if look.prompt else None,
        "source_id": look.source_id,
        "part_of": look.part_of,
        "is_recording": look.is_recording,
        "pattern": times,
    }


def look_of(row: JobRow) -> Look:
    """The look that a job of a first pass was kept with."""
    facts = row.facts
    times = facts.get("pattern") or []
    return Look(
        row.source_uri,
        Verdict(CallClass(row.call_class), facts.get("why") or ""),
        row.source_sha256 or row.source_uri,
        source_id=facts.get("source_id"),
        rep=row.rep or facts.get("raw_rep"),
        started_at=row.call_started_at,
        pattern=_intervals(times),
        prompt=bytes.fromhex(facts["prompt"]) if facts.get("prompt") else None,
        n_channels=row.n_channels or 1,
        is_recording=bool(facts.get("is_recording", True)),
        part_of=facts.get("part_of"),
    )


def settle_run(store: Store, viewer: Viewer, run_id: str) -> int:
    """Give every file of a first pass the class it ends in; returns how many got another."""
    ids: dict[str, JobRow] = {}
    looks: list[Look] = []
    with store.job_rows(viewer, run_id) as rows:
        for row in rows:
            if row.state == "done" and row.call_class and "why" in row.facts:
                looks.append(look_of(row))
                ids[row.source_uri] = row
    changes = []
    for uri, told in settle(looks).items():
        row = ids[uri]
        if (told.verdict.call_class.value, told.master) != (row.call_class, row.facts.get("master")):
            facts = {**row.facts, "why": told.verdict.why, "master": told.master}
            changes.append((row.id, told.verdict.call_class.value, facts))
    store.reclass_jobs(viewer, changes)
    return len(changes)


def _intervals(times: list[int]) -> Intervals:
    pairs = zip(times[::2], times[1::2], strict=True)
    return tuple(Interval(start * STEP_S, end * STEP_S) for start, end in pairs)
