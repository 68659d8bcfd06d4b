"""A reviewer scores a call before seeing the machine's card, then compares.

Until every item that the machine judged has an answer, the comparison shows nothing of the machine:
a score that was seen first pulls the own one towards it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcoach.coach.agreement import MACHINE, N_LEVELS, OwnScore, level

LEVEL_WORDS = ("absent", "a little", "mostly", "fully")
CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a machine's card: its name (``"recap:opening"``), title, and score from 0 to 1 or None."""

    name: str
    title: str
    score: float | None


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
        return f"you: {level_words(self.own)} · machine: {level_words(self.machine)}"


def to_score(items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
    """Name and title of what a reviewer is asked about, with nothing of how the machine judged it."""
    return tuple((item.name, item.title) for item in items)


def score_of(words: str) -> float | None:
    """The score that a level stands for; None for "cannot tell".

    Examples
    --------
    >>> [level(score_of(words)) for words in LEVEL_WORDS]
    [0, 1, 2, 3]
    >>> score_of("cannot tell") is None
    True
    """
    return None if words == CANNOT_TELL else LEVEL_WORDS.index(words) / (N_LEVELS - 1)


def compare(items: Sequence[Item], own: Mapping[str, float | None]) -> tuple[Compared, ...] | None:
    """Own scores beside the machine's, largest difference first; None until every item has an answer.

    Parameters
    ----------
    items : sequence of Item
        Of the machine's card, without people's corrections.
    own : mapping of item name to float or None
        0 to 1; None for "not applicable" or "cannot tell".
    """
    if any(item.name not in own for item in items):
        return None
    rows = []
    for item in items:
        mine = own[item.name]
        rows.append(
            Compared(
                item.name,
                item.title,
                None if mine is None else level(mine),
                None if item.score is None else level(item.score),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-_apart(row), row.item)))


def machine_scores(items: Sequence[Item], *, call_id: str) -> tuple[OwnScore, ...]:
    """The machine's own card as one more reviewer, for `agreements`."""
    return tuple(OwnScore(MACHINE, call_id, item.name, item.score) for item in items)


def _apart(row: Compared) -> int:
    if row.own is None or row.machine is None:
        return 0 if row.own == row.machine else 1
    return abs(row.own - row.machine)


def level_words(known: int | None) -> str:
    """A level of `agreement.level` in words; None is "cannot tell"."""
    return CANNOT_TELL if known is None else LEVEL_WORDS[known]
