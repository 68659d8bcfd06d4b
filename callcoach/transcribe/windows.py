"""Windows for a recogniser: speech of one channel, silence left out, with the way back to the call.

::

    call, left    |====|            |==========|                 |=======|
    call, right          |=======|                |===========|
    windows of    |====|==========|=======|                              one window of left
                  |=======|===========|                                  one window of right

What costs is the number of windows, so each is filled with speech alone. Pieces keep a margin of
sound, which makes a pause where they meet. Windows are cut where nobody speaks; a piece longer
than a window is cut at its quietest moment. The recording is read once for all channels, block by
block, and no more than a window per channel is held.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from callcoach.core.intervals import Interval, Intervals
from callcoach.core.transcript import Word
from callcoach.transcribe.audio import SAMPLE_RATE_HZ

MARGIN_S = 0.2  # of sound kept round speech; at most half of the pause
QUIET_S = 0.16  # of sound whose power is compared to find the quietest moment
_STEP_S = 0.01
_EARLIEST_CUT = 0.5  # a long piece is cut in the last half of a window

WINDOW_OPTIONS: dict[str, object] = {"margin_ms": round(MARGIN_S * 1000), "quiet_ms": round(QUIET_S * 1000)}
"""What the recognition key records of this stage."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the recording inside a window, in samples of 16 kHz."""

    at: int  # where it begins in the window
    start: int  # where it begins in the recording
    n: int
    after_cut: bool = False  # speech goes on from the part before: cut because it was too long


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Speech of one channel, packed, at most as long as the model takes.

    Parameters
    ----------
    label : str
        The speaker whose channel it is.
    samples : ndarray of float32, shape (n,)
        16 kHz.
    parts : tuple of Part
        They fill the window without gap or overlap, in order of time.
    """

    label: str
    samples: np.ndarray
    parts: tuple[Part, ...]

    @property
    def duration_s(self) -> float:
        return len(self.samples) / SAMPLE_RATE_HZ

    @property
    def spans(self) -> Intervals:
        """The stretches of the recording that it holds."""
        return tuple(_interval(part.start, part.start + part.n) for part in self.parts)

    def on_call(self, word: Word) -> Word:
        """A word timed from the window's start, timed from the start of the recording.

        The part under the word's middle decides, and the word ends where that part does: a word
        never reaches across time that the window left out.
        """
        start, end = (round(t * SAMPLE_RATE_HZ) for t in (word.interval.start_s, word.interval.end_s))
        middle = (start + end) // 2
        part = next((p for p in reversed(self.parts) if p.at <= middle), self.parts[0])
        first, last = part.start, part.start + part.n
        start = min(max(start - part.at + part.start, first), last)
        end = min(max(end - part.at + part.start, start), last)
        return Word(word.text, _interval(start, end), word.probability)

    def in_window(self, time_s: float) -> float | None:
        """Where a moment of the recording lies in the window; None if it is not in it."""
        sample = round(time_s * SAMPLE_RATE_HZ)
        for part in self.parts:
            if part.start <= sample <= part.start + part.n:
                return (sample - part.start + part.at) / SAMPLE_RATE_HZ
        return None


def windows_of(
    blocks: Iterable[np.ndarray], channels: Mapping[str, tuple[int | None, Intervals]], *, longest_s: float
) -> Iterator[Window]:
    """Windows over all speech of a recording, those of all channels mixed as they fill up.

    Parameters
    ----------
    blocks : iterable of ndarray, shape (n_channels, n)
        The recording at 16 kHz, from its start.
    channels : mapping of label to channel and speech
        Channel None is the mean of all channels.
    longest_s : float
        No window is longer.
    """
    packers = {label: Packer(label, speech, longest_s=longest_s) for label, (_, speech) in channels.items()}
    for block in blocks:
        for label, packer in packers.items():
            channel = channels[label][0]
            yield from packer.feed(block.mean(axis=0) if channel is None else block[channel])
        if all(packer.done for packer in packers.values()):
            break
    for packer in packers.values():
        yield from packer.finish()


class Packer:
    """Packs the speech of one channel, fed from its start in pieces of any length."""

    def __init__(self, label: str, speech: Intervals, *, longest_s: float) -> None:
        self._label = label
        self._longest = round(longest_s * SAMPLE_RATE_HZ)
        self._wanted = deque(_widened(speech))
        self._held, self._held_from = np.zeros(0, np.float32), 0
        self._parts: list[Part] = []
        self._sounds: list[np.ndarray] = []
        self._n = 0
        self._after_cut = False

    @property
    def done(self) -> bool:
        """Whether all speech has been packed; a last window may still be open."""
        return not self._wanted

    def feed(self, samples: np.ndarray) -> Iterator[Window]:
        """Hear more of the channel; windows that became full."""
        held_to = self._held_from + len(self._held) + len(samples)
        if not self._wanted or held_to <= self._wanted[0][0]:
            self._held, self._held_from = np.zeros(0, np.float32), held_to
            return
        self._held = np.concatenate([self._held, samples])
        yield from self._pack(held_to, at_end=False)

    def finish(self) -> Iterator[Window]:
        """The rest, after the last sample."""
        yield from self._pack(self._held_from + len(self._held), at_end=True)
        if self._parts:
            yield self._closed()

    def _pack(self, held_to: int, *, at_end: bool) -> Iterator[Window]:
        while self._wanted:
            start, end = self._wanted[0]
            end = min(end, held_to) if at_end else end
            if start >= held_to or held_to < min(end, start + self._longest):
                break
            cut = self._cut(start) if end - start > self._longest else end
            if self._parts and self._n + cut - start > self._longest:
                yield self._closed()
            self._parts.append(Part(self._n, start, cut - start, self._after_cut))
            self._sounds.append(self._held[start - self._held_from : cut - self._held_from])
            self._n += cut - start
            self._after_cut = cut < end
            self._wanted.popleft()
            if cut < end:
                self._wanted.appendleft((cut, end))
        keep_from = min(self._wanted[0][0] if self._wanted else held_to, held_to)
        self._held, self._held_from = self._held[keep_from - self._held_from :].copy(), keep_from

    def _cut(self, start: int) -> int:
        """The middle of the quietest stretch in the last half of the longest window from `start`."""
        first = start + round(_EARLIEST_CUT * self._longest)
        sound = self._held[first - self._held_from : start + self._longest - self._held_from]
        step = round(_STEP_S * SAMPLE_RATE_HZ)
        powers = (sound[: len(sound) // step * step].reshape(-1, step).astype(float) ** 2).sum(axis=1)
        n = round(QUIET_S / _STEP_S)
        if len(powers) <= n:
            return start + self._longest
        total = np.cumsum(np.concatenate([[0.0], powers]))
        return first + (int((total[n:] - total[:-n]).argmin()) * 2 + n) * step // 2

    def _closed(self) -> Window:
        # A copy: the parts are views of a block that shall not be kept.
        window = Window(self._label, np.concatenate(self._sounds).astype(np.float32), tuple(self._parts))
        self._parts, self._sounds, self._n = [], [], 0
        return window


def _widened(speech: Intervals) -> Iterator[tuple[int, int]]:
    """Pieces in samples, with a margin that ends halfway to their neighbours."""
    for i, piece in enumerate(speech):
        before_s = (piece.start_s - speech[i - 1].end_s) / 2 if i else piece.start_s
        after_s = (speech[i + 1].start_s - piece.end_s) / 2 if i + 1 < len(speech) else MARGIN_S
        start_s = piece.start_s - min(MARGIN_S, max(0.0, before_s))
        end_s = piece.end_s + min(MARGIN_S, max(0.0, after_s))
        start, end = round(start_s * SAMPLE_RATE_HZ), round(end_s * SAMPLE_RATE_HZ)
        if end > start:
            yield start, end


def _interval(start: int, end: int) -> Interval:
    return Interval(round(start / SAMPLE_RATE_HZ, 3), round(end / SAMPLE_RATE_HZ, 3))
