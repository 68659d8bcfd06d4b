"""How much talk a count rests on: seconds and turns, for figures per hour and shares."""

from __future__ import annotations

from callcoach.core import Capability, Role, Transcript, total_s
from callcoach.core.floor import floor_of
from callcoach.measure.exchange import rep_turns


def talk_s(transcript: Transcript) -> float:
    """Seconds of both sides' speech, each side's own; 0 where the source has no ends."""
    if not transcript.can(Capability.ENDS):
        return 0.0
    return round(total_s(transcript.speech_of(Role.REP)) + total_s(transcript.speech_of(Role.CUSTOMER)), 3)


def n_rep_turns(transcript: Transcript) -> int:
    """Turns of the rep's side, back-channels left out."""
    return len(rep_turns(transcript, floor_of(transcript)))
