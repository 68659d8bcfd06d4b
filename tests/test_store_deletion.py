"""Deleting leaves nothing behind, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from stores import DANA, MIA, TOM, a_recording, all_rows, card_of, document_of, keep

from callcoach.core import (
    LOCAL_OWNER,
    CallMetadata,
    CallPerson,
    Edit,
    EditKind,
    Person,
    Provenance,
    Role,
)
from callcoach.core.errors import NotFound
from callcoach.store import CallFilter, Store
from callcoach.store.schema import metadata

pytest_plugins = ["store_fixtures"]

AT = datetime(2026, 9, 14, tzinfo=UTC)
SECRET = "xylophone"


def _everything_about(store: Store, name: str, rep: str) -> None:
    """A call with a row in every table."""
    people = (CallPerson(Role.REP, rep, speaker="R"), CallPerson(Role.CUSTOMER, "Priya", speaker="C"))
    about = CallMetadata(rep=rep, source_id=f"id-{name}")
    store.record_failure(f"{name}.wav", sha256=None, kind="unreadable", message="later fine")
    script = f"R 0-5 hello {SECRET}{name} | C 5-9 hi"
    keep(store, name, script=script, people=people, metadata=about)
    other = replace(a_recording(f"{name}v", script), provenance=Provenance("transcript", "webvtt", "vendor"))
    keep(store, name, transcript=other, source=f"{name}.vtt", people=people, metadata=about, with_media=False)
    store.record_failure(f"copy of {name}", sha256=other.source_sha256, kind="unreadable", message="cut")
    store.add_edit(LOCAL_OWNER, name, Edit("", EditKind.COMMENT, "", AT, text=f"{SECRET}{name}"))
    store.add_edit(LOCAL_OWNER, name, Edit("", EditKind.SWAP, "", AT))
    transcript = a_recording(name, script)
    card = card_of(transcript, revision="edited")
    store.save_card(
        LOCAL_OWNER,
        name,
        card=card,
        document=document_of(transcript, card, call_id=name, source=f"{name}.wav"),
    )
    store.mark_seen(LOCAL_OWNER, name)
    store.add_private(LOCAL_OWNER, "note", {"text": name}, call_id=name)
    store.add_private(LOCAL_OWNER, "self_assessment", {"text": name}, call_id=name)


def test_a_deleted_call_is_mentioned_in_no_table(store):
    empty = all_rows(store)
    _everything_about(store, "one", "Dana")
    filled = all_rows(store)
    untouched = {"deletions", "runs", "people", "person_aliases", "goals", "callcoach_schema"}
    assert {name for name, rows in filled.items() if not rows} <= untouched
    assert set(filled) >= set(metadata.tables)
    deleted = store.delete_call(LOCAL_OWNER, "one")
    assert all_rows(store) == empty
    assert deleted.counts == {
        name: len(rows) for name, rows in filled.items() if rows and name != "callcoach_schema"
    }


def test_a_deleted_call_takes_nothing_of_another_with_it(store):
    _everything_about(store, "two", "Tom")
    before = all_rows(store)
    _everything_about(store, "one", "Dana")
    store.delete_call(LOCAL_OWNER, "one")
    assert all_rows(store) == before
    assert [row.call_id for row in store.calls(LOCAL_OWNER, where=CallFilter(text=f"{SECRET}two")).rows] == [
        "two"
    ]


def test_a_deleted_call_is_forgotten_by_search(store):
    _everything_about(store, "one", "Dana")
    store.delete_call(LOCAL_OWNER, "one")
    assert store.calls(LOCAL_OWNER, where=CallFilter(text=f"{SECRET}one")).rows == ()
    with pytest.raises(NotFound):
        store.call(LOCAL_OWNER, "one")
    with pytest.raises(NotFound):
        store.delete_call(LOCAL_OWNER, "one")


def test_deleted_words_are_gone_from_the_files_of_sqlite(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as store:
        for name in ("one", "two"):
            _everything_about(store, name, "Dana")
        assert f"{SECRET}one".encode() in _bytes_below(tmp_path)
        store.delete_call(LOCAL_OWNER, "one")
        left = _bytes_below(tmp_path)
        assert f"{SECRET}one".encode() not in left
        assert f"{SECRET}two".encode() in left
        engine = create_engine(store.url)
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO search_index(search_index) VALUES ('integrity-check')"))
            terms = connection.execute(text("SELECT count(*) FROM search_text")).scalar()
        engine.dispose()
        assert terms == 1


def test_a_deleted_call_comes_back_as_a_new_one(store):
    keep(store)
    store.delete_call(LOCAL_OWNER, "one")
    assert keep(store).new_call


def test_a_deleted_person_is_mentioned_in_no_table(store):
    tom = Person("tom", "Tom", ("T. Tester",), "south", "rep")
    dana = Person("dana", "Dana Q.", ("D. Quail",), "north", "rep")
    store.put_person(LOCAL_OWNER, tom)
    _everything_about(store, "toms", "Tom")
    before = all_rows(store)
    store.put_person(LOCAL_OWNER, dana)
    _everything_about(store, "danas", "Dana Q.")
    store.add_private(DANA, "goal", {"text": "ask"}, person_id="dana")
    store.add_private(LOCAL_OWNER, "note", {"text": "about"}, person_id="dana")
    store.mark_seen(DANA, "danas")
    deleted = store.delete_person(LOCAL_OWNER, "dana")
    assert all_rows(store) == before
    assert (deleted.counts["people"], deleted.counts["person_aliases"], deleted.counts["calls"]) == (1, 2, 1)
    assert deleted.counts["goals"] == 1


def test_corrections_outlive_a_deleted_person_without_their_name(store_url):
    with Store.open(store_url, rep_first_hours=0.0) as store:
        store.put_person(LOCAL_OWNER, Person("mia", "Mia", team="north"))
        store.put_person(LOCAL_OWNER, Person("dana", "Dana", team="north"))
        keep(store, metadata=CallMetadata(rep="Dana"))
        store.add_edit(MIA, "one", Edit("", EditKind.SWAP, "", AT))
        store.add_edit(MIA, "one", Edit("", EditKind.COMMENT, "", AT, text="well asked"))
        undone = store.add_edit(DANA, "one", Edit("", EditKind.SWAP, "", AT))
        store.undo_edit(MIA, "one", undone.id)
        store.mark_seen(MIA, "one")
        store.delete_person(LOCAL_OWNER, "mia")
        left = store.edits(LOCAL_OWNER, "one")
        assert {(edit.author, edit.undone_by) for edit in left} == {
            ("deleted person", None),
            ("dana", "deleted person"),
        }
        assert "mia" not in repr(all_rows(store)).casefold()
        assert store.has_call("one")


def test_nobody_can_be_deleted_twice(store):
    store.put_person(LOCAL_OWNER, Person("tom", "Tom"))
    store.delete_person(LOCAL_OWNER, "tom")
    assert store.calls(TOM).rows == ()
    with pytest.raises(NotFound):
        store.delete_person(LOCAL_OWNER, "tom")


def _bytes_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
