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

from callcoach.measure.clauses import clauses_of
from callcoach.measure.concerns import concern_kind
from callcoach.measure.language import any_of, word_set
from callcoach.measure.last import forgets
from callcoach.measure.units import Unit

_ORDINAL = r"(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|sixth(?:ly)?|last(?:ly)?|finally|for one thing|for another|number (?:one|two|three|four|five))"
_CASE = any_of(
    r"(should|ought to|better|best|worth|recommend|advise|pays off|the one|makes sense|stay with|go for|reasons?|arguments?|with (the )?\w+ you"
    r"|cheaper|quicker|faster|safer|nearer|bigger|older|lighter|quieter|stronger|easier|smaller|newer|cleaner|warmer)"
)
_NOT_A_CASE = any_of(
    r"(so )?(you|they) (said|mentioned|told|explained|were saying|have said)|(you're|you were) saying|if i('ve)? (understood|heard|got)",
    r"(on|by) (monday|tuesday|wednesday|thursday|friday|day (one|two))( \w+){1,8} (on|by|then|wednesday|thursday|friday|tuesday)",
    r"(we|i)('ll| will) (start|begin|come|send|do|strip|take|put|fit)( [\w']+){1,9} (then|after that|and then|next|finally)",
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
    opens_list = _counts_off(said, resisted=resisted)
    for unit in said:
        if not (chain or resisted or opens_list) and _ARGUES.isdisjoint(unit.text.split()):
            continue
        opens_list = opens_list or _ADVICE.match(unit.text) is not None
        tag = _LEADING_TAG.match(unit.text)
        if tag and unit.asks and not _GOES_ON.match(unit.text[tag.end() :]) and len(said) > 1:
            chain += 1  # "isn't it cheaper?", which waits for no answer
            best, case = max(best, chain), True
            continue
        if unit.asks and not tag and unit.form != "declarative" and len(_TAGS.findall(unit.text)) < 2:
            continue
        count, argues = _of_unit(unit.text[tag.end() :] if tag else unit.text, () if tag else unit.breaks)
        if resisted and not unit.asks:
            count = max(count, _n_things(unit))
        if _PROMISES.match(unit.text) and not argues:
            continue  # "I get that", "I'll keep it short"
        if not opens_list and _OPENS_LIST.search(unit.text):
            opens_list = True
            count -= (
                count > 0
                and not argues
                and not _NO_REASON.match(unit.text)
                and not _LEADS_IN.match(unit.text)
            )  # what is argued for, or how many there are
            count -= argues and count == 1 and "because" not in unit.text
        argues = argues or (count > 0 and opens_list)
        goes_on = chain and (_GOES_ON.match(unit.text) or tag or resisted or opens_list)
        chain = chain + count if goes_on else count if argues or resisted else 0
        best = max(best, chain)
        case = case or (argues and count > 0)
    return best if case or resisted or opens_list else 0


def _counts_off(said: tuple[Unit, ...], *, resisted: bool) -> bool:
    """Whether sentences of a turn are numbered, after a case or against one: "First, the price is frozen. Second, …"."""
    numbered = [at for at, unit in enumerate(said) if _NUMBERED.match(unit.text)]
    if len(numbered) < 2 or any(_NOT_A_CASE.search(unit.text) for unit in said):
        return False
    return resisted or any(_is_claim(unit.text) for unit in said[: numbered[0]])


_NUMBERED = re.compile(rf"(?:and |then |well |so )*{_ORDINAL}\b")
_ADVICE = re.compile(
    r"(?:(?:so|well|no|then|honestly|look|okay|yeah|and|but) )*(?:you should|you ought to|my advice|i'd (?:go|take|recommend|suggest|stay|keep|choose|have)|i would (?:go|take|recommend|suggest)|we'd (?:recommend|suggest|go)|(?:i|we) (?:recommend|suggest)|you'd be (?:better|best|mad|daft|wise))\b"
)
"""Advice: what plainly follows it argues for it."""

_ARGUES = word_set(
    """advice things points facts call choice move option why think consider starters begin hear time because since seeing given reason reasons argument arguments should ought better best worth recommend advise advised suggest
    propose wins beats fair sense stay first firstly second secondly third number pays one i'd we'd you'd way bore right go with
    can't cheaper quicker faster safer nearer bigger older lighter quieter stronger easier smaller newer cleaner warmer makes"""
)
"""A unit that argues holds one of them."""


@lru_cache(maxsize=4096)
def _of_unit(text: str, breaks: tuple[int, ...]) -> tuple[int, bool]:
    """Reasons of one unit, and whether it argues a case by itself."""
    text, breaks = _without_excuse(text, breaks)
    if _NOT_A_CASE.search(text):
        return 0, False
    because = len(re.findall(r"(?<![\w'])because(?![\w'])", text))
    causal = re.search(r"(?<![\w'])(because|since|seeing (as|that)|given that)(?![\w'])", text)
    clauses = [each for each in clauses_of(text, breaks) if not _NO_REASON.match(each[1])]
    clauses = _with_qualities(clauses, text, breaks)
    if causal:
        at = text[: causal.start()].count(" ")
        n_after = sum(1 for start, _ in clauses if start >= at)
        return max(because, n_after, 1), True
    announced = _ANNOUNCES.match(text)
    if announced:
        return len(clauses_of(text[announced.end() :], ())), True
    n = len(clauses)
    ordinal = len(re.findall(rf"(?<![\w']){_ORDINAL}(?![\w'])", text))
    if ordinal > 1:
        return (ordinal + _n_added(clauses, text) if n >= ordinal - 1 else n), n > 0
    if n and len(text.split()) > _LONG_CLAUSE * (n + 1):
        return 0, False  # a tale rather than a string of reasons
    if n and _is_claim(clauses[0][1]) and not (_goes_alike(clauses) or _TIED_ON.match(clauses[0][1])):
        return n - 1, n > 1
    if n > 1 and clauses[0][0] and _ADVISES.match(text):
        return n, True
    return n, n > 0 and bool(_CASE.search(clauses[0][1]))


def _n_things(unit: Unit) -> int:
    """Good things in a row that something brings, against resistance: "it gives you a fixed price, free calls and …"."""
    found = _BRINGS.search(unit.text)
    if found is None or not unit.breaks:
        return 0
    at = unit.text.count(" ", 0, found.end())
    words = unit.text.split()
    later = [place for place in unit.breaks if place > at]
    if not later or not all(_THING.match(" ".join(words[place:])) for place in later):
        return 0
    last = words[later[-1] + 1 :]
    return len(later) + 1 + ("and" in last)


_BRINGS = any_of(
    r"(gives?|giving|gets?|getting|brings?|means|comes with|includes?|offers?|buys?) (you|them|your \w+|everyone) (the|a|an|your|no|free|\w+er)"
)
_THING = re.compile(r"(?:and )?(?:the|a|an|your|no|less|more|free|better|\w+er) \w+")


def _goes_alike(clauses: list[tuple[int, str]]) -> bool:
    """Whether the second clause starts as the first does: "you'd have weekends, you'd have stock"; no case is made first."""
    if len(clauses) < 2:
        return False
    first, second = (_JOINS.sub("", clause).partition(" ")[0] for _, clause in clauses[:2])
    return first == second and first in _ALIKE


_JOINS = re.compile(r"^(?:(?:and|but|well|so|plus|then|also|no|yes|look|sure) )+")
_ALIKE = word_set("you'd you'll you you've it it'd it'll")


def _n_added(clauses: list[tuple[int, str]], text: str) -> int:
    """Clauses tied on after the last one that is counted: "for another …, and then the stone is cheaper"."""
    last = [match.start() for match in re.finditer(rf"(?<![\w'])(?:and )?{_ORDINAL}(?![\w'])", text)][-1]
    at = text.count(" ", 0, last)
    return sum(1 for start, clause in clauses if start > at + 1 and _TIED_ON.match(clause))


_TIED_ON = re.compile(
    r"(?:and (?:then|also|besides|on top|what's more|of course|anyway)|plus|besides|also|then|on top|not to mention|what's more)\b"
)
_QUALITY = re.compile(
    r"(?:and |or |plus )?(?:(?:much|far|a lot|also|even|way|a bit) )?(?:(?!(?:other|over|after|under|another|either|never|ever|whether|per|her|further)\b)\w{2,}er|less \w+|more \w+|better|worse|harder|easier)\b"
)


def _with_qualities(
    clauses: list[tuple[int, str]], text: str, breaks: tuple[int, ...]
) -> list[tuple[int, str]]:
    """Clauses, and what stands between commas as one quality more: "they're cheaper, greener, harder to forge"."""
    if not clauses or not breaks:
        return clauses
    words = text.split()
    starts = {start for start, _ in clauses}
    found = list(clauses)
    for at, end in zip(breaks, [*breaks[1:], len(words)], strict=True):
        piece = " ".join(words[at:end])
        if at not in starts and at > clauses[0][0] and _QUALITY.match(piece):
            found.append((at, piece))
            rest = piece.partition(" and ")[2]
            if rest and clauses_of(rest, ()):
                found.append((at + 1, rest))
    return sorted(found)


def _without_excuse(text: str, breaks: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Plain words after "since you ask", "just remember" and the like."""
    lead = _LEADS_IN.match(text)
    if lead and lead[0].strip():
        gone = len(lead[0].split())
        return " ".join(text.split()[gone:]), tuple(at - gone for at in breaks if at > gone)
    excuse = _EXCUSE.match(text)
    if not excuse:
        return text, breaks
    gone = excuse[0].count(" ")
    first = next((at for at in breaks if at >= gone), gone)
    return " ".join(text.split()[first:]), tuple(at - first for at in breaks if at > first)


_NO_REASON = re.compile(
    r"(?:(?:and|but|so|well|oh|no|look|okay|right|yeah|honestly|see) )*(?:there(?:'s| is| are)(?: really| only| just)? (?:only |just )?(?:\w+ ){1,3}(?:reasons?|arguments?|things?|points?|facts?)\b"
    r"|(?:i've|i have|we've|we have)(?: only| just)?(?: got)? (?:only |just )?(?:the |\w+ ){1,3}(?:reasons?|arguments?|things?|points?|word)\b|(?:here's|here are|this is) (?:the|my|why|what)\b"
    r"|(?:i'm|we're|i am) (?:not|only|just) (?:one|a |the|much|selling|pushing|trying|saying|here to|going to|being)|come on|(?:i'm|i am|we're) (?:\w+ )?(?:glad|pleased|happy|sorry)\b|long story short|in short|simply put|put simply|bottom line|you (?:do|should|ought to|could)$|let me|hear me|trust me|believe me|i (?:hear|get|understand|know|see|mean|promise|say|said|won't|could go on)\b"
    r"|(?:i'd|i would|i'll|let me)(?: \w+)? (?:say|add|mention|point out)(?: \w+){0,3}$|(?:please )?don't (?!you\b|they\b|we\b|it\b)\w+(?: \w+){0,2}$|you know|(?:i'll|we'll) (?:keep|be|say|just|tell|give you)\b)"
)
_EXCUSE = re.compile(
    r"(?:(?:well|and|so) )?(?:since|as|because|if) you(?:'re| are|'ve)? (?:ask\w*|wonder\w*|want to know|insist|must know)\b ?"
)
_LEADS_IN = re.compile(
    r"(?:(?:well|and|so|but|just|do|look|now) )*(?:(?:remember|bear in mind|keep in mind|don't forget|look at it this way)|(?:i'd|i would|i'll|let me)(?: only| just)? (?:say|add|mention|point out))\b(?: that\b| this\b| just one thing| the one thing| one thing)* ?"
)
"""What only leads in to reasons: "just remember", "I'd only say the one thing"."""
_ANNOUNCES = re.compile(
    r"(?:\w+ ){0,4}reasons? (?:for|to|against|why) (?:\w+ )??(?=(?:the|it|it's|our|your|they|he|she|we|you)\b)"
)
_ADVISES = re.compile(
    r"(?:so |well |no |then |honestly |look )*(?:i'd|i would|we'd|we would|you'd|you should|you ought)\b"
)
_OPENS_LIST = any_of(
    r"(one|two|three|four|five|six|a (few|couple of|number of|bunch of)|several|some|many|lots of|plenty of|good|just|my|the) (small |simple |good |more |main |big |quick |other )*(things?|reasons?|points?|arguments?|facts|pluses|upsides|advantages)",
    r"(here's|this is|that's|you're wondering|i'll tell you|let me tell you|know) (exactly )?why",
    r"(think|consider|hear me out|for starters|to begin with|first of all|firstly|for one thing)",
    r"(right|better|best|perfect|ideal|obvious|smart|safe|only) (time|moment|call|choice|move|option|bet|way|one)",
)
_PROMISES = re.compile(
    r"(?:(?:well|okay|right|so|look|honestly|fair enough|sure|no|yes) )*(?:i|we)(?:'ll|'d| will| can| do| really| totally| completely)? (?:get|hear|understand|see|keep|appreciate|respect|know|hope|promise|won't)\b(?:\W+[\w']+){0,5}$"
)
_GOES_ON = re.compile(
    r"(?:and|plus|also|because|besides|on top|moreover|furthermore|then|not to mention|what's more)\b"
)
_TAGS = re.compile(r"n't (?:it|you|they|that|there|we|he|she)\b")
"""Statements with tags, one after the other: "it's cheaper, isn't it, and it's quicker, isn't it"."""
_LEADING_TAG = re.compile(
    r"(?:and |or )?(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|wo|ca)n't (?:it|you|they|that|there|we|he|she)\b ?"
)
_PREFERS = any_of(
    r"(i'd|we'd|i would|we would)( \w+)? (rather|prefer|keep|wait|stay|take|like|want|go|use|leave)",
    r"(i|we) (prefer|like|love|want|use|cook|keep|have always)( \w+)? (the|our|my|a|an|to|\w+)",
    r"(i|we)('m|'re| am| are) (happy|fine|good|content|used|thinking|not)",
    r"(the|our|my) (old|present|current|last|\w+) ?\w*('s| is|s) (fine|okay|good enough|all right|good)",
    r"(i|we) (don't|won't|can't|may|might|was thinking|were thinking)",
    r"(so )?\w+ it is",
    r"(we|i|we'll|i'll|we'd|i'd)( \w+)? (like|love|want|prefer|rather|keep|stay|stick|wait|pass|have|think|doubt|do without|leave|hold off|buy|get by|manage)\b",
    r"(i|we)('m|'re| am| are) (\w+ )?(okay|happy|fine|good|comfortable|used|leaning|tempted|undecided|looking|thinking|not|with|sticking|staying)",
    r"(seems?|sounds?|looks?|feels?|is|it's|that's) (\w+ )?(expensive|early|late|high|much|big|small|risky|long|far|a lot|complicated|pricey|overkill|unnecessary|odd|heavy|old-fashioned|modern|new)",
    r"[\w-]+('s| is| are) (a bit |quite |very |rather |too |pretty )?(a lot|much|dear|expensive|pricey|steep|overkill|a stretch|risky|fine|enough|grand)\b",
    r"(not|never) (\w+ )?(sure|certain|convinced|keen|needed|necessary|for us|for me)|(i|we) (\w+ )?(don't|can't|won't|wouldn't|doubt|didn't|never)",
    r"(having|have|take|taking|had) a look( (at|around|elsewhere|round))?|(look|looking|looked|shop|shopping|shopped) (around|round|elsewhere|at (other|others|what))|what else( is|'s)? (out there|about|available)|other (options|offers|people|quotes|firms)|see what( else)?('s| is) (out )?there",
    r"(we|i|they) (could|can|might|may) (\w+ )?(just |always |as well |still )*(stay|keep|stick|use|do|wait|carry on|make do|leave|go on|live|manage|get by)",
    r"(will|would|does) (do|the job|just fine|nicely)|(why (not|bother|change)|but|probably|maybe (next|later|not)|what's wrong with|ours is|ours works)",
)


@lru_cache(maxsize=4096)
def resists(text: str) -> bool:
    """Whether plain words of a customer hold against a case, or for another one."""
    return bool(_PREFERS.search(text)) or concern_kind(text) is not None


_CLAIM = any_of(
    r"(should|ought to|would be better|be better|is better|are better|better because|pays off|is the one|wins|beats|the way to go|the better|makes more sense|recommend|advise|i wouldn't|(right|best|better|perfect|ideal|good) (time|moment|call|choice|move|option|bet|buy|way) (to|for|right|now)|(i|we)'d (?!(only|just|simply|be|like|love|say|think|have|rather|been|got|need|want|hate|see|better|never)\b)\w+|you'd (stay|go|take|use|send|order|keep|choose|have|wait|leave|put|get|move|switch|stick)"
    r"|propose|suggest|my advice|one reason|reasons? for|the reason|worth it|is fair|it's fair|can't have|won't bore|makes sense|you'd be|is (right|best)|are the best|(would|will|'d|'ll) suit)"
)


_BETTER = re.compile(r"'(?:s|re|d be) better\b(?! (?:value|quality|at|in|on|with|for the)\b)")


def _is_claim(clause: str) -> bool:
    return bool(_BETTER.search(clause) or _CLAIM.search(clause))


for _kept in (_of_unit, resists):
    forgets(_kept.cache_clear)
