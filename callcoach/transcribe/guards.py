"""Words that nobody said: recognisers invent some, and these rules take them out.

Whisper fills what it does not understand: with the end of a video ("thanks for watching"), with
the last phrase over and over, with the names it was told to expect, or with words in silence.
Each rule cuts one of these habits, counts what it cut for the transcript's notes, and leaves
doubtful words alone: those stay with their low probability, which turns and measures carry on.

::

    speech      |=========|              |====|
    words       so that is   like   and  thank you        "like": no speech under it, left out
                   ^^ its end is drawn in to the speech
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from callcoach.core.floor import plain
from callcoach.core.intervals import Interval, Intervals
from callcoach.core.transcript import Word
from callcoach.transcribe.recogniser import Said

# A window without speech, by Whisper's own rule: both must hold.
NO_SPEECH, NO_SPEECH_LOG_PROBABILITY = 0.6, -1.0
# Loops: how often a phrase of 1, 2, 3 or more words must follow upon itself to be no speech.
# People do say "no, no, no" and "yeah, yeah"; a listener's "yeah ... yeah" has pauses between.
LOOP_REPEATS = {1: 6, 2: 5, 3: 4}
LOOP_REPEATS_LONGER, LOOP_LONGEST = 3, 16
LOOP_PAUSE_S = {1: 1.0, 2: 1.0}
LOOP_PAUSE_LONGER_S = 3.0
# A phrase said twice at once: words a second over both, faster than anybody repeats themselves.
TWICE_PER_S, TWICE_LONGEST = 8.0, 12
# So many words, faster than anybody speaks, and not likely either.
SQUEEZED_WORDS, SQUEEZED_PER_S, SQUEEZED_PROBABILITY = 5, 12.0, 0.5
RECITED_NAMES = 3  # names of the vocabulary, one after the other in its order
STOCK_PROBABILITY, STOCK_PER_S = 0.8, 7.0  # less sure or faster: a stock phrase is invented
SENTENCE_PAUSE_S = 0.3
OFF_SPEECH_S = 0.1  # from speech, at most, where a word may still lie
HOPELESS = 0.25  # probability under which a word counts as hardly recognised

# What video captions end with. The first kind is never said in a call; the second hardly ever.
_CREDITS = re.compile(
    r"amara org|castingwords|subtitles? by|subtitled by|transcri(?:bed|ption) by|captions? by|untertitel|"
    r"sous titres|subtitulos"
)
_STOCK = re.compile(
    r"(?:thanks|thank you)(?: (?:so|very) much)? for (?:watching|listening|viewing)(?: and .*)?|"
    r"(?:please )?(?:like and )?subscribe(?: to (?:the|my|our) channel)?|"
    r"(?:i ll )?see you (?:in the )?next (?:video|time)|(?:don t|do not) forget to (?:like and )?subscribe"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """How many words each rule took out, and how many doubtful ones stayed."""

    no_speech: int = 0
    loops: int = 0
    stock: int = 0
    recited: int = 0
    hopeless: int = 0

    def __add__(self, other: Cut) -> Cut:
        return Cut(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def notes(self, n_words: int) -> tuple[str, ...]:
        """Sentences for people; `n_words` are the words that stayed."""
        said = (
            (self.no_speech, "where nobody spoke {was} left out."),
            (self.loops, "that only repeated others {was} left out."),
            (self.stock, "of stock phrases that nobody said {was} left out."),
            (self.recited, "that only recited the vocabulary {was} left out."),
        )
        notes = [
            f"{n} word{'' if n == 1 else 's'} {rest.format(was='was' if n == 1 else 'were')}"
            for n, rest in said
            if n
        ]
        if self.hopeless:
            notes.append(
                f"{self.hopeless} of {n_words} words {'was' if self.hopeless == 1 else 'were'} hardly recognised "
                f"(probability under {HOPELESS}) and stand as heard."
            )
        return tuple(notes)


def is_silence(said: Said) -> bool:
    """Whether the recogniser itself takes the window for silence and is unsure of its words."""
    return (
        said.no_speech_probability is not None
        and said.mean_log_probability is not None
        and said.no_speech_probability > NO_SPEECH
        and said.mean_log_probability < NO_SPEECH_LOG_PROBABILITY
    )


def believable(
    words: Sequence[Word], speech: Intervals, *, vocabulary: Sequence[str] = ()
) -> tuple[list[Word], Cut]:
    """The words of one channel that somebody may have said, drawn in to the speech, and what was cut.

    Parameters
    ----------
    words : sequence of Word
        On the call's clock, in order of time.
    speech : Intervals
        When that channel speaks.
    vocabulary : sequence of str
        Names that the recogniser was told to expect.
    """
    kept = list(words)
    counts = {}
    for name, rule in (
        ("recited", lambda said: _without(said, _recited(said, vocabulary))),
        ("loops", lambda said: _once(_without(said, _looped(said)))),
        ("stock", lambda said: _without(said, _stock(said))),
        ("no_speech", lambda said: _on_speech(_without(said, _squeezed(said)), speech)),
    ):
        before = len(kept)
        kept = rule(kept)
        counts[name] = before - len(kept)
    hopeless = sum(word.probability is not None and word.probability < HOPELESS for word in kept)
    return kept, Cut(**counts, hopeless=hopeless)


def _without(words: Sequence[Word], gone: set[int]) -> list[Word]:
    return [word for i, word in enumerate(words) if i not in gone] if gone else list(words)


def _looped(words: Sequence[Word]) -> set[int]:
    """Positions of every repeat of a phrase but the first, where it follows upon itself too often."""
    said = [plain(word.text) for word in words]
    pauses = [b.interval.start_s - a.interval.end_s for a, b in pairwise(words)]
    gone: set[int] = set()
    start = 0
    while start < len(said):
        for n in range(1, min(LOOP_LONGEST, len(said) - start) + 1):
            needed = n * LOOP_REPEATS.get(n, LOOP_REPEATS_LONGER)
            longest_pause_s = LOOP_PAUSE_S.get(n, LOOP_PAUSE_LONGER_S)
            end = start + n
            while end < len(said) and said[end] == said[end - n] and pauses[end - 1] < longest_pause_s:
                end += 1
            if end - start >= needed:
                gone.update(range(start + n, end))
                start = end - 1
                break
        start += 1
    return gone


def _once(words: list[Word]) -> list[Word]:
    """Phrases that are written twice in the time of one, once: a habit of small models at their window's end.

    ::

        have a good day. have a good day.      8 words in 0.8 s
        |-----|--|                  |---|      the second copy has hardly any time of its own
    """
    kept, start = list(words), 0
    while start < len(kept):
        for n in range(min(TWICE_LONGEST, (len(kept) - start) // 2), 0, -1):
            both = kept[start : start + 2 * n]
            length_s = both[-1].interval.end_s - both[0].interval.start_s
            first, second = ([plain(word.text) for word in copy] for copy in (both[:n], both[n:]))
            if first == second and length_s * TWICE_PER_S < 2 * n:
                last = kept[start + n - 1]
                end_s = max(last.interval.end_s, both[-1].interval.end_s)
                kept[start + n - 1] = replace(last, interval=Interval(last.interval.start_s, end_s))
                del kept[start + n : start + 2 * n]
                break
        else:
            start += 1
    return kept


def _squeezed(words: Sequence[Word]) -> set[int]:
    """Positions of unlikely words that follow each other faster than anybody speaks."""
    gone: set[int] = set()
    for i in range(len(words) - SQUEEZED_WORDS + 1):
        run = words[i : i + SQUEEZED_WORDS]
        run_s = run[-1].interval.end_s - run[0].interval.start_s
        if run_s * SQUEEZED_PER_S < SQUEEZED_WORDS and _sureness(run) < SQUEEZED_PROBABILITY:
            gone.update(range(i, i + SQUEEZED_WORDS))
    return gone


def _recited(words: Sequence[Word], vocabulary: Sequence[str]) -> set[int]:
    """Positions of names of the vocabulary that stand one after the other in its order."""
    if len(vocabulary) < RECITED_NAMES:
        return set()
    names = [tuple(filter(None, map(plain, name.split()))) for name in vocabulary]
    said = [plain(word.text) for word in words]
    gone: set[int] = set()
    for start in range(len(said)):
        for first in range(len(names)):
            at, n_names = start, 0
            while first + n_names < len(names):
                name = names[first + n_names]
                if not name or tuple(said[at : at + len(name)]) != name:
                    break
                at, n_names = at + len(name), n_names + 1
            if n_names >= RECITED_NAMES:
                gone.update(range(start, at))
    return gone


def _stock(words: Sequence[Word]) -> set[int]:
    """Positions of sentences that are captions of a video rather than talk."""
    gone: set[int] = set()
    for start, end in _sentences(words):
        text = " ".join(re.findall(r"\w+", " ".join(word.text for word in words[start:end]).casefold()))
        if _CREDITS.search(text) or (_STOCK.fullmatch(text) and _is_doubtful(words[start:end])):
            gone.update(range(start, end))
    return gone


def _is_doubtful(words: Sequence[Word]) -> bool:
    length_s = words[-1].interval.end_s - words[0].interval.start_s
    return _sureness(words) < STOCK_PROBABILITY or len(words) > STOCK_PER_S * length_s


def _sureness(words: Sequence[Word]) -> float:
    """Mean probability of the words that have one; 1 where none has."""
    known = [word.probability for word in words if word.probability is not None]
    return sum(known) / len(known) if known else 1.0


def _sentences(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Runs of words up to a closing mark or a pause."""
    runs, start = [], 0
    for i, word in enumerate(words, 1):
        if (
            i == len(words)
            or word.text.endswith((".", "!", "?"))
            or words[i].interval.start_s - word.interval.end_s >= SENTENCE_PAUSE_S
        ):
            runs.append((start, i))
            start = i
    return runs


def _on_speech(words: Sequence[Word], speech: Intervals) -> list[Word]:
    """Words under which there is speech, their ends drawn in to it."""
    starts = [piece.start_s for piece in speech]
    kept = []
    for word in words:
        said = word.interval
        piece = _most_under(said, speech, starts)
        if piece is None:
            continue
        start_s = max(said.start_s, min(piece.start_s, said.end_s))
        end_s = min(said.end_s, max(piece.end_s, start_s))
        kept.append(replace(word, interval=Interval(start_s, end_s)))
    return kept


def _most_under(said: Interval, speech: Intervals, starts: Sequence[float]) -> Interval | None:
    """The piece of speech under most of a word, or the nearest within `OFF_SPEECH_S`."""
    first = max(0, bisect_right(starts, said.start_s - OFF_SPEECH_S) - 1)
    last = bisect_right(starts, said.end_s + OFF_SPEECH_S)
    near = [
        (min(said.end_s, piece.end_s) - max(said.start_s, piece.start_s), -i)
        for i, piece in enumerate(speech[first:last])
    ]
    if not near:
        return None
    under_s, at = max(near)
    return speech[first - at] if under_s >= -OFF_SPEECH_S else None
