"""How probable it is that an utterance asks, by what the question rule sees: a table, no weights.

The rule of form holds up in other kinds of talk better than anything that learned from words, so
it alone decides on `question`. Counting on the corpus tells what each of its signs is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

SIGN = "rule question sure "  # then tenths of sureness, then how the sentence ends
NOTHING = "none"


def strongest_sign(rules: Iterable[str]) -> str:
    """The sign that tells most, as ``"9 bare"``; ``"none"`` where the rule sees no question.

    >>> strongest_sign(["rule questions 1", "rule question sure 8 ended"])
    '8 ended'
    """
    seen = [sign.removeprefix(SIGN) for sign in rules if sign.startswith(SIGN)]
    return max(seen, key=lambda sign: (int(sign.split()[0]), sign), default=NOTHING)


def asking_table(signs: Sequence[str], asks: Sequence[bool]) -> dict[str, float]:
    """Share of utterances that ask, per strongest sign; half a count is added on either side.

    >>> asking_table(["none", "none", "9 bare"], [False, False, True])
    {'9 bare': 0.75, 'none': 0.1667}
    """
    return {
        sign: round(
            (sum(a for s, a in zip(signs, asks, strict=True) if s == sign) + 0.5) / (signs.count(sign) + 1), 4
        )
        for sign in sorted(set(signs))
    }


def asking_chance(sign: str, table: Mapping[str, float]) -> float:
    """Probability that an utterance asks, by its strongest sign; one never counted is taken at its word."""
    if sign in table:
        return table[sign]
    return 0.0 if sign == NOTHING else int(sign.split()[0]) / 10
