"""Leave asked before advice, price or a hard question, or a word that no is fine.

"Can I ask you something?" is ritual, "can I share my screen?" is logistics: neither is leave.
"""

from __future__ import annotations

from callcoach.core import Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.behaviours.telling import told
from callcoach.measure.courtesy_phrases import ASKS_LEAVE, RITUAL_LEAVE
from callcoach.measure.utterances import Labels

ID = "permission"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that ask leave.

    Components
    ----------
    ``n`` of them; adds over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found = told(
        transcript,
        labels,
        ID,
        role=Role.REP,
        shows=lambda text: bool(ASKS_LEAVE.search(text)),
        unless=lambda text: bool(RITUAL_LEAVE.search(text)),
    )
    status = Status.SCORED if found else Status.NOT_OBSERVED
    return Observation(ID, status, components={"n": float(len(found))}, evidence=found)
