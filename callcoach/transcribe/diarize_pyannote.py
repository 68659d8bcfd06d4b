"""The back end of pyannote.audio: the extra ``diarize`` and a model that has to be on this machine.

pyannote gives no probability of its own answer. What is stated is the embedded back end's where the
two agree on `AGREE` of the speech, and one half where they do not.
"""

from __future__ import annotations

import logging
import tempfile
import wave
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np

from callcoach.core import Interval, Intervals, Word, intersection, support, total_s
from callcoach.core.errors import MissingExtra, ModelMissing
from callcoach.transcribe.audio import SAMPLE_RATE_HZ, open_audio
from callcoach.transcribe.diarize import LABELS, Diarization, told_apart
from callcoach.transcribe.voices.confidence import MIN_SPEECH_S
from callcoach.transcribe.voices.features import voice_features

MODEL = "pyannote/speaker-diarization-community-1"
AGREE = 0.95
DISAGREE_CONFIDENCE = 0.5

log = logging.getLogger(__name__)


class Pyannote:
    """A loaded pipeline of pyannote.audio."""

    name = "pyannote"

    def __init__(self, pipeline, *, model: str) -> None:
        self._pipeline = pipeline
        self.key: dict[str, object] = {"back_end": self.name, "model": model}

    def find(
        self, path: str | PathLike[str], speech: Intervals, words: Sequence[Word] | None = None
    ) -> Diarization:
        with open_audio(path) as audio:
            samples = np.concatenate([block.mean(axis=0) for block in audio.blocks()])
        # A plain WAV of the decoded sound: pyannote's own decoder reads fewer formats than ours.
        with tempfile.TemporaryDirectory(prefix="callcoach-") as folder:
            plain = Path(folder) / "mono.wav"
            _write(plain, samples)
            output = self._pipeline(str(plain), num_speakers=2)
        # Version 4 returns an object whose exclusive annotation gives every moment to one speaker.
        annotation = getattr(output, "exclusive_speaker_diarization", None) or getattr(
            output, "speaker_diarization", output
        )
        pieces: dict[str, list[Interval]] = {}
        for segment, _, label in annotation.itertracks(yield_label=True):
            pieces.setdefault(str(label), []).append(Interval(segment.start, segment.end))
        return judged(pieces, told_apart(voice_features([samples]), speech, words), speech)


def _write(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((samples.clip(-1, 1) * 32767).astype("<i2").tobytes())


def judged(pieces: dict[str, list[Interval]], ours: Diarization, speech: Intervals) -> Diarization:
    """pyannote's answer, cut to the speech, with a confidence from how far ours agrees."""
    if total_s(speech) < MIN_SPEECH_S:
        return Diarization({}, 0.0, ours.why_not or "there is too little speech")
    if len(pieces) != 2:
        return Diarization({}, 0.0, f"pyannote heard {len(pieces)} voices where two are expected")
    order = sorted(pieces, key=lambda label: min(pieces[label]))
    found = {LABELS[i]: intersection(support(pieces[label]), speech) for i, label in enumerate(order)}
    if ours.why_not:
        return Diarization(found, DISAGREE_CONFIDENCE)
    agreed_s = max(
        sum(total_s(intersection(found[a], ours.speech[b])) for a, b in zip(LABELS, seats, strict=True))
        for seats in (LABELS, LABELS[::-1])
    )
    agree = agreed_s / max(1e-9, total_s((*found[LABELS[0]], *found[LABELS[1]])))
    return Diarization(found, ours.confidence if agree >= AGREE else DISAGREE_CONFIDENCE)


def load_pyannote(model: str | None = None) -> Pyannote:
    """pyannote's pipeline from a folder, or by name from the hub's cache or the hub.

    Raises
    ------
    MissingExtra
        If pyannote.audio is not installed.
    ModelMissing
        If the model is neither here nor can be fetched.
    """
    try:
        from pyannote.audio import Pipeline
    except ImportError as error:
        raise MissingExtra(
            "the pyannote back end needs pyannote.audio, which is not installed: pip install 'callcoach[diarize]', "
            "or use --back-end embedded"
        ) from error
    name = model or MODEL
    try:
        pipeline = Pipeline.from_pretrained(name)
    except Exception as error:
        log.info("pyannote model not loaded: %s", type(error).__name__)
        pipeline = None
    if pipeline is None:
        raise ModelMissing(
            f"the pyannote back end needs the model {name}, which is neither on this machine nor could be "
            "fetched: accept its conditions on huggingface.co and set HF_TOKEN, or copy its folder here and name "
            "it with --model FOLDER; --back-end embedded needs none"
        )
    return Pyannote(pipeline, model=name)
