"""Who holds the floor: turns and back-channels. Where calls open and close stands in `edges`.

These notions stand behind how turns are built and behind every measure that speaks of them, so
they live once, here. Standard library only.

::

    R  |=========|      |========|   |====|      pieces of speech
    C              |mm|                     |========|
    R  |=================================|       one turn: pauses under 3 s, and the only
    C              (mm)                     |========|   thing said in them is a back-channel
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callcoach.core.backchannels import (
    BACKCHANNEL_MAX_S,
    BACKCHANNEL_MAX_WORDS,
    BACKCHANNELS,
    is_backchannel,
    plain,
    says_backchannel,
)
from callcoach.core.edges import (
    EDGE_S,
    EDGE_TURNS,
    EDGE_WORDS,
    FIRST_EXCHANGE_S,
    TIME_TOLERANCE_S,
    ends_mid_conversation,
    first_exchange_s,
    starts_mid_conversation,
)
from callcoach.core.intervals import Interval, Intervals, support, without
from callcoach.core.transcript import Capability, Transcript

__all__ = [
    "BACKCHANNELS",
    "BACKCHANNEL_AFTER_S",
    "BACKCHANNEL_MAX_S",
    "BACKCHANNEL_MAX_WORDS",
    "EDGE_S",
    "EDGE_TURNS",
    "EDGE_WORDS",
    "FIRST_EXCHANGE_S",
    "HOLD_GAP_S",
    "TIME_TOLERANCE_S",
    "TURN_GAP_S",
    "Floor",
    "Hold",
    "Piece",
    "ends_mid_conversation",
    "first_exchange_s",
    "floor_of",
    "in_order",
    "is_backchannel",
    "pieces_of",
    "plain",
    "says_backchannel",
    "starts_mid_conversation",
    "take_floor",
]

TURN_GAP_S = 3.0  # a speaker's pieces join across shorter gaps, if nobody else took the floor
HOLD_GAP_S = 0.3  # a shorter pause never loses the floor, whoever speaks in it
BACKCHANNEL_AFTER_S = 1.0  # "right after": starts at most this long after the other's speech


@dataclass(frozen=True, slots=True)
class Piece:
    """Some speech of one speaker: a word, a stretch of voice, or a turn of another program.

    Parameters
    ----------
    interval : Interval or None
        None in a source without times; then order alone counts.
    words : tuple of str or None
        None without text.
    exact : bool
        Whether the interval is that of the words. A caption's is not: its length says nothing.
    """

    speaker: str
    interval: Interval | None
    words: tuple[str, ...] | None = None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Hold:
    """A turn, or a back-channel: one speaker, and the positions of the pieces it is made of."""

    speaker: str
    interval: Interval | None
    pieces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """Every piece of a call in exactly one hold. Both tuples are by start, then end, then speaker."""

    turns: tuple[Hold, ...]
    backchannels: tuple[Hold, ...]

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Turns and back-channels together, in order."""
        return tuple(sorted(self.turns + self.backchannels, key=_order))


def _order(hold: Hold) -> tuple[float, float, str, int]:
    if hold.interval is None:
        return (0.0, 0.0, "", hold.pieces[0])
    return (hold.interval.start_s, hold.interval.end_s, hold.speaker, hold.pieces[0])


class _Others:
    """Answers when anybody but one speaker last spoke, among holds that start before a time."""

    def __init__(self, holds: Iterable[Hold]) -> None:
        self._starts: list[float] = []
        self._latest: list[tuple[Hold, Hold | None]] = []  # latest end, and of another speaker
        first: Hold | None = None
        second: Hold | None = None
        for hold in sorted(holds, key=_order):
            first, second = _later(first, second, hold)
            self._starts.append(hold.interval.start_s)
            self._latest.append((first, second))

    def speak_in(self, start_s: float, end_s: float, *, than: str) -> bool:
        """Whether somebody else sounds inside the open gap."""
        count = bisect_left(self._starts, end_s - TIME_TOLERANCE_S)
        if count == 0:
            return False
        first, second = self._latest[count - 1]
        other = first if first.speaker != than else second
        return other is not None and other.interval.end_s > start_s + TIME_TOLERANCE_S


def _later(first: Hold | None, second: Hold | None, hold: Hold) -> tuple[Hold, Hold | None]:
    """The hold that ends last, and the one of another speaker that does, with one more hold seen."""
    if first is None or hold.interval.end_s >= first.interval.end_s:
        return hold, (second if first is None or first.speaker == hold.speaker else first)
    if hold.speaker != first.speaker and (second is None or hold.interval.end_s >= second.interval.end_s):
        return first, hold
    return first, second


