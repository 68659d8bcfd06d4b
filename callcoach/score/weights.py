"""What an item may weigh: at most 10 of 100 until its recogniser has been shown to be right.

`proof.json` holds, per behaviour, how often its recogniser was right on conversations and scenes
that it had not seen (written by ``python -m tests.bench.proof``). A person's monthly check of what
was shown can take an item's weight away altogether.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib import resources

from callcoach.score.rubric import RubricItem

UNPROVEN_MOST = 10.0  # of 100
PROVEN_F1 = 0.75
PROVEN_PRECISION = 0.90


@cache
def proof() -> Mapping[str, Mapping[str, float]]:
    """F1, precision and n per behaviour, on conversations and scenes that its recogniser had not seen."""
    return json.loads((resources.files("callcoach.score") / "proof.json").read_text("utf-8"))["behaviours"]


@cache
def proven_behaviours() -> frozenset[str]:
    """Ids of the behaviours whose recogniser reached both bounds."""
    return frozenset(
        behaviour
        for behaviour, figures in proof().items()
        if figures["f1"] >= PROVEN_F1 and figures["precision"] >= PROVEN_PRECISION
    )


def effective_weights(
    items: Sequence[RubricItem], *, proven: Collection[str], switched_off: Collection[str] = ()
) -> tuple[float, ...]:
    """What each item weighs: unproven ones at most `UNPROVEN_MOST`.

    What that frees goes to the proven items in proportion to their own weights, so that the sum
    stays; where no proven item is left to take it, it is lost and there is no overall.

    Parameters
    ----------
    proven : collection of behaviour ids
    switched_off : collection of behaviour ids
        Found wrong too often by people who checked what was shown; they weigh nothing.

    Examples
    --------
    >>> from callcoach.score.rubric import Direction
    >>> item = lambda name, weight: RubricItem(name, weight, Direction.AT_LEAST, 1, "house")
    >>> effective_weights([item("recap", 60), item("agenda", 40)], proven={"recap"})
    (90.0, 10.0)
    """
    total = sum(item.weight for item in items)
    kept = [
        0.0
        if item.behaviour in switched_off
        else item.weight
        if item.behaviour in proven
        else min(item.weight, UNPROVEN_MOST)
        for item in items
    ]
    carrying = sum(
        weight for item, weight in zip(items, kept, strict=True) if item.behaviour in proven and weight > 0
    )
    freed = total - sum(kept) if carrying else 0.0
    return tuple(
        round(weight * (1 + freed / carrying) if freed and item.behaviour in proven else weight, 4)
        for item, weight in zip(items, kept, strict=True)
    )
