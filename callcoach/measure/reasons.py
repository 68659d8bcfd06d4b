"""Reasons given for one case in one turn, counted from how people string them together.

::

    R  you should take it | because it's quicker | because it's safer | and the staff like it
       the case             1                      2                    3

A reason is a clause: something, and what it does or is. Lists of things, steps of use, an agenda and
what was agreed hold one clause or orders, and are none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from callcoach.measure.concerns import concern_kind
from callcoach.measure.language import any_of, word_set
from callcoach.measure.units import Unit

_ORDINAL = r"(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|last(?:ly)?|finally|for one thing|for another|number (?:one|two|three|four|five))"
_AUX = (
    "is are was were has have had does do did can can't could couldn't will won't would wouldn't never always isn't aren't doesn't don't"
    " hasn't haven't may might must should needs need costs cost takes take gets get saves save lasts last works work runs run comes come"
    " gives give makes make keeps keep stays stay goes go pays pay means leads lead fits fit holds hold covers cover looks look feels feel"
    " sits sit lives live brings bring knows know likes like loves love hates hate rewards reward stops stop speaks speak answers answer"
    " trips trip scares slows includes include offers offer closes changes change skip uses use cuts cut sees shows wins win beats beat"
    " falls fall rises rise grows grow opens open starts start ends end scratch hurt break breaks helps help removes frees free protects"
    " protect pulls pull reads read trust trusts want wants understands carries carry handles handle allows allow lets let reduces reduce"
)
_FINITE = word_set(_AUX)
_SUBJECT = word_set(
    "it it's its he he's she she's they they're they've we we're we've we'd we'll you you'd you'll you're there there's that's the this"
    " these those your our my his her their half most everyone everybody nobody no all i people both each some half"
)
_CONTRACTED = word_set(
    "it's he's she's they're they've we're we've you're you've there's that's it'll they'll we'll you'll he'll she'll you'd we'd they'd i'm i've"
)
_CASE = any_of(
    r"(should|ought to|better|best|worth|recommend|advise|pays off|the one|makes sense|stay with|go for|reasons?|arguments?|with (the )?\w+ you"
    r"|cheaper|quicker|faster|safer|nearer|bigger|older|lighter|quieter|stronger|easier|smaller|newer|cleaner|warmer)"
)
_NOT_A_CASE = any_of(
    r"(so )?we('ve| have)? (agreed|said|settled|decided)",
    r"(i'd|i would|we'd|i'll|we'll|let's|i want to|i'd like to) (like to )?(go through|start|begin|cover|look at|talk about|walk|show|take you)",
    r"(you|then you|first you|just) (click|press|type|pick|choose|select|tap|scan|drag|open|enter|go to|hit|swipe)",
    r"(here|there)('s| is| are) (the|your|a|our) \w+ (the|your|a|and)",
)
_ASKED = any_of(
    r"(give|tell|list|name|show|offer) (me|us)( \w+){0,3} (reasons?|arguments?|pros|advantages|benefits)",
    r"(what|which)( \w+){0,3} (reasons?|arguments?|pros|advantages|benefits|case|difference|upside|speaks for)",
    r"(reasons?|arguments?|advantages|benefits|pros)( \w+){0,6} (list|are|please|in full)",
    r"why (should|would|must|ought|do you|is|are) (we|i|you|it|that|your|yours|the|they|anyone)",
    r"(convince|persuade|sell) (me|us|it)",
    r"what('s| is) (so (good|special|great)|in it for|better|the (case|advantage|benefit|point|argument))",
    r"(every|all the|all your|any) (reason|reasons|argument|arguments)",
)
_DENIES = any_of(r"(didn't|don't|not|never) (ask|want)")


DILUTES_FROM = 3  # reasons in one turn
_LONG_CLAUSE = 9  # words; reasons are strung together from short clauses


def asked_for_reasons(text: str) -> bool:
    """Whether plain words of a customer ask for the reasons."""
    return bool(_ASKED.search(text)) and not _DENIES.search(text)


def n_reasons(said: tuple[Unit, ...], *, resisted: bool) -> int:
    """How many reasons one turn gives for one case.

    Parameters
    ----------
    said : tuple of Unit
        The turn.
    resisted : bool
        Whether the customer just held against it: then plain claims argue too.
    """
    best = 0
    chain = 0
    case = False
    for unit in said:
        if not (chain or resisted) and _ARGUES.isdisjoint(unit.text.split()):
            continue
        tag = _LEADING_TAG.match(unit.text)
        if unit.asks and not tag and unit.form != "declarative":
            continue
        count, argues = _of_unit(unit.text[tag.end() :] if tag else unit.text, () if tag else unit.breaks)
        if resisted and not argues and count > DILUTES_FROM:
            count, argues = count - 1, True  # a claim, and more reasons than help it
        goes_on = chain and (_GOES_ON.match(unit.text) or tag)
        chain = chain + count if goes_on else count if argues else 0
        best = max(best, chain)
        case = case or (argues and count > 0)
    return best if case or resisted else 0


_ARGUES = word_set(
    """because since seeing given reason reasons argument arguments should ought better best worth recommend advise advised suggest
    propose wins beats fair sense stay first firstly second secondly third number pays one i'd we'd you'd way bore right go with
    can't cheaper quicker faster safer nearer bigger older lighter quieter stronger easier smaller newer cleaner warmer makes"""
)
"""A unit that argues holds one of them."""


