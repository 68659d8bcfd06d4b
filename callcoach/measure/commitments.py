"""Who undertakes to do what by when: promises of either side, accepted requests, meetings agreed on.

::

    R  could you send me the list by Thursday?          a request: nobody's yet
    C                                          yes, will do     the customer owns it, dated
    C  I'll bring Susan on Tuesday at ten               the customer's own words
    R  I'll send the plan                               the rep owns it, undated
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from callcoach.core import Evidence, Role, Transcript
from callcoach.measure.constants import ACCEPT_TURNS
from callcoach.measure.language import Sentence, norm, sentences
from callcoach.measure.last import keep_last
from callcoach.measure.naming import known_names, names_people, when_in
from callcoach.measure.step_phrases import (
    ACCEPTS,
    ASKS_WHEN,
    ASKS_WHEN_YOU,
    CALLS_ON,
    DATED_UNDERTAKES,
    DIARY,
    ECHO_WORDS,
    FOR_SOMEBODY,
    HABIT,
    HANDS_OVER,
    HAS_TO,
    HEDGED,
    HERE,
    LEAVES,
    MEETING_WORDS,
    NEGATED,
    NOBODY,
    NOT_A_STEP,
    NOW,
    OFFERS,
    OFFERS_ASKING,
    OFTEN,
    PROPOSES,
    REFUSES,
    REQUEST_WORDS,
    REQUESTS,
    REQUESTS_THING,
    RIGHT_NOW,
    TAGGED,
    THERE,
    UNDERTAKE_WORDS,
    UNDERTAKES,
    VAGUE,
    VAGUE_WORDS,
    WORKS,
)

_NEW_WORDS = 2  # of them new: "Thursday at nine works" only says back what was proposed
_OWN_WORDS = 4  # a customer's restatement has at least this many words: more than "yes, Tuesday works"


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


@keep_last
def commitments(transcript: Transcript) -> tuple[Commitment, ...]:
    """Steps that the sides undertook, in the order of the call.

    Returns
    -------
    tuple of Commitment
        At most one per sentence.
    """
    roles = [transcript.role_of(turn) for turn in transcript.turns]
    known = known_names(transcript)
    found = []
    for at, (role, turn) in enumerate(zip(roles, transcript.turns, strict=True)):
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
        asked = self._offered() or self._asked_when()
        if asked is not None:
            return asked
        sentence, text = self._sentence, self._sentence.text
        when = when_in(sentence)
        can = not UNDERTAKE_WORDS.isdisjoint(sentence.words)
        undertakes = can and (UNDERTAKES.search(text) or (when is not None and DATED_UNDERTAKES.search(text)))
        if when is None and not undertakes:
            return self._vague_if_said()
        clause = self._clause(undertakes.start()) if undertakes else 0
        before, part = " ".join(sentence.words[:clause]), " ".join(sentence.words[clause:])
        if when is not None and when[1] <= clause and NEGATED.search(before):
            when = None  # "I can't make Friday, I'll write to you"
        if undertakes and self._again(text, text[: undertakes.end()], dated=when is not None):
            return None
        dated = when is not None and self._role is Role.CUSTOMER and not NOW.search(text)
        here = LEAVES if dated else HERE  # "let me pull it together, you'll have it Friday"
        refused = NEGATED.search(part) or any(form.search(text) for form in (LEAVES, here))
        hedged = bool(HEDGED.search(text))
        if when is not None and not hedged:
            meeting = self._meeting(when)
            if meeting is not None:
                return meeting
        if undertakes and (sentence.mark != "?" or TAGGED.search(text)) and not refused:
            if hedged:
                return self._vague() if self._role is Role.REP else self._vague_if_said()
            if when is None and (NOT_A_STEP.search(text) or not self._gives_step(text)):
                return self._vague_if_said()
            if DIARY.search(text):
                return self._vague()
            if NOT_A_STEP.search(text) and NOW.search(text):
                return None
            return Commitment(
                Kind.ACTION,
                frozenset((self._role,)),
                self._evidence(0, len(sentence.words)),
                when=self._place(when),
                own_words=self._role is Role.CUSTOMER,
            )
        if (
            when is not None
            and not REQUEST_WORDS.isdisjoint(sentence.words)
            and REQUESTS.search(text)
            and not HANDS_OVER.search(text)
        ):
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

    def _again(self, text: str, begins: str, *, dated: bool) -> bool:
        """Whether what somebody will do is a habit or what a trouble leads to: nothing undertaken."""
        often = OFTEN.search(begins if dated else text)
        return bool(often or HABIT.search(begins) or HAS_TO.search(text))

    def _clause(self, offset: int) -> int:
        """Place of the first word of the clause that holds a character of the sentence."""
        word = self._sentence.word_at(offset)
        return max((place for place in self._sentence.breaks if place <= word), default=0)

    def _offered(self) -> Commitment | None:
        """What one side offers to do after the talk and the other wants: "shall I write to her?", "yes, please"."""
        sentence, text = self._sentence, self._sentence.text
        asks = sentence.mark == "?" and not TAGGED.search(text)
        offer = OFFERS.search(text) or (OFFERS_ASKING.search(text) if asks else None)
        if offer is None or RIGHT_NOW.search(text):
            return None
        accepted = self._acceptance()
        if accepted is None:
            return None
        when = when_in(sentence)
        calls = when is not None and bool(CALLS_ON.search(offer.group()))
        return Commitment(
            Kind.MEETING if calls else Kind.ACTION,
            frozenset((Role.REP, Role.CUSTOMER) if calls else (self._role,)),
            self._evidence(0, len(sentence.words)),
            accepted=accepted,
            when=self._place(when),
            named=calls and self._named(accepted),
            own_words=self._role is Role.CUSTOMER or (calls and self._restates(accepted)),
        )

    def _asked_when(self) -> Commitment | None:
        """A step whose day the other side names when asked for it."""
        text = self._sentence.text
        for_both = self._role is Role.REP and bool(ASKS_WHEN.search(text))
        if not for_both and not ASKS_WHEN_YOU.search(text):
            return None
        answered = self._day_named()
        if answered is None:
            return None
        accepted, when = answered
        return Commitment(
            Kind.MEETING if for_both else Kind.ACTION,
            frozenset((Role.REP, Role.CUSTOMER) if for_both else (self._other,)),
            self._evidence(0, len(self._sentence.words)),
            accepted=accepted,
            when=when,
            named=for_both and self._named(accepted),
            own_words=self._restates(accepted),
        )

    def _day_named(self) -> tuple[Evidence, Evidence] | None:
        """The other side's next sentence that names a day to come, and the day."""
        at = next(
            (at for at in range(self._at + 1, len(self._roles)) if self._roles[at] is self._other), None
        )
        if at is None:
            return None
        for answer in sentences([word.text for word in self._transcript.turns[at].words]):
            when = when_in(answer)
            if when is None or answer.mark == "?":
                continue
            if any(
                form.search(answer.text) for form in (REFUSES, NOBODY, HEDGED, HABIT, OFTEN, NOW, UNDERTAKES)
            ):
                continue
            day = Evidence(at, answer.start + when[0], answer.start + when[1], 0.85)
            return Evidence(at, answer.start, answer.end), day
        return None

    def _named(self, accepted: Evidence) -> bool:
        """Whether people are named for a meeting; where each side has one speaker, "I'll be here" names both."""
        if names_people(self._sentence, self._raw, self._known) or self._names_in(accepted):
            return True
        speakers = {(self._transcript.role_of(turn), turn.speaker) for turn in self._transcript.turns}
        alone = len(speakers) == len({role for role, _ in speakers})
        words = self._transcript.turns[accepted.turn].words[accepted.start_word : accepted.end_word]
        return alone and bool(THERE.search(" ".join(norm(word.text) for word in words)))

    def _meeting(self, when: tuple[int, int]) -> Commitment | None:
        text = self._sentence.text
        day = " ".join(self._sentence.words[when[0] : when[1]])
        if day == "today" or not (PROPOSES.search(text) and MEETING_WORDS.search(text)):
            return None
        if UNDERTAKES.search(text) and not re.search(
            r"invit|calendar|diary|slot|meeting|\bwith you\b|\byou (?:and|plus) \w", text
        ):
            return None
        if REQUESTS_THING.search(text):
            return None
        accepted = self._acceptance()
        if accepted is None:
            return None
        sentence = self._sentence
        return Commitment(
            Kind.MEETING,
            frozenset((Role.REP, Role.CUSTOMER)),
            self._evidence(0, len(sentence.words)),
            accepted=accepted,
            when=self._place(when),
            named=self._named(accepted),
            own_words=self._role is Role.CUSTOMER or self._restates(accepted),
        )

    def _gives_step(self, text: str) -> bool:
        """An undated undertaking is a step only if it is for the other side or a third."""
        return bool(FOR_SOMEBODY.search(text))

    def _vague(self) -> Commitment:
        return Commitment(Kind.VAGUE, frozenset((self._role,)), self._evidence(0, len(self._sentence.words)))

    def _vague_if_said(self) -> Commitment | None:
        sentence = self._sentence
        if VAGUE_WORDS.isdisjoint(sentence.words) or not VAGUE.search(sentence.text):
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
                if REFUSES.search(text):
                    return None
                if (ACCEPTS.search(text) or WORKS.search(text)) and sentence.mark != "?":
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
            if n_words < _OWN_WORDS:
                continue
            new = {word for word in sentence.words if word} - set(self._sentence.words) - ECHO_WORDS
            if UNDERTAKES.search(sentence.text) or (when_in(sentence) and len(new) >= _NEW_WORDS):
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
