"""Phrases in a short notation, found in sentences of our own plain words.

The notation stands at the top of `phrases.toml` and means what the same tokens mean to spaCy's
Matcher, which tests compare it with on every sentence of the corpus. spaCy itself takes seconds
of the first call to import, and ten times as long for a sentence. A phrase is looked for only in
sentences that hold every word that it cannot do without, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from callcoach.core.errors import BadSettings
from callcoach.measure.language import word_set

_NUMBER = (
    r"\d+|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?(?:one|two|three|four|five|six|seven|eight|nine)"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety"
)
_NUMBERS = re.compile(_NUMBER)
_GROUP = re.compile(r"\(([^()]*)\)(\??)")
_PART = re.compile(r"\{(\w+)\}")
_START, _END = "^", "$"  # words of their own round every sentence: no plain word is a sign
_EVERYWHERE = word_set(
    """a about and any are at be by can could do for go good have how i i'm in is it just like me my of on or our right so
    that the then there they think this to up was we we're what with would yeah you you're your"""
)  # words that tell little about a sentence
_STRETCH_WORDS, _STEP_WORDS = 160, 120  # long sentences are read in stretches: text without full stops


def variants(phrase: str, parts: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """A phrase with its parts put in and one variant per choice of its brackets.

    >>> variants("can|could i (record / turn on)?", {})
    (('can|could', 'i', 'record'), ('can|could', 'i', 'turn', 'on'), ('can|could', 'i'))
    """
    try:
        text = _PART.sub(lambda match: parts[match[1]], phrase)
    except KeyError as error:
        raise BadSettings(
            f"{{…}} in a phrase must name one of the parts; found {error}; add it to them"
        ) from error
    return tuple(dict.fromkeys(_choices(text)))


def _choices(text: str) -> Iterable[tuple[str, ...]]:
    group = _GROUP.search(text)
    if group is None:
        yield tuple(text.split())
        return
    for choice in (*group[1].split(" / "), *([""] if group[2] else [])):
        yield from _choices(f"{text[: group.start()]} {choice} {text[group.end() :]}")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One item of a variant: the words it allows, and how often it comes.

    Parameters
    ----------
    words : frozenset of str or None
        None where any word will do.
    number : bool
        Whether numbers are allowed besides.
    """

    words: frozenset[str] | None
    number: bool
    may_miss: bool
    may_repeat: bool


@lru_cache(maxsize=4096)
def item(text: str) -> Item:
    """One item of a variant as it is written.

    >>> item("okay+")
    Item(words=frozenset({'okay'}), number=False, may_miss=False, may_repeat=True)
    """
    if text == "...":
        return Item(None, False, True, True)
    words, times = _words(text)
    allowed = None if words == ["_"] else frozenset(words) - {"#"}
    return Item(allowed, "#" in words, times in ("?", "*"), times in ("*", "+"))


def place_of(variants: Iterable[Sequence[Item]], words: Sequence[str]) -> tuple[int, int] | None:
    """The first place in the words that one of the variants matches, the longest that starts there.

    A bit of an integer stands for every position of a word, and for every one a match has come to.
    """
    positions: dict[str, int] = {}
    for at, word in enumerate(words):
        positions[word] = positions.get(word, 0) | 1 << at
    everywhere = (1 << len(words)) - 1
    allowed: dict[Item, int] = {}
    best: tuple[int, int] | None = None
    for items in variants:
        wheres = []
        for each in items:
            if each not in allowed:
                allowed[each] = everywhere if each.words is None else _where(each, positions)
            if not allowed[each] and not each.may_miss:
                break
            wheres.append(allowed[each])
        else:
            for start in range(len(words) if best is None else best[0] + 1):
                come = 1 << start
                for each, where in zip(items, wheres, strict=True):
                    come = _past(come, each, where)
                    if not come:
                        break
                end = come.bit_length() - 1
                if end > start:
                    if best is None or start < best[0] or end > best[1]:
                        best = (start, end)
                    break
    return best


def _where(item: Item, positions: dict[str, int]) -> int:
    """Positions of the words that an item allows, none of which is any word."""
    found = 0
    for word in (item.words or frozenset()) & positions.keys():
        found |= positions[word]
    if item.number:
        for word, where in positions.items():
            if _is_number(word):
                found |= where
    return found


@lru_cache(maxsize=1 << 14)
def _is_number(word: str) -> bool:
    return _NUMBERS.fullmatch(word) is not None


