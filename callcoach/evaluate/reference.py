"""Labelled recordings of a folder: a recording, and beside it who really spoke when.

The reference has the recording's base name and is one of

- ``NAME.rttm``: lines ``SPEAKER file channel start duration <NA> <NA> label <NA> <NA>``
- ``NAME.truth.json``: ``{"speech": {label: [[start_s, end_s], …]}}``, as the bundled calls have it;
  ``speakers`` with ``label`` and ``role`` say which side is the rep's
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from callcoach.archive.sources import RECORDING_SUFFIXES
from callcoach.core import Interval, Intervals, support
from callcoach.core.errors import BadMetadata, EmptyInput


@dataclass(frozen=True, slots=True)
class Labelled:
    """A recording and the truth of it; `rep` holds the labels of the rep's side, where known."""

    recording: Path
    speech: dict[str, Intervals]
    rep: tuple[str, ...] = ()


def labelled_recordings(folder: Path) -> Iterator[Labelled]:
    """Every recording of a folder that has a reference, by name.

    Raises
    ------
    EmptyInput
        If there is none.
    BadMetadata
        If a reference cannot be read, naming it.
    """
    found = False
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() not in RECORDING_SUFFIXES:
            continue
        for suffix, read in ((".rttm", read_rttm), (".truth.json", read_truth)):
            reference = path.with_name(path.stem + suffix)
            if reference.is_file():
                speech, rep = read(reference)
                found = True
                yield Labelled(path, speech, rep)
                break
    if not found:
        raise EmptyInput(
            f"a folder to evaluate on must hold recordings with NAME.rttm or NAME.truth.json; {folder.name!r} holds none"
        )


def read_rttm(path: Path) -> tuple[dict[str, Intervals], tuple[str, ...]]:
    """Speech by label of an RTTM file; nobody's side is known."""
    pieces: dict[str, list[Interval]] = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        cells = line.split()
        if not cells or cells[0] != "SPEAKER":
            continue
        try:
            start_s, duration_s = float(cells[3]), float(cells[4])
            pieces.setdefault(cells[7], []).append(Interval(start_s, start_s + duration_s))
        except (IndexError, ValueError) as error:
            raise BadMetadata(
                f"{path.name}, line {number}: needs SPEAKER file channel start duration … label; found something else"
            ) from error
    return {label: support(own) for label, own in pieces.items()}, ()


def read_truth(path: Path) -> tuple[dict[str, Intervals], tuple[str, ...]]:
    """Speech by label and the rep's labels of a truth file."""
    try:
        table = json.loads(_text(path))
        speech = {
            label: support(Interval(float(a), float(b)) for a, b in pairs)
            for label, pairs in table["speech"].items()
        }
        rep = tuple(s["label"] for s in table.get("speakers", ()) if s["role"] == "REP")
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BadMetadata(
            f'{path.name}: needs {{"speech": {{label: [[start_s, end_s]]}}}}; it is not that'
        ) from error
    return speech, rep


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadMetadata(
            f"{path.name} must be readable text; {type(error).__name__} when reading it"
        ) from error
