"""How well the demo model does, through the same path as ``callcoach score``: file to transcript.

    python -m callcoach.transcribe.train.evaluate_demo models/demo-whisper

Three sets, all synthetic speech: the fixtures (their text was trained on), sentences
of the same domain that training never had, and free text outside the grammar. Errors
and words are added up per unit (a channel of a recording, or a sentence) and divided
last; intervals are percentile bootstraps over units.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.io import wavfile

from callcoach.transcribe.recording import transcribe_recording
from callcoach.transcribe.train import espeak, features
from callcoach.transcribe.train.speakers import fixture_like_speaker
from callcoach.transcribe.train.text import TextSource, fixture_lines, normalised, sentences_of
from callcoach.transcribe.whisper import load_whisper

N_SENTENCES = 200
N_RESAMPLES = 2000
HELD_OUT_SEED = 20_260_101  # of the held-out sentences and who says them

Timed = tuple[str, float]  # a normalised word and its start in seconds


@dataclass(frozen=True, slots=True)
class Unit:
    """Counts of one recording or sentence: facts that can be added up."""

    n_words: int
    n_errors: int
    start_errors_s: tuple[float, ...]  # of words recognised correctly


@dataclass(frozen=True, slots=True)
class Result:
    """A set's figures; ``wer`` and its 95 % interval are shares, times are seconds."""

    name: str
    n_units: int
    n_words: int
    wer: float
    wer_low: float
    wer_high: float
    start_error_median_s: float | None


def word_errors(reference: Sequence[str], heard: Sequence[str]) -> int:
    """Substitutions, insertions and deletions that turn one word list into the other.

    Examples
    --------
    >>> word_errors("so what happens next".split(), "so that happens".split())
    2
    """
    row = list(range(len(heard) + 1))
    for i, word in enumerate(reference, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def compare(truth: Sequence[Timed], heard: Sequence[Timed]) -> Unit:
    """Count word errors, and how far off the starts of the words both sides agree on are."""
    a, b = [word for word, _ in truth], [word for word, _ in heard]
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    off_s = [
        abs(heard[block.b + k][1] - truth[block.a + k][1]) for block in blocks for k in range(block.size)
    ]
    return Unit(len(a), word_errors(a, b), tuple(off_s))


def timed(words: Iterable[tuple[str, float]]) -> list[Timed]:
    """Normalise words with their starts; hyphenated ones count as several."""
    return [(part, start_s) for text, start_s in words for part in normalised(text).split()]


def summary(name: str, units: Sequence[Unit]) -> Result:
    """Add up a set's units and divide last."""
    errors = np.array([unit.n_errors for unit in units])
    words = np.array([unit.n_words for unit in units])
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(units), (N_RESAMPLES, len(units)))
    rates = errors[draws].sum(axis=1) / words[draws].sum(axis=1)
    low, high = np.percentile(rates, [2.5, 97.5])
    off_s = [value for unit in units for value in unit.start_errors_s]
    return Result(
        name=name,
        n_units=len(units),
        n_words=int(words.sum()),
        wer=float(errors.sum() / words.sum()),
        wer_low=float(low),
        wer_high=float(high),
        start_error_median_s=float(np.median(off_s)) if off_s else None,
    )


class Listener:
    """The demo model behind callcoach's own path: voice activity, windows, guards, turns."""

    def __init__(self, folder: Path) -> None:
        self.recogniser = load_whisper(folder, device="cpu", cpu_threads=1)

    def words(self, path: Path) -> dict[int | None, list[Timed]]:
        """Normalised words of a recording with their starts in seconds, per channel (mono: None)."""
        transcript, _ = transcribe_recording(path, recogniser=self.recogniser, language="en")
        return {
            speaker.channel: sorted(
                timed(
                    (word.text, word.interval.start_s)
                    for turn in transcript.turns
                    if turn.speaker == speaker.label
                    for word in turn.words
                ),
                key=lambda entry: entry[1],
            )
            for speaker in transcript.speakers
        }


def fixture_units(listener: Listener, folder: Path) -> list[Unit]:
    """One unit per channel of each recording in ``folder`` that has a truth file."""
    return [unit for paths in _recordings(folder) for unit in recording_units(listener, *paths)]


