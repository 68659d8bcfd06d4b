"""A call written as WebVTT and read again: the same turns, sides and measures."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from conftest import FIXTURES, call
from formats_samples import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.core import (
    Capability,
    Interval,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
    support,
)
from callcoach.core.errors import BadTranscript
from callcoach.measure.talk import talk_measures
from callcoach.transcribe.formats import read_transcript
from callcoach.transcribe.formats.captions import to_webvtt as written
from callcoach.transcribe.formats.webvtt import to_webvtt


def again(transcript: Transcript) -> Transcript:
    return read_transcript(to_webvtt(transcript).encode(), name="again.vtt")


def assert_same_measures(first: Transcript, second: Transcript, *, within: float = 1e-9) -> None:
    a, b = talk_measures(first), talk_measures(second)
    assert a.unavailable == b.unavailable
    for name, value in a.values.items():
        assert b.values[name] == (pytest.approx(value, abs=within) if isinstance(value, float) else value), (
            name
        )


def test_captions_say_who_speaks_when() -> None:
    text = to_webvtt(call("R 0-5 hello there | C 5.5-9 hi"))
    assert text.startswith("WEBVTT\n\nNOTE callcoach {")
    assert "1.1\n00:00:00.000 --> 00:00:05.000\n<v R><00:00:00.000>" in text
    assert "hi</c><00:00:09.000></v>" in text
    assert written is to_webvtt


def test_a_call_reads_back_with_its_sides_and_measures() -> None:
    first = call(
        "R 0-5 do you like it? | C 5.5-9 yes I do | R 7-7.4 mm-hm | O 10-12 press one | C 20-30 so we print"
    )
    second = again(first)
    assert second.speakers == first.speakers
    assert second.speech == first.speech
    assert second.capabilities == first.capabilities
    assert second.provenance.kind == "transcript"
    assert [(turn.speaker, turn.text) for turn in second.turns] == [
        (turn.speaker, turn.text) for turn in first.turns
    ]
    assert_same_measures(first, second)


@pytest.mark.parametrize(
    "name", [n for n in SAMPLES if read_transcript(SAMPLES[n][1], name=n).can(Capability.ENDS)]
)
def test_every_timed_format_survives_as_captions(name: str) -> None:
    first = read_transcript(SAMPLES[name][1], name=name)
    second = again(first)
    assert [(t.speaker, t.text) for t in second.turns] == [(t.speaker, t.text) for t in first.turns]
    assert second.speakers == first.speakers
    assert second.capabilities == first.capabilities
    assert second.language == first.language
    assert second.provenance.separation == first.provenance.separation
    assert_same_measures(first, second, within=2e-3)


WORDS = st.sampled_from(
    ["yeah", "right", "so", "we", "print", "<b>", "&", "-->", "it?", "um", "30", "Dana:", "[…]", "mm-hm"]
)


@st.composite
def calls(draw: st.DrawFn) -> Transcript:
    """Any timed call on a 10 ms grid: with and without words, word times, probabilities, channels."""
    labels = ["left", "right", "Dana & <Co>"][: draw(st.integers(1, 3))]
    can_words, can_text = draw(st.booleans()), draw(st.booleans())
    sure = draw(st.booleans()) and can_text
    turns, speech, at = [], {}, {}
    for _ in range(draw(st.integers(1, 12))):
        label = draw(st.sampled_from(labels))
        start = at.get(label, 0) + draw(st.integers(0, 600))
        texts = draw(st.lists(WORDS, min_size=1, max_size=6)) if can_text else []
        n = max(1, len(texts))
        edges = [start]
        for _ in range(2 * n):
            edges.append(edges[-1] + draw(st.integers(1, 150)))
        spans = [Interval(edges[2 * i] / 100, edges[2 * i + 1] / 100) for i in range(n)]
        words = tuple(
            Word(text, span if can_words else None, draw(st.integers(0, 1000)) / 1000 if sure else None)
            for text, span in zip(texts, spans, strict=False)
        )
        span = None if words and can_words else Interval(spans[0].start_s, spans[-1].end_s)
        turns.append(Turn(label, words, span))
        speech.setdefault(label, []).extend(spans)
        at[label] = edges[-1] + 1
    capabilities = {Capability.STARTS, Capability.ENDS, Capability.OVERLAP}
    if can_text:
        capabilities |= {Capability.TEXT} | ({Capability.WORDS} if can_words else set())
    if sure:
        capabilities.add(Capability.CONFIDENCE)
    turns.sort(key=lambda turn: (turn.interval, turn.speaker))
    first = call("R 0-1 a")
    roles = dict(zip(labels, ("R", "C", "O"), strict=False))
    sides = {speaker.label: speaker for speaker in call("R 0-1 a | C 0-1 a | O 0-1 a").speakers}
    return replace(
        first,
        provenance=Provenance("audio", "wav", "test", separation=Separation.CHANNELS, notes=("a --> note",)),
        speakers=tuple(replace(sides[roles[label]], label=label) for label in labels),
        turns=tuple(turns),
        speech={label: support(pieces) for label, pieces in speech.items()},
        capabilities=frozenset(capabilities),
        duration_s=max(edge for pieces in speech.values() for edge in (p.end_s for p in pieces)) + 1,
        cuts=draw(st.sampled_from([(), (Interval(1.0, 2.5),)])),
    )


@settings(max_examples=60, deadline=None)
@given(calls())
def test_any_timed_call_reads_back_the_same(first: Transcript) -> None:
    second = again(first)
    assert second.turns == first.turns
    assert second.speech == first.speech
    assert second.speakers == first.speakers
    assert second.capabilities == first.capabilities
    assert second.cuts == first.cuts
    assert second.provenance.notes == first.provenance.notes
    assert_same_measures(first, second)


def test_speech_without_words_and_words_without_speech_survive() -> None:
    first = Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("audio", "wav", "test", separation=Separation.CHANNELS),
        duration_s=30.0,
        speakers=(Speaker("left", channel=0), Speaker("right", channel=1)),
        turns=(
            Turn("left", (Word("a", Interval(1.0, 1.5)), Word("b"), Word("c", Interval(4.0, 4.5)))),
            Turn("right", (Word("so", Interval(10.0, 10.5)),)),
            Turn("right", (Word("late"),)),
        ),
        speech={"left": (Interval(0.9, 1.6), Interval(3.9, 4.6), Interval(20.0, 21.0))},
        capabilities=frozenset({Capability.STARTS, Capability.ENDS, Capability.WORDS, Capability.TEXT}),
    )
    second = again(first)
    assert second.speech == first.speech
    assert [(turn.text, turn.interval) for turn in second.turns] == [
        (turn.text, turn.interval) for turn in first.turns
    ]


def test_a_transcript_without_times_cannot_be_captions() -> None:
    with pytest.raises(BadTranscript, match="needs to know when speech starts and ends"):
        to_webvtt(call("R hello | C hi"))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"version": 1', '"version": 9'),
        lambda text: text.replace('"capabilities"', '"abilities"'),
        lambda text: text.replace('"role": "REP"', '"role": "KING"'),
        lambda text: text.replace("\n1.1\n", "\nfirst\n"),
        lambda text: text.replace('"spans": {', '"spans": {"x": [0, 1], '),
        lambda text: text.replace("NOTE callcoach {", "NOTE callcoach {{"),
        lambda text: text.replace('"label": "C"', '"label": "R"'),
    ],
)
def test_captions_whose_note_no_longer_fits_are_read_like_any_others(change) -> None:
    text = to_webvtt(call("R 0-5 hello there | C 5.5-9 hi"))
    assert change(text) != text
    transcript = read_transcript(change(text).encode(), name="changed.vtt")
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [("R", "hello there"), ("C", "hi")]
    assert not transcript.roles_known


def test_words_that_somebody_corrected_in_the_captions_count() -> None:
    text = to_webvtt(call("R 0-5 hello there | C 5.5-9 hi")).replace("hello", "goodbye")
    transcript = read_transcript(text.encode(), name="corrected.vtt")
    assert transcript.turns[0].text == "goodbye there"
    assert transcript.roles_known


def test_captions_stripped_of_what_they_claim_claim_it_no_longer() -> None:
    text = to_webvtt(call("R 0-5 hello there | C 5.5-9 hi"))
    head, _, body = text.partition("\n1.1\n")
    for tag in ("<00:00:", "<c.p"):
        while tag in body:
            start = body.index(tag)
            body = body[:start] + body[body.index(">", start) + 1 :]
    transcript = read_transcript((head + "\n1.1\n" + body).encode(), name="bare.vtt")
    assert not transcript.can(Capability.WORDS)
    assert not transcript.can(Capability.CONFIDENCE)


def test_the_note_is_one_line_of_json() -> None:
    line = to_webvtt(call("R 0-5 hello | C 5.5-9 hi")).split("\n")[2]
    assert json.loads(line.removeprefix("NOTE callcoach "))["version"] == 1
    assert "-->" not in line


@pytest.mark.parametrize("words", [True, False])
def test_a_bundled_call_keeps_its_measures_as_captions(words: bool) -> None:
    from callcoach.transcribe.recording import transcribe_recording
    from callcoach.transcribe.turns import turns_from_words

    first, _ = transcribe_recording(FIXTURES / "negotiation.opus", recogniser=None)
    if words:
        script = json.loads((FIXTURES / "negotiation.truth.json").read_text("utf-8"))
        label_of = {s["label"]: ("left", "right")[s["channel"]] for s in script["speakers"]}
        said: dict[str, list[Word]] = {}
        for word in script["words"]:
            interval = Interval(word["start_s"], word["end_s"])
            said.setdefault(label_of[word["speaker"]], []).append(Word(word["text"], interval))
        more = {Capability.TEXT, Capability.WORDS}
        first = replace(
            first, turns=turns_from_words(said), language="en", capabilities=first.capabilities | more
        )
    sides = {"left": Role.REP, "right": Role.CUSTOMER}
    first = first.with_roles(sides, source="given")
    second = again(first)
    for label, speech in first.speech.items():
        assert len(second.speech[label]) == len(speech)
    assert_same_measures(first, second, within=5e-3)
