"""Captions that callcoach wrote, read back: the note in front and the numbers of the cues.

People may edit what is said and when. Where the note or a number no longer fits, there is nothing
to read back, and the file is WebVTT like any other.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence

from callcoach.core import (
    Capability,
    Interval,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
    recognition_key,
    support,
)
from callcoach.transcribe.formats.captions import NOTE, PROBABILITY_UNIT, VERSION
from callcoach.transcribe.formats.times import time_s
from callcoach.transcribe.formats.timing import MAX_TIME_S
from callcoach.transcribe.formats.words import clean

Cue = tuple[str | None, Interval, str]


def note_of(text: str) -> dict | None:
    """The note of a file that callcoach wrote; None in any other."""
    lines = text.split("\n", 3)
    if len(lines) < 4 or not lines[2].startswith(NOTE):
        return None
    try:
        note = json.loads(lines[2].removeprefix(NOTE))
    except (ValueError, RecursionError):
        return None
    return note if isinstance(note, dict) and note.get("version") == VERSION else None


def read_back(note: Mapping, cues: Sequence[Cue], *, format: str) -> Transcript | None:
    """The transcript of our own captions, its source still to be named; None where they do not fit.

    What the cues no longer hold is not claimed: word times, probabilities, text.
    """
    try:
        spans = {int(number): _interval(pair) for number, pair in note["spans"].items()}
        found = numbered_turns(cues, spans=spans)
        if found is None:
            return None
        turns, speech = found
        words = [word for turn in turns for word in turn.words]
        shown = {
            Capability.TEXT: bool(words),
            Capability.WORDS: any(word.interval is not None for word in words),
            Capability.CONFIDENCE: any(word.probability is not None for word in words),
        }
        claimed = {Capability(name) for name in note["capabilities"]}
        return Transcript(
            source_sha256="",
            provenance=Provenance(
                kind="transcript",
                format=format,
                recognition_key=recognition_key(engine=format, model_hash=None, options={}),
                engine=_text(note["engine"]),
                model=_text(note["model"]),
                separation=Separation(note["separation"]),
                separation_confidence=_share(note["separation_confidence"]),
                channel_verdict=_text(note["channel_verdict"]),
                notes=tuple(clean(str(sentence)) for sentence in note["notes"]),
            ),
            duration_s=None if note["duration_s"] is None else _interval([0, note["duration_s"]]).end_s,
            speakers=tuple(_speaker(speaker) for speaker in note["speakers"]),
            turns=turns,
            speech={label: pieces for label, spoken in speech.items() if (pieces := support(spoken))},
            language=_text(note["language"]),
            capabilities=frozenset(c for c in claimed if shown.get(c, True)),
            cuts=tuple(_interval(pair) for pair in note["cuts"]),
            speech_note=_text(note["speech_note"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def _interval(pair: Sequence[float]) -> Interval:
    start_s, end_s = (float(bound) for bound in pair)
    if not 0 <= start_s <= end_s <= MAX_TIME_S:
        raise ValueError("a time lies outside any call")
    return Interval(start_s, end_s)


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("text or null")
    return None if value is None else clean(value)


def _share(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not 0 <= float(value) <= 1:
        raise ValueError("a share lies between 0 and 1")
    return float(value)


def _speaker(value: Mapping) -> Speaker:
    channel = value["channel"]
    if channel is not None and (isinstance(channel, bool) or not isinstance(channel, int)):
        raise TypeError("a channel is a number")
    return Speaker(
        clean(str(value["label"])),
        Role(value["role"]),
        name=_text(value["name"]),
        channel=channel,
        role_confidence=_share(value["role_confidence"]),
        role_source=_text(value["role_source"]),
    )


_CUE = re.compile(r"(\d{1,7})\.(\d{1,7})(?: (words|untimed))?\Z")
_PARTS = re.compile(r"<([^<>]*)>")
_CLASS = re.compile(r"c\.p(\d{1,7})\Z")


def numbered_turns(
    cues: Sequence[tuple[str | None, Interval, str]], *, spans: dict[int, Interval]
) -> tuple[tuple[Turn, ...], dict[str, list[Interval]]] | None:
    """Turns and speech of cues that `to_webvtt` named; None where one is named otherwise."""
    found: dict[int, tuple[str, list[tuple[int, list[Word]]]]] = {}
    speech: dict[str, list[Interval]] = {}
    for name, span, payload in cues:
        match = _CUE.match(name or "")
        if match is None or not payload.startswith("<v "):
            return None
        label, words = _words(payload)
        if match[3] is None:
            speech.setdefault(label, []).append(span)
        if match[1] != "0":
            known, parts = found.setdefault(int(match[1]), (label, []))
            if known != label:
                return None
            parts.append((int(match[2]), words))
    turns = []
    for number in sorted(found):
        label, parts = found[number]
        words = [word for _, said in sorted(parts, key=lambda part: part[0]) for word in said]
        turns.append(Turn(label, tuple(words), spans.get(number)))
    return tuple(turns), speech


def _words(payload: str) -> tuple[str, list[Word]]:
    """The voice of a cue, and its words with their times and probabilities."""
    label, sure = "", None
    start_s: float | None = None
    words: list[Word] = []
    untimed_from = 0
    for number, part in enumerate(_PARTS.split(payload)):
        if number % 2 == 0:
            words.extend(Word(text, None, sure) for text in html.unescape(part).split())
        elif part.startswith("v "):
            label = html.unescape(part[2:])
        elif (match := _CLASS.match(part)) is not None:
            sure = min(1.0, int(match[1]) / PROBABILITY_UNIT)
        elif part == "/c":
            sure = None
        elif (at_s := time_s(part)) is not None:
            if start_s is not None and len(words) == untimed_from + 1:
                last = words[-1]
                words[-1] = Word(last.text, Interval(start_s, max(start_s, at_s)), last.probability)
            start_s, untimed_from = at_s, len(words)
    return label, words
