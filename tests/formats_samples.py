"""Small made-up transcripts in every format that callcoach reads: what the readers are tested and fuzzed with.

Two people speak in each: "Hello, Lee." and "Hi Dana. How are you?", then "Fine."; what differs is
what the format can say of it.
"""

from __future__ import annotations

import json

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:02.500
Dana Fox: Hello, Lee.

2
00:00:02.900 --> 00:00:04.000
Lee: Hi Dana.

3
00:00:04.000 --> 00:00:05.250
Lee: How are you?

4
00:00:09.000 --> 00:00:09.500
Dana Fox: Fine.
"""

TEAMS = """WEBVTT

8f2d/12-0
00:00:01.000 --> 00:00:02.500
<v Dana Fox>Hello,
Lee.</v>

8f2d/13-0
00:00:02.900 --> 00:00:05.250
<v Unknown Speaker>Hi Dana. How are you?</v>

8f2d/14-0
00:00:09.000 --> 00:00:09.500
<v Dana Fox>Fine.</v>
"""

KARAOKE = """WEBVTT
Kind: captions
Language: en-GB

00:00:01.000 --> 00:00:02.500
<v Dana>Hello,<00:00:01.800><c> Lee.</c></v>

00:00:02.900 --> 00:00:05.250
<v Lee>Hi<00:00:03.200> Dana.<00:00:04.000> How<00:00:04.300> are<00:00:04.600> you?</v>

00:00:09.000 --> 00:00:09.500
<v Dana>Fine<00:00:09.100>.</v>
"""

PLAYER = """WEBVTT - for a player

NOTE nobody says who speaks

STYLE
::cue { color: red }

00:01.000 --> 00:02.500 align:start
Hello, <b>Lee</b>.

00:02.900 --> 00:05.250
Hi Dana. How <c.loud>are</c> you &amp; yours?
"""

SRT = """1
00:00:01,000 --> 00:00:02,500
Dana: Hello, <i>Lee</i>.

2
00:00:02,900 --> 00:00:05,250
Lee: Hi Dana.
How are you?

3
00:00:09,000 --> 00:00:09,500
Dana: Fine.
"""

SRT_CONTINUED = """1
00:00:01,000 --> 00:00:02,500
Speaker 1: Hello,

2
00:00:02,500 --> 00:00:02,800
Lee.

3
00:00:02,900 --> 00:00:04,000
Speaker 2: Hi Dana.

4
00:00:04,000 --> 00:00:05,250
How are you?

