"""Words of a bundled recording from its script, for the demonstration without a recogniser.

Only the bundled fixtures have a script: the words and their times are those that the synthesiser
spoke, and the provenance says so. Speech intervals stay those that were heard in the audio.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from callcoach.core import Capability, Interval, Transcript, Word, content_key
from callcoach.transcribe.turns import turns_from_words

NOTE = "Demonstration: the words come from the script of this made-up call; speech was heard in the audio."


def with_script_words(transcript: Transcript, truth: Path) -> Transcript:
    """The transcript of a bundled recording with the words of its script.

    Parameters
    ----------
    transcript : Transcript
        As heard without a recogniser; its speakers are matched by channel.
    truth : Path
        The recording's ``.truth.json``.
    """
    script = json.loads(truth.read_text("utf-8"))
    label_of = {s.channel: s.label for s in transcript.speakers}
    channel_of = {s["label"]: s["channel"] for s in script["speakers"]}
    words: dict[str, list[Word]] = {s.label: [] for s in transcript.speakers}
    for word in script["words"]:
        label = label_of[channel_of[word["speaker"]]]
        words[label].append(Word(word["text"], Interval(word["start_s"], word["end_s"])))
    old = transcript.provenance
    return replace(
        transcript,
        turns=turns_from_words(words),
        language="en",
        capabilities=transcript.capabilities | {Capability.TEXT, Capability.WORDS},
        provenance=replace(
            old,
            engine="script",
            recognition_key=content_key([old.recognition_key, "script", script["words"]]),
            notes=(*old.notes, NOTE),
        ),
    )
