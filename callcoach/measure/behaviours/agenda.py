"""The agenda: purpose, plan and time at the opening, and the invitation to change them.

::

    R  |==waiting==|          |hi Dana|  |==thirty minutes; I'd like to hear …==|
    C                                  |hi|                                       |fine|
                              ^ first exchange
                              |—— 15 % of the call from here, 5 min at most ——|
"""

from __future__ import annotations

from callcoach.core import Capability, Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import TIME_TOLERANCE_S, first_exchange_s, starts_mid_conversation
from callcoach.measure.behaviours.conditions import STARTS_LATE, not_judged, why_not
from callcoach.measure.constants import OPENING_MAX_S, OPENING_SHARE
from callcoach.measure.utterances import Labels, evidence_of
from callcoach.measure.wording import time_of

ID = "agenda"
PARTS = ("purpose", "plan", "time")
NO_EXCHANGE = "the two sides never speak close enough to each other to tell where the call opens"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Each part apart; an agenda needs two of them, or one and the invitation.

    One part alone is an announcement ("today I'll take you through our deck"). The invitation
    counts from the first part on: before it there is nothing to change.

    Components
    ----------
    ``purpose``, ``plan``, ``time``, ``invitation`` (0 or 1 each), ``n_parts`` (0 to 3 of the first
    three) and ``n_judged`` (1), so that they add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    if starts_mid_conversation(transcript):
        return not_judged(ID, STARTS_LATE)
    opening = _Opening(transcript)
    if opening.reason:
        return not_judged(ID, opening.reason)
    found = {name: _first(transcript, labels, f"agenda_{name}", opening) for name in PARTS}
    said = [piece for piece in found.values() if piece is not None]
    invitation = None
    if said:
        earliest = min((piece.turn, piece.start_word) for piece in said)
        invitation = _first(transcript, labels, "agenda_invitation", opening, after=earliest)
    components = {name: float(piece is not None) for name, piece in found.items()}
    components["invitation"] = float(invitation is not None)
    components["n_parts"] = float(len(said))
    components["n_judged"] = 1.0
    if len(said) < 2 and invitation is None:
        return Observation(ID, Status.NOT_OBSERVED, components=components)
    evidence = sorted(
        said + ([invitation] if invitation else []), key=lambda piece: (piece.turn, piece.start_word)
    )
    return Observation(ID, Status.SCORED, components=components, evidence=tuple(evidence))


def _first(
    transcript: Transcript,
    labels: Labels,
    label: str,
    opening: _Opening,
    *,
    after: tuple[int, int] = (0, 0),
) -> Evidence | None:
    """The most probable rep words for a label in the opening; the earliest of equals."""
    pieces = [
        piece
        for piece in evidence_of(transcript, labels, label, turns=opening.turns)
        if transcript.role_of(transcript.turns[piece.turn]) is Role.REP
        and opening.holds(piece)
        and (piece.turn, piece.start_word) >= after
    ]
    return max(pieces, key=lambda piece: piece.probability, default=None)


class _Opening:
    """The turns at the opening of a call, on the clock of its first exchange.

    Without times the clock counts words: the opening is the first 15 % of them after both sides
    have spoken, and the turn before.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._until_s: float | None = None
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
        """Whether the words are said before the opening is over."""
        if self._until_s is None:
            return True
        time_s = time_of(self._transcript.turns[piece.turn], piece.start_word)
        return time_s is not None and time_s <= self._until_s + TIME_TOLERANCE_S
