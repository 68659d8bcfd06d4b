"""Reading other programs' transcripts: recognition by content, damage, encodings, times, sizes."""

from __future__ import annotations

import hashlib
import json
import time

import pytest
from formats_samples import SAMPLES, SRT, TEAMS, TEXT, WHISPER, ZOOM

from callcoach.core import Capability, Separation, Transcript
from callcoach.core.errors import BadTranscript, EmptyInput, UnknownFormat
from callcoach.transcribe.formats import FORMATS, looks_like_transcript, names, read_transcript
from callcoach.transcribe.formats.speakers import attribute
from callcoach.transcribe.formats.words import Spoken, align, join_tokens


def read(data: bytes | str | object) -> Transcript:
    if not isinstance(data, (bytes, str)):
        data = json.dumps(data)
    return read_transcript(data.encode() if isinstance(data, str) else data, name="made-up.txt")


def spoken(transcript: Transcript) -> list[str]:
    return [turn.text for turn in transcript.turns]


def vtt(*cues: tuple[str, str, str]) -> str:
    return "WEBVTT\n\n" + "\n\n".join(f"{start} --> {end}\n{text}" for start, end, text in cues)


def stamp(time_s: float) -> str:
    return f"{int(time_s) // 3600:02d}:{int(time_s) // 60 % 60:02d}:{time_s % 60:06.3f}"


# -- recognition -----------------------------------------------------------------------------


def test_the_formats_have_names_of_their_own() -> None:
    assert len(set(names())) == len(FORMATS) == 21


def test_the_source_is_known_by_its_bytes() -> None:
    data = ZOOM.encode()
    assert read(data).source_sha256 == hashlib.sha256(data).hexdigest()
    assert read(data + b"\n").id != read(data).id


def test_an_unknown_json_shape_names_the_three_nearest_and_what_they_miss() -> None:
    with pytest.raises(UnknownFormat) as caught:
        read({"results": {"channels": [{"words": []}]}})
    message = caught.value.message
    assert message.count("(missing") == 3
    assert "Deepgram JSON (missing results.channels[].alternatives[])" in message
    assert message.startswith("a transcript must be of a format that callcoach reads")


def test_an_unknown_text_names_the_formats_of_text() -> None:
    with pytest.raises(UnknownFormat, match=r"text with names .*missing lines that start with a name"):
        read("Minutes of the meeting\n\nWe met, and we agreed on everything.\n")


@pytest.mark.parametrize(
    "text",
    [
        "host: a.example\naccept: text/html\nuser-agent: curl\nx: 1\ny: 2\n",
        "Once upon a time: there was a call. It was long.\n",
        "id,name\n1,Dana\n",
        "https://example.org/a\nhttps://example.org/b\n",
        "12:00:01\tDana:\thello\n12:00:05\tLee:\thi\n",
        '{"a": 1}\n{"a": 2}\n',
        "#EXTM3U\n#EXTINF:10,\nhttp://example.org/a.ts\n",
    ],
)
def test_other_text_is_no_transcript_and_no_recording(text: str) -> None:
    assert looks_like_transcript(text.encode(), "call.wav")
    with pytest.raises(UnknownFormat):
        read(text)


@pytest.mark.parametrize(
    "head",
    [
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"OggS\x00\x02",
        b"ID3\x04\x00",
        b"fLaC\x00\x00",
        b"\x00\x00\x00\x20ftypM4A ",
        b"\x1aE\xdf\xa3\x01\x00",
        b"FORM\x00\x00\x00\x00AIFF",
        b"#!AMR\n\x3c",
        b".snd\x00\x00",
        b"\xff\xfb\x90\x64\x00\x0f\xf0\x00\x00\x69\x00\x00\x00\x08" * 20,
        b"\xff\xf1\x50\x80\x02\x1f\xfc\x21\x00\x49\x90\x02" * 20,
        bytes(range(256)) * 16,
        b"\x00" * 4096,
        b"\xd5\x55\xd4\x54\xd7\x57" * 500,
        b"%PDF-1.7\n",
        b"PK\x03\x04",
    ],
)
def test_recordings_and_documents_are_not_taken_for_transcripts(head: bytes) -> None:
    assert not looks_like_transcript(head, "call.txt")


def test_a_cheap_look_takes_no_time() -> None:
    head = ZOOM.encode() * 6000
    start = time.process_time()
    looks_like_transcript(head[: 1 << 20], "x")
    assert time.process_time() - start < 0.5


def test_a_head_cut_inside_a_character_is_still_text() -> None:
    data = "é".encode() * 100_000
    assert all(looks_like_transcript(data[:n], "x.vtt") for n in (65_535, 65_536, 99_999))


