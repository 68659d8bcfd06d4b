"""FFmpeg, through PyAV: one pass over an open file, and why a file cannot be read.

The only place that knows PyAV. Damaged packets are counted and left out, time stamps that jump
ahead become silence, and nothing but the file given is ever opened.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from callcoach.core.errors import EmptyInput, EncryptedInput, NoAudio, UnknownFormat, UnreadableInput
from callcoach.transcribe import protection
from callcoach.transcribe.rifx import Samples, is_rifx, raw_sound

MIN_HOLE_S = 0.1  # shorter jumps of the time stamps are jitter
MAX_HOLE_S = 600.0  # longer ones are damage of the time stamps, not silence
MAX_HOLES_S = 4 * 3600.0
MISSING_SHARE, MISSING_S = 0.02, 0.05  # a header's claim is off when both more are missing

# Containers whose header states a length; elsewhere FFmpeg's length is a guess from the bit rate.
_STATES_LENGTH = ("wav", "mov", "matroska", "flac", "aiff", "caf", "au", "w64")
# Lists of other files and devices: never followed, so that no file makes us open another.
_REFERENCES = {"hls", "dash", "concat", "sdp", "rtsp", "rtp", "imf", "ffmetadata", "tedcaptions"}
_TEXT_FORMATS = {"tty", "srt", "webvtt", "ass", "lrc", "microdvd", "subviewer", "sami", "ttml", "scc"}
_NO_LENGTH = 0x7FFFF000  # bytes in the header of a WAV that mean "not known"
_SHORT_NAMES = {"mov": "mp4", "matroska": "matroska"}

LOCKED = (
    "a recording must be readable without a licence or password; {name} is protected: "
    "export it unprotected from where it was made"
)


class Decoder:
    """One pass over one open file: frames, then resampled pieces, and what was odd on the way."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        import av
        import av.logging

        av.logging.set_level(None)  # FFmpeg's remarks are for developers
        self._av, self._name, self._stream = av, name, stream
        self._errors = (av.error.FFmpegError, ValueError)
        stream.seek(0)
        head = stream.read(protection.HEAD_BYTES)
        stream.seek(0)
        raw = raw_sound(head)
        if raw is None and is_rifx(head):
            raise UnreadableInput(
                f"a WAV of reversed bytes (RIFX) must hold plain samples; {name} is damaged or holds others: "
                "export it as WAV or Opus"
            )
        try:
            # Through the open file, with no protocol allowed: a playlist cannot make FFmpeg open
            # another file or an address.
            self._container = av.open(
                _Named(stream if raw is None else Samples(stream, raw)),
                mode="r",
                format=None if raw is None else raw.format,
                metadata_errors="ignore",
                options={"protocol_whitelist": "none"} | ({} if raw is None else raw.options),
            )
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise self._refused(head) from error
        names = set(self._container.format.name.split(","))
        if names & _REFERENCES:
            raise UnknownFormat(_NOT_A_RECORDING.format(name=name, what="a list of other files"))
        if not self._container.streams.audio:
            if names & _TEXT_FORMATS or protection.looks_like_text(head):
                raise UnknownFormat(_NOT_A_RECORDING.format(name=name, what="text"))
            raise NoAudio(
                f"a recording must have sound; {name} has pictures only: give the file with the sound"
            )
        known = [track for track in self._container.streams.audio if track.codec_context is not None]
        if not known:
            raise UnreadableInput(
                f"a recording must be of a known kind; the sound of {name} is of none: export it as WAV or Opus"
            )
        self._track = known[0]
        self._track.codec_context.thread_count = 1
        self.format = "wav" if raw else _short_name(self._container.format.name, head)
        self.claimed_s = raw.claimed_s if raw else _stated_by_wav(head) or self._claimed()
        self._states_length = bool(raw or names.intersection(_STATES_LENGTH))
        self.n_damaged = 0
        self.cut_off = False
        self._filled_s = 0.0
        self._sound_s = 0.0

    def _refused(self, head: bytes) -> Exception:
        if protection.looks_like_media(head) or (
            not protection.looks_like_text(head) and _media_suffix(self._name)
        ):
            return UnreadableInput(
                f"a recording must decode; {self._name} is damaged or cut off before its sound begins: "
                "copy or export it again"
            )
        what = "text" if protection.looks_like_text(head) else "of a kind that is not known"
        return UnknownFormat(_NOT_A_RECORDING.format(name=self._name, what=what))

    def _claimed(self) -> float | None:
        if self._track.duration is not None and self._track.time_base is not None:
            return float(self._track.duration * self._track.time_base)
        return self._container.duration / 1e6 if self._container.duration else None

    def nothing(self) -> Exception:
        """Why a file that opens holds no frame of sound."""
        if protection.may_be_protected(self._stream):
            return EncryptedInput(LOCKED.format(name=self._name))
        if self.n_damaged or self.cut_off or (self._states_length and (self.claimed_s or 0.0) > 0.0):
            return UnreadableInput(
                f"a recording must decode; of {self._name} nothing does beyond its header: copy or export it again"
            )
        return EmptyInput(
            f"a recording must hold sound; {self._name} has a header and no samples: check the recorder"
        )

    def frames(self) -> Iterator[Any]:
        """Frames that decode; damaged packets are counted and left out."""
        packets = self._container.demux(self._track)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except self._errors:
                self.cut_off = True
                return
            except OSError as error:
                raise UnreadableInput(
                    f"a recording must be readable to its end; reading {self._name} failed: check the disk or mount"
                ) from error
            try:
                decoded = packet.decode()
            except self._av.error.EOFError:
                return
            except self._errors:
                self.n_damaged += 1
                continue
            yield from (frame for frame in decoded if frame.samples and len(frame.layout.channels))

    def resampled(self, rate_hz: int, n_channels: int) -> Iterator[np.ndarray]:
        """Pieces of float32 samples, shape (n_channels, n), holes of the time stamps filled."""
        resampler, setup, layout = None, None, None
        start = self._container.start_time
        expected_s = None if start is None else start / 1e6
        for frame in self.frames():
            expected_s = frame.time if expected_s is None else expected_s
            hole_s = self._hole_s(frame.time, expected_s)
            if setup not in (None, _setup(frame)) or (hole_s and resampler):
                yield from self._pieces(resampler, None, n_channels)
                resampler = None
            if hole_s:
                self._filled_s += hole_s
                yield np.zeros((n_channels, round(hole_s * rate_hz)), np.float32)
            if resampler is None:
                setup, layout = _setup(frame), layout or frame.layout.name
                same = len(frame.layout.channels) == n_channels
                resampler = self._av.AudioResampler(
                    format="fltp", layout=None if same else layout, rate=rate_hz
                )
            length_s = frame.samples / frame.sample_rate
            self._sound_s += length_s
            if expected_s is not None:
                expected_s += hole_s + length_s
            frame.pts = None  # the resampler counts samples; holes are dealt with above
            yield from self._pieces(resampler, frame, n_channels)
        if resampler is not None:
            yield from self._pieces(resampler, None, n_channels)

    def _hole_s(self, at_s: float | None, expected_s: float | None) -> float:
        """Seconds of silence before a frame; 0 where its time stamp is missing or cannot be right."""
        if at_s is None or expected_s is None:
            return 0.0
        hole_s = at_s - expected_s
        fits = MIN_HOLE_S < hole_s <= MAX_HOLE_S and self._filled_s + hole_s <= MAX_HOLES_S
        return hole_s if fits else 0.0

    def _pieces(self, resampler: Any, frame: Any, n_channels: int) -> Iterator[np.ndarray]:
        try:
            arrays = [done.to_ndarray() for done in resampler.resample(frame)]
        except self._errors:
            self.n_damaged += 1
            return
        yield from (array[:n_channels] for array in arrays if array.shape[1])

    @property
    def decoded_s(self) -> float:
        """Seconds of samples so far, filled holes included."""
        return round(self._sound_s + self._filled_s, 6)

    def notes(self) -> tuple[str, ...]:
        """What a person should know about how well the file decoded."""
        notes, decoded_s = [], self.decoded_s
        n_tracks = len(self._container.streams.audio)
        if n_tracks > 1:
            notes.append(f"The file has {n_tracks} sound tracks; the first is used.")
        missing_s = (self.claimed_s or 0.0) - decoded_s if self._states_length else 0.0
        if self.cut_off or missing_s > max(MISSING_S, MISSING_SHARE * (self.claimed_s or 0.0)):
            of = f" of the {self.claimed_s:.1f} s its header states" if missing_s > MISSING_S else ""
            notes.append(
                f"The recording is cut off or damaged: {decoded_s:.1f} s{of} could be read and are used."
            )
        if self.n_damaged:
            notes.append(f"{self.n_damaged} damaged pieces of the recording were left out.")
        if self._filled_s:
            notes.append(f"Holes in the recording, {self._filled_s:.1f} s in all, count as silence.")
        return tuple(notes)


