"""Two or more different questions in one turn of the rep before the customer can answer; described.

A rephrase, a tag, a choice and examples offered with a question belong to it and are no second one.
"""

from __future__ import annotations

import re

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.language import any_of
from callcoach.measure.question_kinds import kind_of
from callcoach.measure.units import Unit, contents, stem, units_of
from callcoach.measure.utterances import Labels

ID = "question_stacking"
_PROBABILITY = 0.8
_WH = r"(?:what|what's|which|who|who's|whose|when|where|where's|why|how|how's)"
_AUX = r"(?:is|are|do|does|did|can|could|will|would|have|has|was|were|should)"
_PERSON = r"(?:you|your|the|it|they|that|this|there|we|he|she|people|anyone|anybody|somebody)"
_NEXT = re.compile(
    rf"(?<![\w'])(?:and |or |also |then )?(?:(?P<wh>{_WH})|(?P<aux>{_AUX}) {_PERSON}|tell (?:me|us))(?![\w'])"
)
_REPHRASES = any_of(
    r"i mean",
    r"that is",
    r"in other words",
    r"or rather",
    r"to put it",
    r"meaning",
    r"i'm asking",
    r"what i mean",
    r"let me (rephrase|put|ask)( \w+)* (differently|way|again)",
    r"say it differently",
)
_EMBEDS = frozenset(
    [
        "know",
        "see",
        "understand",
        "wonder",
        "tell",
        "me",
        "us",
        "about",
        "of",
        "on",
        "exactly",
        "just",
        "matter",
        "whatever",
        "sure",
        "remember",
        "ask",
        "show",
        "say",
        "explain",
        "realise",
        "depends",
        "care",
        "decide",
        "out",
        "and",
    ]
) - {"and"}


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Turns that stack questions.

    Components
    ----------
    ``n_turns`` that stack, ``n_question_turns`` with at least one question of substance. Both add
    over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    stacked: list[Evidence] = []
    n_asking = 0
    for at, turn in enumerate(transcript.turns):
        if not turn.words or transcript.role_of(turn) is not Role.REP:
            continue
        said = units_of(transcript, at)
        n_different_ones = n_different(said)
        asked = [unit for unit in said if unit.asks] or list(said)
        n_asking += n_different_ones > 0
        if n_different_ones > 1:
            stacked.append(Evidence(at, asked[0].start, asked[-1].end, _PROBABILITY))
    return Observation(
        ID,
        Status.SCORED if stacked else Status.NOT_OBSERVED,
        components={"n_turns": float(len(stacked)), "n_question_turns": float(n_asking)},
        evidence=tuple(stacked),
    )


def n_different(said: tuple[Unit, ...]) -> int:
    """How many different questions of substance one turn asks."""
    pieces: list[str] = []
    rephrases = False
    for place, unit in enumerate(said):
        if place + 1 < len(said) and unit.asks and _ANSWERS_ITSELF.match(said[place + 1].text):
            continue
        if pieces and unit.asks and _OFFERS.match(unit.text):
            continue
        if not unit.asks:
            after = said[place + 1] if place + 1 < len(said) else None
            if after is not None and after.asks and after.start == unit.end and _ASKS_TOO.search(unit.text):
                pieces.append(unit.text)  # without marks: "so what's the oven and when was it bought"
            wondered = _pieces(unit) if _WONDERS.search(unit.text) else []
            pieces.extend(wondered if len(wondered) > 1 else [])
            rephrases = rephrases or bool(_REPHRASES.search(unit.text))
            continue
        for piece in _pieces(unit):
            if _ONLY_REPHRASE.fullmatch(piece):
                rephrases = True
                continue
            if unit.kind != "substantive" and kind_of(piece, unit.form)[0] != "substantive":
                continue
            again = (
                rephrases
                or _AGAIN.match(piece) is not None
                or bool(_REPHRASES.search(_ENDS_REPHRASE.sub("", piece)))
            )
            rephrases = bool(_ENDS_REPHRASE.search(piece))
            if pieces and (again or _same(piece, pieces[-1])):
                continue
            pieces.append(piece)
    return len(pieces)


