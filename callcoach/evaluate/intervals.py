"""The interval in which a mean over recordings lies: recordings are drawn again, with a fixed seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

DRAWS, SEED, LEVEL = 2000, 0, 0.9
Item = TypeVar("Item")


def resampled(items: Sequence[Item], figure: Callable[[Sequence[Item]], float]) -> tuple[float, float] | None:
    """Sampling interval of `figure`, 90 %; None for fewer than two items."""
    if len(items) < 2:
        return None
    rng = np.random.default_rng(SEED)
    drawn = [figure([items[i] for i in rng.integers(0, len(items), len(items))]) for _ in range(DRAWS)]
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
