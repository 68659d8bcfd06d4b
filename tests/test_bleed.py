"""Two channels tell two people apart although each hears the other, or say that they cannot.

Heard on the bundled recordings, whose true times are known; nothing was tuned on them.
"""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
from conftest import FIXTURES

from callcoach.core import Interval, Intervals, intersection, support, total_s
from callcoach.core.floor import TURN_GAP_S
from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.bleed import Levels, fit_gap
from callcoach.transcribe.silero import SpeechDetector
from callcoach.transcribe.speech import Hearing, activity, hear, judge

NAMES = sorted(path.name.removesuffix(".opus") for path in FIXTURES.glob("*.opus"))
TWO = NAMES[:2]
RATE_HZ = 16000


@cache
def samples_of(name: str) -> np.ndarray:
    return np.concatenate(list(open_audio(FIXTURES / f"{name}.opus").blocks()), axis=1)


@cache
def truth_of(name: str) -> tuple[Intervals, Intervals]:
    """True speech of the left and the right channel."""
    document = json.loads((FIXTURES / f"{name}.truth.json").read_text("utf-8"))
    return tuple(
        support(
            Interval(*pair)
            for speaker in document["speakers"]
            if speaker["channel"] == channel
            for pair in document["speech"][speaker["label"]]
        )
        for channel in (0, 1)
    )


def heard(samples: np.ndarray) -> Hearing:
    levels = Levels(len(samples), sample_rate_hz=RATE_HZ)
    levels.feed(samples)
    powers = levels.finish()
    active = []
    for channel, row in zip(samples, powers, strict=True):
        detector = SpeechDetector()
        detector.feed(channel)
        active.append(activity(detector.finish(), row))
    return judge(np.stack(active), powers, samples.shape[1] / RATE_HZ)


def bled(
    samples: np.ndarray, *, bleed_db: float, apart_db: float = 0.0, level_first: bool = False
) -> np.ndarray:
    """Each channel with the other in it; the right one quieter, before or after that."""
    gain, quiet = 10 ** (bleed_db / 20), np.array([[1.0], [10 ** (-apart_db / 20)]])
    if level_first:
        samples = samples * quiet
    mixed = samples + gain * samples[::-1]
    return (mixed if level_first else mixed * quiet).astype(np.float32)


def share(speech: tuple[Intervals, ...]) -> float:
    left_s, right_s = map(total_s, speech)
    return left_s / (left_s + right_s)


def longest_run_s(speech: tuple[Intervals, ...]) -> float:
    """Longest speech of one side across pauses in which the other side is silent."""
    longest = 0.0
    for own, other in (speech, speech[::-1]):
        start_s = last = None
        for piece in own:
            alone = last is not None and not any(
                o.start_s < piece.start_s and o.end_s > last and o.duration_s > 1.0 for o in other
            )
            if last is None or piece.start_s - last >= TURN_GAP_S or not alone:
                start_s = piece.start_s
            last = piece.end_s
            longest = max(longest, last - start_s)
    return longest


@pytest.mark.parametrize("name", NAMES)
def test_clean_channels_give_talk_share_overlap_and_runs_as_they_were(name):
    hearing = hear(open_audio(FIXTURES / f"{name}.opus"))
    true = truth_of(name)
    assert hearing.verdict == "trust"
    assert hearing.separation_half_gap_db > 25
    assert hearing.notes == ()
    assert share(hearing.speech) == pytest.approx(share(true), abs=0.01)
    assert total_s(intersection(*hearing.speech)) == pytest.approx(total_s(intersection(*true)), abs=2.0)
    assert longest_run_s(hearing.speech) == pytest.approx(longest_run_s(true), abs=2.0)


@pytest.mark.parametrize("level_first", [False, True])
@pytest.mark.parametrize("name", TWO)
def test_bleed_at_20_db_with_channels_12_db_apart_moves_talk_share_by_less_than_4_points(name, level_first):
    hearing = heard(bled(samples_of(name), bleed_db=-20, apart_db=12, level_first=level_first))
    assert hearing.verdict == "trust"
    assert share(hearing.speech) == pytest.approx(share(truth_of(name)), abs=0.04)


@pytest.mark.parametrize("apart_db", [0.0, 12.0, -12.0])
@pytest.mark.parametrize("name", TWO)
def test_bleed_at_12_db_moves_talk_share_by_less_than_4_points_or_says_so(name, apart_db):
    hearing = heard(bled(samples_of(name), bleed_db=-12, apart_db=apart_db, level_first=True))
    assert hearing.verdict in ("warn", "mono") or share(hearing.speech) == pytest.approx(
        share(truth_of(name)), abs=0.04
    )


def test_bleed_at_6_db_warns():
    hearing = heard(bled(samples_of(TWO[0]), bleed_db=-6))
    assert hearing.verdict == "warn"
    assert 3 <= hearing.separation_half_gap_db < 8
    assert "who spoke at the same time is not told" in hearing.notes[0]


