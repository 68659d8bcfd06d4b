"""Calls one after another with everything that was judged of them, for exports and reports.

A few hundred calls are in memory at a time, however many there are; all are of one moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, literal, select, tuple_

from callcoach.core import CallMetadata, Viewer
from callcoach.store.cards import CORRECTED, MACHINE
from callcoach.store.columns import UtcTime
from callcoach.store.listing import call_row, conditions
from callcoach.store.rows import CallFilter, CallRow
from callcoach.store.schema import calls, measures, scorecards, scores, transcripts
from callcoach.store.scope import visible
from callcoach.store.search import said
from callcoach.store.values import metadata_from

PAGE = 400


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One item of a scorecard; `score` None with the reason why."""

    behaviour: str
    variant: str | None
    status: str
    reason: str | None
    score: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call with the scorecard that counts: the corrected one where there is one.

    Parameters
    ----------
    measures : dict
        Id to value and reason; exactly one of the two is None.
    """

    row: CallRow
    metadata: CallMetadata
    source_uri: str | None = None
    transcript_id: str | None = None
    format: str | None = None
    engine: str | None = None
    model: str | None = None
    language: str | None = None
    has_words: bool = False
    recognition_key: str | None = None
    rubric: str | None = None
    call_type_probability: float | None = None
    scoring_key: str | None = None
    measures: dict[str, tuple[float | str | None, str | None]] = field(default_factory=dict)
    items: tuple[ItemRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """What is in a store at one moment.

    Parameters
    ----------
    items : tuple of (behaviour, variant)
        Of every scorecard, sorted: what an export has columns for.
    calls : iterator of CallRecord
        Newest first.
    """

    items: tuple[tuple[str, str | None], ...]
    calls: Iterator[CallRecord]


def records(
    connection: Connection, viewer: Viewer, *, where: CallFilter, rep_first_hours: float
) -> Iterator[CallRecord]:
    """See `Store.records`."""
    wanted = (
        _wanted()
        .where(visible(viewer, rep_first_hours=rep_first_hours), *conditions(connection, where))
        .order_by(calls.c.sort_at.desc(), calls.c.id.desc())
        .limit(PAGE)
    )
    if where.text is not None and where.text.strip():
        wanted = wanted.where(said(connection, where.text))
    page = connection.execute(wanted).all()
    while page:
        yield from _with_cards(connection, page)
        last = page[-1]
        after = tuple_(literal(last.sort_at, UtcTime), literal(last.id))
        page = connection.execute(wanted.where(tuple_(calls.c.sort_at, calls.c.id) < after)).all()


def judged_items(connection: Connection) -> tuple[tuple[str, str | None], ...]:
    """Every behaviour and variant that a scorecard has."""
    found = connection.execute(select(scores.c.behaviour, scores.c.variant).distinct())
    return tuple(sorted(((row.behaviour, row.variant) for row in found), key=lambda i: (i[0], i[1] or "")))


def _wanted():
    machine, corrected = scorecards.alias("machine"), scorecards.alias("corrected")
    card = func.coalesce(corrected.c.id, machine.c.id).label("card_id")

    def of(alias, kind):
        return (alias.c.transcript_id == calls.c.current_transcript_id) & (alias.c.kind == kind)

    t = transcripts.c
    return select(
        *calls.c,
        card,
        t.source_uri,
        t.format,
        t.engine,
        t.model,
        t.language,
        t.has_text,
        t.recognition_key,
        func.coalesce(corrected.c.rubric, machine.c.rubric).label("rubric"),
        func.coalesce(corrected.c.call_type_probability, machine.c.call_type_probability).label(
            "type_probability"
        ),
        func.coalesce(corrected.c.scoring_key, machine.c.scoring_key).label("scoring_key"),
    ).select_from(
        calls.outerjoin(transcripts, t.id == calls.c.current_transcript_id)
        .outerjoin(machine, of(machine, MACHINE))
        .outerjoin(corrected, of(corrected, CORRECTED))
    )


def _with_cards(connection: Connection, page) -> Iterator[CallRecord]:
    cards = [row.card_id for row in page if row.card_id is not None]
    measured: dict[int, dict] = {card: {} for card in cards}
    for row in connection.execute(select(measures).where(measures.c.scorecard_id.in_(cards))):
        value = row.value if row.text is None else row.text
        measured[row.scorecard_id][row.measure] = (value, row.reason if value is None else None)
    judged: dict[int, list[ItemRecord]] = {card: [] for card in cards}
    of_page = select(scores).where(scores.c.scorecard_id.in_(cards)).order_by(scores.c.position)
    for row in connection.execute(of_page):
        judged[row.scorecard_id].append(
            ItemRecord(row.behaviour, row.variant, row.status, row.reason, row.score, row.low, row.high)
        )
    for row in page:
        yield CallRecord(
            row=call_row(row),
            metadata=metadata_from(row.metadata),
            source_uri=row.source_uri,
            transcript_id=row.current_transcript_id,
            format=row.format,
            engine=row.engine,
            model=row.model,
            language=row.language,
            has_words=bool(row.has_text),
            recognition_key=row.recognition_key,
            rubric=row.rubric,
            call_type_probability=row.type_probability,
            scoring_key=row.scoring_key,
            measures=measured.get(row.card_id, {}),
            items=tuple(judged.get(row.card_id, ())),
        )
