"""What the neighbours of an utterance say about it: the second look of the taggers.

The first look scores every row by its own words. The second sees those scores of the row, of the
other side's turns before it and of the speaker's own turn before: "exactly" confirms after a
reflection, "we're four minutes quicker" handles a competitor after one was named.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from callcoach.measure.labels import CUSTOMER_LABELS, REP_LABELS

N_REP, N_CUSTOMER = len(REP_LABELS), len(CUSTOMER_LABELS)
COLUMNS = {"rep": slice(0, N_REP), "customer": slice(N_REP, N_REP + N_CUSTOMER)}
OTHER = {"rep": "customer", "customer": "rep"}
REACH = 4  # turns of the other side that are looked back at
_ABSENT = -4.0  # score of a turn that is not there


def second_look(scores: np.ndarray, sides: Sequence[str], side: str) -> tuple[np.ndarray, np.ndarray]:
    """Dense features of the rows of one side.

    Parameters
    ----------
    scores : numpy.ndarray, shape (n_rows, N_REP + N_CUSTOMER)
        Log-odds of the first look, every row by the labels of both sides.

    Returns
    -------
    rows : numpy.ndarray of int
        The rows of `side`, in order.
    features : numpy.ndarray of float32, shape (len(rows), n)
    """
    own, other = COLUMNS[side], COLUMNS[OTHER[side]]
    n_other = other.stop - other.start
    clipped = np.clip(scores, -8, 8) / 3
    soft = np.tanh(scores / 3)
    missing = np.tanh(_ABSENT / 3)
    rows, found = [], []
    others: list[int] = []
    mine: int | None = None
    for at, who in enumerate(sides):
        if who != side:
            others.append(at)
            continue
        last = soft[others[-1], other] if others else np.full(n_other, missing)
        earlier = soft[others[-REACH:-1], other].max(axis=0) if len(others) > 1 else np.full(n_other, missing)
        before = soft[mine, own] if mine is not None else np.full(own.stop - own.start, missing)
        adjacent = [1.0 if at and sides[at - 1] != side else -1.0]
        rows.append(at)
        found.append(np.concatenate([clipped[at], last, earlier, before, adjacent]))
        mine = at
    width = N_REP + N_CUSTOMER + 2 * n_other + (own.stop - own.start) + 1
    features = np.array(found, np.float32) if found else np.zeros((0, width), np.float32)
    return np.array(rows, np.int64), features
