"""Batches for the trainer: shards as they appear, windows by length, targets as tensors."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from callcoach.transcribe.train import tokens as tk
from callcoach.transcribe.train.dataset import MAX_WINDOW_S
from callcoach.transcribe.train.shape import N_OWN
from callcoach.transcribe.train.shards import PHONEME_S, Window, read_shard

IGNORED = -100  # label of rows that do not count
MAX_SHARDS = 150  # in memory, about 14 MB each


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step; rows are windows.

    ``spans`` holds, for the row that predicts each token, the first and last + 1
    encoder position where the token is heard; first = last where unknown. ``spelling``
    is the other way round: the token that is heard at each encoder position.
    """

    mel: Tensor  # (rows, 80, frames)
    phonemes: Tensor  # (rows, positions), IGNORED in the padding
    spelling: Tensor  # (rows, positions), IGNORED between words
    inputs: Tensor  # (rows, tokens)
    labels: Tensor  # (rows, tokens)
    spans: Tensor  # (rows, tokens, 2)
    audio_s: float


class Pool:
    """The newest shards of a folder, read as they appear."""

    def __init__(self, folder: Path, tokenizer: Tokenizer, seed: int) -> None:
        self.folder, self.tokenizer = folder, tokenizer
        self.random = random.Random(seed)
        self.windows: list[list[Window]] = []
        self.seen: set[str] = set()

    def refresh(self) -> int:
        """Read at most eight new shards; the number of windows now held."""
        fresh = sorted(p for p in self.folder.glob("*-?????.npz") if p.name not in self.seen)
        for path in fresh[:8]:
            self.windows.append(read_shard(path))
            self.seen.add(path.name)
        self.windows = self.windows[-MAX_SHARDS:]
        return sum(map(len, self.windows))

    def batches(
        self, *, audio_s: float, max_s: float, weights: dict[str, float], recombined: float = 0.0
    ) -> list[Batch]:
        """About eight batches of ``audio_s`` seconds, none with a window over ``max_s``.

        ``weights`` gives each kind of window its relative chance, 0 to 1; the share
        ``recombined`` is put together from pieces of two windows.
        """
        chosen: list[Window] = []
        total_s = 0.0
        while total_s < 8 * audio_s:
            window = self._any()
            if self.random.random() < recombined and window.kind != "silence":
                window = self._recombined(window)
            fits = window.duration_s <= min(max_s, MAX_WINDOW_S)
            if fits and self.random.random() < weights.get(window.kind, 1.0):
                chosen.append(window)
                total_s += window.duration_s
        chosen.sort(key=lambda w: w.mel.shape[1])
        groups: list[list[Window]] = [[]]
        for window in chosen:
            if groups[-1] and (len(groups[-1]) + 1) * window.duration_s > audio_s:
                groups.append([])
            groups[-1].append(window)
        self.random.shuffle(groups)
        return [self._batch(group) for group in groups]

    def _any(self) -> Window:
        return self.random.choice(self.random.choice(self.windows))

    def _recombined(self, window: Window) -> Window:
        """Some words of the window, mostly with some of another one: text nobody wrote."""
        pieces = []
        for source in (window, self._any()):
            n = len(source.words)
            if n > 3:
                first = self.random.randrange(n - 1)
                pieces.append(source.piece(first, self.random.randrange(first, n)))
        if not pieces:
            return window
        return pieces[0] if len(pieces) == 1 or self.random.random() < 0.2 else pieces[0].then(pieces[1])

    def _batch(self, windows: list[Window]) -> Batch:
        n_frames = max(w.mel.shape[1] for w in windows)
        mel = np.zeros((len(windows), 80, n_frames), np.float32)
        phonemes = np.full((len(windows), (n_frames + 1) // 2), IGNORED, np.int64)
        spelling = phonemes.copy()
        rows = [self._tokens(w) for w in windows]
        n_tokens = max(len(ids) for ids, _, _ in rows) - 1
        inputs = np.full((len(windows), n_tokens), tk.EOT, np.int64)
        labels = np.full((len(windows), n_tokens), IGNORED, np.int64)
        spans = np.zeros((len(windows), n_tokens, 2), np.int64)
        for i, (window, (ids, heard, n_prompt)) in enumerate(zip(windows, rows, strict=True)):
            mel[i, :, : window.mel.shape[1]] = window.mel
            self._mask(mel[i, :, : window.mel.shape[1]])
            phonemes[i, : len(window.phonemes)] = window.phonemes
            inputs[i, : len(ids) - 1] = ids[:-1]
            labels[i, n_prompt - 1 : len(ids) - 1] = ids[n_prompt:]
            if not window.words:  # what faster-whisper reads as probability of no speech
                labels[i, n_prompt - 2] = tk.NO_SPEECH
            elif ids[n_prompt - 1] == tk.NO_TIMESTAMPS:
                labels[i, n_prompt - 2] = tk.NO_TIMESTAMPS
            for j, (start_s, end_s) in enumerate(heard):
                if end_s > 0:
                    a = min(int(start_s / PHONEME_S), N_OWN - 2)
                    b = max(a + 1, round(end_s / PHONEME_S))
                    spans[i, n_prompt - 1 + j] = a, b
                    if ids[n_prompt + j] < tk.N_TEXT:
                        spelling[i, a:b] = ids[n_prompt + j]
        spans = np.minimum(spans, (n_frames + 1) // 2)
        made = (torch.from_numpy(x) for x in (mel, phonemes, spelling, inputs, labels, spans))
        return Batch(*made, audio_s=sum(w.duration_s for w in windows))

    def _mask(self, mel: np.ndarray) -> None:
        """Hide a few mel bands now and then, so that no single one is relied on."""
        if self.random.random() < 0.3:
            at = self.random.randrange(80 - 8)
            mel[at : at + self.random.randint(1, 8)] = mel.mean()

    def _tokens(self, window: Window) -> tuple[list[int], list[tuple[float, float]], int]:
        """Ids, the part of the audio of each id after the prompt, and the prompt's length."""
        prompt: list[int] = []
        if self.random.random() < 0.1:
            prompt = [tk.PREV, *self._previous(window)]
        prompt.append(tk.SOT)
        if window.words and self.random.random() < 0.15:
            ids, heard = self._with_timestamps(window)
        else:
            prompt.append(tk.NO_TIMESTAMPS)
            ids, heard = tk.encode_words(self.tokenizer, window.words)
        end_s = window.words[-1][2] if window.words else 0.0
        heard.append((end_s, end_s + 0.08) if end_s else (0.0, 0.0))
        return [*prompt, *ids, tk.EOT], heard, len(prompt)

    def _previous(self, window: Window) -> list[int]:
        """Text before the window: another one's words, or hot words that occur in it."""
        words = list(self._any().words)
        if self.random.random() < 0.5:
            pool = [*words, *self.random.sample(window.words, min(2, len(window.words)))]
            words = self.random.sample(pool, min(6, len(pool)))
        return tk.encode_words(self.tokenizer, tuple(words))[0][-40:]

    def _with_timestamps(self, window: Window) -> tuple[list[int], list[tuple[float, float]]]:
        ids: list[int] = []
        heard: list[tuple[float, float]] = []
        for sentence in _sentences(window.words):
            text, spans = tk.encode_words(self.tokenizer, tuple(sentence))
            start, end = (tk.TIMESTAMP_0 + round(t / PHONEME_S) for t in (sentence[0][1], sentence[-1][2]))
            ids += [start, *text, end]
            heard += [(0.0, 0.0), *spans, (0.0, 0.0)]
        return ids, heard


def _sentences(words) -> Iterator[list]:
    sentence: list = []
    for word in words:
        sentence.append(word)
        if word[0][-1] in ".?":
            yield sentence
            sentence = []
    if sentence:
        yield sentence
