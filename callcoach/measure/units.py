"""A turn as the pieces that each do one thing: what it says, and what it asks.

::

    R  I hear that, | is it the total or when it falls | because we could split it
       says           asks                               says
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from callcoach.core import Transcript
from callcoach.measure.language import Sentence, sentences, word_set
from callcoach.measure.last import forgets, keep_last
from callcoach.measure.question_kinds import kind_of
from callcoach.measure.question_words import LEAD
from callcoach.measure.questions import questions

_MIN_LEAD_WORDS = 3  # fewer words before a question belong to it: "so then, how …"
_SPELLED = {
    "ill": "i'll",
    "youd": "you'd",
    "youll": "you'll",
    "youve": "you've",
    "theyd": "they'd",
    "theyll": "they'll",
    "itll": "it'll",
    "thatll": "that'll",
    "wed": "we'd",
    "weve": "we've",
    "hes": "he's",
    "shes": "she's",
    "thatd": "that'd",
    "itd": "it'd",
    "whod": "who'd",
    "bout": "about",
    "cos": "because",
    "cause": "because",
    "coz": "because",
    "wanna": "want to",
    "gonna": "going to",
    "gotta": "got to",
    "ok": "okay",
}
_RUN_TOGETHER = frozenset(_SPELLED)
_TAG = re.compile(
    r"\b(?:(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|wo|ca)n't (?:it|you|they|that|there|we|he|she|i)"
    r"|(?:is|are|was|were|do|does|did|have|has|can|could|will|would) (?:it|you|they|that|we)"
    r"|right|correct|yeah|yes|okay|huh|eh|no|all right|alright|fair|agreed|good|great|sound good|sounds good|deal|done|settled|sorted|happy|sold|how's that|sounds? fair|what do you say|okay with you|fine with you|shake on it|we good)$"
)
_MID_TAG = re.compile(
    r"(?:is|isn't|are|aren't|was|wasn't|were|do|don't|does|doesn't|did|didn't|have|haven't|has|hasn't|can|can't|could|will|won't|would|wouldn't) (?:it|they|you|we|that|there|he|she|i)\b"
)
_LIKEWISE = re.compile(
    r"(?:(?:and|well|yes|oh|ah) )*(?:so|neither|nor) (?:do|does|did|is|are|am|was|were|have|has|had|can|could|will|would|should) (?:we|i|they|you|ours|mine|it|he|she|that|this|the \w+)\b"
)
"""What agrees though it is turned round like a question: "so do we"."""
_SUBORDINATES = word_set("if when once before after with given since as for in at on")


@dataclass(frozen=True, slots=True)
class Unit:
    """Words ``[start, end)`` of a turn.

    Parameters
    ----------
    text : str
        Plain words, those that recognisers run together written out.
    asks : bool
        Whether it is a question of its own; a statement with a tag is none, and `tagged`.
    kind : str
        Of a question: ``"substantive"``, ``"ritual"``, ``"tag"`` or ``"logistics"``; else empty.
    breaks : tuple of int
        Positions among the words of `text` that a comma, colon or dash stands before.
    """

    start: int
    end: int
    text: str
    asks: bool = False
    tagged: bool = False
    kind: str = ""
    form: str = ""
    breaks: tuple[int, ...] = ()

    @property
    def n_words(self) -> int:
        return self.text.count(" ") + 1 if self.text else 0


def units_of(transcript: Transcript, turn: int) -> tuple[Unit, ...]:
    """The pieces of one turn, in order; read once for all behaviours that ask one after the other."""
    read = _read_of(transcript)
    found = read.get(turn)
    if found is None:
        found = read[turn] = units([word.text for word in transcript.turns[turn].words])
    return found


@keep_last
def _read_of(transcript: Transcript) -> dict[int, tuple[Unit, ...]]:
    return {}


def units(words: Sequence[str]) -> tuple[Unit, ...]:
    """The pieces of a turn's words; every word is in exactly one, empty ones left out.

    >>> [(u.text, u.asks) for u in units("I hear that. Is it the total?".split())]
    [('i hear that', False), ('is it the total', True)]
    """
    return _units(tuple(words))


@lru_cache(maxsize=4096)  # a call or two: several behaviours read the same turns
def _units(words: tuple[str, ...]) -> tuple[Unit, ...]:
    found: list[Unit] = []
    for sentence in sentences(words):
        found.extend(unit for unit in _of_sentence(sentence) if unit.text)
    return tuple(found)


def _of_sentence(sentence: Sentence) -> list[Unit]:
    asked = questions(sentence)
    if not asked:
        return [_says(sentence, 0, len(sentence.words))]
    made: list[Unit] = []
    at = 0
    for question in asked:
        start, end = question.start - sentence.start, question.end - sentence.start
        head = question.head - sentence.start
        text, breaks = _text(sentence, start, end)
        if sentence.mark != "?" and _LIKEWISE.match(text):
            continue
        if breaks[:1] == (2,) and start > at and _MID_TAG.match(text):
            made.append(
                _says(sentence, at, start + 2, tagged=True)
            )  # "that's no reason, is it, every firm …"
            at = start + 2
            continue
        if question.form == "tag" or (question.form in ("declarative", "fragment") and _TAG.fullmatch(text)):
            made.append(_says(sentence, at, end, tagged=True))
            at = end
            continue
        if question.form == "declarative" and breaks and _TAG.fullmatch(" ".join(text.split()[breaks[-1] :])):
            made.append(_says(sentence, at, end, tagged=True))
            at = end
            continue
        lead = start
        if head - start >= _MIN_LEAD_WORDS and (head in sentence.breaks or head > start + 5):
            first = next((w for w in text.split() if w not in LEAD), "")
            lead = start if first in _SUBORDINATES else head
        if question.form in ("declarative", "fragment", "indirect", "imperative"):
            lead = start
        if lead > at:
            made.append(_says(sentence, at, lead))
        text, breaks = _text(sentence, lead, end)
        kind, _ = kind_of(text, question.form)
        made.append(
            Unit(
                sentence.start + lead,
                sentence.start + end,
                text,
                asks=kind != "tag",
                tagged=kind == "tag",
                kind=kind,
                form=question.form,
                breaks=breaks,
            )
        )
        at = end
    if at < len(sentence.words):
        made.append(_says(sentence, at, len(sentence.words)))
    return made


def _says(sentence: Sentence, start: int, end: int, *, tagged: bool = False) -> Unit:
    text, breaks = _text(sentence, start, end)
    return Unit(sentence.start + start, sentence.start + end, text, tagged=tagged, breaks=breaks)


def _text(sentence: Sentence, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    words = sentence.words[start:end]
    if all(words) and _RUN_TOGETHER.isdisjoint(words):
        return " ".join(words), tuple([at - start for at in sorted(sentence.breaks) if start < at < end])
    said: list[str] = []
    breaks: list[int] = []
    for at in range(start, end):
        word = sentence.words[at]
        if at in sentence.breaks and said:
            breaks.append(len(said))
        if word:
            said.extend(_SPELLED.get(word, word).split())
    return " ".join(said), tuple(breaks)


_STOP = word_set(
    """a an the and or but so if then than that this these those there here it it's its is are was were be been being am
    i you he she we they me him her us them my your his our their mine yours ours theirs i'm i've i'd i'll you're you've
    you'd you'll we're we've we'd we'll they're they've they'd they'll he's she's that's there's what's do does did don't
    doesn't didn't have has had haven't hasn't hadn't can can't could couldn't will won't would wouldn't shall should
    shouldn't may might must not no yes yeah yep okay well oh um uh er mm hmm hm right just really very quite too also
    only even still now then of to in on at by for with from into onto about as up down out off over under again what
    which who whom whose when where why how get got go going gone make made want like need thing things something
    anything nothing one some any all more most much many lot bit kind sort sure good great fine let let's
    because while until before after each every other another both either same such own maybe perhaps actually honestly
    basically please thanks thank know think mean say said see look"""
)
_ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "ments",
    "ment",
    "ings",
    "ing",
    "edly",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "ly",
    "s",
    "y",
    "e",
)


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without its ending, so that "signing" and "signed" meet; rough on purpose."""
    bare = word.removesuffix("'s").replace("'", "")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            cut = bare[: -len(ending)]
            return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] else cut
    return bare


@lru_cache(maxsize=8192)
def contents(text: str) -> frozenset[str]:
    """Stems of the content words of plain text.

    >>> sorted(contents("so the signing is late"))
    ['lat', 'sign']
    """
    return frozenset([stem(word) for word in text.split() if word not in _STOP and len(word) > 1])


def contents_of(transcript: Transcript, turn: int) -> frozenset[str]:
    """Stems of the content words of a whole turn."""
    return frozenset().union(*(contents(unit.text) for unit in units_of(transcript, turn)))


for _kept in (_units, contents):
    forgets(_kept.cache_clear)
