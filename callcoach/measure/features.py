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

from callcoach.measure.lexicon import Lexeme, hashed, lexeme
from callcoach.measure.said import Said

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
FORM = frozenset(("mark", "sign", "key", "rule"))  # blocks that tell the form of an utterance, not its matter
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
N_BEFORE = 3  # turns of the other side that an utterance can refer to
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_EDGE = lexeme("#edge")


@dataclass(frozen=True, slots=True)
class Features:
    """Hashed features of the chosen rows as one sparse matrix in coordinate form.

    Parameters
    ----------
    row, column : numpy.ndarray of int64, shape (n,)
    value : numpy.ndarray of float32, shape (n,)
    form : numpy.ndarray of bool, shape (n,)
        Whether the feature is one of form alone: the same in every trade and in every kind of talk.
    """

    n_rows: int
    row: np.ndarray
    column: np.ndarray
    value: np.ndarray
    form: np.ndarray


def featurise(conversation: Sequence[Said], chosen: Sequence[int], *, alone: bool = False) -> Features:
    """Features of the `chosen` rows of a conversation; the other rows are context, unless `alone`."""
    blocks: list[tuple[str, np.ndarray, np.ndarray]] = []
    _add_word_blocks(conversation, chosen, blocks)
    _add_lists(conversation, chosen, blocks, alone=alone)
    rows, columns, values, form = [], [], [], []
    for name, row, value_hash in blocks:
        if not len(row):
            continue
        counts = np.bincount(row, minlength=len(chosen))
        rows.append(row)
        columns.append(_slot(value_hash, name))
        length = 1.0 if name in WHOLE else np.sqrt(counts[row])
        values.append((np.full(len(row), WEIGHTS[name]) / length).astype(np.float32))
        form.append(np.full(len(row), name in FORM))
    if not rows:
        empty = np.zeros(0, np.int64)
        return Features(len(chosen), empty, empty, np.zeros(0, np.float32), np.zeros(0, bool))
    return Features(
        len(chosen),
        np.concatenate(rows),
        np.concatenate(columns),
        np.concatenate(values),
        np.concatenate(form),
    )


def _slot(value_hash: np.ndarray, name: str) -> np.ndarray:
    mixed = (value_hash ^ np.uint64(hashed(name))) * _MIX[0]
    return (mixed >> np.uint64(64 - SPACE_BITS)).astype(np.int64)


def _add_word_blocks(
    conversation: Sequence[Said], chosen: Sequence[int], blocks: list[tuple[str, np.ndarray, np.ndarray]]
) -> None:
    """n-grams of words, of the skeleton and of classes, over all chosen rows at once."""
    flat: list[Lexeme] = []
    owner: list[int] = []
    for number, at in enumerate(chosen):
        said = conversation[at].lexemes
        flat.append(_EDGE)
        flat.extend(said)
        flat.append(_EDGE)
        owner.extend([number] * (len(said) + 2))
    if not flat:
        return
    owners = np.array(owner, np.int64)
    for name, column, sizes in (
        ("word", [each.word for each in flat], (1, 2, 3)),
        ("skeleton", [each.kept for each in flat], (2, 3, 4)),
        ("class", [each.kind for each in flat], (3, 4, 5)),
    ):
        hashes, rows = [], []
        singles = np.array(column, np.uint64)
        for size in sizes:
            grams = _ngrams(singles, size)
            inside = owners[: len(grams)] == owners[size - 1 :][: len(grams)]
            hashes.append(grams[inside])
            rows.append(owners[: len(grams)][inside])
        blocks.append((name, np.concatenate(rows), np.concatenate(hashes)))
    _add_concepts(flat, owners, blocks)
    lengths = np.array([len(each.grams) for each in flat], np.int64)
    pieces = np.array([gram for each in flat for gram in each.grams], np.uint64)
    blocks.append(("gram", np.repeat(owners, lengths), pieces))


def _add_concepts(
    flat: Sequence[Lexeme], owners: np.ndarray, blocks: list[tuple[str, np.ndarray, np.ndarray]]
) -> None:
    """What jobs the words do, singly, and in pairs up to `PAIR_REACH` words apart, in order."""
    n_each = np.array([len(each.jobs) for each in flat], np.int64)
    jobs = np.array([job for each in flat for job in each.jobs], np.uint64)
    place = np.repeat(np.arange(len(flat)), n_each)
    owner = owners[place]
    blocks.append(("concept", owner, jobs))
    rows, hashes = [], []
    for step in range(1, PAIR_STEPS + 1):
        if step >= len(jobs):
            break
        apart = place[step:] - place[:-step]
        close = (apart >= 1) & (apart <= PAIR_REACH) & (owner[step:] == owner[:-step])
        rows.append(owner[:-step][close])
        hashes.append((jobs[:-step][close] * _MIX[1]) ^ (jobs[step:][close] + _MIX[2]))
    if rows:
        blocks.append(("pair", np.concatenate(rows), np.concatenate(hashes)))


