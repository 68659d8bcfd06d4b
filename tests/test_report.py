"""The report of a run: a bar that adds up to every file, and nothing that could run or that was said."""

from __future__ import annotations

import csv
import json
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from stores import DANA, OPERATIONS, keep
from typer.testing import CliRunner

from callcoach.archive.metrics import Metrics
from callcoach.archive.report import run_report
from callcoach.archive.report_doubts import roles_right, wilson
from callcoach.archive.report_files import as_csv, as_html, as_json, write_report
from callcoach.archive.report_parts import FIRST_STEP
from callcoach.archive.report_sums import Sample
from callcoach.archive.runs import RunCounts, RunProgress
from callcoach.cli.report import add_to
from callcoach.cli.run_progress import JsonLines, Together, watching
from callcoach.core import LOCAL_OWNER, CallMetadata
from callcoach.core.errors import INPUT_KINDS, BadSettings, NotFound, StoreError
from callcoach.store import Done, NewJob

pytest_plugins = ["store_fixtures"]

EVIL = '<script>alert("x")</script>'
KEYS = {"recognition_key": "r", "scoring_key": "s"}


def run_of(store, n: int = 12, *, fail: int = 3, leave: int = 2, source: str = "/calls", **options):
    """A run over `n` files: the last `leave` stay queued, `fail` before them fail, the others are done."""
    run = store.runs.begin(task="ingest", source=source, options={"language": "en", "words": True, **options})
    jobs = [NewJob(f"{source}/call {i}.wav", size_bytes=1) for i in range(n)]
    store.queue.put(jobs, run_id=run.id, task="ingest", **KEYS)
    for i in range(n - leave):
        job = store.queue.claim("w", lease_s=60, run_id=run.id)
        if i >= n - leave - fail:
            store.queue.fail(
                job.id, "w", kind="unreadable", message=f"cut off {EVIL}", done=Done(), quarantine=True
            )
            continue
        name = f"{run.id}{i}"
        keep(store, name, metadata=CallMetadata(rep="Dana"), source=job.source_uri)
        done = Done(
            call_id=name,
            call_class="connected" if i % 3 else "voicemail",
            duration_s=1800.0,
            n_channels=1 + i % 2,
            call_started_at=datetime(2025 + i % 2, 5, 1, tzinfo=UTC),
            source_name="dialer",
            timings={"all_s": 6.0},
            facts={
                "understood": i % 2 == 0,
                "rep_known": False,
                "raw_rep": f"=A{i % 2}",
                "doubts": ["rep: two"],
            },
        )
        store.queue.finish(job.id, "w", done)
    counts = {"by_class": {"connected": 4}, "failed": 0, "quarantined": fail, "queued": leave, "running": 0}
    store.runs.end(run.id, ending="stopped", counts=counts)
    return run


@pytest.fixture
def report(store):
    return run_report(
        store, LOCAL_OWNER, run_of(store).id, store_shown="sqlite:///a b.db", price_per_hour=3.0
    )


def test_the_bar_adds_up_to_every_file(report):
    assert report.n == 12
    assert {part.name: part.n for part in report.bar} == {
        "connected": 4,
        "voicemail": 3,
        "quarantined": 3,
        "left": 2,
    }
    assert sum(group.n for group in report.groups) == 12
    assert {(g.source, g.year, g.channels) for g in report.groups} >= {
        ("dialer", "2025", "mono"),
        ("dialer", "2026", "two channels"),
        ("unknown", "unknown", "unknown"),
    }


def test_cost_is_of_what_was_done(report):
    assert report.cost.audio_s == 7 * 1800
    assert report.cost.machine_s == 42.0
    assert report.cost.per_audio_hour_s == pytest.approx(12.0)
    assert report.cost.money == pytest.approx(42 / 3600 * 3)
    assert report.cost.n_left == 2
    assert report.cost.finish_at is not None


def test_failures_have_a_first_step_and_the_command_that_tries_again(report):
    (failure,) = report.failures
    assert (failure.kind, failure.n, failure.n_quarantined) == ("unreadable", 3, 3)
    assert failure.first_step == FIRST_STEP["unreadable"]
    assert failure.examples[0][0].startswith("call ")
    assert report.command == "callcoach batch /calls --store 'sqlite:///a b.db' --language en"
    assert report.retry_command == f"{report.command} --retry-failed"


def test_every_kind_of_failure_has_a_first_step():
    assert set(FIRST_STEP) == set(INPUT_KINDS)


def test_what_names_say_is_a_share_and_the_values_to_map_first(report):
    (mapping,) = report.mapping
    assert (mapping.source, mapping.n, mapping.rep_known_share) == ("dialer", 7, 0.0)
    assert mapping.understood_share == pytest.approx(4 / 7)
    assert mapping.top_raw == (("=A0", 4), ("=A1", 3))
    assert report.metadata_doubts == (("rep", 7),)


def test_doubts_and_legal_are_read_from_the_calls(report):
    assert (report.doubts.n_looked, report.doubts.n_judged) == (7, 7)
    assert report.doubts.n_unsure_roles == 0
    assert (report.doubts.n_with_words, report.doubts.n_no_notice) == (7, 7)
    assert {one.call_class for one in report.to_hear} == {"connected"}
    assert report.deletions == ()


def test_what_changed_since_the_last_run_of_the_source_is_listed(store):
    run_of(store, 6, fail=1, leave=0)
    run_of(store, 3, source="/others")
    second = run_of(store, 8, fail=4, leave=0, language="de")
    changed = {what: (before, now) for what, before, now in run_report(store, LOCAL_OWNER, second.id).changed}
    assert changed["quarantined"] == ("1", "4")
    assert changed["option language"] == ("en", "de")
    assert run_report(store, LOCAL_OWNER).run.id == second.id


