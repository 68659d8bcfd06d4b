"""What happened in a call, and the words that show it.

Facts and judgements are different types: an `Observation` does not change when a rubric does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from callcoach.core.intervals import Interval
from callcoach.core.transcript import Transcript


class Status(StrEnum):
    """The four answers to "did it happen?"."""

    SCORED = "scored"
    NOT_OBSERVED = "not_observed"  # looked for and absent: score 0
    NOT_APPLICABLE = "not_applicable"  # no occasion for it: takes its weight out
    CANNOT_BE_JUDGED = "cannot_be_judged"  # with the reason: takes its weight out


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words ``[start_word, end_word)`` of one turn, and how probable it is that they show it.

    Quote and interval are derived from the transcript, so they cannot drift from it.
    """

    turn: int
    start_word: int
    end_word: int
    probability: float = 1.0

    def check(self, transcript: Transcript) -> None:
        """Raise ValueError with all numbers when the offsets leave the transcript."""
        if not 0 <= self.turn < len(transcript.turns):
            raise ValueError(f"evidence needs a turn below {len(transcript.turns)}; got {self.turn}")
        n_words = len(transcript.turns[self.turn].words)
        if not 0 <= self.start_word <= self.end_word <= n_words:
            raise ValueError(
                f"evidence needs 0 <= start <= end <= {n_words} in turn {self.turn}; "
                f"got {self.start_word} and {self.end_word}"
            )

    def quote(self, transcript: Transcript) -> str:
        words = transcript.turns[self.turn].words[self.start_word : self.end_word]
        return " ".join(word.text for word in words)

    def interval(self, transcript: Transcript) -> Interval | None:
        """Time of the quoted words; of the whole turn where words have no times."""
        turn = transcript.turns[self.turn]
        timed = [
            word.interval for word in turn.words[self.start_word : self.end_word] if word.interval is not None
        ]
        if not timed:
            return turn.interval
        return Interval(timed[0].start_s, max(piece.end_s for piece in timed))


def whole_turn(transcript: Transcript, turn_index: int, *, probability: float = 1.0) -> Evidence:
    """All words of one turn as evidence."""
    return Evidence(turn_index, 0, len(transcript.turns[turn_index].words), probability)


@dataclass(frozen=True, slots=True)
class Observation:
    """What happened, for one behaviour of one call.

    Parameters
    ----------
    behaviour : str
        Id of behaviours.md.
    status : Status
    speaker : str or None
        Label of the person it is about; None for a side or the whole call.
    components : mapping of str to float
        Additive: counts and seconds that may be summed over calls before anything is divided.
    evidence : tuple of Evidence
        In the order of the call.
    reason : str or None
        Required for `NOT_APPLICABLE` and `CANNOT_BE_JUDGED`: a sentence for people.

    Raises
    ------
    ValueError
        If a status that needs a reason has none.
    """

    behaviour: str
    status: Status
    speaker: str | None = None
    components: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.status in (Status.NOT_APPLICABLE, Status.CANNOT_BE_JUDGED) and not self.reason:
            raise ValueError(
                f"an observation that is {self.status} needs a reason; {self.behaviour} has none"
            )
