"""What the rules see in an utterance, as signs that the taggers learn to weigh.

The rules know forms: an auxiliary before its subject, the phrases of an opening, the tokens of
listening. The taggers learn how far each can be trusted, and what the other words say besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from callcoach.core import Role
from callcoach.core.floor import plain
from callcoach.measure.language import norm, sentences
from callcoach.measure.masking import FILLERS, first_names, without_asides
from callcoach.measure.phrases import acknowledges, phrases_in
from callcoach.measure.questions import questions
from callcoach.measure.turn_rules import question_parts

_MASK = "#name"
_bare = lru_cache(maxsize=1 << 15)(plain)


def masked_words(text: str, *, names: Iterable[str] = ()) -> list[str]:
    """Words of a text with every known name put as one sign and fillers left out.

    >>> masked_words("Um, Dana's here, will she sign?")
    ['#name', 'here,', 'will', 'she', 'sign?']
    """
    known, given = first_names(), frozenset(names)
    found = []
    for word in without_asides(text).split():
        bare = _bare(word)
        if bare in FILLERS:
            continue
        stem = bare.removesuffix("'s")
        if stem and (stem in known or stem in given):
            word = _MASK + (word[-1] if not word[-1].isalnum() else "")
        found.append(word)
    return found


def rule_signs(side: str, text: str, *, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Named signs of what the rules see, each once, in a settled order."""
    words = masked_words(text, names=names)
    role = Role.REP if side == "rep" else Role.CUSTOMER
    signs: dict[str, None] = {}
    n_questions = 0
    for sentence in sentences(words):
        for question in questions(sentence):
            n_questions += 1
            marked = "marked" if sentence.mark == "?" else "ended" if sentence.mark else "bare"
            signs[f"rule question {question.form} {marked}"] = None
            signs[f"rule question sure {round(question.probability * 10)} {marked}"] = None
            for part in question_parts(sentence, question, rep=True, customer=False):
                if part.probability >= 0.5:
                    signs[f"rule {part.label}"] = None
            if question.end < sentence.end or sentence.end < len(words):
                signs["rule question, then more"] = None
        if role is Role.REP:
            for shown in phrases_in(sentence):
                signs[f"rule {shown.label}"] = None
    signs[f"rule questions {min(n_questions, 3)}"] = None
    listens = acknowledges(tuple(norm(word) for word in words), after_question=False)
    signs[f"rule listens {round(listens * 20)}"] = None
    return tuple(signs)
