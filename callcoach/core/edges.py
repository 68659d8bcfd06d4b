"""Where a call opens and closes: the first exchange, and recordings cut off at either end.

Standard library only; `callcoach.core.floor` hands these on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from callcoach.core.intervals import Interval
from callcoach.core.transcript import Capability, Role, Transcript

FIRST_EXCHANGE_S = 20.0  # both sides spoke within this of each other
EDGE_S = 1.0  # speech this close to an end of the recording may be cut off
EDGE_TURNS = 8  # a greeting or a farewell is looked for in this many turns,
EDGE_WORDS = 200  # and this many words
TIME_TOLERANCE_S = 1e-9  # absorbs the rounding of sums of decimal times; far below any clock


def first_exchange_s(transcript: Transcript) -> float | None:
    """When the clock of "the opening" starts: the first time both sides spoke within 20 s of each other.

    ::

        R  |===waiting===|            |==hi Dana==|
        C                                           |==hi==|
                                      ^ here: the earlier of the two, at most 20 s before the later

    Returns
    -------
    float or None
        Seconds from the start of the recording; None without times, without both sides, or when
        they never spoke so close to each other.
    """
    sides = {speaker.label: speaker.role for speaker in transcript.speakers}
    last: dict[Role, Interval] = {}
    timed = sorted(
        [
            (turn.interval, sides[turn.speaker])
            for turn in transcript.turns
            if sides[turn.speaker] in (Role.REP, Role.CUSTOMER) and turn.interval is not None
        ],
        key=lambda timed: (timed[0].start_s, timed[0].end_s, timed[1]),
    )
    for interval, role in timed:
        other = last.get(Role.CUSTOMER if role is Role.REP else Role.REP)
        if other is not None and interval.start_s - other.end_s <= FIRST_EXCHANGE_S + TIME_TOLERANCE_S:
            return max(other.start_s, interval.start_s - FIRST_EXCHANGE_S)
        if role not in last or interval.end_s >= last[role].end_s:
            last[role] = interval
    return None


_OPENS = re.compile(
    r"\b(hi|hiya|hello|hey|good (morning|afternoon|evening|day)|welcome|nice to (meet|see)|how are you"
    r"|how('s| is) it going|thanks? (you )?(so much |very much )?for (joining|calling|making|taking|your time)"
    r"|can you (hear|see) me|you('re| are) through to|speaking|this is \w+ (from|at|calling)|my name('s| is)"
    r"|is that \w+|good to (meet|see|hear)|am i speaking|shall we (start|begin|kick off|get started)"
    r"|agenda|(\w+ )?minutes (today|together)|we('ve| have) (got )?\w+ minutes|(thirty|twenty|fifteen|\d+) minutes"
    r"|plan for today|call is (being )?recorded|anything (you('d)? )?(want|like)?( to)? ?add)\b"
)
_CLOSES = re.compile(
    r"\b(bye|goodbye|bye-bye|take care|cheers|talk (soon|then|to you)|speak (soon|then|to you)|see you"
    r"|have a (good|great|nice|lovely|wonderful)|good (day|night|weekend)|thanks? (you )?(so much|very much|again|a lot)"
    r"|for your (time|help)|(thank you|thanks)(?! (so much |very much )?for (joining|calling|coming|making))|catch you|until (then|next)"
    r"|look(ing)? forward to|you too|enjoy (the|your))\b"
)


def _flat(words: Sequence[str]) -> str:
    return " ".join(words).casefold().replace("’", "'")


def starts_mid_conversation(transcript: Transcript) -> bool | None:
    """Whether the recording opens after the call did: somebody speaks at once, and nobody greets.

    Returns
    -------
    bool or None
        None without text: then it cannot be told. In a source without times the words decide.
    """
    if not transcript.can(Capability.TEXT) or not transcript.turns:
        return None
    edge = transcript.turns[:EDGE_TURNS]
    said = [word.text for turn in edge for word in turn.words[:EDGE_WORDS]]
    if _OPENS.search(_flat(said[:EDGE_WORDS])):
        return False
    starts = [turn.interval.start_s for turn in edge if turn.interval is not None]
    return not starts or min(starts) <= EDGE_S


def ends_mid_conversation(transcript: Transcript) -> bool | None:
    """Whether the recording stops before the call did: somebody speaks to the end, and nobody closes.

    Returns
    -------
    bool or None
        None without text: then it cannot be told. In a source without times the words decide.
    """
    if not transcript.can(Capability.TEXT) or not transcript.turns:
        return None
    edge = transcript.turns[-EDGE_TURNS:]
    said = [word.text for turn in edge for word in turn.words[-EDGE_WORDS:]]
    if _CLOSES.search(_flat(said[-EDGE_WORDS:])):
        return False
    ends = [turn.interval.end_s for turn in edge if turn.interval is not None]
    if not ends or transcript.duration_s is None:
        return True
    return transcript.duration_s - max(ends) <= EDGE_S
