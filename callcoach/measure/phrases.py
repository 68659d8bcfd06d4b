"""Labels that a set of phrases tells: parts of an agenda, the notice of recording, acknowledgement.

The phrases themselves stand in `phrases.toml`, where a coach can read and add to them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from callcoach.core.floor import says_backchannel
from callcoach.measure.language import Sentence, any_of, word_set
from callcoach.measure.last import forgets
from callcoach.measure.patterns import PhraseBook, Shown

_QUOTE_WORDS = 30  # up to this long, a whole sentence is the quote that shows a label
RECORDING_NOTICE = "recording_notice"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``[start, end)`` of a sentence that show `label`."""

    label: str
    start: int
    end: int
    probability: float


def phrases_in(sentence: Sentence) -> tuple[Phrase, ...]:
    """What a sentence shows by its phrases, each label once: the sentence, or the phrase in a long one."""
    whole = len(sentence.words) <= _QUOTE_WORDS
    rules = _rules()
    return tuple(
        Phrase(
            shown.label,
            0 if whole else shown.start,
            len(sentence.words) if whole else shown.end,
            rules[shown.label]["probability"],
        )
        for shown in _found(sentence.words)
    )


@lru_cache(maxsize=2048)  # sentences of a call or two: the rules and the taggers ask for the same ones
def _found(words: tuple[str, ...]) -> tuple[Shown, ...]:
    return _book().find(words)


forgets(_found.cache_clear)


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(files("callcoach.measure").joinpath("phrases.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    """The phrases of every label, compiled when the first sentence is looked at."""
    rules = dict(_rules())
    parts = rules.pop("parts")
    labels = {label: (rule["shows"], rule["unless"]) for label, rule in rules.items()}
    return PhraseBook(labels, parts=parts)


_ACKNOWLEDGES = any_of(
    r"(that|it|this)('s| is| does|)? ?(really |very |totally |completely |perfect |so )*(makes?|making|made)?"
    r" ?(a lot of |perfect |total )?(sense|fair|understandable|reasonable|frustrating|tough|hard|helpful|useful|interesting"
    r"|good to know|annoying|a shame|a pity|painful|difficult|rough|stressful)",
    r"(i|we) (hear|understand|get|see|appreciate|can imagine|can see|can hear)( you| that| it| what you mean| why| completely)*$",
    r"(i|we) (completely |totally |fully |really |quite |do )*(understand|appreciate|sympathise|sympathize|get)( that| it| you)?$",
    r"(that|it) (must|can|has to|sounds?|seems?) (be |really |very |like |have been |so )*(\w+)$",
    r"(i'm |so |really |very |i am )*sorry (to hear|about) (that|it)",
    r"(thank you|thanks) (so much |very much )?for (sharing|telling me|explaining|that|being (open|honest))",
    r"(fair|good|great|interesting) (point|enough)",
    r"understood|noted|gotcha|got (it|you)|oh dear|oh no|oh wow|i see|goodness|fair enough|go on|no way|of course",
)
_SMALL = word_set(
    "oh ah well so that yeah yes okay ok right great good lovely perfect mm mmhm mhm um uh er erm sure wow nice that's it's and"
    " really very quite then alright brilliant cool thanks thank you hmm hm gosh"
)
_ACKNOWLEDGE_MAX_WORDS = 8
_ANSWERS = word_set(
    "yes yeah yep yup no sure okay ok right exactly absolutely definitely correct true indeed"
)


def acknowledges(words: tuple[str, ...], *, after_question: bool) -> float:
    """Probability that a whole turn only listens: a short token or phrase that leaves the floor.

    Parameters
    ----------
    words : tuple of str
        Plain words of the turn.
    after_question : bool
        Whether the other side asked just before: then a bare yes is an answer.
    """
    said = tuple(filter(None, words))
    if not said or len(said) > _ACKNOWLEDGE_MAX_WORDS:
        return 0.0
    if after_question and said[0] in _ANSWERS:
        return 0.1
    if says_backchannel(said):
        return 0.95
    if all(word in _SMALL for word in said):
        return 0.8
    text = " ".join(said)
    match = _ACKNOWLEDGES.search(text)
    if match is None:
        return 0.0
    rest = (text[: match.start()] + " " + text[match.end() :]).split()
    return 0.85 if all(word in _SMALL for word in rest) else 0.0
