"""Twenty thousand simulated reps run through the rules that judge one: luck alone claims little."""

from __future__ import annotations

import pytest

from callcoach.coach.simulate import N_REPS, Rate, World, effects_claimed, foci_named, patterns_claimed

WORLDS = {
    "all skills alike": World(),
    "skills differ": World(skill_sd=0.12),
    "weak team": World(mean=0.3, skill_sd=0.12),
    "strong team": World(mean=0.7, skill_sd=0.12),
    "easy and hard calls": World(skill_sd=0.12, call_ease_sd=0.1),
    "no teammates": World(has_team=False),
}
worlds = pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)


@worlds
@pytest.mark.parametrize("shrink", [False, True], ids=["fresh baseline", "shrunk baseline"])
def test_no_real_change_is_called_an_effect_in_at_most_six_of_a_hundred(world: World, shrink: bool) -> None:
    rate = effects_claimed(world, shrink=shrink)
    assert rate.n == N_REPS
    assert rate.interval[1] <= 0.06, str(rate)


@worlds
@pytest.mark.parametrize("shrink", [False, True], ids=["fresh baseline", "shrunk baseline"])
def test_a_real_change_is_found_in_at_least_half(world: World, shrink: bool) -> None:
    rate = effects_claimed(world, change=0.35, n_before=12, n_after=12, shrink=shrink)
    assert rate.interval[0] >= 0.50, str(rate)


@pytest.mark.parametrize("world", [w for w in WORLDS.values() if w.has_team])
def test_no_real_change_is_called_a_pattern_in_at_most_ten_of_a_hundred(world: World) -> None:
    rate = patterns_claimed(world)
    assert rate.interval[1] <= 0.10, str(rate)


@pytest.mark.parametrize("world", [w for w in WORLDS.values() if w.has_team or not w.skill_sd])
def test_a_rep_like_the_team_is_given_a_focus_in_at_most_ten_of_a_hundred(world: World) -> None:
    named, _ = foci_named(world)
    assert named.interval[1] <= 0.10, str(named)


def test_a_skill_that_is_really_lower_is_named_more_often_than_not_and_seldom_another() -> None:
    named, right = foci_named(World(skill_sd=0.12), change=-0.3, n_calls=10)
    assert right.interval[0] >= 0.5
    assert right.k / named.k >= 0.9


@pytest.mark.parametrize("mean", [0.3, 0.5, 0.7])
def test_items_that_a_call_has_or_has_not_raise_no_more_false_alarms(mean: float) -> None:
    """Scores of 0 and 1 scatter twice as widely, and ten misses in a row have no scatter at all."""
    world = World(mean=mean, skill_sd=0.12, is_yes_no=True)
    assert effects_claimed(world).interval[1] <= 0.06
    assert effects_claimed(world, shrink=True).interval[1] <= 0.06
    assert patterns_claimed(world).interval[1] <= 0.10
    assert foci_named(world)[0].interval[1] <= 0.10


def test_leaving_out_the_choosing_calls_is_what_keeps_the_claim_honest() -> None:
    """The simulator can fail: a baseline of choosing calls that is not shrunk claims far too often."""
    from callcoach.coach import effect, simulate

    honest = effects_claimed(World(has_team=False), shrink=True, n_before=8)
    kept = effect.kept_share
    try:
        effect.kept_share = lambda scores: kept(scores) * 0.0 + 1.0
        naive = simulate.effects_claimed(World(has_team=False), shrink=True, n_before=8)
    finally:
        effect.kept_share = kept
    assert honest.interval[1] <= 0.06 < naive.interval[0], f"{honest} against {naive}"


def test_a_rate_says_how_sure_it_is() -> None:
    assert Rate(0, 100).interval[0] == 0.0
    assert Rate(100, 100).interval[1] == 1.0
    assert str(Rate(50, 1000)) == "5.0% (3.9% to 6.3%) of 1000"
