"""The first pass over a file: its class and what it is compared by, without a word recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from callcoach.archive.classes import JUDGED_LANGUAGES, Verdict, class_of, windows_to_hear
from callcoach.archive.duplicates import Look, prompt_of
from callcoach.archive.folder_csv import Found
from callcoach.archive.name_patterns import SourceRule
from callcoach.archive.sounds import listen_to
from callcoach.core import CallClass, Transcript, Voice, support
from callcoach.core.errors import InputError
from callcoach.pipeline import Heard, hear, sound_of

NOTHING_FOUND = Found()
Detect = Callable[[np.ndarray], Mapping[str, float]]


def look_at(
    path: Path,
    *,
    uri: str,
    found: Found = NOTHING_FOUND,
    rule: SourceRule | None = None,
    detect: Detect | None = None,
    languages: Sequence[str] = JUDGED_LANGUAGES,
    hear_with: Callable[..., Heard] = hear,
    voices: Sequence[Voice] = (),
) -> tuple[Look, Heard | None]:
    """What a file shows alone, and how it was heard; None where it cannot be.

    Parameters
    ----------
    detect : callable, optional
        Takes 30 s of mono sound at 16 kHz and gives probabilities of languages: a *multilingual* model.
    voices : sequence of Voice
        The files of the meeting that the path stands for, where it is in one file per person.

    Raises
    ------
    InputError
        Only of kinds that may pass (`Unreachable`, `OutOfSpace`) or that are not the file's fault.
    """
    try:
        heard = hear_with(path, language=found.metadata.language)
        look = _look(voices or path, heard, uri, found, rule, detect, languages)
    except InputError as error:
        if error.kind in ("unreachable", "out_of_space", "model_missing"):
            raise
        return Look(uri, Verdict(CallClass.DAMAGED, error.kind), sha256=""), None
    return look, heard


def _look(
    sound_from: Path | Sequence[Voice],
    heard: Heard,
    uri,
    found: Found,
    rule,
    detect: Detect | None,
    languages,
) -> Look:
    transcript = heard.transcript
    sound, listen = None, None
    if heard.recordings:
        wanted = windows_to_hear(transcript) if detect is not None else ()
        windows: dict[int, np.ndarray] = {}
        sound = listen_to(_keeping(sound_of(sound_from), wanted, windows))
        if detect is not None:

            def listen(number: int) -> Mapping[str, float]:
                return detect(windows[number]) if number in windows else {}

    verdict = class_of(transcript, sound=sound, found=found, rule=rule, listen=listen, languages=languages)
    return Look(
        uri,
        verdict,
        heard.sha256,
        source_id=found.metadata.source_id,
        rep=found.metadata.rep or found.raw_rep,
        started_at=found.metadata.started_at,
        pattern=pattern_of(transcript),
        prompt=prompt_of(transcript, sound),
        n_channels=heard.n_channels or 1,
        is_recording=bool(heard.recordings),
        part_of=found.participant,
    )


def pattern_of(transcript: Transcript):
    """When anybody speaks."""
    return support(piece for pieces in transcript.speech.values() for piece in pieces)


def _keeping(
    blocks: Iterator[np.ndarray], wanted: Sequence[int], windows: dict[int, np.ndarray]
) -> Iterator[np.ndarray]:
    """The same blocks; those that are wanted stay in `windows` as mono."""
    for number, block in enumerate(blocks):
        if number in wanted:
            windows[number] = block.mean(axis=0)
        yield block
