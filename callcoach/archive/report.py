"""The report of a run: what became of every file, what it cost, what is in doubt, what to do next.

Numbers and file names only, no words of a call. Every file is in exactly one part of the bar::

    ████████████ connected ███ short ██ voicemail █ machine ▒ failed ░ quarantined · left
"""

from __future__ import annotations

import random
import shlex
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta

from callcoach.archive.report_doubts import Doubts, look_for_doubts
from callcoach.archive.report_parts import Cost, FailureGroup, Group, Part, SourceMapping, ToHear
from callcoach.archive.report_sums import N_RAW, Sums
from callcoach.core import Viewer
from callcoach.core.errors import NotFound
from callcoach.store import RunRow, Store

OLD_DAYS = 365


@dataclass(frozen=True, slots=True)
class Report:
    """Everything of operations' run report, as plain values."""

    run: RunRow
    made_at: datetime
    n: int
    bar: tuple[Part, ...]
    groups: tuple[Group, ...]
    cost: Cost
    failures: tuple[FailureGroup, ...]
    retry_command: str | None
    mapping: tuple[SourceMapping, ...]
    doubts: Doubts
    metadata_doubts: tuple[tuple[str, int], ...]
    to_hear: tuple[ToHear, ...]
    n_older: int
    older_than_days: int
    deletions: tuple[tuple[datetime, str, int], ...]
    changed: tuple[tuple[str, str, str], ...]  # what, before, now
    command: str
    notes: tuple[str, ...] = field(default_factory=tuple)

    def as_json(self) -> dict[str, object]:
        """The report for programs."""
        return _plain(asdict(self))


def run_report(
    store: Store,
    viewer: Viewer,
    run_id: str | None = None,
    *,
    store_shown: str = "URL",
    price_per_hour: float | None = None,
    older_than_days: int = OLD_DAYS,
    now: datetime | None = None,
) -> Report:
    """The report of a run, or of the latest.

    Parameters
    ----------
    price_per_hour : float or None
        Money for one worker for one hour.

    Raises
    ------
    NotFound
        If there is no such run.
    """
    runs = store.runs.latest(limit=1000)
    run = store.runs.get(run_id) if run_id else next(iter(runs), None)
    if run is None:
        raise NotFound(
            "a report needs a run; there is none of that name: list them with 'callcoach report --list', or run "
            "'callcoach batch' first"
        )
    now = now or datetime.now(UTC)
    with store.job_rows(viewer, run.id) as rows:
        sums = Sums(random.Random(run.id))
        for row in rows:
            sums.add(row)
    parts = sums.parts()
    return Report(
        run=run,
        made_at=now,
        n=sum(part.n for part in parts),
        bar=parts,
        groups=sums.groups(),
        cost=_cost(sums, run, now, price_per_hour),
        failures=sums.failure_groups(),
        retry_command=_command(run, store_shown, "--retry-failed") if sums.failures else None,
        mapping=sums.mappings(),
        doubts=look_for_doubts(store, viewer, sums.judged.items, n_judged=sums.judged.n),
        metadata_doubts=tuple(sums.doubts.most_common(N_RAW)),
        to_hear=tuple(sums.to_hear.items),
        n_older=sum(store.years_before(viewer, now - timedelta(days=older_than_days)).values())
        if viewer.is_owner
        else 0,
        older_than_days=older_than_days,
        deletions=tuple(
            (d.at, d.why, d.n_calls) for d in store.deletions(viewer, since=now - timedelta(days=365))
        )
        if viewer.is_owner
        else (),
        changed=_changed(run, runs, parts),
        command=_command(run, store_shown),
    )


def _cost(sums: Sums, run: RunRow, now: datetime, price_per_hour: float | None) -> Cost:
    hours = sums.done_s / 3600
    per_hour_s = sums.machine_s / hours if hours else None
    n_left = sum(counts["left"] for counts in sums.by_group.values())
    n_done = sum(sum(counts.values()) - counts["left"] for counts in sums.by_group.values())
    worked_s = ((run.ended_at or now) - run.started_at).total_seconds()
    finish_at = now + timedelta(seconds=worked_s / n_done * n_left) if n_left and n_done else run.ended_at
    money = None if price_per_hour is None else sums.machine_s / 3600 * price_per_hour
    return Cost(
        audio_s=sums.done_s,
        machine_s=sums.machine_s,
        per_audio_hour_s=per_hour_s,
        money=money,
        money_per_audio_hour=money / hours if money is not None and hours else None,
        n_left=n_left,
        finish_at=finish_at,
    )


def _changed(
    run: RunRow, runs: Iterable[RunRow], parts: tuple[Part, ...]
) -> tuple[tuple[str, str, str], ...]:
    """What differs from the run before with the same task and source."""
    earlier = [
        r for r in runs if r.started_at < run.started_at and (r.task, r.source) == (run.task, run.source)
    ]
    if not earlier:
        return ()
    last = max(earlier, key=lambda r: r.started_at)
    before: Counter = Counter(dict(last.counts.get("by_class") or {}))
    before.update({k: last.counts.get(k, 0) for k in ("failed", "quarantined")})
    before["left"] = last.counts.get("queued", 0) + last.counts.get("running", 0)
    now = Counter({part.name: part.n for part in parts})
    rows = [
        (name, f"{before[name]:,}", f"{now[name]:,}")
        for name in sorted(set(before) | set(now))
        if before[name] != now[name]
    ]
    for key in sorted(set(last.options) | set(run.options)):
        if last.options.get(key) != run.options.get(key):
            rows.append((f"option {key}", str(last.options.get(key, "")), str(run.options.get(key, ""))))
    return tuple(rows)


def _command(run: RunRow, store_shown: str, *more: str) -> str:
    """The command that does the run again."""
    if run.task == "rescore":
        return " ".join(["callcoach rescore --store", shlex.quote(store_shown), *more])
    words = [
        "callcoach batch",
        *([shlex.quote(run.source)] if run.source else []),
        "--store",
        shlex.quote(store_shown),
    ]
    words += ["--triage"] if run.task == "triage" else []
    flags = {"model": "--model", "language": "--language", "rubric": "--rubric", "rules": "--archive"}
    for key, flag in flags.items():
        if run.options.get(key):
            words += [flag, shlex.quote(str(run.options[key]))]
    if run.options.get("rep_channel") not in (None, "", "auto"):
        words += ["--rep-channel", str(run.options["rep_channel"])]
    words += [] if run.options.get("words", True) or run.task == "triage" else ["--no-transcript"]
    return " ".join([*words, *more])


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return round(value, 4) if isinstance(value, float) else value
