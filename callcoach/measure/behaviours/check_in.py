"""Whether the rep asks, while showing, if it is clear and fits.

::

    R  |====shows====|  |====shows====| |fits?|  |===shows===|
    C                |mm|                     |nearly|
       |———— under 5 min since the last check, or while the customer hardly speaks ————|

A bare "does that make sense?" is half a check; a tag, a question about the picture or the next
page is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate

from callcoach.core import Capability, Evidence, Observation, Role, Status, Transcript, support
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.constants import PREDICTED
from callcoach.measure.fit_phrases import (
    ABOUT_CONCERN,
    BARE,
    EVALUATES,
    LEADS_ON,
    NAMES_IT,
    NO_CHECK,
    PICTURES,
    POINTS,
    SHOWS,
)
from callcoach.measure.units import Unit, contents, units_of
from callcoach.measure.utterances import Labels, ruled_out

ID = "check_in"
SHOWING_S = 300.0  # a stretch of showing this long needs a check
SHOWING_SHARE = 0.1  # of the speech; the customer holds less in a stretch of showing
REACH_TURNS = 2  # turns of the rep before it that a check may speak of
_RULE, _BARE = 0.75, 0.8
_MIN_SHOWN_WORDS = 3
_SURELY = 0.8
_FOLLOWS_WORDS = 3  # a customer who watches says no more than this
_ELLIPTIC = re.compile(
    r"(?:(?:so|and|okay|right|now|well) )*(?:any|anything|something|everything|all) (?:[\w']+ ){0,6}(?:you|your|make|sense|clear|missing)\b"
)
_ABOUT = re.compile(r"(?:(?:so|and|okay|right|now) )*(?:is|are|was) (?:anything|something|any) ")
_OTHER = (
    "agenda_invitation",
    "implication_question",
    "need_payoff_question",
    "permission",
    "problem_question",
    "reflection",
    "situation_question",
    "stakeholder_question",
    "testing_understanding",
)


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Checks that what was shown is clear or fits, and stretches of showing without one.

    Components
    ----------
    ``n`` full checks, ``n_bare``, ``n_unchecked`` stretches of five minutes without one (half where
    there was a bare one), ``n_timed`` (1 where the source has times, else 0). All add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    full: list[Evidence] = []
    bare: list[Evidence] = []
    shown: list[int] = []  # the rep's turns that something was shown in
    for at, turn in enumerate(transcript.turns):
        if not turn.words or transcript.role_of(turn) is not Role.REP:
            continue
        said = units_of(transcript, at)
        found = _check(transcript, labels, at, said, shown)
        if found is not None:
            (bare if found[1] else full).append(found[0])
        shown = [*shown, at][-REACH_TURNS:]
    timed = transcript.can(Capability.ENDS)
    components = {
        "n": float(len(full)),
        "n_bare": float(len(bare)),
        "n_unchecked": _unchecked(transcript, full, bare) if timed else 0.0,
        "n_timed": float(timed),
    }
    evidence = sorted(full + bare, key=lambda piece: (piece.turn, piece.start_word))
    return Observation(
        ID,
        Status.SCORED if full or bare else Status.NOT_OBSERVED,
        components=components,
        evidence=tuple(evidence),
    )


def _check(
    transcript: Transcript, labels: Labels, at: int, said: tuple[Unit, ...], shown: list[int]
) -> tuple[Evidence, bool] | None:
    """The check of a turn and whether it is a bare one, or None."""
    sure = labels[at].get(ID, 0.0)
    for place, unit in enumerate(said):
        if (unit.asks or unit.tagged) and (shown or place) and BARE.search(unit.text):
            return Evidence(at, unit.start, unit.end, _BARE), True
        asks = unit.asks or _ELLIPTIC.match(unit.text) is not None
        if not asks or unit.form == "tag" or unit.kind in ("ritual", "tag"):
            continue
        if any(later.n_words > _MIN_SHOWN_WORDS for later in said[place + 1 :] if not later.asks):
            continue  # answered by the rep
        if ABOUT_CONCERN.search(unit.text) or (LEADS_ON.search(unit.text) and not PICTURES.search(unit.text)):
            continue
        if sure >= PREDICTED:
            return Evidence(at, unit.start, unit.end, sure), False
        if ruled_out(labels[at], ID):
            continue
        before = [u for turn in shown for u in units_of(transcript, turn)] + list(said[:place])
        stated = [u for u in before if not u.asks and u.n_words >= _MIN_SHOWN_WORDS]
        watched = NAMES_IT.search(unit.text) or (shown and _murmurs(transcript, at))
        ours = [u for u in stated if SHOWS.search(u.text)] or (stated if watched else [])
        pointed = POINTS.search(unit.text) is not None
        names = NAMES_IT.search(unit.text) is not None
        about = contents(unit.text) & frozenset().union(*(contents(u.text) for u in ours))
        points = pointed or bool(about)
        named = names or (bool(about) and _ABOUT.match(unit.text) is not None)
        if not ours or NO_CHECK.search(unit.text) or _is_other(labels[at], shown=points, named=named):
            continue
        if points and EVALUATES.search(unit.text):
            return Evidence(at, unit.start, unit.end, max(sure, _RULE)), False
    return None


def _is_other(labels: Mapping[str, float], *, shown: bool, named: bool) -> bool:
    """Whether a turn asks for another purpose, by its labels.

    What is `shown` is no fact of the set-up, and what is `named` ("this screen") no trouble of theirs.
    """
    ours = {"situation_question"} if shown else set()
    if shown and named:
        ours.add("problem_question")
    return any(labels.get(label, 0.0) >= _SURELY for label in _OTHER if label not in ours)


def _murmurs(transcript: Transcript, at: int) -> bool:
    """Whether the customer's turn just before only follows along."""
    before = transcript.turns[at - 1]
    return transcript.role_of(before) is Role.CUSTOMER and len(before.words) <= _FOLLOWS_WORDS


