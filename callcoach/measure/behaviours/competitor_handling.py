"""A competitor asked about, or compared with on what matters to the customer; described."""

from __future__ import annotations

from callcoach.core import Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.behaviours.telling import told
from callcoach.measure.constants import PREDICTED
from callcoach.measure.utterances import Labels

ID = "competitor_handling"
NO_COMPETITOR = "no competitor came up"
_RUN_DOWN = "competitor_disparagement"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that handle a competitor; running one down is a caution and no handling.

    Components
    ----------
    ``n`` turns, ``n_raised`` turns in which the customer brought a competitor up. Both add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found = tuple(
        piece
        for piece in told(transcript, labels, ID, role=Role.REP)
        if labels[piece.turn].get(_RUN_DOWN, 0.0) < PREDICTED
    )
    n_raised = sum(1 for each in labels if each.get("objection_competitor", 0.0) >= PREDICTED)
    run_down = any(each.get(_RUN_DOWN, 0.0) >= PREDICTED for each in labels)
    components = {"n": float(len(found)), "n_raised": float(n_raised)}
    if not found and not n_raised and not run_down:
        return Observation(ID, Status.NOT_APPLICABLE, reason=NO_COMPETITOR, components=components)
    status = Status.SCORED if found else Status.NOT_OBSERVED
    return Observation(ID, status, components=components, evidence=found)
