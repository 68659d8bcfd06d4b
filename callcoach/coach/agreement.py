"""Do two people see the same, and does the machine see what they see: agreement per item.

Scores become four levels (absent, a little, mostly, fully), because nobody scores to two decimals.
Agreement beyond chance is Cohen's kappa with quadratic weights: one level apart costs a ninth of
three apart. Its interval comes from drawing calls again; few calls give a wide one, and under
`MIN_CALLS` there is none.

References
----------
Cohen 1968, "Weighted kappa"; Efron 1979 for the bootstrap.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from callcoach.coach.sampling import LEVEL

N_LEVELS = 4
MIN_CALLS = 5
MACHINE = "machine"
_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class OwnScore:
    """What one reviewer, or the machine, said of one item of one call.

    Parameters
    ----------
    score : float or None
        0 to 1; None for "not applicable" or "cannot tell".
    blind : bool
        Given before the machine's card was shown; others take no part in agreement.
    """

    reviewer: str
    call_id: str
    item: str
    score: float | None
    blind: bool = True


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on one item.

    Parameters
    ----------
    n : int
        Calls that both scored.
    kappa, kappa_low, kappa_high : float or None
        1 is complete, 0 what chance gives; None under `MIN_CALLS` or where nobody ever differed
        from one level, so that chance cannot be told from agreement.
    n_same : int
        Calls with the same level.
    """

    item: str
    one: str
    other: str
    n: int
    n_same: int
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None


def level(score: float) -> int:
    """0 absent, 1 a little, 2 mostly, 3 fully.

    >>> [level(score) for score in (0.0, 0.2, 0.5, 0.9, 1.0)]
    [0, 1, 2, 3, 3]
    """
    return min(N_LEVELS - 1, int(score * (N_LEVELS - 1) + 0.5))


def agreements(scores: Iterable[OwnScore]) -> tuple[Agreement, ...]:
    """Per item: every pair of people, and each person with the machine; blind scores only.

    The last blind score of a reviewer for an item of a call counts. Ordered by item, people first.
    """
    by_item: dict[str, dict[str, dict[str, int]]] = {}
    for one in scores:
        if one.score is not None and (one.blind or one.reviewer == MACHINE):
            by_item.setdefault(one.item, {}).setdefault(one.reviewer, {})[one.call_id] = level(one.score)
    found = []
    for item, reviewers in sorted(by_item.items()):
        people = sorted(set(reviewers) - {MACHINE})
        pairs = [*combinations(people, 2), *((person, MACHINE) for person in people if MACHINE in reviewers)]
        found += [_agreement(item, a, b, reviewers[a], reviewers[b]) for a, b in pairs]
    return tuple(found)


def weighted_kappa(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Cohen's kappa with quadratic weights; None where both always give one and the same level.

    >>> weighted_kappa([0, 1, 2, 3], [0, 1, 2, 3])
    1.0
    >>> weighted_kappa([2, 2, 2], [2, 2, 2]) is None
    True
    """
    a, b = np.asarray(one), np.asarray(other)
    expected = ((a[:, None] - b[None, :]) ** 2).mean()
    return None if expected == 0 else float(1.0 - ((a - b) ** 2).mean() / expected)


def _agreement(
    item: str, one: str, other: str, first: Mapping[str, int], second: Mapping[str, int]
) -> Agreement:
    calls = sorted(set(first) & set(second))
    a, b = np.array([first[c] for c in calls], dtype=int), np.array([second[c] for c in calls], dtype=int)
    n_same = int((a == b).sum())
    kappa = weighted_kappa(a, b) if len(calls) >= MIN_CALLS else None
    if kappa is None:
        return Agreement(item, one, other, len(calls), n_same, None, None, None)
    seed = zlib.crc32(f"{item}|{one}|{other}|{len(calls)}".encode())
    rows = np.random.default_rng(seed).integers(0, len(calls), (_DRAWS, len(calls)))
    drawn = [k for row in rows if (k := weighted_kappa(a[row], b[row])) is not None]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Agreement(
        item, one, other, len(calls), n_same, kappa, float(min(low, kappa)), float(max(high, kappa))
    )
