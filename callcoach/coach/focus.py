"""One focus, or none: the skill that stands out below the rep's own others and below the team.

Somebody's lowest skill of nine is the truly weakest in less than half of the cases, so the lowest
is no focus by itself. From 8 calls of one type within 8 weeks a skill is named if it lies below the
rep's other skills in the same calls, and below the teammates' same skill, by more than luck explains
after counting how many skills were looked at. A need of the whole team is not repeated here. No
focus is a good answer: "no pattern, enjoy".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from callcoach.coach.effect import Focus
from callcoach.coach.records import HAS_IT, CallRecord, calls_of, items_of, scores_of, teammates
from callcoach.coach.sampling import SHOWN_FROM, Difference, difference, moments

MIN_CALLS = 8  # of one call type
WITHIN = timedelta(weeks=8)
ENOUGH = 0.75  # mean share of the target from which there is nothing to work on; house
# Of all skills together, with one standard and with both: what passes two of them passes by luck less
# often than either. Simulated reps who are like their team get a focus in at most 6 of 100 cases.
FALSE_ALARMS, FALSE_ALARMS_OF_BOTH = 0.10, 0.20
NO_FOCUS = "no pattern, enjoy"


@dataclass(frozen=True, slots=True)
class FocusFound:
    """A skill worth working on, and what says so.

    Parameters
    ----------
    n, n_has : int
        Judged calls, and those that have it.
    mean, others_mean : float
        Of this skill, and of the rep's other skills in the same calls.
    team_mean : float or None
        Mean of the teammates' means; None where nobody else has enough calls.
    luck : float
        Probability that it stands out so far by luck, all skills looked at counted.
    call_ids : tuple of str
        The calls that the choice rests on: no baseline for its effect.
    """

    rep: str
    item: str
    call_type: str
    n: int
    n_has: int
    mean: float
    others_mean: float
    team_mean: float | None
    luck: float
    call_ids: tuple[str, ...]

    @property
    def why(self) -> str:
        """One sentence for the sheet: counts against counts, never a rank."""
        others = "the other skills" + (", and the team in this one," if self.team_mean is not None else "")
        return f"In {self.n_has} of {self.n} calls; {others} more often."

    def started(self, since: datetime) -> Focus:
        """The focus as agreed, with the calls that chose it left out of its baseline."""
        return Focus(self.rep, self.item, self.call_type, since, self.call_ids)


def focus_for(
    records: Sequence[CallRecord],
    rep: str,
    *,
    today: datetime,
    leave_out: Collection[str] = (),
    weights: Mapping[str, float] | None = None,
) -> FocusFound | None:
    """The one skill to work on, or None when nothing stands out; pure.

    Parameters
    ----------
    records : sequence of CallRecord
        Of the rep and the teammates.
    leave_out : collection of item names
        Needs of the whole team, and a focus just finished.
    weights : mapping of item name to weight, optional
        Of several that stand out, the one with the largest weighted gap is named.
    """
    recent = [record for record in records if today - WITHIN <= record.at <= today]
    own = calls_of(recent, rep)
    windows = {kind: calls_of(own, rep, call_type=kind) for kind in sorted({call.call_type for call in own})}
    candidates: list[tuple[FocusFound, float]] = []
    n_looked_at = 0
    for kind, calls in windows.items():
        items = items_of(calls)
        if len(items) < 2:
            continue
        table = scores_of(calls, items)
        means, variances, df = _team_means(recent, rep, kind, items)
        luck, gap = stands_out(table, means, variances, df)
        for column, name in enumerate(items):
            scores = table[:, column]
            known = ~np.isnan(scores)
            if known.sum() < MIN_CALLS or not np.isfinite(luck[column]):
                continue
            n_looked_at += 1
            if name in leave_out or scores[known].mean() >= ENOUGH:
                continue
            others = np.delete(table[known], column, axis=1)
            found = FocusFound(
                rep=rep,
                item=name,
                call_type=kind,
                n=int(known.sum()),
                n_has=int((scores[known] >= HAS_IT).sum()),
                mean=float(scores[known].mean()),
                others_mean=float(np.nanmean(others)),
                team_mean=float(means[column]) if np.isfinite(means[column]) else None,
                luck=float(luck[column]),
                call_ids=tuple(call.call_id for call, is_known in zip(calls, known, strict=True) if is_known),
            )
            weight = (weights or {}).get(name.split(":")[0], 1.0) if weights else 1.0
            candidates.append((found, float(gap[column]) * weight))
    named = [
        (gap, found)
        for found, gap in candidates
        if is_named(found.luck, n_looked_at, has_team=found.team_mean is not None)
    ]
    if not named:
        return None
    return max(named, key=lambda pair: (pair[0], pair[1].item))[1]


def is_named(luck: np.ndarray, n_looked_at: int, *, has_team: np.ndarray | bool) -> np.ndarray:
    """Whether a skill stands out by more than luck, the number of skills looked at counted."""
    return np.asarray(luck) * n_looked_at <= np.where(has_team, FALSE_ALARMS_OF_BOTH, FALSE_ALARMS)


def stands_out(
    scores: np.ndarray, team_mean: np.ndarray, team_variance: np.ndarray, team_df: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Luck and gap of every skill below both standards; arrays of (..., skills).

    Parameters
    ----------
    scores : ndarray, shape (..., calls, skills)
        One rep's, with NaN where not judged.
    team_mean, team_variance, team_df : ndarray, shape (..., skills)
        Mean of the teammates' means, its variance and degrees of freedom; NaN without teammates.

    Returns
    -------
    luck : ndarray
        Probability of lying so far below, against the standard that it is nearer to.
    gap : ndarray
        Distance from that standard.
    """
    known = ~np.isnan(scores)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.where(known, scores, 0.0).sum(axis=-1)[..., None]
        n_others = known.sum(axis=-1)[..., None] - known
        below = np.where(known, total - np.where(known, scores, 0.0), np.nan) / n_others - scores
        own = _against(np.swapaxes(below, -1, -2), 0.0, 0.0, 1.0)
        skill = np.swapaxes(scores, -1, -2)
        team = _against(-skill, team_mean, team_variance, team_df)
    no_team = np.isnan(team_mean)
    luck = np.where(no_team, own.luck, np.fmax(own.luck, team.luck))
    gap = np.where(no_team, own.value, np.fmin(own.value, team.value))
    return luck, gap


