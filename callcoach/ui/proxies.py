"""Copies that every browser can play, made on demand and kept within bounds.

AMR, G.722, GSM and WMA play in no browser. A copy in Opus lies in the user's cache folder under the
recording's hash; the recording itself stays as it is. A meeting in one file per person plays as a copy
of all voices mixed. The oldest copies go when there are too many.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from callcoach.core import Media, Voice, content_key
from callcoach.core.errors import UnreadableInput

PROXY_SUFFIX = ".opus"
BIT_RATE = 32_000  # speech, both channels
SAMPLE_RATE_HZ = 48_000
MAX_CACHE_BYTES = 2_000_000_000
MAX_LENGTH_S = 6 * 3600.0
MIX_BLOCK_S = 5.0
# What browsers are known not to play; anything else is tried first.
UNPLAYABLE = frozenset(
    [".amr", ".awb", ".3gp", ".g722", ".g729", ".gsm", ".vox", ".wma", ".asf", ".au", ".aif", ".aiff"]
)

_one_at_a_time = threading.Lock()


def proxies_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("callcoach", appauthor=False)) / "proxies"


def proxy_of(path: Path, sha256: str, *, folder: Path | None = None) -> Path:
    """The copy of a recording, made now if it is not there yet.

    Raises
    ------
    UnreadableInput
        If nothing in the file can be decoded.
    OSError
        If the copy cannot be written.
    """
    return _kept(sha256, lambda unfinished: _write(path, unfinished), folder)


def mixed_proxy_of(voices: Sequence[Media], *, folder: Path | None = None) -> Path:
    """The copy of a meeting in one file per person, all voices on one channel, made now if need be.

    Raises
    ------
    InputError
        If one of the files cannot be decoded.
    OSError
        If the copy cannot be written.
    """
    key = content_key([[one.sha256, one.starts_s] for one in voices])
    return _kept(key, lambda unfinished: _write_mixed(voices, unfinished), folder)


def _kept(key: str, write: Callable[[Path], None], folder: Path | None) -> Path:
    folder = proxies_folder() if folder is None else folder
    copy = folder / f"{key}{PROXY_SUFFIX}"
    with _one_at_a_time:
        if copy.exists():
            os.utime(copy)
            return copy
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=PROXY_SUFFIX, dir=folder)
        os.close(handle)
        unfinished = Path(name)
        try:
            write(unfinished)
            unfinished.replace(copy)
        finally:
            unfinished.unlink(missing_ok=True)
        _keep_within(folder, MAX_CACHE_BYTES, spare=copy)
    return copy


def _write(path: Path, target: Path) -> None:
    import av

    try:
        with av.open(str(path)) as recording, av.open(str(target), "w", format="ogg") as copy:
            heard = recording.streams.audio[0]
            layout = "stereo" if heard.codec_context.channels >= 2 else "mono"
            stream = copy.add_stream("libopus", rate=SAMPLE_RATE_HZ, layout=layout)
            stream.bit_rate = BIT_RATE
            resampler = av.AudioResampler(format="flt", layout=layout, rate=SAMPLE_RATE_HZ)
            for frame in recording.decode(heard):
                if frame.time is not None and frame.time > MAX_LENGTH_S:
                    break
                for piece in resampler.resample(frame):
                    copy.mux(stream.encode(piece))
            for piece in resampler.resample(None):
                copy.mux(stream.encode(piece))
            copy.mux(stream.encode(None))
    except (av.error.FFmpegError, IndexError, ValueError) as error:
        raise UnreadableInput(
            f"a recording must decode to be played; {path.name} does not: get the file again"
        ) from error


def _write_mixed(voices: Sequence[Media], target: Path) -> None:
    import av
    import numpy as np

    from callcoach.transcribe.together import open_together

    parts = [Voice(one.sha256, Path(url2pathname(urlsplit(one.uri).path)), one.starts_s) for one in voices]
    with open_together(parts) as meeting, av.open(str(target), "w", format="ogg") as copy:
        stream = copy.add_stream("libopus", rate=SAMPLE_RATE_HZ, layout="mono")
        stream.bit_rate = BIT_RATE
        for i, block in enumerate(meeting.blocks(sample_rate_hz=SAMPLE_RATE_HZ, block_s=MIX_BLOCK_S)):
            if i * MIX_BLOCK_S > MAX_LENGTH_S:
                break
            mixed = np.clip(block.sum(axis=0, keepdims=True), -1.0, 1.0).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(mixed, format="flt", layout="mono")
            frame.sample_rate = SAMPLE_RATE_HZ
            frame.pts = round(i * MIX_BLOCK_S * SAMPLE_RATE_HZ)
            copy.mux(stream.encode(frame))
        copy.mux(stream.encode(None))


def _keep_within(folder: Path, limit_bytes: int, *, spare: Path) -> None:
    """Delete the copies that were heard longest ago, until the rest fits."""
    copies = sorted(folder.glob(f"*{PROXY_SUFFIX}"), key=lambda copy: copy.stat().st_mtime)
    total = sum(copy.stat().st_size for copy in copies)
    for copy in copies:
        if total <= limit_bytes:
            return
        if copy != spare:
            total -= copy.stat().st_size
            copy.unlink(missing_ok=True)
