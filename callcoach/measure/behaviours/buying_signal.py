"""Words of a customer who speaks as if they had it already; described."""

from __future__ import annotations

from callcoach.core import Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.behaviours.telling import told
from callcoach.measure.utterances import Labels

ID = "buying_signal"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Customer turns that speak as an owner.

    Components
    ----------
    ``n`` of them; adds over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found = told(transcript, labels, ID, role=Role.CUSTOMER)
    status = Status.SCORED if found else Status.NOT_OBSERVED
    return Observation(ID, status, components={"n": float(len(found))}, evidence=found)
