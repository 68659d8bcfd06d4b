"""An utterance read once: its masked words, where its sentences are, and what rules and cues see in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from callcoach.measure.cues import cues_in
from callcoach.measure.interrogative import asking_signs
from callcoach.measure.lexicon import Lexeme, lexeme
from callcoach.measure.masking import PUNCTUATION, tokens
from callcoach.measure.rule_signs import rule_signs

MOST_CUES = 4  # of a label that are told apart


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one side said in one go. `speaker_side` is ``"rep"`` or ``"customer"``."""

    speaker_side: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance read once: its lexemes without punctuation, and where sentences start and end.

    `kinds` are the classes of its words, `listens` how many are words that tokens of listening are
    made of; `asks`, `rules` and `cues` are the named signs of each.
    """

    side: str
    words: tuple[str, ...]
    lexemes: tuple[Lexeme, ...]
    starts: tuple[int, ...]
    marks: tuple[tuple[int, str], ...]
    contents: frozenset[str]
    kinds: frozenset[str]
    listens: int
    asks: tuple[str, ...]
    rules: tuple[str, ...]
    cues: tuple[str, ...]


def read(utterance: Utterance, *, names: Iterable[str] = ()) -> Said:
    """Tokens of an utterance with punctuation kept apart from the words."""
    words: list[str] = []
    marks: list[tuple[int, str]] = []
    for token in tokens(utterance.text, names=names):
        if token in PUNCTUATION:
            marks.append((len(words), token))
        else:
            words.append(token)
    lexemes = tuple(map(lexeme, words))
    starts = tuple(sorted({at for at, mark in marks if mark != "," and 0 < at < len(words)}))
    return Said(
        utterance.speaker_side,
        tuple(words),
        lexemes,
        starts,
        tuple(marks),
        frozenset([each.content for each in lexemes if each.content]),
        frozenset([each.name for each in lexemes]),
        len([None for each in lexemes if each.listens]),
        tuple(asking_signs(words, lexemes, starts)),
        rule_signs(utterance.speaker_side, utterance.text, names=names),
        _cue_signs(words, starts),
    )


def _cue_signs(words: list[str], starts: tuple[int, ...]) -> tuple[str, ...]:
    """How many cues each label has; which one it is says little more, and is seldom seen twice."""
    counts: dict[str, int] = {}
    for cue in cues_in(words, starts):
        counts[cue.label] = counts.get(cue.label, 0) + 1
    return tuple([sign for label, n in counts.items() for sign in _counted(label, min(n, MOST_CUES))])


@lru_cache(maxsize=1024)
def _counted(label: str, n: int) -> tuple[str, ...]:
    return tuple(f"cues {label} {least}" for least in range(1, n + 1))
