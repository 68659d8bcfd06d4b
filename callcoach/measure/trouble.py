"""Whether a customer's sentence voices a problem or a need, by its words.

A problem is something that goes wrong, costs or is missing *now*; a need is what the speaker says
they want. "No complaints", "that works fine" and "we never had any" voice neither. Taggers say the
same of whole turns; either sign may be right (`callcoach.measure.dialogue.either`).
"""

from __future__ import annotations

from functools import lru_cache

from callcoach.core import Role
from callcoach.measure.constants import PREDICTED
from callcoach.measure.dialogue import Dialogue, Line, Saying, chance, either
from callcoach.measure.language import any_of
from callcoach.measure.last import forgets
from callcoach.measure.question_forms import difficulty_form
from callcoach.measure.utterances import Labels

STRONG, WEAK = 0.55, 0.3  # chance that a sentence with such words voices a problem
NEED = 0.7  # the same for a need
OBJECTION_KEEPS = 0.6  # what is left of the words' chance where the trouble is with the offer
CONTENT_KEEPS = 0.3  # what is left of the taggers' chance where the words say that all is well

MORE_WORDS = 8  # "and what else?" is at most this long
ASKED_FOR = 0.4  # chance that an answer voices what was just asked for, whatever its words

_TROUBLE = any_of(
    r"(problems?|troubles?|issues?|nightmares?|mess|messy|messes|shambles|chaos|chaotic|disasters?|headaches?|hassles?|nuisance|bottlenecks?|backlogs?|struggl\w+|pain in|painful"
    r"|tedious|awful|terrible|dreadful|horrible|horrendous|rubbish|ridiculous|rotten|dire|grim|brutal|a joke|embarrass\w+|annoy\w*|frustrat\w+|infuriat\w+|maddening|mind ?numbing|clumsy|fiddly|awkward|hopeless|useless|unreliable|outdated|out of date|wrong|wrongly|mistakes?|errors?"
    r"|typos?|faults?|faulty|bugs?|glitch\w*|duplicat\w+|complain\w*|complaints?|grumbl\w+|moan\w*|angry|furious|cross|upset|lapsed|no-?shows?|penalt\w+|fines?\b(?! with| by)|refunds?"
    r"|delay\w*|late|overdue|behind(?! (you|us|me)\b)|slow|slowly|slower|ages|endless|forever|crash\w*|freez\w+|froze|jams?|jammed|stuck|sticks?|broken|breaks? (down|all|every|again)|broke|breakages?|breakdowns?|fails?|failed|failing|failures?"
    r"|falls? (over|apart|behind|down|through)|fell (over|apart|behind|down|through)|collaps\w+|leaks?|leaking|leaked|spoil\w*|rot\w*|rust\w*|peels?|smash\w*|drops? out|dropped out|cut off|cuts out|goes? down|went down|outages?|downtime"
    r"|los(e|es|ing)|lost|loss|losses|miss(es|ed|ing)?(?! (you|him|her|home)\b)|forg[eo]ts?|forgotten|forgetting|astray|mislaid|waste[ds]?|wasting|scrap\w*|bin(ned|ning)?(?= \w+ (per|a|of)| (it|them|the|nine|ten|half|a))|throw(ing|n|s)? (it |them |\w+ )?away"
    r"|worr(y|ies|ied|ying)|scared|afraid|fear\w*|dread\w*|hate[sd]?|can't stand|sick of|fed up|tired of|exhaust\w+|drives? (me|us|them|everyone) (mad|crazy|nuts|up)|driving (me|us|them) (mad|crazy|nuts|up)"
    r"|double-?book\w*|doublebooks?|overbook\w*|mix(es|ed)? ?up|muddl\w+|confus\w+|lost track|all over the place|killing us|kills us|eats? (up )?(my|our|the|their|his|her|into|all|half|most|hours|a|\w+ings)|swallows?|drains?|eating|bleed\w*|hurt(s|ing)?|suffer\w*|stolen|theft|thefts|walk off|bust|dead|rotten|nobody's (fault|job)"
    r"|chas(e|es|ing)|retyp\w+|re-?enter\w*|rekey\w*|reprint\w*|redo(ing|ne)?|rework|copying|by hand|manual(ly)?|on paper|scribbl\w+|whiteboard|fax(es|ed)?|old-?fashioned|short-?staffed|understaffed|overload\w*|overwhelm\w*|drown\w+|pile[sd]? up|piling up|heaps?|queues?)",
)
_UNABLE = any_of(
    r"(we|they|you|it|customers|people|staff|nobody|\w+s) (can't|cannot|can not|couldn't|could not|haven't been able to|aren't able to|are unable to) "
    r"(?!(do|make|say|promise|remember|believe|wait|complain|think|decide|sign|talk|hear|meet|afford|commit|go|pay|spend|agree|accept|be)\b)\w+",
    r"(doesn't|don't|didn't|not|isn't|won't) (work|working|open|load|print|start|add up|match|arrive|turn up|show up|get through|talk to (each other|one another))",
    r"(nobody|no one|none of (us|them)) (\w+ )?(knows|tells|signs|answers|owns|checks|reads|notices|has|gets|does|ever|can|is|was|told|knew|writes|remembers|looks|picks|trusts|uses)",
    r"(never|hardly ever|rarely) (\w+ )?(tells?|know|knows|send|sends|get|gets|arrives?|works?|match|matches|comes?|see|sees|answers?|finish|finishes|hear|hears|shows?|signs?|reads?|picks?)",
    r"(comes?|came|goes|went) (back|out|in) (blank|wrong|empty|late|dirty|broken|short|incomplete|without)",
    r"(always|constantly|forever) (\w+ )?(late|cold|wrong|full|busy|down|empty|behind|short|out|broken|dirty|missing|chasing|waiting|last|the wrong)",
    r"so (many|much|slow|slowly|late|bad|badly|long|old|often|few) (\w+ ){0,3}(that|we|people|they|nobody)",
)
_LACK = any_of(
    r"(can't|cannot|can not|couldn't|could not|unable to|not able to)",
    r"(nobody|no one|none of (us|them)|nothing|never|hardly (any|anyone|ever)|not everyone|not enough|no idea|no way (of|to)|no signal|no record|isn't (any|enough)|aren't (any|enough))",
    r"(don't|doesn't|didn't|do not|does not) (\w+ )?(know|tell|talk|trust|see|get|have|show|match|add up|speak|agree|arrive|come|turn up|answer|last|fit|reach|remember|sign|understand|let)",
    r"without (\w+ )?(anyone|anybody|a|any|knowing|telling|noticing|\w+ing)",
    r"(too (much|many|long|late|slow|few|little|small|big|old|often|hard|heavy|expensive|complicated|cold|hot))",
    r"(takes?|taking|took) (\w+ )?(\w+ )?(hours?|days?|weeks?|months?|minutes|ages|forever|for ever|two|three|four|five|half|all|the whole|most|a (day|week|month|lot|long))",
    r"(spend|spends|spending|spent) (\w+ ){0,3}(hours?|days?|weeks?|every|half|all|most|a (day|week|lot))",
    r"half (of )?(the|our|them|of|my|it|time)|every (single )?(time|day|week|month|monday|friday|year)|all the time|again and again|over and over|twice|keeps? \w+ing|keep on|ends? up|ending up|have to (\w+ )?(\w+ )?(again|by|every|all|ourselves|myself|ring|phone|chase|wait|guess)",
    r"(waits?|waiting|wait) (for|until|half|days|weeks|ages)|one day in|one in (three|four|five|six|ten)|only (one|two|three|half|\w+ of us)|different (versions?|prices|reports?|ways|spreadsheets)|used to (work|be)|worse|worst|isn't (good|great|right|ideal)|not (great|good|ideal|right|happy|enough)",
)
_FINE = any_of(
    r"no (complaints?|problems?|issues?|trouble|worries|downtime|concerns?|real (problems?|issues?|complaints?))",
    r"(works?|working|worked|runs?|running|going|is|are|it's|that's|they're|we're) (all |just |perfectly |quite |pretty |very )?(fine|well|great|good|smoothly|ok|okay|covered|sorted|spot on|happy)",
    r"(never|hardly ever|rarely|not|don't|doesn't|didn't|haven't|hadn't|no|we've never|without) (\w+ ){0,3}(had|have|get|got|see|seen|any|a) ?(any|a|one|many|much|such|of (that|those|them))? ?(problems?|issues?|trouble|complaints?|downtime|errors?|that|those|them|one|any)?$",
    r"(not|isn't|aren't|don't|doesn't|haven't|never|hardly) (\w+ ){0,4}(problem|issue|trouble|worry|worried|concern|complain|downtime|mind|bother\w*|difficult)",
    r"can't complain|nothing to (grumble|complain)|spot on|all (good|fine)|nothing wrong|no need|don't mind|no hardly ever|(have|had|has) (halved|improved|dropped|fallen)|came down|come down|went from",
    r"(not|no) (a )?(rush|worry|worries|matter)|doesn't matter|never mind|sorry|i'm late|running late|miss(ed)? your call",
)
_WANT = any_of(
    r"(i|we|they|you|everyone|the \w+|our \w+|my \w+|he|she|\w+) (really |just |also |only |still |definitely |do |badly |mostly |all |desperately )*(need|needs|wants|want|require|requires|wish|demand|demands|insist on|expect|expects)"
    r"(?! (to (\w+ )?(ask|look|check|go|run|think|talk|speak|see what|get back|discuss|consider|jump|leave|stop|be (honest|fair|careful|off|there)|say|know (what you|how much)|hear|add|sleep)|you to (know|understand))\b)",
    r"(i'd|we'd|they'd|i would|we would|they would) (really |just |also |ideally |quite |rather |all |much )*(like|love|want|need|prefer)(?! (to (ask|think|check|see the (contract|price)|discuss|say|speak|talk|sleep|know (what|how much) you)|that$))",
    r"(looking|after|hoping|hope|aiming|aim|keen|trying|dying) (for|to|something|a|an)(?! (hear|see) (from|you))",
    r"(goal|aim|target|priority|wish|dream|ideal|plan) (is|was|would be|for)",
    r"(must|has to|have to|needs to|need to) (be|have|show|work|handle|run|know|see|get|go|happen|come|fit|talk|cope|do)",
    r"(i'm|we're|i am|we are) (after|looking|hoping|keen|trying)",
    r"ideally|would (be (nice|good|great|lovely|a dream|helpful|useful)|help us|save us|let us)|what (i|we) (need|want|would like|'d like|really)|if only",
    r"^(an? |some |something |somebody |someone )(simpler|faster|better|cheaper|way|who|that|which)|^(more|fewer|less|halving|cutting|getting|being able|having) \w+",
)


