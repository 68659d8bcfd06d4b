"""Measurement intervals: where a careful person's score of the same call would lie, 90 times of 100.

The doubt of an item is what its taggers themselves say they may have got wrong: the sum of p(1 - p)
over the labels that the behaviour rests on. On conversations that no model saw, scores from people's
labels were compared with scores from the taggers', and the spread kept by how large the doubt was
and where the score lay (`models/intervals`, trained by `score/train/intervals.py`)::

    low doubt    |-|              score 0.67, 0.67 to 0.67
    high doubt   |-----------|    score 0.67, 0.33 to 1.00

These speak of one call. Over calls there are sampling intervals, which are something else.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from callcoach.bundled import bundled
from callcoach.core.errors import DamagedModel

COVERAGE = 0.90
LEVELS = (0.001, 0.999)  # scores at the bottom, between, and at the top err in different directions


@dataclass(frozen=True, slots=True)
class Spread:
    """How far from the score the truth lay, by doubt and level.

    Parameters
    ----------
    doubt_edges : tuple of float
        Doubts at which the next row of `below` and `above` begins.
    below, above : tuple of tuple of float
        Per doubt and level, how far the interval reaches down and up; not negative.
    """

    doubt_edges: tuple[float, ...]
    below: tuple[tuple[float, ...], ...]
    above: tuple[tuple[float, ...], ...]

    def around(self, score: float, doubt: float) -> tuple[float, float]:
        """Low and high end, within 0 and 1.

        Parameters
        ----------
        doubt : float
            Expected labels wrong, in labels; see `doubts`.
        """
        row, level = bisect_right(self.doubt_edges, doubt), level_of(score)
        low, high = score - self.below[row][level], score + self.above[row][level]
        return round(max(0.0, low), 4), round(min(1.0, high), 4)


def level_of(score: float) -> int:
    """0 for a score of nothing, 2 for a full one, 1 between."""
    return bisect_right(LEVELS, score)


def doubts(labels: Sequence[Mapping[str, float]], rests_on: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Doubt per behaviour: the sum of p(1 - p) over all turns and the labels it rests on.

    Parameters
    ----------
    labels : sequence of mapping
        Probability per label, turn by turn.
    rests_on : mapping of behaviour to labels
    """
    per_label: dict[str, float] = {}
    for turn in labels:
        for label, probability in turn.items():
            per_label[label] = per_label.get(label, 0.0) + probability * (1.0 - probability)
    return {
        behaviour: sum(per_label.get(label, 0.0) for label in sorted(wanted))
        for behaviour, wanted in rests_on.items()
    }


@cache
def shipped_spread() -> Spread:
    """The spread that was measured.

    Raises
    ------
    DamagedModel
    """
    path = bundled("models") / "intervals" / "model.json"
    try:
        saved = json.loads(path.read_text("utf-8"))
        return Spread(
            tuple(saved["doubt_edges"]),
            tuple(tuple(row) for row in saved["below"]),
            tuple(tuple(row) for row in saved["above"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedModel(
            "the measured intervals must be the file that was trained, and it cannot be read; install callcoach again"
        ) from error
