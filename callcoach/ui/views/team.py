"""A team at first glance: who is next and what for, one need of all, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from callcoach.coach.history import Coverage
from callcoach.coach.team import NextTalk, TalkHeld
from callcoach.ui.views.calls import VIEW_WORDS
from callcoach.ui.views.words import counted


def member_row(talk: NextTalk, last_action: str) -> dict:
    """One line of who is next; plain strings."""
    day = f"{talk.on:%a} {talk.on.day} {talk.on:%b}" if talk.on else "no date yet"
    win = talk.win[:1].upper() + talk.win[1:] if talk.win else "too few calls to say"
    return {"id": talk.rep, "cells": [talk.name, day, win, talk.focus, last_action]}


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


def held(sheets: Iterable[Mapping]) -> list[TalkHeld]:
    """One-on-ones of the log, as the manager's mirror counts them."""
    return [
        TalkHeld(
            had_win=bool(sheet["edits"].get("win")),
            had_focus=bool(sheet["edits"].get("focus")),
            closed_last=bool(sheet["edits"].get("last_state")) or sheet.get("session", 1) == 1,
        )
        for sheet in sheets
    ]


def rollup_rows(
    teams: Mapping[str, Sequence[str]],
    *,
    needs: Mapping[str, str],
    sheets: Mapping[str, int],
    coverage: Mapping[str, Coverage],
) -> list[tuple[str, str, str, str]]:
    """Team, coverage, one need, and how many people had a one-on-one in the last four weeks."""
    return [
        (
            team,
            coverage[team].words if team in coverage else counted(0, "conversation"),
            needs.get(team, "none that all share"),
            f"{sum(sheets.get(one, 0) > 0 for one in people)} of {counted(len(people), 'person', 'people')}",
        )
        for team, people in sorted(teams.items())
    ]
