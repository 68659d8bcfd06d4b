"""A changed rubric tried on stored calls before it counts: nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from callcoach.archive.ingest import leads_of
from callcoach.coach.records import CallRecord, record_of
from callcoach.coach.titles import call_title
from callcoach.core import Scorecard, Viewer
from callcoach.core.ruling import rule
from callcoach.pipeline import judge, with_roles_told
from callcoach.store.rows import CallFilter
from callcoach.ui.views.rubrics import Moved

AT_MOST = 40  # calls; each is judged anew


def tried(
    store, viewer: Viewer, *, before: str, text: str, call_type: str | None, at_most: int = AT_MOST
) -> Iterator[tuple[Moved, tuple[CallRecord, CallRecord] | None]]:
    """The newest calls of a type under the rubric in force and under a changed one.

    Parameters
    ----------
    before : str
        Name or file of the rubric to compare with.
    text : str
        TOML of the changed one.

    Yields
    ------
    Moved, and the two records of the person's skills where it is known whose call it is.
    """
    page = store.calls(viewer, where=CallFilter(call_type=call_type), limit=at_most)
    with TemporaryDirectory(prefix="callcoach-") as folder:
        changed = Path(folder) / "changed.toml"
        changed.write_text(text, "utf-8")
        for row in page.rows:
            call = store.call(viewer, row.call_id)
            transcript = with_roles_told(
                store.transcript(viewer, row.call_id), call.metadata, people=call.people
            )
            ruling = rule(store.edits(viewer, row.call_id), leads=leads_of(store, call))
            old, new = (
                judge(
                    transcript,
                    call.metadata,
                    rubric=rubric,
                    edits=ruling.counting,
                    disputed=ruling.disputed,
                ).card
                for rubric in (before, str(changed))
            )
            moved = Moved(row.call_id, call_title(**row.title_parts), _judged(old), _judged(new))
            person = next((p.person_id for p in call.people if p.person_id and p.side == "REP"), None)
            at = row.started_at or row.added_at
            records = person and tuple(
                replace(
                    record_of(card, call_id=row.call_id, rep=person, at=at), call_type=row.call_type or "any"
                )
                for card in (old, new)
            )
            yield moved, records


def _judged(card: Scorecard) -> float | None:
    """Weighted share of what could be judged; for comparing two rubrics on one call only."""
    judged = [item for item in card.behaviours if item.score is not None and item.weight > 0]
    weight = sum(item.weight for item in judged)
    return sum(item.weight * item.score for item in judged) / weight if weight else None


def now() -> datetime:
    return datetime.now(UTC)
