"""Did coaching help: before and after a focus, against controls, with a baseline free of its choice.

::

    calls   o o o o o o o o o o o o | x x x x x x x x | a a a | o o o o o o o o o
            baseline                | chose the focus | only  | quality counts
                                      (left out)        attempts

A skill is chosen as focus because its calls looked weak, partly by bad luck; the next calls look
better without anything having changed. So the calls that chose it are left out, and where too few
others remain the baseline is shrunk towards the rep's other skills. The rep's own other skills in
the same calls and the teammates' same skill in the same weeks are the controls: an effect is
claimed only if it stands above both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from callcoach.coach.records import HAS_IT, CallRecord, calls_of, in_order, items_of, scores_of, teammates
from callcoach.coach.sampling import Difference, difference, moments

MIN_CALLS = 10  # judged calls before and after, from which an effect may be claimed
ABOUT_CALLS = 12  # what "too early" names
ATTEMPTS_ONLY = 3  # first calls after a focus: attempts count, quality does not
_MIN_TEAM_CALLS = 3  # of a teammate, before and after, to be a control
_MIN_SKILLS = 7  # from which a baseline can be shrunk towards the rep's other skills: fewer do not tell luck


class Verdict(StrEnum):
    TOO_EARLY = "too_early"
    BETTER = "better"
    NO_CHANGE = "no_change"


@dataclass(frozen=True, slots=True)
class Focus:
    """What somebody works on since when, and which calls led to it.

    `chosen_by` holds the ids of the calls that the choice rested on: they are no baseline.
    """

    rep: str
    item: str
    call_type: str
    since: datetime
    chosen_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What can be said of a focus today.

    Parameters
    ----------
    n_before, n_after : int
        Judged calls of the baseline and since the focus.
    n_has_before, n_has_after : int
        Those that have the behaviour.
    n_tried : int
        Calls since the focus with at least one attempt.
    value, low, high : float or None
        Change beyond the more cautious control, and its 90 % sampling interval; None while too early.
    luck : float or None
        Probability of at least this rise with no real change.
    controls : tuple of str
        ``"own"`` and ``"team"`` as far as they could be formed.
    shrunk : bool
        Whether too few other calls existed and the baseline was shrunk.
    """

    verdict: Verdict
    n_before: int
    n_after: int
    n_has_before: int
    n_has_after: int
    n_tried: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    luck: float | None = None
    controls: tuple[str, ...] = ()
    shrunk: bool = False

    @property
    def words(self) -> str:
        """One sentence or two for a page; never a score."""
        if self.verdict is Verdict.TOO_EARLY:
            if self.n_after < MIN_CALLS:
                return f"Too early: {self.n_after} of about {ABOUT_CALLS} calls."
            return f"Too early: {self.n_before} of about {ABOUT_CALLS} calls from before to compare with."
        counts = (
            f"{self.n_has_after} of {self.n_after} calls have it, "
            f"before {self.n_has_before} of {self.n_before}"
        ) + (" (the calls that led to this focus among them)" if self.shrunk else "")
        if self.verdict is Verdict.BETTER:
            return f"Better: {counts}; luck alone would do this in {odds(self.luck)}."
        if self.high is not None and self.high < 0:
            return f"Not better so far: {counts}."
        return "No change we can see; that is not proof of none."


def odds(probability: float) -> str:
    """A small probability as people say it.

    >>> odds(0.021)
    'about 1 of 50 cases'
    """
    for cases in (100, 50, 30, 20):
        if probability * cases <= 1.0 + 1e-9 or (cases == 50 and probability < 0.025):
            return "fewer than 1 of 100 cases" if cases == 100 else f"about 1 of {cases} cases"
    return f"about 1 of {max(1, round(1 / probability))} cases"


def effect_of(focus: Focus, records: Sequence[CallRecord]) -> Effect:
    """What coaching on `focus` has changed so far, from the calls of rep and teammates; pure."""
    own = calls_of(records, focus.rep, call_type=focus.call_type)
    others = tuple(name for name in items_of(own) if name != focus.item)
    items = (focus.item, *others)

    def judged(calls: Sequence[CallRecord]) -> tuple[CallRecord, ...]:
        return tuple(call for call in calls if call.scores.get(focus.item) is not None)

    earlier = judged([call for call in own if call.at < focus.since])
    after = judged([call for call in own if call.at >= focus.since])
    before = tuple(call for call in earlier if call.call_id not in focus.chosen_by)
    shrunk = len(before) < MIN_CALLS and len(others) + 1 >= _MIN_SKILLS
    if shrunk:
        before = earlier
    attempts, quality = after[:ATTEMPTS_ONLY], after[ATTEMPTS_ONLY:]
    counts = {
        "n_before": len(before),
        "n_after": len(after),
        "n_has_before": _n_has(before, focus.item),
        "n_has_after": _n_has(after, focus.item),
        "n_tried": sum(call.scores[focus.item] > 0 for call in (*attempts, *quality)),
        "shrunk": shrunk,
    }
    if len(before) < MIN_CALLS or len(after) < MIN_CALLS:
        return Effect(Verdict.TOO_EARLY, **counts)
    before_table, after_table = scores_of(before, items), scores_of(quality, items)
    found: dict[str, Difference] = {}
    if others:
        found["own"] = change_beyond_own(before_table, after_table, shrink=shrunk)
    team = _team_tables(focus, records, since=before[0].at, until=after[-1].at)
    if team is not None:
        found["team"] = change_beyond_team(before_table, after_table, *team, shrink=shrunk)
    found = {name: each for name, each in found.items() if np.isfinite(each.low)}
    if not found:
        return Effect(Verdict.NO_CHANGE, **counts)
    cautious = min(found.values(), key=lambda each: float(each.low))
    rises = counts["n_has_after"] * len(before) > counts["n_has_before"] * len(after)
    luck = max(float(each.luck) for each in found.values())
    claimed = bool(is_claimed(*found.values())) and rises
    return Effect(
        Verdict.BETTER if claimed else Verdict.NO_CHANGE,
        **counts,
        value=float(cautious.value),
        low=float(cautious.low),
        high=float(cautious.high),
        luck=luck,
        controls=tuple(found),
    )


