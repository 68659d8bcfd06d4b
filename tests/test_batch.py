"""Archives become stores: everything ends in exactly one place, and nothing is done twice."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from archives import FIRST_DAY, transcript_text, write_archive, write_damaged
from conftest import FIXTURES
from here import QUICK, go_on_here, make_here, rescore_here, run_here
from sqlalchemy import event

from callcoach.archive import find_sources, ingest, rescore_call
from callcoach.archive import work as work_module
from callcoach.archive import worker as worker_module
from callcoach.archive.report import run_report
from callcoach.archive.run import Limits
from callcoach.archive.runs import Ending, Task
from callcoach.cli.runs import close
from callcoach.core import LOCAL_OWNER
from callcoach.core.errors import Unreachable
from callcoach.store import Store
from callcoach.transcribe.recogniser import FakeRecogniser

pytest_plugins = ["store_fixtures"]


def contents(url: str) -> dict[str, str]:
    """Call id to the text of its document."""
    with Store.open(url) as store:
        ids = [call_id for call_id, _ in store.all_judged(limit=1000)]
        return {id_: json.dumps(store.document(LOCAL_OWNER, id_)) for id_ in ids}


def failures(url: str) -> dict[str, str]:
    with Store.open(url) as store:
        rows = store.failures(LOCAL_OWNER, limit=1000)
    return {Path(row.source_uri).name: row.kind for row in rows}


def test_every_source_of_an_archive_ends_in_exactly_one_place(store_url, tmp_path):
    write_archive(tmp_path / "calls", 18, per_folder=7)
    kinds = write_damaged(tmp_path / "calls" / "damaged", 12)
    end = run_here(store_url, tmp_path / "calls")
    assert end.ending is Ending.COMPLETE
    assert (end.counts.done, end.counts.quarantined, end.counts.failed, end.counts.left) == (18, 12, 0, 0)
    assert end.counts.found == 30
    assert sum(end.counts.by_class.values()) == 18
    assert end.counts.by_kind == kinds
    assert len(contents(store_url)) == 18
    assert len(failures(store_url)) == 12


def test_three_hundred_files_of_which_thirty_are_damaged_end_as_the_report_says(tmp_path):
    archive, store_url = tmp_path / "calls", f"sqlite:///{tmp_path / 'calls.db'}"
    write_archive(archive, 270)
    kinds = write_damaged(archive / "damaged", 30)
    end = run_here(store_url, archive)
    with Store.open(store_url) as store:
        report = run_report(store, LOCAL_OWNER)
    assert (end.counts.done, end.counts.quarantined) == (270, 30)
    assert sum(end.counts.by_class.values()) == 270
    assert end.counts.by_kind == kinds
    assert len(contents(store_url)) == 270
    assert report.n == sum(part.n for part in report.bar) == 300
    with pytest.raises(typer.Exit) as ended:
        close(end, as_json=False)
    assert ended.value.exit_code == 3


def test_the_same_again_is_no_work_and_a_changed_file_is(store_url, tmp_path):
    folder = write_archive(tmp_path / "calls", 6)
    first = run_here(store_url, folder)
    before = contents(store_url)
    again = run_here(store_url, folder)
    assert (first.n_new, again.n_new, again.counts.unchanged) == (6, 0, 6)
    assert contents(store_url) == before
    (folder / "0000" / "call-000003.vtt").write_text(transcript_text(77))
    changed = run_here(store_url, folder)
    assert (changed.n_new, changed.counts.unchanged) == (1, 5)
    assert len(contents(store_url)) == 7, "what was said in the older file stays a call"


def test_a_sidecar_that_changed_brings_its_call_up_to_date_and_nothing_is_heard(
    store_url, tmp_path, monkeypatch
):
    folder = tmp_path / "calls"
    folder.mkdir()
    recording = folder / "demo-good.opus"
    shutil.copyfile(FIXTURES / recording.name, recording)
    run_here(store_url, folder)
    sidecar = recording.with_name(recording.name + ".callcoach.json")
    sidecar.write_text('{"rep": "Zoe Marsh", "channels": {"left": "rep", "right": "customer"}}')
    monkeypatch.setattr(work_module, "hear", lambda *_a, **_k: pytest.fail("was heard again"))
    end = run_here(store_url, folder)
    assert (end.n_new, end.counts.done) == (1, 1)
    with Store.open(store_url) as store:
        (row,) = store.calls(LOCAL_OWNER).rows
    assert row.rep == "Zoe Marsh"
    assert row.roles_known


def test_the_same_bytes_in_two_places_are_one_call_and_heard_once(store_url, tmp_path):
    folder = write_archive(tmp_path / "calls", 2)
    shutil.copytree(folder / "0000", folder / "copy")
    end = run_here(store_url, folder)
    assert end.counts.by_class == {"duplicate": 2, "short": 2}
    assert len(contents(store_url)) == 2
    assert run_here(store_url, folder).n_new == 0


def test_another_rubric_judges_every_call_again_without_reading_a_file(store_url, tmp_path):
    folder = write_archive(tmp_path / "calls", 4)
    run_here(store_url, folder)
    before = contents(store_url)
    shutil.rmtree(folder)
    options = replace(QUICK, rubric="discovery")
    end = rescore_here(store_url, options=options)
    assert (end.n_new, end.counts.done) == (4, 4)
    after = contents(store_url)
    assert after.keys() == before.keys()
    assert all(json.loads(text)["call"]["id"] == id_ for id_, text in after.items())
    assert all(after[id_] != before[id_] for id_ in before)
    assert rescore_here(store_url, options=options).n_new == 0
    back = rescore_here(store_url)
    assert back.n_new == 4
    assert contents(store_url) == before


def test_a_batch_with_another_rubric_judges_again_and_hears_nothing(store_url, tmp_path, monkeypatch):
    folder = write_archive(tmp_path / "calls", 3)
    run_here(store_url, folder)
    monkeypatch.setattr(work_module, "hear", lambda *_a, **_k: pytest.fail("was heard again"))
    end = run_here(store_url, folder, options=replace(QUICK, rubric="demo"))
    assert (end.n_new, end.counts.done, end.counts.failed) == (3, 3, 0)


def test_calls_that_were_scored_one_by_one_are_rescored_too_and_corrections_stay(store_url, tmp_path):
    from callcoach.core import Edit, EditKind

    folder = write_archive(tmp_path / "calls", 2)
    with Store.open(store_url) as store:
        for source in find_sources([str(folder)]):
            ingest(source, store=store)
        corrected = store.calls(LOCAL_OWNER).rows[0].call_id
        edit = Edit("1", EditKind.SCORE, "owner", datetime.now(UTC), behaviour="question", score=0.9)
        store.add_edit(LOCAL_OWNER, corrected, edit)
        rescore_call(store, LOCAL_OWNER, corrected)
    end = rescore_here(store_url, options=replace(QUICK, rubric="discovery"))
    assert (end.n_new, end.counts.done) == (2, 2)
    with Store.open(store_url) as store:
        machine = store.document(LOCAL_OWNER, corrected, corrected=False)
        by_hand = store.document(LOCAL_OWNER, corrected)
    assert machine["overall"] is None or machine["overall"]["rubric"] == "discovery"
    assert machine != by_hand


def test_a_source_that_does_not_answer_is_tried_again_and_then_said(store_url, tmp_path, monkeypatch):
    folder = write_archive(tmp_path / "calls", 3)
    tries = []

    def away(path, **_options):
        tries.append(path)
        if len(tries) < 3:
            raise Unreachable("the source must answer; it did not: check it")
        return real(path, **_options)

    real = work_module.hear
    monkeypatch.setattr(work_module, "hear", away)
    end = run_here(store_url, folder)
    assert (end.counts.done, end.counts.failed) == (3, 0)
    assert len(tries) == 5

    monkeypatch.setattr(work_module, "hear", lambda path, **_o: path.no_such_thing)  # a mistake of ours
    (folder / "0000" / "call-000001.vtt").write_text(transcript_text(55))
    end = run_here(store_url, folder)
    assert end.counts.by_kind == {"internal": 1}
    monkeypatch.setattr(work_module, "hear", real)
    assert run_here(store_url, folder).n_new == 0, "it was given up"
    assert run_here(store_url, folder, retry_failed=True).counts.done == 3


def test_a_disk_that_goes_away_loses_nothing(store_url, tmp_path):
    folder = write_archive(tmp_path / "mount" / "calls", 3)
    with Store.open(store_url) as store:
        from callcoach.archive.discover import discover
        from callcoach.archive.newjobs import jobs_of
        from callcoach.archive.patience import PatientStore
        from callcoach.archive.run import begin, put_all

        patient = PatientStore(store)
        run = begin(patient, task=Task.INGEST, source=str(folder), options=QUICK)
        put_all(patient, run, jobs_of(discover(str(folder)), options=QUICK), options=QUICK)
    (tmp_path / "mount").rename(tmp_path / "away")
    end = go_on_here(store_url)
    assert end.counts.by_kind == {"unreachable": 3}
    (tmp_path / "away").rename(tmp_path / "mount")
    again = go_on_here(store_url, choose=lambda patient, run: patient.queue.retry_failed(run.id))
    assert (again.counts.done, again.counts.failed) == (3, 0)
    assert len(contents(store_url)) == 3


def test_a_full_disk_stops_the_run_with_what_to_do_and_nothing_is_lost(tmp_path):
    url, folder = f"sqlite:///{tmp_path / 'store.db'}", write_archive(tmp_path / "calls", 8, n_turns=300)
    Store.open(url).close()
    limit = os.path.getsize(tmp_path / "store.db") // 4096 + 60

    def full(connection, _record) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit}")

    from sqlalchemy.engine import Engine

    event.listen(Engine, "connect", full)
    try:
        end = run_here(url, folder)
    finally:
        event.remove(Engine, "connect", full)
    assert end.ending is Ending.FAILED
    assert "disk" in end.why.casefold() or "space" in end.why
    kept = len(contents(url))
    assert kept < 8
    end = run_here(url, folder)
    assert (end.ending, end.counts.done, end.counts.failed, end.counts.quarantined) == (
        Ending.COMPLETE, 8, 0, 0,
    )  # fmt: skip
    assert len(contents(url)) == 8


def test_media_are_never_written_to(store_url, tmp_path):
    folder = write_archive(tmp_path / "calls", 3)
    shutil.copyfile(FIXTURES / "demo-good.opus", folder / "demo-good.opus")
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    end = run_here(store_url, folder)
    assert (end.counts.done, end.counts.found) == (4, 4)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()} == before


def test_a_store_that_may_only_be_read_stops_the_run_with_what_to_do(tmp_path):
    from callcoach.core.errors import StoreError

    url, folder = f"sqlite:///{tmp_path / 'store.db'}", write_archive(tmp_path / "calls", 2)
    Store.open(url).close()

    def read_only(connection, _record) -> None:
        connection.execute("PRAGMA query_only = ON")

    from sqlalchemy.engine import Engine

    event.listen(Engine, "connect", read_only)
    try:
        with pytest.raises(StoreError, match="read-only"):
            run_here(url, folder)
    finally:
        event.remove(Engine, "connect", read_only)
    assert run_here(url, folder).counts.done == 2


def test_a_run_stops_at_the_hour_or_amount_and_goes_on(store_url, tmp_path):
    folder = write_archive(tmp_path / "calls", 4)
    end = run_here(store_url, folder, limits=Limits(stop_at_s=1.0))
    assert (end.ending, end.counts.left) == (Ending.STOPPED, 4)
    assert "hour" in end.why
    end = run_here(store_url, folder, limits=Limits(audio_hours=1e-9))
    assert end.ending is Ending.COMPLETE or end.counts.left == 0, "one look did them all"
    assert len(contents(store_url)) == 4


def test_triage_keeps_classes_and_the_second_pass_takes_them(store_url, tmp_path):
    folder = write_archive(tmp_path / "calls", 6)
    end = run_here(store_url, folder, task=Task.TRIAGE)
    assert end.counts.done == 6
    assert contents(store_url) == {}
    assert run_here(store_url, folder, task=Task.TRIAGE).n_new == 0
    (name,) = end.counts.by_class
    chosen = go_on_here(
        store_url,
        choose=lambda patient, run: patient.queue.choose(run.id, classes=[name], since=FIRST_DAY, per_rep=2),
    )
    assert chosen.counts.done == 2
    with Store.open(store_url) as store:
        began = [row.started_at for row in store.calls(LOCAL_OWNER).rows]
    assert [at.hour for at in began] == [13, 11], "the latest that say when they began"
    assert run_here(store_url, folder).n_new == 4


def test_triage_hears_another_language_where_a_model_knows_several(tmp_path, monkeypatch):
    archive = tmp_path / "calls"
    archive.mkdir()
    shutil.copy(FIXTURES / "renewal.opus", archive)
    for languages, expected in ((("en", "de"), {"other_language": 1}), (("en",), {"connected": 1})):
        fake = FakeRecogniser(token=FakeRecogniser.TOKEN, language="de", languages=languages)
        monkeypatch.setattr(worker_module, "recogniser_of", lambda *_, fake=fake, **__: fake)
        url = f"sqlite:///{tmp_path / languages[-1]}.db"
        end = run_here(url, archive, options=replace(QUICK, words=True), task=Task.TRIAGE)
        assert end.counts.by_class == expected


def test_since_leaves_out_older_calls_and_newest_first_orders_them(store_url, tmp_path):
    folder = write_archive(tmp_path / "calls", 6)
    old = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    for path in folder.rglob("*.vtt"):
        os.utime(path, (old, old))
    since = FIRST_DAY.replace(hour=11)
    end = run_here(store_url, folder, since=since, newest_first=True)
    assert end.counts.done == 2
    with Store.open(store_url) as store:
        added = {row.started_at.hour: row.added_at for row in store.calls(LOCAL_OWNER).rows}
    assert added[13] < added[11]


def test_a_recording_comes_before_the_transcript_beside_it(tmp_path):
    from callcoach.archive.discover import discover
    from callcoach.archive.newjobs import jobs_of

    for name in ("a.json", "a.wav", "b.vtt", "c.m4a", "c.vtt", "d.txt"):
        (tmp_path / name).write_text("x")
    jobs = {
        Path(job.source_uri).name: job.priority for job in jobs_of(discover(str(tmp_path)), options=QUICK)
    }
    assert jobs == {"a.json": 1, "a.wav": 0, "b.vtt": 0, "c.m4a": 0, "c.vtt": 1, "d.txt": 0}


def test_a_worker_is_replaced_after_enough_jobs(store_url, tmp_path):
    folder, pools = write_archive(tmp_path / "calls", 5), []

    def make(run_id: str):
        pools.append(make_here(store_url, most_jobs=2)(run_id))
        return pools[-1]

    from callcoach.archive.start import run_source

    with Store.open(store_url) as store:
        end = run_source(store, str(folder), options=QUICK, make_pool=make)
    assert end.counts.done == 5
    assert [ended.n_done for ended in pools[0].ended if ended.n_done] == [2, 2, 1]


def test_every_call_is_judged_knowing_the_accounts_earlier_ones_in_whatever_order_they_came(
    store_url, tmp_path
):
    from callcoach.archive.ingest import rescore_stored

    folder = write_archive(tmp_path / "calls", 8, reps=2)
    files = sorted(folder.rglob("*.vtt"))
    later = [file for at, file in enumerate(files) if at in (4, 6)]
    rest = [file for file in files if file not in later]
    for name, some in (("later", later), ("rest", rest)):
        for file in some:
            for part in file.parent.glob(file.name + "*"):
                (tmp_path / name).mkdir(exist_ok=True)
                part.rename(tmp_path / name / part.name)
    run_here(store_url, tmp_path / "later")
    first = contents(store_url)
    run_here(store_url, tmp_path / "rest")
    at_last = contents(store_url)
    assert len(at_last) == 8
    with Store.open(store_url) as store:
        for call_id in at_last:
            rescore_stored(store, call_id)
    assert contents(store_url) == at_last, "judging again with everything known changes nothing"
    assert run_here(store_url, tmp_path / "rest").n_new == 0
    assert first.keys() < at_last.keys()


def test_files_of_one_meeting_that_arrive_at_once_are_one_call(store_url, tmp_path):
    folder = tmp_path / "calls"
    folder.mkdir()
    for n in range(2):
        (folder / f"{n}.vtt").write_text(transcript_text(n))
        (folder / f"{n}.vtt.callcoach.json").write_text('{"source_id": "meeting 7"}')
    hidden = {"n": 0}

    def not_yet(self, source_id):
        hidden["n"] += 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "call_of_source_id", not_yet)
        run_here(store_url, folder)
    assert hidden["n"] == 2
    assert len(contents(store_url)) == 1
    with Store.open(store_url) as store:
        (call_id,) = contents(store_url)
        assert len(store.transcripts(LOCAL_OWNER, call_id)) == 2
