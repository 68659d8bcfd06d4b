"""Workers are processes: killed, stopped, cut off from the database, they lose and double nothing."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from archives import transcript_text, write_archive, write_damaged
from conftest import IN_CI
from killing import Contents, Program, run_with_kills, wait_until, workers_of
from postgres import MISSING, Server, binaries, postgres
from sqlalchemy import create_engine, text

from callcoach.archive.orders import WorkerOptions
from callcoach.archive.patience import patiently
from callcoach.archive.processes import threads_for
from callcoach.archive.run import RunEnd
from callcoach.archive.runs import Ending, RunCounts
from callcoach.archive.worker import GONE, End, is_dead, owner_name, work
from callcoach.cli.batch import at_hour, day
from callcoach.cli.runs import close
from callcoach.core import LOCAL_OWNER
from callcoach.core.errors import BadSettings, StoreUnreachable
from callcoach.store import Store

pytest_plugins = ["store_fixtures"]


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Program:
    return Program.copied(tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """Twelve calls, and one damaged file."""
    folder = write_archive(tmp_path_factory.mktemp("archive"), 12)
    write_damaged(folder / "damaged", 1)
    return folder


@pytest.fixture(scope="module")
def undisturbed(program, archive, tmp_path_factory) -> Contents:
    """What the archive's store holds when nobody disturbs it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'store.db'}"
    code, said = program.run("batch", str(archive), "--store", url, "--workers", "1")
    assert code == 3, said
    assert "13 sources: 12 done, 1 in quarantine (empty 1)." in said
    return Contents.of(url)


def test_stopped_by_ctrl_c_and_killed_at_any_instant_an_archive_ends_as_if_nothing_had_been(
    program, archive, undisturbed, tmp_path
):
    url = f"sqlite:///{tmp_path / 'store.db'}"
    command = ("batch", str(archive), "--store", url, "--workers", "2")
    Store.open(url).close()
    process = program.start(*command, start_new_session=True)
    with Store.open(url) as store:
        wait_until(lambda: len(store.all_judged(limit=1)) == 1, timeout_s=300)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        _, said = process.communicate(timeout=300)
        assert process.returncode == 130
        assert b"run the same command again to go on" in said
        assert b"Traceback" not in said
        assert store.queue.owners() == (), "nobody holds a job any more"
        assert list(program.home.iterdir()) == []
        assert store.runs.latest()[0].ending == "stopped"
    kills, code = run_with_kills(
        lambda: program.start(*command), n_kills=3, chance=random.Random(4), longest_wait_s=6.0
    )
    assert code == 3
    assert kills.total() >= 1
    assert not any(Contents.of(url).against(undisturbed).values())


@pytest.fixture
def own_server():
    if binaries() is None:
        if IN_CI:
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with postgres(durable=True) as server:
        server.administer("CREATE DATABASE store")
        yield server


def store_that_takes_its_time(server: Server) -> str:
    """URL of an empty store in which each scorecard takes a second.

    However fast calls are judged, there is time to stop the server while some are left.
    """
    url = server.url.format(database="store")
    Store.open(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION take_a_second() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER slow BEFORE INSERT ON scorecards "
                "FOR EACH ROW EXECUTE FUNCTION take_a_second()"
            )
        )
    engine.dispose()
    return url


def until_judged(url: str, n: int, process: subprocess.Popen) -> None:
    """Wait until the store holds `n` judged calls, while a run that has more to do goes on."""
    with Store.open(url) as store:
        wait_until(lambda: process.poll() is not None or len(store.all_judged(limit=n)) == n, timeout_s=540)
    assert process.poll() is None, process.communicate()[1]


def test_a_database_that_restarts_twice_and_workers_that_die_twice_delay_a_run_and_nothing_else(
    program, archive, undisturbed, own_server: Server
):
    url = store_that_takes_its_time(own_server)
    process = program.start("batch", str(archive), "--store", url, "--workers", "1")
    try:
        for n_done, how in ((2, "immediate"), (6, "fast")):
            until_judged(url, n_done, process)
            (worker,) = workers_of(process.pid)
            own_server.stop(how)
            os.kill(worker, signal.SIGKILL)
            time.sleep(0.5)
            own_server.start()
        # Another machine lends a hand.
        lent = program.start("worker", "--store", url, "--workers", "1", "--until-done")
        _, said = process.communicate(timeout=300)
        assert process.returncode == 3, said
        _, lent_said = lent.communicate(timeout=300)
        assert lent.returncode == 0, lent_said
    finally:
        process.kill()
    assert not any(Contents.of(url).against(undisturbed).values())


