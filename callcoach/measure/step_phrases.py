"""The words by which people undertake, ask, propose, agree, put off and refuse: patterns over plain words."""

from __future__ import annotations

import re

from callcoach.measure.language import any_of, word_set

_WEEKDAY = r"(monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SMALL = r"(a|an|one|two|three|four|five|six|seven|eight|nine|ten|fourteen|thirty|a couple of|a few|\d+)"
_OFTEN = (
    r"(once|twice|times) (in |over |within )?(a|an|the|one|per|every|each) (single |working )?"
    r"(hour|day|morning|afternoon|evening|night|shift|week|fortnight|month|quarter|season|year)"
)
_MONTH = (
    r"(january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept"
    r"|sep|oct|nov|dec)"
)
_ORDINAL = (
    r"(\d{1,2}(st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
    r"|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty ?first|twenty ?second"
    r"|twenty ?third|twenty ?fourth|twenty ?fifth|twenty ?sixth|twenty ?seventh|twenty ?eighth|twenty ?ninth|thirtieth"
    r"|thirty ?first)"
)
WHEN = any_of(
    rf"(by |on |this |next |the following |coming |before |until )*{_WEEKDAY}( (morning|afternoon|evening|night|lunchtime|noon|week))?",
    r"(by |before )?(tomorrow|tonight)( (morning|afternoon|evening|night))?",
    r"(by |before |later |first thing )?(today|this (morning|afternoon|evening|week|month|weekend))",
    r"(by |on |in |early |late |the |middle of |some ?time )*(next|the following|the coming) (week|month|quarter|weekend)",
    r"(by |at |before )?(the )?(end|close|start|beginning|middle) of (the |this |next |that |play |my )?"
    r"(day|today|week|month|quarter|year|business|play|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)",
    r"end of (play|business)",
    rf"(in|within) (the next )?{_SMALL} (minutes?|hours?|days?|weeks?|months?|working days?|business days?)",
    rf"{_SMALL} (days?|weeks?) (from (now|today)|from {_WEEKDAY})",
    rf"(in|by|until|before|early|mid|late) {_MONTH}",
    rf"{_MONTH} (the )?(\d{{1,2}}|{_ORDINAL})",
    rf"(on |by |before )?(the )?{_ORDINAL} (of )?({_MONTH}|may)",
    rf"(on|by|before|until) the {_ORDINAL}",
    r"the \d{1,2}(st|nd|rd|th)",
    rf"the {_ORDINAL}(?= at | around | (in the )?(morning|afternoon)| of )",
    r"(in|by|before) may",
    r"(by|on|before) \d{1,2}[/.]\d{1,2}",
    r"(first thing|eod|cob|eow|by (lunch|lunchtime|noon|midday|close))",
    r"(by|before) the weekend",
    r"(that|same) (day|week|afternoon|morning|evening)",
    r"within (the )?(hour|day|week|month|fortnight)",
    rf"{_WEEKDAY} (week|fortnight)",
    r"(at|over|after|by) the weekend",
    r"(straight|right) after (the )?(meeting|call|that|it)",
    r"in a fortnight",
)
NO_DATE = any_of(
    rf"(last|every|each|most|past|previous|since|on) {_WEEKDAY}s?(?<=s)",
    rf"(last|every|each|past|previous|since) ({_WEEKDAY}|week|month|quarter|year)",
    r"(?<!give me )(?<!give us )(until|till|since) (the |this |next |end |of )*\w+",
    r"(thanks?|thank you)( \w+){0,3} (for |your time )?(today|this (morning|afternoon))",
    rf"{_OFTEN}",
    rf"about (the|that) {_WEEKDAY}",
)
WHEN_WORDS = word_set(
    """monday tuesday wednesday thursday friday saturday sunday tomorrow tonight today this next following coming end
    close start beginning middle in within january february march april may june july august september october november
    december jan feb mar apr jun jul aug sept sep oct nov dec by on before first thing eod cob eow that same from the until till"""
)

