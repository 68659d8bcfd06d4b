"""Who undertakes to do what by when: promises of either side, accepted requests, meetings agreed on.

::

    R  could you send me the list by Thursday?          a request: nobody's yet
    C                                          yes, will do     the customer owns it, dated
    C  I'll bring Susan on Tuesday at ten               the customer's own words
    R  I'll send the plan                               the rep owns it, undated
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from callcoach.core import Evidence, Role, Transcript
from callcoach.measure.constants import ACCEPT_TURNS
from callcoach.measure.language import Sentence, any_of, norm, sentences, word_set


class Kind(StrEnum):
    ACTION = "action"  # somebody undertakes to do something
    MEETING = "meeting"  # both are to meet or speak again
    VAGUE = "vague"  # a will to go on, and nothing to hold on to


@dataclass(frozen=True, slots=True)
class Commitment:
    """One step that somebody undertook.

    Parameters
    ----------
    owners : frozenset of Role
        Sides that own it: both for a meeting that the other side accepted.
    said : Evidence
        The words of the undertaking, proposal or request.
    accepted : Evidence or None
        The other side's words that took up a proposal or request.
    when : Evidence or None
        The words that name the day or time; None where there are none.
    named : bool
        Whether people are named for a meeting.
    own_words : bool
        Whether the customer says it, in more words than a yes.
    """

    kind: Kind
    owners: frozenset[Role]
    said: Evidence
    accepted: Evidence | None = None
    when: Evidence | None = None
    named: bool = False
    own_words: bool = False

    @property
    def is_dated(self) -> bool:
        return self.when is not None and self.kind is not Kind.VAGUE


_WEEKDAY = r"(monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SMALL = r"(a|an|one|two|three|four|five|six|seven|eight|nine|ten|fourteen|thirty|a couple of|a few|\d+)"
_MONTH = (
    r"(january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept"
    r"|sep|oct|nov|dec)"
)
_ORDINAL = (
    r"(\d{1,2}(st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    r"|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty ?first|twenty ?second"
    r"|twenty ?third|twenty ?fourth|twenty ?fifth|twenty ?sixth|twenty ?seventh|twenty ?eighth|twenty ?ninth|thirtieth"
    r"|thirty ?first)"
)
WHEN = any_of(
    rf"(by |on |this |next |the following |coming |before |until )*{_WEEKDAY}( (morning|afternoon|evening|night|lunchtime|noon|week))?",
    r"(by |before )?(tomorrow|tonight)( (morning|afternoon|evening|night))?",
    r"(by |before |later |first thing )?(today|this (morning|afternoon|evening|week|month|weekend))",
    r"(by |on |in |early |late |the |middle of |some ?time )*(next|the following|the coming) (week|month|quarter|weekend)",
    r"(by |at |before )?(the )?(end|close|start|beginning|middle) of (the |this |next |that |play |my )?"
    r"(day|today|week|month|quarter|year|business|play|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)",
    r"end of (play|business)",
    rf"(in|within) (the next )?{_SMALL} (minutes?|hours?|days?|weeks?|months?|working days?|business days?)",
    rf"{_SMALL} (days?|weeks?) (from (now|today)|from {_WEEKDAY})",
    rf"(in|by|until|before|early|mid|late) {_MONTH}",
    rf"{_MONTH} (the )?(\d{{1,2}}|{_ORDINAL})",
    rf"(on |by |before )?(the )?{_ORDINAL} (of )?({_MONTH}|may)",
    rf"(on|by|before|until) the {_ORDINAL}",
    r"(in|by|before) may",
    r"(by|on|before) \d{1,2}[/.]\d{1,2}",
    r"(first thing|eod|cob|eow|by (lunch|lunchtime|noon|midday|close))",
    r"(by|before) the weekend",
    r"(that|same) (day|week|afternoon|morning|evening)",
    r"within (the )?(hour|day|week|month|fortnight)",
    r"in a fortnight",
)
_NO_DATE = any_of(
    rf"(last|every|each|most|past|previous|since|on) {_WEEKDAY}s?(?<=s)",
    rf"(last|every|each|past|previous|since) ({_WEEKDAY}|week|month|quarter|year)",
    r"(until|till|since) (the |this |next |end |of )*\w+",
    r"(thanks?|thank you)( \w+){0,3} (for |your time )?(today|this (morning|afternoon))",
)
_WHEN_WORDS = word_set(
    """monday tuesday wednesday thursday friday saturday sunday tomorrow tonight today this next following coming end
    close start beginning middle in within january february march april may june july august september october november
    december jan feb mar apr jun jul aug sept sep oct nov dec by on before first thing eod cob eow that same from"""
)

_STEP = (
    r"(send|email|mail|get|forward|call|ring|phone|text|message|talk|speak|chat|take|show|ask|check|come back|go back|let|confirm"
    r"|introduce|bring|invite|sign|book|set|review|read|go (through|over)|look|test|try|pull|share|put|present|raise|discuss"
    r"|approve|order|arrange|schedule|have|give|make|prepare|fill|complete|return|decide|meet|join|run|draft|drop|pop|pass"
    r"|loop|circulate|find out|chase|walk|write|print|collect|follow up|dial|pick|finish|upload|export|provide|host|visit|pay"
    r"|transfer|tell|report|update|connect|contact|reach out|start|be (there|on the call|in touch|back))"
)
_ADVERB = r"(just |also |definitely |certainly |then |personally |gladly |happily |absolutely |quickly |both |all |still |of course |even )*"
_UNDERTAKES = any_of(
    rf"(i'll|i will|we'll|we will|i shall|we shall|ill|i'm going to|i am going to|we're going to|we are going to|i'm gonna) {_ADVERB}{_STEP}",
    rf"(i|we) (can|could|promise to|plan to|intend to|want to|commit to|'m happy to|'d be happy to) {_ADVERB}{_STEP}",
    rf"i (need|have|'ve got) to {_ADVERB}{_STEP}",
    rf"(i'm|i am|we're|we are|i'd be|we'd be) (happy|glad) to {_ADVERB}{_STEP}",
    rf"let me {_ADVERB}{_STEP}",
    rf"(\w+) and (i|me) (will|can|are going to) {_ADVERB}{_STEP}",
    rf"(my|our|the) (\w+ ){{1,3}}(will|can|is going to) {_ADVERB}{_STEP}",
    rf"^(yes |yeah |okay |sure |great |good |and |then |so |of course |absolutely )*(will )?{_ADVERB}"
    r"(send|email|forward|call|ring|get) (you|it|them|that)",
    rf"will {_ADVERB}{_STEP}",
    r"you'll (have|get|receive|hear)",
    r"you will (have|get|receive|hear)",
)
_UNDERTAKE_WORDS = word_set(
    "i'll we'll ill will can could shall going gonna promise need have plan intend want commit happy glad let you'll send"
    " email forward call ring get"
)
_HEDGED = any_of(
    r"(might|maybe|perhaps|possibly|probably|hopefully|somehow|try to|try and|someday|at some point|some ?time|one day|eventually)",
    r"(if|when|whenever) (i|we) (get|have|find|can|could|remember|are|'re|feel)( (a |the )?(chance|time|moment|minute))?",
    r"(think|mull|sleep) (about|it over|on) ?(it|this|that)?",
    r"(have a think|we'll see|let's see|i'll see|see how|see what|see if|see whether)",
    r"(not sure|can't promise|no promises|i don't know|depends|it depends)",
    r"(would|could|'d) (have|need) to (think|see|look)",
)
_NOT_A_STEP = any_of(
    r"(i'll|i will|let me|we'll|i can|i'm going to) (just |quickly |also |first |then )*(tell you (what|how|why|about|that|a)|be (honest|frank|brief)|show (you|us|how|what)"
    r"|share my|ask you|start (with|by)|let you (finish|go|talk|speak|get (on|back))|give you (an example|a sense|a bit|some)|take you through"
    r"|walk you through|pull (up|that up)|look (that|it) up|have to (say|admit|go|run|drop|jump)|put you on hold|read (it|that) back|say)",
    r"(i|we) (can|could|will|need to|have to|want to)( \w+)? (see|hear|show you (here|now)|tell you)",
    r"(will|can) (get|have|take|make|give|let) (you |us |them |it |everyone )?(used to|faster|better|worse|more|time|the system|full access)",
)
_HERE = any_of(
    r"let me (just |quickly |also |first )*(show|share|walk|take|pull|tell|explain|finish|start|give you|read|look at)"
)
_LEAVES = any_of(
    r"(i|we|i've|we've|i'll|we'll)( really| just| unfortunately)? ?(have|need|got|must|should)? ?(to )?(go|run|jump|drop|dash|shoot|head|leave)( off| out| now)? "
    r"(in|soon|now|at|by|early|because|for)"
)
_NEGATED = any_of(
    r"(can't|cannot|won't|couldn't|wouldn't|don't|unable)",
    r"(i|we|i'll|we'll|i'm|we're|will|can|am|are) (not|never)",
)
_REQUESTS = any_of(
    rf"(can|could|would|will|might) you (please |just |also |possibly |maybe |then )*(be able to )?{_STEP}",
    rf"(you'll|you will|you can|you could|you were going to|you are going to|you're going to|you'd) {_ADVERB}{_STEP}",
    rf"(if|once|when) you (can|could|'d|would|will|just)? ?{_STEP}",
    rf"(please|would you mind) {_STEP}",
    rf"^(so |then |and |okay |great |good )*{_STEP} (me|us|it|them|that|the|over)",
    rf"(are|is) (you|\w+) (happy|able|okay) to {_STEP}",
    rf"(do you think|is it possible|would it be possible)( that)? (you|\w+)( could| can| to|'d be able to)? {_STEP}",
    rf"(can|could|will|would) (\w+ )(\w+ )?{_STEP}",
)
_REQUEST_WORDS = word_set("can could would will might you'll you please send if once is are")
_MEETING_WORDS = any_of(
    r"(meet|meeting|call|demo|session|workshop|catch ?up|speak|talk|chat|visit|invite|invitation|calendar|diary|slot|review"
    r"|walkthrough|walk through|reconvene|regroup|see (you|each other)|sit down|lunch|coffee|join|together|minutes|half an hour|an hour)",
    r"at (\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|half past)",
    r"\d{1,2}(:\d\d)? ?(am|pm|oclock|o'clock)",
    r"(work|works|suit|suits|free|available|morning|afternoon|evening)",
)
_PROPOSES = any_of(
    r"(shall|should|can|could|may) we",
    r"(let's|let us)",
    r"(how about|what about|are you (both )?(free|around|available)|can you (do|make|both)|could you (do|make|both))",
    r"(does|do|would|will|is) (\w+ ){0,5}(work|suit|okay|good|possible|fine|free)",
    r"(i'd|i would|we'd|we would) (suggest|propose)|i (suggest|propose)",
    rf"^(so |okay |great |then |good |perfect |and |right |yes )*(on |next |this )*({_WEEKDAY}|tomorrow)",
    r"(i'll|i will|let me) (\w+ ){0,4}(invite|invitation|calendar|diary|meeting|slot)",
    r"(we'll|we will) (\w+ )?(meet|speak|talk|reconvene|catch up|have|see|sit)",
    r"(works?|suits?)( for)?( both| all| me| us| you)?",
)
_NOW = any_of(r"today|now|this (morning|afternoon)")
_VAGUE = any_of(
    r"(circle|loop) back",
    r"touch base",
    r"(follow|followed|following) up",
    r"followup",
    r"reach(ing)? out",
    r"(be|keep|stay|get) in touch",
    r"(get|come|go) back to (you|me|us)",
    r"(reconnect|reconvene|regroup)",
    r"(catch up|speak|talk|chat|meet)( again)? (soon|some ?time|later|again|at some point|in due course|down the (line|road|track))",
    r"check (back )?in (with you|again|soon|later)",
    r"(have|need) a think",
    r"think (about it|it over|on it|it through)",
    r"let you know",
    r"(take|go) it from there",
    r"pick (this|it) (back )?up",
    r"(next steps?|a next step)",
)
_VAGUE_WORDS = word_set(
    "back base followup follow followed following reach reaching touch reconnect reconvene regroup soon sometime some"
    " later again check think know there pick next step steps"
)
_ACCEPTS = re.compile(
    r"^(oh |well |um |uh |and |so |mm |okay |ah )*(yes|yeah|yep|yup|sure|okay|ok|absolutely|of course|no problem|definitely"
    r"|certainly|fine|great|perfect|good|lovely|brilliant|excellent|works|that works|that's (fine|good|great|perfect|okay|fair|doable)"
    r"|will do|sounds (good|great|fine|perfect)|happy to|i can do that|i can|i will|i'll|we can|we will|we'll|done|deal|agreed"
    r"|fair enough|right|alright|all right|let's|that'd be|that would be|it's a date|see you|no worries|gladly|consider it done"
    r"|(monday|tuesday|wednesday|thursday|friday|tomorrow|next week)( \w+){0,6}|you (can|will|did)|in the (diary|calendar)|super|wonderful|cool)\b"
)
_WORKS = any_of(
    r"(works|suits|is (fine|good|okay|ok|perfect|great)|'s (fine|good|okay|perfect|great)|sounds good|that's fine|will do|i'll be there|we'll be there|see you then)"
)
_REFUSES = any_of(
    r"(can't|cannot|won't|couldn't|don't|doesn't|isn't|not|no|never|nope)(?! (problem|worries|trouble|bother))",
    r"(maybe|might|perhaps|possibly|depends|unlikely|not sure|i'd have to|i would have to|have to (check|see|think|ask)|think about"
    r"|let me (check|see|think)|we'll see|hard to say|difficult|tricky)",
)

_NOT_NAMES = word_set(
    """i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december ok okay yes no"""
)
_NAMES = any_of(
    r"(you|me|i|us) and (?!(i'll|we'll|you'll|then|we|if|so|see|get|go|that|it|have|will|can|send|put|book|call|maybe|let)(?![\w'])|i )\w+",
    r"\w+ and (i|me|you|myself)(?= |$)",
    r"with (your|the|my|our) (boss|team|director|manager|partner|colleague|colleagues|buyer|board|lawyer|lawyers|ceo|cfo|cto|it"
    r"|finance|head|chief|owner|wife|husband|brother|engineers?|planners?|procurement|legal)",
    r"(bring|invite|include|add|with) (you both|both of you|all (three|four|five)|the (three|two|four) of)",
    r"the (two|three|four|five) of us",
    r"(both|all) of (us|you)",
)


def when_in(sentence: Sentence) -> tuple[int, int] | None:
    """Word range in a sentence of the day or time it names for something to come, or None."""
    if _WHEN_WORDS.isdisjoint(sentence.words):
        return None
    text = sentence.text
    taken = [match.span() for match in _NO_DATE.finditer(text)]
    for match in WHEN.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        return sentence.word_at(match.start()), sentence.word_at(match.end() - 1) + 1
    return None


def names_people(sentence: Sentence, raw: Iterable[str], known: frozenset[str]) -> bool:
    """Whether a sentence names people: known names, capitals inside it, or who comes with whom."""
    if not known.isdisjoint(sentence.words) or _NAMES.search(sentence.text):
        return True
    for place, (word, plain) in enumerate(zip(raw, sentence.words, strict=True)):
        starts = place == 0 or (place in sentence.breaks and place == 1)
        if not starts and word[:1].isupper() and not word.isupper() and plain not in _NOT_NAMES:
            return True
    return False


def known_names(transcript: Transcript) -> frozenset[str]:
    """First names and family names of the speakers, as plain words."""
    found = (norm(part) for speaker in transcript.speakers for part in (speaker.name or "").split())
    return frozenset(name for name in found if len(name) > 2)


def commitments(transcript: Transcript, *, turns: Iterable[int] | None = None) -> tuple[Commitment, ...]:
    """Steps that the sides undertook, in the order of the call.

    Parameters
    ----------
    turns : iterable of int, optional
        Turns to look in; all by default. Answers are looked for in the turns after them.

    Returns
    -------
    tuple of Commitment
        At most one per sentence.
    """
    roles = [transcript.role_of(turn) for turn in transcript.turns]
    known = known_names(transcript)
    found = []
    for at in range(len(roles)) if turns is None else turns:
        role, turn = roles[at], transcript.turns[at]
        if role not in (Role.REP, Role.CUSTOMER) or not turn.words:
            continue
        raw = [word.text for word in turn.words]
        for sentence in sentences(raw):
            step = _Step(transcript, roles, at, sentence, raw[sentence.start : sentence.end], known)
            commitment = step.commitment()
            if commitment is not None:
                found.append(commitment)
    return tuple(found)


class _Step:
    """One sentence, read as an undertaking, a request, or the proposal of a meeting."""

    def __init__(
        self,
        transcript: Transcript,
        roles: list[Role],
        at: int,
        sentence: Sentence,
        raw: list[str],
        known: frozenset[str],
    ) -> None:
        self._transcript, self._roles, self._at = transcript, roles, at
        self._sentence, self._raw, self._known = sentence, raw, known
        self._role = roles[at]
        self._other = Role.CUSTOMER if self._role is Role.REP else Role.REP

    def commitment(self) -> Commitment | None:
        sentence, text = self._sentence, self._sentence.text
        when = when_in(sentence)
        refused = bool(_NEGATED.search(text) or _LEAVES.search(text) or _HERE.search(text))
        hedged = bool(_HEDGED.search(text))
        if when is not None and not hedged:
            meeting = self._meeting(when)
            if meeting is not None:
                return meeting
        undertakes = not _UNDERTAKE_WORDS.isdisjoint(sentence.words) and _UNDERTAKES.search(text)
        if undertakes and sentence.mark != "?" and not refused:
            if hedged:
                return self._vague() if self._role is Role.REP else self._vague_if_said()
            if when is None and (_NOT_A_STEP.search(text) or not self._gives_step(text)):
                return self._vague_if_said()
            if _NOT_A_STEP.search(text) and _NOW.search(text):
                return None
            return Commitment(
                Kind.ACTION,
                frozenset((self._role,)),
                self._evidence(0, len(sentence.words)),
                when=self._place(when),
                own_words=self._role is Role.CUSTOMER,
            )
        if when is not None and not _REQUEST_WORDS.isdisjoint(sentence.words) and _REQUESTS.search(text):
            accepted = self._acceptance()
            if accepted is not None and self._role is Role.REP:
                return Commitment(
                    Kind.ACTION,
                    frozenset((Role.CUSTOMER,)),
                    self._evidence(0, len(sentence.words)),
                    accepted=accepted,
                    when=self._place(when),
                    own_words=self._restates(accepted),
                )
            if accepted is not None:
                return Commitment(
                    Kind.ACTION,
                    frozenset((Role.REP,)),
                    self._evidence(0, len(sentence.words)),
                    accepted=accepted,
                    when=self._place(when),
                )
            return None
        return self._vague_if_said()

    def _meeting(self, when: tuple[int, int]) -> Commitment | None:
        text = self._sentence.text
        day = " ".join(self._sentence.words[when[0] : when[1]])
        if day == "today" or not (_PROPOSES.search(text) and _MEETING_WORDS.search(text)):
            return None
        if _UNDERTAKES.search(text) and not re.search(r"invit|calendar|diary|slot|meeting", text):
            return None
        if _REQUESTS_THING.search(text):
            return None
        accepted = self._acceptance()
        if accepted is None:
            return None
        sentence = self._sentence
        named = names_people(sentence, self._raw, self._known) or self._names_in(accepted)
        return Commitment(
            Kind.MEETING,
            frozenset((Role.REP, Role.CUSTOMER)),
            self._evidence(0, len(sentence.words)),
            accepted=accepted,
            when=self._place(when),
            named=named,
            own_words=self._role is Role.CUSTOMER or self._restates(accepted),
        )

    def _gives_step(self, text: str) -> bool:
        """An undated undertaking is a step only if it is for the other side or a third."""
        return bool(_FOR_SOMEBODY.search(text))

    def _vague(self) -> Commitment:
        return Commitment(Kind.VAGUE, frozenset((self._role,)), self._evidence(0, len(self._sentence.words)))

    def _vague_if_said(self) -> Commitment | None:
        sentence = self._sentence
        if _VAGUE_WORDS.isdisjoint(sentence.words) or not _VAGUE.search(sentence.text):
            return None
        return self._vague()

    def _acceptance(self) -> Evidence | None:
        """Words of the other side, within its next turns, that take up what was said."""
        seen = 0
        for at in range(self._at + 1, min(len(self._roles), self._at + 2 * ACCEPT_TURNS + 2)):
            if self._roles[at] is not self._other:
                continue
            raw = [word.text for word in self._transcript.turns[at].words]
            for number, sentence in enumerate(sentences(raw)):
                text = " ".join(word for word in sentence.words if word)
                if _REFUSES.search(text):
                    return None
                if (_ACCEPTS.search(text) or _WORKS.search(text)) and sentence.mark != "?":
                    return Evidence(at, sentence.start, len(raw) if number == 0 else sentence.end)
            seen += 1
            if seen == ACCEPT_TURNS:
                return None
        return None

    def _restates(self, accepted: Evidence) -> bool:
        """Whether the accepting customer says the day, or undertakes it, in words of their own."""
        if self._other is not Role.CUSTOMER:
            return False
        raw = [w.text for w in self._transcript.turns[accepted.turn].words]
        for sentence in sentences(raw):
            n_words = sum(1 for word in sentence.words if word)
            if n_words >= _OWN_WORDS and (when_in(sentence) or _UNDERTAKES.search(sentence.text)):
                return True
        return False

    def _names_in(self, accepted: Evidence) -> bool:
        raw = [w.text for w in self._transcript.turns[accepted.turn].words]
        return any(
            names_people(sentence, raw[sentence.start : sentence.end], self._known)
            for sentence in sentences(raw)
        )

    def _evidence(self, start: int, end: int, probability: float = 0.85) -> Evidence:
        return Evidence(self._at, self._sentence.start + start, self._sentence.start + end, probability)

    def _place(self, when: tuple[int, int] | None) -> Evidence | None:
        return None if when is None else self._evidence(*when)


_OWN_WORDS = 4  # a customer's restatement has at least this many words: more than "yes, Tuesday works"
_REQUESTS_THING = any_of(
    r"(can|could|would|will) you (please |just |also |then )*(send|email|forward|share|confirm|check|ask|review|sign|bring|get|pull"
    r"|introduce|return|fill|read|show|give|let)"
)
_FOR_SOMEBODY = any_of(
    r"(you|your|them|him|her|our|my|the|it|that|legal|finance|it over|everyone|\w+'s)",
    r"(to|with|past) \w+",
)