def test_a_watched_folder_is_scored_as_it_fills(program, tmp_path):
    url, folder = f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "calls"
    folder.mkdir()
    Store.open(url).close()
    process = program.start(
        "watch", str(folder), "--store", url, "--workers", "1", "--every", "0.2", "--settled", "0.2"
    )
    try:
        with Store.open(url) as store:
            for n in range(1, 3):
                (folder / f"{n}.vtt").write_text(transcript_text(n))
                wait_until(lambda n=n: len(store.calls(LOCAL_OWNER).rows) == n, timeout_s=300)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=300)
        assert process.returncode == 130
        assert b"Traceback" not in said
    finally:
        process.kill()
        process.communicate()


def test_the_exit_code_and_the_last_lines_say_how_a_run_ended(capsys):
    import typer

    def closed(end: RunEnd, **options: bool) -> tuple[int, str, str]:
        code = 0
        try:
            close(end, as_json=options.get("as_json", False))
        except typer.Exit as stop:
            code = stop.exit_code
        said = capsys.readouterr()
        return code, said.out, said.err

    counts = RunCounts(done=270, quarantined=30, by_kind={"empty": 30}, by_class={"short": 270})
    code, out, said = closed(RunEnd("r", Ending.COMPLETE, counts, 9.0, n_new=300), as_json=True)
    assert (code, said) == (3, "300 sources: 270 done, 30 in quarantine (empty 30).\n")
    assert json.loads(out)["found"] == 300
    code, _, said = closed(RunEnd("r", Ending.COMPLETE, RunCounts(done=5, unchanged=5), 0.1))
    assert (code, said) == (
        0,
        "5 sources: 5 done, 5 of them before, with the same keys. Nothing was to do.\n",
    )
    code, _, said = closed(RunEnd("r", Ending.STOPPED, RunCounts(done=5, queued=2), 0.1, 7, "It is six."))
    assert code == 0
    assert said.endswith("It is six.\nGo on with the same command, or with: callcoach batch\n")
    code, _, said = closed(RunEnd("r", Ending.FAILED, RunCounts(failed=1), 0.1, 7, "The disk is full."))
    assert code == 1
    assert "The disk is full." in said


def test_a_worker_whose_store_does_not_come_back_ends_and_says_so(tmp_path):
    options = WorkerOptions(f"postgresql+psycopg://nobody@/none?host={tmp_path}", patience_s=0.3)
    ended = work(options, stop=lambda wait_s: False)
    assert ended.end is End.NO_STORE
    assert "must answer" in ended.message


def told_to_end(n_times: int, done: list[str]) -> None:
    for _ in range(n_times):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0)  # a moment in which it would be obeyed
    done.append("written")


def ending_without_a_store() -> None:
    os.kill(os.getpid(), signal.SIGINT)
    raise StoreUnreachable("a store must answer; it does not: wait")


def test_ctrl_c_waits_for_the_store_to_be_through_and_twice_does_not():
    before = signal.getsignal(signal.SIGINT)
    for n_times, expected in ((1, ["written"]), (2, [])):
        done: list[str] = []
        with pytest.raises(KeyboardInterrupt):
            patiently(lambda n=n_times, done=done: told_to_end(n, done))
        assert done == expected
        assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(KeyboardInterrupt):
        patiently(ending_without_a_store)


def test_a_dead_owner_is_told_from_one_that_lives_or_is_elsewhere():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    mine = owner_name()
    machine, _, began = mine.split("/")
    assert not is_dead(mine)
    assert not is_dead(f"elsewhere/{child.pid}/1")
    assert not is_dead("no owner of ours")
    assert is_dead(f"{machine}/{os.getpid()}/{int(began) + 1}"), "the number was given to another process"
    child.kill()
    wait_until(lambda: is_dead(f"{machine}/{child.pid}/1"))
    child.communicate()
    assert is_dead(f"{machine}/{child.pid}/1")
    assert began != GONE


