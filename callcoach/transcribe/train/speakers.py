"""Who speaks in the demo model's training: voices of espeak-ng, drawn at random."""

import random
from functools import cache

from callcoach.transcribe.train import espeak

_NEAR = [  # voices like those of the fixtures
    (voice, variant)
    for voice in ("gmw/en", "gmw/en-US", "gmw/en-US", "gmw/en-GB-scotland")
    for variant in ("m1", "m3", "m6", "f1", "f2", "f3", "f4")
]
_VARIANTS = ["", *(f"m{i}" for i in range(1, 9)), *(f"f{i}" for i in range(1, 6))]
_VARIANTS += ["Andy", "Annie", "Alicia", "Michael", "linda", "edward", "steph", "john"]


@cache
def english_voices() -> tuple[str, ...]:
    """:func:`espeak.voices`, asked once."""
    return tuple(espeak.voices())


def fixture_like_speaker(rng: random.Random) -> dict:
    """Keyword arguments of :func:`espeak.speak` for a voice like those of the fixtures."""
    voice, variant = rng.choice(_NEAR)
    return {
        "voice": voice,
        "variant": variant,
        "rate_wpm": rng.randint(142, 182),
        "pitch": rng.randint(28, 62),
    }


def random_speaker(rng: random.Random) -> dict:
    """The same for any English voice; half of them are like the fixtures'."""
    speaker = fixture_like_speaker(rng)
    if rng.random() < 0.5:
        speaker |= {
            "voice": rng.choice(english_voices()),
            "variant": rng.choice(_VARIANTS),
            "rate_wpm": rng.randint(135, 210),
            "pitch": rng.randint(15, 80),
        }
    pitch_range, word_gap = rng.choice((50, 50, rng.randint(20, 80))), rng.choice((0, 0, 0, 0, 1, 2))
    return speaker | {"pitch_range": pitch_range, "word_gap": word_gap}
