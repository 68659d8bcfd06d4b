"""The coaching log and the roll-up as tables; every outside word in them is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from callcoach.ui.views.team import last_action_words
from callcoach.ui.views.words import plain


def log_html(sheets: Iterable, names: Mapping[str, str]) -> str:
    """Every agreement, newest first: with whom, about what, and what became of it."""
    rows = []
    for row in sheets:
        edits = row.body.get("edits", {})
        at = row.at.astimezone()
        rows.append(
            (
                names.get(row.person_id, ""),
                f"{at.day} {at:%b %Y}",
                edits.get("focus", ""),
                edits.get("agreed", ""),
                last_action_words(row.body),
            )
        )
    return _table(("Who", "When", "Focus", "Agreed", "It is"), rows)


def rollup_html(rows: Iterable[Sequence[str]]) -> str:
    """Teams with coverage, need and one-on-ones; no person and no score in it."""
    return _table(("Team", "Coverage", "Training need", "Had a one-on-one"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    titles = "".join(f'<th scope="col">{plain(title)}</th>' for title in head)
    lines = "".join(
        f'<tr><th scope="row">{plain(row[0])}</th>'
        + "".join(f"<td>{plain(c)}</td>" for c in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<table class="cc-measures cc-plain"><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>'
    )
