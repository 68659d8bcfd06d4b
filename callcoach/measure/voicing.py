"""Where the customer voices problems and needs: by their words, the taggers, and what was asked just before.

::

    R  what do members grumble about?     <- asks for a problem
    C  the showers, cold after six        <- voices one, though no word of it is a complaint
    R  and what else?                     <- asks for another
"""

from __future__ import annotations

from functools import partial

from callcoach.core import Role
from callcoach.measure.constants import LOOSELY_RULED_OUT, PREDICTED
from callcoach.measure.dialogue import Dialogue, Line, Saying, chance, chance_with
from callcoach.measure.language import any_of, word_set
from callcoach.measure.last import keep_last
from callcoach.measure.question_forms import difficulty_form
from callcoach.measure.trouble import by_words
from callcoach.measure.utterances import Labels

LEAST = 0.2  # a chance below this is none
OBJECTION_KEEPS = 0.7  # what is left of the words' chance where the trouble is with the offer
CONTENT_KEEPS = 0.3  # what is left of the taggers' chance where the words say that all is well
MORE_WORDS = 8  # "and what else?" is at most this long
HINTED_AT = 0.25  # the same where the question was what is behind all this
ASKED_FOR = 0.4  # chance that an answer voices what was just asked for, whatever its words

_ASKING = word_set(
    "what what's which where who how why anything something else tell talk go when and do does did is are any ever"
)
_ASKS_NEED = any_of(
    r"(what|which|anything|something)\b.{0,30}\b(do|would|did|are|is|else) (you|your \w+|everyone|they) (\w+ )?(need|want|like|looking for|after|hoping|aiming|trying|wish)",
    r"(what are|what's|what is) (you|your|the) (\w+ )?(after|goal|aim|target|priority|priorities|looking for|hoping for|wish|dream|ideal)",
    r"what (matters|would help|would a good|would good|would success|are you (after|looking|hoping|aiming|trying))",
)
_ASKS_TROUBLE = any_of(
    r"(anything|something|what|which \w+|any \w+)( \w+){0,5} (not|isn't|aren't|doesn't|don't|never|hasn't) (\w+ )?(work\w*|right|good|happy|going|ideal|fit\w*|as it should|great)",
    r"(what|anything|which \w+|where)( [\w']+){0,6} (niggl\w+|gripes?|grumbles?|bugbears?|sore|ache\w*|pinch\w*|rub\w*|grates?|wears? you|drives? you|gets? (you|on your|to you)|sticks?|creaks?|lets? (you|it|things) down|stands? in|clunky|fiddly|wobbl\w+)( \w+)*",
    r"what('s| is| are)? (\w+ )?(broken|the matter|up with|wrong|amiss|the (snag|catch|hitch|hold-?up|bother|bugbear|worry))( \w+)*|what('d| would) you (be glad|like) to (be )?(see the back of|rid of|never)( \w+)*",
)
_ASKS_WHY_NOW = any_of(
    r"what (prompted|made you|brought you|brings you|is behind|got you|drove|triggered|would you (change|fix|sort))|why (now|are you looking|did you)|what's (going on|up|happening|the story|the situation|on your mind)|what is (going on|happening)|tell me about|talk me through|how('s| is| are| do| does| did)\b"
)
_ASKS_MORE = any_of(
    r"(what|anything|something|and) else|anything besides|besides that|what about|and (from|for|the|your)\b.{0,40}|go on|tell me more|such as|for example|and"
)
DENIES = any_of(
    r"^(no|nope|never|none|nothing|not really|hardly|we don't|we haven't|i didn't|i don't think|there (aren't|isn't))"
)
_NOTHING = any_of(
    r"^(no|nope|nothing|none|not really|not much|hardly|never|mm|hm|er|i don't know|no idea|that's it|fine|good)"
)


@keep_last
def _chances(dialogue: Dialogue, labels: Labels) -> dict[int, tuple[tuple[Line, float, float], ...]]:
    """Chance of a problem and of a need in every sentence of every customer saying that has either."""
    found: dict[int, tuple[tuple[Line, float, float], ...]] = {}
    for_problem = for_need = 0.0
    for saying in dialogue.sayings:
        if saying.murmur:
            continue
        if saying.role is Role.REP:
            for_problem, for_need = _asked_for(saying, for_problem, for_need)
            continue
        nothing = _NOTHING.match(saying.lines[0].text) is not None
        lines = []
        for number, line in enumerate(saying.lines):
            answers = number == 0 and bool(line.roots) and line.mark != "?" and not nothing
            problem, need = _chances_of(line, labels, for_problem * answers, for_need * answers)
            if max(problem, need) >= LEAST:
                lines.append((line, problem, need))
        if lines:
            found[saying.at] = tuple(lines)
        elif nothing:
            for_problem = for_need = 0.0
    return found


def _chances_of(line: Line, labels: Labels, for_problem: float, for_need: float) -> tuple[float, float]:
    """Of one sentence, by its words, the taggers' word, and how much it was asked for."""
    problem, need, fine = by_words(line.text, line.mark)
    tagged = chance(labels, line, "problem_voiced")
    if problem and tagged < PREDICTED <= chance(labels, line, "objection"):
        problem *= OBJECTION_KEEPS
    if fine:
        problem = tagged * CONTENT_KEEPS
    else:
        problem = _with_forms(labels, line, "problem_voiced", problem, for_problem)
    return problem, _with_forms(labels, line, "need_voiced", need, for_need)


_with_forms = partial(chance_with, below=LOOSELY_RULED_OUT)


def voiced_in(
    dialogue: Dialogue, labels: Labels, *, needs: bool = True, least: float = PREDICTED
) -> dict[int, tuple[tuple[Line, float], ...]]:
    """The sentences of each customer saying that voice a problem, or a need too, with their chance.

    An answer to "what goes wrong?" hardly needs a word of trouble in it; nor one to "what else?"
    after it. "No" and "nothing" answer neither.

    Parameters
    ----------
    least : float
        Chance from which a sentence is taken, `LEAST` or more.
    """
    found: dict[int, tuple[tuple[Line, float], ...]] = {}
    for at, lines in _chances(dialogue, labels).items():
        taken = [(line, max(problem, need) if needs else problem) for line, problem, need in lines]
        taken = [pair for pair in taken if pair[1] >= least]
        if taken:
            found[at] = tuple(taken)
    return found


def says_all_is_well(saying: Saying) -> bool:
    """Whether somebody says that there is no trouble, and no trouble besides."""
    return any(by_words(line.text, line.mark)[2] for line in saying.lines)


def _asked_for(saying: Saying, problem: float, need: float) -> tuple[float, float]:
    """How much a rep's last sentence asks for a problem and a need; "what else?" asks for the same again."""
    line = saying.lines[-1]
    if line.mark != "?" and _ASKING.isdisjoint(line.words):
        return 0.0, 0.0
    if difficulty_form(line.text) > 0 or _ASKS_TROUBLE.search(line.text):
        return ASKED_FOR, 0.0
    if _ASKS_NEED.search(line.text):
        return 0.0, ASKED_FOR
    if (problem or need) and saying.n_words <= MORE_WORDS and _ASKS_MORE.search(line.text):
        return problem, need
    if _ASKS_WHY_NOW.search(line.text):
        return HINTED_AT, HINTED_AT
    return 0.0, 0.0
