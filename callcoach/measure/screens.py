"""Regular expressions that are asked only of texts that hold a word they cannot do without.

::

    \\b(?:sav\\w+|cut) (?:us|me)        what a match cannot do without: a word in sav… or "cut"
    "we talked about it on Friday"    none of them: no match, and the expression never runs

What a match cannot do without is read off the expression itself; one from which nothing can be
read is simply asked. So a screened expression finds what the plain one finds, sooner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from callcoach.measure.last import forgets
from callcoach.measure.screen_keys import KEY_LETTERS, NUMBER, Keys, needed

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1 << 14)
def beginnings(text: str) -> Keys:
    """How the words of a text begin, by their first letters.

    >>> sorted(beginnings("i'll have saved us"))
    ['have', 'i', 'll', 'save', 'us']
    """
    return frozenset([NUMBER if word[0].isdigit() else word[:KEY_LETTERS] for word in _WORD.findall(text)])


forgets(beginnings.cache_clear)


class Screened:
    """A compiled expression behind its screen; searches as `re.Pattern` does."""

    __slots__ = ("_first", "_further", "_pattern")

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)
        ways = needed(pattern)
        self._further: dict[str, tuple[tuple[Keys, ...], ...]] | None = None
        if ways is not None:
            further: dict[str, set[tuple[Keys, ...]]] = {}
            for first, *others in ways:
                for key in first:
                    further.setdefault(key, set()).add(tuple(others))
            self._further = {key: tuple(sorted(sets, key=len)) for key, sets in further.items()}
        self._first: Keys = frozenset(self._further or ())

    @property
    def pattern(self) -> str:
        return self._pattern.pattern

    def may_hold(self, text: str) -> bool:
        """False where the text cannot hold a match."""
        if self._further is None:
            return True
        said = beginnings(text)
        if self._first.isdisjoint(said):
            return False
        for key in self._first & said:
            for others in self._further[key]:
                for keys in others:
                    if keys.isdisjoint(said):
                        break
                else:
                    return True
        return False

    def search(self, text: str) -> re.Match[str] | None:
        return self._pattern.search(text) if self.may_hold(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._pattern.match(text) if self.may_hold(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._pattern.fullmatch(text) if self.may_hold(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text) if self.may_hold(text) else iter(())

    def sub(self, instead: str, text: str) -> str:
        return self._pattern.sub(instead, text) if self.may_hold(text) else text
