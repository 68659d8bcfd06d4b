"""From clean synthetic speech to what a recogniser gets: channel, noise, codec, log-mel.

The features are computed by faster-whisper's own extractor, so that training and
use agree to the last bit. Everything here takes and returns 16 kHz mono float32.
"""

import io

import av
import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from scipy.signal import resample_poly

RATE_HZ = 16_000
FRAME_S = 0.01  # one mel frame
N_MELS = 80

_extract = FeatureExtractor(feature_size=N_MELS, sampling_rate=RATE_HZ)


def to_16k(samples: np.ndarray, rate_hz: int) -> np.ndarray:
    """Resample mono audio from ``rate_hz`` to 16 kHz."""
    divisor = int(np.gcd(RATE_HZ, rate_hz))
    return resample_poly(samples, RATE_HZ // divisor, rate_hz // divisor).astype(np.float32)


def log_mel(samples: np.ndarray) -> np.ndarray:
    """Whisper's features, shape (80, frames) with one frame per 10 ms.

    The last frame is dropped, as faster-whisper's batched path does. Padding to
    30 s is left out: in this scale it is exactly 0.
    """
    return _extract(samples)[..., :-1].astype(np.float32)


def coloured_noise(n: int, rng: np.random.Generator) -> np.ndarray:
    """``n`` samples of noise with unit power, between white and brown."""
    spectrum = np.fft.rfft(rng.standard_normal(n).astype(np.float32))
    slope = rng.uniform(0.0, 1.0)
    spectrum *= np.maximum(np.arange(len(spectrum)), 20.0) ** -slope
    noise = np.fft.irfft(spectrum, n)
    return (noise / (np.sqrt(np.mean(noise**2)) + 1e-12)).astype(np.float32)


def channel(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Filter as a microphone or a telephone line would.

    A random smooth tilt of a few dB; one time in four a band of roughly 200-300
    to 3400-3800 Hz; one time in eight only the upper limit.
    """
    n = len(samples)
    spectrum = np.fft.rfft(samples)
    hz = np.linspace(0.0, RATE_HZ / 2, len(spectrum))
    knots = np.array([0, 300, 1000, 2500, 5000, 8000])
    gain_db = np.interp(hz, knots, rng.normal(0.0, 2.5, len(knots)))
    kind = rng.random()
    if kind < 0.375:
        edge_hz = rng.uniform(3400, 3800)
        gain_db = gain_db - np.clip((hz - edge_hz) / 400, 0, 1) * 60
    if kind < 0.25:
        low_hz = rng.uniform(150, 300)
        gain_db = gain_db - np.clip((low_hz - hz) / 150, 0, 1) * 40
    return np.fft.irfft(spectrum * 10 ** (gain_db / 20), n).astype(np.float32)


def through_opus(samples: np.ndarray, bit_rate: int) -> np.ndarray:
    """Encode with Opus at ``bit_rate`` bits per second and decode again, aligned."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE_HZ)
        stream.bit_rate, stream.layout = bit_rate, "mono"
        pcm = np.clip(samples * 32767, -32768, 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    buffer.seek(0)
    with av.open(buffer) as container:
        to_mono = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
        parts = [
            piece.to_ndarray()[0] for frame in container.decode(audio=0) for piece in to_mono.resample(frame)
        ]
    out = np.concatenate(parts).astype(np.float32) / 32768
    return np.pad(out, (0, max(0, len(samples) - len(out))))[: len(samples)]


def degrade(samples: np.ndarray, rng: np.random.Generator, bleed: np.ndarray | None = None) -> np.ndarray:
    """One random version of ``samples``: channel, bleed, noise, level, codec.

    Parameters
    ----------
    bleed
        The other side of the call, mixed in 13 to 38 dB below the speech.
    """
    out = channel(samples, rng) if rng.random() < 0.7 else samples.copy()
    power = float(np.mean(out**2)) + 1e-9
    if bleed is not None:
        other = np.resize(bleed, len(out)) if len(bleed) < len(out) else bleed[: len(out)]
        gain_db = -rng.uniform(13, 38)
        ratio = power / (float(np.mean(other**2)) + 1e-9)
        out = out + other * np.sqrt(ratio) * 10 ** (gain_db / 20)
    if rng.random() < 0.65:
        snr_db = rng.uniform(14, 55)
        out = out + coloured_noise(len(out), rng) * np.sqrt(power) * 10 ** (-snr_db / 20)
    out = out * (10 ** (rng.uniform(-24, -3) / 20) / (float(np.abs(out).max()) + 1e-6))
    if rng.random() < 0.3:
        out = through_opus(out, int(rng.choice([12_000, 16_000, 24_000, 32_000])))
    return out.astype(np.float32)