_STEP = (
    r"(send|email|mail|get|forward|call|ring|phone|text|message|talk|speak|chat|take|show|ask|check|come back|go back|let|confirm"
    r"|introduce|bring|invite|sign|book|set|review|read|go (through|over)|look|test|try|pull|share|put|present|raise|discuss"
    r"|approve|order|arrange|schedule|have|give|make|prepare|fill|complete|return|decide|meet|join|run|draft|drop|pop|pass"
    r"|loop|circulate|find out|chase|walk|write|print|collect|follow up|dial|pick|finish|upload|export|provide|host|visit|pay"
    r"|transfer|tell|report|update|connect|contact|reach out|start|mail|post|hand|dig|pull|note|measure|count|list|scan|copy|install|reply|respond|compare|clear|block|free up|come (by|over|in|round|along)|try (it|this|that|them|out)|trial|pilot|run|get back|go back|be (there|on the call|in touch|back))"
)
_ADVERB = r"(just |also |definitely |certainly |then |personally |gladly |happily |absolutely |quickly |both |all |still |of course |even )*"
UNDERTAKES = any_of(
    rf"(i'll|i will|we'll|we will|i shall|we shall|ill|i'm going to|i am going to|we're going to|we are going to|i'm gonna|we're gonna|i've got to|i gotta|we've got to) {_ADVERB}{_STEP}",
    r"(give|leave) (me|us|it with (me|us)) (until|till|a (few|couple of) days|a week|to)",
    rf"(i|we) (can|could|promise to|plan to|intend to|want to|commit to|'m happy to|'d be happy to) {_ADVERB}{_STEP}",
    rf"i (need|have|'ve got) to {_ADVERB}{_STEP}",
    rf"(i'm|i am|we're|we are|i'd be|we'd be) (happy|glad) to {_ADVERB}{_STEP}",
    rf"let me {_ADVERB}{_STEP}",
    rf"(\w+) and (i|me) (will|can|are going to) {_ADVERB}{_STEP}",
    rf"(my|our|the) (\w+ ){{1,3}}(will|can|is going to) {_ADVERB}{_STEP}",
    rf"^(yes |yeah |okay |sure |great |good |and |then |so |of course |absolutely )*(will )?{_ADVERB}"
    r"(send|email|forward|call|ring|get) (you|it|them|that)",
    rf"will {_ADVERB}{_STEP}",
    r"you'll (have|get|receive|hear)",
    r"you will (have|get|receive|hear)",
)
_STATE = (
    r"(be|have|need|want|like|love|know|think|see|say|guess|suppose|feel|miss|hope|wish|mean|understand|remember|forget|sleep|admit|bet|ask you|tell you|show you"
    r"|start|begin|just|never|not|always|probably|work|drive|fly|stay|go home|go on|retire|turn|tell|explain|be honest|finish|stop|move on|pause|jump)(?![\w'])"
)
DATED_UNDERTAKES = any_of(
    rf"(i'll|i will|i'm going to|i am going to|i'm gonna|let me|what i'll do is|what i can do is|all i'll do is) {_ADVERB}(?!{_STATE})\w+",
    rf"(i'll|i will|we'll|we will) do is {_ADVERB}\w+",
    r"(?<!if )(?<!when )(?<!once )(?<!should )(?<!can )(?<!did )(?<!do )i (send|email|call|ring|draft|forward|bring|book|post|drop|write) (you|it|them|over|the|a|your|everything|that|this)",
    r"(i'm|i am|we're|we are) (presenting|seeing|meeting|speaking|talking|sending|calling|ringing|taking|asking|bringing|showing|sitting down|having (a|the|it)|getting|putting|signing|raising|discussing|testing|checking|emailing|mailing|writing|visiting|driving over|coming)",
    r"(i'll|i will) be (presenting|seeing|meeting|speaking|talking|sending|calling|ringing|in touch|with you|there|back|over|writing|showing|taking|bringing)",
    r"(we'll|we will|i'll|i will) (have|get) (the |your |a |it |them |our |my |that )?(\w+ )*?(sent|ready|done|couriered|delivered|signed|posted|shipped|over|across|in your|to you|prepared|installed|back)",
    r"(will|'ll|should|can) be (with you|in your (inbox|hands|office|post)|on your desk|over to you|across to you|back to you)",
    r"(with you|in your inbox|on your desk|over to you|across to you) (by|on|before|first thing|tomorrow|next|this)",
    r"(expect|look out for|watch out for) (my|our|it|the|a|an)",
)
"""With a day or time beside them, nearly any undertaking in the first person is a step."""

