"""WAV with the bytes of its numbers the other way round (RIFX), as some recorders write it.

FFmpeg reads the header of such a file and takes its samples for those of an ordinary one, which is noise.
So the header is read here, and the samples are given to FFmpeg as what they are.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_FORMATS = {
    (_PCM, 8): "u8",
    (_PCM, 16): "s16be",
    (_PCM, 24): "s24be",
    (_PCM, 32): "s32be",
    (_FLOAT, 32): "f32be",
    (_FLOAT, 64): "f64be",
    (6, 8): "alaw",
    (7, 8): "mulaw",
}
_NOT_KNOWN = 0x7FFFF000  # bytes in the header from which its length says nothing


@dataclass(frozen=True, slots=True)
class RawSound:
    """Where the samples of a file lie, and what they are.

    Parameters
    ----------
    format : str
        FFmpeg's name for them.
    at, n : int
        First byte and number of bytes; `n` is None where the header does not say.
    """

    format: str
    sample_rate_hz: int
    n_channels: int
    at: int
    n: int | None
    bytes_per_s: int

    @property
    def claimed_s(self) -> float | None:
        return None if self.n is None else self.n / self.bytes_per_s

    @property
    def options(self) -> dict[str, str]:
        """For FFmpeg, which cannot tell them from the samples."""
        return {"sample_rate": str(self.sample_rate_hz), "ch_layout": f"{self.n_channels}C"}


def is_rifx(head: bytes) -> bool:
    return head.startswith(b"RIFX") and head[8:12] == b"WAVE"


def raw_sound(head: bytes) -> RawSound | None:
    """The samples of a RIFX file from its first bytes; None for any other file, or one of packed samples."""
    if not is_rifx(head):
        return None

    def number(at: int, size: int) -> int:
        return int.from_bytes(head[at : at + size], "big")

    at, known = 12, None
    while at + 8 <= len(head):
        kind, size, body = head[at : at + 4], number(at + 4, 4), at + 8
        if kind == b"fmt ":
            tag, n_channels, rate_hz, bits = (
                number(body, 2),
                number(body + 2, 2),
                number(body + 4, 4),
                number(body + 14, 2),
            )
            if tag == _EXTENSIBLE:
                tag = number(body + 26, 2) or number(body + 24, 2)
            known = _FORMATS.get((tag, bits)), rate_hz, n_channels, rate_hz * n_channels * bits // 8
        if kind == b"data":
            if known is None or None in known or not all(known[1:]):
                return None
            name, rate_hz, n_channels, bytes_per_s = known
            n = size if 0 < size < _NOT_KNOWN else None
            return RawSound(name, rate_hz, n_channels, body, n, bytes_per_s)
        at = body + size + size % 2
    return None


class Samples(io.RawIOBase):
    """The samples of a file as a file of their own, that ends where they do."""

    def __init__(self, stream: BinaryIO, sound: RawSound) -> None:
        super().__init__()
        end = stream.seek(0, io.SEEK_END)
        self._stream, self._at = stream, sound.at
        self._n = max(0, end - sound.at if sound.n is None else min(end - sound.at, sound.n))
        self.seek(0)

    def read(self, size: int = -1) -> bytes:
        left = self._n - self.tell()
        return self._stream.read(left if size < 0 else min(size, left)) if left > 0 else b""

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.tell(), io.SEEK_END: self._n}[whence]
        return self._stream.seek(self._at + base + offset) - self._at

    def tell(self) -> int:
        return self._stream.tell() - self._at
