"""A recording becomes a transcript: decoded, heard per channel, and recognised where a model is.

::

    file ─ audio ─► blocks ─ speech ─► who speaks when ─┬──────────────────────► turns without words
                      └────────────── channel by channel └─ recogniser ─► words ─► turns

Roles are not told here: a recording knows left and right, not who is the rep. The file is decoded
once to hear it and once per channel to recognise it, so that a three-hour call never lies in
memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from callcoach.core.call import Media
from callcoach.core.intervals import Interval, Intervals
from callcoach.core.keys import recognition_key
from callcoach.core.transcript import Capability, Provenance, Separation, Speaker, Transcript, Word
from callcoach.transcribe.audio import SAMPLE_RATE_HZ, Audio, local_path, open_audio
from callcoach.transcribe.recogniser import Recogniser
from callcoach.transcribe.speech import SPEECH_OPTIONS, Hearing, channel_label, hear, windows
from callcoach.transcribe.turns import turns_from_speech, turns_from_words

EVERYONE = "everyone"  # the one speaker of a recording whose channels do not tell people apart
WINDOW_S = 300.0  # of one channel, held in memory for recognition
MARGIN_S = 0.5  # of sound round it
HEARING_SHARE = 0.1  # of the work, where words are recognised
SPEECH_NOTE = "voice activity of each channel, the other side's bleed taken out"
SPEECH_NOTE_MONO = "voice activity of the whole recording"


def transcribe_recording(
    source: str | os.PathLike[str],
    *,
    recogniser: Recogniser | None,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Transcript, Media]:
    """Who speaks when in a recording, and what they say where a recogniser is given.

    Parameters
    ----------
    source : str or path
        A local path or ``file://`` URL.
    recogniser : Recogniser or None
        None for talk measures only: turns have a span and no words.
    language : str, optional
        Code such as ``"en"``; detected on the first window with speech unless given.
    progress : callable, optional
        Called with the share done, 0 to 1.

    Returns
    -------
    transcript : Transcript
        Speakers ``"left"``, ``"right"``, ``"channel 3"`` …, or ``"everyone"`` where the channels
        do not tell people apart. Overlap is among its capabilities only for channels to be trusted:
        bleed makes more overlap than there was.
    media : Media

    Raises
    ------
    InputError
        See `open_audio`.
    """
    report = progress or (lambda share: None)
    with open_audio(source) as audio:
        sha256 = audio.sha256()
        share = HEARING_SHARE if recogniser else 1.0
        total_s = audio.claimed_s or 0.0
        heard = hear(
            audio, progress=lambda at_s: report(share * min(1.0, at_s / total_s if total_s else 0.0))
        )
        channels = _channels(heard)
        words, spoken = _recognised(audio, channels, recogniser, language, report)
        transcript = Transcript(
            source_sha256=sha256,
            provenance=_provenance(audio, heard, recogniser, language),
            duration_s=round(heard.duration_s, 3),
            speakers=tuple(Speaker(label, channel=channel) for label, (channel, _) in channels.items()),
            turns=turns_from_words(words)
            if recogniser
            else turns_from_speech({label: speech for label, (_, speech) in channels.items()}),
            speech={label: speech for label, (_, speech) in channels.items()},
            language=spoken,
            capabilities=_capabilities(heard, recogniser),
            speech_note=SPEECH_NOTE_MONO if heard.verdict == "mono" else SPEECH_NOTE,
        )
        media = Media(
            uri=Path(local_path(source)).resolve().as_uri(),
            sha256=sha256,
            duration_s=round(heard.duration_s, 3),
            n_channels=audio.n_channels,
            sample_rate_hz=audio.sample_rate_hz,
            format=audio.format,
        )
    report(1.0)
    return transcript, media


def _channels(heard: Hearing) -> dict[str, tuple[int | None, Intervals]]:
    """Label to channel and speech; one entry without a channel where the verdict is mono."""
    if heard.verdict == "mono":
        return {EVERYONE: (None, heard.speech[0])}
    return {channel_label(i): (i, speech) for i, speech in enumerate(heard.speech)}


def _recognised(
    audio: Audio,
    channels: Mapping[str, tuple[int | None, Intervals]],
    recogniser: Recogniser | None,
    language: str | None,
    report: Callable[[float], None],
) -> tuple[dict[str, list[Word]], str | None]:
    """Words per label, and the language: the given one, or that of the first window with words."""
    words: dict[str, list[Word]] = {label: [] for label in channels}
    if recogniser is None:
        return words, language
    n_windows = sum(len(list(windows(speech, longest_s=WINDOW_S))) for _, speech in channels.values())
    n_done = 0
    for label, (channel, speech) in channels.items():
        spans = list(windows(speech, longest_s=WINDOW_S))
        for from_s, samples, span in _cut_out(audio, channel, spans):
            inside = tuple(piece.shifted(-from_s) for piece in speech if piece.overlaps(span))
            found = recogniser.recognise(samples, inside, language=language)
            words[label].extend(_shifted(found.words, from_s))
            if found.words or found.language_probability is not None:
                language = language or found.language
            n_done += 1
            report(HEARING_SHARE + (1 - HEARING_SHARE) * n_done / n_windows)
    return words, language


def _shifted(words: Iterable[Word], by_s: float) -> Iterator[Word]:
    for word in words:
        start_s, end_s = word.interval.start_s + by_s, word.interval.end_s + by_s
        yield Word(word.text, Interval(round(start_s, 3), round(end_s, 3)), word.probability)


def _cut_out(
    audio: Audio, channel: int | None, spans: Iterable[Interval]
) -> Iterator[tuple[float, np.ndarray, Interval]]:
    """``(start, samples, span)`` of spans in order, a margin round each; one is held at a time."""
    wanted = [
        (
            max(0, round((span.start_s - MARGIN_S) * SAMPLE_RATE_HZ)),
            round((span.end_s + MARGIN_S) * SAMPLE_RATE_HZ),
            span,
        )
        for span in spans
    ]
    if not wanted:
        return
    held, held_from = np.zeros(0, np.float32), 0
    for block in audio.blocks():
        samples = block.mean(axis=0) if channel is None else block[channel]
        held = np.concatenate([held, samples])
        held_to = held_from + len(held)
        while wanted and wanted[0][1] <= held_to:
            start, end, span = wanted.pop(0)
            yield start / SAMPLE_RATE_HZ, held[start - held_from : end - held_from], span
        if not wanted:
            return
        keep_from = min(wanted[0][0], held_to)
        held, held_from = held[keep_from - held_from :].copy(), keep_from
    for start, end, span in wanted:
        yield start / SAMPLE_RATE_HZ, held[start - held_from : end - held_from], span


def _capabilities(heard: Hearing, recogniser: Recogniser | None) -> frozenset[Capability]:
    able = {Capability.STARTS, Capability.ENDS}
    if heard.verdict == "trust":
        able.add(Capability.OVERLAP)
    if recogniser is not None:
        able |= {Capability.TEXT, Capability.WORDS, Capability.CONFIDENCE}
    return frozenset(able)


def _provenance(
    audio: Audio, heard: Hearing, recogniser: Recogniser | None, language: str | None
) -> Provenance:
    options: dict[str, object] = dict(SPEECH_OPTIONS)
    if recogniser is not None:
        options |= {"language": language, "recogniser": dict(recogniser.options), "window_s": WINDOW_S}
    elif language is not None:
        options["language"] = language
    return Provenance(
        kind="audio",
        format=audio.format,
        recognition_key=recognition_key(
            engine=recogniser.engine if recogniser else "none",
            model_hash=recogniser.model_hash if recogniser else None,
            options=options,
        ),
        engine=recogniser.engine if recogniser else None,
        model=recogniser.model_name if recogniser else None,
        separation=Separation.NONE if heard.verdict == "mono" else Separation.CHANNELS,
        channel_verdict=heard.verdict,
        notes=(*audio.notes, *heard.notes),
    )
