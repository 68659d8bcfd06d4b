"""WebVTT: captions of Zoom (``Name: text``), Teams (``<v Name>text</v>``) and players, and our own.

Cues time what is said, not each word; times inside a cue (``<00:01.500>``) are of words. A file
that callcoach wrote carries a ``NOTE callcoach`` and reads back as the same transcript.

References
----------
WebVTT, W3C Candidate Recommendation of 4 April 2019.
"""

from __future__ import annotations

import html
import re

from callcoach.core import Interval, Transcript
from callcoach.core.errors import BadTranscript
from callcoach.transcribe.formats.captions import to_webvtt
from callcoach.transcribe.formats.captions_back import note_of, read_back
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_TEXT, Format, Mark
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import attribute
from callcoach.transcribe.formats.times import time_s
from callcoach.transcribe.formats.timing import MAX_TIME_S
from callcoach.transcribe.formats.values import MAX_LABEL
from callcoach.transcribe.formats.words import Spoken, clean, join_tokens, split

__all__ = ["FORMAT", "read", "to_webvtt"]

_MOST_HOURS = 999_999
_TAGS = re.compile(r"<([^<>]*)>")
_VOICE = re.compile(r"v(?:\.[^\s]*)?(?:\s+(.*))?\Z", re.DOTALL)
_LANGUAGE = re.compile(r"(?im)^Language:[ \t]*([A-Za-z]{2,3}(?:-[A-Za-z0-9-]+)?)[ \t]*$")


def read(source: Source) -> Reading | Transcript:
    """The reading of a WebVTT file.

    Raises
    ------
    BadTranscript
        If lines that time a cue cannot be read.
    """
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        captions = webvtt.from_string(source.text).captions
    except (MalformedCaptionError, MalformedFileError, ValueError):
        raise BadTranscript(
            "a WebVTT file must time its cues as 00:01:02.000 --> 00:01:04.000; this one has times that are not:"
            " export it again"
        ) from None
    n_arrows = source.text.count("-->")
    if n_arrows and len(captions) < 0.9 * n_arrows:
        raise BadTranscript(
            "a WebVTT file must time its cues as 00:01:02.000 --> 00:01:04.000;"
            f" {n_arrows - len(captions)} of {n_arrows} cues are timed otherwise: export it again"
        )
    notes = []
    own = note_of(source.text)
    if own is not None:
        cues = [(c.identifier, _span(c), c.raw_text) for c in captions]
        transcript = read_back(own, cues, format="webvtt") if all(span for _, span, _ in cues) else None
        if transcript is not None:
            return transcript
        notes.append("callcoach's own note in the file no longer fits its cues; only the cues count")
    if n_arrows > len(captions):
        notes.append(f"{n_arrows - len(captions)} cues without a readable time were left out")
    cues = []  # (voice, text with word times, start, end)
    for caption in captions:
        start_s, end_s = _time_s(caption.start_time), _time_s(caption.end_time)
        cues.extend(
            (voice, words, start_s, end_s) for voice, words in _voices(caption.raw_text, start_s, end_s)
        )
    if not any(voice for voice, *_ in cues):
        attributed, more = attribute([" ".join(word.text for word in words) for _, words, _, _ in cues])
        notes.extend(more)
        cues = [
            (label, words[len(words) - len(text.split()) :], start_s, end_s)
            for (label, text), (_, words, start_s, end_s) in zip(attributed, cues, strict=True)
        ]
    language = _LANGUAGE.search(source.text[:2000].split("\n\n")[0])
    return Reading(
        [Passage(label or None, words, start_s, end_s) for label, words, start_s, end_s in cues],
        language=language[1] if language else None,
        notes=tuple(notes),
    )


def _time_s(time) -> float | None:
    """Seconds of a timestamp; None with more hours than any file has."""
    if time.hours > _MOST_HOURS:
        return None
    return ((time.hours * 60 + time.minutes) * 60_000 + time.seconds * 1000 + time.milliseconds) / 1000


def _span(caption) -> Interval | None:
    start_s, end_s = _time_s(caption.start_time), _time_s(caption.end_time)
    if start_s is None or end_s is None or not start_s <= end_s <= MAX_TIME_S:
        return None
    return Interval(start_s, end_s)


def _voices(
    payload: str, start_s: float | None, end_s: float | None
) -> list[tuple[str | None, list[Spoken]]]:
    """The voices of a cue and the words of each, with times where the cue has them inside.

    A word that follows a time inside the cue starts there and ends at the next time, or with the cue;
    what stands before the first time starts with the cue.
    """
    parts = _TAGS.split(payload)
    if len(parts) == 1:
        return [(None, split(html.unescape(payload)))]
    voices: list[tuple[str | None, list[Spoken]]] = []
    voice: str | None = None
    text, at_s = "", start_s if any(time_s(tag) is not None for tag in parts[1::2]) else None
    times: list[tuple[str, float | None]] = []  # text and the time before it

    def finish() -> None:
        nonlocal text
        times.append((text, at_s))
        text = ""
        words = _timed_words(times, end_s)
        times.clear()
        if words:
            voices.append((voice, words))

    for number, part in enumerate(parts):
        if number % 2 == 0:
            text += part
            continue
        inside_s = time_s(part)
        match = _VOICE.match(part)
        if inside_s is not None and inside_s <= MAX_TIME_S:
            times.append((text, at_s))
            text, at_s = "", inside_s
        elif match is not None:
            finish()
            voice = " ".join(clean(html.unescape(match[1] or "")).split())[:MAX_LABEL] or None
        elif part == "/v":
            finish()
            voice = None
        elif part.strip().lower() in ("br", "br/"):
            text += " "
    finish()
    return voices


def _timed_words(times: list[tuple[str, float | None]], end_s: float | None) -> list[Spoken]:
    """Words of stretches of a cue, each stretch with the time in front of it.

    A stretch of several words times none of them.
    """
    if len(times) == 1 and times[0][1] is None:
        return split(html.unescape(times[0][0]))
    tokens: list[Spoken] = []
    until_s = end_s
    for text, start_s in reversed(times):
        text = html.unescape(text)
        if start_s is None or until_s is None or len(text.split()) > 1:
            tokens.append(Spoken(text))
        else:
            tokens.append(Spoken(text, start_s, max(start_s, until_s)))
        until_s = start_s if start_s is not None else until_s
    return join_tokens(reversed(tokens))


FORMAT = Format(
    "webvtt",
    "WebVTT",
    (
        IS_TEXT,
        Mark("WEBVTT in the first line", lambda source: source.text.lstrip("\n ").startswith("WEBVTT")),
    ),
    read,
)
