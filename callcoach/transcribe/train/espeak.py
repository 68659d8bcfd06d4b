"""Synthetic speech with sample-exact word times, from espeak-ng's C library.

The command-line program gives audio only. The library also reports, for every
word and phoneme, the sample at which it begins, which is the ground truth that
both the demo model's training and the fixtures need. Retrieval mode is used:
no audio device is opened.

    text      "so   what happens next"
    events     W P P  W P P P  W P P P P P  W P P P P
    words      |so |  |what |  |happens |   |next |      pauses belong to no word
"""

import ctypes
import ctypes.util
import threading
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from callcoach.core.errors import CallcoachError

_RETRIEVAL = 1  # espeak_AUDIO_OUTPUT: hand buffers to the callback
_PHONEME_EVENTS, _DO_NOT_EXIT = 0x0001, 0x8000  # options of espeak_Initialize
_UTF8, _END_PAUSE = 0x01, 0x1000  # flags of espeak_Synth
_WORD_EVENT, _PHONEME_EVENT = 1, 7
_RATE, _PITCH, _PITCH_RANGE, _WORD_GAP = 1, 3, 4, 7  # espeak_PARAMETER


class EspeakError(CallcoachError, RuntimeError):
    """The speech synthesiser is missing or refused what was asked of it."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One whitespace-separated word of the text and when it is heard (seconds)."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Speech:
    """A rendered utterance: mono float32 samples in -1 to 1, words and phonemes.

    ``phonemes`` holds ``(name, start_s, end_s)``; pauses have the name ``"_"``.
    """

    samples: np.ndarray
    sample_rate_hz: int
    words: tuple[SpokenWord, ...]
    phonemes: tuple[tuple[str, float, float], ...]

    @property
    def duration_s(self) -> float:
        """Length of the audio in seconds, leading and trailing pauses included."""
        return len(self.samples) / self.sample_rate_hz


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),  # in characters, from 1
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # ms
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


class _Voice(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),  # priority byte, then the language code
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class _Library:
    """The loaded C library; it has one global state, hence one instance and a lock."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1"
        try:
            self.c = ctypes.CDLL(name)
        except OSError as error:
            raise EspeakError(
                f"Synthetic speech needs the espeak-ng library, {name} was not found; "
                "install it (Debian and Ubuntu: apt install libespeak-ng1)."
            ) from error
        self.c.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        options = _PHONEME_EVENTS | _DO_NOT_EXIT
        self.sample_rate_hz = self.c.espeak_Initialize(_RETRIEVAL, 200, None, options)
        if self.sample_rate_hz <= 0:
            raise EspeakError(
                "espeak-ng must find its voice data, it found none; "
                "install espeak-ng-data or set ESPEAK_DATA_PATH."
            )
        self.samples: list[np.ndarray] = []
        self.events: list[tuple[int, int, int, str]] = []  # type, sample, text position, name
        self._callback = _Callback(self._collect)  # kept alive: C holds the pointer
        self.c.espeak_SetSynthCallback(self._callback)

    def _collect(self, wav, n_samples, events) -> int:
        if wav and n_samples > 0:
            self.samples.append(np.ctypeslib.as_array(wav, (n_samples,)).copy())
        for event in _until_zero(events):
            name = ""
            if event.type == _PHONEME_EVENT:
                name = event.id.string.decode("utf-8", "replace")
            self.events.append((event.type, event.sample, event.text_position, name))
        return 0


def _until_zero(events) -> Iterator[_Event]:
    i = 0
    while events and events[i].type:
        yield events[i]
        i += 1


_lock = threading.Lock()
_library: _Library | None = None


def _load() -> _Library:
    global _library
    if _library is None:
        _library = _Library()
    return _library


def available() -> bool:
    """Whether the espeak-ng library and its voice data can be loaded here."""
    try:
        with _lock:
            _load()
    except EspeakError:
        return False
    return True


def voices() -> list[str]:
    """Identifiers of the English voices installed, such as ``"gmw/en-US"``, sorted."""
    with _lock:
        listed = _load().c.espeak_ListVoices(None)
        found = set()
        i = 0
        while listed[i]:
            languages = listed[i].contents.languages or b""
            identifier = (listed[i].contents.identifier or b"").decode()
            if languages[1:3] == b"en" and not identifier.startswith("mb/"):
                found.add(identifier)
            i += 1
    return sorted(found)


