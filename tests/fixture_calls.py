"""The bundled calls by their true words and times: the same input for every recogniser and machine."""

from __future__ import annotations

import hashlib
import json

from conftest import ALL_CAPABILITIES, FIXTURES

from callcoach.archive.metadata import read_metadata
from callcoach.core import (
    CallMetadata,
    Interval,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Word,
    recognition_key,
)
from callcoach.transcribe.turns import turns_from_words

FIXTURE_NAMES = tuple(sorted(path.name.removesuffix(".truth.json") for path in FIXTURES.glob("*.truth.json")))


def fixture_transcript(name: str) -> Transcript:
    """One bundled call as a perfect recogniser would hear it, sides and names known."""
    data = (FIXTURES / f"{name}.truth.json").read_bytes()
    truth = json.loads(data)
    side = {speaker["label"]: ("left", "right")[speaker["channel"]] for speaker in truth["speakers"]}
    words: dict[str, list[Word]] = {label: [] for label in sorted(side.values())}
    for word in truth["words"]:
        words[side[word["speaker"]]].append(Word(word["text"], Interval(word["start_s"], word["end_s"]), 1.0))
    return Transcript(
        source_sha256=hashlib.sha256(data).hexdigest(),
        provenance=Provenance(
            "audio",
            "ogg",
            recognition_key(engine="script", model_hash=None, options={}),
            separation=Separation.CHANNELS,
        ),
        duration_s=truth["duration_s"],
        speakers=tuple(
            Speaker(side[s["label"]], Role(s["role"]), name=s["name"], channel=s["channel"])
            for s in sorted(truth["speakers"], key=lambda s: s["channel"])
        ),
        turns=turns_from_words(words),
        speech={
            side[label]: tuple(Interval(*piece) for piece in pieces)
            for label, pieces in truth["speech"].items()
        },
        language="en",
        capabilities=ALL_CAPABILITIES,
    )


def fixture_metadata(name: str) -> CallMetadata:
    return read_metadata(FIXTURES / f"{name}.opus")
