"""Rev and Rev.ai: transcripts of the API, and files of Rev's editor.

::

    API     {"speakers"?: [{"id", "name"}], "monologues": [{"speaker", "elements": [{"type": "text" | "punct",
              "value", "ts"?, "end_ts"?, "confidence"?}]}]}                                  seconds
    editor  {"speakers": [{"id", "name"}], "monologues": [{"speaker", "spans": [{"value", "ts"?, "endTs"?}]}],
             "metadata": {"mediaTime"}}

Elements carry their own spaces: words are what stands between them. Elements of type ``unknown``
(``<crosstalk>``) are no words.

References
----------
Rev AI, "Transcript object", version 1.0 of the media type, as of 2025.
"""

from __future__ import annotations

from collections import Counter

from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, key, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import numbered
from callcoach.transcribe.formats.values import (
    entries,
    entry,
    label_of,
    probability,
    seconds,
    words_of,
)
from callcoach.transcribe.formats.words import Spoken, join_tokens


def read(source: Source) -> Reading:
    """The reading of a Rev transcript."""
    root = entry(source.document, "the file")
    labels = _labels(root)
    passages = []
    for monologue in entries(root.get("monologues"), "monologues"):
        parts = "elements" if "elements" in monologue else "spans"
        where = f"monologues[].{parts}"
        tokens = [
            Spoken(
                words_of(element.get("value"), f"{where}[].value"),
                seconds(element.get("ts"), f"{where}[].ts"),
                seconds(element.get("end_ts", element.get("endTs")), f"{where}[].end_ts"),
                probability(element.get("confidence")),
            )
            for element in entries(monologue.get(parts), where)
            if element.get("type") != "unknown"
        ]
        who = label_of(monologue.get("speaker"), "monologues[].speaker")
        passages.append(Passage(labels.get(who, numbered(who)) if who else None, join_tokens(tokens)))
    facts = entry(root.get("metadata"), "metadata")
    language = root.get("language")
    return Reading(
        passages,
        in_order=False,
        duration_s=seconds(facts.get("mediaTime"), "metadata.mediaTime"),
        language=language if isinstance(language, str) else None,
        engine="rev",
    )


def _labels(root: dict) -> dict[str | None, str | None]:
    """Names for the numbers of speakers, where no two share one."""
    named = [
        (label_of(person.get("id"), "speakers[].id"), label_of(person.get("name"), "speakers[].name"))
        for person in entries(root.get("speakers"), "speakers")
    ]
    names = Counter(name for _, name in named)
    return {number: name for number, name in named if name and names[name] == 1}


FORMAT = Format(
    "rev",
    "Rev.ai JSON",
    (
        *keys("monologues[]"),
        key("monologues[].elements[].value", "monologues[].spans[].value"),
    ),
    read,
)
