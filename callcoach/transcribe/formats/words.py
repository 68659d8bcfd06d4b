"""Words out of other programs' text: split on space, entities decoded, markup removed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff\ud800-\udfff]")
_TAG = re.compile(r"<[^<>]*>")
_SHORT = 12  # characters
_LOOK_AHEAD = 12  # words of either side in which two tellings of one phrase must meet again


_new = tuple.__new__  # several times as fast as the constructor, where there are many words


class Spoken(NamedTuple):
    """A word as a file gives it; times in seconds, not yet checked."""

    text: str
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None


def clean(text: str) -> str:
    """Text without characters that nobody can see and no store can keep."""
    return _UNSEEN.sub("", text) if not text.isascii() or not text.isprintable() else text


def unmarked(text: str) -> str:
    """Text without tags, its entities decoded.

    >>> unmarked("rich <b>and</b> bold &amp; so on")
    'rich and bold & so on'
    """
    text = _TAG.sub("", text) if "<" in text else text
    return html.unescape(text) if "&" in text else text


def split(text: str) -> list[Spoken]:
    """Untimed words of a text."""
    if len(text) <= _SHORT:
        return list(_split_short(text))
    return [_new(Spoken, (word, None, None, None)) for word in clean(text).split()]


@lru_cache(maxsize=1 << 14)
def _split_short(text: str) -> tuple[Spoken, ...]:
    """Short texts come again and again."""
    return tuple([_new(Spoken, (word, None, None, None)) for word in clean(text).split()])


def join_tokens(tokens: Iterable[Spoken]) -> list[Spoken]:
    """Words out of tokens that carry their own spaces: ``" it"``, ``"'s"``, ``", "``.

    A word starts at its first timed token, ends at its last, and is as probable as their mean.
    """
    words: list[Spoken] = []
    parts: list[str] = []
    timed: list[Spoken] = []

    def finish() -> None:
        if parts:
            known = [token.probability for token in timed if token.probability is not None]
            words.append(
                Spoken(
                    "".join(parts),
                    timed[0].start_s if timed else None,
                    timed[-1].end_s if timed else None,
                    sum(known) / len(known) if known else None,
                )
            )
            parts.clear()
            timed.clear()

    for token in tokens:
        text = clean(token.text)
        pieces = text.split()
        if not pieces:
            if text:
                finish()
            continue
        if text[0].isspace():
            finish()
        for at, piece in enumerate(pieces):
            if at:
                finish()
            parts.append(piece)
            if token.start_s is not None or token.probability is not None:
                timed.append(token)
        if text[-1].isspace():
            finish()
    finish()
    return words


def spaced(tokens: Sequence[Spoken]) -> list[Spoken]:
    """Tokens with their own spaces as they are; bare words apart from each other."""
    if any(token.text[:1].isspace() for token in tokens):
        return list(tokens)
    return [token._replace(text=f" {token.text}") for token in tokens]


def attach(words: list[Spoken], mark: str) -> None:
    """Put a punctuation mark behind the last word; it takes no time of its own."""
    mark = "".join(clean(mark).split())
    if words:
        words[-1] = words[-1]._replace(text=words[-1].text + mark)


def _plain(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum())


def align(shown: Sequence[str], timed: Sequence[Spoken]) -> list[Spoken]:
    """Words as shown, with the times of the same phrase as recognised.

    ::

        shown   I    paid     $30       today.
        timed   i    paid  thirty dollars  today
                |     |    \\___even___/     |

    Where the two differ, the shown words share the time of the recognised ones evenly and carry
    their mean probability; a shown word with nothing recognised for it has no time.
    """
    if [_plain(word) for word in shown] == [_plain(word.text) for word in timed]:
        return [word._replace(text=text) for text, word in zip(shown, timed, strict=True)]
    left, right = [_plain(word) for word in shown], [_plain(word.text) for word in timed]
    words: list[Spoken] = []
    i = j = 0
    while i < len(left):
        n_shown, n_timed = _next_meeting(left, right, i, j)
        words.extend(_shared(shown[i : i + n_shown], timed[j : j + n_timed]))
        i, j = i + n_shown, j + n_timed
        if i < len(left) and j < len(right) and left[i] == right[j]:
            words.append(timed[j]._replace(text=shown[i]))
            i, j = i + 1, j + 1
    return words


def _next_meeting(left: Sequence[str], right: Sequence[str], i: int, j: int) -> tuple[int, int]:
    """How many words of each side come before they agree again; all of the rest if they never do."""
    for total in range(2 * _LOOK_AHEAD):
        for ahead in range(max(0, total - _LOOK_AHEAD), min(total, _LOOK_AHEAD) + 1):
            a, b = i + ahead, j + total - ahead
            if a < len(left) and b < len(right) and left[a] and left[a] == right[b]:
                return ahead, total - ahead
    if len(left) - i <= _LOOK_AHEAD or len(right) - j <= _LOOK_AHEAD:
        return len(left) - i, len(right) - j
    return _LOOK_AHEAD, _LOOK_AHEAD


def _shared(shown: Sequence[str], timed: Sequence[Spoken]) -> list[Spoken]:
    known = [word for word in timed if word.start_s is not None and word.end_s is not None]
    if not known:
        return [Spoken(text) for text in shown]
    start_s, end_s = known[0].start_s, known[-1].end_s
    sure = [word.probability for word in timed if word.probability is not None]
    step_s = (end_s - start_s) / max(1, len(shown))
    return [
        Spoken(
            text,
            start_s + at * step_s,
            end_s if at == len(shown) - 1 else start_s + (at + 1) * step_s,
            sum(sure) / len(sure) if sure else None,
        )
        for at, text in enumerate(shown)
    ]
