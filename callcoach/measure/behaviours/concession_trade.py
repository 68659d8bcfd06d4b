"""Ground given on price or terms: for something in return, or for nothing.

A return is a condition on the customer, or something asked of them, in the same turn or in the
rep's next one. "If you like", "if that makes you happy" are wishes and ask for nothing.
"""

from __future__ import annotations

import re

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.concerns import concern_kind
from callcoach.measure.constants import LOOSELY_RULED_OUT, PLAINLY_RULED_OUT, TAGGERS_SURE
from callcoach.measure.language import any_of
from callcoach.measure.offers import (
    NUMBER,
    asks_for_terms,
    asks_return,
    bare_figure,
    delivers,
    gives_ground,
    grants,
    names_term,
    offers_deal,
)
from callcoach.measure.proposals import figures, proposes
from callcoach.measure.units import Unit, contents, units_of
from callcoach.measure.utterances import Labels, parts_of, ruled_out

ID = "concession_trade"
NONE_GIVEN = "nothing was conceded"
_ASKS_FIRST = any_of(
    r"(i|we)('d| would)? (\w+ )?(need|want|like|expect|ask)|that depends|it depends|only if you tell"
)
_SAYS_AGAIN = 8  # words: "then three-ten it is" gives nothing new
_OFF = any_of(r"you('ll|'d| can| could)? (get|have|take|save) ([\w-]+ ){1,4}(off|less|discount|cheaper)")
_BUT = re.compile(r" (?:but|though|only|if|provided|as long as|so long as|against|with|for) ")
_OPENS = re.compile(
    r"(?:(?:well|yes|yeah|sure|oh) )*(?:there is|there's some|there might be|there may be|there could be|possibly|could be|might be|it's possible|that's possible)\b"
)
_MEETS = any_of(
    r"(let's|let us|shall we|we can|i can|we could|i could|i'll|we'll) (meet|settle|split|land|shake) (you |it |this )?(at|on|for|halfway|half way|in the middle|the difference|down the middle)"
)
"""Halfway between two figures."""
_NAMED_WORDS = 4
_AND_THE = re.compile(r"(?:and|what about|how about) (?:the|a|an|our|my|your) ")
_VERB = re.compile(r"'s\b|\b(?:no|not|is|are|costs?|stays?|can't|never|extra)\b")
_YES_FIRST = re.compile(
    r"(?:(?:okay|well|oh|all right) )*(?:yes|yeah|sure|of course|gladly|certainly|fine|agreed|done|happy to)\b"
)
_WOULD = any_of(r"(i|we)('ll|'d| will| can| could| would) (?!(not|never|need|want|like|ask)\b)\w+")
_ADDS_IN = any_of(
    r"(i|we)('ll| will| can| could|'d| would)( \w+ly| just| also| even)* (include|add|throw in|chuck in|put in|bung in)( in)? (the|a|an|some|two|three|four|another|your|both|all)"
    r" (?!(\w+ )?(note|line|link|brochure|summary|copy|details|slide|paragraph|attachment|names?|figures?|contact|colleague|comment|point|logo|appendix|photos?|pictures?|quote|date|invite)\b)[\w-]+"
)
"""What is put in on top; a concession where the customer pushed, or where one has just been made."""
_PLAIN_GRANT = re.compile(
    rf"(?:(?:okay|ok|fine|all right|alright|sure|yes|yeah|well|go on|go on then|then|because it's you|for you|just for you|right) )*"
    rf"(?:consider it (?:gone|off|yours|done|waived|dropped)|(?:it's |that's )?gone(?: too| as well| then)?|(?:have|take) {NUMBER}(?: \w+)?|(?:{NUMBER} ?)+(?:\w+ )?it is|call it (?:{NUMBER} ?)+)"
)
"""A grant in so many words, where the customer has just pushed: "consider it gone", "sixty days it is"."""
_ALONE = 0.7  # probability of a concession that only the taggers hear
_RULE, _GRANT = 0.8, 0.7  # probability of a concession told by its words, or by what was asked before


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Each concession of the rep, with or without a return.

    Components
    ----------
    ``n_paired``, ``n_unpaired`` and ``n_concessions``, their sum. All add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    given: list[Evidence] = []
    paired: set[int] = set()  # positions in `given`
    returns: list[Evidence] = []
    ours = [
        at for at, turn in enumerate(transcript.turns) if transcript.role_of(turn) is Role.REP and turn.words
    ]
    given_up: frozenset[str] = frozenset()  # words of what was given
    conceded: frozenset[str] = frozenset()  # figures of what was given: said again, nothing new is
    named: frozenset[str] = frozenset()  # figures the rep has named
    open_before: list[int] = []  # concessions of the rep's turn before that wait for their return
    for at in ours:
        said = units_of(transcript, at)
        here: list[int] = []
        dealt = None  # a question that holds both
        for unit in said:
            if unit.asks:
                if ruled_out(labels[at], "concession", below=PLAINLY_RULED_OUT) or not offers_deal(unit.text):
                    continue
                dealt = unit
                probability = _RULE
            else:
                probability = _concedes(transcript, labels, at, unit, said, named, follows=bool(open_before))
            if probability and open_before and _only_asks_back(transcript, at, unit):
                probability = 0.0
            new = figures(unit.text)
            if _OPENS.match(unit.text) and any(
                gives_ground(later.text) for later in said if later is not unit
            ):
                probability = 0.0  # "there is, if we get all five. I'd go to eighteen"
            again = open_before and _says_again(transcript, at, unit, given_up)
            if probability and not again and not (new and new <= conceded and unit.n_words <= _SAYS_AGAIN):
                given.append(Evidence(at, unit.start, unit.end, probability))
                here.append(len(given) - 1)
                conceded |= new
                given_up |= contents(unit.text)
            named |= new
        waits = here or open_before
        asked = dealt or next((unit for unit in said if asks_return(unit.text)), None) if waits else None
        if asked is not None:
            for position in here:
                paired.add(position)
            if not here and open_before:
                paired.add(open_before[-1])
            returns.append(Evidence(at, asked.start, asked.end, _RULE))
        open_before = here
    components = {
        "n_paired": float(len(paired)),
        "n_unpaired": float(len(given) - len(paired)),
        "n_concessions": float(len(given)),
    }
    if not given:
        return Observation(ID, Status.NOT_APPLICABLE, reason=NONE_GIVEN, components=components)
    evidence = {(e.turn, e.start_word, e.end_word): e for e in (*returns, *given)}
    return Observation(
        ID, Status.SCORED, components=components, evidence=tuple(evidence[key] for key in sorted(evidence))
    )


