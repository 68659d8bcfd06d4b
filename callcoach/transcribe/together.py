"""A meeting in one file per person, heard as one recording whose channels are the people.

::

    Ana    |■■■■    ■■■         |
    Ben         |■■   ■■■ |             began later, ended earlier
    Cleo   |  ■         ■■■     |
    call   0 ────────────────── end     one block of three channels at a time; silence where a file is not

Each file is decoded as a stream of its own, so that a meeting of ten takes the memory of one block of
ten channels. A file of several channels is one voice: their mean. Everything after is what happens to a
recording of as many channels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import numpy as np

from callcoach.core import Media, Voice, meeting_sha256
from callcoach.core.errors import BadMetadata, InputError
from callcoach.transcribe.audio import BLOCK_S, SAMPLE_RATE_HZ, Audio, open_audio

LONGEST_APART_S = 6 * 3600.0  # files of one meeting begin within this of one another
SHORTER_S, SHORTER_SHARE = 5.0, 0.02  # a file that ends earlier by more than both is mentioned


class Together(Audio):
    """Recordings of one person each, opened by `open_together`; read like any recording.

    Attributes
    ----------
    voices : tuple of Voice
        In the order of the channels: by name, so that the order of the files does not matter.
    labels : tuple of str
        What each channel is called: the person's name, told apart where two bear one.
    """

    def __init__(self, voices: Sequence[Voice]) -> None:
        if max(voice.starts_s for voice in voices) > LONGEST_APART_S:
            raise BadMetadata(
                "the files of one meeting must begin within 6 hours of one another; these do not: correct "
                "their started_at, or give them different source_ids"
            )
        self.voices = tuple(
            sorted(voices, key=lambda one: (one.name.casefold(), one.starts_s, one.path.name))
        )
        super().__init__(self.voices[0].path)
        self.labels = _labels([voice.name for voice in self.voices])
        self._starts_s = [voice.starts_s for voice in self.voices]
        self._parts = [self._opened(voice) for voice in self.voices]
        self.n_channels = len(self._parts)
        self.sample_rate_hz = max(part.sample_rate_hz for part in self._parts)
        self.format = self._parts[0].format
        self.claimed_s = max(
            (
                start_s + (part.claimed_s or 0.0)
                for part, start_s in zip(self._parts, self._starts_s, strict=True)
            ),
        )
        self._hashes: tuple[str, ...] = ()

    def sha256(self) -> str:
        """Hash of the hashes of all files, in no order: the same files, the same meeting."""
        if not self._hashes:
            self._hashes = tuple(part.sha256() for part in self._parts)
        return meeting_sha256(self._hashes)

    def options(self) -> list[list[object]]:
        """What of the putting together changes what is heard: who is which file, and when it begins."""
        self.sha256()
        return [list(one) for one in zip(self.labels, self._hashes, self._starts_s, strict=True)]

    def media(self) -> tuple[Media, ...]:
        """Every file with its channel; lengths are known once `blocks` has run to its end."""
        self.sha256()
        return tuple(
            Media(
                uri=part.path.resolve().as_uri(),
                sha256=sha256,
                duration_s=None if part.duration_s is None else round(part.duration_s, 3),
                n_channels=part.n_channels,
                sample_rate_hz=part.sample_rate_hz,
                format=part.format,
                channel=channel,
                starts_s=round(start_s, 3),
            )
            for channel, (part, sha256, start_s) in enumerate(
                zip(self._parts, self._hashes, self._starts_s, strict=True)
            )
        )

    def blocks(
        self, *, sample_rate_hz: int = SAMPLE_RATE_HZ, block_s: float = BLOCK_S
    ) -> Iterator[np.ndarray]:
        """Samples of all files from the first start to the last end; see `Audio.blocks`."""
        block = round(block_s * sample_rate_hz)
        rows = [
            _later(
                self._samples(part, voice, sample_rate_hz, block_s), round(start_s * sample_rate_hz), block
            )
            for part, voice, start_s in zip(self._parts, self.voices, self._starts_s, strict=True)
        ]
        for pieces in zip_longest(*rows, fillvalue=np.zeros(0, np.float32)):
            together = np.zeros((len(pieces), max(map(len, pieces))), np.float32)
            for row, piece in zip(together, pieces, strict=True):
                row[: len(piece)] = piece
            yield together
        ends_s = [s + (part.duration_s or 0.0) for part, s in zip(self._parts, self._starts_s, strict=True)]
        self.duration_s = max(ends_s)
        self.notes = tuple(self._notes(ends_s))

    def _samples(self, part: Audio, voice: Voice, rate_hz: int, block_s: float) -> Iterator[np.ndarray]:
        try:
            for block in part.blocks(sample_rate_hz=rate_hz, block_s=block_s):
                yield block.mean(axis=0)
        except InputError as error:
            raise _of(voice, error) from error

    def _opened(self, voice: Voice) -> Audio:
        try:
            return open_audio(voice.path)
        except InputError as error:
            raise _of(voice, error) from error

    def _notes(self, ends_s: Sequence[float]) -> Iterator[str]:
        aligned = "the times that are given" if any(self._starts_s) else "their beginnings"
        yield f"{len(self._parts)} files of one person each were heard together, aligned by {aligned}."
        last_s = max(ends_s)
        for label, part, end_s in zip(self.labels, self._parts, ends_s, strict=True):
            yield from (f"{label}: {note}" for note in part.notes)
            if last_s - end_s > max(SHORTER_S, SHORTER_SHARE * last_s):
                yield f"{label}: the file ends at {_clock(end_s)} of {_clock(last_s)}, and is silent after that."


def open_together(voices: Sequence[Voice]) -> Together:
    """The files of one meeting as one recording.

    Raises
    ------
    InputError
        As `open_audio`, of the first file that cannot be read, naming whose it is: half a meeting is
        never heard as if it were all of it.
    BadMetadata
        If the files begin hours apart.
    """
    return Together(voices)


def _later(blocks: Iterator[np.ndarray], n_before: int, block: int) -> Iterator[np.ndarray]:
    """One channel, shape (n,), with silence before it; all pieces but the last hold `block` samples."""
    while n_before >= block:
        yield np.zeros(block, np.float32)
        n_before -= block
    held = np.zeros(n_before, np.float32)
    for samples in blocks:
        held = np.concatenate([held, samples])
        while len(held) >= block:
            yield held[:block]
            held = held[block:]
    if len(held):
        yield held


def _labels(names: Sequence[str]) -> tuple[str, ...]:
    """Names as labels: the second of one name is ``"Ana (2)"``."""
    labels: list[str] = []
    for name in names:
        n = 1
        while (label := name if n == 1 else f"{name} ({n})") in labels:
            n += 1
        labels.append(label)
    return tuple(labels)


def _of(voice: Voice, error: InputError) -> InputError:
    """The error of one file as the meeting's."""
    return type(error)(
        f"{error.message} It is {voice.name}'s file of a meeting: without it half of the call would be judged "
        "as all of it. If it is not needed, take it out of its folder."
    )


def _clock(time_s: float) -> str:
    return f"{round(time_s) // 60}:{round(time_s) % 60:02}"
