"""What a turn's words say of its speaker's side: hashed words and pairs with learnt weights.

Every word and every pair of neighbours votes for one side, in proportion to its weight and to one
over the root of their number, so that a long turn does not outvote a short one by length alone::

    can i take your number      +1.9    somebody who serves
    my phone has gone dead      -2.2    somebody who is served

The weights are `models/roles` (trained by `train/role_words.py`); nothing in them can execute.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from callcoach.core.errors import CallcoachError

N_BUCKETS = 1 << 15
TURN_LIMIT = 1.5  # log-odds: no single turn settles a call
_WORD = re.compile(r"[a-z']+|\d+")
_MASKED = re.compile(r"\[[^\]]*\]|<[^>]*>|\*{2,}")  # what a vendor put in place of a name or number


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Weights of one trained model.

    Parameters
    ----------
    weights : ndarray of float32, shape (N_BUCKETS,)
        Log-odds of the rep's side.
    offset : float
        Log-odds of a turn without known words.
    scale : float
        From summed turns over the root of their number to calibrated log-odds.
    sha256 : str
        Of the weights' file.
    """

    weights: np.ndarray
    offset: float
    scale: float
    sha256: str

    def log_odds(self, text: str) -> float:
        """Log-odds that a turn is the rep's, within `TURN_LIMIT`; 0 without words."""
        buckets = sorted({bucket(gram) for gram in grams(text)})
        if not buckets:
            return 0.0
        total = math.fsum(self.weights[buckets].tolist()) / math.sqrt(len(buckets)) + self.offset
        return max(-TURN_LIMIT, min(TURN_LIMIT, total))


def plain_words(text: str) -> list[str]:
    """Lower-case words without punctuation; a run of digits is one ``#``, a masked name nothing.

    >>> plain_words("It's 01 234, [NAME].")
    ["it's", '#']
    """
    words: list[str] = []
    for word in _WORD.findall(_MASKED.sub(" ", text.casefold().replace("’", "'"))):
        word = "#" if word[0].isdigit() else word
        if not (word == "#" and words[-1:] == ["#"]):
            words.append(word)
    return words


def grams(text: str) -> Iterator[str]:
    """Words and pairs of a turn, its edges marked; nothing for a turn without words."""
    words = plain_words(text)
    if words:
        yield from words
        edged = ["<", *words, ">"]
        yield from (f"{a} {b}" for a, b in pairwise(edged))


def bucket(gram: str) -> int:
    return zlib.crc32(gram.encode()) % N_BUCKETS


@cache
def load_role_words(folder: Path | None = None) -> RoleWords:
    """The trained model, its hash checked.

    Raises
    ------
    CallcoachError
        If it is not there or not the file that was trained.
    """
    folder = folder or _bundled("models/roles")
    path = folder / "weights.npz"
    try:
        card = json.loads((folder / "model.json").read_text("utf-8"))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise CallcoachError(
            "roles need the model in models/roles, which cannot be read; install callcoach again"
        ) from error
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != card["sha256"]:
        raise CallcoachError(
            "models/roles/weights.npz must be the trained file; its hash differs: install again"
        )
    with np.load(path, allow_pickle=False) as arrays:
        weights = arrays["weights"].astype(np.float32)
    return RoleWords(weights, float(card["offset"]), float(card["scale"]), sha256)


def _bundled(name: str) -> Path:
    package = Path(__file__).resolve().parent.parent
    for root in (package / "_bundled", package.parent):
        if (root / name).exists():
            return root / name
    return package.parent / name
