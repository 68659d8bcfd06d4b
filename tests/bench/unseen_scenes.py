"""How right behaviours are on the scenes that may be read, by taggers that did not learn from them.

    python -m callcoach.measure.train.taggers --to /tmp/all --folds-to /tmp/folds
    python -m tests.bench.unseen_scenes /tmp/folds                     counts, with 90 % Wilson intervals
    python -m tests.bench.unseen_scenes /tmp/folds concession_trade    and its scenes that are wrong

The taggers learn from the lines of these scenes, so with the shipped ones they only say what the
rules make of labels that are known. Here each scene is read by the taggers of the fold that left it
out. The rules were corrected on these scenes and the folds have the same writers on both sides: both
make the figure kinder than that of the held-out scenes, which are read by nobody. What it is for is
to see which misses are the taggers' and which are the rules'.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from itertools import groupby
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from callcoach.measure.data import short_exchanges
from callcoach.measure.taggers import Taggers, load_taggers
from callcoach.measure.train.dataset import folds_of
from callcoach.measure.utterances import label_turns

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scenes import Scene, differences, judged, scenes, transcript_of

READABLE = ("development", "further", "further_exchange", "independent")
SIDES = {"R": "rep", "C": "customer"}
Said = tuple[tuple[str, str], ...]


def taggers_of(folder: Path) -> dict[Said, Taggers]:
    """For every short exchange, the taggers that did not learn from it."""
    said: dict[str, Said] = {
        name: tuple((row.speaker, row.text) for row in rows)
        for name, rows in groupby(short_exchanges(), key=lambda row: row.conversation_id)
    }
    fold = folds_of(np.array(list(said)))
    taggers = [load_taggers(folder / str(number)) for number in range(fold.max() + 1)]
    return {lines: taggers[number] for lines, number in zip(said.values(), fold.tolist(), strict=True)}


def lines_of(scene: Scene) -> Said:
    return tuple((SIDES.get(turn[0], ""), turn.partition(": ")[2]) for turn in scene.turns)


def main(folder: Path, shown: list[str]) -> None:
    unseen = taggers_of(folder)
    n, right = defaultdict(int), defaultdict(int)
    for which in READABLE:
        for scene in scenes(which):
            taggers = unseen.get(lines_of(scene))
            if taggers is None:
                continue  # not learned from: too near a held-out scene
            labels = label_turns(transcript_of(scene.turns), taggers=taggers)
            wrong = differences(scene, *judged(scene, labels))
            n[scene.behaviour] += 1
            right[scene.behaviour] += not wrong
            if wrong and scene.behaviour in shown:
                print(f"{which} {scene.name} ({scene.kind}) {wrong}", *scene.turns, scene.why, sep="\n    ")
    for name in sorted(n):
        print(line(name, right[name], n[name]))
    print(line("overall", sum(right.values()), sum(n.values())))


def line(name: str, right: int, n: int) -> str:
    low, high = binomtest(right, n).proportion_ci(0.90, method="wilson")
    return f"{name:24} right {right:4} of {n:4} = {right / n:.3f} ({low:.3f} to {high:.3f})"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Readable scenes by taggers that did not learn from them.")
    parser.add_argument("folds", type=Path, help="folder with the taggers of each fold")
    parser.add_argument("show", nargs="*", help="behaviours whose wrong scenes are printed")
    given = parser.parse_args()
    main(given.folds, given.show)
