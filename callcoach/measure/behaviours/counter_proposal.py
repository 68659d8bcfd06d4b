"""Proposals of the customer that the rep answers at once with an own one.

A question that explores, a yes, a plain no, or taking the proposal away is no counter. Compliments,
a tag and "let me explore that" change nothing if the next thing is an own proposal.
"""

from __future__ import annotations

import re

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.handling_phrases import SMALL_TALK
from callcoach.measure.language import any_of
from callcoach.measure.offers import NUMBER, bare_figure
from callcoach.measure.proposals import asks_counter, counters, figures, proposes
from callcoach.measure.units import Unit, contents, contents_of, units_of
from callcoach.measure.utterances import Labels
from callcoach.measure.volume import talk_s

ID = "counter_proposal"
_PROBABILITY = 0.75
_TAG_MAX_WORDS = 5
_LEAST_ADDED = 4
_FIGURE_WORDS = 5
_TERMS = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?|nights?|delivered|net|units?|off|sites?|upfront|then|but)\b"
)
_ADDS = re.compile(
    r"(?:and|plus|then|also|but then|or|on top|besides)(?: at least| maybe| perhaps| also| just)* (?:a|an|the|some|no|free|my|our|half|only|at|for|with|two|three|four|five|six|ten|twelve|one|payment|delivery|returns?|access|support|training|\d+)\b(?! (?:thing|question|point|same|price is|reason|other thing))"
)
_AND = re.compile(
    r"and (?!(?:they|they'd|they'll|it|it's|it'd|you|you'd|you'll|we|we'd|i|he|she|that|that's|there|is|are|do|does|can|could|will|would|how|what|who|when|where|why|which)\b)\w+"
)
"""One more term as a fragment: "and cancel up to the day before?"."""
_SHARES_OUT = re.compile(
    r"(?:and|plus|then|but|or)(?: then)? (?:i|we|you|they)(?:'d|'ll| would| will)? (?:only |just |also |still )?(?:(?:don't|won't|never) \w+|take|keep|pay|deliver|carry|throw|leave|bring|do|cover|collect|start|hold|cap|send|include|drop|waive|split|give|ship|finish|train|install|use|store|run|stay|get|put|come|fit|clean|handle|return|book|supply|load|host|share|sign|order|bill|invoice)\b"
)
"""Who does what, as one more term: "and you take the packaging", "and we'd keep our own drivers"."""
_AND_WHO = re.compile(
    r"and (?!(?:thanks?|honestly|that|so|yes|no|okay|how|by|the answer|the reason|it|they|he|she|i|we|you|there|then)\b)[\w'-]+(?: [\w'-]+){0,3} (?:to|by|at|for|from|per|once|every|free|included|before|after|within)\b(?: [\w'-]+){0,5}"
)
"""A further term without a verb: "and Piet to set it up"."""
_DATED_TERM = re.compile(
    r"(?!.*\b(?:is|are|was|were|have|has|had|that's|it's|there's|we|i|you|they|see)\b)(?:[\w'-]+ ){1,4}(?:by|before|from|until|within|after) (?:the )?[\w'-]+(?: [\w'-]+)?"
)
"""A fragment with a date of its own: "first lot by Whitsun"."""
_NUMBER_FIRST = re.compile(rf"{NUMBER} (?:and|if|then)\b")
_MOST_MIRRORED = 6  # words
_PLAIN_NO = re.compile(r"(?:(?:oh|well|er|um|hm|i'm|sorry) )*(?:no|nope|afraid not|not that)(?: sorry| no)?")
_OTHER_WAY = re.compile(
    r"(?:(?:but|though|then) )*(?:you|we) (?:could|can|might|may) (?!(?:see|imagine|say|call|ask|think|tell|understand|believe|always|rely)\b)\w+"
)
"""What may be done, right after a no: "no. You could bring outside jobs in under your own name"."""
_AT_A_PRICE = re.compile(r"(?:(?:and|so|but|then|well) )*(?:at|for|by|from|till|until|with|on|in) ")
_PRICED = re.compile(
    rf"(?:(?:and|so|but|then|well|say|call it) )*{NUMBER} (?:[\w-]+ )?(?:an?|per|each|for) \w+"
)
_GOES_ON = re.compile(r"(?:then|and|but then|well then|plus|or)\b")
_SAYS_BACK = any_of(
    r"^(is|was|would|have|did|am) (that|it|this|i) (\w+ )?(what|right|how|the|it|your|correct|because|about|so|fair|where|get|got|understood|understand|heard)",
    r"^(right|correct|yes|yeah|have i got that|is that it|you mean)",
)
_CLEFT = re.compile(
    r"(?:(?:well|so|okay|look|and|but) )*what (?:i|we)(?:'d| could| can| might| would|'ll)? (?:\w+ ){1,3}(?:is|would be)\b"
)
"""A statement built like a question: "what I could do is halve it"."""
_LEAVE = re.compile(
    r"(?:(?:well|so|okay|look|right|now) )*(?:can|could|may|might|shall) i (?:just |quickly )?(?:be|say|level|speak|tell|offer|suggest|propose|make|put|share|throw|give|stop|push|come back|interrupt|counter|float)\b|(?:(?:well|so|okay|look|right|now) )*(?:do you mind|mind|is it okay|are you okay|you know what|know what|guess what|shall i tell you|want to know|do you want to know|would you like to hear|did you know|ready|fair)\b"
)


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
    terms: frozenset[str] = frozenset()  # figures in the customer's last turns
    proposed = False  # in the customer's turns since the rep last spoke
    bargains = False  # a proposal has been answered: what is added to it is another one
    ours: frozenset[str] = frozenset()  # figures in the rep's last turn
    explored = False  # the rep's last turn asked about a proposal: what comes now is the answer
    for at, turn in enumerate(transcript.turns):
        role = transcript.role_of(turn)
        if not turn.words or role not in (Role.REP, Role.CUSTOMER):
            continue
        if role is Role.CUSTOMER:
            said = not explored and any(
                (proposes(unit.text) and (bargains or not _is_an_answer(transcript, at, unit)))
                or (bargains and _adds(unit))
                or (
                    (_names_figure(unit, ours) or _prices(unit, ours))
                    and (bargains or not _answers(transcript, at))
                )
                for unit in units_of(transcript, at)
            )
            n_proposals += said and not proposed
            proposed = proposed or said
            about = contents_of(transcript, at)
            if proposed:
                terms = frozenset().union(*(figures(unit.text) for unit in units_of(transcript, at)))
            continue
        explored = False
        ours = frozenset().union(*(figures(unit.text) for unit in units_of(transcript, at)))
        if proposed:
            said = units_of(transcript, at)
            counter = _counter(said, at, about, terms)
            bargains = True
            if counter is not None:
                found.append(counter)
            else:
                explored = any(_explores(unit, terms) for unit in said)
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


