"""Once a month: twenty shown moments per behaviour, judged blind, and what was wrong too often rests.

A moment is shown because it is right in nine of ten cases. Whether that holds on this firm's calls
only its people can say. The sample is drawn by a seed, so that two people get the same sheet and
nobody chooses. An item whose shown moments are surely right less often than that weighs nothing
until a later sheet says otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.special import betaincinv

from callcoach.coach.moments import Moment
from callcoach.coach.sampling import LEVEL

PER_ITEM = 20
RIGHT_SHARE = 0.90  # of shown moments; below it an item weighs nothing


@dataclass(frozen=True, slots=True)
class BlindMoment:
    """A moment on the sheet: its words and where to hear them, not what the machine made of it.

    `id` leads back to the moment; the sheet says which behaviour to look for.
    """

    id: str
    item: str
    call_id: str
    quote: str
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of one moment: whether the words show the behaviour."""

    moment_id: str
    item: str
    reviewer: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class ItemCheck:
    """How often the shown moments of an item were right.

    Parameters
    ----------
    low, high : float
        90 % interval of the share (Clopper and Pearson 1934).
    """

    item: str
    n_right: int
    n: int
    low: float
    high: float

    @property
    def words(self) -> str:
        return f"right {self.n_right} of {self.n}"

    @property
    def is_off(self) -> bool:
        """Whether enough moments were judged and the share surely lies below `RIGHT_SHARE`."""
        return self.n >= PER_ITEM and self.high < RIGHT_SHARE


def sheet(moments: Iterable[Moment], *, seed: str, per_item: int = PER_ITEM) -> tuple[BlindMoment, ...]:
    """The month's sample: up to `per_item` moments per behaviour, each from another call if possible.

    Drawn by a hash of seed and moment: the order of the moments and those of other items change
    nothing, and the same seed ("2026-09") gives everybody the same sheet.
    """
    by_item: dict[str, list[tuple[str, Moment]]] = {}
    for moment in moments:
        place = f"{moment.item}|{moment.call_id}|{moment.start_s}|{moment.quote}"
        mark = hashlib.sha256(f"{seed}|{place}".encode()).hexdigest()[:16]
        by_item.setdefault(moment.item, []).append((mark, moment))
    drawn = []
    for item, marked in sorted(by_item.items()):
        drawn += [
            BlindMoment(mark, item, m.call_id, m.quote, m.start_s, m.end_s)
            for mark, m in _spread(sorted(marked, key=lambda pair: pair[0]), per_item)
        ]
    return tuple(sorted(drawn, key=lambda moment: (moment.item, moment.id)))


def checks(verdicts: Iterable[Verdict]) -> tuple[ItemCheck, ...]:
    """Per item how many moments were right; a moment that two people judge apart counts as wrong."""
    judged: dict[tuple[str, str], bool] = {}
    for verdict in verdicts:
        key = (verdict.item, verdict.moment_id)
        judged[key] = judged.get(key, True) and verdict.is_right
    found = []
    for item in sorted({item for item, _ in judged}):
        answers = [right for (name, _), right in judged.items() if name == item]
        low, high = _share_interval(sum(answers), len(answers))
        found.append(ItemCheck(item, sum(answers), len(answers), low, high))
    return tuple(found)


def switched_off(verdicts: Iterable[Verdict]) -> frozenset[str]:
    """Ids of behaviours that weigh nothing for now, as `effective_weights` of `score` takes them.

    With twenty moments fifteen right switch an item off and sixteen do not: sixteen of twenty can
    still come from a recogniser that is right nine times in ten.
    """
    return frozenset(check.item.split(":")[0] for check in checks(verdicts) if check.is_off)


def _spread(marked: Sequence[tuple[str, Moment]], n: int) -> list[tuple[str, Moment]]:
    """The first `n`, one per call before a second of any."""
    rounds: dict[str, int] = {}
    ranked = []
    for mark, moment in marked:
        rounds[moment.call_id] = rounds.get(moment.call_id, 0) + 1
        ranked.append((rounds[moment.call_id], mark, moment))
    ranked.sort(key=lambda triple: triple[:2])
    return [(mark, moment) for _, mark, moment in ranked[:n]]


def _share_interval(k: int, n: int) -> tuple[float, float]:
    tail = (1 - LEVEL) / 2
    low = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, tail))
    high = 1.0 if k == n else float(betaincinv(k + 1, n - k, 1 - tail))
    return low, high
