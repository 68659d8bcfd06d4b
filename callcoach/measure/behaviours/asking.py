"""What the question behaviours share: one credit per rep turn, never twice for the same question."""

from __future__ import annotations

from collections.abc import Callable

from callcoach.core import Evidence, Observation, Status, Transcript
from callcoach.measure.asked import Asked, questions_of
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.constants import PREDICTED
from callcoach.measure.dialogue import Dialogue, Saying, chance, chance_with, dialogue_of
from callcoach.measure.question_forms import VETO
from callcoach.measure.utterances import Labels

VETO_KEEPS = 0.5  # what is left of the taggers' chance where the words ask for something else


def question_chance(asked: Asked, labels: Labels, label: str, form: float) -> float:
    """Chance that a question is of a kind: the taggers' word for the turn, or the form of the question."""
    if form == VETO:
        return chance(labels, asked.line, label) * VETO_KEEPS
    return chance_with(labels, asked.line, label, form)


def credited(
    dialogue: Dialogue, labels: Labels, chance_of: Callable[[Saying, Asked], float]
) -> tuple[Evidence, ...]:
    """The most probable question of every rep turn that has one; a question asked again counts once."""
    found: list[Evidence] = []
    asked_before: set[str] = set()
    for at, questions in questions_of(dialogue, labels).items():
        saying = dialogue.sayings[at]
        best: tuple[float, Asked] | None = None
        for asked in questions:
            if asked.text in asked_before:
                continue
            asked_before.add(asked.text)
            probability = chance_of(saying, asked)
            if probability >= PREDICTED and (best is None or probability > best[0]):
                best = (probability, asked)
        if best is not None:
            found.append(best[1].evidence(best[0]))
    return tuple(found)


def counted(
    behaviour: str,
    transcript: Transcript,
    labels: Labels,
    chance_of: Callable[[Saying, Asked], float],
) -> Observation:
    """An observation whose one component is ``n``, the rep turns credited."""
    reason = why_not(transcript)
    if reason:
        return not_judged(behaviour, reason)
    evidence = credited(dialogue_of(transcript), labels, chance_of)
    return Observation(
        behaviour,
        Status.SCORED if evidence else Status.NOT_OBSERVED,
        components={"n": float(len(evidence))},
        evidence=evidence,
    )
