"""What a person should look at: unsure roles and languages, channels that look swapped, low confidence.

Read from the documents of up to 2,000 calls of the run, chosen at random where there are more.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callcoach.core import Viewer
from callcoach.core.errors import NotFound
from callcoach.store import Store

SURE_ROLE = 0.9
LEAST_CALLS = 5  # behind a mean confidence
N_SHOWN = 20
Z_95 = 1.959964
MAJORITY, MAJORITY_LEAST = 0.8, 10  # of a source's calls with our side on one channel
_LANGUAGE = re.compile(r"^The language is unsure|it sounds like ")
_RECORDED = re.compile(r"\brecord(ed|ing|s)?\b", re.I)


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure recognition is of a source's or rep's words: a mean of calls."""

    of: str
    mean: float
    n: int


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is unsure in the calls that were looked at.

    Parameters
    ----------
    n_looked, n_judged : int
        Calls looked at, of all that the run judged.
    unsure_roles, swapped, unsure_language, no_notice : tuple of call ids
        Up to `N_SHOWN` each; the numbers beside are of all looked at.
    """

    n_looked: int
    n_judged: int
    n_unsure_roles: int
    unsure_roles: tuple[str, ...]
    n_swapped: int
    swapped: tuple[str, ...]
    n_unsure_language: int
    unsure_language: tuple[str, ...]
    n_with_words: int
    n_no_notice: int
    no_notice: tuple[str, ...]
    by_source: tuple[Confidence, ...]
    by_rep: tuple[Confidence, ...]


def look_for_doubts(
    store: Store, viewer: Viewer, judged: Iterable[tuple[str, str]], *, n_judged: int
) -> Doubts:
    """Doubts in the documents of some calls, each given with the name of its source."""
    found: dict[str, list[str]] = defaultdict(list)
    sums: dict[tuple[str, str], list[float]] = defaultdict(list)
    counts: Counter = Counter()
    rep_channels: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for call_id, source in judged:
        try:
            document = store.document(viewer, call_id)
        except NotFound:
            continue
        counts["looked"] += 1
        call = document["call"]
        speakers = call["speakers"]
        if _unsure_roles(speakers):
            found["roles"].append(call_id)
        if (channel := _rep_channel(speakers)) is not None:
            rep_channels[source].append((call_id, channel))
        if any(_LANGUAGE.search(note) for note in call["provenance"]["notes"]):
            found["language"].append(call_id)
        if any(turn["text"] for turn in document["turns"]):
            counts["words"] += 1
            if not any(_RECORDED.search(turn["text"]) for turn in document["turns"]):
                found["notice"].append(call_id)
        confidence = document["measures"].get("rep_speech_confidence")
        if confidence is not None:
            sums["source", source].append(confidence)
            for name in {s["name"] for s in speakers if s["role"] == "REP" and s["name"]}:
                sums["rep", name].append(confidence)
    found["swapped"] = [call_id for calls in rep_channels.values() for call_id in _against_the_others(calls)]
    return Doubts(
        n_looked=counts["looked"],
        n_judged=n_judged,
        n_unsure_roles=len(found["roles"]),
        unsure_roles=tuple(found["roles"][:N_SHOWN]),
        n_swapped=len(found["swapped"]),
        swapped=tuple(found["swapped"][:N_SHOWN]),
        n_unsure_language=len(found["language"]),
        unsure_language=tuple(found["language"][:N_SHOWN]),
        n_with_words=counts["words"],
        n_no_notice=len(found["notice"]),
        no_notice=tuple(found["notice"][:N_SHOWN]),
        by_source=_means(sums, "source"),
        by_rep=_means(sums, "rep"),
    )


def wilson(n_right: int, n: int) -> tuple[float, float]:
    """Where the true share lies, 95 %, when `n_right` of `n` were right (Wilson's score interval).

    >>> tuple(round(100 * bound) for bound in wilson(19, 20))
    (76, 99)
    """
    if n == 0:
        return 0.0, 1.0
    share, z2 = n_right / n, Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def roles_right(n_right: int, n: int) -> str:
    """The sentence under the twenty that were listened to.

    >>> roles_right(19, 20)
    'roles right in 19 of 20 (76–99 %)'
    """
    low, high = wilson(n_right, n)
    return f"roles right in {n_right} of {n} ({100 * low:.0f}–{100 * high:.0f} %)"


def _unsure_roles(speakers: list[dict]) -> bool:
    sides = [s for s in speakers if s["role"] != "OTHER"]
    return any(s["role"] == "UNKNOWN" or (s["role_confidence"] or 0.0) < SURE_ROLE for s in sides)


def _rep_channel(speakers: list[dict]) -> int | None:
    """The channel of our side where its words tell it."""
    channels = {s["channel"] for s in speakers if s["role"] == "REP" and s["role_source"] == "words"}
    return channels.pop() if len(channels) == 1 else None


def _against_the_others(calls: list[tuple[str, int]]) -> list[str]:
    """Calls of a source in which our side is on the channel that it nearly never is on."""
    counts = Counter(channel for _, channel in calls)
    if len(calls) < MAJORITY_LEAST or not counts:
        return []
    usual, n = counts.most_common(1)[0]
    return [call_id for call_id, channel in calls if channel != usual] if n / len(calls) >= MAJORITY else []


def _means(sums: Mapping[tuple[str, str], list[float]], kind: str) -> tuple[Confidence, ...]:
    rows = [
        Confidence(of, sum(values) / len(values), len(values))
        for (what, of), values in sums.items()
        if what == kind and len(values) >= LEAST_CALLS
    ]
    return tuple(sorted(rows, key=lambda row: row.of if kind == "rep" else row.mean))
