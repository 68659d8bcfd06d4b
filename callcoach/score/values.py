"""How an observation becomes the one number that a rubric item weighs.

An entry exists exactly for the behaviours and variants that are recognised today; an item
without one says ``not yet recognised``. Values are made from additive components, so they can be
formed for one call or for the sum of many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from callcoach.measure.behaviours.conditions import ENDS_EARLY, STARTS_LATE

Components = Mapping[str, float]

MAX_AGENDA_PARTS = 2  # purpose, plan, time: two of three are enough, a third adds nothing
CLEAR_NO_LEVEL = 4.0  # a no with its reason is a finished call
WANTED_CHAINS, ANSWERS_PER_CHAIN = 2, 4  # two chains are asked for, where there are answers enough for them;
WITHOUT_CHAINS = 0.75  # what is left of the share without them
PER_HOUR_FROM_S = 1200.0  # seconds of both sides' speech from which a figure per hour is formed
HOUR_S = 3600.0
UNCONFIRMED = 0.5  # of a recap that the customer did not confirm


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
    withheld : callable
        Components to why no number is formed from them, or None.
    seen_in : str or None
        Behaviour whose observation holds the components; None for the item's own.
    """

    of: Callable[[Components], float]
    phrase: str
    n: Callable[[Components], float] = lambda components: 1.0
    is_share: bool = False
    seen_in: str | None = None
    withheld: Callable[[Components], str | None] = lambda components: None


def _next_step_level(components: Components) -> float:
    return CLEAR_NO_LEVEL if components.get("clear_no") else components.get("level", 0.0)


def _agenda_points(components: Components) -> float:
    parts = sum(bool(components.get(part)) for part in ("purpose", "plan", "time"))
    return float(min(parts, MAX_AGENDA_PARTS) + bool(components.get("invitation")))


def _followed(components: Components) -> float:
    return components["n_followed"] / components["n_substantive_answers"]


