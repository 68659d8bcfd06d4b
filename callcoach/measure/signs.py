"""Named signs of an utterance: what it is made of, what settles most, and what stands around it.

::

    C  how long does setup take?
    R  mm, good question, about a week        "listens, then more 3", "before asks True False", "says NUM"

What can be counted by hashing words alone stands in `features`.
"""

from __future__ import annotations

from collections.abc import Sequence

from callcoach.measure.said import Said

N_BEFORE = 3  # turns of the other side that an utterance can refer to


def own_signs(said: Said) -> list[str]:
    """Signs of the utterance itself: length, marks, whom it speaks of, what it asks."""
    n = len(said.words)
    signs = [_LENGTHS[_bucket(n)], *said.asks]
    marks = [mark for _, mark in said.marks]
    if "?" in marks:
        signs += ("has ?", "marks ?")
    elif marks:
        signs.append("marks none asks")
    if marks and marks[-1] == "?":
        signs.append("ends ?")
    if said.starts:
        signs.append(f"sentences {min(len(said.starts), 4)}")
    kinds = said.kinds
    signs += [sign for kind, with_verb, sign in _SAYS if kind in kinds or with_verb in kinds]
    if said.listens == n:
        signs += ("only listens", f"only listens {min(n, 4)}")
    elif not said.listens:
        signs.append("listens nowhere")
    elif said.lexemes[0].listens:
        signs.append(f"listens, then more {_bucket(n - said.listens)}")
    return signs


def key_signs(said: Said) -> list[str]:
    """The few signs that mostly settle whether an utterance asks, listens or gives back."""
    marked = "." if said.marks else ""
    if any([mark == "?" for _, mark in said.marks]):
        marked = "?"
    keys = [f"marked {marked}"]
    keys += [f"{sign} {marked}" for sign in said.asks if sign in _STRONG]
    n = len(said.words)
    if said.listens == n:
        keys.append(f"only listens {min(n, 4)}")
    elif not said.listens:
        keys.append("listens nowhere")
    opening = []
    for each in said.lexemes:
        if each.name not in _PASSED_OVER:
            opening.append(each.name)
            if len(opening) == 2:
                break
    if opening and opening[0] in _GIVES_BACK:
        keys.append(f"opens {' '.join(opening)}")
    return keys


_PASSED_OVER = ("OK", "AND", "NAME")
_STRONG = frozenset(
    f"asks {form}"
    for form in (
        "nothing",
        "order",
        "fragment",
        "indirect",
        "tag inverted",
        "inverted lead",
        "inverted inside",
        "wh lead",
        "wh inside",
        "wh embedded",
        "wh noun lead",
    )
)
_GIVES_BACK = frozenset(("SO", "YOU", "YOUBE", "YOUR", "IT", "ITBE", "THEY", "THEYBE", "MIND", "NUM"))
_SPOKEN = ("YOU", "YOUR", "I", "MY", "WE", "OUR", "THEY", "IT", "NUM", "MONEY", "NEG", "WH", "NAME")


def place_signs(conversation: Sequence[Said], at: int) -> list[str]:
    """Named signs of its place: how the turn before ended, and what of earlier turns it takes up."""
    said = conversation[at]
    signs = [f"place {min(at, 9) // 2}"]
    listens = next((sign for sign in said.rules if sign.startswith("rule listens")), "")
    if at + 1 < len(conversation) and conversation[at + 1].side == said.side:
        signs += ["goes on", f"goes on {listens}"]
    else:
        signs.append(f"leaves the floor {listens}")
    if at:
        before = conversation[at - 1]
        same = before.side == said.side
        signs.append(f"before asks {'?' in {mark for _, mark in before.marks[-2:]}} {same}")
        signs.append(f"before length {_bucket(len(before.words))}")
        signs += [_BEFORE + sign for sign in before.asks]
        asked = "rule questions 0" not in before.rules
        signs += [f"after question {asked} {same}", f"after question {asked} {same} {listens}"]
    others = [each for each in conversation[max(0, at - 6) : at] if each.side != said.side]
    for number, other in enumerate(others[: -N_BEFORE - 1 : -1]):
        n_shared = len(said.contents & other.contents)
        signs.append(_TAKES_UP[number][n_shared if n_shared < 3 else 3])
        if number == 0:
            share = n_shared / max(1, len(said.contents))
            signs.append(f"takes up share {round(share * 4)} {_bucket(len(said.words))}")
            if "NUM" in said.kinds and "NUM" in other.kinds:
                signs.append("takes up a number")
    return signs


_BEFORE = "before "
_TAKES_UP = tuple(tuple(f"takes up {number} {n}" for n in range(4)) for number in range(N_BEFORE))
_BUCKETS = (0, 0, 1, 2, 2, 3, 3, 3, *[4] * 5, *[5] * 8, *[6] * 15)  # by number of words
_LENGTHS = tuple(f"length {bucket}" for bucket in range(8))
_SAYS = tuple((kind, f"{kind}BE", f"says {kind}") for kind in _SPOKEN)


def _bucket(n_words: int) -> int:
    return _BUCKETS[n_words] if n_words < len(_BUCKETS) else 7
