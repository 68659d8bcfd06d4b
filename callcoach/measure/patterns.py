"""Phrases in a short notation, found in sentences by spaCy's Matcher over our own plain words.

The notation stands at the top of `phrases.toml`. No tokenizer and no pipeline runs: a `Doc` is made
of the words as they are, so a match is a word range. spaCy takes about a second to import, and a
match a tenth of a millisecond: it is asked only for sentences that hold every word that some
phrase cannot do without, in its order, and imported for the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from callcoach.core.errors import BadSettings
from callcoach.measure.language import word_set

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

_NUMBER = (
    r"\d+|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?(?:one|two|three|four|five|six|seven|eight|nine)"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety"
)
_GROUP = re.compile(r"\(([^()]*)\)(\??)")
_PART = re.compile(r"\{(\w+)\}")
_START, _END = "^", "$"  # words of their own round every sentence: no plain word is a sign
_EVERYWHERE = word_set(
    """a about and any are at be by can could do for go good have how i i'm in is it just like me my of on or our right so
    that the then there they think this to up was we we're what with would yeah you you're your"""
)  # words that tell little about a sentence
_STRETCH_WORDS, _STEP_WORDS = 160, 120  # long sentences are read in stretches: text without full stops


@lru_cache(maxsize=1)
def nlp() -> Language:
    """The one vocabulary that all patterns share: English without any trained part."""
    import spacy

    return spacy.blank("en")


def variants(phrase: str, parts: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """A phrase with its parts put in and one variant per choice of its brackets.

    >>> variants("can|could i (record / turn on)?", {})
    (('can|could', 'i', 'record'), ('can|could', 'i', 'turn', 'on'), ('can|could', 'i'))
    """
    try:
        text = _PART.sub(lambda match: parts[match[1]], phrase)
    except KeyError as error:
        raise BadSettings(
            f"{{…}} in a phrase must name one of the parts; found {error}; add it to them"
        ) from error
    return tuple(dict.fromkeys(_choices(text)))


def _choices(text: str) -> Iterable[tuple[str, ...]]:
    group = _GROUP.search(text)
    if group is None:
        yield tuple(text.split())
        return
    for choice in (*group[1].split(" / "), *([""] if group[2] else [])):
        yield from _choices(f"{text[: group.start()]} {choice} {text[group.end() :]}")


def token(item: str) -> dict[str, Any]:
    """One item of a variant as a token of spaCy's Matcher.

    >>> token("so|okay*"), token("_?"), token("...")
    ({'LOWER': {'IN': ['so', 'okay']}, 'OP': '*'}, {'OP': '?'}, {'OP': '*'})
    """
    if item == "...":
        return {"OP": "*"}
    words, times = _words(item)
    op = {"OP": times} if times else {}
    if words == ["_"]:
        return op
    if "#" in words:
        others = "|".join(re.escape(word) for word in words if word != "#")
        return {"LOWER": {"REGEX": rf"^(?:{_NUMBER}{'|' + others if others else ''})$"}, **op}
    return {"LOWER": words[0] if len(words) == 1 else {"IN": words}, **op}


def _words(item: str) -> tuple[list[str], str]:
    """The words that an item allows, and its sign of how often: ``?``, ``*``, ``+`` or none."""
    times = item[-1] if len(item) > 1 and item[-1] in "?*+" else ""
    return item.removesuffix(times).split("|"), times


def needed(variant: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Sets of words of each of which a sentence must hold one, in this order, for a variant to match.

    >>> [sorted(words) for words in needed(("^", "so*", "hard|full", "stop", "#"))]
    [['full', 'hard'], ['stop']]
    """
    sets = []
    for item in variant:
        words, times = _words(item)
        if item != "..." and times not in ("?", "*") and not {"#", "_", _START, _END} & set(words):
            sets.append(frozenset(words))
    return tuple(sets)


