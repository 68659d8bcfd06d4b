"""Gone means gone: a call or a person, everything derived, and the words in the index."""

from __future__ import annotations

from sqlalchemy import Connection, delete, or_, select, update

from callcoach.core.errors import NotFound
from callcoach.store import schema as s
from callcoach.store.jobs import uri_key
from callcoach.store.rows import Deleted
from callcoach.store.search import forget_words

# In an order in which nothing refers to what is gone already.
_OF_CARD = (s.measures, s.scores, s.evidence)
_OF_CALL = (
    s.scorecards,
    s.transcripts,
    s.search_text,
    s.sources,
    s.media,
    s.call_people,
    s.edits,
    s.access_log,
    s.notes,
    s.self_assessments,
    s.jobs,
)
GONE = "deleted person"  # author of corrections that outlive the person who made them


def delete_call(connection: Connection, call_id: str) -> Deleted:
    """A call, its transcripts, cards, edits, comments, search text and log; media files stay."""
    counts: dict[str, int] = {}
    _delete_call(connection, call_id, counts)
    forget_words(connection)
    return _receipt(counts)


def delete_person(connection: Connection, person_id: str) -> Deleted:
    """A person, every call with their voice in it, and all that was written by or about them.

    What they corrected in other people's calls stays in force without their name; their comments go.
    """
    if connection.scalar(select(s.people.c.id).where(s.people.c.id == person_id)) is None:
        raise NotFound(
            f"a person must exist to be deleted; {person_id!r} does not: look them up among the people"
        )
    counts: dict[str, int] = {}
    theirs = select(s.call_people.c.call_id).where(s.call_people.c.person_id == person_id).distinct()
    for call_id in connection.scalars(theirs).all():
        _delete_call(connection, call_id, counts)
    for table in (s.notes, s.goals, s.self_assessments):
        _count(connection, counts, table, or_(table.c.author == person_id, table.c.person_id == person_id))
    _count(connection, counts, s.access_log, s.access_log.c.viewer == person_id)
    _count(connection, counts, s.edits, (s.edits.c.author == person_id) & (s.edits.c.kind == "comment"))
    for column in (s.edits.c.author, s.edits.c.undone_by):
        connection.execute(update(s.edits).where(column == person_id).values({column.name: GONE}))
    _count(connection, counts, s.person_aliases, s.person_aliases.c.person_id == person_id)
    _count(connection, counts, s.people, s.people.c.id == person_id)
    forget_words(connection)
    return _receipt(counts)


def _delete_call(connection: Connection, call_id: str, counts: dict[str, int]) -> None:
    cards = select(s.scorecards.c.id).where(s.scorecards.c.call_id == call_id)
    for table in _OF_CARD:
        _count(connection, counts, table, table.c.scorecard_id.in_(cards))
    uris = [
        *connection.scalars(select(s.sources.c.uri).where(s.sources.c.call_id == call_id)),
        *connection.scalars(select(s.transcripts.c.source_uri).where(s.transcripts.c.call_id == call_id)),
    ]
    _count(connection, counts, s.jobs, s.jobs.c.uri_key.in_({uri_key(uri) for uri in uris}))
    hashes = select(s.sources.c.sha256).where(s.sources.c.call_id == call_id)
    _count(connection, counts, s.jobs, s.jobs.c.source_sha256.in_(hashes))
    for table in _OF_CALL:
        _count(connection, counts, table, table.c.call_id == call_id)
    _count(connection, counts, s.calls, s.calls.c.id == call_id)


def _count(connection: Connection, counts: dict[str, int], table, where) -> None:
    counts[table.name] = counts.get(table.name, 0) + connection.execute(delete(table).where(where)).rowcount


def _receipt(counts: dict[str, int]) -> Deleted:
    return Deleted({name: n for name, n in sorted(counts.items()) if n})
