"""Recaps: the rep sums up what the customer needs or both agreed, at the opening or near the end.

::

    |-- opening --|                                      |-- last fifth --|
    R last time you wanted …, right?                     R so: three sites, one buyer, Dana signs
    C yes, and …    <- confirmed                         C mm               <- not confirmed
"""

from __future__ import annotations

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import ends_mid_conversation, starts_mid_conversation
from callcoach.measure.behaviours.conditions import STARTS_LATE, not_judged, why_not
from callcoach.measure.constants import PLAINLY_RULED_OUT, PREDICTED
from callcoach.measure.dialogue import Dialogue, Line, Saying, chance, chance_of_saying, dialogue_of, either
from callcoach.measure.opening import CallClock
from callcoach.measure.parrots import is_parrot
from callcoach.measure.summaries import GATHERED, confirms, is_backed, names_needs, recap_form
from callcoach.measure.utterances import Labels, ruled_out

ID = "recap"
NEAR_TURNS = 3  # of the customer: what only repeats one of them sums up nothing
LAST_SHARE = 0.8  # of the call; from here on is its last fifth


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Summaries of the customer's needs or of agreements; confirmed where the customer's next words say so.

    A summary of the product, of what the rep did, or of a purchase that nobody spoke of is none. At
    most one counts at the opening and one at the end; the rep's own "right, great" confirms nothing.

    Components
    ----------
    ``n_confirmed``, ``n_unconfirmed``; ``opening`` and ``opening_confirmed`` (0 or 1), ``n_judged`` (1);
    ``n_without_start`` and ``n_without_end`` (0 or 1): a recap may be in what was not recorded.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    dialogue, clock = dialogue_of(transcript), CallClock(transcript)
    moments = dialogue.moments()
    opening = late = None
    for saying in dialogue.of(Role.REP):
        at_opening = clock.is_opening(saying.first)
        lines = [
            line
            for line in saying.lines
            if at_opening or clock.share_at((line.turn, line.end - 1)) >= LAST_SHARE
        ]
        if not lines:
            continue
        found = _recap(dialogue, saying, lines, labels, moments, at_opening=at_opening)
        if found is None:
            continue
        if at_opening:
            opening = opening or found
        else:
            late = _better(late, found)
    pieces = [piece for piece in (opening, late) if piece is not None]
    no_start = bool(starts_mid_conversation(transcript))
    no_end = bool(ends_mid_conversation(transcript))
    if not pieces and no_start:
        return not_judged(ID, f"{STARTS_LATE}: a recap may have come before it")
    n_confirmed = sum(confirmed for _, confirmed in pieces)
    return Observation(
        ID,
        Status.SCORED if pieces else Status.NOT_OBSERVED,
        components={
            "n_confirmed": float(n_confirmed),
            "n_unconfirmed": float(len(pieces) - n_confirmed),
            "opening": float(opening is not None),
            "opening_confirmed": float(opening is not None and opening[1]),
            "n_judged": 1.0,
            "n_without_start": float(no_start and opening is None),
            "n_without_end": float(no_end and not pieces),
        },
        evidence=tuple(evidence for evidence, _ in pieces),
    )


def _better(one: tuple[Evidence, bool] | None, other: tuple[Evidence, bool]) -> tuple[Evidence, bool]:
    """The confirmed one of two recaps, else the later."""
    return one if one is not None and one[1] and not other[1] else other


def _recap(
    dialogue: Dialogue,
    saying: Saying,
    lines: list[Line],
    labels: Labels,
    moments: dict[str, list[int]],
    *,
    at_opening: bool,
) -> tuple[Evidence, bool] | None:
    """The words that sum up, and whether the customer confirms them."""
    last = next(iter(dialogue.before(saying, Role.CUSTOMER, n=1)), None)
    if last is not None and last.lines[-1].mark == "?":
        return None  # it answers the customer's question
    near = dialogue.before(saying, Role.CUSTOMER, n=NEAR_TURNS)
    lines = [line for line in lines if not any(is_parrot(line, other) for other in near)]
    lines = [
        line
        for line in lines
        if chance(labels, line, "recording_notice") < PREDICTED
        and not ruled_out(labels[line.turn], ID, below=PLAINLY_RULED_OUT)
    ]
    if not lines:
        return None  # it repeats what was just said, says that it is recorded, or is surely none
    roots = frozenset().union(*(line.roots for line in lines))
    n_taken_up = len({at for word in roots for at in moments.get(word, ())[:GATHERED] if at < saying.at})
    tagged = chance_of_saying(labels, saying, ID)
    if not is_backed(lines, n_taken_up, at_opening=at_opening):
        return None
    probability = either(tagged, recap_form(lines, n_taken_up, at_opening=at_opening))
    if probability < PREDICTED:
        return None
    if tagged < PREDICTED and not names_needs(lines) and _is_agenda(labels, saying):
        return None
    reply = dialogue.reply_to(saying)
    confirmed = (
        reply is not None
        and confirms(reply, roots, chance_of_saying(labels, reply, "customer_confirms")) >= PREDICTED
    )
    shown = max(lines, key=lambda line: len(line.roots))
    return shown.evidence(probability), confirmed


def _is_agenda(labels: Labels, saying: Saying) -> bool:
    return any(chance_of_saying(labels, saying, f"agenda_{part}") >= PREDICTED for part in ("plan", "time"))
