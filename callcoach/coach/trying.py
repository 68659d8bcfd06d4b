"""What to try: the spot in this call, a line for it, and when to use it."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from callcoach.coach.keeping import lacks_its_point
from callcoach.coach.lines import WAYS, Way, way_of
from callcoach.coach.quoting import Clip, echo, said_back
from callcoach.coach.rules import LINE_WORDS, breaches, n_words
from callcoach.coach.scene import Scene
from callcoach.coach.spots import SPOTS, Spot
from callcoach.core import Advice, BehaviourScore, Evidence, Role, Status

TRY_BELOW = 0.5  # score
_ECHO_WORDS = 8  # of theirs that a line says back without "you said"
SURE_HIGH = 0.75  # upper end of the measurement interval, from which it may well have been there
# Of an item's value, where it may have been there, no tag marks the spot, or the line holds nothing of the call.
_UNSURE, _UNLABELLED, _BARE = 0.7, 0.6, 0.5
# How long the quote may be and whether the customer's next move is told: the first that fits is taken.
_FITS = (((13, "full"), (11, "short"), (9, "short"), (7, "short")), ((12, "none"), (8, "none")))


def needs(item: BehaviourScore) -> bool:
    """Whether an item is low enough to be worth a try."""
    return (
        item.status in (Status.SCORED, Status.NOT_OBSERVED)
        and item.id in WAYS
        and item.score is not None
        and (item.score < TRY_BELOW or lacks_its_point(item))
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
                    value = _value(item, spot, scene) * (_BARE if any(x in text for x in way.lines) else 1.0)
                    return Offer(Advice(item.id, text, shown), value)
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
        quote = scene.line(spot.own, at_most=at_most, min_content=3) if spot.own else source
        line = _line(way, spot, source, scene) if quote else None
        if quote is None or line is None:
            continue
        turn = spot.own.turn if spot.own else spot.source
        quoted = Evidence(turn, quote.start, quote.end)
        head = (
            f"{scene.rep(turn)} said “{quote.text}”"
            if spot.own
            else f"{scene.customer(turn)} said ‘{quote.text}’"
        )
        clock, shown = scene.clock(turn, quoted), (quoted,)
        opening = f"At {clock} {head}" if clock else f"{head[0].upper()}{head[1:]}"
        did = _did(spot, turn, scene, short=did_words == "short") if did_words != "none" else ""
        # A line that holds no clause of this call stands in one sentence with the moment: no two alike.
        back = echo(source.text) if source else None
        then = ". A" if back and back[1:] in line else "; a"
        yield (
            f"{opening}{did}{then} line for that spot: “{line}”, to use whenever {way.whenever}.",
            clock,
            shown,
        )


def _did(spot: Spot, turn: int, scene: Scene, *, short: bool) -> str:
    """What was said next: by the customer after our words, or after our answer to the customer's."""
    rep = turn if spot.own else scene.answer(turn)
    after = scene.after(rep, Role.CUSTOMER) if rep is not None else None
    if rep is None or (after is None and "{reaction}" in spot.did):
        return ""
    return spot.did.format(
        you=scene.rep(rep),
        customer=scene.customer(after) if after is not None else "",
        reaction=scene.reaction(after, short=short) if after is not None else "",
    )


def _line(way: Way, spot: Spot, source: Clip | None, scene: Scene) -> str | None:
    """One of the way's lines that these words can fill, chosen by the words of the turn."""
    back = echo(source.text) if source else None
    said_so = back is not None and len(back.split()) <= _ECHO_WORDS and back[0].islower()
    until = spot.own.turn if spot.own else spot.source
    given = {
        "{thing}": scene.topic(until),
        "{named}": scene.named_in(spot.source),
        "{said}": said_back(back) if back else None,
        "{echo}": back if said_so else None,
        "{inside}": back if back and back[0].islower() else None,
    }
    filled, bare = [], []
    for template in way.lines:
        slots = [slot for slot in given if slot in template]
        if not slots:
            bare.append(template)
        elif all(given[slot] for slot in slots):
            text = template
            for slot in slots:
                text = text.replace(slot, given[slot])
            if n_words(text) <= LINE_WORDS:
                filled.append(text)
    lines = filled or bare
    seed = zlib.crc32(" ".join(scene.words[spot.source]).encode())
    return lines[seed % len(lines)] if lines else None
