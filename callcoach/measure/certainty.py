"""Whether the words of a call were recognised well enough to judge anything by them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from callcoach.core import Capability, Role, Transcript
from callcoach.measure.constants import CONFIDENCE_FLOOR, CONFIDENCE_MIN_WORDS
from callcoach.measure.last import keep_last


@keep_last
def too_uncertain(transcript: Transcript) -> str | None:
    """Why nothing rests on these words: the mean probability of all, or of one side, is too low.

    One side is enough, since what a rep says is judged by what the customer answers. Few words and
    words without probabilities are believed.
    """
    if not transcript.can(Capability.CONFIDENCE):
        return None
    rated: dict[Role, list[float]] = {}
    for turn in transcript.turns:
        known = [word.probability for word in turn.words if word.probability is not None]
        rated.setdefault(transcript.role_of(turn), []).extend(known)
    mean = _mean([each for known in rated.values() for each in known])
    if mean < CONFIDENCE_FLOOR:
        return f"the words are too uncertain: mean probability {mean:.2f}"
    for role, name in ((Role.REP, "rep"), (Role.CUSTOMER, "customer")):
        mean = _mean(rated.get(role, []))
        if mean < CONFIDENCE_FLOOR:
            return f"the {name}'s words are too uncertain: mean probability {mean:.2f}"
    return None


def _mean(rated: Sequence[float]) -> float:
    """Mean probability; 1 where fewer words have one than it takes to tell."""
    return math.fsum(rated) / len(rated) if len(rated) >= CONFIDENCE_MIN_WORDS else 1.0
