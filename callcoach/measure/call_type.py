"""What kind of call it is, told by its words, with a probability; only used where nobody said.

Each kind has cues (`call_types.toml`): what people say when they show a screen, bargain, look back on
a year. A kind's evidence is the logarithm of one plus its cues, in the whole call and, for
prospecting, in the opening; a trained multinomial model turns it into probabilities
(`models/call-type`, trained by `measure/train/call_type.py`).
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from callcoach.bundled import bundled
from callcoach.core import CallType, Transcript, content_key
from callcoach.core.errors import DamagedModel

TOLD_FROM = 0.8  # probability; below it a call is of type "any"
OPENING_TURNS = 5
MOST_OF_ONE_CUE = 3
EXCERPT_WORDS = 400  # cues of a longer call count in proportion, as if it were so long
FEWEST_WORDS = 100
_WORD = re.compile(r"\w+")


def infer_call_type(transcript: Transcript) -> tuple[CallType, float]:
    """The likeliest kind and its probability; ``(ANY, 0.0)`` where it is another or hard to tell.

    Raises
    ------
    DamagedModel
        If the model cannot be read.
    """
    chances = call_type_chances([turn.text for turn in transcript.turns])
    if not chances:
        return CallType.ANY, 0.0
    best = max(chances, key=lambda name: (chances[name], name))
    if best == "other" or chances[best] < TOLD_FROM:
        return CallType.ANY, 0.0
    return CallType(best), round(chances[best], 4)


def call_type_hash() -> str:
    """Key of the trained numbers and the cues; part of the scoring key."""
    return content_key(
        [
            _model()["weights"],
            _model()["intercepts"],
            [[cue.pattern.pattern for cue in cues] for cues in _cues().values()],
        ]
    )


def call_type_chances(texts: Sequence[str]) -> dict[str, float]:
    """Probability of every kind and of ``other``; empty for too few words."""
    if sum(len(text.split()) for text in texts) < FEWEST_WORDS:
        return {}
    model = _model()
    scaled = (np.array(cue_evidence(texts)) - model["mean"]) / model["scale"]
    scores = np.array(model["weights"]) @ scaled + np.array(model["intercepts"])
    chances = np.exp(scores - scores.max())
    return dict(zip(model["kinds"], (chances / chances.sum()).tolist(), strict=True))


def cue_evidence(texts: Sequence[str]) -> list[float]:
    """One number per kind of `call_types.toml`, and one for the cues of prospecting in the opening."""
    said = [text.casefold().replace("’", "'") for text in texts]
    whole, opening = " | ".join(said), " | ".join(said[:OPENING_TURNS])
    share = min(1.0, EXCERPT_WORDS / max(1, sum(len(text.split()) for text in said)))
    vocabulary = frozenset(_WORD.findall(whole))
    evidence = []
    for cues in _cues().values():
        found = sum(cue.count(whole) for cue in cues if cue.words <= vocabulary)
        evidence.append(math.log1p(found * share))
    evidence.append(math.log1p(sum(bool(cue.pattern.search(opening)) for cue in _cues()["prospecting"])))
    return evidence


@dataclass(frozen=True, slots=True)
class _Cue:
    """A run of words: its pattern, what stands before its first star, and the whole words in that."""

    pattern: re.Pattern[str]
    begins: str
    words: frozenset[str]

    @classmethod
    def of(cls, said: str) -> _Cue:
        begins, star, _ = said.partition("*")
        words = _WORD.findall(begins)
        pattern = re.compile(r"\b" + re.escape(said).replace(r"\*", r"\w*") + r"\b")
        return cls(pattern, begins, frozenset(words[:-1] if star else words))

    def count(self, text: str) -> int:
        """How often it is said, up to `MOST_OF_ONE_CUE`; how it begins is looked for first, being quicker."""
        found, at = 0, text.find(self.begins)
        while at >= 0 and found < MOST_OF_ONE_CUE:
            match = self.pattern.match(text, at)
            found += match is not None
            at = text.find(self.begins, at + 1 if match is None else match.end())
        return found


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("callcoach.measure").joinpath("call_types.toml").read_text("utf-8"))


@cache
def _cues() -> dict[str, tuple[_Cue, ...]]:
    return {
        kind: tuple(_Cue.of(said) for cues in groups.values() for said in cues)
        for kind, groups in _table().items()
    }


@cache
def _model() -> dict:
    path = bundled("models") / "call-type" / "model.json"
    try:
        model = json.loads(path.read_text("utf-8"))
        assert len(model["weights"]) == len(model["kinds"]) == len(model["intercepts"])
    except (OSError, ValueError, KeyError, AssertionError) as error:
        raise DamagedModel(
            "the call-type model must be the file that was trained, and it cannot be read; install callcoach again"
        ) from error
    return model