def is_claimed(*differences: Difference) -> np.ndarray:
    """Whether every interval lies above zero; the rule of `effect_of`, for arrays."""
    return np.logical_and.reduce([np.asarray(each.low) > 0.0 for each in differences])


def change_beyond_own(before: np.ndarray, after: np.ndarray, *, shrink: bool = False) -> Difference:
    """Change of skill 0 beyond that of the same rep's other skills in the same calls.

    Parameters
    ----------
    before, after : ndarray, shape (..., calls, skills)
        Scores with NaN where not judged; skill 0 is the focus.
    shrink : bool
        Whether the baseline still holds the calls that chose the focus.
    """
    n_before, mean_before, variance_before = moments(_beyond_others(before))
    n_after, mean_after, variance_after = moments(_beyond_others(after))
    with np.errstate(invalid="ignore", divide="ignore"):
        of_before, of_after = variance_before / n_before, variance_after / n_after
    if shrink:
        mean_before = kept_share(before) * mean_before  # its variance stays: the cautious side
    return difference(mean_after - mean_before, of_before, n_before - 1.0, of_after, n_after - 1.0)


def change_beyond_team(
    before: np.ndarray, after: np.ndarray, team_before: np.ndarray, team_after: np.ndarray, *,
    shrink: bool = False,
) -> Difference:  # fmt: skip
    """Change of skill 0 beyond the mean change of teammates in the same skill and weeks.

    Parameters
    ----------
    before, after : ndarray, shape (..., calls, skills)
        The rep's scores; skill 0 is the focus.
    team_before, team_after : ndarray, shape (..., teammates, calls)
        Teammates' scores in that skill.
    """
    n_before, mean_before, variance_before = moments(before[..., 0])
    n_after, mean_after, variance_after = moments(after[..., 0])
    n_tb, mean_tb, variance_tb = moments(team_before)
    n_ta, mean_ta, variance_ta = moments(team_after)
    n_team = team_before.shape[-2]
    with np.errstate(invalid="ignore", divide="ignore"):
        of_before, of_after = variance_before / n_before, variance_after / n_after
        changes = mean_ta - mean_tb
        within = (variance_tb / n_tb + variance_ta / n_ta).sum(axis=-1) / n_team**2
    if n_team > 2:
        within = np.maximum(within, changes.var(axis=-1, ddof=1) / n_team)
    if shrink:
        kept = kept_share(before)
        rest = np.nanmean(np.nanmean(before[..., 1:], axis=-2), axis=-1)
        mean_before = kept * mean_before + (1 - kept) * rest
    value = mean_after - mean_before - changes.mean(axis=-1)
    return difference(value, of_before + within, n_before - 1.0, of_after, n_after - 1.0)


def kept_share(scores: np.ndarray) -> np.ndarray:
    """How much of a skill's distance from the rep's other skills is more than luck, 0 to 1.

    Positive-part James–Stein over the skills of ``(..., calls, skills)``: 0 when the skills differ
    no more than chance makes them, near 1 when they differ widely.

    References
    ----------
    James & Stein 1961; Efron & Morris 1975 (shrinking towards the mean of k means: k − 3).
    """
    n, mean, variance = moments(np.swapaxes(scores, -1, -2))
    n_skills = (n > 1).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        noise = np.nanmean(variance / n, axis=-1)
        spread = np.nansum((mean - np.nanmean(mean, axis=-1)[..., None]) ** 2, axis=-1)
        kept = 1.0 - (n_skills - 3) * noise / spread
    return np.clip(np.nan_to_num(kept, nan=0.0, neginf=0.0), 0.0, 1.0)


def _beyond_others(scores: np.ndarray) -> np.ndarray:
    """Per call: skill 0 less the mean of the other skills judged in it; NaN where either is missing."""
    rest = scores[..., 1:]
    known = ~np.isnan(rest)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, rest, 0.0).sum(axis=-1) / known.sum(axis=-1)
    return scores[..., 0] - mean


def _n_has(calls: Sequence[CallRecord], item: str) -> int:
    return sum((call.scores.get(item) or 0.0) >= HAS_IT for call in calls)


def _team_tables(
    focus: Focus, records: Sequence[CallRecord], *, since: datetime, until: datetime
) -> tuple[np.ndarray, np.ndarray] | None:
    """Teammates' scores in the skill before and after, padded with NaN; None without a teammate."""
    before, after = [], []
    for name in teammates(records, focus.rep):
        calls = [
            call
            for call in in_order(r for r in records if r.rep == name and r.call_type == focus.call_type)
            if since <= call.at <= until and call.scores.get(focus.item) is not None
        ]
        early = [call.scores[focus.item] for call in calls if call.at < focus.since]
        late = [call.scores[focus.item] for call in calls if call.at >= focus.since]
        if min(len(early), len(late)) >= _MIN_TEAM_CALLS:
            before.append(early)
            after.append(late)
    return (_padded(before), _padded(after)) if before else None


def _padded(rows: Sequence[Sequence[float]]) -> np.ndarray:
    table = np.full((len(rows), max(map(len, rows))), np.nan)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table
