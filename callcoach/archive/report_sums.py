"""One pass over the jobs of a run: everything a report adds up, and a few files chosen at random."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from callcoach.archive.report_parts import FIRST_STEP, FailureGroup, Group, Part, SourceMapping, ToHear
from callcoach.store.job_rows import JobRow

N_TO_HEAR = 20
N_LOOKED_AT = 2_000
N_RAW = 10
N_FAILURES_SHOWN = 20
UNKNOWN = "unknown"
NOT_DONE = {"queued": "left", "running": "left", "failed": "failed", "quarantined": "quarantined"}


class Sample:
    """A few of many, each equally likely, without keeping the others."""

    def __init__(self, n: int, rng: random.Random) -> None:
        self.items: list = []
        self.n, self._most, self._rng = 0, n, rng

    def add(self, item: object) -> None:
        self.n += 1
        if len(self.items) < self._most:
            self.items.append(item)
        elif (place := self._rng.randrange(self.n)) < self._most:
            self.items[place] = item


class Sums:
    """One pass over the jobs of a run."""

    def __init__(self, rng: random.Random) -> None:
        self.by_group: dict[tuple[str, str, str], Counter] = defaultdict(Counter)
        self.audio: Counter = Counter()
        self.failures: dict[str, list] = {}
        self.n_failures: Counter = Counter()
        self.n_quarantined: Counter = Counter()
        self.mapped: dict[str, Counter] = defaultdict(Counter)
        self.raw: dict[str, Counter] = defaultdict(Counter)
        self.doubts: Counter = Counter()
        self.to_hear = Sample(N_TO_HEAR, rng)
        self.judged = Sample(N_LOOKED_AT, rng)
        self.machine_s = self.done_s = 0.0

    def add(self, row: JobRow) -> None:
        source = row.source_name or UNKNOWN
        name = NOT_DONE.get(row.state) or row.call_class or UNKNOWN
        year = str(row.call_started_at.year) if row.call_started_at else UNKNOWN
        channels = {None: UNKNOWN, 1: "mono", 2: "two channels"}.get(
            row.n_channels, f"{row.n_channels} channels"
        )
        self.by_group[source, year, channels][name] += 1
        self.audio[name] += row.duration_s or 0.0
        self.machine_s += float(row.timings.get("all_s", 0.0))
        if row.state == "done":
            self.done_s += row.duration_s or 0.0
        if row.state in ("failed", "quarantined"):
            kind = row.error_kind or "internal"
            self.n_failures[kind] += 1
            self.n_quarantined[kind] += row.state == "quarantined"
            shown = self.failures.setdefault(kind, [])
            if len(shown) < N_FAILURES_SHOWN:
                shown.append((short_name(row.source_uri), row.message or ""))
        if row.facts:
            self.mapped[source].update(
                n=1, understood=bool(row.facts.get("understood")), known=bool(row.facts.get("rep_known"))
            )
            if row.facts.get("raw_rep") and not row.facts.get("rep_known"):
                self.raw[source][row.facts["raw_rep"]] += 1
            for doubt in row.facts.get("doubts") or ():
                self.doubts[re.split("[:;]", doubt)[0]] += 1
        if row.state == "done" and row.call_id:
            self.judged.add((row.call_id, source))
            if row.call_class in ("connected", "short", "partial"):
                self.to_hear.add(
                    ToHear(row.call_id, short_name(row.source_uri), row.call_class, row.duration_s)
                )

    def parts(self) -> tuple[Part, ...]:
        total: Counter = Counter()
        for counts in self.by_group.values():
            total += counts
        return bar_of(total, self.audio)

    def groups(self) -> tuple[Group, ...]:
        return tuple(Group(*key, bar_of(counts, {})) for key, counts in sorted(self.by_group.items()))

    def failure_groups(self) -> tuple[FailureGroup, ...]:
        return tuple(
            FailureGroup(
                kind,
                n,
                self.n_quarantined[kind],
                FIRST_STEP.get(kind, FIRST_STEP["internal"]),
                tuple(self.failures[kind]),
            )
            for kind, n in self.n_failures.most_common()
        )

    def mappings(self) -> tuple[SourceMapping, ...]:
        return tuple(
            SourceMapping(
                source,
                counts["n"],
                counts["understood"] / counts["n"],
                counts["known"] / counts["n"],
                tuple(self.raw[source].most_common(N_RAW)),
            )
            for source, counts in sorted(self.mapped.items())
        )


def bar_of(counts: Mapping[str, int], audio: Mapping[str, float]) -> tuple[Part, ...]:
    """Pieces of a bar: classes by size, then what is not done."""
    last = ("failed", "quarantined", "left")
    names = sorted((n for n in counts if n not in last), key=lambda n: (-counts[n], n))
    return tuple(Part(n, counts[n], audio.get(n, 0.0)) for n in (*names, *(n for n in last if counts.get(n))))


def short_name(uri: str) -> str:
    return uri.rstrip("/").rsplit("/", 1)[-1]
