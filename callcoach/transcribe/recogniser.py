"""What recognises words, behind one small interface, and its stand-in for tests.

::

    windows    [left 0-30 s of speech] [right 0-30 s] [left] ...     packed speech, 16 kHz
    said        words, on the window's own clock, one entry per window

Where words lie in the call, and which of them to believe, is not the recogniser's business:
`recording` and `guards` decide that, the same way for every recogniser.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from callcoach.core.errors import BadSettings
from callcoach.core.intervals import Interval, Intervals
from callcoach.core.transcript import Word
from callcoach.transcribe.windows import Window


@dataclass(frozen=True, slots=True)
class Said:
    """What was recognised in one window.

    Parameters
    ----------
    words : tuple of Word
        In order, timed from the window's first sample.
    no_speech_probability : float or None
        How sure the model is that nobody speaks in the window, 0 to 1; None where it does not say.
    mean_log_probability : float or None
        Of the tokens it chose; None likewise.
    """

    words: tuple[Word, ...]
    no_speech_probability: float | None = None
    mean_log_probability: float | None = None


@runtime_checkable
class Recogniser(Protocol):
    """Turns speech into words. The same windows in the same order give the same words.

    Attributes
    ----------
    engine, model_name : str
        For people and for the recognition key.
    model_hash : str
        Of everything that the model consists of.
    options : mapping
        Those that change the output; part of the recognition key.
    window_s : float
        No window may be longer.
    batch_size : int
        How many windows to give at a time.
    languages : tuple of str
        Codes that it knows. One that knows a single language cannot tell it from others.
    default_language : str or None
        Taken when nobody gives a language, without listening; None for all models but the demo's.
    vocabulary : tuple of str
        Names that it was told to expect.
    notes : tuple of str
        Sentences for people about what words of this recogniser are worth.
    """

    engine: str
    model_name: str
    model_hash: str
    options: Mapping[str, object]
    window_s: float
    batch_size: int
    languages: tuple[str, ...]
    default_language: str | None
    vocabulary: tuple[str, ...]
    notes: tuple[str, ...]

    def languages_of(self, window: Window) -> Mapping[str, float]:
        """Probability of each language, as far as one window tells."""
        ...

    def recognise(self, windows: Sequence[Window], *, language: str) -> tuple[Said, ...]:
        """What is said in each window, in their order. Windows may be of different channels."""
        ...


class FakeRecogniser:
    """For tests only: says given words where speech is; no setting and no flag reaches it.

    Parameters
    ----------
    token : str
        Proof that a test is asking.
    say : callable, optional
        From a stretch of the recording and the speaker's label to its words, all on the
        recording's clock. Unless given, "word" three times a second.
    language : str or callable
        What it takes a window for: a code, or a function from a window to probabilities.
    languages : tuple of str
        Those that it knows.
    """

    TOKEN = "for tests only"
    engine, model_name, model_hash = "fake", "fake", "0" * 64
    notes: tuple[str, ...] = ()

    def __init__(
        self,
        *,
        token: str,
        say: Callable[[Interval, str], tuple[Word, ...]] | None = None,
        language: str | Callable[[Window], Mapping[str, float]] = "en",
        languages: tuple[str, ...] = ("en", "de", "fr"),
        default_language: str | None = None,
        vocabulary: tuple[str, ...] = (),
        window_s: float = 30.0,
        batch_size: int = 8,
        no_speech_probability: float | None = None,
        mean_log_probability: float | None = None,
    ) -> None:
        if token != self.TOKEN:
            raise BadSettings(
                "the fake recogniser is for tests only; found another caller: give a real model"
            )
        self.options: Mapping[str, object] = {"fake": True}
        self.languages, self.default_language, self.vocabulary = languages, default_language, vocabulary
        self.window_s, self.batch_size = window_s, batch_size
        self._language = language
        self._say = say or _count
        self._doubt = (no_speech_probability, mean_log_probability)
        self.asked: list[tuple[str, Intervals, str]] = []
        self.batches: list[int] = []
        self.n_detections = 0

    def languages_of(self, window: Window) -> Mapping[str, float]:
        self.n_detections += 1
        return {self._language: 0.9} if isinstance(self._language, str) else self._language(window)

    def recognise(self, windows: Sequence[Window], *, language: str) -> tuple[Said, ...]:
        self.batches.append(len(windows))
        return tuple(self._said(window, language) for window in windows)

    def _said(self, window: Window, language: str) -> Said:
        self.asked.append((window.label, window.spans, language))
        words = []
        for span in window.spans:
            for word in self._say(span, window.label):
                start_s, end_s = (window.in_window(t) for t in (word.interval.start_s, word.interval.end_s))
                if start_s is None or end_s is None:
                    raise ValueError(f"a fake word must lie in its stretch; found one outside {span}")
                words.append(Word(word.text, Interval(start_s, max(start_s, end_s)), word.probability))
        return Said(tuple(words), *self._doubt)


def _count(span: Interval, label: str) -> tuple[Word, ...]:
    n = max(1, int(span.duration_s * 3))
    step_s = span.duration_s / n
    return tuple(
        Word(f"word{i % 100}", Interval(span.start_s + i * step_s, span.start_s + (i + 1) * step_s), 0.9)
        for i in range(n)
    )
