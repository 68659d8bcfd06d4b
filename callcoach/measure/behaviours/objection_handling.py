"""How concerns of the customer are handled, in five points.

::

    C  that's above what we set aside                      a concern
    R  is it the total, or when it falls?                  listened 1, explored 2
    C  when it falls
    R  we can bill it per quarter                          responded 1
    R  does that settle it?                                checked 1

Listening is not cutting the customer short. A question explores only before anything is given,
argued or proved, and only if the customer gets to answer it. Turning to something else ends it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from callcoach.core import Capability, Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.concerns import concern_kind
from callcoach.measure.constants import INTERRUPTION_OVERLAP_S, PREDICTED
from callcoach.measure.dialogue import either
from callcoach.measure.handling_phrases import (
    CHANGES_SUBJECT,
    CHECKS,
    EMPTY,
    OF_CONCERNS,
    SHORT_SAYS,
    SMALL_TALK,
    WRITES_DOWN,
)
from callcoach.measure.handling_questions import (
    BARE_QUESTION,
    CLEFT,
    FACT,
    LEAD_WORDS,
    OFFERS,
    OWN_ANSWER,
    RHETORICAL,
    SELLS,
    TURNS_AWAY,
    WHAT_IF,
)
from callcoach.measure.language import any_of, word_set
from callcoach.measure.offers import NUMBER, gives_ground
from callcoach.measure.units import Unit, contents, contents_of, units_of
from callcoach.measure.utterances import Labels

ID = "objection_handling"
NO_CONCERN = "the customer raised no concern"
REACH_TURNS = 4  # turns of the rep in which a concern is handled
_CUT_OFF = ("-", "–", "—", "--", "…", "...")
_RULE = 0.75  # probability of a concern that words alone tell
_CHECK_TAIL = 60  # characters from a check to the end of what is said
_MIN_ANSWER_WORDS = 4  # a response has at least this many words beyond sympathy
_BARE_WORDS = 5  # a question of no more words points back by itself
_ALTERNATIVE = any_of(
    r"(is|was) it (the|that|more|just|because|a|about|when|how|your|more about) .{2,60} or (is|the|that|more|just|because|a|about|when|how|your|are|do|does|would)"
)
_LISTENS = any_of(
    r"(i|we)('d| would|'ll|'m)? (\w+ )?(like|love|want|need|glad|happy|keen|sorry|interested|curious)? ?(to )?(hear|understand|know|learn|ask|get to the bottom|dig into)( \w+){0,4}"
)
_ECHO_WORDS = 10  # a statement that only says back is at most this long
_OWN = word_set("we we're we've we'll we'd our ours us i i'll i'd i've it it's you'd you'll this ours' free")
_STARTS_ASKING = re.compile(r"(?:(?:and|so|but|anyway|well) )*(?:how|what|where|did you|have you)\b")
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
_YES = any_of(
    r"(yes|yeah|yep|yup|sure|okay|fine|works?|does it|do it|would do|helps?|better|happy|enough|i (think|believe|suppose|guess|reckon) so|probably|possibly|agreed|deal|go on|settles?|solves?)"
)
_KINDS = tuple(
    f"objection_{kind}"
    for kind in ("price", "timing", "need", "authority", "trust", "risk", "status_quo", "competitor")
)
_SURE_KIND = 0.8
_ANNOUNCED = any_of(
    r"(curious|interested|keen|all ears|fascinated) (about|in|on) (that|this|it|you)(?! .*\b(what|how|why|when|which|who|where|whether) (?!i |we )\w+ \w+ ?)",
    r"(explor\w+|curiosity|asking( questions)?|listening|understanding) (is|that's) (what|my|how|everything|key)",
)
"""Exploring that is announced and not done."""


@dataclass(slots=True)
class _Handling:
    """One concern and what was done about it."""

    said: Evidence
    listened: bool = True
    explored: bool = False
    responded: bool = False
    checked: bool = False
    pieces: list[Evidence] = field(default_factory=list)

    @property
    def points(self) -> int:
        return self.listened + 2 * self.explored + self.responded + self.checked


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Every concern of the customer, and the points its handling earned.

    What the customer says in answer to a question about a concern belongs to it and is no new one.

    Components
    ----------
    ``points`` (0 to 5 each, summed), ``n_objections``; of them ``n_listened``, ``n_explored``,
    ``n_responded``, ``n_checked``. All add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    handled = _handle(transcript, labels)
    if not handled:
        return Observation(ID, Status.NOT_APPLICABLE, reason=NO_CONCERN)
    components = {
        "points": float(sum(one.points for one in handled)),
        "n_objections": float(len(handled)),
        "n_listened": float(sum(one.listened for one in handled)),
        "n_explored": float(sum(one.explored for one in handled)),
        "n_responded": float(sum(one.responded for one in handled)),
        "n_checked": float(sum(one.checked for one in handled)),
    }
    evidence = {(e.turn, e.start_word, e.end_word): e for one in handled for e in (one.said, *one.pieces)}
    return Observation(
        ID,
        Status.SCORED if components["points"] else Status.NOT_OBSERVED,
        components=components,
        evidence=tuple(evidence[key] for key in sorted(evidence)),
    )


def concern_in(transcript: Transcript, labels: Labels, at: int) -> Evidence | None:
    """The words of a customer's turn that voice a concern, or None."""
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
    if sure >= PREDICTED and transcript.turns[at].words:
        return Evidence(at, 0, len(transcript.turns[at].words), sure)
    return None


