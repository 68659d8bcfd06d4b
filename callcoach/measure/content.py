"""What words are about: the roots of content words, so that two turns can be seen to speak of one thing.

A root is a word without its ending, crudely, the same for "ships", "shipped" and "shipping". It
is no dictionary form and is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from callcoach.measure.language import word_set
from callcoach.measure.lexicon import EMPTY, LISTENING
from callcoach.measure.masking import FILLERS, NUMBER, alike

_IRREGULAR = {
    form: base
    for base, forms in {
        "fall": "fell fallen", "lose": "lost loss losses", "break": "broke broken breakage breakages",
        "buy": "bought", "sell": "sold sale sales", "pay": "paid", "leave": "left", "spend": "spent",
        "feel": "felt", "find": "found", "run": "ran", "write": "wrote written", "send": "sent",
        "build": "built", "drive": "drove driven", "grow": "grew grown growth", "catch": "caught",
        "teach": "taught", "stick": "stuck", "choose": "chose chosen choice", "forget": "forgot forgotten",
        "freeze": "froze frozen", "steal": "stole stolen theft thefts", "wear": "wore worn", "tear": "tore torn",
        "throw": "threw thrown", "ring": "rang rung", "speak": "spoke spoken speech", "swap": "swapped",
        "hold": "held", "sit": "sat", "stand": "stood", "win": "won", "lead": "led", "meet": "met",
        "hear": "heard", "hide": "hid hidden", "shake": "shook shaken", "rise": "rose risen",
        "begin": "began begun", "deal": "dealt", "dig": "dug", "hang": "hung", "shut": "shutting",
        "child": "children", "man": "men", "woman": "women", "foot": "feet", "staff": "staffing staffed",
        "person": "persons", "shelf": "shelves", "die": "died dying dead death", "lie": "lied lying",
        "fly": "flew flown flies flight", "sign": "signature signatures signing", "deliver": "delivery deliveries",
        "arrive": "arrival arrivals", "fail": "failure failures", "weigh": "weight weights",
        "complain": "complaint complaints", "bill": "billing", "receive": "receipt receipts",
    }.items()
    for form in forms.split()
}  # fmt: skip
_INFLECTIONS = (("ings", 3), ("ing", 3), ("ed", 3), ("es", 3), ("s", 3))  # ending, letters left at least
_DERIVATIONS = (
    ("ation", 4), ("ment", 3), ("ion", 4), ("al", 5), ("or", 4), ("er", 4), ("ness", 4), ("ly", 4),
)  # fmt: skip
_GENERIC = word_set(
    """use work happen keep run handle find start kind sort lot moment current currently present week month year
    hour minute morning afternoon evening night today tomorrow yesterday tonight now soon often usually mostly
    everything anything something nothing everyone anyone someone place name call talk ask answer question word
    guy guys folks side end point case fact idea reason example number amount whole rest half main
    big small good bad better best new old next last first second other different able sure okay fine
    actually honestly basically obviously probably maybe perhaps quite pretty rather kinda sorta
    try let turn bring move hold leave set put keep happy interesting love like know mean think thank thanks
    couple bunch plenty around roughly nearly almost exactly especially instead also else together altogether
    hello hey bye goodbye yep nope nah please sorry cheers welcome
    long far near high low open close full real true right wrong clear ready hard easy
    am pm ok us mr mrs ms dr per cent percent"""
)
_NUMBERS = word_set(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen"""
)
_DOUBLED = re.compile(r"([bdfglmnprtz])\1$")


@lru_cache(maxsize=1 << 15)
def root(word: str) -> str:
    """A plain word without its ending.

    >>> {root(word) for word in ("ship", "ships", "shipped", "shipping", "shipment")}
    {'ship'}
    >>> root("typing") == root("types"), root("fell") == root("falling")
    (True, True)
    """
    word = _IRREGULAR.get(word, word)
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    elif not word.endswith("ss"):
        word = _without(word, _INFLECTIONS)
    word = _without(word, _DERIVATIONS)
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return _DOUBLED.sub(r"\1", word)


def _without(word: str, endings: tuple[tuple[str, int], ...]) -> str:
    for ending, least in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1 << 15)
def content_root(word: str) -> str:
    """The root of a plain word that says what a sentence is about; empty for every other word.

    Numbers count from two on, since "two days where?" takes up "we lose two days". General words
    ("use", "week", "good") and grammar do not.

    >>> content_root("approvals"), content_root("the"), content_root("week"), content_root("two")
    ('approv', '', '', 'two')
    """
    if not word or word in FILLERS:
        return ""
    if word in _NUMBERS or (word[0].isdigit() and word not in ("1", "0")):
        return word
    same = alike(word)
    if same == NUMBER:
        return word
    if len(word) < 3 or same in EMPTY or same in LISTENING:
        return ""
    found = root(same)
    return "" if same in _GENERIC or found in _GENERIC_ROOTS or "'" in found else found


_GENERIC_ROOTS = frozenset(root(word) for word in sorted(_GENERIC))


def is_number(found: str) -> bool:
    """Whether a content root is a number."""
    return found in _NUMBERS or found[:1].isdigit()


def content_roots(words: Iterable[str]) -> frozenset[str]:
    """What a stretch of plain words is about."""
    return frozenset(filter(None, map(content_root, words)))
