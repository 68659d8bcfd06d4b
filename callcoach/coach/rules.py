"""What a coaching text must keep to, as a check that every text passes before anybody sees it.

Quotes are marked alike everywhere: ‘the customer's words’, “words of our side, said or offered”.
"""

from __future__ import annotations

import re

from callcoach.core import Role, Transcript

KEEP_WORDS, TRY_WORDS = 45, 55
QUOTE_WORDS, LINE_WORDS = 15, 20
FORBIDDEN = re.compile(
    r"\bbut\b|\bshould(?:n't)? have\b|\bfail(?:s|ed|ing|ure)?\b|\bmissed opportunit|\bgreat job\b|!|%"
    r"|\btop performers?\b|\bpeers?\b|\bscor(?:e|es|ed|ing)\b|\d\.\d",
    re.IGNORECASE,
)
CUSTOMER_QUOTE = re.compile("‘([^‘’]*)’")
OWN_LINE = re.compile("“([^“”]*)”")
_NUMBER = re.compile(r"\d+")
_NOT_WORD = re.compile(r"[^\w\s']")


class Said:
    """Who said which words and numbers, for checking quotes; made once per call."""

    def __init__(self, transcript: Transcript) -> None:
        self._words = {
            role: " | ".join(
                f" {_bare(turn.text)} " for turn in transcript.turns if transcript.role_of(turn) is role
            )
            for role in (Role.CUSTOMER, Role.REP)
        }
        self.numbers = frozenset(_NUMBER.findall(" ".join(turn.text for turn in transcript.turns)))

    def by(self, role: Role, quote: str) -> bool:
        """Whether one turn of that side holds these words in this order, whatever the marks."""
        return f" {_bare(quote)} " in self._words[role]


def breaches(text: str, *, kind: str, said: Said, clock: str | None) -> tuple[str, ...]:
    """Which rules a text breaks, in words; empty when it may be shown.

    Parameters
    ----------
    kind : str
        ``"keep"`` or ``"try"``.
    clock : str or None
        The time that the text names, the one number it may hold that nobody said.
    """
    found = []
    limit = KEEP_WORDS if kind == "keep" else TRY_WORDS
    if n_words(text) > limit:
        found.append(f"{n_words(text)} words, at most {limit}")
    if FORBIDDEN.search(text):
        found.append("a forbidden wording")
    quotes = CUSTOMER_QUOTE.findall(text)
    if len(quotes) > 1:
        found.append("more than one quote of the customer")
    if any(n_words(quote) > QUOTE_WORDS for quote in quotes):
        found.append("a long quote")
    if not all(said.by(Role.CUSTOMER, quote) for quote in quotes):
        found.append("a quote that the customer did not say")
    lines = OWN_LINE.findall(text)
    if kind == "keep" and not all(said.by(Role.REP, line) for line in lines):
        found.append("a line that our side did not say")
    if kind == "try" and any(n_words(line) > LINE_WORDS for line in lines):
        found.append("a long line")
    shown = text.replace(clock, " ") if clock else text
    if not set(_NUMBER.findall(shown)) <= said.numbers:
        found.append("a number that the call does not contain")
    return tuple(found)


def n_words(text: str) -> int:
    return len(text.split())


def _bare(text: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", text.replace("’", "'")).casefold().split())
