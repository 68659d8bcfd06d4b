"""Whether a rep only repeats what the customer said: words back in their order, with a frame or without.

::

    C  Friday is really not going to happen.
    R  So you said Friday is really not going to happen.     a parrot
    R  So Friday is out, and Monday would be early enough?   not one: it condenses and adds
"""

from __future__ import annotations

import re

from callcoach.measure.dialogue import Line, Saying

SAME_SHARE = 0.8  # of the words in the customer's order

_FRAME = re.compile(
    r"^((so|and|okay|ok|right|well|then|ah|oh|yeah|yes|mm) )*"
    r"((you|you've|you're|you were|you just) ((just|also) )?(said|say|saying|mentioned|told me|tell me|telling me)( that)?"
    r"|what (i heard|i hear|i'm hearing|you said|you're saying) (is|was)( that)?|i (hear|heard)( you say)?( that)?"
    r"|(it )?sounds like( you said)?)\b ?"
)

_PERSON = {
    form: person
    for person, forms in {
        "you": "i we you me us",
        "your": "my our your mine ours yours",
        "you're": "i'm we're you're",
        "you've": "i've we've you've",
        "you'd": "i'd we'd you'd",
        "you'll": "i'll we'll you'll",
        "are": "am are is was were",
    }.items()
    for form in forms.split()
}  # "we lose them" and "you lose them" are the same words


def is_parrot(line: Line, other: Saying) -> bool:
    """Whether the words are the customer's own, in their order, and nothing else but a frame around them."""
    said = [_PERSON.get(word, word) for word in _FRAME.sub("", line.text).split()]
    if not said:
        return True
    for theirs in other.lines:
        words = [_PERSON.get(word, word) for word in theirs.words if word]
        if len(said) < SAME_SHARE * len(words) or len(said) > len(words) / SAME_SHARE:
            continue
        least = SAME_SHARE * len(said)
        if sum(map(frozenset(words).__contains__, said)) >= least and _in_order(said, words) >= least:
            return True
    return False


def _in_order(said: list[str], words: list[str]) -> int:
    """How many words of `said` stand in `words` in the same order."""
    rows = [0] * (len(words) + 1)
    for word in said:
        before = 0
        for at, other in enumerate(words, start=1):
            kept = rows[at]
            rows[at] = before + 1 if word == other else max(rows[at], rows[at - 1])
            before = kept
    return rows[-1]
