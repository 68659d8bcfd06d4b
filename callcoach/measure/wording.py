"""What the words alone tell, side by side: how many, how sure, which fillers, and the first price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from callcoach.core import Intervals, Role, Transcript, Turn, Word, support
from callcoach.measure.language import any_of, norm, word_set
from callcoach.measure.timeline import is_cut

_HESITATIONS = word_set("um umm uh uhh er err erm uhm ehm")
_NO_FILLER_BEFORE = {
    "know": word_set(
        "do don't did didn't as if would let will let's what because than that to i we they whether"
    ),
    "of": word_set(
        """what this that some any a the these those same which every all another other different right no one only
        first best each certain many new what's whatever"""
    ),
}
_NO_FILLER_AFTER = word_set(
    """what how if that the whether why where who when about him her it them this anything any your my our of a an there
    these those everything nothing someone better i we they he she"""
)


@dataclass(slots=True)
class SideWords:
    """Additive figures of one side's words."""

    n_words: int = 0
    n_fillers: int = 0
    n_rated: int = 0
    weight: float = 0.0  # seconds of rated words; their number where words have no times
    weighted: float = 0.0  # probability × weight


@dataclass(frozen=True, slots=True)
class Wording:
    """Figures by role, and where a price was first spoken of by one of the sides."""

    sides: dict[Role, SideWords]
    price: tuple[int, int] | None = None  # turn and word


def time_of(turn: Turn, word: int) -> float | None:
    """When a word is said; when its turn starts where words have no times; None without either."""
    if 0 <= word < len(turn.words) and turn.words[word].interval is not None:
        return turn.words[word].interval.start_s
    interval = turn.interval
    return interval.start_s if interval is not None else None


def wording(transcript: Transcript) -> Wording:
    """Count the words of a transcript once; words said in a cut do not count."""
    sides = {role: SideWords() for role in Role}
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    cuts = support(transcript.cuts)
    cut_starts = [cut.start_s for cut in cuts]
    price: tuple[int, int] | None = None
    for at, turn in enumerate(transcript.turns):
        role, words, kept = roles[turn.speaker], turn.words, None
        if cuts and words:
            kept = _outside(turn, cuts, cut_starts)
            words = tuple(turn.words[place] for place in kept)
        if not words:
            continue
        _count(sides[role], words)
        if price is None and role in (Role.REP, Role.CUSTOMER):
            place = first_price([word.text for word in words])
            if place is not None:
                price = (at, place if kept is None else kept[place])
    return Wording(sides, price)


def _outside(turn: Turn, cuts: Intervals, starts: list[float]) -> list[int]:
    """Positions of the words of a turn that no cut holds, by their own start or that of the turn."""
    interval = turn.interval
    kept = []
    for place, word in enumerate(turn.words):
        time_s = word.interval.start_s if word.interval else interval.start_s if interval else None
        if time_s is None or not is_cut(time_s, cuts, starts):
            kept.append(place)
    return kept


def _count(side: SideWords, words: Sequence[Word]) -> None:
    raw = [word.text for word in words]
    plain = list(map(norm, raw))
    side.n_words += sum(map(bool, plain))
    side.n_fillers += n_fillers(raw, plain)
    rated = [word for word in words if word.probability is not None]
    weights = [0.0 if word.interval is None else word.interval.duration_s for word in rated]
    if not sum(weights) > 0:
        weights = [1.0] * len(rated)
    side.n_rated += len(rated)
    for word, weight in zip(rated, weights, strict=True):
        side.weight += weight
        side.weighted += weight * word.probability


_FILLING = _HESITATIONS | {"basically", "like", "know", "of"}  # a filler is one of them or ends in it


def n_fillers(raw: Sequence[str], plain: Sequence[str]) -> int:
    """Fillers among the words of a turn: hesitations, and four phrases in filler position.

    "Like" counts between commas or beside a hesitation only; "sort of" not after "what" or "this";
    "you know" not with an object. What is in doubt does not count: a lower bound.
    """
    count = 0
    if _FILLING.isdisjoint(plain):
        return count
    for at, word in enumerate(plain):
        if word not in _FILLING:
            continue
        if word in _HESITATIONS or word == "basically":
            count += 1
            continue
        before = plain[at - 1] if at else ""
        after = plain[at + 1] if at + 1 < len(plain) else ""
        if word == "like":
            paused = at == 0 or raw[at - 1].endswith((",", ".", "…", "?", "—"))
            beside = before in _HESITATIONS or after in _HESITATIONS
            count += (paused and raw[at].endswith((",", "…"))) or beside
        elif word == "know" and before == "you":
            first = plain[at - 2] if at > 1 else ""
            set_off = raw[at].endswith(",") or not after
            asked = raw[at].endswith("?")
            count += first not in _NO_FILLER_BEFORE["know"] and (
                asked or set_off or after not in _NO_FILLER_AFTER
            )
        elif word == "of" and before == "sort":
            first = plain[at - 2] if at > 1 else ""
            count += first not in _NO_FILLER_BEFORE["of"]
    return count


