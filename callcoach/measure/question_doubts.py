"""Words that look like a question in unmarked speech and ask nobody: repairs, and speech reported.

::

    I have a friend who, uh, has a shop        the subject stands before the auxiliary: a repair
    and they said, well, aren't you coming     asked in the story, not here
    the other one, what is it, Hubbard         looking for a word
    we went down there and had a good time     a verb of its own, not an auxiliary
    one thing I miss is, uh, is the people     the verb of the sentence, said again
"""

from __future__ import annotations

from collections.abc import Sequence

from callcoach.measure.language import any_of, word_set
from callcoach.measure.question_words import AUX, BE, EMBEDS, HAVE, LEAD, PRONOUN, WH

_HESITATES = word_set("um uh er erm ah well like ok okay oh you_know hey no yeah yes so")
_SUBJECTS = (PRONOUN - {"you"}) | word_set(
    "which who people guy guys man woman husband wife mother father kids things thing i've we've they've it's"
    " i'd we'd they'd he'd she'd he's she's that's there's which that"
)
_SAYS = word_set(
    "said say says saying thought think thinking goes going like asked asking asks wonder wondered told telling figured"
)
_SAYERS = word_set(
    "i we they he she people somebody someone everybody everyone you who it's was were i'm they're he's she's and"
)
_LOOKS_FOR_A_WORD = any_of(
    r"^(what|who) (is|was|are|were) (it|that|they|he|she|his|her|the|those)( name| called)?$",
    r"^what (do|did|would) (you|they|we|i) call (it|that|them|him|her|those)$",
    r"^(how|what) (do|should|shall|can|could) i (say|put|call)( it| that| this)?$",
    r"^what('s| is| was) (it|that|his|her|the) ?(name|word|called)?$",
)
_AMOUNTS = word_set("a an all one some most both no")
_PLURAL, _ONE = word_set("we you they"), word_set("he she it that this")
_IS, _ARE = word_set("is was isn't wasn't"), word_set("are were aren't weren't")
_AFTER_THAT = WH | word_set("a an right correct fair ok okay so it something")  # "is that what you mean"
_TOLD = word_set("goes going said says saying asked asks suggested told")
_LISTENERS = word_set("me us him her them")
_INTO = EMBEDS | word_set("in for to at with from by into than")
_REACH = 6  # words back at which a verb of speech can stand


def asks_nobody(words: Sequence[str], at: int, breaks: frozenset[int]) -> bool:
    """Whether the interrogative at `at`, in a sentence without question mark, is only speech about one.

    Parameters
    ----------
    words : sequence of str
        Plain words of the sentence.
    breaks : frozenset of int
        Positions that a comma or a dash stands before.
    """
    return at > 0 and (
        _is_repair(words, at) or _is_reported(words, at, breaks) or _seeks_a_word(words, at, breaks)
    )


def no_inversion(words: Sequence[str], at: int, breaks: frozenset[int]) -> bool:
    """Whether an auxiliary before its seeming subject, in a sentence without question mark, asks nothing."""
    word, then = words[at], words[at + 1]
    leads = all(before in LEAD or not before for before in words[:at])
    if word in HAVE and (then in _AMOUNTS or (not leads and then not in PRONOUN)):
        return True
    if word == "shall" and then == "we" and "say" in words[at + 2 : at + 3]:
        return True
    if leads or not any(place in breaks for place in range(_back(words, at) + 1, at + 1)):
        return False
    if word in ("should", "had"):
        return then in PRONOUN  # "should they ask, we'd help"
    return word in BE and _says_it_again(words, at)


def _says_it_again(words: Sequence[str], at: int) -> bool:
    """Whether a form of "be" after a break is the verb of a sentence that has begun: "it is, uh, is the people"."""
    word, then = words[at], words[at + 1]
    if then == "i" or (word in _IS and then in _PLURAL) or (word in _ARE and then in _ONE):
        return True
    if then == "that":
        return at + 3 < len(words) and words[at + 2] not in _AFTER_THAT  # "is that all"
    return then == "the" and any(before in BE or before.endswith("'s") for before in words[:at])


def goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a question word only leads a part of a sentence on: "what to do", "in, uh, what would be …"."""
    if words[at + 1] == "to":
        return True
    before = _back(words, at)
    return (
        before >= 0 and words[before] in _INTO and words[at + 1] in AUX and words[at + 2 : at + 3] == ("be",)
    )


def _back(words: Sequence[str], at: int) -> int:
    """The nearest place before `at` that is no hesitation; -1 where there is none."""
    before = at - 1
    while before >= 0 and (not words[before] or words[before] in _HESITATES or _you_know(words, before)):
        before -= 2 if _you_know(words, before) else 1
    return max(before, -1)


def _you_know(words: Sequence[str], at: int) -> bool:
    return at > 0 and words[at] == "know" and words[at - 1] == "you"


def _is_repair(words: Sequence[str], at: int) -> bool:
    if words[at] not in AUX:
        return False
    before = _back(words, at)
    if before < 0:
        return False
    same = words[before] == words[at] and before > 0
    return (words[before] in _SUBJECTS and before < at) or (same and words[before - 1] in _SUBJECTS)


def _is_reported(words: Sequence[str], at: int, breaks: frozenset[int]) -> bool:
    """A verb of speech whose speaker is named, with nothing but hesitation up to the interrogative."""
    before = _back(words, at)
    if before < 1 or at - before > _REACH:
        return False
    told = before - (words[before] in _LISTENERS)
    told -= words[told] == "to"
    if words[told] in _TOLD and any(place in breaks for place in range(before + 1, at + 1)):
        return True
    if words[before] not in _SAYS:
        return False
    if words[before - 1] not in _SAYERS and words[max(0, before - 2)] not in _SAYERS:
        return False
    here = words[at] in WH or words[at] in AUX
    return here and not (words[before] in ("think", "say") and words[before - 1] == "you")


def _seeks_a_word(words: Sequence[str], at: int, breaks: frozenset[int]) -> bool:
    """A short question between two breaks, or before the end of an unfinished stretch."""
    if at not in breaks:
        return False
    end = min((place for place in breaks if place > at), default=None)
    if end is None:
        return False
    return _LOOKS_FOR_A_WORD.search(" ".join(word for word in words[at:end] if word)) is not None
