"""How good it was: observations under a rubric, each with its score, its interval or its reason.

Two intervals exist in callcoach and are never mixed. Here `low` and `high` are the *measurement*
interval: where a careful person's score of this one call would lie. The *sampling* interval of a
rep's mean over calls lives in `coach`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from callcoach.core.evidence import Evidence, Status
from callcoach.core.keys import content_key


@dataclass(frozen=True, slots=True)
class BehaviourScore:
    """One rubric item of one call.

    Parameters
    ----------
    id : str
        Id of the behaviour; items of the same behaviour differ by `variant`.
    score, low, high : float or None
        0 to 1; None exactly where `status` is neither scored nor not_observed.
    weight : float
        Of 100, as the rubric in force gives it.
    reason : str or None
        A sentence for people where the score is None, or what held the score down.

    Raises
    ------
    ValueError
        If a score is missing, out of range or outside its interval, or a reason is missing.
    """

    id: str
    title: str
    status: Status
    weight: float
    score: float | None = None
    low: float | None = None
    high: float | None = None
    variant: str | None = None
    reason: str | None = None
    components: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        judged = self.status in (Status.SCORED, Status.NOT_OBSERVED)
        if judged != (self.score is not None):
            raise ValueError(f"a score belongs to scored and not_observed only; {self.id} is {self.status}")
        if not judged and not self.reason:
            raise ValueError(f"an item without a score needs a reason; {self.id} has none")
        if judged:
            low = self.score if self.low is None else self.low
            high = self.score if self.high is None else self.high
            if not 0.0 <= low <= self.score <= high <= 1.0:
                raise ValueError(
                    f"0 <= low <= score <= high <= 1 must hold; {self.id} has {low}, {self.score}, {high}"
                )


@dataclass(frozen=True, slots=True)
class Caution:
    """Words for a person to review; lowers no score and never speaks of intent."""

    id: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Overall:
    """Weighted mean of the judged items; for programs and rubric work, never per person."""

    score: float
    low: float
    high: float
    weight_judged: float


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to keep or to try, in the call's own words."""

    behaviour: str
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """Who said they would do what by when; `turn` leads to the words."""

    who: str
    what: str
    when: str | None
    turn: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A customer's question that nobody answered."""

    turn: int
    quote: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The judgement of one transcript, with given edits, under one rubric."""

    transcript_id: str
    revision: str
    scoring_key: str
    rubric: str
    call_type: str
    call_type_probability: float
    measures: Mapping[str, float | str | None]
    unavailable: Mapping[str, str]
    behaviours: tuple[BehaviourScore, ...]
    cautions: tuple[Caution, ...] = ()
    overall: Overall | None = None
    keep: Advice | None = None
    try_next: Advice | None = None
    promises: tuple[Promise, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()

    @property
    def key(self) -> str:
        """Transcript id + edit revision + scoring key."""
        return content_key([self.transcript_id, self.revision, self.scoring_key])

    def item(self, behaviour: str) -> BehaviourScore:
        """The first item of a behaviour; KeyError where the rubric has none."""
        for score in self.behaviours:
            if score.id == behaviour:
                return score
        raise KeyError(behaviour)
