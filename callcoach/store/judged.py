"""Under which keys calls are judged: enough to know what a rescore has to do, without a document."""

from __future__ import annotations

from sqlalchemy import Connection, select

from callcoach.store.schema import calls, scorecards


def judged_under(connection: Connection, call_id: str) -> tuple[tuple[str, str], ...]:
    """Call type and scoring key of every card of the call's current transcript."""
    wanted = (
        select(scorecards.c.call_type, scorecards.c.scoring_key)
        .join(calls, calls.c.current_transcript_id == scorecards.c.transcript_id)
        .where(calls.c.id == call_id)
    )
    return tuple((row.call_type, row.scoring_key) for row in connection.execute(wanted))


def all_judged(
    connection: Connection, *, after: str, limit: int
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """A page of calls by id with what `judged_under` says of each."""
    page = select(calls.c.id, calls.c.current_transcript_id).where(calls.c.id > after)
    of_page = page.order_by(calls.c.id).limit(limit).subquery()
    wanted = (
        select(of_page.c.id, scorecards.c.call_type, scorecards.c.scoring_key)
        .join_from(
            of_page,
            scorecards,
            scorecards.c.transcript_id == of_page.c.current_transcript_id,
            isouter=True,
        )
        .order_by(of_page.c.id)
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for row in connection.execute(wanted):
        cards = found.setdefault(row.id, [])
        if row.scoring_key is not None:
            cards.append((row.call_type, row.scoring_key))
    return tuple((call_id, tuple(cards)) for call_id, cards in found.items())
