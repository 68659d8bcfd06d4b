"""A recording becomes a transcript: decoded, heard per channel, and recognised where a model is.

::

    file ─ audio ─► blocks ─ speech ─► who speaks when ─┬────────────────────────────► turns without words
                      └──────── windows of all channels └─ recogniser ─ guards ─► words ─► turns

Roles are not told here: a recording knows left and right, not who is the rep. The file is decoded
once to hear it and once to recognise it, block by block, so that a three-hour call never lies in
memory. Nothing is written anywhere: a transcript exists when it is returned, or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from callcoach.core.call import Media, Voice
from callcoach.core.intervals import Intervals, total_s
from callcoach.core.keys import recognition_key
from callcoach.core.transcript import Capability, Provenance, Separation, Speaker, Transcript, Word
from callcoach.transcribe.audio import Audio, local_path, open_audio
from callcoach.transcribe.echoes import without_echoes
from callcoach.transcribe.guards import Cut, believable, is_silence
from callcoach.transcribe.languages import MOST_WINDOWS, Decision, decide, detect, doubt, language_to_use
from callcoach.transcribe.recogniser import Recogniser
from callcoach.transcribe.speech import SPEECH_OPTIONS, Hearing, channel_label, hear
from callcoach.transcribe.together import Together, open_together
from callcoach.transcribe.turns import turns_from_speech, turns_from_words
from callcoach.transcribe.windows import WINDOW_OPTIONS, Window, windows_of

EVERYONE = "everyone"  # the one speaker of a recording whose channels do not tell people apart
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
        Code such as ``"en"``; told from the first windows of speech unless given.
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
        See `open_audio`; `ModelMissing` also for a model that knows one language when none is given.
    BadSettings
        If the model does not know the given language.
    """
    if recogniser is not None:
        language_to_use(recogniser, language)  # before an hour of hearing, not after
    with open_audio(source) as audio:
        transcript = _transcribed(audio, recogniser, language, progress)
        media = Media(
            uri=Path(local_path(source)).resolve().as_uri(),
            sha256=transcript.source_sha256,
            duration_s=transcript.duration_s,
            n_channels=audio.n_channels,
            sample_rate_hz=audio.sample_rate_hz,
            format=audio.format,
        )
    return transcript, media


def transcribe_together(
    voices: Sequence[Voice],
    *,
    recogniser: Recogniser | None,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Transcript, tuple[Media, ...]]:
    """A meeting in one file per person, heard like a recording with a channel for each of them.

    Returns
    -------
    transcript : Transcript
        Speakers are labelled and named as the voices are; who spoke when is told by the files.
    media : tuple of Media
        A file each, in the order of the channels.

    Raises
    ------
    InputError
        See `open_together`.
    BadSettings
        If the model does not know the given language.
    """
    if recogniser is not None:
        language_to_use(recogniser, language)
    with open_together(voices) as audio:
        transcript = _transcribed(audio, recogniser, language, progress)
        names = {label: voice.name for label, voice in zip(audio.labels, audio.voices, strict=True)}
        speakers = tuple(replace(s, name=names.get(s.label)) for s in transcript.speakers)
        return replace(transcript, speakers=speakers), audio.media()


def _transcribed(
    audio: Audio,
    recogniser: Recogniser | None,
    language: str | None,
    progress: Callable[[float], None] | None,
) -> Transcript:
    report = progress or (lambda share: None)
    given = language
    sha256 = audio.sha256()
    share = HEARING_SHARE if recogniser else 1.0
    total_s = audio.claimed_s or 0.0
    heard = hear(audio, progress=lambda at_s: report(share * min(1.0, at_s / total_s if total_s else 0.0)))
    channels = _channels(heard, audio.labels)
    words, notes = {}, ()
    if recogniser is not None:
        words, language, notes = _recognised(audio, channels, recogniser, language, report)
    transcript = Transcript(
        source_sha256=sha256,
        provenance=_provenance(audio, heard, recogniser, given, notes),
        duration_s=round(heard.duration_s, 3),
        speakers=tuple(Speaker(label, channel=channel) for label, (channel, _) in channels.items()),
        turns=turns_from_words(words)
        if recogniser
        else turns_from_speech({label: speech for label, (_, speech) in channels.items()}),
        speech={label: speech for label, (_, speech) in channels.items()},
        language=language,
        capabilities=_capabilities(heard, recogniser),
        speech_note=SPEECH_NOTE_MONO if heard.verdict == "mono" else SPEECH_NOTE,
    )
    report(1.0)
    return transcript