UNDERTAKE_WORDS = word_set(
    "gotta give leave got i'm we're let expect look watch inbox desk i'll we'll ill will can could shall going gonna promise need have plan intend want commit happy glad let you'll send"
    " email forward call ring get"
)
HEDGED = any_of(
    r"(might|maybe|perhaps|possibly|probably|hopefully|somehow|try to|try and|someday|at some point|some ?time|one day|eventually)",
    r"(if|when|whenever) (i|we) (get|have|find|can|could|remember|are|'re|feel)( (a |the )?(chance|time|moment|minute))?",
    r"(think|mull|sleep) (about|it over|on) ?(it|this|that)?",
    r"(have a think|we'll see|let's see|i'll see|(?<!to )see (how|what|if|whether))",
    r"(not sure|can't promise|no promises|i don't know|depends|it depends)",
    r"(would|could|'d) (have|need) to (think|see|look)",
)
OFTEN = any_of(
    _OFTEN,
    rf"(every|each|most) (single |other |second )?(time|day|morning|afternoon|evening|night|week|weekend|month|quarter|year|{_WEEKDAY})s?",
)
HABIT = any_of(
    r"(always|usually|normally|generally|typically|often|sometimes|whenever|half the time|nine times out of ten|used to)"
)
"""What happens again and again is nobody's undertaking."""

HAS_TO = any_of(r"then (i'll|i will|we'll|we will|i'd|we'd) (just |probably )?(have|need) to")
"""What follows from a trouble is told, not undertaken."""

DIARY = any_of(
    r"(i'm|i'll|we'll|i am|let me|i will)( just)? (put|putting|pencil|pencilling|penciling|pop|popping|block|blocking|mark|marking|write|writing|note|noting|stick|sticking) (it|that|this|you|us|them|a note|something)( \w+)? ?(in|down|off|out)( (the|my|your|our) (diary|calendar|book))?",
)
"""A meeting that the speaker writes down, which the other side has still to take up."""

NOT_A_STEP = any_of(
    r"(i'll|i will|let me|we'll|i can|i'm going to) (just |quickly |also |first |then )*(tell you (what|how|why|about|that|a)|be (honest|frank|brief)|show (you|us|how|what)"
    r"|share my|ask you|start (with|by)|let you (finish|go|talk|speak|get (on|back))|give you (an example|a sense|a bit|some)|take you through"
    r"|walk you through|pull (up|that up)|look (that|it) up|have to (say|admit|go|run|drop|jump)|put you on hold|read (it|that) back|say)",
    r"(i'll|i will|we'll|we will|i can|we can) take (it|that|this|them|those) (off|out)",
    r"let me (just |quickly )?(check|make sure|see)( that| if| whether)? i('ve| have)? (\w+ )?(heard|hear|got|get|have|understood|understand|followed|follow|caught)",
    r"(i|we) (can|could|will|need to|have to|want to)( \w+)? (see|hear|show you (here|now)|tell you)",
    r"(will|can) (get|have|take|make|give|let) (you |us |them |it |everyone )?(used to|faster|better|worse|more|time|the system|full access)",
)
HERE = any_of(
    r"let me (just |quickly |also |first )*(show|share|walk|take|pull|tell|explain|finish|start|give you|read|look at)"
)
LEAVES = any_of(
    r"(i|we|i've|we've|i'll|we'll)( really| just| unfortunately)? ?(have|need|got|must|should)? ?(to )?(go|run|jump|drop|dash|shoot|head|leave)( off| out| now)? "
    r"(in|soon|now|at|by|early|because|for)"
)
NEGATED = any_of(
    r"(can't|cannot|won't|couldn't|wouldn't|don't|unable)",
    r"(i|we|i'll|we'll|i'm|we're|will|can|am|are) (not|never)",
)
REQUESTS = any_of(
    rf"(can|could|would|will) you (and|plus|with) (\w+ ){{1,4}}{_STEP}",
    r"(can|could|would|will) you (please |just |also |possibly |maybe |then |still |both |all )*(?!(say|be|see|have|tell|explain|describe|imagine|like|want|need|use|mind|ever|prefer|consider|expect|know|think|not|really|actually|even|rather|cope|manage|still|love)\b)\w+",
    rf"(can|could|would|will|might) you (please |just |also |possibly |maybe |then )*(be able to )?{_STEP}",
    rf"(you'll|you will|you can|you could|you were going to|you are going to|you're going to|you'd) {_ADVERB}{_STEP}",
    rf"(if|once|when) you (can|could|'d|would|will|just)? ?{_STEP}",
    rf"(please|would you mind) {_STEP}",
    r"would you mind \w+ing",
    r"(that|it|those|they|the \w+) (be|come|get|come back|go) (with|to|over to|back to|across to) (me|us)",
    rf"^(so |then |and |okay |great |good )*{_STEP} (me|us|it|them|that|the|over)",
    rf"(are|is) (you|\w+) (happy|able|okay) to {_STEP}",
    rf"(do you think|is it possible|would it be possible)( that)? (you|\w+)( could| can| to|'d be able to)? {_STEP}",
    rf"(can|could|will|would) (\w+ )(\w+ )?{_STEP}",
)
REQUEST_WORDS = word_set("can could would will might you'll you please send if once is are")
TAGGED = any_of(
    r"(okay|ok|all right|alright|right|yeah|yes|fine|good|fair|deal|agreed|correct|sound good|sounds good|is that (okay|all right|fine))$"
)
"""A statement that only ends like a question: "I'll mail it on Thursday, all right?"."""

