"""What coaching over time needs of a call: who, when, which kind, and what was judged of it.

A `CallRecord` is light: a hundred thousand of them fit where a hundred scorecards do. Scores that
are missing have a reason in the scorecard; here they are None, and None is never averaged as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from callcoach.core import BehaviourScore, Scorecard

HAS_IT = 0.5  # share of the target from which a call "has" a behaviour; house


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One conversation of one person.

    Parameters
    ----------
    rep : str
        Id of the person whose own mouth was scored.
    at : datetime
        When the call began, with zone.
    call_type : str
        As it was scored; skills are compared within one type only.
    scores : mapping of item name to float or None
        0 to 1; None where the item was not applicable or could not be judged. See `item_name`.
    withheld : str or None
        Why nothing of the call was judged, in one word or two ("mono", "short", "German").
    """

    call_id: str
    rep: str
    at: datetime
    call_type: str
    scores: Mapping[str, float | None] = field(default_factory=dict)
    withheld: str | None = None
    account: str | None = None

    @property
    def is_judged(self) -> bool:
        """Whether at least one item has a score."""
        return any(score is not None for score in self.scores.values())


def item_name(item: BehaviourScore) -> str:
    """Behaviour and variant of a rubric item: ``"recap"``, ``"recap:opening"``."""
    return f"{item.id}:{item.variant}" if item.variant else item.id


def record_of(
    card: Scorecard,
    *,
    call_id: str,
    rep: str,
    at: datetime,
    withheld: str | None = None,
    account: str | None = None,
) -> CallRecord:
    """The record of one scorecard; use the corrected card where one exists."""
    scores = {item_name(item): item.score for item in card.behaviours}
    return CallRecord(call_id, rep, at, card.call_type, scores, withheld, account)


def in_order(records: Iterable[CallRecord]) -> tuple[CallRecord, ...]:
    """By time; calls of the same second by id, so that every order of input gives one result."""
    return tuple(sorted(records, key=lambda record: (record.at, record.call_id)))


def calls_of(
    records: Iterable[CallRecord], rep: str, *, call_type: str | None = None
) -> tuple[CallRecord, ...]:
    """One person's calls in order, of one type or of all."""
    return in_order(r for r in records if r.rep == rep and call_type in (None, r.call_type))


def teammates(records: Iterable[CallRecord], rep: str) -> tuple[str, ...]:
    """Everybody else who has calls, by id."""
    return tuple(sorted({record.rep for record in records} - {rep}))


def items_of(records: Iterable[CallRecord]) -> tuple[str, ...]:
    """Names of all items that were judged at least once, alphabetical."""
    return tuple(
        sorted({name for record in records for name, score in record.scores.items() if score is not None})
    )


def scores_of(records: Sequence[CallRecord], items: Sequence[str]) -> np.ndarray:
    """Scores as an array of calls × items; NaN where not judged."""
    table = np.full((len(records), len(items)), np.nan)
    for row, record in enumerate(records):
        for column, name in enumerate(items):
            score = record.scores.get(name)
            if score is not None:
                table[row, column] = score
    return table
