"""A transcript as WebVTT that players show and that reads back as the same transcript.

One cue per stretch of speech, the speaker as its voice, times of words inside the cue. What
captions cannot say (sides, channels, capabilities) stands in one ``NOTE callcoach`` in front.

::

    WEBVTT

    NOTE callcoach {"version": 1, "speakers": [{"label": "left", "role": "REP", …}], …}

    3.1                                   turn 3, its first stretch of speech
    00:00:04.100 --> 00:00:06.250
    <v left><00:00:04.100>so <00:00:04.400>tell <00:00:04.620>me<00:00:04.800></v>

``3.2 words`` marks a cue that only carries words of turn 3, where the voice was not heard;
``3.1 untimed`` words without a time. Speech without words of a turn is turn 0. Times are rounded to
the millisecond, probabilities (the class ``p``) to a millionth.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest

from callcoach.core import Capability, Interval, Transcript, Word
from callcoach.core.errors import BadTranscript

VERSION = 1
NOTE = "NOTE callcoach "
PROBABILITY_UNIT = 1_000_000
Cue = tuple[str, Interval, str]


def to_webvtt(transcript: Transcript) -> str:
    """The transcript as WebVTT text.

    Measures of what is read back agree to the rounding of times and probabilities.

    Raises
    ------
    BadTranscript
        If the transcript has no times: captions need them.
    """
    if not transcript.can(Capability.ENDS):
        raise BadTranscript(
            "a WebVTT file needs to know when speech starts and ends; this transcript does not: export it as JSON"
        )
    parts = ["WEBVTT\n", f"{NOTE}{_note(transcript)}\n"]
    for name, span, text in sorted(_cues(transcript), key=lambda cue: (cue[1], cue[0])):
        parts.append(f"{name}\n{stamp(span.start_s)} --> {stamp(span.end_s)}\n{text}\n")
    return "\n".join(parts)


def stamp(time_s: float) -> str:
    """A time as WebVTT writes it.

    >>> stamp(3723.45)
    '01:02:03.450'
    """
    ms = max(0, round(time_s * 1000))
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def _pair(span: Interval) -> list[float]:
    return [round(span.start_s, 3), round(span.end_s, 3)]


def _note(transcript: Transcript) -> str:
    provenance = transcript.provenance
    note = {
        "version": VERSION,
        "speakers": [
            {
                "label": speaker.label,
                "role": speaker.role,
                "name": speaker.name,
                "channel": speaker.channel,
                "role_confidence": speaker.role_confidence,
                "role_source": speaker.role_source,
            }
            for speaker in transcript.speakers
        ],
        "separation": provenance.separation,
        "separation_confidence": provenance.separation_confidence,
        "channel_verdict": provenance.channel_verdict,
        "engine": provenance.engine,
        "model": provenance.model,
        "notes": list(provenance.notes),
        "capabilities": sorted(transcript.capabilities),
        "language": transcript.language,
        "duration_s": transcript.duration_s,
        "cuts": [_pair(cut) for cut in transcript.cuts],
        "speech_note": transcript.speech_note,
        "spans": {
            str(number): _pair(turn.span)
            for number, turn in enumerate(transcript.turns, start=1)
            if turn.span is not None
        },
    }
    # An arrow inside a note would end it.
    return json.dumps(note, ensure_ascii=False, allow_nan=False).replace(">", "\\u003e")


def _cues(transcript: Transcript) -> Iterator[Cue]:
    stretches, rest = _stretches(transcript)
    at = Interval(0.0, 0.0)
    for number, turn in enumerate(transcript.turns, start=1):
        span = turn.interval
        if span is None:
            yield f"{number}.1 untimed", at, _voice(turn.speaker, turn.words)
            continue
        at = Interval(span.end_s, span.end_s)
        own = stretches.get(number, [])
        if not own:
            yield f"{number}.1 words", span, _voice(turn.speaker, turn.words)
            continue
        for part, (stretch, words) in enumerate(zip(own, _share(turn.words, own), strict=True), start=1):
            yield f"{number}.{part}", stretch, _voice(turn.speaker, words)
    for part, (label, stretch) in enumerate(rest, start=1):
        yield f"0.{part}", stretch, _voice(label, ())


def _stretches(transcript: Transcript) -> tuple[dict[int, list[Interval]], list[tuple[str, Interval]]]:
    """Speech of each turn by its number, and speech that no turn of its speaker touches.

    A stretch goes to the turn that it shares most time with; both come by start, so that one walk
    finds it.
    """
    found: dict[int, list[Interval]] = {}
    rest: list[tuple[str, Interval]] = []
    turns: dict[str, list[tuple[Interval, int]]] = {}
    for number, turn in enumerate(transcript.turns, start=1):
        if turn.interval is not None:
            turns.setdefault(turn.speaker, []).append((turn.interval, number))
    for label, stretches in transcript.speech.items():
        own = sorted(turns.get(label, []))
        low = 0
        for stretch in stretches:
            while low < len(own) and own[low][0].end_s < stretch.start_s:
                low += 1
            best, best_s = None, -1.0
            for at in range(low, len(own)):
                span, number = own[at]
                if span.start_s > stretch.end_s:
                    break
                shared_s = min(span.end_s, stretch.end_s) - max(span.start_s, stretch.start_s)
                if shared_s > best_s:
                    best, best_s = number, shared_s
            if best is None or best_s < 0:
                rest.append((label, stretch))
            else:
                found.setdefault(best, []).append(stretch)
    return found, rest


def _share(words: Sequence[Word], stretches: Sequence[Interval]) -> list[list[Word]]:
    """The words of a turn over its stretches of speech, in order: by time, else by length."""
    shares: list[list[Word]] = [[] for _ in stretches]
    done_s = list(accumulate(stretch.duration_s for stretch in stretches))
    by_time = any(word.interval is not None for word in words)
    at = 0
    for position, word in enumerate(words):
        if word.interval is not None:
            middle_s = (word.interval.start_s + word.interval.end_s) / 2
            while (
                at + 1 < len(stretches) and middle_s >= (stretches[at].end_s + stretches[at + 1].start_s) / 2
            ):
                at += 1
        elif not by_time:
            while at + 1 < len(stretches) and position / len(words) * done_s[-1] >= done_s[at]:
                at += 1
        shares[at].append(word)
    return shares


def _voice(label: str, words: Sequence[Word]) -> str:
    parts: list[str] = []
    for word, after in zip_longest(words, words[1:]):
        text = html.escape(word.text, quote=False)
        if word.probability is not None:
            text = f"<c.p{round(word.probability * PROBABILITY_UNIT):06d}>{text}</c>"
        if word.interval is not None:
            text = f"<{stamp(word.interval.start_s)}>{text}"
            end = stamp(word.interval.end_s)
            if after is None or after.interval is None or stamp(after.interval.start_s) != end:
                text += f"<{end}>"
        parts.append(text)
    return f"<v {html.escape(label, quote=False)}>{' '.join(parts)}</v>"