HANDS_OVER = any_of(
    r"(you'll|you will|you're going to|you can|you should) (have|get|receive|hear|see|find|expect)"
)
"""What the other side will get is what the speaker will send."""

_OFFERED = (
    r"(send|email|mail|forward|post|ring|phone|text|book|schedule|arrange|prepare|draft|find out|check with|look into|invite|visit"
    r"|set (\w+ ){0,2}up|call (?!it|this|that)|bring (?!(\w+ )?up)|ask (him|her|them|(our|my|your|the) \w+ (to|for|about|if|whether|how|who))"
    r"|write (to|up|it up|you|him|her|them|a|one)|put (\w+ ){1,3}(together|in writing)|come (and|by|over|round|back|out|in)|pop"
    r"|drop (it|them|one|by|in|off|round)|make (you |him |her |them )?(a|an|one|two|some) (?!(start|note|point|guess))\w+)"
)
OFFERS = any_of(
    rf"shall i {_ADVERB}{_OFFERED}",
    rf"(like|want|prefer) (me|us) to {_ADVERB}{_OFFERED}",
)
"""Something to do after the talk, offered and not yet wanted."""

OFFERS_ASKING = any_of(rf"(i'll|i will|we'll|we will) {_ADVERB}{_OFFERED}")
"""The same in a question: "I'll ring on Monday?"."""

CALLS_ON = any_of(r"(ring|call|phone|visit|come|pop|drop (by|in|round))")
RIGHT_NOW = any_of(r"(now|right away|straight away|quickly|for you here)")
ASKS_WHEN = any_of(
    rf"(when|what (day|date|time)|which (day|week)|how soon|by when) (can|could|shall|should|may|do|will) (we|i) {_ADVERB}(next |best |then )*({_STEP}|speak|sit|get together|catch)"
)
NOBODY = any_of(r"((nobody|no one)('s)?|none of us|everyone's|everybody's|closed|shut)")
ASKS_WHEN_YOU = any_of(
    rf"(when|what (day|date|time)|which (day|week)|how soon|by when) (can|could) you {_ADVERB}{_STEP}"
)
THERE = any_of(
    r"(i'll|i will|we'll|we will) be (here|there|in|around|about|waiting|ready|free|by the phone|at (my|the|our) \w+)",
    r"(see|meet) you (then|there)|(i'm|i am|we're|we are) (here|in|free|around)( then| all day)?$",
    r"(ring|call|phone|ask for) me",
)
"""Who takes up a meeting by being there is named by it."""

ECHO_WORDS = word_set(
    """yes yeah yep okay ok sure fine good great perfect lovely works work suits that that's is it it's for me us with by on at
    then the a an and so well thanks thank you see will do can i we i'll we'll be to all right sounds day time"""
)
"""Words that accept and add nothing."""

