"""Names of calls find their people, once, however they are written."""

from __future__ import annotations

from stores import DANA, keep

from callcoach.core import LOCAL_OWNER, CallMetadata, CallPerson, Person, Role

pytest_plugins = ["store_fixtures"]


def test_a_person_reads_back_equal(store):
    dana = Person("dana", "Dana Quail", ("D. Quail", "dq@example.com"), "north", "rep")
    store.put_person(LOCAL_OWNER, dana)
    store.put_person(LOCAL_OWNER, dana)
    assert store.people(LOCAL_OWNER) == (dana,)
    moved = Person("dana", "Dana Quail", ("D. Quail",), "south", "manager")
    store.put_person(LOCAL_OWNER, moved)
    assert store.person(LOCAL_OWNER, "dana") == moved


def test_calls_find_the_person_who_goes_by_the_name(store):
    store.put_person(LOCAL_OWNER, Person("dana", "Dana Quail", ("dana",)))
    keep(store, metadata=CallMetadata(rep=" DANA "))
    assert store.call(LOCAL_OWNER, "one").people[0].person_id == "dana"
    assert store.calls(DANA).rows[0].rep == "Dana Quail"


def test_calls_that_came_before_their_person_are_found_then(store):
    keep(store, "one", metadata=CallMetadata(rep="D. Quail"))
    keep(store, "two", metadata=CallMetadata(rep="Tom"))
    assert store.calls(DANA).rows == ()
    store.put_person(LOCAL_OWNER, Person("dana", "Dana Quail", ("d. quail",)))
    assert [row.call_id for row in store.calls(DANA).rows] == ["one"]
    assert store.calls(DANA).rows[0].rep == "Dana Quail"


def test_a_name_that_two_people_bear_is_nobodys(store):
    store.put_person(LOCAL_OWNER, Person("dana", "Dana"))
    store.put_person(LOCAL_OWNER, Person("other", "Dana"))
    keep(store, metadata=CallMetadata(rep="Dana"))
    assert store.call(LOCAL_OWNER, "one").people[0].person_id is None
    assert store.calls(DANA).rows == ()


def test_a_customer_of_the_same_name_is_somebody_else(store):
    store.put_person(LOCAL_OWNER, Person("dana", "Dana"))
    keep(store, people=(CallPerson(Role.CUSTOMER, "Dana", speaker="C"),))
    assert store.calls(DANA).rows == ()


def test_a_person_who_was_tied_by_hand_stays_tied(store):
    store.put_person(LOCAL_OWNER, Person("dana", "Dana"))
    tied = (CallPerson(Role.REP, "agent 7", "dana", "R"), CallPerson(Role.CUSTOMER, None, speaker="C"))
    keep(store, people=tied)
    keep(store, people=(CallPerson(Role.REP, "agent 7", None, "R"), tied[1]))
    assert store.call(LOCAL_OWNER, "one").people == tied
    assert len(store.calls(DANA).rows) == 1


def test_everybody_on_our_side_has_the_call_as_theirs(store):
    store.put_person(LOCAL_OWNER, Person("dana", "Dana"))
    people = (CallPerson(Role.REP, "Tom", speaker="R"), CallPerson(Role.REP, "Dana"))
    keep(store, people=people)
    assert store.calls(DANA).rows[0].rep == "Tom, Dana"
