"""How sure it is that two voices were told apart, and when that is not even asked.

Two numbers decide. The *gain* says how much better the call is told by two voices than by one; the
*inner gain* the same of either voice alone, which a third person raises. Both must be in order::

    chance = s(TWO + TWO_BY_GAIN log gain) * s(NO_THIRD - THIRD_BY_INNER inner)      s logistic

It is the probability that two people speak, that the talk share is within `GOOD_POINTS` and that at
most `GOOD_WRONG` of the speech is given to the wrong person, fitted by `train/mono_confidence.py` on
one half of 132 calls spliced from synthesised voices. Real voices vary more within one person, which
lowers it; a call outside the limits below gets no probability at all.

On the other half (59 calls, 10 of them with one speaker or more than two) 56 % are kept from .9 on, 0.8
points off in the mean and 1.8 at worst; all of them together are 9.9 points off, and plain clustering
14.5 (`tests/bench/mono_risk.py`). The directions were drafted on calls of both halves.
"""

from __future__ import annotations

import math

import numpy as np

from callcoach.core import Intervals, total_s
from callcoach.transcribe.voices.atoms import Atoms
from callcoach.transcribe.voices.groups import Groups, inner_gain

GOOD_POINTS, GOOD_WRONG = 3.0, 0.05
TWO, TWO_BY_GAIN = 4.2, 2.02
NO_THIRD, THIRD_BY_INNER = 4.06, 8.92
MIN_SPEECH_S = 60.0  # below, the directions of voices rest on too few sentences
MIN_CHANGES = 6  # of voice; below, two "voices" can be two microphones, or one person's morning and noon
MIN_SHARE = 0.03  # of the speech, for either voice
HIGHEST = 0.99


def why_not(speech: Intervals, atoms: Atoms, groups: Groups | None) -> str | None:
    """Why nothing is said of who spoke; None where a probability can be given."""
    spoken_s = total_s(speech)
    if spoken_s < MIN_SPEECH_S:
        return f"{spoken_s:.0f} s of speech are too few to tell two voices ({MIN_SPEECH_S:.0f} s are needed)"
    if groups is None:
        return "there are too few stretches of speech to tell two voices"
    changes = int((np.diff(groups.first.astype(int)) != 0).sum())
    if changes < MIN_CHANGES:
        return f"the voices change {changes} times, too few for a conversation of two"
    lengths = np.array([span.duration_s for span in atoms.spans])
    share = float(lengths[groups.first].sum() / lengths.sum())
    if min(share, 1 - share) < MIN_SHARE:
        return "a second voice is hardly heard"
    return None


def measured(atoms: Atoms, groups: Groups) -> tuple[float, float]:
    """Logarithm of the gain, and the inner gain."""
    return math.log(max(groups.gain, 0.01)), float(inner_gain(atoms, groups))


def confidence(log_gain: float, inner: float) -> float:
    """Probability that the separation is good, at most `HIGHEST`."""
    return min(HIGHEST, logistic(TWO + TWO_BY_GAIN * log_gain) * logistic(NO_THIRD - THIRD_BY_INNER * inner))


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, x))))
