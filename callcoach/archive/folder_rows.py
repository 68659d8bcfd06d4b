"""Rows of a folder's table, found by file: the ``csv`` of its source, else ``callcoach.csv`` beside the file."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path, PurePosixPath

from callcoach.archive.name_patterns import KEYS, SourceRule
from callcoach.archive.sources import TABLE_NAME
from callcoach.archive.tables import Row, read_table
from callcoach.core.errors import BadMetadata


def row_of(path: Path, rule: SourceRule | None) -> Row | None:
    """The row that speaks of a file, by its path below the table's folder or by its bare name.

    Raises
    ------
    BadMetadata
        If the table cannot be read, is not there though its source names it, or has the file twice.
    """
    listed = _rows_for(path, rule)
    if listed is None:
        return None
    table, rows = listed
    try:
        inside = path.resolve().relative_to(table.resolve().parent).as_posix()
    except ValueError:
        inside = path.name
    found = rows.get(inside.casefold()) or rows.get(path.name.casefold()) or ()
    if len(found) > 1:
        raise found[1].wrong("file", f"a file once; row {found[0].number} has it, too")
    return found[0] if found else None


def texts_of(row: Row) -> dict[str, str]:
    """What a row says, by the keys of the metadata."""
    return {key: text for key in KEYS if (text := row.get(key)) is not None}


def files_of_people(folder: Path, rule: SourceRule | None) -> tuple[Path, ...]:
    """Files of a folder that its table gives to one person each, whether they are there or not.

    Raises
    ------
    BadMetadata
        If the table cannot be read.
    """
    listed = _rows_for(folder / "file", rule)
    if listed is None:
        return ()
    table, rows = listed
    paths = [
        Path(os.path.abspath(table.parent / (row.get("file") or "").replace("\\", "/")))
        for found in rows.values()
        for row in found
        if row.get("participant") and row.get("source_id")
    ]
    return tuple(path for path in paths if path.parent == folder)


def _rows_for(path: Path, rule: SourceRule | None) -> tuple[Path, dict[str, tuple[Row, ...]]] | None:
    """The table that speaks of a path, and its rows by file; None where there is none."""
    table = rule.csv if rule is not None and rule.csv is not None else path.parent / TABLE_NAME
    if not table.is_file():
        if rule is not None and rule.csv is not None:
            raise BadMetadata(f"source {rule.name}: its csv {table.name} must be there; it is not")
        return None
    columns = tuple(sorted(rule.columns.items())) if rule is not None else ()
    return table, _rows(table, table.stat().st_mtime_ns, columns)


@lru_cache(maxsize=8)
def _rows(table: Path, changed: int, columns: tuple[tuple[str, str], ...]) -> dict[str, tuple[Row, ...]]:
    """Rows by file, kept while the table does not change."""
    rows: dict[str, tuple[Row, ...]] = {}
    for row in read_table(table, columns=("file", *KEYS), needed=("file",), rename=dict(columns)):
        file = row.get("file")
        if file is None:
            raise row.wrong("file", "the path of a recording or transcript")
        key = PurePosixPath(file.replace("\\", "/")).as_posix().casefold()
        rows[key] = (*rows.get(key, ()), row)
    return rows
