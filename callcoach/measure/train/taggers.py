"""Rebuilds the taggers and their figures: ``python -m callcoach.measure.train.taggers``.

Everything that is chosen is chosen on the conversations that are not held out, by five folds of
whole conversations: both looks, the calibration, the thresholds. The held-out conversations give
the figures beside them and nothing else. Short exchanges are learned from as well and counted apart.
Twenty to thirty minutes in two processes; same files every time.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from callcoach.measure.agreement import Gold, chances_of
from callcoach.measure.asking_chance import asking_chance, asking_table
from callcoach.measure.context import COLUMNS
from callcoach.measure.figures import Figures, figures_of, threshold_reaching
from callcoach.measure.labels import ALL_LABELS, LABELS_OF_SIDE
from callcoach.measure.taggers import load_taggers
from callcoach.measure.train import card
from callcoach.measure.train.dataset import Design, conversations, design, exchanges, folds_of
from callcoach.measure.train.fragments import Fragments, chosen_from, fragments
from callcoach.measure.train.saving import mark_proven, save_taggers
from callcoach.measure.train.solver import fit_dense
from callcoach.measure.train.stacking import (
    FIRST_ONLY,
    Examples,
    First,
    Scored,
    Second,
    columns_of,
    examples_of,
    fit_first,
    fit_second,
    looks,
    scores_without,
    together,
)

_ASKS = [column for _, column in columns_of("question")]
TRAINED_ON = ("as written", "bare with errors")
MEASURED_ON = ("as written", "bare")
N_FOLDS = 5
FOLDER = Path(__file__).resolve().parents[3] / "models" / "taggers"
Chances = dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]  # per label: gold, probability, conversation


def second_scores(second: Second, scores: np.ndarray, rows_of: Design) -> np.ndarray:
    """Second-look log-odds of every row in the columns of its side; others are left at 0."""
    found = np.zeros((len(rows_of.sides), COLUMNS["customer"].stop))
    for side, columns in COLUMNS.items():
        rows, features = looks(scores, rows_of, side)
        found[rows, columns] = second.scores(features, side)
    return found


def cross_validated(
    examples: Examples, measured: list[Design], fold: np.ndarray, scored: Scored
) -> tuple[list[np.ndarray], np.ndarray, list[Second]]:
    """Log-odds of every row, and of every piece, by taggers that have seen nothing of its fold.

    Returns
    -------
    per measured variant : list of numpy.ndarray, shape (n_rows, n_columns)
    of pieces : numpy.ndarray, shape (n_pieces, n_columns)
        Right only for the labels of `FIRST_ONLY`.
    seconds : list of Second
        The second look of each fold's taggers.
    """
    designs, pieces = examples.designs, examples.pieces
    seconds = []
    found = [np.zeros((len(fold), COLUMNS["customer"].stop)) for _ in measured]
    of_pieces = np.zeros((len(pieces.sides), COLUMNS["customer"].stop))
    for number in range(N_FOLDS):
        chosen = fold != number
        second = fit_second(designs, together(scored, fold, without=number), chosen)
        seconds.append(second)
        (first,) = scored[number, None]
        for each, scores in zip(measured, found, strict=True):
            part = each.where(~chosen)
            scores[~chosen] = second_scores(second, first.scores(part.features), part)
        at = chosen_from(pieces, set(designs[0].conversations[~chosen].tolist()))
        of_pieces[at] = first_only_scores(second, first.scores(pieces.features[at]))
    return found, of_pieces, seconds


def first_only_scores(second: Second, scores: np.ndarray) -> np.ndarray:
    """What the second look makes of first scores in the columns of the labels of `FIRST_ONLY`."""
    found = np.zeros_like(scores)
    for label in FIRST_ONLY:
        for side, column in columns_of(label):
            at = column - COLUMNS[side].start
            slope = second.weights[side][column, at]
            found[:, column] = np.clip(scores[:, column], -8, 8) / 3 * slope + second.intercepts[side][at]
    return found


def calibrate(
    scores: list[np.ndarray], of: Design, of_pieces: np.ndarray, pieces: Fragments
) -> tuple[np.ndarray, np.ndarray]:
    """Slope and shift of every column's log-odds, by Platt's method on unseen scores.

    People also speak in pieces: what asks and what only listens is calibrated on those as well.
    """
    n_columns = COLUMNS["customer"].stop
    slope, shift = np.ones(n_columns), np.zeros(n_columns)
    for side, columns in COLUMNS.items():
        rows = of.sides == side
        for at in range(columns.start, columns.stop):
            stacked = np.concatenate([each[rows, at] for each in scores])[:, None]
            gold = np.tile(of.gold[rows, at], len(scores)).astype(float)
            label = LABELS_OF_SIDE[side][at - columns.start]
            if label in FIRST_ONLY:
                known = pieces.asking["question"] if label == "question" else pieces.listening
                kept = (known >= 0) & (pieces.sides == side)
                stacked = np.concatenate([stacked, of_pieces[kept, at][:, None]])
                gold = np.concatenate([gold, known[kept]])
            weights, shift[at] = fit_dense(stacked, gold, penalty=0.0, free=0)
            slope[at] = weights[0]
    return slope, shift


def counted(designs: list[Design], chosen: np.ndarray) -> dict[str, float]:
    """What each sign of the question rule is worth, by the chosen rows of all designs."""
    signs = np.concatenate([each.signs[chosen] for each in designs]).tolist()
    asks = np.concatenate([each.gold[chosen][:, _ASKS].any(axis=1) for each in designs]).tolist()
    return asking_table(signs, asks)


def with_rule(scores: np.ndarray, of: Design, counted_in: list[Design]) -> np.ndarray:
    """The scores with those of `question` by the rule, counted on the other folds."""
    fold = folds_of(of.conversations, N_FOLDS)
    found = scores.copy()
    for number in range(N_FOLDS):
        these = fold == number
        found[these] = by_table(scores[these], of.where(these), counted(counted_in, ~these))
    return found


def by_table(scores: np.ndarray, of: Design, table: dict[str, float]) -> np.ndarray:
    """The scores with those of `question` as a table of what each sign of the rule is worth says."""
    chance = np.clip([asking_chance(sign, table) for sign in of.signs.tolist()], 1e-4, 1 - 1e-4)
    found = scores.copy()
    found[:, _ASKS] = np.log(chance / (1 - chance))[:, None]
    return found


def chances_by_label(scores: np.ndarray, of: Design) -> Chances:
    """Per label: gold, probabilities and conversations of the rows of every side that has it."""
    chances = 1 / (1 + np.exp(-scores))
    found = {}
    for label in ALL_LABELS:
        parts = []
        for side, labels in LABELS_OF_SIDE.items():
            if label in labels:
                at = COLUMNS[side].start + labels.index(label)
                rows = of.sides == side
                parts.append((of.gold[rows, at], chances[rows, at], of.conversations[rows]))
        found[label] = tuple(np.concatenate(each) for each in zip(*parts, strict=True))
    return found


def figures(found: list[Chances], thresholds: dict[str, float | None]) -> list[Figures]:
    """Figures of every label in every measured condition."""
    return [
        figures_of(label, condition, *line, threshold=thresholds[label])
        for condition, each in zip(MEASURED_ON, found, strict=True)
        for label, line in each.items()
    ]


def main(folder: Path = FOLDER, *, every: int = 1, folds_to: Path | None = None) -> dict[str, list[Figures]]:
    """Fit, calibrate, measure, save; on one thread, so that sums add up alike everywhere.

    Parameters
    ----------
    every : int
        Learn from every so-manieth conversation only: for a quick look, not for use.
    folds_to : Path, optional
        Folder that gets the taggers of each fold as well, named after its number: what they say of
        the conversations and exchanges of that fold (`folds_of`) is said of what they never saw.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _build(folder, every, folds_to)