def _followed_in_chains(components: Components) -> float:
    """The share, a quarter less where answers enough for two chains of depth 2 hold fewer."""
    possible = min(WANTED_CHAINS, components["n_substantive_answers"] // ANSWERS_PER_CHAIN)
    whole = components["n_deep_chains"] >= possible
    return _followed(components) * (1.0 if whole else WITHOUT_CHAINS)


def _recap_points(components: Components) -> float:
    """1 for a recap that the customer confirmed, half for one that nobody confirmed."""
    return 1.0 if components["n_confirmed"] else UNCONFIRMED if components["n_unconfirmed"] else 0.0


def _recap_unseen(part: str, why: str) -> Callable[[Components], str | None]:
    """Withholds recaps where no judged call holds the part of the talk that one may be in."""
    return lambda components: why if components.get(part, 0.0) >= components.get("n_judged", 1.0) else None


def _opening_recap_points(components: Components) -> float:
    return 1.0 if components["opening_confirmed"] else UNCONFIRMED if components["opening"] else 0.0


def _talk_for_an_hour(components: Components) -> str | None:
    """Why there is no figure per hour: how long people spoke is not known, or too short."""
    talk_s = components.get("talk_s", 0.0)
    if talk_s <= 0:
        return "a figure per hour needs times, and this source has none"
    if talk_s < PER_HOUR_FROM_S:
        return f"judged from {PER_HOUR_FROM_S / 60:.0f} minutes of speech; this call has {talk_s / 60:.0f}"
    return None


def _per_hour(phrase: str) -> Value:
    """A count ``n`` per hour of both sides' speech."""
    return Value(
        lambda components: components["n"] * HOUR_S / components["talk_s"],
        phrase,
        withheld=_talk_for_an_hour,
    )


def _checks(components: Components) -> float:
    """Checks that what was shown fits; a bare "does that make sense?" is half of one."""
    return components["n"] + components["n_bare"] / 2


def _no_times(components: Components) -> str | None:
    return None if components["n_timed"] else "stretches of showing need times, and this source has none"


def _count(phrase: str) -> Value:
    """A behaviour whose observation counts the rep turns that show it."""
    return Value(lambda components: components["n"], phrase)


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
    ("follow_up", None): Value(
        _followed,
        "of the customer's substantive answers followed up",
        n=lambda components: components["n_substantive_answers"],
        is_share=True,
    ),
    ("follow_up", "chains"): Value(
        _followed_in_chains,
        "of the customer's substantive answers followed up, in two chains of depth 2",
        n=lambda components: components["n_substantive_answers"],
        is_share=True,
    ),
    ("reflection", None): Value(
        lambda components: components["n_credited"] / components["n_substantive_turns"],
        "of the customer's substantive turns said back",
        n=lambda components: components["n_substantive_turns"],
        is_share=True,
    ),
    ("implication_question", None): _count("turns that ask what a voiced problem leads to"),
    ("need_payoff_question", None): _count("turns that ask what solving it is worth"),
    ("problem_question", None): _count("turns that ask what isn't working"),
    ("stakeholder_question", None): _count("turns that ask who else is involved"),
    ("needs_before_pitch", None): Value(
        lambda components: components["n_needs"], "needs voiced before the first unrequested claim"
    ),
    ("value_link", None): Value(
        lambda components: components["n_linked"] / components["n_benefits"],
        "of the benefits tied to what the customer said",
        n=lambda components: components["n_benefits"],
        is_share=True,
    ),
    ("value_link", "what_is_new"): Value(
        lambda components: components["n_new_linked"], "new things tied to what the customer said"
    ),
    ("recap", None): Value(
        _recap_points,
        "recaps, half of one where nobody confirmed it",
        withheld=_recap_unseen("n_without_end", f"{ENDS_EARLY}: a recap may come after it"),
    ),
    ("recap", "opening"): Value(
        _opening_recap_points,
        "recaps at the opening, half of one where nobody confirmed it",
        withheld=_recap_unseen("n_without_start", f"{STARTS_LATE}: a recap may have come before it"),
    ),
    ("results_stated", None): Value(lambda components: components["n_results"], "results since the purchase"),
    ("results_stated", "before_terms"): Value(
        lambda components: components["n_before_price"], "results before the price is spoken of"
    ),
    ("agenda", "open_points"): Value(
        lambda components: components["n_open_points"], "points named as still open"
    ),
    ("objection_handling", None): Value(
        lambda components: components["points"] / components["n_objections"],
        "of five points, the mean over the concerns raised",
        n=lambda components: components["n_objections"],
    ),
    ("check_in", None): Value(_checks, "checks that what was shown fits, bare ones half"),
    ("check_in", "while_showing"): Value(
        lambda components: components["n_unchecked"],
        "stretches of five minutes of showing without a check",
        withheld=_no_times,
    ),
    ("unrequested_monologue", None): _count("turns over two minutes that nobody asked for"),
    ("honest_limit", None): _count("turns that say what cannot be done"),
    ("testing_understanding", None): Value(
        lambda components: components["n"] / components["n_rep_turns"],
        "of our turns that check what was said",
        n=lambda components: components["n_rep_turns"],
        is_share=True,
    ),
    ("concession_trade", None): Value(
        lambda components: components["n_unpaired"],
        "concessions with nothing asked in return",
        n=lambda components: components["n_concessions"],
    ),
    ("counter_proposal", None): _per_hour("immediate counters an hour"),
    ("argument_dilution", None): Value(
        lambda components: components["max_reasons"], "reasons for one case in the fullest turn"
    ),
    ("irritator", None): _per_hour("turns an hour that praise the own offer"),
    ("permission", None): _count("turns that ask leave"),
    ("call_reason", None): _count("turns that say why this call"),
    ("competitor_handling", None): _count("turns that handle a competitor fairly"),
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
