"""What the whole team needs: one training, shown once, instead of the same focus for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from callcoach.coach.records import HAS_IT, CallRecord, items_of
from callcoach.coach.sampling import LEVEL, moments

MIN_CALLS = 8  # judged calls of a rep, to count for the team
MIN_REPS = 3  # under which "half of the team" is one person's matter
HALF = 0.5


@dataclass(frozen=True, slots=True)
class TeamNeed:
    """A skill that at least half of the reps with enough calls miss in most of them.

    Parameters
    ----------
    n_reps, n_missing : int
        Reps with at least 8 judged calls, and those of them that have it in fewer than half.
    n_calls, n_has : int
        Their calls together.
    """

    item: str
    call_type: str
    n_reps: int
    n_missing: int
    n_calls: int
    n_has: int

    @property
    def words(self) -> str:
        return (
            f"{self.n_missing} of {self.n_reps} people have it in fewer than half of their calls "
            f"({self.n_has} of {self.n_calls} calls)."
        )


def team_needs(records: Sequence[CallRecord]) -> tuple[TeamNeed, ...]:
    """All needs of the whole team, clearest first; a page shows at most the first.

    A skill counts when at least half of the reps miss it *and* the mean of the reps' shares lies
    below one half by more than the luck of their calls, all skills looked at counted: of people who
    all have it every second time, half "miss" it.
    """
    found: list[tuple[float, TeamNeed]] = []
    n_looked_at = 0
    by_kind: dict[str, dict[str, list[CallRecord]]] = {}
    for record in records:
        by_kind.setdefault(record.call_type, {}).setdefault(record.rep, []).append(record)
    for kind, by_rep in sorted(by_kind.items()):
        enough = [calls for _, calls in sorted(by_rep.items()) if len(calls) >= MIN_CALLS]
        for name in items_of(call for calls in enough for call in calls):
            has = [each for calls in enough if len(each := _has(calls, name)) >= MIN_CALLS]
            if len(has) < MIN_REPS:
                continue
            n_looked_at += 1
            shares = np.array([each.mean() for each in has])
            n_missing = int((shares < HALF).sum())
            need = TeamNeed(
                name, kind, len(has), n_missing, sum(map(len, has)), int(sum(each.sum() for each in has))
            )
            if n_missing >= HALF * len(has):
                found.append((_luck(has, shares), need))
    limit = (1 - LEVEL) / max(1, n_looked_at)
    clear = [(need.n_has / need.n_calls, need.item, need) for luck, need in found if luck <= limit]
    return tuple(need for _, _, need in sorted(clear, key=lambda triple: triple[:2]))


def _luck(has: Sequence[np.ndarray], shares: np.ndarray) -> float:
    """Probability that reps who have it every second time show so low a mean of shares."""
    within = sum(float(moments(each)[2]) / len(each) for each in has) / len(has) ** 2
    return float(stdtr(sum(map(len, has)) - len(has), (shares.mean() - HALF) / np.sqrt(within)))


def _has(calls: Sequence[CallRecord], item: str) -> np.ndarray:
    """1 for each call that has an item and 0 for each that has not; calls that were not judged left out."""
    scores = [score for call in calls if (score := call.scores.get(item)) is not None]
    return np.array([score >= HAS_IT for score in scores], dtype=float)
