"""Everything of one call, in one transaction; nothing at all when nothing is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, update

from callcoach.core import Call, CallMetadata, Capability, Media, Scorecard, Transcript
from callcoach.core.documents import transcript_to_document
from callcoach.core.edits import active
from callcoach.store.cards import CORRECTED, MACHINE, drop_card, put_card, show
from callcoach.store.edits import edits_of
from callcoach.store.jobs import clear_failure
from callcoach.store.packing import pack
from callcoach.store.people import put_call_people, show_people
from callcoach.store.rows import Recorded
from callcoach.store.schema import calls, clean, media, sources, transcripts
from callcoach.store.values import metadata_values


def record(
    connection: Connection,
    call: Call,
    *,
    transcript: Transcript,
    source_uri: str,
    document: dict,
    card: Scorecard,
    machine_document: dict | None = None,
) -> Recorded:
    """See `Store.record`."""
    now = datetime.now(UTC)
    holder = connection.execute(
        select(transcripts.c.call_id, transcripts.c.source_uri).where(transcripts.c.id == transcript.id)
    ).first()
    if holder is not None and holder.call_id != call.id:
        call = replace(call, id=holder.call_id)
        document = {**document, "call": {**document["call"], "id": call.id}}
    stored = connection.execute(
        select(
            calls.c.metadata,
            calls.c.call_class,
            calls.c.n_channels,
            calls.c.added_at,
            calls.c.current_transcript_id,
        ).where(calls.c.id == call.id)
    ).first()
    if stored is None:
        connection.execute(insert(calls).values(_new_call(call, now)))
    _put_sources(connection, call, transcript, source_uri, now)
    if holder is None:
        connection.execute(insert(transcripts).values(_new_transcript(call, transcript, source_uri, now)))
    elif holder.source_uri != clean(source_uri):
        where = transcripts.c.id == transcript.id
        connection.execute(update(transcripts).where(where).values(source_uri=source_uri))

    current = _current(connection, stored and stored.current_transcript_id, transcript)
    becomes_current = stored is None or current != stored.current_transcript_id
    changes = _changed(
        call, stored, at=stored.added_at if stored else now, current=current, transcript=transcript
    )
    if changes:
        connection.execute(update(calls).where(calls.c.id == call.id).values(**changes))
    if transcript.id == current and put_call_people(connection, call.id, call.people):
        show_people(connection, call.id)
    rejudged = _put_cards(connection, call.id, transcript.id, card, document, machine_document)
    if transcript.id == current and (rejudged or becomes_current):
        show(connection, call.id, current)
    if holder is None and stored is not None:
        _count_proposals(connection, call.id)
    clear_failure(connection, source_uri, call.id)
    return Recorded(call.id, stored is None, holder is None, proposed=transcript.id != current)


def sort_time(metadata: CallMetadata, added_at: datetime) -> datetime:
    """The moment that lists are ordered by."""
    return metadata.started_at or added_at


def _new_call(call: Call, now: datetime) -> dict[str, object]:
    """A row in which only what others refer to is right yet."""
    return {
        "id": call.id,
        "added_at": now,
        "sort_at": now,
        "metadata": {},
        "customers": [],
        "roles_known": False,
        "has_proposal": False,
        "n_judged": 0,
        "n_items": 0,
    }


def _changed(call: Call, stored, *, at: datetime, current: str, transcript: Transcript) -> dict[str, object]:
    """Columns of `calls` that this record changes; a proposal changes the metadata alone."""
    values, new = metadata_values(call.metadata), {}
    if stored is None or stored.metadata != values:
        new = metadata_columns(call.metadata, at)
    if transcript.id == current:
        call_class = call.call_class.value if call.call_class else None
        n_channels = max((one.n_channels for one in call.media), default=None)
        if stored is None or stored.call_class != call_class:
            new["call_class"] = call_class
        if n_channels is not None and (stored is None or stored.n_channels != n_channels):
            new["n_channels"] = n_channels
    if stored is None or stored.current_transcript_id != current:
        new["current_transcript_id"] = current
    return new


def metadata_columns(metadata: CallMetadata, added_at: datetime) -> dict[str, object]:
    return {
        "metadata": metadata_values(metadata),
        "sort_at": sort_time(metadata, added_at),
        "account": metadata.account,
        "source_id": metadata.source_id,
    }


def _new_transcript(call: Call, transcript: Transcript, source_uri: str, now: datetime) -> dict[str, object]:
    packed, _ = pack(transcript_to_document(transcript))
    provenance = transcript.provenance
    return {
        "id": transcript.id,
        "call_id": call.id,
        "source_sha256": transcript.source_sha256,
        "source_uri": source_uri,
        "recognition_key": provenance.recognition_key,
        "kind": provenance.kind,
        "format": provenance.format,
        "engine": provenance.engine,
        "model": provenance.model,
        "language": transcript.language,
        "has_text": has_text(transcript),
        "duration_s": transcript.duration_s,
        "document": packed,
        "added_at": now,
    }


def has_text(transcript: Transcript) -> bool:
    return Capability.TEXT in transcript.capabilities and any(turn.words for turn in transcript.turns)


def _current(connection: Connection, current: str | None, transcript: Transcript) -> str:
    """The first transcript is current; a later one only if it brings the first words."""
    if current is None or current == transcript.id:
        return transcript.id
    wordless = not connection.scalar(select(transcripts.c.has_text).where(transcripts.c.id == current))
    return transcript.id if wordless and has_text(transcript) else current


def _put_cards(
    connection: Connection,
    call_id: str,
    transcript_id: str,
    card: Scorecard,
    document: dict,
    machine_document: dict | None,
) -> bool:
    """Keep the machine's card. A corrected one that rests on no edit has had its day then."""
    if machine_document is not None:
        machine = replace(card, revision="0")
        changed = put_card(
            connection,
            call_id,
            transcript_id=transcript_id,
            kind=MACHINE,
            card=machine,
            document=machine_document,
        )
        return changed | put_card(
            connection, call_id, transcript_id=transcript_id, kind=CORRECTED, card=card, document=document
        )
    changed = put_card(
        connection, call_id, transcript_id=transcript_id, kind=MACHINE, card=card, document=document
    )
    if changed and not active(edits_of(connection, call_id)):
        drop_card(connection, transcript_id, CORRECTED)
    return changed


