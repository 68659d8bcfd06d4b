"""Cues: how people usually say what a label stands for, written by hand in `data/cues.txt`.

::

    what|how .. happens when|if          "so what usually happens, you know, when it rains"
                                             ^^^^         ^^^^^^^            ^^^^

A cue is a sign and no rule: the taggers learn how far each can be trusted. All of them are looked
for at once, word by word: one bit of an integer for every place of every cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from pathlib import Path

from callcoach.measure.lexicon import CLASS_OF, concepts, stem
from callcoach.measure.masking import alike

REACH = 4  # other words between two of a cue, at most, unless ".." stands between them
_START_WORDS = 2  # the first place of a cue that begins a sentence is one of this many words
_PATH = Path(__file__).resolve().parent / "data" / "cues.txt"
_START, _END, _FAR = "^", "$", ".."


@dataclass(frozen=True, slots=True)
class Cue:
    """Alternatives per place, and whether each may be anywhere after the place before.

    `at_start` cues begin where a sentence does, `at_end` ones end with the utterance.
    """

    label: str
    places: tuple[frozenset[str], ...]
    far: tuple[bool, ...]
    at_start: bool
    at_end: bool


@dataclass(frozen=True, slots=True)
class _Board:
    """One bit for every place of every cue, in the order of the file.

    Parameters
    ----------
    cues : tuple of Cue
        By place: the cue that it belongs to.
    first, shown, shown_by_last : int
        First places; last ones; those last ones that the last word has to fill.
    then_far, then_near : int
        Places whose next may be anywhere after, or has to be near.
    anywhere, at_start : dict of str to int
        Places that a stem, a concept or a class fills anywhere, or only where a sentence begins.
    """

    cues: tuple[Cue, ...]
    first: int
    shown: int
    shown_by_last: int
    then_far: int
    then_near: int
    anywhere: dict[str, int]
    at_start: dict[str, int]


def cues_in(words: Sequence[str], starts: Iterable[int]) -> list[Cue]:
    """The cues that an utterance holds, in the order of the file.

    Parameters
    ----------
    words : sequence of str
        Masked words of one utterance.
    starts : iterable of int
        Where sentences start by punctuation, besides the first.
    """
    board = _board()
    first, then_far, then_near = board.first, board.then_far, board.then_near
    begins = {start + step for start in (0, *starts) for step in range(_START_WORDS)}
    filled = here = a = b = c = d = e = 0  # what is filled at all, by this word, by the REACH + 1 before it
    for at, (fills, fills_start) in enumerate(map(_filled_by, words)):
        if fills_start and at in begins:
            fills |= fills_start
        a, b, c, d, e = b, c, d, e, here
        here = 0
        if fills:
            here = fills & (first | (filled & then_far | (a | b | c | d | e) & then_near) << 1)
            filled |= here
    left = filled & board.shown | here & board.shown_by_last
    found = []
    while left:
        lowest = left & -left
        found.append(board.cues[lowest.bit_length() - 1])
        left ^= lowest
    return found


@lru_cache(maxsize=1 << 15)
def _filled_by(word: str) -> tuple[int, int]:
    """The places that a word fills anywhere, and those it fills only where a sentence begins."""
    root = stem(word)
    atoms = [root, *(f"@{name}" for name in concepts().get(root, ())), f"%{CLASS_OF.get(word)}"]
    board = _board()
    anywhere, at_start = (
        reduce(or_, (where.get(atom, 0) for atom in atoms)) for where in (board.anywhere, board.at_start)
    )
    return anywhere, at_start


@lru_cache(maxsize=1)
def _board() -> _Board:
    cues: list[Cue] = []
    first = shown = shown_by_last = then_far = then_near = 0
    fills: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for cue in _read():
        first |= 1 << len(cues)
        for number, place in enumerate(cue.places):
            bit = 1 << len(cues)
            cues.append(cue)
            where = fills[cue.at_start and number == 0]
            for atom in place:
                where[atom] = where.get(atom, 0) | bit
            if number + 1 == len(cue.places):
                shown, shown_by_last = (
                    (shown, shown_by_last | bit) if cue.at_end else (shown | bit, shown_by_last)
                )
            elif cue.far[number + 1]:
                then_far |= bit
            else:
                then_near |= bit
    return _Board(tuple(cues), first, shown, shown_by_last, then_far, then_near, *fills)


def _read() -> Iterable[Cue]:
    for line in _PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, _, text = line.partition(":")
        for cue in text.split(" / "):
            items = cue.split()
            at_start, at_end = items[0] == _START, items[-1] == _END
            items = items[at_start : len(items) - at_end]
            places = tuple(frozenset(map(_same, item.split("|"))) for item in items if item != _FAR)
            far = tuple(bool(at) and items[at - 1] == _FAR for at, item in enumerate(items) if item != _FAR)
            yield Cue(label, places, far, at_start, at_end)


def _same(atom: str) -> str:
    return atom if atom[0] in "@%#" else stem(alike(atom))
