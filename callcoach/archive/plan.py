"""What an archive will cost and give, from a sample of it: before a night of computing, not after.

::

    every file ─► strata (source × year) ─► a few of each, by chance ─► first pass over those alone
                  counted and weighed                                   │
                                 hours, classes, machine time, gigabytes ◄┘ with 90 % intervals

Files are listed once, and no more names are kept than may be sampled. The sampled files are jobs like
all others: workers share them, and the first pass over the whole archive will find them done.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

from callcoach.archive.discover import Found
from callcoach.archive.name_patterns import ArchiveRules
from callcoach.archive.newjobs import said_of
from callcoach.archive.sources import TRANSCRIPT_SUFFIXES

N_SAMPLED = 400
LEAST_PER_STRATUM = 3
Z_90 = 1.645
NO_SOURCE, NO_YEAR = "no source", "no year"
# operations.md: 20,000 hours of sound are over a thousand machine-hours; `doctor` times the model here.
REALTIME_OF_RECOGNITION = 0.06  # seconds of a machine per second of sound
STORED_BYTES_PER_HOUR = 400_000  # transcript, card and search text of an hour of conversation
WORTH_RECOGNISING = frozenset(["connected", "short", "partial", "other_language"])


@dataclass(slots=True)
class Stratum:
    """Files of one source and year.

    Attributes
    ----------
    n, size_bytes : int
        All of them.
    kept : list of Found
        By chance, at most as many as the whole sample has.
    """

    name: str
    year: str
    n: int = 0
    size_bytes: int = 0
    kept: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure about a whole archive, from a sample.

    Parameters
    ----------
    low, high : float
        Of a 90 % interval.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """What a stratum is: all its files, those looked at, and what the latter say of the former."""

    source: str
    year: str
    n: int
    n_sampled: int
    size_bytes: int
    hours: float
    n_failed: int
    mono_share: float | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an archive holds and what it takes.

    Parameters
    ----------
    hours : Estimate
        Of sound in all its recordings.
    classes : mapping of class or error kind to Estimate
        Files.
    triage_core_hours, recognition_machine_hours : Estimate
        The first pass, one core; the second over what is worth recognising, one machine.
    realtime : float
        Seconds of recognition per second of sound that the plan counts with.
    lines : tuple of Line
        By source and year.
    """

    n: int
    n_sampled: int
    size_bytes: int
    hours: Estimate
    classes: dict[str, Estimate]
    triage_core_hours: Estimate
    recognition_machine_hours: Estimate
    stored_gb: Estimate
    realtime: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What the first pass found in one sampled file."""

    uri: str
    ending: str  # class or error kind
    duration_s: float
    work_s: float
    n_channels: int | None
    is_recording: bool


def strata_of(
    found: Iterable[Found], *, rules: ArchiveRules | None, chance: random.Random, n_kept: int = N_SAMPLED
) -> dict[tuple[str, str], Stratum]:
    """Every file counted in its stratum, and some of each kept by chance (reservoir sampling)."""
    strata: dict[tuple[str, str], Stratum] = {}
    for one in found:
        started_at, _rep, source = said_of(one, rules)
        at = started_at or one.modified
        key = (source or NO_SOURCE, str(at.year) if at else NO_YEAR)
        stratum = strata.setdefault(key, Stratum(*key))
        stratum.n += 1
        stratum.size_bytes += one.size or 0
        if len(stratum.kept) < n_kept:
            stratum.kept.append(one)
        elif (at_random := chance.randrange(stratum.n)) < n_kept:
            stratum.kept[at_random] = one
    return strata


def sampled(
    strata: dict[tuple[str, str], Stratum], *, n: int = N_SAMPLED, chance: random.Random
) -> dict[tuple[str, str], list[Found]]:
    """`n` files, of each stratum in proportion and at least three, all where there are fewer."""
    total = sum(stratum.n for stratum in strata.values())
    return {
        key: chance.sample(stratum.kept, min(len(stratum.kept), max(LEAST_PER_STRATUM, share)))
        for key, stratum in sorted(strata.items())
        if (share := round(n * stratum.n / total)) is not None
    }


def planned(
    strata: dict[tuple[str, str], Stratum],
    sample: dict[tuple[str, str], Sequence[Found]],
    looked: Iterable[Looked],
    *,
    realtime: float = REALTIME_OF_RECOGNITION,
) -> Plan:
    """What the looked-at files say of all, each stratum weighed by its size.

    Parameters
    ----------
    realtime : float
        Seconds of recognition per second of sound.
    """
    by_uri = {one.uri: one for one in looked}
    groups = [
        (strata[key], [by_uri[one.uri] for one in files if one.uri in by_uri])
        for key, files in sample.items()
    ]
    endings = sorted({one.ending for _, seen in groups for one in seen})

    def total(what) -> Estimate:
        return _total([(stratum.n, [what(one) for one in seen]) for stratum, seen in groups])

    def recognised_s(one: Looked) -> float:
        return one.duration_s if one.is_recording and one.ending in WORTH_RECOGNISING else 0.0

    return Plan(
        n=sum(stratum.n for stratum, _ in groups),
        n_sampled=sum(len(seen) for _, seen in groups),
        size_bytes=sum(stratum.size_bytes for stratum, _ in groups),
        hours=total(lambda one: one.duration_s / 3600 if one.is_recording else 0.0),
        classes={ending: total(lambda one, e=ending: float(one.ending == e)) for ending in endings},
        triage_core_hours=total(lambda one: one.work_s / 3600),
        recognition_machine_hours=total(lambda one: realtime * recognised_s(one) / 3600),
        stored_gb=total(
            lambda one: STORED_BYTES_PER_HOUR * one.duration_s / 3600 / 1e9 if one.duration_s else 0.0
        ),
        realtime=realtime,
        lines=tuple(_line(stratum, seen) for stratum, seen in groups),
    )


def _total(groups: list[tuple[int, list[float]]]) -> Estimate:
    """A stratified total: sizes times means, and the variance of that, finite strata considered."""
    value, variance = 0.0, 0.0
    for n, seen in groups:
        if not seen:
            continue
        mean = sum(seen) / len(seen)
        value += n * mean
        if len(seen) > 1:
            spread = sum((x - mean) ** 2 for x in seen) / (len(seen) - 1)
            variance += n * n * (1 - len(seen) / n) * spread / len(seen)
    half = Z_90 * sqrt(variance)
    return Estimate(value, max(0.0, value - half), value + half)


def _line(stratum: Stratum, seen: list[Looked]) -> Line:
    heard = [one for one in seen if one.n_channels is not None]
    return Line(
        stratum.name,
        stratum.year,
        stratum.n,
        len(seen),
        stratum.size_bytes,
        stratum.n * sum(one.duration_s for one in seen) / 3600 / len(seen) if seen else 0.0,
        sum(one.ending not in _CLASSES for one in seen),
        sum(one.n_channels == 1 for one in heard) / len(heard) if heard else None,
    )


_CLASSES = frozenset(
    [
        "connected",
        "short",
        "no_show",
        "voicemail",
        "machine",
        "internal",
        "other_language",
        "duplicate",
        "partial",
        "unknown",
    ]
)


def is_recording(uri: str) -> bool:
    return ("." + uri.rsplit(".", 1)[-1].lower()) not in TRANSCRIPT_SUFFIXES


def looked_at(rows: Iterable) -> Iterator[Looked]:
    """Rows of the jobs table as what the first pass found."""
    for row in rows:
        if row.state in ("queued", "running"):
            continue
        yield Looked(
            row.source_uri,
            (row.call_class or "unknown") if row.state == "done" else (row.error_kind or "internal"),
            row.duration_s or 0.0,
            float(row.timings.get("all_s", 0.0)),
            row.n_channels,
            is_recording(row.source_uri),
        )
