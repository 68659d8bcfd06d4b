"""How an observation becomes the one number that a rubric item weighs.

An entry exists exactly for the behaviours and variants that are recognised today; an item
without one says ``not yet recognised``. Values are made from additive components, so they can be
formed for one call or for the sum of many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Components = Mapping[str, float]

MAX_AGENDA_PARTS = 2  # purpose, plan, time: two of three are enough, a third adds nothing
CLEAR_NO_LEVEL = 4.0  # a no with its reason is a finished call
MAX_NEXT_STEP_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Value:
    """A number and how many occasions it rests on.

    Parameters
    ----------
    of : callable
        Components to the value.
    n : callable
        Components to the number of occasions, for an item's ``minimum_n``.
    phrase : str
        Ends the sentence "at least 3 …".
    is_share : bool
        Shown as a percentage.
    seen_in : str or None
        Behaviour whose observation holds the components; None for the item's own.
    """

    of: Callable[[Components], float]
    phrase: str
    n: Callable[[Components], float] = lambda components: 1.0
    is_share: bool = False
    seen_in: str | None = None


def _next_step_level(components: Components) -> float:
    return CLEAR_NO_LEVEL if components.get("clear_no") else components.get("level", 0.0)


def _agenda_points(components: Components) -> float:
    parts = sum(bool(components.get(part)) for part in ("purpose", "plan", "time"))
    return float(min(parts, MAX_AGENDA_PARTS) + bool(components.get("invitation")))


VALUES: dict[tuple[str, str | None], Value] = {
    ("next_step", None): Value(_next_step_level, "on the next-step ladder from 0 to 4"),
    ("agenda", None): Value(_agenda_points, "of two agenda parts and the invitation to amend"),
    ("question_turn_share", None): Value(
        lambda components: components["n_question_turns"] / components["n_rep_turns"],
        "of our turns with a substantive question",
        n=lambda components: components["n_rep_turns"],
        is_share=True,
        seen_in="question",
    ),
    ("recording_notice", None): Value(lambda components: components["n_notices"], "recording notices"),
}


def attainment(value: float, *, direction: str, target: float | tuple[float, float]) -> float:
    """Score 0 to 1 of a value against a target.

    ::

        at_least   /‾‾‾   linear up to the target, flat above
        range      /‾‾‾   linear up to the lower end, flat above
        at_most    ‾‾‾\\   1 up to the target, linear to 0 at twice it; with target 0 each costs half

    Examples
    --------
    >>> attainment(1, direction="at_least", target=2)
    0.5
    >>> attainment(3, direction="at_most", target=2)
    0.5
    >>> attainment(1, direction="at_most", target=0)
    0.5
    """
    if direction == "at_most":
        if target == 0:
            return max(0.0, 1.0 - value / 2)
        return min(1.0, max(0.0, 2.0 - value / target))
    goal = target[0] if isinstance(target, tuple) else target
    return min(1.0, max(0.0, value / goal))
