"""Where in a call a line would fit: per behaviour the customer's turns it could have been said after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from callcoach.coach.keeping import SHOWN_BY
from callcoach.coach.quoting import plain
from callcoach.coach.scene import SUBSTANTIVE, Scene
from callcoach.coach.small_words import NEGATIONS
from callcoach.core import BehaviourScore, Evidence, Role

_LATE = 0.6  # share of the turns from which a call counts as late
_EARLY = 0.4
_LONG_TURN = 60  # words of ours before a pause is worth a line
_TOLD = ("problem_voiced", "need_voiced", "impact_metric", "objection")
_LIKELY = 0.5  # probability from which a tag counts
_LOCATES = 0.3  # probability from which a tag helps to find the words, though not to claim anything


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
            -round(sum(scene.chance(at, label) for label in _TOLD), 1),
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
        yield Spot(at, "; {you} moved on, and {customer} {reaction}", label=_told_label(at, scene))


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
    """What the turn most probably tells, to find the words that tell it."""
    best = max(_TOLD, key=lambda label: scene.chance(turn, label))
    return best if scene.chance(turn, best) >= _LOCATES else None


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
        if not any(plain(word) in NEGATIONS or plain(word).endswith("n't") for word in scene.words[at]):
            yield Spot(at, found_nothing, label=_told_label(at, scene))


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
            t
            for t in range(at)
            if scene.roles[t] is Role.CUSTOMER
            and any(scene.chance(t, label) >= _LIKELY for label in _TOLD)
            and not scene.shared(t, at)
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


SPOTS: dict[str, Callable[[BehaviourScore, Scene], Iterator[Spot]]] = {
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
"""The most telling spot first, by the name that `lines.Way.spot` gives."""