def _past(come: int, item: Item, where: int) -> int:
    """Positions that a match has come to after one more item."""
    step = (come & where) << 1
    if item.may_repeat:
        more = step
        while more:
            more = (more & where) << 1 & ~step
            step |= more
    return come | step if item.may_miss else step


def _words(text: str) -> tuple[list[str], str]:
    """The words that an item allows, and its sign of how often: ``?``, ``*``, ``+`` or none."""
    times = text[-1] if len(text) > 1 and text[-1] in "?*+" else ""
    return text.removesuffix(times).split("|"), times


def needed(variant: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Sets of words of each of which a sentence must hold one, in this order, for a variant to match.

    >>> [sorted(words) for words in needed(("^", "so*", "hard|full", "stop", "#"))]
    [['full', 'hard'], ['stop']]
    """
    sets = []
    for each in variant:
        words, times = _words(each)
        if each != "..." and times not in ("?", "*") and not {"#", "_", _START, _END} & set(words):
            sets.append(frozenset(words))
    return tuple(sets)


def _rarest(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """The set whose words the fewest sentences should hold."""
    return min(sets, key=lambda words: (len(words & _EVERYWHERE), len(words), sorted(words)))


def _in_order(sets: Sequence[frozenset[str]], words: Sequence[str]) -> bool:
    """Whether the words hold one of each set, one after the other."""
    left = iter(words)
    return all(any(word in each for word in left) for each in sets)


@dataclass(frozen=True, slots=True)
class Shown:
    """Words ``[start, end)`` of a sentence that show `label`."""

    label: str
    start: int
    end: int


_Key = tuple[str, int | None]  # a label and the number of its phrase; None for all that rule it out


class PhraseBook:
    """The phrases of several labels, found together.

    Parameters
    ----------
    labels : mapping of str to (shows, unless)
        Phrases in the notation, by label.
    parts : mapping of str to str, optional
        What stands for ``{name}`` in them.

    Raises
    ------
    BadSettings
        A phrase without a word that cannot be missing, or with an unknown part.
    """

    def __init__(
        self,
        labels: Mapping[str, tuple[Sequence[str], Sequence[str]]],
        *,
        parts: Mapping[str, str] | None = None,
    ) -> None:
        parts = parts or {}
        self._labels = tuple(labels)
        self._phrases: dict[_Key, tuple[tuple[Item, ...], ...]] = {}
        self._places: dict[str, set[tuple[_Key, tuple[frozenset[str], ...]]]] = {}
        for label, (shows, unless) in labels.items():
            self._phrases[label, None] = tuple(
                tuple(map(item, variant)) for phrase in unless for variant in variants(phrase, parts)
            )
            for number, phrase in enumerate(shows):
                key = (label, number)
                written = variants(phrase, parts)
                self._phrases[key] = tuple(tuple(map(item, variant)) for variant in written)
                for sets in map(needed, written):
                    if not sets:
                        raise BadSettings(
                            f"a phrase must have a word that cannot be missing; one of {label} has none: name one"
                        )
                    for word in _rarest(sets):
                        self._places.setdefault(word, set()).add((key, sets))

    def find(self, words: Sequence[str]) -> tuple[Shown, ...]:
        """What a sentence of plain words shows: at most the first, longest place of each label."""
        likely = self.likely(words)
        if not likely:
            return ()
        found = (
            self._place(label, [key for key in likely if key[0] == label], words) for label in self._labels
        )
        return tuple(place for place in found if place is not None)

    def likely(self, words: Sequence[str]) -> set[_Key]:
        """Phrases, as label and number, that find every word they need in a sentence, in its order."""
        said = frozenset(words)
        likely: set[_Key] = set()
        for word in said & self._places.keys():
            for key, sets in self._places[word]:
                if key not in likely and _in_order(sets, words):
                    likely.add(key)
        return likely

    def _place(self, label: str, keys: Sequence[_Key], words: Sequence[str]) -> Shown | None:
        if not keys:
            return None
        at = [place for place, word in enumerate(words) if word]
        for begin in range(0, max(1, len(at) - (_STRETCH_WORDS - _STEP_WORDS)), _STEP_WORDS):
            stretch = at[begin : begin + _STRETCH_WORDS]
            start = [_START] if begin == 0 else []
            end = [_END] if stretch[-1] == at[-1] else []
            said = [*start, *(words[place] for place in stretch), *end]
            place = place_of((variant for key in keys for variant in self._phrases[key]), said)
            if place is None or place_of(self._phrases[label, None], said) is not None:
                continue
            first = max(0, place[0] - len(start))
            last = min(len(stretch), place[1] - len(start))
            return Shown(label, stretch[first], stretch[last - 1] + 1)
        return None
