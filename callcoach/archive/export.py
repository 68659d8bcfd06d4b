"""A store as a table that other programs read: one row per call, documented columns, flat in memory."""

from __future__ import annotations

import errno
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from callcoach.archive.export_columns import columns_for, row_of
from callcoach.archive.export_formats import CsvTable, ExcelTable, JsonLinesTable, ParquetTable
from callcoach.core import Viewer
from callcoach.core.errors import BadSettings, CallcoachError, OutOfSpace
from callcoach.store import ALL_CALLS, CallFilter, Store

FORMATS = {".csv": CsvTable, ".xlsx": ExcelTable, ".parquet": ParquetTable, ".jsonl": JsonLinesTable}


def export(
    store: Store,
    viewer: Viewer,
    to: Path,
    *,
    where: CallFilter = ALL_CALLS,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Write every call that the viewer may see to `to`; returns how many.

    The file appears when it is whole, in the place of one that was there; Parquet is a folder with
    a file per month.

    Parameters
    ----------
    progress : callable, optional
        Called with the number of calls written, now and then.

    Raises
    ------
    BadSettings
        If the suffix is none of `FORMATS`, or the place cannot be written.
    OutOfSpace
        If the disk is full; nothing stays of the export.
    """
    make = FORMATS.get(to.suffix.lower())
    if make is None:
        raise BadSettings(
            f"--to must end in {', '.join(FORMATS)}; found {to.name!r}: change the end of the name"
        )
    n_calls = 0
    with store.records(viewer, where=where) as found:
        columns = columns_for(found.items)
        with whole_place(to, what="--to") as path, make(path, columns) as table:
            for call in found.calls:
                table.add(row_of(call, columns), month=_month(call.row.started_at))
                n_calls += 1
                if progress is not None and n_calls % 1000 == 0:
                    progress(n_calls)
    return n_calls


def _month(started_at: datetime | None) -> str | None:
    return None if started_at is None else started_at.astimezone(UTC).strftime("%Y-%m")


@contextmanager
def whole_place(to: Path, *, what: str) -> Iterator[Path]:
    """A place beside `to` that takes its name once everything is written, or vanishes."""
    if to.is_dir() and not all(child.name.startswith("month=") for child in to.iterdir()):
        raise BadSettings(
            f"{what} must name a new place or an earlier export; {to.name!r} is a folder with other things in "
            "it: name another"
        )
    beside = to.with_name(f".{to.name}.{uuid.uuid4().hex[:8]}")
    try:
        yield beside
        if to.is_dir():
            shutil.rmtree(to)
        beside.replace(to)
    except CallcoachError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutOfSpace(
                f"{what} needs free disk space; there is none: free some and run again"
            ) from error
        raise BadSettings(
            f"{what} must be a place that can be written; {to.name!r} cannot ({error.strerror}): check the "
            "folder and its permissions"
        ) from error
    finally:
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        else:
            beside.unlink(missing_ok=True)