@lru_cache(maxsize=4096)
def _of_unit(text: str, breaks: tuple[int, ...]) -> tuple[int, bool]:
    """Reasons of one unit, and whether it argues a case by itself."""
    if _NOT_A_CASE.search(text):
        return 0, False
    because = len(re.findall(r"(?<![\w'])because(?![\w'])", text))
    causal = re.search(r"(?<![\w'])(because|since|seeing (as|that)|given that)(?![\w'])", text)
    clauses = _clauses(text, breaks)
    if causal:
        at = text[: causal.start()].count(" ")
        n_after = sum(1 for start, _ in clauses if start >= at)
        return max(because, n_after, 1), True
    announced = _ANNOUNCES.match(text)
    if announced:
        return len(_clauses(text[announced.end() :], ())), True
    n = len(clauses)
    ordinal = len(re.findall(rf"(?<![\w']){_ORDINAL}(?![\w'])", text))
    if ordinal > 1:
        return min(ordinal, n), n > 0
    if n and len(text.split()) > _LONG_CLAUSE * (n + 1):
        return 0, False  # a tale rather than a string of reasons
    if n and _is_claim(clauses[0][1]):
        return n - 1, n > 1
    if n > 1 and clauses[0][0] and _ADVISES.match(text):
        return n, True
    return n, n > 0 and bool(_CASE.search(clauses[0][1]))


_ANNOUNCES = re.compile(
    r"(?:\w+ ){0,4}reasons? (?:for|to|against|why) (?:\w+ )??(?=(?:the|it|it's|our|your|they|he|she|we|you)\b)"
)
_ADVISES = re.compile(
    r"(?:so |well |no |then |honestly |look )*(?:i'd|i would|we'd|we would|you'd|you should|you ought)\b"
)
_GOES_ON = re.compile(
    r"(?:and|plus|also|because|besides|on top|moreover|furthermore|then|not to mention|what's more)\b"
)
_LEADING_TAG = re.compile(
    r"(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|wo|ca)n't (?:it|you|they|that|there|we|he|she)\b ?"
)
_PREFERS = any_of(
    r"(i'd|we'd|i would|we would)( \w+)? (rather|prefer|keep|wait|stay|take|like|want|go|use|leave)",
    r"(i|we) (prefer|like|love|want|use|cook|keep|have always)( \w+)? (the|our|my|a|an|to|\w+)",
    r"(i|we)('m|'re| am| are) (happy|fine|good|content|used|thinking|not)",
    r"(the|our|my) (old|present|current|last|\w+) ?\w*('s| is|s) (fine|okay|good enough|all right|good)",
    r"(i|we) (don't|won't|can't|may|might|was thinking|were thinking)",
    r"(so )?\w+ it is",
)


@lru_cache(maxsize=4096)
def resists(text: str) -> bool:
    """Whether plain words of a customer hold against a case, or for another one."""
    return bool(_PREFERS.search(text)) or concern_kind(text) is not None


_CLAIM = any_of(
    r"(should|ought to|would be better|be better|is better|are better|better because|pays off|is the one|wins|beats|the way to go|the better|makes more sense|recommend|advise|(i|we|you)'d (stay|go|take|use|send|order|keep|choose|have|wait|leave|put|get|move|switch|stick)"
    r"|propose|suggest|one reason|reasons? for|the reason|worth it|is fair|it's fair|can't have|won't bore|makes sense|you'd be|is (right|best)|are the best)"
)


_BETTER = re.compile(r"'(?:s|re|d be) better\b")


def _is_claim(clause: str) -> bool:
    return bool(_BETTER.search(clause) or _CLAIM.search(clause))


def _clauses(text: str, breaks: tuple[int, ...]) -> list[tuple[int, str]]:
    """Clauses of a unit with the position of their first word."""
    words = text.split()
    starts = [0]
    for at in range(1, len(words)):
        if at in breaks or (at + 1 not in breaks and _opens(words, at, starts[-1])):
            starts.append(at)
    found = []
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        clause = words[start:end]
        if _is_clause(clause):
            found.append((start, " ".join(clause)))
    return found


def _opens(words: list[str], at: int, start: int) -> bool:
    """Whether a new clause opens at a word without any comma before it."""
    word, before = words[at], words[at - 1]
    if word in ("because", "plus"):
        return True
    if word == "and":
        return _is_clause(words[at + 1 : at + 6]) and _is_clause(words[start:at])
    if before in (
        "what",
        "which",
        "who",
        "how",
        "why",
        "where",
        "and",
        "because",
        "that",
        "if",
        "when",
        "plus",
        "since",
        "which",
        "but",
        "as",
        "than",
        "though",
        "though",
        "to",
        "of",
        "for",
        "in",
        "on",
        "at",
        "with",
    ):
        return False
    if word in _CONTRACTED and _is_clause(words[start:at]):
        return True
    if word in _SUBJECT and _is_clause(words[start:at]) and at - start >= 3:
        return any(later in _FINITE for later in words[at + 1 : at + 4]) and before not in _FINITE
    return False


_THIRD = word_set("it he she this that")


def _is_clause(words: list[str]) -> bool:
    """Whether words hold a subject and what it does: something before a finite verb."""
    rest = list(words)
    while rest and rest[0] in (
        "and",
        "plus",
        "also",
        "but",
        "because",
        "since",
        "so",
        "then",
        "besides",
        "one",
        "two",
        "three",
        "four",
        "though",
    ):
        rest = rest[1:]
    if rest[:3] == ["on", "top", "of"]:
        rest = rest[4:]
    if len(rest) < 2:
        return False
    if rest[0] in _THIRD and rest[1].endswith("s") and len(rest[1]) > 3:
        return True  # "it cools faster"
    if rest[0] in _CONTRACTED or rest[0].endswith("'s"):
        return True
    return any(word in _FINITE or word.endswith("'s") or word.endswith("n't") for word in rest[1:5])
