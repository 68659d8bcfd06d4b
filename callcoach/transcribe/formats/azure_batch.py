"""Azure Speech, batch transcription.

::

    {"durationInTicks" | "durationTicks", "recognizedPhrases": [{"recognitionStatus": "Success", "channel", "speaker"?,
      "locale"?, "offsetInTicks", "durationInTicks", "nBest": [{"confidence", "display", "lexical",
      "words"?: [{"word", "offsetInTicks", "durationInTicks", "confidence"?}],
      "displayWords"?: [{"displayText", "offsetInTicks", "durationInTicks"}]}]}]}       ticks of 100 ns

The display form counts. Its words take the times of the recognised ones they stand for: "0030"
stands for "zero zero three zero".

References
----------
Speech to text REST API 3.2 and 2024-11-15, batch transcription result, as of 2025.
"""

from __future__ import annotations

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import voices
from callcoach.transcribe.formats.values import (
    duration,
    ended,
    entries,
    entry,
    first,
    label_of,
    probability,
    seconds,
    whole,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, align, split

TICKS_PER_S = 1e7


def read(source: Source) -> Reading:
    """The reading of a batch transcription."""
    root = entry(source.document, "the file")
    found = []
    for phrase in entries(root.get("recognizedPhrases"), "recognizedPhrases"):
        if phrase.get("recognitionStatus", "Success") == "Success":
            who = label_of(phrase.get("speaker"), "recognizedPhrases[].speaker")
            found.append(((whole(phrase.get("channel")), who), phrase))
    channels = {
        whole(phrase.get("channel"))
        for phrase in entries(root.get("combinedRecognizedPhrases"), "combinedRecognizedPhrases")
    }
    heard = voices((pair for pair, _ in found), n_channels=len(channels))
    passages = []
    for pair, phrase in found:
        start_s, length_s = span(phrase, "recognizedPhrases[]")
        end_s = ended(start_s, length_s)
        passages.append(Passage(heard.labels[pair], _words(phrase), start_s, end_s))
    locale = next((phrase["locale"] for _, phrase in found if isinstance(phrase.get("locale"), str)), None)
    ticks = root.get("durationInTicks", root.get("durationTicks"))
    return Reading(
        passages,
        speakers=heard.speakers,
        separation=heard.separation,
        overlap=heard.overlap,
        in_order=False,
        duration_s=seconds(ticks, "durationInTicks", per_s=TICKS_PER_S),
        language=locale,
        engine="azure-speech",
    )


def span(value: dict, where: str) -> tuple[float | None, float | None]:
    """Start and length in seconds, from ticks or from ISO 8601."""
    times = []
    for key in ("offset", "duration"):
        ticks = value.get(f"{key}InTicks")
        if ticks is not None:
            times.append(seconds(ticks, f"{where}.{key}InTicks", per_s=TICKS_PER_S))
        else:
            times.append(duration(value.get(key), f"{where}.{key}"))
    return times[0], times[1]


def timed(values: list[dict], where: str, *, text: str) -> list[Spoken]:
    """Recognised words with times."""
    words = []
    for value in values:
        start_s, length_s = span(value, where)
        end_s = ended(start_s, length_s)
        said = split(words_of(value.get(text), f"{where}.{text}"))
        sure = probability(value.get("confidence"))
        words.extend(Spoken(word.text, start_s, end_s, sure) for word in said)
    return words


def _words(phrase: dict) -> list[Spoken]:
    where = "recognizedPhrases[].nBest"
    best = first(phrase.get("nBest"), where)
    shown = [word.text for word in split(words_of(best.get("display"), f"{where}[].display"))]
    recognised = timed(entries(best.get("words"), f"{where}[].words"), f"{where}[].words[]", text="word")
    displayed = timed(
        entries(best.get("displayWords"), f"{where}[].displayWords"),
        f"{where}[].displayWords[]",
        text="displayText",
    )
    if displayed and [word.text for word in displayed] == shown and not recognised:
        return displayed
    if not shown:
        return recognised or split(words_of(best.get("lexical"), f"{where}[].lexical"))
    return align(shown, recognised) if recognised else [Spoken(text) for text in shown]


FORMAT = Format(
    "azure-batch",
    "Azure batch transcription JSON",
    keys("recognizedPhrases[].nBest[]"),
    read,
)
