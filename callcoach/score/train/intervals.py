"""Measure how far scores lie from a careful person's: ``python -m callcoach.score.train.intervals``.

Conversations held out from every tagger are judged twice by the same rules, once from people's
labels and once from the taggers'. An interval has to hold the truth for 90 of 100 items, found or
looked for and absent. Coverage and width are those of a conversation that the spread was not
measured on: each is left out in turn.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from inspect import signature
from itertools import groupby

import numpy as np

from callcoach.bundled import bundled
from callcoach.core import (
    Capability,
    Interval,
    Provenance,
    Role,
    Separation,
    Speaker,
    Status,
    Transcript,
    Turn,
    Word,
)
from callcoach.measure.behaviours import OBSERVERS
from callcoach.measure.behaviours.catalogue import RESTS_ON
from callcoach.measure.data import Row, corpus, held_out
from callcoach.measure.labels import ALL_LABELS
from callcoach.measure.utterances import label_turns
from callcoach.score.intervals import COVERAGE, LEVELS, Spread, doubts, level_of
from callcoach.score.rubric import RubricItem, load_rubric, shipped_rubrics
from callcoach.score.values import VALUES, attainment

N_DOUBTS = 3  # rows of the spread, with as many items each
FEWEST = 10  # items below which nothing is said of a doubt and level
WORD_S, PAUSE_S = 0.4, 0.4
N_BOOTSTRAP, SEED = 2000, 7
SIDES = {"rep": ("ours", Role.REP), "customer": ("theirs", Role.CUSTOMER)}


@dataclass(frozen=True, slots=True)
class Pair:
    """One item of one conversation, scored from the taggers' labels and from people's."""

    conversation: str
    item: str
    score: float
    doubt: float
    truth: float
    observed: bool = True


def transcript_of(rows: Sequence[Row]) -> Transcript:
    """A conversation of the corpus as if it had been recorded, one turn after the other."""
    turns, speech, now_s = [], {label: [] for label, _ in SIDES.values()}, 1.0
    for row in rows:
        label, words = SIDES[row.speaker][0], []
        for text in row.text.split():
            words.append(Word(text, Interval(round(now_s, 3), round(now_s + WORD_S, 3))))
            now_s += WORD_S
        turns.append(Turn(label, tuple(words)))
        speech[label].append(Interval(words[0].interval.start_s, words[-1].interval.end_s))
        now_s += PAUSE_S
    return Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("audio", "wav", "corpus", separation=Separation.CHANNELS),
        duration_s=round(now_s, 3),
        speakers=tuple(
            Speaker(label, role, role_confidence=1.0, role_source="given") for label, role in SIDES.values()
        ),
        turns=tuple(turns),
        speech={label: tuple(pieces) for label, pieces in speech.items()},
        language="en",
        capabilities=frozenset(Capability) - {Capability.CONFIDENCE},
    )


def items() -> tuple[RubricItem, ...]:
    """Every behaviour and variant that a shipped rubric judges, once."""
    found: dict[tuple[str, str | None], RubricItem] = {}
    for name in shipped_rubrics():
        for item in load_rubric(name).items:
            found.setdefault((item.behaviour, item.variant), item)
    return tuple(found[key] for key in sorted(found, key=str))


def scored(item: RubricItem, transcript: Transcript, labels: Sequence) -> tuple[Status, float] | None:
    """Status and score of an item; None where it does not apply or cannot be judged."""
    value = VALUES.get((item.behaviour, item.variant))
    if value is None:
        return None
    observe = OBSERVERS[value.seen_in or item.behaviour]
    found = observe(transcript, labels) if len(signature(observe).parameters) > 1 else observe(transcript)
    if found.status in (Status.NOT_APPLICABLE, Status.CANNOT_BE_JUDGED):
        return None
    if found.status is Status.NOT_OBSERVED and item.direction != "at_most":
        return found.status, 0.0
    if value.n(found.components) < item.minimum_n:
        return None
    return found.status, attainment(value.of(found.components), direction=item.direction, target=item.target)


def pairs() -> list[Pair]:
    """All items of the conversations held out that people could judge; `observed` where they scored."""
    found = []
    rows = [row for row in corpus() if row.conversation_id in held_out()]
    none = dict.fromkeys(ALL_LABELS, 0.0)  # people say of every label whether it is there
    for conversation, group in groupby(rows, key=lambda row: row.conversation_id):
        said = list(group)
        transcript = transcript_of(said)
        tagged = label_turns(transcript)
        people = [none | dict.fromkeys(row.labels, 1.0) for row in said]
        doubt = doubts(tagged, RESTS_ON)
        for item in items():
            truth, machine = scored(item, transcript, people), scored(item, transcript, tagged)
            if truth is None or machine is None:
                continue
            of = VALUES[(item.behaviour, item.variant)].seen_in or item.behaviour
            name = f"{item.behaviour}{'/' + item.variant if item.variant else ''}"
            observed = truth[0] is Status.SCORED
            found.append(Pair(conversation, name, machine[1], doubt.get(of, 0.0), truth[1], observed))
    return found


def spread_of(measured: Iterable[Pair]) -> Spread:
    """The spread of some pairs, per doubt and level."""
    measured = list(measured)
    edges = np.quantile([p.doubt for p in measured], np.arange(1, N_DOUBTS) / N_DOUBTS).round(4).tolist()
    below = [[0.0] * (len(LEVELS) + 1) for _ in range(N_DOUBTS)]
    above = [[0.0] * (len(LEVELS) + 1) for _ in range(N_DOUBTS)]
    for row in range(N_DOUBTS):
        for level in range(len(LEVELS) + 1):
            cell = [
                p.truth - p.score
                for p in measured
                if level_of(p.score) == level and int(np.searchsorted(edges, p.doubt, side="right")) == row
            ]
            below[row][level], above[row][level] = narrowest(cell)
    return Spread(tuple(edges), tuple(map(tuple, below)), tuple(map(tuple, above)))


def narrowest(gaps: Sequence[float]) -> tuple[float, float]:
    """The narrowest reach down and up that holds the share `COVERAGE` of the gaps; all for too few."""
    if len(gaps) < FEWEST:
        return 1.0, 1.0
    wanted = math.ceil(COVERAGE * len(gaps))
    best = (1.0, 1.0)
    for down in sorted({0.0, *(-gap for gap in gaps if gap < 0)}):
        held = sorted(max(0.0, gap) for gap in gaps if gap >= -down - 1e-9)
        if len(held) >= wanted and down + held[wanted - 1] < sum(best):
            best = (down, held[wanted - 1])
    return round(best[0], 4), round(best[1], 4)


def figures(measured: Sequence[Pair]) -> dict[str, object]:
    """Coverage and width with every conversation left out in turn; intervals over conversations."""
    left_out: list[list[tuple[Pair, bool, float]]] = []
    for conversation in sorted({p.conversation for p in measured}):
        spread = spread_of(p for p in measured if p.conversation != conversation)
        held = []
        for pair in (p for p in measured if p.conversation == conversation):
            low, high = spread.around(pair.score, pair.doubt)
            held.append((pair, low - 1e-4 <= pair.truth <= high + 1e-4, high - low))
        left_out.append(held)
    scored_only = [[entry for entry in call if entry[0].observed] for call in left_out]
    return {"scored": _summary(scored_only), "scored_or_not_observed": _summary(left_out)}


def _summary(calls: Sequence[Sequence[tuple[Pair, bool, float]]]) -> dict[str, object]:
    entries = [entry for call in calls for entry in call]
    rng = np.random.default_rng(SEED)
    drawn = []
    for _ in range(N_BOOTSTRAP):
        some = [inside for i in rng.integers(len(calls), size=len(calls)) for _, inside, _ in calls[i]]
        drawn.append(np.mean(some))
    return {
        "n_conversations": len(calls),
        "n_items": len(entries),
        "coverage": round(float(np.mean([inside for _, inside, _ in entries])), 3),
        "coverage_interval": [round(float(q), 3) for q in np.quantile(drawn, [0.05, 0.95])],
        "median_width": round(float(np.median([width for *_, width in entries])), 3),
        "mean_width": round(float(np.mean([width for *_, width in entries])), 3),
        "same_score": round(float(np.mean([abs(p.score - p.truth) < 1e-4 for p, *_ in entries])), 3),
    }


def main() -> None:
    measured = pairs()
    spread = spread_of(measured)
    report = figures(measured)
    saved = {
        "doubt_edges": spread.doubt_edges,
        "below": spread.below,
        "above": spread.above,
        "figures": report,
    }
    path = bundled("models") / "intervals" / "model.json"
    path.write_text(json.dumps(saved, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
