"""The language of a recording is given or told from the sound; German is not called English."""

from __future__ import annotations

import numpy as np
import pytest
from test_recording import fake
from whisper_models import multilingual, random_model

from callcoach.core.errors import BadSettings, ModelMissing
from callcoach.transcribe.languages import Decision, decide, detect, doubt, language_to_use
from callcoach.transcribe.recogniser import Recogniser
from callcoach.transcribe.whisper import load_whisper
from callcoach.transcribe.windows import Part, Window


def window(seconds: float, *, at_s: float = 0.0, seed: int = 0) -> Window:
    samples = (0.1 * np.random.default_rng(seed).standard_normal(round(seconds * 16000))).astype(np.float32)
    return Window("left", samples, (Part(0, round(at_s * 16000), len(samples)),))


GERMAN, ENGLISH = {"de": 0.95, "en": 0.04}, {"en": 0.97, "de": 0.02}
TORN = {"en": 0.5, "de": 0.45}


@pytest.mark.parametrize(
    ("votes", "language", "sure"),
    [
        ([GERMAN, GERMAN, GERMAN], "de", True),
        ([ENGLISH, GERMAN, GERMAN], "de", True),  # greeted in English
        ([ENGLISH, ENGLISH, GERMAN], "en", True),
        ([ENGLISH, {"de": 0.6, "en": 0.3}, {"de": 0.55, "en": 0.4}], "de", False),
        ([TORN, TORN, TORN], "en", False),
        ([TORN, GERMAN], "de", False),
        ([ENGLISH, GERMAN], "en", False),
        ([GERMAN], "de", True),
        ([TORN], "en", False),
        ([{"de": 0.5, "en": 0.5}], "de", False),  # a tie is broken the same way every time
    ],
)
def test_most_windows_decide_and_two_must_be_sure(votes, language, sure):
    decision = decide(votes)
    assert (decision.language, decision.sure) == (language, sure)
    assert decide(list(reversed(votes))) == decision


def test_the_longest_windows_are_listened_to_and_more_of_them_while_it_is_unsure():
    heard = []

    def listen(one: Window):
        heard.append(one.spans[0].start_s)
        return ENGLISH if one.spans[0].start_s < 20 else GERMAN

    windows = [window(1, at_s=0), window(3, at_s=10), window(3, at_s=20), window(3, at_s=30)]
    assert detect(windows, listen).language == "de"
    assert heard == [10.0, 20.0, 30.0]
    heard.clear()
    torn = detect(windows, lambda one: heard.append(one) or TORN)
    assert (torn.sure, len(heard)) == (False, 4)


def test_a_given_language_is_used_if_the_model_knows_it():
    assert language_to_use(fake(), "de") == "de"
    assert language_to_use(fake(), None) is None
    with pytest.raises(BadSettings, match=r"'tlh'.*one of en, de, fr"):
        language_to_use(fake(), "tlh")


def test_an_english_only_model_never_detects():
    english = fake(languages=("en",))
    assert language_to_use(english, "en") == "en"
    with pytest.raises(ModelMissing, match=r"takes everything for it.*--language en.*multilingual"):
        language_to_use(english, None)
    with pytest.raises(BadSettings, match=r"'de': use en"):
        language_to_use(english, "de")


def test_the_demo_model_alone_takes_a_recording_for_english_unasked():
    assert language_to_use(fake(languages=("en",), default_language="en"), None) == "en"


@pytest.mark.parametrize(
    ("decision", "given", "says"),
    [
        (Decision("de", 0.95, True), None, None),
        (Decision("en", 0.51, False), None, "unsure: en (51%)"),
        (Decision("de", 0.95, True), "en", "as language en, as asked; it sounds like de (95%)"),
        (Decision("de", 0.50, False), "en", None),
        (Decision("en", 0.95, True), "en", None),
    ],
)
def test_doubts_are_sentences_for_people(decision, given, says):
    sentence = doubt(decision, given=given)
    assert (sentence is None) if says is None else (says in sentence)


@pytest.fixture(scope="module")
def several(tmp_path_factory) -> Recogniser:
    folder = random_model(tmp_path_factory.mktemp("models") / "several", multilingual(d=32, n_heads=2))
    return load_whisper(folder, device="cpu", cpu_threads=1)


def test_a_multilingual_model_is_asked_through_faster_whisper(several):
    assert {"en", "de", "fr", "zh"} <= set(several.languages)
    assert language_to_use(several, None) is None
    found = several.languages_of(window(4))
    assert len(found) == 99
    assert sum(found.values()) == pytest.approx(1.0, abs=0.01)
    assert found == several.languages_of(window(4))


def test_a_multilingual_model_recognises_in_the_language_it_is_told(several):
    said = {code: several.recognise([window(4)], language=code)[0].words for code in ("en", "de")}
    assert said["en"]
    assert said["en"] != said["de"]  # the language is part of what the model is asked


@pytest.mark.parametrize("name", ["distil-large-v3", "faster-distil-whisper-small.en"])
def test_a_distilled_model_counts_as_english_alone_whatever_its_form(tmp_path, name):
    folder = random_model(tmp_path / name, multilingual(d=32, n_heads=2))
    assert load_whisper(folder, device="cpu").languages == ("en",)