def _ngrams(hashes: np.ndarray, size: int) -> np.ndarray:
    n = len(hashes) - size + 1
    if n <= 0:
        return np.zeros(0, np.uint64)
    mixed = hashes[:n].copy()
    for step in range(1, size):
        mixed = (mixed * _MIX[1]) ^ (hashes[step : step + n] + _MIX[2])
    return mixed + np.uint64(size)


def _add_lists(
    conversation: Sequence[Said],
    chosen: Sequence[int],
    blocks: list[tuple[str, np.ndarray, np.ndarray]],
    *,
    alone: bool,
) -> None:
    """Blocks that are lists of signs per utterance: edges, marks, signs, and the turns before."""
    found: dict[str, tuple[list[int], list[int]]] = {
        name: ([], []) for name in ("edge", "mark", "sign", "key", "rule", "cue", "before", "around")
    }
    for number, at in enumerate(chosen):
        for name, hashes in (
            ("edge", _edges(conversation[at])),
            ("mark", _marks(conversation[at])),
            ("sign", [hashed(sign) for sign in _signs(conversation[at])]),
            ("key", [hashed(sign) for sign in _keys(conversation[at])]),
            ("rule", [hashed(sign) for sign in conversation[at].rules]),
            ("cue", [hashed(sign) for sign in conversation[at].cues]),
            ("before", [] if alone else _before(conversation, at)),
            ("around", [] if alone else [hashed(sign) for sign in _around(conversation, at)]),
        ):
            found[name][0].extend([number] * len(hashes))
            found[name][1].extend(hashes)
    for name, (rows, hashes) in found.items():
        blocks.append((name, np.array(rows, np.int64), np.array(hashes, np.uint64)))


def _pair(*hashes: int) -> int:
    mixed = 0
    for each in hashes:
        mixed = ((mixed * 0x9E3779B1) ^ each) & 0xFFFFFFFFFFFF
    return mixed


def _edges(said: Said) -> list[int]:
    """First words and last words of the utterance, and the first words of each sentence."""
    words = said.lexemes
    n = len(words)
    if not n:
        return [_pair(7)]
    found = [_pair(1, words[0].word), _pair(2, words[-1].word)]
    if n > 1:
        found += [_pair(1, words[0].word, words[1].word), _pair(2, words[-2].word, words[-1].word)]
        found += [_pair(3, words[0].kept, words[1].kept), _pair(5, words[-2].kind, words[-1].kind)]
    if n > 2:
        found.append(_pair(3, words[0].kept, words[1].kept, words[2].kept))
        found.append(_pair(2, words[-3].kept, words[-2].kept, words[-1].kept))
    if n > 3:
        found.append(_pair(4, words[0].kind, words[1].kind, words[2].kind, words[3].kind))
    return found


def _marks(said: Said) -> list[int]:
    """Punctuation: how each sentence begins and ends; nothing at all in bare text."""
    if not said.marks:
        return [_pair(11)]
    words = said.lexemes
    found: list[int] = [_pair(12)]
    begin = 0
    for at, mark in said.marks:
        if mark == ",":
            continue
        if at > begin:
            head = words[begin : begin + 3]
            found.append(_pair(13, hashed(mark), head[0].word))
            found.append(_pair(14, hashed(mark), *(each.kept for each in head)))
            found.append(_pair(15, hashed(mark), words[at - 1].word))
            found.append(_pair(16, hashed(mark), *(each.kind for each in words[begin : begin + 4])))
            found.append(_pair(17, hashed(mark), min(at - begin, 4)))
        begin = at
    found.append(_pair(18, hashed(said.marks[-1][1])))
    return found


def _before(conversation: Sequence[Said], at: int) -> list[int]:
    """Words of the turn just before, whoever spoke it."""
    if at == 0:
        return [_pair(21)]
    before = conversation[at - 1]
    who = 22 if before.side == conversation[at].side else 23
    words = before.lexemes
    found = [_pair(who)]
    found += [_pair(who, each.word) for each in words[-25:] if each.content or each.name == "NUM"]
    found += [_pair(24, who, words[n].kept, words[n + 1].kept) for n in range(min(3, len(words) - 1))]
    found += [_pair(25, who, words[-n - 2].kept, words[-n - 1].kept) for n in range(min(3, len(words) - 1))]
    return found


