"""Evaluation of tags: hand-computed figures, mappings of other data sets, and refusals."""

from __future__ import annotations

import json

import numpy as np
import pytest

from callcoach.core.errors import BadMetadata, BadSettings
from callcoach.evaluate.mapping import load_mapping
from callcoach.evaluate.tags import evaluate_tags, read_gold
from callcoach.measure.figures import calibration_error, figures_of, threshold_reaching

FLOORS = {  # data set to floors of F1 by label and condition; what falls short is in the taggers' card
    "annomi": {
        ("question", "as written"): 0.89,
        ("question", "bare"): 0.74,
        ("open_question", "as written"): 0.70,
        ("closed_question", "as written"): 0.48,
    },
    "bt_oasis": {("question", "as written"): 0.75},
    "swda": {("question", "as written"): 0.90, ("question", "bare"): 0.75},
}
FILE_OF = {"annomi": "dev.jsonl", "bt_oasis": "dev.jsonl", "swda": "dev.tsv"}


def test_figures_by_hand():
    found = figures_of(
        "x", "as written", [1, 1, 0, 0], [0.9, 0.2, 0.8, 0.1], ["a", "a", "b", "b"], threshold=0.85
    )
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert (found.n, found.n_positive, found.n_shown, found.shown_precision) == (4, 2, 1, 1.0)


def test_a_label_that_nobody_has_gives_none_and_not_zero():
    found = figures_of("x", "bare", [0, 0], [0.1, 0.2], ["a", "b"])
    assert (found.f1, found.recall, found.precision, found.f1_low) == (None, None, None, None)


def test_calibration_error_leaves_small_predictions_out():
    assert calibration_error(np.array([1, 0]), np.array([0.05, 0.02])) is None
    assert calibration_error(np.array([True, True, False, False]), np.full(4, 0.75)) == pytest.approx(0.25)


def test_a_threshold_needs_enough_predictions_and_even_odds():
    truth, chance = np.r_[np.ones(20, bool), np.zeros(20, bool)], np.linspace(0.99, 0.01, 40)
    assert threshold_reaching(truth, chance) == pytest.approx(0.5, abs=0.05)
    assert threshold_reaching(truth[::-1], chance) is None
    assert threshold_reaching(truth[:5], chance[:5]) is None


def test_intervals_are_the_same_in_every_run():
    rng = np.random.default_rng(1)
    truth, chance = rng.random(200) < 0.3, rng.random(200)
    ids = [str(at // 10) for at in range(200)]
    assert figures_of("x", "bare", truth, chance, ids) == figures_of("x", "bare", truth, chance, ids)


def test_own_gold_rows_give_a_figure_per_label_and_condition(tmp_path):
    rows = [
        {
            "conversation_id": "a",
            "order": 0,
            "speaker": "rep",
            "text": "What do you use?",
            "labels": ["question"],
        },
        {"conversation_id": "a", "order": 1, "speaker": "customer", "text": "Paper.", "labels": []},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = {(each.label, each.condition): each for each in evaluate_tags(path)}
    assert found["question", "as written"].f1 == 1.0
    assert found["question", "bare"].n == 2
    assert found["objection", "as written"].n == 1


@pytest.mark.parametrize("name", ["annomi", "bt_oasis", "swda"])
def test_the_mappings_name_labels_that_exist(name):
    from callcoach.measure.labels import ALL_LABELS

    assert set(load_mapping(name).labels) <= set(ALL_LABELS)


def test_a_mapping_leaves_out_what_nobody_judged(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text(
        "conversation_id\torder\tspeaker\tlabel\ttext\n1\t0\tA\tqy\tdo you\n1\t1\tB\tx\tuh\n1\t2\tB\tsd\tI do\n"
    )
    gold = list(read_gold(path, load_mapping("swda")))
    assert ["question" in row.judged for row in gold] == [True, False, True]
    assert ["question" in row.labels for row in gold] == [True, False, False]


def test_a_mapping_that_is_none_is_refused_with_the_known_names():
    with pytest.raises(BadSettings, match="annomi, bt_oasis, swda"):
        load_mapping("nobody")


def test_a_gold_row_without_labels_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"conversation_id": "a", "order": 0, "speaker": "rep", "text": "secret"}\n')
    with pytest.raises(BadMetadata, match=r"row 1 of gold\.jsonl") as caught:
        evaluate_tags(path)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", FLOORS)
def test_floors_on_other_peoples_labels_hold(shared_data, name):
    found = {
        (each.label, each.condition): each.f1
        for each in evaluate_tags(shared_data / name / FILE_OF[name], mapping=name)
    }
    assert {key: found[key] for key, floor in FLOORS[name].items() if found[key] < floor} == {}
