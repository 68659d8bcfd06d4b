"""The rep's questions in their places: outside cuts, and in which of the rep's turns."""

from __future__ import annotations

from collections.abc import Sequence

from callcoach.core import Evidence, Role, Transcript, support
from callcoach.core.floor import TIME_TOLERANCE_S, Hold
from callcoach.measure.timeline import is_cut
from callcoach.measure.utterances import Labels, evidence_of
from callcoach.measure.wording import time_of


def rep_parts(transcript: Transcript, labels: Labels, label: str) -> tuple[Evidence, ...]:
    """Words of the rep that show `label`, outside cuts, in the order of the call."""
    cuts = support(transcript.cuts)
    starts = [cut.start_s for cut in cuts]
    found = []
    for piece in evidence_of(transcript, labels, label):
        turn = transcript.turns[piece.turn]
        if transcript.role_of(turn) is not Role.REP:
            continue
        time_s = time_of(turn, piece.start_word) if cuts else None
        if time_s is None or not is_cut(time_s, cuts, starts):
            found.append(piece)
    return tuple(found)


def n_turns_with(transcript: Transcript, turns: Sequence[Hold], places: Sequence[Evidence]) -> int:
    """How many of `turns` hold one of `places`; a turn that a cut goes through is two."""
    by_turn: dict[int, list[float | None]] = {}
    for place in places:
        time_s = time_of(transcript.turns[place.turn], place.start_word)
        by_turn.setdefault(place.turn, []).append(time_s)

    def holds(hold: Hold) -> bool:
        times = [time_s for at in hold.pieces for time_s in by_turn.get(at, ())]
        return any(
            time_s is None
            or hold.interval is None
            or hold.interval.start_s - TIME_TOLERANCE_S <= time_s <= hold.interval.end_s + TIME_TOLERANCE_S
            for time_s in times
        )

    return sum(1 for hold in turns if holds(hold))
