"""Finding what there is to score: files, folders and URLs become sources, in a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from callcoach.archive.metadata import is_sidecar
from callcoach.core.errors import CallcoachError, EmptyInput, UnreadableInput

if TYPE_CHECKING:
    from callcoach.archive.voices import Meeting

RECORDING_SUFFIXES = frozenset(
    [
        ".wav",
        ".wave",
        ".mp3",
        ".m4a",
        ".mp4",
        ".m4v",
        ".mov",
        ".mkv",
        ".webm",
        ".ogg",
        ".opus",
        ".oga",
        ".flac",
        ".aac",
        ".amr",
        ".awb",
        ".3gp",
        ".wma",
        ".wmv",
        ".asf",
        ".aif",
        ".aiff",
        ".au",
        ".snd",
        ".gsm",
        ".g722",
        ".caf",
        ".ac3",
        ".avi",
        ".mpg",
        ".mpeg",
        ".ts",
        ".mts",
        ".flv",
        ".spx",
        ".mka",
        ".alaw",
        ".ulaw",
        ".vox",
    ]
)
TRANSCRIPT_SUFFIXES = frozenset([".vtt", ".srt", ".json", ".txt", ".md", ".csv"])
TABLE_NAME = "callcoach.csv"  # what a folder says of its files: metadata, not a transcript


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a local path, a URL, or a problem found while looking.

    Parameters
    ----------
    uri : str
        As the user wrote it, or as found in a folder.
    path : Path or None
        Where it can be read on this machine; None for a URL that must be fetched first.
    error : CallcoachError or None
        Why there is nothing to read.
    meeting : Meeting or None
        Where the call is in one file per person: all of them; `uri` and `path` are the first's.
    notes : tuple of str
        What a person should know of how it was given.
    """

    uri: str
    path: Path | None = None
    error: CallcoachError | None = None
    meeting: Meeting | None = None
    notes: tuple[str, ...] = ()


def find_sources(inputs: Iterable[str]) -> Iterator[Source]:
    """Every source of the inputs, in their order; files of a folder sorted by path.

    A folder gives its recordings and transcripts at any depth: hidden files, sidecars and suffixes
    of neither are left out. A file that is named is always taken, whatever its suffix.
    """
    for text in inputs:
        if is_url(text):
            yield Source(text)
            continue
        path = Path(text.removeprefix("file://") if text.startswith("file://") else text).expanduser()
        if path.is_dir():
            yield from _in_folder(path)
        elif path.exists():
            yield Source(text, path)
        else:
            yield Source(
                text,
                error=UnreadableInput(
                    f"an input must be a file, a folder or a URL; nothing is at {path.name!r}: check the spelling"
                ),
            )


def is_url(text: str) -> bool:
    scheme = urlsplit(text).scheme
    return len(scheme) > 1 and scheme != "file" and "://" in text


def companion_recording(path: Path) -> Path | None:
    """The recording of the same base name beside a transcript: together they are one call."""
    return _beside(path, RECORDING_SUFFIXES) if path.suffix.lower() in TRANSCRIPT_SUFFIXES else None


def companion_transcript(path: Path) -> Path | None:
    """The transcript of the same base name beside a recording."""
    return _beside(path, TRANSCRIPT_SUFFIXES) if path.suffix.lower() in RECORDING_SUFFIXES else None


def _beside(path: Path, suffixes: frozenset[str]) -> Path | None:
    for suffix in sorted(suffixes):
        for candidate in (path.with_suffix(suffix), path.with_suffix(suffix.upper())):
            if candidate != path and candidate.is_file() and not is_sidecar(candidate):
                return candidate
    return None


def _in_folder(folder: Path) -> Iterator[Source]:
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not is_sidecar(path)
        and path.name != TABLE_NAME
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.suffix.lower() in RECORDING_SUFFIXES | TRANSCRIPT_SUFFIXES
    ]
    if not found:
        yield Source(
            str(folder),
            error=EmptyInput(f"a folder must hold recordings or transcripts; {folder.name!r} holds none"),
        )
    for path in found:
        yield Source(str(path), path)
