"""Where in a call a moment lies: its opening, its last fifth, its halves.

The clock is that of the first exchange. Without times, words are the clock.
"""

from __future__ import annotations

from callcoach.core import Capability, Transcript
from callcoach.core.floor import TIME_TOLERANCE_S, first_exchange_s
from callcoach.measure.constants import OPENING_MAX_S, OPENING_SHARE
from callcoach.measure.wording import time_of

Place = tuple[int, int]  # turn and word


class CallClock:
    """Shares of a call from its first exchange to its last word.

    Parameters
    ----------
    transcript : Transcript
        Its exchange is looked for once; keep the clock for several questions.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._timed = transcript.can(Capability.STARTS)
        self._start = self._end = 0.0
        if self._timed:
            intervals = [turn.interval for turn in transcript.turns]
            known = [interval for interval in intervals if interval is not None]
            exchange_s = first_exchange_s(transcript)
            self._timed = bool(known)
            if known:
                self._start = exchange_s if exchange_s is not None else known[0].start_s
                self._end = max(interval.end_s for interval in known)
        if not self._timed:
            self._before = [0]
            for turn in transcript.turns:
                self._before.append(self._before[-1] + len(turn.words))
            self._end = float(self._before[-1])

    def share_at(self, place: Place) -> float:
        """How much of the call is over at a word, 0 to 1."""
        at = self._at(place)
        if self._end <= self._start:
            return 0.0
        return min(1.0, max(0.0, (at - self._start) / (self._end - self._start)))

    def is_opening(self, place: Place) -> bool:
        """Whether a word is said in the first 15 % of the call, five minutes at most."""
        length = OPENING_SHARE * (self._end - self._start)
        if self._timed:
            length = min(OPENING_MAX_S, length)
        return self._at(place) <= self._start + length + TIME_TOLERANCE_S

    def _at(self, place: Place) -> float:
        turn, word = place
        if not self._timed:
            return float(self._before[turn] + word)
        time_s = time_of(self._transcript.turns[turn], word)
        return self._start if time_s is None else time_s
