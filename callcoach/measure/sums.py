"""What talk measures come as, and how those of several calls add up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from callcoach.measure.catalogue import MEASURES, RATIOS
from callcoach.measure.constants import SPREAD_MIN_QUESTIONS, SPREAD_PARTS


@dataclass(frozen=True, slots=True)
class Measures:
    """All talk measures of a call, or of several summed.

    Parameters
    ----------
    values : mapping of id to float, str or None
        Every id of the catalogue.
    unavailable : mapping of id to str
        Exactly the ids whose value is None, each with a sentence for people.
    n : mapping of id to int
        How many turns, words, responses … a value rests on, where that is a number.
    components : mapping of str to float
        Seconds and counts that add over calls.
    notes : tuple of str
        Sentences for people on how times and back-channels were found.
    """

    values: Mapping[str, float | str | None]
    unavailable: Mapping[str, str]
    n: Mapping[str, int] = field(default_factory=dict)
    components: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """Id of the talk share to show first: by words where speech has no times."""
        if self.values.get("talk_share") is None and self.values.get("talk_word_share") is not None:
            return "talk_word_share"
        return "talk_share"


def spread(counts: Iterable[int]) -> float:
    """Normalised entropy of counts: 1 when all are equal, 0 when one holds everything.

    >>> spread([2, 2, 2]), spread([6, 0, 0])
    (1.0, 0.0)
    """
    counts = list(counts)
    total = sum(counts)
    if total == 0 or len(counts) < 2:
        return 0.0
    if len(set(counts)) == 1:
        return 1.0
    shares = [count / total for count in counts if count]
    entropy = -math.fsum(share * math.log(share) for share in shares)
    return min(1.0, abs(entropy) / math.log(len(counts)))


def summed(calls: Iterable[Measures]) -> Measures:
    """Several calls as one: components add, ratios are taken last.

    A call that lacks a component counts for no ratio that needs it, on either side of the line,
    so every ratio rests on the calls that can tell it. Medians and longest pieces do not add and are
    unavailable; the mean of calls is somebody else's question.
    """
    calls = list(calls)
    names = {name for call in calls for name in call.components}
    components = {
        name: math.fsum(call.components[name] for call in calls if name in call.components) for name in names
    }
    values: dict[str, float | str | None] = {}
    unavailable: dict[str, str] = {}
    for name in MEASURES:
        value: float | None = None
        if name in RATIOS:
            ratio = RATIOS[name]
            wanted = ratio.over + ratio.under
            able = [call.components for call in calls if all(part in call.components for part in wanted)]
            value = (
                ratio.of({part: math.fsum(found[part] for found in able) for part in wanted})
                if able
                else None
            )
        elif name == "question_spread":
            thirds = [components.get(f"n_questions_third_{k + 1}", 0.0) for k in range(SPREAD_PARTS)]
            value = spread([int(count) for count in thirds]) if sum(thirds) >= SPREAD_MIN_QUESTIONS else None
        elif name in components:
            value = components[name]
        values[name] = value
        if value is None:
            unavailable[name] = "cannot be summed over these calls"
    return Measures(values, unavailable, {}, components)
