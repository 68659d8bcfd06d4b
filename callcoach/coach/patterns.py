"""Patterns against base rates: what was missed more often lately than luck would have it.

"Missed in 4 of the last 5" comes by itself in a fifth of all windows when a skill is missed half of
the time, and for nearly every rep in one skill of nine. So a window is compared with the rep's own
earlier calls *and* with the teammates' calls, and the more skills are looked at, the more each must
stand out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import hypergeom

from callcoach.coach.effect import odds
from callcoach.coach.records import HAS_IT, CallRecord, calls_of, items_of, scores_of

WINDOW = 8  # latest judged calls
MIN_BASE = 8  # earlier calls of the rep, and calls of the team, that a base rate needs
FALSE_ALARMS = 0.10  # of reps with no real change, over all skills together


@dataclass(frozen=True, slots=True)
class Pattern:
    """A skill missed in more of the latest calls than before and than the team misses it.

    Parameters
    ----------
    n_missed, n : int
        In the window.
    own_share, team_share : float
        Base rates of missing it: the rep's earlier calls, and the teammates'.
    luck : float
        Probability of so many misses at the less favourable base rate, times the skills looked at.
    """

    item: str
    call_type: str
    n_missed: int
    n: int
    own_share: float
    team_share: float
    luck: float

    @property
    def words(self) -> str:
        """Counts against both base rates, and how often luck alone would show the same."""
        return (
            f"missed in {self.n_missed} of the last {self.n}; "
            f"before in {_of_ten(self.own_share)}, the team in {_of_ten(self.team_share)}; "
            f"luck alone shows this in {odds(self.luck)}"
        )


def patterns_of(
    records: Sequence[CallRecord], rep: str, *, call_type: str, leave_out: Collection[str] = ()
) -> tuple[Pattern, ...]:
    """The skills whose latest calls stand out, most surprising first; usually none.

    Parameters
    ----------
    records : sequence of CallRecord
        Of the rep and the teammates.
    leave_out : collection of item names
        Such as a need of the whole team, which is shown once.
    """
    own = calls_of(records, rep, call_type=call_type)
    team = [r for r in records if r.rep != rep and r.call_type == call_type]
    items = tuple(name for name in items_of(own) if name not in leave_out)
    windows, counts = [], []
    for name in items:
        scores = scores_of(own, (name,))[:, 0]
        missed = scores[~np.isnan(scores)] < HAS_IT
        others = scores_of(team, (name,))[:, 0]
        others = others[~np.isnan(others)] < HAS_IT
        recent, earlier = missed[-WINDOW:], missed[:-WINDOW]
        if len(recent) == WINDOW and min(len(earlier), len(others)) >= MIN_BASE:
            windows.append(name)
            counts.append(
                (recent.sum(), WINDOW, earlier.sum(), len(earlier), others.sum(), len(others)),
            )
    if not windows:
        return ()
    table = np.array(counts, dtype=float)
    luck = luck_of(*table.T) * len(windows)
    found = [
        Pattern(
            name,
            call_type,
            int(row[0]),
            int(row[1]),
            float(row[2] / row[3]),
            float(row[4] / row[5]),
            float(min(1.0, p)),
        )
        for name, row, p in zip(windows, table, luck, strict=True)
        if p <= FALSE_ALARMS
    ]
    return tuple(sorted(found, key=lambda pattern: (pattern.luck, pattern.item)))


def luck_of(
    n_missed: np.ndarray, n: np.ndarray, own_missed: np.ndarray, own_n: np.ndarray,
    team_missed: np.ndarray, team_n: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Probability of at least `n_missed` of `n`, at whichever base rate makes it likelier; arrays.

    Fisher's exact test, so that base rates from few calls count as little as they know.
    """
    against_own = hypergeom.sf(n_missed - 1, n + own_n, n_missed + own_missed, n)
    against_team = hypergeom.sf(n_missed - 1, n + team_n, n_missed + team_missed, n)
    return np.maximum(against_own, against_team)


def _of_ten(share: float) -> str:
    return f"{round(10 * share)} of 10"
