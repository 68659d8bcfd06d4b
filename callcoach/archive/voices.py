"""Meetings in one file per person: which files are one call, whose voice each holds, when each begins.

::

    sidecars, tables, names of a folder ─► groups ─► meeting ─┬ voices   heard together, a channel each
                                                              └ beside   the same sound again, not heard

Whose voice a file holds is the ``participant`` of its table row or name pattern, and which meeting it
is of the ``source_id``; what Zoom writes is told by its own names. All files of a meeting per person
lie in one folder. Where every one of them says when it began, that aligns them; else they begin together.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from callcoach.archive.folder_csv import (
    NO_METADATA,
    Conflict,
    Found,
    find_metadata,
)
from callcoach.archive.folder_rows import files_of_people, row_of, texts_of
from callcoach.archive.grouping import FileKind, Group, grouped
from callcoach.archive.metadata import read_metadata
from callcoach.archive.name_patterns import ArchiveRules, SourceRule
from callcoach.archive.sources import RECORDING_SUFFIXES, Source
from callcoach.archive.zoom import CUT_AT, FOLDER, zoom_meeting, zoom_name
from callcoach.core import CallMetadata, Role, Voice
from callcoach.core.errors import BadMetadata, CallcoachError

_KEPT_FOLDERS = 8
_ALONE = (
    "This is one person's file of a meeting of {n}: the others' were not given, so nobody else is heard. "
    "Give their folder to hear all of them."
)
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One call in one file per person.

    Parameters
    ----------
    voices : tuple of Voice
        Two or more; the first by path stands for the call.
    beside : tuple of Path
        The same sound mixed: no call of its own.
    found : Found
        What is known of all of them together.
    error : CallcoachError or None
        Why they cannot be heard together.
    """

    voices: tuple[Voice, ...]
    beside: tuple[Path, ...] = ()
    found: Found = field(default_factory=Found)
    error: CallcoachError | None = None

    @property
    def lead(self) -> Path:
        """The file that stands for the call: the first of those that are there."""
        paths = sorted(voice.path for voice in self.voices)
        return next((path for path in paths if path.exists()), paths[0])

    @property
    def paths(self) -> tuple[Path, ...]:
        return (*(voice.path for voice in self.voices), *self.beside)

    def of(self, paths: Iterable[Path]) -> Meeting:
        """The same meeting with the voices of some files alone, and of those that are missing."""
        wanted = {*paths, *(voice.path for voice in self.voices if not voice.path.exists())}
        return replace(self, voices=tuple(voice for voice in self.voices if voice.path in wanted))

    def named(self, names: Iterable[str]) -> Meeting:
        """The same meeting with the full names of people whom it names in part."""
        known = tuple(dict.fromkeys(names))
        return replace(self, voices=tuple(replace(v, name=full_name(v.name, known)) for v in self.voices))


class Meetings:
    """Meetings of the folders of an archive, looked at once per folder while it does not change."""

    def __init__(self, rules: ArchiveRules | None = None) -> None:
        self._rules = rules
        self._folders: dict[tuple[Path, int], dict[Path, Meeting]] = {}

    def of(self, path: Path) -> Meeting | None:
        """The meeting that a file is of; None for a call in one file."""
        path = Path(os.path.abspath(path))
        zoom = zoom_meeting(path)
        folder = zoom[0] / FOLDER if zoom and zoom_name(path) is None else path.parent
        try:
            key = (folder, folder.stat().st_mtime_ns)
        except OSError:
            return None
        if key not in self._folders:
            if len(self._folders) >= _KEPT_FOLDERS:
                self._folders.pop(next(iter(self._folders)))
            self._folders[key] = self._look(folder)
        return self._folders[key].get(path)

    def _look(self, folder: Path) -> dict[Path, Meeting]:
        by_zoom = folder.name.casefold() == FOLDER.casefold()
        paths = set(_recordings(folder)) if by_zoom or self._rules else set()
        rules = {rule.name: rule for path in paths if (rule := self._rule_of(path)) is not None}
        try:
            listed = {p for rule in (rules.values() or (None,)) for p in files_of_people(folder, rule)}
        except BadMetadata:
            return {}  # every file of the folder says what is wrong with its table
        by_name = any(rule.pattern and "participant" in rule.pattern.groupindex for rule in rules.values())
        if not (listed or by_name or by_zoom):
            return {}
        paths |= {*listed, *_recordings(folder)}
        if by_zoom:
            paths.update(path for path in _recordings(folder.parent) if zoom_meeting(path))
        files = [(Source(str(path), path), _identity_of(path, self._rule_of(path))) for path in sorted(paths)]
        meetings: dict[Path, Meeting] = {}
        for group in grouped(files):
            if len(group.heard) >= 2:
                meeting = self._meeting(group)
                meetings.update(dict.fromkeys(meeting.paths, meeting))
        return meetings

    def _rule_of(self, path: Path) -> SourceRule | None:
        return self._rules.of(path) if self._rules else None

    def _meeting(self, group: Group) -> Meeting:
        beside = tuple(m.source.path for m in group.linked if m.kind is not FileKind.TRANSCRIPT)
        voices = [Voice(m.found.participant or "", m.source.path) for m in group.heard]
        try:
            found = [find_metadata(path, rules=self._rules) for path in (*(v.path for v in voices), *beside)]
        except CallcoachError as error:
            return Meeting(tuple(voices), beside, error=error)
        starts = [one.metadata.started_at for one in found[: len(voices)]]
        if None not in starts:
            first = min(starts)
            voices = [
                replace(v, starts_s=(at - first).total_seconds())
                for v, at in zip(voices, starts, strict=True)
            ]
        together = _together(found)
        names = [together.metadata.rep, *together.metadata.customers, *together.sides]
        meeting = Meeting(tuple(voices), beside, together).named(filter(None, names))
        return replace(meeting, error=_unclear(meeting))