def _concedes(
    transcript: Transcript,
    labels: Labels,
    at: int,
    unit: Unit,
    said: tuple[Unit, ...],
    named: frozenset[str],
    *,
    follows: bool,
) -> float:
    """Probability that a unit gives ground; 0 where it does not. `follows` a concession of the turn before."""
    sure = labels[at].get("concession", 0.0)
    if _PLAIN_GRANT.fullmatch(unit.text) and _pushed_before(transcript, at):
        return max(sure, _GRANT)
    if ruled_out(labels[at], "concession", below=PLAINLY_RULED_OUT):
        return 0.0
    if gives_ground(unit.text):
        return max(sure, _RULE)
    if bare_figure(unit.text) and figures(unit.text) - named and _named_a_price(transcript, at):
        return max(sure, _GRANT)
    if ruled_out(labels[at], "concession", below=LOOSELY_RULED_OUT):
        return 0.0  # what was asked just before says little where the turn itself says nothing
    if (grants(unit.text) or _gives_off(unit.text)) and (
        _asked_before(transcript, at) or _asked_ever(transcript, at, unit)
    ):
        return max(sure, _GRANT)
    if _offers_for(unit.text) and (
        (names_term(unit.text) and _asked_before(transcript, at)) or _takes_up(transcript, at, unit)
    ):
        return max(sure, _GRANT)
    if _YES_FIRST.match(unit.text) and asks_return(unit.text) and _asked_before(transcript, at):
        return max(sure, _GRANT)
    if _answers_ask(transcript, at, unit):
        return max(sure, _GRANT)
    head = _BUT.split(unit.text, maxsplit=1)[0]
    if head != unit.text and bare_figure(head) and _pushed_before(transcript, at):
        return max(sure, _GRANT)
    if _MEETS.search(unit.text) and any(figures(said.text) for said in _just_before(transcript, at)):
        return max(sure, _GRANT)
    if _ADDS_IN.search(unit.text) and (
        follows or _asked_before(transcript, at) or _pushed_before(transcript, at)
    ):
        return max(sure, _GRANT)
    if bare_figure(unit.text) and figures(unit.text) - named and _pushed_before(transcript, at):
        return max(sure, _GRANT)
    if sure < _ALONE or delivers(unit.text) or (follows and _only_takes_note(transcript, at)):
        return 0.0
    alone = len(said) == 1 or (sure >= TAGGERS_SURE and _is_the_grant(transcript, labels, at, unit, said))
    return sure if alone else 0.0


def _only_asks_back(transcript: Transcript, at: int, unit: Unit) -> bool:
    """Whether words after a concession are only what is wanted for it: "in exchange I'd want a minimum"."""
    return (
        asks_return(unit.text)
        and not (gives_ground(unit.text) or _ADDS_IN.search(unit.text))
        and _only_takes_note(transcript, at)
    )