@lru_cache(maxsize=2048)
def _by_words(text: str, mark: str) -> tuple[float, float, bool]:
    """Chance of a problem and of a need by the words, and whether they say that all is well."""
    if mark == "?":
        return 0.0, 0.0, False
    fine = _FINE.search(text) is not None
    strong = _TROUBLE.search(text) is not None or _UNABLE.search(text) is not None
    lack = _LACK.search(text) is not None
    problem = (
        0.0
        if fine or not (strong or lack)
        else (either(STRONG, WEAK) if strong and lack else STRONG if strong else WEAK)
    )
    return problem, NEED if _WANT.search(text) else 0.0, fine and not (strong and lack)


forgets(_by_words.cache_clear)


def problem_chance(line: Line, labels: Labels, *, asked_for: bool = False) -> float:
    """Chance that a customer's sentence voices a problem, more where it answers a question for one."""
    by_words, _, fine = _by_words(line.text, line.mark)
    tagged = chance(labels, line, "problem_voiced")
    if chance(labels, line, "objection") >= PREDICTED > tagged:
        by_words *= OBJECTION_KEEPS
    return tagged * CONTENT_KEEPS if fine else either(tagged, by_words, ASKED_FOR * asked_for)


def need_chance(line: Line, labels: Labels, *, asked_for: bool = False) -> float:
    """Chance that a customer's sentence voices a need, more where it answers a question for one."""
    _, by_words, _ = _by_words(line.text, line.mark)
    return either(chance(labels, line, "need_voiced"), by_words, ASKED_FOR * asked_for)


