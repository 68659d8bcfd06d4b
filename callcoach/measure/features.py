"""Hashed features of a conversation's utterances: words, forms, sentence edges, turns before.

::

    C  we lose two days on approvals                 turns before: words, overlap
    R  So it's | the second signature?               words 1-3, skeleton 2-4, classes 3-5, edges, mark

No vocabulary is kept: a feature is a number between 0 and `SPACE`. Each block of features has
length 1 times its weight, so that long turns do not shout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callcoach.measure.lexicon import EDGE, Lexeme, hashed
from callcoach.measure.said import Said
from callcoach.measure.signs import key_signs, own_signs, place_signs

SPACE_BITS = 18
SPACE = 1 << SPACE_BITS
BLOCKS = (
    "word",
    "gram",
    "skeleton",
    "class",
    "concept",
    "pair",
    "edge",
    "mark",
    "sign",
    "key",
    "rule",
    "cue",
    "before",
    "around",
)
WHOLE = frozenset(("key", "rule", "cue"))  # blocks whose every feature counts in full, however many there are
WEIGHTS = {
    "word": 1.0,
    "gram": 0.6,
    "skeleton": 0.8,
    "class": 0.6,
    "concept": 0.6,
    "pair": 0.7,
    "edge": 0.8,
    "mark": 0.7,
    "sign": 0.8,
    "key": 0.5,
    "rule": 0.7,
    "cue": 0.3,
    "before": 0.35,
    "around": 0.7,
}
PAIR_REACH = 5  # words between the two of a pair, at most
PAIR_STEPS = 14
N_LAST = 25  # words of the turn before that are looked at
_FOLD, _LOW = np.uint64(0x9E3779B1), np.uint64(0xFFFFFFFFFFFF)
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


@dataclass(frozen=True, slots=True)
class Features:
    """Hashed features of the chosen rows as one sparse matrix in coordinate form.

    Parameters
    ----------
    row, column : numpy.ndarray of int64, shape (n,)
    value : numpy.ndarray of float32, shape (n,)
    """

    n_rows: int
    row: np.ndarray
    column: np.ndarray
    value: np.ndarray


def featurise(conversation: Sequence[Said], chosen: Sequence[int], *, alone: bool = False) -> Features:
    """Features of the `chosen` rows of a conversation; the other rows are context, unless `alone`."""
    text = _Text(conversation)
    rows = np.array(chosen, np.int64)
    blocks: list[Block] = [
        *_word_blocks(text, rows),
        ("edge", *_edges(text, rows)),
        ("mark", *_marks(text, rows)),
        *_sign_blocks(conversation, chosen, alone=alone),
    ]
    if not alone:
        blocks.append(("before", *_before(text, rows)))
    numbers, columns, values = [], [], []
    for name, number, value_hash in blocks:
        if not len(number):
            continue
        counts = np.bincount(number, minlength=len(rows))
        numbers.append(number)
        columns.append(_slot(value_hash, name))
        length = np.ones(len(rows)) if name in WHOLE else np.sqrt(np.maximum(counts, 1))
        values.append((WEIGHTS[name] / length).astype(np.float32)[number])
    if not numbers:
        empty = np.zeros(0, np.int64)
        return Features(len(rows), empty, empty, np.zeros(0, np.float32))
    return Features(
        len(rows),
        np.concatenate(numbers),
        np.concatenate(columns),
        np.concatenate(values),
    )


Block = tuple[str, np.ndarray, np.ndarray]  # name, number of the chosen row, hash of the feature


def _slot(value_hash: np.ndarray, name: str) -> np.ndarray:
    mixed = (value_hash ^ np.uint64(hashed(name))) * _MIX[0]
    return (mixed >> np.uint64(64 - SPACE_BITS)).astype(np.int64)


class _Text:
    """The words of a conversation in one row, an edge before and after each utterance.

    ``ids`` point into the arrays of the different words: ``word``, ``kept``, ``kind`` (hashes),
    ``tells`` (whether a later turn can take it up). ``begin`` and ``n`` are an utterance's first
    word and its number of words.
    """

    def __init__(self, conversation: Sequence[Said]) -> None:
        self.said = conversation
        known: dict[Lexeme, int] = {EDGE: 0}
        ids: list[int] = [0]
        for said in conversation:
            ids += [known.setdefault(each, len(known)) for each in said.lexemes]
            ids.append(0)
            ids.append(0)
        self.different = list(known)
        self.ids = np.array(ids[:-1], np.int64)
        self.n = np.array([len(said.lexemes) for said in conversation], np.int64)
        self.begin = np.cumsum(self.n + 2) - self.n - 1
        self.word = np.array([each.word for each in known], np.uint64)
        self.kept = np.array([each.kept for each in known], np.uint64)
        self.kind = np.array([each.kind for each in known], np.uint64)
        self.tells = np.array([bool(each.content) or each.name == "NUM" for each in known])

    def at(self, column: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Values of a column at places of the row of words; past its end, those of the edge."""
        return column[self.ids[np.minimum(places, len(self.ids) - 1)]]

    def spread(self, rows: np.ndarray, *, edges: bool) -> tuple[np.ndarray, np.ndarray]:
        """Number of the row, and place, of every word of the rows."""
        lengths = self.n[rows] + 2 * edges
        numbers = np.repeat(np.arange(len(rows)), lengths)
        steps = np.arange(len(numbers)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return numbers, np.repeat(self.begin[rows] - edges, lengths) + steps


def _ragged(lists: Sequence[Sequence[int]], ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For every id in turn the values of its list: the position in `ids`, and the values."""
    lengths = np.array([len(each) for each in lists], np.int64)
    flat = np.array([value for each in lists for value in each], np.uint64)
    wanted = lengths[ids]
    place = np.repeat(np.arange(len(ids)), wanted)
    steps = np.arange(len(place)) - np.repeat(np.cumsum(wanted) - wanted, wanted)
    return place, flat[np.repeat((np.cumsum(lengths) - lengths)[ids], wanted) + steps]


def _word_blocks(text: _Text, rows: np.ndarray) -> list[Block]:
    """n-grams of words, of the skeleton and of classes, pieces of words and the jobs they do."""
    owners, places = text.spread(rows, edges=True)
    ids = text.ids[places]
    blocks: list[Block] = []
    for name, column, sizes in (
        ("word", text.word, (1, 2, 3)),
        ("skeleton", text.kept, (2, 3, 4)),
        ("class", text.kind, (3, 4, 5)),
    ):
        hashes, numbers = [], []
        singles = column[ids]
        for size in sizes:
            grams = _ngrams(singles, size)
            inside = owners[: len(grams)] == owners[size - 1 :][: len(grams)]
            hashes.append(grams[inside])
            numbers.append(owners[: len(grams)][inside])
        blocks.append((name, np.concatenate(numbers), np.concatenate(hashes)))
    place, jobs = _ragged([each.jobs for each in text.different], ids)
    blocks.append(("concept", owners[place], jobs))
    blocks.append(("pair", *_pairs_of_jobs(place, owners[place], jobs)))
    place, grams = _ragged([each.grams for each in text.different], ids)
    blocks.append(("gram", owners[place], grams))
    return blocks


def _pairs_of_jobs(place: np.ndarray, owner: np.ndarray, jobs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What jobs the words do in pairs, up to `PAIR_REACH` words apart, in order."""
    numbers, hashes = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    for step in range(1, min(PAIR_STEPS + 1, len(jobs))):
        apart = place[step:] - place[:-step]
        close = (apart >= 1) & (apart <= PAIR_REACH) & (owner[step:] == owner[:-step])
        numbers.append(owner[:-step][close])
        hashes.append((jobs[:-step][close] * _MIX[1]) ^ (jobs[step:][close] + _MIX[2]))
    return np.concatenate(numbers), np.concatenate(hashes)


def _ngrams(hashes: np.ndarray, size: int) -> np.ndarray:
    n = len(hashes) - size + 1
    if n <= 0:
        return np.zeros(0, np.uint64)
    mixed = hashes[:n].copy()
    for step in range(1, size):
        mixed = (mixed * _MIX[1]) ^ (hashes[step : step + n] + _MIX[2])
    return mixed + np.uint64(size)


def _sign_blocks(conversation: Sequence[Said], chosen: Sequence[int], *, alone: bool) -> list[Block]:
    """Blocks of named signs: of the utterance, of the rules, of the cues, of its place."""
    found: dict[str, tuple[list[int], list[int]]] = {
        name: ([], []) for name in ("sign", "key", "rule", "cue", "around")
    }
    for number, at in enumerate(chosen):
        said = conversation[at]
        for name, signs in (
            ("sign", own_signs(said)),
            ("key", key_signs(said)),
            ("rule", said.rules),
            ("cue", said.cues),
            ("around", () if alone else place_signs(conversation, at)),
        ):
            numbers, hashes = found[name]
            numbers += [number] * len(signs)
            hashes += map(hashed, signs)
    return [
        (name, np.array(numbers, np.int64), np.array(hashes, np.uint64))
        for name, (numbers, hashes) in found.items()
    ]


def _mixed(*hashes: np.ndarray | int) -> np.ndarray:
    """One hash for several that follow each other."""
    mixed = np.zeros(1, np.uint64)
    for each in hashes:
        mixed = ((mixed * _FOLD) ^ np.asarray(each, np.uint64)) & _LOW
    return mixed


class _Found:
    """Hashes as they are found, each with the number of its row."""

    def __init__(self) -> None:
        self._numbers: list[np.ndarray] = []
        self._hashes: list[np.ndarray] = []

    def add(self, numbers: np.ndarray, hashes: np.ndarray) -> None:
        self._numbers.append(numbers)
        self._hashes.append(np.broadcast_to(hashes, numbers.shape))

    def all(self) -> tuple[np.ndarray, np.ndarray]:
        return np.concatenate(self._numbers), np.concatenate(self._hashes)


def _edges(text: _Text, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First words and last words of the utterance, and their classes."""
    found = _Found()
    n = text.n[rows]
    found.add(np.flatnonzero(n == 0), _mixed(7))
    for least, kind, column, from_end, size in (
        (1, 1, text.word, 0, 1),
        (1, 2, text.word, 1, 1),
        (2, 1, text.word, 0, 2),
        (2, 2, text.word, 2, 2),
        (2, 3, text.kept, 0, 2),
        (2, 5, text.kind, 2, 2),
        (3, 3, text.kept, 0, 3),
        (3, 2, text.kept, 3, 3),
        (4, 4, text.kind, 0, 4),
    ):
        numbers = np.flatnonzero(n >= least)
        first = text.begin[rows[numbers]] + (n[numbers] - from_end if from_end else 0)
        found.add(numbers, _mixed(kind, *(text.at(column, first + step) for step in range(size))))
    return found.all()


def _marks(text: _Text, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Punctuation: how each sentence begins and ends; nothing at all in bare text."""
    found = _Found()
    closed: list[tuple[int, int, int, int, int]] = []  # row, mark, first word, number of words, words left
    last: list[tuple[int, int]] = []
    for number, at in enumerate(rows.tolist()):
        marks = text.said[at].marks
        if not marks:
            continue
        last.append((number, hashed(marks[-1][1])))
        begin, n = 0, len(text.said[at].words)
        for end, mark in marks:
            if mark == ",":
                continue
            if end > begin:
                closed.append((number, hashed(mark), begin, end - begin, n - begin))
            begin = end
    number, mark = np.array(last, np.int64).reshape(-1, 2).T
    unmarked = np.ones(len(rows), bool)
    unmarked[number] = False
    found.add(np.flatnonzero(unmarked), _mixed(11))
    found.add(number, _mixed(12))
    found.add(number, _mixed(18, mark))
    number, mark, begin, n, left = np.array(closed, np.int64).reshape(-1, 5).T
    first = text.begin[rows[number]] + begin
    found.add(number, _mixed(13, mark, text.at(text.word, first)))
    found.add(number, _mixed(15, mark, text.at(text.word, first + n - 1)))
    found.add(number, _mixed(17, mark, np.minimum(n, 4)))
    for kind, column, most in ((14, text.kept, 3), (16, text.kind, 4)):
        for size in range(1, most + 1):
            these = np.flatnonzero(np.minimum(left, most) == size)
            start = first[these]
            hashes = (text.at(column, start + step) for step in range(size))
            found.add(number[these], _mixed(kind, mark[these], *hashes))
    return found.all()


def _before(text: _Text, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Words of the turn just before, whoever spoke it."""
    found = _Found()
    found.add(np.flatnonzero(rows == 0), _mixed(21))
    numbers = np.flatnonzero(rows > 0)
    before = rows[numbers] - 1
    same = [text.said[at].side == text.said[at + 1].side for at in before.tolist()]
    who = np.where(np.array(same, bool), 22, 23)
    found.add(numbers, _mixed(who))
    which, places = text.spread(before, edges=False)
    stop = (text.begin + text.n)[before]
    kept = text.at(text.tells, places) & (places >= stop[which] - N_LAST)
    which, places = which[kept], places[kept]
    found.add(numbers[which], _mixed(who[which], text.at(text.word, places)))
    for step in range(3):
        these = np.flatnonzero(text.n[before] > step + 1)
        for kind, first in (
            (24, text.begin[before[these]] + step),
            (25, stop[these] - step - 2),
        ):
            two = (text.at(text.kept, first), text.at(text.kept, first + 1))
            found.add(numbers[these], _mixed(kind, who[these], *two))
    return found.all()
