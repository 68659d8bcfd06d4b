"""Any recording, decoded block by block with its channels apart.

PyAV brings FFmpeg's libraries inside its wheel: no program has to be installed, and what FFmpeg
reads, callcoach reads, video included. What decodes counts, never what a header claims: number of
channels, rate and length are those of the samples. Memory stays that of one block, however long
the recording.

::

    container time   0 ──────── 12.0     12.5 ───────── 60.0
    samples          [ decoded ][ zeros ][ decoded ]            a hole in the time stamps is silence,
                                                                so that seconds stay the player's
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import numpy as np

from callcoach.core.errors import EmptyInput, EncryptedInput, UnreadableInput
from callcoach.transcribe import protection
from callcoach.transcribe.decoding import LOCKED, Decoder

SAMPLE_RATE_HZ = 16000  # of everything after decoding
BLOCK_S = 30.0


class Audio:
    """A recording that can be decoded, opened by `open_audio`.

    Attributes
    ----------
    path : Path
        The local file; opened read-only.
    n_channels : int
        Of the first frame that decodes.
    sample_rate_hz : int
        Before resampling.
    format : str
        Container: ``"wav"``, ``"ogg"``, ``"mp4"``, ``"webm"``.
    claimed_s : float or None
        What the header says of the length: good for a progress bar, and for nothing else.
    duration_s : float or None
        Seconds of samples; None until `blocks` has run to its end.
    notes : tuple of str
        Sentences for people about what was odd; complete once `blocks` has run to its end.
    labels : tuple of str
        What the channels are called, where that is known; else they are left, right and so on.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.n_channels = 0
        self.sample_rate_hz = 0
        self.format = ""
        self.claimed_s: float | None = None
        self.duration_s: float | None = None
        self.notes: tuple[str, ...] = ()
        self.labels: tuple[str, ...] = ()
        self._stamp: tuple[int, int] | None = None

    def __enter__(self) -> Audio:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open between blocks; the context is there for callers' tidiness."""

    def sha256(self) -> str:
        """Hash of the file's bytes, read in pieces."""
        with _open_file(self.path) as stream:
            return _digest(stream)

    def blocks(
        self, *, sample_rate_hz: int = SAMPLE_RATE_HZ, block_s: float = BLOCK_S
    ) -> Iterator[np.ndarray]:
        """Samples from start to end, as far as the recording decodes; may be called again.

        Yields
        ------
        ndarray of float32, shape (n_channels, n)
            -1 to 1. All blocks but the last hold `block_s` seconds.

        Raises
        ------
        UnreadableInput
            If the file went away or changed since it was opened.
        """
        block = round(block_s * sample_rate_hz)
        held: list[np.ndarray] = []
        n_held = 0
        with _open_file(self.path) as stream:
            if self._stamp not in (None, _stamp(stream)):
                raise UnreadableInput(
                    f"a recording must not change while it is read; {self.path.name} did: "
                    "wait until it is complete and try again"
                )
            decoder = Decoder(stream, self.path.name)
            for piece in decoder.resampled(sample_rate_hz, self.n_channels):
                held.append(piece)
                n_held += piece.shape[1]
                while n_held >= block:
                    joined = np.concatenate(held, axis=1)
                    yield _sane(joined[:, :block])
                    held = [joined[:, block:]]
                    n_held -= block
            if n_held:
                yield _sane(np.concatenate(held, axis=1))
        self.duration_s = decoder.decoded_s
        self.notes = decoder.notes()


def local_path(source: str | os.PathLike[str]) -> Path:
    """The path behind a plain path or a ``file://`` URL.

    Raises
    ------
    UnreadableInput
        For any other URL: who reads it must bring it here first.
    """
    text = os.fspath(source)
    parts = urlsplit(text) if "://" in text else None
    if parts is None:
        return Path(text)
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        return Path(url2pathname(parts.path) if os.name == "nt" else unquote(parts.path))
    raise UnreadableInput(
        f"a recording must be a local file here; found a {parts.scheme} URL: fetch it first"
    )


def open_audio(source: str | os.PathLike[str]) -> Audio:
    """A recording ready to be decoded, after its first frame has been.

    Parameters
    ----------
    source : str or path
        A path or a ``file://`` URL.

    Raises
    ------
    EmptyInput
        No bytes, or a whole file without samples.
    UnreadableInput
        Missing, not allowed, damaged, header only, or cut off before anything decodes.
    NoAudio
        A picture, or a video without sound.
    EncryptedInput
        DRM, or behind a password.
    UnknownFormat
        No recording at all: a text, an archive, a program.
    """
    audio = Audio(local_path(source))
    with _open_file(audio.path) as stream:
        audio._stamp = _stamp(stream)
        if audio._stamp[0] == 0:
            raise EmptyInput(
                f"a recording must hold sound; {audio.path.name} has 0 bytes: copy or export it again"
            )
        if protection.is_protected(stream):
            raise EncryptedInput(LOCKED.format(name=audio.path.name))
        decoder = Decoder(stream, audio.path.name)
        frame = next(decoder.frames(), None)
        if frame is None:
            raise decoder.nothing()
        audio.n_channels = len(frame.layout.channels)
        audio.sample_rate_hz = frame.sample_rate
        audio.format = decoder.format
        audio.claimed_s = decoder.claimed_s
    return audio


def _open_file(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableInput(
                f"a recording must be a file; {path.name or path} is a folder or device: give its files"
            )
        return path.open("rb")
    except FileNotFoundError as error:
        raise UnreadableInput(f"a recording must exist; there is no file {path}: check the path") from error
    except PermissionError as error:
        raise UnreadableInput(
            f"a recording must be readable; {path.name} may not be read by this user: change its permissions"
        ) from error
    except UnreadableInput:
        raise
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            f"a recording must be readable; {path.name} is not: check the disk or mount"
        ) from error


def _sane(block: np.ndarray) -> np.ndarray:
    """Float files may hold anything: what is not a number is silence, the rest is kept in range."""
    return np.clip(np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0), -1.0, 1.0)


def _stamp(stream: BinaryIO) -> tuple[int, int]:
    facts = os.fstat(stream.fileno())
    return facts.st_size, facts.st_mtime_ns


def _digest(stream: BinaryIO) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()