def _rarest(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """The set whose words the fewest sentences should hold."""
    return min(sets, key=lambda words: (len(words & _EVERYWHERE), len(words), sorted(words)))


def _in_order(sets: Sequence[frozenset[str]], words: Sequence[str]) -> bool:
    """Whether the words hold one of each set, one after the other."""
    left = iter(words)
    return not any(each.isdisjoint(left) for each in sets)  # which stops at the first word that is in it


@dataclass(frozen=True, slots=True)
class Shown:
    """Words ``[start, end)`` of a sentence that show `label`."""

    label: str
    start: int
    end: int


_Stretch = tuple["Doc", list[int], int]  # a document, the places of its words, signs before them
_Key = tuple[str, int | None]  # a label and the number of its phrase; None for all that rule it out


class PhraseBook:
    """The phrases of several labels, found together.

    Parameters
    ----------
    labels : mapping of str to (shows, unless)
        Phrases in the notation, by label.
    parts : mapping of str to str, optional
        What stands for ``{name}`` in them.

    Raises
    ------
    BadSettings
        A phrase without a word that cannot be missing, or with an unknown part.
    """

    def __init__(
        self,
        labels: Mapping[str, tuple[Sequence[str], Sequence[str]]],
        *,
        parts: Mapping[str, str] | None = None,
    ) -> None:
        parts = parts or {}
        self._labels = tuple(labels)
        self._phrases: dict[_Key, tuple[tuple[str, ...], ...]] = {}
        self._places: dict[str, set[tuple[_Key, tuple[frozenset[str], ...]]]] = {}
        self._matchers: dict[_Key, Matcher] = {}
        for label, (shows, unless) in labels.items():
            self._phrases[label, None] = tuple(v for phrase in unless for v in variants(phrase, parts))
            for number, phrase in enumerate(shows):
                key = (label, number)
                self._phrases[key] = variants(phrase, parts)
                for sets in map(needed, self._phrases[key]):
                    if not sets:
                        raise BadSettings(
                            f"a phrase must have a word that cannot be missing; one of {label} has none: name one"
                        )
                    for word in _rarest(sets):
                        self._places.setdefault(word, set()).add((key, sets))

    def find(self, words: Sequence[str]) -> tuple[Shown, ...]:
        """What a sentence of plain words shows: at most the first, longest place of each label."""
        likely = self.likely(words)
        if not likely:
            return ()
        stretches = _stretches(words)
        found = (
            self._place(label, [key for key in likely if key[0] == label], stretches)
            for label in self._labels
        )
        return tuple(place for place in found if place is not None)

    def likely(self, words: Sequence[str]) -> set[_Key]:
        """Phrases, as label and number, that find every word they need in a sentence, in its order."""
        said = frozenset(words)
        likely: set[_Key] = set()
        for word in said & self._places.keys():
            for key, sets in self._places[word]:
                if key not in likely and _in_order(sets, words):
                    likely.add(key)
        return likely

    def _place(self, label: str, keys: Sequence[_Key], stretches: Sequence[_Stretch]) -> Shown | None:
        if not keys:
            return None
        for doc, places, n_start in stretches:
            matches = [(first, last) for key in keys for _, first, last in self._matcher(key)(doc)]
            if not matches or (self._phrases[label, None] and self._matcher((label, None))(doc)):
                continue
            first, last = min(matches, key=lambda match: (match[0], -match[1]))
            first, last = max(0, first - n_start), min(len(places), last - n_start)
            return Shown(label, places[first], places[last - 1] + 1)
        return None

    def _matcher(self, key: _Key) -> Matcher:
        """The matcher of one phrase, or of all that rule a label out; made when it is first needed."""
        matcher = self._matchers.get(key)
        if matcher is None:
            from spacy.matcher import Matcher

            matcher = Matcher(nlp().vocab, validate=False)
            matcher.add(key[0], [[token(item) for item in variant] for variant in self._phrases[key]])
            self._matchers[key] = matcher
        return matcher


def _stretches(words: Sequence[str]) -> list[_Stretch]:
    """A sentence as documents of spaCy, signs of its edges round the first and last."""
    from spacy.tokens import Doc

    at = [place for place, word in enumerate(words) if word]
    made = []
    for begin in range(0, max(1, len(at) - (_STRETCH_WORDS - _STEP_WORDS)), _STEP_WORDS):
        places = at[begin : begin + _STRETCH_WORDS]
        start = [_START] if begin == 0 else []
        end = [_END] if places[-1] == at[-1] else []
        doc = Doc(nlp().vocab, words=[*start, *(words[place] for place in places), *end])
        made.append((doc, places, len(start)))
    return made
