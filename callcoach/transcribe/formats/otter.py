"""Otter text and Markdown exports: a name and a time on a line, then what was said.

::

    Speaker 1  0:03                 or  **Dana**  0:03
    Hello, and welcome.                 Hello, and welcome.

Only starts are given, to the second. Title, date, keywords and summary before the first name, and
the line that names Otter, are not speech.
"""

from __future__ import annotations

import re

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_TEXT, Format, Mark
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import MAX_LABEL, MAX_LABEL_WORDS, looks_like_name
from callcoach.transcribe.formats.times import clock_s
from callcoach.transcribe.formats.words import clean, split, unmarked

_NAME = rf"(?P<name>[^\s*\d\[(:][^*:\t]{{0,{MAX_LABEL}}}?)"
_TIME = r"(?P<gap>[ \t]+)(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2})[ \t]*\Z"
_BOLD_HEADER = re.compile(rf"\*\*{_NAME}\*\*{_TIME}")
_HEADER = re.compile(_NAME + _TIME)
_SIGNATURE = re.compile(r"(?i)transcribed by https?://(www\.)?otter\.ai/?\Z")
_LOOK_AT = 200  # lines in which two names with a time must stand


def header(line: str) -> tuple[str, float] | None:
    """Name and start of a line that opens somebody's words; None for any other line."""
    if len(line) > MAX_LABEL + 40 or ":" not in line:
        return None
    line = line.rstrip()
    match = _BOLD_HEADER.match(line) or _HEADER.match(line)
    if match is None:
        return None
    name = " ".join(clean(match["name"]).split())
    sure = line.startswith("**") or "  " in match["gap"] or "\t" in match["gap"] or looks_like_name(name)
    if not name or not sure or len(name.split()) > MAX_LABEL_WORDS:
        return None
    return name, clock_s(match["time"])


def read(source: Source) -> Reading:
    """The reading of an Otter export."""
    passages: list[Passage] = []
    for line in source.lines:
        opened = header(line)
        if opened is not None:
            passages.append(Passage(opened[0], [], opened[1]))
        elif passages and not _SIGNATURE.match(line.strip()):
            passages[-1].words.extend(split(unmarked(line)))
    return Reading(passages, engine="otter")


def _n_headers(source: Source) -> int:
    return sum(header(line) is not None for line in source.lines[:_LOOK_AT])


FORMAT = Format(
    "otter",
    "Otter text",
    (
        IS_TEXT,
        Mark(
            "lines with a name and a time, such as Dana  0:03",
            lambda source: not source.is_json and _n_headers(source) >= 1,
        ),
    ),
    read,
)
