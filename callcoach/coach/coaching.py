"""Keep and try for one call: one thing that worked and at most one to try, in the call's own words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from callcoach.coach.keeping import credited_turns, deserves, is_shown_by_little, keeps, lacks_its_point
from callcoach.coach.records import item_name
from callcoach.coach.rules import KEEP_WORDS, n_words
from callcoach.coach.scene import Labels, Scene
from callcoach.coach.trying import TRY_BELOW, needs, offer
from callcoach.core import Advice, BehaviourScore, Scorecard, Transcript

NOTHING_TO_CHANGE = "Nothing to change here."
_ENOUGH_WEIGHT = 2 / 3  # judged, from which "nothing to change" can be said of a call


@dataclass(frozen=True, slots=True)
class Coaching:
    """At most one of each; both None where nothing can be said with proof."""

    keep: Advice | None = None
    try_next: Advice | None = None


def coaching_for(
    card: Scorecard,
    transcript: Transcript,
    *,
    labels: Labels = (),
    show_from: Mapping[str, float | None] | None = None,
    leave_out: Collection[str] = (),
) -> Coaching:
    """Keep and try of one call; the same call gives the same text, to the letter.

    Only items with a score are coached, only words above the show threshold are quoted, and a
    text that would break a rule of `coach.rules` is not given at all.

    Parameters
    ----------
    labels : sequence of mapping of label to probability
        One per turn of `transcript`, as the card was made with.
    show_from : mapping of label to float or None, optional
        Probability at which held-out precision is .90; None where a label is never shown.
    leave_out : collection of item names
        Items whose recogniser is not trusted at the moment, or that a person disputes.
    """
    credited = credited_turns(card.behaviours, transcript)
    scene = Scene(transcript, labels, show_from or {}, credited)
    items = [
        item
        for item in card.behaviours
        if item.score is not None and item.weight > 0 and not {item.id, item_name(item)} & set(leave_out)
    ]
    keep = _first_keep(items, scene)
    at = frozenset(piece.turn for piece in keep.evidence) if keep else frozenset()
    try_next = _first_try(items, scene, not_at=at, not_of=keep.behaviour if keep else None)
    if keep and try_next is None and _nothing_stands_out(card, items):
        keep = _with_end(keep)
    return Coaching(keep, try_next)


def coached(card: Scorecard, coaching: Coaching) -> Scorecard:
    """The card with its texts."""
    return replace(card, keep=coaching.keep, try_next=coaching.try_next)


def _first_keep(items: list[BehaviourScore], scene: Scene) -> Advice | None:
    good = sorted(filter(deserves, items), key=lambda item: -item.weight * item.score)
    first = None
    for advice in (advice for item in good for advice in keeps(item, scene)):
        if not is_shown_by_little(advice):
            return advice
        first = first or advice
    return first


def _first_try(
    items: list[BehaviourScore], scene: Scene, *, not_at: frozenset[int], not_of: str | None
) -> Advice | None:
    low = [item for item in items if needs(item) and item.id != not_of]
    offers = [found for item in low if (found := offer(item, scene, not_at=not_at)) is not None]
    return max(offers, key=lambda one: one.value).advice if offers else None


def _nothing_stands_out(card: Scorecard, items: list[BehaviourScore]) -> bool:
    if card.cautions or any(item.score < TRY_BELOW or lacks_its_point(item) for item in items):
        return False
    judged = sum(item.weight for item in items)
    total = sum(item.weight for item in card.behaviours)
    return judged >= _ENOUGH_WEIGHT * total


def _with_end(keep: Advice) -> Advice:
    text = f"{keep.text} {NOTHING_TO_CHANGE}"
    return replace(keep, text=text) if n_words(text) <= KEEP_WORDS else keep


def absent_words(title: str) -> str:
    """What a page says of an item that was looked for and not found: the recogniser may have missed it.

    Examples
    --------
    >>> absent_words("Agreed a next step")[:43]
    'I did not find “agreed a next step” in this'
    """
    return (
        f"I did not find “{title[0].lower()}{title[1:]}” in this call. "
        "If it was there, click the line and it is marked for review."
    )