@pytest.mark.parametrize("apart_db", [0.0, 6.0, 12.0])
def test_one_mix_on_both_channels_is_mono_however_loud_each_is(apart_db):
    mix = samples_of(TWO[0]).sum(axis=0)
    hearing = heard(np.stack([mix, mix * 10 ** (-apart_db / 20)]).astype(np.float32))
    assert hearing.verdict == "mono"
    assert len(hearing.speech) == 1
    assert "treated as mono" in hearing.notes[0]


@pytest.mark.parametrize("noise", [0.0, 1e-3], ids=["digital silence", "line noise"])
def test_a_customer_who_never_speaks_is_not_mono(noise):
    samples = samples_of(TWO[0])[:, : 60 * RATE_HZ].copy()
    samples[1] = noise * np.random.default_rng(0).standard_normal(samples.shape[1])
    hearing = heard(samples)
    assert hearing.verdict == "trust"
    assert total_s(hearing.speech[0]) > 5
    assert hearing.speech[1] == ()
    assert hearing.notes == ("No speech was heard on: right.",)


def test_a_customer_who_never_speaks_is_not_mono_when_the_rep_bleeds_over():
    samples = samples_of(TWO[0])[:, : 60 * RATE_HZ].copy()
    samples[1] = 0.1 * samples[0] + 3e-4 * np.random.default_rng(0).standard_normal(samples.shape[1])
    hearing = heard(samples)
    assert hearing.verdict == "warn"
    assert hearing.speech[1] == ()
    assert "faint copy" in hearing.notes[0]


@pytest.mark.parametrize("bleed_db", [-90, -30, -20, -12])
def test_a_customer_who_speaks_for_seconds_only_is_heard(bleed_db):
    name = TWO[0]
    samples, said = samples_of(name).copy(), truth_of(name)[1][3]
    keep = np.zeros(samples.shape[1], bool)
    keep[round(said.start_s * RATE_HZ) : round(said.end_s * RATE_HZ)] = True
    samples[1] *= keep
    samples[1] += 1e-4 * np.random.default_rng(0).standard_normal(samples.shape[1])
    hearing = heard(bled(samples.astype(np.float32), bleed_db=bleed_db))
    assert hearing.verdict == "trust"
    assert total_s(hearing.speech[1]) == pytest.approx(said.duration_s, abs=0.5)


def test_three_people_on_three_channels_are_kept_apart():
    samples = samples_of(TWO[0])[:, : 90 * RATE_HZ]
    third = np.zeros(samples.shape[1], np.float32)
    third[40 * RATE_HZ : 50 * RATE_HZ] = samples_of(TWO[1])[1, 10 * RATE_HZ : 20 * RATE_HZ]
    hearing = heard(np.concatenate([samples, third[None]]))
    assert hearing.verdict == "trust"
    assert len(hearing.speech) == 3
    assert all(Interval(39, 51).overlaps(piece) for piece in hearing.speech[2])


def test_silence_on_both_channels_is_no_speech_and_no_complaint_about_channels():
    hearing = heard(np.zeros((2, 10 * RATE_HZ), np.float32))
    assert hearing.verdict == "trust"
    assert hearing.speech == ((), ())
    assert hearing.notes == ("No speech was heard.",)


@pytest.mark.parametrize(
    ("minor", "centre_db", "half_gap_db"), [(0.5, 5.0, 15.0), (0.1, 5.0, 15.0), (0.01, 5.0, 15.0)]
)
def test_the_gap_is_found_however_little_one_side_speaks(minor, centre_db, half_gap_db):
    rng = np.random.default_rng(0)
    n = round(20000 * minor)
    difference = np.concatenate([rng.normal(20, 5, 20000 - n), rng.normal(-10, 5, n)])
    gap = fit_gap(difference)
    assert gap.centre_db == pytest.approx(centre_db, abs=1.0)
    assert gap.half_gap_db == pytest.approx(half_gap_db, abs=1.0)


@pytest.mark.parametrize(
    ("half_gap_db", "verdict"), [(8.5, "trust"), (7.5, "warn"), (3.5, "warn"), (2.5, "mono")]
)
def test_the_half_gap_gives_the_verdict(half_gap_db, verdict):
    assert fit_gap(np.repeat([-half_gap_db, half_gap_db], 500)).verdict == verdict


def test_a_real_call_by_telephone_is_reported_against_its_energy_reference(shared_data, capsys):
    path = shared_data / "audio" / "lca_auto40_stereo_ulaw.wav"
    reference: dict[str, list[Interval]] = {"agent": [], "caller": []}
    for row in path.with_suffix(".rttm").read_text().splitlines():
        fields = row.split()
        start_s = float(fields[3])
        reference[fields[7]].append(Interval(start_s, start_s + float(fields[4])))
    hearing = hear(open_audio(path))
    off = 100 * (share(hearing.speech) - share((tuple(reference["agent"]), tuple(reference["caller"]))))
    with capsys.disabled():
        print(f"\nlca_auto40: talk share {off:+.2f} points from its energy reference")
    assert hearing.verdict == "trust"
    assert abs(off) <= 2.5
