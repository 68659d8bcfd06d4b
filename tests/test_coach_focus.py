"""A focus, its effect and patterns: named only where luck does not explain them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coach_records import calls, day

from callcoach.coach.effect import Effect, Focus, Verdict, change_beyond_own, effect_of, kept_share, odds
from callcoach.coach.focus import focus_for
from callcoach.coach.patterns import patterns_of
from callcoach.coach.records import CallRecord

OTHERS = ("agenda", "follow_up", "need_payoff_question", "next_step", "recap", "stakeholder_question")


def rep_calls(rep: str, n: int, *, focus: float, others: float = 0.6, seed: int = 0, **options) -> list:
    rng = np.random.default_rng(seed)
    scores = {name: list(np.clip(others + 0.1 * rng.standard_normal(n), 0, 1)) for name in OTHERS}
    scores["reflection"] = list(np.clip(focus + 0.1 * rng.standard_normal(n), 0, 1))
    return calls(rep, scores, **options)


def team_calls(n: int, *, focus: float = 0.6, **options) -> list[CallRecord]:
    return [
        record
        for number, rep in enumerate(("ana", "ben", "cid"))
        for record in rep_calls(rep, n, focus=focus, seed=number + 7, **options)
    ]


def before_and_after(*, before: float, after: float, n_before: int = 12, n_after: int = 12) -> list:
    own = rep_calls("dana", n_before, focus=before, seed=1)
    own += rep_calls("dana", n_after, focus=after, seed=2, first_day=40)
    return own + team_calls(12) + team_calls(12, first_day=40)


FOCUS = Focus("dana", "reflection", "discovery", day(40))


def test_a_skill_below_the_own_others_and_below_the_team_becomes_the_focus() -> None:
    records = rep_calls("dana", 9, focus=0.1) + team_calls(9)
    found = focus_for(records, "dana", today=day(20))
    assert found.item == "reflection"
    assert found.n == 9
    assert len(found.call_ids) == 9
    assert found.team_mean > 0.5
    assert found.others_mean > 0.5
    assert found.started(day(20)).chosen_by == found.call_ids


def test_seven_calls_name_no_focus() -> None:
    assert focus_for(rep_calls("dana", 7, focus=0.1) + team_calls(9), "dana", today=day(20)) is None


def test_calls_of_two_types_do_not_add_up_to_a_focus() -> None:
    records = rep_calls("dana", 5, focus=0.1) + rep_calls("dana", 5, focus=0.1, call_type="demo")
    assert focus_for(records + team_calls(9), "dana", today=day(20)) is None


def test_calls_older_than_eight_weeks_name_no_focus() -> None:
    records = rep_calls("dana", 9, focus=0.1) + team_calls(9)
    assert focus_for(records, "dana", today=day(70)) is None


def test_what_the_whole_team_misses_is_nobodys_own_focus() -> None:
    records = rep_calls("dana", 9, focus=0.1) + team_calls(9, focus=0.1)
    assert focus_for(records, "dana", today=day(20)) is None
    alone = rep_calls("dana", 9, focus=0.1)
    assert focus_for(alone, "dana", today=day(20), leave_out=("reflection",)) is None


def test_the_lowest_of_even_skills_is_no_focus() -> None:
    assert focus_for(rep_calls("dana", 9, focus=0.57) + team_calls(9), "dana", today=day(20)) is None


def test_a_skill_near_its_target_is_left_alone() -> None:
    records = rep_calls("dana", 12, focus=0.85, others=1.0) + team_calls(12, focus=1.0)
    assert focus_for(records, "dana", today=day(20)) is None


def test_an_effect_is_claimed_in_the_words_of_coaching() -> None:
    effect = effect_of(FOCUS, before_and_after(before=0.2, after=0.8))
    assert effect.verdict is Verdict.BETTER
    assert effect.controls == ("own", "team")
    assert effect.low > 0
    assert effect.words.startswith("Better: 12 of 12 calls have it, before 0 of 12; luck alone would do this")


def test_six_calls_are_too_early() -> None:
    effect = effect_of(FOCUS, before_and_after(before=0.2, after=0.8, n_after=6))
    assert effect.verdict is Verdict.TOO_EARLY
    assert effect.value is None
    assert effect.words == "Too early: 6 of about 12 calls."


def test_no_change_is_not_proof_of_none() -> None:
    effect = effect_of(FOCUS, before_and_after(before=0.5, after=0.5))
    assert effect.words == "No change we can see; that is not proof of none."


def test_a_fall_is_said_in_counts_and_not_called_no_change() -> None:
    effect = effect_of(FOCUS, before_and_after(before=0.8, after=0.2))
    assert effect.verdict is Verdict.NO_CHANGE
    assert effect.words == "Not better so far: 0 of 12 calls have it, before 12 of 12."


def test_what_rises_in_all_skills_is_not_the_coaching() -> None:
    own = rep_calls("dana", 12, focus=0.3, others=0.3) + rep_calls(
        "dana", 12, focus=0.8, others=0.8, first_day=40
    )
    records = own + team_calls(12) + team_calls(12, first_day=40)
    assert effect_of(FOCUS, records).verdict is Verdict.NO_CHANGE


def test_what_rises_in_the_whole_team_is_not_the_coaching() -> None:
    own = rep_calls("dana", 12, focus=0.3) + rep_calls("dana", 12, focus=0.8, first_day=40)
    records = own + team_calls(12, focus=0.3) + team_calls(12, focus=0.8, first_day=40)
    assert effect_of(FOCUS, records).verdict is Verdict.NO_CHANGE


def test_the_first_three_calls_count_attempts_and_not_quality() -> None:
    records = before_and_after(before=0.3, after=0.8)
    first = sorted((r for r in records if r.rep == "dana" and r.at >= day(40)), key=lambda r: r.at)[:3]
    clumsy = [
        replace(r, scores={**r.scores, "reflection": 0.05}) if r in first else r for r in records
    ]  # fmt: skip
    effect, other = effect_of(FOCUS, records), effect_of(FOCUS, clumsy)
    assert effect.value == other.value
    assert other.n_tried == 12
    assert other.n_has_after == 9


def test_calls_that_chose_the_focus_are_no_baseline() -> None:
    records = before_and_after(before=0.5, after=0.5, n_before=14)
    unlucky = rep_calls("dana", 8, focus=0.05, first_day=30, seed=5)
    focus = replace(FOCUS, chosen_by=tuple(r.call_id for r in unlucky))
    effect = effect_of(focus, records + unlucky)
    assert effect.n_before == 14
    assert not effect.shrunk
    assert effect.verdict is Verdict.NO_CHANGE


def test_a_baseline_of_choosing_calls_is_shrunk_and_says_so() -> None:
    records = before_and_after(before=0.1, after=0.9)
    focus = replace(FOCUS, chosen_by=tuple(r.call_id for r in records if r.rep == "dana" and r.at < day(40)))
    effect = effect_of(focus, records)
    assert effect.shrunk
    assert effect.n_before == 12
    assert "the calls that led to this focus among them" in effect.words


def test_shrinking_keeps_what_is_real_and_drops_what_is_luck() -> None:
    rng = np.random.default_rng(0)
    luck = np.clip(0.5 + 0.25 * rng.standard_normal((500, 10, 9)), 0, 1)
    real = luck + np.linspace(-0.4, 0.4, 9)
    assert kept_share(luck).mean() < 0.35
    assert kept_share(real).mean() > 0.8


def test_without_other_skills_and_teammates_nothing_is_claimed() -> None:
    own = calls("dana", {"reflection": [0.1] * 12}) + calls("dana", {"reflection": [0.9] * 12}, first_day=40)
    effect = effect_of(FOCUS, own)
    assert effect.verdict is Verdict.NO_CHANGE
    assert effect.controls == ()


def test_calls_without_the_skill_judged_do_not_count_towards_ten() -> None:
    records = before_and_after(before=0.2, after=0.8)
    late = [r for r in records if r.rep == "dana" and r.at >= day(40)]
    unjudged = [replace(r, scores={**r.scores, "reflection": None}) if r in late[:4] else r for r in records]
    assert effect_of(FOCUS, unjudged).n_after == 8


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.049, "about 1 of 20 cases"), (0.021, "about 1 of 50 cases"), (0.001, "fewer than 1 of 100 cases")],
)
def test_small_probabilities_are_said_as_cases(probability: float, words: str) -> None:
    assert odds(probability) == words


def test_an_effect_never_speaks_of_scores_or_of_the_person() -> None:
    for before, after in ((0.2, 0.8), (0.8, 0.2), (0.5, 0.5)):
        words = effect_of(FOCUS, before_and_after(before=before, after=after)).words
        assert "." not in words.rstrip(".").replace("; ", "")
        assert "dana" not in words
    assert "0." not in Effect(Verdict.TOO_EARLY, 4, 11, 0, 0, 0).words


def test_changes_do_not_depend_on_how_many_are_computed_together() -> None:
    rng = np.random.default_rng(1)
    before, after = rng.random((50, 12, 9)), rng.random((50, 9, 9))
    together = change_beyond_own(before, after)
    alone = [change_beyond_own(b, a) for b, a in zip(before, after, strict=True)]
    assert np.allclose(together.low, [float(each.low) for each in alone], rtol=0, atol=1e-12)


def test_calls_of_which_none_can_be_compared_give_no_focus_and_no_warning() -> None:
    alone = calls("dana", {"recap": [0.0], "agenda": [1.0]}) + calls("ana", {"recap": [1.0], "agenda": [1.0]})
    assert focus_for(alone, "dana", today=day(10)) is None


def test_missed_in_all_of_the_last_calls_is_a_pattern_only_against_base_rates() -> None:
    usually = [1.0] * 14
    records = calls("dana", {"recap": [*usually, *[0.0] * 8], "agenda": [1.0] * 22})
    team = calls("ana", {"recap": [1.0] * 20, "agenda": [1.0] * 20})
    (found,) = patterns_of(records + team, "dana", call_type="discovery")
    assert (found.item, found.n_missed, found.n) == ("recap", 8, 8)
    assert found.words == (
        "missed in 8 of the last 8; before in 0 of 10, the team in 0 of 10; "
        "luck alone shows this in fewer than 1 of 100 cases"
    )
    careless = calls("ana", {"recap": [0.0] * 20, "agenda": [1.0] * 20})
    assert patterns_of(records + careless, "dana", call_type="discovery") == ()


def test_missed_four_times_of_five_at_a_base_rate_of_one_half_is_no_pattern() -> None:
    records = calls("dana", {"recap": [1.0, 0.0] * 8 + [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]})
    team = calls("ana", {"recap": [1.0, 0.0] * 10})
    assert patterns_of(records + team, "dana", call_type="discovery") == ()
