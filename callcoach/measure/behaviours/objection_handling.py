"""How concerns of the customer are handled, in five points.

::

    C  that's above what we set aside                      a concern
    R  is it the total, or when it falls?                  listened 1, explored 2
    C  when it falls
    R  we can bill it per quarter                          responded 1
    R  does that settle it?                                checked 1

Listening is not cutting the customer short. A question explores only before anything is given,
argued or proved, and only if the customer gets to answer it. Saying back what was said, and
murmurs, answer nothing: after them the concern is as open as before. Turning to something else
ends it. A concern after which the rep says nothing could not be handled, and is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from callcoach.core import Capability, Evidence, Observation, Role, Status, Transcript
from callcoach.measure import handling
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.constants import INTERRUPTION_OVERLAP_S, PREDICTED
from callcoach.measure.offers import gives_ground
from callcoach.measure.raised import concern_in, is_about_money
from callcoach.measure.units import Unit, contents, contents_of, units_of
from callcoach.measure.utterances import Labels, parts_of

ID = "objection_handling"
NO_CONCERN = "the customer raised no concern"
LAST_WORDS = "the only concern was among the last words: no answer could follow"
REACH_TURNS = 4  # turns of the rep in which a concern is handled, murmurs left out
_CUT_OFF = ("-", "–", "—", "--", "…", "...")
_ASKED, _SAID = 0.8, 0.75  # probability of what shows that a concern is explored or checked, answered
_FAIR = 0.2
_SAYS_BACK = ("reflection", "testing_understanding")


@dataclass(slots=True)
class _Handling:
    """One concern and what was done about it."""

    said: Evidence
    listened: bool = True
    explored: bool = False
    answered_at: int | None = None  # the rep's first turn that responds
    checked: bool = False
    pieces: list[Evidence] = field(default_factory=list)

    @property
    def responded(self) -> bool:
        return self.answered_at is not None

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
        return Observation(
            ID, Status.NOT_APPLICABLE, reason=LAST_WORDS if _concern_left(transcript, labels) else NO_CONCERN
        )
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


def _last_of_rep(transcript: Transcript) -> int:
    """The rep's last turn with words, -1 without one."""
    return max(
        (
            at
            for at, turn in enumerate(transcript.turns)
            if transcript.role_of(turn) is Role.REP and turn.words
        ),
        default=-1,
    )


def _concern_left(transcript: Transcript, labels: Labels) -> bool:
    """Whether the customer raises a concern after the rep's last turn."""
    return any(
        transcript.role_of(transcript.turns[at]) is Role.CUSTOMER
        and transcript.turns[at].words
        and concern_in(transcript, labels, at) is not None
        for at in range(_last_of_rep(transcript) + 1, len(transcript.turns))
    )


def _handle(transcript: Transcript, labels: Labels) -> list[_Handling]:
    roles = [transcript.role_of(turn) for turn in transcript.turns]
    found: list[_Handling] = []
    open_until = -1  # the last turn that handles the concern in hand
    for at in range(_last_of_rep(transcript)):
        if roles[at] is not Role.CUSTOMER or not transcript.turns[at].words:
            continue
        another = at <= open_until and handling.raises_another(units_of(transcript, at))
        if at <= open_until and not another and _belongs(transcript, roles, at, found[-1]):
            continue
        said = concern_in(transcript, labels, at)
        if said is None:
            continue
        one = _Handling(said, listened=not _cut_short(transcript, at))
        open_until = _Reading(transcript, labels, roles, one).follow()
        found.append(one)
    return found


def _belongs(transcript: Transcript, roles: list[Role], at: int, one: _Handling) -> bool:
    """Whether a turn of the customer still speaks of a concern in hand.

    Right after it, or in answer to a question; once the rep has answered it, with a word of it.
    """
    if one.said.turn >= at - 2:
        return True
    is_over = one.answered_at is not None and one.answered_at < at - 1
    about = contents_of(transcript, one.said.turn)
    return _answers(transcript, roles, at) and not (is_over and about.isdisjoint(contents_of(transcript, at)))


def _answers(transcript: Transcript, roles: list[Role], at: int) -> bool:
    """Whether the turn of the rep before asks a question."""
    for before in range(at - 1, -1, -1):
        if roles[before] is Role.REP and transcript.turns[before].words:
            return any(unit.asks for unit in units_of(transcript, before))
        if roles[before] is Role.CUSTOMER:
            return False
    return False


