"""Signs that an utterance asks, in text with or without punctuation.

::

    okay so the list do you keep it by hand or
                     ^^ auxiliary before its subject, and nothing before it that makes it a statement
"""

from __future__ import annotations

from collections.abc import Sequence

from callcoach.measure.lexicon import Lexeme

_AUX = frozenset(("BE", "DO", "HAVE", "MODAL"))
_SUBJECT = frozenset(("YOU", "I", "WE", "IT", "THEY", "THE", "YOUR", "MY", "OUR", "THEIR", "NAME"))
_PERSON = frozenset(("YOU", "I", "WE", "IT", "THEY"))
_BLOCKS = frozenset(
    (
        "YOU",
        "I",
        "WE",
        "THEY",
        "MODAL",
        "YOUBE",
        "IBE",
        "WEBE",
        "THEYBE",
        "ITBE",
        "IT",
        "NEG",
        "THAN",
        "IF",
        "WH",
    )
)
_LEADS = frozenset(("OK", "SO", "AND", "BUT", "NAME"))
_EMBEDS = frozenset(
    [
        "know",
        "see",
        "understand",
        "wonder",
        "is",
        "that's",
        "was",
        "me",
        "us",
        "about",
        "of",
        "on",
        "exactly",
        "just",
        "matter",
        "whatever",
        "tell",
        "ask",
        "show",
        "say",
        "explain",
    ]
)
_TAGS = frozenset(["right", "correct", "no", "ok", "huh", "eh", "yeah", "hey", "or", "innit", "hm"])
_ORDERS = frozenset(["tell", "walk", "talk", "describe", "explain", "help", "give", "show", "run", "take"])
_ORDERED = frozenset(["me", "us", "how", "what", "the", "through", "your", "about", "why", "to", "a"])


def asking_signs(words: Sequence[str], lexemes: Sequence[Lexeme], starts: Sequence[int]) -> list[str]:
    """Named signs, the strongest place of each kind once.

    Parameters
    ----------
    starts : sequence of int
        Positions at which a sentence starts by its punctuation, the first word not among them.
    """
    kinds = [each.name for each in lexemes]
    n = len(kinds)
    begins = {0, *starts}
    signs: set[str] = set()
    lead = True
    for at in range(n):
        kind = kinds[at]
        if at in begins:
            lead = True
        after = kinds[at + 1] if at + 1 < n else ""
        if kind in _AUX and after in _SUBJECT:
            _inverted(words, kinds, at, lead, signs)
        elif kind == "WH":
            _wh(words, kinds, at, lead, signs)
        elif lead and words[at] in _ORDERS and at + 1 < n and words[at + 1] in _ORDERED:
            signs.add("asks order")
        elif lead and words[at] in ("any", "anything", "anyone", "anybody") and n - at <= 9:
            signs.add("asks fragment")
        elif words[at] in ("wondering", "curious"):
            signs.add("asks indirect")
        if lead and kind not in _LEADS:
            lead = False
    if n > 2:
        if words[-1] in _TAGS:
            signs.add(f"asks tag {words[-1]}")
        if kinds[-2] in _AUX and kinds[-1] in _PERSON:
            signs.add("asks tag inverted")
            if words[-2].endswith("n't"):
                signs.add("asks tag negated")
    if not any(sign.startswith("asks") for sign in signs):
        signs.add("asks nothing")
    return sorted(signs)


def _inverted(words: Sequence[str], kinds: list[str], at: int, lead: bool, signs: set[str]) -> None:
    after = kinds[at + 1]
    before = kinds[at - 1] if at else ""
    if before == "WH":
        return
    if lead:
        signs.add(f"asks inverted lead {kinds[at]} {after}")
        signs.add("asks inverted lead")
    elif before in _BLOCKS or words[at - 1] in ("to", "so", "whatever"):
        signs.add("inverted blocked")
    elif after in _PERSON and at + 2 < len(kinds):
        signs.add(f"asks inverted inside {kinds[at]} {after}")
        signs.add("asks inverted inside")
        if before in _LEADS or before == "x":
            signs.add(f"asks inverted inside after {before}")


def _wh(words: Sequence[str], kinds: list[str], at: int, lead: bool, signs: set[str]) -> None:
    n = len(kinds)
    word = words[at]
    after = kinds[at + 1] if at + 1 < n else ""
    then = kinds[at + 2] if at + 2 < n else ""
    previous = words[at - 1] if at else ""
    near = kinds[at + 1 : at + 6]
    aux_at = next((i for i, kind in enumerate(near) if kind in _AUX), None)
    inverted = aux_at is not None and aux_at + 1 < len(near) and near[aux_at + 1] in _SUBJECT
    where = "lead" if lead else "embedded" if previous in _EMBEDS else "inside"
    if after in _AUX and (then in _SUBJECT or lead):
        signs.add(f"asks wh {where}")
        signs.add(f"asks wh {where} {word.split(chr(39))[0]}")
    elif inverted and after not in _PERSON:
        signs.add(f"asks wh noun {where}")
        signs.add(f"asks wh noun {where} {word}")
    elif lead:
        signs.add(f"asks wh plain {word.split(chr(39))[0]}")
        signs.add(f"asks wh plain then {after}")
    elif after not in _PERSON and previous not in _EMBEDS:
        signs.add("wh loose")
