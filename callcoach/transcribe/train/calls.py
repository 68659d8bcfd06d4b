"""Calls that nobody wrote, with known timing: what voice activity is calibrated on.

Their sentences come from a small grammar and are none of the bundled calls', so that nothing that
is tuned here is later measured on what it was tuned on::

    channel 0  |turn        |      |turn   |.3 s|more     |            overlap before a reply's end
    channel 1      |yes|    |.2 s|turn|               |turn    |       back-channel inside a turn
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from callcoach.transcribe.train.render import Truth, render
from callcoach.transcribe.train.script import Line, Script, Speaker

VOICES: tuple[tuple[str, str], ...] = tuple(
    (voice, variant)
    for voice in ("gmw/en", "gmw/en-US", "gmw/en-GB-scotland", "gmw/en-GB-x-rp")
    for variant in ("m1", "m2", "m3", "m4", "m5", "m6", "f1", "f2", "f3", "f4", "f5")
)
_BACK_CHANNELS = ("Right.", "Okay.", "Yes.", "I see.", "Uh huh.", "Sure.", "Yeah.")
_SHORT = ("No.", "Maybe.", "I think so.", "Not yet, no.", "Since last spring.", "Three, or four.")
_WHO = "my team|the warehouse|our driver|somebody upstairs|the new manager|everyone|nobody|the bank"
_DOES = "checks|forgets|prints|loses|copies|orders|sends back|counts|wants|repairs|paints|borrows"
_WHAT = "the boxes|an invoice|every label|the spare keys|two windows|the blue folder|a ladder|bread"
_WHEN = "on Fridays|before lunch|at the end of June|twice a month|when it rains|after the holidays"
_LINK = "and|but|so|because|although|unless"
_LEAD = "Well,|Um,|You know,|To be fair,|Last time,|Honestly,"
_WORDS_PER_S = 3.0  # near enough to know when a call is long enough
_LONG_PAUSE_P, _OVERLAP_P, _SHORT_P, _GO_ON_P, _BACK_CHANNEL_P = 0.05, 0.2, 0.12, 0.15, 0.6
_ROOM = 12  # words that must follow a back-channel, so that it is over before the reply


def random_call(
    seed: int, *, minutes: float, voices: Sequence[tuple[str, str]] | None = None
) -> tuple[np.ndarray, Truth]:
    """A two-channel call of a rep and a customer, the same for the same arguments.

    It holds overlaps, back-channels, long pauses, one-word answers and turns of one to five
    sentences. Who talks more, who opens and which side is left change with the seed.

    Parameters
    ----------
    minutes : float
        Length aimed at; it comes out within about a fifth of that.
    voices : sequence of (voice, variant), optional
        To draw the two from, without repetition; `VOICES` unless given.

    Returns
    -------
    samples : ndarray of float32, shape (2, n_samples)
        At 16 kHz.
    truth : Truth
        Times of all words and the speech of both sides.
    """
    return render(random_script(seed, minutes=minutes, voices=voices))


def random_script(seed: int, *, minutes: float, voices: Sequence[tuple[str, str]] | None = None) -> Script:
    """The script behind `random_call`, before anything is spoken."""
    rng = random.Random(seed)
    first, second = rng.sample(list(voices or VOICES), 2)
    left = rng.randrange(2)
    speakers = (
        _speaker(rng, "rep", "REP", left, first),
        _speaker(rng, "customer", "CUSTOMER", 1 - left, second),
    )
    eagerness = {"rep": rng.uniform(0.2, 0.8)}
    eagerness["customer"] = 1 - eagerness["rep"]
    lines: list[Line] = []
    who, overlapped, spent_s = rng.choice(list(eagerness)), True, 0.0
    while spent_s < minutes * 60:
        text = _turn(rng, eagerness[who])
        n_words = len(text.split())
        gap_s = _gap_s(rng, may_overlap=not overlapped and n_words >= 8)
        overlapped = gap_s < 0
        lines.append(Line(who, text, gap_s=gap_s))
        spent_s += gap_s + n_words / _WORDS_PER_S
        other = "customer" if who == "rep" else "rep"
        if n_words > 2 * _ROOM and rng.random() < _BACK_CHANNEL_P:
            at_word = rng.randint(_ROOM, n_words - _ROOM)
            lines.append(Line(other, rng.choice(_BACK_CHANNELS), at_word=at_word))
        if rng.random() >= _GO_ON_P:
            who = other
        else:
            overlapped = True  # nobody overlaps themselves
    return Script(f"random-{seed}", {"left": "rep" if left == 0 else "customer"}, speakers, tuple(lines))


def _speaker(rng: random.Random, label: str, role: str, channel: int, voice) -> Speaker:
    return Speaker(
        label=label,
        name=label.capitalize(),
        role=role,
        channel=channel,
        voice=voice[0],
        variant=voice[1],
        rate_wpm=rng.randint(135, 175),
        pitch=rng.randint(35, 60),
    )


def _turn(rng: random.Random, eagerness: float) -> str:
    if rng.random() < _SHORT_P:
        return rng.choice(_SHORT)
    n_sentences = 1 + sum(rng.random() < eagerness for _ in range(4))
    return " ".join(_sentence(rng) for _ in range(n_sentences))


def _sentence(rng: random.Random) -> str:
    def pick(choices: str) -> str:
        return rng.choice(choices.split("|"))

    parts = [pick(_WHO), pick(_DOES), pick(_WHAT)]
    if rng.random() < 0.6:
        parts.append(pick(_WHEN))
    if rng.random() < 0.4:
        parts[-1] += ","
        parts += [pick(_LINK), pick(_WHO), pick(_DOES), pick(_WHAT)]
    text = " ".join(parts)
    if rng.random() < 0.3:
        text = f"{pick(_LEAD)} {text}"
    return text[0].upper() + text[1:] + rng.choice("...?")


def _gap_s(rng: random.Random, *, may_overlap: bool) -> float:
    if may_overlap and rng.random() < _OVERLAP_P:
        return -rng.uniform(0.15, 1.0)
    if rng.random() < _LONG_PAUSE_P:
        return rng.uniform(3.0, 6.0)
    return rng.uniform(0.1, 1.2)
