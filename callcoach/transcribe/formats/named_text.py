"""Text with a name in front of what was said, as people and WhisperX write it.

::

    Dana: Hello.            [SPEAKER_00]: Hello.         [00:01:05] Agent: Hello.
    Lee: Hi there.          [SPEAKER_01]: Hi there.      [00:01:07] Customer: Hi there.

A line without a name goes on with the name before it. Starts are given where most lines have a
time in brackets; otherwise the order alone counts.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_TEXT, Format, Mark
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import looks_like_name, name_of, role_of, split_prefix
from callcoach.transcribe.formats.times import clock_s
from callcoach.transcribe.formats.words import split, unmarked

_LOOK_AT = 400  # lines that decide what the file is
_PREAMBLE = 5  # lines, a title say, that may stand before the first name
_NAMED_SHARE = 0.4  # of the lines; wrapped lines and second paragraphs carry no name
_SHORT = 24  # characters of a line
_FEW = 4  # names in a file too short for any to come back


def read(source: Source) -> Reading:
    """The reading of a text with names."""
    found = [_short(line) if len(line) <= _SHORT else split_prefix(line) for line in source.lines]
    labels = Counter([label for label, _, _ in found])
    names = {label for label, n in labels.items() if label is not None and (n > 1 or looks_like_name(label))}
    passages: list[Passage] = []
    for (label, time, rest), line in zip(found, source.lines, strict=True):
        named = label in names
        if named and (time or not passages or passages[-1].speaker != label):
            passages.append(Passage(label, split(unmarked(rest)), clock_s(time) if time else None))
        elif passages:
            passages[-1].words.extend(split(unmarked(rest if named else line)))
    return Reading(passages)


@lru_cache(maxsize=1 << 14)
def _short(line: str) -> tuple[str | None, str | None, str]:
    """Short lines come again and again."""
    return split_prefix(line)


def _is_conversation(source: Source) -> bool:
    """Whether names with words stand in front of enough lines, and the same names come back."""
    if source.is_json:
        return False
    lines = [line for line in source.lines if line.strip()][:_LOOK_AT]
    found = [split_prefix(line) for line in lines]
    labels = [label for label, _, _ in found if label]
    if not labels or all(label is None for label, _, _ in found[: _PREAMBLE + 1]):
        return False
    if len(labels) < _NAMED_SHARE * len(lines) or not any(rest.strip() for label, _, rest in found if label):
        return False
    distinct = set(labels)
    stated = any(role_of(label) != "UNKNOWN" or name_of(label) is None for label in distinct)
    if len(labels) <= _FEW:
        return (
            len(labels) > 1
            and all(looks_like_name(label) for label in distinct)
            and (stated or len(distinct) > 1)
        )
    return len(distinct) <= len(labels) / 2


FORMAT = Format(
    "text",
    'text with names ("Dana: hello")',
    (IS_TEXT, Mark("lines that start with a name and a colon, the same names again", _is_conversation)),
    read,
)
