"""What a question is for, and how much room it leaves: its kind, and open or closed."""

from __future__ import annotations

import re
from functools import lru_cache

from callcoach.measure.language import any_of
from callcoach.measure.last import forgets
from callcoach.measure.question_words import AUX, TAG_ONLY

KINDS = ("substantive", "ritual", "tag", "logistics")

_RITUAL = any_of(
    r"how (are|is|was|were) (you|things|everyone|everybody|life|the family|the team|your (week(end)?|day|holiday|"
    r"trip|morning|afternoon|summer|christmas|vacation|flight|journey))",
    r"how('s| is) (it|everything|life|things|the weather|your (week(end)?|day|morning|afternoon|family))",
    r"how have you been",
    r"how('ve| are) you (been|doing|keeping|getting on)",
    r"how you (been|doing|keeping)",
    r"how do you do",
    r"what's up",
    r"(are )?you (well|all right|alright|okay|good|keeping well)",
    r"(did|have) you (have|had) a (good|nice|lovely|great|quiet)",
    r"(good|nice|lovely) (week(end)?|holiday|trip|break|christmas|vacation)",
    r"(can|could|may|mind if) i (just |quickly )?(ask|pick your brain)( you)?( (something|a (quick )?question|this))?$",
    r"guess what",
    r"who knows",
    r"what can i (do for|say)( you)?",
    r"how (can|may) i help( you)?",
    r"(what's|how's|is) the weather",
)
# What may follow: "how are you doing today, Martin?", but not "how are you planning the routes?".
_RITUAL_TAIL = re.compile(
    r"(?: (?:doing|going|keeping|getting on|been|feeling))?(?: (?!\w+ing\b)[\w']+){0,3}"
)
_LOGISTICS = any_of(
    r"(can|could|do|are) (you|everyone|everybody|people|we all|they) (all )?(still )?(just )?(see|hear)(ing)? ?(me|us|my|it"
    r"|the (screen|slides?|demo|page)|that|this|okay|all right|anything|$)",
    r"(see|hear) (me|us|my (screen|slides?)|the screen)",
    r"(am|are) (i|you|we) (on mute|muted|audible|breaking up|live|coming through|sharing)",
    r"(share|sharing) (my|your|the|a) (screen|slides?|desktop)",
    r"(did|have) (i|we) los(e|t) you",
    r"(are )?you still (there|with me|good until|okay for time|free)",
    r"(say|repeat) that( again)?",
    r"(sorry )?what was that",
    r"(is|was) (that|this|now|it|today) (still )?(a )?(good|bad|okay|convenient) (time|moment)",
    r"(still )?a (good|bad|convenient) (time|moment)",
    r"(are|were) (we|you) (still )?(waiting|expecting)( for)?",
    r"(is|will|are) (anyone|anybody|someone|\w+) (else )?(going to be )?(joining|dialling|dialing)( us)?",
    r"(who|anyone|anybody) else (is )?(joining|coming|on the (line|call))",
    r"(will|can|could) you be (joining|there|able to join)",
    r"(?<!when )(?<!how )(?<!where )(?<!soon )(shall|should|can|could) (we|i) (start|begin|kick off|get (started|going)|crack on|jump in|dive in|move on"
    r"|go (ahead|on)|wait|give (them|him|her|it))",
    r"(what|which) (time|day|date|week|slot)s? (would |might |is |are )?(suits?|works?|is good|are you|would|do you|best"
    r"|good|can you)",
    r"when (are|would|will|could|can) (you|we|it|that|both|you both) (both )?(be )?"
    r"(free|available|around|suit|good|next|speak|meet|talk)",
    r"when (suits|works|is good|would be good)",
    r"(does|do|would|will|is|how about|what about|shall we say|say|how's|are you free|can you do|could you do|can we do) "
    r"(on |next |this )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|week)",
    r"(are|will|would) you (be )?(free|available|around|about)",
    r"(do|have) you (have|got) (your |a |the )?(diary|calendar|pen|time|minute|\w+ minutes|half an hour)",
    r"(can|could|may|shall) (i|we) (just )?(get|have|take|grab|check|confirm) (your|the|a) (full |first |last |best |email"
    r" |phone |order |account |reference )*(name|email|number|address|postcode|zip|phone|mobile|extension|date of birth"
    r"|surname|spelling)",
    r"(what's|what is|what was) (your|the) (full |first |last |best |email |phone |account |reference |order )*(name|email"
    r"|number|address|postcode|zip|phone|mobile|extension|surname|date of birth)",
    r"(can|could) you spell",
    r"(how do|how do you|how would you) (i )?(spell|pronounce)",
    r"(is|are|were|was|do you|would|are you|would you) (it|you|that|mind|okay|ok|happy|all right|alright)? ?(okay|ok|happy"
    r"|all right|alright|fine|mind)? ?(if|with|for) ?(i|me|us|we|my|that)? ?(record|recording)",
    r"(did|have) you (get|got|receive|received|see|seen) (my|the|our) (email|e mail|invite|invitation|message|link"
    r"|calendar|attachment)",
    r"(shall|should|can|could) (i|we) (send|email|mail|forward|drop) (you|it|that|them|over|the|a)",
    r"(shall|should|can|could) (we|i) (book|schedule|set up|put|say|keep|find|arrange|get) (a|in|something|time|that|the"
    r"|it|another|\w+ (minutes|hour)|half)",
    r"(am i|is that|is this) (speaking (to|with)|\w+ speaking)",
    r"(speaking|talking) (to|with) (mr|mrs|ms|miss|dr)",
    r"(does|do|will) (\w+ minutes|half an hour|an hour|that time|this time) (still )?(work|suit)",
    r"hold (on|the line)|bear with me",
    r"anything (else )?(you'd like to|you want to|you would like to|to|we should) (add|cover|change)( to (that|this|it))?",
    r"(what|anything) (would|do) you (like|want) to (add|cover|change)( to (that|this|it))?",
    r"(does|would|will|is) that (sound|suit|work|be|seem)? ?(good|okay|ok|fair|all right|alright|you|for you|like a plan)"
    r"( with you| to you| for you)?$",
    r"(are you |you )?(happy|okay|ok|fine|comfortable) with that$",
    r"sounds? (good|okay|fair|all right)$",
    r"how does that sound$",
)

