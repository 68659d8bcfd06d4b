"""The team at first glance: one line, who is next and what for, what is worth hearing.

No rank, no score of a single call, nobody's disputes, and no people who left: only those in
`people` appear.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from callcoach.coach.focus import NO_FOCUS, FocusFound
from callcoach.coach.history import Coverage, coverage_of
from callcoach.coach.moments import Moment
from callcoach.coach.records import HAS_IT, CallRecord
from callcoach.coach.short_titles import focus_words, win_words

WEEKS = 4
N_MOMENTS = 3
MAX_HEARD_S = 60.0


@dataclass(frozen=True, slots=True)
class NextTalk:
    """A row of the first block: who is next, and what for.

    Parameters
    ----------
    on : date or None
        None where no one-on-one is planned: listed last.
    win : str or None
        At most six words.
    focus : str
        At most four words, or "no pattern, enjoy".
    last_done : bool or None
        Whether the last action was closed; None without any.
    """

    rep: str
    name: str
    on: date | None
    win: str | None
    focus: str
    last_done: bool | None


def first_line(
    records: Iterable[CallRecord], *, people: Mapping[str, str], today: datetime, weeks: int = WEEKS
) -> str:
    """``"8 people · 63 conversations in 4 weeks · 49 judged · 14 not (9 mono, 3 short, 2 German)"``."""
    recent = [r for r in records if r.rep in people and today - timedelta(weeks=weeks) <= r.at <= today]
    n_people = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
    first, _, rest = coverage_of(recent).words.partition(" · ")
    return f"{n_people} · {first} in {weeks} weeks · {rest}"


def next_talk(
    rep: str,
    name: str,
    *,
    on: date | None,
    win: Moment | None = None,
    focus: FocusFound | None = None,
    last_done: bool | None = None,
) -> NextTalk:
    """A row of the first block in its few words."""
    return NextTalk(
        rep,
        name,
        on,
        win_words(win.item, win.account) if win else None,
        focus_words(focus.item) if focus else NO_FOCUS,
        last_done,
    )


def by_date(talks: Iterable[NextTalk]) -> tuple[NextTalk, ...]:
    """Who is next first; talks without a date last, by name."""
    return tuple(sorted(talks, key=lambda talk: (talk.on is None, talk.on or date.max, talk.name)))


def worth_hearing(
    moments: Iterable[Moment], *, consenting: Collection[str], today: datetime
) -> tuple[Moment, ...]:
    """Up to three good moments, one a person, so that nobody fills the block."""
    return _one_each(good_moments(moments, consenting=consenting, today=today))[:N_MOMENTS]


def good_moments(
    moments: Iterable[Moment], *, consenting: Collection[str], today: datetime, weeks: int = 8
) -> tuple[Moment, ...]:
    """Moments that show a skill, can be played within a minute, and whose speaker agreed; best first.

    Parameters
    ----------
    consenting : collection of person ids
        Who agreed that the team may hear them.
    """
    good = [
        m
        for m in moments
        if m.rep in consenting
        and m.score >= HAS_IT
        and 0 < m.clip_s <= MAX_HEARD_S
        and m.end_s - m.start_s <= MAX_HEARD_S
        and today - timedelta(weeks=weeks) <= m.at <= today
    ]
    return tuple(sorted(good, key=lambda m: (-m.score, -m.probability, -m.at.timestamp(), m.call_id)))


@dataclass(frozen=True, slots=True)
class TalkHeld:
    """What the log says of one one-on-one that took place."""

    had_win: bool
    had_focus: bool
    closed_last: bool


def mirror_words(talks: Sequence[TalkHeld]) -> str:
    """The manager's own mirror: how many talks had one win, one focus and the last action closed."""
    if not talks:
        return "No one-on-one in the log yet."
    n_whole = sum(talk.had_win and talk.had_focus and talk.closed_last for talk in talks)
    return f"{n_whole} of {len(talks)} one-on-ones had one win, one focus and the last action closed."


def coverage_by_team(records: Iterable[CallRecord], teams: Mapping[str, str]) -> dict[str, Coverage]:
    """Coverage per team, alphabetical, for the roll-up; people of no team are left out."""
    by_team: dict[str, list[CallRecord]] = {}
    for record in records:
        if record.rep in teams:
            by_team.setdefault(teams[record.rep], []).append(record)
    return {team: coverage_of(calls) for team, calls in sorted(by_team.items())}


def _one_each(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    """The first moment of every person, so that nobody fills the block."""
    found: dict[str, Moment] = {}
    for moment in moments:
        found.setdefault(moment.rep, moment)
    return tuple(found.values())
