"""Train the demo model from nothing on synthetic speech, then export it.

    python -m callcoach.transcribe.train.demo_whisper --minutes 75 --out models/demo-whisper

Speech is rendered by a second process while the first one trains; both keep their
files in a cache folder outside the source tree, so an interrupted run goes on where
it was. The schedule follows the clock, not the number of steps: on a slower or busier
machine the run takes the same time and sees less speech. Needs torch (a CPU is enough)
and espeak-ng, which using the model does not.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from callcoach.transcribe.train import tokens as tk
from callcoach.transcribe.train.batches import IGNORED, Batch, Pool
from callcoach.transcribe.train.dataset import MAX_WINDOW_S, phoneme_ids
from callcoach.transcribe.train.model import Whisper
from callcoach.transcribe.train.shape import Shape
from callcoach.transcribe.train.text import TextSource, fixture_lines

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "callcoach/demo-whisper"
BATCH_S = 48.0
PEAK_RATE, LAST_RATE, N_WARM_UP = 1.3e-3, 2e-5, 150
AVERAGE_OVER = 0.998  # weight of the past in the running mean of the weights
SPELLED_SHARE = 0.3  # of the encoder positions are asked for their token
CHECKPOINT_EVERY_S = 150.0


def losses(model: Whisper, batch: Batch) -> dict[str, Tensor]:
    """The parts of the loss: next token, phoneme and token of each frame, alignment.

    The token of each frame makes the encoder, which generalises, do the spelling; the
    decoder, which memorises, is left with finding the place and copying.
    """
    with torch.autocast("cpu", torch.bfloat16):
        audio, bias = model.encode(batch.mel)
        heard = audio[:, : batch.phonemes.shape[1]]
        sounds = model.phonemes(heard)
        chosen = (batch.spelling != IGNORED) & (torch.rand(batch.spelling.shape) < SPELLED_SHARE)
        spelled = model.spelled(heard[chosen])
        states, align = model.decode(batch.inputs, audio, bias)
        logits = model.logits(states[batch.labels != IGNORED])
    labels = batch.labels[batch.labels != IGNORED]
    total = F.pad(align.cumsum(dim=-1), (1, 0))
    first, last = batch.spans[..., :1], batch.spans[..., 1:]
    mean = (total.gather(2, last) - total.gather(2, first)) / (last - first).clamp(min=1)
    return {
        "token": F.cross_entropy(logits.float(), labels, label_smoothing=0.05),
        "phoneme": F.cross_entropy(
            sounds.float().flatten(0, 1), batch.phonemes.flatten(), ignore_index=IGNORED
        ),
        "spelling": F.cross_entropy(spelled.float(), batch.spelling[chosen])
        if bool(chosen.any())
        else mean.sum() * 0,
        "align": -mean[last > first].mean() if bool((last > first).any()) else mean.sum() * 0,
    }


class Run:
    """A training run that can be stopped and taken up again.

    Parameters
    ----------
    minutes
        Length of the whole schedule, time before an interruption included.
    """

    def __init__(self, cache: Path, minutes: float, fixtures: tuple[str, ...]) -> None:
        self.cache, self.minutes = cache, minutes
        self.path = cache / "checkpoint.pt"
        tokenizer_path = cache / "tokenizer.json"
        if not tokenizer_path.exists():
            tk.build(TextSource(7, fixtures)).save(str(tokenizer_path))
        self.tokenizer = tk.load(tokenizer_path)
        self.shape = Shape(tk.N_VOCABULARY, len(phoneme_ids()) + 1)
        torch.manual_seed(1)
        self.model = Whisper(self.shape)
        self.average = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=0.0, betas=(0.9, 0.98), weight_decay=0.02, fused=True
        )
        self.elapsed_s, self.n_steps, self.heard_s = 0.0, 0, 0.0
        if self.path.exists():
            self._load()

    @property
    def progress(self) -> float:
        """Share of the schedule that has passed, 0 to 1."""
        return min(1.0, self.elapsed_s / (self.minutes * 60))

    def rate(self) -> float:
        """Learning rate now: linear warm-up, then half a cosine over the clock."""
        cosine = 0.5 * (1 + math.cos(math.pi * self.progress))
        return (LAST_RATE + (PEAK_RATE - LAST_RATE) * cosine) * min(1, (self.n_steps + 1) / 150)

    def train(self) -> None:
        """Run to the end of the schedule, a progress line every 100 steps."""
        pool = Pool(self.cache / "shards", self.tokenizer, seed=self.n_steps)
        while pool.refresh() < 1000:
            time.sleep(2)
        saved_at_s, seen = self.elapsed_s, []
        while self.progress < 1.0:
            late = self.progress > 0.7
            ready = pool.batches(
                audio_s=BATCH_S,
                max_s=3.2 + (MAX_WINDOW_S - 3.2) * min(1.0, self.progress / 0.2),
                weights={"random": 0.4, "splice": 0.5} if late else {},
                recombined=0.1 if late else 0.35,
            )
            for batch in ready:
                began = time.monotonic()
                seen.append(self._step(batch))
                self.elapsed_s += time.monotonic() - began
                if self.n_steps % 100 == 0:
                    print(self._line(seen, pool), flush=True)
                    seen = []
            if self.elapsed_s - saved_at_s > CHECKPOINT_EVERY_S:
                self.save()
                saved_at_s = self.elapsed_s
            self.elapsed_s += self._timed(pool.refresh)
        self.save()

    def save(self) -> None:
        """Write the checkpoint, complete or not at all."""
        partial = self.path.with_suffix(".partial")
        state = {
            "model": self.model.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "counts": (self.elapsed_s, self.n_steps, self.heard_s),
        }
        torch.save(state, partial)
        partial.replace(self.path)

    def _load(self) -> None:
        state = torch.load(self.path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.elapsed_s, self.n_steps, self.heard_s = state["counts"]

    def _step(self, batch: Batch) -> dict[str, float]:
        self.model.train()
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        parts = losses(self.model, batch)
        aside = 1.0 if self.progress < 0.6 else 0.5  # weight of what only training needs
        loss = parts["token"] + 0.3 * parts["align"]
        loss = loss + aside * (0.7 * parts["phoneme"] + 0.5 * parts["spelling"])
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.n_steps += 1
        self.heard_s += batch.audio_s
        if self.n_steps % 4 == 0:
            past = min(AVERAGE_OVER**4, self.n_steps / (self.n_steps + 400))
            state = self.model.state_dict()
            torch._foreach_lerp_(list(self.average.values()), [state[k] for k in self.average], 1 - past)
        return {name: float(value.detach()) for name, value in parts.items()}

    def _line(self, seen: list[dict[str, float]], pool: Pool) -> str:
        means = {name: sum(s[name] for s in seen) / len(seen) for name in seen[0]}
        parts = " ".join(f"{name} {value:.3f}" for name, value in means.items())
        return (
            f"{self.elapsed_s / 60:6.1f} of {self.minutes:.0f} min, step {self.n_steps}, "
            f"{self.heard_s / 3600:.1f} h heard, {len(pool.windows)} shards, "
            f"rate {self.rate():.1e}, {parts}"
        )

    @staticmethod
    def _timed(work) -> float:
        began = time.monotonic()
        work()
        return time.monotonic() - began


def main() -> None:
    """Train for a number of minutes and export the model to a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=75.0)
    parser.add_argument("--out", type=Path, default=Path("models/demo-whisper"))
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--fixtures", type=Path, default=Path("fixtures/scripts"))
    parser.add_argument("--seed", type=int, default=1, help="of the speech rendered meanwhile")
    parser.add_argument("--no-render", action="store_true", help="use the shards there are")
    options = parser.parse_args()
    torch.set_num_threads(1)  # measured: two were slower
    shards = options.cache / "shards"
    shards.mkdir(parents=True, exist_ok=True)
    renderer = None
    if not options.no_render:
        command = [sys.executable, "-m", "callcoach.transcribe.train.dataset", "--out", shards]
        command += ["--fixtures", options.fixtures, "--seed", options.seed]
        renderer = subprocess.Popen(["nice", "-n", "5", *map(str, command)])
    try:
        run = Run(options.cache, options.minutes, fixture_lines(options.fixtures))
        run.train()
    finally:
        if renderer:
            renderer.terminate()
    from callcoach.transcribe.train.export import export  # needs ctranslate2's converter

    report = export(run.average, run.shape, options.cache / "tokenizer.json", options.out)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
