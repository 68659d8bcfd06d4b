"""How many needs or problems the customer voiced before the first unrequested product claim.

::

    R  what made you write?   R  what else?              R  our portal does …   <- first claim
    C  the signs are old      C  five prices for one …   C  I see
       1                         2                          counted: 2
"""

from __future__ import annotations

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import starts_mid_conversation
from callcoach.measure.behaviours.conditions import STARTS_LATE, not_judged, why_not
from callcoach.measure.claims import asks_to_be_shown, claims_of
from callcoach.measure.dialogue import Dialogue, Line, Saying, dialogue_of
from callcoach.measure.utterances import Labels
from callcoach.measure.voicing import voiced_in

ID = "needs_before_pitch"
ENOUGH = 2
ASKED_FOR = "the customer asked to be shown the product before voicing two needs"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Customer sentences that voice a need or a problem, up to the first claim that nobody asked for.

    What the rep names and the customer nods at is voiced by nobody. A call without any claim counts
    every need.

    Components
    ----------
    ``n_needs``, ``n_claims`` (1 where a claim was made) and ``n_judged`` (1).
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    dialogue = dialogue_of(transcript)
    claim = _first_claim(dialogue, labels)
    upto = len(dialogue.sayings) if claim is None else claim[0].at
    asked = next((s.at for s in dialogue.of(Role.CUSTOMER) if s.at < upto and asks_to_be_shown(s)), None)
    needs = voiced_in(dialogue, labels)
    evidence = _needs(needs, upto)
    if asked is not None and len(_needs(needs, asked)) < ENOUGH:
        return Observation(ID, Status.NOT_APPLICABLE, reason=ASKED_FOR)
    if len(evidence) < ENOUGH and starts_mid_conversation(transcript):
        return not_judged(ID, f"{STARTS_LATE}: needs may have been voiced before it")
    n_needs = len(evidence)
    if claim is not None and evidence:
        evidence = (*evidence, claim[1].evidence(claim[2]))
    return Observation(
        ID,
        Status.SCORED if n_needs else Status.NOT_OBSERVED,
        components={
            "n_needs": float(n_needs),
            "n_claims": float(claim is not None),
            "n_judged": 1.0,
        },
        evidence=evidence,
    )


def _needs(needs: dict[int, tuple[tuple[Line, float], ...]], upto: int) -> tuple[Evidence, ...]:
    """One per sentence, and the same need said again counts once."""
    found: list[Evidence] = []
    seen: set[frozenset[str]] = set()
    for at, lines in needs.items():
        if at >= upto:
            break
        for line, probability in lines:
            if not line.roots or line.roots not in seen:
                found.append(line.evidence(probability))
            seen.add(line.roots)
    return tuple(found)


def _first_claim(dialogue: Dialogue, labels: Labels) -> tuple[Saying, Line, float] | None:
    for at, claims in claims_of(dialogue, labels).items():
        saying, (line, probability) = dialogue.sayings[at], claims[0]
        return saying, saying.lines[line], probability
    return None
