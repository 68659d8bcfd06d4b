"""What one piece of the rep's words does with a concern: explores it, says it back, answers or checks it.

Plain words of one unit in, yes or no out; the forms of words are in `handling_phrases` and
`handling_questions`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from callcoach.measure.handling_phrases import (
    CHANGES_SUBJECT,
    CHECKS,
    EMPTY,
    OF_CONCERNS,
    OWN_LIFE,
    PLAIN_ASSENT,
    SHORT_SAYS,
    SMALL_TALK,
    THANKS,
    WHILE_HERE,
    WRITES_DOWN,
)
from callcoach.measure.handling_questions import (
    ALTERNATIVE,
    ANNOUNCED,
    ASKS_OTHERS,
    BARE_QUESTION,
    FACT,
    FRONTED,
    LEAD_WORDS,
    OFFERS,
    OWN_ANSWER,
    PARKS,
    RHETORICAL,
    SELLS,
    TURNS_AWAY,
)
from callcoach.measure.language import any_of, word_set
from callcoach.measure.offers import asks_for_terms, bare_figure, gives_ground
from callcoach.measure.proposals import proposes
from callcoach.measure.units import Unit, contents

MIN_ANSWER_WORDS = 4  # a response has at least this many words beyond sympathy
_MURMUR_WORDS = 2  # a turn of no more words that asks and gives nothing leaves the floor
_CHECK_TAIL = 60  # characters from a check to the end of what is said
_BARE_WORDS = 5  # a question of no more words points back by itself
_ECHO_WORDS = 10  # a statement that only says back is at most this long
_LIKELY, _SURE = 0.3, 0.5  # the taggers' chance of a check: beside a word of the concern, and alone
_LISTENS = any_of(
    r"(i|we)('d| would|'ll|'m)? (\w+ )?(like|love|want|need|glad|happy|keen|sorry|interested|curious)? ?(to )?(hear|understand|know|learn|ask|get to the bottom|dig into)( \w+){0,4}"
)
_OWN = word_set("we we're we've we'll we'd our ours us i i'll i'd i've it it's you'd you'll this ours' free")
_STARTS_ASKING = re.compile(r"(?:(?:and|so|but|anyway|well) )*(?:how|what|where|did you|have you)\b")
_ANYWAY_LAST = re.compile(r" (?:anyway|anyhow)$")  # "you'd be over it anyhow" turns to nothing else
_POINTS_BACK = word_set("it that this those these one")
_YES = any_of(
    r"(yes|yeah|yep|yup|sure|okay|fine|works?|does it|do it|would do|helps?|better|happy|enough|i (think|believe|suppose|guess|reckon) so|probably|possibly|agreed|deal|go on|settles?|solves?)"
)

# The customer ----------------------------------------------------------------------------------


_ANOTHER = re.compile(
    r"(?:(?:and|but|then|well|so|now) )*(?:the|my|our|one|there's one|there's the|there's my) (?:other|second|next|last|further|more) (?:thing|worry|concern|issue|point|problem|snag|doubt|question)\b"
)
_SETTLED = re.compile(
    r"(?:(?:okay|ok|oh|right|yes|yeah|yep|well|all right|alright|fine|good|great|it does|it is|that does|that's fine|that's better|much better|fair enough|got it|true|sure) ?)+"
)
_ADDS = re.compile(r"(?:and|also|plus|then|but then|and then) (?:i|i'm|we|we're|my|our|there's|what|it)\b")


def raises_another(said: Sequence[Unit]) -> bool:
    """Whether the customer lets a concern go and names the next: "okay. And I don't want one more thing that beeps"."""
    if any(_ANOTHER.match(unit.text) for unit in said):
        return True
    return (
        len(said) > 1
        and not any(unit.asks for unit in said)
        and _SETTLED.fullmatch(said[0].text) is not None
        and any(_ADDS.match(unit.text) for unit in said[1:])
    )


def turns_away(said: Sequence[Unit], about: frozenset[str]) -> bool:
    """Whether the customer goes on to something else, so that what the rep answers is that."""
    for place, unit in enumerate(said):
        if TURNS_AWAY.match(unit.text):
            rest = contents(" ".join(later.text for later in said[place:]))
            return bool(rest) and not rest & about
    return False


def asks_own(said: Sequence[Unit], about: frozenset[str]) -> bool:
    """Whether the customer ends on a question of its own, that has no word of the concern and asks no terms."""
    unit = said[-1] if said else None
    if unit is None or not unit.asks or unit.kind != "substantive":
        return False
    own = contents(unit.text)
    return (
        bool(own)
        and not own & about
        and _POINTS_BACK.isdisjoint(unit.text.split())
        and not (asks_for_terms(unit.text) or proposes(unit.text))
    )


def agrees(said: Sequence[Unit]) -> bool:
    """Whether a customer's words say yes somewhere, so that they raise no new concern."""
    return any(_YES.search(unit.text) for unit in said)


def assents(said: Sequence[Unit]) -> bool:
    """Whether a customer's words are nothing but assent: "okay, that's fine then"."""
    return PLAIN_ASSENT.fullmatch(" ".join(unit.text for unit in said)) is not None


# Questions of the rep --------------------------------------------------------------------------


def asks_unmarked(unit: Unit) -> bool:
    """Whether a statement by its marks asks all the same: "is it the total or when it falls"."""
    return bool(BARE_QUESTION.match(unit.text) or ALTERNATIVE.search(unit.text))


