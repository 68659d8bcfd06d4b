"""Tables written row by row: CSV, Excel, Parquet by month and JSON Lines.

Text that a spreadsheet would run as a formula gets an apostrophe before it in CSV and Excel; the
other two, which no spreadsheet opens by a double click, hold it as it is.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from callcoach.archive.export_columns import NUMBER, TEXT, TIME, WHOLE, YES_NO, Column, Value

EXCEL_ROWS = 1_048_576  # of a sheet, the heading included
EXCEL_CELL = 32_767  # characters
BATCH_ROWS = 2_000
NO_MONTH = "unknown"
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Table(Protocol):
    """Takes rows one by one; leaving the block finishes the file."""

    def add(self, row: list[Value], *, month: str | None) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def safe(value: Value) -> Value:
    """A value that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("hello"), safe(-0.5)
    ("'=1+1", 'hello', -0.5)
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


class CsvTable:
    """CSV in UTF-8 with a mark that Excel knows it by; times in ISO 8601."""

    def __init__(self, path: Path, columns: Iterable[Column]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([column.name for column in columns])

    def add(self, row: list[Value], *, month: str | None) -> None:
        self._writer.writerow([_text(safe(value)) for value in row])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind, error, trace) -> None:
        self._file.close()


class JsonLinesTable:
    """One object per line; null where there is no value."""

    def __init__(self, path: Path, columns: Iterable[Column]) -> None:
        self._file = path.open("w", encoding="utf-8", errors="replace")
        self._names = [column.name for column in columns]

    def add(self, row: list[Value], *, month: str | None) -> None:
        plain = (value.isoformat() if isinstance(value, datetime) else value for value in row)
        line = dict(zip(self._names, plain, strict=True))
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind, error, trace) -> None:
        self._file.close()


class ExcelTable:
    """A workbook that is written as it grows; a sheet that is full is followed by another."""

    def __init__(self, path: Path, columns: Iterable[Column]) -> None:
        from openpyxl import Workbook

        self._path, self._names = path, [column.name for column in columns]
        self._book = Workbook(write_only=True)
        self._sheet, self._n_rows, self._n_sheets = None, 0, 0
        self._next_sheet()

    def add(self, row: list[Value], *, month: str | None) -> None:
        if self._n_rows == EXCEL_ROWS:
            self._next_sheet()
        self._sheet.append([_cell(value) for value in row])
        self._n_rows += 1

    def _next_sheet(self) -> None:
        if self._sheet is not None:
            self._sheet.close()
        self._n_sheets += 1
        self._sheet = self._book.create_sheet("calls" if self._n_sheets == 1 else f"calls {self._n_sheets}")
        self._sheet.freeze_panes = "B2"
        self._sheet.append(self._names)
        self._n_rows = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind, error, trace) -> None:
        self._book.save(self._path)


class ParquetTable:
    """A folder ``month=2026-09/calls.parquet`` per month of the calls, as pandas and DuckDB read it.

    Rows must come newest first: then one month and the calls without a time are open at once.
    """

    def __init__(self, path: Path, columns: Iterable[Column]) -> None:
        import pyarrow as pa

        kinds = {
            TEXT: pa.string(),
            NUMBER: pa.float64(),
            WHOLE: pa.int64(),
            TIME: pa.timestamp("us", tz="UTC"),
            YES_NO: pa.bool_(),
        }
        path.mkdir()
        self._path = path
        self._schema = pa.schema([(column.name, kinds[column.kind]) for column in columns])
        self._open: dict[str, tuple[object, list[list[Value]]]] = {}

    def add(self, row: list[Value], *, month: str | None) -> None:
        import pyarrow.parquet as pq

        name = month or NO_MONTH
        if name not in self._open:
            for other in [other for other in self._open if NO_MONTH not in (other, name)]:
                self._close(other)
            folder = self._path / f"month={name}"
            folder.mkdir(exist_ok=True)
            part = folder / f"calls{len(list(folder.iterdir())) or ''}.parquet"
            self._open[name] = (pq.ParquetWriter(part, self._schema, compression="zstd"), [])
        rows = self._open[name][1]
        rows.append(row)
        if len(rows) == BATCH_ROWS:
            self._flush(name)

    def _flush(self, name: str) -> None:
        import pyarrow as pa

        writer, rows = self._open[name]
        if rows:
            arrays = [
                pa.array([_clean(v) for v in values], type=field.type)
                for values, field in zip(zip(*rows, strict=True), self._schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=self._schema))
            rows.clear()

    def _close(self, name: str) -> None:
        self._flush(name)
        self._open.pop(name)[0].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind, error, trace) -> None:
        for name in list(self._open):
            if kind is None:
                self._close(name)
            else:
                self._open.pop(name)[0].close()


def _text(value: Value) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _cell(value: Value) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)  # Excel knows no zones: all times of an export are UTC
    if isinstance(value, str):
        return safe(_NOT_IN_XML.sub("", value)[: EXCEL_CELL - 1])
    return value


def _clean(value: Value) -> Value:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
