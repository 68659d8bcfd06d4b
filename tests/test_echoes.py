"""Words that one channel only carried over from the other stand once, under who said them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from conftest import FIXTURES, ROOT
from test_guards import spoken, texts
from test_recording import fake, write_wav

from callcoach.core import Interval, Word
from callcoach.core.floor import plain
from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.echoes import without_echoes
from callcoach.transcribe.recording import transcribe_recording

BLEED_DB = -15.0
CALL = FIXTURES / "discovery-good.opus"


def heard(left, right, *, left_speaks=(), right_speaks=()):
    speech = {
        "left": tuple(Interval(*span) for span in left_speaks),
        "right": tuple(Interval(*span) for span in right_speaks),
    }
    kept, n = without_echoes({"left": left, "right": right}, speech)
    return texts(kept["left"]), texts(kept["right"]), n


def test_a_sentence_on_both_channels_stays_with_who_has_the_speech():
    # left   |could you send me the invoice|      its own speech
    # right  |could you send me the invoice|      bleed, a little later
    said = "could you send me the invoice"
    echo = spoken(said, from_s=1.05, p=0.95)
    assert heard(spoken(said), echo, left_speaks=[(1, 3)]) == (said, "", 6)
    assert heard(echo, spoken(said), right_speaks=[(1, 3)]) == ("", said, 6)


def test_an_echo_that_was_heard_less_well_goes_as_a_whole():
    said, echo = "could you send me the invoice by Friday", "could you sent me an invoice by Friday"
    assert heard(spoken(said), spoken(echo, p=0.6), left_speaks=[(1, 4)]) == (said, "", 8)


def test_of_two_that_are_alike_the_surer_words_stay():
    said = "we can do that"
    both = [(1, 3)]
    assert heard(spoken(said, p=0.5), spoken(said), left_speaks=both, right_speaks=both) == ("", said, 4)
    assert heard(spoken(said), spoken(said), left_speaks=both, right_speaks=both)[2] == 4


def test_people_who_say_yes_together_both_said_it():
    both = [(1, 1.3)]
    assert heard(spoken("Yes."), spoken("yes"), left_speaks=both, right_speaks=both) == ("Yes.", "yes", 0)
    assert heard(spoken("Yes."), spoken("yes"), left_speaks=both) == ("Yes.", "", 1)


def test_who_repeats_the_other_a_moment_later_said_it_too():
    said = "nine hundred a month"
    assert heard(
        spoken(said), spoken(said, from_s=2.5), left_speaks=[(1, 2.2)], right_speaks=[(2.5, 3.7)]
    ) == (said, said, 0)


def test_who_talks_over_the_other_keeps_own_words():
    assert heard(
        spoken("so what we would like to see"),
        spoken("no let me finish this first"),
        left_speaks=[(1, 4)],
        right_speaks=[(1, 4)],
    ) == ("so what we would like to see", "no let me finish this first", 0)


def test_words_before_and_after_an_echo_stay():
    right = spoken("could you send me the invoice") + spoken("sure I will", from_s=4)
    assert heard(
        spoken("could you send me the invoice"), right, left_speaks=[(1, 3)], right_speaks=[(4, 5)]
    ) == ("could you send me the invoice", "sure I will", 6)


@pytest.fixture(scope="module")
def bled(tmp_path_factory):
    """A bundled call in which each channel also carries the other at -15 dB."""
    samples = np.concatenate(list(open_audio(CALL).blocks()), axis=1)[:, : 75 * 16000]
    mixed = samples + 10 ** (BLEED_DB / 20) * samples[::-1]
    return write_wav(tmp_path_factory.mktemp("bled") / "call.wav", mixed / np.abs(mixed).max())


def twice(transcript, *, least: int = 3) -> list[str]:
    """Runs of at least three words that stand under both speakers at the same time."""
    said = {
        label: sorted(
            (word.interval.start_s, plain(word.text))
            for turn in transcript.turns
            if turn.speaker == label
            for word in turn.words
        )
        for label in ("left", "right")
    }
    found = []
    for i in range(len(said["left"]) - least + 1):
        run = said["left"][i : i + least]
        for j in range(len(said["right"]) - least + 1):
            other = said["right"][j : j + least]
            same = [word for _, word in run] == [word for _, word in other]
            if same and abs(run[0][0] - other[0][0]) < 2.0:
                found.append(" ".join(word for _, word in run))
    return found


def test_a_recogniser_that_hears_everything_on_both_channels_says_it_once(bled):
    """The worst case: whatever either says is recognised wherever a window reaches it."""
    truth = json.loads(CALL.with_suffix(".truth.json").read_text("utf-8"))
    spans = [(word["text"], word["start_s"], word["end_s"]) for word in truth["words"]]

    def say(span, label):
        return tuple(
            Word(text, Interval(start_s, end_s), 0.9)
            for text, start_s, end_s in spans
            if span.start_s <= start_s and end_s <= span.end_s
        )

    transcript, _ = transcribe_recording(bled, recogniser=fake(say=say), language="en")
    assert transcript.provenance.channel_verdict == "trust"
    assert twice(transcript) == []
    channels = {speaker["label"]: speaker["channel"] for speaker in truth["speakers"]}
    labels = {0: "left", 1: "right"}
    owners = {(w["text"], w["start_s"]): labels[channels[w["speaker"]]] for w in truth["words"]}
    starts = {(w.text, w.interval.end_s): turn.speaker for turn in transcript.turns for w in turn.words}
    ends = {(w["text"], w["end_s"]): owners[w["text"], w["start_s"]] for w in truth["words"]}
    judged = [(speaker, ends[key]) for key, speaker in starts.items() if key in ends]
    assert len(judged) > 100
    assert sum(speaker == owner for speaker, owner in judged) / len(judged) > 0.98


def test_with_the_demo_model_no_sentence_stands_under_both(bled):
    if not (ROOT / "models" / "demo-whisper" / "model.bin").is_file():
        pytest.skip("needs models/demo-whisper")
    from callcoach.transcribe.whisper import load_whisper

    recogniser = load_whisper("demo-whisper", folders=(ROOT / "models",), device="cpu", cpu_threads=1)
    transcript, _ = transcribe_recording(bled, recogniser=recogniser, language="en")
    assert sum(len(turn.words) for turn in transcript.turns) > 100
    assert twice(transcript) == []