MEETING_WORDS = any_of(
    r"(meet|meeting|call|demo|session|workshop|catch ?up|speak|talk|chat|visit|invite|invitation|calendar|diary|slot|review"
    r"|walkthrough|walk through|reconvene|regroup|see (you|each other)|sit down|lunch|coffee|join|together|minutes|half an hour|an hour)",
    r"at (\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|half past)",
    r"(half|quarter) (past |to )?(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)",
    r"\d{1,2}(:\d\d)? ?(am|pm|oclock|o'clock)",
    r"(work|works|suit|suits|free|available|morning|afternoon|evening)",
)
PROPOSES = any_of(
    r"(shall|should|can|could|may) we",
    r"(let's|let us)",
    r"(how about|what about|are you (both )?(free|around|available)|can you (do|make|both)|could you (do|make|both))",
    r"(does|do|would|will|is) (\w+ ){0,5}(work|suit|okay|good|possible|fine|free)",
    r"(i'd|i would|we'd|we would) (suggest|propose)|i (suggest|propose)",
    rf"^(so |okay |great |then |good |perfect |and |right |yes )*(that's |that'll be |that is |it's |we're on for |we said |say |we're down for |booked for |confirmed for |see you )?(on |next |this )*({_WEEKDAY}|tomorrow)",
    r"(i'll|i will|let me) (\w+ ){0,4}(invite|invitation|calendar|diary|meeting|slot)",
    r"(we'll|we will) (\w+ )?(meet|speak|talk|reconvene|catch up|have|see|sit)",
    r"(works?|suits?)( for)?( both| all| me| us| you)?",
)
NOW = any_of(r"today|now|this (morning|afternoon)")
VAGUE = any_of(
    r"(circle|loop) (back|round|around)",
    r"touch(ing)? base",
    r"(in|stay|keep|remain|be) (in )?(contact|touch|loop)",
    r"(call|ring|speak|talk|meet|catch|contact|chat|work|see|hear|come back|visit|look|revisit|discuss)( \w+){0,5} (some ?time|some day|someday|one of these days|at some (point|stage)|in due course|down the (line|road|track)|one day|before long|when the time('s| is) right|(when|once) (things|it) (\w+ )?(settle|settles|calm|calms|quieten|quietens|quiet))",
    r"(next steps?|action plan|(fully|totally|all) aligned|aligned (on|with|about)|keep (the |this |that )?(momentum|ball rolling|things moving)|take this forward|keep (talking|the conversation))",
    r"(speak|talk|chat|meet|catch up|see (you|each other)|hear from (you|me|us)) (again )?(soon|then|later|another time)",
    r"(mull|sleep on|chew on|ponder|digest)( \w+){0,2}",
    r"(hopefully|maybe|perhaps) (we|i|you)( \w+){0,6} (together|again|business|forward)",
    r"(give|drop) (you|me|us) a (ring|call|shout|bell|line|buzz)$",
    r"(follow|followed|following) up",
    r"followup",
    r"reach(ing)? out",
    r"(be|keep|stay|get) in touch",
    r"(get|come|go) back to (you|me|us)",
    r"(reconnect|reconvene|regroup)",
    r"(catch up|speak|talk|chat|meet)( again)? (soon|some ?time|later|again|at some point|in due course|down the (line|road|track))",
    r"(have|take) (a|another) (\w+ )?(look|read|think)|look (it over|into (it|this|that))|read through it",
    r"(check|ask|speak|talk|discuss|run|clear) ((it|this|that) )?(with|to|past|by) (him|her|them|my \w+|our \w+|the (team|boss|board|others|rest))",
    r"(i'll|we'll|i will|we will|i can|we can) (try|do (my|our) best|see what)",
    r"(leave|keep) (it|this|that) (with|in) (me|us|mind)|(when|once|as soon as) (we|i)('re| are|'ve| have|'m| am) (ready|through|done|further|back)",
    r"(some time|sometime|at some point|later|early|end|middle) (in|of|after|next)? ?(the )?(year|summer|autumn|winter|spring|new year|quarter)",
    r"check (back )?in (with you|again|soon|later)",
    r"(have|need) a think",
    r"think (about it|it over|on it|it through)",
    r"let you know",
    r"(take|go) it from there",
    r"pick (this|it) (back )?up",
    r"(next steps?|a next step)",
)
VAGUE_WORDS = word_set(
    "contact touch point stage round around course road track aligned page forward forwards mull sleep chew ponder digest hopefully"
    " maybe perhaps line note something info information ring call shout bell buzz together someday settle settles calm calms day days"
    " steps actions plan loop long right due talk talking speak see hear soon conversation going"
    " back base followup follow followed following reach reaching touch reconnect reconvene regroup soon sometime some"
    " try best what look read send leave mind keep ready through year summer autumn winter spring ask speak run him her them team boss"
    " later again check think know there pick next step steps"
)
ACCEPTS = re.compile(
    r"^(oh |well |um |uh |and |so |mm |okay |ah )*(yes|yeah|yep|yup|sure|okay|ok|absolutely|of course|no problem|definitely"
    r"|certainly|fine|great|perfect|good|lovely|brilliant|excellent|works|that works|that's (fine|good|great|perfect|okay|fair|doable)"
    r"|will do|sounds (good|great|fine|perfect)|happy to|i can do that|i can|i will|i'll|we can|we will|we'll|done|deal|agreed"
    r"|not at all|fair enough|right|alright|all right|let's|that'd be|that would be|it's a date|see you|no worries|gladly|consider it done"
    r"|(monday|tuesday|wednesday|thursday|friday|tomorrow|next week)( \w+){0,6}|you (can|will|did)|in the (diary|calendar)|super|wonderful|cool)\b"
)
WORKS = any_of(
    r"(works|suits|is (fine|good|okay|ok|perfect|great)|'s (fine|good|okay|perfect|great)|sounds good|that's fine|will do|i'll be there|we'll be there|see you then)"
)
REFUSES = any_of(
    r"(let's|we'll|i'll|let me|we'll have to|i'd have to|wait and) (just |wait and )?see( about (that|it)| how \w+ \w+)?$",
    r"(don't|do not) know (about|if|whether)( \w+)*",
    r"(can't|cannot|won't|couldn't|don't|doesn't|isn't|not|no|never|nope)(?! (problem|worries|trouble|bother|at all|sweat))",
    r"(maybe|might|perhaps|possibly|depends|unlikely|not sure|i'd have to|i would have to|have to (check|see|think|ask)|think about"
    r"|let me (check|see|think)|we'll see|hard to say|difficult|tricky)",
)

