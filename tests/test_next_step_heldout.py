"""Thirty endings that the rules of the next step were never tuned on: written first, then run.

Positive, near miss and gamed endings. An ending that fails here is evidence about the rules, never
a reason to change them until it passes: then it would no longer be held out.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from conftest import call

from callcoach.measure.behaviours import next_step
from callcoach.measure.utterances import label_turns

ENDINGS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "next_step_heldout.jsonl").read_text("utf-8").splitlines()
]
OPEN, CLOSE = "R Hello Dana, thanks for joining. | C Hi, good to meet you.", "R Thank you, bye. | C Bye."
FLOOR = 0.70


def judged(end: str) -> tuple[int, int]:
    """Level and clear no of a call that ends so."""
    transcript = call(f"{OPEN} | {end} | {CLOSE}")
    seen = next_step.observe(transcript, label_turns(transcript)).components
    return int(seen["level"]), int(seen["clear_no"])


def test_endings_that_no_rule_was_tuned_on_are_judged_right_at_least_seven_times_in_ten():
    right: Counter[str] = Counter()
    of = Counter(ending["kind"] for ending in ENDINGS)
    for ending in ENDINGS:
        wanted = ending["level"], ending["clear_no"]
        found = judged(ending["end"])
        right[ending["kind"]] += found == wanted
        if found != wanted:
            print(f"wanted {wanted}, found {found}: {ending['end']}")
    print({kind: f"{right[kind]}/{n}" for kind, n in of.items()}, f"{right.total()}/{of.total()}")
    assert right.total() >= FLOOR * of.total()
