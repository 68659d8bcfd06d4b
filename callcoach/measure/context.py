"""What the neighbours of an utterance say about it: the second look of the taggers.

The first look scores every row by its own words. The second sees those scores of the row, of the
turns around it and of what its speaker says else: "exactly" confirms after a reflection, and what
is answered with "exactly" was one; "we're four minutes quicker" handles a competitor after one was
named; whoever seldom gives back what was said has probably not done so here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from callcoach.measure.labels import CUSTOMER_LABELS, REP_LABELS

N_REP, N_CUSTOMER = len(REP_LABELS), len(CUSTOMER_LABELS)
COLUMNS = {"rep": slice(0, N_REP), "customer": slice(N_REP, N_REP + N_CUSTOMER)}
OTHER = {"rep": "customer", "customer": "rep"}
REACH = 4  # turns of the other side that are looked back at
USUAL_TURNS = 10  # turns without any label that are added to the speaker's others, so that few say little
N_FOLLOWING = N_REP + N_CUSTOMER + 1  # last features of a row: what follows it
_ABSENT = -4.0  # score of a turn that is not there
_LOUD = 3.0  # what a score is divided by before it is bent, and a share multiplied by


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
        The row's own scores; those of the other side's turn before, of the loudest of `REACH` before
        that, of the speaker's turn before; how often the speaker's other turns have each label;
        whether the other side spoke directly before. Then what follows: scores of the other side's
        turn after and of the speaker's, and whether the other side spoke directly after.
    """
    own, other = COLUMNS[side], COLUMNS[OTHER[side]]
    speaks = np.array([who == side for who in sides], bool)
    rows, others = np.flatnonzero(speaks), np.flatnonzero(~speaks)
    bent = np.vstack([np.tanh(scores / _LOUD), np.full(scores.shape[1], np.tanh(_ABSENT / _LOUD))])
    n_before = np.searchsorted(others, rows)  # turns of the other side before each row
    place = np.arange(len(rows))

    def at(turns: np.ndarray, number: np.ndarray, columns: slice) -> np.ndarray:
        """Bent scores of the turns with those numbers; the last row, of absence, where there is none."""
        there = (number >= 0) & (number < len(turns))
        found = np.full(len(number), -1)
        found[there] = turns[number[there]]
        return bent[found, columns]

    earlier = np.max([at(others, n_before - back, other) for back in range(2, REACH + 1)], axis=0)
    chance = 1 / (1 + np.exp(-np.clip(scores[rows, own], -20, 20)))
    usual = (chance.sum(axis=0) - chance) / (max(len(rows) - 1, 0) + USUAL_TURNS)
    features = [
        np.clip(scores[rows], -8, 8) / _LOUD,
        at(others, n_before - 1, other),
        earlier,
        at(rows, place - 1, own),
        usual * _LOUD,
        _signed(np.isin(rows - 1, others)),
        at(others, n_before, other),
        at(rows, place + 1, own),
        _signed(np.isin(rows + 1, others)),
    ]
    return rows, np.hstack(features).astype(np.float32)


def as_if_last(features: np.ndarray) -> np.ndarray:
    """Features of rows as if nothing had followed them, as where a recording ends."""
    found = features.copy()
    found[:, -N_FOLLOWING:] = np.tanh(_ABSENT / _LOUD)
    found[:, -1] = -1.0
    return found


def _signed(true: np.ndarray) -> np.ndarray:
    return np.where(true, 1.0, -1.0)[:, None]
