"""Probability of speech by Silero, fed block by block, in one thread and with the same answer always.

The network (version 6) lies in faster-whisper's wheel and runs in onnxruntime. Its state is
carried from block to block, so a three-hour call is heard exactly as it would be in one piece.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from callcoach.transcribe.audio import SAMPLE_RATE_HZ

THRESHOLD, END_THRESHOLD = 0.5, 0.35  # Silero's own
STEP_S = 0.032
_STEP, _CONTEXT = round(STEP_S * SAMPLE_RATE_HZ), 64  # samples: one probability, and what is heard again


class SpeechDetector:
    """Probability of speech on one channel, fed in pieces of any length."""

    def __init__(self) -> None:
        self._state = [np.zeros((1, 1, 128), np.float32) for _ in range(2)]
        self._context = np.zeros(_CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)
        self._probabilities: list[np.ndarray] = []

    def feed(self, samples: np.ndarray) -> None:
        """Hear more samples, float32 at 16 kHz."""
        samples = np.concatenate([self._rest, samples])
        n = len(samples) // _STEP
        self._rest = samples[n * _STEP :]
        if not n:
            return
        heard = np.concatenate([self._context, samples[: n * _STEP]])
        windows = np.lib.stride_tricks.sliding_window_view(heard, _CONTEXT + _STEP)[::_STEP]
        self._context = heard[-_CONTEXT:]
        output, *self._state = _silero().run(
            None,
            {"input": np.ascontiguousarray(windows), "h": self._state[0], "c": self._state[1]},
        )
        self._probabilities.append(np.asarray(output, np.float32).reshape(-1))

    def finish(self) -> np.ndarray:
        """Probabilities, one per 32 ms; a last part step is filled with zeros."""
        if len(self._rest):
            self.feed(np.zeros(_STEP - len(self._rest), np.float32))
        return np.concatenate(self._probabilities) if self._probabilities else np.zeros(0, np.float32)


@lru_cache(maxsize=1)
def _silero():
    """Silero's network in one thread: the same answer on every run."""
    import onnxruntime
    from faster_whisper.utils import get_assets_path

    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        f"{get_assets_path()}/silero_vad_v6.onnx", providers=["CPUExecutionProvider"], sess_options=options
    )


def hysteresis(probabilities: np.ndarray) -> np.ndarray:
    """True from where `THRESHOLD` is reached until it falls under `END_THRESHOLD`."""
    # Each step takes the state of the last step that decided anything.
    decides = np.where(probabilities >= THRESHOLD, 1, np.where(probabilities < END_THRESHOLD, 0, -1))
    last = np.maximum.accumulate(np.where(decides >= 0, np.arange(len(decides)), -1))
    return np.where(last >= 0, decides[last], 0).astype(bool)
