"""Numbers and names as people read them, and words of calls as words."""

from __future__ import annotations

import html

NOTHING = "–"

CLASS_WORDS = {
    "connected": None,  # what one expects of a call needs no words
    "short": "short call",
    "no_show": "one side hardly spoke",
    "voicemail": "voicemail",
    "machine": "machine, no person",
    "internal": "internal",
    "other_language": "other language",
    "duplicate": "duplicate",
    "partial": "starts or ends in mid-conversation",
    "damaged": "damaged",
}
TYPE_WORDS = {
    "discovery": "Discovery",
    "demo": "Demo",
    "negotiation": "Negotiation",
    "renewal": "Renewal",
    "prospecting": "Prospecting",
    "any": "Type not known",
}
_SIDE_WORDS = {
    "REP": "our side",
    "CUSTOMER": "customer",
    "OTHER": "neither side",
    "UNKNOWN": "side not known",
}
_CHANNELS = {"left": "Left channel", "right": "Right channel", "everyone": "Everyone"}


def plain(text: object) -> str:
    """Text that is safe inside HTML, whatever it holds."""
    return html.escape(str(text), quote=True)


def clock(time_s: float | None) -> str:
    """A place in a call: ``02:05``, ``1:02:05``.

    Examples
    --------
    >>> clock(125.9), clock(3725), clock(None)
    ('02:05', '1:02:05', '–')
    """
    if time_s is None:
        return NOTHING
    minutes, seconds = divmod(int(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def length(time_s: float) -> str:
    """A length of time: ``0.8 s``, ``12 s``, ``2 min 5 s``, ``1 h 2 min``.

    Examples
    --------
    >>> length(0.84), length(12.4), length(125), length(120), length(3725)
    ('0.8 s', '12 s', '2 min 5 s', '2 min', '1 h 2 min')
    """
    if time_s < 10:
        return f"{time_s:.1f} s"
    minutes, seconds = divmod(round(time_s), 60)
    if not minutes:
        return f"{seconds} s"
    if minutes < 60:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def counted(n: int, one: str, many: str | None = None) -> str:
    """``1 question``, ``3 questions``."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def side_words(role: str) -> str:
    return _SIDE_WORDS.get(role, _SIDE_WORDS["UNKNOWN"])


def speaker_name(speaker: dict) -> str:
    """What a speaker of a document is called: the name, else the channel, else the source's label."""
    return speaker["name"] or _CHANNELS.get(speaker["label"], speaker["label"])


def score_words(score: float) -> str:
    """A score in words; the number stands beside it, never alone.

    Examples
    --------
    >>> [score_words(s) for s in (1.0, 0.7, 0.4, 0.1, 0.0)]
    ['fully met', 'mostly met', 'partly met', 'barely met', 'not met']
    """
    for limit, words in ((0.95, "fully met"), (0.6, "mostly met"), (0.3, "partly met")):
        if score >= limit:
            return words
    return "barely met" if score > 0 else "not met"
