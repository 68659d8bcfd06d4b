"""The same utterance as other recognisers, other spellers and other speakers would write it.

Used twice: to train on, so that a label does not hang on a comma, and to test that it does not.
Every variant is drawn from a generator seeded by its own row, so one run is like the next.
"""

from __future__ import annotations

import random
import re

_NOT_WORD = re.compile(r"[^\w\s']")
_SPACES = re.compile(r"\s+")
_FILLERS = ("um", "uh", "er", "erm")
_ERRORS = [
    "a",
    "the",
    "of",
    "to",
    "in",
    "and",
    "it",
    "is",
    "that",
    "so",
    "we",
    "for",
    "on",
    "be",
    "at",
    "you",
    "they",
    "with",
    "this",
    "have",
    "from",
    "one",
    "all",
    "there",
]
_AMERICAN = {
    "colour": "color", "centre": "center", "organise": "organize", "organised": "organized", "realise": "realize",
    "recognise": "recognize", "favour": "favor", "favourite": "favorite", "labour": "labor", "behaviour": "behavior",
    "programme": "program", "cheque": "check", "litre": "liter", "litres": "liters", "metre": "meter",
    "cancelled": "canceled", "travelling": "traveling", "neighbour": "neighbor", "harbour": "harbor",
    "honour": "honor", "theatre": "theater", "tyre": "tire", "tyres": "tires", "catalogue": "catalog",
    "prioritise": "prioritize", "apologise": "apologize", "summarise": "summarize", "analyse": "analyze",
    "mum": "mom", "grey": "gray", "licence": "license", "rumour": "rumor", "humour": "humor", "flavour": "flavor",
}  # fmt: skip
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def bare(text: str) -> str:
    """Lower case, no punctuation; apostrophes inside words stay.

    >>> bare("So it's Dana's call, then?")
    "so it's dana's call then"
    """
    return _SPACES.sub(" ", _NOT_WORD.sub(" ", text.lower().replace("-", ""))).strip()


def with_fillers(text: str, rng: random.Random) -> str:
    """One filler in about every eight words, at least one."""
    words = text.split()
    for _ in range(max(1, len(words) // 8)):
        words.insert(rng.randrange(len(words) + 1), rng.choice(_FILLERS))
    return " ".join(words)


def with_word_errors(text: str, rng: random.Random, *, share: float = 0.05) -> str:
    """Each word dropped, doubled or put as another short one with the given probability."""
    words = []
    for word in text.split():
        if rng.random() >= share:
            words.append(word)
            continue
        kind = rng.randrange(3)
        if kind == 1:
            words += [word, word]
        elif kind == 2:
            words.append(rng.choice(_ERRORS))
    return " ".join(words) or text


def american(text: str) -> str:
    """British spellings that occur in speech put as American ones."""
    return re.sub(r"[A-Za-z]+", lambda match: _cased(match[0], _AMERICAN.get(match[0].lower())), text)


def british(text: str) -> str:
    """The other way round."""
    back = {
        new: old
        for old, new in _AMERICAN.items()
        if new not in ("check", "license", "program", "tire", "tires", "meter")
    }
    return re.sub(r"[A-Za-z]+", lambda match: _cased(match[0], back.get(match[0].lower())), text)


def _cased(old: str, new: str | None) -> str:
    if new is None:
        return old
    return new.capitalize() if old[0].isupper() else new


def numbers_in_words(text: str) -> str:
    """Digits up to 999 written out.

    >>> numbers_in_words("22 of 340")
    'twenty two of three hundred and forty'
    """
    return re.sub(
        r"(?<![\d.,:/])\d{1,3}(?![\d.,:/]\d|\d|[a-z])", lambda match: _in_words(int(match[0])), text
    )


def _in_words(number: int) -> str:
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens - 2] + (f" {_UNITS[rest]}" if rest else "")
    hundreds, rest = divmod(number, 100)
    return f"{_UNITS[hundreds]} hundred" + (f" and {_in_words(rest)}" if rest else "")
