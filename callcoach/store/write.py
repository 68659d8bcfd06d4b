"""Everything of one call, in one transaction; nothing at all when nothing is new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from callcoach.core import Call, Capability, Transcript
from callcoach.core.documents import transcript_to_document
from callcoach.core.edits import active
from callcoach.store.call_columns import metadata_columns, set_columns
from callcoach.store.cards import (
    CORRECTED,
    MACHINE,
    Judgement,
    counting,
    drop_card,
    has_corrected,
    put_card,
    said_in,
    summary,
)
from callcoach.store.columns import clean
from callcoach.store.edits import edits_of
from callcoach.store.jobs import clear_failure
from callcoach.store.packing import pack
from callcoach.store.people import people_columns, put_call_people
from callcoach.store.read import has_call
from callcoach.store.rows import Recorded
from callcoach.store.schema import calls, transcripts
from callcoach.store.search import index_words
from callcoach.store.sources import put_sources
from callcoach.store.values import metadata_values

# Made once: a worker runs them for every call.
_STORED = select(
    calls.c.metadata, calls.c.call_class, calls.c.n_channels, calls.c.added_at, calls.c.current_transcript_id
).where(calls.c.id == bindparam("of_call"))
_HOLDER = select(transcripts.c.call_id, transcripts.c.source_uri).where(
    transcripts.c.id == bindparam("of_id")
)
_INSERT_CALL, _INSERT_TRANSCRIPT = insert(calls), insert(transcripts)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One call as it arrives, with everything slow done before the transaction.

    `transcript_row` is None when the transcript was there already, `corrected` when nobody
    corrected anything.
    """

    call: Call
    transcript: Transcript
    source_uri: str
    machine: Judgement
    corrected: Judgement | None
    parts: list[str]
    transcript_row: dict | None


def arrival(
    call: Call,
    transcript: Transcript,
    source_uri: str,
    machine: Judgement,
    corrected: Judgement | None,
    *,
    known: bool,
) -> Arrival:
    return Arrival(
        call,
        transcript,
        source_uri,
        machine,
        corrected,
        parts=said_in((corrected or machine).document),
        transcript_row=None if known else _new_transcript(transcript),
    )


def record(connection: Connection, new: Arrival) -> Recorded:
    """See `Store.record`."""
    now, transcript_id = datetime.now(UTC), new.transcript.id
    holder = connection.execute(_HOLDER, {"of_id": transcript_id}).first()
    if holder is not None and holder.call_id != new.call.id:
        new = _of_call(new, holder.call_id)
    elif holder is None and (known := _of_source_id(connection, new.call)) is not None:
        new = _of_call(new, known)
    call, source_uri = new.call, new.source_uri
    stored = connection.execute(_STORED, {"of_call": call.id}).first()
    current = _current(connection, stored and stored.current_transcript_id, new.transcript)
    is_current = transcript_id == current
    changes = _changes(call, stored, now=now, current=current, is_current=is_current)
    is_first_shown = "current_transcript_id" in changes
    if stored is None:
        connection.execute(_INSERT_CALL, {**_new_call(call, now), **changes})
        changes = {}
    put_sources(connection, call, new.transcript, source_uri, now)
    if holder is None:
        row = new.transcript_row or _new_transcript(new.transcript)
        connection.execute(
            _INSERT_TRANSCRIPT, {"call_id": call.id, "source_uri": source_uri, "added_at": now, **row}
        )
    elif holder.source_uri != clean(source_uri):
        where = transcripts.c.id == transcript_id
        connection.execute(update(transcripts).where(where).values(source_uri=source_uri))

    if is_current and put_call_people(connection, call.id, call.people):
        changes |= people_columns(connection, call.id)
    judged = _put_cards(connection, new)
    if is_current and (judged or is_first_shown):
        changes |= _shown(connection, new)
    if changes:
        set_columns(connection, call.id, changes)
    if holder is None and stored is not None:
        _count_proposals(connection, call.id)
    clear_failure(connection, source_uri, call.id)
    return Recorded(call.id, stored is None, holder is None, proposed=not is_current)


