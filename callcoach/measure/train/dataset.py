"""The corpus as matrices: every conversation as written, and bare with one word in twenty wrong."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import scipy.sparse

from callcoach.measure.asking_chance import strongest_sign
from callcoach.measure.context import COLUMNS
from callcoach.measure.data import Row, corpus, held_out, short_exchanges
from callcoach.measure.features import SPACE, Features, featurise
from callcoach.measure.labels import LABELS_OF_SIDE
from callcoach.measure.said import Utterance, read
from callcoach.measure.train.variants import bare, with_word_errors

VARIANTS = ("as written", "bare", "bare with errors")
JOINED_STEP = 3  # of the rows that begin a longer turn: every third is learned from


@dataclass(frozen=True)
class Design:
    """Rows of some conversations in one variant: hashed features, gold, side and conversation.

    `signs` are the strongest of the question rule.
    """

    features: scipy.sparse.csr_matrix
    gold: np.ndarray
    sides: np.ndarray
    conversations: np.ndarray
    signs: np.ndarray

    def where(self, chosen: np.ndarray) -> Design:
        return Design(
            self.features[chosen],
            self.gold[chosen],
            self.sides[chosen],
            self.conversations[chosen],
            self.signs[chosen],
        )


def conversations(*, held: bool) -> list[list[Row]]:
    """The conversations held out, or the others."""
    return _grouped(row for row in corpus() if (row.conversation_id in held_out()) == held)


def exchanges() -> list[list[Row]]:
    """Short exchanges, to learn from beside the conversations."""
    return _grouped(short_exchanges())


def _grouped(rows: Iterable[Row]) -> list[list[Row]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row.conversation_id)]


def as_variant(row: Row, variant: str) -> str:
    """The text of a row as that variant has it."""
    if variant == "as written":
        return row.text
    text = bare(row.text)
    rng = random.Random(f"{row.conversation_id} {row.order}")
    if variant == "bare with errors" and rng.random() < 0.5:
        return with_word_errors(text, rng)
    return text


def matrix_of(found: Features) -> scipy.sparse.csr_matrix:
    """Hashed features as a sparse matrix."""
    matrix = scipy.sparse.csr_matrix((found.value, (found.row, found.column)), shape=(found.n_rows, SPACE))
    matrix.sum_duplicates()
    return matrix


def design(rows_of: Sequence[Sequence[Row]], variant: str) -> Design:
    """Features and gold of all rows of the conversations given."""
    features, gold, sides, ids, signs = [], [], [], [], []
    for rows in rows_of:
        said = [read(Utterance(row.speaker, as_variant(row, variant))) for row in rows]
        found = featurise(said, range(len(said)))
        features.append(matrix_of(found))
        signs += [strongest_sign(each.rules) for each in said]
        for row in rows:
            gold.append(_line(row.speaker, row.labels))
            sides.append(row.speaker)
            ids.append(row.conversation_id)
    return Design(
        scipy.sparse.vstack(features).tocsr(),
        np.array(gold),
        np.array(sides),
        np.array(ids),
        np.array(signs),
    )


def joined(rows_of: Sequence[Sequence[Row]]) -> Design:
    """Every third row in one breath with what its speaker said next: longer turns, the labels of both.

    A token of listening that goes on is none any more. Written and bare by turns.
    """
    features, gold, sides, ids, signs = [], [], [], [], []
    for rows in rows_of:
        said = [read(Utterance(row.speaker, row.text)) for row in rows]
        for at in range(0, len(rows) - 2, JOINED_STEP):
            one, other = rows[at], rows[at + 2]
            if one.speaker != other.speaker:
                continue
            text = f"{one.text} {other.text}"
            text = bare(text) if at // JOINED_STEP % 2 else text
            this = read(Utterance(one.speaker, text))
            found = featurise([*said[max(0, at - 6) : at], this], [min(at, 6)])
            signs.append(strongest_sign(this.rules))
            features.append(matrix_of(found))
            both = (one.labels | other.labels) - {"acknowledgement"}
            gold.append(_line(one.speaker, both))
            sides.append(one.speaker)
            ids.append(one.conversation_id)
    return Design(
        scipy.sparse.vstack(features).tocsr(),
        np.array(gold),
        np.array(sides),
        np.array(ids),
        np.array(signs),
    )


def _line(side: str, labels: frozenset[str]) -> np.ndarray:
    line = np.zeros(COLUMNS["customer"].stop, bool)
    line[COLUMNS[side]] = [label in labels for label in LABELS_OF_SIDE[side]]
    return line


def folds_of(ids: np.ndarray, n_folds: int = 5) -> np.ndarray:
    """Fold of every row, whole conversations together, the same in every run."""
    unique = sorted(set(ids.tolist()))
    random.Random(3).shuffle(unique)
    fold = {each: at % n_folds for at, each in enumerate(unique)}
    return np.array([fold[each] for each in ids.tolist()])