def _counter(
    said: tuple[Unit, ...], at: int, about: frozenset[str], terms: frozenset[str]
) -> Evidence | None:
    """The rep's own proposal, if it comes before any question that explores the customer's."""
    for place, unit in enumerate(said):
        if place and _PLAIN_NO.fullmatch(said[place - 1].text) and _OTHER_WAY.match(unit.text):
            return Evidence(at, unit.start, unit.end, _PROBABILITY)
        if _mirrors(unit, about):
            return Evidence(at, unit.start, unit.end, _PROBABILITY)
        if _explores(unit, terms):
            if place + 1 == len(said):
                return None
            continue  # what is asked without waiting for the answer explores nothing
        if unit.tagged and unit.n_words <= _TAG_MAX_WORDS:
            continue  # "after year one, right?"
        asks = unit.asks and unit.form != "imperative" and not _CLEFT.match(unit.text)
        if not (asks_counter(unit.text, terms) if asks else counters(unit.text, terms)):
            continue
        explored_next = place + 1 < len(said) and _explores(said[place + 1], terms)
        next_text = said[place + 1].text if explored_next else ""
        new = figures(unit.text) - terms
        if explored_next and (
            (contents(unit.text) & about and (not new or unit.text.startswith("so ")))
            or _SAYS_BACK.search(next_text)
        ):
            return None  # says it back, then asks
        return Evidence(at, unit.start, unit.end, _PROBABILITY)
    return None


def _mirrors(unit: Unit, about: frozenset[str]) -> bool:
    """Whether a dated fragment of the rep's puts the customer's otherwise: "first lot by midsummer"."""
    own = contents(unit.text)
    return (
        not unit.asks
        and unit.n_words <= _MOST_MIRRORED
        and bool(own & about)
        and bool(own - about)
        and _DATED_TERM.fullmatch(unit.text) is not None
    )


def _adds(unit: Unit) -> bool:
    """Whether a customer's words in a bargain put one thing more on the table: "and free returns within a month"."""
    if unit.n_words < _LEAST_ADDED or (unit.asks and unit.form == "wh"):
        return False
    if _GOES_ON.match(unit.text) and figures(unit.text) and not unit.asks:
        return True
    if _SHARES_OUT.match(unit.text):
        return True
    if not unit.asks and (_AND_WHO.fullmatch(unit.text) or _DATED_TERM.fullmatch(unit.text)):
        return True
    if _AT_A_PRICE.match(unit.text) and figures(unit.text):
        return unit.form in ("declarative", "fragment", "")
    return bool(_ADDS.match(unit.text)) or (
        unit.form in ("declarative", "fragment") and _AND.match(unit.text) is not None
    )


def _names_figure(unit: Unit, ours: frozenset[str]) -> bool:
    """Whether words are little more than a figure that we did not name: "ninety days?", "eight, but delivered"."""
    return (
        unit.n_words <= _FIGURE_WORDS
        and bool(figures(unit.text) - ours)
        and bare_figure(_TERMS.sub(" ", unit.text))
    )


def _prices(unit: Unit, ours: frozenset[str]) -> bool:
    """Whether words begin with a price of the customer's own: "six euros a kilo for the whole wheels"."""
    return not unit.asks and _PRICED.match(unit.text) is not None and bool(figures(unit.text) - ours)


def _is_an_answer(transcript: Transcript, at: int, unit: Unit) -> bool:
    """Whether a number that a customer begins with answers what the rep has asked."""
    return _NUMBER_FIRST.match(unit.text) is not None and _answers(transcript, at)


def _answers(transcript: Transcript, at: int) -> bool:
    """Whether the rep's turn just before asks."""
    if at == 0 or transcript.role_of(transcript.turns[at - 1]) is not Role.REP:
        return False
    return any(unit.asks for unit in units_of(transcript, at - 1))


def _explores(unit: Unit, terms: frozenset[str]) -> bool:
    if (
        _LEAVE.match(unit.text)
        or not unit.asks
        or unit.kind not in ("substantive", "logistics")
        or SMALL_TALK.search(unit.text)
        or _CLEFT.match(unit.text)
    ):
        return False
    if asks_counter(unit.text, terms):
        return False
    return unit.form in ("wh", "indirect", "inverted") or not counters(unit.text, terms)
