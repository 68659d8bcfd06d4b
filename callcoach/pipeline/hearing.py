"""A source turned into a transcript, whatever it is: the dear part, done once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from callcoach.core import Media, Transcript, Voice
from callcoach.core.errors import BadSettings, EmptyInput, ModelMissing, UnreadableInput

if TYPE_CHECKING:
    from numpy import ndarray

_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Heard:
    """A source as it was heard or read, before anybody judged it.

    Parameters
    ----------
    voices : tuple of Media
        The files of a meeting in one file per person; `media` is None then.
    """

    source: str
    sha256: str
    transcript: Transcript
    media: Media | None = None
    voices: tuple[Media, ...] = ()

    @property
    def recordings(self) -> tuple[Media, ...]:
        """Every file of sound: one, or one per person; none of a vendor's transcript."""
        return self.voices or ((self.media,) if self.media else ())

    @property
    def n_channels(self) -> int | None:
        """Channels that were heard; None where nothing was."""
        return len(self.voices) or (self.media.n_channels if self.media else None)


def hear(
    path: Path,
    *,
    recogniser: object | None = None,
    recogniser_needed: Callable[[], object] | None = None,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Heard:
    """Turn one local file into a transcript, whatever it is.

    Parameters
    ----------
    recogniser : Recogniser or None
        None for talk measures only.
    recogniser_needed : callable, optional
        Called for recordings only, to load a recogniser as late as possible.
    progress : callable, optional
        Called with the share done, 0 to 1.

    Raises
    ------
    InputError
        One of the kinds of the JSON contract.
    """
    from callcoach.transcribe.formats import looks_like_transcript, read_transcript

    try:
        with path.open("rb") as file:
            head = file.read(_READ_BYTES)
            if not head:
                raise EmptyInput(f"a recording or transcript must hold bytes; {path.name} is empty")
            if looks_like_transcript(head, path.name):
                data = head + file.read()
                return Heard(
                    str(path), hashlib.sha256(data).hexdigest(), read_transcript(data, name=path.name)
                )
    except OSError as error:
        if isinstance(error, EmptyInput):
            raise
        raise UnreadableInput(
            f"an input must be a file that may be read; {path.name}: {error.strerror or type(error).__name__}"
        ) from error
    from callcoach.transcribe.audio import open_audio
    from callcoach.transcribe.diarize import diarized
    from callcoach.transcribe.recording import transcribe_recording

    if recogniser_needed is not None:
        with open_audio(path):  # what is damaged is damaged, whether there is a model or not
            pass
        recogniser = recogniser_needed()
    transcript, media = transcribe_recording(
        path, recogniser=recogniser, language=language, progress=progress
    )
    return Heard(str(path), media.sha256, diarized(transcript, path), media)


def hear_together(
    voices: Sequence[Voice],
    *,
    recogniser_needed: Callable[[], object] | None = None,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Heard:
    """Turn the files of one meeting, one of each person, into one transcript; see `hear`.

    Raises
    ------
    InputError
        Also where one of the files alone cannot be read.
    """
    from callcoach.transcribe.recording import transcribe_together
    from callcoach.transcribe.together import open_together

    recogniser = None
    if recogniser_needed is not None:
        with open_together(voices):  # what is damaged is damaged, whether there is a model or not
            pass
        recogniser = recogniser_needed()
    transcript, media = transcribe_together(
        voices, recogniser=recogniser, language=language, progress=progress
    )
    return Heard(str(voices[0].path), transcript.source_sha256, transcript, voices=media)


def sound_of(source: Path | Sequence[Voice]) -> Iterator[ndarray]:
    """Samples of a recording at 16 kHz, shape (n_channels, n), in blocks of 30 s: what is told without words.

    Parameters
    ----------
    source : Path or sequence of Voice
        A file, or the files of one meeting.

    Raises
    ------
    InputError
        If it is no recording that decodes.
    """
    from callcoach.transcribe.audio import BLOCK_S, SAMPLE_RATE_HZ, open_audio
    from callcoach.transcribe.together import open_together

    with open_audio(source) if isinstance(source, Path) else open_together(source) as audio:
        yield from audio.blocks(sample_rate_hz=SAMPLE_RATE_HZ, block_s=BLOCK_S)


def demo_recogniser(models: Path) -> object:
    """The demonstration model in `models`, for the bundled recordings alone."""
    from callcoach.transcribe.whisper import load_whisper

    return load_whisper(models / "demo-whisper", device="cpu")


def recogniser_of(
    model: str | None,
    *,
    folders: Sequence[Path],
    vocabulary: Sequence[str] = (),
    cpu_threads: int = 0,
) -> object:
    """The recognition model of a name or folder, or the best for this machine; nothing is downloaded.

    Raises
    ------
    ModelMissing
        If none can be had, also where what is there cannot be used.
    """
    from callcoach.transcribe.whisper import load_whisper

    try:
        return load_whisper(model, folders=folders, vocabulary=vocabulary, cpu_threads=cpu_threads)
    except BadSettings as error:
        # A model that cannot be used is one that cannot be had: recordings fail, transcripts go on.
        raise ModelMissing(error.message) from error


def language_detector(recogniser: object) -> Callable[[ndarray], Mapping[str, float]] | None:
    """What tells the probabilities of languages in 30 s of mono sound at 16 kHz; None from a model of one."""
    from callcoach.transcribe.windows import Window

    if len(recogniser.languages) == 1:
        return None
    return lambda samples: recogniser.languages_of(Window("", samples, ()))
