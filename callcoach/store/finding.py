"""Calls in which something was said, newest first, without looking at more of them than a page needs.

What was said often is found soon by reading the newest calls; what was said seldom, by the index. So
neither a common word nor a rare phrase takes long among a million::

    newest ──────────────────────────────────────────────────► oldest
    ├ 1k ┤├── 4k ──┤├── 8k ──┤├─────── the index ──────────────┤   SQLite: words read, then the index
    ├ 1k ┤├─ 16k ─┤├── 48k ──┤├──── 160k ─────┤├── the rest ───┤   PostgreSQL: the index newest first

SQLite says at once what was said seldom, and is asked first. The sizes are in calls of 60 words, and
smaller in proportion where calls are longer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    exists,
    func,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy import cast as as_type

from callcoach.store.columns import UtcTime
from callcoach.store.schema import calls, search_text
from callcoach.store.search import matching, phrases_of, said, said_between

READ_CALLS = {"sqlite": (1_000, 4_000, 8_000), "postgresql": (1_000,)}
SELDOM = 6_000  # parts that SQLite sorts sooner than it reads calls until a page is full
ASKED_CALLS = (16_000, 48_000, 160_000)
CHOOSY = 16  # one call of so many fits
READ_ON_CALLS = (4_000, 16_000)
WORDS_BYTES = 400  # of a call of 60 words
N_WEIGHED = 20

Place = tuple[datetime, str]


def find_calls(
    connection: Connection, wanted: Select, typed: str, *, limit: int, after: Place | None
) -> list:
    """The first `limit` rows of `wanted` after a place in which everything typed was said.

    Parameters
    ----------
    wanted : Select
        Of `calls`, with everything else that they must fulfil, without order.
    """
    phrases = [" ".join(words) for words in phrases_of(typed)]
    if not phrases:
        return []
    ordered = wanted.order_by(calls.c.sort_at.desc(), calls.c.id.desc())
    found: list = []
    share = min(1.0, WORDS_BYTES / max(1.0, _mean_bytes(connection)))
    seldom = _seldom(connection, typed)
    if seldom is not None:
        ids = ordered.with_only_columns(calls.c.id).where(calls.c.id.in_(_calls_of(seldom)))
        some = connection.scalars(_before(ids, after).limit(limit)).all()
        return connection.execute(ordered.where(calls.c.id.in_(some))).all()
    sizes = list(READ_CALLS[connection.dialect.name])
    for number, size in enumerate(sizes):
        begin = after
        window = _before(_places(wanted), after).limit(max(1, round(size * share)))
        end = connection.execute(
            select(window.subquery()).order_by(text("sort_at"), text("id")).limit(1)
        ).first()
        if end is None:
            return found
        bound = (end.sort_at, end.id)
        within = _before(ordered, after).where(_from(bound), _in_words(connection, phrases))
        found += connection.execute(within.limit(limit - len(found))).all()
        after = bound
        if len(found) == limit:
            return found
        if number == 0 and _is_choosy(connection, begin, bound, round(CHOOSY * size * share)):
            sizes += READ_ON_CALLS
    for condition in _asked(connection, typed, share, after):
        within = _before(ordered, after).where(condition)
        found += connection.execute(within.limit(limit - len(found))).all()
        if len(found) == limit:
            return found
    return found


def _seldom(connection: Connection, typed: str) -> list[int] | None:
    """The parts that SQLite finds, where they are few; PostgreSQL would have to look at each to tell."""
    if connection.dialect.name != "sqlite":
        return None
    found = connection.scalars(matching(typed).limit(SELDOM + 1)).all()
    return list(found) if len(found) <= SELDOM else None


def _calls_of(parts: list[int]) -> Select:
    listed = text("SELECT value FROM json_each(:parts)").bindparams(parts=json.dumps(parts))
    return select(search_text.c.call_id).where(
        search_text.c.id.in_(listed.columns(search_text.c.id).scalar_subquery())
    )


def _is_choosy(connection: Connection, begin: Place | None, end: Place, n: int) -> bool:
    """Whether the other conditions leave few calls: then PostgreSQL reads those, as its index knows all."""
    if connection.dialect.name != "postgresql":
        return False
    at = _later_by(connection, begin[0] if begin else datetime.max.replace(tzinfo=UTC), n)
    return at is not None and at > end[0]


def _asked(connection: Connection, typed: str, share: float, after: Place) -> Iterator[ColumnElement[bool]]:
    """Conditions by the index, for one stretch of time after another.

    PostgreSQL is given the calls that its index finds: asked for both at once it guesses how many
    there are, and for few of them reads all calls in the order of time.
    """
    if connection.dialect.name == "sqlite":
        yield said(connection, typed)
        return
    upper = after[0]
    for size in (*ASKED_CALLS, None):
        lower = None if size is None else _later_by(connection, upper, round(size * share))
        found = connection.scalars(said_between(typed, lower, upper)).all()
        yield text("calls.id = ANY(:found)").bindparams(found=list(found))
        if lower is None:
            return
        upper = lower - timedelta(microseconds=1)  # the next stretch begins before it


def _later_by(connection: Connection, upper: datetime, n: int) -> datetime | None:
    """When the `n`th call before a moment was; None where there are fewer."""
    wanted = text(
        "SELECT said_at FROM search_text WHERE said_at <= :upper ORDER BY said_at DESC OFFSET :n LIMIT 1"
    )
    return connection.scalar(wanted, {"upper": upper, "n": n})


def _places(wanted: Select) -> Select:
    return wanted.with_only_columns(calls.c.sort_at, calls.c.id).order_by(
        calls.c.sort_at.desc(), calls.c.id.desc()
    )


def _place(place: Place):
    return tuple_(literal(place[0], UtcTime), literal(place[1]))


def _before(wanted: Select, place: Place | None) -> Select:
    return wanted if place is None else wanted.where(tuple_(calls.c.sort_at, calls.c.id) < _place(place))


def _from(place: Place) -> ColumnElement[bool]:
    return tuple_(calls.c.sort_at, calls.c.id) >= _place(place)


def _in_words(connection: Connection, phrases: list[str]) -> ColumnElement[bool]:
    """Everything stands in one part of a call's words, which are folded and parted by single spaces."""
    words = literal(" ") + as_type(search_text.c.text, String) + literal(" ")
    find = func.instr if connection.dialect.name == "sqlite" else func.strpos
    holds = and_(*(find(words, f" {phrase} ") > 0 for phrase in phrases))
    return exists(select(1).where(search_text.c.call_id == calls.c.id, holds))


def _mean_bytes(connection: Connection) -> float:
    """About how long the words of a call are, from the latest that came."""
    some = (
        select(func.length(search_text.c.text).label("n")).order_by(search_text.c.id.desc()).limit(N_WEIGHED)
    )
    return float(connection.scalar(select(func.avg(some.subquery().c.n))) or 0.0)
