"""The second look of the taggers: which neighbours a row sees, and a row at the end of a recording."""

from __future__ import annotations

import numpy as np
import pytest

from callcoach.measure.context import COLUMNS, N_CUSTOMER, N_FOLLOWING, N_REP, as_if_last, second_look

SIDES = ["rep", "customer", "customer", "rep", "rep", "customer", "rep", "customer"]
USUAL = {"rep": slice(-N_FOLLOWING - 1 - N_REP, -N_FOLLOWING - 1)}
USUAL["customer"] = slice(-N_FOLLOWING - 1 - N_CUSTOMER, -N_FOLLOWING - 1)


@pytest.fixture
def scores():
    return np.random.default_rng(7).normal(scale=3, size=(len(SIDES), N_REP + N_CUSTOMER))


@pytest.mark.parametrize("side", ["rep", "customer"])
def test_a_row_is_read_with_the_turns_around_it(scores, side):
    rows, features = second_look(scores, SIDES, side)
    assert rows.tolist() == [at for at, who in enumerate(SIDES) if who == side]
    other = "customer" if side == "rep" else "rep"
    bent, own, theirs = np.tanh(scores / 3), COLUMNS[side], COLUMNS[other]
    following = features[:, -N_FOLLOWING:]
    for at, row in enumerate(rows):
        after = [turn for turn in range(row + 1, len(SIDES)) if SIDES[turn] == other]
        n_other = theirs.stop - theirs.start
        expected = bent[after[0], theirs] if after else np.full(n_other, np.tanh(-4 / 3))
        assert following[at, :n_other] == pytest.approx(expected, abs=1e-6)
        mine = bent[rows[at + 1], own] if at + 1 < len(rows) else np.tanh(-4 / 3)
        assert following[at, n_other:-1] == pytest.approx(mine, abs=1e-6)
        assert following[at, -1] == (1 if after and after[0] == row + 1 else -1)


@pytest.mark.parametrize("side", ["rep", "customer"])
def test_a_row_as_if_last_is_read_like_the_last_of_a_recording_that_ends_there(scores, side):
    rows, features = second_look(scores, SIDES, side)
    hidden = as_if_last(features)
    seen = np.ones(features.shape[1], bool)
    seen[USUAL[side]] = False  # how often the speaker does it elsewhere: less is heard of that
    for at, row in enumerate(rows):
        cut = second_look(scores[: row + 1], SIDES[: row + 1], side)[1][-1]
        assert hidden[at, seen] == pytest.approx(cut[seen], abs=1e-6)


def test_what_a_speaker_usually_does_leaves_out_the_row_itself(scores):
    rows, features = second_look(scores, SIDES, "rep")
    chances = 1 / (1 + np.exp(-scores[rows, COLUMNS["rep"]]))
    others = np.delete(chances, 1, axis=0).sum(axis=0) / (len(rows) - 1 + 10) * 3
    assert features[1, USUAL["rep"]] == pytest.approx(others, abs=1e-6)


def test_a_side_that_never_speaks_has_no_rows():
    rows, features = second_look(np.zeros((2, N_REP + N_CUSTOMER)), ["rep", "rep"], "customer")
    assert len(rows) == 0
    assert features.shape[0] == 0
    assert (
        features.shape[1]
        == second_look(np.zeros((1, N_REP + N_CUSTOMER)), ["customer"], "customer")[1].shape[1]
    )
