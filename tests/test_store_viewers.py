"""Who sees what: every read of the store with every kind of viewer, on both databases."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from stores import DANA, MIA, OPERATIONS, OTHER_MANAGER, TOM, a_recording, card_of, document_of, keep

from callcoach.core import (
    LOCAL_OWNER,
    CallMetadata,
    CallPerson,
    Edit,
    EditKind,
    Person,
    Role,
    Viewer,
)
from callcoach.core.errors import NotFound, StoreError
from callcoach.store import CallFilter, Store

pytest_plugins = ["store_fixtures"]

NOBODY = Viewer()
CUSTOMER = Viewer("priya", frozenset({"rep"}))
DIRECTOR = Viewer("ada", frozenset({"director"}), frozenset({"north", "south"}))
NO_TEAMS = Viewer("new", frozenset({"manager"}))

READS = {
    "call": lambda store, viewer, id_: store.call(viewer, id_),
    "transcript": lambda store, viewer, id_: store.transcript(viewer, id_),
    "transcripts": lambda store, viewer, id_: store.transcripts(viewer, id_),
    "document": lambda store, viewer, id_: store.document(viewer, id_),
    "machine document": lambda store, viewer, id_: store.document(viewer, id_, corrected=False),
    "media": lambda store, viewer, id_: store.media_of(viewer, id_),
    "edits": lambda store, viewer, id_: store.edits(viewer, id_),
    "seen by": lambda store, viewer, id_: store.seen_by(viewer, id_),
}
_COMMENT = Edit("", EditKind.COMMENT, "somebody", datetime(2026, 9, 14, tzinfo=UTC), text="here")
WRITES = {
    "add edit": lambda store, viewer, id_: store.add_edit(viewer, id_, _COMMENT),
    "undo edit": lambda store, viewer, id_: store.undo_edit(viewer, id_, store.edits(LOCAL_OWNER, id_)[0].id),
    "save card": lambda store, viewer, id_: store.save_card(viewer, id_, **_corrected(id_)),
    "set metadata": lambda store, viewer, id_: store.set_metadata(
        viewer, id_, CallMetadata(rep="Dana" if id_ == "danas" else "Tom", stage="3")
    ),
    "choose transcript": lambda store, viewer, id_: store.choose_transcript(viewer, id_, a_recording(id_).id),
    "mark seen": lambda store, viewer, id_: store.mark_seen(viewer, id_),
    "note": lambda store, viewer, id_: store.add_private(viewer, "note", {"text": "x"}, call_id=id_),
}

# Calls that each viewer sees: Dana's (team north) and Tom's (team south).
SEES_WHEN_RELEASED = {
    "owner": (LOCAL_OWNER, {"danas", "toms"}),
    "rep": (DANA, {"danas"}),
    "other rep": (TOM, {"toms"}),
    "manager": (MIA, {"danas"}),
    "other manager": (OTHER_MANAGER, {"toms"}),
    "director": (DIRECTOR, {"danas", "toms"}),
    "manager without teams": (NO_TEAMS, set()),
    "operations": (OPERATIONS, set()),
    "customer": (CUSTOMER, set()),
    "nobody": (NOBODY, set()),
}
TEAM_LEADS = {"manager", "other manager", "director"}


@pytest.fixture
def team_url(store_url) -> str:
    with Store.open(store_url) as store:
        _fill(store)
    return store_url


@pytest.mark.parametrize("released", [True, False])
def test_each_read_shows_each_viewer_their_own_calls_only(team_url, released):
    with Store.open(team_url, rep_first_hours=0.0 if released else 24.0) as store:
        for who, (viewer, sees) in SEES_WHEN_RELEASED.items():
            if who in TEAM_LEADS and not released:
                sees = set()  # the rep comes first
            assert {row.call_id for row in store.calls(viewer).rows} == sees, who
            found = store.calls(viewer, where=CallFilter(text="approvals")).rows
            assert {row.call_id for row in found} == sees, who
            reps = {{"danas": "Dana", "toms": "Tom"}[id_] for id_ in sees}
            assert set(store.choices(viewer).reps) == reps, who
            for (name, read), id_ in itertools.product(READS.items(), ("danas", "toms")):
                assert _refused(read, store, viewer, id_) == (id_ not in sees), f"{name} of {id_} for {who}"


def test_what_a_viewer_may_not_see_cannot_be_changed_either(team_url):
    with Store.open(team_url, rep_first_hours=0.0) as store:
        for who, (viewer, sees) in SEES_WHEN_RELEASED.items():
            for (name, write), id_ in itertools.product(WRITES.items(), ("danas", "toms")):
                assert _refused(write, store, viewer, id_) == (id_ not in sees), f"{name} of {id_} for {who}"


def test_the_owner_alone_deletes_and_changes_people(team_url):
    with Store.open(team_url, rep_first_hours=0.0) as store:
        for viewer in (DANA, MIA, DIRECTOR):
            with pytest.raises(StoreError, match="owner's alone"):
                store.delete_call(viewer, "danas")
            with pytest.raises(StoreError, match="owner's alone"):
                store.delete_person(viewer, "dana")
            with pytest.raises(StoreError, match="owner's alone"):
                store.put_person(viewer, Person("dana", "Dana", team="elsewhere"))
        with pytest.raises(NotFound):
            store.delete_call(OPERATIONS, "danas")
        assert store.has_call("danas")


def test_failures_are_for_the_owner_and_operations(team_url):
    with Store.open(team_url) as store:
        store.record_failure("x.wav", sha256=None, kind="empty", message="no bytes")
        assert len(store.failures(LOCAL_OWNER)) == 1
        assert len(store.failures(OPERATIONS)) == 1
        for viewer in (DANA, MIA, DIRECTOR, NOBODY):
            assert store.failures(viewer) == ()


def test_people_are_seen_by_the_owner_their_leads_and_themselves(team_url):
    with Store.open(team_url) as store:
        assert [person.id for person in store.people(LOCAL_OWNER)] == ["dana", "tom"]
        assert [person.id for person in store.people(MIA)] == ["dana"]
        assert [person.id for person in store.people(DANA)] == ["dana"]
        assert store.people(NOBODY) == ()
        assert store.person(MIA, "dana").team == "north"
        with pytest.raises(NotFound):
            store.person(MIA, "tom")


def test_who_saw_a_call_is_shown_and_one_visit_counts_once(team_url):
    with Store.open(team_url, rep_first_hours=0.0) as store:
        for viewer in (DANA, MIA, DANA):
            store.mark_seen(viewer, "danas")
        seen = store.seen_by(DANA, "danas")
        assert [row.viewer for row in seen] == ["dana", "mia"]
        assert all(row.first_at == row.last_at for row in seen)


PRIVATE = {
    "note": {"person_id": "dana"},
    "goal": {"person_id": "dana"},
    "self_assessment": {"call_id": "danas"},
}


@pytest.mark.parametrize("kind", PRIVATE)
def test_what_is_private_is_its_authors_alone_until_shared(team_url, kind):
    with Store.open(team_url, rep_first_hours=0.0) as store:
        row = store.add_private(DANA, kind, {"text": "mine"}, **PRIVATE[kind])
        others = (LOCAL_OWNER, MIA, DIRECTOR, TOM, OTHER_MANAGER, OPERATIONS, NOBODY)
        assert store.private(DANA, kind) == (row,)
        assert [store.private(viewer, kind) for viewer in others] == [()] * len(others)
        for viewer in others:
            with pytest.raises(NotFound):
                store.share(viewer, kind, row.id)
            with pytest.raises(NotFound):
                store.delete_private(viewer, kind, row.id)
        store.share(DANA, kind, row.id)
        sees = {viewer for viewer in others if store.private(viewer, kind)}
        assert sees == {LOCAL_OWNER, MIA, DIRECTOR}
        store.share(DANA, kind, row.id, shared=False)
        assert store.private(MIA, kind) == ()
        store.delete_private(DANA, kind, row.id)
        assert store.private(DANA, kind) == ()


def test_a_shared_self_assessment_waits_for_the_rep_like_the_call(team_url):
    with Store.open(team_url, rep_first_hours=24.0) as store:
        row = store.add_private(DANA, "self_assessment", {"taps": [1, 2, 3]}, call_id="danas")
        store.share(DANA, "self_assessment", row.id)
        assert store.private(MIA, "self_assessment", call_id="danas") == ()
        assert len(store.private(LOCAL_OWNER, "self_assessment", call_id="danas")) == 1


def test_a_managers_note_about_a_rep_is_hidden_from_the_rep_until_shared(team_url):
    with Store.open(team_url, rep_first_hours=0.0) as store:
        row = store.add_private(MIA, "note", {"text": "for Tuesday"}, person_id="dana", call_id="danas")
        assert store.private(DANA, "note") == ()
        store.share(MIA, "note", row.id)
        assert [shared.body for shared in store.private(DANA, "note", person_id="dana")] == [
            {"text": "for Tuesday"}
        ]
        with pytest.raises(NotFound):
            store.add_private(MIA, "note", {"text": "x"}, person_id="tom")


def _refused(act, *arguments) -> bool:
    try:
        act(*arguments)
    except NotFound:
        return True
    return False


def _fill(store: Store) -> None:
    store.put_person(LOCAL_OWNER, Person("dana", "Dana", team="north", firm_role="rep"))
    store.put_person(LOCAL_OWNER, Person("tom", "Tom", team="south", firm_role="rep"))
    for id_, rep in (("danas", "Dana"), ("toms", "Tom")):
        people = (
            CallPerson(Role.REP, rep, speaker="R"),
            CallPerson(Role.CUSTOMER, "Priya", person_id=None, speaker="C"),
        )
        keep(store, id_, metadata=CallMetadata(rep=rep), people=people)
        store.add_edit(LOCAL_OWNER, id_, _COMMENT)


def _corrected(id_: str) -> dict:
    transcript = a_recording(id_)
    card = card_of(transcript, revision="edited", score=0.75)
    return {"card": card, "document": document_of(transcript, card, call_id=id_)}
