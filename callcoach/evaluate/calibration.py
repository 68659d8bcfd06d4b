"""Calibration by files: a monthly sheet of blind moments, what people said of it, and who agrees with whom.

::

    store ── draw by month ──► sheet.csv ── a person writes y or n ──► right 17 of 20
    scores.csv (reviewer, call, item, score) + the machine's cards ──► agreement per item

Nothing here changes a score. An item that is found wrong too often is named; whoever keeps the
rubric writes it into `switched_off`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from callcoach.archive.export_formats import safe
from callcoach.coach.agreement import MACHINE, Agreement, OwnScore, agreements
from callcoach.coach.keeping import SHOWN_BY
from callcoach.coach.moments import Moment
from callcoach.coach.monthly import BlindMoment, ItemCheck, Verdict, checks, sheet
from callcoach.coach.scene import UNLISTED
from callcoach.core import Viewer
from callcoach.core.errors import BadMetadata, NotFound
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.measure.taggers import show_thresholds
from callcoach.store.rows import CallFilter

SHEET_COLUMNS = ("id", "item", "look_for", "call_id", "start_s", "end_s", "quote", "reviewer", "right")
SCORE_COLUMNS = ("reviewer", "call_id", "item", "score")
_YES, _NO = frozenset(("y", "yes", "1", "true")), frozenset(("n", "no", "0", "false"))
_PAGE = 200


def draw(store, viewer: Viewer, *, month: str) -> tuple[BlindMoment, ...]:
    """The blind moments of one month, drawn by its name; the same for everybody.

    Parameters
    ----------
    month : str
        ``"2026-09"``.

    Raises
    ------
    BadMetadata
        If it is no month.
    """
    return sheet(_moments(store, viewer, *_span(month)), seed=month)


def write_sheet(moments: Iterable[BlindMoment], path: Path) -> int:
    """Write a sheet to fill in, without what the machine made of a moment; returns how many there are."""
    moments = tuple(moments)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(SHEET_COLUMNS)
        for one in moments:
            look_for = BEHAVIOURS.get(one.item.split(":")[0], one.item)
            cells = (one.id, one.item, look_for, one.call_id, one.start_s, one.end_s, one.quote, "", "")
            rows.writerow([safe(cell) for cell in cells])
    return len(moments)


def read_verdicts(path: Path) -> tuple[Verdict, ...]:
    """What people wrote on a sheet; moments left empty are not judged.

    Raises
    ------
    BadMetadata
        If columns are missing or an answer is neither yes nor no.
    """
    found = []
    for line, row in _rows(path, SHEET_COLUMNS):
        answer = (row["right"] or "").strip().casefold()
        if not answer:
            continue
        if answer not in _YES | _NO:
            raise BadMetadata(f"right must be y or n; line {line} of {path.name} holds neither: correct it")
        found.append(Verdict(row["id"], row["item"], (row["reviewer"] or "").strip(), answer in _YES))
    return tuple(found)


def checked(path: Path) -> tuple[ItemCheck, ...]:
    """How often the moments of each item on a filled-in sheet were right."""
    return checks(read_verdicts(path))


def agreed(path: Path, store=None, viewer: Viewer | None = None) -> tuple[Agreement, ...]:
    """Agreement per item between the reviewers of a file, and of each with the machine.

    Parameters
    ----------
    store : Store, optional
        Where the machine's cards are; without it only people are compared.

    Raises
    ------
    BadMetadata
        If columns are missing or a score is no number from 0 to 1.
    """
    own = tuple(_own_scores(path))
    machine: list[OwnScore] = []
    if store is not None and viewer is not None:
        for call_id in sorted({score.call_id for score in own}):
            machine += _machine(store, viewer, call_id)
    return agreements((*own, *machine))


def _own_scores(path: Path) -> Iterator[OwnScore]:
    for line, row in _rows(path, SCORE_COLUMNS):
        text = (row["score"] or "").strip()
        try:
            score = float(text) if text else None
        except ValueError:
            score = -1.0
        if score is not None and not 0.0 <= score <= 1.0:
            raise BadMetadata(
                f"score must lie between 0 and 1, or be empty; line {line} of {path.name} does not"
            )
        yield OwnScore(row["reviewer"], row["call_id"], row["item"], score)


def _machine(store, viewer: Viewer, call_id: str) -> list[OwnScore]:
    try:
        document = store.document(viewer, call_id, corrected=False)
    except NotFound:
        return []
    return [OwnScore(MACHINE, call_id, _name(item), item["score"]) for item in document["behaviours"]]


def _moments(store, viewer: Viewer, since: datetime, until: datetime) -> Iterator[Moment]:
    """Everything that was shown in calls of a span, newest first."""
    thresholds, after = show_thresholds(), None
    while True:
        page = store.calls(viewer, where=CallFilter(since=since, until=until), limit=_PAGE, after=after)
        for row in page.rows:
            document = store.document(viewer, row.call_id, corrected=False)
            for item in document["behaviours"]:
                limit = thresholds.get(SHOWN_BY.get(item["id"], item["id"]), UNLISTED)
                if limit is None or item["score"] is None:
                    continue
                for piece in item["evidence"]:
                    if piece["probability"] >= limit:
                        yield Moment(row.call_id, row.rep or "", _name(item), since, None, piece["quote"],
                                     piece["start_s"], piece["end_s"], item["score"], piece["probability"])  # fmt: skip
        after = page.next
        if after is None:
            return


def _name(item: dict) -> str:
    return f"{item['id']}:{item['variant']}" if item.get("variant") else item["id"]


def _span(month: str) -> tuple[datetime, datetime]:
    try:
        since = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadMetadata(f"a month must look like 2026-09; found {month!r}") from error
    return since, since.replace(year=since.year + since.month // 12, month=since.month % 12 + 1)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(columns) - set(reader.fieldnames or ())
        if missing:
            raise BadMetadata(
                f"{path.name} needs the columns {', '.join(columns)}; it lacks {', '.join(sorted(missing))}"
            )
        yield from enumerate(reader, 2)
