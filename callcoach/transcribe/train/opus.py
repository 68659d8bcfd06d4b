"""Channels as small Opus in Ogg that keeps them apart.

Ordinary two-channel Opus codes left and right together: at low rates some of one side is heard on
the other, which callcoach would rightly call bleed. Channel mapping family 255 (RFC 7845, 5.1.1.3)
codes every channel as a stream of its own.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

_LAYOUTS = {1: "mono", 2: "stereo"}
_FRAME = 320  # samples: 20 ms at 16 kHz
BIT_RATE_PER_CHANNEL = 16_000  # bit/s, an average


def write_opus(path: Path, samples: np.ndarray, *, sample_rate_hz: int) -> None:
    """Write one or two channels; decoding gives them back without delay.

    The encoder's lead-in is stated in the header, so that decoders drop it. What is heard at a
    time in `samples` is heard at that time in the file.

    Parameters
    ----------
    samples : ndarray of float, shape (n_channels, n_samples)
        -1 to 1; a rate that Opus knows: 8, 12, 16, 24 or 48 kHz.
    """
    pcm = np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16)
    n_channels = len(pcm)
    options = {
        "mapping_family": "255" if n_channels > 1 else "-1",
        "application": "audio",
        "vbr": "on",
    }
    with av.open(str(path), "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(
            "libopus", rate=sample_rate_hz, options=options, layout=_LAYOUTS[n_channels]
        )
        stream.bit_rate = BIT_RATE_PER_CHANNEL * n_channels
        for at in range(0, pcm.shape[1], _FRAME):
            block = pcm[:, at : at + _FRAME]
            interleaved = np.ascontiguousarray(block.T).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(interleaved, format="s16", layout=_LAYOUTS[n_channels])
            frame.sample_rate, frame.pts = sample_rate_hz, at
            frame.time_base = Fraction(1, sample_rate_hz)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
