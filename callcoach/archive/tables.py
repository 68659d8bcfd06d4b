"""Small CSV tables that people keep: read whole, with file, row and column in every complaint."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from callcoach.core.errors import BadMetadata

MAX_TABLE_BYTES = 256 << 20
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as an editor counts lines of the table, from 2 below the heading."""

    table: str
    number: int
    values: Mapping[str, str]

    def get(self, column: str) -> str | None:
        """The value without outer spaces; None where it is empty or there is no such column."""
        return (self.values.get(column) or "").strip() or None

    def wrong(self, column: str, needed: str) -> BadMetadata:
        """The error for a value that cannot be right."""
        found = self.get(column)
        shown = "nothing" if found is None else repr(found[:_LONGEST_SHOWN])
        return BadMetadata(f"{self.table}, row {self.number}, column {column}: needs {needed}; found {shown}")


def read_table(
    path: Path,
    *,
    columns: Collection[str],
    needed: Collection[str] = (),
    rename: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """Rows of a CSV in UTF-8, separated by commas, semicolons or tabs; empty rows are left out.

    Parameters
    ----------
    columns : collection of str
        The names that are known; others are errors unless `rename` is given, which then says what
        counts.
    rename : mapping of known name to heading
        What the table calls a column.

    Raises
    ------
    BadMetadata
        For a file that cannot be read, a heading that is missing, unknown or there twice, and a row
        with more values than the heading.
    """
    try:
        if path.stat().st_size > MAX_TABLE_BYTES:
            raise BadMetadata(f"{path.name}: a table must be under 256 MB; it is larger")
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, BadMetadata):
            raise
        raise BadMetadata(
            f"{path.name}: must be a readable CSV in UTF-8; {type(error).__name__} when reading it"
        ) from error
    lines = text.splitlines()
    if not lines:
        raise BadMetadata(f"{path.name}: needs a heading and rows; it is empty")
    separator = max(",;\t", key=lines[0].count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    try:
        heading = [cell.strip() for cell in next(reader)]
        names = _names(path, heading, columns, needed, rename or {})
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(heading) and any(cell.strip() for cell in cells[len(heading) :]):
                raise BadMetadata(
                    f"{path.name}, row {reader.line_num}: must have at most {len(heading)} values like the "
                    f"heading; found {len(cells)}: put a value that holds {separator!r} in quotes"
                )
            values = {names[i]: cell for i, cell in enumerate(cells[: len(heading)]) if i in names}
            yield Row(path.name, reader.line_num, values)
    except csv.Error as error:
        raise BadMetadata(
            f"{path.name}, row {reader.line_num}: must be CSV; the quotes or signs there are not"
        ) from error


def _names(
    path: Path,
    heading: list[str],
    columns: Collection[str],
    needed: Collection[str],
    rename: Mapping[str, str],
) -> dict[int, str]:
    """Position to known name."""
    known = {name.casefold(): name for name in columns}
    for name, title in rename.items():
        if title not in heading:
            near = difflib.get_close_matches(title, heading, n=1, cutoff=0.0)
            raise BadMetadata(
                f"{path.name}: the column {title!r} (for {name}) is not in its heading; the nearest is {near[0]!r}"
            )
    renamed = {title: name for name, title in rename.items()}
    found: dict[int, str] = {}
    for i, title in enumerate(heading):
        name = renamed.get(title) or known.get(title.casefold())
        if name is None or (name in rename and title not in renamed):
            if rename:
                continue  # a table of another system has columns of its own
            near = difflib.get_close_matches(title.casefold(), list(known), n=1, cutoff=0.0)[0]
            raise BadMetadata(f"{path.name}: unknown column {title!r}; the nearest known one is {near!r}")
        if name in found.values():
            raise BadMetadata(f"{path.name}: a column must be there once; {name!r} is there twice")
        found[i] = name
    missing = [name for name in needed if name not in found.values()]
    if missing:
        raise BadMetadata(
            f"{path.name}: needs the columns {', '.join(needed)}; missing: {', '.join(missing)}"
        )
    return found
