"""Every vendor format on a made-up sample: words, speakers, sides, times, and what it can tell."""

from __future__ import annotations

import json

import pytest
from formats_samples import (
    ASSEMBLYAI,
    AWS_SPEAKERS,
    AZURE_BATCH,
    DEEPGRAM,
    GENESYS,
    GONG,
    GOOGLE,
    POST_CALL,
    SAMPLES,
    SPEECHMATICS,
    WATSON,
)

from callcoach.core import Capability, Role, Separation, Transcript, recognition_key
from callcoach.core.errors import BadTranscript
from callcoach.transcribe.formats import looks_like_transcript, names, read_transcript

STARTS, ENDS, WORDS = Capability.STARTS, Capability.ENDS, Capability.WORDS
TEXT, SURE, OVERLAP = Capability.TEXT, Capability.CONFIDENCE, Capability.OVERLAP


def read(sample: object) -> Transcript:
    if isinstance(sample, str):
        return read_transcript(SAMPLES[sample][1], name=f"{sample}.txt")
    return read_transcript(json.dumps(sample).encode(), name="made-up.json")


def lines(transcript: Transcript) -> list[tuple[str, float | None, float | None, str]]:
    return [
        (
            turn.speaker,
            None if turn.interval is None else turn.interval.start_s,
            None if turn.interval is None else turn.interval.end_s,
            turn.text,
        )
        for turn in transcript.turns
    ]


def changed(sample: dict, **values: object) -> dict:
    return json.loads(json.dumps({**sample, **values}))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_recognised_by_its_content(name: str) -> None:
    format, data = SAMPLES[name]
    assert looks_like_transcript(data, "call.wav")
    transcript = read_transcript(data, name="call.wav")
    assert transcript.provenance.format == format
    assert transcript.provenance.kind == "transcript"
    assert transcript.provenance.recognition_key == recognition_key(
        engine=format, model_hash=None, options={}
    )
    assert transcript.can(TEXT)
    assert transcript.turns
    spans = [turn.interval.start_s for turn in transcript.turns if turn.interval is not None]
    assert spans == sorted(spans)


def test_every_format_has_a_sample() -> None:
    assert {format for format, _ in SAMPLES.values()} == set(names())


