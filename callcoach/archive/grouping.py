"""Several files of one meeting become one call, and the best of them is heard.

Files belong together by `source_id`; a recording and a transcript also by the same base name in one
folder, and what Zoom recorded by its folder. Of what there is::

    one audio per participant (two or more)   each file is one speaker's channel: best
    audio                                     before
    video                                     the same sound in a larger file
    transcript                                proposed beside it, or alone
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from callcoach.archive.folder_csv import Conflict, Found
from callcoach.archive.sources import TRANSCRIPT_SUFFIXES, Source
from callcoach.archive.zoom import zoom_meeting

VIDEO_SUFFIXES = frozenset(
    [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".wmv", ".mpg", ".mpeg", ".ts", ".mts", ".flv"]
)


class FileKind(StrEnum):
    PARTICIPANT = "participant"
    AUDIO = "audio"
    VIDEO = "video"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a call."""

    source: Source
    found: Found
    kind: FileKind


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one call.

    Parameters
    ----------
    heard : tuple of Member
        What becomes the call: one file, or one per participant.
    proposed : tuple of Member
        Transcripts beside what is heard.
    linked : tuple of Member
        The same sound again: linked, not heard.
    conflicts : tuple of Conflict
        Between the files; those inside one file's metadata stay with it.
    """

    source_id: str | None
    heard: tuple[Member, ...]
    proposed: tuple[Member, ...] = ()
    linked: tuple[Member, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def kind_of(source: Source, found: Found) -> FileKind:
    suffix = ("." + source.uri.rsplit(".", 1)[-1]).lower()
    if suffix in TRANSCRIPT_SUFFIXES:
        return FileKind.TRANSCRIPT
    if found.participant is not None:
        return FileKind.PARTICIPANT
    return FileKind.VIDEO if suffix in VIDEO_SUFFIXES else FileKind.AUDIO


def grouped(files: Iterable[tuple[Source, Found]]) -> tuple[Group, ...]:
    """Calls, in the order of their first file."""
    together: dict[object, list[Member]] = {}
    by_base: dict[str, object] = {}
    for source, found in files:
        base = source.uri.rsplit(".", 1)[0]
        id_ = found.metadata.source_id
        key = (found.source, id_) if id_ else by_base.get(base) or _zoom(source) or base
        known = by_base.setdefault(base, key)
        if known != key and known == base and id_:
            # The transcript came first and had no id: it joins its recording.
            together.setdefault(key, []).extend(together.pop(base, []))
            by_base[base] = key
        together.setdefault(key, []).append(Member(source, found, kind_of(source, found)))
    return tuple(_group(members) for members in together.values())


def _zoom(source: Source) -> object:
    return zoom_meeting(source.path) if source.path is not None else None


def _group(members: list[Member]) -> Group:
    of = {kind: tuple(m for m in members if m.kind is kind) for kind in FileKind}
    participants = {(m.found.participant or "").casefold() for m in of[FileKind.PARTICIPANT]}
    if len(participants) >= 2:
        heard = of[FileKind.PARTICIPANT]
    else:
        order = (
            *of[FileKind.AUDIO],
            *of[FileKind.VIDEO],
            *of[FileKind.PARTICIPANT],
            *of[FileKind.TRANSCRIPT],
        )
        heard = order[:1]
    proposed = tuple(m for m in of[FileKind.TRANSCRIPT] if m not in heard)
    linked = tuple(m for m in members if m not in heard and m not in proposed)
    ids = [m.found.metadata.source_id for m in members if m.found.metadata.source_id]
    return Group(ids[0] if ids else None, heard, proposed, linked, _conflicts(members))


def _conflicts(members: list[Member]) -> tuple[Conflict, ...]:
    """What two files of one call say differently."""
    found: list[Conflict] = []
    for key in ("started_at", "rep", "account", "call_type", "outcome", "stage"):
        first: tuple[object, str] | None = None
        for member in members:
            value = getattr(member.found.metadata, key)
            # People join one after another: each file may begin at a time of its own.
            if value is None or (key == "started_at" and member.kind is FileKind.PARTICIPANT):
                continue
            name = member.source.uri.rsplit("/", 1)[-1]
            if first is None:
                first = (value, name)
            elif value != first[0]:
                found.append(Conflict(key, str(first[0]), first[1], str(value), name))
    return tuple(found)
