"""A team at first glance: who is next and what for, one need of all, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from callcoach.coach.history import Coverage
from callcoach.coach.team import NextTalk, TalkHeld
from callcoach.store.adoption import Adoption
from callcoach.ui.views.calls import VIEW_WORDS
from callcoach.ui.views.words import counted


def member_row(talk: NextTalk, last_action: str) -> dict:
    """One line of who is next; plain strings."""
    day = f"{talk.on:%a} {talk.on.day} {talk.on:%b}" if talk.on else "no date"
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


def coverage_rows(
    teams: Mapping[str, Sequence[str]], *, needs: Mapping[str, str], coverage: Mapping[str, Coverage]
) -> list[tuple[str, str, str]]:
    """Team, coverage and one training need, alphabetical."""
    return [
        (
            team,
            coverage[team].words if team in coverage else counted(0, "conversation"),
            needs.get(team, "none that half of it shares"),
        )
        for team in sorted(teams)
    ]


def use_rows(
    teams: Mapping[str, Sequence[str]], *, adoption: Mapping[str, Adoption], sheets: Iterable
) -> list[tuple[str, str, str, str, str]]:
    """What each team does with its calls, alphabetical: counts with what they are of, nobody's name.

    Parameters
    ----------
    sheets : iterable of PrivateRow
        One-on-ones on which something was agreed.
    """
    of_person: dict[str, list] = {}
    for row in sheets:
        of_person.setdefault(row.person_id, []).append(row)
    rows = []
    for team, members in sorted(teams.items()):
        used = adoption.get(team)
        talks = [row for one in members for row in of_person.get(one, ())]
        n_closed = sum(bool(row.body.get("outcome")) for row in talks)
        closed = f", {n_closed} closed" if talks else ""
        n_met = sum(one in of_person for one in members)
        rows.append(
            (
                team,
                f"{used.n_opened} of {counted(used.n_calls, 'call')}" if used else "no call",
                f"{n_met} of {counted(len(members), 'person', 'people')}",
                f"{len(talks)}{closed}",
                _looked_back(used),
            )
        )
    return rows


def _looked_back(used: Adoption | None) -> str:
    if used is None:
        return "no call"
    if used.n_looked_back is None:
        return "too few people to count"
    return f"{used.n_looked_back} of {counted(used.n_calls, 'call')}"