def _unchecked(transcript: Transcript, full: list[Evidence], bare: list[Evidence]) -> float:
    """Stretches of `SHOWING_S` in which we show and nobody checks, one after the other."""
    ours, theirs = _Spoken(transcript, Role.REP), _Spoken(transcript, Role.CUSTOMER)
    checks = sorted(
        [(_time(transcript, piece), 1.0) for piece in full]
        + [(_time(transcript, piece), 0.5) for piece in bare]
    )
    at = [time_s for time_s, _ in checks]
    found = free_s = 0.0
    for start_s in ours.starts:
        end_s = start_s + SHOWING_S
        if start_s < free_s:
            continue
        if ours.last_s < end_s:
            break
        rep_s, customer_s = ours.inside(start_s, end_s), theirs.inside(start_s, end_s)
        if customer_s >= SHOWING_SHARE * (rep_s + customer_s):
            continue
        within = checks[bisect_left(at, start_s) : bisect_right(at, end_s)]
        checked = max((worth for _, worth in within), default=0.0)
        if checked < 1.0:
            found += 1.0 - checked
            free_s = end_s
    return found


class _Spoken:
    """Seconds of speech of one side inside any stretch of time."""

    def __init__(self, transcript: Transcript, role: Role) -> None:
        pieces = support(transcript.speech_of(role))
        self.starts = [piece.start_s for piece in pieces]
        self._ends = [piece.end_s for piece in pieces]
        self._sums = [0.0, *accumulate(piece.duration_s for piece in pieces)]
        self.last_s = self._ends[-1] if pieces else 0.0

    def inside(self, start_s: float, end_s: float) -> float:
        return self._until(end_s) - self._until(start_s)

    def _until(self, time_s: float) -> float:
        n = bisect_left(self.starts, time_s)
        said_s = self._sums[n]
        return said_s - max(0.0, self._ends[n - 1] - time_s) if n else 0.0


def _time(transcript: Transcript, piece: Evidence) -> float:
    interval = piece.interval(transcript)
    return -1.0 if interval is None else interval.start_s
