"""What a format is: its name, the marks it is recognised by, and its reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callcoach.core import Transcript
from callcoach.transcribe.formats.passages import Reading
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.values import holds, reach

NEAREST = 3  # formats that an error names


@dataclass(frozen=True, slots=True)
class Mark:
    """Something a file of a format has, in words for people, and how to see it.

    Parameters
    ----------
    near : callable or None
        How much of it a file has, 0 to 1, for telling the nearest formats; None for all or nothing.
    kind : bool
        Whether it only tells JSON from text, or one format from another that has the same.
    """

    what: str
    seen: Callable[[Source], bool]
    near: Callable[[Source], float] | None = None
    kind: bool = False


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
        From a source that has the marks to a reading; to a transcript where we wrote the file ourselves.
    """

    name: str
    title: str
    marks: tuple[Mark, ...]
    read: Callable[[Source], Reading | Transcript]

    def missing(self, source: Source) -> tuple[str, ...]:
        """What a file lacks to be of this format; empty when it is."""
        return tuple(mark.what for mark in self.marks if not mark.seen(source))


IS_JSON = Mark("JSON", lambda source: source.is_json, kind=True)
IS_TEXT = Mark("plain text", lambda source: not source.is_json, kind=True)


def key(*paths: str) -> Mark:
    """A mark of a JSON format: something at one of some paths, such as ``"results.items[]"``."""
    return Mark(
        " or ".join(paths),
        lambda source: any(holds(source.document, path) for path in paths),
        lambda source: max(reach(source.document, path) for path in paths),
    )


def keys(*paths: str) -> tuple[Mark, ...]:
    """Marks of a JSON format that has something at each of some paths."""
    return (IS_JSON, *(key(path) for path in paths))


def lacks(path: str) -> Mark:
    """The mark of a JSON format that has nothing where another has it."""
    return Mark(f"no {path}", lambda source: not holds(source.document, path), kind=True)


def nearest(source: Source, formats: Sequence[Format]) -> tuple[tuple[Format, tuple[str, ...]], ...]:
    """The formats whose marks a file comes nearest to, each with those it misses.

    Of formats equally near the later of the list come first: they are the more general.
    """

    def nearness(format: Format) -> tuple[bool, float]:
        marks = [mark for mark in format.marks if not mark.kind]
        found = [1.0 if mark.seen(source) else mark.near(source) if mark.near else 0.0 for mark in marks]
        return format.marks[0].seen(source), sum(found) / max(1, len(found))

    ranked = sorted(reversed(formats), key=nearness, reverse=True)
    return tuple((format, format.missing(source)) for format in ranked[:NEAREST])
