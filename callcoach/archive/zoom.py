"""What Zoom calls the files of a meeting that it records on a computer, one per person among them.

::

    2026-09-14 10.00.02 Review/
    ├── audio1639780501.m4a                        everybody, mixed
    ├── video1639780501.mp4
    └── Audio Record/
        ├── audioAnaOkoro11639780501.m4a           name, place among the people, number of the recording
        └── audioLeeVos21639780501.m4a

The name is the display name without spaces, cut at 16 characters; it is taken apart
again at capitals (`voices` replaces it by a name that is known). A recording that was stopped and
started again has a second set of files with another number. Older releases wrote ``audio_only.m4a``,
``zoom_0.mp4`` and ``audio_only_1639780501_Ana Okoro.m4a``. All files of a set begin together.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = "Audio Record"
CUT_AT = 16  # characters of a display name
NUMBER_DIGITS = 10  # of a recording, at the end of its files' names
_OLD = re.compile(r"audio_only_(?P<number>\d{5,})_(?P<name>.+)", re.I)
_NEW = re.compile(r"audio(?P<name>.*?[^\d_].*?)(?P<number>\d*)", re.I)
_MIXED = re.compile(r"(?:audio|video)(?P<number>\d{5,})|audio_only(?:_\d+)?|zoom_\d+", re.I)
_WORDS = re.compile(r"(?<=[a-z][a-z])(?<!\bMac)(?=[A-Z])")


def zoom_name(path: Path) -> str | None:
    """Whose voice a file holds, by its name; None for files that Zoom did not write per person.

    Examples
    --------
    >>> zoom_name(Path("Review/Audio Record/audioAnaOkoro11639780501.m4a"))
    'Ana Okoro'
    >>> zoom_name(Path("Review/audio1639780501.m4a"))
    """
    told = _told(path)
    return None if told is None else _WORDS.sub(" ", told["name"].strip(" _-"))


def zoom_meeting(path: Path) -> tuple[Path, str] | None:
    """The meeting's folder and the recording's number, for files per person and for those of everybody.

    The number is empty where the names do not hold enough digits to tell it from the person's place.
    """
    told = _told(path)
    if told is not None:
        digits = told["number"] or ""
        exact = _OLD.fullmatch(path.stem) is not None or len(digits) > NUMBER_DIGITS
        return path.parent.parent, digits[-NUMBER_DIGITS:] if exact else ""
    mixed = _MIXED.fullmatch(path.stem)
    if mixed is None or not (path.parent / FOLDER).is_dir():
        return None
    return path.parent, (mixed["number"] or "")[-NUMBER_DIGITS:]


def _told(path: Path) -> re.Match[str] | None:
    if path.parent.name.casefold() != FOLDER.casefold():
        return None
    return _OLD.fullmatch(path.stem) or _NEW.fullmatch(path.stem)
