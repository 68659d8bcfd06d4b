"""The CSV that callcoach documents for everything else.

A first line of column names, then one line per utterance, in UTF-8, separated by commas, semicolons
or tabs. Columns, in any order, others ignored:

=========  ========  ==============================================================
column     required  what
=========  ========  ==============================================================
speaker    yes       name or label; empty where nobody knows. ``agent`` and ``customer``
                     say the side
start_s    no        seconds from the start of the recording, or ``h:mm:ss``
end_s      no        likewise; without it the transcript has starts only
text       yes       what was said
=========  ========  ==============================================================

::

    speaker,start_s,end_s,text
    Dana,0.0,4.2,"Hello, and thanks for making the time."
    Lee,4.6,5.1,Sure.
"""

from __future__ import annotations

import csv
import io
import re

from callcoach.core.errors import BadTranscript
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_TEXT, Format, Mark
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.times import clock_s
from callcoach.transcribe.formats.values import label_of
from callcoach.transcribe.formats.words import clean, split

REQUIRED = ("speaker", "text")
_new = tuple.__new__  # several times as fast as the constructor
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,12})?\Z")
_CLOCK = re.compile(r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?\Z")


def read(source: Source) -> Reading:
    """The reading of a CSV.

    Raises
    ------
    BadTranscript
        If a line has fewer columns than the first or a time that is none; the message names it.
    """
    delimiter, columns = _columns(source)
    n_needed = max(columns[name] for name in REQUIRED)
    passages = []
    labels: dict[str, str | None] = {}  # by what the file writes
    rows = csv.reader(io.StringIO(source.text, newline=""), delimiter=delimiter)
    try:
        for row in rows:
            if rows.line_num == 1 or not any(map(str.strip, row)):
                continue
            if len(row) <= n_needed:
                raise BadTranscript(
                    f"every line of a CSV transcript must have the columns of its first; line {rows.line_num} has"
                    f" {len(row)}: fill it up"
                )
            written = row[columns["speaker"]]
            if written not in labels:
                labels[written] = label_of(clean(written), "speaker")
            passages.append(_passage(row, labels[written], columns, rows.line_num))
    except csv.Error:
        raise BadTranscript(
            f"a CSV transcript must close its quotation marks and hold no field over 128 KiB; line {rows.line_num}"
            " breaks that: export it again"
        ) from None
    return Reading(passages)


def _passage(row: list[str], label: str | None, columns: dict[str, int], line: int) -> Passage:
    words = split(row[columns["text"]])
    if len(columns) == len(REQUIRED):
        return _new(Passage, (label, words, None, None))
    times = [_time(row, columns.get(name), name, line) for name in ("start_s", "end_s")]
    return _new(Passage, (label, words, *times))


def _time(row: list[str], at: int | None, name: str, line: int) -> float | None:
    cell = row[at].strip() if at is not None and at < len(row) else ""
    if not cell:
        return None
    if _NUMBER.match(cell):
        return float(cell.replace(",", ".") if "," in cell else cell)
    if _CLOCK.match(cell):
        return clock_s(cell)
    raise BadTranscript(
        f"{name} of a CSV transcript must be seconds or h:mm:ss; line {line} holds something else: correct it"
    )


def _columns(source: Source) -> tuple[str, dict[str, int]]:
    """The separator, and where each column is."""
    head = source.lines[0][:2000]
    for delimiter in (",", ";", "\t"):
        names = [name.strip().strip('"').casefold() for name in head.split(delimiter)]
        columns = {name: at for at, name in reversed(list(enumerate(names)))}
        if all(name in columns for name in REQUIRED):
            return delimiter, columns
    return ",", {}


FORMAT = Format(
    "csv",
    "CSV with speaker, start_s, end_s, text",
    (
        IS_TEXT,
        *(
            Mark(
                f"a column {name} in the first line",
                lambda source, name=name: not source.is_json and name in _columns(source)[1],
            )
            for name in REQUIRED
        ),
    ),
    read,
)
