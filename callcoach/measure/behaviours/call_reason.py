"""Why this person or firm is called, with one fact about them. "Just checking in" is no reason."""

from __future__ import annotations

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import starts_mid_conversation
from callcoach.measure.behaviours.conditions import STARTS_LATE, not_judged, why_not
from callcoach.measure.behaviours.telling import told
from callcoach.measure.constants import TAGGERS_SURE
from callcoach.measure.courtesy_phrases import ABOUT_THEM, CALL_REASON, NO_REASON
from callcoach.measure.units import units_of
from callcoach.measure.utterances import Labels, ruled_out

ID = "call_reason"
FIRST_TURNS = 12  # turns of both sides in which a call says why; later, small talk being long, sure taggers are asked for


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """The reason of the call: a label, or in the first turns words of a reason beside a fact about them.

    Components
    ----------
    ``n`` rep turns that give it; adds over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found = told(transcript, labels, ID, role=Role.REP, unless=lambda text: bool(NO_REASON.search(text)))
    pieces = {
        piece.turn: piece for piece in found if piece.turn < FIRST_TURNS or piece.probability >= TAGGERS_SURE
    }
    for at in range(min(FIRST_TURNS, len(transcript.turns))):
        if at not in pieces and transcript.role_of(transcript.turns[at]) is Role.REP:
            piece = None if ruled_out(labels[at], ID) else _reason(transcript, at)
            if piece is not None:
                pieces[at] = piece
    if not pieces and starts_mid_conversation(transcript):
        return not_judged(ID, f"{STARTS_LATE}: the reason may have come before it")
    evidence = tuple(pieces[at] for at in sorted(pieces))
    status = Status.SCORED if evidence else Status.NOT_OBSERVED
    return Observation(ID, status, components={"n": float(len(evidence))}, evidence=evidence)


def _reason(transcript: Transcript, at: int) -> Evidence | None:
    said = units_of(transcript, at)
    why = next((unit for unit in said if CALL_REASON.search(unit.text)), None)
    fact = any(ABOUT_THEM.search(unit.text) for unit in said)
    if why is None or not fact or NO_REASON.search(why.text):
        return None
    return Evidence(at, why.start, why.end, 0.75)
