"""The three moments a focus is talked about with: the best, a typical and a nearly one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from callcoach.coach.records import HAS_IT

LEAD_S, TAIL_S = 5.0, 3.0  # a clip plays from before to after the words
MAX_CLIP_S = 60.0


@dataclass(frozen=True, slots=True)
class Moment:
    """Words of one call that show one skill, with where to hear them.

    Parameters
    ----------
    score : float
        Of the call in that item; orders moments, is never shown.
    start_s, end_s : float or None
        Of the words; None where the source has no times.
    probability : float
        That the words show it.
    """

    call_id: str
    rep: str
    item: str
    at: datetime
    account: str | None
    quote: str
    start_s: float | None
    end_s: float | None
    score: float
    probability: float = 1.0

    @property
    def clip_s(self) -> float:
        """Playing time with lead and tail, at most a minute; 0 where nothing can be played."""
        if self.start_s is None or self.end_s is None:
            return 0.0
        return min(MAX_CLIP_S, self.end_s + TAIL_S - max(0.0, self.start_s - LEAD_S))


@dataclass(frozen=True, slots=True)
class ThreeMoments:
    """Each from another call; None where there is none."""

    best: Moment | None
    typical: Moment | None
    nearly: Moment | None

    @property
    def all(self) -> tuple[tuple[str, Moment], ...]:
        named = (("best", self.best), ("typical", self.typical), ("nearly", self.nearly))
        return tuple((name, moment) for name, moment in named if moment is not None)

    @property
    def playing_s(self) -> float:
        return sum(moment.clip_s for _, moment in self.all)


def three_moments(moments: Iterable[Moment]) -> ThreeMoments:
    """Best, typical and nearly, from three calls; of one call its surest words, of equals the latest.

    Best has it most clearly. Nearly comes closest among the calls that do not have it. Typical lies
    nearest to the middle of the calls.
    """
    by_call: dict[str, Moment] = {}
    for moment in moments:
        held = by_call.get(moment.call_id)
        if held is None or _order(moment) > _order(held):
            by_call[moment.call_id] = moment
    left = sorted(by_call.values(), key=lambda m: (m.score, *_order(m)), reverse=True)
    if not left:
        return ThreeMoments(None, None, None)
    middle = median(moment.score for moment in left)
    best = left.pop(0) if left[0].score >= HAS_IT else None
    nearly = next((moment for moment in left if moment.score < HAS_IT), None)
    if nearly is not None:
        left.remove(nearly)
    typical = min(left, key=lambda m: (abs(m.score - middle), -m.at.timestamp(), m.call_id), default=None)
    return ThreeMoments(best, typical, nearly)


def _order(moment: Moment) -> tuple[float, datetime, str, float]:
    return (moment.probability, moment.at, moment.call_id, -(moment.start_s or 0.0))