def _channels(heard: Hearing, labels: Sequence[str]) -> dict[str, tuple[int | None, Intervals]]:
    """Label to channel and speech; one entry without a channel where the verdict is mono."""
    if heard.verdict == "mono":
        return {EVERYONE: (None, heard.speech[0])}
    return {channel_label(i, labels): (i, speech) for i, speech in enumerate(heard.speech)}


def _recognised(
    audio: Audio,
    channels: Mapping[str, tuple[int | None, Intervals]],
    recogniser: Recogniser,
    language: str | None,
    report: Callable[[float], None],
) -> tuple[dict[str, list[Word]], str | None, tuple[str, ...]]:
    """Words per label, the language, and notes about what was left out and what is unsure."""
    given, language = language, language_to_use(recogniser, language)
    words: dict[str, list[Word]] = {label: [] for label in channels}
    notes, n_silent, done_s = list(recogniser.notes), 0, 0.0
    total_to_do_s = sum(total_s(speech) for _, speech in channels.values())
    windows = windows_of(audio.blocks(), channels, longest_s=recogniser.window_s)
    for i, batch in enumerate(_batches(windows, recogniser.batch_size, first=MOST_WINDOWS)):
        if i == 0 and len(recogniser.languages) > 1:
            decision = _language_of(batch, recogniser, given)
            language = given or decision.language
            notes += filter(None, [doubt(decision, given=given)])
        for window, said in zip(batch, recogniser.recognise(batch, language=language), strict=True):
            if is_silence(said):
                n_silent += len(said.words)
            else:
                words[window.label] += map(window.on_call, said.words)
            done_s += window.duration_s
        report(HEARING_SHARE + (1 - HEARING_SHARE) * min(1.0, done_s / total_to_do_s))
    cut = Cut(no_speech=n_silent)
    for label, said in words.items():
        said.sort(key=lambda word: (word.interval.start_s, word.interval.end_s))
        words[label], lost = believable(said, channels[label][1], vocabulary=recogniser.vocabulary)
        cut += lost
    words, n_echoes = without_echoes(words, {label: speech for label, (_, speech) in channels.items()})
    notes += cut.notes(sum(map(len, words.values())))
    if n_echoes:
        notes.append(
            f"{n_echoes} word{'' if n_echoes == 1 else 's'} heard on both sides "
            f"{'was' if n_echoes == 1 else 'were'} kept once."
        )
    return words, language, tuple(notes)


def _language_of(batch: Sequence[Window], recogniser: Recogniser, given: str | None) -> Decision:
    """Told from the windows; where it is given, one window is enough to notice a mistake."""
    if given is None:
        return detect(batch, recogniser.languages_of)
    return decide([recogniser.languages_of(max(batch, key=lambda window: round(window.duration_s)))])


def _batches(windows: Iterable[Window], n: int, *, first: int) -> Iterator[list[Window]]:
    """Windows in lists of `n`; the first list holds `first` at least, to tell the language from."""
    held: list[Window] = []
    wanted = max(n, first)
    for window in windows:
        held.append(window)
        if len(held) == wanted:
            yield held
            held, wanted = [], n
    if held:
        yield held


def _capabilities(heard: Hearing, recogniser: Recogniser | None) -> frozenset[Capability]:
    able = {Capability.STARTS, Capability.ENDS}
    if heard.verdict == "trust":
        able.add(Capability.OVERLAP)
    if recogniser is not None:
        able |= {Capability.TEXT, Capability.WORDS, Capability.CONFIDENCE}
    return frozenset(able)


def _provenance(
    audio: Audio,
    heard: Hearing,
    recogniser: Recogniser | None,
    language: str | None,
    notes: Sequence[str],
) -> Provenance:
    options: dict[str, object] = dict(SPEECH_OPTIONS)
    if isinstance(audio, Together):
        options["voices"] = audio.options()
    if recogniser is not None:
        options |= {"language": language, "recogniser": dict(recogniser.options), **WINDOW_OPTIONS}
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
        notes=(*audio.notes, *heard.notes, *notes),
    )
