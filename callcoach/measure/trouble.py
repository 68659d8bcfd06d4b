"""Whether a customer's sentence voices a problem or a need, by its words.

A problem is something that goes wrong, costs or is missing *now*; a need is what the speaker says
they want. "No complaints", "that works fine" and "we never had any" voice neither. Taggers say the
same of whole turns (`callcoach.measure.voicing` joins both).
"""

from __future__ import annotations

import re
from functools import lru_cache

from callcoach.measure.content import root
from callcoach.measure.language import any_of, word_set
from callcoach.measure.last import forgets
from callcoach.measure.masking import alike
from callcoach.measure.screens import OneOf

STRONG, WEAK = 0.55, 0.35  # chance that a sentence with such words voices a problem
NEED = 0.7  # the same for a need

_STRONG_WORDS = word_set(
    """problem trouble issue nightmare mess messy shambles chaos chaotic disaster headache hassle nuisance bottleneck backlog struggle
    painful tedious embarrass annoy annoyance frustrate frustration infuriate infuriating maddening mindnumbing clumsy fiddly awkward hopeless
    useless unreliable outdated wrong wrongly mistake error typo fault faulty bug buggy glitch duplicate duplication complain complaint
    grumble moan angry furious upset lapse lapsed noshow penalty refund delay late overdue slow slowly ages endless crash freeze jam stuck broken
    breakage breakdown fail failure collapse leak leaky spoil rust mould mouldy rot rotten smash outage downtime lose loss forget forgot astray
    mislaid misplace misplaced waste wasteful scrap worry scared afraid fear dread hate exhaust exhausted exhausting doublebook overbook muddle
    confuse confusing confusion suffer stolen theft bust retype rekey reenter reprint redo rework overwrite outgrow outgrown shortstaffed
    understaffed overload overwhelm drown awful terrible dreadful horrible horrendous rubbish ridiculous dire grim brutal undelivered unpaid
    unanswered unsigned unfinished unread unhappy unsafe unfair untidy unusable unclear inconsistent incomplete inaccurate inaccuracy illegible
    invisible mismatch shortage shortfall overtime overrun overspend overcharge undercharge backlogged bounce blank dusty filthy dirty smelly
    noisy cramped overcrowded congested damp flood flooding flicker  glitchy laggy lag sluggish cumbersome convoluted laborious manual
    manually handwritten scribble retyping guesswork firefighting bureaucracy redundant obsolete ancient knackered worn flaky temperamental
    patchy erratic haphazard sloppy careless churn attrition  resign walkout absentee sickness burnout stress stressful stressed injury
    accident hazard unsold spoilage shrinkage leakage wastage discrepancy dispute grievance lawsuit  breach hack hacked scam fraud
    misread mishear misunderstand mixup blunder cockup hiccup snag stumble  stick sticky squeak rattle rip  crack snap peel fray
    neglect ignore overlook skip bodge botch wobble undercut cancel cancellation withhold resent resentment bored boring lonely fedup
    chase chasing bottleneck clog block blocked gridlock queue queuing backlog pileup vanish disappear stray shout quarrel argue argument swear fade warp wilt torn drip sag blur smear scratch dent clash stall choke"""
)
_TROUBLE = any_of(
    r"(pain in|pain|out of date|can't stand|sick of|fed up|tired of|cut off|cuts out|mixed up|mixes up|mix up|lost track|double book(ed|ing|s)?|all over the place|hurts?|hurting|cross\b(?! (the|over|check))|by hand|on paper|old fashioned|pile[sd]? up|piling up|no shows?"
    r"|drives? (me|us|them|everyone) (mad|crazy|nuts|up)|driving (me|us|them) (mad|crazy|nuts|up)|killing us|kills us|doing my head in|eats? (up )?(my|our|the|their|his|her|into|all|half|most|hours|a|\w+ings)|swallows?|drains?|bleed\w*|through the roof|sky high|skyhigh|out of hand|on its last legs|(haven't|hasn't|isn't|aren't|never|not|wasn't) (been |being |get |gets |got )?(paid|told|done|fixed|updated|answered|checked|signed|filled|finished|cleaned|read|used|delivered|invited|asked)|walk off|walks off|nobody's job"
    r"|behind(?! (you|us|me|it|that)\b)|miss(es|ed|ing)?(?! (you|him|her|home)\b)|bin(ned|ning)?(?= \w+ (per|a|of)| (it|them|the|nine|ten|half|a))|throw(ing|n|s)? (\w+ ){0,3}away|drops? out|dropped out|drops? (every|in the|all|when)|goes? down|went down|going down (all|every)"
    r"|(go|goes|went|going|turn|turns|turned|runs?|come|comes|came) (black|dark|dead|blank|missing|wrong|astray|quiet|bad|stale|sour|cold|off|out|back|late|short|empty|mad)|gives? up|gave up|give out|giving up|let(s|ting)? (us|me|them) down|falls? (over|apart|behind|down|through|short)|fell (over|apart|behind|down|through|short)"
    r"|breaks? (down|all|every|again)|(still|always) (waiting|no|haven't|hasn't|don't|not|chasing|using|on)|stops? working|stopped working|wears? out|worn out|wakes?|complete guess|a guess|guessing|in my head|from memory|shout(ed|ing)? at|rings? (me|us) at|phoning round|copying|whiteboard|fax(es|ed)?)",
)
_UNABLE = any_of(
    r"(we|they|you|it|customers|people|staff|nobody|\w+s) (can't|cannot|can not|couldn't|could not|haven't been able to|aren't able to|are unable to) "
    r"(?!(do|make|say|promise|remember|believe|wait|complain|think|decide|sign|talk|hear|meet|afford|commit|go|pay|spend|agree|accept|be)\b)\w+",
    r"(doesn't|don't|didn't|not|isn't|won't) (work|working|open|load|print|start|add up|match|arrive|turn up|show up|get through|talk to (each other|one another))",
    r"(nobody|no one|none of (us|them)) (\w+ )?(knows|tells|signs|answers|owns|checks|reads|notices|has|gets|does|ever|can|is|was|told|knew|writes|remembers|looks|picks|trusts|uses)",
    r"(can|could) (never|hardly|barely|only|rarely)\b",
    r"(never|hardly ever|rarely) (\w+ )?(tells?|know|knows|send|sends|get|gets|arrives?|works?|match|matches|comes?|see|sees|answers?|finish|finishes|hear|hears|shows?|signs?|reads?|picks?)",
    r"(comes?|came|goes|went) (back|out|in) (blank|wrong|empty|late|dirty|broken|short|incomplete|without)",
    r"(always|constantly|forever) (\w+ )?(late|cold|wrong|full|busy|down|empty|behind|short|out|broken|dirty|missing|chasing|waiting|last|the wrong)",
    r"so (many|much|slow|slowly|late|bad|badly|long|old|often|few) (\w+ ){0,3}(that|we|people|they|nobody)",
)
_HINTS = (
    any_of(
        r"(can't|cannot|can not|couldn't|could not|unable to|not able to)",
        r"(nobody|no one|none of (us|them)|nothing|never|hardly (any|anyone|ever)|not everyone|not enough|not all|no idea|no way (of|to)|no signal|no record|isn't (any|enough)|aren't (any|enough))",
        r"(don't|doesn't|didn't|do not|does not) (\w+ )?(know|tell|talk|trust|see|get|have|show|match|add up|speak|agree|arrive|come|turn up|answer|last|fit|reach|remember|sign|understand|let|stay|care|bother|label|check)",
        r"without (\w+ )?(anyone|anybody|a|any|knowing|telling|noticing|\w+ing)|isn't (good|great|right|ideal)|not (great|good|ideal|right|happy|enough)|worse|worst|used to (work|be)",
        r"(run|runs|ran|running) (out|short|over|late|low)|short of|low on|off by|out by|over (the|our) (budget|limit)|leaves? (us|after|before|because|within)|walks? out|bursting|write (it|them) off|written off",
    ),
    any_of(
        r"(takes?|taking|took) (\w+ )?(\w+ )?(hours?|days?|weeks?|months?|minutes|ages|forever|for ever|two|three|four|five|half|all|the whole|most|a (day|week|month|lot|long|fortnight))",
        r"(spend|spends|spending|spent|sits?|sitting|lies?|waits?|waiting|wait|hangs?|stands?) (\w+ ){0,4}?(hours?|days?|weeks?|months?|every|half|all|most|a (day|week|lot|fortnight|month)|for (a|two|three|four|five|six|days|weeks|months|hours|ages)|until|around)",
        r"(for|by) (a|two|three|four|five|six|\d+) (fortnight|weeks?|days?|months?|hours?)|a (third|quarter|half)|per cent|percent|half (of )?(the|our|them|of|my|it|time)|one day in|one in (three|four|five|six|ten)|every (second|other|third|fourth|fifth)",
    ),
    any_of(
        r"every (single )?(time|day|week|month|morning|evening|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|year|summer|winter|spring|autumn)|all the time|all day|again|over and over|twice(?! (a|per|every|each) )|keeps? \w+ing|keep on|ends? up|ending up|\w+ times (a|per) (day|week|month|year)|whenever",
        r"have to (\w+ )?(\w+ )?(again|by|every|all|ourselves|myself|ring|phone|chase|wait|guess|do it)|only (one|two|three|half|me|\w+ of us|ever)|different (versions?|prices|reports?|ways|spreadsheets|systems)|(three|four|five|six|seven|eight|nine|ten) different",
        r"(too (much|many|long|late|slow|few|little|small|big|old|often|hard|heavy|expensive|complicated|cold|hot|far|wet|dry|thin|thick|loud|dark|weak|strong|tight|loose|narrow|wide|early|rigid|basic|vague|crowded|manual))|somebody's|someone's|the same \w+ (\w+ )?(question|thing|data|list|form|figures|numbers)",
    ),
)  # each alone hints at a problem; two of them voice one
_FINE = any_of(
    r"no (complaints?|problems?|issues?|trouble|worries|downtime|concerns?|real (problems?|issues?|complaints?))",
    r"(works?|working|worked|runs?|running|going|is|are|it's|that's|they're|we're) (all |just |perfectly |quite |pretty |very )?(fine|well|great|good|smoothly|ok|okay|covered|sorted|spot on|happy)",
    r"(never|hardly ever|rarely|not|don't|doesn't|didn't|haven't|hadn't|no|we've never|without) (\w+ ){0,3}(had|have|get|got|see|seen|any|a)( |$)(any|a|one|many|much|such|of (that|those|them))? ?(problems?|issues?|trouble|complaints?|downtime|errors?|that|those|them|one|any)?$",
    r"(not|isn't|aren't|don't|doesn't|haven't|never|hardly) (\w+ ){0,4}(problem|issue|trouble|worry|worried|concern|complain|downtime|mind|bother\w*|difficult)",
    r"rock solid|like clockwork|(it's|it is|that's|they're|all|works|runs) (\w+ )?(great|brilliant|smooth|smoothly|flawless|lovely|solid|reliable|perfect|perfectly|a dream)|can't complain|nothing to (\w+ )?(grumble|complain|moan|worry|report|fix|say against)|(so far|really|very|quite|pretty) (so good|smoothly|smooth|well)|spot on|all (good|fine)|nothing wrong|no need|don't mind|no hardly ever|(have|had|has) (halved|improved|dropped|fallen)|came down|come down|went from",
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


_NOT_STRONG = word_set("sticker stickers lately issued issuing quite fine tires tire ripe")
_STRONG_ROOTS = frozenset(root(word) for word in sorted(_STRONG_WORDS))


_AMISS = re.compile(
    r"over(order|stock|pay|paid|heat|flow|lap|spen[dt]|run|book|charge|load|work|crowd|due|fill|stretch)\w*|under(stock|pay|paid|charge|staff|perform|estimate|cook)\w*"
    r"|mis(print|label|file|place|read|count|match|take|took|direct|spell|spelt|calculate|communicat|quote|price|ship|sort|understand|understood|manage|handle|fit)\w*"
    r"|dis(connect|agree|appear|organi[sz]ed|jointed|gruntled|satisfied|tracted|rupt)\w*|in(accurate|complete|consistent|correct|efficient|secure|sufficient)\w*"
)


@lru_cache(maxsize=1 << 14)
def _is_strong(word: str) -> bool:
    if word in _NOT_STRONG:
        return False
    return root(alike(word)) in _STRONG_ROOTS or _AMISS.fullmatch(word) is not None


_FINE_WORDS = word_set(
    """no not never hardly rarely works work working worked runs run running going is are it's that's they're we're all can't nothing spot mind so really very quite pretty
    don't doesn't didn't haven't hadn't isn't aren't without halved improved dropped fallen came come went sorry late miss missed rock clockwork"""
)  # every way of saying that all is well holds one of them
_UNABLE_WORDS = word_set(
    """can't cannot can couldn't could haven't aren't are doesn't don't didn't not isn't won't nobody no none never hardly rarely come comes came
    go goes went always constantly forever so"""
)
_WANT_WORDS = word_set(
    """need needs wants want require requires wish demand demands insist expect expects i'd we'd they'd would looking after hoping hope aiming aim
    keen trying dying goal target priority dream ideal plan must has have i'm we're am ideally if only simpler faster better cheaper way who that
    which more fewer less halving cutting getting being able having"""
)


_ANY_HINT = OneOf(_HINTS)


@lru_cache(maxsize=2048)
def by_words(text: str, mark: str = "") -> tuple[float, float, bool]:
    """What the plain words of a sentence alone tell; a question tells nothing.

    Returns
    -------
    tuple of (float, float, bool)
        Chance of a problem, chance of a need, and whether the words say that all is well.
    """
    if mark == "?":
        return 0.0, 0.0, False
    words = frozenset(text.split())
    fine = not words.isdisjoint(_FINE_WORDS) and _FINE.search(text) is not None
    if fine:  # "nothing to moan about" is no moaning
        text = _FINE.sub(" ", text)
        words = frozenset(text.split())
    strong = (
        any(map(_is_strong, words))
        or (not words.isdisjoint(_UNABLE_WORDS) and _UNABLE.search(text) is not None)
        or _TROUBLE.search(text) is not None
    )
    hinted = (fine or not strong) and _ANY_HINT.may_hold(text)
    n_hints = sum(hint.search(text) is not None for hint in _HINTS) if hinted else 0
    need = NEED if not words.isdisjoint(_WANT_WORDS) and _WANT.search(text) is not None else 0.0
    problem = 0.0 if fine else STRONG if strong or n_hints > 1 else WEAK * n_hints
    return problem, need, fine and not (strong and n_hints)


forgets(by_words.cache_clear)


def all_is_well(text: str) -> bool:
    """Whether plain words say that there is no trouble, and name none besides.

    >>> all_is_well("works fine no complaints"), all_is_well("we lose two days on approvals")
    (True, False)
    """
    return by_words(text)[2]
