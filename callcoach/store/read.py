"""One call as it was stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from callcoach.core import Call, CallClass, Media, Transcript
from callcoach.core.documents import transcript_from_document
from callcoach.core.errors import NotFound
from callcoach.store.cards import card_row
from callcoach.store.packing import unpack
from callcoach.store.people import get_call_people
from callcoach.store.rows import TranscriptRow
from callcoach.store.schema import calls, media, sources, transcripts
from callcoach.store.values import metadata_from

# Made once: a worker asks them for every call.
_CALL_OF = select(sources.c.call_id).where(sources.c.sha256 == bindparam("of_sha256"))
_CALL = select(calls.c.id).where(calls.c.id == bindparam("of_call"))
_TRANSCRIPT = select(transcripts.c.id).where(transcripts.c.id == bindparam("of_id"))
_PACKED = select(transcripts.c.document).where(transcripts.c.id == bindparam("of_id"))
_CURRENT = select(calls.c.current_transcript_id).where(calls.c.id == bindparam("of_call"))


def call_of(connection: Connection, sha256: str) -> str | None:
    return connection.scalar(_CALL_OF, {"of_sha256": sha256})


def call_of_source_id(connection: Connection, source_id: str) -> str | None:
    return connection.scalar(
        select(calls.c.id)
        .where(calls.c.source_id == source_id)
        .order_by(calls.c.added_at, calls.c.id)
        .limit(1)
    )


def earlier_calls(connection: Connection, account: str, before: datetime, limit: int) -> tuple[str, ...]:
    """Ids of an account's calls before a time, latest first; calls without a time of their own are left out."""
    rows = connection.execute(
        select(calls.c.id, calls.c.metadata)
        .where(calls.c.account == account, calls.c.sort_at < before)
        .order_by(calls.c.sort_at.desc(), calls.c.id)
        .limit(2 * limit)
    )
    return tuple(id_ for id_, known in rows if known.get("started_at"))[:limit]


def has_call(connection: Connection, call_id: str) -> bool:
    return connection.scalar(_CALL, {"of_call": call_id}) is not None


def has_transcript(connection: Connection, transcript_id: str) -> bool:
    return connection.scalar(_TRANSCRIPT, {"of_id": transcript_id}) is not None


def get_call(connection: Connection, call_id: str) -> Call:
    row = connection.execute(
        select(calls.c.metadata, calls.c.call_class, calls.c.current_transcript_id).where(
            calls.c.id == call_id
        )
    ).one()
    ids = connection.scalars(
        select(transcripts.c.id)
        .where(transcripts.c.call_id == call_id)
        .order_by(transcripts.c.added_at, transcripts.c.id)
    )
    return Call(
        id=call_id,
        metadata=metadata_from(row.metadata),
        call_class=CallClass(row.call_class) if row.call_class else None,
        media=get_media(connection, call_id),
        people=get_call_people(connection, call_id),
        transcript_ids=tuple(ids),
        current_transcript_id=row.current_transcript_id,
    )


def get_media(connection: Connection, call_id: str) -> tuple[Media, ...]:
    rows = connection.execute(
        select(media)
        .where(media.c.call_id == call_id)
        .order_by(media.c.added_at, media.c.channel.nulls_last(), media.c.sha256)
    )
    return tuple(
        Media(
            row.uri,
            row.sha256,
            row.duration_s,
            row.n_channels,
            row.sample_rate_hz,
            row.format,
            row.channel,
            row.starts_s or 0.0,
        )
        for row in rows
    )


def get_transcript(connection: Connection, transcript_id: str | None) -> Transcript | None:
    packed = connection.scalar(_PACKED, {"of_id": transcript_id})
    return None if packed is None else transcript_from_document(unpack(packed))


def current_transcript_id(connection: Connection, call_id: str) -> str:
    return connection.scalar(_CURRENT, {"of_call": call_id})


def transcript_rows(connection: Connection, call_id: str) -> tuple[TranscriptRow, ...]:
    current = current_transcript_id(connection, call_id)
    t = transcripts.c
    rows = connection.execute(
        select(t.id, t.kind, t.format, t.engine, t.has_text, t.source_uri, t.added_at)
        .where(t.call_id == call_id)
        .order_by(t.added_at, t.id)
    )
    return tuple(
        TranscriptRow(
            row.id,
            row.id == current,
            row.kind,
            row.format,
            row.engine,
            row.has_text,
            row.source_uri,
            row.added_at,
        )
        for row in rows
    )


def get_document(connection: Connection, call_id: str, *, corrected: bool) -> dict:
    row = card_row(connection, current_transcript_id(connection, call_id), corrected=corrected)
    if row is None:
        raise NotFound(f"a call must be judged to be shown; {call_id!r} is not: score its source again")
    return unpack(row.document)
