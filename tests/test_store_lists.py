"""Lists of calls: newest first, page after page, filtered, and read through an index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, event
from stores import DANA, MIA, NO_METADATA, keep

from callcoach.coach.titles import call_title
from callcoach.core import LOCAL_OWNER, CallMetadata, CallPerson, Person, Role
from callcoach.core.errors import StoreError
from callcoach.store import CallFilter, Choices

pytest_plugins = ["store_fixtures"]

START = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def twenty(store):
    """Calls a to t, one an hour, five pairs of which began at the same moment."""
    for n in range(20):
        at = START + timedelta(hours=n - n % 2 if n < 10 else n)
        rep, account = ("Dana", "Brightwater") if n % 2 else ("Tom", "Northlight")
        keep(store, "abcdefghijklmnopqrst"[n], metadata=CallMetadata(started_at=at, rep=rep, account=account))
    return store


def test_pages_hold_every_call_once_newest_first(twenty):
    for limit in (1, 3, 20, 50):
        ids, after = [], None
        while True:
            page = twenty.calls(LOCAL_OWNER, limit=limit, after=after)
            assert len(page.rows) <= limit
            ids += [row.call_id for row in page.rows]
            after = page.next
            if after is None:
                break
        assert ids == list("tsrqponmlkjihgfedcba")


def test_a_new_call_moves_no_page(twenty):
    first = twenty.calls(LOCAL_OWNER, limit=5)
    keep(twenty, "newest", metadata=CallMetadata(started_at=START + timedelta(days=9)))
    second = twenty.calls(LOCAL_OWNER, limit=5, after=first.next)
    assert [row.call_id for row in first.rows + second.rows] == list("tsrqponmlk")


def test_a_mark_that_is_none_of_ours_is_refused(store):
    for mark in ("", "x", "~", "2026-01-01~", "yesterday~one", "9999-99-99~a"):
        with pytest.raises(StoreError, match="none of ours"):
            store.calls(LOCAL_OWNER, after=mark)
    for mark in ("", "x", "7", "9" * 30, "²"):
        with pytest.raises(StoreError, match="start again"):
            store.failures(LOCAL_OWNER, after=mark)


def test_a_call_without_a_start_stands_where_it_arrived(store):
    keep(store, "old", metadata=CallMetadata(started_at=START - timedelta(days=900)))
    keep(store, "unknown")
    keep(store, "future", metadata=CallMetadata(started_at=datetime.now(UTC) + timedelta(days=1)))
    rows = store.calls(LOCAL_OWNER).rows
    assert [row.call_id for row in rows] == ["future", "unknown", "old"]
    assert rows[1].started_at is None


def test_filters_hold_together(twenty):
    def found(**where) -> str:
        return "".join(row.call_id for row in twenty.calls(LOCAL_OWNER, where=CallFilter(**where)).rows)

    assert found(rep="Dana") == "trpnljhfdb"
    assert found(rep="Dana", account="Northlight") == ""
    assert found(account="Northlight", since=START + timedelta(hours=14)) == "sqo"
    assert found(since=START + timedelta(hours=14), until=START + timedelta(hours=16)) == "po"
    assert found(call_type="discovery", until=START + timedelta(hours=2)) == "ba"
    assert found(call_type="demo") == ""
    assert found(rep="Dana", text="approvals", since=START + timedelta(hours=17)) == "tr"
    assert twenty.choices(LOCAL_OWNER) == Choices(
        ("Dana", "Tom"), ("Brightwater", "Northlight"), ("discovery",)
    )


def test_calls_without_known_sides_or_judged_items_can_be_listed(store):
    keep(store, "fine")
    keep(store, "whose", script="U 0-5 hello | U2 5-9 hi", people=())
    assert _ids(store, roles_unknown=True) == ["whose"]
    assert _ids(store, problem=True) == []


def test_a_row_holds_what_a_title_needs(store):
    people = (CallPerson(Role.REP, "Dana", speaker="R"), CallPerson(Role.CUSTOMER, "Priya N.", speaker="C"))
    keep(store, metadata=CallMetadata(started_at=START, rep="Dana", account="Brightwater"), people=people)
    keep(store, "two", metadata=NO_METADATA)
    first = store.calls(LOCAL_OWNER).rows[1]
    assert call_title(**first.title_parts) == "Tue 1 Sep · Dana → Brightwater (Priya N.) · discovery · 12 s"
    assert (first.n_judged, first.n_items, first.talk_share_reason) == (1, 2, None)
    assert (first.roles_known, first.provenance, first.has_proposal) == (True, "audio", False)


PLANS = {
    "all": {},
    "rep": {"rep": "Dana"},
    "account": {"account": "Brightwater"},
    "type": {"call_type": "discovery"},
    "since": {"since": START},
}


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("where", PLANS.values(), ids=PLANS)
@pytest.mark.parametrize("after", [False, True])
def test_sqlite_reads_lists_in_the_order_of_an_index(twenty, where, after):
    mark = twenty.calls(LOCAL_OWNER, limit=3).next if after else None
    plan = _plan(twenty, lambda: twenty.calls(LOCAL_OWNER, where=CallFilter(**where), after=mark))
    assert "USING INDEX ix_calls_" in plan
    assert "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_sqlite_checks_viewers_by_index(twenty):
    twenty.put_person(LOCAL_OWNER, Person("dana", "Dana", team="north"))
    for viewer in (DANA, MIA):
        plan = _plan(twenty, lambda viewer=viewer: twenty.calls(viewer))
        assert "SCAN call_people" not in plan, plan
        assert "SCAN people" not in plan, plan


def _ids(store, **where) -> list[str]:
    return [row.call_id for row in store.calls(LOCAL_OWNER, where=CallFilter(**where)).rows]


def _plan(store, read) -> str:
    """How SQLite goes about the last query of `read`."""
    seen = []

    def keep_statement(_connection, _cursor, statement, parameters, *_rest) -> None:
        seen.append((statement, parameters))

    engine = store._database.engine
    event.listen(engine, "before_cursor_execute", keep_statement)
    read()
    event.remove(engine, "before_cursor_execute", keep_statement)
    statement, parameters = next(s for s in reversed(seen) if s[0].startswith("SELECT"))
    other = create_engine(store.url)
    with other.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    other.dispose()
    return "\n".join(row[3] for row in rows)
