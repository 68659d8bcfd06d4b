"""Calibration: blind scores, agreement with its interval, and the monthly sheet that can switch an item off."""

from __future__ import annotations

import doctest
from dataclasses import fields

import numpy as np
import pytest
from coach_records import day
from sklearn.metrics import cohen_kappa_score

from callcoach.coach import agreement, blind
from callcoach.coach.agreement import MACHINE, OwnScore, agreements, weighted_kappa
from callcoach.coach.blind import Item, compare, machine_scores, to_score
from callcoach.coach.moments import Moment
from callcoach.coach.monthly import BlindMoment, Verdict, checks, sheet, switched_off
from callcoach.score import load_rubric
from callcoach.score.weights import effective_weights


def scored(reviewer: str, levels: list[int], *, item: str = "recap", blind: bool = True) -> list[OwnScore]:
    return [OwnScore(reviewer, f"c{n}", item, value / 3, blind) for n, value in enumerate(levels)]


def moments(item: str, n: int, *, per_call: int = 1) -> list[Moment]:
    return [
        Moment(f"c{k // per_call}", "dana", item, day(k), None, f"words {k}", float(k), k + 2.0, 1.0, 0.95)
        for k in range(n)
    ]


def verdicts(item: str, n_right: int, n: int, reviewer: str = "mia") -> list[Verdict]:
    return [Verdict(f"m{k}", item, reviewer, k < n_right) for k in range(n)]


CARD = (Item("recap:opening", "Recap", 1.0), Item("agenda", "Agenda", 0.4), Item("next_step", "Next", None))


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(agreement).failed == doctest.testmod(blind).failed == 0


@pytest.mark.parametrize("seed", range(5))
def test_weighted_kappa_is_that_of_the_textbook(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one = rng.integers(0, 4, 40)
    other = np.clip(one + rng.integers(-1, 2, 40), 0, 3)
    assert weighted_kappa(one, other) == pytest.approx(cohen_kappa_score(one, other, weights="quadratic"))


def test_agreement_is_between_people_first_and_then_with_the_machine() -> None:
    levels = [0, 1, 2, 3, 3, 2, 1, 0]
    rows = scored("mia", levels) + scored("tom", levels[::-1]) + scored(MACHINE, levels)
    found = agreements(rows)
    assert [(row.one, row.other) for row in found] == [("mia", "tom"), ("mia", MACHINE), ("tom", MACHINE)]
    assert found[1].kappa == 1.0
    assert found[1].n == found[1].n_same == 8


def test_agreement_has_an_interval_that_narrows_with_calls() -> None:
    rng = np.random.default_rng(1)

    def width(n: int) -> float:
        one = rng.integers(0, 4, n)
        other = np.clip(one + rng.integers(-1, 2, n), 0, 3)
        (found,) = agreements(scored("mia", list(one)) + scored("tom", list(other)))
        assert found.kappa_low <= found.kappa <= found.kappa_high
        return found.kappa_high - found.kappa_low

    assert width(200) < width(10)


def test_under_five_calls_there_is_a_count_and_no_kappa() -> None:
    (found,) = agreements(scored("mia", [0, 1, 3, 2]) + scored("tom", [0, 1, 3, 3]))
    assert (found.n, found.n_same, found.kappa, found.kappa_low) == (4, 3, None, None)


def test_scores_given_after_seeing_the_machine_do_not_count() -> None:
    seen = scored("mia", [0, 1, 2, 3, 3], blind=False)
    assert agreements(seen + scored("tom", [0, 1, 2, 3, 3])) == ()


def test_cannot_tell_is_no_level() -> None:
    rows = [*scored("mia", [0, 1, 2, 3, 3, 1]), *scored("tom", [0, 1, 2, 3, 3, 1])]
    rows.append(OwnScore("mia", "c0", "recap", None))
    rows = [
        row for row in rows if not (row.reviewer == "mia" and row.call_id == "c0" and row.score is not None)
    ]
    (found,) = agreements(rows)
    assert found.n == 5


def test_agreement_is_the_same_in_every_order_of_the_scores() -> None:
    rows = scored("mia", [0, 1, 2, 3, 3, 0, 2]) + scored("tom", [0, 2, 2, 3, 1, 0, 2])
    assert agreements(rows) == agreements(rows[::-1])


def test_the_machine_is_not_shown_until_every_item_has_an_own_answer() -> None:
    assert compare(CARD, {"recap:opening": 1.0}) is None
    rows = compare(CARD, {"recap:opening": 0.0, "agenda": 0.4, "next_step": None})
    assert next(row.item for row in rows) == "recap:opening"
    assert rows[0].words == "you: absent · machine: fully"
    assert rows[1].is_same
    assert not any("score" in word or "1.0" in word for pair in to_score(CARD) for word in pair)


def test_the_machines_card_is_one_more_reviewer() -> None:
    assert [(s.item, s.score) for s in machine_scores(CARD, call_id="c")] == [
        ("recap:opening", 1.0),
        ("agenda", 0.4),
        ("next_step", None),
    ]


def test_a_sheet_holds_twenty_moments_per_behaviour_and_is_the_same_for_everybody() -> None:
    pool = moments("recap", 50) + moments("agenda", 7)
    drawn = sheet(pool, seed="2026-09")
    assert sum(m.item == "recap" for m in drawn) == 20
    assert sum(m.item == "agenda" for m in drawn) == 7
    assert drawn == sheet(pool[::-1], seed="2026-09")
    assert drawn != sheet(pool, seed="2026-10")


def test_what_is_drawn_of_one_behaviour_does_not_depend_on_the_others() -> None:
    alone = sheet(moments("recap", 50), seed="s")
    beside = sheet(moments("recap", 50) + moments("agenda", 30), seed="s")
    assert alone == tuple(m for m in beside if m.item == "recap")


def test_a_sheet_takes_one_moment_per_call_before_a_second() -> None:
    drawn = sheet(moments("recap", 60, per_call=3), seed="s")
    assert len({m.call_id for m in drawn}) == 20


def test_a_blind_moment_says_nothing_of_what_the_machine_made_of_it() -> None:
    assert not {"score", "probability", "rep"} & {field.name for field in fields(BlindMoment)}


def test_the_sheet_says_right_17_of_20() -> None:
    (found,) = checks(verdicts("recap", 17, 20))
    assert found.words == "right 17 of 20"
    assert found.low < 17 / 20 < found.high
    assert not found.is_off


@pytest.mark.parametrize(
    ("n_right", "n", "off"), [(20, 20, False), (16, 20, False), (15, 20, True), (0, 19, False)]
)
def test_an_item_is_switched_off_only_when_it_is_surely_wrong_too_often(
    n_right: int, n: int, off: bool
) -> None:
    assert switched_off(verdicts("recap", n_right, n)) == (frozenset({"recap"}) if off else frozenset())


def test_a_moment_that_two_people_judge_apart_counts_as_wrong() -> None:
    both = verdicts("recap", 20, 20) + verdicts("recap", 12, 20, reviewer="tom")
    (found,) = checks(both)
    assert (found.n_right, found.n) == (12, 20)


def test_an_item_that_is_switched_off_weighs_nothing_and_a_variant_goes_with_its_behaviour() -> None:
    off = switched_off(verdicts("recap:opening", 10, 20))
    items = load_rubric("demo").items
    weights = effective_weights(items, proven={"next_step", "follow_up"}, switched_off=off)
    assert weights[[item.behaviour for item in items].index("recap")] == 0
