"""Training windows and the files that keep them: ``.npz`` without pickled objects."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from callcoach.transcribe.train import features

PHONEME_S = 0.02  # one encoder position


@dataclass(frozen=True, slots=True)
class Window:
    """One training example; ``mel`` is (80, frames), ``phonemes`` one id per 20 ms."""

    kind: str
    mel: np.ndarray
    phonemes: np.ndarray
    words: tuple[tuple[str, float, float], ...]

    @property
    def duration_s(self) -> float:
        """Length of the window in seconds."""
        return self.mel.shape[1] * features.FRAME_S

    def piece(self, first: int, last: int) -> "Window":
        """The window cut to its words ``first`` to ``last``, without a pause around them."""
        a = 2 * int(self.words[first][1] / PHONEME_S)  # an even frame: a whole position
        b = min(2 * int(np.ceil(self.words[last][2] / PHONEME_S)) + 2, self.mel.shape[1] // 2 * 2)
        a_s = a * features.FRAME_S
        words = tuple((w, s - a_s, e - a_s) for w, s, e in self.words[first : last + 1])
        return Window(self.kind, self.mel[:, a:b], self.phonemes[a // 2 : b // 2], words)

    def then(self, other: "Window") -> "Window":
        """This window with another one directly after it."""
        n = self.mel.shape[1] // 2 * 2
        n_s = n * features.FRAME_S
        return Window(
            "random",
            np.concatenate([self.mel[:, :n], other.mel], axis=1),
            np.concatenate([self.phonemes[: n // 2], other.phonemes]),
            self.words + tuple((w, s + n_s, e + n_s) for w, s, e in other.words),
        )


def write_shard(path: Path, windows: list[Window]) -> None:
    """Store windows in one ``.npz`` file, complete or not at all."""
    meta = [{"kind": w.kind, "words": w.words, "frames": w.mel.shape[1]} for w in windows]
    partial = path.with_suffix(".partial.npz")
    np.savez(
        partial,
        mel=np.concatenate([w.mel for w in windows], axis=1).astype(np.float16),
        phonemes=np.concatenate([w.phonemes for w in windows]),
        meta=np.frombuffer(json.dumps(meta).encode(), np.uint8),
    )
    partial.replace(path)


def read_shard(path: Path) -> list[Window]:
    """The windows of a shard that :func:`write_shard` stored; mel stays float16."""
    with np.load(path, allow_pickle=False) as data:
        mel, phonemes = data["mel"], data["phonemes"]
        meta = json.loads(data["meta"].tobytes())
    windows, at, at_phoneme = [], 0, 0
    for row in meta:
        n, n_phonemes = row["frames"], (row["frames"] + 1) // 2
        ids = phonemes[at_phoneme : at_phoneme + n_phonemes]
        words = tuple((w, a, b) for w, a, b in row["words"])
        windows.append(Window(row["kind"], mel[:, at : at + n], ids, words))
        at, at_phoneme = at + n, at_phoneme + n_phonemes
    return windows