def _build(folder: Path, every: int, folds_to: Path | None) -> dict[str, list[Figures]]:
    calls = conversations(held=False)[::every]
    ours = calls + exchanges()[::every]
    designs = [design(ours, variant) for variant in TRAINED_ON]
    measured = [designs[0], design(ours, "bare")]
    pieces = fragments(ours)
    examples = examples_of(designs, pieces)
    n = sum(map(len, calls))
    ids = designs[0].conversations
    fold = np.concatenate([folds_of(ids[:n], N_FOLDS), folds_of(ids[n:], N_FOLDS)])
    scored = scores_without(examples, fold)
    unseen, of_pieces, seconds = cross_validated(examples, measured, fold, scored)
    in_calls = [each.where(np.arange(n)) for each in measured]
    slope, shift = calibrate([each[:n] for each in unseen], in_calls[0], of_pieces, pieces)
    calibrated = [each * slope + shift for each in unseen]
    unseen_by = [
        chances_by_label(with_rule(each[:n], of, in_calls), of)
        for each, of in zip(calibrated, in_calls, strict=True)
    ]
    asking = counted(in_calls, np.ones(n, bool))
    short_by = [
        chances_by_label(by_table(each[n:], of, asking), of)
        for each, of in zip(
            calibrated, (each.where(np.arange(n, len(ids))) for each in measured), strict=True
        )
    ]
    thresholds = {
        label: _strictest([threshold_reaching(*each[label][:2]) for each in unseen_by])
        for label in ALL_LABELS
    }
    everything = np.ones(len(designs[0].sides), bool)
    second = fit_second(designs, together(scored, fold), everything)
    first = fit_first(examples, everything)
    kept = {"thresholds": thresholds, "proven": [], "asking": asking}
    _save(folder, first, second, slope, shift, kept)
    for number in range(N_FOLDS) if folds_to else ():
        _save(folds_to / str(number), scored[number, None][0], seconds[number], slope, shift, kept)
    held = held_out_chances(folder)
    found = {
        "five folds": figures(unseen_by, thresholds),
        "held out": figures(held, thresholds),
        "both": figures([joined(*each) for each in zip(unseen_by, held, strict=True)], thresholds),
        "short exchanges, five folds": figures(short_by, thresholds),
    }
    mark_proven(folder, card.proven(found["both"]))
    card.write(folder, found)
    return found


