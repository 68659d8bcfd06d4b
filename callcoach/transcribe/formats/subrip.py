"""SRT: numbered cues with times, their text with or without ``Name:`` in front."""

from __future__ import annotations

import re

from callcoach.core.errors import BadTranscript
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_TEXT, Format, Mark
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import attribute
from callcoach.transcribe.formats.words import split, unmarked

_TIMING = re.compile(
    r"(?m)^[ \t]*\d{1,4}:\d{1,2}:\d{1,2}[,.]\d{1,3}[ \t]*-->[ \t]*\d{1,4}:\d{1,2}:\d{1,2}[,.]\d{1,3}"
)
_STYLE = re.compile(r"\{\\[^{}]*\}")
_HEAD = 4000  # characters in which the first cue must stand


def read(source: Source) -> Reading:
    """The reading of an SRT file.

    Raises
    ------
    BadTranscript
        If something stands between the cues or a cue cannot be read.
    """
    import srt

    try:
        cues = list(srt.parse(source.text.lstrip("\n ")))
    except (srt.SRTParseError, srt.TimestampParseError, ValueError, OverflowError):
        raise BadTranscript(
            "an SRT file must be numbered cues timed as 00:01:02,000 --> 00:01:04,000 with blank lines between them;"
            f" beside {_n_readable(source.text)} such cues this one holds something else: export it again"
        ) from None
    texts = [" ".join(unmarked(_STYLE.sub("", cue.content)).split()) for cue in cues]
    attributed, notes = attribute(texts)
    return Reading(
        [
            Passage(label, split(text), cue.start.total_seconds(), cue.end.total_seconds())
            for (label, text), cue in zip(attributed, cues, strict=True)
        ],
        notes=notes,
    )


def _n_readable(text: str) -> int:
    return len(_TIMING.findall(text))


FORMAT = Format(
    "srt",
    "SRT",
    (
        IS_TEXT,
        Mark(
            "a line like 00:00:01,000 --> 00:00:02,500",
            lambda source: bool(_TIMING.search(source.text[:_HEAD])),
        ),
        Mark("no WEBVTT in the first line", lambda source: not source.text.startswith("WEBVTT"), kind=True),
    ),
    read,
)