def says_all_is_well(saying: Saying) -> bool:
    """Whether somebody says that there is no trouble, and no trouble besides."""
    return any(_by_words(line.text, line.mark)[2] for line in saying.lines)


def all_is_well(text: str) -> bool:
    """The same of plain words."""
    return _by_words(text, "")[2]


_ASKS_NEED = any_of(
    r"(what|which|anything|something)\b.{0,30}\b(do|would|did|are|is|else) (you|your \w+|everyone|they) (\w+ )?(need|want|like|looking for|after|hoping|aiming|trying|wish)",
    r"(what are|what's|what is) (you|your|the) (\w+ )?(after|goal|aim|target|priority|priorities|looking for|hoping for|wish|dream|ideal)",
    r"what (matters|would help|would a good|would good|would success|are you (after|looking|hoping|aiming|trying))",
)
_ASKS_MORE = any_of(
    r"(what|anything|something|and) else|anything besides|besides that|what about|and (from|for|the|your)\b.{0,40}|go on|tell me more|such as|for example|and"
)
_NOTHING = any_of(
    r"^(no|nope|nothing|none|not really|not much|hardly|never|mm|hm|er|i don't know|no idea|that's it|fine|good)"
)


def voiced_in(
    dialogue: Dialogue, labels: Labels, *, needs: bool = True
) -> dict[int, tuple[tuple[Line, float], ...]]:
    """The sentences of each customer saying that voice a problem, or a need too, with their chance.

    An answer to "what goes wrong?" hardly needs a word of trouble in it; nor one to "what else?"
    after it. "No" and "nothing" answer neither.
    """
    found: dict[int, tuple[tuple[Line, float], ...]] = {}
    for_problem = for_need = False
    for saying in dialogue.sayings:
        if saying.murmur:
            continue
        if saying.role is Role.REP:
            for_problem, for_need = _asked_for(saying, for_problem, for_need)
            continue
        lines = []
        nothing = _NOTHING.search(saying.text) is not None
        for number, line in enumerate(saying.lines):
            answers = number == 0 and bool(line.roots) and line.mark != "?" and not nothing
            probability = problem_chance(line, labels, asked_for=for_problem and answers)
            if needs:
                probability = max(probability, need_chance(line, labels, asked_for=for_need and answers))
            if probability >= PREDICTED:
                lines.append((line, probability))
        if lines:
            found[saying.at] = tuple(lines)
        elif nothing:
            for_problem = for_need = False
    return found


def _asked_for(saying: Saying, problem: bool, need: bool) -> tuple[bool, bool]:
    """What a rep's last sentence asks for; "what else?" asks for the same again."""
    line = saying.lines[-1]
    if difficulty_form(line.text):
        return True, False
    if _ASKS_NEED.search(line.text):
        return False, True
    if (problem or need) and saying.n_words <= MORE_WORDS and _ASKS_MORE.search(line.text):
        return problem, need
    return False, False
