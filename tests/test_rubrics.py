"""Rubrics: what is weighed and why; a mistake in one names the key and the nearest known one."""

from __future__ import annotations

import pytest

from callcoach.core.errors import BadRubric
from callcoach.score.rubric import MAX_ITEMS, Direction, load_rubric, parse_rubric, shipped_rubrics
from callcoach.score.values import attainment

#        weights as published in rubrics.md, in its order
WEIGHTS = {
    "discovery": (18, 18, 16, 12, 10, 8, 8, 6, 4),
    "demo": (20, 16, 14, 12, 12, 10, 6, 6, 4),
    "negotiation": (20, 18, 14, 14, 12, 8, 6, 4, 4),
    "renewal": (18, 16, 14, 14, 12, 10, 8, 4, 4),
    "prospecting": (20, 20, 20, 20, 20),
    "any": (25, 20, 20, 15, 10, 10),
}
GOOD = """
name = "ours"
[[items]]
behaviour = "agenda"
weight = 100
direction = "at_least"
target = 2
source = "house"
"""


def test_five_rubrics_ship_and_one_for_any_call() -> None:
    assert set(shipped_rubrics()) == set(WEIGHTS)


@pytest.mark.parametrize("name", WEIGHTS)
def test_a_shipped_rubric_has_its_weights_a_source_each_and_at_most_nine_items(name: str) -> None:
    rubric = load_rubric(name)
    assert tuple(item.weight for item in rubric.items) == WEIGHTS[name]
    assert len(rubric.items) <= MAX_ITEMS
    assert all(item.source for item in rubric.items)


def test_prospecting_judges_from_a_minute_and_any_has_no_overall() -> None:
    assert load_rubric("prospecting").minimum_length_s == 60
    assert not load_rubric("any").overall


def test_first_meeting_items_are_those_of_discovery() -> None:
    marked = {item.behaviour for item in load_rubric("discovery").items if item.first_meeting_only}
    assert marked == {"needs_before_pitch", "agenda"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("weight", "wieght"), r"unknown key 'wieght'; the nearest known one is 'weight'"),
        (('"agenda"', '"agnda"'), r"behaviour 'agnda' is not known; the nearest known one is 'agenda'"),
        (("weight = 100", "weight = 90"), r"weights must sum to 100; they sum to 90"),
        (("weight = 100", "weight = true"), r"weight must be int or float; found True"),
        (('"at_least"', '"atleast"'), r"direction must be one of at_least, at_most, range"),
        (('"at_least"', '"range"'), r"a range needs target = \[low, high\]"),
        (("target = 2", "target = -1"), r"target must be a number of 0 or more"),
        (('name = "ours"', 'nam = "ours"'), r"unknown key 'nam'; the nearest known one is 'name'"),
        (('source = "house"', ""), r"needs the key source"),
        (("target = 2", "target = ["), r"must be TOML"),
    ],
)
def test_a_mistake_is_named_with_what_to_do(change: tuple[str, str], message: str) -> None:
    with pytest.raises(BadRubric, match=message):
        parse_rubric(GOOD.replace(*change, 1), where="ours.toml")


def test_ten_active_items_are_one_too_many() -> None:
    item = '[[items]]\nbehaviour = "agenda"\nvariant = "v{n}"\nweight = 10\ndirection = "at_least"\ntarget = 1\nsource = "house"\n'
    text = 'name = "ten"\n' + "".join(item.format(n=n) for n in range(10))
    with pytest.raises(BadRubric, match="at most 9 items may carry weight; found 10"):
        parse_rubric(text, where="ten.toml")


def test_a_rubric_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(BadRubric, match="discovery"):
        load_rubric("discvery")


def test_the_hash_changes_with_a_weight_and_not_with_a_comment() -> None:
    rubric = parse_rubric(GOOD, where="a")
    assert parse_rubric("# a note\n" + GOOD, where="b").hash == rubric.hash
    assert parse_rubric(GOOD.replace("target = 2", "target = 3"), where="c").hash != rubric.hash


@pytest.mark.parametrize(
    ("value", "direction", "target", "score"),
    [
        (0, Direction.AT_LEAST, 2, 0.0),
        (1, Direction.AT_LEAST, 2, 0.5),
        (5, Direction.AT_LEAST, 2, 1.0),
        (0, Direction.AT_MOST, 2, 1.0),
        (2, Direction.AT_MOST, 2, 1.0),
        (3, Direction.AT_MOST, 2, 0.5),
        (4, Direction.AT_MOST, 2, 0.0),
        (9, Direction.AT_MOST, 2, 0.0),
        (0, Direction.AT_MOST, 0, 1.0),
        (1, Direction.AT_MOST, 0, 0.5),
        (2, Direction.AT_MOST, 0, 0.0),
        (0.075, Direction.RANGE, (0.15, 0.35), 0.5),
        (0.9, Direction.RANGE, (0.15, 0.35), 1.0),
    ],
)
def test_attainment_follows_the_direction(value, direction, target, score) -> None:
    assert attainment(value, direction=direction, target=target) == pytest.approx(score)
