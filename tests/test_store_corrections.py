"""Edits, corrected cards and metadata: added beside what the machine found, never over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from stores import DANA, a_recording, all_rows, card_of, document_of, keep

from callcoach.core import (
    LOCAL_OWNER,
    Anchor,
    CallMetadata,
    CallPerson,
    Edit,
    EditKind,
    Person,
    RejectReason,
    Role,
    whole_turn,
)
from callcoach.core.errors import NotFound
from callcoach.store import CallFilter
from callcoach.store.metadata import people_after

pytest_plugins = ["store_fixtures"]

AT = datetime(2026, 9, 14, 10, tzinfo=UTC)
ANCHOR = Anchor.at(a_recording("one"), whole_turn(a_recording("one"), 1))
EDITS = [
    Edit("", EditKind.REJECT_EVIDENCE, "", AT, ANCHOR, "question", RejectReason.OUT_OF_CONTEXT),
    Edit("", EditKind.ADD_EVIDENCE, "", AT, ANCHOR, "question"),
    Edit("", EditKind.WORDS, "", AT, ANCHOR, text="three days"),
    Edit("", EditKind.SWAP, "", AT),
    Edit("", EditKind.ROLE, "", AT, speaker="R", role=Role.OTHER),
    Edit("", EditKind.RENAME, "", AT, speaker="C", text="Priya"),
    Edit("", EditKind.SCORE, "", AT, behaviour="question", score=0.25),
    Edit("", EditKind.COMMENT, "", AT, ANCHOR, text="here"),
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.kind.value)
def test_an_edit_reads_back_equal_with_an_id_of_the_store_and_its_author(store, edit):
    keep(store)
    added = store.add_edit(LOCAL_OWNER, "one", replace(edit, author="somebody else", undone_by="x"))
    assert added == replace(edit, id=added.id, author="owner")
    assert added.id
    assert store.edits(LOCAL_OWNER, "one") == (added,)


def test_an_edit_is_taken_back_once_and_stays_listed(store):
    store.put_person(LOCAL_OWNER, Person("dana", "Dana"))
    keep(store, metadata=CallMetadata(rep="Dana"))
    first = store.add_edit(LOCAL_OWNER, "one", EDITS[3])
    second = store.add_edit(DANA, "one", replace(EDITS[3], at=AT + timedelta(seconds=1)))
    assert (first.author, second.author) == ("owner", "dana")
    store.undo_edit(DANA, "one", first.id)
    store.undo_edit(LOCAL_OWNER, "one", first.id)
    assert [edit.undone_by for edit in store.edits(LOCAL_OWNER, "one")] == ["dana", None]
    with pytest.raises(NotFound, match="taken back"):
        store.undo_edit(LOCAL_OWNER, "one", "nothing")


def test_a_corrected_card_stands_beside_the_machines(store):
    keep(store, score=0.5)
    store.add_edit(LOCAL_OWNER, "one", EDITS[3])
    _save(store, score=0.75)
    assert store.document(LOCAL_OWNER, "one")["measures"]["talk_share"] == 0.75
    assert store.document(LOCAL_OWNER, "one", corrected=False)["measures"]["talk_share"] == 0.5
    assert store.calls(LOCAL_OWNER).rows[0].talk_share == 0.75
    before = all_rows(store)
    _save(store, score=0.75)
    assert all_rows(store) == before


def test_corrections_count_when_the_machine_judges_anew(store):
    keep(store)
    store.add_edit(LOCAL_OWNER, "one", EDITS[3])
    _save(store, score=0.75)
    keep(store, score=0.25, scoring_key="newer")
    assert store.document(LOCAL_OWNER, "one")["measures"]["talk_share"] == 0.75
    assert store.document(LOCAL_OWNER, "one", corrected=False)["measures"]["talk_share"] == 0.25
    assert store.calls(LOCAL_OWNER).rows[0].talk_share == 0.75


def test_a_corrected_card_without_edits_gives_way_when_the_machine_judges_anew(store):
    keep(store)
    _save(store, score=0.75)
    keep(store, score=0.25, scoring_key="newer")
    assert store.document(LOCAL_OWNER, "one")["measures"]["talk_share"] == 0.25
    assert store.calls(LOCAL_OWNER).rows[0].talk_share == 0.25


def test_corrected_words_are_found_and_the_machines_are_not(store):
    keep(store)
    transcript = a_recording("one", "R 0-5 zanzibar | C 5-9 hi")
    card = card_of(transcript, revision="edited")
    store.save_card(LOCAL_OWNER, "one", card=card, document=document_of(transcript, card, call_id="one"))
    assert len(store.calls(LOCAL_OWNER, where=CallFilter(text="zanzibar")).rows) == 1
    assert store.calls(LOCAL_OWNER, where=CallFilter(text="approvals")).rows == ()


def test_a_card_of_another_call_is_refused(store):
    keep(store, "one")
    keep(store, "two")
    transcript = a_recording("two")
    card = card_of(transcript)
    with pytest.raises(NotFound, match="one of the call's transcripts"):
        store.save_card(LOCAL_OWNER, "one", card=card, document=document_of(transcript, card, call_id="two"))


def test_metadata_that_people_set_shows_at_once(store):
    keep(store, metadata=CallMetadata(rep="Dana"))
    now = CallMetadata(started_at=AT, rep="Tom", customers=("Priya",), account="Brightwater")
    store.set_metadata(LOCAL_OWNER, "one", now)
    assert store.call(LOCAL_OWNER, "one").metadata == now
    row = store.calls(LOCAL_OWNER).rows[0]
    assert (row.started_at, row.rep, row.customers, row.account) == (AT, "Tom", ("Priya",), "Brightwater")
    before = all_rows(store)
    store.set_metadata(LOCAL_OWNER, "one", now)
    assert all_rows(store) == before


def test_a_call_of_another_rep_becomes_theirs(store):
    store.put_person(LOCAL_OWNER, Person("dana", "Dana"))
    keep(store, metadata=CallMetadata(rep="Tom"))
    assert store.calls(DANA).rows == ()
    store.set_metadata(LOCAL_OWNER, "one", CallMetadata(rep="Dana"))
    assert [row.call_id for row in store.calls(DANA).rows] == ["one"]


def test_metadata_of_channels_frees_the_sides_that_were_settled():
    people = (
        CallPerson(Role.REP, "Dana", speaker="left"),
        CallPerson(Role.CUSTOMER, None, speaker="right"),
        CallPerson(Role.OTHER, "Hold", speaker="channel 3"),
    )
    before = CallMetadata(rep="Dana", channels={"left": Role.REP, "right": Role.CUSTOMER})
    now = replace(before, channels={"left": Role.CUSTOMER, "right": Role.REP})
    assert people_after(people, before, now) == (
        CallPerson(Role.REP, "Dana"),
        CallPerson(Role.OTHER, "Hold", speaker="channel 3"),
    )


def test_names_of_the_metadata_come_and_go():
    people = (CallPerson(Role.REP, "Dana", speaker="R"), CallPerson(Role.CUSTOMER, "Priya"))
    before = CallMetadata(rep="Dana", customers=("Priya",))
    now = CallMetadata(rep="Tom", customers=("Omar", "Lee"))
    assert people_after(people, before, now) == (
        CallPerson(Role.REP, "Tom", speaker="R"),
        CallPerson(Role.CUSTOMER, "Omar"),
        CallPerson(Role.CUSTOMER, "Lee"),
    )
    assert people_after(people, before, CallMetadata()) == (CallPerson(Role.REP, None, speaker="R"),)


def _save(store, *, score: float) -> None:
    transcript = a_recording("one")
    card = card_of(transcript, revision="edited", score=score)
    store.save_card(LOCAL_OWNER, "one", card=card, document=document_of(transcript, card, call_id="one"))