def test_the_page_escapes_what_came_from_outside_and_holds_no_words(report):
    html = as_html(report)
    assert EVIL not in html
    assert "&lt;script&gt;alert" in html
    assert "approvals" not in html
    assert "http" not in html.replace("http-equiv", "")
    assert "12 files" in html
    assert "Together 12" in html
    assert "callcoach retain --older-than 365d" in html or report.n_older == 0


def test_the_table_has_no_formula_and_the_same_numbers(report):
    rows = list(csv.DictReader(as_csv(report).removeprefix("\ufeff").splitlines()))
    assert sum(int(row["value"]) for row in rows if row["section"] == "bar") == 12
    assert sum(int(row["value"]) for row in rows if row["section"] == "group") == 12
    assert [row["key_2"] for row in rows if row["section"] == "rep nobody is known by"] == ["'=A0", "'=A1"]


def test_json_holds_everything(report):
    made = json.loads(as_json(report))
    assert sum(part["n"] for part in made["bar"]) == made["n"] == 12
    assert made["run"]["id"] == report.run.id
    assert made["doubts"]["n_looked"] == 7


def test_a_report_is_for_who_runs_the_archive(store):
    run = run_of(store)
    with pytest.raises(StoreError, match="owner and operations"):
        run_report(store, DANA, run.id)
    assert run_report(store, OPERATIONS, run.id).n == 12
    with pytest.raises(NotFound, match="a report needs a run"):
        run_report(store, LOCAL_OWNER, "nothing")


def test_the_command_writes_what_the_ending_says(store, tmp_path):
    run = run_of(store)
    app = typer.Typer()
    add_to(app)

    def ask(*arguments: object):
        return CliRunner().invoke(app, ["--store", store.url, *map(str, arguments)])

    for suffix in ("html", "csv", "json"):
        assert ask("--to", tmp_path / f"report.{suffix}").exit_code == 0
        assert (tmp_path / f"report.{suffix}").stat().st_size > 500
    assert json.loads(ask().stdout)["n"] == 12
    assert run.id in ask("--list").output
    with pytest.raises(BadSettings, match="must end in"):
        write_report(run_report(store, LOCAL_OWNER), tmp_path / "report.pdf")


def test_wilson_gives_the_sentence_of_the_page():
    assert roles_right(19, 20) == "roles right in 19 of 20 (76–99 %)"
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_stays_within_zero_and_one(n, data):
    right = data.draw(st.integers(0, n))
    low, high = wilson(right, n)
    assert 0 <= low <= right / n <= high <= 1 or abs(low - right / n) < 1e-9 or abs(high - right / n) < 1e-9
    assert wilson(n - right, n) == pytest.approx((1 - high, 1 - low))


def test_a_sample_takes_each_equally_often():
    import random

    taken = [0] * 50
    for seed in range(600):
        sample = Sample(10, random.Random(seed))
        for i in range(50):
            sample.add(i)
        assert len(sample.items) == 10
        for i in sample.items:
            taken[i] += 1
    assert min(taken) > 80
    assert max(taken) < 165


PROGRESS = RunProgress(
    "run1", RunCounts(queued=5, done=3, quarantined=1, by_class={"connected": 3}, by_kind={"empty": 1}, audio_s=7200.0),
    9, True, 10.0, 2,
)  # fmt: skip


def test_metrics_are_served_on_loopback_while_the_run_lasts():
    with Metrics(0) as metrics:
        metrics.update(PROGRESS)
        with urllib.request.urlopen(f"http://127.0.0.1:{metrics.port}/metrics") as answer:
            text = answer.read().decode()
        with pytest.raises(BadSettings, match="must be a free port"):
            Metrics(metrics.port)
    for line in ('callcoach_sources{state="done"} 3.0', 'callcoach_sources_failed{kind="empty"} 1.0',
                 'callcoach_sources_done{class="connected"} 3.0', "callcoach_audio_seconds 7200.0",
                 "callcoach_workers 2.0"):  # fmt: skip
        assert line in text
    with pytest.raises(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{metrics.port}/metrics", timeout=2)


def test_what_is_no_more_is_no_longer_told():
    with Metrics(0) as metrics:
        metrics.update(PROGRESS)
        metrics.update(replace(PROGRESS, counts=RunCounts(done=4)))
        with urllib.request.urlopen(f"http://127.0.0.1:{metrics.port}/metrics") as answer:
            assert "unreadable" not in (text := answer.read().decode())
    assert 'kind="empty"' not in text


def test_without_a_terminal_progress_is_lines_and_with_json_objects(capsys):
    class Seen:
        n = 0

        def update(self, progress):
            self.n += 1

    seen = Seen()
    with watching(lines=seen) as progress:
        progress.update(PROGRESS)
    assert seen.n == 1
    with watching(lines=seen, as_json=True) as progress:
        progress.update(PROGRESS)
    line = json.loads(capsys.readouterr().err)
    assert (line["found"], line["done"], line["by_kind"]) == (9, 3, {"empty": 1})
    Together(JsonLines(), seen).update(PROGRESS)
    assert seen.n == 2


def test_on_a_terminal_progress_is_a_bar(monkeypatch):
    import io
    import sys

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with watching(lines=None) as progress:
        progress.update(PROGRESS)
    assert "4/9" in terminal.getvalue()
