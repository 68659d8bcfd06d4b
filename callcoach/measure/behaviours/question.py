"""Questions of the rep: how many of each kind, how many open, and in how many turns."""

from __future__ import annotations

from callcoach.core import Observation, Status, Transcript
from callcoach.measure.asking import n_turns_with, rep_parts
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.exchange import rep_turns
from callcoach.measure.question_kinds import KINDS
from callcoach.measure.utterances import Labels
from callcoach.measure.volume import floor_once

ID = "question"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep questions by kind; the evidence is those of substance, which alone count in measures.

    Components
    ----------
    ``n_questions`` all kinds together, ``n_substantive``, ``n_ritual``, ``n_tag``,
    ``n_logistics``; ``n_open`` and ``n_closed`` of the substantive ones; ``n_rep_turns`` and
    ``n_question_turns``, those with a substantive question.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found = {kind: rep_parts(transcript, labels, f"question_{kind}") for kind in KINDS}
    substantive = found["substantive"]
    opens = {
        (piece.turn, piece.start_word, piece.end_word)
        for piece in rep_parts(transcript, labels, "open_question")
    }
    n_open = sum(1 for piece in substantive if (piece.turn, piece.start_word, piece.end_word) in opens)
    turns = rep_turns(transcript, floor_once(transcript))
    components = {f"n_{kind}": float(len(pieces)) for kind, pieces in found.items()}
    components |= {
        "n_questions": float(len(rep_parts(transcript, labels, "question"))),
        "n_open": float(n_open),
        "n_closed": float(len(substantive) - n_open),
        "n_rep_turns": float(len(turns)),
        "n_question_turns": float(n_turns_with(transcript, turns, substantive)),
    }
    status = Status.SCORED if substantive else Status.NOT_OBSERVED
    return Observation(ID, status, components=components, evidence=substantive)
