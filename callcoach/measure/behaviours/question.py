"""Questions of the rep: how many of each kind, how many open, and in how many turns."""

from __future__ import annotations

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import floor_of
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.exchange import rep_turns
from callcoach.measure.question_kinds import KINDS
from callcoach.measure.utterances import Labels, parts_of

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
    count = dict.fromkeys(("questions", *KINDS, "open", "closed"), 0)
    evidence: list[Evidence] = []
    for at, turn in enumerate(transcript.turns):
        if transcript.role_of(turn) is not Role.REP or "question" not in labels[at]:
            continue
        n_words = len(turn.words)
        count["questions"] += len(parts_of(labels[at], "question", n_words=n_words))
        for kind in KINDS:
            count[kind] += len(parts_of(labels[at], f"question_{kind}", n_words=n_words))
        open_places = {
            (part.start_word, part.end_word)
            for part in parts_of(labels[at], "open_question", n_words=n_words)
        }
        for part in parts_of(labels[at], "question_substantive", n_words=n_words):
            evidence.append(Evidence(at, part.start_word, part.end_word, part.probability))
            count["open" if (part.start_word, part.end_word) in open_places else "closed"] += 1
    turns = rep_turns(transcript, floor_of(transcript))
    asking = {piece.turn for piece in evidence}
    components = {f"n_{name}": float(value) for name, value in count.items()}
    components["n_rep_turns"] = float(len(turns))
    components["n_question_turns"] = float(
        sum(1 for hold in turns if any(at in asking for at in hold.pieces))
    )
    status = Status.SCORED if evidence else Status.NOT_OBSERVED
    return Observation(ID, status, components=components, evidence=tuple(evidence))
