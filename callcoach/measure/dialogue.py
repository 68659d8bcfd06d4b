"""A call as an exchange: who said what in turn, sentence by sentence, with what it is about.

::

    turns of the transcript   R1   C2 | C3   R4        C5
    sayings                   R    C ------  R "mm"    C      one speaker's turns in a row are one
                                             murmur

Behaviours that are built over turns read this instead of the transcript; its offsets are those of
`Evidence`. Words said in a cut (hold, announcements) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from callcoach.core import Evidence, Role, Transcript, support
from callcoach.core.floor import says_backchannel
from callcoach.measure.constants import RULED_OUT
from callcoach.measure.content import content_root
from callcoach.measure.language import Sentence, sentences
from callcoach.measure.last import forgets, keep_last
from callcoach.measure.timeline import is_cut
from callcoach.measure.utterances import Labels, TurnLabels, ruled_out
from callcoach.measure.wording import time_of

NEAR = 12  # sayings among which the one before or after is looked for
MOMENTS = 50  # sayings kept per word, the earliest
SUBSTANTIVE_WORDS = 12  # a customer's turn of at least this many words is a substantive one


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a turn.

    Parameters
    ----------
    turn : int
        Position in ``transcript.turns``; `start` and `end` are its words, half-open.
    words : tuple of str
        Plain words, one per word of the transcript.
    roots : frozenset of str
        What it is about (`callcoach.measure.content`).
    """

    turn: int
    start: int
    end: int
    sentence: Sentence
    text: str
    roots: frozenset[str]

    @property
    def words(self) -> tuple[str, ...]:
        return self.sentence.words

    @property
    def mark(self) -> str:
        return self.sentence.mark

    def evidence(self, probability: float) -> Evidence:
        """These words as evidence."""
        return Evidence(self.turn, self.start, self.end, round(probability, 4))


@dataclass(frozen=True, slots=True)
class Saying:
    """One speaker's turns in a row, as one.

    Parameters
    ----------
    at : int
        Position in the dialogue.
    murmur : bool
        Only tokens of listening, which take no floor.
    """

    at: int
    role: Role
    speaker: str
    lines: tuple[Line, ...]
    n_words: int
    murmur: bool
    roots: frozenset[str] = field(repr=False)

    @property
    def text(self) -> str:
        return " . ".join(line.text for line in self.lines)

    @property
    def first(self) -> tuple[int, int]:
        """Turn and word at which it starts."""
        return self.lines[0].turn, self.lines[0].start

    @property
    def is_substantive(self) -> bool:
        return self.n_words >= SUBSTANTIVE_WORDS


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The sayings of both sides, in order; people of neither side are left out."""

    sayings: tuple[Saying, ...]

    def of(self, role: Role) -> Iterator[Saying]:
        return (saying for saying in self.sayings if saying.role is role)

    def reply_to(self, saying: Saying) -> Saying | None:
        """What the other side says next, a murmur too; None where nothing follows soon."""
        for other in self.sayings[saying.at + 1 : saying.at + 1 + NEAR]:
            if other.role is not saying.role:
                return other
        return None

    def before(self, saying: Saying, role: Role, *, n: int) -> list[Saying]:
        """The last `n` sayings of a side before this one that are more than a murmur, latest first."""
        found: list[Saying] = []
        for at in range(saying.at - 1, max(-1, saying.at - 1 - NEAR), -1):
            other = self.sayings[at]
            if other.role is role and not other.murmur:
                found.append(other)
                if len(found) == n:
                    break
        return found

    def moments(self) -> dict[str, list[int]]:
        """For every content word of the customer's side, the sayings that hold it, earliest first."""
        found: dict[str, list[int]] = {}
        for saying in self.of(Role.CUSTOMER):
            for word in saying.roots:
                places = found.setdefault(word, [])
                if len(places) < MOMENTS:
                    places.append(saying.at)
        return found


@keep_last
def dialogue_of(transcript: Transcript) -> Dialogue:
    """The dialogue of a transcript."""
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    cuts = support(transcript.cuts)
    cut_starts = [cut.start_s for cut in cuts]
    rows: list[tuple[str, list[Line]]] = []
    for at, turn in enumerate(transcript.turns):
        if roles[turn.speaker] not in (Role.REP, Role.CUSTOMER) or not turn.words:
            continue
        lines = [
            Line(at, sentence.start, sentence.end, sentence, text, roots)
            for sentence, text, roots in _lines(tuple(word.text for word in turn.words))
        ]
        if cuts:
            lines = [line for line in lines if not _is_cut(transcript, line, cuts, cut_starts)]
        if not lines:
            continue
        if rows and rows[-1][0] == turn.speaker:
            rows[-1][1].extend(lines)
        else:
            rows.append((turn.speaker, lines))
    return Dialogue(
        tuple(_saying(at, roles[speaker], speaker, lines) for at, (speaker, lines) in enumerate(rows))
    )


def _is_cut(transcript: Transcript, line: Line, cuts: Sequence, starts: list[float]) -> bool:
    time_s = time_of(transcript.turns[line.turn], line.start)
    return time_s is not None and is_cut(time_s, cuts, starts)


_NO_ROOT = frozenset([""])


@lru_cache(maxsize=2048)  # turns of a call or two
def _lines(words: tuple[str, ...]) -> tuple[tuple[Sentence, str, frozenset[str]], ...]:
    """Sentences with their text and roots; signs that are no words make no sentence."""
    found = []
    for sentence in sentences(words):
        if any(sentence.words):
            roots = frozenset(map(content_root, sentence.words)) - _NO_ROOT
            found.append((sentence, sentence.text, roots))
    return tuple(found)


forgets(_lines.cache_clear)


def _saying(at: int, role: Role, speaker: str, lines: list[Line]) -> Saying:
    said = [word for line in lines for word in line.words if word]
    return Saying(
        at,
        role,
        speaker,
        tuple(lines),
        len(said),
        len(said) <= 3 and says_backchannel(said),
        frozenset().union(*(line.roots for line in lines)),
    )


def chance(labels: Labels, line: Line, label: str) -> float:
    """How probable it is that these words show a label, by what is known of their turn.

    Where the tagger says which words show it, other sentences of the turn do not.
    """
    of_turn = labels[line.turn]
    probability = of_turn.get(label, 0.0)
    if probability and isinstance(of_turn, TurnLabels):
        known, best = False, 0.0
        for part in of_turn.parts:
            if part.label == label:
                known = True
                if part.probability > best and part.start_word < line.end and line.start < part.end_word:
                    best = part.probability
        if known:
            return best
    return probability


def chance_of_saying(labels: Labels, saying: Saying, label: str) -> float:
    """The highest probability of a label in a saying."""
    return max(labels[turn].get(label, 0.0) for turn in {line.turn for line in saying.lines})


def chance_with(labels: Labels, line: Line, label: str, *forms: float, below: float = RULED_OUT) -> float:
    """How probable it is that words show a label, by the taggers and by what forms of words say.

    The forms count only where the taggers do not rule the label out for the turn.
    """
    tagged = chance(labels, line, label)
    return tagged if ruled_out(labels[line.turn], label, below=below) else either(tagged, *forms)


def either(*chances: float) -> float:
    """Probability that at least one of several signs is right, taken as independent; below 1.

    >>> round(either(0.5, 0.5), 2)
    0.75
    """
    wrong = 1.0
    for each in chances:
        wrong *= 1.0 - each
    return min(0.98, 1.0 - wrong)
