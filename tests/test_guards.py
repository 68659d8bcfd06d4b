"""Words that nobody said are cut by rule; doubtful ones stay and are counted."""

from __future__ import annotations

import numpy as np
import pytest
from test_recording import fake, write_wav

from callcoach.core import Interval, Word
from callcoach.transcribe.guards import Cut, believable, is_silence
from callcoach.transcribe.recogniser import Said
from callcoach.transcribe.recording import transcribe_recording

RATE_HZ = 16000
CALL = (Interval(0.0, 600.0),)


def spoken(text: str, *, from_s: float = 1.0, each_s: float = 0.3, pause_s: float = 0.0, p: float = 0.9):
    """Words of a text, one after the other."""
    step_s = each_s + pause_s
    return [
        Word(word, Interval(round(from_s + i * step_s, 3), round(from_s + i * step_s + each_s, 3)), p)
        for i, word in enumerate(text.split())
    ]


def texts(words) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    "said",
    [
        "so that is what we do on Mondays",
        "no no no no no that is not it",
        "very very good",
        "Yes. Yes. Yes.",
        "I don't know, I don't know, I don't know what to say",
        "had had had a look",
        "one two three one two three",
        "thank you very much",
        "thank you for watching the demo with us today",
    ],
)
def test_what_people_say_stays(said):
    kept, cut = believable(spoken(said), CALL)
    assert texts(kept) == said
    assert cut == Cut()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("so no no no no no no no no", "so no"),
        ("we go " + "you know " * 6, "we go you know"),
        ("I think I think I think I think I think so", "I think so"),
        ("and it is fine it is fine it is fine it is fine", "and it is fine"),
        ("thank you for the call " * 3 + "thank you", "thank you for the call"),
        ("Thank you for the CALL. " * 20, "Thank you for the CALL."),
    ],
)
def test_a_phrase_that_follows_upon_itself_too_often_stands_once(said, kept):
    words, cut = believable(spoken(said), CALL)
    assert texts(words) == kept
    assert cut.loops == len(said.split()) - len(kept.split())


def test_a_listener_who_says_yeah_again_and_again_is_no_loop():
    kept, cut = believable(spoken("yeah " * 12, pause_s=4.0), CALL)
    assert len(kept) == 12
    assert cut.loops == 0


def test_a_phrase_written_twice_in_the_time_of_one_stands_once():
    # have a good day. have a good day.      the second copy has no time of its own
    times = [(1.0, 1.2), (1.2, 1.3), (1.3, 1.3), (1.3, 1.3), (1.3, 1.3), (1.3, 1.3), (1.3, 1.5), (1.5, 1.8)]
    words = [
        Word(text, Interval(*span), 0.9)
        for text, span in zip(["have", "a", "good", "day.", "have", "a", "good", "day."], times, strict=True)
    ]
    kept, cut = believable(words, CALL)
    assert texts(kept) == "have a good day."
    assert kept[-1].interval == Interval(1.3, 1.8)
    assert cut.loops == 4


def test_unlikely_words_faster_than_anybody_speaks_are_cut():
    burst = "and then we also have the other one"
    assert believable(spoken(burst, each_s=0.02, p=0.3), CALL)[0] == []
    assert len(believable(spoken(burst, each_s=0.02, p=0.9), CALL)[0]) == 8
    assert len(believable(spoken(burst, each_s=0.2, p=0.3), CALL)[0]) == 8


@pytest.mark.parametrize(
    ("said", "p", "each_s"),
    [
        ("Thanks for watching!", 0.5, 0.3),
        ("Thank you so much for watching.", 0.95, 0.05),
        ("Please subscribe to my channel.", 0.4, 0.3),
        ("Subtitles by the Amara.org community", 0.99, 0.4),
        ("Untertitel der Amara.org-Community", 0.99, 0.4),
        ("I'll see you in the next video.", 0.6, 0.3),
    ],
)
def test_the_end_of_a_video_is_cut(said, p, each_s):
    around = spoken("so that is it.", from_s=1) + spoken(said, from_s=5, each_s=each_s, p=p)
    kept, cut = believable(around + spoken("well then", from_s=20), CALL)
    assert texts(kept) == "so that is it. well then"
    assert cut.stock == len(said.split())


def test_names_recited_in_the_order_of_the_vocabulary_are_cut():
    names = ("Acme Flow", "Zoltan", "Priya Rao", "Northwind")
    recited = spoken("so Acme Flow, Zoltan, Priya Rao, Northwind. right")
    kept, cut = believable(recited, CALL, vocabulary=names)
    assert texts(kept) == "so right"
    assert cut.recited == 6
    used = "Zoltan and Priya Rao use Acme Flow at Northwind"
    assert texts(believable(spoken(used), CALL, vocabulary=names)[0]) == used


def test_words_without_speech_under_them_are_cut_and_others_drawn_in_to_it():
    # speech  |1------2|           |5-6|
    # words  |so|  |it|   |like|     |and|
    speech = (Interval(1.0, 2.0), Interval(5.0, 6.0))
    words = [
        Word("so", Interval(0.8, 1.3), 0.9),
        Word("it", Interval(1.6, 2.2), 0.9),
        Word("like", Interval(3.0, 3.4), 0.9),
        Word("and", Interval(5.2, 5.6), 0.9),
        Word("oh", Interval(6.05, 6.05), 0.9),
    ]
    kept, cut = believable(words, speech)
    assert [(w.text, w.interval.start_s, w.interval.end_s) for w in kept] == [
        ("so", 1.0, 1.3),
        ("it", 1.6, 2.0),
        ("and", 5.2, 5.6),
        ("oh", 6.05, 6.05),
    ]
    assert cut.no_speech == 1
    assert believable(words, ())[0] == []


