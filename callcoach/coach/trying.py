"""What to try: the spot in this call, a line for it, and when to use it."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from callcoach.coach.keeping import SHOWN_BY
from callcoach.coach.lines import WAYS, Way
from callcoach.coach.quoting import Clip, echo, said_back
from callcoach.coach.rules import LINE_WORDS, breaches, n_words
from callcoach.coach.scene import SUBSTANTIVE, Scene
from callcoach.core import Advice, BehaviourScore, Evidence, Role, Status

TRY_BELOW = 0.5  # score
TRY_HIGH_BELOW = 0.75  # upper end of the measurement interval: what may be there is not advised
_LATE = 0.6  # share of the turns from which a call counts as late
_EARLY = 0.4
_LONG_TURN = 60  # words of ours before a pause is worth a line
_TOLD = ("problem_voiced", "need_voiced", "impact_metric")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line fits: the customer's turn it is made from, and how the text begins.

    Parameters
    ----------
    source : int
        Turn of the customer whose words the line is made from, and which is quoted.
    own : Evidence or None
        Our words, where they are quoted instead of the customer's.
    label : str or None
        Part of the turn that the quote had better come from.
    did : str
        What happened after, with ``{you}``, ``{customer}`` and ``{reaction}``.
    """

    source: int
    did: str
    own: Evidence | None = None
    label: str | None = None
    asking: bool = False


def needs(item: BehaviourScore) -> bool:
    """Whether an item is low, and surely enough low, to be worth a try."""
    return (
        item.status in (Status.SCORED, Status.NOT_OBSERVED)
        and item.id in WAYS
        and item.score is not None
        and item.score < TRY_BELOW
        and (item.high is None or item.high < TRY_HIGH_BELOW)
    )


def tries(item: BehaviourScore, scene: Scene, *, not_at: Collection[int] = ()) -> Iterator[Advice]:
    """Texts for one item, the most telling spot first; none that breaks a rule.

    Parameters
    ----------
    not_at : collection of int
        Turns that the keep already speaks of.
    """
    way = WAYS[item.id]
    for spot in _SPOTS[way.spot](item, scene):
        if spot.source in not_at or (spot.own and spot.own.turn in not_at):
            continue
        for text, clock, shown in _texts(way, spot, scene):
            if not breaches(text, kind="try", said=scene.said, clock=clock):
                yield Advice(item.id, text, shown)
                break


def _texts(way: Way, spot: Spot, scene: Scene) -> Iterator[tuple[str, str | None, tuple[Evidence, ...]]]:
    for at_most, short in ((13, False), (11, True), (9, True), (7, True)):
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
        did = _did(spot, turn, scene, short=short)
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


_WENT_ON = "; {you} went on, and {customer} {reaction}"


def _shown_turns(item: BehaviourScore) -> frozenset[int]:
    return frozenset(piece.turn for piece in item.evidence)


def _theirs(scene: Scene, item: BehaviourScore, *, at_least: int) -> list[int]:
    """Customer turns with something to say that our next turn got no credit for."""
    credited = _shown_turns(item)
    return [
        at
        for at, role in enumerate(scene.roles)
        if role is Role.CUSTOMER
        and scene.n_words(at) >= at_least
        and (after := scene.after(at, Role.REP)) is not None
        and after not in credited
    ]


def _by_weight(turns: list[int], scene: Scene) -> list[int]:
    """Turns in which something that matters is voiced first, then the longer ones, then the earlier."""
    return sorted(
        turns,
        key=lambda at: (
            -sum(scene.shows(at, label) for label in _TOLD),
            -min(scene.n_words(at), 3 * SUBSTANTIVE),
            at,
        ),
    )