def _signs(said: Said) -> list[str]:
    """Named signs of the utterance itself: length, marks, whom it speaks of, what it asks."""
    n = len(said.words)
    signs = [f"length {_bucket(n)}"]
    asked = sum(mark == "?" for _, mark in said.marks)
    if asked:
        signs.append("has ?")
    if said.marks:
        signs.append(f"marks {'?' if asked else 'none asks'}")
        if said.marks[-1][1] == "?":
            signs.append("ends ?")
    if said.starts:
        signs.append(f"sentences {min(len(said.starts), 4)}")
    signs += said.asks
    kinds = {each.name for each in said.lexemes}
    signs += [f"says {kind}" for kind in _SPOKEN if kind in kinds or f"{kind}BE" in kinds]
    listening = sum(each.listens for each in said.lexemes)
    if listening == n:
        signs += ["only listens", f"only listens {min(n, 4)}"]
    elif not listening:
        signs.append("listens nowhere")
    elif said.lexemes[0].listens:
        signs.append(f"listens, then more {_bucket(n - listening)}")
    return signs


def _keys(said: Said) -> list[str]:
    """The few signs that mostly settle whether an utterance asks, listens or gives back."""
    marked = "?" if any(mark == "?" for _, mark in said.marks) else "." if said.marks else ""
    keys = [f"marked {marked}"]
    keys += [f"{sign} {marked}" for sign in said.asks if sign in _STRONG]
    listening = sum(each.listens for each in said.lexemes)
    n = len(said.words)
    if listening == n:
        keys.append(f"only listens {min(n, 4)}")
    elif not listening:
        keys.append("listens nowhere")
    opening = [each.name for each in said.lexemes if each.name not in ("OK", "AND", "NAME")][:2]
    if opening and opening[0] in _GIVES_BACK:
        keys.append(f"opens {' '.join(opening)}")
    return keys


_STRONG = frozenset(
    f"asks {form}"
    for form in (
        "nothing",
        "order",
        "fragment",
        "indirect",
        "tag inverted",
        "inverted lead",
        "inverted inside",
        "wh lead",
        "wh inside",
        "wh embedded",
        "wh noun lead",
    )
)
_GIVES_BACK = frozenset(("SO", "YOU", "YOUBE", "YOUR", "IT", "ITBE", "THEY", "THEYBE", "MIND", "NUM"))
_SPOKEN = ("YOU", "YOUR", "I", "MY", "WE", "OUR", "THEY", "IT", "NUM", "MONEY", "NEG", "WH", "NAME")


def _around(conversation: Sequence[Said], at: int) -> list[str]:
    """Named signs of its place: how the turn before ended, and what of earlier turns it takes up."""
    said = conversation[at]
    signs = [f"place {min(at, 9) // 2}"]
    listens = next((sign for sign in said.rules if sign.startswith("rule listens")), "")
    if at + 1 < len(conversation) and conversation[at + 1].side == said.side:
        signs += ["goes on", f"goes on {listens}"]
    else:
        signs.append(f"leaves the floor {listens}")
    if at:
        before = conversation[at - 1]
        same = before.side == said.side
        signs.append(f"before asks {'?' in {mark for _, mark in before.marks[-2:]}} {same}")
        signs.append(f"before length {_bucket(len(before.words))}")
        signs += [f"before {sign}" for sign in before.asks]
        asked = "rule questions 0" not in before.rules
        signs += [f"after question {asked} {same}", f"after question {asked} {same} {listens}"]
    others = [each for each in reversed(conversation[max(0, at - 6) : at]) if each.side != said.side]
    for number, other in enumerate(others[:N_BEFORE]):
        shared = said.contents & other.contents
        signs.append(f"takes up {number} {min(len(shared), 3)}")
        if number == 0:
            share = len(shared) / max(1, len(said.contents))
            signs.append(f"takes up share {round(share * 4)} {_bucket(len(said.words))}")
            if any(each.name == "NUM" for each in said.lexemes) and any(
                each.name == "NUM" for each in other.lexemes
            ):
                signs.append("takes up a number")
    return signs


def _bucket(n_words: int) -> int:
    for at, limit in enumerate((1, 2, 4, 7, 12, 20, 35)):
        if n_words <= limit:
            return at
    return 7