_OPEN_ASK = any_of(
    r"(can|could|would|will|might) you (please |just |perhaps |maybe |briefly |quickly )?(tell|walk|talk|take|run|describe"
    r"|explain|share|give|help|expand|elaborate|say|paint|show|unpack|outline)",
    r"(would|do) you mind (telling|walking|talking|taking|describing|explaining|sharing|expanding|saying)",
    r"(can|could) (i|we) (hear|understand|ask) (how|what|why|about|more)",
    r"curious (how|what|why|about)",
    r"wondering (how|what|why)",
)
_ONE_FACT = any_of(
    r"what (time|day|date|year|month|version|size|percentage|number|colour|color|currency|city|country|email|number)",
    r"what('s| is| was| are) (your|the|his|her|their) (\w+ )?(name|email|number|title|job title|address|postcode|budget"
    r"|deadline|date|time|version|price|cost|rate|phone|headcount|renewal date|reference|start date)",
    r"(what's|what is) (it|that|this) (called|cost)",
    r"what (does|do|did|would|will) (it|that|this|they|you) (cost|pay|charge)",
    r"when",
    r"who",
    r"whose",
    r"which",
    r"where (is|are|was|were|do you live|are you)",
    r"how (many|much|long|often|far|soon|big|large|old|frequently|late|early)",
    r"(any|anything|anyone|anybody)",
)
_OPEN_WORDS = any_of(
    r"what",
    r"what's",
    r"what're",
    r"how",
    r"how's",
    r"why",
    r"why's",
    r"where",
    r"where's",
    r"(tell|walk|talk|take|run|help|describe|give|explain|say|paint)",
    r"(such as|like what|how so|meaning|because|what else)",
)


@lru_cache(maxsize=4096)  # questions of a call or two: rules, taggers and behaviours ask for the same ones
def kind_of(text: str, form: str) -> tuple[str, float]:
    """The kind of a question from its plain words, and the probability that it is right.

    Parameters
    ----------
    text : str
        Plain words of the question, from its interrogative on.
    form : str
        As `questions.Question.form`.
    """
    ritual = _RITUAL.search(text)
    if ritual and _RITUAL_TAIL.fullmatch(text[ritual.end() :]):
        return ("ritual", 0.9)
    if form == "tag" or TAG_ONLY.search(text):
        return ("tag", 0.9)
    if _LOGISTICS.search(text):
        return ("logistics", 0.85)
    return ("substantive", 0.9)


@lru_cache(maxsize=4096)
def open_probability(text: str, form: str) -> float:
    """How probable it is that a question invites more than yes or no, a choice or one fact."""
    if form == "imperative":
        return 0.92
    if form in ("tag", "declarative"):
        return 0.08
    if _OPEN_ASK.search(text):
        return 0.88
    first = text.split(" ", 1)[0]
    if first in AUX:
        return 0.08
    if _ONE_FACT.match(text):
        return 0.15
    if _OPEN_WORDS.match(text):
        return 0.6 if first in ("where", "where's") else 0.88
    return 0.25


forgets(kind_of.cache_clear)
forgets(open_probability.cache_clear)
