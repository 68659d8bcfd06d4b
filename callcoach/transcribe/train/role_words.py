"""The words of either side, learnt from the project's own made-up calls.

    python -m callcoach.transcribe.train.role_words [--out models/roles]

Two sources that have little in common: the corpus of sales calls, and calls to a help desk put
together from own lines. How far the evidence may be trusted is fitted *across* them (learnt on one,
read on parts of the other, a fifth of the words lost), because a user's calls are none of either, and
the lower of the two is taken::

    learn on sales ──► read help desk ─┐
    learn on help desk ──► read sales ─┴─► the lower scale: evidence to log-odds
    learn on both ─────────────────────────► the weights that ship

Conversations that the corpus keeps away from every fit are kept away from this one; they are only read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize, minimize_scalar

from callcoach.transcribe.roles_words import N_BUCKETS, TURN_LIMIT, bucket, grams
from callcoach.transcribe.train.service_desk import service_call

CORPUS = Path(__file__).parents[2] / "measure" / "data"
N_SERVICE_CALLS, SERVICE_WEIGHT = 600, 0.5
PENALTY = 1.0
LOST_WORDS = 0.2  # share of words that a recogniser is taken to lose, for the scale
WINDOW_TURNS = (3, 4, 6, 8, 12, 20, 40)
SEED = 1

Conversation = Sequence[tuple[str, str]]  # side, words


def sales_calls(*, held_out: bool) -> list[Conversation]:
    """The corpus by conversation, either the held-out ones or all others."""
    kept_away = set(json.loads((CORPUS / "held_out.json").read_text("utf-8"))["conversations"])
    calls: dict[str, list[tuple[str, str]]] = {}
    for line in (CORPUS / "corpus.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if (row["conversation_id"] in kept_away) is held_out:
            calls.setdefault(row["conversation_id"], []).append((row["speaker"], row["text"]))
    return list(calls.values())


def service_calls(n: int = N_SERVICE_CALLS) -> list[Conversation]:
    rng = random.Random(SEED)
    return [service_call(rng) for _ in range(n)]


def with_lost_words(calls: Sequence[Conversation]) -> list[Conversation]:
    """The same calls with a share of their words gone at random."""
    rng = random.Random(SEED)
    return [
        [(side, " ".join(w for w in text.split() if rng.random() >= LOST_WORDS)) for side, text in call]
        for call in calls
    ]


def matrix(texts: Iterable[str]) -> sparse.csr_matrix:
    """One row a turn; every gram counts once, rows have length one."""
    rows, columns, values = [], [], []
    n = 0
    for n, text in enumerate(texts, start=1):
        found = sorted({bucket(gram) for gram in grams(text)})
        rows += [n - 1] * len(found)
        columns += found
        values += [1 / math.sqrt(max(1, len(found)))] * len(found)
    return sparse.csr_matrix((values, (rows, columns)), shape=(n, N_BUCKETS))


def learn(sources: Sequence[tuple[Sequence[Conversation], float]]) -> np.ndarray:
    """Weights of logistic regression over turns, the offset last; every source has its weight."""
    turns = [(side, text, weight) for calls, weight in sources for call in calls for side, text in call]
    x = matrix(text for _, text, _ in turns)
    sign = np.array([1.0 if side == "rep" else -1.0 for side, _, _ in turns])
    weight = np.array([w for *_, w in turns])

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ b[:-1] + b[-1])
        pull = -sign * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        value = (weight * np.logaddexp(0, -margin)).sum() + PENALTY / 2 * (b[:-1] ** 2).sum()
        return value, np.append(x.T @ pull + PENALTY * b[:-1], pull.sum())

    return minimize(loss, np.zeros(N_BUCKETS + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def margins(b: np.ndarray, calls: Sequence[Conversation], *, per_call: int | None, seed: int) -> np.ndarray:
    """Evidence for the truth, over whole calls or over parts of them in which both sides speak."""
    rng = random.Random(seed)
    return np.array([m for call in calls for m in _margins_of(b, call, per_call, rng)])


def _margins_of(
    b: np.ndarray, call: Conversation, per_call: int | None, rng: random.Random
) -> Iterator[float]:
    turns = np.clip(matrix(text for _, text in call) @ b[:-1] + b[-1], -TURN_LIMIT, TURN_LIMIT)
    sign = np.array([1.0 if side == "rep" else -1.0 for side, _ in call])
    for _ in range(per_call or 1):
        n = len(call) if per_call is None else min(len(call), rng.choice(WINDOW_TURNS))
        start = rng.randrange(len(call) - n + 1)
        part = slice(start, start + n)
        if abs(sign[part].sum()) < n:
            yield float((turns[part] * sign[part]).sum() / math.sqrt(n))


def fitted_scale(found: np.ndarray) -> float:
    """What turns evidence into log-odds with the least surprise."""
    return float(
        minimize_scalar(lambda a: np.logaddexp(0, -a * found).mean(), bounds=(0.05, 20), method="bounded").x
    )


def build(out: Path) -> dict:
    """Learn, calibrate, write weights and card; returns the figures of the held-out calls."""
    sales, service = sales_calls(held_out=False), service_calls()
    across = (
        margins(learn([(service, SERVICE_WEIGHT)]), with_lost_words(sales), per_call=4, seed=SEED),
        margins(learn([(sales, 1.0)]), with_lost_words(service), per_call=2, seed=SEED),
    )
    scale = min(fitted_scale(found) for found in across)
    b = learn([(sales, 1.0), (service, SERVICE_WEIGHT)])
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / "weights.npz", weights=b[:-1].astype(np.float16))
    held = sales_calls(held_out=True)
    figures = {
        "learnt_on_help_desk_sales_parts_right": _right(across[0]),
        "learnt_on_sales_help_desk_parts_right": _right(across[1]),
        "held_out_calls": len(held),
        "held_out_right": _right(margins(b, held, per_call=None, seed=SEED)),
        "held_out_parts_right": _right(margins(b, held, per_call=8, seed=SEED)),
    }
    card = {
        "sha256": hashlib.sha256((out / "weights.npz").read_bytes()).hexdigest(),
        "offset": round(float(b[-1]), 4),
        "scale": round(scale, 4),
        "figures": figures,
    }
    (out / "model.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")
    return figures


def _right(found: np.ndarray) -> float:
    return round(float((found > 0).mean()), 4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and say how the held-out conversations fare."""
    parser = argparse.ArgumentParser(prog="python -m callcoach.transcribe.train.role_words")
    parser.add_argument("--out", type=Path, default=Path("models/roles"), help="folder to write into")
    figures = build(parser.parse_args(arguments).out)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
