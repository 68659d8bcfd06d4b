"""Read off a regular expression: beginnings of words that a text must hold for it to match.

Works on the tree that Python's own parser makes of an expression, so nothing is parsed twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as op
from re import _parser

KEY_LETTERS = 8  # of a word that are compared
MORE = "*"  # ends the key of every word that begins like it
NUMBER = "0"  # stands for every word that begins with a digit


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = _words(
    """a about all and any are as at be been but by can do don for from get go good have how i if in is it just like ll me
    my not now of on one or our out re right s so some t that the them then they think this time to up ve was we well were
    what when will with would yeah yes you your"""
)  # words that tell little about a sentence
_TELL_LITTLE = _COMMON | {word[:n] + MORE for word in _COMMON for n in range(1, len(word) + 1)}

Keys = frozenset[str]
_Items = tuple[tuple, ...]
_REPEATS = frozenset((op.MAX_REPEAT, op.MIN_REPEAT))
_BEGINS = frozenset((op.AT_BOUNDARY, op.AT_BEGINNING, op.AT_BEGINNING_STRING))
_EDGES = _BEGINS | {op.AT_END, op.AT_END_STRING}
_GROUPS = frozenset((op.SUBPATTERN, op.ATOMIC_GROUP, op.BRANCH))
_WIDTHLESS = frozenset((op.AT, op.ASSERT, op.ASSERT_NOT))
MOST_SETS = 3  # that are compared, of all that a way of matching needs
_MOST_SPELLED = 2000  # steps in spelling out the beginnings of one word


def needed(pattern: str) -> tuple[tuple[Keys, ...], ...] | None:
    """What a match cannot do without, per way of matching; None where one way needs nothing.

    Returns
    -------
    tuple of tuple of frozenset of str, or None
        A text that matches holds, for one of the ways, a word of each of its sets.

    >>> [[sorted(keys) for keys in way] for way in needed(r"\\b(?:sav\\w+ (?:us|me)|cut costs?)\\b")]
    [[['sav*'], ['me', 'us']], [['cut'], ['cost', 'costs']]]
    >>> needed(r"\\w+ing") is None
    True
    """
    tree = _parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return None
    ways = [
        tuple(sorted(set(found), key=_rarity)[:MOST_SETS]) for found in _ways(tuple(tree), (), edge=False)
    ]
    return tuple(dict.fromkeys(ways)) if all(ways) else None


def _rarity(keys: Keys) -> tuple[int, int, list[str]]:
    """Sets come first of which the fewest texts should hold a word."""
    return len(keys & _TELL_LITTLE), len(keys), sorted(keys)


def _ways(items: _Items, tail: _Items, *, edge: bool) -> list[list[Keys]]:
    """Sets of keys per alternative of what is, at its outside, one choice."""
    at = next((at for at, (kind, _) in enumerate(items) if kind in _GROUPS), None)
    if at is not None and all(kind in _WIDTHLESS for kind, _ in items[:at] + items[at + 1 :]):
        kind, value = items[at]
        for before in items[:at]:
            edge = _edge_after(*before, edge=edge)
        choices = value[1] if kind is op.BRANCH else [_inside(kind, value)]
        rest = items[at + 1 :] + tail
        return [way for choice in choices for way in _ways(tuple(choice), rest, edge=edge)]
    return [_candidates(items, tail, edge=edge)]


def _candidates(items: _Items, tail: _Items, *, edge: bool) -> list[Keys]:
    """Sets of keys, of each of which a match of the items, followed by the tail, has one.

    `edge`: whether a letter at the beginning of the items surely begins a word.
    """
    found: list[Keys] = []
    for at, (kind, value) in enumerate(items):
        rest = items[at + 1 :] + tail
        if edge and kind not in (op.AT, op.ASSERT, op.ASSERT_NOT):
            spelled = _spelled(((kind, value), *rest))
            if spelled is not None:
                found.append(spelled)
        if kind is op.SUBPATTERN or kind is op.ATOMIC_GROUP:
            found += _candidates(_inside(kind, value), rest, edge=edge)
        elif kind is op.BRANCH:
            each = [_candidates(tuple(choice), rest, edge=edge) for choice in value[1]]
            if all(each):
                found.append(frozenset().union(*(min(sets, key=_rarity) for sets in each)))
        elif kind in _REPEATS and value[0] >= 1:
            once_more = ((kind, (0, value[1], value[2])),) if value[1] > 1 else ()
            found += _candidates(tuple(value[2]), once_more + rest, edge=edge)
        edge = _edge_after(kind, value, edge=edge)
    return found


def _spelled(items: _Items) -> Keys | None:
    """Keys of the first word that the items can spell, the first of them at its first letter."""
    found: set[str] = set()
    open_ends: list[tuple[str, _Items]] = [("", items)]
    for _ in range(_MOST_SPELLED):
        if not open_ends:
            return frozenset(NUMBER if key[0].isdigit() else key for key in found)
        word, left = open_ends.pop()
        if word and (not left or len(word) == KEY_LETTERS):
            found.add(word + MORE)
            continue
        if not left:
            return None
        (kind, value), left = left[0], left[1:]
        if not word and _is_digit(kind, value):
            found.add(NUMBER)
        elif kind is op.LITERAL and _is_letter(value):
            open_ends.append((word + chr(value), left))
        elif kind is op.IN and (letters := _letters(value)):
            open_ends += [(word + letter, left) for letter in letters]
        elif kind is op.SUBPATTERN or kind is op.ATOMIC_GROUP:
            open_ends.append((word, _inside(kind, value) + left))
        elif kind is op.BRANCH:
            open_ends += [(word, tuple(choice) + left) for choice in value[1]]
        elif kind in _REPEATS:
            least, most, inner = value
            again = ((kind, (max(0, least - 1), most - 1 if isinstance(most, int) else most, inner)),)
            open_ends.append((word, tuple(inner) + (again if most > 1 else ()) + left))
            if least == 0:
                open_ends.append((word, left))
        elif _is_edge(kind, value):
            if word:
                found.add(word)
            elif kind is op.AT and value in _BEGINS:
                open_ends.append((word, left))
            elif kind in _WIDTHLESS:
                return None
            else:
                open_ends.append((word, left))
        elif kind in _WIDTHLESS:
            open_ends.append((word, left))
        elif word:
            found.add(word + MORE)
        else:
            return None
    return None


def _is_edge(kind: object, value: object) -> bool:
    """Whether an item ends a word that stands before it."""
    if kind is op.LITERAL:
        return not _is_letter(value)
    if kind is op.IN:
        return _is_gap(value)
    if kind is op.AT:
        return value in _EDGES
    return kind is op.ASSERT_NOT and _is_word_edge(value) and value[0] > 0


def _edge_after(kind: object, value: object, *, edge: bool) -> bool:
    """Whether a letter after an item surely begins a word, told whether one before it would."""
    if kind is op.LITERAL:
        return not _is_letter(value)
    if kind is op.IN:
        return _is_gap(value)
    if kind is op.AT:
        return edge or value in _BEGINS
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return edge or (kind is op.ASSERT_NOT and _is_word_edge(value) and value[0] < 0)
    if kind is op.SUBPATTERN or kind is op.ATOMIC_GROUP:
        return _edge_after_all(_inside(kind, value), edge=edge)
    if kind is op.BRANCH:
        return all(_edge_after_all(tuple(choice), edge=edge) for choice in value[1])
    if kind in _REPEATS:
        once = _edge_after_all(tuple(value[2]), edge=edge)
        again = value[1] == 1 or _edge_after_all(tuple(value[2]), edge=once)
        return once and again and (edge or value[0] > 0)
    return False


def _edge_after_all(items: _Items, *, edge: bool) -> bool:
    for kind, value in items:
        edge = _edge_after(kind, value, edge=edge)
    return edge


def _inside(kind: object, value: object) -> _Items:
    return tuple(value[-1] if kind is op.SUBPATTERN else value)


def _is_word_edge(value: tuple) -> bool:
    """Whether what must not stand before or after is any letter."""
    (kind, choices), *others = value[1]
    return (
        not others
        and kind is op.IN
        and (op.CATEGORY, op.CATEGORY_WORD) in choices
        and all(each is not op.NEGATE for each, _ in choices)
    )


def _is_gap(choices: Iterable[tuple]) -> bool:
    """Whether a class of characters holds no letter, digit or underscore."""
    return all(
        (kind is op.LITERAL and not _is_letter(value))
        or (kind is op.CATEGORY and value in (op.CATEGORY_SPACE, op.CATEGORY_NOT_WORD))
        for kind, value in choices
    )


def _letters(choices: Iterable[tuple]) -> str:
    """The letters of a class of characters; none where it holds anything else."""
    letters = ""
    for kind, value in choices:
        if kind is op.LITERAL:
            letters += chr(value)
        elif kind is op.RANGE:
            letters += "".join(map(chr, range(value[0], value[1] + 1)))
        else:
            return ""
    return letters if letters.replace("_", "a").isalnum() else ""


def _is_digit(kind: object, value: object) -> bool:
    """Whether an item can only be a digit."""
    if kind is op.LITERAL:
        return chr(value).isdigit()
    return kind is op.IN and all(
        (each is op.LITERAL and chr(code).isdigit())
        or (each is op.RANGE and chr(code[0]).isdigit() and chr(code[1]).isdigit())
        or (each is op.CATEGORY and code is op.CATEGORY_DIGIT)
        for each, code in value
    )


def _is_letter(code: int) -> bool:
    character = chr(code)
    return character.isalnum() or character == "_"
