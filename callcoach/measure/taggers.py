"""Utterance labels with calibrated probabilities, by the trained taggers.

::

    rows of one conversation ─ masked ─ hashed features ─ first look ─┐
                                                                      ├─ second look ─ calibrated
                      scores of the turns around ─────────────────────┘

The first look weighs every feature for every label, and again through a small layer that all labels
share. Inference is NumPy and SciPy: one sparse product, three small dense ones. The weights are
plain arrays; nothing that is loaded can execute.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from callcoach.bundled import bundled
from callcoach.core.errors import DamagedModel
from callcoach.core.keys import content_key
from callcoach.measure.asking_chance import asking_chance, strongest_sign
from callcoach.measure.context import COLUMNS, second_look
from callcoach.measure.features import SPACE, featurise
from callcoach.measure.labels import ALL_LABELS, LABELS_OF_SIDE
from callcoach.measure.said import Utterance, read

__all__ = [
    "MODEL_VERSION",
    "Taggers",
    "Utterance",
    "load_taggers",
    "proven_labels",
    "show_thresholds",
    "tagger_hash",
]

MODEL_VERSION = 2  # raise it when features or arrays change shape or meaning
_ROWS = 48  # of a matrix product; BLAS divides longer ones among threads
WEIGHTS_FILE, CARD_FILE = "weights.npz", "model.json"


@dataclass(frozen=True, slots=True)
class Taggers:
    """The taggers of both sides.

    Parameters
    ----------
    slot : numpy.ndarray of int32, shape (SPACE,)
        Row of `weights` of every hashed feature; -1 where it was never seen in training.
    weights : numpy.ndarray of float32, shape (n_features, n_columns + n_hidden)
        First look; columns are the rep's labels, then the customer's, then the shared layer.
    out : numpy.ndarray of float32, shape (n_hidden, n_columns)
        What the shared layer says of the labels.
    second : mapping of side to (weights, intercepts)
        Second look, calibration included.
    thresholds : mapping of label to float or None
        From this probability on, evidence is shown: precision was at least .90 on conversations
        that the model had not seen. None where no threshold reached it.
    asking : mapping of sign to float
        What each sign of the question rule is worth: `question` is the rule's alone.
    hash : str
        Of the model's files; part of the scoring key.
    """

    slot: np.ndarray
    weights: np.ndarray
    intercepts: np.ndarray
    out: np.ndarray
    second: Mapping[str, tuple[np.ndarray, np.ndarray]]
    thresholds: Mapping[str, float | None]
    asking: Mapping[str, float]
    hash: str

    def tag(self, rows: Sequence[Utterance], *, names: Iterable[str] = ()) -> list[dict[str, float]]:
        """Probability of every label of its side, per row of one conversation, in order.

        Parameters
        ----------
        rows : sequence of Utterance
            One whole conversation or the part at hand: a row is read with the rows around it.
        names : iterable of str
            Names known from metadata (people, firms, products), any case; masked like the bundled
            first names, so that who is spoken to never changes a label.
        """
        masked = frozenset(word for name in names for word in name.lower().split())
        said = [read(row, names=masked) for row in rows]
        scores = self._first_look(said)
        sides = [row.speaker_side for row in rows]
        found: list[dict[str, float]] = [{} for _ in rows]
        for side, (weights, intercepts) in self.second.items():
            at, features = second_look(scores, sides, side)
            if not len(at):
                continue
            chances = 1 / (1 + np.exp(-np.clip(_product(features, weights) + intercepts, -30, 30)))
            labels = LABELS_OF_SIDE[side]
            for row, line in zip(at.tolist(), np.round(chances.astype(float), 6).tolist(), strict=True):
                found[row] = dict(zip(labels, line, strict=True))
        for each, labels in zip(said, found, strict=True):
            labels["question"] = asking_chance(strongest_sign(each.rules), self.asking)
        return found

    def piece_scores(
        self, pieces: Sequence[Utterance], *, names: Iterable[str] = ()
    ) -> dict[str, list[float]]:
        """Log-odds of the first look for pieces of turns, each by its own words alone.

        They tell which sentence of a turn speaks loudest for a label that the turn has.

        Returns
        -------
        dict of label to list of float
            One score per piece, by its side; minus infinity where the side has no such label.
        """
        masked = frozenset(word for name in names for word in name.lower().split())
        scores = self._first_look([read(piece, names=masked) for piece in pieces], alone=True)
        found: dict[str, list[float]] = {label: [-np.inf] * len(pieces) for label in ALL_LABELS}
        for at, piece in enumerate(pieces):
            for label, score in zip(
                LABELS_OF_SIDE[piece.speaker_side],
                scores[at, COLUMNS[piece.speaker_side]].tolist(),
                strict=True,
            ):
                found[label][at] = score
        return found

    def _first_look(self, said: list, *, alone: bool = False) -> np.ndarray:
        import scipy.sparse

        features = featurise(said, range(len(said)), alone=alone)
        column = self.slot[features.column]
        known = np.flatnonzero(column >= 0)
        row = features.row[known]
        order = known[np.argsort(row.astype(np.uint16) if len(said) < 1 << 16 else row, kind="stable")]
        starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(said)))])
        matrix = scipy.sparse.csr_matrix(
            (features.value[order], column[order], starts), shape=(len(said), len(self.weights))
        )
        return scores_of(np.asarray(matrix @ self.weights) + self.intercepts, self.out)


def scores_of(sums: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Log-odds of the first look: what the features weigh, and what the shared layer adds.

    Parameters
    ----------
    sums : numpy.ndarray, shape (n, n_columns + n_hidden)
    out : numpy.ndarray, shape (n_hidden, n_columns)
    """
    n_columns = sums.shape[1] - len(out)
    return sums[:, :n_columns] + _product(np.maximum(sums[:, n_columns:], 0), out)


