"""How often what a card credits in plain talk was labelled so by the people who wrote and read it.

    python -m tests.bench.plain_talk

On the held-out conversations of the corpus: the turns that a behaviour shows as evidence against the
turns that carry its label, precision and recall with 90 % intervals from resampled conversations.
Some behaviours ask more than their label (a reflection must share a word and be answered, an
implication needs a problem before it), so recall below the tagger's own is meant to be there. No
conversation is read and nothing is corrected on it: only counts are printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from callcoach.core import Role
from callcoach.measure.behaviours import OBSERVERS
from callcoach.measure.data import held_out
from callcoach.measure.utterances import label_turns

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from coach_corpus import corpus

LABEL_OF = {
    "call_reason": "call_reason",
    "check_in": "check_in",
    "honest_limit": "honest_limit",
    "implication_question": "implication_question",
    "irritator": "irritator",
    "need_payoff_question": "need_payoff_question",
    "objection_handling": "objection",
    "permission": "permission",
    "problem_question": "problem_question",
    "recap": "recap",
    "reflection": "reflection",
    "results_stated": "results_stated",
    "stakeholder_question": "stakeholder_question",
    "testing_understanding": "testing_understanding",
}
SIDE_OF = {"objection_handling": Role.CUSTOMER}  # of the handling only the concern has the label
N_RESAMPLED = 1000


def counted() -> dict[str, np.ndarray]:
    """Per behaviour an array of shape (n conversations, 3): turns credited, labelled, and both."""
    found: dict[str, list[tuple[int, int, int]]] = {name: [] for name in LABEL_OF}
    for name in sorted(held_out()):
        transcript, written = corpus()[name]
        labels = label_turns(transcript)
        for behaviour, label in LABEL_OF.items():
            side = SIDE_OF.get(behaviour)
            shown = {
                piece.turn
                for piece in OBSERVERS[behaviour](transcript, labels).evidence
                if side is None or transcript.role_of(transcript.turns[piece.turn]) is side
            }
            gold = {at for at, of_turn in enumerate(written) if label in of_turn}
            found[behaviour].append((len(shown), len(gold), len(shown & gold)))
    return {behaviour: np.array(rows) for behaviour, rows in found.items()}


def main() -> None:
    draw = np.random.default_rng(0)
    found = counted()
    n = len(next(iter(found.values())))
    samples = draw.integers(0, n, (N_RESAMPLED, n))
    print(f"{n} held-out conversations; 90 % intervals from {N_RESAMPLED} resamples of them")
    for name, rows in [*found.items(), ("all of them", sum(found.values()))]:
        shown, gold, both = rows.sum(axis=0)
        drawn = rows[samples].sum(axis=1)
        figures = []
        for of in (0, 1):
            low, high = np.quantile(drawn[:, 2] / np.maximum(1, drawn[:, of]), (0.05, 0.95))
            figures.append(f"{both / max(1, rows[:, of].sum()):.2f} ({low:.2f} to {high:.2f})")
        print(f"{name:22} credited {shown:5}, labelled {gold:5}  precision {figures[0]}  recall {figures[1]}")


if __name__ == "__main__":
    main()
