"""Words made alike before tagging: names, numbers, spelling, fillers and lost apostrophes.

What a rep says must be judged the same whoever the customer is and whatever the figure: names
become one sign and numbers another. British and American spelling, "um", and recognisers that
write "dont" or "twenty two" for "22" leave nothing behind either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

NAME, NUMBER, MONEY = "#name", "#num", "#money"
FILLERS = frozenset(["um", "uh", "er", "erm", "uhm", "umm", "eh", "em", "ehm", "hmmm", "ah-um"])
_DATA = Path(__file__).resolve().parent / "data"

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+[^\W_]*|[^\W_]+(?:['\-][^\W_]+)*|[?!.,;:…—–]|[£$€]")
_ASIDE = re.compile(r"\[[^\]]*\]")  # [laughs], [inaudible 00:12]
_STUTTER = re.compile(r"\b([a-z']+)(?:[-–—,]{0,2} ?\1\b)+(?!-)")  # "what-what", "the the"
_CONTRACTED = [
    "what's",
    "how's",
    "who's",
    "where's",
    "when's",
    "why's",
    "that's",
    "there's",
    "here's",
    "it's",
    "let's",
    "don't",
    "doesn't",
    "didn't",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "hasn't",
    "haven't",
    "hadn't",
    "can't",
    "couldn't",
    "wouldn't",
    "shouldn't",
    "won't",
    "mustn't",
    "ain't",
    "you're",
    "you've",
    "you'll",
    "you'd",
    "they're",
    "they've",
    "they'll",
    "they'd",
    "i've",
    "i'm",
    "we've",
    "what're",
    "who'd",
    "what'd",
    "how'd",
    "where'd",
    "y'all",
]
_LOST = {word.replace("'", ""): word for word in _CONTRACTED if word not in ("it's", "let's")}
_SPELLING = {
    "centre": "center", "metre": "meter", "litre": "liter", "theatre": "theater", "fibre": "fiber",
    "grey": "gray", "cheque": "check", "programme": "program", "tyre": "tire", "kerb": "curb",
    "licence": "license", "defence": "defense", "practise": "practice", "storey": "story",
    "enquiry": "inquiry", "enquire": "inquire", "catalogue": "catalog", "dialogue": "dialog",
    "cancelled": "canceled", "cancelling": "canceling", "travelled": "traveled", "travelling": "traveling",
    "modelling": "modeling", "modelled": "modeled", "labelled": "labeled", "labelling": "labeling",
    "signalling": "signaling", "fulfil": "fulfill", "enrol": "enroll", "skilful": "skillful",
    "learnt": "learned", "burnt": "burned", "spelt": "spelled", "whilst": "while", "amongst": "among",
    "mum": "mom", "aluminium": "aluminum", "jewellery": "jewelry", "judgement": "judgment", "pyjamas": "pajamas",
    "okay": "ok", "alright": "all-right", "hiya": "hi", "yep": "yeah", "yup": "yeah", "aye": "yeah", "yes": "yeah",
    "gonna": "going-to", "wanna": "want-to", "gotta": "got-to", "kinda": "kind-of", "cos": "because", "'cause": "because",
}  # fmt: skip
_OUR = re.compile(r"(?<=[a-z]{2})our(?=(s|ed|ing|ite|ites|able|ful|hood|ly)?$)")
_OUR_KEPT = frozenset(["hour", "hours", "four", "fours", "tour", "tours", "pour", "pours", "poured", "pouring", "sour", "your", "yours", "flour", "flours", "contour", "contours", "detour", "detours", "devour", "scour", "velour", "glamour", "toured", "touring", "scoured"])  # fmt: skip
_ISE = re.compile(r"(?<=[a-z]{3})(is|ys)(?=(e|es|ed|ing|er|ers|ation|ations)$)")
_ISE_KEPT = re.compile(
    r"adv|comprom|conc|dev|disgu|exerc|exper|franch|improv|merchand|otherw|parad|prec|prem|prom|superv|surpr|telev"
    r"|expert|enterpr|rev|pract|clockw|likew|appra|cru|bru|prom|(dis|over)?gu"
)
_NUMBER_WORDS = frozenset(
    [
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
        "twenty",
        "thirty",
        "forty",
        "fourty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "millions",
        "billion",
        "dozen",
        "lakh",
        "lakhs",
        "crore",
        "k",
        "m",
        "bn",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "fifteenth",
        "twentieth",
        "thirtieth",
    ]
)
_AMBIGUOUS_NUMBERS = frozenset(["one", "first", "second", "k", "m"])  # numbers only beside another number
_DIGITS = re.compile(r"^\d[\d.,:]*(st|nd|rd|th|k|m|bn)?$|^\d+-\d+$")
_NUMBER_HYPHEN = re.compile(r"^(" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + r"|and|-)+$")
_MONEY = frozenset(["£", "$", "€"])
_MONEY_WORDS = frozenset(
    [
        "pound",
        "pounds",
        "quid",
        "dollar",
        "dollars",
        "buck",
        "bucks",
        "euro",
        "euros",
        "pence",
        "cent",
        "cents",
        "rupees",
        "rand",
        "naira",
        "grand",
    ]
)
PUNCTUATION = frozenset(["?", "!", ".", ",", ";", ":", "…", "—", "–"])


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Common first names that are hardly ever another word, lower case."""
    lines = (_DATA / "first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@lru_cache(maxsize=1 << 15)
def alike(word: str) -> str:
    """One spelling of a lower-case word.

    >>> alike("colour"), alike("organise"), alike("dont"), alike("advise"), alike("Twenty-two".lower())
    ('color', 'organize', "don't", 'advise', '#num')
    """
    word = _LOST.get(word, word)
    word = _SPELLING.get(word, word)
    if word[0].isdigit() and _DIGITS.match(word):
        return NUMBER
    if "our" in word and word not in _OUR_KEPT:
        word = _OUR.sub("or", word)
    if "is" in word or "ys" in word:
        match = _ISE.search(word)
        if match and not _ISE_KEPT.fullmatch(word[: match.start()]):
            word = word[: match.start()] + match[0].replace("s", "z") + word[match.end() :]
    if "-" in word and _NUMBER_HYPHEN.match(word.replace("-", "")):
        return NUMBER
    return word


def without_asides(text: str) -> str:
    """The text without stage directions such as ``[laughs]``."""
    return _ASIDE.sub(" ", text) if "[" in text else text


def tokens(text: str, *, names: Iterable[str] = ()) -> list[str]:
    """Masked tokens of an utterance, punctuation among them.

    Parameters
    ----------
    names : iterable of str
        Lower-case names known from metadata: of people, firms and products, one word each.

    >>> tokens("Um, Dana, that's £22 thousand for the colour.", names=["dana"])
    [',', '#name', ',', "that's", '#money', '#num', 'for', 'the', 'color', '.']
    """
    given = frozenset(names)
    said: list[str] = []
    last = ""
    text = text.lower().replace("’", "'")
    for raw in _TOKEN.findall(_STUTTER.sub(r"\1", without_asides(text))):
        kind, same = _sorted(raw)
        if kind == _FILLER:
            continue
        if given and kind != _MARK and raw.removesuffix("'s") in given:
            kind, same = _NAMED, NAME
        if kind == _MAYBE_NUMBER and last == NUMBER:
            kind, same = _COUNT, NUMBER
        if kind == _NAMED:
            if last == NAME:
                continue
        elif kind == _COUNT:
            if last == NUMBER:
                continue
            if len(said) > 1 and last in ("and", "point") and said[-2] == NUMBER:
                said.pop()
                last = NUMBER
                continue
        elif kind == _AMOUNT and len(said) > 1 and last == NUMBER and said[-2] == MONEY:
            continue
        said.append(same)
        last = same
    return said


_FILLER, _MARK, _NAMED, _COUNT, _MAYBE_NUMBER, _AMOUNT, _PLAIN = range(7)


@lru_cache(maxsize=1 << 15)
def _sorted(raw: str) -> tuple[int, str]:
    """What kind of token it is, and how it is written; what its neighbours make of it comes after."""
    if raw in PUNCTUATION:
        return _MARK, "." if raw in ";:…" else "," if raw in "—–" else raw
    if raw in FILLERS:
        return _FILLER, ""
    if raw in _MONEY:
        return _MARK, MONEY
    if raw.removesuffix("'s") in first_names():
        return _NAMED, NAME
    if raw in _NUMBER_WORDS and raw not in _AMBIGUOUS_NUMBERS:
        return _COUNT, NUMBER
    same = alike(raw)
    if same == NUMBER:
        return _COUNT, NUMBER
    if raw in _AMBIGUOUS_NUMBERS:
        return _MAYBE_NUMBER, same
    return (_AMOUNT, MONEY) if same in _MONEY_WORDS else (_PLAIN, same)
