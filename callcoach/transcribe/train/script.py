"""Scripts of made-up calls: who says what, and when relative to whom.

A script is a TOML file with a ``[call]`` table, ``[[speakers]]`` and ``[[lines]]``. The times of
its lines are relative, so that a changed voice or rate moves everything that follows::

    line 1  R  |so how does a job reach an engineer|
    line 2  C               |right|                    at_word = 6    beside line 1, floor stays
    line 3  C                                |well …|  gap_s = -0.3   from the end of line 1
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from callcoach.core.errors import BadSettings

_NOT_SPOKEN = re.compile(r"[^A-Za-z .,?'-]")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of a script: a person, a side, a channel (0 is left) and how it sounds."""

    label: str
    name: str
    role: str
    channel: int
    voice: str
    variant: str = ""
    rate_wpm: int = 175
    pitch: int = 50


@dataclass(frozen=True, slots=True)
class Line:
    """What one speaker says in one go; exactly one of `gap_s` and `at_word` is set.

    Parameters
    ----------
    gap_s : float, optional
        Seconds between the end of the last line that held the floor and the start of this one;
        negative overlaps. The line takes the floor. For the first line, from the start.
    at_word : int, optional
        This line starts in the middle of that word (from 1) of the last line that held the floor,
        and leaves the floor with it: a back-channel or a remark from the side.
    """

    who: str
    text: str
    gap_s: float | None = None
    at_word: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A whole call before it is spoken. `call` holds what is known of it (title, account, …)."""

    name: str
    call: dict
    speakers: tuple[Speaker, ...]
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        labels = {speaker.label for speaker in self.speakers}
        n_held = 0  # words of the line that holds the floor
        held_by = None
        for n, line in enumerate(self.lines, start=1):
            if line.who not in labels:
                raise self._refusal(n, "a speaker of the script", "an unknown label")
            if not line.text.split() or _NOT_SPOKEN.search(line.text):
                raise self._refusal(n, "letters and . , ? ' - only", "no words or other signs")
            if (line.gap_s is None) == (line.at_word is None):
                raise self._refusal(n, "exactly one of gap_s and at_word", "none or both")
            if line.at_word is None:
                n_held, held_by = len(line.text.split()), line.who
            elif not 1 <= line.at_word <= n_held or line.who == held_by:
                raise self._refusal(n, f"at_word within the other's {n_held} words", f"{line.at_word}")

    def _refusal(self, n: int, needed: str, found: str) -> BadSettings:
        return BadSettings(f"Script {self.name}, line {n} needs {needed}; found {found}.")

    def speaker(self, label: str) -> Speaker:
        """The speaker of that label."""
        return next(speaker for speaker in self.speakers if speaker.label == label)

    @property
    def n_channels(self) -> int:
        return 1 + max(speaker.channel for speaker in self.speakers)


def read_script(path: Path) -> Script:
    """Read a script from a TOML file; its name is the file's without the ending.

    Raises
    ------
    BadSettings
        If the file is no such script; the message names the line of the call.
    """
    document = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    try:
        return Script(
            name=Path(path).stem,
            call=document["call"],
            speakers=tuple(Speaker(**entry) for entry in document["speakers"]),
            lines=tuple(Line(**entry) for entry in document["lines"]),
        )
    except (KeyError, TypeError) as error:
        raise BadSettings(
            f"A script needs [call], [[speakers]] and [[lines]] with their known keys; {Path(path).name} "
            f"does not fit: {error}."
        ) from error
