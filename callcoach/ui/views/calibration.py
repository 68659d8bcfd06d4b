"""Calibration in words and tables: own scores beside the machine's, agreement, a month's moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from callcoach.coach.agreement import MACHINE, MIN_CALLS, Agreement
from callcoach.coach.blind import CANNOT_TELL, LEVEL_WORDS, Compared, level_words
from callcoach.coach.monthly import PER_ITEM, ItemCheck
from callcoach.ui.views.skills import title_of
from callcoach.ui.views.tables import table_html
from callcoach.ui.views.words import counted

ANSWERS = (*LEVEL_WORDS, CANNOT_TELL)


def compared_html(rows: Sequence[Compared]) -> str:
    """Every item with both scores, those furthest apart first."""
    lines = [
        (row.title, level_words(row.own), level_words(row.machine), "the same" if row.is_same else "apart")
        for row in rows
    ]
    return table_html(("What was judged", "You", "The machine", ""), lines)


def compared_words(rows: Sequence[Compared]) -> str:
    """``"The same in 5 of 8."``"""
    return f"The same in {sum(row.is_same for row in rows)} of {counted(len(rows), 'item')}."


def agreement_html(found: Iterable[Agreement], *, names: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """One row per item and pair: how often the same, and how far beyond chance."""
    lines = [
        (
            title_of(row.item, titles),
            f"{_name(row.one, names)} and {_name(row.other, names)}",
            f"{row.n_same} of {counted(row.n, 'call')}",
            beyond_chance(row),
        )
        for row in found
    ]
    return table_html(("What was judged", "Who", "The same level", "Beyond chance"), lines)


def beyond_chance(row: Agreement) -> str:
    """Weighted kappa in words first, with its interval; how many calls are missing under `MIN_CALLS`."""
    if row.n < MIN_CALLS:
        return f"from {MIN_CALLS} calls"
    if row.kappa is None:
        return "cannot be told: always one level"
    words = next(
        said
        for limit, said in ((0.8, "clear"), (0.6, "good"), (0.4, "some"), (-1.1, "hardly any"))
        if row.kappa >= limit
    )
    if row.kappa_low is None or row.kappa_high is None:
        return f"{words} ({row.kappa:.2f})"
    return f"{words} ({row.kappa:.2f}, between {row.kappa_low:.2f} and {row.kappa_high:.2f})"


def checks_html(found: Iterable[ItemCheck], *, titles: Mapping[str, str]) -> str:
    """What people found right per behaviour, and what follows."""
    lines = [
        (
            title_of(check.item, titles),
            f"{check.n_right} of {check.n}",
            f"between {_of_ten(check.low)} and {_of_ten(check.high)} of 10",
            check_words(check),
        )
        for check in found
    ]
    return table_html(("Behaviour", "Right", "So, of all its moments", "What follows"), lines)


def check_words(check: ItemCheck) -> str:
    if check.is_off:
        return "wrong too often: switch it off in the rubric until a later sheet says otherwise"
    if check.n < PER_ITEM:
        return f"{PER_ITEM - check.n} more to judge"
    return "stays"


def progress_words(n_answered: int, n_all: int, n_items: int) -> str:
    return (
        f"You answered {n_answered} of {counted(n_all, 'moment')} "
        f"of {counted(n_items, 'behaviour')}; up to {PER_ITEM} a behaviour are drawn."
    )


def _of_ten(share: float) -> str:
    return f"{10 * share:.0f}"


def _name(reviewer: str, names: Mapping[str, str]) -> str:
    return "the machine" if reviewer == MACHINE else names.get(reviewer, "somebody")
