"""How well the taggers do on the held-out conversations of earlier and later writers, apart.

    python -m tests.bench.held_out_parts [--first 1124]

The corpus keeps the order in which it was written, and later writers wrote plainer talk, which is
easier to tag. Printed is the mean over labels of the F1 of the positive class, at the probability
from which a label applies, on the held-out conversations among the first so many and among the rest.
"""

from __future__ import annotations

import argparse

import numpy as np

from callcoach.measure.constants import TAGGED
from callcoach.measure.data import corpus, held_out
from callcoach.measure.figures import f1_of
from callcoach.measure.train.taggers import FOLDER, MEASURED_ON, held_out_chances


def main(n_first: int) -> None:
    order = list(dict.fromkeys(row.conversation_id for row in corpus()))
    parts = {"earlier": set(order[:n_first]) & held_out(), "later": set(order[n_first:]) & held_out()}
    for condition, found in zip(MEASURED_ON, held_out_chances(FOLDER), strict=True):
        for name, ids in parts.items():
            f1 = []
            for gold, chances, conversations in found.values():
                rows = np.isin(conversations, sorted(ids))
                f1.append(f1_of(gold[rows], chances[rows] >= TAGGED))
            f1 = [each for each in f1 if each is not None]
            print(
                f"{condition:12} {name:8} {len(ids):4} conversations  macro F1 {np.mean(f1):.3f} "
                f"over {len(f1)} labels",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=1124, help="conversations of the earlier writers")
    main(parser.parse_args().first)
