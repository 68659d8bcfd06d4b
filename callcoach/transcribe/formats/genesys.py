"""Genesys Cloud speech and text analytics transcripts.

::

    {"startTime"?, "transcripts"?: [{"phrases": […]}],
     "phrases": [{"text", "decoratedText"?, "startTimeMs", "duration": {"milliseconds"} | number,
                  "participantPurpose": "internal" | "external" | …,
                  "words"?: [{"word", "confidence"?, "startTimeMs", "duration"}]}]}         milliseconds

Times are of the clock (milliseconds since 1970) or of the conversation; clock times are counted from
the start of the conversation where the file gives it, else from the first phrase. That the sides
were recorded apart is usual and not stated, so overlap is not claimed.

References
----------
Genesys Cloud Platform API, conversation transcript files of speech and text analytics, as of 2025.
"""

from __future__ import annotations

from callcoach.core import Role
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_JSON, Format, Mark, key
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import speaker
from callcoach.transcribe.formats.timing import MAX_TIME_S
from callcoach.transcribe.formats.values import (
    Json,
    ended,
    entries,
    entry,
    label_of,
    probability,
    seconds,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, align, split

_SIDES = {
    **dict.fromkeys(("internal", "agent", "user"), Role.REP),
    **dict.fromkeys(("external", "customer"), Role.CUSTOMER),
    **dict.fromkeys(("ivr", "acd", "bot", "botflow", "voicemail", "workflow", "dialer"), Role.OTHER),
}


def read(source: Source) -> Reading:
    """The reading of a Genesys transcript; all communications of the conversation together."""
    root = entry(source.document, "the file")
    phrases = entries(root.get("phrases"), "phrases")
    for transcript in entries(root.get("transcripts"), "transcripts"):
        phrases = phrases + entries(transcript.get("phrases"), "transcripts[].phrases")
    starts = [
        start for p in phrases if (start := _ms(p.get("startTimeMs"), "phrases[].startTimeMs")) is not None
    ]
    base_s, note = _base_s(_ms(root.get("startTime"), "startTime"), min(starts, default=0.0))
    passages = []
    for phrase in phrases:
        label = label_of(phrase.get("participantPurpose"), "phrases[].participantPurpose")
        passages.append(Passage(label, _words(phrase, base_s), *_times(phrase, "phrases[]", base_s)))
    labels = dict.fromkeys(p.speaker for p in passages if p.speaker)
    return Reading(
        passages,
        speakers={label: speaker(label, role=_SIDES.get(label.casefold(), Role.UNKNOWN)) for label in labels},
        in_order=False,
        engine="genesys",
        notes=note,
    )


def _ms(value: Json, where: str) -> float | None:
    return seconds(value, where, per_s=1000.0)


def _base_s(stated_s: float | None, first_s: float) -> tuple[float, tuple[str, ...]]:
    """What to take off every time, in seconds."""
    if first_s <= MAX_TIME_S:
        return 0.0, ()
    if stated_s is not None and 0 <= first_s - stated_s <= MAX_TIME_S:
        return stated_s, ()
    return first_s, ("the file gives clock times; they are counted from the first phrase",)


def _times(value: dict, where: str, base_s: float) -> tuple[float | None, float | None]:
    start_s = _ms(value.get("startTimeMs"), f"{where}.startTimeMs")
    length = value.get("duration")
    if isinstance(length, dict):
        length = length.get("milliseconds")
    length_s = _ms(length, f"{where}.duration")
    if start_s is None:
        return None, None
    # Whole milliseconds, so that what is left of a clock time is exact.
    start_s = round(start_s - base_s, 3) if start_s - base_s < 1e12 else start_s
    return start_s, ended(start_s, length_s)


def _words(phrase: dict, base_s: float) -> list[Spoken]:
    shown = split(
        words_of(phrase.get("decoratedText"), "phrases[].decoratedText")
        or words_of(phrase.get("text"), "phrases[].text")
    )
    recognised = [
        Spoken(part.text, *_times(word, "phrases[].words[]", base_s), probability(word.get("confidence")))
        for word in entries(phrase.get("words"), "phrases[].words")
        for part in split(words_of(word.get("word"), "phrases[].words[].word"))
    ]
    return align([word.text for word in shown], recognised) if shown and recognised else shown or recognised


def _has(path: str) -> Mark:
    return key(f"phrases[].{path}", f"transcripts[].phrases[].{path}")


FORMAT = Format(
    "genesys",
    "Genesys JSON",
    (IS_JSON, _has("text"), _has("participantPurpose"), _has("startTimeMs")),
    read,
)
