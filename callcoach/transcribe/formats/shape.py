"""What a format is: its name, the marks it is recognised by, and its reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callcoach.transcribe.formats.passages import Reading
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.values import holds

NEAREST = 3  # formats that an error names


@dataclass(frozen=True, slots=True)
class Mark:
    """Something a file of a format has, in words for people, and how to see it."""

    what: str
    seen: Callable[[Source], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """One vendor format.

    Parameters
    ----------
    name : str
        Stable; part of the recognition key.
    title : str
        For people.
    marks : tuple of Mark
        A file that has all of them is of this format. The first tells JSON from text.
    read : callable
        From a source that has the marks to a reading.
    """

    name: str
    title: str
    marks: tuple[Mark, ...]
    read: Callable[[Source], Reading]

    def missing(self, source: Source) -> tuple[str, ...]:
        """What a file lacks to be of this format; empty when it is."""
        return tuple(mark.what for mark in self.marks if not mark.seen(source))


IS_JSON = Mark("JSON", lambda source: source.is_json)
IS_TEXT = Mark("plain text", lambda source: not source.is_json)


def keys(*paths: str) -> tuple[Mark, ...]:
    """Marks of a JSON format: paths that must hold something, such as ``"results.items[]"``."""
    return (IS_JSON, *(Mark(path or "a value", _has(path)) for path in paths))


def lacks(*paths: str) -> tuple[Mark, ...]:
    """Marks that a JSON format does not have what makes it another."""
    return tuple(
        Mark(f"no {path}", lambda source, path=path: not holds(source.document, path)) for path in paths
    )


def _has(path: str) -> Callable[[Source], bool]:
    return lambda source: holds(source.document, path)


def nearest(source: Source, formats: Sequence[Format]) -> tuple[tuple[Format, tuple[str, ...]], ...]:
    """The formats that miss the smallest share of their marks, each with what it misses."""
    missing = [(format, format.missing(source)) for format in formats]
    missing.sort(key=lambda pair: len(pair[1]) / len(pair[0].marks))  # stable: ties by order of the list
    return tuple(missing[:NEAREST])
