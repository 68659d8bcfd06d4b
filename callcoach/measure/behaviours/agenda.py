"""The agenda: purpose, plan and time at the opening, and the invitation to change them.

::

    R  |==waiting==|          |hi Dana|  |==thirty minutes; I'd like to hear …==|
    C                                  |hi|                                       |fine|
                              ^ first exchange
                              |—— 15 % of the call from here, 5 min at most ——|
"""

from __future__ import annotations

import re

from callcoach.core import Capability, Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import TIME_TOLERANCE_S, first_exchange_s, starts_mid_conversation
from callcoach.measure.behaviours.conditions import STARTS_LATE, not_judged, why_not
from callcoach.measure.constants import OPENING_MAX_S, OPENING_SHARE, TAGGERS_SURE
from callcoach.measure.opening_phrases import (
    bears_out,
    invites,
    n_open_points,
    shows_plan,
    shows_purpose,
    shows_time,
)
from callcoach.measure.units import units_of
from callcoach.measure.utterances import Labels, evidence_of
from callcoach.measure.wording import time_of

ID = "agenda"
PARTS = ("purpose", "plan", "time")
_SHOWS = {"purpose": shows_purpose, "plan": shows_plan, "time": shows_time}
_RULE = 0.85
NO_EXCHANGE = "the two sides never speak close enough to each other to tell where the call opens"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Each part apart; the words of a part decide, a label alone only where it is sure.

    The invitation counts from the first part on (before it there is nothing to change), and only
    if the rep then waits: "anything to add, no, great" invites nobody.

    Components
    ----------
    ``purpose``, ``plan``, ``time``, ``invitation`` (0 or 1 each), ``n_parts`` (0 to 3 of the first
    three), ``n_open_points`` that are named as still open, and ``n_judged`` (1), so that they add
    over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    if starts_mid_conversation(transcript):
        return not_judged(ID, STARTS_LATE)
    opening = _Opening(transcript)
    if opening.reason:
        return not_judged(ID, opening.reason)
    ours = [at for at in opening.turns if transcript.role_of(transcript.turns[at]) is Role.REP]
    found = {part: _first(transcript, labels, part, opening, ours) for part in PARTS}
    said = [piece for piece in found.values() if piece is not None]
    invitation = None
    if said:
        earliest = min(piece.turn for piece in said)
        invitation = _invitation(transcript, labels, opening, [at for at in ours if at >= earliest])
    n_points, points = _open_points(transcript, opening, ours)
    components = {part: float(piece is not None) for part, piece in found.items()}
    components["invitation"] = float(invitation is not None)
    components["n_parts"] = float(len(said))
    components["n_open_points"] = float(n_points)
    components["n_judged"] = 1.0
    pieces = {
        (piece.turn, piece.start_word, piece.end_word): piece
        for piece in (*said, invitation, points)
        if piece is not None
    }
    return Observation(
        ID,
        Status.SCORED if said else Status.NOT_OBSERVED,
        components=components,
        evidence=tuple(pieces[key] for key in sorted(pieces)) if said else (),
    )


def _first(
    transcript: Transcript, labels: Labels, part: str, opening: _Opening, ours: list[int]
) -> Evidence | None:
    """The first rep words of the opening that show a part; else those of a label that names its words."""
    shows = _SHOWS[part]
    for at in ours:
        for unit in units_of(transcript, at):
            piece = Evidence(at, unit.start, unit.end, _RULE)
            if shows(unit.text) and opening.holds(piece):
                return piece
    named = [
        piece
        for piece in evidence_of(transcript, labels, f"agenda_{part}", turns=ours)
        if opening.holds(piece)
        and any(
            bears_out(part, unit.text)
            for unit in units_of(transcript, piece.turn)
            if unit.start < piece.end_word and piece.start_word < unit.end
        )
    ]
    return max(named, key=lambda piece: piece.probability, default=None)


