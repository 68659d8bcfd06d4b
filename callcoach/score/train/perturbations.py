"""Whether a score stays where it was when the same call is written a little differently.

``python -m callcoach.score.train.perturbations`` prints, for conversations held out from every
tagger, how far the scores of their items move and how many stay within their own interval.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from callcoach.measure.behaviours.catalogue import RESTS_ON
from callcoach.measure.data import Row, corpus, held_out
from callcoach.measure.train.variants import bare, with_fillers, with_word_errors
from callcoach.measure.utterances import label_turns
from callcoach.score.intervals import doubts, shipped_spread
from callcoach.score.train.intervals import items, scored, transcript_of
from callcoach.score.values import VALUES

LONG_ENOUGH = 12  # words of a turn that is split in two

Rows = Sequence[Row]


def _texts(change: Callable[[str], str]) -> Callable[[Rows], list[Row]]:
    return lambda rows: [replace(row, text=change(row.text) or row.text) for row in rows]


def split_turns(rows: Rows) -> list[Row]:
    """Every third long turn becomes two of the same speaker."""
    found: list[Row] = []
    for i, row in enumerate(rows):
        words = row.text.split()
        if i % 3 == 0 and len(words) >= LONG_ENOUGH:
            half = len(words) // 2
            found += [replace(row, text=" ".join(part)) for part in (words[:half], words[half:])]
        else:
            found.append(row)
    return found


CHANGES: dict[str, Callable[[Rows], list[Row]]] = {
    "without punctuation": _texts(bare),
    "fillers": _texts(lambda text: with_fillers(text, random.Random(text))),
    "5 % word errors": _texts(lambda text: with_word_errors(text, random.Random(text))),
    "a turn split in two": split_turns,
}


def moves(change: Callable[[Rows], list[Row]], conversations: Sequence[Rows]) -> list[tuple[float, bool]]:
    """Per item judged before and after: how far it moved, and whether within its first interval."""
    found = []
    for rows in conversations:
        first, second = transcript_of(rows), transcript_of(change(rows))
        labels, changed = label_turns(first), label_turns(second)
        doubt = doubts(labels, RESTS_ON)
        for item in items():
            before, after = scored(item, first, labels), scored(item, second, changed)
            if before is None or after is None:
                continue
            of = VALUES[(item.behaviour, item.variant)].seen_in or item.behaviour
            low, high = shipped_spread().around(before[1], doubt.get(of, 0.0))
            found.append((abs(after[1] - before[1]), low - 1e-4 <= after[1] <= high + 1e-4))
    return found


def held_out_conversations() -> list[list[Row]]:
    rows = [row for row in corpus() if row.conversation_id in held_out()]
    return [list(group) for _, group in groupby(rows, key=lambda row: row.conversation_id)]


def main() -> None:
    conversations = held_out_conversations()
    for name, change in CHANGES.items():
        found = moves(change, conversations)
        gaps = [gap for gap, _ in found]
        print(
            f"{name:22} {len(found):4} items  median move {np.median(gaps):.3f}  mean {np.mean(gaps):.3f}  "
            f"within the interval {np.mean([inside for _, inside in found]):.3f}"
        )


if __name__ == "__main__":
    main()
