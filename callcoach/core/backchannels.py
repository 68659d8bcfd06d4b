"""What only listens: "mm-hm", "right", "okay, got it". The closed list, and the words that fit it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from callcoach.core.edges import TIME_TOLERANCE_S

BACKCHANNEL_MAX_S = 1.0
BACKCHANNEL_MAX_WORDS = 3

BACKCHANNELS: frozenset[tuple[str, ...]] = frozenset(
    tuple(phrase.split())
    for phrase in """
    mm|mmm|mhm|mhmm|mmhm|mmhmm|mm hm|mm hmm|hm|hmm|hmhm|uhhuh|uh huh|huh|ah|aha|oh|ooh|wow
    yeah|yep|yup|yes|ya|right|okay|ok|kay|alright|all right|sure|exactly|absolutely|definitely|indeed|true
    really|great|good|nice|cool|lovely|perfect|brilliant|gotcha|got it|i see|i know|of course|fair enough
    makes sense|that makes sense|that's right|thats right|that's true|thats true|go on|very good
    """.replace("\n", "|").split("|")
    if phrase.strip()
)
"""The closed list. A back-channel is made of these alone, three words in all at most."""

_LONGEST_PHRASE = max(len(phrase) for phrase in BACKCHANNELS)
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """A word for comparing: lower case, no punctuation round it, no hyphens, straight apostrophes.

    >>> plain("Mm-hm,"), plain("that’s")
    ('mmhm', "that's")
    """
    return _EDGES.sub("", word.casefold().replace("’", "'")).replace("-", "")


def says_backchannel(words: Iterable[str]) -> bool:
    """Whether the words are a back-channel by the closed list alone.

    >>> says_backchannel(["Yeah,", "I", "see."]), says_backchannel(["Right,", "so"])
    (True, False)
    """
    if type(words) is tuple and len(words) <= BACKCHANNEL_MAX_WORDS:
        return _short_backchannel(words)
    return _is_made_of_list(words)


@lru_cache(maxsize=1 << 14)
def _short_backchannel(words: tuple[str, ...]) -> bool:
    """Short tellings come again and again."""
    return _is_made_of_list(words)


def _is_made_of_list(words: Iterable[str]) -> bool:
    said: list[str] = []
    for word in map(plain, words):
        if word:
            said.append(word)
            if len(said) > BACKCHANNEL_MAX_WORDS:
                return False
    if not said:
        return False
    reachable = {0}
    for start in range(len(said)):
        if start in reachable:
            reachable |= {
                start + length
                for length in range(1, _LONGEST_PHRASE + 1)
                if tuple(said[start : start + length]) in BACKCHANNELS and start + length <= len(said)
            }
    return len(said) in reachable


def is_backchannel(words: Sequence[str] | None, duration_s: float | None) -> bool:
    """Whether a short piece is one in itself; where it stands is for `floor.take_floor` to judge.

    Parameters
    ----------
    words : sequence of str or None
        None without text: length alone decides.
    duration_s : float or None
        None without word times: the list alone decides.
    """
    if duration_s is None and words is None:
        return False
    if duration_s is not None and duration_s > BACKCHANNEL_MAX_S + TIME_TOLERANCE_S:
        return False
    return words is None or says_backchannel(words)