def _of_source_id(connection: Connection, call: Call) -> str | None:
    """The call of the same id in the other system, which arrived while this one was being judged."""
    if call.metadata.source_id is None or has_call(connection, call.id):
        return None
    where = (calls.c.source_id == call.metadata.source_id, calls.c.id != call.id)
    return connection.scalar(select(calls.c.id).where(*where).order_by(calls.c.added_at, calls.c.id).limit(1))


def _of_call(new: Arrival, call_id: str) -> Arrival:
    """The same arrival for the call that has had its transcript all along."""

    def moved(judgement: Judgement | None) -> Judgement | None:
        if judgement is None:
            return None
        document = judgement.document
        return Judgement.of(judgement.card, {**document, "call": {**document["call"], "id": call_id}})

    return replace(
        new,
        call=replace(new.call, id=call_id),
        machine=moved(new.machine),
        corrected=moved(new.corrected),
    )


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


def _changes(call: Call, stored, *, now: datetime, current: str, is_current: bool) -> dict[str, object]:
    """Columns of `calls` that this record changes; a proposal changes the metadata alone."""
    changes: dict[str, object] = {}
    if stored is None or stored.metadata != metadata_values(call.metadata):
        changes = metadata_columns(call.metadata, stored.added_at if stored else now)
    if is_current:
        call_class = call.call_class.value if call.call_class else None
        n_voices = sum(one.channel is not None for one in call.media)
        n_channels = n_voices or max((one.n_channels for one in call.media), default=None)
        if stored is None or stored.call_class != call_class:
            changes["call_class"] = call_class
        if n_channels is not None and (stored is None or stored.n_channels != n_channels):
            changes["n_channels"] = n_channels
    if stored is None or stored.current_transcript_id != current:
        changes["current_transcript_id"] = current
    return changes


def _new_transcript(transcript: Transcript) -> dict[str, object]:
    """The columns of a transcript, but for whose it is and when it came."""
    packed, _ = pack(transcript_to_document(transcript))
    provenance = transcript.provenance
    return {
        "id": transcript.id,
        "source_sha256": transcript.source_sha256,
        "recognition_key": provenance.recognition_key,
        "kind": provenance.kind,
        "format": provenance.format,
        "engine": provenance.engine,
        "model": provenance.model,
        "language": transcript.language,
        "has_text": has_text(transcript),
        "duration_s": transcript.duration_s,
        "document": packed,
    }


def has_text(transcript: Transcript) -> bool:
    return Capability.TEXT in transcript.capabilities and any(turn.words for turn in transcript.turns)


def _current(connection: Connection, current: str | None, transcript: Transcript) -> str:
    """The first transcript is current; a later one only if it brings the first words."""
    if current is None or current == transcript.id:
        return transcript.id
    wordless = not connection.scalar(select(transcripts.c.has_text).where(transcripts.c.id == current))
    return transcript.id if wordless and has_text(transcript) else current


def _put_cards(connection: Connection, new: Arrival) -> bool:
    """Keep the machine's card. A corrected one that rests on no edit has had its day then."""
    call_id, of = new.call.id, new.transcript.id
    changed = put_card(connection, call_id, transcript_id=of, kind=MACHINE, judgement=new.machine)
    if new.corrected is not None:
        return changed | put_card(
            connection, call_id, transcript_id=of, kind=CORRECTED, judgement=new.corrected
        )
    if changed and not active(edits_of(connection, call_id)):
        drop_card(connection, of, CORRECTED)
    return changed


def _shown(connection: Connection, new: Arrival) -> dict[str, object]:
    """Bring search in line with the call, the columns of lists are returned: older corrections count."""
    document, parts = (new.corrected or new.machine).document, new.parts
    if new.corrected is None and has_corrected(connection, new.transcript.id):
        document = counting(connection, new.transcript.id)
        parts = said_in(document)
    index_words(connection, new.call.id, parts)
    return summary(document)


def _count_proposals(connection: Connection, call_id: str) -> None:
    n = connection.scalar(
        select(func.count()).select_from(transcripts).where(transcripts.c.call_id == call_id)
    )
    set_columns(connection, call_id, {"has_proposal": n > 1})
