"""Where in a call a line would fit: per behaviour the customer's turns it could have been said after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from callcoach.coach.keeping import SHOWN_BY
from callcoach.coach.quoting import content, plain
from callcoach.coach.scene import LIKELY, SUBSTANTIVE, Scene
from callcoach.coach.small_words import DATES, NEGATIONS, POINTS_BACK
from callcoach.core import BehaviourScore, Evidence, Role

_LATE = 0.6  # share of the turns from which a call counts as late
_EARLY = 0.4
_LONG_TURN = 60  # words of ours before a pause is worth a line
_TOLD = ("problem_voiced", "need_voiced", "impact_metric", "objection")
_TAKES_UP = ("reflection", "testing_understanding", "recap")
_DEALS_WITH = ("honest_limit", "concession")
_BARE_QUESTION = 4  # words of a question that points back by itself
_FIRST_TURNS = 3  # of ours, in which a call opens
_ASKS_WHEN = re.compile(r"\bwhen\b|\b(?:what|which) (?:day|date|time|week|month|morning|afternoon)\b")
_DATED = re.compile(r"\b(?:next|this|by the|end of(?: the)?) (?:week|month|quarter|year)\b|\bby the end\b")
_ASKS_THE_MOMENT = re.compile(
    r"\b(?:good|bad|right|okay|ok|awkward|convenient|wrong) (?:time|moment)\b"
    r"|\b(?:a|one|two|got|spare|couple of|few|thirty) (?:quick )?(?:moments?|minutes?|seconds?|secs?|mins?)\b"
    r"|\b(?:caught|catch|catching|interrupt|interrupting|disturbing) you\b|\bare you (?:busy|free|driving)\b"
)
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


def _told_turns(scene: Scene, *, at_least: int) -> list[int]:
    """Customer turns that tell something, and ask nothing."""
    return [
        at
        for at, role in enumerate(scene.roles)
        if role is Role.CUSTOMER and scene.n_words(at) >= at_least and not _has_question(at, scene)
    ]


def _theirs(scene: Scene, item: BehaviourScore, *, at_least: int) -> list[int]:
    """Customer turns that tell something which our answer did not take up."""
    credited = _shown_turns(item) | scene.credited
    return [
        at
        for at in _told_turns(scene, at_least=at_least)
        if (answer := scene.answer(at)) is not None
        and answer not in credited
        and not _takes_up(answer, at, scene)
        and not any(scene.chance(answer, label) >= LIKELY for label in _DEALS_WITH)
    ]


def _takes_up(answer: int, turn: int, scene: Scene) -> bool:
    """Whether our answer says a turn back, checks it, sums it up or asks on about it."""
    if any(scene.chance(answer, label) >= LIKELY for label in _TAKES_UP):
        return True
    after = scene.after(answer, Role.CUSTOMER)
    if after is not None and scene.chance(after, "customer_confirms") >= LIKELY:
        return True
    if scene.chance(answer, "question_substantive") < LIKELY:
        return False
    start, end = scene.part(answer, "question_substantive") or (0, scene.n_words(answer))
    asked = [plain(word) for word in scene.words[answer][start:end]]
    points_back = len(asked) <= _BARE_QUESTION or not content(asked) or POINTS_BACK & set(asked)
    return bool(points_back or scene.shared(turn, answer))


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
        if _told_label(at, scene) and not scene.shared(at, scene.answer(at))
    ]
    for at in _by_weight(turns, scene):
        yield Spot(at, "; {you} moved on, and {customer} {reaction}", label=_told_label(at, scene))


def _told(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    for at in _by_weight(_theirs(scene, item, at_least=SUBSTANTIVE), scene):
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
        turns = [
            at
            for at in _theirs(scene, item, at_least=5)
            if scene.shows(at, label) and not _is_about_a_limit(at, scene)
        ]
        for at in sorted(turns, key=lambda at: (-min(scene.n_words(at), 2 * SUBSTANTIVE), at)):
            yield Spot(at, _WENT_ON, label=label)


def _is_about_a_limit(turn: int, scene: Scene) -> bool:
    """Whether we said what we cannot do right before a turn, or in answer to it."""
    around = (scene.before(turn, Role.REP), scene.answer(turn))
    return any(at is not None and scene.shows(at, "honest_limit") for at in around)


def _concern(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    answered = _shown_turns(item)
    threshold = scene.threshold("objection")
    theirs = [p for p in item.evidence if scene.roles[p.turn] is Role.CUSTOMER and p.probability >= threshold]
    turns = [piece.turn for piece in sorted(theirs, key=lambda piece: (-piece.probability, piece.turn))]
    turns += [at for at in _told_turns(scene, at_least=4) if scene.shows(at, "objection")]
    for at in dict.fromkeys(turns):
        answer = scene.answer(at)
        if answer is not None and not _takes_up(answer, at, scene):
            did = "; {you} answered, and {customer} {reaction}" if answer in answered else _WENT_ON
            yield Spot(at, did, label="objection")


def _early(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    for at in _theirs(scene, item, at_least=8):
        asked = scene.before(at, Role.REP)
        if at <= _EARLY * len(scene.roles) and asked is not None and _has_question(asked, scene):
            yield Spot(at, _WENT_ON)


def _late(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    found_nothing = "; I found no dated step of theirs by the end"
    turns = [at for at in _told_turns(scene, at_least=5) if at >= _LATE * len(scene.roles)]
    for at in _by_weight([at for at in turns if not _is_dated(at, scene)], scene):
        if not any(plain(word) in NEGATIONS or plain(word).endswith("n't") for word in scene.words[at]):
            yield Spot(at, found_nothing, label=_told_label(at, scene))


def _is_dated(turn: int, scene: Scene) -> bool:
    """Whether a turn names a day, or answers when."""
    said = _plain_text(turn, scene)
    asked = scene.before(turn, Role.REP)
    answers = (
        asked is not None and _has_question(asked, scene) and _ASKS_WHEN.search(_plain_text(asked, scene))
    )
    return bool(answers or DATES & set(said.split()) or _DATED.search(said))


def _plain_text(turn: int, scene: Scene) -> str:
    return " ".join(plain(word) for word in scene.words[turn])


def _opening(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    """Our first words of some length, where none of them did a part of it."""
    ours = _first_turns(scene)
    if any(at in _shown_turns(item) or scene.chance(at, "agenda_invitation") >= _LOCATES for at in ours):
        return
    first = max(ours, key=lambda at: (scene.n_words(at), -at), default=None)
    after = scene.after(first, Role.CUSTOMER) if first is not None else None
    if first is not None and after is not None:
        yield Spot(after, " and {customer} {reaction}", own=Evidence(first, 0, scene.n_words(first)))


def _unasked_opening(item: BehaviourScore, scene: Scene) -> Iterator[Spot]:
    """The same, where nobody has asked whether the moment is right."""
    ours = _first_turns(scene)
    asks = any(
        scene.chance(at, "permission") >= _LOCATES or _ASKS_THE_MOMENT.search(_plain_text(at, scene))
        for at in ours
    )
    if not asks:
        yield from _opening(item, scene)


def _first_turns(scene: Scene) -> list[int]:
    return [at for at, role in enumerate(scene.roles) if role is Role.REP][:_FIRST_TURNS]


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
            and any(scene.chance(t, label) >= LIKELY for label in _TOLD)
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
    "unasked opening": _unasked_opening,
    "benefit": _benefit,
    "long turn": _long_turn,
    "asked": _asked,
    "proposal": _proposal,
    "own words": _own_words,
}
"""The most telling spot first, by the name that `lines.Way.spot` gives."""
