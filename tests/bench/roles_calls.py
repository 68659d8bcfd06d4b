"""Sides told by the words alone, on 334 real calls to a telephone company; reads text only.

    python tests/bench/roles_calls.py [../shared/data/bt_oasis/dev.jsonl]

The first four turns are taken out, because the agent speaks first in every call, and labels are
shuffled. Nothing of these calls is trained on; the probability from which a side is applied is
`APPLIED_FROM`, fixed before. Prints the figures and a reliability table.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from callcoach.core import Capability, Provenance, Role, Separation, Speaker, Transcript, Turn, Word
from callcoach.transcribe.roles import APPLIED_FROM, seat
from callcoach.transcribe.roles_words import plain_words

CUT_TURNS = 4
BANDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
LABELS = ("A", "B")


@dataclass(frozen=True)
class Told:
    """One call: probability given to the truth, whether the first voice was the rep's, and if it is applied."""

    truth: float
    first_is_rep: bool
    applied: bool = True

    @property
    def sure(self) -> float:
        return max(self.truth, 1 - self.truth)

    @property
    def answered(self) -> bool:
        return self.applied and self.sure > APPLIED_FROM

    @property
    def right(self) -> bool:
        return self.truth > 0.5


def calls_of(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Turns of every call as (side, words); segments of one turn joined."""
    calls: dict[str, list[list]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        turns = calls.setdefault(row["conversation_id"], [])
        if turns and turns[-1][0] == (row["turn"], row["speaker"]):
            turns[-1][1] += " " + row["text"]
        else:
            turns.append([(row["turn"], row["speaker"]), row["text"]])
    for turns in calls.values():
        yield [("REP" if who == "agent" else "CUSTOMER", text) for (_, who), text in turns]


def transcript_of(turns: list[tuple[str, str]], rng: random.Random) -> tuple[Transcript, str]:
    """The turns as a transcript of two unknown speakers, and the rep's shuffled label."""
    rep = rng.randrange(2)
    label = {"REP": LABELS[rep], "CUSTOMER": LABELS[1 - rep]}
    transcript = Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("transcript", "text", "bench", separation=Separation.LABELS),
        duration_s=None,
        speakers=tuple(Speaker(name, Role.UNKNOWN) for name in LABELS),
        turns=tuple(
            Turn(label[side], tuple(Word(w) for w in text.split())) for side, text in turns if text.split()
        ),
        language="en",
        capabilities=frozenset({Capability.TEXT}),
    )
    return transcript, label["REP"]


def told(path: Path, *, cut: int = CUT_TURNS, seed: int = 0, labeller=None) -> list[Told]:
    """Every call in which both sides still have words after the cut."""
    rng = random.Random(seed)
    found = []
    for turns in calls_of(path):
        kept = turns[cut:]
        if {side for side, text in kept if plain_words(text)} != {"REP", "CUSTOMER"}:
            continue
        transcript, rep = transcript_of(kept, rng)
        seating = seat(transcript, label_utterances=labeller)
        found.append(Told(seating.probabilities[rep], kept[0][0] == "REP", seating.why_not is None))
    return found


def summary(found: list[Told]) -> dict[str, float]:
    answered = [one for one in found if one.answered]
    return {
        "calls": len(found),
        "answered": len(answered) / len(found),
        "right_of_answered": sum(one.right for one in answered) / max(1, len(answered)),
        "right_of_all": sum(one.right for one in found) / len(found),
        "first_speaker_right": sum(one.first_is_rep for one in found) / len(found),
    }


def reliability(found: list[Told]) -> list[tuple[float, float, int, float, float]]:
    """Per band of probability: from, to, calls, mean probability, share right."""
    rows = []
    for low, high in itertools.pairwise(BANDS):
        band = [one for one in found if low <= one.sure < high or (high == 1.0 and one.sure == 1.0)]
        if band:
            mean = sum(one.sure for one in band) / len(band)
            rows.append((low, high, len(band), mean, sum(one.right for one in band) / len(band)))
    return rows


def main() -> int:
    default = Path(__file__).resolve().parents[3] / "shared" / "data" / "bt_oasis" / "dev.jsonl"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    for name, cut in (("first four turns removed", CUT_TURNS), ("whole calls", 0)):
        found = told(path, cut=cut)
        print(name, {key: round(value, 4) for key, value in summary(found).items()})
        for low, high, n, mean, right in reliability(found):
            print(f"  {low:.2f}-{high:.2f}  {n:4d} calls  said {mean:.3f}  right {right:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
