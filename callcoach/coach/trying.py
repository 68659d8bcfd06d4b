"""What to try: the spot in this call, a line for it, and when to use it."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from callcoach.coach.lines import WAYS, Way, way_of
from callcoach.coach.quoting import Clip, echo, said_back
from callcoach.coach.rules import LINE_WORDS, breaches, n_words
from callcoach.coach.scene import Scene
from callcoach.coach.spots import SPOTS, Spot
from callcoach.core import Advice, BehaviourScore, Evidence, Role, Status

TRY_BELOW = 0.5  # score
SURE_HIGH = 0.75  # upper end of the measurement interval, from which it may well have been there
_UNSURE, _UNLABELLED = 0.7, 0.6  # of an item's value, where it may have been there or no tag marks the spot
# How long the quote may be and whether the customer's next move is told: the first that fits is taken.
_FITS = (((13, "full"), (11, "short"), (9, "short"), (7, "short")), ((12, "none"), (8, "none")))


def needs(item: BehaviourScore) -> bool:
    """Whether an item is low enough to be worth a try."""
    return (
        item.status in (Status.SCORED, Status.NOT_OBSERVED)
        and item.id in WAYS
        and item.score is not None
        and item.score < TRY_BELOW
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A try and what it is worth against those of other items: what is missing, how surely, how plainly."""

    advice: Advice
    value: float


def offer(item: BehaviourScore, scene: Scene, *, not_at: Collection[int] = ()) -> Offer | None:
    """The text for the most telling spot of one item; None where none keeps to the rules.

    Parameters
    ----------
    not_at : collection of int
        Turns that the keep already speaks of.
    """
    way = way_of(item)
    spots = [
        spot
        for spot in SPOTS[way.spot](item, scene)
        if spot.source not in not_at and not (spot.own and spot.own.turn in not_at)
    ]
    for fits in _FITS:
        for spot in spots:
            for text, clock, shown in _texts(way, spot, scene, fits):
                if not breaches(text, kind="try", said=scene.said, clock=clock):
                    return Offer(Advice(item.id, text, shown), _value(item, spot, scene))
    return None


def _value(item: BehaviourScore, spot: Spot, scene: Scene) -> float:
    sure = 1.0 if item.high is None or item.high < SURE_HIGH else _UNSURE
    is_marked = spot.own in item.evidence or (spot.label is not None and scene.shows(spot.source, spot.label))
    return item.weight * (1.0 - item.score) * sure * (1.0 if is_marked else _UNLABELLED)


def _texts(
    way: Way, spot: Spot, scene: Scene, fits: Sequence[tuple[int, str]]
) -> Iterator[tuple[str, str | None, tuple[Evidence, ...]]]:
    for at_most, did_words in fits:
        source = scene.quote(spot.source, at_most=at_most, label=spot.label, asking=spot.asking)
        line = _line(way, spot, source, scene)
        if source is None or line is None:
            continue
        turn = spot.source
        if spot.own is not None:
            turn, quote = spot.own.turn, scene.line(spot.own, at_most=at_most)
            if quote is None:
                continue
            head = f"{scene.rep(turn)} said “{quote.text}”"
            clock, shown = scene.clock(turn, spot.own), (spot.own,)
        else:
            head = f"{scene.customer(turn)} said ‘{source.text}’"
            clock, shown = scene.clock(turn), (Evidence(turn, source.start, source.end),)
        opening = f"At {clock} {head}" if clock else f"{head[0].upper()}{head[1:]}"
        did = _did(spot, turn, scene, short=did_words == "short") if did_words != "none" else ""
        # A line that holds no clause of this call stands in one sentence with the moment: no two alike.
        back = echo(source.text)
        then = ". A" if back and back[1:] in line else "; a"
        yield (
            f"{opening}{did}{then} line for that spot: “{line}”, to use whenever {way.whenever}.",
            clock,
            shown,
        )


def _did(spot: Spot, turn: int, scene: Scene, *, short: bool) -> str:
    after = scene.after(turn, Role.CUSTOMER)
    if after is None:
        return ""
    rep = scene.after(turn, Role.REP)
    return spot.did.format(
        you=scene.rep(rep) if rep is not None else "you",
        customer=scene.customer(after),
        reaction=scene.reaction(after, short=short),
    )


def _line(way: Way, spot: Spot, source: Clip | None, scene: Scene) -> str | None:
    """One of the way's lines that these words can fill, chosen by the words themselves."""
    back = echo(source.text) if source else None
    named = scene.named_in(spot.source)
    filled = []
    for template in way.lines:
        if "{thing}" in template:
            text = template.format(thing=scene.topic) if scene.topic else None
        elif "{named}" in template:
            text = template.format(named=named) if named else None
        elif back is None or ("{inside}" in template and back[0].isupper()):
            text = None
        else:
            text = template.format(said=said_back(back), echo=back, inside=back)
        if text is not None and n_words(text) <= LINE_WORDS:
            filled.append(text)
    if not filled or source is None:
        return None
    return filled[zlib.crc32(source.text.encode()) % len(filled)]