def _join(holds: Iterable[Hold], takers: _Others, breaks: Intervals) -> list[Hold]:
    """Each speaker's holds joined across gaps in which no taker sounds."""
    break_starts = [piece.start_s for piece in breaks]
    by_speaker: dict[str, list[tuple[float, float, list[int]]]] = {}
    for hold in sorted(holds, key=_order):
        row = by_speaker.setdefault(hold.speaker, [])
        if row:
            start_s, left_s, members = row[-1]
            right_s = hold.interval.start_s
            gap_s = right_s - left_s
            held = gap_s < HOLD_GAP_S - TIME_TOLERANCE_S or (
                gap_s < TURN_GAP_S - TIME_TOLERANCE_S
                and not takers.speak_in(left_s, right_s, than=hold.speaker)
            )
            at = bisect_left(break_starts, right_s + TIME_TOLERANCE_S) - 1
            broken = at >= 0 and breaks[at].end_s > left_s + TIME_TOLERANCE_S
            if held and not broken:
                members.extend(hold.pieces)
                row[-1] = (start_s, max(left_s, hold.interval.end_s), members)
                continue
        row.append((hold.interval.start_s, hold.interval.end_s, list(hold.pieces)))
    return [
        Hold(speaker, Interval(start_s, end_s), tuple(members))
        for speaker, row in by_speaker.items()
        for start_s, end_s, members in row
    ]


def take_floor(pieces: Sequence[Piece], *, breaks: Intervals = ()) -> Floor:
    """Turns and back-channels of a call, from pieces of any size and in any order.

    First every speaker's pieces join across pauses in which nobody else speaks. What is then a
    short token of the closed list is a back-channel if it starts inside, or at most 1 s after,
    somebody else's speech, and does not answer a question. The rest joins across gaps under 3 s
    in which nobody else's turn sounds.

    ::

        R  |====what do you use?|         |====|      "yes" answers: it takes the floor
        C                         |yes|
        R  |====and then we print|        |====|      "yes" only listens: R holds one turn
        C                         |yes|
        C  |right| |so we moved over|                 one turn of C: the speaker went on

    Parameters
    ----------
    pieces : sequence of Piece
        All with times, or all without: then neighbours of one speaker join, and the list and
        the order alone decide.
    breaks : Intervals
        Time cut out of the call (hold, IVR): no turn reaches across it.

    Returns
    -------
    Floor
        Deterministic: ties go by end, then speaker label, then position.
    """
    if any(piece.interval is None for piece in pieces):
        return _take_in_order(pieces)
    breaks = support(breaks)
    single = [Hold(piece.speaker, piece.interval, (at,)) for at, piece in enumerate(pieces)]
    runs = _join(single, _Others(single), breaks)
    turns, backchannels = [], []
    first: Hold | None = None
    second: Hold | None = None
    # Of two that start together, the longer holds the floor.
    for run in sorted(runs, key=lambda r: (r.interval.start_s, -r.interval.end_s, r.speaker, r.pieces[0])):
        other = first if first is None or first.speaker != run.speaker else second
        if other is not None and _only_listens(run, other, pieces):
            backchannels.append(run)
        else:
            turns.append(run)
            first, second = _later(first, second, run)
    joined = _join(turns, _Others(turns), breaks)
    return Floor(tuple(sorted(joined, key=_order)), tuple(sorted(backchannels, key=_order)))


def _said(hold: Hold, pieces: Sequence[Piece]) -> tuple[str, ...] | None:
    """The first words of a hold; None where any part of it has no text."""
    if len(hold.pieces) == 1:
        return pieces[hold.pieces[0]].words
    return _first_words(pieces[at].words for at in hold.pieces)