def _invitation(
    transcript: Transcript, labels: Labels, opening: _Opening, ours: list[int]
) -> Evidence | None:
    for at in ours:
        unit = invites(units_of(transcript, at))
        if unit is not None:
            piece = Evidence(at, unit.start, unit.end, _RULE)
            if opening.holds(piece):
                return piece
        last = units_of(transcript, at)[-1:]
        for piece in evidence_of(transcript, labels, "agenda_invitation", turns=(at,)):
            if last and last[0].asks and piece.end_word >= last[0].end and opening.holds(piece):
                return piece
        if last and labels[at].get("agenda_invitation", 0.0) >= TAGGERS_SURE:
            piece = Evidence(at, last[0].start, last[0].end, labels[at]["agenda_invitation"])
            if (last[0].asks or _SPEAK_UP.match(last[0].text)) and opening.holds(piece):
                return piece
    return None


_SPEAK_UP = re.compile(
    r"(?:(?:and|but|so|just|please) )*(?:shout|say so|speak up|sing out|stop me|tell me|let me know|jump in|feel free|holler)\b"
)
"""How people are told to speak up: "shout if you'd like it done differently"."""


def _open_points(transcript: Transcript, opening: _Opening, ours: list[int]) -> tuple[int, Evidence | None]:
    """The most points still open that one sentence of the opening names."""
    best: tuple[int, Evidence | None] = (0, None)
    for at in ours:
        for unit in units_of(transcript, at):
            n_points = n_open_points(unit.text, unit.breaks)
            piece = Evidence(at, unit.start, unit.end, _RULE)
            if n_points > best[0] and opening.holds(piece):
                best = (n_points, piece)
    return best


class _Opening:
    """The turns at the opening of a call, on the clock of its first exchange.

    Without times the clock counts words: the opening is the first 15 % of them after both sides
    have spoken, and the turn before.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._until_s: float | None = None
        self._latest_s: float | None = None
        self.turns: list[int] = []
        self.reason: str | None = None
        (self._by_time if transcript.can(Capability.STARTS) else self._by_words)()

    def _by_time(self) -> None:
        start_s = first_exchange_s(self._transcript)
        if start_s is None:
            self.reason = NO_EXCHANGE
            return
        timed = [(at, turn.interval) for at, turn in enumerate(self._transcript.turns)]
        end_s = max(interval.end_s for _, interval in timed if interval is not None)
        self._until_s = start_s + min(OPENING_MAX_S, OPENING_SHARE * (end_s - start_s))
        self._latest_s = start_s + OPENING_MAX_S
        self.turns = [
            at
            for at, interval in timed
            if interval is not None
            and interval.end_s >= start_s - TIME_TOLERANCE_S
            and interval.start_s <= self._until_s + TIME_TOLERANCE_S
        ]

    def _by_words(self) -> None:
        turns = self._transcript.turns
        roles = [self._transcript.role_of(turn) for turn in turns]
        both = next(
            (at for at in range(len(turns)) if set(roles[: at + 1]) >= {Role.REP, Role.CUSTOMER}), None
        )
        if both is None:
            self.reason = NO_EXCHANGE
            return
        first = max(0, both - 1)
        room = OPENING_SHARE * sum(len(turn.words) for turn in turns[first:])
        said = 0
        for at in range(first, len(turns)):
            if said > room and at > both + 1:
                break
            self.turns.append(at)
            said += len(turns[at].words)

    def holds(self, piece: Evidence) -> bool:
        """Whether the words are said in a turn that starts in the opening, and in its first minutes.

        A turn that starts in it counts whole, so that a short call has an opening too.
        """
        if self._until_s is None or self._latest_s is None:
            return True
        turn = self._transcript.turns[piece.turn]
        time_s = time_of(turn, piece.start_word)
        if time_s is None or turn.interval is None:
            return False
        starts_in = turn.interval.start_s <= self._until_s + TIME_TOLERANCE_S
        return starts_in and time_s <= self._latest_s + TIME_TOLERANCE_S
