"""What recognising two channels costs beside bare faster-whisper, in one run.

    python -m tests.bench.recognition_speed [--minutes 20] [--threads 1]

Four ways over the same two-channel call, made of the bundled ones:

a. callcoach, from the file to the transcript
b. bare faster-whisper, batched, with voice activity and word timestamps, on the mono mix
c. the same on each channel
d. sequential, without voice activity, on each channel

The model has the shape of Whisper base and random weights: no matter what it says, it costs what
base costs, as long as it says as much. So every window is made to decode the same number of
tokens, as many as real speech needs; windows and tokens are counted where they are decoded and
printed beside the times. CPU seconds are the process's own, so a busy machine does not count;
decoding the file is part of each way.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.recording import transcribe_recording
from callcoach.transcribe.whisper import load_whisper
from tests.bench.talk_speed import long_call
from tests.whisper_models import base, random_model

N_TOKENS = 100  # of a 30 s window of real speech
BATCH_SIZE = 8  # of the bare runs: faster-whisper's own
LIMITS = {"b": 1.10, "c": 1.05}


class Counted:
    """A CTranslate2 model whose windows all decode `N_TOKENS` tokens, counted."""

    def __init__(self, model: object, *, end_of_text: int) -> None:
        self._model, self._end = model, end_of_text
        self.n_windows = self.n_tokens = 0

    def __getattr__(self, name: str):
        return getattr(self._model, name)

    def generate(self, features, prompts, **options):
        options["suppress_tokens"] = [*options.get("suppress_tokens", ()), self._end]
        options["max_length"] = 2 * N_TOKENS  # CTranslate2 lets half of it be text
        results = self._model.generate(features, prompts, **options)
        self.n_windows += len(results)
        self.n_tokens += sum(len(result.sequences_ids[0]) for result in results)
        return results


def main() -> None:
    """Print windows, tokens and seconds of the four ways, and their ratios."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    from faster_whisper import BatchedInferencePipeline

    with tempfile.TemporaryDirectory() as folder:
        path = long_call(Path(folder) / "call.wav", minutes=options.minutes)
        # Weights as small as trained ones: larger ones would draw every attention to one place.
        model = random_model(Path(folder) / "base-shaped", base(), scale=0.02)
        recogniser = load_whisper(model, device="cpu", cpu_threads=options.threads)
        bare = recogniser._model
        counted = Counted(bare.model, end_of_text=bare.hf_tokenizer.token_to_id("<|endoftext|>"))
        bare.model = counted
        pipeline = BatchedInferencePipeline(bare)

        def batched(samples: np.ndarray) -> None:
            segments, _ = pipeline.transcribe(
                samples, language="en", temperature=0, word_timestamps=True, batch_size=BATCH_SIZE
            )
            for _ in segments:
                pass

        def sequential(samples: np.ndarray) -> None:
            segments, _ = bare.transcribe(
                samples,
                language="en",
                temperature=0,
                word_timestamps=True,
                condition_on_previous_text=False,
                without_timestamps=True,
                no_speech_threshold=None,
            )
            for _ in segments:
                pass

        def sound() -> np.ndarray:
            return np.concatenate(list(open_audio(path).blocks()), axis=1)

        ways: dict[str, tuple[str, Callable[[], object]]] = {
            "a": ("callcoach", lambda: transcribe_recording(path, recogniser=recogniser, language="en")),
            "b": ("bare, batched, mono mix", lambda: batched(sound().mean(axis=0))),
            "c": ("bare, batched, each channel", lambda: [batched(channel) for channel in sound()]),
            "d": ("bare, sequential, each channel", lambda: [sequential(channel) for channel in sound()]),
        }
        batched(sound()[0, : 16000 * 20])  # loads what the first way would load
        cpu_s = {}
        print(f"{options.minutes:g} min, two channels, base-shaped, int8, {options.threads} thread(s)")
        for way, (name, run) in ways.items():
            counted.n_windows = counted.n_tokens = 0
            before_s, before_wall_s = time.process_time(), time.perf_counter()
            run()
            cpu_s[way] = time.process_time() - before_s
            print(
                f"{way}  {name:31} {counted.n_windows:4} windows x {counted.n_tokens / counted.n_windows:.0f} "
                f"tokens   {cpu_s[way]:7.1f} s CPU   {time.perf_counter() - before_wall_s:7.1f} s wall",
                flush=True,
            )
    for other in "bcd":
        limit = f"   (limit {LIMITS[other]:.2f})" if other in LIMITS else ""
        print(f"a/{other} = {cpu_s['a'] / cpu_s[other]:.3f}{limit}")


if __name__ == "__main__":
    main()
