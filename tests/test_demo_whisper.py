"""The demo model: it loads without a network, hears the fixtures, and its training text is split."""

from __future__ import annotations

import json
import socket
from itertools import pairwise

import numpy as np
import pytest
from conftest import FIXTURES, ROOT

from callcoach.transcribe.train import espeak, evaluate_demo, text
from callcoach.transcribe.train.export import FILES, sha256

MODEL = ROOT / "models" / "demo-whisper"
needs_espeak = pytest.mark.skipif(
    not espeak.available(), reason="needs the espeak-ng library (apt install libespeak-ng1)"
)


@pytest.fixture(scope="module")
def listener() -> evaluate_demo.Listener:
    return evaluate_demo.Listener(MODEL)


@pytest.fixture
def no_network(monkeypatch):
    """Any attempt to open a connection fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError("the demo model must not need a network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_the_folder_is_complete_small_and_as_its_card_says():
    card = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    assert card["files"] == {name: sha256(MODEL / name) for name in FILES}
    assert evaluate_demo.folder_mb(MODEL) < 12


def test_it_loads_without_a_network_and_hears_a_recording(no_network):
    units = evaluate_demo.recording_units(
        evaluate_demo.Listener(MODEL),
        FIXTURES / "discovery-good.truth.json",
        FIXTURES / "discovery-good.opus",
    )
    result = evaluate_demo.summary("one call", units)
    assert result.wer <= 0.08
    assert result.start_error_median_s <= 0.1


def test_the_same_audio_gives_the_same_words(listener, tmp_path):
    from faster_whisper import decode_audio
    from scipy.io import wavfile

    left, _ = decode_audio(str(FIXTURES / "renewal.opus"), split_stereo=True)
    wavfile.write(tmp_path / "piece.wav", 16_000, left[: 20 * 16_000])
    first = listener.words(tmp_path / "piece.wav")
    assert any(first.values())
    assert listener.words(tmp_path / "piece.wav") == first


@pytest.mark.parametrize("level", [0.0, 1e-4, 0.05])
def test_silence_and_noise_have_no_words(listener, tmp_path, level):
    from scipy.io import wavfile

    noise = np.random.default_rng(3).standard_normal(16_000 * 8).astype(np.float32) * level
    wavfile.write(tmp_path / "noise.wav", 16_000, noise)
    assert not any(listener.words(tmp_path / "noise.wav").values())


@needs_espeak
def test_word_starts_of_speech_increase_and_lie_within_it():
    speech = espeak.speak("I've sent one of the twenty-four invoices - it is, um, fine.")
    assert [w.text for w in speech.words][:5] == ["I've", "sent", "one", "of", "the"]
    assert all(a.start_s <= b.start_s and a.end_s <= b.start_s + 1e-9 for a, b in pairwise(speech.words))
    assert speech.words[-1].end_s <= speech.duration_s


@needs_espeak
def test_an_unknown_voice_is_refused_with_what_to_do():
    with pytest.raises(espeak.EspeakError, match=r"see voices\(\)"):
        espeak.speak("hello", voice="no/such")


@needs_espeak
def test_a_new_sentence_of_the_domain_is_heard(listener):
    texts = evaluate_demo.held_out_sentences(12, text.fixture_lines(FIXTURES / "scripts"))
    units = evaluate_demo.sentence_units(listener, texts, seed=5)
    assert sum(u.n_errors for u in units) / sum(u.n_words for u in units) < 0.3


def test_no_training_sentence_is_held_out():
    source = text.TextSource(11, text.fixture_lines(FIXTURES / "scripts"))
    drawn = {source.draw(fixture_share=0.0) for _ in range(500)}
    assert not any(text.held_out(sentence) for sentence in drawn)
    assert all(text.held_out(source.domain(part="held_out")) for _ in range(20))


def test_the_held_out_part_does_not_depend_on_case_or_punctuation():
    sentence = text.TextSource(4).domain(part="held_out")
    assert text.held_out(sentence.upper().rstrip(".?") + "!")


def test_training_text_hardly_ever_repeats():
    source = text.TextSource(5)
    drawn = [source.domain() for _ in range(2000)]
    assert len(set(drawn)) > 1700


@pytest.mark.parametrize(
    ("reference", "heard", "errors"),
    [("a b c", "a b c", 0), ("a b c", "a x c", 1), ("a b", "", 2), ("", "a", 1), ("a b c", "b c d", 2)],
)
def test_word_errors_are_the_fewest_edits(reference, heard, errors):
    assert evaluate_demo.word_errors(reference.split(), heard.split()) == errors


def test_rates_are_ratios_of_sums():
    units = [evaluate_demo.Unit(1, 1, ()), evaluate_demo.Unit(9, 0, (0.1, 0.3))]
    result = evaluate_demo.summary("two", units)
    assert result.wer == pytest.approx(0.1)
    assert result.start_error_median_s == pytest.approx(0.2)
