"""Lists of time intervals behave like sets of seconds."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.core import Interval, gaps, intersection, support, total_s, without

TENTHS = st.integers(0, 60)
PIECES = st.lists(st.tuples(TENTHS, st.integers(0, 20)), max_size=8).map(
    lambda rows: [Interval(float(start), float(start + length)) for start, length in rows]
)


def seconds(pieces) -> set[int]:
    """The whole seconds that some piece covers."""
    return {at for piece in pieces for at in range(int(piece.start_s), int(piece.end_s))}


def is_support(pieces) -> bool:
    return all(piece.end_s > piece.start_s for piece in pieces) and all(
        a.end_s < b.start_s for a, b in itertools.pairwise(pieces)
    )


@given(PIECES)
def test_a_support_covers_the_same_seconds_in_few_pieces(pieces):
    assert seconds(support(pieces)) == seconds(pieces)
    assert is_support(support(pieces))
    assert support(support(pieces)) == support(pieces)
    assert total_s(pieces) == len(seconds(pieces))


@given(PIECES, PIECES)
def test_intersection_is_what_both_cover(first, second):
    common = intersection(first, second)
    assert seconds(common) == seconds(first) & seconds(second)
    assert common == intersection(second, first)


@given(PIECES, PIECES)
def test_without_takes_every_second_of_the_cut_out(first, cut):
    assert seconds(without(first, cut)) == seconds(first) - seconds(cut)


@given(PIECES, TENTHS, TENTHS)
def test_gaps_inside_a_stretch_are_the_rest_of_it(pieces, start, length):
    stretch = Interval(float(start), float(start + length))
    assert seconds(gaps(pieces, within=stretch)) == seconds([stretch]) - seconds(pieces)


@given(PIECES)
def test_gaps_lie_between_the_pieces(pieces):
    covered = seconds(pieces)
    inside = set(range(min(covered), max(covered) + 1)) if covered else set()
    assert seconds(gaps(pieces)) == inside - covered


def test_touching_pieces_merge_and_empty_ones_vanish():
    assert support([Interval(1, 2), Interval(2, 3), Interval(9, 9)]) == (Interval(1, 3),)


def test_pieces_join_across_gaps_strictly_shorter_than_asked():
    pieces = [Interval(0, 1), Interval(3, 4), Interval(7, 8)]
    assert support(pieces, join_gap_s=3) == (Interval(0, 4), Interval(7, 8))
    assert support(pieces, join_gap_s=2) == tuple(pieces)


@pytest.mark.parametrize(
    ("start", "end"), [(2, 1), (math.nan, 1), (0, math.nan), (0, math.inf), (-math.inf, 0)]
)
def test_an_interval_needs_finite_bounds_in_order(start, end):
    with pytest.raises(ValueError, match="finite bounds"):
        Interval(start, end)


def test_an_interval_holds_its_start_and_not_its_end():
    assert 1 in Interval(1, 2)
    assert 2 not in Interval(1, 2)
    assert not Interval(0, 1).overlaps(Interval(1, 2))
    assert Interval(0, 1).shifted(2) == Interval(2, 3)
