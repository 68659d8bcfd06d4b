"""Proposals of the customer that the rep answers at once with an own one.

A question that explores, a yes, a plain no, or taking the proposal away is no counter. Compliments,
a tag and "let me explore that" change nothing if the next thing is an own proposal.
"""

from __future__ import annotations

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.handling_phrases import SMALL_TALK
from callcoach.measure.offers import counters, proposes
from callcoach.measure.units import Unit, contents, contents_of, units_of
from callcoach.measure.utterances import Labels
from callcoach.measure.volume import talk_s

ID = "counter_proposal"
_PROBABILITY = 0.75
_TAG_MAX_WORDS = 5


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Immediate counters; none is a good thing and is scored, not "not observed".

    Components
    ----------
    ``n`` counters, ``n_proposals`` of the customer, ``talk_s`` seconds of both sides' speech (0
    where the source has no times). All add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found: list[Evidence] = []
    n_proposals = 0
    about: frozenset[str] = frozenset()
    proposed = False  # in the customer's turns since the rep last spoke
    for at, turn in enumerate(transcript.turns):
        role = transcript.role_of(turn)
        if not turn.words or role not in (Role.REP, Role.CUSTOMER):
            continue
        if role is Role.CUSTOMER:
            said = any(proposes(unit.text) for unit in units_of(transcript, at))
            n_proposals += said and not proposed
            proposed = proposed or said
            about = contents_of(transcript, at)
            continue
        if proposed:
            counter = _counter(units_of(transcript, at), at, about)
            if counter is not None:
                found.append(counter)
        proposed = False
    return Observation(
        ID,
        Status.SCORED,
        components={
            "n": float(len(found)),
            "n_proposals": float(n_proposals),
            "talk_s": talk_s(transcript),
        },
        evidence=tuple(found),
    )


def _counter(said: tuple[Unit, ...], at: int, about: frozenset[str]) -> Evidence | None:
    """The rep's own proposal, if it comes before any question that explores the customer's."""
    for place, unit in enumerate(said):
        if _explores(unit):
            return None
        if (unit.tagged and unit.n_words <= _TAG_MAX_WORDS) or not counters(unit.text):
            continue  # "after year one, right?"
        explored_next = place + 1 < len(said) and _explores(said[place + 1])
        if explored_next and contents(unit.text) & about:
            return None  # says it back, then asks
        return Evidence(at, unit.start, unit.end, _PROBABILITY)
    return None


def _explores(unit: Unit) -> bool:
    if not unit.asks or unit.kind != "substantive" or SMALL_TALK.search(unit.text):
        return False
    return unit.form in ("wh", "imperative", "indirect", "inverted") or not counters(unit.text)