def recording_units(listener: Listener, truth_path: Path, audio_path: Path) -> list[Unit]:
    """One unit per channel of a two-channel recording."""
    truth = json.loads(truth_path.read_text(encoding="utf-8"))
    heard = listener.words(audio_path)
    units = []
    for channel in (0, 1):
        labels = {s["label"] for s in truth["speakers"] if s["channel"] == channel}
        said = timed((w["text"], w["start_s"]) for w in truth["words"] if w["speaker"] in labels)
        units.append(compare(said, heard[channel]))
    return units


def _recordings(folder: Path) -> list[tuple[Path, Path]]:
    found = []
    for truth_path in sorted(folder.rglob("*truth*.json")):
        name = truth_path.name.split(".")[0]
        audio = [p for p in folder.rglob(f"{name}.*") if p.suffix in {".opus", ".ogg", ".wav"}]
        found += [(truth_path, audio[0])] if audio else []
    return found


def sentence_units(listener: Listener, texts: Iterable[str], *, seed: int) -> list[Unit]:
    """One unit per sentence, each said by a speaker drawn like those of the fixtures."""
    speakers, rng = random.Random(seed), np.random.default_rng(seed)
    units = []
    for path, text in _files_for(texts):
        speech = espeak.speak(text, **fixture_like_speaker(speakers))
        samples = features.to_16k(speech.samples, speech.sample_rate_hz)
        lead = features.RATE_HZ // 2
        samples = np.pad(samples * 0.5, (lead, lead))
        samples = samples + 2e-4 * features.coloured_noise(len(samples), rng)
        said = timed((word.text, word.start_s + 0.5) for word in speech.words)
        wavfile.write(path, features.RATE_HZ, samples.astype(np.float32))
        units.append(compare(said, listener.words(path)[None]))
    return units


def _files_for(texts: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """A temporary file to write for each text."""
    with tempfile.TemporaryDirectory(prefix="callcoach-") as folder:
        for number, text in enumerate(texts):
            yield Path(folder) / f"{number}.wav", text


def held_out_sentences(n: int, fixtures: Sequence[str]) -> list[str]:
    """``n`` different sentences of the grammar's held-out part, none in the fixtures."""
    source = TextSource(HELD_OUT_SEED)
    trained = {normalised(s) for line in fixtures for s in (line, *sentences_of(line))}
    chosen: dict[str, str] = {}
    while len(chosen) < n:
        text = source.domain(part="held_out")
        if normalised(text) not in trained and len(text.split()) >= 3:
            chosen.setdefault(normalised(text), text)
    return list(chosen.values())


def free_sentences() -> list[str]:
    """The lines of ``free_text.txt``."""
    text = (files(__package__) / "free_text.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def evaluate(listener: Listener, fixtures: Path) -> list[Result]:
    """The three sets' results, those of the fixtures only where recordings exist."""
    results = []
    if units := fixture_units(listener, fixtures):
        results.append(summary("fixtures", units))
    texts = held_out_sentences(N_SENTENCES, fixture_lines(fixtures / "scripts"))
    results.append(summary("held-out domain", sentence_units(listener, texts, seed=1)))
    results.append(summary("free text", sentence_units(listener, free_sentences(), seed=2)))
    return results


def folder_mb(folder: Path) -> float:
    """Size of all files in a folder in megabytes (10^6 bytes)."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def table(results: Sequence[Result], size_mb: float) -> str:
    """The results as aligned lines of text."""
    lines = [f"{'set':16} {'units':>5} {'words':>6}   WER (95 % interval)      word starts, median"]
    for r in results:
        start = "-" if r.start_error_median_s is None else f"{r.start_error_median_s * 1000:.0f} ms"
        interval = f"({r.wer_low:.1%} to {r.wer_high:.1%})"
        lines.append(f"{r.name:16} {r.n_units:5} {r.n_words:6}   {r.wer:6.1%} {interval:18} {start:>12}")
    return "\n".join([*lines, f"folder {size_mb:.1f} MB"])


def main() -> None:
    """Print the demo model's error rates, timing errors and size."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("model", type=Path, nargs="?", default=Path("models/demo-whisper"))
    parser.add_argument("--fixtures", type=Path, default=Path("fixtures"))
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    options = parser.parse_args()
    results = evaluate(Listener(options.model), options.fixtures)
    size_mb = folder_mb(options.model)
    print(table(results, size_mb))
    if options.json:
        data = {"folder_mb": size_mb, "sets": [asdict(result) for result in results]}
        options.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
