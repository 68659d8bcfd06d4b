"""Praise of the own proposal, or unfairness laid at the customer's door: it irritates and persuades nobody."""

from __future__ import annotations

from callcoach.core import Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.behaviours.telling import told
from callcoach.measure.courtesy_phrases import PRAISES_OWN
from callcoach.measure.utterances import Labels
from callcoach.measure.volume import talk_s

ID = "irritator"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that irritate; none is a good thing and is scored.

    Components
    ----------
    ``n`` turns, ``talk_s`` seconds of both sides' speech (0 where the source has no times). Both
    add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found = told(transcript, labels, ID, role=Role.REP, shows=lambda text: bool(PRAISES_OWN.search(text)))
    components = {"n": float(len(found)), "talk_s": talk_s(transcript)}
    return Observation(ID, Status.SCORED, components=components, evidence=found)
