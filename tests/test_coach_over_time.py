"""Across calls: judged n, sampling intervals, courses, moments and needs of a whole team."""

from __future__ import annotations

import doctest
from dataclasses import fields
from datetime import timedelta

import numpy as np
import pytest
from coach_records import calls, day

from callcoach.coach import effect, history, sampling
from callcoach.coach.history import Course, coverage_of, skills_of
from callcoach.coach.moments import Moment, three_moments
from callcoach.coach.needs import team_needs
from callcoach.coach.records import CallRecord, item_name, record_of
from callcoach.coach.sampling import SamplingInterval, sampling_interval
from callcoach.core import BehaviourScore, Scorecard, Status


def moment(call_id: str, score: float, *, at: float = 0, probability: float = 0.95) -> Moment:
    return Moment(call_id, "dana", "recap", day(at), "Brightwater", "so", 10.0, 12.0, score, probability)


@pytest.mark.parametrize("module", [sampling, effect, history])
def test_the_examples_in_the_docstrings_are_true(module) -> None:
    assert doctest.testmod(module).failed == 0


def test_a_skill_is_shown_from_five_judged_calls_and_a_course_from_eight() -> None:
    four, seven, eight = (skills_of(calls("dana", {"recap": [0.5] * n}), "dana", call_type="discovery")[0]
                          for n in (4, 7, 8))  # fmt: skip
    assert four.interval is None
    assert four.words == "4 of 5 judged calls that this needs"
    assert seven.interval is not None
    assert seven.trend is None
    assert seven.points == ()
    assert eight.trend is not None
    assert len(eight.points) == 8


def test_calls_that_were_not_judged_are_counted_and_never_averaged_as_zero() -> None:
    (skill,) = skills_of(calls("dana", {"recap": [1, None, 1, None, 1, 1, 1]}), "dana", call_type="discovery")
    assert (skill.n_judged, skill.n_calls, skill.n_has) == (5, 7, 5)
    assert skill.interval.mean == 1.0
    assert skill.words == "in 5 of 5 calls"


def test_calls_of_another_type_or_person_do_not_count() -> None:
    records = calls("dana", {"recap": [1] * 5}) + calls("dana", {"recap": [0] * 5}, call_type="demo")
    records += calls("omar", {"recap": [0] * 5})
    (skill,) = skills_of(records, "dana", call_type="discovery")
    assert skill.n_calls == 5
    assert skill.interval.mean == 1.0


def test_the_sampling_interval_is_never_named_like_the_measurement_interval() -> None:
    measurement = {field.name for field in fields(BehaviourScore)}
    assert {"low", "high"} <= measurement
    assert not {"low", "high"} & {field.name for field in fields(SamplingInterval)}


def test_few_calls_that_agree_still_have_a_wide_interval() -> None:
    interval = sampling_interval([1.0] * 5)
    assert interval.mean_low < 0.9
    assert interval.mean_high == 1.0


