"""Words of a call made fit to be said again: a short quote, an echo, a thing that was named.

Grammatical safety comes first: words are quoted, not inflected. A quote is a run of words as they
were said, cut at a pause. An echo turns "we lose two days" into "you lose two days", which a rep can
say. A thing is a noun that stands right after its article and before a word that cannot go on with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from callcoach.coach.rules import FORBIDDEN
from callcoach.coach.small_words import (
    AFTER_NOUN,
    ARTICLES,
    ASKERS,
    CLOSERS,
    DANGLING,
    DELICATE,
    FILLERS,
    FIRST,
    NAME_STOP,
    NO_ECHO,
    NUMBER_WORDS,
    OPENERS,
    PAUSED_OPENERS,
    POLITE,
    PRONOUNS,
    SECOND,
    SMALL,
    SPLITS,
    SUPPOSES,
    TAKES_BACK,
    TO_SECOND,
    VAGUE,
)

_EDGES = " \t.,;:!?-–—…\"'()[]"
_PAUSE = re.compile(r"[.?!;:,–—…]$|-$")
_STOP = re.compile(r"[.?!;…]$")
_FULL_STOP = re.compile(r"(?<!\.)[.?!]$")


class Clip(NamedTuple):
    """A run of words as shown, and its offsets in the words that it was cut from."""

    text: str
    start: int
    end: int


def plain(word: str) -> str:
    """Lower case without the marks around it."""
    return word.strip(_EDGES).replace("’", "'").casefold()


def content(words: Collection[str]) -> frozenset[str]:
    """Words that carry a meaning of their own, lower case."""
    return frozenset(
        w for w in map(plain, words) if len(w) > 2 and w not in SMALL and w not in OPENERS | PAUSED_OPENERS
    )


def clip(
    words: Sequence[str],
    *,
    at_most: int,
    at_least: int = 3,
    around: Collection[str] = (),
    prefer: tuple[int, int] | None = None,
    asking: bool = False,
    min_content: int = 1,
) -> Clip | None:
    """The best short run of a turn's words, as said; None where nothing short stands by itself.

    Parameters
    ----------
    around : collection of str
        Lower-case words that the quote had better hold.
    prefer : (int, int), optional
        Word offsets that it had better come from.
    asking : bool
        Whether it must be a question.
    min_content : int
        Words of its own meaning that it must hold; one is enough where it comes from what is preferred.
    """
    best, best_value = None, (-1, -1, -1)
    marked = any(word.endswith("?") for word in words)
    for first, last in _runs(words, at_most):
        start, end = _trimmed(words, first, last)
        if not at_least <= end - start <= at_most or _falls_apart(words[start:end], cut=start > first):
            continue
        if _means_else(words, start, end) or (asking and not _asks(words[start:end], marked=marked)):
            continue
        text = _shown(words[start:end])
        if FORBIDDEN.search(text) or FILLERS & {plain(word) for word in words[start:end]}:
            continue
        found = content(words[start:end])
        inside = 1 if prefer and start < prefer[1] and prefer[0] < end else 0
        value = (len(found & frozenset(around)), inside, min(len(found), 5))
        if value > best_value and len(found) >= (1 if inside else min_content):
            best, best_value = Clip(text, start, end), value
    return best


def shortened(quote: str, *, at_most: int) -> str:
    """A quote of at most so many words: its best clause, else its beginning with an ellipsis.

    >>> shortened("so the list that we print is out of date before the van leaves", at_most=6)
    'the list that we print…'
    """
    words = quote.split()
    found = clip(words, at_most=at_most, at_least=1)
    if found is not None or len(words) <= at_most:
        return found.text if found else _shown(words)
    start, end = _trimmed(words, 0, at_most)
    return f"{_shown(words[start:end])}…"


def echo(text: str) -> str | None:
    """A customer's clause as a rep would say it back, without a full stop; None where that is not safe.

    Examples
    --------
    >>> echo("We lose two days on approvals")
    'you lose two days on approvals'
    >>> echo("I was told to wait")
    'you were told to wait'
    >>> echo("I told you we lose two days") is None
    True
    """
    tokens = text.split()
    bare = [plain(token) for token in tokens]
    first, second = FIRST & set(bare), SECOND & set(bare)
    if "?" in text or POLITE & set(bare) or (first and second) or bare[-1] in SECOND:
        return None
    stem = bare[0].split("'")[0]
    if stem in NO_ECHO or DELICATE & set(bare):
        return None
    turned = [
        turn + _tail(token) if (turn := _turned(word, before)) else token
        for (before, word), token in zip(pairwise(["", *bare]), tokens, strict=True)
    ]
    if stem in SMALL or bare[0] in TO_SECOND or stem in ("nobody", "everybody", "everyone", "somebody"):
        turned[0] = turned[0][0].lower() + turned[0][1:]
    return " ".join(turned).rstrip(".,;:")


def _turned(word: str, before: str) -> str:
    """A word of the first person in the second; empty for others. "I was" becomes "you were"."""
    return "were" if (before, word) == ("i", "was") else TO_SECOND.get(word, "")


def said_back(text: str) -> str:
    """An echo as the opening of a spoken line."""
    starts_clause = text[0].islower() and plain(text.split()[0]) in ("you", "your", "you're", "you've", "the", "it", "it's", "they",
                                                "there's", "nobody", "everyone", "they're")  # fmt: skip
    if starts_clause:
        return f"You said {text}"
    return f"{text[0].upper()}{text[1:]}, you said"


def nouns(words: Sequence[str]) -> list[str]:
    """Things that were named, in order: a word right after its article and before one that ends it.

    Examples
    --------
    >>> nouns("the porters bring the wrong trolley and we wait for the theatre.".split())
    ['theatre']
    >>> nouns("a lot of it is the same".split())
    []
    """
    found = []
    for at, word in enumerate(words[:-1]):
        if plain(word) not in ARTICLES or _PAUSE.search(word):
            continue
        noun = plain(words[at + 1])
        if words[at + 1][:1].isupper():
            continue
        if (
            len(noun) < 4
            or not noun.isalpha()
            or noun in NUMBER_WORDS
            or noun in VAGUE
            or noun in SMALL
            or noun.endswith("ly")
        ):
            continue
        closed = bool(_PAUSE.search(words[at + 1])) or at + 2 == len(words)
        after = "" if closed else plain(words[at + 2])
        if (closed or after in AFTER_NOUN) and not FORBIDDEN.search(noun):
            found.append(noun)
    return found


def first_name(name: str | None) -> str | None:
    """The first name of a speaker, where the label is a name at all."""
    first = (name or "").split()[0] if (name or "").split() else ""
    is_name = first.isalpha() and first[:1].isupper() and first.casefold() not in NAME_STOP
    return first if is_name and len(first) > 1 else None


def _shown(words: Sequence[str]) -> str:
    text = " ".join(words).strip(" ,;:-–—.!…\"'")
    for mark in '“”"':
        text = text.replace(mark, "")
    return text.replace("‘", "'").replace("’", "'")


def _tail(token: str) -> str:
    return token[len(token.rstrip(_EDGES)) :]


def _sentences(words: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        parts[-1].append(word)
        if _STOP.search(word):
            parts.append([])
    return [part for part in parts if part]


def _runs(words: Sequence[str], at_most: int) -> list[tuple[int, int]]:
    """Sentences, then parts between pauses, then parts between conjunctions; no run crosses a full stop."""
    runs: list[tuple[int, int]] = []
    for at_stop, at_word in ((_STOP, False), (_PAUSE, False), (_PAUSE, True)):
        start = 0
        for at, word in enumerate(words):
            if at_word and at > start and plain(word) in SPLITS:
                runs.append((start, at))
                start = at
            if at_stop.search(word):
                runs.append((start, at + 1))
                start = at + 1
        if start < len(words):
            runs.append((start, len(words)))
    return [run for run in dict.fromkeys(runs) if run[1] - run[0] <= at_most + 4]


def _trimmed(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    while start < end and (
        plain(words[start]) in OPENERS
        or (plain(words[start]) in PAUSED_OPENERS and _PAUSE.search(words[start]))
    ):
        start += 1
    while end > start and plain(words[end - 1]) in (
        DANGLING if _FULL_STOP.search(words[end - 1]) else CLOSERS
    ):
        end -= 1
    return start, end


def _falls_apart(words: Sequence[str], *, cut: bool) -> bool:
    """Whether a run starts or stumbles in a way that nobody would quote."""
    bare = [plain(word) for word in words]
    if cut and bare[0] in ("that", "as", "than", "which", "who"):
        return True
    if bare[0] == "that" and len(bare) > 1 and bare[1].split("'")[0] in PRONOUNS:
        return True
    restarts = any(a == c and a in PRONOUNS for a, c in zip(bare, bare[2:], strict=False))
    if restarts or ("i", "mean") in pairwise(bare) or ("you", "know") in pairwise(bare):
        return True
    return any(a == b or (a in SPLITS and b in SPLITS) for a, b in pairwise(bare))


def _means_else(words: Sequence[str], start: int, end: int) -> bool:
    """Whether what stands around a run takes it back, supposes it or offers another.

    "It looks good" of "it looks good, but not at that price"; "we sign" of "if he agrees, we sign".
    """
    after = plain(words[end]) if end < len(words) else ""
    if after in TAKES_BACK:
        return True
    if after in SUPPOSES | {"or"} and not _STOP.search(words[end - 1]):
        return True
    before = start
    while before > 0 and not _STOP.search(words[before - 1]):
        before -= 1
    earlier = [plain(word) for word in words[before:start]]
    return bool(SUPPOSES & set(earlier)) or earlier[-1:] == ["or"]


def is_question(words: Sequence[str]) -> bool:
    """Whether words are one question and nothing else."""
    return bool(words) and words[-1].endswith("?") and not any(_STOP.search(word) for word in words[:-1])


def _asks(words: Sequence[str], *, marked: bool) -> bool:
    """A question by its mark, or by its first word where nothing is marked."""
    return words[-1].endswith("?") if marked else plain(words[0]) in ASKERS
