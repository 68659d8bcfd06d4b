"""Regular expressions that are asked only of texts that hold a word they cannot do without.

::

    \\b(?:sav\\w+|cut) (?:us|me)        what a match cannot do without: a word in sav… or "cut", then …
    "we talked about it on Friday"    none of them: no match, and the expression never runs

What a match cannot do without is read off the expression itself; one from which nothing can be
read is simply asked. So a screened expression finds what the plain one finds, sooner. All screens
are looked at together: each way of matching is a bit, and a text holds the bits of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from operator import or_

from callcoach.measure.last import forgets
from callcoach.measure.screen_keys import KEY_LETTERS, MORE, MOST_SETS, NUMBER, Keys, needed

_WORD = re.compile(r"\w+")
_CAPTURES = re.compile(r"(\\.|\[(?:\\.|[^\]\\])+\])|\((?!\?)")
_Way = tuple[Keys, ...]


class _Board:
    """One bit for every way in which a screened expression can match, `MOST_SETS` times over.

    ::

        way                       1   2   3   | 1   2   3   | ...
        set that a word is of     first         second

    A way is open to a text whose words fill its bit in every part; where it needs fewer sets, its
    bits in the other parts are always filled.
    """

    def __init__(self) -> None:
        self._ways: list[_Way] = []
        self._table: tuple[dict[str, int], dict[str, int], int] | None = None

    def add(self, ways: Iterable[_Way]) -> int:
        """Note the ways of one more expression; its bits."""
        first = len(self._ways)
        self._ways += ways
        self._table = None
        self.forget()
        return (1 << len(self._ways)) - (1 << first)

    def forget(self) -> None:
        """Let go of what is kept of texts."""
        _filled.cache_clear()
        open_ways.cache_clear()

    def table(self) -> tuple[dict[str, int], dict[str, int], int]:
        """The bits that a whole word fills, and its beginning, and those that are always filled."""
        if self._table is None:
            whole: dict[str, int] = {}
            begun: dict[str, int] = {}
            always = 0
            for at, way in enumerate(self._ways):
                for part in range(MOST_SETS):
                    bit = 1 << part * len(self._ways) + at
                    for key in way[part] if part < len(way) else ():
                        kept = begun if key.endswith(MORE) else whole
                        kept[key.removesuffix(MORE)] = kept.get(key.removesuffix(MORE), 0) | bit
                    always |= bit if part >= len(way) else 0
            self._table = whole, begun, always
        return self._table

    def open(self, words: Iterable[str]) -> int:
        """Bits of the ways open to a text."""
        filled = reduce(or_, map(_filled, words), self.table()[2])
        n = len(self._ways)
        found = filled & (1 << n) - 1
        for part in range(1, MOST_SETS):
            found &= filled >> part * n
        return found


_BOARD = _Board()


@lru_cache(maxsize=1 << 14)
def open_ways(text: str) -> int:
    """Bits of the ways in which a text may match."""
    return _BOARD.open(text.split())


@lru_cache(maxsize=1 << 14)
def _filled(spaced: str) -> int:
    """Bits that the words of a piece of text without a space fill."""
    whole, begun, _ = _BOARD.table()
    bits = 0
    for word in _WORD.findall(spaced):
        if word[0].isdigit():
            bits |= whole.get(NUMBER, 0)
            continue
        bits |= whole.get(word, 0)
        for n in range(1, min(len(word), KEY_LETTERS) + 1):
            if word[:n] in begun:
                bits |= begun[word[:n]]
    return bits


forgets(_BOARD.forget)


class Screened:
    """A compiled expression behind its screen; searches as `re.Pattern` does.

    Its brackets are there for alternatives: they keep nothing, which makes it quicker. One that
    has to keep what it matches is named: ``(?P<name>…)``.
    """

    __slots__ = ("_bits", "_pattern", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._pattern = re.compile(_CAPTURES.sub(lambda found: found[1] or "(?:", pattern))
        self._bits = _BOARD.add(_merged(needed(pattern) or [()]))

    def may_hold(self, text: str) -> bool:
        """False where the text cannot hold a match."""
        return bool(open_ways(text) & self._bits)

    def search(self, text: str) -> re.Match[str] | None:
        return self._pattern.search(text) if open_ways(text) & self._bits else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._pattern.match(text) if open_ways(text) & self._bits else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._pattern.fullmatch(text) if open_ways(text) & self._bits else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text) if open_ways(text) & self._bits else iter(())

    def sub(self, instead: str, text: str) -> str:
        return self._pattern.sub(instead, text) if open_ways(text) & self._bits else text


class OneOf:
    """Several screened expressions, looked at together: no text that this rules out holds any of them."""

    __slots__ = ("_bits",)

    def __init__(self, screens: Iterable[Screened]) -> None:
        self._bits = reduce(or_, [each._bits for each in screens])

    def may_hold(self, text: str) -> bool:
        return bool(open_ways(text) & self._bits)


def _merged(ways: Iterable[_Way]) -> Iterable[_Way]:
    """Ways that differ in one set alone made one, which any word of either set opens."""
    for place in range(MOST_SETS):
        alike: dict[tuple[_Way, _Way], Keys] = {}
        others = []
        for way in ways:
            if len(way) <= place:
                others.append(way)
                continue
            rest = (way[:place], way[place + 1 :])
            alike[rest] = alike.get(rest, frozenset()) | way[place]
        ways = [*others, *((*before, keys, *after) for (before, after), keys in alike.items())]
    return ways
