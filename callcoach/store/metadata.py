"""What people say of a call beside its words, and which of its transcripts they take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from callcoach.core import CallMetadata, CallPerson, Role, Viewer
from callcoach.core.errors import NotFound
from callcoach.store.call_columns import metadata_columns, set_columns
from callcoach.store.cards import show
from callcoach.store.people import get_call_people, put_call_people, show_people
from callcoach.store.read import get_call
from callcoach.store.schema import calls, transcripts
from callcoach.store.seen import log_action

_CHANNEL_SPEAKERS = ("left", "right")


def set_metadata(connection: Connection, viewer: Viewer, call_id: str, metadata: CallMetadata) -> None:
    before = get_call(connection, call_id).metadata
    if metadata == before:
        return
    added_at = connection.scalar(select(calls.c.added_at).where(calls.c.id == call_id))
    set_columns(connection, call_id, metadata_columns(metadata, added_at))
    people = people_after(get_call_people(connection, call_id), before, metadata)
    if put_call_people(connection, call_id, people):
        show_people(connection, call_id)
    log_action(connection, viewer, call_id, "metadata")


def people_after(
    people: Iterable[CallPerson], before: CallMetadata, now: CallMetadata
) -> tuple[CallPerson, ...]:
    """Who was in the call once the metadata says something else.

    Names that the metadata takes back go and new ones come. Where it says anew which side is whose,
    the sides that were settled for the channels before give way to it.
    """
    names_before = {Role.REP: [before.rep] if before.rep else [], Role.CUSTOMER: list(before.customers)}
    names_now = {Role.REP: [now.rep] if now.rep else [], Role.CUSTOMER: list(now.customers)}
    kept: list[CallPerson] = []
    for person in people:
        if now.channels != before.channels and person.speaker in _CHANNEL_SPEAKERS:
            person = replace(person, speaker=None)
        gone = person.name in names_before.get(person.side, ()) and person.name not in names_now[person.side]
        if gone:
            person = replace(person, name=None, person_id=None)
        if person.name or person.speaker:
            kept.append(person)
    for side, names in names_now.items():
        there = {person.name for person in kept if person.side is side}
        for name in names:
            if name in there:
                continue
            nameless = next((p for p in kept if p.side is side and p.name is None and len(names) == 1), None)
            if nameless is not None:
                kept[kept.index(nameless)] = replace(nameless, name=name)
            else:
                kept.append(CallPerson(side, name))
    return tuple(kept)


def choose(connection: Connection, call_id: str, transcript_id: str) -> None:
    known = connection.scalar(
        select(transcripts.c.id).where(transcripts.c.id == transcript_id, transcripts.c.call_id == call_id)
    )
    if known is None:
        raise NotFound(
            "a transcript must be one of the call's to be taken; this one is not: choose one that is listed"
        )
    set_columns(connection, call_id, {"current_transcript_id": transcript_id})
    show(connection, call_id, transcript_id)
