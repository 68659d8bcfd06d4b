"""Whether a rep's sentence claims something for the product, and whether the customer asked for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from callcoach.core import Role
from callcoach.measure.constants import PREDICTED
from callcoach.measure.dialogue import Dialogue, Line, Saying, chance, either
from callcoach.measure.language import any_of
from callcoach.measure.last import keep_last
from callcoach.measure.screens import OneOf, Screened
from callcoach.measure.utterances import Labels

STRONG, CLAIM, HINT = 0.8, 0.7, 0.35  # chance that a clause of such form is a claim,
ELSE_KEEPS = 0.5  # and what is left of a doubtful one where the taggers say that it is something else

_LEAD = (
    r"^(?:(?:and|so|well|but|right|okay|ok|yes|yeah|no|sure|anyway|now|then|great|fine|good|lovely|actually|because|since|thanks|of course|which is why|that's why|that is why|which means|did you know|that|basically|look|plus"
    r"|also|overall|hi|hello|honestly|i see|i mean|you know|you see|as you can see|luckily|at the moment|meanwhile|ah|oh|(?:for|with|in) (?:\w+ ){1,4}(?:like yours|like you|your size|such as yours)|from (?:here|now)(?: on)?) )*"
)
_VERBS = (
    r"(sav(e|es)|cuts?|lets?|giv(e|es)|protects?|keeps?|makes?|improv(e|es)|reduc(e|es)|handl(e|es)|clears?|fix(es)?|solv(e|es)|tells?|warns?|texts?|alerts?|rings?|sends?|shows?|does|do"
    r"|tak(e|es)|brings?|helps?|means?|stops?|prevents?|avoids?|gets?|puts?|catch(es)?|flags?|tracks?|plans?|sorts?|fills?|works?|runs?|integrates?|connects?|links?|syncs?|updates?|prints?"
    r"|opens?|checks?|finds?|match(es)?|moves?|mov(e|es)|builds?|writes?|reads?|records?|reminds?|routes?|prices?|automates?|automatically|speeds?|doubles?|halves?|beats?|com(e|es)|costs?|pays?"
    r"|guarantees?|delivers?|provides?|offers?|includes?|supports?|covers?|allows?|enables?|ensures?|removes?|replaces?|eliminates?|vibrates?|frees?|turns?|never|always|can|will|won't|would"
    r"|don't|doesn't|counts?|creates?|pulls?|picks?|gathers?|lasts?|uses?|needs? no|has|have|is (the|built|designed|made|loved|used|going|so|much|twice|ten)|are (the|built|designed|made|loved|brilliant|so|much|twice))"
)
_NOT_OURS = (
    r"(?!(next|last|first|call|calls|meeting|chat|conversation|agenda|notes?|records?|price|pricing|prices|quote|offer|proposal|contract|agreement|terms|invoices?|legal|boss|manager|side|colleagues?|understanding|questions?|lawyer|fee|rate|rates"
    r"|name|number|mistake|fault|apologies|pleasure|plan|idea|guess|view|opinion|experience|diary|calendar|goal|job|office|offices|address|email|finance|people|policy|insurers?|published|minimum|list|standard (price|terms|rate))\b)"
)
_PRODUCT = (
    r"(?:ours|this one|(?:the|this|that|these|those|my|your new|a|every|each) (?:new |whole |same |standard |basic |pro |little |small |clever |one )?(?:boxe?s?|gadgets?|units?|maps?|tablets?|widgets?|apps?|platforms?|tools?|systems?|software|modules?|services?|portal|products?|versions?|features?|dashboards?|pages?|screens?|reports?|scanners?|tags?|sensors?|machines?|alarms?|gates?|robots?"
    r"|devices?|plans?|tier|add-?on|release|programme|program|kit|package|button|view|list|planner|calendar|assistant|bot|camera|tracker|forecast|integration|link|form|template|code|reminders?|alerts?))"
)
_SERVED = r"(?:you|your|yours|more|fewer|less|better|faster|safer|easier|greener|happier|cheaper|calmer|quicker|every|everyone|all|no|nobody|nothing|instead|automatically|themselves|itself|overnight|straight|down|without)"
_DOES = (
    rf"{_LEAD}(?:here )?(?:it|this|that|these|those|they|which|here)(?: all| also| just| then| now| simply| quietly| automatically| basically| even| actually| always|'ll| will| can| would| won't| is going to| are going to)* "
    r"(?:sav(?:e|es)|cuts?|lets?|gives?|protects?|keeps?|improv(?:e|es)|reduc(?:e|es)|handles?|clears?|fix(?:es)?|solves?|warns?|texts?|alerts?|sends?|sorts?|fills?|takes? (?:care|away|out|the|all)|brings? (?:\w+ )?down|helps?|means (?:that|more|fewer|less|no|the|peace|better|your|you)"
    r"|stops?|prevents?|avoids?|gets? rid|makes? (?:\w+ ){1,6}(?:faster|easier|happier|safer|better|simpler|more|productive|run|clear|quicker|quick|cheaper|calmer|greener)|makes? (?:you|them|guests|everyone) \w+|makes? (?:your|the) (?:\w+ ){1,3}(?:look|feel|seem|sound|run|work|go)|makes? sure|automates?|speeds?|doubles?|halves?|frees?|eliminates?|removes?|replaces?|won't let"
    r"|catch(?:es)?|flags?|tracks?|reminds?|routes?|prints?|vibrates?|match(?:es)?|links?|syncs?|plans?|opens?|blocks?|pulls?|tells?|shows? (?:you|your|the|who|what|which)|transforms?|orders?|counts?|checks?|books?|measures?|calculates?|rings|calls|locks?|lifts?|runs?|boosts?|cleans?|works?|comes?|leaves?|builds?|grows?|moves?|picks?|puts?|finds?|adds?|answers?|learns?|scans?|prints?|writes?|reads?|sits?|stays?|(?:goes|go) (?:straight|out)|spots?|lists?|turns?|nudges?|chases?|pops up|lowers?|raises?|drives?|increases?|lands?|delivers?|simplif(?:y|ies)|shortens?|ensures?|spares?|eases?|ends|gets? (?:\w+ ){1,6}(?:ready|done|out|in|back|right|there|down|up|through|to)|does (?:that|it|this|the|all|away)|never (?:lets|misses|loses|forgets))\b"
)
_GAIN = (
    r"saves?|cuts?|boosts?|improves?|doubles?|halves|frees?|fuels?|grows?|speeds?|faster|quicker|easier|simpler|safer|cheaper|smoother|happier|calmer|greener|leaner|better|more \w+|less \w+|fewer \w+|automatically|instantly|instead"
    r"|straight away|no longer|never again|yours again|in (?:one|a) (?:click|tap|second|minute)|in seconds|at a glance|by (?:itself|themselves)|for themselves|themselves|on (?:its|their|your) own|itself|overnight|day and night|round the clock|on the spot|in no time|without \w+ing"
)
_STRONG = [
    r"\b\w+s (?:can|will) (?:now )?\w+ .{0,60}\b(?:from the|from their|in (?:under|seconds|a minute)|without|by (?:text|phone)|on their own|themselves|straight|instantly|automatically)\b",
    r"\b(?:the|your|every|each|any|a) (?:\w+ ){1,3}?can now |\b(?:they|people|everyone|everybody|anyone|he|she|staff|customers|guests|you) can now ",
    rf"^(?=.*\b{_SERVED}\b){_DOES}",
    rf"{_LEAD}(?:with |in |on )?(?:our|ours) {_NOT_OURS}\w+",
    r"\b(?:we're|we are|it's|it is|this is|ours is|they're|that's|with|i'm) (?:\w+ ){0,3}?the (?:\w+ )?(?:number one|best|fastest|leading|only|most \w+|cheapest|market leader|safest|smartest|easiest) ",
    r"\b(?:pays for itself|peace of mind|at the (?:push|touch|press) of a button|with (?:one|a) (?:click|tap)|in real time|out of the box|hassle free|loved by|trusted by|like clockwork)\b",
    rf"{_LEAD}(?:it|this|that|which|ours)(?:'ll| will| would| can| also| just| really| even| simply| is going to| all)* (?:saves?|cuts?|halves|slashes|makes?) (?:\w+ ){{0,5}}?(?:time|money|hours|days|costs?|effort|hassle|easier|simpler|faster|quicker|better|a breeze)\b",
    r"\b(?:we're|we are|i'm from) the (?:ones?|people|firm|team|company|guys|lot) (?:who|that) (?!(?:called|rang|wrote|sent|spoke|emailed|met|supplied|installed)\b)\w+",
    rf"{_LEAD}(?:it|this|that|ours)(?:'ll| will| would| can| is going to) (?:\w+ )?brings? (?:your|you|the|everyone|people) (?:\w+ ){{1,4}}(?:together|closer|peace|joy|calm|order|back|up|more|in)\b",
    r"\bour (?:\w+ ){1,3}(?:" + _VERBS[1:-1] + r")\b",
]
_FORMS = [
    rf"{_LEAD}{_PRODUCT} (?:\w+ly |also |just |already |all |now |then )*(?!(?:is|was|are|were|has|had|said|looks?|seems?|sounds?|needs?) (?!the|built|made|designed|no))\w+(?:s|ly|ll|n't|n|re)?\b",
    _DOES,
    r"\b(?:you'll|you will|you'd|you would|you can|you get|you won't|you never|you no longer|your \w+ (?:will|would|can|won't)|everyone can|they'll|they'd|they can|\w+s can) (?:also |just |then |now |never |always |all |finally |even |no longer |get |both )*"
    r"(?:save|cut|get|see|have|lose|spend|double|halve|waste|be able|hand|grow|make|pay less|run|pull|report|reach|sell|miss|worry|sleep|avoid|reduce|track|book|move|finish|open|print|sign|scan|order|find|know|stop|never|need to \w+ (?:again|any more))\b",
    r"\b(?:nobody|no one|everyone|every \w+|the \w+) (?:\w+ )?(?:has to|have to|needs to)? ?(?:no longer|never again|any more|anymore)\b",
    r"\b(?:we've|we have|we|i've|i)(?: just| also| already| recently| actually| really)* (?:got|built|build|made|developed|launched|added|designed|invented|have|make|offer|provide|sell|run|do) (?:a|an|the|our|some|something|exactly|tools?|\w+s|it|that|this) ?.{0,60}\b(?:that|which|with|where|to|for|so|who|in)\b",
    r"\b(?:we|i) (?:help|let|give|save|take|make sure|keep|plan|handle|automate|cut|protect|guarantee) (?:\w+ )?(?:firms?|companies|clients?|customers?|you|your|people|teams?|\w+s)\b",
    r"\bwith (?:us|ours|our \w+|this|it)\b.{0,80}\b(?:you|your|you'd|you'll|nobody|everyone|can't|won't|they|they'd|they'll|people|guests|staff|customers)\b",
    r"\b(?:nobody|no one) (?:will |would )?(?:has|have|needs) to \w+|\byou (?:don't|won't|wouldn't) (?:have|need) to \w+",
    r"\b(?:for (?:you|your)) .{0,40}(?:this|it|that) means\b",
    r"\b(?:disappears?|goes away|is gone|are gone|vanish(?:es)?|(?:is|are) a thing of the past|(?:is|are|becomes?) history)\b",
    rf"{_LEAD}(?:it|this|ours)(?: also| even)? (?:has|comes with|includes|features|offers) ",
    r"\bwhat (?:it|this|we|ours) (?:does|do) (?:here )?is\b",
    r"\b(?:which|that|this|it|\w+) means (?:that )?(?:you|your|somebody|someone|nobody|no|they|the|every|fewer|less|more|it's)\b",
    r"\b(?:each|every) (?:\w+ )?(?:gets|has|shows|opens|carries|comes with|sees|goes|leaves)\b",
    r"\b(?:leaves?|keeps?) an? (?:audit )?(?:trail|record|log|copy)\b",
    r"\b(?:calls|texts|tells|shows|warns|alerts|emails|sends|gives|gets|saves|lets|reminds|pings|buys|brings|spares|frees) (?:you|your|them|everyone|each|every|all)\b",
    rf"{_LEAD}(?:with .{{1,40}} )?(?:the|this|that|these|it|we|each|every|any|clients|customers|\w+ing|your \w+ (?:will|would)|you'll|you get|you'd)\b.*\b(?:{_GAIN})\b",
    rf"{_LEAD}(?:\w+ )?\w+s (?:get|receive|see|can see) (?:a|an|the|their|every|each) ",
    r"\bthere(?:'s| is| are) (?:also|even|now) an? ",
    rf"{_LEAD}(?:the|a|an|every|each|your) (?:\w+ ){{1,2}}(?:won't let|lets|refuses|blocks|warns|alerts|stops|reminds|flags|tells|shows you|asks for|never lets|doesn't let|can't \w+ (?:until|unless|without)|won't \w+ (?:until|unless|without))\b",
    rf"{_LEAD}here (?:the|every|each|you|your|all|a) (?:\w+ )?",
]


def _patterns(forms: Sequence[str]) -> tuple[Screened, Screened]:
    """Forms that a clause starts with, and forms that may stand anywhere in it."""
    start = [form for form in forms if form.startswith("^")]
    anywhere = [form for form in forms if not form.startswith("^")]
    return Screened("|".join(start)), Screened("|".join(anywhere))


_STRONG_START, _STRONG_ANYWHERE = _patterns(_STRONG)
_FORM_START, _FORM_ANYWHERE = _patterns(_FORMS)
_NO_CLAIM = any_of(
    r"(i'll|we'll|i will|we will|i can|let me|i could|let's|shall (i|we)|i'd like to|i want to|we could|we can) (just |quickly |then |also )?(send|email|mail|show|share|take you|put together|have|ask|check|look|come back|call|ring|set up|book|find out|get back|talk|walk|open|start|go|skip|move|see|speak|meet|pick|let you)",
    r"(thank|thanks|sorry|great to|nice to|good to|lovely to)",
    r"(you|they|your \w+|he|she)('ve| have|'d| had)? (also |just |already )?(said|told|mentioned|wanted|asked|were saying|were worried|was worried)",
)
_SPLIT = re.compile(
    r" (?=(?:so(?! (?:much|many|far|long|well|easy|good|quick|fast)\b)|but|because|which|since|while|though|and (?:our|we|it|this|that|you|with|here|the|now|your|they|for))\b)"
)
_SHOW_ME = any_of(
    r"(show|demo|walk|take|run|talk) (it |this |that )?(me|us|for (me|us)|through|to (me|us))",
    r"(can|could|would|will) (you|we|i) (just |please |maybe |perhaps |quickly )*(show|demo|walk|take (me|us)|see (it|the|how|a|your)|have a (demo|look)|go through|explain|give (me|us) (a|the))",
    r"(tell|explain to|give) (me|us) (\w+ )?(what|how|about|the|a|more)\b.{0,40}(you|your|it|product|tool|app|system|software|service|platform|demo|overview|tour|pitch|works?|does|do|offer|sell|features?)",
    r"what (exactly |actually )?(does|do|can|would|is|are|'s) (it|this|that|you|your|the) (?!want|need)(\w+ ){0,5}?(do|offer|sell|look like|about|cost|work|have|product|tool|app|system|software|service|platform)",
    r"how (does|do|would|can|is|are) (it|this|that|your|the|you) .{0,50}",
    r"(know|hear|see|understand|learn|find out|tell me|explain|wondering|curious) (\w+ )?(what|how) (it|this|that|you|yours|your \w+|your \w+ \w+|the \w+)( \w+)? (does?|works?|is|are|sells?|offers?|can|looks?|would|runs?|costs?)",
    r"(give|gave|giving|get|do|did|have|see|start with|skip to|jump to|go to) (me |us |through )?(the|a|your|that) (\w+ )?(tour|demo|demonstration|walk-?through|run-?through|presentation|pitch|show)",
    r"(rather|prefer|prefer it if|like it if) (you |we )?(just )?(showed|show|demoed|demo|saw|skipped)",
    r"(i|we|i'd|we'd|i'm|we're|me|us|just|really)( would| do| am| are)?( \w+)? (want|like|love|keen|here|came|hoping|prefer|rather|curious) (\w+ ){0,2}?(to )?(see (?!(the|my|our|their|fewer|more|less|some|results) (results|figures|numbers|customers|clients|orders|stock|end|back)|fewer|less|an end)|a demo|the demo|the tour|a tour|a look|have a look|hear (about|what|how))",
    r"just demo|(the|a) (tour|demo|walk-?through|run-?through|presentation|pitch) (first|please|now|then)|what have you got|go ahead and (show|pitch|present)|let's see (it|what|the|how)|(does|can|will|would|could|is|has) (it|this|your \w+|that) .{0,60}$",
)


_PITCHES_ASKING = any_of(
    r"(wouldn't|would|don't|who wouldn't|how would|why wouldn't)( you| your \w+| anyone)? (\w+ )?(love|like|want|prefer|be happy with|kill for|enjoy|need) (a|an|some|our|one|something|somebody|someone|the kind of) (\w+ ){0,4}(that|which|where|who|to) (\w+ )?\w+",
    r"what if (i (told|said to|showed) you|(you|we) had (a|an|our) \w+|there (was|were) an? (\w+ ){1,3}(that|which|to))",
    r"(did|do) you know (that )?(our|we|this|the|it|with (us|our|this)|\d|\w+ (percent|per cent))",
    r"(have you heard (of|about)|imagine) (our|a (platform|system|tool|app|service|software|machine|product|partner))",
)
_BECAUSE_YOU = Screened(
    r"^(?:(?:and|so|well|now|but|right|okay) )*(?:because|since|as|given that|given|seeing as) (?:you|you're|you've|your|they|the) "
)
_OWN = Screened(
    rf"\b(?:our|ours) {_NOT_OURS}\w|\bwith (?:us|ours)\b|\b(?:we|i)(?:'ve| have)? (?:got|built|made|make|offer|provide|sell|developed|launched|designed|can do|could do|handle|solve|fix) |\bthat's (?:solved|sorted|what we do|where we)\b|\b(?:the|this) (?:platform|app|tool|software|product) (?:\w+ly |also |even |just )?(?:does|will|can|lets|gives|has|comes|makes|saves|handles|shows|takes|sends|keeps|tracks|is|was built)\b"
)
_TOLD = Screened(
    r"\byou(?:'ve| have| were| also| just)* (?:said|told|mentioned|saying|telling|wanted|asked|raised|brought up)\b.* (?:so|and|well|now|which is why|that's why) (?:from here|from now on|this|it|you'll|you get|you can|with|here|our|we|the \w+ \w+s|now)\b"
)
_THEIR_WISH = Screened(
    r"\byou (?:wanted|asked for|needed|said you|were after|told me|mentioned|hate|hated)\b.* (?:and|so|well) (?:that's|this is|here's|here is|there's|that is) (?:this|the|what|a|an|your|exactly|where|why)\b"
)
_OWN_ACTION = Screened(
    r"^(?:(?:so|and|then) )*(?:i|i'll|i'd|i've|we'll|we'd|we could|let|let's|could|can|shall|should|would|what|how|who|when|where|do|does|is|are|maybe|perhaps|you)\b"
)
_SPLIT_BARE = re.compile(
    _SPLIT.pattern
    + r"| (?=(?:this|it|this one|that|they) (?:\w+s|will|won't|can|gives|makes) )| (?=(?:our|you'll|you'd|you get) )"
)
_SO = any_of(
    r"(?<!^)(so|so that|which means|meaning) (you|you're|you'd|you'll|your|nobody|no one|no|there'd|there's no|she|he|they|it|every|any|a|the \w+)\b.{0,60}"
    r"(won't|wouldn't|doesn't|don't have|can|could|never|'d|stops?|disappears?|instead|rather|faster|quicker|sooner|less|no longer|straight|safer|gets?|knows?|keeps?)",
    r"(that|which) (\w+ )?(boosts|improves|saves|cuts|gives|grades|finds|fills|doubles|pings|texts|rings|tells|warns|links|stops|keeps|lets|sends|shows|does|sorts|handles)",
)
_ELSE = (
    "agenda_purpose",
    "agenda_plan",
    "agenda_time",
    "honest_limit",
    "permission",
    "recap",
    "reflection",
    "call_reason",
    "concession",
    "recording_notice",
    "testing_understanding",
)  # what a sentence of such form is when it is no claim


def _clauses(line: Line) -> list[str]:
    """A sentence cut at its commas and joining words."""
    words = line.words
    cuts = [0, *sorted(at for at in line.sentence.breaks if 0 < at < len(words)), len(words)]
    pieces = (" ".join(filter(None, words[a:b])) for a, b in pairwise(cuts))
    split = _SPLIT if line.mark or line.sentence.breaks else _SPLIT_BARE
    return [clause for piece in pieces for clause in split.split(piece) if clause]


_FORMS = OneOf([_STRONG_START, _STRONG_ANYWHERE, _FORM_START, _FORM_ANYWHERE])


def _may_have_form(text: str) -> bool:
    """Whether any clause of a sentence can have a form: it is asked before the sentence is cut."""
    return _FORMS.may_hold(text)


def _form_of(clause: str) -> float:
    if _STRONG_START.match(clause) or _STRONG_ANYWHERE.search(clause):
        return STRONG
    return CLAIM if _FORM_START.match(clause) or _FORM_ANYWHERE.search(clause) else 0.0


def _by_words(line: Line) -> float:
    """The strongest form among the clauses; a question is judged by the clauses before it."""
    has_form = _may_have_form(line.text)
    if not has_form and line.mark == "?":
        return 0.0
    clauses = _clauses(line) if has_form or _BECAUSE_YOU.may_hold(line.text) else []
    least = 0.0
    if line.mark == "?" and _PITCHES_ASKING.search(line.text):
        return STRONG
    if line.mark == "?" and not clauses[0].startswith(("did you know", "do you know")):
        clauses, least = clauses[:-1], CLAIM
    best = 0.0
    for clause in clauses if has_form else ():
        sure = _form_of(clause) if best < STRONG else 0.0
        if sure > max(best, least) and _NO_CLAIM.search(clause) is None:
            best = sure
    if line.mark == "?":
        return best
    if best == CLAIM and _TOLD.search(line.text):
        return STRONG  # "you said …, so this …" is no saying back
    if best < CLAIM and _THEIR_WISH.search(line.text):
        best = CLAIM
    if best < CLAIM and _BECAUSE_YOU.match(line.text) and len(clauses) > 1:
        best = CLAIM if _OWN_ACTION.search(clauses[-1]) is None else best
    if not best and _NO_CLAIM.search(line.text) is None and _SO.search(line.text):
        best = HINT
    return best


def claim_chance(line: Line, labels: Labels) -> float:
    """Chance that a rep's sentence says what the product or firm would do for the customer.

    The taggers' word for `benefit`, or the form of a clause in it: "our …", "this texts you …",
    "you'll never …". What is attributed to the customer ("you said that …") claims nothing.
    """
    by_words = _by_words(line)
    tagged = chance(labels, line, "benefit")
    doubtful = 0 < by_words < STRONG and tagged < PREDICTED
    if doubtful and any(chance(labels, line, other) >= PREDICTED for other in _ELSE):
        by_words *= ELSE_KEEPS
    return either(tagged, by_words)


def pitches(line: Line, labels: Labels) -> bool:
    """Whether a sentence speaks for the own product or firm: "our …", "with us", or the taggers' benefit.

    Stricter than a claim: "it keeps everybody waiting" may be the customer's own trouble said back.
    """
    return chance(labels, line, "benefit") >= PREDICTED or _OWN.search(line.text) is not None


@keep_last
def claims_of(dialogue: Dialogue, labels: Labels) -> dict[int, tuple[tuple[int, float], ...]]:
    """The claims of every rep saying that makes any: positions of its lines, with their chance."""
    found: dict[int, tuple[tuple[int, float], ...]] = {}
    for saying in dialogue.of(Role.REP):
        lines = [(at, claim_chance(line, labels)) for at, line in enumerate(saying.lines)]
        made = tuple(pair for pair in lines if pair[1] >= PREDICTED)
        if made:
            found[saying.at] = made
    return found


def asks_to_be_shown(saying: Saying) -> bool:
    """Whether a customer asks what the product is or does, or to be shown it."""
    return any(_SHOW_ME.search(line.text) is not None for line in saying.lines)