def with_meetings(sources: Iterable[Source], meetings: Meetings) -> list[Source]:
    """Sources of which those that are one meeting are one source, where its first file was."""
    sources = list(sources)
    given = {Path(os.path.abspath(source.path)): source for source in sources if source.path is not None}
    done: set[Path] = set()
    together: list[Source] = []
    for source in sources:
        path = Path(os.path.abspath(source.path)) if source.path is not None else None
        whole = meetings.of(path) if path is not None else None
        if path in done:
            continue
        meeting = whole.of(given) if whole is not None else None
        if meeting is None or (len(meeting.voices) < 2 and path in whole.beside):
            together.append(source)
        elif len(meeting.voices) < 2:
            together.append(replace(source, notes=(_ALONE.format(n=len(whole.voices)),)))
        else:
            done.update(whole.paths)
            absent = sorted({v.name for v in whole.voices} - {v.name for v in meeting.voices})
            notes = [f"Not given, so not heard: the files of {', '.join(absent)}."] if absent else []
            mixed = sorted(path.name for path in whole.beside if path in given)
            notes += [f"The same sound mixed was not heard again: {', '.join(mixed)}."] if mixed else []
            lead = given[meeting.lead]
            together.append(Source(lead.uri, lead.path, meeting=meeting, notes=tuple(notes)))
    return together


def full_name(name: str, known: Sequence[str]) -> str:
    """The one known name that another stands for, written without spaces or cut; else the name itself.

    Examples
    --------
    >>> full_name("Volodymyr Sofishc", ["Volodymyr Sofishchenko", "Ana Okoro"])
    'Volodymyr Sofishchenko'
    >>> full_name("Lee", ["Leena Vos"])
    'Lee'
    """
    wanted = _plain(name)
    fitting = [
        one
        for one in known
        if _plain(one) == wanted or (len(wanted) >= CUT_AT - 1 and _plain(one).startswith(wanted))
    ]
    return fitting[0] if len({_plain(one) for one in fitting}) == 1 else name


def _identity_of(path: Path, rule: SourceRule | None) -> Found:
    """Whose voice a file holds and which meeting it is of, without judging what else is said of it."""
    texts: dict[str, str] = {}
    with contextlib.suppress(BadMetadata):  # who hears the file says so
        texts["source_id"] = read_metadata(path).source_id or ""
    row = row_of(path, rule)
    for said in (texts_of(row) if row else {}, rule.from_name(path) if rule else {}):
        for key in ("source_id", "participant"):
            if key in said and not texts.get(key):
                texts[key] = rule.meaning(key, said[key]) if rule else said[key]
    return Found(
        CallMetadata(source_id=texts.get("source_id") or None),
        source=rule.name if rule else None,
        participant=texts.get("participant") or zoom_name(path),
    )


def _plain(name: str) -> str:
    return _LETTERS.sub("", name.casefold())


def _recordings(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix.lower() in RECORDING_SUFFIXES and path.is_file()]


def _unclear(meeting: Meeting) -> BadMetadata | None:
    """Two files of one name whose order nobody knows: one after the other, or two people?"""
    names = [_plain(voice.name) for voice in meeting.voices]
    twice = next((v for v in meeting.voices if names.count(_plain(v.name)) > 1), None)
    told = any(v.starts_s for v in meeting.voices)
    numbered = all((zoom_meeting(v.path) or ("", ""))[1] for v in meeting.voices)
    if twice is None or told or numbered:
        return None
    return BadMetadata(
        f"the files of one meeting must be of one person each; two are {twice.name}'s, and nothing says when "
        "each begins: give every file its started_at in callcoach.csv, or each part of the meeting its source_id"
    )


def _together(found: Sequence[Found]) -> Found:
    """What the files of one meeting say: the first that says something counts, differences are listed."""
    values: dict[str, object] = {}
    conflicts: list[Conflict] = []
    for one in found:
        conflicts += one.conflicts
        for key in CallMetadata.__dataclass_fields__:
            value = getattr(one.metadata, key)
            if value in (None, (), {}):
                continue
            if key != "started_at" and key in values and values[key] != value:
                conflicts.append(Conflict(key, str(values[key]), "one file", str(value), "another"))
            values.setdefault(key, value)
    starts = [one.metadata.started_at for one in found if one.metadata.started_at]
    if starts:
        values["started_at"] = min(starts)
    first = next((one for one in found if one.understood), found[0])
    sides: dict[str, Role] = {name: side for one in found for name, side in one.sides.items()}
    people = tuple(dict.fromkeys(p for one in found for p in one.participants))
    return replace(
        first,
        metadata=replace(NO_METADATA, **values),
        participants=people or tuple(dict.fromkeys(one.participant for one in found if one.participant)),
        participant=None,
        conflicts=tuple(dict.fromkeys(conflicts)),
        doubts=tuple(dict.fromkeys(d for one in found for d in one.doubts)),
        sides=sides,
    )


def sides_known(store: object | None, found: Found) -> Mapping[str, Role]:
    """Sides of people by name: everybody in the store's people is ours; addresses and extensions tell others."""
    from callcoach.core import LOCAL_OWNER

    ours = (
        {name: Role.REP for person in store.people(LOCAL_OWNER) for name in (person.name, *person.aliases)}
        if store is not None
        else {}
    )
    return ours | dict(found.sides)