_NOT_A_RECORDING = (
    "an input must be a recording or a transcript of a known kind; {name} is {what}: "
    "give the recording or the transcript itself"
)


def _stated_by_wav(head: bytes) -> float | None:
    """Seconds that a WAV header states: FFmpeg tells only what the file has room for."""
    if not (head.startswith(b"RIFF") and head[8:12] == b"WAVE"):
        return None
    at, bytes_per_s = 12, 0
    while at + 8 <= len(head):
        kind, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
        if kind == b"fmt ":
            bytes_per_s = int.from_bytes(head[at + 16 : at + 20], "little")
        if kind == b"data":
            # Recorders that never learnt the length write nothing or the most there is.
            return size / bytes_per_s if bytes_per_s and 0 < size < _NO_LENGTH else None
        at += 8 + size + size % 2
    return None


def _setup(frame: Any) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


class _Named:
    """A file for FFmpeg without its name, so that contents decide and not the ending."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read, self.seek, self.tell = stream.read, stream.seek, stream.tell


def _short_name(names: str, head: bytes) -> str:
    if b"webm" in head[:64] and "webm" in names:
        return "webm"
    first = names.split(",")[0]
    return _SHORT_NAMES.get(first, first)


def _media_suffix(name: str) -> bool:
    kind = mimetypes.guess_type(name)[0] or ""
    return kind.startswith(("audio/", "video/")) or Path(name).suffix.lower() in (
        ".amr",
        ".opus",
        ".webm",
        ".m4a",
    )
