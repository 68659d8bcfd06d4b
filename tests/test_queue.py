"""The jobs table as a queue: who may take what, and what becomes of it, on both databases."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from stores import keep

from callcoach.store import Done, NewJob, Put, Store

pytest_plugins = ["store_fixtures"]

KEYS = {"run_id": "run", "task": "ingest", "recognition_key": "ears", "scoring_key": "mind"}


def job(name: str, **changes: object) -> NewJob:
    return replace(NewJob(f"/calls/{name}.wav", fingerprint="as it was"), **changes)


def done(**changes: object) -> Done:
    return replace(Done(recognition_key="ears", scoring_key="mind", call_class="connected"), **changes)


def do_all(store: Store, result: Done | None = None) -> list[str]:
    """Claim and finish everything; returns the sources in their order."""
    order = []
    while (held := store.queue.claim("me", lease_s=60)) is not None:
        assert store.queue.finish(held.id, "me", result or done())
        order.append(held.source_uri.removeprefix("/calls/").removesuffix(".wav"))
    return order


def states(store: Store, run_id: str = "run") -> dict[str, int]:
    tallies = store.queue.tallies(run_id, since=datetime(2020, 1, 1, tzinfo=UTC))
    found: dict[str, int] = {}
    for tally in tallies:
        found[tally.state] = found.get(tally.state, 0) + tally.n
    return found


def test_jobs_are_taken_by_priority_and_then_as_they_came(store):
    put = store.queue.put([job("b"), job("last", priority=5), job("a"), job("first", priority=-5)], **KEYS)
    assert put == Put(queued=4)
    assert do_all(store) == ["first", "b", "a", "last"]
    assert states(store) == {"done": 4}


def test_the_same_file_with_the_same_keys_is_no_work_and_a_changed_one_is(store):
    names = ["same", "changed", "new ears"]
    store.queue.put([job(name) for name in names], **KEYS)
    do_all(store)
    again = [job("same"), job("changed", fingerprint="longer"), job("unseen")]
    assert store.queue.put(again, **KEYS | {"run_id": "next"}) == Put(queued=2, unchanged=1)
    assert states(store, "next") == {"done": 1, "queued": 2}
    assert do_all(store) == ["changed", "unseen"]
    assert store.queue.put([job("new ears")], **KEYS | {"recognition_key": "other"}) == Put(queued=1)


def test_other_grounds_of_judging_hear_nothing_again(store):
    keep(store, "kept")
    store.queue.put([job("call"), job("no call")], **KEYS)
    while (held := store.queue.claim("me", lease_s=60)) is not None:
        kept = "kept" if held.source_uri == "/calls/call.wav" else None
        store.queue.finish(held.id, "me", done(call_id=kept))
    store.queue.put([job("call"), job("no call")], **KEYS | {"scoring_key": "changed"})
    tasks = {held.source_uri: held.task for held in iter(lambda: store.queue.claim("me", lease_s=60), None)}
    assert tasks == {"/calls/call.wav": "rescore", "/calls/no call.wav": "ingest"}


def test_a_job_that_is_held_is_nobody_elses_until_its_lease_is_over(store):
    store.queue.put([job("one")], **KEYS)
    held = store.queue.claim("a", lease_s=0.2)
    assert store.queue.claim("b", lease_s=60) is None
    assert store.queue.extend(held.id, "a", lease_s=0.2)
    assert not store.queue.extend(held.id, "b", lease_s=60)
    assert store.queue.expire(most_attempts=3) == 0
    time.sleep(0.3)
    assert store.queue.expire(most_attempts=3) == 1
    taken = store.queue.claim("b", lease_s=60)
    assert (taken.id, taken.attempts) == (held.id, 2)
    assert not store.queue.finish(held.id, "a", done()), "the first owner has lost it"
    assert store.queue.finish(taken.id, "b", done())
    assert states(store) == {"done": 1}


def test_what_the_dead_hold_is_free_at_once_and_given_up_after_too_many_deaths(store):
    store.queue.put([job("killer")], **KEYS)
    for _ in range(2):
        assert store.queue.claim("host/1/1", lease_s=60) is not None
        assert store.queue.owners() == ("host/1/1",)
        assert store.queue.expire(dead=["host/1/1"], most_attempts=2) == 1
    assert store.queue.claim("b", lease_s=60) is None
    assert states(store) == {"failed": 1}
    (failure,) = store.queue.tallies("run", since=datetime.now(UTC))
    assert failure.error_kind == "internal"


def test_a_job_given_back_counts_no_attempt(store):
    store.queue.put([job("one")], **KEYS)
    store.queue.claim("a", lease_s=60)
    assert store.queue.give_back(["a", "nobody"]) == 1
    assert store.queue.claim("b", lease_s=60).attempts == 1


def test_a_failure_that_may_pass_waits_and_one_that_lasts_is_quarantined(store):
    store.queue.put([job("away"), job("broken"), job("no model")], **KEYS)
    for again_in_s, quarantine in ((0.3, False), (None, True), (None, False)):
        held = store.queue.claim("me", lease_s=60)
        store.queue.fail(
            held.id, "me", kind="k", message="m", again_in_s=again_in_s, quarantine=quarantine, done=done()
        )
    assert store.queue.claim("me", lease_s=60) is None, "its time has not come"
    assert states(store) == {"queued": 1, "quarantined": 1, "failed": 1}
    assert store.queue.left("run")
    time.sleep(0.4)
    assert do_all(store) == ["away"]
    assert not store.queue.left("run")


def test_what_failed_is_tried_again_when_asked_or_changed(store):
    store.queue.put([job("a"), job("b")], **KEYS)
    while (held := store.queue.claim("me", lease_s=60)) is not None:
        store.queue.fail(held.id, "me", kind="k", message="m", quarantine=True, done=done())
    assert store.queue.put([job("a"), job("b", fingerprint="repaired")], **KEYS) == Put(queued=1, refused=1)
    assert store.queue.put([job("a")], **KEYS, retry_failed=True) == Put(queued=1)
    assert sorted(do_all(store)) == ["a", "b"]


def test_the_same_bytes_count_once_whoever_was_first(store):
    store.queue.put([job("a"), job("b")], **KEYS)
    first, second = store.queue.claim("x", lease_s=60), store.queue.claim("y", lease_s=60)
    keep(store, "kept")
    same = done(source_sha256="f" * 64, call_id="kept")
    store.queue.finish(second.id, "y", same)
    store.queue.finish(first.id, "x", same)
    tallies = store.queue.tallies("run", since=datetime.now(UTC))
    assert sorted(tally.call_class for tally in tallies) == ["connected", "duplicate"]
    assert store.queue.heard("f" * 64, recognition_key="ears") == (second.id, "kept")
    assert store.queue.heard("f" * 64, recognition_key="other ears") is None


def test_a_run_takes_its_own_jobs_and_a_lent_machine_any(store):
    store.queue.put([job("a")], **KEYS)
    store.queue.put([job("b")], **KEYS | {"run_id": "other"})
    assert store.queue.claim("me", lease_s=60, run_id="other").source_uri == "/calls/b.wav"
    assert store.queue.claim("me", lease_s=60, run_id="other") is None
    assert store.queue.claim("me", lease_s=60).source_uri == "/calls/a.wav"


def test_the_second_pass_takes_the_latest_of_each_rep(store):
    at = datetime(2026, 3, 1, tzinfo=UTC)
    names = {f"{rep}{n}": (rep, at + timedelta(days=n)) for rep in ("ana", "bo") for n in range(4)}
    store.queue.put([job(name) for name in [*names, "short", "no time"]], **KEYS | {"task": "triage"})
    while (held := store.queue.claim("me", lease_s=60)) is not None:
        name = held.source_uri.removeprefix("/calls/").removesuffix(".wav")
        rep, started_at = names.get(name, ("ana", at if name == "short" else None))
        store.queue.finish(
            held.id,
            "me",
            Done(call_class="short" if name == "short" else "connected", rep=rep, call_started_at=started_at),
        )
    chosen = store.queue.choose(
        "second", classes=["connected"], since=at + timedelta(days=1), per_rep=2, newest_first=True
    )
    assert chosen == 4
    assert do_all(store) == ["ana3", "bo3", "ana2", "bo2"]
    again = store.queue.choose("third", classes=["connected"], per_rep=2)
    assert again == 0, "those of each rep that were heard before count"


def test_calls_are_put_to_be_judged_again_once(store):
    for name in ("known", "unknown"):
        keep(store, name)
    store.queue.put([job("known"), job("copy")], **KEYS)
    for call_class in ("connected", "duplicate"):
        held = store.queue.claim("me", lease_s=60)
        store.queue.finish(held.id, "me", done(call_id="known", call_class=call_class))
    assert store.queue.put_rescores(["known", "unknown"], run_id="again") == 2
    assert store.queue.put_rescores(["known", "unknown"], run_id="again") == 0
    held = [store.queue.claim("me", lease_s=60, run_id="again") for _ in range(3)]
    assert [(one.task, one.call_id) for one in held[:2]] == [("rescore", "known"), ("rescore", "unknown")]
    assert held[2] is None


def test_many_workers_take_every_job_exactly_once(store):
    n, taken = 60, []
    store.queue.put([job(str(at)) for at in range(n)], **KEYS)

    def take(owner: str) -> None:
        while (held := store.queue.claim(owner, lease_s=60)) is not None:
            taken.append(held.id)
            assert store.queue.finish(held.id, owner, done())

    threads = [threading.Thread(target=take, args=(f"w{at}",)) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == n
    assert states(store) == {"done": n}


def test_runs_are_listed_last_first_and_say_how_they_ended(store):
    first = store.runs.begin(task="triage", source="/calls", options={"model": "small"})
    second = store.runs.begin(task="ingest", source=None, options={})
    store.runs.end(first.id, ending="complete", counts={"done": 3})
    assert [row.id for row in store.runs.latest()] == [second.id, first.id]
    ended = store.runs.get(first.id)
    assert (ended.ending, ended.counts, ended.options) == ("complete", {"done": 3}, {"model": "small"})
    assert ended.ended_at >= ended.started_at
    assert store.runs.get("none") is None


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_is_put_or_taken_where_there_is_nothing(store, n):
    assert store.queue.put([job("a")][:n], **KEYS) == Put(queued=n)
    assert len(do_all(store)) == n
    assert store.queue.give_back([]) == 0