def _count_proposals(connection: Connection, call_id: str) -> None:
    n = connection.scalar(
        select(func.count()).select_from(transcripts).where(transcripts.c.call_id == call_id)
    )
    connection.execute(update(calls).where(calls.c.id == call_id).values(has_proposal=n > 1))


def _put_sources(
    connection: Connection, call: Call, transcript: Transcript, source_uri: str, now: datetime
) -> None:
    """Every hash that leads to the call, and where its bytes were seen last."""
    found = {one.sha256: (one.uri, "media") for one in call.media}
    kind = "media" if transcript.source_sha256 in found else "transcript"
    found[transcript.source_sha256] = (source_uri, kind)
    known = {
        row.sha256: row
        for row in connection.execute(select(sources).where(sources.c.sha256.in_(sorted(found))))
    }
    for sha256, (uri, kind) in found.items():
        if sha256 not in known:
            row = {"sha256": sha256, "call_id": call.id, "uri": uri, "kind": kind, "added_at": now}
            connection.execute(insert(sources).values(row))
        elif known[sha256].uri != clean(uri):
            connection.execute(update(sources).where(sources.c.sha256 == sha256).values(uri=uri))
    for one in call.media:
        _put_media(connection, call.id, one, now)


def _put_media(connection: Connection, call_id: str, one: Media, now: datetime) -> None:
    values = {
        "uri": clean(one.uri),
        "duration_s": one.duration_s,
        "n_channels": one.n_channels,
        "sample_rate_hz": one.sample_rate_hz,
        "format": clean(one.format),
    }
    where = media.c.sha256 == one.sha256
    known = connection.execute(select(*(media.c[name] for name in values)).where(where)).first()
    if known is None:
        connection.execute(insert(media).values(sha256=one.sha256, call_id=call_id, added_at=now, **values))
    elif dict(known._mapping) != values:
        connection.execute(update(media).where(where).values(**values))
