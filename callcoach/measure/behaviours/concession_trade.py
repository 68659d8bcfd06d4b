"""Ground given on price or terms: for something in return, or for nothing.

A return is a condition on the customer, or something asked of them, in the same turn or in the
rep's next one. "If you like", "if that makes you happy" are wishes and ask for nothing.
"""

from __future__ import annotations

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.constants import PREDICTED
from callcoach.measure.offers import asks_for_terms, asks_return, gives_ground, grants
from callcoach.measure.units import Unit, units_of
from callcoach.measure.utterances import Labels

ID = "concession_trade"
NONE_GIVEN = "nothing was conceded"
_RULE, _GRANT = 0.8, 0.7  # probability of a concession told by its words, or by what was asked before


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Each concession of the rep, with or without a return.

    Components
    ----------
    ``n_paired``, ``n_unpaired`` and ``n_concessions``, their sum. All add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    given: list[Evidence] = []
    paired: set[int] = set()  # positions in `given`
    returns: list[Evidence] = []
    ours = [
        at for at, turn in enumerate(transcript.turns) if transcript.role_of(turn) is Role.REP and turn.words
    ]
    open_before: list[int] = []  # concessions of the rep's turn before that wait for their return
    for at in ours:
        said = units_of(transcript, at)
        here: list[int] = []
        for unit in said:
            if unit.asks:
                continue
            probability = _concedes(transcript, labels, at, unit, said)
            if probability:
                given.append(Evidence(at, unit.start, unit.end, probability))
                here.append(len(given) - 1)
        waits = here or open_before
        asked = next((unit for unit in said if asks_return(unit.text)), None) if waits else None
        if asked is not None:
            for position in here:
                paired.add(position)
            if not here and open_before:
                paired.add(open_before[-1])
            returns.append(Evidence(at, asked.start, asked.end, _RULE))
        open_before = here
    components = {
        "n_paired": float(len(paired)),
        "n_unpaired": float(len(given) - len(paired)),
        "n_concessions": float(len(given)),
    }
    if not given:
        return Observation(ID, Status.NOT_APPLICABLE, reason=NONE_GIVEN, components=components)
    evidence = {(e.turn, e.start_word, e.end_word): e for e in (*returns, *given)}
    return Observation(
        ID, Status.SCORED, components=components, evidence=tuple(evidence[key] for key in sorted(evidence))
    )


def _concedes(transcript: Transcript, labels: Labels, at: int, unit: Unit, said: tuple[Unit, ...]) -> float:
    """Probability that a unit gives ground; 0 where it does not."""
    sure = labels[at].get("concession", 0.0)
    if gives_ground(unit.text):
        return max(sure, _RULE)
    if grants(unit.text) and _asked_before(transcript, at):
        return max(sure, _GRANT)
    if sure >= PREDICTED and len(said) == 1:
        return sure
    return 0.0


def _asked_before(transcript: Transcript, at: int) -> bool:
    """Whether the customer's turn just before asks for a better price or other terms."""
    for before in range(at - 1, max(-1, at - 3), -1):
        turn = transcript.turns[before]
        if transcript.role_of(turn) is Role.CUSTOMER and turn.words:
            return any(asks_for_terms(unit.text) for unit in units_of(transcript, before))
    return False
