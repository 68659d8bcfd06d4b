"""A reviewer scores a call before seeing the machine's card, then compares.

Until every item that the machine judged has an answer, the comparison shows nothing of the machine:
a score that was seen first pulls the own one towards it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from callcoach.coach.agreement import MACHINE, OwnScore, level
from callcoach.coach.records import item_name
from callcoach.core import Scorecard

LEVEL_WORDS = ("absent", "a little", "mostly", "fully")


@dataclass(frozen=True, slots=True)
class Compared:
    """One item after blind scoring; levels are those of `agreement.level`, None for "cannot tell"."""

    item: str
    title: str
    own: int | None
    machine: int | None

    @property
    def is_same(self) -> bool:
        return self.own == self.machine

    @property
    def words(self) -> str:
        """``"you: mostly · machine: a little"``."""
        return f"you: {_words(self.own)} · machine: {_words(self.machine)}"


def to_score(card: Scorecard) -> tuple[tuple[str, str], ...]:
    """Name and title of what a reviewer is asked about, with nothing of how the machine judged it."""
    return tuple((item_name(item), item.title) for item in card.behaviours)


def compare(card: Scorecard, own: Mapping[str, float | None]) -> tuple[Compared, ...] | None:
    """Own scores beside the machine's, largest difference first; None until every item has an answer.

    Parameters
    ----------
    own : mapping of item name to float or None
        0 to 1; None for "not applicable" or "cannot tell".
    """
    if any(name not in own for name, _ in to_score(card)):
        return None
    rows = []
    for item in card.behaviours:
        mine = own[item_name(item)]
        rows.append(
            Compared(
                item_name(item),
                item.title,
                None if mine is None else level(mine),
                None if item.score is None else level(item.score),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-_apart(row), row.item)))


def machine_scores(card: Scorecard, *, call_id: str) -> tuple[OwnScore, ...]:
    """The machine's own card as one more reviewer, for `agreements`."""
    return tuple(OwnScore(MACHINE, call_id, item_name(item), item.score) for item in card.behaviours)


def _apart(row: Compared) -> int:
    if row.own is None or row.machine is None:
        return 0 if row.own == row.machine else 1
    return abs(row.own - row.machine)


def _words(known: int | None) -> str:
    return "cannot tell" if known is None else LEVEL_WORDS[known]
