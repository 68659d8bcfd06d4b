"""Proposals: terms that the customer puts forward, and own terms that the rep puts against them.

An own term shows in one of three ways: a figure or date that was not in the customer's words; words
that prefer ("we'd rather", "it'd have to be"); or a refusal that goes on with something else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from callcoach.measure.language import any_of, word_set
from callcoach.measure.last import forgets
from callcoach.measure.offers import NUMBER

_WE = r"(we|i|they|it|our [\w-]+|my [\w-]+|the [\w-]+)"
_PROPOSES = any_of(
    rf"{_WE}('d| would| could| can|'ll| will| might| want to| need to)? ([\w-]+ )?(suggest|propose|offer|put forward|recommend|say|aim for|go for|go (to|up|down|as)|stretch to|manage|pay|do|take|accept|settle (for|on)|live with|be happy (with|to))\b",
    r"(how|what) about",
    r"(suppose|supposing|say|imagine) (that )?(we|you|i|your|our|the|my|they)",
    rf"{_WE}('d| would|'re|'m| are| am)? (be )?(prepared|willing|happy|open|ready|able) to",
    r"(my|our) ([\w-]+ )?(idea|thought|thinking|proposal|suggestion|hope|preference|offer|number|figure|limit|ceiling|maximum|target)( [\w-]+)?('s| is| was| would)",
    r"(would you|what would you|why don't (we|you)|could you see yourself)( \w+)? (consider|say to|be open|think of|accept|entertain|look at|go for|meet|take|just|settle|agree|do)",
    r"(i|we)('d| was| were|'ve been| have been|'re| are|'m)? ?(\w+ )?(hoping|hoped|thinking|looking (for|at|to)|after|aiming)",
    r"ideally|best i can|best we can",
    r"^(and |so |then |but |well )*(we)('d| would) (only |also |just )*(have (the|our|your|it|them|this|that) [\w-]+ \w+|keep|hold|put|start|leave|bring|run|use|send|return|file|sign|ship|host|store|own|split|share)\b(?! (saying|thinking|it in mind))",
    r"(that's|that is|is|that'd be) (our|my) (proposal|offer|suggestion|idea|position|wish|preference|ask|request)\b",
    r"(should|ought to) (belong|stay|remain|sit|cover|last|fall|move|happen|count|apply|carry|pay|get|keep)\b",
    r"(i|we)('ve|'d| have| had)?( got| had)? ([\w-]+ ){1,7}in mind",
    r"(i|we)('m|'re| am| are| was| were) (\w+ )?(going|about|meaning|here) to (propose|suggest|offer|ask (you )?for)",
    r"(it|that|this|things|life)('d| would) (\w+ )*(suit|help|work|be (\w+ )?(better|easier|best|good|nice|ideal|simpler|fairer))( \w+){0,4} (if|to|for|from|at|on|with)",
    rf"(we|i)('d| would| could| can|'ll| will)? (\w+ )?(suggest|offer|propose|go for|go to|say|do|pay|give|take|want|like|prefer|settle for|stretch to) (you )?(\w+ ){{0,5}}({NUMBER}|\w+)",
    r"(i|we|i'd|we'd|i'm|we're)( would| am| are)?( be)? (\w+ )?(in favour of|keen on|keen to|up for|all for|leaning towards|minded to|set on|partial to)",
    r"(i|we)('d| would|'m|'re| am| are|'ll|'ve)( be| been)? (\w+ )?(wanting|after|asking|needing|expecting|proposing|suggesting|offering|wishing|pushing|aiming|minded)\b",
    r"^(and |then |so |but |okay |well |fine |plus |right |also )+(at least|at most|just|only|no more than|no less than) [\w'-]+",
    rf"^(and |then |so |but |okay |well |fine |plus |right |also )+(a|an|the|some|my|our|your) ([\w'-]+ ){{1,6}}{NUMBER}(?<! one)",
    r"\b(first|last|before|after)( \w+){0,2} (then|and then|instead)( \w+)*",
    r"(what would|what do) you (say|think) (to|of|about)|(is|are) there (\w+ )?(scope|room|a way|any way|a chance)|(wonder|wondering|curious) (if|whether) (you|we|it)",
    r"(my|our|the) (\w+ )?(side|board|boss|director|finance|partner|team|lawyers?|client|chair|owner)( \w+)? (wants?|needs?|asks?|insists?|prefers?|proposes?|suggests?|expects?|is asking|are asking|would like)\b",
    r"what if (we|you|i|the|it|your|our|my|they|their|that|this|these|those|half|all|both|one|two|each|everything|everyone|somebody|someone)|why (don't|not) (we|you|they|i|just|simply|start|do|make|split|take|have|keep)",
    r"(could|can|would|will|might|couldn't|can't|won't) (you|we|i|it|that|the [\w-]+|\w+) ((just|also|maybe|perhaps|not|possibly|at least) )*[a-z]{2,}",
    r"(let's|let us) \w+",
    r"shall we",
    r"(we|i|they|our [\w-]+|my [\w-]+)('d| would|'ll| will)? (really |much |still |also |both )*(like|want|wants|need|needs|prefer|prefers|rather|love|expect|expects|have to have|insist on|insists on|ask for|asks for)\b",
    r"^(and |then |so |okay |but |well )*(perhaps|maybe)",
    r"(make it|call it|say) ([\w-]+ )?" + NUMBER,
    rf"^(and |then |so |but |okay |well |fine )*{NUMBER} (then|and|a|an|per|for|max|tops|if)\b",
    r"(only )?if you ([\w-]+ )?(do|could|can|would|make|give|drop|take|go|include|throw|get)",
    r"(any|some|is there a|is there any) (chance|way|scope|possibility|room|hope|option)( of| for| to| you| we| that)?",
    r"(should|ought to|has to|have to|must|needs to) (be|come|go|start|stay|include|run|end|drop|have)",
    r"^(and |then |so |but |okay )*(give|take|drop|knock|throw|leave|put|make|add|include|let) (me|us|it|in|the|that|off)\b",
    r"(in|as) (exchange|return) for",
    r"^(and|or|plus|then) (pay|deliver|start|leave|keep|drop|split|hold|extend|move|cap|waive|ship|finish|do|have|make) (?!(you|it work|sure|sense|a|any|they|we)\b)\w+",
)
_INFORMATION = any_of(
    r"^(and |so |okay |but )*(what('s| is| are| was| does| do)|how (much|many|long|often|does|do|is|soon)|when (does|do|is|are|will|can)|who|where|which|why)",
    r"(could|can|would|will) (you|we|i|it|that) (just |please |also )*(tell|explain|show|send|repeat|say (that|more|again)|see|hear|ask|remind|walk|help|speak|talk|have a look|clarify|confirm|call|think|imagine|understand|email|believe|read|handle|cope|export|import|print|connect|integrate)",
    r"(i|we) (want|need|would like|'d like)? ?('d like )?to (know|understand|ask|see|hear|think|talk|check|speak)",
    r"(that|it) (would|could|might) (be (good|great|nice|fine|helpful|lovely)|help|work|do)$",
)


_CHECKS_FACT = re.compile(
    r"^(?!.*\b(?:i|we|you)\b).* (?:can't|isn't|doesn't|won't|aren't|don't|hasn't) (?:it|they|he|she)$"
)
"""Of what is, not of what should be: "the crane lifts six tonnes, doesn't it"."""
_SAY = re.compile(
    r"(?:(?:well|so|okay|and|or|then|maybe) )*(?:(?:let's )?(?:say|make it|call it)\b|how (?:does|do|would|will) (?:\S+ ){1,6}(?:sound|suit|grab|work|look|sit)\b)"
)


@lru_cache(maxsize=8192)
def proposes(text: str) -> bool:
    """Whether a customer's plain words put forward terms of their own.

    >>> proposes("how about we start on the first of july"), proposes("what's the notice period")
    (True, False)
    """
    if " " not in text:
        return False
    if _SAY.match(text) and figures(text):
        return True
    if _CHECKS_FACT.search(text):
        return False
    return bool(_PROPOSES.search(text)) and not (
        _INFORMATION.search(text)
        and not re.search(r"\b(how|what) about\b|what if|what would you say to|why (don't|not)\b", text)
    )


_PREFERS = any_of(
    r"(we|i|they|it|our [\w-]+|my [\w-]+|finance|the [\w-]+|that)('d| would)( have to| need to| only| ever| much| always| also)* (rather|sooner|prefer|propose|suggest|want|need|say|like|ask|go|aim|offer|expect|require|do|take|pay|accept|be|sign|split|keep|put|make|work|have|start|meet|cover|charge|look|bring|leave|give|come|land)\b",
    r"(we|i|our [\w-]+|they|finance|the [\w-]+)( can| could| will| must|'ll)? (only |still |normally |usually |always |typically |generally )*(propose|suggest|want|need|insist|prefer|require|ask for|offer|expect|have to(?! be (paid|covered|earned|fed|met|made up)))\b",
    r"(let's|let us) (?!(do|go with|take|say|leave|make|have|try|see|look|talk|think|find|get|be|hear|check|start with that|discuss|explore|come back|move on|wait) ?(it|that|this|at|about|out|how|if|what|into|through|back|on|$))\w+ (\w+ )*(by|at|to|for|in|on|from|until|with|the|a|an|half|once|every|\d+|one|two|three|four|five|six)\b",
    r"(let's|let us) (\w+ )?(say|make|start|do|go|put|meet|call|have|keep|hold|agree|stick|stay|settle|leave|split)",
    r"(make it|call it|more like|it'd be|it would be) ([\w-]+ ){0,2}[\w-]+",
    r"(our|my|the|a) ([\w-]+ )?(cap|price|limit|term|minimum|rate|notice|deposit|standard|offer|figure|number|position|proposal|maximum|best|terms|floor|norm|policy)( [\w-]+)? ?('s| is| would|'d)",
    r"^(no |well |then |and |but |just )*(all|half|none|nothing|everything|the (lot|whole|rest|balance|full|entire|first|second|other)|payment|delivery|money|cash|deposit|work|the \w+)( [\w'-]+){0,2} (before|after|on|at|by|up front|upfront|in advance|first|in one (go|piece|lump)|when|until|within|from|per|each|every)\b",
    r"what (i|we)('d| could| can| might| would|'ll)? (\w+ )?(do|offer|say|suggest|propose|live with|go to|agree to|accept|like|prefer|need|want) (is|would be)",
    r"(maybe|perhaps|possibly|fine|at a push|yes) (but |though |just )?not (the|a|all|for|on|both|every|that)|more (as|of a|along the lines of) \w+|\bat (cost|half price|list|a discount)( price)?( then)?$|and (you've|we've|you have|we have|there's) (a|yourself a|got a|ourselves a) deal",
    r"instead|the other way (round|around|about)|would (be|make) (\w+ )?(fairer|better|easier|more sense|more like it|simpler|safer|wiser)|^([\w-]+ ){0,4}(on|at|by|from|for|with|to) (yours|ours|our side|your side|your end|our end|your own \w+)$|rather than|alternatively|or else|as a compromise",
    r"(would|'d|will|could|should) be (our|my|the) ([\w-]+ )?(offer|proposal|position|preference|limit|best|answer|number|figure|counter|earliest|least|most)",
    r"(closer|nearer) to|north of|no lower than",
    r"(no |not that |actually )(you|we|it|i|that)",
    r"(you|we) (pay|take|cover|sign|carry|do|get|keep|bring|collect|bear|book) ([\w-]+ ){1,6}and (you|we|i|i'll|we'll|you'll)",
    r"(it|that|this)('d| has| needs| would| must| should| will)( have| need)?( to)? be\b",
    r"^(no |then |sorry |well )*(our|my) [\w-]+( and)? your [\w-]+$",
    r"^(no |then |well |who wouldn't )*(you|your [\w-]+|yours|they|we|our [\w-]+|ours)('d|'ll| would| will)? (?!(are|were|is|was|have|had|know|see|said|can|can't|won't|think|mean|don't|understand|need|get|want|said|told|asked|drive|do)\b)[\w-]+( [\w-]+){0,4}( and| but)? (you|we|ours|yours|our [\w-]+|your [\w-]+)('d|'ll| would| will)? (?!(are|were|is|was|know|see|said|think|mean|need|want|understand|can)\b)[\w-]+",
    r"^(no |then )*(you|we) (pay|sign|collect|deliver|start|send|bring|return|ship|cancel|leave) (on|by|at|before|after|within|per|every) \w+",
    r"^you'd (get|have|pay|keep|take|receive|see) ",
    r"^(a|an|one) ([\w-]+ ){1,4}(once|twice|every|each|per|a) (a |an )?(day|week|fortnight|month|quarter|year|season)$",
    r"(a|an|one|two|three|half an?) (day|week|month|hour|year|fortnight)s? (ahead|before|earlier|later|after|in advance|beforehand)$",
    r"(we|i) (could|can|might) (\w+ )?(sign|write|agree to|accept|promise|guarantee|undertake|commit) \w+",
    r"(only|at (least|most)|no (less|more|later|earlier) than|minimum of|maximum of|not (under|below|before|over|above))",
    r"(is|was) what (we|i)('d| would|'ll|'re| will| had| have| normally| usually| always| can| could| want| need| ask| offer| put| do)( \w+)*",
    r"(we|i)('d| would| could| can| might|'ll| will)( \w+)? (see (my|our) way|run|squeeze|bring myself|stretch|push|be (looking|thinking|wanting|after|happier|happy|asking|proposing|suggesting|offering|more comfortable)) ?(to|at|for|with|of|in|on|about)?",
    r"i was thinking|(we|i)('d| would|'ll)? (see|have|want|need|like) (it|this|that|you) (at|to be)",
    r"(ours|mine|theirs|legal|head office|everyone here|people here|[a-z]+'s (people|team|board|lawyers?)|(my|our|the) [\w-]+ [\w-]+)('d| would) (\w+ )?(rather|sooner|prefer|propose|suggest|want|need|like|ask|go|insist|require|expect)\b",
    r"(suits?|works?) (us |me |everyone )?(better|best)|(better|easier) for (us|me|our)|the (earliest|latest|lowest|highest|least|most|best|furthest|shortest|longest) (i|we|you|is|would|that)|is (the|our|my) (earliest|latest|lowest|highest|least|most|best|minimum|maximum|norm|standard|limit)",
    r"(we|i) (could|can|might) (\w+ )?(do|offer|meet|stretch|go|come|give|manage|live|make|get|put|start|add|take|split|agree|let|throw|include|cap|cut) \w+",
    r"(i'd|we'd|we would|i would) \w+ (it|them|you|that|the|for|at|in|on)",
)
_TAKES_UP = any_of(
    r"(that's|it's|works|work|fine|agreed|okay|deal|done|no problem|of course|happy|i'll|we'll|i will|let me|we can|i can|send)"
)
_SIZE = any_of(
    r"(percent|per cent|off|each|upfront|up front|weeks?|months?|days?|years?|hours?|seats?|users?|units?|sites?|(a|per|every) \w+)"
)
_AGREES_LAST = re.compile(
    r"(?:\b(?:so|then|and)? ?(?:yes|yeah|agreed|(?<!a )deal|(?<!'re )(?<!'m )(?<!are )(?<!be )(?<!get )done|let's do (?:that|it)|that works|that's fine|works for (?:us|me))(?: please| then| by all means)?)$"
)
_ABOVE_ALL = any_of(
    r"(is|was|are) what (we|i)('d| would|'ll| will) (go|give|put|want|ask|take|do|offer|propose|suggest|say|need|be)( \w+)*",
    r"(we|i)('d| would) (much |far |really |still )?(rather|sooner|prefer)(?! not) \w+",
    r"^(well |so |okay |look )*what (i|we)('d| could| can| might)? (do|offer|suggest|propose|live with|stretch to) (is|would be) (?!(fine|okay|good|that|this|to (take|ask|check|think|run|bring|see|speak|talk))\b)\w+",
    r"(?!.*\b(?:here|there|how|what|as|where|like) it is$)(the |a |an )?[\w-]+( [\w-]+){0,4} it is$|(that|this|it)'ll (have to )?be (the )?[\w-]+( [\w-]+)?$",
)
_YES = re.compile(
    r"^(?:(?:okay|well|oh|right|so|and|um|er|ah|i think|i suppose|of course|that's|that is) )*(?:yes|yeah|yep|yup|sure|agreed|deal|done|of course|absolutely|certainly|fine by|fine with|no problem|happy to|happy with|gladly|that works|that's fine|sounds (?:good|fine|fair)|you've got it|go on then|you're on|consider it done|i can live with|we can live with|let's do (?:that|it)$|we can do that|i can do that|fair enough let's)\b"
)
_FINE = any_of(
    r"(is|are|'s|would be|will be|sounds?|looks?|be) (perfectly |absolutely |all |totally )?(fine|okay|ok|possible|all right|alright|good|no problem|doable|agreed|acceptable|on|reasonable|fair|fair enough|sensible)( with| by| for)?",
    r"[\w-]+'s (perfectly |absolutely |all )?(fine|okay|ok|good|fair|possible|doable|agreed|acceptable|reasonable|sensible|all right|alright)( with| by| for)?",
    r"\w+ (works|suits|work|does it|will do)( fine| well| just fine| great| perfectly)?( for (us|me|everyone)| us| me|$| i'll| we'll)",
    r"(we|i|you|it|that|they) (can|could)( \w+){0,4}( that| it| yes)$",
    r"yes$",
)
_OWN_REASON = re.compile(
    r" (?:because |as |since |sorry |there )*(?:i|we|they|my \w+|our \w+)(?:'ve|'m|'re| have| am| are| did| had| need| were|'d have)\b(?!.*\b(?:but|so|though)\b)"
)
_OTHERWISE = any_of(r"instead|other way|rather|better|easier|too")
_NO = re.compile(
    r"^(?:(?:oh|well|er|um|hm|i'm afraid) )*(?:no|nah|nope|not really)(?: no| thanks| sorry| mate)* "
)
_OWN_ORDER = any_of(
    r"first|then|before|after|instead|rather|only|just|at|with|per|by|from|once|every|later|earlier|half|whole|all|each"
)
_TELLS_WHY = any_of(
    r"because|since|it's|that's|there's|can't|cannot|won't|isn't|aren't|doesn't|don't|sorry|idea|way|chance|problem|need|thanks"
)
_BUT = re.compile(
    r"(?<![\w'])(?:but|though|only if|provided|as long as|on condition|except|unless|however|just not)(?![\w'])"
)
_DEFERS = any_of(
    r"(let me|i'll|i'd|we'll|we'd|i will|i have to|i need to|i must|i'd have to|i'd want to|i want to) (?!(much |far )?(rather|sooner|prefer|only|normally|usually|always|still)\b)(\w+ )?(have to |need to |must |want to )?(take|check|ask|think|see(?! (it|that|this) (more|as|at|differently|closer|nearer))|note|look|run|bring|speak|talk|come back|get back|write|raise|discuss|find out|put (it|that)|go back|pass)( [\w-]+){0,4} (that|it|this|one|with|to|into|about|down|home|over|on|up|if|whether|first|internally|by|past)",
    r"(have|need|got) to (think|check|ask|see|talk|speak|run|take)",
    r"leave (that|it) with me|(can't|couldn't) (answer|say) (that|right)|above my pay",
)
_REFUSES = any_of(
    r"(can't|cannot|won't|couldn't|wouldn't|don't|doesn't|isn't|not possible|impossible|not able|unable|afraid not|out of the question|no chance|no way|too (\w+)|not (really )?(something|going|on|an option|enough)|never|rule that out|off the table)"
)
_PADDING = any_of(
    r"(i|we) (\w+ )?(hear|understand|see|get|respect|appreciate|love|like|value)( you| that| it| this| where you're coming from)?( and)?( i| we)?( \w+)?( respect| understand| hear)?( that| it| you)?",
    r"(totally|completely|fully|really) (get|understand|hear|respect|appreciate) (it|that|you|where you're coming from)( totally| completely)?( get it)?",
    r"(where you're coming from|with you|be a partner( here)?|help me understand|bear with me|tell you what|here's the thing|anyway|come on)",
    r"(a |an |such a )?(great|good|nice|wonderful|lovely|interesting|fair|excellent|brilliant|creative|clever|smart|generous|thanks for the) (offer|idea|point|suggestion|thought|proposal|one)( love it| like it)?",
    r"(let me|i'd like to|we should) (explore|think about|consider) (that|this|it)( with you| together)?",
    r"(thank you|thanks|sorry|okay|well|hm|hmm|right|so|ah|oh|look|listen|honestly|look here|with respect|i'm afraid|to be honest|realistically|frankly)",
    r"love it|(we|i) want to (be|find|make) \w+( \w+){0,3}(here|partner|work)",
)
_COUNTING = word_set(
    """half third quarter fifth tenth two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand hundreds thousands grand twice tenner fiver dozen
    double triple none nothing monthly weekly fortnightly yearly annually annual quarterly daily upfront january february
    april june july august september october november december monday tuesday wednesday thursday friday saturday sunday mondays
    tuesdays wednesdays thursdays fridays saturdays sundays fourth sixth seventh eighth ninth twelfth fifteenth twentieth halves
    thirds spring summer autumn winter christmas easter fiftyfifty tomorrow midnight noon full"""
)
_JOINED = re.compile(
    r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one(?!s)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)-?(?:oh)?-?([a-z]+)"
)
_UNITS = re.compile(
    r"(?:year|month|week|day|hour|minute|man|person|seat|site|part|way|stage|step|pound|user|point|fold)s?"
)
_MAY_BE = word_set("one march may up first second")
_ONE = re.compile(
    r"(?<!that )(?<!this )(?<!the )(?<!which )(?<!each )(?<!no )(?<!good )(?<!at )\bone (?!of|thing|another)|^one$|(?:say|just|only) one$|(?:in|on|by|till|until|of|before|from) (?:may|march)\b|up front|\b(?:first|second) of"
)
_WITHIN = re.compile(r"within (?:a|an|the) \w+")
_STATED = 18  # words of a sentence whose new figure is a term
_CAN = re.compile(r"^(the |that |it |they |we |you |i )?(\w+ )?(can|could) ")
_ASKS_COUNTER = any_of(
    r"(how|what) about",
    r"what if (we|i|you)",
    r"(could|would|can) you (\w+ )?(live with|do|go|stretch|take|accept|go for|consider|settle|manage|meet|agree)",
    r"(would|does|could|can) ([\w-]+ ){1,4}(work|do|suit|help)",
    r"(shall|can|could|should) we (\w+ )?(say|do|meet|make|call|go|split|agree|settle|start)",
    r"why don't (we|you)",
)


def _parts(word: str) -> tuple[str, ...]:
    """A word, or the two numbers that plain words run together: "twentyone", "sixfifty"."""
    joined = _JOINED.fullmatch(word)
    if joined and _UNITS.fullmatch(joined[2]):
        return (joined[1],)  # "two-year"
    return (joined[1], joined[2]) if joined and joined[2] in _COUNTING | {"one"} else (word,)


@lru_cache(maxsize=8192)
def _figures_in(word: str) -> tuple[str, ...]:
    parts = _parts(word.removesuffix("'s"))
    return tuple([part for part in parts if part in _COUNTING or any(sign.isdigit() for sign in part)])


@lru_cache(maxsize=8192)
def figures(text: str) -> frozenset[str]:
    """Numbers, dates and rhythms in plain words, both numbers of "six-fifty" by themselves.

    >>> sorted(figures("six-fifty a day from june"))
    ['fifty', 'june', 'six']
    """
    found = set().union(*map(_figures_in, text.split()))
    found.update(match[0] for match in _WITHIN.finditer(text))
    if not _MAY_BE.isdisjoint(text.split()):
        found.update(match[0].strip() for match in _ONE.finditer(text))
    return frozenset(found)


@lru_cache(maxsize=8192)
def counters(text: str, proposed: frozenset[str] = frozenset()) -> bool:
    """Whether a rep's plain words answer a proposal with an own one.

    Parameters
    ----------
    text : str
        Plain words of one statement.
    proposed : frozenset of str
        `figures` of the customer's proposal; said back they are nobody's new term.

    >>> counters("thirteen"), counters("yes mondays are fine"), counters("we'd rather have it all up front")
    (True, False, True)
    """
    if _DEFERS.search(text):
        return False
    if _AGREES_LAST.search(text):
        return False
    bare = " ".join(_PADDING.sub(" ", text).split())
    if not bare:
        return False
    new = figures(bare) - proposed
    if _ABOVE_ALL.search(bare):
        return True  # "sure, anyway, a monthly plan is what we'd go with"
    yes = _YES.match(bare)
    if yes and proposed and new and _SIZE.search(bare) and not _TAKES_UP.search(bare):
        return True  # "yes, and the first two weeks at ten per cent off"
    if yes or (_FINE.search(bare) and not new and not _OTHERWISE.search(bare)):
        but = _BUT.search(bare)
        rest = bare[but.end() :] if but else ""
        return bool(rest) and bool(figures(rest) - proposed or _PREFERS.search(rest))
    no = _NO.match(bare)
    if no and _OWN_ORDER.search(bare[no.end() :]) and not _TELLS_WHY.search(bare[no.end() :]):
        return True  # "nah, patio first, then the drive"
    refused = list(_REFUSES.finditer(bare))
    if refused:
        rest = bare[refused[-1].end() :]
        if _OWN_REASON.match(rest):
            return False  # "I can't, I've only the four of them"
        return bool(
            figures(rest) - proposed
            or _PREFERS.search(rest)
            or _PREFERS.search(bare[: refused[0].start()].removeprefix("no "))
        )
    if _PREFERS.search(bare):
        return True
    n_words = bare.count(" ") + 1
    return bool(new) and n_words <= _STATED and not _CAN.search(bare)


_OPEN_ASKED = re.compile(
    r"(?:(?:and|so|well|okay|right|but) )*(?:what|how|who|why|when|where) (?:would|will|could|do|does|did|is|are)\b(?! (?:you say to|you think (?:of|about)|you feel about))"
)


def asks_counter(text: str, proposed: frozenset[str]) -> bool:
    """Whether a rep's question only puts an own figure against the customer's: "how about sixty?"."""
    if _OPEN_ASKED.match(text):
        return False
    return bool(_ASKS_COUNTER.search(text)) and bool(figures(text) - proposed)


for _kept in (proposes, _figures_in, figures, counters):
    forgets(_kept.cache_clear)
