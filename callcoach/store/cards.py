"""Scorecards: the document, the rows that trends add up, and what lists show of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from callcoach.core import Role, Scorecard
from callcoach.core.errors import NotFound
from callcoach.store.call_columns import set_columns
from callcoach.store.packing import pack, unpack
from callcoach.store.schema import calls, evidence, measures, scorecards, scores, transcripts
from callcoach.store.search import index_words, parts_of

MACHINE, CORRECTED = "machine", "corrected"

# Made once: a worker runs them for every call.
_ITS = (scorecards.c.transcript_id == bindparam("of_transcript"), scorecards.c.kind == bindparam("of_kind"))
_CARD = select(scorecards.c.id, scorecards.c.key, scorecards.c.document_sha256).where(*_ITS)
_INSERT, _DROP = insert(scorecards), delete(scorecards).where(*_ITS)
_DELETE = delete(scorecards).where(scorecards.c.id == bindparam("of_card"))
_INSERT_MEASURES, _INSERT_SCORES, _INSERT_EVIDENCE = insert(measures), insert(scores), insert(evidence)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A card and its document, ready to be written: the slow part is done before a transaction."""

    card: Scorecard
    document: dict
    packed: bytes
    sha256: str

    @classmethod
    def of(cls, card: Scorecard, document: dict) -> Judgement:
        return cls(card, document, *pack(document))


def put_card(
    connection: Connection, call_id: str, *, transcript_id: str, kind: str, judgement: Judgement
) -> bool:
    """Keep a card in the place of the one of its kind; False when it is the same already."""
    card = judgement.card
    old = connection.execute(_CARD, {"of_transcript": transcript_id, "of_kind": kind}).first()
    if old is not None:
        if (old.key, old.document_sha256) == (card.key, judgement.sha256):
            return False
        connection.execute(_DELETE, {"of_card": old.id})
    added = connection.execute(
        _INSERT,
        {
            "call_id": call_id,
            "transcript_id": transcript_id,
            "kind": kind,
            "key": card.key,
            "revision": card.revision,
            "scoring_key": card.scoring_key,
            "rubric": card.rubric,
            "call_type": card.call_type,
            "call_type_probability": card.call_type_probability,
            "document_sha256": judgement.sha256,
            "document": judgement.packed,
            "made_at": datetime.now(UTC),
        },
    )
    scorecard_id = added.inserted_primary_key[0]
    for statement, rows in (
        (_INSERT_MEASURES, _measure_rows(card)),
        (_INSERT_SCORES, _score_rows(card)),
        (_INSERT_EVIDENCE, _evidence_rows(card, judgement.document)),
    ):
        if rows:
            connection.execute(statement, [{"scorecard_id": scorecard_id, **row} for row in rows])
    return True


def save_corrected(connection: Connection, call_id: str, judgement: Judgement) -> None:
    """Keep a card that people's corrections changed, for the transcript it was made from."""
    transcript_id = judgement.card.transcript_id
    holder = connection.execute(
        select(transcripts.c.call_id, calls.c.current_transcript_id)
        .select_from(transcripts.join(calls, calls.c.id == transcripts.c.call_id))
        .where(transcripts.c.id == transcript_id)
    ).first()
    if holder is None or holder.call_id != call_id:
        raise NotFound(
            "a card must be of one of the call's transcripts; this one is not: judge the call again"
        )
    changed = put_card(connection, call_id, transcript_id=transcript_id, kind=CORRECTED, judgement=judgement)
    if changed and holder.current_transcript_id == transcript_id:
        show_document(connection, call_id, judgement.document)


def drop_card(connection: Connection, transcript_id: str, kind: str) -> None:
    connection.execute(_DROP, {"of_transcript": transcript_id, "of_kind": kind})


def has_corrected(connection: Connection, transcript_id: str) -> bool:
    return (
        connection.execute(_CARD, {"of_transcript": transcript_id, "of_kind": CORRECTED}).first() is not None
    )


