"""Taking values out of other programs' JSON: what is there, or an error that says what must be.

An absent key and ``null`` are the same. No message ever holds a value: it may be said by a customer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from callcoach.core.errors import BadTranscript
from callcoach.transcribe.formats.words import clean

Json = object
MAX_LABEL = 300  # characters of a speaker's name or id
_DURATION = re.compile(r"(?i)PT(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:\.\d{1,12})?)S)?\Z")


def kind(value: Json) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "nothing"
    for type_, name in ((bool, "true or false"), (str, "text"), (dict, "an object"), (list, "a list")):
        if isinstance(value, type_):
            return name
    return "a number"


def damaged(where: str, must: str, value: Json) -> BadTranscript:
    """The error for one value that cannot be what it should."""
    return BadTranscript(f"{where} must be {must}; found {kind(value)}: export the transcript again")


def entry(value: Json, where: str) -> dict:
    """An object; an empty one where there is none."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise damaged(where, "an object", value)
    return value


def entries(value: Json, where: str) -> list[dict]:
    """A list of objects; an empty one where there is none."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise damaged(where, "a list of objects", value)
    for item in value:
        if not isinstance(item, dict):
            raise damaged(f"each of {where}", "an object", item)
    return value


def first(value: Json, where: str) -> dict:
    """The first object of a list, which is the best alternative everywhere."""
    found = entries(value, where)
    return found[0] if found else {}


def words_of(value: Json, where: str) -> str:
    """Text; empty where there is none. A bare number counts as its digits."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value) if abs(value) < 1e15 else ""
    raise damaged(where, "text", value)


def label_of(value: Json, where: str) -> str | None:
    """What a file calls a speaker: text or a number; None where it does not say."""
    text = " ".join(clean(words_of(value, where)).split())
    if len(text) > MAX_LABEL:
        raise BadTranscript(
            f"{where} must be a name of at most {MAX_LABEL} characters; found {len(text)}: export the transcript again"
        )
    return text or None


def seconds(value: Json, where: str, *, per_s: float = 1.0) -> float | None:
    """A time in seconds, from a number or its digits in `per_s` parts of a second; None where there is none.

    An impossible time comes back as infinity, for `passages` to judge how many there are.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise damaged(where, "a number", value)
    if isinstance(value, str) and len(value) > 40:
        raise damaged(where, "a number", value)
    try:
        number = float(value)
    except OverflowError:
        return math.inf
    except ValueError:
        raise damaged(where, "a number", value) from None
    return number / per_s if math.isfinite(number) else math.inf


def whole(value: Json) -> int | None:
    """A small number of something, such as a channel, from a number or its digits; else None."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 6:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 100_000:
        return None
    return int(value)


def ended(start_s: float | None, length_s: float | None) -> float | None:
    """The end of something of some length, to the microsecond, which is finer than any clock here."""
    return None if start_s is None or length_s is None else round(start_s + length_s, 6)


def duration(value: Json, where: str) -> float | None:
    """Seconds written as ``"1.300s"``, as ``"PT1M2.5S"``, or as ``{"seconds": "1", "nanos": 300000000}``."""
    if value is None:
        return None
    if isinstance(value, dict):
        whole = seconds(value.get("seconds"), f"{where}.seconds") or 0.0
        nanos = seconds(value.get("nanos"), f"{where}.nanos", per_s=1e9) or 0.0
        return whole + nanos
    if isinstance(value, str):
        match = _DURATION.match(value)
        if match and any(match.groups()):
            hours, minutes, rest = (float(part or 0) for part in match.groups())
            return 3600.0 * hours + 60.0 * minutes + rest
        return seconds(value.strip().removesuffix("s"), where)
    return seconds(value, where)


def probability(value: Json) -> float | None:
    """A confidence, 0 to 1, from a number or its digits; None for anything else."""
    if isinstance(value, str):
        if len(value) > 40:
            return None
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        return None
    return float(value)


_LOOK_AT = 25  # entries of a list that are looked into for a key


def holds(value: Json, path: str) -> bool:
    """Whether a JSON value has something at a path such as ``"results.channels[].alternatives[]"``.

    ``[]`` stands for a list with an entry that has the rest; ``""`` for the value itself, ``"[]"``
    for a value that is a list. A key whose value is ``null`` is not there.
    """
    return any(True for _ in _at(value, _steps(path)))


def reach(value: Json, path: str) -> float:
    """How much of a path a JSON value has, 0 to 1."""
    steps = _steps(path)
    found = next((n for n in range(len(steps), 0, -1) if any(True for _ in _at(value, steps[:n]))), 0)
    return found / max(1, len(steps))


def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in path.replace("[]", ".[]").split(".") if step)


def _at(value: Json, steps: tuple[str, ...]) -> Iterator[Json]:
    if not steps:
        if value is not None:
            yield value
        return
    if steps[0] == "[]":
        if isinstance(value, list):
            if not value and len(steps) == 1:
                yield value
            for item in value[:_LOOK_AT]:
                yield from _at(item, steps[1:])
    elif isinstance(value, dict):
        yield from _at(value.get(steps[0]), steps[1:])
