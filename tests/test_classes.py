"""Every file of an archive ends in exactly one class, and in the right one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from conftest import IN_CI, call
from made_up_archive import N_EACH, build, hears_german

from callcoach.archive.classes import class_of, windows_to_hear
from callcoach.archive.duplicates import Look, same_pattern, settle
from callcoach.archive.folder_csv import Found, find_metadata
from callcoach.archive.name_patterns import read_rules
from callcoach.archive.sounds import SAMPLE_RATE_HZ, listen_to, print_at, same_print
from callcoach.archive.triage import look_at
from callcoach.core import CallClass, Capability, Interval
from callcoach.transcribe.train import espeak

ARCHIVE = """
[[source]]
name = "made up"
own_domains = ["firm.example"]
"""


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """File name to what it is and what it was taken for."""
    if not espeak.available():
        reason = "needs the espeak-ng library (apt install libespeak-ng1)"
        pytest.fail(reason) if IN_CI else pytest.skip(reason)
    folder = tmp_path_factory.mktemp("archive")
    classes = build(folder)
    (folder / "archive.toml").write_text(ARCHIVE)
    rules = read_rules(folder / "archive.toml")
    looks = []
    for name in sorted(classes):
        path = folder / name
        found = find_metadata(path, rules=rules)
        look, _ = look_at(path, uri=name, found=found, rule=rules.of(path), detect=hears_german)
        looks.append(look)
    told = settle(looks)
    return {name: (classes[name], told[name]) for name in classes}


def test_two_hundred_files_end_in_their_class(settled, capsys):
    right = Counter(kind for kind, told in settled.values() if told.verdict.call_class == kind)
    wrong = {name: (told.verdict.call_class.value, told.verdict.why) for name, (kind, told) in settled.items()
             if told.verdict.call_class != kind}  # fmt: skip
    with capsys.disabled():
        told = Counter(told.verdict.call_class.value for _, told in settled.values())
        print(f"\n{sum(right.values())} of {len(settled)} files in their class: {dict(sorted(told.items()))}")
    assert len(settled) == 200
    assert set(right) == {c.value for c in CallClass}
    assert min(right.values()) >= 0.7 * N_EACH, wrong
    assert sum(right.values()) >= 0.95 * len(settled), wrong


SPOKEN = "R 0-5 hello there | C 6-16 yes hello | R 17-40 one two three"


def seconds(n: float) -> np.ndarray:
    return np.arange(round(n * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def tone(hz: float, n: float, *, quiet_before_s: float = 0.0, quiet_after_s: float = 1.0) -> np.ndarray:
    sound = 0.3 * np.sin(2 * np.pi * hz * seconds(n))
    before, after = (np.zeros(round(s * SAMPLE_RATE_HZ)) for s in (quiet_before_s, quiet_after_s))
    return np.concatenate([before, sound, after]).astype(np.float32)[None]


def told(transcript, **given) -> CallClass:
    return class_of(transcript, **given).call_class


@pytest.mark.parametrize("hz", [440.0, 1000.0, 1400.0, 2100.0])
def test_a_tone_is_heard_with_its_time_and_frequency(hz):
    (heard,) = listen_to([tone(hz, 0.5, quiet_before_s=2.0)]).tones
    assert heard.hz == pytest.approx(hz, abs=16)
    assert heard.start_s == pytest.approx(2.0, abs=0.07)
    assert heard.duration_s == pytest.approx(0.5, abs=0.1)


def test_blocks_of_any_length_sound_the_same():
    whole = np.concatenate([tone(1000.0, 0.5), tone(1400.0, 0.7)], axis=1)
    once = listen_to([whole])
    pieces = listen_to(np.array_split(whole, 7, axis=1))
    assert once.tones == pieces.tones
    assert once.loud_s == pieces.loud_s
    assert listen_to([]).tones == ()


def test_a_beep_makes_a_voicemail_only_when_one_side_speaks_after_it():
    beep = listen_to([tone(1000.0, 0.5, quiet_before_s=16.2, quiet_after_s=20.0)])
    assert told(call("C 0-16 I am out this week | R 18-40 one two"), sound=beep) is CallClass.VOICEMAIL
    assert told(call(f"{SPOKEN} | C 41-50 three four"), sound=beep) is not CallClass.VOICEMAIL
    assert told(call("C 0-16 I am out this week"), sound=beep) is not CallClass.VOICEMAIL


def test_a_greeting_makes_a_voicemail_only_when_nobody_answers():
    greeting = "C 0-8 I can't take your call please leave a message after the tone"
    assert told(call(f"{greeting} | R 9-20 this is Dana please call me")) is CallClass.VOICEMAIL
    both = f"{greeting} | R 9-20 this is Dana from Firm calling about the order | C 21-40 oh hello Dana I am here now sorry about that thing"
    assert told(call(both)) is not CallClass.VOICEMAIL


def test_a_disposition_counts_whatever_is_heard():
    assert told(call(SPOKEN), found=Found(disposition="Left Voicemail")) is CallClass.VOICEMAIL
    assert told(call(SPOKEN), found=Found(disposition="Interested")) is not CallClass.VOICEMAIL


@pytest.mark.parametrize("samples", [np.tile(tone(1100.0, 0.5, quiet_after_s=3.0), 3), tone(2100.0, 3.0)])
def test_a_fax_is_a_machine(samples):
    silent = replace(call("R 0-1 x"), speech={"R": ()}, turns=())
    assert told(silent, sound=listen_to([samples])) is CallClass.MACHINE


def test_silence_is_no_machine():
    silent = replace(call("R 0-1 x"), speech={"R": ()}, turns=())
    assert told(silent, sound=listen_to([np.zeros((1, 400_000), np.float32)])) is CallClass.NO_SHOW


def test_two_of_three_windows_must_be_sure_of_another_language():
    talk = replace(
        call(" | ".join(f"{'RC'[n % 2]} {n * 5}-{n * 5 + 5} one" for n in range(40))), language=None
    )
    assert len(windows_to_hear(talk)) == 3

    def heard(*probabilities: float):
        votes = iter([{"de": p, "en": 1 - p} for p in probabilities])
        return told(talk, listen=lambda _window: next(votes))

    assert heard(0.9, 0.85, 0.1) is CallClass.OTHER_LANGUAGE
    assert heard(0.9, 0.79, 0.1) is not CallClass.OTHER_LANGUAGE
    assert heard(0.1, 0.1, 0.9) is not CallClass.OTHER_LANGUAGE


def test_a_declared_language_is_believed_before_any_detector():
    german = Found(metadata=replace(Found().metadata, language="de-AT"))
    assert told(call(SPOKEN), found=german) is CallClass.OTHER_LANGUAGE
    english = Found(metadata=replace(Found().metadata, language="en-GB"))
    assert told(call(SPOKEN), found=english, listen=lambda _: {"de": 1.0}) is not CallClass.OTHER_LANGUAGE


def test_a_transcript_without_times_is_classed_by_its_words():
    line = "word " * 30
    script = " | ".join(f"{'RC'[n % 2]} {line}" for n in range(20))
    text = call(f"R hello there | C hi | {script} | R thanks bye")
    assert not text.can(Capability.ENDS)
    assert told(text) is CallClass.CONNECTED
    assert told(call(f"R hello | C hi there {line} | R thanks bye")) is CallClass.SHORT
    assert told(call("R hello hello | C yes | R thanks bye")) is CallClass.NO_SHOW


def test_one_pattern_shifted_is_the_same_and_another_is_not():
    rng = np.random.default_rng(1)
    edges = np.cumsum(rng.uniform(0.5, 6.0, 120))
    pattern = tuple(Interval(float(a), float(b)) for a, b in zip(edges[::2], edges[1::2], strict=True))
    shifted = tuple(Interval(i.start_s + 17.3, i.end_s + 17.3) for i in pattern)
    far = tuple(Interval(i.start_s + 200, i.end_s + 200) for i in pattern)
    others = np.cumsum(rng.uniform(0.5, 6.0, 120))
    another = tuple(Interval(float(a), float(b)) for a, b in zip(others[::2], others[1::2], strict=True))
    assert same_pattern(pattern, shifted)
    assert same_pattern(shifted, pattern)
    assert not same_pattern(pattern, another)
    assert not same_pattern(pattern, far)


def test_equal_sounds_have_one_print_through_noise_and_level():
    rng = np.random.default_rng(2)

    def voice() -> np.ndarray:
        steps = np.repeat(rng.uniform(0, 1, (48, 60)), 4000, axis=0)[: 12 * SAMPLE_RATE_HZ]
        hz = rng.uniform(300, 3800, 60)
        return (steps * np.sin(2 * np.pi * hz * seconds(12)[:, None])).sum(axis=1).astype(np.float32)[
            None
        ] / 100

    one, other = voice(), voice()
    noisy = 0.4 * one + 0.002 * rng.standard_normal(one.shape).astype(np.float32)
    prints = [print_at(listen_to([sound]), 0.0, channel=0) for sound in (one, noisy, other)]
    assert same_print(prints[0], prints[1])
    assert not same_print(prints[0], prints[2])
    assert print_at(listen_to([one[:, :16000]]), 0.0, channel=0) is None


def test_a_recording_and_a_transcript_of_one_call_are_no_duplicates():
    verdict = class_of(call(SPOKEN))
    looks = [
        Look("a.wav", verdict, "1", source_id="T1", n_channels=2),
        Look("a.vtt", verdict, "2", source_id="T1", is_recording=False),
        Look("b.wav", verdict, "3", source_id="T1"),
    ]
    told = settle(looks)
    assert told["a.wav"].master is None
    assert told["a.vtt"].master is None
    assert (told["b.wav"].verdict.call_class, told["b.wav"].master) == (CallClass.DUPLICATE, "a.wav")