def test_cycles_are_looked_for_between_jobs_and_the_collector_is_left_as_it_was(
    store_url, tmp_path, monkeypatch
):
    from callcoach.archive import worker as worker_module
    from callcoach.store import Done, NewJob

    before, within, between = gc.get_threshold(), [], []
    monkeypatch.setattr(worker_module, "do", lambda *_a, **_k: within.append(gc.get_threshold()[0]) or Done())
    monkeypatch.setattr(worker_module.gc, "collect", lambda: between.append(len(within)))
    monkeypatch.setattr(worker_module, "resident_mb", lambda: 1000.0 * (len(within) // 2))
    with Store.open(store_url) as store:
        found = [NewJob(f"{n}.vtt") for n in range(4)]
        store.queue.put(found, run_id="r", task="ingest", recognition_key="a", scoring_key="b")
        ended = work(WorkerOptions(store_url, ends_when_idle=True), stop=lambda wait_s: False)
    assert ended.n_done == 4
    assert within == [worker_module.YOUNG_OBJECTS] * 4
    assert between == [1, 2, 4]  # after the first, and as often as memory has grown
    assert gc.get_threshold() == before


def test_a_lease_is_held_as_long_as_the_work_takes(store_url, tmp_path, monkeypatch):
    from callcoach.archive import worker as worker_module
    from callcoach.store import Done, NewJob

    lasting = threading.Event()
    monkeypatch.setattr(worker_module, "do", lambda *_a, **_k: lasting.wait(1.2) or Done())
    with Store.open(store_url) as store:
        keys = {"run_id": "r", "task": "ingest", "recognition_key": "a", "scoring_key": "b"}
        store.queue.put([NewJob("/calls/long.wav")], **keys)
        options = WorkerOptions(store_url, lease_s=0.4, ends_when_idle=True)
        worker = threading.Thread(target=work, args=(options,), kwargs={"stop": lambda wait_s: False})
        worker.start()
        wait_until(lambda: store.queue.owners() != ())
        for _ in range(8):
            time.sleep(0.1)
            assert store.queue.expire(most_attempts=9) == 0
        worker.join()
        assert not store.queue.left()


@pytest.mark.parametrize(("n", "cores", "threads"), [(1, 8, 8), (2, 8, 4), (3, 8, 2), (16, 8, 1)])
def test_the_cores_are_shared_among_the_workers(n, cores, threads):
    assert threads_for(n, cores=range(cores)) == threads


def test_hours_and_days_are_understood_or_refused():
    for hour in ("6 am", "25:00", ""):
        with pytest.raises(BadSettings, match="--until must be an hour such as 06:00"):
            at_hour(hour)
    with pytest.raises(BadSettings, match="--since must be a day"):
        day("last week")
    assert day("2026-03-01T10:00:00+02:00").isoformat().endswith("+00:00") or day("2026-03-01").tzinfo


def test_a_ray_cluster_does_the_same_through_restarts_of_the_database_and_deaths(
    program, archive, undisturbed, own_server: Server
):
    if find_spec("ray") is None:
        if IN_CI:
            pytest.fail("needs the extra ray (pip install 'callcoach[ray]')")
        pytest.skip("needs the extra ray (pip install 'callcoach[ray]')")
    url = store_that_takes_its_time(own_server)
    program.environment |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_TMPDIR": "/tmp"}  # sockets need short paths
    process = program.start(
        "batch", str(archive), "--store", url, "--runner", "ray", "--ray-address", "local", "--workers", "1"
    )
    try:
        for n_done, how in ((2, "immediate"), (6, "fast")):
            until_judged(url, n_done, process)
            alive: list[str] = []
            with Store.open(url) as store:
                while not alive and process.poll() is None:
                    alive = [owner for owner in store.queue.owners() if not is_dead(owner)]
            assert alive, process.communicate()[1]
            own_server.stop(how)
            os.kill(int(alive[0].split("/")[-2]), signal.SIGKILL)
            time.sleep(0.5)
            own_server.start()
        _, said = process.communicate(timeout=300)
        assert process.returncode == 3, said
    finally:
        process.kill()
    assert not any(Contents.of(url).against(undisturbed).values())


def test_without_ray_or_a_cluster_it_is_said_what_to_do(monkeypatch):
    from callcoach.archive.ray_pool import RayPool
    from callcoach.core.errors import MissingExtra

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"pip install 'callcoach\[ray\]'"):
        RayPool(1, WorkerOptions("sqlite:///none.db"), address="auto").start()
