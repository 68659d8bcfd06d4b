"""Both looks of the taggers, fitted so that the second never learns from scores the first memorised."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse

from callcoach.measure.context import COLUMNS, second_look
from callcoach.measure.labels import LABELS_OF_SIDE
from callcoach.measure.train.dataset import Design, folds_of
from callcoach.measure.train.fragments import ASKING, Fragments, chosen_from
from callcoach.measure.train.solver import fit_dense, fit_linear, fit_partly_known

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


def fit_first(designs: list[Design], chosen: np.ndarray, pieces: Fragments) -> First:
    """Each side's labels from that side's rows, all variants together.

    What asks and what only listens is the same for both sides: those labels learn from the rows
    of both, and from pieces of turns too.
    """
    n_columns = COLUMNS["customer"].stop
    seen = np.zeros(designs[0].features.shape[1], np.int64)
    for each in designs:
        seen += np.bincount(each.features[chosen].indices, minlength=len(seen))
    learned = set(designs[0].conversations[chosen].tolist())
    piece = chosen_from(pieces, learned)[::PIECE_STEP]
    longer = pieces.longer.where(np.isin(pieces.longer.conversations, sorted(learned)))
    used = np.flatnonzero(seen >= MIN_EXAMPLES)
    kept = [each.features[:, used] for each in designs]
    weights = np.zeros((len(seen), n_columns), np.float32)
    intercepts = np.zeros(n_columns, np.float32)
    for side, columns in COLUMNS.items():
        rows = np.flatnonzero(chosen & (designs[0].sides == side))
        more = longer.sides == side
        found, intercepts[columns] = fit_linear(
            scipy.sparse.vstack([*(each[rows] for each in kept), longer.features[more][:, used]]).tocsr(),
            np.vstack([*(each.gold[rows][:, columns] for each in designs), longer.gold[more][:, columns]]),
            penalty=FIRST_PENALTY,
        )
        weights[used, columns] = found
    rows = np.flatnonzero(chosen)
    for labels, by_form in ((OTHERS_SHARED, False), (BY_FORM, True)):
        matrices = [each.form if by_form else each.features for each in designs]
        found, intercept = fit_partly_known(
            scipy.sparse.vstack(
                [
                    *(each[rows][:, used] for each in matrices),
                    (pieces.form if by_form else pieces.features)[piece][:, used],
                    (longer.form if by_form else longer.features)[:, used],
                ]
            ).tocsr(),
            np.vstack(
                [_known(designs[0], rows, labels)] * len(designs)
                + [_known_of(pieces, piece, labels), _known(longer, np.arange(len(longer.sides)), labels)]
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


def unseen_scores(
    designs: list[Design], chosen: np.ndarray, pieces: Fragments, n_folds: int
) -> list[np.ndarray]:
    """First-look scores of the chosen rows, each by a model that has not seen its conversation."""
    scores = [np.zeros((len(chosen), COLUMNS["customer"].stop), np.float32) for _ in designs]
    fold = np.full(len(chosen), -1)
    fold[chosen] = folds_of(designs[0].conversations[chosen], n_folds)
    for number in range(n_folds):
        first = fit_first(designs, chosen & (fold != number), pieces)
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