5
00:00:05,300 --> 00:00:05,900
Tell me this: all well?
"""

WHISPER = {
    "text": " Hello, Lee. Hi Dana. How are you?",
    "language": "en",
    "segments": [
        {"id": 0, "start": 1.0, "end": 2.5, "text": " Hello, Lee.", "avg_logprob": -0.2},
        {
            "id": 1,
            "start": 2.9,
            "end": 5.25,
            "text": " Hi Dana. How are you?",
            "avg_logprob": -0.3,
        },
    ],
}

FASTER_WHISPER = {
    "language": "en",
    "duration": 6.0,
    "segments": [
        {
            "start": 1.0,
            "end": 2.5,
            "text": " Hello, Lee.",
            "words": [
                {"word": " Hello,", "start": 1.0, "end": 1.6, "probability": 0.9},
                {"word": " Lee", "start": 1.8, "end": 2.4, "probability": 0.8},
                {"word": ".", "start": 2.4, "end": 2.5, "probability": 0.6},
            ],
        }
    ],
}

OPENAI_API = {
    "task": "transcribe",
    "language": "english",
    "duration": 6.0,
    "segments": [
        {"start": 1.0, "end": 2.5, "text": " Hello, Lee."},
        {"start": 2.9, "end": 5.25, "text": " Hi Dana."},
    ],
    "words": [
        {"word": "Hello", "start": 1.0, "end": 1.6},
        {"word": "Lee", "start": 1.8, "end": 2.5},
        {"word": "Hi", "start": 2.9, "end": 3.2},
        {"word": "Dana", "start": 3.3, "end": 3.9},
    ],
}

WHISPERX = {
    "language": "en",
    "segments": [
        {
            "start": 1.0,
            "end": 4.0,
            "text": " Hello, Lee. Hi 2 Dana.",
            "speaker": "SPEAKER_00",
            "words": [
                {"word": "Hello,", "start": 1.0, "end": 1.6, "score": 0.9, "speaker": "SPEAKER_00"},
                {"word": "Lee.", "start": 1.8, "end": 2.5, "score": 0.8, "speaker": "SPEAKER_00"},
                {"word": "Hi", "start": 2.9, "end": 3.2, "score": 0.7, "speaker": "SPEAKER_01"},
                {"word": "2"},
                {"word": "Dana.", "start": 3.3, "end": 4.0, "score": 0.6, "speaker": "SPEAKER_01"},
            ],
        },
        {"start": 9.0, "end": 9.5, "text": " Fine.", "speaker": "SPEAKER_00"},
    ],
}

WHISPER_CPP = {
    "model": {"type": "base"},
    "result": {"language": "en"},
    "transcription": [
        {
            "timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"},
            "offsets": {"from": 1000, "to": 2500},
            "text": " Hello, Lee.",
            "speaker": "0",
            "tokens": [
                {"text": "[_BEG_]", "offsets": {"from": 1000, "to": 1000}, "p": 0.9},
                {"text": " Hello", "offsets": {"from": 1000, "to": 1500}, "p": 0.9},
                {"text": ",", "offsets": {"from": 1500, "to": 1600}, "p": 0.7},
                {"text": " Lee", "offsets": {"from": 1800, "to": 2400}, "p": 0.8},
                {"text": ".", "offsets": {"from": 2400, "to": 2500}, "p": 0.6},
            ],
        },
        {"offsets": {"from": 2900, "to": 5250}, "text": " Hi Dana.", "speaker": "1"},
    ],
}


def _aws_word(text: str, start: str, end: str, **more: object) -> dict:
    return {
        "type": "pronunciation",
        "start_time": start,
        "end_time": end,
        "alternatives": [{"content": text, "confidence": "0.9"}],
        **more,
    }


def _aws_mark(text: str) -> dict:
    return {"type": "punctuation", "alternatives": [{"content": text, "confidence": "0.0"}]}


AWS_SPEAKERS = {
    "jobName": "made-up",
    "status": "COMPLETED",
    "results": {
        "language_code": "en-US",
        "transcripts": [{"transcript": "Hello, Lee. Hi Dana."}],
        "speaker_labels": {
            "speakers": 2,
            "segments": [
                {
                    "start_time": "1.0",
                    "end_time": "2.5",
                    "speaker_label": "spk_0",
                    "items": [
                        {"start_time": "1.0", "end_time": "1.6", "speaker_label": "spk_0"},
                        {"start_time": "1.8", "end_time": "2.5", "speaker_label": "spk_0"},
                    ],
                },
                {
                    "start_time": "2.9",
                    "end_time": "4.0",
                    "speaker_label": "spk_1",
                    "items": [
                        {"start_time": "2.9", "end_time": "3.2", "speaker_label": "spk_1"},
                        {"start_time": "3.3", "end_time": "4.0", "speaker_label": "spk_1"},
                    ],
                },
            ],
        },
        "items": [
            _aws_word("Hello", "1.0", "1.6"),
            _aws_mark(","),
            _aws_word("Lee", "1.8", "2.5"),
            _aws_mark("."),
            _aws_word("Hi", "2.9", "3.2"),
            _aws_word("Dana", "3.3", "4.0"),
            _aws_mark("."),
        ],
    },
}

AWS_CHANNELS = {
    "jobName": "made-up",
    "results": {
        "transcripts": [{"transcript": "Hello, Lee. Hi Dana."}],
        "items": [_aws_word("Hello", "1.0", "1.6"), _aws_word("Hi", "1.5", "1.9")],
        "channel_labels": {
            "number_of_channels": 2,
            "channels": [
                {
                    "channel_label": "ch_0",
                    "items": [
                        _aws_word("Hello", "1.0", "1.6"),
                        _aws_mark(","),
                        _aws_word("Lee", "1.8", "2.5"),
                    ],
                },
                {
                    "channel_label": "ch_1",
                    "items": [_aws_word("Hi", "2.3", "2.6"), _aws_word("Dana", "3.3", "4.0")],
                },
            ],
        },
    },
}

CALL_ANALYTICS = {
    "JobStatus": "COMPLETED",
    "LanguageCode": "en-US",
    "Channel": "VOICE",
    "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
    "ConversationCharacteristics": {"TotalConversationDurationMillis": 12000},
    "Transcript": [
        {
            "ParticipantRole": "AGENT",
            "Content": "Hello, Lee.",
            "BeginOffsetMillis": 1000,
            "EndOffsetMillis": 2500,
            "Items": [
                {
                    "Type": "pronunciation",
                    "Content": "Hello",
                    "Confidence": "0.9",
                    "BeginOffsetMillis": 1000,
                    "EndOffsetMillis": 1600,
                },
                {"Type": "punctuation", "Content": ",", "Confidence": "0.0"},
                {
                    "Type": "pronunciation",
                    "Content": "Lee",
                    "Confidence": "0.8",
                    "BeginOffsetMillis": 1800,
                    "EndOffsetMillis": 2500,
                },
                {"Type": "punctuation", "Content": ".", "Confidence": "0.0"},
            ],
        },
        {
            "ParticipantRole": "CUSTOMER",
            "Content": "Hi Dana.",
            "BeginOffsetMillis": 2300,
            "EndOffsetMillis": 4000,
            "Items": [
                {
                    "Type": "pronunciation",
                    "Content": word,
                    "Confidence": "0.9",
                    "BeginOffsetMillis": start,
                    "EndOffsetMillis": end,
                }
                for word, start, end in (("Hi", 2300, 2600), ("Dana.", 3300, 4000))
            ],
        },
    ],
}

POST_CALL = {
    "ConversationAnalytics": {
        "Duration": "12.5",
        "LanguageCode": "en-US",
        "Agent": "Dana Fox",
        "SpeakerLabels": [
            {"Speaker": "spk_0", "DisplayText": "Customer"},
            {"Speaker": "spk_1", "DisplayText": "Agent"},
        ],
        "SourceInformation": [
            {"TranscribeJobInfo": {"TranscribeApiType": "standard", "ChannelIdentification": 1}}
        ],
    },
    "SpeechSegments": [
        {
            "SegmentStartTime": 1.0,
            "SegmentEndTime": 2.5,
            "SegmentSpeaker": "spk_1",
            "OriginalText": "Hello, Leigh.",
            "DisplayText": "Hello, Lee.",
            "WordConfidence": [
                {"Text": "Hello,", "Confidence": 0.9, "StartTime": 1.0, "EndTime": 1.6},
                {"Text": " Leigh.", "Confidence": 0.5, "StartTime": 1.8, "EndTime": 2.5},
            ],
        },
        {
            "SegmentStartTime": 2.9,
            "SegmentEndTime": 4.0,
            "SegmentSpeaker": "spk_0",
            "OriginalText": "Hi Dana.",
            "DisplayText": "Hi Dana.",
            "WordConfidence": [
                {"Text": "Hi", "Confidence": 0.9, "StartTime": 2.9, "EndTime": 3.2},
                {"Text": " Dana.", "Confidence": 0.9, "StartTime": 3.3, "EndTime": 4.0},
            ],
        },
    ],
}

GOOGLE = {
    "results": [
        {
            "alternatives": [
                {
                    "transcript": "hello lee",
                    "confidence": 0.9,
                    "words": [
                        {"startTime": "1s", "endTime": "1.600s", "word": "hello"},
                        {"startTime": "1.800s", "endTime": "2.500s", "word": "lee"},
                    ],
                }
            ],
            "languageCode": "en-us",
        },
        {
            "alternatives": [
                {
                    "transcript": " hi dana",
                    "words": [
                        {"startTime": "2.900s", "endTime": "3.200s", "word": "hi"},
                        {"startTime": "3.300s", "endTime": "4s", "word": "dana"},
                    ],
                }
            ],
        },
        {
            "alternatives": [
                {
                    "words": [
                        {"startTime": "1s", "endTime": "1.600s", "word": "hello", "speakerTag": 1},
                        {"startTime": "1.800s", "endTime": "2.500s", "word": "lee", "speakerTag": 1},
                        {"startTime": "2.900s", "endTime": "3.200s", "word": "hi", "speakerTag": 2},
                        {"startTime": "3.300s", "endTime": "4s", "word": "dana", "speakerTag": 2},
                    ]
                }
            ]
        },
    ]
}

GOOGLE_V2 = {
    "results": [
        {
            "alternatives": [
                {
                    "transcript": "Hello, Lee.",
                    "words": [
                        {"endOffset": "1.600s", "word": "Hello,", "confidence": 0.9, "speakerLabel": "1"},
                        {"startOffset": "1.800s", "endOffset": "2.500s", "word": "Lee.", "speakerLabel": "2"},
                    ],
                }
            ],
            "channelTag": 1,
            "languageCode": "en-US",
        },
        {
            "alternatives": [
                {
                    "transcript": "Hi",
                    "words": [{"startOffset": "2.3s", "endOffset": "2.600s", "word": "Hi"}],
                }
            ],
            "channelTag": 2,
        },
    ]
}

AZURE_BATCH = {
    "durationInTicks": 120000000,
    "combinedRecognizedPhrases": [
        {"channel": 0, "display": "Hello, Lee. It is $30."},
        {"channel": 1, "display": "Hi."},
    ],
    "recognizedPhrases": [
        {
            "recognitionStatus": "Success",
            "channel": 0,
            "locale": "en-US",
            "offsetInTicks": 10000000.0,
            "durationInTicks": 30000000.0,
            "nBest": [
                {
                    "confidence": 0.9,
                    "lexical": "hello lee it is thirty dollars",
                    "display": "Hello, Lee. It is $30.",
                    "words": [
                        {
                            "word": word,
                            "offsetInTicks": 10000000 + at * 5000000,
                            "durationInTicks": 4000000,
                            "confidence": 0.9,
                        }
                        for at, word in enumerate(["hello", "lee", "it", "is", "thirty", "dollars"])
                    ],
                }
            ],
        },
        {
            "recognitionStatus": "Success",
            "channel": 1,
            "offset": "PT3.5S",
            "duration": "PT0.5S",
            "nBest": [
                {
                    "confidence": 0.8,
                    "display": "Hi.",
                    "words": [{"word": "hi", "offset": "PT3.5S", "duration": "PT0.5S", "confidence": 0.8}],
                }
            ],
        },
        {"recognitionStatus": "InitialSilenceTimeout", "channel": 1, "offsetInTicks": 0},
    ],
}

AZURE_FAST = {
    "durationMilliseconds": 12000,
    "combinedPhrases": [{"text": "Hello, Lee. Hi."}],
    "phrases": [
        {
            "speaker": 1,
            "offsetMilliseconds": 1000,
            "durationMilliseconds": 1500,
            "text": "Hello, Lee.",
            "locale": "en-US",
            "words": [
                {"text": "Hello,", "offsetMilliseconds": 1000, "durationMilliseconds": 600},
                {"text": "Lee.", "offsetMilliseconds": 1800, "durationMilliseconds": 700},
            ],
        },
        {"speaker": 2, "offsetMilliseconds": 2900, "durationMilliseconds": 300, "text": "Hi."},
    ],
}

AZURE_LANGUAGE = {
    "displayName": "made-up",
    "analysisInput": {
        "conversations": [
            {
                "id": "1",
                "language": "en",
                "modality": "transcript",
                "conversationItems": [
                    {
                        "id": "1",
                        "participantId": "Agent_1",
                        "role": "Agent",
                        "text": "Hello, Lee.",
                        "lexical": "hello lee",
                        "audioTimings": [
                            {"word": "hello", "offset": 10000000, "duration": 6000000},
                            {"word": "lee", "offset": 18000000, "duration": 7000000},
                        ],
                    },
                    {
                        "id": "2",
                        "participantId": "Customer_1",
                        "role": "Customer",
                        "text": "Hi Dana.",
                        "audioTimings": [
                            {"word": "hi", "offset": 29000000, "duration": 3000000},
                            {"word": "dana", "offset": 33000000, "duration": 7000000},
                        ],
                    },
                ],
            }
        ]
    },
}

AZURE_CALL_CENTRE = {
    "conversationAnalyticsResults": {
        "conversationPiiResults": {
            "conversations": [
                {
                    "id": "conversation1",
                    "conversationItems": [
                        {
                            "id": "0",
                            "redactedContent": {"text": "Hello, Lee."},
                            "channel": "0",
                            "offset": "PT0.77S",
                        },
                        {
                            "id": "1",
                            "redactedContent": {"text": "Hi ****."},
                            "channel": "1",
                            "offset": "PT4.55S",
                        },
                    ],
                }
            ]
        }
    }
}

DEEPGRAM = {
    "metadata": {"duration": 12.0, "channels": 1},
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "transcript": "Hello, Lee. Hi Dana.",
                        "words": [
                            {
                                "word": text.strip(".,").lower(),
                                "punctuated_word": text,
                                "start": start,
                                "end": end,
                                "confidence": 0.9,
                                "speaker": who,
                            }
                            for text, start, end, who in (
                                ("Hello,", 1.0, 1.6, 0),
                                ("Lee.", 1.8, 2.5, 0),
                                ("Hi", 2.9, 3.2, 1),
                                ("Dana.", 3.3, 4.0, 1),
                            )
                        ],
                    }
                ]
            }
        ]
    },
}

DEEPGRAM_UTTERANCES = {
    "metadata": {"duration": 12.0, "channels": 2},
    "results": {
        "channels": [
            {"alternatives": [{"transcript": "hello lee"}]},
            {"alternatives": [{"transcript": "hi"}]},
        ],
        "utterances": [
            {
                "start": 1.0,
                "end": 2.5,
                "channel": 0,
                "transcript": "hello lee",
                "words": [
                    {"word": "hello", "start": 1.0, "end": 1.6, "confidence": 0.9},
                    {"word": "lee", "start": 1.8, "end": 2.5, "confidence": 0.7},
                ],
            },
            {"start": 2.3, "end": 2.6, "channel": 1, "transcript": "hi"},
        ],
    },
}

ASSEMBLYAI = {
    "id": "made-up",
    "status": "completed",
    "audio_url": "https://example.org/call.wav",
    "language_code": "en_us",
    "audio_duration": 12,
    "text": "Hello, Lee. Hi Dana.",
    "words": [
        {"text": "Hello,", "start": 1000, "end": 1600, "confidence": 0.9, "speaker": "A"},
        {"text": "Lee.", "start": 1800, "end": 2500, "confidence": 0.8, "speaker": "A"},
        {"text": "Hi", "start": 2900, "end": 3200, "confidence": 0.9, "speaker": "B"},
        {"text": "Dana.", "start": 3300, "end": 4000, "confidence": 0.9, "speaker": "B"},
    ],
    "utterances": None,
}

ASSEMBLYAI_CHANNELS = {
    "id": "made-up",
    "status": "completed",
    "audio_url": "https://example.org/call.wav",
    "multichannel": True,
    "audio_channels": 2,
    "words": [{"text": "Hello,", "start": 1000, "end": 1600, "confidence": 0.9, "speaker": "1"}],
    "utterances": [
        {
            "speaker": "1",
            "channel": "1",
            "start": 1000,
            "end": 2500,
            "text": "Hello, Lee.",
            "words": [
                {"text": "Hello,", "start": 1000, "end": 1600, "confidence": 0.9, "channel": "1"},
                {"text": "Lee.", "start": 1800, "end": 2500, "confidence": 0.9, "channel": "1"},
            ],
        },
        {"speaker": "2", "channel": "2", "start": 2300, "end": 2600, "text": "Hi."},
    ],
}

REV = {
    "speakers": [{"id": 0, "name": "Dana Fox"}, {"id": 1, "name": "Speaker 2"}],
    "monologues": [
        {
            "speaker": 0,
            "elements": [
                {"type": "text", "value": "Hello", "ts": 1.0, "end_ts": 1.6, "confidence": 0.9},
                {"type": "punct", "value": ", "},
                {"type": "text", "value": "Lee", "ts": 1.8, "end_ts": 2.5, "confidence": 0.8},
                {"type": "punct", "value": "."},
            ],
        },
        {
            "speaker": 1,
            "elements": [
                {"type": "text", "value": "Hi", "ts": 2.9, "end_ts": 3.2, "confidence": 0.9},
                {"type": "punct", "value": " "},
                {"type": "unknown", "value": "<unintelligible>"},
                {"type": "punct", "value": " "},
                {"type": "text", "value": "Dana", "ts": 3.3, "end_ts": 4.0, "confidence": 0.9},
            ],
        },
    ],
}

REV_EDITOR = {
    "speakers": [{"id": 0, "name": "Speaker 1"}],
    "monologues": [
        {
            "id": 1,
            "speaker": 0,
            "spans": [
                {"type": 0, "value": "It's", "ts": 1.0, "endTs": 1.6},
                {"type": 0, "value": "- "},
                {"type": 0, "value": "it's", "ts": 1.8, "endTs": 2.5},
            ],
        }
    ],
    "metadata": {"mediaTime": 12.0},
}


def _speechmatics(text: str, start: float, end: float, who: str, **more: object) -> dict:
    return {
        "type": "word",
        "start_time": start,
        "end_time": end,
        "alternatives": [{"content": text, "confidence": 0.9, "language": "en", "speaker": who}],
        **more,
    }


def _speechmatics_mark(text: str, at: float, **more: object) -> dict:
    return {
        "type": "punctuation",
        "start_time": at,
        "end_time": at,
        "attaches_to": "previous",
        "is_eos": True,
        "alternatives": [{"content": text, "confidence": 1.0}],
        **more,
    }


SPEECHMATICS = {
    "format": "2.9",
    "job": {"duration": 12},
    "metadata": {"transcription_config": {"language": "en"}},
    "results": [
        _speechmatics("Hello", 1.0, 1.6, "S1"),
        _speechmatics_mark(",", 1.6),
        _speechmatics("Lee", 1.8, 2.5, "S1"),
        _speechmatics_mark(".", 2.5),
        _speechmatics("Hi", 2.9, 3.2, "UU"),
        _speechmatics("Dana", 3.3, 4.0, "S2"),
    ],
}

SPEECHMATICS_CHANNELS = {
    "format": "2.9",
    "metadata": {"transcription_config": {"language": "en"}},
    "results": [
        _speechmatics("Hello", 1.0, 1.6, "UU", channel="channel_1"),
        _speechmatics_mark(".", 1.6, channel="channel_1"),
        _speechmatics("Hi", 1.5, 1.9, "UU", channel="channel_2"),
    ],
}

WATSON = {
    "result_index": 0,
    "results": [
        {
            "final": True,
            "alternatives": [
                {
                    "transcript": "hello lee hi %HESITATION dana ",
                    "confidence": 0.9,
                    "timestamps": [
                        ["hello", 1.0, 1.6],
                        ["lee", 1.8, 2.5],
                        ["hi", 2.9, 3.2],
                        ["%HESITATION", 3.2, 3.3],
                        ["dana", 3.3, 4.0],
                    ],
                    "word_confidence": [
                        ["hello", 0.9],
                        ["lee", 0.8],
                        ["hi", 0.7],
                        ["um", 0.6],
                        ["dana", 0.5],
                    ],
                }
            ],
        },
        {"final": False, "alternatives": [{"transcript": "half heard "}]},
    ],
    "speaker_labels": [
        {"from": 1.0, "to": 1.6, "speaker": 0, "confidence": 0.5, "final": False},
        {"from": 1.8, "to": 2.5, "speaker": 0, "confidence": 0.5, "final": False},
        {"from": 2.9, "to": 3.2, "speaker": 1, "confidence": 0.5, "final": False},
        {"from": 3.2, "to": 3.3, "speaker": 1, "confidence": 0.5, "final": False},
        {"from": 3.3, "to": 4.0, "speaker": 1, "confidence": 0.5, "final": True},
    ],
}

GONG = {
    "requestId": "made-up",
    "callTranscripts": [
        {
            "callId": "77",
            "transcript": [
                {
                    "speakerId": "501",
                    "topic": "Intro",
                    "sentences": [
                        {"start": 1000, "end": 1600, "text": "Hello,"},
                        {"start": 1800, "end": 2500, "text": "Lee."},
                    ],
                },
                {
                    "speakerId": "502",
                    "topic": None,
                    "sentences": [{"start": 2900, "end": 4000, "text": "Hi Dana."}],
                },
            ],
        }
    ],
    "parties": [
        {"speakerId": "501", "name": "Dana Fox", "affiliation": "Internal"},
        {"speakerId": "502", "name": "Lee Wu", "affiliation": "External"},
    ],
}

GENESYS = {
    "conversationId": "made-up",
    "startTime": 1_700_000_000_000,
    "transcripts": [
        {
            "phrases": [
                {
                    "text": "hi dana",
                    "decoratedText": "Hi, Dana.",
                    "startTimeMs": 1_700_000_002_900,
                    "duration": {"milliseconds": 1100},
                    "participantPurpose": "external",
                    "words": [
                        {
                            "word": "hi",
                            "confidence": 0.9,
                            "startTimeMs": 1_700_000_002_900,
                            "duration": {"milliseconds": 300},
                        },
                        {
                            "word": "dana",
                            "confidence": 0.8,
                            "startTimeMs": 1_700_000_003_300,
                            "duration": {"milliseconds": 700},
                        },
                    ],
                },
                {
                    "text": "hello lee",
                    "startTimeMs": 1_700_000_001_000,
                    "duration": 1500,
                    "participantPurpose": "internal",
                },
            ]
        }
    ],
}

OTTER = """Weekly call
Mon, Sep 14, 2026 10:00AM • 12:04