NOT_NAMES = word_set(
    """i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december ok okay yes no"""
)
NAMES = any_of(
    r"(you|me|i|us) and (?!(i'll|we'll|you'll|then|we|if|so|see|get|go|that|it|have|will|can|send|put|book|call|maybe|let)(?![\w'])|i )\w+",
    r"\w+ and (i|me|you|myself)(?= |$)",
    r"with (your|the|my|our) (boss|team|director|manager|partner|colleague|colleagues|buyer|board|lawyer|lawyers|ceo|cfo|cto|it"
    r"|finance|head|chief|owner|wife|husband|brother|engineers?|planners?|procurement|legal)",
    r"(bring|invite|include|add|with) (you both|both of you|all (three|four|five)|the (three|two|four) of)",
    r"the (two|three|four|five) of us",
    r"(both|all) of (us|you)",
)

REQUESTS_THING = any_of(
    r"(can|could|would|will) you (please |just |also |then )*(send|email|forward|share|confirm|check|ask|review|sign|bring|get|pull"
    r"|introduce|return|fill|read|show|give|let)"
)
FOR_SOMEBODY = any_of(
    r"find out(?! (soon|sooner|later|the hard way))",
    r"(you|your|them|him|her|our|my|the|it|that|legal|finance|it over|everyone|\w+'s)",
    r"(to|with|past) \w+",
)