def _product(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Matrix product by few rows at a time: the same however many threads there are, and none is woken."""
    return np.concatenate([rows[at : at + _ROWS] @ weights for at in range(0, max(1, len(rows)), _ROWS)])


def load_taggers(path: str | Path | None = None) -> Taggers:
    """The taggers in a folder; those that come with callcoach, read once, by default.

    Raises
    ------
    DamagedModel
        If a file is missing, is not what was saved, or belongs to another version.
    """
    return _own() if path is None else _load(Path(path))


@lru_cache(maxsize=1)
def _own() -> Taggers:
    return _load(bundled("models") / "taggers")


@lru_cache(maxsize=1)
def _own_card() -> Mapping[str, object]:
    """What is known of the taggers that come with callcoach without loading them."""
    folder = bundled("models") / "taggers"
    try:
        return json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(folder, f"{CARD_FILE} cannot be read") from error


def tagger_hash() -> str:
    """Of the taggers that come with callcoach: part of the scoring key."""
    return _hash_of(_own_card())


def proven_labels() -> frozenset[str]:
    """Labels with F1 of at least .75 and shown evidence right in at least .90 on unseen conversations.

    An item of a rubric that rests on another label weighs at most 10 of 100.
    """
    return frozenset(_own_card()["proven"])


def show_thresholds() -> dict[str, float | None]:
    """Probability from which evidence of a label is shown; None where it never is."""
    return dict(_own_card()["thresholds"])


def _hash_of(card: Mapping[str, object]) -> str:
    return content_key({name: card[name] for name in ("weights_sha256", "thresholds", "asking", "proven")})


def _load(folder: Path) -> Taggers:
    try:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        data = (folder / WEIGHTS_FILE).read_bytes()
        expected, version = card["weights_sha256"], card["model_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, f"{CARD_FILE} or {WEIGHTS_FILE} cannot be read") from error
    if version != MODEL_VERSION:
        raise _damaged(folder, f"it is of version {version} and this callcoach reads {MODEL_VERSION}")
    if hashlib.sha256(data).hexdigest() != expected:
        raise _damaged(folder, f"{WEIGHTS_FILE} does not have the hash in {CARD_FILE}")
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return _assemble(card, arrays)
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise _damaged(folder, "its arrays are not those of a tagger") from error


def _assemble(card: Mapping[str, object], arrays: Mapping[str, np.ndarray]) -> Taggers:
    used = arrays["used"]
    slot = np.full(SPACE, -1, np.int32)
    slot[used] = np.arange(len(used), dtype=np.int32)
    weights = np.multiply(arrays["first"], arrays["first_scale"], dtype=np.float32)
    if card["labels"] != {side: list(labels) for side, labels in LABELS_OF_SIDE.items()}:
        raise ValueError("labels")
    return Taggers(
        slot,
        weights,
        arrays["first_intercepts"],
        arrays["first_out"],
        {side: (arrays[f"second_{side}"], arrays[f"second_{side}_intercepts"]) for side in COLUMNS},
        dict(card["thresholds"]),
        dict(card["asking"]),
        _hash_of(card),
    )


def _damaged(folder: Path, found: str) -> DamagedModel:
    return DamagedModel(
        f"the taggers in {folder} must be the files that were saved together, and {found}; "
        "install callcoach again or rebuild them with python -m callcoach.measure.train.taggers"
    )