def _only_takes_note(transcript: Transcript, at: int) -> bool:
    """Whether the customer's words just before ask for nothing more than what the rep has just said."""
    between = _just_before(transcript, at)
    if any(asks_for_terms(said.text) or proposes(said.text) for said in between):
        return False
    earlier = [before for before in range(at) if transcript.role_of(transcript.turns[before]) is Role.REP]
    known = frozenset().union(*(contents(said.text) for said in units_of(transcript, earlier[-1])))
    return all(not said.asks or contents(said.text) <= known for said in between)


def _is_the_grant(
    transcript: Transcript, labels: Labels, at: int, unit: Unit, said: tuple[Unit, ...]
) -> bool:
    """Whether a sentence of a longer turn is what the taggers hear: it grants, or names terms asked for."""
    if any(gives_ground(other.text) for other in said if other is not unit):
        return False
    n_words = len(transcript.turns[at].words)
    if not any(
        part.start_word < unit.end and unit.start < part.end_word
        for part in parts_of(labels[at], "concession", n_words=n_words)
    ):
        return False
    asked = _asked_before(transcript, at) or _pushed_before(transcript, at)
    return grants(unit.text) or (names_term(unit.text) and asked)


def _answers_ask(transcript: Transcript, at: int, unit: Unit) -> bool:
    """Whether a few words only name what was asked for by name: "and the price lock?" "two-year lock, but …"."""
    head = _BUT.split(unit.text, maxsplit=1)[0]
    if head == unit.text or head.count(" ") >= _NAMED_WORDS or _VERB.search(head):
        return False
    return any(
        _AND_THE.match(said.text) is not None and bool(contents(said.text) & contents(head))
        for said in _just_before(transcript, at)
    )


def _says_again(transcript: Transcript, at: int, unit: Unit, given_up: frozenset[str]) -> bool:
    """Whether a grant only bears out the one just before: "really?" "really, it's gone".

    What the customer says between asks for nothing more, and its words may come back too.
    """
    if unit.n_words > _SAYS_AGAIN:
        return False
    between = _just_before(transcript, at)
    about = frozenset().union(*(contents(said.text) for said in between))
    if about <= given_up:
        return contents(unit.text) <= given_up
    asks = any(said.asks or asks_for_terms(said.text) or proposes(said.text) for said in between)
    own = contents(unit.text)
    return not asks and bool(own & given_up) and own <= given_up | about


def _gives_off(text: str) -> bool:
    return _OFF.search(text) is not None


def _offers_for(text: str) -> bool:
    """Whether words that name a term ask a return for it, rather than ask first."""
    return asks_return(text) and _ASKS_FIRST.search(text) is None


def _takes_up(transcript: Transcript, at: int, unit: Unit) -> bool:
    """Whether words would do what the customer just asked for: "we'll take them away if …"."""
    about = contents(unit.text)
    return _WOULD.search(unit.text) is not None and any(
        proposes(said.text) and contents(said.text) & about for said in _just_before(transcript, at)
    )


def _asked_before(transcript: Transcript, at: int) -> bool:
    """Whether the customer's turn just before asks for a better price or other terms."""
    return any(asks_for_terms(unit.text) or proposes(unit.text) for unit in _just_before(transcript, at))


def _asked_ever(transcript: Transcript, at: int, unit: Unit) -> bool:
    """Whether the customer asked before for what these words grant."""
    about = contents(unit.text)
    return any(
        asks_for_terms(said.text) and bool(contents(said.text) & about)
        for before in range(at)
        if transcript.role_of(transcript.turns[before]) is Role.CUSTOMER
        for said in units_of(transcript, before)
    )


def _pushed_before(transcript: Transcript, at: int) -> bool:
    """Whether the customer's turn just before holds against the price, or names a figure to come down to."""
    return any(
        asks_for_terms(unit.text)
        or proposes(unit.text)
        or concern_kind(unit.text) in ("price", "competitor")
        or (not unit.asks and bare_figure(unit.text))
        for unit in _just_before(transcript, at)
    )


def _named_a_price(transcript: Transcript, at: int) -> bool:
    """Whether the customer's turn just before holds a figure against the price, or offers one."""
    return any(
        bool(figures(unit.text))
        and not (unit.asks and unit.form == "wh")
        and (bare_figure(unit.text) or concern_kind(unit.text) == "price" or asks_for_terms(unit.text))
        for unit in _just_before(transcript, at)
    )


def _just_before(transcript: Transcript, at: int) -> tuple[Unit, ...]:
    for before in range(at - 1, max(-1, at - 3), -1):
        turn = transcript.turns[before]
        if transcript.role_of(turn) is Role.CUSTOMER and turn.words:
            return units_of(transcript, before)
    return ()