def _against(below: np.ndarray, standard: np.ndarray, variance: np.ndarray, df: np.ndarray) -> Difference:
    """How far the mean over calls, the last axis, lies above zero when `standard` is added.

    A skill that is missed in every call is not taken for one that never varies: its variance is at
    least the mean one of all skills.
    """
    n, mean, spread = moments(below)
    known = ~np.isnan(spread)
    n_known = known.sum(axis=-1, keepdims=True)  # 0 where no skill has two judged calls yet
    total = np.where(known, spread, 0.0).sum(axis=-1, keepdims=True)
    spread = np.fmax(spread, np.where(n_known > 0, total / np.maximum(n_known, 1), np.nan))
    return difference(
        standard + mean, variance + np.zeros_like(mean), df + np.zeros_like(mean), spread / n, n - 1.0
    )


def team_mean_of(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean of the teammates' means, its variance and degrees of freedom.

    Parameters
    ----------
    scores : ndarray, shape (..., teammates, calls, skills)
    """
    n, mean, variance = moments(np.swapaxes(scores, -1, -2))
    enough = n >= SHOWN_FROM
    n_team = enough.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        of_means = np.where(enough, mean, 0.0).sum(axis=-2) / n_team
        within = np.where(enough, variance / n, 0.0).sum(axis=-2) / n_team**2
        spread = np.where(enough, mean - of_means[..., None, :], 0.0)
        between = (spread**2).sum(axis=-2) / np.maximum(n_team - 1, 1) / n_team
    total = np.where(n_team > 2, np.maximum(within, between), within)
    df = np.where(n_team > 2, n_team - 1.0, np.where(enough, n - 1.0, 0.0).sum(axis=-2))
    missing = n_team == 0
    return (
        np.where(missing, np.nan, of_means),
        np.where(missing, np.nan, total),
        np.where(missing, np.nan, df),
    )


def _team_means(
    records: Sequence[CallRecord], rep: str, kind: str, items: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    tables = [scores_of(calls_of(records, name, call_type=kind), items) for name in teammates(records, rep)]
    longest = max((len(table) for table in tables), default=0)
    if longest == 0:
        nothing = np.full(len(items), np.nan)
        return nothing, nothing, nothing
    padded = np.full((len(tables), longest, len(items)), np.nan)
    for number, table in enumerate(tables):
        padded[number, : len(table)] = table
    return team_mean_of(padded)