def test_hopeless_words_stay_with_their_probability_and_are_counted():
    words = spoken("we call it", p=0.9) + spoken("zorbeflax", from_s=4, p=0.1)
    kept, cut = believable(words, CALL)
    assert kept == words
    assert cut == Cut(hopeless=1)
    assert cut.notes(4) == (
        "1 of 4 words was hardly recognised (probability under 0.25) and stand as heard.",
    )


def test_words_without_probability_are_believed():
    words = [Word("fine", Interval(1, 2))]
    assert believable(words, CALL) == (words, Cut())


@pytest.mark.parametrize(
    ("no_speech", "log_probability", "silent"),
    [(0.9, -1.5, True), (0.9, -0.3, False), (0.2, -1.5, False), (None, None, False)],
)
def test_a_window_is_silent_when_the_model_says_so_and_doubts_its_words(no_speech, log_probability, silent):
    assert is_silence(Said((), no_speech, log_probability)) is silent


def test_counts_add_and_become_sentences():
    assert Cut(no_speech=1, loops=2) + Cut(loops=1, stock=3) == Cut(no_speech=1, loops=3, stock=3)
    notes = Cut(no_speech=1, loops=2).notes(10)
    assert notes == (
        "1 word where nobody spoke was left out.",
        "2 words that only repeated others were left out.",
    )


def seconds(n: float) -> np.ndarray:
    return np.arange(round(n * RATE_HZ)) / RATE_HZ


def tones(n: float, *pitches_hz: float, on_s: float, every_s: float) -> np.ndarray:
    t = seconds(n)
    return sum(0.15 * np.sin(2 * np.pi * f * t) for f in pitches_hz) * (t % every_s < on_s)


def music(n: float) -> np.ndarray:
    """Decaying chords of four voices with harmonics, as hold music has them."""
    rng = np.random.default_rng(1)
    sound, at = np.zeros(round(n * RATE_HZ)), 0
    while at < len(sound):
        t = seconds(rng.choice([0.25, 0.5, 1.0]))
        root_hz = 220 * 2 ** (rng.choice([0, 2, 4, 5, 7, 9, 11]) / 12)
        chord = sum(
            np.sin(2 * np.pi * root_hz * step * h * t) * 0.05 / h
            for step in (1, 1.26, 1.5, 2)
            for h in (1, 2, 3)
        )
        end = min(len(sound), at + len(t))
        sound[at:end] += (chord * np.exp(-2 * t))[: end - at]
        at += len(t)
    return sound


def dtmf(n: float) -> np.ndarray:
    rng = np.random.default_rng(2)
    sound = np.zeros(round(n * RATE_HZ))
    for i in range(int(2 * n)):
        t = seconds(0.2)
        low_hz, high_hz = rng.choice([697, 770, 852, 941]), rng.choice([1209, 1336, 1477])
        sound[i * RATE_HZ // 2 :][: len(t)] = 0.2 * np.sin(2 * np.pi * low_hz * t) + 0.2 * np.sin(
            2 * np.pi * high_hz * t
        )
    return sound


def fax(n: float) -> np.ndarray:
    """Calling tones, then frequency-shift keying at 300 baud and phase shifts at 2400."""
    rng, t = np.random.default_rng(3), seconds(n)
    bits = np.repeat(rng.integers(0, 2, int(n * 300) + 1), RATE_HZ // 300 + 1)[: len(t)]
    keyed = 0.2 * np.sin(np.cumsum(2 * np.pi * np.where(bits, 1650, 1850) / RATE_HZ))
    phases = np.repeat(rng.integers(0, 8, int(n * 2400) + 1) * np.pi / 4, RATE_HZ // 2400 + 1)[: len(t)]
    page = 0.2 * np.sin(2 * np.pi * 1700 * t + phases)
    return np.where(t % 7 < 0.5, 0.2 * np.sin(2 * np.pi * 1100 * t), np.where(t % 7 < 3, keyed, page))


def noise(n: float) -> np.ndarray:
    return 0.1 * np.random.default_rng(4).standard_normal(round(n * RATE_HZ))


SOUNDS = {
    "silence": np.zeros(60 * RATE_HZ),
    "hold tone": tones(60, 440, on_s=1.0, every_s=5.0),
    "ringing": tones(60, 440, 480, on_s=2.0, every_s=6.0),
    "busy": tones(60, 480, 620, on_s=0.5, every_s=1.0),
    "dial tones": dtmf(60),
    "fax": fax(60),
    "music": music(60),
    "noise": noise(60),
}


@pytest.mark.parametrize("n_channels", [1, 2])
@pytest.mark.parametrize("name", SOUNDS)
def test_what_is_no_speech_has_no_words_whatever_the_recogniser_would_invent(name, n_channels, tmp_path):
    sound = SOUNDS[name]
    quiet = 0.001 * np.random.default_rng(5).standard_normal(len(sound))
    path = write_wav(tmp_path / "a.wav", np.stack([sound, quiet][:n_channels]))
    transcript, _ = transcribe_recording(path, recogniser=fake(), language="en")
    assert transcript.turns == ()
    assert "No speech was heard." in transcript.provenance.notes


def test_forty_minutes_of_noise_have_no_words(tmp_path):
    path = write_wav(tmp_path / "a.wav", np.tile(noise(60), 40)[None])
    transcript, _ = transcribe_recording(path, recogniser=fake(), language="en")
    assert transcript.duration_s == 2400.0
    assert transcript.turns == ()
