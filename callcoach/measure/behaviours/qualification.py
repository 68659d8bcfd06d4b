"""What is known of how the deal is decided, and from whose mouth.

*Covered* when the customer gives an element, *asked* when only the rep asks, *assumed* when only
the rep states it. Belongs to the deal over its calls: described, and never in one call's score.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from callcoach.core import Evidence, Observation, Role, Status, Transcript, Turn
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.deal_phrases import (
    ASKED_BY,
    DATE,
    ELEMENTS,
    EVADES,
    GENERIC,
    LAST_SAY,
    PRIVATE,
    PRIVATE_ASKED,
    SEASON,
    Element,
)
from callcoach.measure.deal_topics import (
    asks_topic,
    gives_topic,
    supposes,
    undertakes,
    without_clauses,
    written_out,
)
from callcoach.measure.dialogue import either
from callcoach.measure.handling_phrases import SMALL_TALK
from callcoach.measure.language import any_of, word_set
from callcoach.measure.last import forgets
from callcoach.measure.trouble import by_words
from callcoach.measure.units import Unit, units_of
from callcoach.measure.utterances import Labels

ID = "qualification"
COVERED, ASKED, ASSUMED = "covered", "asked", "assumed"
_BY_THE_WAY = frozenset(
    {"competition", "champion", "decision_criteria", "economic_buyer", "pain", "timeline"}
)
"""Words of these are too common to count in an answer to a question about something else."""
_GIVEN, _ANSWERED, _RULE = 0.7, 0.8, 0.75
_MIN_ANSWER_WORDS = 3
_ALONE = 0.9  # the same by the taggers alone
_SURE_TROUBLE = 0.7  # chance of a problem in a turn, by its words and the taggers
_ASKS = re.compile(r"(?:so |and |okay |right )*(?:what|who|how|when|where|which|why)\b")
_ANOTHER = re.compile(
    r" (?=(?:and |or )?(?:what's|what are|what is|who's|who else|when do|when's|(?<!by )how much|how will)\b)"
)
_RUNS_ON = re.compile(
    r"(?:\w+ ){0,4}(?:and|so|then|but) (?:what|who|how|when|where|which)(?:'?ll|'?s|'?d|'?re)? (?!i |we |you )\w+ \w+"
)
_WONDERS = any_of(
    r"(wonder|wondered|wondering|curious|interested|keen|love|like|want|good|useful|helpful)( \w+){0,3} (to (know|hear|understand|learn|find out|see) )?(what|who|when|how|which|whether|where|why|if)('s|'d|s|'re)?(?! (you'd|i|we)\b)"
)
_ELLIPTIC = re.compile(r"(?:and |so |okay )*(?:any|anyone|anybody|anything|what about|how about)\b")
_SIGNS_NO_MONEY = re.compile(
    r"\bsign(?:s|ed|ing)? (?:in|up|out|on|into|off (?:sick|work|ill|until|till|for)|for (?:the |a |our |my )?(?:parcels?|packages?|post|deliver\w+|boxes|samples?))\b"
)
"""Signatures that spend no money."""
_OUR_SIDE = re.compile(r"(?:(?:and|so|well) )*(?:my|our) .*|.*\b(?:at our end|on our side|in our firm)$")
_NOT_ASKED = {
    "budget": re.compile(r"\bmoney well spent\b|^(?:and |so |okay )*who\b(?!.*\b(?:budget|money|pot|fund))"),
    "timeline": re.compile(r"\bwhen (?:did|was|were)\b(?!.*(?:thinking|hoping|planning|looking))"),
    "competition": re.compile(
        r"\bhow many people\b(?!.*(?:quot|bid|pitch|asked|seen|talk|list|running))|\bwho else(?:'s| is| will be|'ll be)? (?:\w+ )?(?:joining|coming|dialling|on the call)\b"
    ),
}
"""Questions about the past or the firm that only sound like one about the deal."""
_OR_LOSE = re.compile(r"\bor (?:we|you|i|they)?(?:'ll)? ?lose it\b")
_WHAT = re.compile(r"(?:and |so |okay |then )*(?:what|which)\b")
_STATES = re.compile(
    r"(?:(?:so|and|okay|right|then|well|now) )*(?:you're|you are|you've|you have|you'll|you'd|your|it's|that's|there's|nobody|no one)\b(?! (?:who|what)\b)"
)
_ASKS_OUT = re.compile(
    r"(?:so |and |okay |right |or )*(?:(?:what|who|when|where|which|why|how)(?:'s| is| are| do| does| did| will| would| much| many| soon| long| have| has)\b(?! (?:i|we)\b)|(?:do|are|have|is|can|will) you\b)"
)
_YOURS = word_set(
    "success person needing wanting whole thing money's budget's haven't you decision signature speed quality service security cost safety you'd you'll you're you've your yours we're we'll nobody price budget money for it this"
)
_MAX_TAG_WORDS = 12  # a statement with a tag that assumes is short


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Every element of the deal that came up.

    Components
    ----------
    ``covered_…``, ``asked_…``, ``assumed_…`` per element (1 for the best of the three that
    applies), and ``n_covered``, ``n_asked``, ``n_assumed``. An element counts once per call.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    best: dict[str, tuple[int, str, Evidence]] = {}

    def note(element: Element, how: str, piece: Evidence) -> None:
        rank = (COVERED, ASKED, ASSUMED).index(how)
        if element.name not in best or rank < best[element.name][0]:
            best[element.name] = (rank, how, piece)

    private = False  # the rep's last question was about private life: what is answered is none of the deal
    pending: list[Element] = []  # asked in the rep's turn just before
    for at, turn in enumerate(transcript.turns):
        role = transcript.role_of(turn)
        if not turn.words or role not in (Role.REP, Role.CUSTOMER):
            continue
        said = units_of(transcript, at)
        if role is Role.REP:
            pending = []
            if any(unit.asks for unit in said):
                private = any(
                    unit.asks and (SMALL_TALK.search(unit.text) or PRIVATE_ASKED.search(unit.text))
                    for unit in said
                )
            for place, unit in enumerate(said):
                after = said[place + 1] if place + 1 < len(said) else None
                runs_on = after is not None and after.asks and after.start == unit.end
                for element, how in _raised(unit, runs_on=runs_on):
                    note(element, how, Evidence(at, unit.start, unit.end, _RULE))
                    if how == ASKED:
                        pending.append(element)
            continue
        if private and not pending:
            continue
        if pending:  # "who can start soonest" answers
            said = tuple(replace(unit, asks=False) if _unmarked(turn, unit) else unit for unit in said)
        text = " ".join(unit.text for unit in said if not unit.asks)
        telling = [
            unit
            for unit in said
            if not unit.asks and unit.n_words >= _MIN_ANSWER_WORDS and not PRIVATE.search(unit.text)
        ]
        for element in ELEMENTS if telling else pending:
            given = next((unit for unit in telling if _gives(element, unit.text)), None)
            if given is None and element.name == "pain" and not pending:
                given = _in_trouble(telling, labels[at].get("problem_voiced", 0.0))
            if element in pending and _answers(element, text, alone=len(pending) == 1):
                given = given or said[0]
                note(element, COVERED, Evidence(at, given.start, given.end, _ANSWERED))
            elif pending and element not in pending and element.name in _BY_THE_WAY:
                told = next((unit for unit in telling if _says_who(unit.text)), None)
                if element.name == "economic_buyer" and told is not None:
                    note(element, COVERED, Evidence(at, told.start, told.end, _GIVEN))
            elif given is not None and element.name == "timeline" and SEASON.search(given.text):
                continue
            elif given is not None and not EVADES.search(given.text):
                note(element, COVERED, Evidence(at, given.start, given.end, _GIVEN))
        pending = []
    components = {f"{how}_{name}": 1.0 for name, (_, how, _) in sorted(best.items())}
    for how in (COVERED, ASKED, ASSUMED):
        components[f"n_{how}"] = float(sum(1 for _, found, _ in best.values() if found == how))
    evidence = sorted((piece for _, _, piece in best.values()), key=lambda p: (p.turn, p.start_word))
    return Observation(
        ID,
        Status.SCORED if components["n_covered"] else Status.NOT_OBSERVED,
        components=components,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _raised(unit: Unit, *, runs_on: bool) -> list[tuple[Element, str]]:
    """Elements that a rep's words ask for or assume; without marks a question may run on into another."""
    if (PRIVATE_ASKED if unit.asks else GENERIC).search(unit.text):
        return []
    if not unit.asks and _WONDERS.search(unit.text):
        return _asked_for(unit.text)
    if (runs_on and _ASKS.match(unit.text)) or (not unit.asks and _holds_question(unit)):
        return _asked_for(unit.text)
    if unit.asks and _ELLIPTIC.match(unit.text):
        return _asked_for(unit.text)
    states = unit.asks and _STATES.match(unit.text) and (unit.breaks or unit.form == "declarative")
    if unit.asks and unit.form not in ("declarative", "tag") and not states:
        found = _asked_for(unit.text)
        if found or unit.form in ("wh", "imperative", "indirect"):
            return found
    if unit.asks and unit.form not in ("declarative", "tag", "fragment") and not states:
        return []
    if _OUR_SIDE.fullmatch(unit.text):
        return []
    if not unit.tagged and (unit.n_words > 2 * _MAX_TAG_WORDS or _YOURS.isdisjoint(unit.text.split())):
        return []
    return [(element, ASSUMED) for element in ELEMENTS if _assumes(element, unit.text)]


