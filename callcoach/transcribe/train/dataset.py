"""Training windows from text: spoken, joined or cut to length, degraded, stored as shards.

One window is what faster-whisper decodes at a time: some seconds of one speaker.

    utterance    |So what happens next?|   gap   |I see.|
    window     |--lead--|word|word| ...   |      |word| ... |--tail--|
    phoneme    one id per 20 ms, 0 in pauses
    words      (text, start, end) in seconds from the window's beginning

A process of its own writes them to shards (``python -m
callcoach.transcribe.train.dataset``), which the trainer reads while they appear.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from callcoach.transcribe.train import espeak, features
from callcoach.transcribe.train.shards import PHONEME_S, Window, write_shard
from callcoach.transcribe.train.speakers import english_voices, random_speaker
from callcoach.transcribe.train.text import TextSource, fixture_lines, lexicon

MAX_WINDOW_S = 8.2
KINDS = ("fixture", "domain", "random", "splice", "silence")
_SHARES = (0.16, 0.34, 0.38, 0.10, 0.02)


@cache
def phoneme_ids() -> dict[str, int]:
    """Numbers of espeak's English phonemes: 0 pause, 1 any that is not listed."""
    words = sorted({w for kind in ("noun", "verb", "adj") for w in lexicon()[kind]})[::6]
    names: dict[str, int] = {}
    for voice in english_voices():
        for name, _, _ in espeak.speak(" ".join(words), voice=voice, rate_wpm=400).phonemes:
            names[name] = names.get(name, 0) + 1
    kept = sorted(name for name, n in names.items() if n >= 3 and name != "_")
    return {"_": 0, **{name: i + 2 for i, name in enumerate(kept[:120])}}


