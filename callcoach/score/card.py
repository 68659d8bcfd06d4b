"""Observations under a rubric: each item scored, or with its reason.

Status of an item, in this order:

1. the call is shorter than the rubric's minimum, or the item is for first meetings and it is not
   known whether this is one: ``cannot_be_judged``;
2. it is for first meetings and this is none: ``not_applicable``;
3. nobody recognises the behaviour yet: ``cannot_be_judged: not yet recognised``;
4. the observation says that it does not apply or cannot be judged: the same, with its reason;
5. too little talk for a figure per hour, or fewer occasions than ``minimum_n``: ``cannot_be_judged``;
6. the value against the target.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from types import MappingProxyType

from callcoach.core import (
    BehaviourScore,
    Observation,
    Overall,
    Scorecard,
    Status,
    Transcript,
    content_key,
    scoring_key,
)
from callcoach.measure.call_type import call_type_hash
from callcoach.measure.catalogue import constants
from callcoach.measure.taggers import tagger_hash
from callcoach.measure.talk import Measures
from callcoach.score.intervals import shipped_spread
from callcoach.score.rubric import Direction, Rubric, RubricItem
from callcoach.score.values import VALUES, attainment
from callcoach.score.weights import effective_weights, proof, proven_behaviours

NOT_YET_RECOGNISED = "not yet recognised"
MIN_WEIGHT_JUDGED_SHARE = 2 / 3  # of the weight; below it an overall would speak of what was not seen
SCORE_DECIMALS = 4


def scoring_key_under(rubric: Rubric) -> str:
    """Key of everything that a judgement under this rubric rests on, whatever the call."""
    judges = {
        "utterances": tagger_hash(),
        "call_type": call_type_hash(),
        "proof": content_key(proof()),
        "intervals": content_key(asdict(shipped_spread())),
    }
    return scoring_key(rubric_hash=rubric.hash, constants=constants(), taggers=judges)


def score_call(
    transcript: Transcript,
    *,
    measures: Measures,
    observations: Mapping[str, Observation],
    rubric: Rubric,
    call_type: str,
    call_type_probability: float,
    first_meeting: bool | None,
    revision: str = "0",
    corrected_scores: Mapping[str, float] | None = None,
    proven: Collection[str] | None = None,
    doubts: Mapping[str, float] = MappingProxyType({}),
) -> Scorecard:
    """The scorecard of one transcript under one rubric; pure.

    Parameters
    ----------
    first_meeting : bool or None
        None when neither metadata nor the account's earlier calls tell.
    revision : str
        Of the edits in `transcript` and `observations`; ``"0"`` is the machine's own card.
    corrected_scores : mapping of behaviour to score, optional
        A person's own scores, which take precedence over the machine's.
    proven : collection of behaviour ids, optional
        Those whose recogniser was shown to be right; others weigh at most 10. The measured ones by
        default.
    doubts : mapping of behaviour to float
        Expected labels wrong among those it rests on (`intervals.doubts`); widens its interval.
    """
    proven = proven_behaviours() if proven is None else proven
    weights = effective_weights(rubric.items, proven=proven, switched_off=rubric.switched_off)
    items = tuple(
        replace(
            _with_interval(
                _score_item(item, transcript, observations, rubric, first_meeting),
                doubts.get(_seen_in(item), 0.0),
            ),
            weight=weight,
        )
        for item, weight in zip(rubric.items, weights, strict=True)
    )
    if corrected_scores:
        items = tuple(_own_score(score, corrected_scores) for score in items)
    return Scorecard(
        transcript_id=transcript.id,
        revision=revision,
        scoring_key=scoring_key_under(rubric),
        rubric=rubric.name,
        call_type=call_type,
        call_type_probability=call_type_probability,
        measures=measures.values,
        unavailable=measures.unavailable,
        behaviours=items,
        overall=_overall(items)
        if rubric.overall and any(i.id in proven and i.weight for i in items)
        else None,
    )


def _score_item(
    item: RubricItem,
    transcript: Transcript,
    observations: Mapping[str, Observation],
    rubric: Rubric,
    first_meeting: bool | None,
) -> BehaviourScore:
    def without_score(status: Status, reason: str) -> BehaviourScore:
        return BehaviourScore(
            id=item.behaviour,
            title=item.shown_title,
            variant=item.variant,
            weight=item.weight,
            status=status,
            reason=reason,
        )

    length_s = transcript.duration_s
    if length_s is not None and length_s < rubric.minimum_length_s:
        return without_score(
            Status.CANNOT_BE_JUDGED,
            f"the call is {length_s:.0f} s long; this rubric judges from {rubric.minimum_length_s:.0f} s",
        )
    if item.first_meeting_only and first_meeting is None:
        return without_score(
            Status.CANNOT_BE_JUDGED, "judged in first meetings only, and it is not known whether this is one"
        )
    if item.first_meeting_only and not first_meeting:
        return without_score(Status.NOT_APPLICABLE, "judged in first meetings only; this is a later one")
    value = VALUES.get((item.behaviour, item.variant))
    observation = None if value is None else observations.get(value.seen_in or item.behaviour)
    if value is None or observation is None:
        return without_score(Status.CANNOT_BE_JUDGED, NOT_YET_RECOGNISED)
    if observation.status in (Status.NOT_APPLICABLE, Status.CANNOT_BE_JUDGED):
        return without_score(observation.status, observation.reason)
    too_little = value.withheld(observation.components)
    if too_little is not None:
        return without_score(Status.CANNOT_BE_JUDGED, too_little)
    n = value.n(observation.components)
    if n < item.minimum_n:
        return without_score(Status.CANNOT_BE_JUDGED, f"fewer than {item.minimum_n} (found {n:.0f})")
    score = attainment(value.of(observation.components), direction=item.direction, target=item.target)
    absent = observation.status is Status.NOT_OBSERVED and item.direction is not Direction.AT_MOST
    return BehaviourScore(
        id=item.behaviour,
        title=item.shown_title,
        variant=item.variant,
        weight=item.weight,
        status=Status.NOT_OBSERVED if absent else Status.SCORED,
        score=0.0 if absent else round(score, SCORE_DECIMALS),
        components=dict(observation.components),
        evidence=observation.evidence,
    )


def _seen_in(item: RubricItem) -> str:
    """The behaviour whose observation an item is valued by."""
    value = VALUES.get((item.behaviour, item.variant))
    return (value.seen_in if value else None) or item.behaviour


def _with_interval(item: BehaviourScore, doubt: float) -> BehaviourScore:
    if item.score is None:
        return item
    low, high = shipped_spread().around(item.score, doubt)
    return replace(item, low=low, high=high)


def _own_score(item: BehaviourScore, corrected: Mapping[str, float]) -> BehaviourScore:
    if item.id not in corrected:
        return item
    return BehaviourScore(
        id=item.id,
        title=item.title,
        variant=item.variant,
        weight=item.weight,
        status=Status.SCORED,
        score=corrected[item.id],
        reason="scored by a person",
        components=item.components,
        evidence=item.evidence,
    )


def _overall(items: tuple[BehaviourScore, ...]) -> Overall | None:
    """Weighted mean of the judged items; None when over a third of the weight is out."""
    judged = [item for item in items if item.score is not None and item.weight > 0]
    total = sum(item.weight for item in items)
    weight = sum(item.weight for item in judged)
    if total == 0 or weight < MIN_WEIGHT_JUDGED_SHARE * total:
        return None

    def mean(part: str) -> float:
        parts = [getattr(item, part) for item in judged]
        numbers = [item.score if p is None else p for p, item in zip(parts, judged, strict=True)]
        return round(sum(i.weight * x for i, x in zip(judged, numbers, strict=True)) / weight, SCORE_DECIMALS)

    return Overall(score=mean("score"), low=mean("low"), high=mean("high"), weight_judged=round(weight, 2))
