"""AWS Post Call Analytics: the parsed files of the open-source solution.

::

    {"ConversationAnalytics": {"Duration", "LanguageCode", "Agent"?,
                               "SpeakerLabels": [{"Speaker": "spk_0", "DisplayText": "Agent"}],
                               "SourceInformation": [{"TranscribeJobInfo": {"ChannelIdentification", …}}]},
     "SpeechSegments": [{"SegmentStartTime", "SegmentEndTime", "SegmentSpeaker", "IVRSegment"?,
                         "OriginalText", "DisplayText",
                         "WordConfidence": [{"Text", "Confidence", "StartTime", "EndTime"}]}]}     seconds

The display text counts, since people may have edited it; its words take the times of the recognised
ones they stand for.

References
----------
aws-samples/amazon-transcribe-post-call-analytics, "Output JSON structure", as of 2024.
"""

from __future__ import annotations

from dataclasses import replace

from callcoach.core import Role, Separation, Speaker
from callcoach.transcribe.formats.passages import Passage, Reading
from callcoach.transcribe.formats.shape import Format, keys
from callcoach.transcribe.formats.source import Source
from callcoach.transcribe.formats.speakers import name_of, role_of, speaker
from callcoach.transcribe.formats.values import entries, entry, label_of, probability, seconds, words_of
from callcoach.transcribe.formats.words import Spoken, align, join_tokens, spaced, split

_IVR = "IVR"


def read(source: Source) -> Reading:
    """The reading of a Post Call Analytics file."""
    root = entry(source.document, "the file")
    facts = entry(root.get("ConversationAnalytics"), "ConversationAnalytics")
    passages = [_passage(segment) for segment in entries(root.get("SpeechSegments"), "SpeechSegments")]
    language = facts.get("LanguageCode")
    apart = _by_channel(facts)
    return Reading(
        passages,
        speakers=_speakers(facts),
        separation=Separation.CHANNELS if apart else Separation.LABELS,
        overlap=apart,
        in_order=False,
        duration_s=seconds(facts.get("Duration"), "ConversationAnalytics.Duration"),
        language=language if isinstance(language, str) else None,
        engine="amazon-transcribe",
    )


def _passage(segment: dict) -> Passage:
    where = "SpeechSegments[]"
    timed = join_tokens(
        spaced(
            [
                Spoken(
                    words_of(word.get("Text"), f"{where}.WordConfidence[].Text"),
                    seconds(word.get("StartTime"), f"{where}.WordConfidence[].StartTime"),
                    seconds(word.get("EndTime"), f"{where}.WordConfidence[].EndTime"),
                    probability(word.get("Confidence")),
                )
                for word in entries(segment.get("WordConfidence"), f"{where}.WordConfidence")
            ]
        )
    )
    shown = split(
        words_of(segment.get("DisplayText"), f"{where}.DisplayText")
        or words_of(segment.get("OriginalText"), f"{where}.OriginalText")
    )
    words = align([word.text for word in shown], timed) if timed and shown else shown or timed
    who = label_of(segment.get("SegmentSpeaker"), f"{where}.SegmentSpeaker")
    return Passage(
        _IVR if segment.get("IVRSegment") is True else who,
        words,
        seconds(segment.get("SegmentStartTime"), f"{where}.SegmentStartTime"),
        seconds(segment.get("SegmentEndTime"), f"{where}.SegmentEndTime"),
    )


def _speakers(facts: dict) -> dict[str, Speaker]:
    """Sides and names that the file displays for its labels."""
    where = "ConversationAnalytics.SpeakerLabels"
    known: dict[str, Speaker] = {}
    for pair in entries(facts.get("SpeakerLabels"), where):
        label = label_of(pair.get("Speaker"), f"{where}[].Speaker")
        shown = label_of(pair.get("DisplayText"), f"{where}[].DisplayText") or ""
        if label:
            known[label] = speaker(label, role=role_of(shown), name=name_of(shown) if shown else None)
    agent = label_of(facts.get("Agent"), "ConversationAnalytics.Agent")
    reps = [label for label, person in known.items() if person.role is Role.REP]
    if agent and name_of(agent) and len(reps) == 1:
        known[reps[0]] = replace(known[reps[0]], name=agent)
    return known


def _by_channel(facts: dict) -> bool:
    """Whether every recognition behind the file worked on channels."""
    where = "ConversationAnalytics.SourceInformation"
    jobs = [
        entry(info.get("TranscribeJobInfo"), f"{where}[].TranscribeJobInfo")
        for info in entries(facts.get("SourceInformation"), where)
    ]
    return bool(jobs) and all(
        job.get("TranscribeApiType") == "analytics"
        or job.get("ChannelIdentification") in (True, 1, "1", "true", "True")
        for job in jobs
    )


FORMAT = Format(
    "aws-post-call-analytics",
    "AWS Post Call Analytics JSON",
    keys("ConversationAnalytics", "SpeechSegments[].SegmentStartTime"),
    read,
)