class WindowSource:
    """Draws windows; the same seed gives the same texts, cuts and speakers."""

    def __init__(self, seed: int, fixtures: tuple[str, ...]) -> None:
        self.random = random.Random(seed)
        self.rng = np.random.default_rng(seed)
        self.text = TextSource(seed, fixtures)
        kinds: dict[str, Callable[[], str]] = {
            "fixture": lambda: self.text.draw(fixture_share=1.0),
            "domain": self.text.domain,
            "random": lambda: self.text.draw(fixture_share=0.0, random_share=1.0),
            "splice": lambda: self.text.draw(fixture_share=0.0, random_share=0.0, splice_share=1.0),
        }
        self.make = kinds

    def draw(self) -> Window:
        """One window of a kind drawn by share."""
        kind = self.random.choices(KINDS, _SHARES)[0]
        if kind == "fixture" and not self.text.fixtures:
            kind = "domain"
        if kind == "silence":
            return self._silence()
        speaker = random_speaker(self.random)
        target_s = self.random.triangular(1.2, MAX_WINDOW_S - 0.3, 5.0)
        lead_s = self.random.choice((0.0, 0.1, self.random.uniform(0, 0.6)))
        parts, words, phonemes = [np.zeros(int(lead_s * features.RATE_HZ), np.float32)], [], []
        at_s = lead_s
        while True:
            speech = espeak.speak(self.make[kind](), **speaker)
            audio, spoken, sounds = self._cut(speech, target_s - at_s)
            if spoken and spoken[-1][2] + at_s <= MAX_WINDOW_S:
                parts.append(audio)
                words += [(w, a + at_s, b + at_s) for w, a, b in spoken]
                phonemes += [(p, a + at_s, b + at_s) for p, a, b in sounds]
                at_s += len(audio) / features.RATE_HZ
            if target_s - at_s < 1.0 or self.random.random() < 0.15:
                break
            gap_s = self.random.uniform(0.1, 0.7)
            parts.append(np.zeros(int(gap_s * features.RATE_HZ), np.float32))
            at_s += int(gap_s * features.RATE_HZ) / features.RATE_HZ
        tail_s = min(self.random.uniform(0.0, 0.5), max(0.0, MAX_WINDOW_S - at_s))
        parts.append(np.zeros(int(tail_s * features.RATE_HZ) + 400, np.float32))
        clean = np.concatenate(parts)[: int(MAX_WINDOW_S * features.RATE_HZ)]
        bleed = self._other_side() if self.random.random() < 0.15 else None
        mel = features.log_mel(features.degrade(clean, self.rng, bleed))
        return Window(kind, mel, self._frames(phonemes, mel.shape[1]), tuple(words))

    def _cut(self, speech: espeak.Speech, room_s: float):
        """Audio of at most ``room_s`` from a word on, with its words and phonemes."""
        words = [w for w in speech.words if w.end_s > w.start_s]
        if not words:
            return np.zeros(0, np.float32), [], []
        first = 0
        if speech.duration_s > room_s and len(words) > 3:
            starts = [i + 1 for i, w in enumerate(words[:-2]) if w.text[-1] in ",.?"]
            anywhere = self.random.random() < 0.25 or not starts
            if self.random.random() < 0.6:
                first = self.random.randrange(len(words) - 2) if anywhere else 0
                first = self.random.choice(starts) if not anywhere else first
        room_s = max(room_s, 1.0)
        last = first
        while last + 1 < len(words) and words[last + 1].end_s - words[first].start_s <= room_s:
            last += 1
        clauses = [i for i in range(first, last) if words[i].text[-1] in ",.?"]
        if last + 1 < len(words) and clauses and self.random.random() < 0.7:
            last = clauses[-1]
        start_s = max(0.0, words[first].start_s - self.random.uniform(0, 0.03))
        end_s = words[last].end_s + self.random.uniform(0.0, 0.05)
        if last + 1 < len(words):
            end_s = min(end_s, words[last + 1].start_s)
        rate_hz = speech.sample_rate_hz
        audio = speech.samples[int(start_s * rate_hz) : int(end_s * rate_hz)]
        spoken = [(w.text, w.start_s - start_s, w.end_s - start_s) for w in words[first : last + 1]]
        sounds = [(p, a - start_s, b - start_s) for p, a, b in speech.phonemes if start_s <= a < end_s]
        return features.to_16k(audio, rate_hz), spoken, sounds

    def _frames(self, phonemes, n_mel_frames: int) -> np.ndarray:
        ids = np.zeros((n_mel_frames + 1) // 2, np.uint8)
        for name, start_s, end_s in phonemes:
            a, b = int(np.ceil(start_s / PHONEME_S)), int(np.ceil(end_s / PHONEME_S))
            ids[a:b] = phoneme_ids().get(name, 1)
        return ids

    def _other_side(self) -> np.ndarray:
        speech = espeak.speak(self.text.domain(), **random_speaker(self.random))
        return features.to_16k(speech.samples, speech.sample_rate_hz)

    def _silence(self) -> Window:
        n = int(self.random.choice((0.02, 0.3, 1.0, 3.0)) * self.random.uniform(1, 2) * features.RATE_HZ)
        noise = features.coloured_noise(n, self.rng) * 10 ** (self.rng.uniform(-70, -25) / 20)
        mel = features.log_mel(noise * (self.random.random() < 0.7))  # or digital silence
        return Window("silence", mel, np.zeros((mel.shape[1] + 1) // 2, np.uint8), ())


def main() -> None:
    """Write shards into a folder until a number is reached or a file ``stop`` appears."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fixtures", type=Path, default=Path("fixtures/scripts"))
    parser.add_argument("--shards", type=int, default=1000)
    parser.add_argument("--windows", type=int, default=200, help="windows per shard")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rest", type=float, default=0.0, help="share of time spent asleep")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "phonemes.json").write_text(json.dumps(phoneme_ids()), encoding="utf-8")
    for i in range(options.shards):
        path = options.out / f"{options.seed:03d}-{i:05d}.npz"
        if path.exists():
            continue
        if (options.out / "stop").exists():
            break
        began = time.monotonic()
        seed = options.seed * 1_000_003 + i
        source = WindowSource(seed, fixture_lines(options.fixtures))
        write_shard(path, [source.draw() for _ in range(options.windows)])
        took_s = time.monotonic() - began
        print(f"{path.name} {took_s:.1f} s", flush=True)
        time.sleep(took_s * options.rest / max(1e-3, 1.0 - options.rest))


if __name__ == "__main__":
    main()
