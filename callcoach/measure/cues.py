"""Cues: how people usually say what a label stands for, written by hand in `data/cues.txt`.

::

    what|how .. happens when|if          "so what usually happens, you know, when it rains"
                                             ^^^^         ^^^^^^^            ^^^^

A cue is a sign and no rule: the taggers learn how far each can be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from callcoach.measure.language import word_set
from callcoach.measure.lexicon import CLASS_OF, concepts, stem
from callcoach.measure.masking import alike

REACH = 4  # other words between two of a cue, at most, unless ".." stands between them
_PATH = Path(__file__).resolve().parent / "data" / "cues.txt"
_FAR = 1 << 20
_COMMON = word_set(
    """a an and any are at be by can could do does for go good have how i i'm in is it just like me my of on or our so that
    the then there they think this to up was we were what when where who with would you you're your if ^ $ it's that's"""
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Alternatives per place, and how far each may be from the place before."""

    label: str
    number: int
    places: tuple[frozenset[str], ...]
    reaches: tuple[int, ...]


def atoms_of(words: Sequence[str], starts: Iterable[int]) -> dict[str, list[int]]:
    """Positions of everything that a cue can name: stems, concepts, classes, starts and the end."""
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        for atom in _atoms(word):
            found.setdefault(atom, []).append(at)
    if words:
        found["^"] = sorted({-1, *(start - 1 for start in starts)})
        found["$"] = [len(words)]
    return found


@lru_cache(maxsize=1 << 15)
def _atoms(word: str) -> tuple[str, ...]:
    root = stem(word)
    named = [f"@{name}" for name in concepts().get(root, ())]
    kind = CLASS_OF.get(word)
    return (root, *named, *([f"%{kind}"] if kind else ()))


def cues_in(words: Sequence[str], starts: Iterable[int]) -> list[Cue]:
    """The cues that an utterance holds, in the order of the file.

    Parameters
    ----------
    words : sequence of str
        Masked words of one utterance.
    starts : iterable of int
        Where sentences start by punctuation, besides the first.
    """
    atoms = atoms_of(words, starts)
    index, cues = _index()
    likely = sorted({number for atom in atoms if atom in index for number in index[atom]})
    return [cues[number] for number in likely if _holds(cues[number], atoms)]


def _holds(cue: Cue, atoms: dict[str, list[int]]) -> bool:
    ends: list[int] | None = None
    for place, reach in zip(cue.places, cue.reaches, strict=True):
        here = sorted({at for atom in place if atom in atoms for at in atoms[atom]})
        if ends is not None:
            here = [at for at in here if any(end < at <= end + 1 + reach for end in ends)]
        if not here:
            return False
        ends = here
    return True


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, list[int]], tuple[Cue, ...]]:
    """Every cue, by the atoms of the place that the fewest utterances have."""
    cues = tuple(_read())
    index: dict[str, list[int]] = {}
    for at, cue in enumerate(cues):
        rarest = min(cue.places, key=lambda place: (len(place & _COMMON) / len(place), len(place)))
        for atom in rarest:
            index.setdefault(atom, []).append(at)
    return index, cues


def _read() -> Iterable[Cue]:
    for line in _PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, _, text = line.partition(":")
        for number, cue in enumerate(text.split(" / ")):
            places, reaches, reach = [], [], REACH
            for place in cue.split():
                if place == "..":
                    reach = _FAR
                    continue
                places.append(frozenset(map(_same, place.split("|"))))
                reaches.append(0 if places[-1] == {"$"} else reach)
                reach = REACH if places[-1] != {"^"} else 1
            yield Cue(label, number, tuple(places), tuple(reaches))


def _same(atom: str) -> str:
    return atom if atom[0] in "@%^$#" else stem(alike(atom))
