"""Logistic regression for many labels at once, solved over examples instead of features.

With a few thousand utterances and a quarter of a million features the matrix of similarities
between examples is the smaller one. One Cholesky factor of Boehning's bound on the curvature
serves every label and every step, and there is nothing random in it.
"""

from __future__ import annotations

import numpy as np
import scipy.linalg
import scipy.optimize
import scipy.sparse


def similarities(examples: scipy.sparse.csr_matrix, *, block: int = 1000) -> np.ndarray:
    """Inner products of all examples, one added for the intercept; shape (n, n), float32."""
    n = examples.shape[0]
    found = np.empty((n, n), np.float32)
    transposed = examples.T.tocsr()
    for start in range(0, n, block):
        found[start : start + block] = (examples[start : start + block] @ transposed).toarray()
    found += np.float32(1)
    return found


def fit_linear(
    examples: scipy.sparse.csr_matrix,
    positives: np.ndarray,
    *,
    kernel: np.ndarray,
    penalty: float,
    n_steps: int = 30,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and intercepts of L2-penalised logistic regressions that share their examples.

    Parameters
    ----------
    examples : csr_matrix, shape (n, n_features)
    positives : numpy.ndarray of bool, shape (n, n_labels)
    kernel : numpy.ndarray of float32, shape (n, n)
        What `similarities` gives for the examples.
    penalty : float
        Weight of half the squared length of the weights; the intercept is penalised alike.

    Returns
    -------
    weights : numpy.ndarray of float32, shape (n_features, n_labels)
    intercepts : numpy.ndarray of float32, shape (n_labels,)

    References
    ----------
    D. Boehning (1992), Multinomial logistic regression algorithm, 10.1007/BF00048682.
    """
    bound = kernel + np.float32(4 * penalty) * np.eye(len(kernel), dtype=np.float32)
    factor = scipy.linalg.cho_factor(bound, overwrite_a=True, check_finite=False)
    target = positives.astype(np.float32)
    dual = np.zeros_like(target)
    ahead, momentum = dual, 1.0
    for _ in range(n_steps):
        score = kernel @ ahead
        chance = 1 / (1 + np.exp(-score))
        new = scipy.linalg.cho_solve(factor, score + 4 * (target - chance), check_finite=False)
        faster = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = (new + np.float32((momentum - 1) / faster) * (new - dual)).astype(np.float32)
        dual, momentum = new, faster
    return np.asarray(examples.T @ dual, np.float32), dual.sum(axis=0).astype(np.float32)


def fit_partly_known(
    examples: scipy.sparse.csr_matrix, known: np.ndarray, *, penalty: float, n_steps: int = 60
) -> tuple[np.ndarray, np.ndarray]:
    """The same regressions where some examples are not known for some labels, over features.

    Parameters
    ----------
    known : numpy.ndarray of int, shape (n, n_labels)
        1 has the label, 0 has not, -1 is left out.
    """
    n_features, n_labels = examples.shape[1], known.shape[1]
    counted = (known >= 0).astype(np.float64)
    target = np.maximum(known, 0).astype(np.float64)
    transposed = examples.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        whole = flat.reshape(n_features + 1, n_labels)
        score = examples @ whole[:-1] + whole[-1]
        cost = (counted * (np.logaddexp(0, score) - target * score)).sum()
        apart = counted * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - target)
        gradient = np.vstack([transposed @ apart, apart.sum(axis=0)]) + penalty * whole
        return cost + penalty * (flat @ flat) / 2, gradient.ravel()

    found = scipy.optimize.minimize(
        loss,
        np.zeros((n_features + 1) * n_labels),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": n_steps, "maxcor": 8},
    )
    whole = found.x.reshape(n_features + 1, n_labels).astype(np.float32)
    return whole[:-1], whole[-1]


def fit_dense(
    examples: np.ndarray, positive: np.ndarray, *, penalty: float, free: int, n_steps: int = 25
) -> tuple[np.ndarray, float]:
    """One logistic regression on few dense features, by Newton's steps.

    The feature in column `free` and the intercept are not penalised.
    """
    n, n_features = examples.shape
    padded = np.hstack([examples, np.ones((n, 1))]).astype(np.float64)
    ridge = np.full(n_features + 1, penalty)
    ridge[-1] = ridge[free] = 1e-3
    weights = np.zeros(n_features + 1)
    for _ in range(n_steps):
        chance = 1 / (1 + np.exp(-np.clip(padded @ weights, -30, 30)))
        gradient = padded.T @ (chance - positive) + ridge * weights
        curvature = (padded * (chance * (1 - chance))[:, None]).T @ padded + np.diag(ridge)
        step = scipy.linalg.solve(curvature, gradient, assume_a="pos", check_finite=False)
        weights = weights - step
        if np.abs(step).max() < 1e-7:
            break
    return weights[:-1], float(weights[-1])
