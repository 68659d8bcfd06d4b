"""Clauses of a unit of a turn: something, and what it does or is, with or without commas between.

Read from plain words alone: a subject, and a finite verb near it, out of a list of common verbs.
"""

from __future__ import annotations

import re

from callcoach.measure.language import word_set

_AUX = (
    "is are was were has have had does do did can can't could couldn't will won't would wouldn't never always isn't aren't doesn't don't"
    " hasn't haven't may might must should needs need costs cost takes take gets get saves save lasts last works work runs run comes come"
    " gives give makes make keeps keep stays stay goes go pays pay means leads lead fits fit holds hold covers cover looks look feels feel"
    " sits sit lives live brings bring knows know likes like loves love hates hate rewards reward stops stop speaks speak answers answer"
    " trips trip scares slows includes include offers offer closes changes change skip uses use cuts cut sees shows wins win beats beat"
    " falls fall rises rise grows grow opens open starts start ends end scratch hurt break breaks helps help removes frees free protects"
    " protect pulls pull reads read trust trusts want wants understands carries carry handles handle allows allow lets let reduces reduce"
)
_VERBS = """need take get save last work run come give make keep stay go pay mean lead fit hold cover look feel sit live bring know like
    love hate stop speak answer slow include offer close change skip use cut show win beat fall rise grow open start end break help remove
    free protect pull read trust want understand carry handle allow let reduce lift charge turn yellow expect speed mend clean cool heat
    dry heal ship deliver return replace repair connect sync export print store send arrive leave travel weigh double halve earn lower
    raise improve boost prevent avoid spare lock guard insure guarantee support serve train teach learn report track count tell say
    call ring meet match suit please attract keep sell buy own rent lease build cook bake taste smell sound shine sleep wash fold bend
    rust rot leak fade crack peel wear tear stain smoke burn freeze melt drain drive ride park turn fly move reach touch press age add
    suffer complain agree ask check see think believe remember forget lose find follow fill feed fix hit hurt manage matter mind
    notice offer order pass pick plan play prove put qualify recover refund refuse rank rate retain rely set settle share sign
    simplify spend stand stick suggest switch test tie transfer update upgrade wait waste watch write dock bill fund deduct expire
    happen integrate mount plug recycle renew queue wonder vanish squeak rattle bleed choke park land climb jump rush worry cry shout complain jam stall spill crash beep ring nag chase grab hide hunt join knock laugh lean lie load mark melt note pack paint pour pop press punch rob roll rub sail score seal settle shake shift shrink sing sink skid slide spin split spoil spread stretch strike suck swell swing tend tick tip touch trade treat trick trim trust visit warn wrap yell scale stack swap tow vary vote pair filter drop"""
_FINITE = word_set(_AUX) | {
    form
    for verb in _VERBS.split()
    for form in (verb, verb + ("es" if verb.endswith(("sh", "ch", "x", "ss")) else "s"), verb[:-1] + "ies")
}
_SUBJECT = word_set(
    "it it's its he he's she she's they they're they've we we're we've we'd we'll you you'd you'll you're there there's that's the this"
    " these those your our my his her their half most everyone everybody nobody no all i people both each some half"
)
_CONTRACTED = word_set(
    "it's he's she's they're they've we're we've you're you've there's that's it'll they'll we'll you'll he'll she'll you'd we'd they'd i'm i've"
)
_ITS = re.compile(
    r"\bits (?=(?:a|an|the|got|not|so|more|less|too|very|all|just|only|quick\w*|cheap\w*|fast\w*|safe\w*|easy|easier|good|better|in|on|from|made|free|\w+er)\b)"
)


def clauses_of(text: str, breaks: tuple[int, ...]) -> list[tuple[int, str]]:
    """Clauses of a unit with the position of their first word."""
    words = _ITS.sub("it's ", text).split()
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
        "means",
        "mean",
        "meaning",
        "to",
        "of",
        "for",
        "in",
        "on",
        "at",
        "with",
    ):
        return False
    if before in _RECEIVERS and words[at - 2] in _GIVING:
        return False  # "save you the manual export"
    if word in _CONTRACTED and _is_clause(words[start:at]):
        return words[start] != "if"
    if before in ("all", "both", "half"):
        return False
    if word in _SUBJECT and _is_clause(words[start:at]) and at - start >= 3:
        if before.endswith("'s") or (before in _FINITE and not _ends_in_is(words[start:at])):
            return False
        first = at + 2 if word in _DETERMINERS else at + 1  # "the drive" is no clause of its own
        return any(later in _FINITE for later in words[first : at + 4])
    return False


def _ends_in_is(words: list[str]) -> bool:
    """Whether words end like "know where everything is"."""
    return words[-1] in ("is", "are", "was") and not _ASKING.isdisjoint(words[-4:-1])


_RECEIVERS = word_set("you us them me him her people everyone")
_GIVING = word_set(
    "save saves give gives get gets send sends show shows cost costs buy buys spare spares make makes offer offers bring brings hand hands"
)
_ASKING = word_set("where what how who which")
_DETERMINERS = word_set("the your our my his her their this these those a an both each some every")
_THIRD = word_set("it he she this that")
_ANYBODY = word_set("nobody everybody everyone somebody someone anyone anybody none")
_PLURAL = word_set("we they you")
_NO_VERB = word_set(
    "and but guys two three four five for with from the a an our your my their this that both all two or who that which"
)


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
    if rest[:1] == ["if"]:
        return any(word in _CONTRACTED for word in rest[3:])  # "if we host it you've no server"
    if rest[:3] == ["on", "top", "of"]:
        rest = rest[4:]
    if len(rest) < 2:
        return False
    if rest[0] in _PLURAL and len(rest[1]) > 2 and rest[1] not in _SUBJECT and not rest[1].isdigit():
        return rest[1] not in _NO_VERB
    if rest[0] in _THIRD | _ANYBODY and rest[1].endswith("s") and len(rest[1]) > 3:
        return True  # "it cools faster"
    if rest[0] in _CONTRACTED or rest[0].endswith("'s"):
        return True
    return any(word in _FINITE or word.endswith("'s") or word.endswith("n't") for word in rest[1:5])
