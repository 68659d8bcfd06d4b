"""The training of the taggers on a few conversations: the same files every time, and a usable model."""

from __future__ import annotations

import json

import numpy as np
import pytest

from callcoach.measure.data import corpus, held_out
from callcoach.measure.taggers import Utterance, load_taggers
from callcoach.measure.train.dataset import conversations, design, exchanges, folds_of, joined
from callcoach.measure.train.solver import fit_hidden, fit_linear
from callcoach.measure.train.taggers import main

EVERY = 32  # of the conversations: enough for five folds


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folders = [tmp_path_factory.mktemp("taggers") for _ in range(2)]
    main(folders[0], every=EVERY, folds_to=folders[0] / "folds")
    main(folders[1], every=EVERY)
    return folders


@pytest.mark.parametrize("name", ["weights.npz", "model.json", "figures.json", "README.md"])
def test_building_twice_gives_the_same_bytes(built, name):
    one, other = ((folder / name).read_bytes() for folder in built)
    assert one == other


def test_what_was_built_can_be_used(built):
    taggers = load_taggers(built[0])
    labels = taggers.tag([Utterance("rep", "What do you use today?")])[0]
    assert labels["question"] > 0.5
    figures = json.loads((built[0] / "figures.json").read_text(encoding="utf-8"))
    assert set(figures) == {"five folds", "held out", "both", "short exchanges, five folds", "proven"}


def test_the_taggers_of_each_fold_can_be_kept_beside_them(built):
    folds = [load_taggers(built[0] / "folds" / str(number)) for number in range(5)]
    assert len({taggers.hash for taggers in folds}) == 5
    assert all(taggers.tag([Utterance("rep", "What do you use today?")])[0] for taggers in folds)
    assert not (built[1] / "folds").exists()


def test_short_exchanges_are_learned_from_and_no_figure_of_conversations_counts_them(built):
    figures = json.loads((built[0] / "figures.json").read_text(encoding="utf-8"))
    n_rows = sum(len(rows) for rows in conversations(held=False)[::EVERY])
    n_short = sum(len(rows) for rows in exchanges()[::EVERY])
    for name, expected in (("five folds", n_rows), ("short exchanges, five folds", n_short)):
        row = next(row for row in figures[name] if row["label"] == "question")
        assert row["n"] == expected


def test_no_row_that_is_held_out_is_learned_from():
    learned = {row.conversation_id for rows in conversations(held=False) for row in rows}
    assert not learned & held_out()
    assert learned | held_out() == {row.conversation_id for row in corpus()}


def test_a_conversation_is_in_one_fold():
    ids = design(conversations(held=False)[:12], "as written").conversations
    fold = folds_of(ids)
    assert all(len(set(fold[ids == each].tolist())) == 1 for each in set(ids.tolist()))


def test_a_longer_turn_has_the_labels_of_both_and_is_no_token_of_listening():
    from callcoach.measure.context import COLUMNS
    from callcoach.measure.labels import REP_LABELS

    rows = conversations(held=False)[0]
    longer = joined([rows])
    assert len(longer.sides) == len(range(0, len(rows) - 2, 3))
    both = rows[0].labels | rows[2].labels
    said = longer.gold[0][COLUMNS["rep"]]
    assert {label for label, has in zip(REP_LABELS, said, strict=True) if has} == both - {"acknowledgement"}


def test_the_solver_comes_close_to_the_optimum_of_a_small_problem_and_leaves_out_what_is_not_known():
    import scipy.optimize
    import scipy.sparse

    rng = np.random.default_rng(0)
    features = rng.random((40, 6)).astype(np.float32)
    gold = features[:, 0] > 0.5
    unknown = rng.random((20, 6)).astype(np.float32)
    known = np.r_[gold, np.full(20, -1)]
    weights, intercepts = fit_linear(
        scipy.sparse.csr_matrix(np.vstack([features, unknown])), known[:, None], penalty=0.5, n_passes=3000
    )

    def loss(found):
        score = features @ found[:-1] + found[-1]
        return np.logaddexp(0, -np.where(gold, 1, -1) * score).sum() + 0.25 * (found[:-1] @ found[:-1])

    best = scipy.optimize.minimize(loss, np.zeros(7)).x
    assert np.r_[weights[:, 0], intercepts] == pytest.approx(best, abs=0.02)


def test_the_solver_gives_the_same_weights_twice():
    import scipy.sparse

    features = scipy.sparse.csr_matrix(np.random.default_rng(1).random((30, 5)).astype(np.float32))
    known = (np.arange(30) % 3 == 0).astype(int)[:, None]
    once, again = (fit_linear(features, known, penalty=0.1) for _ in range(2))
    assert np.array_equal(once[0], again[0])
    assert np.array_equal(once[1], again[1])


def test_the_shared_layer_learns_what_no_sum_of_features_tells_and_leaves_out_what_is_not_known():
    import scipy.sparse

    either = np.tile([[0, 0], [0, 1], [1, 0], [1, 1]], (100, 1))
    known = np.c_[either.sum(axis=1) == 1, np.full(len(either), -1)]
    features = scipy.sparse.csr_matrix(either.astype(np.float32))
    options = {"size": 16, "penalty": 0.0, "drop": 0.0, "n_passes": 200, "batch": 50}
    into, floor, out, intercepts = fit_hidden(features, known, **options)
    scores = np.maximum(either @ into + floor, 0) @ out + intercepts
    assert np.array_equal(scores[:, 0] > 0, known[:, 0] == 1)
    assert np.allclose(intercepts[1], 0), "of the other label nothing was known"
    again = fit_hidden(features, known, **options)
    assert all(map(np.array_equal, (into, floor, out, intercepts), again))