def _of_kinds(labels: Mapping[str, float]) -> float:
    """What the taggers of single kinds say, where one is sure of it."""
    best = max((labels.get(kind, 0.0) for kind in _KINDS), default=0.0)
    return best if best >= _SURE_KIND else 0.0


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


def _handle(transcript: Transcript, labels: Labels) -> list[_Handling]:
    roles = [transcript.role_of(turn) for turn in transcript.turns]
    found: list[_Handling] = []
    open_until = -1  # the last turn that handles the concern in hand
    for at, role in enumerate(roles):
        if role is not Role.CUSTOMER or not transcript.turns[at].words:
            continue
        if at <= open_until and (_answers(transcript, roles, at) or found[-1].said.turn >= at - 2):
            continue
        said = concern_in(transcript, labels, at)
        if said is None:
            continue
        one = _Handling(said)
        open_until = _follow(transcript, labels, roles, at, one)
        found.append(one)
    return found


def _answers(transcript: Transcript, roles: list[Role], at: int) -> bool:
    """Whether the turn of the rep before asks a question."""
    for before in range(at - 1, -1, -1):
        if roles[before] is Role.REP and transcript.turns[before].words:
            return any(unit.asks for unit in units_of(transcript, before))
        if roles[before] is Role.CUSTOMER:
            return False
    return False


def _follow(transcript: Transcript, labels: Labels, roles: list[Role], at: int, one: _Handling) -> int:
    """Read the rep's next turns; returns the last turn that still handles the concern."""
    about = contents_of(transcript, at)
    one.listened = not _cut_short(transcript, at)
    seen = 0
    last = at
    asked = False  # a question that explores waits for the customer's answer
    for turn in range(at + 1, len(roles)):
        if roles[turn] is not Role.REP or not transcript.turns[turn].words:
            if roles[turn] is Role.CUSTOMER and _turns_away(transcript, turn, about):
                break
            if roles[turn] is Role.CUSTOMER and asked and transcript.turns[turn].words:
                asked = False
                about |= contents_of(transcript, turn)
            continue
        seen += 1
        if seen > REACH_TURNS:
            break
        last = turn
        asked = False
        said = units_of(transcript, turn)
        asked_back = one.explored and not one.responded
        for place, unit in enumerate(said):
            leads = not one.responded and any(later.asks for later in said[place + 1 :])
            if leads and _echoes(unit):
                continue
            if unit.asks or (not one.responded and _asks_unmarked(unit)):
                checks = _is_check(unit, about, labels[turn].get("check_in", 0.0))
                if one.responded and checks:
                    one.checked = True
                elif not one.responded and unit.asks and _answers_itself(unit):
                    one.responded = True
                    one.pieces.append(Evidence(turn, unit.start, unit.end, 0.75))
                    continue
                elif not one.responded and (_ANNOUNCED.search(unit.text) or SELLS.match(unit.text)):
                    continue
                elif not one.responded and (_explores(unit, about) or not unit.asks):
                    asked = True
                    piece = Evidence(turn, unit.start, unit.end, 0.8)
                    one.pieces.append(piece)
                    continue
                elif not one.responded:
                    return turn
                else:
                    continue
                one.pieces.append(Evidence(turn, unit.start, unit.end, 0.8))
                continue
            if CHANGES_SUBJECT.search(unit.text) or (
                _STARTS_ASKING.match(unit.text) and SMALL_TALK.search(unit.text)
            ):
                if not one.explored and not one.responded:
                    return turn
                continue
            if _is_response(unit) and not (asked_back and _says_back(unit, about)):
                if asked:
                    asked = False  # answered by the rep: the customer had no chance to
                    one.pieces.pop()
                one.responded = True
                about |= contents(unit.text)
                one.pieces.append(Evidence(turn, unit.start, unit.end, 0.75))
                if CHECKS.search(unit.text) and not unit.tagged and _asks_at_end(unit):
                    one.checked = True
        if asked and _customer_follows(roles, transcript, turn):
            one.explored = True
        if one.checked:
            reply = next((t for t in range(last + 1, len(roles)) if transcript.turns[t].words), len(roles))
            settled = reply < len(roles) and roles[reply] is Role.CUSTOMER and _agrees(transcript, reply)
            return reply if settled else last
    return last