SUMMARY KEYWORDS
hello, fine

Dana Fox  0:01
Hello, Lee.

Speaker 2  0:03
Hi Dana.

How are you?

Dana Fox  1:00:09
Fine.

Transcribed by https://otter.ai
"""

OTTER_MARKDOWN = """**Dana** 0:01
Hello, Lee.

**Lee Wu** 0:03
Hi Dana. *How* are you?
"""

TEXT = """Call of Monday

Dana Fox: Hello, Lee.
Lee: Hi Dana.
How are you?

Dana Fox: Fine.
Lee: Good: very good.
"""

TEXT_TIMED = """[00:01] Agent: Hello, Lee.
[00:03] Customer: Hi Dana. How are you?
[1:00:09] Agent: Fine.
"""

WHISPERX_TEXT = """[SPEAKER_00]: Hello, Lee.

[SPEAKER_01]: Hi Dana.

[SPEAKER_00]: Fine.
"""

CSV = """speaker,start_s,end_s,text
agent,1.0,2.5,"Hello, Lee."
customer,2.9,0:05.25,Hi Dana. How are you?
,,,
agent,9,9.5,Fine.
"""

CSV_SEMICOLONS = """text;speaker;start_s
"Hello; Lee.";Dana;1,5
Hi;Lee;2,9
"""

_JSON = {
    "whisper": ("whisper-json", WHISPER),
    "whisper with words": ("whisper-json", FASTER_WHISPER),
    "whisper of the API": ("whisper-json", OPENAI_API),
    "whisperx": ("whisper-json", WHISPERX),
    "whisper.cpp": ("whisper-cpp", WHISPER_CPP),
    "aws speakers": ("aws-transcribe", AWS_SPEAKERS),
    "aws channels": ("aws-transcribe", AWS_CHANNELS),
    "call analytics": ("aws-call-analytics", CALL_ANALYTICS),
    "post call analytics": ("aws-post-call-analytics", POST_CALL),
    "google": ("google-speech-to-text", GOOGLE),
    "google v2": ("google-speech-to-text", GOOGLE_V2),
    "azure batch": ("azure-batch", AZURE_BATCH),
    "azure fast": ("azure-fast", AZURE_FAST),
    "azure language": ("azure-conversation", AZURE_LANGUAGE),
    "azure call centre": ("azure-conversation", AZURE_CALL_CENTRE),
    "deepgram": ("deepgram", DEEPGRAM),
    "deepgram utterances": ("deepgram", DEEPGRAM_UTTERANCES),
    "assemblyai": ("assemblyai", ASSEMBLYAI),
    "assemblyai channels": ("assemblyai", ASSEMBLYAI_CHANNELS),
    "rev": ("rev", REV),
    "rev editor": ("rev", REV_EDITOR),
    "speechmatics": ("speechmatics", SPEECHMATICS),
    "speechmatics channels": ("speechmatics", SPEECHMATICS_CHANNELS),
    "watson": ("ibm-watson", WATSON),
    "watson job": ("ibm-watson", {"status": "completed", "results": [WATSON]}),
    "gong": ("gong", GONG),
    "genesys": ("genesys", GENESYS),
}
_TEXT = {
    "zoom": ("webvtt", ZOOM),
    "teams": ("webvtt", TEAMS),
    "karaoke": ("webvtt", KARAOKE),
    "player": ("webvtt", PLAYER),
    "srt": ("srt", SRT),
    "srt continued": ("srt", SRT_CONTINUED),
    "otter": ("otter", OTTER),
    "otter markdown": ("otter", OTTER_MARKDOWN),
    "text": ("text", TEXT),
    "text with times": ("text", TEXT_TIMED),
    "whisperx text": ("text", WHISPERX_TEXT),
    "csv": ("csv", CSV),
    "csv with semicolons": ("csv", CSV_SEMICOLONS),
}
SAMPLES: dict[str, tuple[str, bytes]] = {
    **{name: (format, json.dumps(value).encode()) for name, (format, value) in _JSON.items()},
    **{name: (format, text.encode()) for name, (format, text) in _TEXT.items()},
}
"""Name of a sample to the format it must be recognised as, and its bytes."""