# -- encodings -------------------------------------------------------------------------------

NAMED = "WEBVTT\n\n00:01.000 --> 00:02.000\nZoë: Schöne Grüße, señor\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, ends: str) -> None:
    data = NAMED.replace("\n", ends).encode(encoding)
    assert looks_like_transcript(data, "x")
    transcript = read(data)
    assert spoken(transcript) == ["Schöne Grüße, señor"]
    assert transcript.speakers[0].name == "Zoë"
    assert any("UTF-8" in note for note in transcript.provenance.notes) == (encoding == "latin-1")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_json_in_other_encodings(encoding: str) -> None:
    assert spoken(read(json.dumps(WHISPER).encode(encoding))) == ["Hello, Lee. Hi Dana. How are you?"]


def test_zero_bytes_and_unseen_characters_do_not_get_into_words() -> None:
    data = NAMED.replace("Sch", "\x00Sc\u200bh\x07").encode()
    assert spoken(read(data)) == ["Schöne Grüße, señor"]
    segments = [{"start": 0, "end": 1, "text": "a\ud800b \x00c"}]
    assert spoken(read(json.dumps({"segments": segments}).encode())) == ["ab c"]


def test_names_are_as_clean_as_words_and_not_endless() -> None:
    segments = [{"start": 0, "end": 1, "text": "hi", "speaker": "Da\ud800na\x00  Fox"}]
    assert read({"segments": segments}).speakers[0].label == "Dana Fox"
    segments[0]["speaker"] = "x" * 1000
    with pytest.raises(BadTranscript, match="at most 300 characters"):
        read({"segments": segments})


# -- empty and damaged -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n",
        b"\x00\x00\x00\x00",
        b"\xef\xbb\xbf",
        b"WEBVTT\n",
        b"WEBVTT\n\nNOTE nothing yet\n",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n",
        b"speaker,start_s,end_s,text\n",
        b'{"segments": [{"start": 0, "end": 1, "text": " "}]}',
        b'{"results": {"transcripts": [{"transcript": ""}], "items": []}}',
    ],
)
def test_nothing_said_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyInput, match="must hold words"):
        read(data)


@pytest.mark.parametrize("name", [name for name, (_, data) in SAMPLES.items() if data.startswith(b"{")])
def test_json_that_breaks_off_is_damaged(name: str) -> None:
    data = SAMPLES[name][1]
    with pytest.raises(
        BadTranscript, match=r"breaks off or is damaged at line 1, column \d+: export it again"
    ):
        read(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"segments": ' + "[" * 100_000, "nested"),
        ('{"segments": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested"),
        ('{"segments": [{"start": NaN, "end": 1, "text": "hi"}]}', "NaN"),
        ('{"segments": [{"start": 0, "end": Infinity, "text": "hi"}]}', "Infinity"),
        ('{"segments": [{"start": 0, "end": ' + "9" * 5000 + ', "text": "hi"}]}', "thousands of digits"),
        ('{"segments": [{"start": 0, "end": 1e999, "text": "hi"}]}', "every end must follow its start"),
        (
            '{"segments": [{"start": 0, "end": ' + "9" * 400 + ', "text": "hi"}]}',
            "every end must follow its start",
        ),
        (
            '{"segments": [{"start": "soon", "end": 1, "text": "hi"}]}',
            "segments\\[\\].start must be a number",
        ),
        ('{"segments": [{"start": 0, "end": 1, "text": {"a": 1}}]}', "must be text; found an object"),
        ('{"segments": [{"start": 0, "end": 1, "text": "hi"}, 7]}', "must be an object; found a number"),
        ("WEBVTT\n\nsoon --> later\nhi\n", "must time its cues"),
        ("1\n00:00:01,000 --> 00:00:02,000\nhi\n\nnonsense\n\n2\n00:00:0x,0 --> 1\n", "beside 1 such cues"),
        ("speaker,text\nDana\n", "line 2 has 1"),
        ("speaker,start_s,text\nDana,soon,hi\n", "line 2 holds something else"),
        ('speaker,text\nDana,"' + "a" * 200_000, "128 KiB"),
    ],
)
def test_damage_is_named(text: str, reason: str) -> None:
    with pytest.raises(BadTranscript, match=reason):
        read(text)


def test_of_a_key_written_twice_the_last_counts() -> None:
    assert spoken(read('{"segments": [], "segments": [{"start": 0, "end": 1, "text": "hi"}]}')) == ["hi"]


