"""Gong call transcripts.

::

    {"callTranscripts": [{"callId", "transcript": [{"speakerId", "topic",
       "sentences": [{"start", "end", "text"}]}]}]}                                       milliseconds

The parties of a call, which Gong keeps elsewhere (``parties: [{"speakerId", "name", "affiliation"}]``),
give names and sides where they were put into the file, at the top or under ``calls``.

References
----------
Gong API version 2, "Retrieve transcripts of calls" and the party of "extensive" call data, as of 2025.
"""

from __future__ import annotations

from callcoach.core import Role, Speaker
from callcoach.core.errors import BadTranscript
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import IS_JSON, Format, key
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import numbered, speaker
from callcoach.transcribe.formats.values import entries, entry, label_of, seconds, words_of
from callcoach.transcribe.formats.words import split

_SIDES = {"internal": Role.REP, "external": Role.CUSTOMER}


def read(source: Source) -> Reading:
    """The reading of one call's transcript.

    Raises
    ------
    BadTranscript
        If the file holds several calls.
    """
    root = entry(source.document, "the file")
    calls = entries(root.get("callTranscripts"), "callTranscripts") or [root]
    if len(calls) > 1:
        raise BadTranscript(
            f"a transcript must be of one call; this Gong file holds {len(calls)}: split it into one file per call"
        )
    passages = []
    where = "callTranscripts[].transcript[]"
    for monologue in entries(calls[0].get("transcript"), "callTranscripts[].transcript"):
        who = numbered(label_of(monologue.get("speakerId"), f"{where}.speakerId"))
        for sentence in entries(monologue.get("sentences"), f"{where}.sentences"):
            start_s, end_s = (
                seconds(sentence.get(key), f"{where}.sentences[].{key}", per_s=1000.0)
                for key in ("start", "end")
            )
            text = words_of(sentence.get("text"), f"{where}.sentences[].text")
            passages.append(Passage(who, split(text), start_s, end_s))
    return Reading(
        passages, speakers=_parties([root, calls[0], *entries(root.get("calls"), "calls")]), engine="gong"
    )


def _parties(places: list[dict]) -> dict[str, Speaker]:
    known: dict[str, Speaker] = {}
    for place in places:
        for party in entries(place.get("parties"), "parties"):
            label = numbered(label_of(party.get("speakerId"), "parties[].speakerId"))
            side = _SIDES.get(
                words_of(party.get("affiliation"), "parties[].affiliation").casefold(), Role.UNKNOWN
            )
            if label:
                known[label] = speaker(label, role=side, name=label_of(party.get("name"), "parties[].name"))
    return known


FORMAT = Format(
    "gong",
    "Gong JSON",
    (
        IS_JSON,
        key("callTranscripts[].transcript[].sentences[].text", "transcript[].sentences[].text"),
        key("callTranscripts[].transcript[].speakerId", "transcript[].speakerId"),
    ),
    read,
)
