"""How much talk a count rests on: seconds and turns, for figures per hour and shares."""

from __future__ import annotations

from callcoach.core import Capability, Role, Transcript, total_s
from callcoach.core.floor import Floor, floor_of
from callcoach.measure.exchange import rep_turns
from callcoach.measure.last import keep_last


def talk_s(transcript: Transcript) -> float:
    """Seconds of both sides' speech, each side's own; 0 where the source has no ends."""
    if not transcript.can(Capability.ENDS):
        return 0.0
    return round(total_s(transcript.speech_of(Role.REP)) + total_s(transcript.speech_of(Role.CUSTOMER)), 3)


def n_rep_turns(transcript: Transcript) -> int:
    """Turns of the rep's side, back-channels left out."""
    return len(rep_turns(transcript, floor_once(transcript)))


@keep_last
def floor_once(transcript: Transcript) -> Floor:
    """The floor of a transcript, computed once for all behaviours that ask one after the other."""
    return floor_of(transcript)
