"""How right each behaviour's recogniser is on what it has not seen: what an item may weigh.

Sequence behaviours are judged on the held-out scenes; a positive counts as found only where
everything that the scene expects was found. Behaviours that are one utterance label take the figures
of that label, in five folds by conversation, its precision from the threshold of what is shown.

    python -m tests.bench.proof            prints the figures, with 90 % Wilson intervals
    python -m tests.bench.proof --write    and keeps them in callcoach/score/proof.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from scipy.stats import binomtest

from callcoach.core import Status
from callcoach.measure.behaviours import OBSERVERS
from callcoach.score.weights import PROVEN_F1, PROVEN_PRECISION

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from scenes import FLOOR_EACH, FLOOR_OVERALL, HELD_OUT, Scene, differences, judged, scenes  # noqa: E402

LABEL_OF = {
    "permission": "permission",
    "call_reason": "call_reason",
    "honest_limit": "honest_limit",
    "irritator": "irritator",
    "problem_question": "problem_question",
    "question_turn_share": "question_substantive",
}
OCCASIONS = ("status", "antecedent", "n_substantive_answers", "n_benefits", "n_objections")


def expects_some(scene: Scene) -> bool:
    """Whether a careful person would credit anything in the scene."""
    amounts = [value for key, value in scene.expect.items() if key not in OCCASIONS]
    return scene.expect["status"] == "scored" and any(value not in (0, "0", []) for value in amounts)


def finds_some(scene: Scene, components, status) -> bool:
    keys = [key for key in scene.expect if key not in OCCASIONS]
    amounts = [value for name, value in components.items() if any(name.startswith(key) for key in keys)]
    return status is Status.SCORED and any(amounts)


def of_scenes(behaviour: str) -> dict[str, float]:
    """Right scenes, and precision, recall and F1 of positives found whole."""
    n = right = expected = found = whole = 0
    for scene in scenes(HELD_OUT):
        if scene.behaviour != behaviour:
            continue
        transcript, labels, observation = judged(scene)
        same = not differences(scene, transcript, labels, observation)
        some, seen = expects_some(scene), finds_some(scene, observation.components, observation.status)
        n, right = n + 1, right + same
        expected, found, whole = expected + some, found + seen, whole + (some and seen and same)
    precision, recall = whole / max(1, found), whole / max(1, expected)
    f1 = 2 * precision * recall / (precision + recall) if whole else 0.0
    return {
        "from": "held-out scenes", "n": n, "right": right, "n_positive": expected,
        "f1": round(f1, 3), "precision": round(precision, 3), "recall": round(recall, 3),
    }  # fmt: skip


def of_label(label: str, figures: list[dict]) -> dict[str, object]:
    (row,) = [row for row in figures if row["label"] == label and row["condition"] == "as written"]
    return {
        "from": f"label {label}, five folds", "n": row["n"], "n_positive": row["n_positive"],
        "f1": round(row["f1"], 3), "precision": round(row["shown_precision"] or 0.0, 3),
        "recall": round(row["recall"], 3),
    }  # fmt: skip


def main(arguments: list[str]) -> int:
    figures = json.loads((ROOT / "models/taggers/figures.json").read_text("utf-8"))["five folds"]
    in_scenes = [name for name in dict.fromkeys(s.behaviour for s in scenes(HELD_OUT)) if name in OBSERVERS]
    found = {name: of_scenes(name) for name in in_scenes}
    for name, row in found.items():
        low, high = binomtest(row["right"], row["n"]).proportion_ci(0.90, method="wilson")
        print(
            f"{name:24} right {row['right']:2} of {row['n']:2} ({low:.2f} to {high:.2f})  F1 {row['f1']:.2f}  "
            f"precision {row['precision']:.2f}"
        )
    n, right = sum(row["n"] for row in found.values()), sum(row["right"] for row in found.values())
    low, high = binomtest(right, n).proportion_ci(0.90, method="wilson")
    print(
        f"{'overall':24} right {right} of {n} = {right / n:.3f} ({low:.3f} to {high:.3f}), floor {FLOOR_OVERALL}"
    )
    under = [name for name, row in found.items() if row["right"] / row["n"] < FLOOR_EACH]
    print(f"under {FLOOR_EACH}: {', '.join(under) or 'none'}")
    found |= {name: of_label(label, figures) for name, label in LABEL_OF.items()}
    proven = [n for n, r in found.items() if r["f1"] >= PROVEN_F1 and r["precision"] >= PROVEN_PRECISION]
    print("proven:", ", ".join(proven) or "none")
    if "--write" in arguments:
        text = json.dumps({"behaviours": {name: found[name] for name in sorted(found)}}, indent=1)
        (ROOT / "callcoach/score/proof.json").write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
