"""A team at first glance: who is next and what for, one need of all, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from callcoach.coach.focus import NO_FOCUS
from callcoach.coach.records import HAS_IT, CallRecord, calls_of, items_of
from callcoach.ui.views.calls import VIEW_WORDS
from callcoach.ui.views.skills import title_of
from callcoach.ui.views.words import counted

NEWEST = 5  # judged calls in which a win is looked for
WIN_WORDS, FOCUS_WORDS = 6, 4


@dataclass(frozen=True, slots=True)
class Win:
    """What somebody does well of late, and where it can be heard."""

    item: str
    n_has: int
    n: int
    call_id: str

    def words(self, title: str) -> str:
        return f"{title}: in {self.n_has} of the last {self.n} calls."


def win_of(records: Sequence[CallRecord], rep: str) -> Win | None:
    """The skill that the newest calls have most, above all one that earlier calls had less.

    None where no skill stands in at least half of them: false praise is noticed first.
    """
    calls = [record for record in calls_of(records, rep) if record.is_judged]
    recent, earlier = calls[-NEWEST:], calls[:-NEWEST]
    best: tuple[tuple, Win] | None = None
    for item in items_of(recent):
        has = [r for r in recent if (r.scores.get(item) or 0.0) >= HAS_IT]
        n = sum(r.scores.get(item) is not None for r in recent)
        before = [r.scores[item] >= HAS_IT for r in earlier if r.scores.get(item) is not None]
        if not has or 2 * len(has) < n or n < 3:
            continue
        rise = len(has) / n - (sum(before) / len(before) if before else len(has) / n)
        win = Win(item, len(has), n, has[-1].call_id)
        order = (rise > 0.2, len(has) / n, n, item)
        if best is None or order > best[0]:
            best = (order, win)
    return best[1] if best else None


def first_words(text: str, n: int) -> str:
    """At most so many words of a title."""
    words = text.split()
    return " ".join(words[:n]) + ("…" if len(words) > n else "")


def member_row(
    person_id: str,
    name: str,
    *,
    next_at: datetime | None,
    win: Win | None,
    focus: str | None,
    last_action: str,
    titles: Mapping[str, str],
) -> dict:
    """One line of who is next; plain strings.

    Parameters
    ----------
    focus : str or None
        Item name; None where nothing stands out.
    """
    day = f"{next_at:%a} {next_at.day} {next_at:%b}" if next_at else "no date yet"
    return {
        "id": person_id,
        "cells": [
            name,
            day,
            first_words(title_of(win.item, titles), WIN_WORDS) if win else "too few calls to say",
            first_words(title_of(focus, titles), FOCUS_WORDS) if focus else NO_FOCUS,
            last_action,
        ],
    }


def last_action_words(body: Mapping | None) -> str:
    """What became of what was agreed last time."""
    if not body or not body.get("edits", {}).get("agreed"):
        return "none yet"
    return {"done": "done", "dropped": "dropped", "goes_on": "goes on"}.get(
        body.get("outcome", ""), "not closed"
    )


def open_words(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """What waits for who leads: the queue and how many are in it; only those with something in them."""
    return [
        (kind, f"{VIEW_WORDS[kind]}: {counted(counts[kind], 'call')}")
        for kind in ("disputes", "cautions", "no_person", "sides")
        if counts.get(kind)
    ]


def mirror_words(sheets: Iterable[Mapping]) -> str:
    """The manager's own figure: one-on-ones with one win, one focus and the last action closed."""
    sheets = list(sheets)
    if not sheets:
        return "You have not agreed on a sheet yet."
    whole = sum(bool(s["edits"].get("win")) and bool(s["edits"].get("focus")) for s in sheets)
    later = [s for s in sheets if s.get("session", 1) > 1]
    closed = sum(bool(s["edits"].get("last_state")) for s in later)
    words = f"{whole} of {counted(len(sheets), 'one-on-one')} had one win and one focus"
    return words + (f"; in {closed} of {len(later)} the last action was closed." if later else ".")


def rollup_rows(
    teams: Mapping[str, Sequence[str]],
    records: Sequence[CallRecord],
    *,
    needs: Mapping[str, str],
    sheets: Mapping[str, int],
    coverage: Mapping[str, str],
) -> list[tuple[str, str, str, str]]:
    """Team, coverage, one need, and how many people had a one-on-one in the last four weeks."""
    rows = []
    for team, people in sorted(teams.items()):
        held = sum(sheets.get(person, 0) > 0 for person in people)
        rows.append(
            (
                team,
                coverage.get(team, counted(0, "conversation")),
                needs.get(team, "none that all share"),
                f"{held} of {counted(len(people), 'person', 'people')}",
            )
        )
    return rows