@pytest.mark.parametrize("mean", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("n", [5, 8, 20])
def test_the_sampling_interval_covers_the_true_mean_in_about_nine_of_ten_cases(mean: float, n: int) -> None:
    rng = np.random.default_rng(n)
    drawn = np.clip(mean + 0.25 * rng.standard_normal((4000, n)), 0, 1)
    truth = np.clip(mean + 0.25 * rng.standard_normal(400_000), 0, 1).mean()
    _, means, variances = sampling.moments(drawn)
    reach = sampling.reach_of(variances / n, n - 1)
    covered = (np.abs(means - truth) <= reach).mean()
    assert 0.88 <= covered <= 0.97


def test_a_course_is_up_only_when_luck_does_not_explain_it() -> None:
    scattered = [0.2, 0.9, 0.4, 0.6, 0.7, 0.3, 0.9, 0.5]
    risen = [0.1, 0.2, 0.0, 0.2, 0.8, 1.0, 0.9, 0.8]
    assert history.trend_of(scattered).course is Course.NOT_SEEN
    assert history.trend_of(risen).course is Course.UP
    assert history.trend_of(risen[::-1]).course is Course.DOWN


def test_a_record_keeps_what_was_not_judged_as_unknown_and_variants_apart() -> None:
    items = (
        BehaviourScore("recap", "Recap", Status.SCORED, 60, score=0.5, variant="opening"),
        BehaviourScore("next_step", "Next", Status.CANNOT_BE_JUDGED, 40, reason="ends in mid-conversation"),
    )
    card = Scorecard("t", "0", "k", "demo", "demo", 1.0, {}, {}, items)
    record = record_of(card, call_id="c", rep="dana", at=day(0))
    assert record.scores == {"recap:opening": 0.5, "next_step": None}
    assert item_name(items[0]) == "recap:opening"
    assert record.is_judged


def test_coverage_says_how_many_were_not_judged_and_why() -> None:
    records = calls("dana", {"recap": [1, 0, 1]})
    for n, reason in enumerate(["mono", "mono", "German"]):
        records.append(CallRecord(f"w{n}", "dana", day(n), "discovery", {"recap": None}, reason))
    assert coverage_of(records).words == "6 conversations · 3 judged · 3 not (2 mono, 1 German)"
    assert coverage_of(records[:1]).words == "1 conversation · 1 judged"


def test_best_typical_and_nearly_come_from_three_calls() -> None:
    found = three_moments([moment("a", 1.0), moment("b", 0.4), moment("c", 0.6), moment("d", 0.1)])
    assert [m.call_id for _, m in found.all] == ["a", "c", "b"]
    assert [name for name, _ in found.all] == ["best", "typical", "nearly"]
    assert found.playing_s == 3 * 10.0


def test_a_call_without_the_skill_is_never_the_best_moment() -> None:
    found = three_moments([moment("a", 0.3), moment("b", 0.2)])
    assert found.best is None
    assert found.nearly.call_id == "a"
    assert found.typical.call_id == "b"
    assert three_moments([]).all == ()


def test_moments_do_not_depend_on_the_order_of_the_calls() -> None:
    some = [moment("a", 1.0), moment("b", 1.0, at=2), moment("c", 0.4), moment("d", 0.4, at=1)]
    assert three_moments(some) == three_moments(some[::-1])
    assert three_moments(some).best.call_id == "b"


def test_a_clip_is_never_longer_than_a_minute() -> None:
    long = Moment("a", "dana", "recap", day(0), None, "so", 10.0, 300.0, 1.0)
    assert long.clip_s == 60.0


def test_a_skill_that_most_of_the_team_misses_is_one_training_need() -> None:
    records = []
    for rep in ("ana", "ben", "cid", "dee"):
        records += calls(rep, {"recap": [0.1] * 8, "agenda": [0.9] * 8})
    (need,) = team_needs(records)
    assert (need.item, need.n_missing, need.n_reps) == ("recap", 4, 4)
    assert need.words == "4 of 4 people have it in fewer than half of their calls (0 of 32 calls)."


def test_a_skill_that_everybody_has_every_second_time_is_no_training_need() -> None:
    rng = np.random.default_rng(3)
    alarms = 0
    for _ in range(60):
        records = []
        for rep in ("ana", "ben", "cid", "dee"):
            skills = {f"s{k}": list(rng.integers(0, 2, 10).astype(float)) for k in range(9)}
            records += calls(rep, skills)
        alarms += bool(team_needs(records))
    assert alarms <= 10


def test_two_people_are_not_a_team() -> None:
    records = calls("ana", {"recap": [0.0] * 8}) + calls("ben", {"recap": [0.0] * 8})
    assert team_needs(records) == ()


def test_the_order_of_the_records_changes_nothing() -> None:
    records = calls("dana", {"recap": [0.1, 0.9, 0.4, 0.5, 0.7, 0.2, 0.1, 0.8]})
    shuffled = records[3:] + records[:3]
    assert skills_of(records, "dana", call_type="discovery") == skills_of(
        shuffled, "dana", call_type="discovery"
    )
    assert records[1].at - records[0].at == timedelta(days=1)
