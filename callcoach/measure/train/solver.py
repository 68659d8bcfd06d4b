"""Logistic regressions: many labels over sparse features in small steps, one over few by Newton's.

Beside the regressions of many labels there is one with a layer between, which the labels share.

What is learned from tens of thousands of utterances is learned in a few passes over them; the order
of the passes comes from a seed, so a run is like the next.
"""

from __future__ import annotations

import numpy as np
import scipy.linalg
import scipy.sparse

N_PASSES, BATCH, RATE = 8, 512, 0.1
N_HIDDEN_PASSES, HIDDEN_RATE = 3, 0.08


def fit_linear(
    examples: scipy.sparse.csr_matrix,
    known: np.ndarray,
    *,
    penalty: float,
    n_passes: int = N_PASSES,
    batch: int = BATCH,
    rate: float = RATE,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and intercepts of L2-penalised logistic regressions that share their examples.

    Each feature of each label is learned at a rate of its own: the more has been learned of it,
    the smaller its steps.

    Parameters
    ----------
    examples : csr_matrix of float32, shape (n, n_features)
    known : numpy.ndarray of int, shape (n, n_labels)
        1 has the label, 0 has not, -1 is not known and teaches nothing.
    penalty : float
        Weight of half the squared length of the weights; the intercept is free.

    Returns
    -------
    weights : numpy.ndarray of float32, shape (n_features, n_labels)
    intercepts : numpy.ndarray of float32, shape (n_labels,)

    References
    ----------
    J. Duchi, E. Hazan and Y. Singer (2011), Adaptive subgradient methods for online learning and
    stochastic optimization, JMLR 12.
    """
    n, n_features = examples.shape
    counted, target, intercepts = _targets(known)
    weights = np.zeros((n_features, known.shape[1]), np.float32)
    learned = np.full_like(weights, 1e-10)
    rng = np.random.default_rng(3)
    for _ in range(n_passes):
        order = rng.permutation(n)
        for start in range(0, n, batch):
            rows = order[start : start + batch]
            part = examples[rows]
            chance = 1 / (1 + np.exp(-(np.asarray(part @ weights) + intercepts)))
            apart = counted[rows] * (chance - target[rows])
            gradient = np.asarray(part.T @ apart)
            gradient += np.float32(penalty * len(rows) / n) * weights
            learned += gradient * gradient
            gradient /= np.sqrt(learned)
            weights -= np.float32(rate) * gradient
            intercepts -= np.float32(0.5) * apart.mean(axis=0)
    return weights, intercepts


def fit_hidden(
    examples: scipy.sparse.csr_matrix,
    known: np.ndarray,
    *,
    size: int,
    penalty: float,
    drop: float,
    n_passes: int = N_HIDDEN_PASSES,
    batch: int = BATCH,
    rate: float = HIDDEN_RATE,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Regressions of all labels on one layer of rectified sums of the features, learned together.

    What one label's few examples cannot tell, those of others can: which words do the same job.
    Learned at rates like those of `fit_linear`.

    Parameters
    ----------
    examples : csr_matrix of float32, shape (n, n_features)
    known : numpy.ndarray of int, shape (n, n_labels)
        1 has the label, 0 has not, -1 is not known and teaches nothing.
    size : int
        Of the layer.
    penalty : float
        Weight of half the squared length of the weights on both sides of the layer.
    drop : float
        Share of the layer that is left out of each step at random.

    Returns
    -------
    into : numpy.ndarray of float32, shape (n_features, size)
    floor : numpy.ndarray of float32, shape (size,)
        Added to the sums before they are cut at zero.
    out : numpy.ndarray of float32, shape (size, n_labels)
    intercepts : numpy.ndarray of float32, shape (n_labels,)
    """
    n, n_features = examples.shape
    counted, target, intercepts = _targets(known)
    rng = np.random.default_rng(3)
    into = rng.standard_normal((n_features, size), dtype=np.float32) * np.float32(0.02)
    out = rng.standard_normal((size, known.shape[1]), dtype=np.float32) / np.float32(np.sqrt(size))
    floor = np.zeros(size, np.float32)
    learned = [np.full_like(each, 1e-8) for each in (into, out, floor)]

    def step(weights: np.ndarray, gradient: np.ndarray, squares: np.ndarray, at: object) -> None:
        squares[at] += gradient * gradient
        weights[at] -= np.float32(rate) * gradient / np.sqrt(squares[at])

    for _ in range(n_passes):
        order = rng.permutation(n)
        for start in range(0, n, batch):
            rows = order[start : start + batch]
            part = examples[rows]
            shrink = np.float32(penalty * len(rows) / n)
            sums = np.asarray(part @ into) + floor
            kept = (sums > 0) * (rng.random(sums.shape, dtype=np.float32) >= drop) / np.float32(1 - drop)
            layer = sums * kept
            apart = counted[rows] * (1 / (1 + np.exp(-(layer @ out + intercepts))) - target[rows])
            back = (apart @ out.T) * kept
            seen = np.unique(part.indices)
            step(into, np.asarray(part[:, seen].T @ back) + shrink * into[seen], learned[0], seen)
            step(out, layer.T @ apart + shrink * out, learned[1], ...)
            step(floor, back.sum(axis=0), learned[2], ...)
            intercepts -= np.float32(0.5) * apart.mean(axis=0)
    return into, floor, out, intercepts


def _targets(known: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What counts, what is wanted, and the intercepts that give every label its share."""
    counted = (known >= 0).astype(np.float32)
    target = (known > 0).astype(np.float32)
    share = (target.sum(axis=0) + 0.5) / (counted.sum(axis=0) + 1)
    return counted, target, np.log(share / (1 - share)).astype(np.float32)


def fit_dense(
    examples: np.ndarray, positive: np.ndarray, *, penalty: float, free: int, n_steps: int = 25
) -> tuple[np.ndarray, float]:
    """One logistic regression on few dense features, by Newton's steps.

    The feature in column `free` and the intercept are not penalised.
    """
    n, n_features = examples.shape
    padded = np.hstack([examples, np.ones((n, 1))]).astype(np.float32)
    ridge = np.full(n_features + 1, penalty)
    ridge[-1] = ridge[free] = 1e-3
    weights = np.zeros(n_features + 1)
    for _ in range(n_steps):
        chance = 1 / (1 + np.exp(-np.clip(padded @ weights, -30, 30)))
        gradient = padded.T @ (chance - positive) + ridge * weights
        bend = (chance * (1 - chance)).astype(np.float32)
        curvature = ((padded * bend[:, None]).T @ padded).astype(np.float64) + np.diag(ridge)
        step = scipy.linalg.solve(curvature, gradient, assume_a="pos", check_finite=False)
        weights = weights - step
        if np.abs(step).max() < 1e-4:
            break
    return weights[:-1], float(weights[-1])
