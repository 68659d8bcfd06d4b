"""Both looks of the taggers, fitted so that the second never learns from scores the first memorised."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse

from callcoach.measure.context import COLUMNS, second_look
from callcoach.measure.labels import LABELS_OF_SIDE
from callcoach.measure.train.dataset import Design, folds_of
from callcoach.measure.train.fragments import ASKING, Fragments, chosen_from
from callcoach.measure.train.solver import fit_dense, fit_linear, fit_partly_known, similarities

FIRST_PENALTY, SECOND_PENALTY = 0.04, 80.0
BY_FORM = ("question",)  # a label of form: the matter has no say in it
FIRST_ONLY = ("question", "acknowledgement")  # labels that also pieces of turns calibrate
OTHERS_SHARED = (*ASKING[1:], "acknowledgement")
PIECE_STEP = 2  # every second piece of a turn is learned from; more took longer and gained nothing
MIN_EXAMPLES = 3  # a hashed feature seen in fewer rows, all variants counted, weighs nothing


@dataclass(frozen=True)
class First:
    weights: np.ndarray
    intercepts: np.ndarray

    def scores(self, features: scipy.sparse.csr_matrix) -> np.ndarray:
        return np.asarray(features @ self.weights) + self.intercepts


@dataclass(frozen=True)
class Examples:
    """Everything that a first look can learn from, with what every fit shares computed once.

    Parameters
    ----------
    used : numpy.ndarray of int
        Hashed features that enough rows have.
    of_side : mapping of side to (features, gold, conversations, similarities)
        Rows in all variants, then longer turns.
    """

    designs: list[Design]
    pieces: Fragments
    used: np.ndarray
    of_side: dict[str, tuple[scipy.sparse.csr_matrix, np.ndarray, np.ndarray, np.ndarray]]


def examples_of(designs: list[Design], pieces: Fragments) -> Examples:
    """Rows of every side put together once for all folds."""
    seen = sum(np.bincount(each.features.indices, minlength=designs[0].features.shape[1]) for each in designs)
    used = np.flatnonzero(seen >= MIN_EXAMPLES)
    of_side = {}
    for side, columns in COLUMNS.items():
        parts = [each.where(each.sides == side) for each in (*designs, pieces.longer)]
        features = scipy.sparse.vstack([part.features[:, used] for part in parts]).tocsr()
        of_side[side] = (
            features,
            np.vstack([part.gold[:, columns] for part in parts]),
            np.concatenate([part.conversations for part in parts]),
            similarities(features),
        )
    return Examples(designs, pieces, used, of_side)


def fit_first(examples: Examples, chosen: np.ndarray) -> First:
    """Each side's labels from that side's rows, all variants together.

    What asks and what only listens is the same for both sides: those labels learn from the rows
    of both, and from pieces of turns too.
    """
    designs, pieces, used = examples.designs, examples.pieces, examples.used
    learned = sorted(set(designs[0].conversations[chosen].tolist()))
    weights = np.zeros((designs[0].features.shape[1], COLUMNS["customer"].stop), np.float32)
    intercepts = np.zeros(COLUMNS["customer"].stop, np.float32)
    for side, columns in COLUMNS.items():
        features, gold, conversations, kernel = examples.of_side[side]
        mine = np.flatnonzero(np.isin(conversations, learned))
        weights[used, columns], intercepts[columns] = fit_linear(
            features[mine], gold[mine], kernel=kernel[np.ix_(mine, mine)], penalty=FIRST_PENALTY
        )
    rows = np.flatnonzero(chosen)
    piece = chosen_from(pieces, set(learned))[::PIECE_STEP]
    longer = pieces.longer.where(np.isin(pieces.longer.conversations, learned))
    for labels, by_form in ((OTHERS_SHARED, False), (BY_FORM, True)):
        parts = [(each, rows) for each in designs] + [(pieces, piece), (longer, np.arange(len(longer.sides)))]
        found, intercept = fit_partly_known(
            scipy.sparse.vstack(
                [(each.form if by_form else each.features)[at][:, used] for each, at in parts]
            ).tocsr(),
            np.vstack(
                [
                    _known_of(pieces, at, labels) if each is pieces else _known(each, at, labels)
                    for each, at in parts
                ]
            ),
            penalty=FIRST_PENALTY,
        )
        for at, label in enumerate(labels):
            for _, column in columns_of(label):
                weights[:, column] = 0
                weights[used, column] = found[:, at]
                intercepts[column] = intercept[at]
    return First(weights, intercepts)


def _known(of: Design, rows: np.ndarray, labels: tuple[str, ...]) -> np.ndarray:
    """Gold of labels that both sides may have: 1, 0, or -1 where the side has no such label."""
    known = np.full((len(rows), len(labels)), -1)
    for at, label in enumerate(labels):
        for side, column in columns_of(label):
            mine = of.sides[rows] == side
            known[mine, at] = of.gold[rows[mine], column]
    return known


def _known_of(pieces: Fragments, piece: np.ndarray, labels: tuple[str, ...]) -> np.ndarray:
    """The same for pieces of turns."""
    return np.stack(
        [
            pieces.listening[piece]
            if label == "acknowledgement"
            else np.where(
                (pieces.sides[piece] == "rep") | (label == "question"), pieces.asking[label][piece], -1
            )
            for label in labels
        ],
        axis=1,
    )


def columns_of(label: str) -> list[tuple[str, int]]:
    """Side and column of a label, for every side that has it."""
    return [
        (side, COLUMNS[side].start + labels.index(label))
        for side, labels in LABELS_OF_SIDE.items()
        if label in labels
    ]


def unseen_scores(examples: Examples, chosen: np.ndarray, n_folds: int) -> list[np.ndarray]:
    """First-look scores of the chosen rows, each by a model that has not seen its conversation."""
    designs = examples.designs
    scores = [np.zeros((len(chosen), COLUMNS["customer"].stop), np.float32) for _ in designs]
    fold = np.full(len(chosen), -1)
    fold[chosen] = folds_of(designs[0].conversations[chosen], n_folds)
    for number in range(n_folds):
        first = fit_first(examples, chosen & (fold != number))
        rows = np.flatnonzero(fold == number)
        for each, found in zip(designs, scores, strict=True):
            found[rows] = first.scores(each.features[rows])
    return scores


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
    """One small regression per label on unseen first-look scores."""
    weights, intercepts = {}, {}
    for side, columns in COLUMNS.items():
        examples, gold = [], []
        for design, found in zip(designs, scores, strict=True):
            rows, features = looks(found, design, side)
            keep = chosen[rows]
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