def _unmarked(turn: Turn, unit: Unit) -> bool:
    """Whether words built like a question end without its mark, in a turn that sets marks."""
    last = turn.words[unit.end - 1].text
    return unit.asks and unit.form == "wh" and last.endswith((".", ",", "!"))


def _in_trouble(telling: list[Unit], labelled: float) -> Unit | None:
    """The words of a customer that voice a problem, where the taggers hear one in the turn too."""
    for unit in telling:
        problem, _, fine = by_words(unit.text)
        if not problem and labelled < _ALONE:
            continue
        if not fine and either(labelled, problem) >= _SURE_TROUBLE:
            return unit
    return None


def _only_sounds(element: Element, text: str) -> bool:
    pattern = _NOT_ASKED.get(element.name)
    return pattern is not None and pattern.search(text) is not None


def _says_who(text: str) -> bool:
    return bool(LAST_SAY.search(text)) or gives_topic("economic_buyer", text)


def _assumes(element: Element, text: str) -> bool:
    if element.name == "economic_buyer" and _SIGNS_NO_MONEY.search(text):
        return False
    whole = text if element.name == "pain" else written_out(text)
    return bool(element.assumes.search(text) or element.assumes.search(whole)) or supposes(element.name, text)


def _gives(element: Element, text: str) -> bool:
    if element.name == "pain":
        text = _OR_LOSE.sub("", text)  # "use it or lose it" is a date
    if element.name == "timeline" and undertakes(text):
        return False
    if element.name in ("economic_buyer", "timeline") and _SIGNS_NO_MONEY.search(text):
        return False
    return bool(element.gives.search(text)) or gives_topic(element.name, text)


