"""Times as text."""

from __future__ import annotations

import re

_TIME = re.compile(r"(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2})\.(\d{1,3})\Z")


def time_s(text: str) -> float | None:
    """Seconds of ``hh:mm:ss.mmm`` or ``mm:ss.mmm``; None where it is neither.

    >>> time_s("01:02:03.450"), time_s("02:03.4"), time_s("soon")
    (3723.45, 123.4, None)
    """
    match = _TIME.match(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole_s = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return (whole_s * 1000 + int(fraction.ljust(3, "0"))) / 1000


def clock_s(text: str) -> float:
    """Seconds of ``1:02:03`` or ``2:03``.

    >>> clock_s("1:02:03"), clock_s("0:16")
    (3723.0, 16.0)
    """
    total = 0.0
    for part in text.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