def card_row(connection: Connection, transcript_id: str, *, corrected: bool):
    """The row of the card that counts, or of the machine's; None where there is none."""
    kinds = (CORRECTED, MACHINE) if corrected else (MACHINE,)
    rows = connection.execute(
        select(scorecards.c.kind, scorecards.c.id, scorecards.c.document).where(
            scorecards.c.transcript_id == transcript_id, scorecards.c.kind.in_(kinds)
        )
    ).all()
    by_kind = {row.kind: row for row in rows}
    return next((by_kind[kind] for kind in kinds if kind in by_kind), None)


def show(connection: Connection, call_id: str, transcript_id: str) -> None:
    """Bring the list's columns and the search text of a call in line with the card that counts."""
    document = counting(connection, transcript_id)
    if document is not None:
        show_document(connection, call_id, document)


def counting(connection: Connection, transcript_id: str) -> dict | None:
    """The document of the card that counts: the corrected one where there is one."""
    row = card_row(connection, transcript_id, corrected=True)
    return None if row is None else unpack(row.document)


def show_document(connection: Connection, call_id: str, document: dict) -> None:
    """The same from a document in hand."""
    set_columns(connection, call_id, summary(document))
    index_words(connection, call_id, said_in(document))


def said_in(document: dict) -> list[str]:
    """What full-text search shall find of a scored call."""
    return parts_of(turn["text"] for turn in document["turns"])


def summary(document: Mapping) -> dict[str, object]:
    """The columns of `calls` that follow from a scored call."""
    call, roles = document["call"], {speaker["role"] for speaker in document["call"]["speakers"]}
    items = document["behaviours"]
    return {
        "call_type": call["call_type"],
        "duration_s": call["duration_s"],
        "provenance": call["provenance"]["kind"],
        "roles_known": {Role.REP.value, Role.CUSTOMER.value} <= roles,
        "talk_share": document["measures"].get("talk_share"),
        "talk_share_reason": document["unavailable"].get("talk_share"),
        "n_judged": sum(item["score"] is not None for item in items),
        "n_items": len(items),
    }


def _measure_rows(card: Scorecard) -> list[dict]:
    return [
        {
            "measure": name,
            "value": None if isinstance(value, str) else value,
            "text": value if isinstance(value, str) else None,
            "reason": card.unavailable.get(name),
        }
        for name, value in card.measures.items()
    ]


def _score_rows(card: Scorecard) -> list[dict]:
    return [
        {
            "position": position,
            "behaviour": item.id,
            "variant": item.variant,
            "status": item.status.value,
            "reason": item.reason,
            "weight": item.weight,
            "score": item.score,
            "low": item.low,
            "high": item.high,
            "components": dict(item.components),
        }
        for position, item in enumerate(card.behaviours)
    ]


def _evidence_rows(card: Scorecard, document: Mapping) -> list[dict]:
    """Offsets from the card; who and when, which the document derived from the transcript, from there."""
    groups = [
        ("score", number, item.id, item.evidence, shown)
        for number, (item, shown) in enumerate(zip(card.behaviours, document["behaviours"], strict=True))
    ] + [
        ("caution", number, item.id, item.evidence, shown)
        for number, (item, shown) in enumerate(zip(card.cautions, document["cautions"], strict=True))
    ]
    rows: list[dict] = []
    for kind, number, name, pieces, shown in groups:
        for piece, place in zip(pieces, shown["evidence"], strict=True):
            rows.append(
                {
                    "position": len(rows),
                    "kind": kind,
                    "name": name,
                    "item": number,
                    "speaker": place["speaker"],
                    "turn": piece.turn,
                    "start_word": piece.start_word,
                    "end_word": piece.end_word,
                    "start_s": place["start_s"],
                    "end_s": place["end_s"],
                    "probability": piece.probability,
                }
            )
    return rows