@lru_cache(maxsize=2048)
def _asked_for(text: str) -> list[tuple[Element, str]]:
    """The elements that a question asks for; a general word asks only where no certain one does."""
    asked: dict[str, Element] = {}
    for part in _ANOTHER.split(without_clauses(text)):
        found = [
            element for element in ELEMENTS if element.asks.search(part) and not _only_sounds(element, part)
        ]
        topic = [element for element in ELEMENTS if asks_topic(element.name, part)]
        if topic and not any(element in found for element in topic):
            found = topic  # "what return are you looking for" asks for the return
        elif len(found) > 1 and [element.name for element in topic] == ["competition"]:
            found = topic  # "is there anybody else pitching for it"
        found = found or [
            element
            for element in ELEMENTS
            if ASKED_BY[element.name].search(part) and not _only_sounds(element, part)
        ]
        names = {element.name for element in found}
        if names == {"decision_criteria", "decision_process"}:  # what it goes by, or how it goes
            other = "decision_process" if _WHAT.match(part) else "decision_criteria"
            found = [element for element in found if element.name != other]
        asked |= {element.name: element for element in found}
    return [(element, ASKED) for element in asked.values()]


def _holds_question(unit: Unit) -> bool:
    """Whether a clause after a comma starts as a question: "quick-fire, what's your budget, what are …"."""
    words = unit.text.split()
    if _RUNS_ON.match(unit.text):
        return True
    starts = [0, *(at for at in unit.breaks if words[at : at + 1] != ["which"])]  # ", which is great"
    return any(_ASKS_OUT.match(" ".join(words[at : at + 4])) for at in starts)


def _answers(element: Element, text: str, *, alone: bool) -> bool:
    """Whether a customer's words give what was just asked for."""
    if EVADES.search(text) or len(text.split()) < _MIN_ANSWER_WORDS:
        return _gives(element, text) and not EVADES.search(text)
    if _gives(element, text):
        return True
    if element.name == "timeline":
        return bool(DATE.search(text) or element.answer.search(text))
    if element.answer is not None:
        return bool(element.answer.search(text))
    return alone


forgets(_asked_for.cache_clear)
