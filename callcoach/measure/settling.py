"""Rules and taggers made one: which of the labels that both know a turn has, and by which words.

The rules know the words, the taggers how probable it is. Where both find a label the probability
is the taggers'; where the taggers doubt it, the mean of both. A doubtful question has to be believed a
little by the taggers. What a rule takes for a question of substance may be of another kind to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from callcoach.measure.constants import PREDICTED
from callcoach.measure.question_kinds import KINDS
from callcoach.measure.turn_rules import RULE_LABELS, Part

SURE = 0.9  # a rule that is at least as sure as this needs no second opinion
RULE_ALONE = ("recording_notice", "agenda_time")  # taggers hear them in every record and every minute
TAGGERS_ALONE = 0.9  # from here on the taggers are followed where a rule has phrases and finds none
OTHER_KINDS = ("question_ritual", "question_tag")  # kinds that taggers know better than the rule
CERTAIN_KIND = 0.8  # from here on the taggers' kind stands against the rule's plain question of substance
SOME_BELIEF = 0.25  # of the taggers in what a rule sees: one in four asks
QUESTION_LABELS = frozenset(
    [
        "question",
        *(f"question_{kind}" for kind in KINDS),
        "open_question",
        "closed_question",
        "customer_question",
    ]
)
OTHERS = tuple(label for label in RULE_LABELS if label not in QUESTION_LABELS)
Placed = Callable[[str], tuple[int, int]]


def settled(ruled: Sequence[Part], chances: Mapping[str, float], placed: Placed) -> list[Part]:
    """Parts of one turn for the labels of `RULE_LABELS`, in order.

    Parameters
    ----------
    ruled : sequence of Part
        What the rules see.
    chances : mapping of label to probability
        What the taggers say of the turn.
    placed : callable
        Words of the turn that speak loudest for a label; asked only where no rule knows them.
    """
    if not chances:
        return list(ruled)
    found = _questions(ruled, chances, placed)
    by_label: dict[str, list[Part]] = {}
    for part in ruled:
        by_label.setdefault(part.label, []).append(part)
    for label in OTHERS:
        chance = chances.get(label)
        mine = by_label.get(label, [])
        if chance is None:
            found += mine
        elif mine:
            found += [_with(part, _both(part.probability, chance)) for part in mine]
        elif asks_for_words(label, chance):
            found.append(_part(label, placed(label), chance))
    return found


def asks_for_words(label: str, chance: float) -> bool:
    """Whether `settled` asks which words speak loudest for a label of which the rules see none."""
    if label in QUESTION_LABELS:
        return label == "question" and chance >= PREDICTED
    return label not in RULE_ALONE and chance >= TAGGERS_ALONE


def _questions(ruled: Sequence[Part], chances: Mapping[str, float], placed: Placed) -> list[Part]:
    chance = chances.get("question", 0.0)
    asked = [
        part
        for part in ruled
        if part.label == "question" and (part.probability >= SURE or chance >= SOME_BELIEF)
    ]
    if not asked and chance >= PREDICTED:
        asked = [_part("question", placed("question"), chance)]
    alone = len(asked) == 1
    found: list[Part] = []
    for part in asked:
        rest = {
            other.label: other.probability / part.probability
            for other in ruled
            if other.label != "question" and _same_words(other, part) and other.label in QUESTION_LABELS
        }
        sure = _both(part.probability, chance)
        found.append(_with(part, sure))
        for label, share in _kinds(rest, chances, chance, alone=alone).items():
            found.append(_part(label, (part.start_word, part.end_word), sure * share))
    return found


def _kinds(
    rest: Mapping[str, float], chances: Mapping[str, float], asks: float, *, alone: bool
) -> dict[str, float]:
    """Share of a question's probability for its kind, for open and closed, and for the customer's own."""
    known = [label for label in (f"question_{kind}" for kind in KINDS) if label in chances]
    if not alone or asks < PREDICTED:
        return dict(rest)
    shares: dict[str, float] = {}
    if "question_substantive" in chances:
        kind = next((label for label in known if label in rest), "question_substantive")
        likeliest = max(OTHER_KINDS, key=lambda label: chances[label])
        if kind == "question_substantive" and chances[likeliest] >= CERTAIN_KIND:
            kind = likeliest
        shares[kind] = max(PREDICTED / asks, min(1.0, chances[kind] / asks))
        opens, closes = chances["open_question"], chances["closed_question"]
        by_taggers = opens / (opens + closes) if opens + closes > 0 else 0.5
        is_open = (by_taggers + rest.get("open_question", by_taggers)) / 2
        shares |= {"open_question": is_open, "closed_question": 1 - is_open}
    if "customer_question" in chances:
        own = chances["customer_question"] / asks
        shares["customer_question"] = (own + rest.get("customer_question", 0.0)) / 2
    return {label: min(1.0, share) for label, share in shares.items()}


def _both(rule: float, chance: float) -> float:
    """The taggers' probability where both see it, else the mean, at least even: the words are there.

    What a rule doubts itself is no more probable than it says.
    """
    mean = (rule + chance) / 2
    if rule < PREDICTED:
        return min(mean, rule)
    return chance if chance >= PREDICTED else max(PREDICTED, mean)


def _same_words(one: Part, other: Part) -> bool:
    return (one.start_word, one.end_word) == (other.start_word, other.end_word)


def _with(part: Part, probability: float) -> Part:
    return Part(part.label, part.start_word, part.end_word, round(probability, 4))


def _part(label: str, words: tuple[int, int], probability: float) -> Part:
    return Part(label, *words, round(probability, 4))
