"""What recognises words, behind one small interface, and its stand-in for tests.

::

    samples    |----------------------------------------|   one channel, 16 kHz, any length
    speech        |=======|    |==|       |=========|       seconds from the first sample
    words         so what is   yes        and how many      the same clock
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from callcoach.core.errors import BadSettings
from callcoach.core.intervals import Interval, Intervals
from callcoach.core.transcript import Word


@dataclass(frozen=True, slots=True)
class Recognised:
    """Words of some samples, in order of time, and the language they were taken for.

    Parameters
    ----------
    language_probability : float or None
        None where the language was given, or the model knows only one.
    """

    words: tuple[Word, ...]
    language: str | None = None
    language_probability: float | None = None


@runtime_checkable
class Recogniser(Protocol):
    """Turns speech into words. The same samples give the same words.

    Attributes
    ----------
    engine, model_name : str
        For people and for the recognition key.
    model_hash : str
        Of everything that the model consists of.
    options : mapping
        Those that change the output; part of the recognition key.
    """

    engine: str
    model_name: str
    model_hash: str
    options: Mapping[str, object]

    def recognise(self, samples: np.ndarray, speech: Intervals, *, language: str | None) -> Recognised:
        """Words of `samples` (float32, 16 kHz), heard where `speech` is, times from the first sample.

        Raises
        ------
        BadSettings
            If the model does not know `language`.
        """
        ...


class FakeRecogniser:
    """For tests only: says given words where speech is; no setting and no flag reaches it.

    Parameters
    ----------
    token : str
        Proof that a test is asking.
    say : callable, optional
        From a piece of speech to its words. Unless given, "word" three times a second.
    """

    TOKEN = "for tests only"
    engine, model_name, model_hash = "fake", "fake", "0" * 64

    def __init__(
        self,
        *,
        token: str,
        say: Callable[[Interval], tuple[Word, ...]] | None = None,
        language: str = "en",
    ) -> None:
        if token != self.TOKEN:
            raise BadSettings(
                "the fake recogniser is for tests only; found another caller: give a real model"
            )
        self.options: Mapping[str, object] = {"fake": True}
        self.language = language
        self._say = say or _count
        self.asked: list[tuple[int, Intervals, str | None]] = []

    def recognise(self, samples: np.ndarray, speech: Intervals, *, language: str | None) -> Recognised:
        self.asked.append((len(samples), speech, language))
        words = tuple(word for piece in speech for word in self._say(piece))
        return Recognised(words, language or self.language, None if language else 0.9)


def _count(piece: Interval) -> tuple[Word, ...]:
    n = max(1, int(piece.duration_s * 3))
    step_s = piece.duration_s / n
    return tuple(
        Word("word", Interval(piece.start_s + i * step_s, piece.start_s + (i + 1) * step_s), 0.9)
        for i in range(n)
    )
