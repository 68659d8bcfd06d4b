"""Real exports of other programs, read, and checked against what each test finds in the file itself."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from callcoach.core import Capability, Separation, Transcript
from callcoach.core.errors import UnknownFormat
from callcoach.transcribe.formats import looks_like_transcript, read_transcript

TIMED = {Capability.STARTS, Capability.ENDS, Capability.TEXT}
WORDS = TIMED | {Capability.WORDS}


def read(path: Path) -> Transcript:
    data = path.read_bytes()
    assert looks_like_transcript(data[: 1 << 20], path.name)
    return read_transcript(data, name=path.name)


def said(transcript: Transcript, label: str | None = None) -> list[str]:
    return [word.text for turn in transcript.turns if label in (None, turn.speaker) for word in turn.words]


def union_s(pieces: list[tuple[float, float]]) -> float:
    """Seconds that some intervals cover, by sweeping over their ends."""
    total = reach = 0.0
    for start, end in sorted(pieces):
        total += max(0.0, end - max(start, reach))
        reach = max(reach, end)
    return total


def spoken_s(transcript: Transcript, label: str) -> float:
    return sum(piece.end_s - piece.start_s for piece in transcript.speech[label])


def times(transcript: Transcript) -> list[tuple[float, float]]:
    return [
        (word.interval.start_s, word.interval.end_s)
        for turn in transcript.turns
        for word in turn.words
        if word.interval
    ]


@pytest.fixture
def formats(shared_data: Path) -> Path:
    return shared_data / "formats"


def test_zoom_captions_keep_names_words_and_times(formats: Path) -> None:
    path = next(formats.glob("zoom_vtt/*.vtt"))
    blocks = path.read_text("utf-8").replace("\r\n", "\n").split("\n\n")[1:]
    cues = []
    for lines in (block.strip().split("\n") for block in blocks if block.strip()):
        h1, m1, s1, h2, m2, s2 = map(float, re.findall(r"[\d.]+", lines[1]))
        name, text = lines[2].split(": ", 1)
        cues.append((h1 * 3600 + m1 * 60 + s1, h2 * 3600 + m2 * 60 + s2, name, text.split()))
    transcript = read(path)
    assert transcript.provenance.format == "webvtt"
    assert transcript.provenance.separation is Separation.LABELS
    assert transcript.capabilities == TIMED
    assert {speaker.name for speaker in transcript.speakers} == {name for _, _, name, _ in cues}
    assert transcript.duration_s == pytest.approx(max(end for _, end, _, _ in cues))
    for speaker in transcript.speakers:
        own = [cue for cue in cues if cue[2] == speaker.label]
        assert said(transcript, speaker.label) == [word for cue in own for word in cue[3]]
        assert spoken_s(transcript, speaker.label) == pytest.approx(union_s([cue[:2] for cue in own]))
    # Every turn starts and ends with a cue of its speaker, and holds all its cues' words.
    for turn in transcript.turns:
        inside = [
            c
            for c in cues
            if c[2] == turn.speaker and turn.interval.start_s <= c[0] + 1e-6 < turn.interval.end_s
        ]
        assert turn.interval.start_s == pytest.approx(inside[0][0])
        assert turn.interval.end_s == pytest.approx(max(cue[1] for cue in inside))
        assert [word.text for word in turn.words] == [word for cue in inside for word in cue[3]]
    # Neighbours of one speaker join under 3 s of pause, and not from 3 s on.
    of_cue = {
        at: next(
            n
            for n, t in enumerate(transcript.turns)
            if t.speaker == c[2] and t.interval.start_s <= c[0] + 1e-6 < t.interval.end_s
        )
        for at, c in enumerate(cues)
    }
    for at in range(len(cues) - 1):
        a, b = cues[at], cues[at + 1]
        if a[2] == b[2]:
            assert (of_cue[at] == of_cue[at + 1]) == (b[0] - a[1] < 3.0)


def test_captions_of_a_player_have_one_speaker_and_no_markup(formats: Path) -> None:
    transcript = read(formats / "srt_vtt/testWebVTT.vtt")
    assert transcript.provenance.separation is Separation.NONE
    assert [speaker.label for speaker in transcript.speakers] == ["everyone"]
    text = " ".join(said(transcript))
    assert "rich and entertaining" in text
    assert "truly connect Your" in text
    assert "<" not in text
    assert len(said(transcript)) == 58
    assert spoken_s(transcript, "everyone") == pytest.approx(1.5 + 3 + 3 + 3.5 + 5 + 1.5 + 1 + 2)
    assert transcript.turns[0].interval.start_s == 3.5
    assert transcript.duration_s == 30.0


def test_an_srt_of_one_line(formats: Path) -> None:
    transcript = read(formats / "srt_vtt/punctuations.mp3.srt")
    assert transcript.provenance.format == "srt"
    assert said(transcript) == ["Dis-moi,", "est-ce", "que", "l'avion", "vole", "?"]
    assert transcript.turns[0].interval.start_s == 0.38
    assert transcript.turns[0].interval.end_s == 2.76
    assert transcript.duration_s == 2.76


def test_whisper_timestamped_has_words_times_and_confidence(formats: Path) -> None:
    path = formats / "whisper_json/whisper_timestamped.json"
    words = [word for segment in json.loads(path.read_text())["segments"] for word in segment["words"]]
    transcript = read(path)
    assert transcript.provenance.format == "whisper-json"
    assert transcript.capabilities == WORDS | {Capability.CONFIDENCE}
    assert said(transcript) == [word["text"] for word in words]
    assert times(transcript) == [(word["start"], word["end"]) for word in words]
    assert [w.probability for t in transcript.turns for w in t.words] == [
        word["confidence"] for word in words
    ]
    assert transcript.language == "en"


def test_whisperx_text_has_speakers_in_order_and_no_times(formats: Path) -> None:
    path = next(formats.glob("whisperx_text/*.txt"))
    lines = [line.split(": ", 1) for line in path.read_text().split("\n") if line.strip()]
    transcript = read(path)
    assert transcript.provenance.format == "text"
    assert transcript.capabilities == {Capability.TEXT}
    assert transcript.duration_s is None
    assert transcript.speech == {}
    assert {speaker.label for speaker in transcript.speakers} == {label for label, _ in lines}
    assert all(speaker.name is None for speaker in transcript.speakers)
    for speaker in transcript.speakers:
        expected = [word for label, text in lines if label == speaker.label for word in text.split()]
        assert said(transcript, speaker.label) == expected
    # Only back-channels let neighbours of one speaker meet, so no more turns than lines.
    assert len(transcript.turns) <= len(lines)
    assert [turn.speaker for turn in transcript.turns][:3] == [label for label, _ in lines][:3]


def test_amazon_transcribe_words_carry_their_punctuation(formats: Path) -> None:
    path = next(formats.glob("aws_transcribe/*.json"))
    results = json.loads(path.read_text())["results"]
    transcript = read(path)
    assert transcript.provenance.format == "aws-transcribe"
    assert transcript.capabilities == WORDS | {Capability.CONFIDENCE}
    assert said(transcript) == results["transcripts"][0]["transcript"].split()
    timed = [item for item in results["items"] if "start_time" in item]
    assert times(transcript) == [(float(item["start_time"]), float(item["end_time"])) for item in timed]
    assert spoken_s(transcript, "everyone") == pytest.approx(union_s(times(transcript)))
    assert transcript.duration_s == float(timed[-1]["end_time"])


def test_google_words_and_their_seconds_and_nanos(formats: Path) -> None:
    path = next(formats.glob("google_stt/*.json"))
    best = [result["alternatives"][0] for result in json.loads(path.read_text())["results"]]
    transcript = read(path)
    assert transcript.provenance.format == "google-speech-to-text"
    assert said(transcript) == [word for one in best for word in one["transcript"].split()]

    def at(time: dict) -> float:
        return int(time.get("seconds", 0)) + time.get("nanos", 0) / 1e9

    expected = [(at(word["startTime"]), at(word["endTime"])) for one in best for word in one["words"]]
    assert [t for pair in times(transcript) for t in pair] == pytest.approx(
        [t for pair in expected for t in pair]
    )
    # A new turn only after 3 s of silence: one voice, nobody else.
    pauses = sum(b[0] - a[1] >= 3.0 - 1e-9 for a, b in pairwise(expected))
    assert len(transcript.turns) == pauses + 1


def test_watson_words_speakers_and_confidence(formats: Path) -> None:
    path = next(formats.glob("ibm_watson/*.json"))
    block = json.loads(path.read_text())["results"][0]
    best = [result["alternatives"][0] for result in block["results"]]
    transcript = read(path)
    assert transcript.provenance.format == "ibm-watson"
    assert [speaker.label for speaker in transcript.speakers] == ["Speaker 1"]
    assert {label["speaker"] for label in block["speaker_labels"]} == {1}
    assert said(transcript) == [row[0] for one in best for row in one["timestamps"]]
    assert times(transcript) == [(row[1], row[2]) for one in best for row in one["timestamps"]]
    sure = [row[1] for one in best for row in one["word_confidence"]]
    assert [word.probability for turn in transcript.turns for word in turn.words] == sure


def test_azure_batch_shows_the_display_form_at_the_times_of_its_words(formats: Path) -> None:
    transcript = read(formats / "azure_batch/transcriptSample.json")
    assert transcript.provenance.format == "azure-batch"
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [
        ("Speaker 1", "Run Alabama drivers license."),
        ("Speaker 2", "0030"),
        ("Speaker 1", "669"),
    ]
    phrases = json.loads((formats / "azure_batch/transcriptSample.json").read_text())["recognizedPhrases"]
    for turn, phrase in zip(transcript.turns, phrases, strict=True):
        words = phrase["nBest"][0]["words"]
        assert turn.interval.start_s == pytest.approx(words[0]["offsetInTicks"] / 1e7)
        last = words[-1]
        assert turn.interval.end_s == pytest.approx((last["offsetInTicks"] + last["durationInTicks"]) / 1e7)
    assert transcript.duration_s == 7.48


@pytest.mark.parametrize("name", ["dg_transcription.json", "dg_utterances.json"])
def test_deepgram_is_the_same_with_and_without_utterances(formats: Path, name: str) -> None:
    path = formats / "deepgram" / name
    best = json.loads(path.read_text())["results"]["channels"][0]["alternatives"][0]
    transcript = read(path)
    assert transcript.provenance.format == "deepgram"
    assert transcript.provenance.separation is Separation.NONE
    assert said(transcript) == best["transcript"].split()
    assert times(transcript) == [(word["start"], word["end"]) for word in best["words"]]
    assert transcript.duration_s == 25.933313
    assert len(transcript.turns) == 1


def test_assemblyai_words_of_its_one_speaker(formats: Path) -> None:
    path = next(formats.glob("assemblyai/*.json"))
    document = json.loads(path.read_text())
    transcript = read(path)
    assert transcript.provenance.format == "assemblyai"
    assert [speaker.label for speaker in transcript.speakers] == ["Speaker A"]
    assert said(transcript) == document["text"].split()
    expected = [(word["start"] / 1000, word["end"] / 1000) for word in document["words"]]
    assert times(transcript) == expected
    assert transcript.language == "en"


def test_rev_editor_words_speakers_and_a_backchannel(formats: Path) -> None:
    path = next(formats.glob("rev_ai_json/*.json"))
    document = json.loads(path.read_text())
    names = {speaker["id"]: speaker["name"] for speaker in document["speakers"]}
    transcript = read(path)
    assert transcript.provenance.format == "rev"
    assert transcript.capabilities == WORDS
    for number, name in names.items():
        own = [m for m in document["monologues"] if m["speaker"] == number]
        assert said(transcript, name) == [
            w for m in own for w in "".join(s["value"] for s in m["spans"]).split()
        ]
        timed = [(s["ts"], s["endTs"]) for m in own for s in m["spans"] if "ts" in s]
        assert spoken_s(transcript, name) == pytest.approx(union_s(timed))
    # "Mm-hmm." inside the other's speech takes no floor: the other holds one turn.
    assert [(turn.speaker, len(turn.words)) for turn in transcript.turns][1] == ("Speaker 2", 1)
    assert len(transcript.turns) == 2


def test_otter_markdown_has_names_and_starts(formats: Path) -> None:
    path = next(formats.glob("otter_txt/*.md"))
    chunks = re.split(r"(?m)^\*\*(.+?)\*\* ([\d:]+)\s*$", path.read_text())[1:]
    rows = [(chunks[i], chunks[i + 1], chunks[i + 2]) for i in range(0, len(chunks), 3)]
    transcript = read(path)
    assert transcript.provenance.format == "otter"
    assert transcript.capabilities == {Capability.STARTS, Capability.TEXT}
    assert transcript.duration_s is None
    assert {speaker.label for speaker in transcript.speakers} == {name for name, _, _ in rows}
    body = [text.replace("Transcribed by https://otter.ai", "").split() for _, _, text in rows]
    assert sorted(said(transcript)) == sorted(word for words in body for word in words)

    def seconds(time: str) -> float:
        minutes, rest = time.split(":")[-2:]
        return int(minutes) * 60 + int(rest)

    starts = [turn.interval.start_s for turn in transcript.turns]
    assert starts == sorted(starts)
    assert set(starts) <= {seconds(time) for _, time, _ in rows}
    assert transcript.turns[0].text.startswith("Computer science concepts")


@pytest.mark.parametrize("name", ["zoom_vtt/2025-05-01_156_chat.txt", "rev_nlp/4344338.nlp"])
def test_a_chat_and_an_alignment_file_are_no_transcripts(formats: Path, name: str) -> None:
    path = formats / name
    assert looks_like_transcript(path.read_bytes(), path.name)
    with pytest.raises(UnknownFormat, match="nearest") as caught:
        read_transcript(path.read_bytes(), name=path.name)
    assert caught.value.message.count("missing") == 3


def test_no_recording_is_taken_for_a_transcript(shared_data: Path) -> None:
    recordings = [
        p for folder in ("torture", "audio") for p in sorted((shared_data / folder).rglob("*")) if p.is_file()
    ]
    written = {".rttm", ".json", ".jsonl", ".txt", ".md", ".tsv", ".csv", ".lab", ".yml", ".yaml"}
    checked = [path for path in recordings if path.suffix.lower() not in written and path.stat().st_size > 0]
    assert len(checked) > 20
    for path in checked:
        with path.open("rb") as file:
            assert not looks_like_transcript(file.read(1 << 20), path.name), path.name
