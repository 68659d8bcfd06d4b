"""Which words of the customer raise a concern, and whether it is one about money.

::

    R  it's four hundred and ninety a month
    C  blimey, that's a lot for towels            recoils from a price: a concern

A fact told because the rep asked "how do you …?" is none, and neither is an open question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from callcoach.core import Evidence, Role, Transcript
from callcoach.measure.concerns import concern_kind
from callcoach.measure.constants import LOOSELY_RULED_OUT, PREDICTED, TAGGERS_SURE
from callcoach.measure.dialogue import either
from callcoach.measure.handling_questions import CLEFT, WHAT_IF
from callcoach.measure.language import any_of
from callcoach.measure.offers import NUMBER
from callcoach.measure.units import Unit, units_of
from callcoach.measure.utterances import Labels, ruled_out

_RULE = 0.75  # probability of a concern that words alone tell
_WINCE_WORDS = 3  # spaces: a reply of at least four words
_NAMES_PRICE = any_of(
    rf"({NUMBER}|\d[\d.,]*k?)( (hundred|thousand|grand|quid|pounds?|euros?|dollars?|k))*( \w+){{0,3}} (a|an|per|each|for|all in|plus|in total|for the|up front|every) ?(\w+)?|(goes|going|gone|put|go) up (to|by)|(price|cost|fee|rate|quote|total|renewal|figure)( \w+){{0,4}} {NUMBER}|({NUMBER} )+(pounds?|quid|grand|thousand|hundred|euros?|dollars?|percent|per cent)"
)
_WINCES = re.compile(
    r"(?:nah|no|nope|ooh|oof|ouch|blimey|crikey|wow|whoa|jeez|gosh|goodness|bloody|hang on|hold on|come on|steady|you're (?:joking|kidding|having)|are you|really|seriously|how much|god|christ|heck|hell|yikes|flip|phew|well that|hm+ that|that's (?:a|taking|more|way|quite|rather|one|half|double|twice|nearly|some|not|just|getting|gone|what)|it's (?:gone|a|more|way|quite|rather|just|getting))\b"
)
_TAKES = any_of(
    r"(fine|okay then|all right then|fair enough|reasonable|as expected|what i expected|no problem|good value|works|deal|happy with)"
)
_KINDS = tuple(
    f"objection_{kind}"
    for kind in ("price", "timing", "need", "authority", "trust", "risk", "status_quo", "competitor")
)
_SURE_KIND = 0.8
_RIGHT = re.compile(
    r"(?:(?:yes|yeah|yep|well|oh) )*(?:that's (?:right|correct|it exactly)|exactly|correct|spot on)\b"
)


def concern_in(transcript: Transcript, labels: Labels, at: int) -> Evidence | None:
    """The words of a customer's turn that voice a concern, or None."""
    if ruled_out(labels[at], "objection", *_KINDS, below=LOOSELY_RULED_OUT) and not _says_so(transcript, at):
        return None
    sure = either(labels[at].get("objection", 0.0), _of_kinds(labels[at]))
    said = [
        unit
        for unit in units_of(transcript, at)
        if not (unit.asks and unit.form in ("wh", "imperative"))
        or CLEFT.match(unit.text)
        or WHAT_IF.match(unit.text)
    ]
    told = any(unit.asks and unit.form in ("wh", "imperative") for unit in _before(transcript, at))
    for unit in said:
        kind = concern_kind(unit.text)
        if kind is not None and not (told and kind == "status_quo" and "but" not in unit.text.split()):
            return Evidence(at, unit.start, unit.end, max(sure, _RULE))
    if _winces(transcript, at):
        return Evidence(at, 0, len(transcript.turns[at].words), _RULE)
    if any(_HOLDS_NOTHING_AGAINST.match(unit.text) for unit in said):
        return None
    if (
        sure >= (TAGGERS_SURE if _confirms(transcript, labels, at) else PREDICTED)
        and transcript.turns[at].words
    ):
        return Evidence(at, 0, len(transcript.turns[at].words), sure)
    return None


_HOLDS_NOTHING_AGAINST = re.compile(
    r"(?:(?:oh|no|well|honestly|look|and|so) )*(?:no (?:objections?|concerns?|worries|issues?|complaints?)\b|(?:it's|it is|that's|they're) not (?:too|that|so|very|all that) (?:expensive|dear|much|bad|high|steep|pricey|late|early)\b|i'm not (?:worried|bothered|fussed|concerned)\b|we're not (?:worried|bothered|fussed|concerned)\b)"
)
_SAYS_SO = re.compile(
    r"(?:(?:well|but|so|and|honestly|look|oh|hm|no|yes|okay) )*(?:i|we)(?:'ve| have|'d have)?(?: still| also)?(?: got)? (?:(?:some|my|our|a few|serious|real|big|no small|a lot of) )*(?:doubts?|concerns?|reservations?|misgivings|worries) (?:about|over|on|around|with)\b"
    r"|(?:(?:and|but|then|so) )*(?:the|my|our) (?:other|second|next) (?:thing|worry|concern|problem|snag)\b"
    r"|(?:(?:oh|ah|no|sorry|it's|that's|really) )*(?:bad|wrong|terrible|awful) (?:timing|time|moment)\b"
)


def _says_so(transcript: Transcript, at: int) -> bool:
    """Whether the customer says that it is one: "I have doubts about the timeline", "the other thing is"."""
    return any(not unit.asks and _SAYS_SO.match(unit.text) for unit in units_of(transcript, at))


def _of_kinds(labels: Mapping[str, float]) -> float:
    """What the taggers of single kinds say, where one is sure of it."""
    best = max((labels.get(kind, 0.0) for kind in _KINDS), default=0.0)
    return best if best >= _SURE_KIND else 0.0


def _confirms(transcript: Transcript, labels: Labels, at: int) -> bool:
    """Whether a customer's turn says that something was heard right, by the taggers or by how it begins.

    Who says so hardly ever objects: 131 of 4,305 times in the corpus.
    """
    said = units_of(transcript, at)
    return labels[at].get("customer_confirms", 0.0) >= TAGGERS_SURE or bool(
        said and _RIGHT.match(said[0].text)
    )


def _winces(transcript: Transcript, at: int) -> bool:
    """Whether a customer recoils from a price that the rep has just named."""
    before = _before(transcript, at)
    if not any(not unit.asks and _NAMES_PRICE.search(unit.text) for unit in before):
        return False
    said = " ".join(unit.text for unit in units_of(transcript, at))
    return said.count(" ") >= _WINCE_WORDS and bool(_WINCES.match(said)) and not _TAKES.search(said)


def _before(transcript: Transcript, at: int) -> tuple[Unit, ...]:
    """The pieces of the rep's turn just before; a fact told in answer to "how do you …?" is no concern."""
    if at == 0 or transcript.role_of(transcript.turns[at - 1]) is not Role.REP:
        return ()
    return units_of(transcript, at - 1)


def is_about_money(transcript: Transcript, labels: Labels, at: int) -> bool:
    """Whether the concern of a customer's turn is the price."""
    return labels[at].get("objection_price", 0.0) >= PREDICTED or any(
        concern_kind(unit.text) == "price" for unit in units_of(transcript, at)
    )
