"""Both looks of the taggers, fitted so that the second never learns from scores the first memorised."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import scipy.sparse

from callcoach.measure.context import COLUMNS, as_if_last, second_look
from callcoach.measure.labels import LABELS_OF_SIDE
from callcoach.measure.taggers import scores_of
from callcoach.measure.train.dataset import Design
from callcoach.measure.train.fragments import ASKING, Fragments
from callcoach.measure.train.solver import fit_dense, fit_hidden, fit_linear

FIRST_PENALTY, SECOND_PENALTY = 0.3, 5.0
FIRST_ONLY = ("question",)  # labels to which the turns around say nothing, and that pieces calibrate
LAST_STEP = (
    3  # one row in so many is learned from as if nothing followed: calls are cut, and then as well read
)
MIN_EXAMPLES = 3  # a hashed feature seen in fewer rows, all variants counted, weighs nothing
N_PROCESSES = 2  # each holds what one fit learns from: about 2 GB
HIDDEN = 64  # size of the layer that all labels share
MIN_SHARED = 25  # the same, in the layer
SHARED = 0.5  # how loud the layer is beside the straight look
SHARED_PENALTY, SHARED_DROP = 0.05, 0.3


@dataclass(frozen=True)
class First:
    """A first look: every label straight from the features, and half as loud through a shared layer.

    Parameters
    ----------
    weights : numpy.ndarray of float32, shape (n_features, n_columns + HIDDEN)
        Of the labels, then of the layer.
    intercepts : numpy.ndarray of float32, shape (n_columns + HIDDEN,)
    out : numpy.ndarray of float32, shape (HIDDEN, n_columns)
        From the layer to the labels.
    """

    weights: np.ndarray
    intercepts: np.ndarray
    out: np.ndarray

    def scores(self, features: scipy.sparse.csr_matrix) -> np.ndarray:
        return scores_of(np.asarray(features @ self.weights) + self.intercepts, self.out)


@dataclass(frozen=True)
class Examples:
    """Everything that a first look can learn from, with what every fit shares computed once.

    Rows of all variants, then longer turns, then pieces, side by side.

    Parameters
    ----------
    used : numpy.ndarray of int
        Hashed features that enough rows have.
    often : numpy.ndarray of int
        Those among `used` that are frequent enough for the layer.
    features : csr_matrix, shape (n, n_used)
    known : numpy.ndarray of int8, shape (n, n_columns)
        1 has a label, 0 has not, -1 is not known, as all labels of the other side.
    """

    designs: list[Design]
    pieces: Fragments
    used: np.ndarray
    often: np.ndarray
    features: scipy.sparse.csr_matrix
    known: np.ndarray
    sides: np.ndarray
    conversations: np.ndarray


def examples_of(designs: list[Design], pieces: Fragments) -> Examples:
    """Rows of every side put together once for all folds."""
    seen = sum(np.bincount(each.features.indices, minlength=designs[0].features.shape[1]) for each in designs)
    used = np.flatnonzero(seen >= MIN_EXAMPLES)
    features, known, sides, conversations = [], [], [], []
    for side, columns in COLUMNS.items():
        parts = [each.where(each.sides == side) for each in (*designs, pieces.longer)]
        piece = np.flatnonzero(pieces.sides == side)
        features += [each[:, used] for each in (*(part.features for part in parts), pieces.features[piece])]
        found = np.vstack(
            [part.gold[:, columns].astype(np.int8) for part in parts] + [_known_of(pieces, piece, side)]
        )
        wide = np.full((len(found), COLUMNS["customer"].stop), -1, np.int8)
        wide[:, columns] = found
        known.append(wide)
        sides += [side] * len(found)
        conversations += [*(part.conversations for part in parts), pieces.conversations[piece]]
    return Examples(
        designs,
        pieces,
        used,
        np.flatnonzero(seen[used] >= MIN_SHARED),
        scipy.sparse.vstack(features).tocsr(),
        np.vstack(known),
        np.array(sides),
        np.concatenate(conversations),
    )


def fit_first(examples: Examples, chosen: np.ndarray) -> First:
    """Each side's labels from that side's rows, and the layer from all, all variants and pieces together."""
    learned = np.isin(examples.conversations, examples.designs[0].conversations[chosen])
    n_columns = COLUMNS["customer"].stop
    weights = np.zeros((examples.designs[0].features.shape[1], n_columns + HIDDEN), np.float32)
    intercepts = np.zeros(n_columns + HIDDEN, np.float32)
    for side, columns in COLUMNS.items():
        mine = np.flatnonzero(learned & (examples.sides == side))
        found, intercepts[columns] = fit_linear(
            examples.features[mine], examples.known[mine][:, columns], penalty=FIRST_PENALTY
        )
        weights[examples.used, columns] = found
    rows = np.flatnonzero(learned)
    into, floor, out, shared = fit_hidden(
        examples.features[rows][:, examples.often],
        examples.known[rows],
        size=HIDDEN,
        penalty=SHARED_PENALTY,
        drop=SHARED_DROP,
    )
    weights[examples.used[examples.often], n_columns:] = into
    intercepts[n_columns:] = floor
    intercepts[:n_columns] += np.float32(SHARED) * shared
    return First(weights, intercepts, np.float32(SHARED) * out)


_learned_from: list[Examples] = []  # of a process that fits, so that its examples travel once


def _learn_from(examples: Examples) -> None:
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)
    _learned_from[:] = [examples]


def _fit_without(chosen: np.ndarray) -> First:
    return fit_first(_learned_from[0], chosen)


def _known_of(pieces: Fragments, piece: np.ndarray, side: str) -> np.ndarray:
    """What is known of pieces of turns, label by label."""
    known = np.full((len(piece), len(LABELS_OF_SIDE[side])), -1, np.int8)
    for at, label in enumerate(LABELS_OF_SIDE[side]):
        if label == "acknowledgement":
            known[:, at] = pieces.listening[piece]
        elif label in ASKING:
            known[:, at] = pieces.asking[label][piece]
    return known


def columns_of(label: str) -> list[tuple[str, int]]:
    """Side and column of a label, for every side that has it."""
    return [
        (side, COLUMNS[side].start + labels.index(label))
        for side, labels in LABELS_OF_SIDE.items()
        if label in labels
    ]


def scores_without(examples: Examples, fold: np.ndarray) -> Scored:
    """First-look scores of every row by models that have not seen its fold, nor, by turns, another one.

    ``scores[k, k]`` are those of fold k by a model of all other folds; ``scores[i, k]`` those of
    fold i by a model that has seen neither i nor k.
    """
    found: Scored = {}
    numbers = sorted(set(fold.tolist()))
    pairs = [(one, other) for one in numbers for other in numbers if other <= one]
    chosen = [(fold != one) & (fold != other) for one, other in pairs]
    with ProcessPoolExecutor(N_PROCESSES, initializer=_learn_from, initargs=(examples,)) as processes:
        fits = processes.map(_fit_without, chosen)
        for (one, other), first in zip(pairs, fits, strict=True):
            for number, without in {(one, other), (other, one)}:
                rows = fold == number
                found[number, without] = [first.scores(each.features[rows]) for each in examples.designs]
            if one == other:
                found[one, None] = [first]
    return found


Scored = dict[tuple[int, int | None], list]


def together(scored: Scored, fold: np.ndarray, *, without: int | None = None) -> list[np.ndarray]:
    """Unseen scores of every row, per design; where a fold is left out, by models that have not seen it."""
    n_designs = len(scored[0, 0])
    found = [np.zeros((len(fold), COLUMNS["customer"].stop), np.float32) for _ in range(n_designs)]
    for number in sorted(set(fold.tolist())):
        for at in range(n_designs):
            found[at][fold == number] = scored[number, number if without is None else without][at]
    return found


@dataclass(frozen=True)
class Second:
    """Per side: weights of shape (n_features, n_labels) and intercepts."""

    weights: dict[str, np.ndarray]
    intercepts: dict[str, np.ndarray]

    def scores(self, look: np.ndarray, side: str) -> np.ndarray:
        return look @ self.weights[side] + self.intercepts[side]


def looks(scores: np.ndarray, design: Design, side: str) -> tuple[np.ndarray, np.ndarray]:
    """Second-look features of all rows of a side, conversation by conversation."""
    rows, features = [], []
    starts = np.flatnonzero(np.r_[True, design.conversations[1:] != design.conversations[:-1]])
    for start, stop in zip(starts, np.r_[starts[1:], len(design.conversations)], strict=True):
        at, found = second_look(scores[start:stop], design.sides[start:stop].tolist(), side)
        rows.append(at + start)
        features.append(found)
    return np.concatenate(rows), np.concatenate(features)


def fit_second(designs: list[Design], scores: list[np.ndarray], chosen: np.ndarray) -> Second:
    """One small regression per label on unseen first-look scores; the designs take turns, row by row.

    What ends a conversation is of another kind than the rest, so that "nothing follows" would be a
    sign of its own: `LAST_STEP` takes that away.
    """
    weights, intercepts = {}, {}
    for side, columns in COLUMNS.items():
        examples, gold = [], []
        for number, (design, found) in enumerate(zip(designs, scores, strict=True)):
            rows, features = looks(found, design, side)
            place = np.arange(len(rows))
            last = place // len(designs) % LAST_STEP == 0
            features[last] = as_if_last(features[last])
            keep = chosen[rows] & (place % len(designs) == number)
            examples.append(features[keep])
            gold.append(design.gold[rows[keep]][:, columns])
        stacked, positives = np.vstack(examples), np.vstack(gold)
        fits = [
            fit_dense(
                stacked,
                positives[:, at].astype(float),
                penalty=1e6 if label in FIRST_ONLY else SECOND_PENALTY,
                free=columns.start + at,
            )
            for at, label in enumerate(LABELS_OF_SIDE[side])
        ]
        weights[side] = np.array([fit[0] for fit in fits]).T
        intercepts[side] = np.array([fit[1] for fit in fits])
    return Second(weights, intercepts)