def _first_words(parts: Iterable[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    said: list[str] = []
    for words in parts:
        if words is None:
            return None
        said.extend(words)
        if len(said) > 4 * BACKCHANNEL_MAX_WORDS:  # longer than any back-channel, punctuation included
            break
    return tuple(said)


def _asks(hold: Hold, pieces: Sequence[Piece]) -> bool:
    return _ends_in_question(pieces[hold.pieces[-1]].words)


def _ends_in_question(words: tuple[str, ...] | None) -> bool:
    """Whether the last word carries a question mark."""
    return bool(words) and words[-1].rstrip("\"'”’) ").endswith("?")


def _only_listens(run: Hold, other: Hold, pieces: Sequence[Piece]) -> bool:
    """Whether `run` is a back-channel to `other`, the last that anybody else said before it."""
    duration_s = run.interval.duration_s
    if not all(pieces[at].exact for at in run.pieces):
        duration_s = None
    elif duration_s > BACKCHANNEL_MAX_S + TIME_TOLERANCE_S:
        return False
    words = _said(run, pieces)
    if not is_backchannel(words, run.interval.duration_s if words is None else duration_s):
        return False
    if run.interval.end_s <= other.interval.end_s + TIME_TOLERANCE_S:
        return True
    if words is None:
        return False
    late_s = run.interval.start_s - other.interval.end_s
    if late_s > BACKCHANNEL_AFTER_S + TIME_TOLERANCE_S:
        return False
    return late_s < -TIME_TOLERANCE_S or not _asks(other, pieces)


def in_order(
    speakers: Sequence[str], words: Sequence[tuple[str, ...] | None]
) -> tuple[list[tuple[str, list[int]]], list[tuple[str, list[int]]]]:
    """Turns and back-channels where nothing is timed: neighbours join, the list alone tells back-channels.

    Parameters
    ----------
    speakers, words : sequences of one length
        Of every piece; words None without text.

    Returns
    -------
    turns, backchannels : lists of (speaker, positions)
        Both in order; every position is in one of them.
    """
    runs: list[tuple[str, list[int]]] = []
    before = None
    for at, speaker in enumerate(speakers):
        if speaker == before:
            runs[-1][1].append(at)
        else:
            runs.append((speaker, [at]))
            before = speaker
    turns: list[tuple[str, list[int]]] = []
    backchannels: list[tuple[str, list[int]]] = []
    for run in runs:
        speaker, positions = run
        if not turns:
            turns.append(run)
        elif turns[-1][0] == speaker:
            turns[-1][1].extend(positions)
        elif _listens(positions, words) and not _ends_in_question(words[turns[-1][1][-1]]):
            backchannels.append(run)
        else:
            turns.append(run)
    return turns, backchannels


def _listens(positions: Sequence[int], words: Sequence[tuple[str, ...] | None]) -> bool:
    said = words[positions[0]] if len(positions) == 1 else _first_words(words[at] for at in positions)
    return said is not None and says_backchannel(said)


def _take_in_order(pieces: Sequence[Piece]) -> Floor:
    turns, backchannels = in_order([p.speaker for p in pieces], [p.words for p in pieces])
    return Floor(
        tuple(Hold(speaker, None, tuple(at)) for speaker, at in turns),
        tuple(Hold(speaker, None, tuple(at)) for speaker, at in backchannels),
    )


def pieces_of(transcript: Transcript) -> tuple[tuple[Piece, ...], tuple[int, ...]]:
    """The turns of a transcript as pieces, cuts taken out, and the turn each piece is of.

    Timed where the transcript has ends; turns without an interval are then left out, since it
    cannot be told where they stand. A turn that a cut goes through becomes several pieces.
    """
    timed = transcript.can(Capability.ENDS)
    text, exact = transcript.can(Capability.TEXT), transcript.can(Capability.WORDS)
    pieces: list[Piece] = []
    turn_of: list[int] = []
    for at, turn in enumerate(transcript.turns):
        words = tuple(word.text for word in turn.words) if text and turn.words else None
        if not timed:
            pieces.append(Piece(turn.speaker, None, words))
            turn_of.append(at)
            continue
        interval = turn.interval
        if interval is None:
            continue
        if any(cut.overlaps(interval) for cut in transcript.cuts):
            for part in without((interval,), transcript.cuts):
                said = words
                if words is not None and exact:
                    said = tuple(w.text for w in turn.words if w.interval and w.interval.start_s in part)
                pieces.append(Piece(turn.speaker, part, said or None, exact))
                turn_of.append(at)
        else:
            pieces.append(Piece(turn.speaker, interval, words, exact))
            turn_of.append(at)
    return tuple(pieces), tuple(turn_of)


def floor_of(transcript: Transcript) -> Floor:
    """The floor of a transcript. `pieces` of its holds are positions in ``transcript.turns``."""
    pieces, turn_of = pieces_of(transcript)
    floor = take_floor(pieces, breaks=transcript.cuts)

    def placed(holds: tuple[Hold, ...]) -> tuple[Hold, ...]:
        return tuple(
            Hold(hold.speaker, hold.interval, tuple(dict.fromkeys(turn_of[at] for at in hold.pieces)))
            for hold in holds
        )

    return Floor(placed(floor.turns), placed(floor.backchannels))