EXPECTED = {
    "zoom": (
        {STARTS, ENDS, TEXT},
        [
            ("Dana Fox", 1.0, 2.5, "Hello, Lee."),
            ("Lee", 2.9, 5.25, "Hi Dana. How are you?"),
            ("Dana Fox", 9.0, 9.5, "Fine."),
        ],
    ),
    "teams": (
        {STARTS, ENDS, TEXT},
        [
            ("Dana Fox", 1.0, 2.5, "Hello, Lee."),
            ("Unknown Speaker", 2.9, 5.25, "Hi Dana. How are you?"),
            ("Dana Fox", 9.0, 9.5, "Fine."),
        ],
    ),
    "karaoke": (
        {STARTS, ENDS, WORDS, TEXT},
        [
            ("Dana", 1.0, 2.5, "Hello, Lee."),
            ("Lee", 2.9, 5.25, "Hi Dana. How are you?"),
            ("Dana", 9.0, 9.5, "Fine."),
        ],
    ),
    "player": ({STARTS, ENDS, TEXT}, [("everyone", 1.0, 5.25, "Hello, Lee. Hi Dana. How are you & yours?")]),
    "srt": (
        {STARTS, ENDS, TEXT},
        [
            ("Dana", 1.0, 2.5, "Hello, Lee."),
            ("Lee", 2.9, 5.25, "Hi Dana. How are you?"),
            ("Dana", 9.0, 9.5, "Fine."),
        ],
    ),
    "srt continued": (
        {STARTS, ENDS, TEXT},
        [
            ("Speaker 1", 1.0, 2.8, "Hello, Lee."),
            ("Speaker 2", 2.9, 5.9, "Hi Dana. How are you? Tell me this: all well?"),
        ],
    ),
    "whisper": ({STARTS, ENDS, TEXT}, [("everyone", 1.0, 5.25, "Hello, Lee. Hi Dana. How are you?")]),
    "whisper with words": ({STARTS, ENDS, WORDS, TEXT, SURE}, [("everyone", 1.0, 2.5, "Hello, Lee.")]),
    "whisper of the API": ({STARTS, ENDS, WORDS, TEXT}, [("everyone", 1.0, 3.9, "Hello, Lee. Hi Dana.")]),
    "whisperx": (
        {STARTS, ENDS, TEXT},
        [
            ("SPEAKER_00", 1.0, 2.5, "Hello, Lee."),
            ("SPEAKER_01", 2.9, 4.0, "Hi 2 Dana."),
            ("SPEAKER_00", 9.0, 9.5, "Fine."),
        ],
    ),
    "whisper.cpp": (
        {STARTS, ENDS, TEXT},
        [("Speaker 0", 1.0, 2.5, "Hello, Lee."), ("Speaker 1", 2.9, 5.25, "Hi Dana.")],
    ),
    "aws speakers": (
        {STARTS, ENDS, WORDS, TEXT, SURE},
        [("spk_0", 1.0, 2.5, "Hello, Lee."), ("spk_1", 2.9, 4.0, "Hi Dana.")],
    ),
    "aws channels": (
        {STARTS, ENDS, WORDS, TEXT, SURE, OVERLAP},
        [("left", 1.0, 2.5, "Hello, Lee"), ("right", 2.3, 4.0, "Hi Dana")],
    ),
    "call analytics": (
        {STARTS, ENDS, WORDS, TEXT, SURE, OVERLAP},
        [("AGENT", 1.0, 2.5, "Hello, Lee."), ("CUSTOMER", 2.3, 4.0, "Hi Dana.")],
    ),
    "post call analytics": (
        {STARTS, ENDS, WORDS, TEXT, SURE, OVERLAP},
        [("spk_1", 1.0, 2.5, "Hello, Lee."), ("spk_0", 2.9, 4.0, "Hi Dana.")],
    ),
    "google": (
        {STARTS, ENDS, WORDS, TEXT},
        [("Speaker 1", 1.0, 2.5, "hello lee"), ("Speaker 2", 2.9, 4.0, "hi dana")],
    ),
    "google v2": (
        {STARTS, ENDS, WORDS, TEXT, OVERLAP},
        [
            ("left, speaker 1", 0.0, 1.6, "Hello,"),
            ("left, speaker 2", 1.8, 2.5, "Lee."),
            ("right", 2.3, 2.6, "Hi"),
        ],
    ),
    "azure batch": (
        {STARTS, ENDS, WORDS, TEXT, SURE, OVERLAP},
        [("left", 1.0, 3.9, "Hello, Lee. It is $30."), ("right", 3.5, 4.0, "Hi.")],
    ),
    "azure fast": (
        {STARTS, ENDS, TEXT},
        [("Speaker 1", 1.0, 2.5, "Hello, Lee."), ("Speaker 2", 2.9, 3.2, "Hi.")],
    ),
    "azure language": (
        {STARTS, ENDS, WORDS, TEXT},
        [("Agent_1", 1.0, 2.5, "Hello, Lee."), ("Customer_1", 2.9, 4.0, "Hi Dana.")],
    ),
    "azure call centre": (
        {STARTS, TEXT},
        [("left", 0.77, 0.77, "Hello, Lee."), ("right", 4.55, 4.55, "Hi ****.")],
    ),
    "deepgram": (
        {STARTS, ENDS, WORDS, TEXT, SURE},
        [("Speaker 0", 1.0, 2.5, "Hello, Lee."), ("Speaker 1", 2.9, 4.0, "Hi Dana.")],
    ),
    "deepgram utterances": (
        {STARTS, ENDS, TEXT, OVERLAP},
        [("left", 1.0, 2.5, "hello lee"), ("right", 2.3, 2.6, "hi")],
    ),
    "assemblyai": (
        {STARTS, ENDS, WORDS, TEXT, SURE},
        [("Speaker A", 1.0, 2.5, "Hello, Lee."), ("Speaker B", 2.9, 4.0, "Hi Dana.")],
    ),
    "assemblyai channels": (
        {STARTS, ENDS, TEXT, OVERLAP},
        [("left", 1.0, 2.5, "Hello, Lee."), ("right", 2.3, 2.6, "Hi.")],
    ),
    "rev": (
        {STARTS, ENDS, WORDS, TEXT, SURE},
        [("Dana Fox", 1.0, 2.5, "Hello, Lee."), ("Speaker 2", 2.9, 4.0, "Hi Dana")],
    ),
    "rev editor": ({STARTS, ENDS, WORDS, TEXT}, [("Speaker 1", 1.0, 2.5, "It's- it's")]),
    "speechmatics": (
        {STARTS, ENDS, WORDS, TEXT, SURE},
        [("S1", 1.0, 2.5, "Hello, Lee."), ("Unknown Speaker", 2.9, 3.2, "Hi"), ("S2", 3.3, 4.0, "Dana")],
    ),
    "speechmatics channels": (
        {STARTS, ENDS, WORDS, TEXT, SURE, OVERLAP},
        [("left", 1.0, 1.6, "Hello."), ("right", 1.5, 1.9, "Hi")],
    ),
    "watson": (
        {STARTS, ENDS, WORDS, TEXT, SURE},
        [("Speaker 0", 1.0, 2.5, "hello lee"), ("Speaker 1", 2.9, 4.0, "hi um dana")],
    ),
    "watson job": (
        {STARTS, ENDS, WORDS, TEXT, SURE},
        [("Speaker 0", 1.0, 2.5, "hello lee"), ("Speaker 1", 2.9, 4.0, "hi um dana")],
    ),
    "gong": (
        {STARTS, ENDS, TEXT},
        [("Speaker 501", 1.0, 2.5, "Hello, Lee."), ("Speaker 502", 2.9, 4.0, "Hi Dana.")],
    ),
    "genesys": (
        {STARTS, ENDS, TEXT},
        [("internal", 1.0, 2.5, "hello lee"), ("external", 2.9, 4.0, "Hi, Dana.")],
    ),
    "otter": (
        {STARTS, TEXT},
        [
            ("Dana Fox", 1.0, 1.0, "Hello, Lee."),
            ("Speaker 2", 3.0, 3.0, "Hi Dana. How are you?"),
            ("Dana Fox", 3609.0, 3609.0, "Fine."),
        ],
    ),
    "otter markdown": (
        {STARTS, TEXT},
        [("Dana", 1.0, 1.0, "Hello, Lee."), ("Lee Wu", 3.0, 3.0, "Hi Dana. *How* are you?")],
    ),
    "text": (
        {TEXT},
        [
            ("Dana Fox", None, None, "Hello, Lee."),
            ("Lee", None, None, "Hi Dana. How are you?"),
            ("Dana Fox", None, None, "Fine."),
            ("Lee", None, None, "Good: very good."),
        ],
    ),
    "text with times": (
        {STARTS, TEXT},
        [
            ("Agent", 1.0, 1.0, "Hello, Lee."),
            ("Customer", 3.0, 3.0, "Hi Dana. How are you?"),
            ("Agent", 3609.0, 3609.0, "Fine."),
        ],
    ),
    "whisperx text": (
        {TEXT},
        [
            ("SPEAKER_00", None, None, "Hello, Lee."),
            ("SPEAKER_01", None, None, "Hi Dana."),
            ("SPEAKER_00", None, None, "Fine."),
        ],
    ),
    "csv": (
        {STARTS, ENDS, TEXT},
        [
            ("agent", 1.0, 2.5, "Hello, Lee."),
            ("customer", 2.9, 5.25, "Hi Dana. How are you?"),
            ("agent", 9.0, 9.5, "Fine."),
        ],
    ),
    "csv with semicolons": ({STARTS, TEXT}, [("Dana", 1.5, 1.5, "Hello; Lee."), ("Lee", 2.9, 2.9, "Hi")]),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_words_speakers_times_and_what_can_be_told(name: str) -> None:
    capabilities, expected = EXPECTED[name]
    transcript = read(name)
    assert lines(transcript) == expected
    assert transcript.capabilities == capabilities
    channels = transcript.provenance.separation is Separation.CHANNELS
    assert transcript.can(OVERLAP) <= channels
    if not transcript.can(ENDS):
        assert transcript.speech == {}
        assert transcript.duration_s is None


ROLES = {
    "call analytics": {"AGENT": (Role.REP, None), "CUSTOMER": (Role.CUSTOMER, None)},
    "post call analytics": {"spk_1": (Role.REP, "Dana Fox"), "spk_0": (Role.CUSTOMER, None)},
    "azure language": {"Agent_1": (Role.REP, None), "Customer_1": (Role.CUSTOMER, None)},
    "gong": {"Speaker 501": (Role.REP, "Dana Fox"), "Speaker 502": (Role.CUSTOMER, "Lee Wu")},
    "genesys": {"internal": (Role.REP, None), "external": (Role.CUSTOMER, None)},
    "text with times": {"Agent": (Role.REP, None), "Customer": (Role.CUSTOMER, None)},
    "csv": {"agent": (Role.REP, None), "customer": (Role.CUSTOMER, None)},
    "zoom": {"Dana Fox": (Role.UNKNOWN, "Dana Fox"), "Lee": (Role.UNKNOWN, "Lee")},
    "teams": {"Dana Fox": (Role.UNKNOWN, "Dana Fox"), "Unknown Speaker": (Role.UNKNOWN, None)},
    "rev": {"Dana Fox": (Role.UNKNOWN, "Dana Fox"), "Speaker 2": (Role.UNKNOWN, None)},
    "aws channels": {"left": (Role.UNKNOWN, None), "right": (Role.UNKNOWN, None)},
}


@pytest.mark.parametrize("name", ROLES)
def test_sides_and_names_are_those_the_file_states(name: str) -> None:
    transcript = read(name)
    assert {s.label: (s.role, s.name) for s in transcript.speakers} == ROLES[name]
    for speaker in transcript.speakers:
        stated = speaker.role is not Role.UNKNOWN
        assert speaker.role_source == ("file" if stated else None)
        assert speaker.role_confidence == (1.0 if stated else None)


def test_channels_are_named_as_where_the_recording_is_heard() -> None:
    for name in (
        "aws channels",
        "azure batch",
        "deepgram utterances",
        "assemblyai channels",
        "speechmatics channels",
    ):
        speakers = {speaker.label: speaker.channel for speaker in read(name).speakers}
        assert speakers == {"left": 0, "right": 1}, name


def test_a_customer_who_never_speaks_is_still_of_the_call() -> None:
    document = json.loads(SAMPLES["call analytics"][1])
    del document["Transcript"][1]
    transcript = read(document)
    assert [(s.label, s.role) for s in transcript.speakers] == [
        ("AGENT", Role.REP),
        ("CUSTOMER", Role.CUSTOMER),
    ]
    channels = json.loads(SAMPLES["deepgram utterances"][1])
    del channels["results"]["utterances"][1]
    assert [s.label for s in read(channels).speakers] == ["left", "right"]


def test_durations_and_languages_come_from_the_file() -> None:
    assert read("call analytics").duration_s == 12.0
    assert read("post call analytics").duration_s == 12.5
    assert read("azure batch").duration_s == 12.0
    assert read("deepgram").duration_s == 12.0
    assert read("whisper of the API").language == "en"
    assert read("aws speakers").language == "en"
    assert read("karaoke").language == "en"
    assert read("zoom").language is None


def test_numbers_in_azure_share_the_time_of_the_words_they_stand_for() -> None:
    (turn, _) = read("azure batch").turns
    spans = {word.text: (word.interval.start_s, word.interval.end_s) for word in turn.words}
    assert spans["$30."] == (3.0, 3.9)  # thirty 3.0-3.4, dollars 3.5-3.9


def test_edited_words_of_post_call_analytics_keep_the_time_of_what_was_heard() -> None:
    (turn, _) = read("post call analytics").turns
    assert [(w.text, w.interval.start_s, w.probability) for w in turn.words] == [
        ("Hello,", 1.0, 0.9),
        ("Lee.", 1.8, 0.5),
    ]


def test_a_machine_in_post_call_analytics_is_of_neither_side() -> None:
    document = json.loads(json.dumps(POST_CALL))
    document["SpeechSegments"][0]["IVRSegment"] = True
    transcript = read(document)
    assert transcript.speaker("IVR").role is Role.OTHER


def test_speaker_labels_recognised_from_one_channel_show_no_overlap() -> None:
    document = json.loads(json.dumps(POST_CALL))
    document["ConversationAnalytics"]["SourceInformation"][0]["TranscribeJobInfo"][
        "ChannelIdentification"
    ] = 0
    transcript = read(document)
    assert transcript.provenance.separation is Separation.LABELS
    assert not transcript.can(OVERLAP)


def test_amazon_items_may_carry_their_speaker_themselves() -> None:
    document = json.loads(json.dumps(AWS_SPEAKERS))
    del document["results"]["speaker_labels"]
    for item, who in zip(document["results"]["items"], ["spk_0"] * 4 + ["spk_1"] * 3, strict=True):
        item["speaker_label"] = who
    assert lines(read(document)) == lines(read("aws speakers"))


def test_google_without_speakers_and_under_a_response() -> None:
    document = {"done": True, "response": {"results": json.loads(json.dumps(GOOGLE["results"][:2]))}}
    transcript = read(document)
    assert lines(transcript) == [("everyone", 1.0, 4.0, "hello lee hi dana")]
    assert transcript.provenance.separation is Separation.NONE


def test_google_without_words_has_text_alone() -> None:
    document = {"results": [{"alternatives": [{"transcript": "hello lee"}], "resultEndTime": "2s"}]}
    assert read(document).capabilities == {TEXT}


def test_deepgram_people_on_one_channel_stay_apart() -> None:
    document = json.loads(json.dumps(DEEPGRAM))
    document["results"]["channels"].append(
        {"alternatives": [{"words": [{"word": "yo", "start": 6.0, "end": 6.2}]}]}
    )
    assert [speaker.label for speaker in read(document).speakers] == [
        "left, speaker 0",
        "left, speaker 1",
        "right",
    ]


def test_assemblyai_without_speakers_is_everyone() -> None:
    words = [{**word, "speaker": None} for word in ASSEMBLYAI["words"]]
    transcript = read(changed(ASSEMBLYAI, words=words))
    assert [speaker.label for speaker in transcript.speakers] == ["everyone"]
    assert "does not say who spoke" in transcript.provenance.notes[0]


def test_watson_without_word_confidence_and_labels() -> None:
    document = changed(WATSON)
    del document["speaker_labels"], document["results"][0]["alternatives"][0]["word_confidence"]
    transcript = read(document)
    assert transcript.capabilities == {STARTS, ENDS, WORDS, TEXT}
    assert [speaker.label for speaker in transcript.speakers] == ["everyone"]


def test_speechmatics_quotes_attach_to_the_next_word() -> None:
    document = json.loads(json.dumps(SPEECHMATICS))
    document["results"].insert(
        0,
        {"type": "punctuation", "attaches_to": "next", "alternatives": [{"content": "«"}], "start_time": 1.0},
    )
    assert read(document).turns[0].text == "«Hello, Lee."


def test_gong_without_parties_knows_no_sides() -> None:
    document = changed(GONG)
    del document["parties"]
    transcript = read(document)
    assert not transcript.roles_known
    assert [speaker.name for speaker in transcript.speakers] == [None, None]


def test_a_file_of_several_gong_calls_is_refused() -> None:
    document = changed(GONG, callTranscripts=GONG["callTranscripts"] * 2)
    with pytest.raises(BadTranscript, match="split it into one file per call"):
        read(document)


def test_genesys_clock_times_without_a_start_count_from_the_first_phrase() -> None:
    document = changed(GENESYS)
    del document["startTime"]
    transcript = read(document)
    assert [turn.interval.start_s for turn in transcript.turns] == [0.0, 1.9]
    assert any("clock" in note for note in transcript.provenance.notes)


def test_genesys_phrases_may_stand_at_the_top_with_times_of_the_call() -> None:
    phrases = [
        {"text": "hello", "startTimeMs": 500, "duration": 400, "participantPurpose": "internal"},
        {"text": "please hold", "startTimeMs": 2000, "duration": 900, "participantPurpose": "ivr"},
    ]
    transcript = read({"phrases": phrases})
    assert lines(transcript) == [("internal", 0.5, 0.9, "hello"), ("ivr", 2.0, 2.9, "please hold")]
    assert transcript.speaker("ivr").role is Role.OTHER


def test_an_azure_phrase_that_was_not_recognised_is_left_out() -> None:
    document = json.loads(json.dumps(AZURE_BATCH))
    document["recognizedPhrases"][0]["recognitionStatus"] = "NoMatch"
    assert [turn.text for turn in read(document).turns] == ["Hi."]


def test_contact_lens_names_sides_by_participant() -> None:
    document = json.loads(SAMPLES["call analytics"][1].replace(b"ParticipantRole", b"ParticipantId"))
    assert {s.label: s.role for s in read(document).speakers} == {
        "AGENT": Role.REP,
        "CUSTOMER": Role.CUSTOMER,
    }
