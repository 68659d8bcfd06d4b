"""faster-whisper as a `Recogniser`: words with times, from a folder on this machine, offline.

Where speech is, is known from voice activity; here it is packed into windows as long as the model
takes, cut where it is quietest if it must be, and decoded in batches:

::

    speech     |====|  |==========|       |==========================================|
    windows  |---------------------|     |------------------------|-------------------|
                                                                  ^ the quietest moment
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from callcoach.core.errors import BadSettings, ModelMissing
from callcoach.core.intervals import Interval, Intervals
from callcoach.core.keys import content_key
from callcoach.core.transcript import Word
from callcoach.transcribe.audio import SAMPLE_RATE_HZ
from callcoach.transcribe.recogniser import Recognised

MODEL_FILES = ("model.bin", "config.json", "tokenizer.json")  # a folder without these is no model
_OUTPUT_FILES = (*MODEL_FILES, "preprocessor_config.json", "vocabulary.json", "vocabulary.txt")
MARGIN_S = 0.2  # of sound kept round speech, where no other speech is
BATCH_SIZE = 8  # windows decoded together; changes speed and memory only
BEAM_SIZE = 5
_SLACK_S = 0.1  # a window stays this much shorter than the model's
_QUIET_S = 0.05  # resolution of the search for the quietest moment
_LATEST_CUT = 0.5  # it lies in the last half of a window

HOW_TO_GET = (
    "use --no-transcript for talk measures, which need no model, or give a folder with --model: "
    "a faster-whisper model (model.bin, config.json, tokenizer.json) can be downloaded elsewhere and "
    "brought on a stick"
)


class WhisperRecogniser:
    """A loaded model; made by `load_whisper`."""

    engine = "faster-whisper"

    def __init__(self, model: object, *, name: str, model_hash: str, compute_type: str) -> None:
        from faster_whisper import BatchedInferencePipeline

        self._pipeline = BatchedInferencePipeline(model)
        self._languages = tuple(model.supported_languages)
        self._multilingual = bool(model.model.is_multilingual)
        self._window_s = float(model.feature_extractor.chunk_length)
        self.model_name = name
        self.model_hash = model_hash
        self.options: Mapping[str, object] = {
            "beam_size": BEAM_SIZE,
            "temperature": 0,
            "compute_type": compute_type,
            "margin_ms": round(MARGIN_S * 1000),
            "window_s": self._window_s,
        }

    def recognise(self, samples: np.ndarray, speech: Intervals, *, language: str | None) -> Recognised:
        """See `Recogniser.recognise`; an English-only model always answers "en"."""
        if language is not None and language not in self._languages:
            raise BadSettings(
                f"the language must be one that the model {self.model_name} knows; found {language!r}: "
                f"use {'one of ' if len(self._languages) > 1 else ''}{', '.join(self._languages[:8])}"
            )
        given = language if self._multilingual else "en"
        clips = pack(samples, speech, longest_s=self._window_s - _SLACK_S)
        if not clips:
            return Recognised((), given)
        segments, info = self._pipeline.transcribe(
            np.ascontiguousarray(samples, np.float32),
            language=given,
            beam_size=BEAM_SIZE,
            temperature=0,
            word_timestamps=True,
            vad_filter=False,
            clip_timestamps=[{"start": clip.start_s, "end": clip.end_s} for clip in clips],
            batch_size=BATCH_SIZE,
        )
        end_s = len(samples) / SAMPLE_RATE_HZ
        words = [
            word
            for segment in segments
            for said in segment.words or ()
            if (word := _word(said, end_s)) is not None
        ]
        words.sort(key=lambda word: (word.interval.start_s, word.interval.end_s))
        return Recognised(
            tuple(words), info.language, None if given else round(float(info.language_probability), 4)
        )


def load_whisper(
    model: str | Path | None,
    *,
    folders: Sequence[Path] = (Path("models"),),
    device: str = "auto",
    compute_type: str | None = None,
    cpu_threads: int = 0,
) -> WhisperRecogniser:
    """The model in a folder, or of that name in `folders` or in the hub's cache. Never downloads.

    Parameters
    ----------
    device : str
        ``"cpu"``, ``"cuda"``, or ``"auto"``: a GPU where there is one.
    compute_type : str, optional
        int8 on a CPU and float16 on a GPU unless given.
    cpu_threads : int
        0 leaves it to the library.

    Raises
    ------
    ModelMissing
        If no model is named, or none of that name is on this machine.
    BadSettings
        If what is there is no Whisper model for faster-whisper, or is damaged.
    """
    if model is None or not str(model).strip():
        raise ModelMissing(f"recognising words needs a model; none is configured: {HOW_TO_GET}")
    folder = _folder_of(model, folders)
    missing = [name for name in MODEL_FILES if not (folder / name).is_file()]
    if missing:
        raise BadSettings(
            f"a model folder must hold {', '.join(MODEL_FILES)}; {folder.name} has no {', '.join(missing)}: "
            "give a Whisper model converted for faster-whisper (CTranslate2)"
        )
    import ctranslate2
    from faster_whisper import WhisperModel

    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    compute_type = compute_type or ("float16" if device == "cuda" else "int8")
    try:
        loaded = WhisperModel(
            str(folder),
            device=device,
            compute_type=compute_type,
            cpu_threads=cpu_threads,
            local_files_only=True,
        )
    except Exception as error:  # the libraries raise RuntimeError, ValueError and bare Exception
        raise BadSettings(
            f"a model folder must hold a whole Whisper model; {folder.name} does not load "
            f"({type(error).__name__}): it is damaged or of another kind, copy or convert it again"
        ) from error
    return WhisperRecogniser(
        loaded, name=folder.name, model_hash=folder_hash(folder), compute_type=f"{compute_type} on {device}"
    )


def folder_hash(folder: Path) -> str:
    """Hash of the names and bytes of a model's files."""
    hashes = {}
    for name in _OUTPUT_FILES:
        if (folder / name).is_file():
            with (folder / name).open("rb") as stream:
                hashes[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return content_key(hashes)


def _folder_of(model: str | Path, folders: Sequence[Path]) -> Path:
    for candidate in (Path(model), *(folder / str(model) for folder in folders)):
        if candidate.is_dir():
            return candidate
    if not isinstance(model, Path) and not model.startswith((".", "/", "~")):
        from faster_whisper.utils import download_model

        try:
            return Path(download_model(model, local_files_only=True))
        except Exception as error:  # hub errors have no common base
            raise ModelMissing(
                f"the model {model!r} must be on this machine; it is neither in models/ nor in the hub's cache: "
                f"{HOW_TO_GET}"
            ) from error
    raise ModelMissing(f"the model folder must exist; there is none at {model}: {HOW_TO_GET}")


def pack(samples: np.ndarray, speech: Intervals, *, longest_s: float) -> Intervals:
    """Windows over all of `speech`, each at most `longest_s`, in order and without overlap.

    Neighbouring pieces share a window while they fit; a longer piece is cut at its quietest moment.
    """
    end_s = len(samples) / SAMPLE_RATE_HZ
    pieces = [part for piece in _widened(speech, end_s) for part in _cut(samples, piece, longest_s)]
    packed: list[Interval] = []
    for piece in pieces:
        if packed and piece.end_s - packed[-1].start_s <= longest_s:
            packed[-1] = Interval(packed[-1].start_s, piece.end_s)
        else:
            packed.append(piece)
    return tuple(packed)


def _widened(speech: Intervals, end_s: float) -> Iterator[Interval]:
    """Pieces with a margin that ends halfway to their neighbours."""
    for i, piece in enumerate(speech):
        before = speech[i - 1].end_s if i else 0.0
        after = speech[i + 1].start_s if i + 1 < len(speech) else end_s
        room_before = (piece.start_s - before) / (2 if i else 1)
        room_after = (after - piece.end_s) / (2 if i + 1 < len(speech) else 1)
        start_s = piece.start_s - min(MARGIN_S, max(0.0, room_before))
        stop_s = min(end_s, piece.end_s + min(MARGIN_S, max(0.0, room_after)))
        if stop_s > start_s:
            yield Interval(start_s, stop_s)


def _cut(samples: np.ndarray, piece: Interval, longest_s: float) -> Iterator[Interval]:
    start_s = piece.start_s
    while piece.end_s - start_s > longest_s:
        first_s = start_s + _LATEST_CUT * longest_s
        sound = samples[round(first_s * SAMPLE_RATE_HZ) : round((start_s + longest_s) * SAMPLE_RATE_HZ)]
        step = round(_QUIET_S * SAMPLE_RATE_HZ)
        powers = (sound[: len(sound) // step * step].reshape(-1, step) ** 2).mean(axis=1)
        cut_s = first_s + (int(powers.argmin()) + 0.5) * _QUIET_S if len(powers) else start_s + longest_s
        yield Interval(start_s, cut_s)
        start_s = cut_s
    yield Interval(start_s, piece.end_s)


def _word(said: object, end_s: float) -> Word | None:
    """A word of ours in whole milliseconds; None for one without letters."""
    text = said.word.strip()
    if not text:
        return None
    start_s = min(max(0.0, float(said.start)), end_s)
    stop_s = min(max(start_s, float(said.end)), end_s)
    return Word(text, Interval(round(start_s, 3), round(stop_s, 3)), round(float(said.probability), 4))
