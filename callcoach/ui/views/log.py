"""The coaching log and the roll-up as tables; every outside word in them is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from callcoach.ui.private_rows import agreed_at
from callcoach.ui.views.tables import table_html
from callcoach.ui.views.team import last_action_words


def log_html(sheets: Iterable, names: Mapping[str, str]) -> str:
    """Every agreement, newest first: with whom, about what, and what became of it."""
    rows = []
    for row in sheets:
        edits = row.body.get("edits", {})
        at = agreed_at(row).astimezone()
        rows.append(
            (
                names.get(row.person_id, ""),
                f"{at.day} {at:%b %Y}",
                edits.get("focus", ""),
                edits.get("agreed", ""),
                last_action_words(row.body),
            )
        )
    return table_html(("Who", "When", "Focus", "Agreed", "It is"), rows)


def coverage_html(rows: Iterable[Sequence[str]]) -> str:
    """Teams with coverage and training need; no person and no score in it."""
    return table_html(("Team", "Coverage", "Training need"), rows)


def use_html(rows: Iterable[Sequence[str]]) -> str:
    """Teams with what was done with their calls; no person and no score in it."""
    head = ("Team", "Opened by who leads", "Had a one-on-one", "Actions agreed", "Looked back on by the rep")
    return table_html(head, rows)