def _save(
    folder: Path, first: First, second: Second, slope: np.ndarray, shift: np.ndarray, kept: dict[str, object]
) -> None:
    used = np.flatnonzero(np.abs(first.weights).max(axis=1) > 0)
    save_taggers(
        folder,
        used=used,
        weights=first.weights[used],
        intercepts=first.intercepts,
        out=first.out,
        second={
            side: (
                second.weights[side] * slope[columns],
                second.intercepts[side] * slope[columns] + shift[columns],
            )
            for side, columns in COLUMNS.items()
        },
        card=kept,
    )


def _strictest(thresholds: list[float | None]) -> float | None:
    """One threshold that holds in every condition; None where one condition has none."""
    known = [each for each in thresholds if each is not None]
    return max(known) if len(known) == len(thresholds) else None


def held_out_chances(folder: Path) -> list[Chances]:
    """What the saved files say of the conversations held out, per condition, through the public door."""
    held = [row for rows in conversations(held=True) for row in rows]
    gold = [Gold(row.conversation_id, row.speaker, row.text, row.labels) for row in held]
    taggers = load_taggers(folder)
    return [
        {
            label: tuple(map(np.array, line))
            for label, line in chances_of(gold, taggers, condition=condition).items()
        }
        for condition in MEASURED_ON
    ]


def joined(one: Chances, other: Chances) -> Chances:
    """The rows of both."""
    return {
        label: tuple(np.concatenate(each) for each in zip(one[label], other[label], strict=True))
        for label in one
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Rebuild the taggers and their card.")
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder to write")
    parser.add_argument("--folds-to", type=Path, help="folder that gets each fold's taggers as well")
    given = parser.parse_args()
    main(given.to, folds_to=given.folds_to)