def _turns_away(transcript: Transcript, at: int, about: frozenset[str]) -> bool:
    """Whether the customer goes on to something else, so that what the rep answers is that."""
    for place, unit in enumerate(said := units_of(transcript, at)):
        if TURNS_AWAY.match(unit.text):
            rest = contents(" ".join(later.text for later in said[place:]))
            return bool(rest) and not rest & about
    return False


def _agrees(transcript: Transcript, at: int) -> bool:
    """Whether a customer's words say yes somewhere, so that they raise no new concern."""
    return any(_YES.search(unit.text) for unit in units_of(transcript, at))


def _customer_follows(roles: list[Role], transcript: Transcript, turn: int) -> bool:
    return any(
        roles[at] is Role.CUSTOMER and transcript.turns[at].words
        for at in range(turn + 1, min(len(roles), turn + 3))
    )


def _cut_short(transcript: Transcript, at: int) -> bool:
    """Whether the rep starts before the customer is done, by the text or by the clock."""
    turns = transcript.turns
    if turns[at].words[-1].text.endswith(_CUT_OFF):
        return True
    after = next((turn for turn in turns[at + 1 :] if transcript.role_of(turn) is Role.REP), None)
    if after is None or not transcript.can(Capability.ENDS, Capability.OVERLAP):
        return False
    said, heard = turns[at].interval, after.interval
    if said is None or heard is None or len(after.words) < _MIN_ANSWER_WORDS:
        return False
    early_s = said.end_s - heard.start_s
    return early_s > INTERRUPTION_OVERLAP_S and heard.start_s > said.start_s


def _explores(unit: Unit, about: frozenset[str]) -> bool:
    """Whether a question opens up a concern: a fact of the set-up that has no word of it does not."""
    closed = unit.form == "inverted" or FACT.match(unit.text)
    if (
        closed
        and unit.n_words > _BARE_WORDS
        and not (OF_CONCERNS.search(LEAD_WORDS.sub("", unit.text)) or contents(unit.text) & about)
    ):
        return False
    if RHETORICAL.match(unit.text) and not contents(unit.text) & about:
        return False
    if OFFERS.match(unit.text) and gives_ground(unit.text):
        return False
    return (
        (unit.kind == "substantive" or (unit.kind == "logistics" and unit.form == "wh"))
        and not SMALL_TALK.search(unit.text)
        and not CHANGES_SUBJECT.search(unit.text)
    )


def _answers_itself(unit: Unit) -> bool:
    """Whether words that ask go on to answer: "is it the price, yes it's the price, so I'll …"."""
    return OWN_ANSWER.match(unit.text) is not None


def _asks_unmarked(unit: Unit) -> bool:
    return bool(BARE_QUESTION.match(unit.text) or _ALTERNATIVE.search(unit.text))


def _echoes(unit: Unit) -> bool:
    """Whether a statement before a question only says back what was said: "six years is a good run"."""
    if unit.asks or unit.n_words > _ECHO_WORDS:
        return False
    return _OWN.isdisjoint(unit.text.split()) or _LISTENS.search(unit.text) is not None


def _is_check(unit: Unit, about: frozenset[str], labelled: float) -> bool:
    if unit.kind == "ritual" or unit.form in ("imperative",):
        return False
    if CHECKS.search(unit.text):
        return True
    if unit.form == "wh":
        return labelled >= PREDICTED
    return labelled >= PREDICTED or bool(contents(unit.text) & about)


def _is_response(unit: Unit) -> bool:
    """A statement that answers: more than sympathy, a note taken, or a few words."""
    text = EMPTY.sub(" ", unit.text)
    if gives_ground(unit.text):
        return True
    if WRITES_DOWN.search(text):
        return False
    n_words = len(text.split())
    return n_words >= _MIN_ANSWER_WORDS or (n_words > 0 and bool(SHORT_SAYS.search(text)))


def _says_back(unit: Unit, about: frozenset[str]) -> bool:
    """Whether a short statement holds nothing but words of the customer: "a month early"."""
    return unit.n_words <= _ECHO_WORDS and bool(contents(unit.text)) and contents(unit.text) <= about


def _asks_at_end(unit: Unit) -> bool:
    """Whether a statement without marks runs into a check: "we'd halve it does that settle it"."""
    last = max((match.start() for match in CHECKS.finditer(unit.text)), default=None)
    return last is not None and len(unit.text) - last < _CHECK_TAIL
