"""Whether somebody says that the call is recorded, or asks."""

from __future__ import annotations

from callcoach.core import Observation, Role, Status, Transcript
from callcoach.core.floor import starts_mid_conversation
from callcoach.measure.behaviours.conditions import STARTS_LATE, not_judged, why_not
from callcoach.measure.utterances import Labels, evidence_of

ID = "recording_notice"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """The notice, by the rep or by an announcement; the customer's own words are none.

    Components
    ----------
    ``n_notices``, of them ``n_announced`` by a machine or another person of neither side.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    evidence = tuple(
        piece
        for piece in evidence_of(transcript, labels, ID)
        if transcript.role_of(transcript.turns[piece.turn]) in (Role.REP, Role.OTHER)
    )
    if not evidence and starts_mid_conversation(transcript):
        return not_judged(ID, f"{STARTS_LATE}: the notice may have come before it")
    announced = sum(1 for piece in evidence if transcript.role_of(transcript.turns[piece.turn]) is Role.OTHER)
    return Observation(
        ID,
        Status.SCORED if evidence else Status.NOT_OBSERVED,
        components={"n_notices": float(len(evidence)), "n_announced": float(announced)},
        evidence=evidence,
    )
