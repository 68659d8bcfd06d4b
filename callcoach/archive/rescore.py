"""Judging again what is kept: which calls, and none whose card rests on the same already."""

from __future__ import annotations

from collections.abc import Iterator

from callcoach.archive.orders import RunOptions
from callcoach.archive.patience import PatientStore
from callcoach.archive.work import needs_judging
from callcoach.store import RunRow

PAGE = 500


def put_rescores(store: PatientStore, run: RunRow, *, options: RunOptions) -> int:
    """Queue every call that would be judged on other grounds now; returns how many."""
    n = 0
    for page in _pages(store):
        stale = [call_id for call_id, cards in page if needs_judging(cards, rubric=options.rubric or None)]
        if stale:
            n += store.queue.put_rescores(stale, run_id=run.id)
    return n


def _pages(store: PatientStore) -> Iterator[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]:
    after = ""
    while page := store.all_judged(after=after, limit=PAGE):
        yield page
        after = page[-1][0]
