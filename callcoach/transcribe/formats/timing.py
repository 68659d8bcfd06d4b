"""Times as files give them, checked: which can be relied on, and what they can tell together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from callcoach.core import Capability, Interval, Word
from callcoach.core.errors import BadTranscript
from callcoach.transcribe.formats.passages import Passage

MAX_TIME_S = 7 * 24 * 3600.0  # no call is longer; a later time is damage or a date
ISOLATED_SHARE = 0.1  # of the passages may have an impossible time before the file is called damaged
MOSTLY_SHARE = 0.9  # of the passages, or words, must have times before the transcript is said to have them
CONFIDENCE_SHARE = 0.9  # of the words, likewise for their probabilities


class Timed(NamedTuple):
    """A passage whose times can be relied on."""

    speaker: str
    words: tuple[Word, ...]
    span: Interval | None
    start_s: float | None  # where only starts are known
    n_timed: int  # words with times


_new = tuple.__new__  # several times as fast as the constructor


class Checked:
    """The passages with impossible times dropped, and what they can tell together."""

    def __init__(self, passages: Sequence[Passage], *, title: str) -> None:
        self.n_words = self.n_timed_words = self.n_sure_words = 0
        self._n_bad_words = 0
        self._bare: dict[str, Word] = {}  # words without a time, each made once
        self.notes: list[str] = []
        n_bad = 0
        self.passages: list[Timed] = []
        for passage in passages:
            timed, bad = self._check(passage)
            n_bad += bad
            self.passages.append(timed)
        n = len(passages)
        if n_bad > ISOLATED_SHARE * n:
            raise BadTranscript(
                f"in a transcript every end must follow its start, within a week; in this {title} file {n_bad} of"
                f" {n} passages break that: export it again"
            )
        if self._n_bad_words > ISOLATED_SHARE * self.n_words:
            raise BadTranscript(
                f"in a transcript every word must end after it starts, within a week; in this {title} file"
                f" {self._n_bad_words} of {self.n_words} words break that: export it again"
            )
        if n_bad:
            self.notes.append(
                f"{n_bad} of {n} passages had an impossible time; their words are kept without it"
            )
        if self._n_bad_words:
            self.notes.append(
                f"{self._n_bad_words} of {self.n_words} words had an impossible time; it was left out"
            )
        n_both = sum(p.span is not None for p in self.passages)
        n_start = sum(p.span is None and p.start_s is not None for p in self.passages)
        if n_both and n_both >= MOSTLY_SHARE * (n - n_bad):
            self.mode = "timed"
        elif n_start and n_both + n_start >= MOSTLY_SHARE * (n - n_bad):
            self.mode = "starts"
        else:
            self.mode = "text"
            if n_both + n_start:
                self.notes.append(f"only {n_both + n_start} of {n} passages have times; times are not used")
        starts = [p.start_s if p.span is None else p.span.start_s for p in self.passages]
        starts = [start_s for start_s in starts if start_s is not None]
        self.n_backward = sum(b < a for a, b in pairwise(starts))

    def _check(self, passage: Passage) -> tuple[Timed, bool]:
        words, n_timed = [], 0
        first_s = last_s = None
        bare = self._bare
        for text, start_s, end_s, probability in passage.words:
            if start_s is None and probability is None:
                words.append(bare.get(text) or bare.setdefault(text, Word(text)))
                continue
            interval = None
            if start_s is not None and end_s is not None:
                if 0 <= start_s <= end_s <= MAX_TIME_S:
                    interval = Interval(start_s, end_s)
                    n_timed += 1
                    first_s = start_s if first_s is None else min(first_s, start_s)
                    last_s = end_s if last_s is None else max(last_s, end_s)
                else:
                    self._n_bad_words += 1
            if probability is not None:
                self.n_sure_words += 1
            elif interval is None:
                words.append(bare.get(text) or bare.setdefault(text, Word(text)))
                continue
            words.append(Word(text, interval, probability))
        self.n_words += len(words)
        self.n_timed_words += n_timed
        start_s, end_s = passage.start_s, passage.end_s
        if start_s is None and first_s is None:
            return _new(Timed, (passage.speaker, tuple(words), None, None, 0)), False
        bad = False
        if start_s is not None and end_s is not None:
            bad = not 0 <= start_s <= end_s <= MAX_TIME_S
        elif start_s is not None:
            bad = not 0 <= start_s <= MAX_TIME_S
        if bad or start_s is None:
            start_s = end_s = None
        span = None if start_s is None or end_s is None else Interval(start_s, end_s)
        if first_s is not None:
            span = Interval(first_s, last_s)  # the words know better
            bad = False
        return Timed(passage.speaker, tuple(words), span, start_s, n_timed), bad

    def capabilities(self, *, overlap: bool) -> frozenset[Capability]:
        found = {Capability.TEXT}
        if self.mode in ("timed", "starts"):
            found.add(Capability.STARTS)
        if self.mode == "timed":
            found.add(Capability.ENDS)
            if self.n_timed_words >= MOSTLY_SHARE * self.n_words:
                found.add(Capability.WORDS)
            if overlap:
                found.add(Capability.OVERLAP)
        if self.n_sure_words >= CONFIDENCE_SHARE * self.n_words:
            found.add(Capability.CONFIDENCE)
        return frozenset(found)