def _pieces(unit: Unit) -> list[str]:
    """The questions that one unit strings together with "and" or a comma."""
    text = unit.text
    words = text.split()
    cuts = [0]
    for match in _NEXT.finditer(text):
        at = text.count(" ", 0, match.start())
        first = words[at] in ("and", "or", "also", "then")
        before = words[at - 1] if at else ""
        if at - cuts[-1] < 2 and not (at in unit.breaks and at - cuts[-1] >= 1):
            continue
        if not (first or at in unit.breaks) or before in _EMBEDS:
            continue
        if match["aux"] and words[at] == "or":
            continue  # "is it the price or is it the term": one question
        if match["wh"] and not first and before == "and":
            continue
        cuts.append(at)
    if len(cuts) > 1 and _SUBORDINATE.match(text):
        del cuts[1]  # "when a family rings you, who picks it up": one question
    return [" ".join(words[a:b]) for a, b in zip(cuts, [*cuts[1:], len(words)], strict=True)]


_ANSWERS_ITSELF = re.compile(r"(?:well |so |and |simply )*(?:because|simple|easy|of course|the answer)\b")
_OFFERS = re.compile(
    rf"(?:or |maybe |perhaps |say )*(?!{_WH}|{_AUX}|and |any|tell|walk|talk)(?:(?:by|in|on|at|from|with|through|via|for|to|under|over|about|like|more|less|before|after|monthly|weekly|daily|roughly|approximately|ballpark|yes|or|maybe|perhaps|a|an|the|one|two|your)\b)(?: \w+){{0,4}}$"
)
"""Answers offered with a question: "how do you get paid? By card? By invoice?"."""
_AGAIN = re.compile(
    r"(?:and |so |or )*(?:like|as in|say|for example|for instance|such as|if so|if yes|basically|i mean|in other words)\b"
)
_ALIKE = tuple(
    frozenset(map(stem, words.split()))
    for words in (
        "worry concern night scare fear hurt pain painful trouble wrong difficult problem struggle frustrate annoy bother nag headache challenge hard bug hate",
        "success successful good happy ideal perfect win great thrilled better proud delighted",
        "cost price pay spend charge expensive fee",
        "stop way obstacle hold block prevent",
        "change different differently fix improve wand",
        "big large size scale",
        "goal aim target achieve objective hoping trying priority",
        "start begin kick launch live",
        "decide decision approve sign agree",
        "prompted brought drove trigger reason motivate",
    )
)
"""Words that ask for the same thing: a question that only trades one for another is no second one."""
_TELLS = contents("tell describe explain curious wonder ask")
_SUBORDINATE = re.compile(
    rf"(?:so |and |okay )*(?:if|when|once|after|before|where|since|while|as) (?!{_AUX}\b)\w+"
)
_ENDS_REPHRASE = re.compile(r"(?:i mean|that is|in other words|or rather|meaning)$")
_WONDERS = re.compile(
    rf"\b(?:curious|wonder(?:ing)?|(?:love|like|want|interested|keen) to (?:know|hear|understand|learn)) (?:about |to know )?{_WH} "
)
_ASKS_TOO = re.compile(
    rf"(?:^|and |so |right |okay |yeah |love to know |like to know |curious |wonder(?:ing)? |tell (?:me|us) )(?:what's|who's|where's|{_WH} \w+) (?:\w+ )+(?:and|also|then)$"
)
_ONLY_REPHRASE = re.compile(
    r"(?:and |so |or )*(?:i mean|that is|in other words|or rather|meaning|like|say|as in|to put it (?:\w+ )?\w+)"
)


def _same(piece: str, before: str) -> bool:
    """Whether a question asks again what the one before it asked: its word or its content."""
    a, b = contents(piece) - _TELLS, contents(before) - _TELLS
    if a and b and len(a & b) * 2 >= min(len(a), len(b)):
        return True
    if _opens(piece) != _opens(before):
        return False
    a, b = frozenset(map(stem, piece.split())), frozenset(map(stem, before.split()))
    return any(a & words and b & words for words in _ALIKE)


def _opens(piece: str) -> str:
    """The question word that a question is built on, or nothing."""
    match = _FIRST_WH.search(piece)
    return match.group(1) if match else ""


_FIRST_WH = re.compile(r"(?<![\w'])(what|which|who|whose|when|where|why|how)(?![\w])")
