"""faster-whisper as a `Recogniser`: words with times and probabilities, on this machine, offline.

Windows of all channels are decoded in the same batches. They lie one after the other on a tape,
each from a whole second, so that what comes back names its window exactly:

::

    tape     0            30              47             77
             [left, 29 s ]|[right, 16.3 s ]|[left, 30 s  ]|

Decoding is greedy in nothing: beam search at temperature 0, without sampling, so that the same
windows give the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from callcoach.core.errors import BadSettings
from callcoach.core.intervals import Interval
from callcoach.core.keys import content_key
from callcoach.core.transcript import Word
from callcoach.transcribe.audio import SAMPLE_RATE_HZ
from callcoach.transcribe.choosing import Chosen, choose_model, compute_type_of, is_demo
from callcoach.transcribe.models import checked_hash
from callcoach.transcribe.recogniser import Said
from callcoach.transcribe.windows import Window

BATCH_SIZE = {"cpu": 4, "cuda": 16}  # windows decoded together; changes speed and memory only
BEAM_SIZE = 5
SLACK_S = 0.1  # a window stays this much shorter than the model's
MAX_VOCABULARY_SHARE = 0.25  # of the model's text length, which the words of a window share
MIN_WINDOW = 0.1  # seconds; shorter sound is filled with silence

DEMO_NOTE = (
    "The words come from the demo model, which knows synthetic speech alone: never trust them elsewhere."
)


class WhisperRecogniser:
    """A loaded model; made by `load_whisper`."""

    engine = "faster-whisper"

    def __init__(
        self, model: object, chosen: Chosen, *, model_hash: str, vocabulary: Sequence[str] = ()
    ) -> None:
        from faster_whisper import BatchedInferencePipeline

        self._model = model
        self._pipeline = BatchedInferencePipeline(model)
        demo = is_demo(chosen.folder)
        self.languages = ("en",) if _knows_english_alone(chosen) else tuple(model.supported_languages)
        self.default_language = "en" if demo else None
        self.window_s = float(model.feature_extractor.chunk_length) - SLACK_S
        self.batch_size = BATCH_SIZE[chosen.device]
        self.device, self.folder = chosen.device, chosen.folder
        self.model_name, self.model_hash = chosen.name, model_hash
        self.vocabulary = self._that_fit(vocabulary)
        self.notes = (DEMO_NOTE,) if demo else ()
        if len(self.vocabulary) < len(vocabulary):
            self.notes += (
                f"The model takes no more than the first {len(self.vocabulary)} of "
                f"{len(vocabulary)} names of the vocabulary.",
            )
        self.options: Mapping[str, object] = {
            "beam_size": BEAM_SIZE,
            "temperature": 0,
            "compute_type": f"{chosen.compute_type} on {chosen.device}",
            "window_s": self.window_s,
            "vocabulary": content_key(list(self.vocabulary)) if self.vocabulary else None,
        }

    def languages_of(self, window: Window) -> Mapping[str, float]:
        """See `Recogniser.languages_of`."""
        if len(self.languages) == 1:
            return {self.languages[0]: 1.0}
        _, _, found = self._model.detect_language(audio=window.samples)
        return {code: round(float(probability), 4) for code, probability in found}

    def recognise(self, windows: Sequence[Window], *, language: str) -> tuple[Said, ...]:
        """See `Recogniser.recognise`."""
        said: list[Said] = []
        at, size = 0, self.batch_size
        while at < len(windows):
            batch = windows[at : at + size]
            try:
                said += self._recognised(batch, language)
            except RuntimeError as error:
                if "out of memory" not in str(error) or size == 1:
                    raise
                self.batch_size = size = max(1, size // 2)
                continue
            at += len(batch)
        return tuple(said)

    def _recognised(self, batch: Sequence[Window], language: str) -> list[Said]:
        starts_s = np.cumsum([0] + [int(np.ceil(max(MIN_WINDOW, w.duration_s))) for w in batch]).tolist()
        tape = np.zeros(starts_s[-1] * SAMPLE_RATE_HZ, np.float32)
        clips = []
        for window, start_s in zip(batch, starts_s[:-1], strict=True):
            n = len(window.samples)
            tape[start_s * SAMPLE_RATE_HZ :][:n] = window.samples
            end_s = start_s + max(MIN_WINDOW, (n + 0.5) / SAMPLE_RATE_HZ)  # is rounded down to samples
            clips.append({"start": start_s, "end": end_s})
        segments, _ = self._pipeline.transcribe(
            tape,
            language=language,
            beam_size=BEAM_SIZE,
            temperature=0,
            word_timestamps=True,
            vad_filter=False,
            clip_timestamps=clips,
            batch_size=len(batch),
            hotwords=", ".join(self.vocabulary) or None,
        )
        frames_per_s = self._model.frames_per_second
        found: dict[int, list] = {start_s: [] for start_s in starts_s[:-1]}
        for segment in segments:
            found[segment.seek // frames_per_s].append(segment)
        return [
            _said(found[start_s], start_s, window.duration_s)
            for start_s, window in zip(starts_s[:-1], batch, strict=True)
        ]

    def _that_fit(self, vocabulary: Sequence[str]) -> tuple[str, ...]:
        """The first names that leave the model room for what is said."""
        tokenizer = self._model.hf_tokenizer
        room = int(self._model.max_length * MAX_VOCABULARY_SHARE)
        names: list[str] = []
        for name in vocabulary:
            text = " " + ", ".join([*names, name])
            if len(tokenizer.encode(text, add_special_tokens=False).ids) > room:
                break
            names.append(name)
        return tuple(names)


def _said(segments: Sequence[object], from_s: float, length_s: float) -> Said:
    """Words of one window on its own clock, in whole milliseconds; those without letters left out."""
    words = []
    for segment in segments:
        for said in segment.words or ():
            text = said.word.strip()
            if text:
                start_s = min(max(0.0, float(said.start) - from_s), length_s)
                end_s = min(max(start_s, float(said.end) - from_s), length_s)
                span = Interval(round(start_s, 3), round(end_s, 3))
                words.append(Word(text, span, round(float(said.probability), 4)))
    words.sort(key=lambda word: (word.interval.start_s, word.interval.end_s))
    if not segments:
        return Said(())
    first = segments[0]
    return Said(tuple(words), round(float(first.no_speech_prob), 4), round(float(first.avg_logprob), 4))


def load_whisper(
    model: str | Path | None,
    *,
    folders: Sequence[Path] = (Path("models"),),
    device: str = "auto",
    compute_type: str | None = None,
    cpu_threads: int = 0,
    vocabulary: Sequence[str] = (),
    fetch: Callable[[str], Path] | None = None,
) -> WhisperRecogniser:
    """The model in a folder, of a name, or (None) the best for this machine. Downloads nothing itself.

    Parameters
    ----------
    folders : sequence of Path
        Where models of a name may lie, before the hub's cache.
    device, compute_type : str
        See `choose_model`. With ``"auto"``, a GPU that is there and cannot be used gives way to the CPU.
    cpu_threads : int
        0 leaves it to the library.
    vocabulary : sequence of str
        Names to expect (`read_vocabulary`); those that do not fit are left out and `notes` says so.
    fetch : callable, optional
        Brings a model of a known name here, such as `models.pull`.

    Raises
    ------
    ModelMissing
        If no such model is on this machine.
    BadSettings
        If what is there is no Whisper model for faster-whisper, or is damaged.
    """
    chosen = choose_model(model, folders=folders, device=device, compute_type=compute_type, fetch=fetch)
    model_hash = checked_hash(chosen.folder)
    loaded = None
    if chosen.device == "cuda" and device == "auto":
        try:
            loaded = _loaded(chosen, cpu_threads)
            loaded.encode(loaded.feature_extractor(np.zeros(SAMPLE_RATE_HZ, np.float32)))
        except (BadSettings, RuntimeError):  # libraries of CUDA are missing, or too little memory
            loaded = None
            chosen = replace(chosen, device="cpu", compute_type=compute_type or compute_type_of("cpu"))
    loaded = loaded or _loaded(chosen, cpu_threads)
    return WhisperRecogniser(loaded, chosen, model_hash=model_hash, vocabulary=vocabulary)


def _knows_english_alone(chosen: Chosen) -> bool:
    """Distilled models have the form of multilingual ones and were trained on English alone."""
    return any("distil" in part for part in (chosen.name.lower(), *map(str.lower, chosen.folder.parts[-4:])))


def _loaded(chosen: Chosen, cpu_threads: int) -> object:
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(
            str(chosen.folder),
            device=chosen.device,
            compute_type=chosen.compute_type,
            cpu_threads=cpu_threads,
            local_files_only=True,
        )
    except Exception as error:  # the libraries raise RuntimeError, ValueError and bare Exception
        raise BadSettings(
            f"a model folder must hold a whole Whisper model; {chosen.folder.name} does not load "
            f"({type(error).__name__}): it is damaged or of another kind, copy or convert it again"
        ) from error