def test_errors_hold_no_words_of_the_call() -> None:
    secret = "Quixotic"
    for text in (
        f'{{"segments": [{{"start": "{secret}", "end": 1, "text": "{secret}"}}]}}',
        f'{{"monologues": [{{"elements": "{secret}", "spans": 1}}]}}',
        f"WEBVTT\n\n{secret} --> 00:02.000\n{secret}\n",
        f"1\n00:00:01,000 --> 00:00:02,000\nhi\n\n{secret}\n\n2\n00:00:0x,0 --> 1\n",
        f"{secret} and {secret}: nothing of a transcript",
        f'speaker,start_s,text\n{secret},{secret},"{secret}"\n',
        f'["{secret}", {{"{secret}": 1}}]',
    ):
        with pytest.raises((BadTranscript, UnknownFormat, EmptyInput)) as caught:
            read(text)
        assert secret not in caught.value.message
        assert secret not in str(caught.value.__cause__)


# -- times -----------------------------------------------------------------------------------


def test_cues_out_of_order_are_sorted_and_said_so() -> None:
    transcript = read(
        vtt(
            ("00:10.000", "00:11.000", "Lee: second"),
            ("00:01.000", "00:02.000", "Dana: first"),
            ("00:20.000", "00:21.000", "Dana: third"),
            ("00:25.000", "00:26.000", "Lee: fourth"),
        )
    )
    assert spoken(transcript) == ["first", "second", "third", "fourth"]
    assert transcript.provenance.notes == (
        "1 of 4 passages start before the one in front of them; sorted by start",
    )


def test_times_running_backwards_throughout_are_sorted() -> None:
    cues = [
        (stamp(100 - 10 * i), stamp(101 - 10 * i), f"{'Dana' if i % 2 else 'Lee'}: word{i}")
        for i in range(10)
    ]
    transcript = read(vtt(*cues))
    assert [turn.text for turn in transcript.turns] == [f"word{i}" for i in reversed(range(10))]


def test_ends_before_starts_are_damage() -> None:
    cues = [(stamp(5 * i + 2), stamp(5 * i), f"Dana: word{i}") for i in range(6)]
    with pytest.raises(BadTranscript, match="6 of 6 passages"):
        read(vtt(*cues))


def test_one_impossible_time_in_many_is_left_out_and_its_words_kept() -> None:
    cues = [(stamp(5 * i), stamp(5 * i + 2), f"{'Dana' if i % 2 else 'Lee'}: word{i}") for i in range(20)]
    cues[7] = (stamp(37), stamp(35), "Dana: word7")
    transcript = read(vtt(*cues))
    assert [word.text for turn in transcript.turns for word in turn.words] == [f"word{i}" for i in range(20)]
    (untimed,) = [turn for turn in transcript.turns if turn.interval is None]
    assert untimed.text == "word7"
    assert "1 of 20 passages had an impossible time" in transcript.provenance.notes[0]


def test_times_beyond_a_week_are_damage() -> None:
    with pytest.raises(BadTranscript, match="within a week"):
        read({"segments": [{"start": 1_700_000_000, "end": 1_700_000_001, "text": "hi"}]})


def test_two_at_once_in_captions_is_not_overlap_that_can_be_told() -> None:
    transcript = read(
        vtt(
            ("00:01.000", "00:05.000", "Dana: one two"),
            ("00:02.000", "00:03.000", "Lee: three four five six"),
        )
    )
    assert not transcript.can(Capability.OVERLAP)
    assert transcript.speech["Dana"][0].end_s == 5.0


def test_pauses_under_three_seconds_join_a_turn_and_backchannels_do_not_break_it() -> None:
    transcript = read(
        vtt(
            ("00:01.000", "00:02.000", "Dana: We"),
            ("00:02.200", "00:02.700", "Lee: Mm-hm."),
            ("00:04.900", "00:06.000", "Dana: met."),
            ("00:09.000", "00:10.000", "Dana: Later."),
        )
    )
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [
        ("Dana", "We met."),
        ("Lee", "Mm-hm."),
        ("Dana", "Later."),
    ]


def test_sixty_thousand_turns_are_read_in_seconds() -> None:
    cues = [
        (stamp(2 * i), stamp(2 * i + 1), f"{'Dana' if i % 2 else 'Lee'}: word{i} and more")
        for i in range(60_000)
    ]
    data = vtt(*cues).encode()
    start = time.process_time()
    transcript = read(data)
    assert time.process_time() - start < 20
    assert len(transcript.turns) == 60_000


# -- speakers --------------------------------------------------------------------------------


def test_a_transcript_without_speakers_has_one() -> None:
    transcript = read(
        vtt(("00:01.000", "00:02.000", "Hello there."), ("00:03.000", "00:04.000", "Listen: this matters."))
    )
    assert [speaker.label for speaker in transcript.speakers] == ["everyone"]
    assert transcript.provenance.separation is Separation.NONE
    assert "does not say who spoke" in transcript.provenance.notes[0]
    assert not transcript.dependable


