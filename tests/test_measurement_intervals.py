"""Measurement intervals hold the truth of conversations that they were not measured on, and stay narrow."""

from __future__ import annotations

import json

import numpy as np
import pytest
from conftest import ROOT

from callcoach.core.errors import DamagedModel
from callcoach.score import intervals
from callcoach.score.intervals import Spread, doubts, level_of, shipped_spread
from callcoach.score.train.intervals import figures, narrowest, pairs, spread_of
from callcoach.score.train.perturbations import CHANGES, held_out_conversations, moves

SPREAD = Spread((0.5,), ((0.0, 0.1, 0.2), (0.0, 0.3, 1.0)), ((0.1, 0.2, 0.0), (1.0, 0.3, 0.0)))


@pytest.fixture(scope="module")
def measured():
    return pairs()


def test_more_doubt_is_a_wider_interval() -> None:
    assert SPREAD.around(0.5, 0.1) == (0.4, 0.7)
    assert SPREAD.around(0.5, 0.5) == (0.2, 0.8)


def test_an_interval_ends_where_scores_end() -> None:
    assert SPREAD.around(0.0, 9.0) == (0.0, 1.0)
    assert SPREAD.around(1.0, 9.0) == (0.0, 1.0)


def test_nothing_and_everything_are_levels_of_their_own() -> None:
    assert [level_of(score) for score in (0.0, 0.33, 1.0)] == [0, 1, 2]


def test_doubt_counts_the_labels_a_behaviour_rests_on() -> None:
    labels = [{"recap": 0.5, "question": 0.5}, {"recap": 0.9}, {}]
    found = doubts(labels, {"recap": frozenset(["recap"]), "other": frozenset(["benefit"])})
    assert found == {"recap": pytest.approx(0.25 + 0.09), "other": 0.0}


def test_the_narrowest_reach_holds_nine_of_ten() -> None:
    assert narrowest([0.0] * 18 + [1.0, -1.0]) == (0.0, 0.0)
    assert narrowest([0.0] * 16 + [0.3] * 3 + [-1.0]) == (0.0, 0.3)
    assert narrowest([0.0] * 5) == (1.0, 1.0)


def test_intervals_hold_a_careful_persons_score_of_calls_left_out(measured) -> None:
    found = figures(measured)["scored"]
    assert found["n_conversations"] >= 30
    assert found["coverage"] >= 0.86
    assert found["median_width"] <= 0.25


def test_the_shipped_spread_is_the_one_that_is_measured(measured) -> None:
    saved = json.loads((ROOT / "models/intervals/model.json").read_text("utf-8"))
    spread = spread_of(measured)
    assert spread == shipped_spread(), "run python -m callcoach.score.train.intervals"
    assert saved["figures"] == figures(measured)


@pytest.mark.parametrize("name", CHANGES)
def test_a_call_written_differently_keeps_its_scores(name: str) -> None:
    found = moves(CHANGES[name], held_out_conversations())
    assert np.median([gap for gap, _ in found]) <= 0.05
    assert np.mean([inside for _, inside in found]) >= 0.90


def test_the_card_says_the_figures_of_the_model() -> None:
    card = (ROOT / "models/intervals/README.md").read_text("utf-8")
    found = json.loads((ROOT / "models/intervals/model.json").read_text("utf-8"))["figures"]
    for row in found.values():
        assert f"| {row['n_items']} | {row['coverage']:.3f} |" in card


def test_a_damaged_file_says_what_to_do(tmp_path, monkeypatch) -> None:
    (tmp_path / "intervals").mkdir()
    (tmp_path / "intervals" / "model.json").write_text("{}", "utf-8")
    monkeypatch.setattr(intervals, "bundled", lambda name: tmp_path)
    shipped_spread.cache_clear()
    with pytest.raises(DamagedModel, match="install callcoach again"):
        shipped_spread()
    shipped_spread.cache_clear()
