"""The written corpus as calls with cards: each line a turn, each label what the writer said of it.

So the texts are tried on hundreds of conversations without anything recognised in between.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from callcoach.core import (
    BehaviourScore,
    Capability,
    Evidence,
    Interval,
    Provenance,
    Role,
    Scorecard,
    Separation,
    Speaker,
    Status,
    Transcript,
    Turn,
    Word,
)

WORD_S, PAUSE_S = 0.4, 0.5
SIDES = {"rep": Role.REP, "customer": Role.CUSTOMER}
# Behaviours that a label alone can stand for, and the label.
BY_LABEL = {
    "reflection": "reflection",
    "testing_understanding": "testing_understanding",
    "implication_question": "implication_question",
    "need_payoff_question": "need_payoff_question",
    "problem_question": "problem_question",
    "stakeholder_question": "stakeholder_question",
    "recap": "recap",
    "agenda": "agenda_plan",
    "check_in": "check_in",
    "honest_limit": "honest_limit",
    "permission": "permission",
    "call_reason": "call_reason",
    "results_stated": "results_stated",
    "value_link": "benefit",
    "question_turn_share": "question_substantive",
    "follow_up": "open_question",
    "objection_handling": "objection",
    "irritator": "irritator",
    "concession_trade": "concession",
}
NEVER_SEEN = ("next_step", "needs_before_pitch")


@lru_cache
def corpus() -> dict[str, tuple[Transcript, tuple[dict[str, float], ...]]]:
    """Transcript and labels per conversation, in the order of the file."""
    rows: dict[str, list[dict]] = {}
    with (resources.files("callcoach.measure") / "data" / "corpus.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.setdefault(row["conversation_id"], []).append(row)
    return {name: (_transcript(name, turns), _labels(turns)) for name, turns in rows.items()}


def cards() -> Iterator[tuple[str, str, Scorecard, Transcript, tuple[dict[str, float], ...]]]:
    """Two cards per conversation and behaviour that occurs: where it went well, and where it did not.

    Yields the conversation's id, the behaviour, the card, the transcript and its labels.
    """
    for name, (transcript, labels) in corpus().items():
        for behaviour, label in BY_LABEL.items():
            evidence = tuple(
                Evidence(at, 0, len(turn.words), 0.97)
                for at, turn in enumerate(transcript.turns)
                if label in labels[at]
            )
            if evidence:
                yield name, behaviour, _card(transcript, behaviour, 0.9, evidence), transcript, labels
            yield name, behaviour, _card(transcript, behaviour, 0.1, evidence), transcript, labels
        for behaviour in NEVER_SEEN:
            yield name, behaviour, _card(transcript, behaviour, 0.0, ()), transcript, labels


def _card(transcript: Transcript, behaviour: str, score: float, evidence: tuple[Evidence, ...]) -> Scorecard:
    status = Status.SCORED if evidence else Status.NOT_OBSERVED
    item = BehaviourScore(
        behaviour, behaviour, status, 100, score=score if evidence else 0.0, evidence=evidence
    )
    return Scorecard(transcript.id, "0", "k", "any", "any", 1.0, {}, {}, (item,))


def _labels(rows: list[dict]) -> tuple[dict[str, float], ...]:
    return tuple(dict.fromkeys(row["labels"], 0.97) for row in rows)


def _transcript(name: str, rows: list[dict]) -> Transcript:
    turns, clock = [], 3.0
    for row in rows:
        words = []
        for text in row["text"].split():
            words.append(Word(text, Interval(round(clock, 3), round(clock + WORD_S, 3)), 0.95))
            clock += WORD_S
        clock += PAUSE_S
        turns.append(Turn(row["speaker"], tuple(words)))
    return Transcript(
        source_sha256=name.ljust(64, "0"),
        provenance=Provenance("transcript", "jsonl", name, separation=Separation.LABELS),
        duration_s=clock,
        speakers=tuple(Speaker(label, role) for label, role in SIDES.items()),
        turns=tuple(turns),
        language="en",
        capabilities=frozenset(Capability),
    )