def speak(
    text: str,
    *,
    voice: str = "gmw/en",
    variant: str = "",
    rate_wpm: int = 165,
    pitch: int = 50,
    pitch_range: int = 50,
    word_gap: int = 0,
) -> Speech:
    """Say ``text`` and tell when each of its words is heard.

    Words are the whitespace-separated pieces of ``text``, punctuation kept. A
    word begins with its first phoneme and ends where the last sounded one ends:
    pauses lie between words. Words that espeak runs together ("of the") share
    their phonemes in proportion to their letters. A piece without letters or
    digits, such as a dash, takes no time.

    The library keeps oscillator state between calls: the same text can come
    out a few samples longer the second time.

    Parameters
    ----------
    voice
        An identifier from :func:`voices`.
    variant
        Name of a voice variant that changes the speaker: ``m1`` to ``m8``,
        ``f1`` to ``f5`` and others; empty for the voice itself.
    rate_wpm
        Words per minute, 80 to 450.
    pitch, pitch_range
        0 to 100; 50 is espeak's normal.
    word_gap
        Extra pause between words, in units of 10 ms.

    Raises
    ------
    EspeakError
        The library is missing, or it knows no such voice.

    Examples
    --------
    >>> speech = speak("good morning")
    >>> [word.text for word in speech.words]
    ['good', 'morning']
    """
    with _lock:
        lib = _load()
        name = f"{voice}+{variant}" if variant else voice
        if lib.c.espeak_SetVoiceByName(name.encode()) != 0:
            raise EspeakError(f"The voice must be one that espeak-ng knows, {name!r} is not; see voices().")
        for parameter, value in (
            (_RATE, rate_wpm),
            (_PITCH, pitch),
            (_PITCH_RANGE, pitch_range),
            (_WORD_GAP, word_gap),
        ):
            lib.c.espeak_SetParameter(parameter, int(value), 0)
        lib.samples, lib.events = [], []
        data = text.encode("utf-8") + b"\0"
        lib.c.espeak_Synth(data, len(data), 0, 1, 0, _UTF8 | _END_PAUSE, None, None)
        lib.c.espeak_Synchronize()
        chunks, events, rate_hz = lib.samples, lib.events, lib.sample_rate_hz
    samples = np.concatenate(chunks) if chunks else np.zeros(0, np.int16)
    phonemes = _phonemes(events, rate_hz, len(samples))
    return Speech(
        samples=samples.astype(np.float32) / 32768.0,
        sample_rate_hz=rate_hz,
        words=_words(text, events, phonemes, rate_hz),
        phonemes=phonemes,
    )


def _phonemes(events, rate_hz: int, n_samples: int) -> tuple[tuple[str, float, float], ...]:
    marks = [(sample, name) for kind, sample, _, name in events if kind == _PHONEME_EVENT]
    ends = [sample for sample, _ in marks[1:]] + [n_samples]
    return tuple(
        ("_" if not name or name.startswith("_") else name, sample / rate_hz, end / rate_hz)
        for (sample, name), end in zip(marks, ends, strict=True)
        if end > sample
    )


def _words(text: str, events, phonemes, rate_hz: int) -> tuple[SpokenWord, ...]:
    pieces, position = [], 0
    for piece in text.split():
        position = text.index(piece, position)
        pieces.append((position, piece))
        position += len(piece)
    voiced = [i for i, (_, piece) in enumerate(pieces) if any(map(str.isalnum, piece))]
    ends = [pieces[i][0] + len(pieces[i][1]) for i in voiced]
    first: dict[int, float] = {}  # voiced piece -> start of its first event, increasing
    for kind, sample, text_position, _ in events:
        # After a comma espeak points at the space or dash before the word.
        at = bisect_right(ends, text_position - 1)
        if kind == _WORD_EVENT and at < len(voiced) and at > max(first, default=-1):
            first[at] = sample / rate_hz
    first[0] = 0.0
    sounded = [(start, end) for name, start, end in phonemes if name != "_"]
    heads = sorted(first)
    times: dict[int, tuple[float, float]] = {}
    for head, after in zip(heads, [*heads[1:], len(voiced)], strict=True):
        limit = first.get(after, float("inf"))
        within = [p for p in sounded if first[head] - 1e-6 <= p[0] < limit - 1e-6]
        letters = [len(pieces[voiced[i]][1]) for i in range(head, after)]
        for k, span in enumerate(_share(within, letters)):
            times[voiced[head + k]] = span or (first[head], first[head])
    words: list[SpokenWord] = []
    for i, (_, piece) in enumerate(pieces):
        at = words[-1].end_s if words else 0.0
        start, end = times.get(i, (at, at))
        words.append(SpokenWord(piece, start, end))
    return tuple(words)


def _share(phonemes, letters: list[int]) -> list[tuple[float, float] | None]:
    """Split the phonemes of words run together ("of the") in proportion to letters."""
    n, total, cuts = len(phonemes), sum(letters), [0]
    for i in range(len(letters)):
        cut = round(n * sum(letters[: i + 1]) / total)
        cuts.append(max(min(cut, n - (len(letters) - 1 - i)), min(cuts[-1] + 1, n)))
    return [(phonemes[a][0], phonemes[b - 1][1]) if b > a else None for a, b in pairwise(cuts)]
