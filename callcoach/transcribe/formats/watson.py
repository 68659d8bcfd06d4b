"""IBM Watson Speech to Text, of one request or of a job.

::

    {"results": [{"final", "alternatives": [{"transcript", "timestamps": [[word, from, to]],
                  "word_confidence"?: [[word, p]]}]}],
     "speaker_labels"?: [{"from", "to", "speaker", "confidence"}]}                         seconds

A job nests this once more under ``results``. ``%HESITATION`` marks a filler whose sound is not
given; it is read as "um".

References
----------
IBM Cloud Speech to Text API, version 1, SpeechRecognitionResults, as of 2025.
"""

from __future__ import annotations

from callcoach.transcribe.formats.passages import Passage, Reading, runs
from callcoach.transcribe.formats.shape import IS_JSON, Format, Mark, key
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import numbered
from callcoach.transcribe.formats.values import (
    Json,
    damaged,
    entries,
    entry,
    first,
    label_of,
    probability,
    seconds,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, split

_HESITATION = "%HESITATION"


def read(source: Source) -> Reading:
    """The reading of a Watson file; results that are not final are left out."""
    root = entry(source.document, "the file")
    results = entries(root.get("results"), "results")
    blocks = results if any("results" in block for block in results) else [root]
    passages: list[Passage] = []
    for block in blocks:
        who = _speakers(block)
        for result in entries(block.get("results"), "results"):
            if result.get("final") is not False:
                passages.extend(_passages(first(result.get("alternatives"), "results[].alternatives"), who))
    return Reading(_joined(passages), in_order=False, engine="ibm-watson")


def _joined(passages: list[Passage]) -> list[Passage]:
    """Neighbours of one speaker as one passage, so that a name once known holds."""
    joined: list[Passage] = []
    for passage in passages:
        if joined and joined[-1].speaker == passage.speaker:
            joined[-1].words.extend(passage.words)
        else:
            joined.append(Passage(passage.speaker, list(passage.words)))
    return joined


def _speakers(block: dict) -> dict[float, str | None]:
    """Who speaks from when."""
    where = "speaker_labels"
    found: dict[float, str | None] = {}
    for label in entries(block.get(where), where):
        start_s = seconds(label.get("from"), f"{where}[].from")
        if start_s is not None:
            found[start_s] = numbered(label_of(label.get("speaker"), f"{where}[].speaker"))
    return found


def _passages(best: dict, who: dict[float, str | None]) -> list[Passage]:
    where = "results[].alternatives[].timestamps"
    timestamps = _rows(best.get("timestamps"), where, n=3)
    sure = [
        probability(row[1])
        for row in _rows(best.get("word_confidence"), "results[].alternatives[].word_confidence", n=2)
    ]
    if len(sure) != len(timestamps):
        sure = [None] * len(timestamps)
    if not timestamps:
        text = words_of(best.get("transcript"), "results[].alternatives[].transcript")
        return [Passage(None, split(text.replace(_HESITATION, "um")))]
    said = []
    for (text, start, end), certain in zip(timestamps, sure, strict=True):
        start_s, end_s = seconds(start, where), seconds(end, where)
        word = words_of(text, where).replace(_HESITATION, "um")
        said.extend((who.get(start_s), Spoken(part.text, start_s, end_s, certain)) for part in split(word))
    return runs(said)


def _rows(value: Json, where: str, *, n: int) -> list[list]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise damaged(where, "a list of lists", value)
    for row in value:
        if not isinstance(row, list) or len(row) < n:
            raise damaged(f"each of {where}", f"a list of {n}", row)
    return [row[:n] for row in value]


def _has(path: str) -> Mark:
    return key(f"results[].{path}", f"results[].results[].{path}")


FORMAT = Format(
    "ibm-watson",
    "IBM Watson JSON",
    (IS_JSON, _has("final"), _has("alternatives[].transcript")),
    read,
)
