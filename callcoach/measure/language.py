"""Words of a turn made comparable, and the sentences they form.

Every rule works on *plain* words: lower case, no punctuation, one plain word per word of the
turn, so that a place in the text is a word offset of `Evidence` and quotes cannot drift. A
tokenizer of its own would break that tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from callcoach.core.floor import plain
from callcoach.measure.last import forgets
from callcoach.measure.screens import Screened


def word_set(words: str) -> frozenset[str]:
    """The words of one string, for a closed list that reads as one."""
    return frozenset(words.split())


_APOSTROPHE = {
    word.replace("'", ""): word
    for word in word_set(
        """what's how's who's where's when's why's that's there's here's don't doesn't didn't isn't aren't wasn't
        weren't hasn't haven't hadn't can't couldn't wouldn't shouldn't won't mustn't you're you've you'll you'd
        they're they've they'll they'd i've i'm we've what're"""
    )
}
_ABBREVIATIONS = word_set("mr. mrs. ms. dr. prof. st. vs. etc. e.g. i.e. inc. ltd. co. approx. a.m. p.m.")
_CLOSERS = "\"'”’)]}»"


@lru_cache(maxsize=1 << 16)
def norm(word: str) -> str:
    """A plain word, with the apostrophe that recognisers drop put back where that is safe.

    >>> norm("Whats"), norm("we’ll,"), norm("well")
    ("what's", "we'll", 'well')
    """
    bare = plain(word)
    if not bare.isalnum():
        bare = "_".join(bare.split())  # a space inside would shift every offset after it
    return _APOSTROPHE.get(bare, bare)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words ``[start, end)`` of a turn that belong together.

    Parameters
    ----------
    words : tuple of str
        Plain words; one may be empty where the turn has a lone dash or other sign.
    breaks : frozenset of int
        Positions in `words` that a comma, colon, semicolon or dash stands before.
    mark : str
        ``"?"``, ``"!"``, ``"."`` or ``""``: how it ends.
    """

    start: int
    end: int
    words: tuple[str, ...]
    breaks: frozenset[int]
    mark: str
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.words))

    def word_at(self, offset: int) -> int:
        """Position in `words` of a character offset of `text`."""
        return self.text.count(" ", 0, offset)


def sentences(words: Sequence[str]) -> tuple[Sentence, ...]:
    """Sentences of a turn's words, split at closing punctuation; without any, one sentence.

    >>> [s.text for s in sentences("Thirty minutes. Anything to add?".split())]
    ['thirty minutes', 'anything to add']
    """
    return _sentences(tuple(words))


@lru_cache(maxsize=2048)  # turns of a call or two: several rules read the same ones
def _sentences(words: tuple[str, ...]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = 0
    said = tuple(map(norm, words))
    breaks: list[int] = []
    for after, (mark, parts) in enumerate(map(_stops, words), 1):
        if parts:
            breaks.append(after - start)
        if mark:
            found.append(Sentence(start, after, said[start:after], frozenset(breaks), mark))
            start, breaks = after, []
    if start < len(words):
        found.append(Sentence(start, len(words), said[start:], frozenset(breaks), ""))
    return tuple(found)


forgets(_sentences.cache_clear)


@lru_cache(maxsize=1 << 16)
def _stops(raw: str) -> tuple[str, bool]:
    """The mark with which a word ends a sentence, and whether a break stands after it."""
    tail = raw[-1:]
    if tail.isalnum():
        return "", False
    bare = norm(raw)
    parts = not bare
    if tail in _CLOSERS:
        tail = raw.rstrip(_CLOSERS)[-1:]
    mark = ""
    if tail == "?":
        mark = "?"
    elif tail == "!" or (tail == "." and not raw.endswith("..") and raw.casefold() not in _ABBREVIATIONS):
        mark = "?" if "?" in raw[-3:] else tail
    elif tail in (",", ";", ":", "—", "–", "-") and bare:
        parts = True
    return mark, parts


def any_of(*phrases: str) -> Screened:
    """One pattern for several phrases of plain words, at word edges; brackets are there for alternatives.

    >>> bool(any_of("set up", "send (it|them)").search("i will send it"))
    True
    """
    return Screened(r"(?<![\w'])(?:" + "|".join(phrases) + r")(?![\w'])")