_WE = r"(we|i)"
_WE_ARE = r"(we're|we are|i'm|i am|were|im)"
_WE_WILL = r"(we'll|we will|i'll|i will|we'd|we would|i'd|i would)"
_WE_HAVE = r"(we've|we have|i've|i have)"
_WHO_DECIDES = (
    r"(we|i|they|he|she|management|head office|(the|our|my) (\w+ )?(board|owners?|directors?|committee|partners?|boss|team|trustees"
    r"|council|manager|chief|wife|husband))"
)
_SOFTLY = r"((just|really|simply|honestly|probably|now|already|both|still|also|afraid|sorry|going to|gonna|go|having to|have to) )*"
_OFFER = (
    r"(it|this|that|you|your \w+|(the|this|that) (whole )?(offer|deal|contract|licence|subscription|lease|agreement|proposal"
    r"|renewal|project|thing|idea|price|cost|quote|spend|money|expense))"
)
_PASS = (
    r"pass(?! (on (?!it|this|that|your)|(it|this|that|them|him|her|you|by|through|over|to|along|around)(?![\w'])"
    r"|(the|a|an|my|our) (\w+ )?(inspection|test|exam|audit|check|course|interview|costs?|message|word|savings?)))"
)
_ELSEWHERE = r"(another|a different|the other|somebody else|someone else)"
_TAKE_UP = (
    r"(going|go|taking|take|buying|buy|renewing|renew|proceeding|proceed|moving|move|doing|do|signing|sign|pursuing|pursue"
    r"|continuing|continue|switching|switch|changing|change|extending|extend|ordering|order|bothering|bother|having|have)"
)
_TAKE_IT_UP = (
    r"((going|go|moving|move|carrying|carry|taking (it|this|that)|take (it|this|that)) (\w+ )?(ahead|forward|further|on|with (it|this|you))"
    rf"|(taking|take|doing|do|changing|change|having|have|pursuing|pursue|switching|switch|needing|wanting|extending|extend|ordering|order) ({_OFFER}|any|anything|over)"
    r"|(renewing|renew|proceeding|proceed|buying|buy|signing|sign|continuing|continue|bothering|bother|switching|switch|extending|extend|ordering|order)(?! (up|off|in)(?![\w'])))"
)
CLEAR_NO = any_of(
    rf"{_WHO_DECIDES}('ve| have| has| had|'re| are|'s)? {_SOFTLY}(decided|agreed|voted|opted|chosen|come down|came down) (\w+ )?(against|not to {_TAKE_UP})",
    rf"{_WE}('ve| have|'re| are)? {_SOFTLY}(decided|agreed|chosen|choosing|deciding) to (stay|stick|go|keep)(?! (on )?(with you|you|your|going|talking)(?![\w']))",
    rf"({_WE_ARE} not|we aren't|(we|i) (won't|will not)( be)?) (going to |gonna |going to be )?{_SOFTLY}{_TAKE_IT_UP}",
    rf"{_WE_ARE} {_SOFTLY}({_PASS}|say no|decline|drop {_OFFER}|leave (it|this|that)(?! (to|with|in|on|up)(?![\w']))|stop (it|this|here|there|you there|using)|cancel|end (it|this|the \w+)"
    r"|close (it|this|the (file|account))|(stick|stay) (put|as we are|where we are|with (?!you|your)\w+)|let (it|this) (go|lapse|run out|expire))"
    r"(?! (open|for now|for today|there for|until|till)(?![\w']))",
    rf"({_WE_WILL}|let's) {_SOFTLY}({_PASS}|say no|decline|leave (it|this) (there|at that)|(?<!let's )leave it$|drop {_OFFER}|call it a day|close it|give (it|this) a miss|knock it on the head|let (it|this) (go|lapse|run out|expire))"
    r"(?! (open|for now|for today|there for|until|till|the|my|our|a|by)(?![\w']))",
    rf"{_WE_ARE} {_SOFTLY}(letting (it|this|the (contract|licence|subscription|lease|agreement)) (go|lapse|run out|expire|end)|passing( on (it|this|that|your \w+|the offer)|$)|saying no(?! to (?!you|this|it)))",
    rf"({_WE_HAVE}|{_WE}) {_SOFTLY}(have|need|got) to ({_PASS}|say no|decline)(?! (to (?!you|this|it)|the|a|an|my|our|through|by|them|him|her|over)(?![\w']))",
    r"(a )?no from (us|me|our|the|my)",
    r"(it's|it is|that's|it'll be|it will be|it has to be|it's going to be|that'd be|has to be|going to be) a (\w+ )?no(?! (from (?!us|me|our|here|my|the board|head office)|go|brainer))",
    r"(the|our|my|her|his|their) (answer|decision|verdict)('s| is| was| has to be) (a )?no",
    rf"{_WHO_DECIDES}('ve| have| has|'s)? {_SOFTLY}(turned (it|this|you|that|the (offer|proposal|idea|project)) down|said no(?! to (?!you|this|it))|pulled the plug|ruled (it|this|you) out|taken (it|this|you) off (the|our) (table|list)|(scrapped|shelved|cancelled) (it|this|the (whole |\w+ )?(project|thing|idea|programme|plan)))",
    rf"{_WE_ARE} {_SOFTLY}(turning (it|this|you|that|your \w+) down|pulling out|ruling (it|this|you) out|out (then|i'm afraid|sorry)$)",
    rf"({_WE_WILL} {_SOFTLY}go|{_WE_ARE} {_SOFTLY}going|{_WE_HAVE} {_SOFTLY}gone|{_WE} {_SOFTLY}went) (with {_ELSEWHERE}|elsewhere|(a different|another) (way|direction|route)|with the other \w+)",
    rf"{_WE}('ve| have)? {_SOFTLY}(signed|contracted|renewed) with (?!you)[\w']+",
    rf"{_WE_HAVE} {_SOFTLY}gone with (?!you)[\w']+",
    rf"(don't|do not) think (we'll|we will|i'll|i will|{_WE_ARE} going to) {_TAKE_IT_UP}",
    rf"({_WE_ARE}|{_WE_HAVE}|{_WE_WILL}|{_WE}) {_SOFTLY}(staying|sticking|stick|stay) (put|where we are|as we are|with (?!you|your|that plan)\w+)",
    rf"{_WE} (won't|will not|don't|do not) (be )?(need|needing|want|wanting|require) (it|this|you|your \w+|one|to (go|buy|switch|renew|continue))(?! (to|back|done|by|before|until|till|on|when|if)(?![\w']))",
    rf"{_WE} (don't|do not|can't|cannot) see (us|ourselves) (going ahead|taking|doing|buying|switching|changing)",
    r"((it|this|that|you|your \w+)('s not|'re not| (isn't|aren't|is not|are not|wasn't))|(don't|do not) think (it's|this is|that's|you're)) (really )?(for us|right for us|a (good )?fit|the right (fit|thing))",
    r"^(no |well |so |sorry |i'm afraid |that's |it's )*not (really )?(for us|this time|this year|happening)",
    rf"{_WE_ARE} (really |just |honestly )?not interested(?! in)",
    r"(i'd|we'd) (rather|prefer) not( to)?( (go|do|take|carry|sign|switch|change|move|buy)( (it|this|ahead|on|any|over|further|forward))?)?( thanks| thank you| sorry)*$",
    r"^(so |well |no |then |and )*((please|just|best|you can|you may as well|you could) )+(close|drop|shut|bin) (it|this|(the|our|my) (file|account|case))|(close|drop|shut|bin) (the|our|my) (file|case)",
    r"(count|rule) (us|me) out|(?<!say )thanks but no( thanks)?|no thanks? (we|i) (have|'ve|don't)",
    r"(the|this|that|our|your) (whole )?(project|idea|thing|deal|plan|programme|scheme)('s| is| has been) (\w+ )?(dead|off|over|cancelled|scrapped|shelved|not (happening|going (to happen|ahead)))",
)
"""The customer's own refusal of what is offered, or of going on: a trouble or a habit is none."""

BARE_NO = any_of(
    r"^(no |well |i'm afraid |so )*(we|i) (won't|will not|can't|cannot)( be)?( no| i'm afraid| sorry| thanks)*$"
)
"""A no to whatever was asked."""

GOES_AHEAD = any_of(
    r"(go|going|move|moving|take (it|this|that)|taking (it|this|that)|carry|carrying) (\w+ )?(ahead|forward|further|on)",
    r"(proceed|renew|renewing|sign|signing|buy|buying|order|do this|work together|a (yes|no)|take it|have it|decide|decided|decision)",
)

NOT_A_NO = any_of(
    r"(never|always|usually|normally|often|sometimes|mostly|tend to|used to|people|customers|everybody|somebody|someone|whenever|every \w+)",
    r"(if|unless|suppose)(?! (i'm|we're|you ask|you want|you must|i may|i am|i have)(?![\w']))",
)
"""A habit, a tale or a condition, ahead of a no."""

NOT_YET = any_of(r"^( \w+){0,3} (until|till|before|unless|without)")
"""A no for the time being, or on a condition, behind a no."""
