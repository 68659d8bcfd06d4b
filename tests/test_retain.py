"""What is too old, or of a person who asks, is gone from every table, and a line without names is left."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
import typer
from stores import DANA, all_rows, keep
from typer.testing import CliRunner

from callcoach.archive.retain import age, forget, retain
from callcoach.cli.retain import add_to
from callcoach.core import LOCAL_OWNER, CallMetadata, CallPerson, Person, Role
from callcoach.core.errors import BadSettings, NotFound, StoreError

pytest_plugins = ["store_fixtures"]

NOW = datetime(2026, 9, 14, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def aged(store):
    """Three calls from 2024, one from this year, and one that says no time and came just now."""
    for name, days in (("a", 800), ("b", 700), ("c", 366), ("d", 10)):
        keep(store, name, metadata=CallMetadata(started_at=NOW - timedelta(days=days), rep="Dana"))
    keep(store, "e", metadata=CallMetadata(rep="Tom"))
    return store


def ids(store) -> set[str]:
    return {row.call_id for row in store.calls(LOCAL_OWNER).rows}


def test_calls_older_than_an_age_go_and_others_stay(aged):
    done = retain(aged, LOCAL_OWNER, older_than=YEAR, now=NOW)
    assert ids(aged) == {"d", "e"}
    assert (done.n_calls, done.rows["calls"], done.rows["transcripts"]) == (3, 3, 3)
    assert done.by_year == {2024: 2, 2025: 1}
    assert retain(aged, LOCAL_OWNER, older_than=YEAR, now=NOW).n_calls == 0


def test_what_is_left_is_what_would_be_there_without_them(aged, store_url):
    retain(aged, LOCAL_OWNER, older_than=timedelta(days=5), now=NOW)
    retain(aged, LOCAL_OWNER, older_than=timedelta(days=5), now=datetime.now(UTC) + YEAR)
    left = {name: rows for name, rows in all_rows(aged).items() if rows}
    assert set(left) == {"callcoach_schema", "deletions"}
    assert len(left["deletions"]) == 2


def test_a_dry_run_says_the_same_and_deletes_nothing(aged):
    before = all_rows(aged)
    planned = retain(aged, LOCAL_OWNER, older_than=YEAR, now=NOW, dry_run=True)
    assert all_rows(aged) == before
    done = retain(aged, LOCAL_OWNER, older_than=YEAR, now=NOW)
    assert (planned.n_calls, planned.by_year) == (done.n_calls, done.by_year)


def test_stopped_in_the_middle_it_has_deleted_whole_calls_and_says_so(aged):
    def stop(n: int) -> None:
        if n == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retain(aged, LOCAL_OWNER, older_than=YEAR, now=NOW, progress=stop)
    assert ids(aged) == {"c", "d", "e"}
    assert [row.n_calls for row in aged.deletions(LOCAL_OWNER)] == [2]
    assert retain(aged, LOCAL_OWNER, older_than=YEAR, now=NOW).n_calls == 1


def test_a_person_of_ours_goes_with_every_call_and_nothing_names_them(aged):
    aged.put_person(LOCAL_OWNER, Person("dana", "Dana", ("D. Quail",)))
    assert forget(aged, LOCAL_OWNER, "d. quail", dry_run=True).n_calls == 4
    assert ids(aged) == {"a", "b", "c", "d", "e"}
    done = forget(aged, LOCAL_OWNER, "d. quail")
    assert (done.n_calls, done.rows["calls"], done.rows["people"]) == (4, 4, 1)
    assert ids(aged) == {"e"}
    rows = repr(all_rows(aged)).casefold()
    assert "dana" not in rows
    assert "quail" not in rows


def test_a_customer_goes_by_the_name_that_calls_show(store):
    for name, customer in (("one", "Priya N."), ("two", "Omar")):
        people = (CallPerson(Role.REP, "Dana", speaker="R"), CallPerson(Role.CUSTOMER, customer, speaker="C"))
        keep(store, name, people=people)
    assert forget(store, LOCAL_OWNER, " priya n. ").n_calls == 1
    assert ids(store) == {"two"}
    assert "priya" not in repr(all_rows(store)).casefold()


def test_a_name_of_nobody_or_of_two_deletes_nothing(aged):
    with pytest.raises(NotFound, match="nobody goes by that name"):
        forget(aged, LOCAL_OWNER, "Nobody")
    for person in ("s1", "s2"):
        aged.put_person(LOCAL_OWNER, Person(person, "Sam"))
    with pytest.raises(BadSettings, match="s1, s2"):
        forget(aged, LOCAL_OWNER, "Sam")
    assert forget(aged, LOCAL_OWNER, "s1").rows["people"] == 1


def test_only_the_owner_deletes(aged):
    with pytest.raises(StoreError, match="owner's alone"):
        retain(aged, DANA, older_than=YEAR, now=NOW)
    with pytest.raises(StoreError, match="owner's alone"):
        forget(aged, DANA, "Dana")


def test_the_log_of_deletions_has_numbers_and_no_names(aged, caplog):
    caplog.set_level(logging.INFO)
    retain(aged, LOCAL_OWNER, older_than=YEAR, now=NOW)
    forget(aged, LOCAL_OWNER, "Tom")
    by_person, by_age = aged.deletions(LOCAL_OWNER)
    assert (by_age.why, by_age.older_than_days, by_age.n_calls) == ("age", 365, 3)
    assert (by_person.why, by_person.older_than_days, by_person.n_calls) == ("person", None, 1)
    said = " ".join(record.getMessage() for record in caplog.records)
    assert "deleted call a" in said
    assert "Tom" not in said
    assert "approvals" not in said


@pytest.mark.parametrize(("text", "days"), [("365d", 365), ("52w", 364), ("2Y", 730), (" 10 d ", 10)])
def test_ages_are_days_weeks_or_years(text, days):
    assert age(text) == timedelta(days=days)


@pytest.mark.parametrize("text", ["", "365", "0d", "-3d", "d", "1m", "999999d"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(BadSettings, match="--older-than"):
        age(text)


def test_the_command_asks_and_a_dry_run_does_not(aged):
    app = typer.Typer()
    add_to(app)

    def run(*arguments: str, typed: str = "") -> str:
        done = CliRunner().invoke(app, ["--store", aged.url, *arguments], input=typed)
        assert done.exit_code in (0, 1)
        return done.output

    assert "would be deleted" in run("--older-than", "365d", "--dry-run")
    run("--older-than", "365d", typed="n\n")
    assert len(ids(aged)) == 5
    assert "Deleted" in run("--older-than", "365d", "--yes")
    assert "No call is that old" in run("--older-than", "9999d")