def answers_itself(unit: Unit) -> bool:
    """Whether words that ask go on to answer: "is it the price, yes it's the price, so I'll …"."""
    return unit.asks and OWN_ANSWER.match(unit.text) is not None


def asks_nothing(unit: Unit) -> bool:
    """Whether a question argues, or only announces that something will be asked."""
    return bool(ANNOUNCED.search(unit.text) or SELLS.match(unit.text))


def asks_of_others(unit: Unit, about: frozenset[str]) -> bool:
    """Whether a question is after other suppliers, in no word of the concern: "who else did you ask?"."""
    return ASKS_OTHERS.search(unit.text) is not None and not contents(unit.text) & about


def parks(unit: Unit) -> bool:
    """Whether a question puts the concern off to another talk: "shall I ring you on Thursday?"."""
    return unit.asks and PARKS.match(unit.text) is not None


def explores(unit: Unit, about: frozenset[str]) -> bool:
    """Whether a question opens up a concern: a fact of the set-up that has no word of it does not."""
    closed = unit.form == "inverted" or FACT.match(unit.text)
    if (
        closed
        and unit.n_words > _BARE_WORDS
        and not (OF_CONCERNS.search(LEAD_WORDS.sub("", unit.text)) or contents(unit.text) & about)
    ):
        return False
    if RHETORICAL.match(unit.text) and not contents(unit.text) & about:
        return False
    if OFFERS.match(unit.text) and gives_ground(unit.text):
        return False
    return (
        (unit.kind == "substantive" or (unit.kind == "logistics" and unit.form == "wh"))
        and not SMALL_TALK.search(unit.text)
        and not CHANGES_SUBJECT.search(unit.text)
    )


def is_check(unit: Unit, about: frozenset[str], chance: float) -> bool:
    """Whether a question asks if the answer settles the concern.

    Parameters
    ----------
    chance : float
        Of the taggers, that the turn asks whether something fits. A word of the concern alone makes
        no check: "and which wards are those?" goes on exploring.
    """
    if unit.kind == "ritual" or unit.form == "imperative":
        return False
    if CHECKS.search(unit.text) or chance >= _SURE:
        return True
    return unit.form != "wh" and chance >= _LIKELY and bool(contents(unit.text) & about)


def opens_with_check(said: Sequence[Unit]) -> bool:
    """Whether the first thing said beyond a murmur asks if all is settled."""
    first = next((unit for unit in said if unit.asks or unit.n_words > _MURMUR_WORDS), None)
    return first is not None and first.asks and CHECKS.search(first.text) is not None


# Statements of the rep -------------------------------------------------------------------------


def murmurs(said: Sequence[Unit]) -> bool:
    """Whether a turn only leaves the floor: "yeah", "oof", "I know"."""
    return sum(unit.n_words for unit in said) <= _MURMUR_WORDS and not any(
        unit.asks or asks_unmarked(unit) or SHORT_SAYS.search(unit.text) or gives_ground(unit.text)
        for unit in said
    )


def echoes(unit: Unit) -> bool:
    """Whether a statement before a question only says back what was said: "six years is a good run"."""
    if unit.asks or unit.n_words > _ECHO_WORDS:
        return False
    return _OWN.isdisjoint(unit.text.split()) or _LISTENS.search(unit.text) is not None


def fronts(unit: Unit, after: Unit | None, last_word: str) -> bool:
    """Whether words only open the question that ends their sentence: "and the day it broke, what did you do?"."""
    return (
        after is not None
        and after.form == "wh"
        and not unit.asks
        and not last_word.endswith((".", "!", "?", "…"))
        and FRONTED.match(unit.text) is not None
        and CHECKS.search(after.text) is None
        and not gives_ground(unit.text)
    )


def changes_subject(unit: Unit) -> bool:
    """Whether a statement turns to something else: the next slide, small talk, "while you're here"."""
    return bool(
        CHANGES_SUBJECT.search(_ANYWAY_LAST.sub("", unit.text))
        or WHILE_HERE.search(unit.text)
        or (_STARTS_ASKING.match(unit.text) and SMALL_TALK.search(unit.text))
    )


def responds(unit: Unit) -> bool:
    """A statement that answers: more than sympathy, thanks, a note taken, or a few words."""
    if gives_ground(unit.text) or (unit.text.startswith("call it ") and bare_figure(unit.text)):
        return True
    if OWN_LIFE.search(unit.text):
        return False
    text = EMPTY.sub(" ", " ".join(part for part in _clauses(unit) if not THANKS.match(part)))
    if WRITES_DOWN.search(text):
        return False
    n_words = len(text.split())
    return n_words >= MIN_ANSWER_WORDS or (n_words > 0 and bool(SHORT_SAYS.search(text)))


def _clauses(unit: Unit) -> list[str]:
    words = unit.text.split()
    edges = [0, *unit.breaks, len(words)]
    return [" ".join(words[start:end]) for start, end in pairwise(edges)]


def says_back(unit: Unit, about: frozenset[str]) -> bool:
    """Whether a short statement holds nothing but words of the customer: "a month early"."""
    return unit.n_words <= _ECHO_WORDS and bool(contents(unit.text)) and contents(unit.text) <= about


def asks_at_end(unit: Unit) -> bool:
    """Whether a statement without marks runs into a check: "we'd halve it does that settle it"."""
    last = max((match.start() for match in CHECKS.finditer(unit.text)), default=None)
    return last is not None and not unit.tagged and len(unit.text) - last < _CHECK_TAIL
