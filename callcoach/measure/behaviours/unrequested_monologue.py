"""Turns of ours over two minutes that the customer did not ask for in the turn before.

::

    C  show me the roster                 asked for: no monologue
    R  |=============== 150 s ===============|
    C  |mm|            |right|               listening ends no turn
"""

from __future__ import annotations

from callcoach.core import Capability, Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import TIME_TOLERANCE_S, Hold
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.constants import MONOLOGUE_S
from callcoach.measure.courtesy_phrases import REQUESTS_TALK
from callcoach.measure.units import units_of
from callcoach.measure.utterances import Labels
from callcoach.measure.volume import floor_once

ID = "unrequested_monologue"
NO_ENDS = "this source does not say when turns end"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Long turns nobody asked for; none is a good thing and is scored.

    Components
    ----------
    ``n`` of them, ``n_long`` turns over two minutes whoever asked. Both add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    if not transcript.can(Capability.ENDS):
        return not_judged(ID, NO_ENDS)
    ours = set(transcript.labels_of(Role.REP))
    theirs = set(transcript.labels_of(Role.CUSTOMER))
    before: Hold | None = None  # the customer's turn just before
    n_long = 0
    found: list[Evidence] = []
    for hold in floor_once(transcript).turns:
        if hold.speaker in ours and hold.interval.duration_s > MONOLOGUE_S + TIME_TOLERANCE_S:
            n_long += 1
            if before is None or not _requests(transcript, before):
                at = max(hold.pieces, key=lambda piece: (len(transcript.turns[piece].words), -piece))
                if transcript.turns[at].words:
                    found.append(Evidence(at, 0, len(transcript.turns[at].words), 0.9))
        before = hold if hold.speaker in theirs else None
    return Observation(
        ID,
        Status.SCORED,
        components={"n": float(len(found)), "n_long": float(n_long)},
        evidence=tuple(found),
    )


def _requests(transcript: Transcript, hold: Hold) -> bool:
    """Whether a turn of the customer asks, or asks to be shown or told."""
    return any(
        (unit.asks and unit.kind == "substantive") or REQUESTS_TALK.search(unit.text)
        for at in hold.pieces
        for unit in units_of(transcript, at)
    )
