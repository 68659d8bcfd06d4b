"""Questions by form: with a question mark or without, anywhere in a turn.

Recognisers drop question marks and capitals, so the mark is one sign among several: an auxiliary
before its subject ("could I get the postcode"), a question word before either, an order to tell
("walk me through month end"), a tag ("isn't it").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from callcoach.measure.language import Sentence
from callcoach.measure.last import forgets
from callcoach.measure.question_doubts import asks_nobody, goes_on, no_inversion
from callcoach.measure.question_words import (
    AFTER_CLEFT,
    AFTER_DO,
    AFTER_HAVE,
    ASKING,
    ASKS_NOUN,
    AUX,
    BE,
    BLOCKS,
    ECHOES,
    EMBEDS,
    FRAGMENT,
    FRAGMENT_STARTS,
    IMPERATIVE,
    IMPERATIVE_STARTS,
    INDIRECT,
    JOINTS,
    LEAD,
    MODAL,
    NO_RELATIVE,
    NOT_TAG_BEFORE,
    ORDERED,
    PERSONAL,
    PRONOUN,
    QUANTITY,
    STATES,
    STATING,
    SUBJECT,
    SUBJECT_VERBS,
    TAG_END,
    TAG_ONLY,
    TAG_WORDS,
    WH,
    WH_SHORT,
    WHO_VERBS,
)

_OPENERS = (
    frozenset(WH) | frozenset(WH_SHORT) | frozenset(AUX) | IMPERATIVE_STARTS | FRAGMENT_STARTS | {"i", "i'm"}
)
_SURE, _LIKELY, _FAIR, _WEAK = 0.97, 0.9, 0.75, 0.6  # what each form is worth, on our own examples


@dataclass(frozen=True, slots=True)
class Question:
    """Words ``[start, end)`` of a turn that ask; `form` says by what sign it was known.

    ``form``: ``"wh"``, ``"inverted"``, ``"imperative"``, ``"indirect"``, ``"fragment"``,
    ``"declarative"`` or ``"tag"``. `head` is the word at which the interrogative itself starts.
    """

    start: int
    end: int
    head: int
    form: str
    probability: float


def questions(sentence: Sentence) -> tuple[Question, ...]:
    """The questions of one sentence, in order; a sentence with a question mark is exactly one.

    Returns
    -------
    tuple of Question
        Offsets are those of the turn, not of the sentence.
    """
    found = _asked(sentence.words, sentence.breaks, sentence.mark)
    if not sentence.start:
        return found
    return tuple(
        Question(
            sentence.start + each.start,
            sentence.start + each.end,
            sentence.start + each.head,
            each.form,
            each.probability,
        )
        for each in found
    )


@lru_cache(maxsize=4096)  # sentences of a call or two: rules, taggers and behaviours ask for the same ones
def _asked(words: tuple[str, ...], breaks: frozenset[int], mark: str) -> tuple[Question, ...]:
    """Questions of a sentence that stands alone."""
    sentence = Sentence(0, len(words), words, breaks, mark)
    return (_marked(sentence),) if mark == "?" else _unmarked(sentence)


forgets(_asked.cache_clear)


def _marked(sentence: Sentence) -> Question:
    words = sentence.words
    opening = [at for at, word in enumerate(words) if word in _OPENERS]
    starts = _clause_starts(sentence) if opening else []
    head, form = 0, "declarative"
    if TAG_ONLY.search(_content(words)):
        form = "tag"
    else:
        for marked in (False, True):  # a sure sign anywhere comes before a doubtful one at the start
            hits = ((at, _opens(words, at, starts[at], marked=marked)) for at in opening)
            head, form = next(((at, hit[0]) for at, hit in hits if hit), (0, "declarative"))
            if form != "declarative":
                break
        tagged = TAG_END.search(sentence.text) or (
            len(words) > 1 and words[-1] in TAG_WORDS and len(words) - 1 in sentence.breaks
        )
        if tagged and (form == "declarative" or head >= len(words) - 4):
            head, form = 0, "tag"
        elif form == "declarative" and len(words) <= 3:
            form = "fragment"
    return Question(0, sentence.end, head, form, _SURE)


def _unmarked(sentence: Sentence) -> tuple[Question, ...]:
    words = sentence.words
    opening = [at for at, word in enumerate(words) if word in _OPENERS]
    starts = _clause_starts(sentence) if opening else []
    hits: list[tuple[int, str, float]] = []
    for at in opening:
        hit = _opens(words, at, starts[at], marked=False, bare=sentence.mark == "")
        if hit is None:
            continue
        if hits and (at - hits[-1][0] < 4 or words[at - 1] in EMBEDS):
            continue
        if asks_nobody(words, at, sentence.breaks) or _only_looks_so(words, at, sentence.breaks):
            continue
        hits.append((at, *hit))
    if not hits:
        tag = _tag_without_mark(sentence)
        return () if tag is None else (Question(0, sentence.end, 0, "tag", tag),)
    ends = [hit[0] for hit in hits[1:]] + [len(words)]
    first = hits[0][0]
    begin = 0 if all(word in LEAD or not word for word in words[:first]) else first
    return tuple(
        Question(
            begin if number == 0 else at,
            end,
            at,
            form,
            probability,
        )
        for number, ((at, form, probability), end) in enumerate(zip(hits, ends, strict=True))
    )


def _only_looks_so(words: tuple[str, ...], at: int, breaks: frozenset[int]) -> bool:
    if at + 1 == len(words):
        return False
    return no_inversion(words, at, breaks) if words[at] in AUX else words[at] in WH and goes_on(words, at)


def _content(words: tuple[str, ...]) -> str:
    return " ".join(word for word in words if word)


_STRONG, _LOOSE, _INSIDE = 2, 1, 0


def _clause_starts(sentence: Sentence) -> list[int]:
    """Per word: does a clause surely start here, perhaps (after "so", "and"), or not by any sign?"""
    marks: list[int] = []
    for at in range(len(sentence.words)):
        before = sentence.words[at - 1] if at else ""
        if at == 0 or at in sentence.breaks or not before or (marks[at - 1] == _STRONG and before in LEAD):
            marks.append(_STRONG)
        elif before in JOINTS:
            marks.append(_LOOSE)
        else:
            marks.append(_INSIDE)
    return marks


def _opens(
    words: tuple[str, ...], at: int, start: int, *, marked: bool, bare: bool = True
) -> tuple[str, float] | None:
    """Form and probability of a question whose interrogative starts at `at`, or None."""
    word = words[at]
    if word in WH:
        return _wh(words, at, start, marked=marked, bare=bare)
    if word in WH_SHORT:
        if start == _INSIDE and not marked:
            return None
        if (
            not marked
            and not bare
            and word in ("who's", "where's")
            and not all(w in LEAD for w in words[:at])
        ):
            return None  # "I have a daughter, who's a nurse."
        if not marked and _cleft(words, at):
            return None
        return ("wh", _LIKELY if start == _STRONG else _FAIR)
    if word in AUX:
        return _inverted(words, at, start, marked=marked, bare=bare)
    if start == _INSIDE:
        return None
    rest = " ".join(words[at : at + 7])
    if word in IMPERATIVE_STARTS and IMPERATIVE.match(rest):
        return ("imperative", _LIKELY)
    if word in ("i", "i'm") and INDIRECT.match(rest):
        return ("indirect", _FAIR)
    if start == _STRONG and len(words) - at <= 8 and word in FRAGMENT_STARTS and FRAGMENT.match(rest):
        return ("fragment", _FAIR)
    return None


def _cleft(words: tuple[str, ...], at: int) -> bool:
    """ "What matters is that …": a statement that only begins like a question."""
    for later in range(at + 2, len(words) - 1):
        if words[later] in ("is", "was", "are", "were") and (
            later > at + 2 or words[at + 1] not in ("is", "was", "are", "were")
        ):
            return words[later + 1] in AFTER_CLEFT and words[at] in ("what", "what's", "where", "how", "why")
    return False


def _wh(words: tuple[str, ...], at: int, start: int, *, marked: bool, bare: bool) -> tuple[str, float] | None:
    word, rest = words[at], words[at + 1 :]
    if not rest:
        return ("fragment", _FAIR) if len(words) == 1 else None
    after, then = rest[0], rest[1] if len(rest) > 1 else ""
    if marked:
        inside_ok = (
            after in AUX or after in QUANTITY or word in ("what", "which", "whose", "how", "why", "who")
        )
        return ("wh", _SURE) if start or inside_ok else None
    if start == _STRONG and FRAGMENT.match(f"{word} {after}") and (after != "else" or len(words) - at <= 8):
        return ("wh", _FAIR)
    if after in AUX:
        if word == "which" and after not in ASKING:
            return None
        if word == "which" and then not in PRONOUN:
            return None
        if word in ("who", "whose") and (at and start != _STRONG):
            return None
        if word in ("who", "where", "when") and not bare and at and words[at - 1] not in LEAD:
            return None  # "Dana, who is our buyer, will join."
        if start and _cleft(words, at):
            return None
        if not bare and then not in SUBJECT and not all(before in LEAD for before in words[:at]):
            return None  # "… and who can see what."
        if start == _STRONG:
            return ("wh", _LIKELY)
        previous = words[at - 1] if at else ""
        if after in ASKING and then in SUBJECT and not (after in MODAL and previous in EMBEDS):
            return ("wh", _FAIR)
        if after in STATING and then in SUBJECT and (start or previous not in EMBEDS):
            return ("wh", _WEAK)
        return None
    if word == "how" and after in QUANTITY:
        near = rest[1:6]
        asked = any(
            near[i] in AUX and (i + 1 >= len(near) or near[i + 1] in SUBJECT or near[i] in BE)
            for i in range(len(near))
        )
        previous = words[at - 1] if at else ""
        if start == _STRONG and (asked or after in ("many", "much", "often", "long")):
            return ("wh", _LIKELY if asked else _FAIR)
        return ("wh", _WEAK) if asked and previous not in EMBEDS else None
    if start == _INSIDE or _cleft(words, at):
        return None
    if word == "what":
        if after in SUBJECT_VERBS:
            return ("wh", _FAIR)
        if after in SUBJECT or after in (
            "a",
            "an",
            "i'm",
            "you're",
            "we're",
            "they're",
            "i've",
            "we've",
            "you've",
        ):
            return None
        return _noun_first(rest, start)
    if word == "which":
        if after in NO_RELATIVE or (at and start != _STRONG):
            return None
        return ("wh", _FAIR) if at == 0 or _noun_first(rest, start) else None
    if word == "who":
        return ("wh", _FAIR) if after in WHO_VERBS and start == _STRONG and (at == 0 or bare) else None
    if word == "whose":
        return ("wh", _FAIR) if start == _STRONG else None
    return None


def _noun_first(rest: tuple[str, ...], start: int) -> tuple[str, float] | None:
    """ "What time suits you", "which of those do you use": the question word with its noun."""
    near = rest[1:5]
    for i, word in enumerate(near):
        if word in AUX:
            return (
                ("wh", _FAIR) if i + 1 >= len(near) or near[i + 1] in SUBJECT or word in ASKS_NOUN else None
            )
    if start == _STRONG and rest[0] in (
        "time",
        "day",
        "date",
        "kind",
        "sort",
        "type",
        "other",
        "exactly",
        "size",
    ):
        return ("wh", _FAIR)
    return None


def _inverted(
    words: tuple[str, ...], at: int, start: int, *, marked: bool, bare: bool
) -> tuple[str, float] | None:
    word = words[at]
    then = words[at + 1] if at + 1 < len(words) else ""
    later = words[at + 2] if at + 2 < len(words) else ""
    if not then:
        return None
    if marked and start:
        return ("inverted", _SURE)
    if then not in SUBJECT:
        named = word in ("does", "did", "doesn't", "didn't") and later and "and" not in words[:at]
        named = named and all(before in LEAD or not before for before in words[:at])
        return ("inverted", _FAIR) if named else None
    if word == "do" and then not in AFTER_DO:
        return None
    if word == "do" and then in ORDERED and len(words) - at < 5:
        return None  # "do the figures": an order
    if word in ("have", "don't") and then not in AFTER_HAVE:
        return None
    if word == "should" and later in ("need", "have", "want", "wish", "require", "ever"):
        return None
    if word == "had" and then in PRONOUN and later in ("known", "been", "i", "we"):
        return None
    if word in ("is", "are", "was", "were") and then in ("a", "an", "all", "one", "some", "most"):
        return None
    previous = words[at - 1] if at else ""
    if previous in ECHOES and then in PERSONAL and not later:
        return None  # "so do we"
    if start == _STRONG:
        return ("inverted", _LIKELY)
    if start == _LOOSE:
        return ("inverted", _FAIR)
    if marked and then in SUBJECT and previous not in BLOCKS:
        return ("inverted", _SURE)
    if not bare or previous in BLOCKS or not later:
        return None
    if word in ("do", "did", "are", "have", "would", "could", "can", "will") and then == "you":
        return ("inverted", _WEAK + 0.05)
    if word in ("do", "did", "does", "could", "can", "would", "should", "shall") and then in PRONOUN:
        return ("inverted", _WEAK)
    if word in ("is", "are") and then == "there":
        return ("inverted", _WEAK)
    return None


def _tag_without_mark(sentence: Sentence) -> float | None:
    """Probability that a sentence without a question mark ends in a tag that asks."""
    words = sentence.words
    if len(words) >= 3 and TAG_END.search(sentence.text):
        weighed = words[-1] == "not" and ("if" in words or "whether" in words)  # "to see if it fits or not"
        return None if weighed else _FAIR
    if (
        sentence.mark == ""
        and len(words) >= 4
        and words[-1] in ("right", "correct")
        and words[0] in STATES
        and words[-2] not in NOT_TAG_BEFORE
    ):
        return _WEAK
    return None
