"""What the product or the firm cannot do, said plainly, where a gap was asked about.

A gap is asked about when the customer asks whether it can and the answer is a limit or goes round
it; where every such question got a yes there was no occasion.
"""

from __future__ import annotations

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.behaviours.telling import told
from callcoach.measure.courtesy_phrases import ASKS_CAPABILITY, HEDGES, OWNS_LIMIT
from callcoach.measure.units import units_of
from callcoach.measure.utterances import Labels

ID = "honest_limit"
NO_GAP = "the customer asked about nothing that we cannot do"
_RULE = 0.75
_DOUBTED = 0.02  # a label less probable than this speaks against words that look like a limit


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Limits said plainly, and gaps that were asked about.

    Components
    ----------
    ``n`` rep turns that name a limit, ``n_gaps`` questions of the customer that met one or were gone
    round. Both add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    pieces = {piece.turn: piece for piece in told(transcript, labels, ID, role=Role.REP)}
    n_gaps = 0
    asked = False
    for at, turn in enumerate(transcript.turns):
        role = transcript.role_of(turn)
        if not turn.words or role not in (Role.REP, Role.CUSTOMER):
            continue
        if role is Role.CUSTOMER:
            asked = any(unit.asks and ASKS_CAPABILITY.search(unit.text) for unit in units_of(transcript, at))
            continue
        if asked:
            limit = _limit(transcript, labels, at)
            if limit is not None:
                pieces.setdefault(at, limit)
            n_gaps += at in pieces or any(
                not unit.asks and HEDGES.search(unit.text) for unit in units_of(transcript, at)
            )
        asked = False
    evidence = tuple(pieces[at] for at in sorted(pieces))
    components = {"n": float(len(evidence)), "n_gaps": float(n_gaps)}
    if not evidence and not n_gaps:
        return Observation(ID, Status.NOT_APPLICABLE, reason=NO_GAP, components=components)
    status = Status.SCORED if evidence else Status.NOT_OBSERVED
    return Observation(ID, status, components=components, evidence=evidence)


def _limit(transcript: Transcript, labels: Labels, at: int) -> Evidence | None:
    """A limit told by its words, in answer to a question whether it can."""
    sure = labels[at].get(ID, _DOUBTED)
    for unit in units_of(transcript, at):
        if not unit.asks and OWNS_LIMIT.search(unit.text) and not HEDGES.search(unit.text):
            return Evidence(at, unit.start, unit.end, max(sure, _RULE)) if sure >= _DOUBTED else None
    return None
