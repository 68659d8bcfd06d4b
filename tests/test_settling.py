"""At the end of a first pass files are compared: copies and shared prompts get the class they end in."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime

from archives import transcript_text
from conftest import call
from here import run_here

from callcoach.archive.classes import class_of
from callcoach.archive.duplicates import Look
from callcoach.archive.runs import Task
from callcoach.archive.settling import look_facts, look_of
from callcoach.core import LOCAL_OWNER, CallClass
from callcoach.store import Store
from callcoach.store.job_rows import JobRow

pytest_plugins = ["store_fixtures"]


def test_copies_are_told_once_all_files_were_looked_at(store_url, tmp_path):
    folder = tmp_path / "calls"
    folder.mkdir()
    rows = ["file,source_id"]
    for n in range(6):
        (folder / f"{n}.vtt").write_text(transcript_text(n))
        rows.append(f"{n}.vtt,T{n % 4}")
    shutil.copyfile(folder / "3.vtt", folder / "copy.vtt")
    (folder / "callcoach.csv").write_text("\n".join(rows))
    end = run_here(store_url, folder, task=Task.TRIAGE)
    assert end.counts.by_class["duplicate"] == 3
    assert sum(end.counts.by_class.values()) == 7
    with Store.open(store_url) as store:
        with store.job_rows(LOCAL_OWNER, end.run_id) as found:
            told = {row.source_uri.rsplit("/", 1)[-1]: row for row in found}
        assert store.runs.get(end.run_id).counts["by_class"] == dict(end.counts.by_class)
    copies = {name for name, row in told.items() if row.call_class == "duplicate"}
    assert len(copies & {"0.vtt", "4.vtt"}) == len(copies & {"1.vtt", "5.vtt"}) == 1
    assert len(copies & {"3.vtt", "copy.vtt"}) == 1
    for name in copies:
        assert told[name].facts["master"].rsplit("/", 1)[-1] not in copies
    assert Counter(run_here(store_url, folder, task=Task.TRIAGE).counts.by_class) == Counter(
        end.counts.by_class
    )


def test_a_look_comes_back_from_its_job():
    transcript = call("R 0-5 hello there | C 6-16 yes hello | R 17-40 one two three")
    look = Look(
        "a.wav", class_of(transcript), "ab", source_id="T1", rep="Dana", started_at=datetime(2026, 3, 1, tzinfo=UTC),
        pattern=transcript.speech["R"], prompt=b"\x01\xff" * 32, n_channels=2, part_of="Dana",
    )  # fmt: skip
    row = JobRow(
        1, "a.wav", "ab", "done", None, look.verdict.call_class.value, None, None, 1, 40.0, 2, "en",
        look.started_at, "Dana", None, None, {}, look_facts(look),
    )  # fmt: skip
    assert look_of(row) == look
    assert look.verdict.call_class in CallClass
