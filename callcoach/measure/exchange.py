"""How the floor goes from side to side: monologues, stories, patience, interruptions, changes.

::

    C  |===========|        |=========|
    R             |   2 s   |   |=======|        a response with a pause, then one with overlap
    R  |===============|
    C              |=========|                   an interruption: over 0.5 s early, the other
                   0.5–1 s                       stops within 1 s and says less than 1 s more
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from callcoach.core import Interval, Intervals, Role, Transcript, support
from callcoach.core.floor import TIME_TOLERANCE_S, TURN_GAP_S, Floor, Hold, floor_of
from callcoach.measure.constants import (
    INTERRUPTION_MORE_S,
    INTERRUPTION_OVERLAP_S,
    INTERRUPTION_STOP_S,
    MONOLOGUE_S,
    STORY_QUESTION_S,
)
from callcoach.measure.timeline import speech_by_speaker

_SIDES = (Role.REP, Role.CUSTOMER)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the order and length of turns tell; None where that side held no turn."""

    n_rep_turns: int
    longest_monologue_s: float | None
    n_monologues: int
    longest_customer_story_s: float | None
    pauses_s: tuple[float, ...]  # before each response of the rep
    n_interruptions_by_rep: int
    n_interruptions_by_customer: int
    n_speaker_changes: int


def rep_turns(transcript: Transcript, floor: Floor) -> tuple[Hold, ...]:
    """The turns of everybody on the rep's side, back-channels left out."""
    ours = set(transcript.labels_of(Role.REP))
    return tuple(hold for hold in floor.turns if hold.speaker in ours)


def exchange(transcript: Transcript, asks: Sequence[bool], *, floor: Floor | None = None) -> Exchange:
    """The exchange of a timed transcript.

    Parameters
    ----------
    asks : sequence of bool
        Per turn of the transcript: does it hold a question? All False where words are not known;
        then no question bridges a customer's story.
    """
    floor = floor_of(transcript) if floor is None else floor
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    turns = [(hold, roles[hold.speaker]) for hold in floor.turns]
    ours = [hold.interval.duration_s for hold, role in turns if role is Role.REP]
    sequence = [role for _, role in turns if role in _SIDES]
    interruptions = _interruptions(transcript, turns)
    return Exchange(
        n_rep_turns=len(ours),
        longest_monologue_s=max(ours, default=None),
        n_monologues=sum(1 for length_s in ours if length_s > MONOLOGUE_S + TIME_TOLERANCE_S),
        longest_customer_story_s=_longest_story(turns, asks),
        pauses_s=_pauses(turns, transcript.cuts),
        n_interruptions_by_rep=interruptions[Role.REP],
        n_interruptions_by_customer=interruptions[Role.CUSTOMER],
        n_speaker_changes=sum(1 for a, b in pairwise(sequence) if a is not b),
    )


def _longest_story(turns: list[tuple[Hold, Role]], asks: Sequence[bool]) -> float | None:
    """Longest customer turn, across short rep questions with pauses under 3 s on either side."""
    longest: float | None = None
    story: Hold | None = None  # the last customer turn of the story
    start_s = reached_s = 0.0  # where the story began, and where it or a question in it ended
    for hold, role in turns:
        interval = hold.interval
        near = story is not None and interval.start_s - reached_s < TURN_GAP_S - TIME_TOLERANCE_S
        if role is Role.CUSTOMER:
            if near and hold.speaker == story.speaker:
                reached_s = max(reached_s, interval.end_s)
            else:
                start_s, reached_s = interval.start_s, interval.end_s
            story = hold
            longest = max(longest or 0.0, interval.end_s - start_s)
        elif (
            role is Role.REP
            and near
            and interval.duration_s <= STORY_QUESTION_S + TIME_TOLERANCE_S
            and any(asks[at] for at in hold.pieces)
        ):
            reached_s = max(reached_s, interval.end_s)
        else:
            story = None
    return longest


def _pauses(turns: list[tuple[Hold, Role]], cuts: Intervals) -> tuple[float, ...]:
    """Pauses before the rep's turns that follow a customer's directly, overlaps and cuts left out."""
    cut_ends = sorted(cut.end_s for cut in cuts)
    pauses: list[float] = []
    end_s: float | None = None  # of the customers' turns directly before
    for hold, role in turns:
        if role is Role.CUSTOMER:
            end_s = hold.interval.end_s if end_s is None else max(end_s, hold.interval.end_s)
            continue
        if role is Role.REP and end_s is not None:
            start_s = hold.interval.start_s
            cut_between = bisect_right(cut_ends, end_s + TIME_TOLERANCE_S) < bisect_left(
                cut_ends, start_s + TIME_TOLERANCE_S
            )
            if start_s - end_s >= -TIME_TOLERANCE_S and not cut_between:
                pauses.append(max(0.0, start_s - end_s))
        end_s = None
    return tuple(pauses)


class _Said:
    """Seconds of speech of one speaker inside any stretch of time."""

    def __init__(self, intervals: Intervals) -> None:
        pieces = support(intervals)
        self._starts = [piece.start_s for piece in pieces]
        self._pieces = pieces

    def inside(self, stretch: Interval) -> float:
        at = max(0, bisect_right(self._starts, stretch.start_s) - 1)
        said_s = 0.0
        while at < len(self._pieces) and self._pieces[at].start_s < stretch.end_s:
            piece = self._pieces[at]
            said_s += max(0.0, min(piece.end_s, stretch.end_s) - max(piece.start_s, stretch.start_s))
            if said_s >= INTERRUPTION_MORE_S + 1.0:
                break
            at += 1
        return said_s


def _interruptions(transcript: Transcript, turns: list[tuple[Hold, Role]]) -> dict[Role, int]:
    """Turns of each side that cut one of the other side short."""
    said = {label: _Said(pieces) for label, pieces in speech_by_speaker(transcript).items()}
    by_end = {
        role: sorted((hold for hold, r in turns if r is role), key=lambda hold: hold.interval.end_s)
        for role in _SIDES
    }
    ends = {role: [hold.interval.end_s for hold in holds] for role, holds in by_end.items()}
    count = dict.fromkeys(_SIDES, 0)
    for hold, role in turns:
        if role not in count:
            continue
        other = Role.CUSTOMER if role is Role.REP else Role.REP
        start_s = hold.interval.start_s
        at = bisect_right(ends[other], start_s + INTERRUPTION_OVERLAP_S + TIME_TOLERANCE_S)
        while at < len(ends[other]) and ends[other][at] <= start_s + INTERRUPTION_STOP_S + TIME_TOLERANCE_S:
            cut_short = by_end[other][at]
            at += 1
            if cut_short.interval.start_s >= start_s - TIME_TOLERANCE_S:
                continue
            more_s = said[cut_short.speaker].inside(hold.interval) if cut_short.speaker in said else 0.0
            if more_s < INTERRUPTION_MORE_S - TIME_TOLERANCE_S:
                count[role] += 1
                break
    return count
