"""What was said is found newest first, every call once, by an index or by reading on: the same calls."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, event
from stores import keep

from callcoach.core import LOCAL_OWNER, CallMetadata, Person
from callcoach.store import CallFilter, finding

pytest_plugins = ["store_fixtures"]

START = datetime(2026, 9, 1, tzinfo=UTC)
# Sizes of stretches, so that twenty calls are many: all by reading, all by the index, and between.
SIZES = {
    "reading": {"READ_CALLS": (5, 50), "ASKED_CALLS": (), "SELDOM": 0},
    "index": {"READ_CALLS": (1,), "ASKED_CALLS": (4, 6), "SELDOM": 1_000},
    "both": {"READ_CALLS": (2, 3), "ASKED_CALLS": (3, 4), "SELDOM": 0},
    "choosy": {"READ_CALLS": (2,), "ASKED_CALLS": (3,), "SELDOM": 0, "CHOOSY": 1, "READ_ON_CALLS": (3, 4)},
}


@pytest.fixture
def thirty(store):
    """Calls of few words, three at a time at one moment."""
    rng = random.Random(4)
    said = {}
    for n in range(30):
        words = " ".join(rng.choice(("price", "the", "pilot", "next", "step")) for _ in range(6))
        name = f"{rng.randrange(10**6):06}"
        at = START + timedelta(hours=n // 3)
        rep = ("Dana", "Tom")[n % 2]
        keep(store, name, script=f"R 0-5 {words} | C 6-9 fine", metadata=CallMetadata(started_at=at, rep=rep))
        said[name] = (at, f" {words} fine ", rep)
    return store, said


@pytest.fixture(params=SIZES)
def sizes(request, monkeypatch):
    for name, value in SIZES[request.param].items():
        if name == "READ_CALLS":
            value = {"sqlite": value, "postgresql": value}
        monkeypatch.setattr(finding, name, value)


def test_every_call_is_found_once_newest_first_whatever_is_asked(thirty, sizes):
    store, said = thirty
    for phrases in (
        ("price",),
        ("the pilot",),
        ("next step",),
        ("price", "the"),
        ("step next pilot",),
        ("gone",),
    ):
        typed = " ".join(f'"{phrase}"' for phrase in phrases)
        for rep in (None, "Dana"):
            wanted = sorted(
                (
                    (at, name)
                    for name, (at, words, of) in said.items()
                    if all(f" {phrase} " in words for phrase in phrases) and rep in (None, of)
                ),
                reverse=True,
            )
            for limit in (1, 4, 50):
                assert _paged(store, CallFilter(text=typed, rep=rep), limit) == [
                    name for _, name in wanted
                ], typed


def test_a_call_that_gets_another_time_is_found_where_it_is_now(thirty, sizes):
    store, said = thirty
    first = min(said, key=lambda name: said[name])
    store.set_metadata(LOCAL_OWNER, first, CallMetadata(started_at=START + timedelta(days=9), rep="Dana"))
    found = _paged(store, CallFilter(text="fine"), 7)
    assert found[0] == first
    assert sorted(found) == sorted(said)
    store.delete_call(LOCAL_OWNER, first)
    assert sorted(_paged(store, CallFilter(text="fine"), 7)) == sorted(set(said) - {first})


def test_stretches_are_shorter_where_calls_are_longer(store):
    keep(store, "one", script=f"R 0-5 {'word ' * 9000}| C 6-9 fine")
    with store._database.reading() as connection:
        assert finding._mean_bytes(connection) > 40_000
    assert _paged(store, CallFilter(text="fine"), 5) == ["one"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_sqlite_finds_by_its_index_and_reads_in_the_order_of_time(thirty, monkeypatch):
    store, _ = thirty
    seldom = _plans(store, lambda: store.calls(LOCAL_OWNER, where=CallFilter(text='"the pilot"')))
    assert any("VIRTUAL TABLE INDEX" in plan for plan in seldom)
    weighing, *seldom = seldom  # reads the latest twenty parts
    assert weighing.startswith("CO-ROUTINE")
    assert not any("SCAN calls" in plan or "SCAN search_text" in plan for plan in seldom)
    monkeypatch.setattr(finding, "SELDOM", 0)
    often = _plans(store, lambda: store.calls(LOCAL_OWNER, where=CallFilter(text="fine"), limit=3))
    reading = [plan for plan in often if "ix_search_text_call_id" in plan]
    assert reading
    for plan in reading:
        assert "USING INDEX ix_calls_sort_at_id" in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_postgresql_has_an_index_for_every_step(thirty, monkeypatch):
    store, _ = thirty
    monkeypatch.setattr(finding, "READ_CALLS", {"postgresql": (2,)})
    monkeypatch.setattr(finding, "ASKED_CALLS", (3,))
    plans = _plans(store, lambda: store.calls(LOCAL_OWNER, where=CallFilter(text='"the pilot"')))
    text = "\n".join(plans)
    for index in ("ix_calls_sort_at_id", "ix_search_text_call_id", "ix_search_text_said_at"):
        assert index in text
    assert "Seq Scan" not in text
    assert "words @@" in text
    engine = create_engine(store.url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        plan = connection.exec_driver_sql(
            "EXPLAIN SELECT call_id FROM search_text WHERE words @@ websearch_to_tsquery('simple', '\"the pilot\"')"
        )
        assert "ix_search_text_words" in "\n".join(row[0] for row in plan)
    engine.dispose()


def test_lists_and_trends_have_an_index(thirty):
    store, _ = thirty
    store.put_person(LOCAL_OWNER, Person("dana", "Dana"))
    reads = {
        "ix_calls_rep_sort_at_id": lambda: store.calls(LOCAL_OWNER, where=CallFilter(rep="Dana")),
        "ix_call_people_person_id": lambda: store.skill_rows(LOCAL_OWNER, people=["dana"], since=START),
    }
    for index, read in reads.items():
        plans = "\n".join(_plans(store, read))
        assert index in plans
        assert "Seq Scan" not in plans
        for table in ("calls", "call_people", "scorecards", "scores"):
            assert f"SCAN {table}\n" not in f"{plans}\n"


def _paged(store, where: CallFilter, limit: int) -> list[str]:
    found, after = [], None
    while True:
        page = store.calls(LOCAL_OWNER, where=where, limit=limit, after=after)
        found += [row.call_id for row in page.rows]
        after = page.next
        if after is None:
            return found


def _plans(store, read) -> list[str]:
    """How the database goes about every query of `read`, where reading a whole table is not worth it."""
    seen = []

    def keep_statement(_connection, _cursor, statement, parameters, *_rest) -> None:
        if statement.lstrip().startswith("SELECT"):
            seen.append((statement, parameters))

    engine = store._database.engine
    event.listen(engine, "before_cursor_execute", keep_statement)
    read()
    event.remove(engine, "before_cursor_execute", keep_statement)
    own = create_engine(store.url)
    plans = []
    with own.connect() as connection:
        explain = "EXPLAIN QUERY PLAN "
        if own.dialect.name == "postgresql":
            explain = "EXPLAIN "
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, parameters in seen:
            rows = connection.exec_driver_sql(explain + statement, parameters)
            plans.append("\n".join(str(row[-1]) for row in rows))
    own.dispose()
    return plans
