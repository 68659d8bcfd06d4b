"""Results since the purchase: stated by the customer, or by the rep and confirmed, before terms are spoken of.

::

    C  rework is down to two per cent     <- a result
    R  good. The licence stays at nine …  <- terms: results after this are too late
    C  and we cut overtime by a third
"""

from __future__ import annotations

import re
from itertools import islice, pairwise

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import starts_mid_conversation
from callcoach.measure.behaviours.conditions import STARTS_LATE, not_judged, why_not
from callcoach.measure.constants import PREDICTED, TAGGERS_SURE
from callcoach.measure.dialogue import Dialogue, Line, Saying, dialogue_of
from callcoach.measure.outcomes import (
    CHANGE,
    amounts,
    came_from_elsewhere,
    contrasts,
    denies,
    got_worse,
    result_chance,
    speaks_of_terms,
    told_apart,
    told_by_words,
)
from callcoach.measure.utterances import Labels, ruled_out

ID = "results_stated"
_DWELLS_WITHIN = 2  # sayings of either side
_TAKEN_BACK_WITHIN = 2  # sayings of either side: the rep's reply and the customer's next


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Results in numbers or events, and how many of them come before the first price.

    A result that the rep states counts when the customer's next words confirm it, and a confirmation
    in the customer's own numbers is no second one. A turn holds as many as its words tell apart.

    Components
    ----------
    ``n_results``; of them ``n_before_price``. The status is that of the results before terms.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    dialogue = dialogue_of(transcript)
    found = _results(dialogue, labels)
    terms = _first_terms(dialogue, labels, {(piece.turn, piece.start_word) for piece in found})
    early = tuple(piece for piece in found if terms is None or (piece.turn, piece.start_word) < terms)
    if not early and starts_mid_conversation(transcript):
        return not_judged(ID, f"{STARTS_LATE}: results may have been named before it")
    return Observation(
        ID,
        Status.SCORED if early else Status.NOT_OBSERVED,
        components={"n_results": float(len(found)), "n_before_price": float(len(early))},
        evidence=early,
    )


def _first_terms(dialogue: Dialogue, labels: Labels, results: set[tuple[int, int]]) -> tuple[int, int] | None:
    """Where price or terms are first spoken of, by either side; a result in money is none of it.

    Ground that the rep surely gives is terms too: "I can take the nine hundred down".
    """
    for saying in dialogue.sayings:
        for line in saying.lines:
            place = (line.turn, line.start)
            by_rep = saying.role is Role.REP
            gives = by_rep and labels[line.turn].get("concession", 0.0) >= TAGGERS_SURE
            if place not in results and (gives or speaks_of_terms(line, by_rep=by_rep)):
                return place
    return None


def _results(dialogue: Dialogue, labels: Labels) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    confirmed: set[int] = set()
    claims: set[int] = set()  # sayings in which the rep states a result, confirmed or not
    last: Saying | None = None  # that was credited with one
    for saying in dialogue.sayings:
        if saying.at in confirmed:
            continue
        by_rep = saying.role is Role.REP
        lines = [(result_chance(line, labels, by_rep=by_rep), line) for line in saying.lines]
        probability, line = max(lines, key=lambda pair: pair[0])
        if probability < PREDICTED and not by_rep and not ruled_out(labels[line.turn], ID):
            for before, after in pairwise(saying.lines):
                if "?" not in (before.mark, after.mark) and contrasts(before.text, after.text):
                    probability, line = CHANGE, after
        if probability < PREDICTED or (not by_rep and _takes_back(dialogue, saying)):
            continue
        if not by_rep and got_worse(saying.text):
            continue
        if by_rep:
            claims.add(saying.at)
        elif saying.at - 1 in claims and denies(saying.text) and not told_by_words(line.text):
            continue  # "no, they've gone up"
        if last is not None and _is_the_same(dialogue, last, saying, line):
            continue
        if by_rep:
            reply = dialogue.reply_to(saying)
            if reply is None or not _confirms(reply) or came_from_elsewhere(reply.text):
                continue
            confirmed.add(reply.at)
        found.extend(_pieces(saying, line, probability, labels))
        last = saying
    return tuple(found)


def _pieces(saying: Saying, best: Line, probability: float, labels: Labels) -> list[Evidence]:
    """The results of one saying: the best told, and every other that its own words tell."""
    by_rep = saying.role is Role.REP
    found: list[Evidence] = []
    seen = amounts(best.text)
    for line in saying.lines:
        apart = told_apart(line)
        if line is not best:
            numbers = amounts(line.text)
            told = told_by_words(line.text) and result_chance(line, labels, by_rep=by_rep) >= PREDICTED
            if not told or numbers <= seen or any(contrasts(*pair) for pair in _with(best, line)):
                continue
            seen |= numbers
        if len(apart) > 1:
            found += [Evidence(line.turn, *span, round(probability, 4)) for span in apart]
        else:
            found.append(line.evidence(probability))
    return found


def _with(one: Line, other: Line) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one.text, other.text), (other.text, one.text)


def _is_the_same(dialogue: Dialogue, last: Saying, saying: Saying, line: Line) -> bool:
    """Whether words soon after a result only say it again or dwell on it: "forty to six, wow"."""
    if saying.at - last.at > _DWELLS_WITHIN:
        return False
    between = dialogue.sayings[last.at : saying.at]
    if _FIRST_TIME.match(line.text):
        return True
    numbers = amounts(line.text)
    if numbers:
        return numbers <= frozenset().union(*(amounts(other.text) for other in between))
    asked = any(part.mark == "?" for other in between[1:] for part in other.lines)
    return not asked and not told_by_words(line.text)


_FIRST_TIME = re.compile(
    r"(?:(?:that's|it's|for|well|yeah|yes) )*(?:the )?(?:first|best|lowest|highest) (?:\w+ )?(?:in|for|since) (?:\w+ ){1,3}(?:years?|months?|weeks?)$"
)
"""What only dwells on a result: "first time in ten years"."""


def _takes_back(dialogue: Dialogue, saying: Saying) -> bool:
    """Whether the customer's words or next ones say that it came from elsewhere: "nothing to do with you"."""
    following = islice(dialogue.sayings, saying.at, saying.at + 1 + _TAKEN_BACK_WITHIN)
    return any(other.role is saying.role and came_from_elsewhere(other.text) for other in following)


def _confirms(reply: Saying) -> bool:
    return not reply.murmur and not denies(reply.text)
