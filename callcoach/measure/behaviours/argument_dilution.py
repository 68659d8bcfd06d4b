"""How many reasons the rep gives for one case in one turn: more than two dilute each other.

Reasons that the customer asked for do not count.
"""

from __future__ import annotations

import re

from callcoach.core import Observation, Role, Status, Transcript, whole_turn
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.reasons import DILUTES_FROM, asked_for_reasons, n_reasons, resists
from callcoach.measure.units import units_of
from callcoach.measure.utterances import Labels

ID = "argument_dilution"
_SURELY = 0.8  # a label at least this probable says what the turn is for
_PROBABILITY = 0.7
_NO_ARGUMENT = (
    "agenda_time",
    "call_reason",
    "recap",
    "recording_notice",
    "reflection",
    "testing_understanding",
)
"""Labels of turns that string clauses together for another purpose than to argue."""

_SAYS_BACK = re.compile(
    r"(?:(?:so|okay|right|and|well|just|ah|sure|got it|i see|let me see) )*(?:you|your|you're|you've|you'd|it sounds|sounds like|what i(?:'m| am)? hear|if i|it's not|that's|to sum up|we've|we)\b"
)
"""How a turn starts that gives back what the customer said; against resistance anything else argues."""


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """The turn with the most reasons, and how many turns have more than two.

    Components
    ----------
    ``max_reasons`` (of one call: no sum over calls), ``n_diluted`` turns with more than two and
    ``n_reasoned`` turns with at least one, which add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    counts: dict[int, int] = {}
    asked = resisted = False
    for at, turn in enumerate(transcript.turns):
        role = transcript.role_of(turn)
        if not turn.words or role not in (Role.REP, Role.CUSTOMER):
            continue
        said = units_of(transcript, at)
        if role is Role.CUSTOMER:
            asked = any(asked_for_reasons(unit.text) for unit in said)
            resisted = any(not unit.asks and resists(unit.text) for unit in said)
            continue
        other = any(labels[at].get(label, 0.0) >= _SURELY for label in _NO_ARGUMENT)
        other = other and not (resisted and not _SAYS_BACK.match(said[0].text if said else ""))
        count = 0 if asked or other else n_reasons(said, resisted=resisted)
        if count:
            counts[at] = count
        asked = resisted = False
    most = max(counts.values(), default=0)
    diluted = [at for at, count in counts.items() if count >= DILUTES_FROM]
    return Observation(
        ID,
        Status.SCORED,
        components={
            "max_reasons": float(most),
            "n_diluted": float(len(diluted)),
            "n_reasoned": float(len(counts)),
        },
        evidence=tuple(whole_turn(transcript, at, probability=_PROBABILITY) for at in diluted),
    )
