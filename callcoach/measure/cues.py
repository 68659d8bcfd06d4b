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

from callcoach.measure.lexicon import CLASS_OF, concepts, stem
from callcoach.measure.masking import alike

REACH = 4  # other words between two of a cue, at most, unless ".." stands between them
_PATH = Path(__file__).resolve().parent / "data" / "cues.txt"
_FAR = 1 << 20
_OFTEN = """
    ^ 1000 $ 1000 the 515 @people 424 @ourproduct 391 it 366 @agree 323 and 323 #num 318 %BE 281 you 275 a 272
    @limit 265 %WH 260 i 244 that 233 @calendar 228 %MODAL 213 @means 209 @listening 205 to 205 %DO 185 is 181
    @habit 181 in 181 @later 169 on 167 @absolute 146 @decide 137 for 134 of 130 @feeling 125 @trouble 123
    @competitor 123 @screen 122 what 120 so 113 @summary 110 %HAVE 108 @wellbeing 107 one 107 @expensive 107 with
    105 @risk 99 at 98 we 94 @noticed 91 not 84 do 83 me 83 if 80 your 79 my 76 ther 71 be 70 @doubt 69 no 68 have
    66 @amend 64 this 58 yeah 58 @loss 58 i'm 58 then 57 @boss 56 can 55 would 52 how 51 say 51 don't 49 @cut 49
    i've 48 i'd 48 or 48 about 47 want 47 got 45 he 45 are 44 from 44 was 43 like 43 they 42 by 42 need 41 them 40
    when 40 up 40 all 40 see 39 does 38 out 38 first 37 who 37 only 36 right 36 @praise 35 year 34 befor 34 good
    33 know 33 you'r 32 day 32 thing 32 well 31 just 31 tell 31 but 30 an 30 now 29 @record 29 she 29 week 29 go
    29 ok 29 @disparage 29 back 29 time 28 minut 28 can't 28 our 28 come 27 him 27 us 26 @sorry 26 half 25 you'd
    25 as 24 ever 24 will 24 month 23 last 23 peopl 23 hour 23 put 23 down 22 has 22 look 22 get 22 after 21 night
    21 her 21 take 21 over 21 more 20
"""  # of a thousand utterances of the corpus, how many have it: a cue is looked for by its rarest place


@dataclass(frozen=True, slots=True)
class Cue:
    """Alternatives per place, and how far each may be from the place before."""

    label: str
    number: int
    places: tuple[frozenset[str], ...]
    reaches: tuple[int, ...]


def places_of(words: Sequence[str], starts: Iterable[int]) -> dict[str, int]:
    """Where everything is that a cue can name: stems, concepts, classes, starts and the end.

    Returns
    -------
    dict of str to int
        A bit per position, bit 0 before the first word.
    """
    found: dict[str, int] = {}
    for at, word in enumerate(words):
        bit = 2 << at
        for atom in _atoms(word):
            found[atom] = found.get(atom, 0) | bit
    if words:
        found["^"] = 1
        for start in starts:
            found["^"] |= 1 << start
        found["$"] = 2 << len(words)
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
    places = places_of(words, starts)
    index, cues = _index()
    likely = {number for atom in places.keys() & index.keys() for number in index[atom]}
    return [cues[number] for number in sorted(likely) if _holds(cues[number], places)]


def _holds(cue: Cue, places: dict[str, int]) -> bool:
    there = places.keys()
    for wanted in cue.places:  # most fail here, before any order is looked at
        if there.isdisjoint(wanted):
            return False
    ends = 0
    for wanted, reach in zip(cue.places, cue.reaches, strict=True):
        here = 0
        for atom in wanted:
            if atom in places:
                here |= places[atom]
        if ends:
            if reach == _FAR:
                here &= -((ends & -ends) << 1)  # anywhere after the first of them
            else:
                near = 0
                for step in range(1, reach + 2):
                    near |= ends << step
                here &= near
        if not here:
            return False
        ends = here
    return True


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, list[int]], tuple[Cue, ...]]:
    """Every cue, by the atoms of the place that the fewest utterances have."""
    counted = _OFTEN.split()
    often = dict(zip(counted[::2], map(int, counted[1::2]), strict=True))
    cues = tuple(_read())
    index: dict[str, list[int]] = {}
    for at, cue in enumerate(cues):
        rarest = min(cue.places, key=lambda place: (sum(often.get(atom, 5) for atom in place), len(place)))
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