def _moved_on(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    turns = [
        at
        for at in _theirs(scene, item, at_least=SUBSTANTIVE)
        if not _has_question(at, scene) and not scene.shared(at, scene.after(at, Role.REP))
    ]
    for at in _by_weight(turns, scene):
        yield Spot(at, "; {you} moved on, and {customer} {reaction}")


def _told(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    turns = [at for at in _theirs(scene, item, at_least=SUBSTANTIVE) if not _has_question(at, scene)]
    for at in _by_weight(turns, scene):
        yield Spot(at, _WENT_ON, label=_told_label(at, scene))


def _told_late(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    turns = [at for at in _theirs(scene, item, at_least=8) if at >= _EARLY * len(scene.roles)]
    for at in _by_weight(turns, scene):
        yield Spot(at, _WENT_ON, label=_told_label(at, scene))


def _has_question(turn: int, scene: Scene) -> bool:
    return scene.shows(turn, "customer_question") or any(word.endswith("?") for word in scene.words[turn])


def _told_label(turn: int, scene: Scene) -> str | None:
    return next((label for label in _TOLD if scene.shows(turn, label)), None)


def _problem(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    for label in ("problem_voiced", "need_voiced"):
        turns = [at for at in _theirs(scene, item, at_least=5) if scene.shows(at, label)]
        for at in sorted(turns, key=lambda at: (-min(scene.n_words(at), 2 * SUBSTANTIVE), at)):
            yield Spot(at, _WENT_ON, label=label)


def _concern(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    theirs = [piece for piece in item.evidence if scene.roles[piece.turn] is Role.CUSTOMER]
    for piece in sorted(theirs, key=lambda piece: (-piece.probability, piece.turn)):
        if piece.probability >= scene.threshold("objection"):
            yield Spot(piece.turn, "; {you} answered, and {customer} {reaction}",
                       label="objection")  # fmt: skip
    for at in range(len(scene.roles)):
        if scene.roles[at] is Role.CUSTOMER and scene.shows(at, "objection") and scene.n_words(at) >= 4:
            yield Spot(at, "; {you} answered, and {customer} {reaction}", label="objection")


def _early(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    for at in _theirs(scene, item, at_least=8):
        asked = scene.before(at, Role.REP)
        if at > _EARLY * len(scene.roles) or asked is None or _has_question(at, scene):
            continue
        if not _has_question(asked, scene):
            continue
        yield Spot(at, _WENT_ON)


def _late(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    found_nothing = "; I found no dated step of theirs by the end"
    turns = [at for at in _theirs(scene, item, at_least=5) if at >= _LATE * len(scene.roles)]
    for at in _by_weight(turns, scene):
        yield Spot(at, found_nothing)


def _opening(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    """Our first words of some length; the line is made from what the customer came to speak of."""
    ours = [at for at, role in enumerate(scene.roles) if role is Role.REP][:3]
    theirs = [at for at in range(len(scene.roles)) if scene.roles[at] is Role.CUSTOMER]
    if ours and theirs:
        first = max(ours, key=lambda at: (scene.n_words(at), -at))
        own = Evidence(first, 0, scene.n_words(first))
        for source in sorted(theirs, key=lambda at: (-scene.n_words(at), at))[:3]:
            yield Spot(source, " and {customer} {reaction}", own=own)


def _benefit(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    """What the customer had said before a benefit that stands by itself."""
    credited = _shown_turns(item)
    for at, role in enumerate(scene.roles):
        if role is not Role.REP or at in credited or not scene.shows(at, "benefit"):
            continue
        earlier = [
            t for t in range(at) if scene.roles[t] is Role.CUSTOMER and _told_label(t, scene) is not None
        ]
        for turn in reversed(earlier):
            yield Spot(turn, "; the benefit that came later stood apart from it",
                       label=_told_label(turn, scene))  # fmt: skip


def _long_turn(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    threshold = scene.threshold(item.id)
    shown = [piece for piece in item.evidence if piece.probability >= threshold]
    ours = {piece.turn for piece in shown if scene.roles[piece.turn] is Role.REP} if shown else set()
    turns = ours or {
        at for at, r in enumerate(scene.roles) if r is Role.REP and scene.n_words(at) >= _LONG_TURN
    }
    for at in sorted(turns, key=lambda at: (-scene.n_words(at), at)):
        source = scene.before(at, Role.CUSTOMER)
        if source is not None:
            spoke = Evidence(at, 0, scene.n_words(at))
            yield Spot(source, ", and more, and {customer} {reaction}", own=spoke)


def _asked(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    for at in range(len(scene.roles)):
        if scene.roles[at] is Role.CUSTOMER and scene.shows(at, "customer_question"):
            yield Spot(at, _WENT_ON, label="customer_question", asking=True)


def _proposal(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    threshold = scene.threshold(item.id)
    for piece in sorted(item.evidence, key=lambda piece: (-piece.probability, piece.turn)):
        ours = scene.roles[piece.turn] is Role.REP
        theirs = scene.before(piece.turn, Role.CUSTOMER) if ours else None
        if theirs is not None and piece.probability >= threshold:
            yield Spot(theirs, "; {you} came back at once, and {customer} {reaction}")


def _own_words(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    threshold = scene.threshold(SHOWN_BY.get(item.id, item.id))
    for piece in sorted(item.evidence, key=lambda piece: (-piece.probability, piece.turn)):
        source = scene.before(piece.turn, Role.CUSTOMER)
        if scene.roles[piece.turn] is Role.REP and piece.probability >= threshold and source is not None:
            yield Spot(source, " and {customer} {reaction}", own=piece)


_SPOTS = {
    "moved on": _moved_on,
    "told": _told,
    "told late": _told_late,
    "problem": _problem,
    "concern": _concern,
    "early": _early,
    "late": _late,
    "opening": _opening,
    "benefit": _benefit,
    "long turn": _long_turn,
    "asked": _asked,
    "proposal": _proposal,
    "own words": _own_words,
}