def test_a_transcript_with_one_speaker_keeps_the_name() -> None:
    transcript = read(vtt(("00:01.000", "00:02.000", "<v Dana Fox>Hello there.</v>")))
    assert [speaker.name for speaker in transcript.speakers] == ["Dana Fox"]
    assert transcript.provenance.separation is Separation.LABELS


def test_a_cue_may_hold_several_voices() -> None:
    transcript = read(vtt(("00:01.000", "00:02.000", "<v Dana>Hi.</v>\n<v.loud Lee &amp; Co>Hey you.</v>")))
    assert {(turn.speaker, turn.text) for turn in transcript.turns} == {
        ("Dana", "Hi."),
        ("Lee & Co", "Hey you."),
    }


def test_a_nameless_cue_among_named_ones_is_of_nobody_known() -> None:
    cues = [(stamp(5 * i), stamp(5 * i + 2), f"{'Dana' if i % 2 else 'Lee'}: word{i}") for i in range(10)]
    cues[4] = (*cues[4][:2], "who said this")
    transcript = read(vtt(*cues))
    assert [turn.text for turn in transcript.turns if turn.speaker == "Unknown Speaker"] == ["who said this"]
    assert transcript.provenance.notes == ("1 of 10 cues name no speaker",)


def test_colons_in_what_is_said_make_no_speakers() -> None:
    said = ["So here is the plan: we start.", "It goes on.", "And on.", "Then: we end."]
    assert [label for label, _ in attribute(said)[0]] == [None] * 4


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Justin Florentine (Besu): hi", "Justin Florentine (Besu)"),
        ("Saulius | Grandine: hi", "Saulius | Grandine"),
        (">> Dana: hi", "Dana"),
        ("[SPEAKER_01]: hi", "SPEAKER_01"),
        ("Doe, Jane: hi", "Doe, Jane"),
        ("Dr. Fox: hi", "Dr. Fox"),
        ("[00:12] Dana: hi", "Dana"),
        ("Dana (0:12): hi", "Dana"),
        ("[00:12]\x0c Dana: hi", "Dana"),
        ("**Dana:** hi", "Dana"),
        ("李雷: 你好", "李雷"),
    ],
)
def test_names_in_front_of_words(line: str, label: str) -> None:
    transcript = read(f"{line}\nLee: ho\n{line}\nLee: ho\n{line}\nLee: hum\n")
    assert [speaker.label for speaker in transcript.speakers] == [label, "Lee"]


def test_text_wraps_and_a_title_is_not_speech() -> None:
    transcript = read(TEXT)
    assert spoken(transcript)[1] == "Hi Dana. How are you?"
    assert not any("Monday" in turn.text for turn in transcript.turns)


def test_entities_and_markup_do_not_get_into_words() -> None:
    text = "Dana: <i>R&amp;D</i> &lt;3 <00:01.500>it&nbsp;is <b>fine</b>"
    (turn,) = read(vtt(("00:01.000", "00:02.000", text))).turns
    assert turn.text == "R&D <3 it is fine"


def test_teams_cues_span_lines() -> None:
    assert spoken(read(TEAMS))[0] == "Hello, Lee."


def test_an_srt_named_webvtt_is_still_an_srt() -> None:
    assert read_transcript(SRT.encode(), name="call.vtt").provenance.format == "srt"


# -- words -----------------------------------------------------------------------------------


def test_tokens_with_their_own_spaces_become_words() -> None:
    tokens = [
        Spoken(" it", 0.0, 0.2, 0.8),
        Spoken("'s", 0.2, 0.3, 0.6),
        Spoken(", "),
        Spoken("fine", 0.5, 0.9, 1.0),
    ]
    assert join_tokens(tokens) == [
        Spoken("it's,", 0.0, 0.3, pytest.approx(0.7)),
        Spoken("fine", 0.5, 0.9, 1.0),
    ]


def test_shown_words_take_the_times_of_the_words_they_stand_for() -> None:
    heard = [
        Spoken(text, float(i), i + 0.5, 0.5)
        for i, text in enumerate(["we", "paid", "thirty", "dollars", "today"])
    ]
    shown = align(["We", "paid", "$30", "today."], heard)
    assert [(word.text, word.start_s, word.end_s) for word in shown] == [
        ("We", 0.0, 0.5),
        ("paid", 1.0, 1.5),
        ("$30", 2.0, 3.5),
        ("today.", 4.0, 4.5),
    ]
    assert align(["all", "else"], []) == [Spoken("all"), Spoken("else")]