_NUMBER = (
    r"(?:\d[\d,.]*|(?:a |one |two |three |four |five |six |seven |eight |nine |ten )?hundred"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]?(?:one|two|three|four|five|six|seven|eight|nine)?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen)(?: (?:hundred|thousand))*(?: ?k)?"
)
_UNIT = r"(?:seat|user|licen[cs]e|head|person|site|month|year|unit|branch|engineer|driver|bed|room|store|vehicle|agent|week)"
_MONEY = r"(?:pounds?|dollars?|euros?|quid|bucks|grand)"
_PRICE = re.compile(
    r"\b(?:pric(?:e|es|ed|ing)(?! lists?\b| sheets? (?:live|sit|is kept|are kept))|discounts?|surcharge"
    r"|(?:licen[cs]e|subscription|set-?up|monthly|annual|yearly|implementation|support|onboarding|platform) (?:fee|cost|charge)s?"
    r"|(?:fees|list price|rate card)"
    r"|how much (?:is|are|was|would|will|does|do|did) (?:it|all|that|this|they|those|you|the|your)\b(?! (?:\w+ ){0,3}(?:time|spend|lose|use))"
    r"|how much (?:does|do|would|will) (?:\w+ ){1,4}(?:cost|charge)"
    r"|what (?:does|do|would|will|did) (?:\w+ ){1,4}(?:cost|charge|run us|set us back)(?! you| us)"
    r"|(?:what's|what is|whats) the (?:cost|damage|rate)"
    r"|(?:cost|costs|charge|charges|pay|paying) (?:per|a|about |around |roughly )"
    rf"|(?:[£$€] ?{_NUMBER}|{_NUMBER} {_MONEY})(?: (?:plus vat|each|all in|up front|upfront|in total|(?:a|per|for each|for every) {_UNIT}))"
    rf"|(?:costs?|charged?|pay|at|for|is|be|it's|that's|from|around|about|to|starts at|comes to|under|over|off) "
    rf"(?:[£$€] ?{_NUMBER}|{_NUMBER} {_MONEY})(?!\w|[ -]?(?:million|billion|thousand-strong|m\b|bn\b|b\b)|,\d)"
    rf"|(?:per|a) (?:seat|user|licen[cs]e|head) (?:per|a) (?:month|year)"
    r"|(?:total|annual|yearly|contract) (?:cost|value|price)"
    r"|(?:too |very |so |more |quite |bit |less )(?:expensive|pricey|cheap|cheaper)|expensive|cheaper than"
    r")"
)
_TRIGGER = re.compile(
    r"pric|discount|surcharge|fee|rate|much|cost|charge|pay|[£$€]|pound|dollar|euro|quid|bucks|grand|seat|user|licen"
    r"|expensive|cheap|contract value"
)
_NOT_PRICE = re.compile(
    rf"\b(?:revenue|turnover|raised|worth|valued|valuation|funding|losing|lost|loses?|saved?|saving|saves|company|business"
    rf"|sales|profits?|spend on|spent|bill(?:ed|ing)?|invoice[sd]?|make|made|makes|wrong price|price list|their price"
    rf"|cost(?:s|ing)? (?:us|you|them|me) (?:\w+ )?(?:{_NUMBER} )?(?:hours?|days?|time|jobs?|people|weeks?))\b"
)


def first_price(raw: Sequence[str]) -> int | None:
    """Position of the word at which a turn first speaks of money as a price, or None.

    >>> first_price("It is thirty dollars a person".split())
    1
    >>> first_price("We are a $3 billion company".split()) is None
    True
    """
    text = " ".join(raw).casefold().replace("’", "'")
    if not _TRIGGER.search(text):
        return None
    for match in _PRICE.finditer(text):
        around = text[max(0, text.rfind(".", 0, match.start())) : match.end() + 24]
        if _NOT_PRICE.search(around) and not _CERTAIN.search(match.group()):
            continue
        return min(len(raw) - 1, text.count(" ", 0, match.start()))
    return None


_CERTAIN = any_of(
    r"pric(e|ing|es)",
    r"discounts?",
    r"how much",
    r"what (does|do|would|will|did) .*",
    r".* (seat|user|licen[cs]e|head|person)",
    r"list price",
    r"fees",
)
