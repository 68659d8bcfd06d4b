"""Do rubric scores tell good counselling from poor? AUC between the two, with its interval.

    python -m tests.bench.annomi_auc [FILE]

AnnoMI conversations (the nearest public analogue of consultative selling) are judged as discovery
calls, the therapist as the rep, by their text alone. Nothing is fitted and no threshold is drawn:
the file has only five conversations of low quality, so the interval says more than the figure.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from callcoach.core import (
    CallMetadata,
    CallType,
    Capability,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
)
from callcoach.pipeline import judge
from callcoach.score import load_rubric

N_BOOTSTRAP, SEED = 2000, 3
FEWEST = 3  # judged conversations of either quality


def conversations(path: Path) -> dict[str, tuple[str, list[tuple[Role, str]]]]:
    """Quality and turns by conversation; utterances in a row of one speaker are one turn."""
    found: dict[str, tuple[str, list[tuple[Role, str]]]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        role = Role.REP if row["speaker"] == "therapist" else Role.CUSTOMER
        turns = found.setdefault(row["conversation_id"], (row["mi_quality"], []))[1]
        if turns and turns[-1][0] is role:
            turns[-1] = (role, f"{turns[-1][1]} {row['text']}")
        else:
            turns.append((role, row["text"]))
    return found


def transcript_of(turns: list[tuple[Role, str]]) -> Transcript:
    return Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("transcript", "text", "bench", separation=Separation.LABELS),
        duration_s=None,
        speakers=(Speaker("rep", Role.REP), Speaker("customer", Role.CUSTOMER)),
        turns=tuple(
            Turn(str(role.value).lower(), tuple(Word(w) for w in text.split())) for role, text in turns
        ),
        language="en",
        capabilities=frozenset({Capability.TEXT}),
    )


def auc(high: np.ndarray, low: np.ndarray) -> float:
    """Chance that a conversation of high quality scores above one of low quality, ties half."""
    ranks = rankdata(np.concatenate([high, low]))
    return float((ranks[: len(high)].sum() - len(high) * (len(high) + 1) / 2) / (len(high) * len(low)))


def line_of(name: str, scores: list[tuple[str, float]]) -> str:
    high, low = (np.array([s for q, s in scores if q == quality]) for quality in ("high", "low"))
    if min(len(high), len(low)) < FEWEST:
        return f"{name:24} judged in {len(high)} high and {len(low)} low: too few"
    rng = np.random.default_rng(SEED)
    drawn = [auc(rng.choice(high, len(high)), rng.choice(low, len(low))) for _ in range(N_BOOTSTRAP)]
    first, last = np.quantile(drawn, [0.05, 0.95])
    return (
        f"{name:24} AUC {auc(high, low):.2f} ({first:.2f} to {last:.2f})  n {len(high)} high, {len(low)} low"
    )


def main() -> int:
    default = Path(__file__).resolve().parents[3] / "shared" / "data" / "annomi" / "dev.jsonl"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    weights = {(i.behaviour, i.variant): i.weight for i in load_rubric("discovery").items}
    whole: list[tuple[str, float]] = []
    items: dict[str, list[tuple[str, float]]] = {}
    for quality, turns in conversations(path).values():
        card = judge(
            transcript_of(turns), CallMetadata(call_type=CallType.DISCOVERY, first_meeting=True)
        ).card
        judged = [item for item in card.behaviours if item.score is not None]
        for item in judged:
            items.setdefault(item.id, []).append((quality, item.score))
        total = sum(weights[item.id, item.variant] for item in judged)
        if total:
            mean = sum(weights[item.id, item.variant] * item.score for item in judged) / total
            whole.append((quality, mean))
    print(line_of("rubric, weights as given", whole))
    for name, scores in items.items():
        print(line_of(name, scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
