"""Made-up calls to a help desk, put together from own lines: the other half of what roles are learnt from.

The lines of ``service_desk.txt`` say what people who answer such calls say, and those who ring. A call
draws from them in the order of its stages::

    open    C A        who answers, why they ring
    ask     A C A C    details asked for and given
    work    A C A A    checking, explaining, what happens next
    close   C A
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

LINES = Path(__file__).with_name("service_desk.txt")
STAGES = ("open", "ask", "work", "close")
_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_DIGITS = ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TOKENS = [
    "yeah",
    "okay",
    "right",
    "mm",
    "mm hm",
    "yes",
    "oh right",
    "lovely",
    "thank you",
    "hello",
    "no",
    "er",
    "pardon",
    "oh",
    "yep",
    "all right",
    "yes please",
]
_FILLERS = ("um", "uh", "er", "erm", "well", "you know", "i mean")
_FILLED = {"A": 0.15, "C": 0.35}  # callers hesitate more than people who answer all day


@cache
def lines() -> dict[tuple[str, str], tuple[str, ...]]:
    """Lines by stage and side ("A" answers, "C" calls)."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in LINES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            stage, side, text = line.split(" ", 2)
            found[stage, side].append(text)
    return {key: tuple(texts) for key, texts in found.items()}


def spoken(rng: random.Random, text: str) -> str:
    """One way to say a line: choices made from the inside out, digits as words."""
    while match := _CHOICE.search(text):
        text = text[: match.start()] + rng.choice(match[1].split("|")) + text[match.end() :]
    return " ".join(rng.choice(_DIGITS) if piece == "{n}" else piece for piece in text.split())


def service_call(rng: random.Random) -> list[tuple[str, str]]:
    """A call as (side, words) of its turns, "rep" for who answers; words bare, some turns in pieces."""
    turns: list[tuple[str, str]] = []
    for stage in STAGES:
        known = {side: lines()[stage, side] for side in "AC"}
        n = {"open": 2, "ask": rng.randint(2, 9), "work": rng.randint(2, 10), "close": rng.randint(1, 4)}[
            stage
        ]
        side = rng.choice("AC")
        for _ in range(n):
            n_said = 1 + (rng.random() < 0.3) + (rng.random() < 0.1)
            said = [_hesitant(rng, spoken(rng, rng.choice(known[side])), side) for _ in range(n_said)]
            if rng.random() < 0.25:
                said = [rng.choice(_TOKENS)]
            turns.append(("rep" if side == "A" else "customer", " ".join(said)))
            side = {"A": "C", "C": "A"}[side] if rng.random() < 0.85 else side
    return turns


def _hesitant(rng: random.Random, text: str, side: str) -> str:
    words = text.split()
    if words and rng.random() < _FILLED[side]:
        at = rng.randrange(len(words))
        again = [words[at]] if rng.random() < 0.3 else []
        words[at:at] = [*again, rng.choice(_FILLERS)]
    return " ".join(words)