class _Reading:
    """Reads what follows one concern, turn by turn, and notes in `one` what is done about it."""

    def __init__(self, transcript: Transcript, labels: Labels, roles: list[Role], one: _Handling) -> None:
        self.transcript, self.labels, self.roles, self.one = transcript, labels, roles, one
        self.about = contents_of(transcript, one.said.turn)
        self.of_money = is_about_money(transcript, labels, one.said.turn)
        self.asked = False  # a question that explores waits for the customer's answer
        self.said_back = False  # so does what the rep said back
        self.is_next = True  # what the rep says next stands right beside the concern
        self.assented = False  # the customer has nothing more against the answer

    def follow(self) -> int:
        """Read on until the concern is done with; returns the last turn that still handles it."""
        seen = 0
        last = self.one.said.turn
        for turn in range(last + 1, len(self.roles)):
            if not self.transcript.turns[turn].words or self.roles[turn] not in (Role.REP, Role.CUSTOMER):
                continue
            said = units_of(self.transcript, turn)
            if self.roles[turn] is Role.CUSTOMER:
                if handling.turns_away(said, self.about) or handling.raises_another(said):
                    break
                self._hear(said)
                continue
            if handling.murmurs(said):
                continue
            seen += 1
            if seen > REACH_TURNS or (self.assented and not handling.opens_with_check(said)):
                break
            last = turn
            if not self._read(turn, said):
                return turn
            if self.asked and self._customer_follows(turn):
                self.one.explored = True
            if self.one.checked:
                return self._until_agreed(last)
        return last

    def _hear(self, said: tuple[Unit, ...]) -> None:
        """Take in what the customer says: an answer to us, a question of its own, or assent."""
        answer = [unit for unit in said if not unit.asks]
        answers = self.asked or self.said_back
        if handling.asks_own(said, self.about) and (answer or not answers):
            self.is_next = False
        elif answers:
            answer = list(said)
            self.is_next = True
        if answers:
            self.about = self.about.union(*(contents(unit.text) for unit in answer))
        self.assented |= self.one.responded and handling.assents(said)
        self.asked = self.said_back = False

    def _read(self, turn: int, said: tuple[Unit, ...]) -> bool:
        """Read a turn of the rep piece by piece; False where it turns to something else."""
        one = self.one
        self.asked = False
        asked_back = one.explored and not one.responded
        for place, unit in enumerate(said):
            if not one.responded and self._only_listens(turn, said, place):
                continue
            if unit.asks or (not one.responded and handling.asks_unmarked(unit)):
                if one.responded:
                    self._check(turn, unit)
                elif not self._ask(turn, unit):
                    return False
            elif handling.changes_subject(unit):
                if not one.explored and not one.responded:
                    return False
            elif handling.responds(unit) and not (asked_back and handling.says_back(unit, self.about)):
                self._respond(turn, unit)
            elif handling.OWN_LIFE.search(unit.text):
                self.is_next = False
        return True

    def _only_listens(self, turn: int, said: tuple[Unit, ...], place: int) -> bool:
        """Whether a piece says back what was heard, or leads to the question that follows it."""
        unit = said[place]
        after = said[place + 1] if place + 1 < len(said) else None
        if handling.echoes(unit) and any(later.asks for later in said[place + 1 :]):
            return True
        words = self.transcript.turns[turn].words
        if handling.fronts(unit, after, words[unit.end - 1].text):
            return True
        if unit.asks or gives_ground(unit.text) or not self._is_said_back(turn, unit):
            return False
        self.said_back = True
        return True

    def _is_said_back(self, turn: int, unit: Unit) -> bool:
        """Whether the taggers hear these words as a reflection, or as a check of what was said.

        Of a few words about the customer with a word of the concern, a fair chance is enough.
        """
        chance = max(self.labels[turn].get(label, 0.0) for label in _SAYS_BACK)
        if chance >= _FAIR and handling.echoes(unit) and contents(unit.text) & self.about:
            return True
        n_words = len(self.transcript.turns[turn].words)
        return any(
            part.probability >= PREDICTED and part.start_word < unit.end and unit.start < part.end_word
            for label in _SAYS_BACK
            for part in parts_of(self.labels[turn], label, n_words=n_words)
        )

    def _ask(self, turn: int, unit: Unit) -> bool:
        """Take in a question before any answer; False where it turns to something else."""
        if handling.answers_itself(unit):
            self._respond(turn, unit)
        elif handling.asks_nothing(unit) or (self.of_money and handling.asks_of_others(unit, self.about)):
            pass
        elif handling.parks(unit) or (unit.asks and not handling.explores(unit, self.about)):
            return False
        else:
            self.asked = True
            self.one.pieces.append(Evidence(turn, unit.start, unit.end, _ASKED))
        return True

    def _check(self, turn: int, unit: Unit) -> None:
        if handling.is_check(unit, self.about, self.labels[turn].get("check_in", 0.0)):
            self.one.checked = True
            self.one.pieces.append(Evidence(turn, unit.start, unit.end, _ASKED))

    def _respond(self, turn: int, unit: Unit) -> None:
        """Credit an answer that stands beside the concern or takes up a word of it."""
        own = contents(unit.text)
        if not (self.is_next or own & self.about or gives_ground(unit.text)):
            return
        if self.asked:
            self.asked = False  # answered by the rep: the customer had no chance to
            self.one.pieces.pop()
        if self.one.answered_at is None:
            self.one.answered_at = turn
        self.about |= own
        self.one.pieces.append(Evidence(turn, unit.start, unit.end, _SAID))
        if handling.asks_at_end(unit):
            self.one.checked = True

    def _customer_follows(self, turn: int) -> bool:
        return any(
            self.roles[at] is Role.CUSTOMER and self.transcript.turns[at].words
            for at in range(turn + 1, min(len(self.roles), turn + 3))
        )

    def _until_agreed(self, last: int) -> int:
        """The customer's reply to a check where it says yes, so that it raises no new concern."""
        turns = self.transcript.turns
        reply = next((at for at in range(last + 1, len(turns)) if turns[at].words), None)
        if reply is None or self.roles[reply] is not Role.CUSTOMER:
            return last
        return reply if handling.agrees(units_of(self.transcript, reply)) else last


def _cut_short(transcript: Transcript, at: int) -> bool:
    """Whether the rep starts before the customer is done, by the text or by the clock."""
    turns = transcript.turns
    if turns[at].words[-1].text.endswith(_CUT_OFF):
        return True
    after = next((turn for turn in turns[at + 1 :] if transcript.role_of(turn) is Role.REP), None)
    if after is None or not transcript.can(Capability.ENDS, Capability.OVERLAP):
        return False
    said, heard = turns[at].interval, after.interval
    if said is None or heard is None or len(after.words) < handling.MIN_ANSWER_WORDS:
        return False
    early_s = said.end_s - heard.start_s
    return early_s > INTERRUPTION_OVERLAP_S and heard.start_s > said.start_s
