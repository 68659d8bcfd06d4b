"""A plan says what an archive costs and gives, from a sample that every stratum is in."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import pytest
from archives import write_archive, write_damaged
from here import QUICK, make_here

from callcoach.archive.discover import Found
from callcoach.archive.plan import Looked, planned, sampled, strata_of
from callcoach.archive.planning import as_lines, as_page, make_plan, write_plan
from callcoach.core.errors import BadSettings, EmptyInput
from callcoach.store import Store

pytest_plugins = ["store_fixtures"]


def files(**years: int) -> list[Found]:
    """So many files of each year, such as ``y2024=3``."""
    return [
        Found(
            f"/none/{year}-{n}.wav", f"{n}.wav", size=1000, modified=datetime(int(year[1:]), 5, 1, tzinfo=UTC)
        )
        for year, many in years.items()
        for n in range(many)
    ]


def looks(sample, *, seconds) -> list[Looked]:
    return [
        Looked(one.uri, "connected" if seconds(one) > 60 else "short", seconds(one), 1.0, 2, True)
        for some in sample.values()
        for one in some
    ]


def test_every_stratum_is_in_the_sample_and_large_ones_more():
    chance = random.Random(1)
    strata = strata_of(files(y2023=2, y2024=900, y2025=98), rules=None, chance=chance, n_kept=100)
    assert {key: stratum.n for key, stratum in strata.items()} == {
        ("no source", "2023"): 2,
        ("no source", "2024"): 900,
        ("no source", "2025"): 98,
    }
    sample = sampled(strata, n=100, chance=chance)
    assert {year: len(some) for (_, year), some in sample.items()} == {"2023": 2, "2024": 90, "2025": 10}
    assert all(len({one.uri for one in some}) == len(some) for some in sample.values())


def test_a_whole_archive_that_was_looked_at_is_no_estimate():
    chance = random.Random(1)
    strata = strata_of(files(y2024=20), rules=None, chance=chance)
    sample = sampled(strata, n=400, chance=chance)
    plan = planned(strata, sample, looks(sample, seconds=lambda one: 1800.0))
    assert (plan.n, plan.n_sampled) == (20, 20)
    assert plan.hours.value == plan.hours.low == plan.hours.high == pytest.approx(10.0)
    assert plan.classes["connected"].value == pytest.approx(20.0)
    assert plan.recognition_machine_hours.value == pytest.approx(10.0 * plan.realtime)


def test_the_intervals_hold_the_truth_about_nine_times_in_ten():
    def seconds(one: Found) -> float:
        return random.Random(one.uri).expovariate(1 / 900)

    archive = files(y2023=300, y2024=2000)
    truth = sum(map(seconds, archive)) / 3600
    n_held = 0
    for seed in range(100):
        chance = random.Random(seed)
        strata = strata_of(archive, rules=None, chance=chance, n_kept=200)
        sample = sampled(strata, n=200, chance=chance)
        hours = planned(strata, sample, looks(sample, seconds=seconds)).hours
        n_held += hours.low <= truth <= hours.high
    assert 80 <= n_held <= 98


def test_a_plan_looks_at_files_as_jobs_and_the_first_pass_finds_them_done(store_url, tmp_path):
    from here import run_here

    from callcoach.archive.runs import Task

    folder = write_archive(tmp_path / "calls", 12)
    kinds = write_damaged(folder / "<b>damaged", 6)
    with Store.open(store_url) as store:
        plan = make_plan(store, str(folder), options=QUICK, make_pool=make_here(store_url))
        assert store.all_judged() == (), "nothing of them is kept as a call"
    assert (plan.n, plan.n_sampled) == (18, 18)
    assert {name: one.value for name, one in plan.classes.items() if name in kinds} == kinds
    assert sum(one.value for one in plan.classes.values()) == 18
    assert "18 files" in as_lines(plan)[0]
    assert run_here(store_url, folder, task=Task.TRIAGE).n_new == 0
    for name in ("plan.html", "plan.json"):
        write_plan(plan, tmp_path / name)
    assert json.loads((tmp_path / "plan.json").read_text())["n"] == 18
    assert "looked at" in as_page(plan)
    with pytest.raises(BadSettings, match=r"end in \.html or \.json"):
        write_plan(plan, tmp_path / "plan.pdf")


def test_a_plan_for_nothing_says_so(store_url, tmp_path):
    with Store.open(store_url) as store, pytest.raises(EmptyInput, match="none was found"):
        make_plan(store, str(tmp_path), options=QUICK, make_pool=make_here(store_url))


def test_names_from_outside_cannot_become_markup():
    found = [Found("/none/a.wav", "a.wav", 1, datetime(2024, 1, 1, tzinfo=UTC))]
    chance = random.Random(1)
    strata = strata_of(found, rules=None, chance=chance)
    (stratum,) = strata.values()
    stratum.name = "<script>"
    sample = sampled(strata, chance=chance)
    page = as_page(planned(strata, sample, looks(sample, seconds=lambda one: 90.0)))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_check_shows_per_source_what_names_were_understood_to_say(tmp_path, capsys):
    from callcoach.cli.check import show_check

    (tmp_path / "phone").mkdir()
    for name in ("20260301-100000_Ana.vtt", "20260302-110000_Bo.vtt", "unlike.vtt"):
        (tmp_path / "phone" / name).write_text("WEBVTT\n")
    rules = tmp_path / "archive.toml"
    rules.write_text(
        '[[source]]\nname = "phone"\nfiles = "phone/**"\ntime_zone = "Europe/London"\n'
        "time_format = \"%Y%m%d-%H%M%S\"\npattern = '(?P<started_at>\\d{8}-\\d{6})_(?P<rep>\\w+)'\n"
    )
    show_check(str(tmp_path / "phone"), rules)
    said = capsys.readouterr().out
    assert "phone: 3 files, 67 % say something" in said
    assert (
        "20260301-100000_Ana.vtt: began 2026-03-01T10:00:00+00:00; rep Ana (not in the people file)" in said
    )
    assert "unlike.vtt: nothing" in said
