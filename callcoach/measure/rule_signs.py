"""What the rules see in an utterance, as signs that the taggers learn to weigh.

The rules know forms: an auxiliary before its subject, the phrases of an opening, the tokens of
listening. The taggers learn how far each can be trusted, and what the other words say besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from callcoach.core.floor import plain
from callcoach.measure.language import Sentence, sentences
from callcoach.measure.last import forgets
from callcoach.measure.masking import FILLERS, first_names, without_asides
from callcoach.measure.phrases import acknowledges, phrases_in
from callcoach.measure.questions import questions
from callcoach.measure.turn_rules import question_parts

_MASK = "#name"
_THEN_MORE = "rule question, then more"


def masked_words(text: str, *, names: Iterable[str] = ()) -> list[str]:
    """Words of a text with every known name put as one sign and fillers left out.

    >>> masked_words("Um, Dana's here, will she sign?")
    ['#name', 'here,', 'will', 'she', 'sign?']
    """
    given = frozenset(names)
    words = without_asides(text).split()
    if given:
        words = [_as_name(word) if _stem(word) in given else word for word in words]
    return list(filter(None, map(_masked, words)))


@lru_cache(maxsize=1 << 16)
def _masked(word: str) -> str:
    """A word as it is kept; empty for a filler."""
    if plain(word) in FILLERS:
        return ""
    stem = _stem(word)
    return _as_name(word) if stem and stem in first_names() else word


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """What a name is known by."""
    bare = plain(word)
    return "" if bare in FILLERS else bare.removesuffix("'s")


def _as_name(word: str) -> str:
    return _MASK + (word[-1] if not word[-1].isalnum() else "")


def rule_signs(side: str, text: str, *, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Named signs of what the rules see, each once, in a settled order."""
    words = masked_words(text, names=names)
    rep = side == "rep"
    signs: dict[str, None] = {}
    n_questions = 0
    said: list[str] = []
    for sentence in sentences(words):
        said += sentence.words
        seen, n_asked, closes = _seen_in(sentence.words, sentence.breaks, sentence.mark, rep)
        signs.update(seen)
        if n_asked and not (closes and n_asked == 1 and sentence.end == len(words)):
            signs[_THEN_MORE] = None
        n_questions += n_asked
    signs[f"rule questions {min(n_questions, 3)}"] = None
    signs[_listening(said)] = None
    return tuple(signs)


@lru_cache(maxsize=4096)  # sentences of a call or two
def _seen_in(
    words: tuple[str, ...], breaks: frozenset[int], mark: str, rep: bool
) -> tuple[dict[str, None], int, bool]:
    """Signs of one sentence, how many questions it has, and whether the last of them ends it."""
    sentence = Sentence(0, len(words), words, breaks, mark)
    signs: dict[str, None] = {}
    marked = "marked" if mark == "?" else "ended" if mark else "bare"
    asked = questions(sentence)
    for question in asked:
        signs[f"rule question {question.form} {marked}"] = None
        signs[f"rule question sure {round(question.probability * 10)} {marked}"] = None
        for part in question_parts(sentence, question, rep=True, customer=False):
            if part.probability >= 0.5:
                signs[f"rule {part.label}"] = None
    if rep:
        for shown in phrases_in(sentence):
            signs[f"rule {shown.label}"] = None
    return signs, len(asked), bool(asked) and asked[-1].end == len(words)


forgets(_seen_in.cache_clear)


def _listening(words: list[str]) -> str:
    return f"rule listens {round(acknowledges(tuple(words), after_question=False) * 20)}"
