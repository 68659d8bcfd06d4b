"""Whether a sentence states what has been achieved since the purchase, and where terms are first spoken of."""

from __future__ import annotations

import re
from functools import lru_cache

from callcoach.measure.constants import PREDICTED, TAGGERS_SURE
from callcoach.measure.dialogue import Line, chance, chance_with
from callcoach.measure.language import any_of, word_set
from callcoach.measure.last import forgets
from callcoach.measure.outcome_phrases import OTHER_PLACES, RELIEFS, UNMOVED
from callcoach.measure.utterances import Labels
from callcoach.measure.wording import first_price

CHANGE, EVENT = 0.75, 0.6  # chance that a sentence of such form states a result

NUMBER = (
    r"(\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty\w*|thirty\w*|forty\w*|fifty\w*|sixty\w*|seventy\w*|eighty\w*"
    r"|ninety\w*|hundred\w*|thousands?|zero|none|nothing|one|nil|a (third|quarter|fifth|sixth|tenth|half|dozen|day|week|month|fortnight)|half|thirds?|quarters?|double|twice)"
)
_DOWN_UP = (
    r"(dropped|fell|fallen|cut|halved|down|reduced|came down|come down|gone down|went down|shrank|shrunk|lower|fewer|less|saved|saving|rose|risen|grew|grown|gone up|went up|came up|up|doubled|tripled|increased"
    r"|improved|better|faster|quicker|shorter|more|lost (no more|only|just)|gained|climbed|jumped|slashed|trimmed|stopped|disappeared|got (back|rid)|sped up|shaved|knocked|shed|freed up|clawed back|won back|recouped|dipped"
    r"|slid|plunged|shot up|crept up|picked up|taken off|came off|cleared|avoided|recovered|brought (\w+ ){1,4}(down|up)|got (\w+ ){1,4}(down|up))"
)
_WAS = r"(used to|it was|that was|was|were|had|took|before|previously|back then|in the old days)"
_IS_NOW = r"(now|these days|nowadays|today|since then|this (year|season|term|quarter|month)|at the moment)"
_AMOUNT = rf"({NUMBER}|hardly (any|ever)|barely|never|nobody|rarely|a handful|a few|once|every|all)"
_CONTRAST = any_of(
    rf"used to\b.{{0,70}}\b{_IS_NOW}\b.{{0,40}}\b{_AMOUNT}",
    rf"used to\b.{{0,70}}\b(and|but) {_IS_NOW} (i|we|they|it|nobody|she|he) (\w+ )?(don't|doesn't|do not|never|hardly|rarely|just)",
    rf"used to\b.{{0,40}}\b{_AMOUNT}\b.{{0,60}}\b{_IS_NOW}",
    rf"{_AMOUNT}\b.{{0,40}}\b{_IS_NOW}\b.{{0,60}}\b{_WAS}\b.{{0,30}}\b{_AMOUNT}",
    rf"{_IS_NOW}\b.{{0,40}}\b{_AMOUNT}\b.{{0,60}}\b{_WAS}\b.{{0,30}}\b{_AMOUNT}",
    rf"{NUMBER}\b.{{0,30}} (it was|they were|that was|was|were) (an? |about |around |nearly |over )*{NUMBER}\b( \w+){{0,2}}( (before|till|until) (you|your|the|we|this|it|that)( \w+)*|$)",
    r"(now|these days|nowadays)\b.{0,60}\bused to (be|take|have|get|do|cost|need|lose|spend|wait|go)|used to (be|take|have|get|do|cost|need|lose|spend|wait|go)\b.{0,80}\b(and|but|now)\b.{0,30}\bnow\b",
    rf"{_WAS}\b.{{0,40}}\b{_AMOUNT}\b.{{0,40}}\b{_IS_NOW}\b.{{0,40}}\b{_AMOUNT}",
)
_CHANGE = any_of(
    rf"{_DOWN_UP}\b.{{0,40}}\b{NUMBER}",
    rf"{NUMBER}\b.{{0,30}}\b(fewer|less|lower|faster|quicker|shorter|better|higher|down|up)",
    rf"(from|used to \w+|was|were|it took|took|instead of|compared (to|with)|against|before it was|before that) (\w+ ){{0,4}}?{NUMBER}\b.{{0,50}}\b(to|now|down to|today|this year|since)\b.{{0,20}}{NUMBER}?",
    rf"{NUMBER}\b.{{0,60}}\b(from|used to \w+|it was|was|were|against|instead of|compared (to|with)|before it was|the year before|before that|last year it was|previously) (\w+ ){{0,4}}?{NUMBER}",
    rf"({NUMBER} times|twice|double|triple|half) (as|more|the|what|our|fewer|less|of what)(?! (time|year) (it|they|we|the|nobody|i)\b) \w+",
    r"(has|have|had|'ve|'s)? ?(almost |nearly |more than )?(halved|doubled|tripled|disappeared|vanished|stopped happening)",
    rf"(a|one|two|three) (third|quarter|half|fifth|tenth)s? (of )?(what|of what|that)|half (of )?what|{NUMBER} (days?|weeks?|months?|hours?|minutes) (early|earlier|sooner|ahead|faster|quicker|shorter)",
    rf"(down|up)( to| by| at)? (\w+ ){{0,3}}?{NUMBER}",
    rf"(we|i|they|you|our \w+|your \w+|the \w+)('ve| have|'s| has)? (\w+ )?(taken on|took on|added|gained|won|served|seen|saw|handled|fitted|picked up|brought in|signed up|processed|shipped|sold|treated|booked|hosted|taught|opened|delivered|placed|filled|freed up|found) (about |over |some |nearly |almost |an? )*{NUMBER} (more|extra|new|additional|further) \w+",
    r"(haven't|hasn't|not) (had |lost |missed |seen )?(a single|one|any)\b.{0,40}\b(since|this year|all year|in \w+ months)",
    r"(no|not (a|one)( single)?|zero) .{0,40}\b(since|this year|all year|so far)",
    rf"(takes?|needs?|costs?|is|are|it's|they're|handles?|wash|serve|process|make|ship|do) (\w+ ){{0,3}}?{NUMBER}\b.{{0,40}}\bnow\b.{{0,40}}\b(used to|was|were|before)",
    rf"(you've|we've|you have|we have|you|we|i've|they've|it's|it has|that's|that has) (now |also |already |just |only )?(saved|cut|gained|won|freed up|got back|avoided|recovered|reduced|dropped|lost only|brought) .{{0,50}}{NUMBER}",
)
_EVENT = any_of(
    r"(we|i|they|it|the \w+|our \w+|you)('ve| have| has)? (just |finally |even |also |all |already )*(passed|won|opened|caught|hit|beat|met|landed|renewed|hired|launched|survived|stopped|closed|reached|managed|finished|signed|kept|avoided|got through|sailed through|came through|found|spotted)\b"
    r"(?=.{0,80}\b(since|in (january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|the (spring|summer|autumn|winter|first|second|last))|this (year|month|quarter|spring|summer|autumn|winter)|last (month|quarter|week|spring|summer|autumn|winter)"
    r"|first (time|go)|never (managed|happened|done|had)|for the first|without a single|on time|ahead of|thanks to))",
    r"(in|since|by) (january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|the (audit|inspection|summer|winter|spring|autumn))\b.{0,20}\b(we|it|they|our \w+|the \w+|i)\b.{0,12}\b(passed|won|opened|caught|hit|beat|met|landed|renewed|hired|launched|survived|stopped"
    r"|closed|reached|managed|finished|signed|kept|avoided|got|saved|found|spotted|went)",
    r"(we|i|they|you|our \w+|your \w+|the \w+)('ve| have| has)? (just |finally |even |also |all |already |actually )*"
    r"(passed|won|cleared|beat|smashed|survived|exceeded|sailed through|came through|got through|caught up|cleaned up|got rid of|turned (it|things) round|broke even|recovered|were awarded|was awarded|been awarded|got certified|were certified|got accredited)(?! (by|to|over|the (buck|word|message)|it on|on)\b)",
    r"(we|i|they|you|our \w+|your \w+)('ve| have| has)? (just |finally |even |also |already |actually )*(got|earned|gained|picked up|kept|renewed|took|received|achieved) (\w+ ){0,4}(certificat\w+|accreditation|licen[cs]e|award|prize|tender|rating|stars?|clean (audit|report|bill)|pass|permit|promotion|grant)",
    r"(moved|took|taken|went|gone|upgraded|promoted|brought|raised|jumped|climbed|lifted|put)( us| it| them| me| our \w+)? (up )?from ([\w-]+ ){1,4}to ([\w-]+ )?\w+",
    r"(that's|that is|was|which is|which was|it's) (a|our|the) (first|record|best)|paid (for )?itself|(paid|earned) (its|their|the) (money|cost|price) back|first (attempt|try|go|time) (ever|round|out)?|best (year|month|quarter|season|week|summer|winter|term|result|score)s? (ever|yet|we|in|since|so)|record (year|month|quarter|season|summer|low|high)",
    r"(lifted|withdrew|withdrawn|dropped|removed|struck|cancelled|waived) (the|our|its|their|a) (\w+ ){0,2}(notice|warning|exclusion|order|condition|sanction|restriction|penalty|ban|surcharge)s?",
    r"(nobody|no one)('s| has)? (\w+ )?(done|worked|had|needed|lost|missed|been|called|rung|complained|quit|left) ([\w']+ ){1,6}since",
    r"(don't|doesn't|didn't|haven't|hasn't|isn't|aren't|nobody|no one|never) (?!use|buy|want|like|trust|see you|need you|offer|sell|care|log|work for|work here)(\w+ ){1,8}(any ?more|any longer)",
    r"(no longer|stopped|never again) (?!use|using|buy|buying|wants?|like|trust|trusting|care|log|logging|paying|work here|able|working|sell|happy)\w+",
    r"(no more|an end to) (?!than|money|budget|time|of that|questions|comments|news)\w+",
    *RELIEFS,
    r"every (\w+ ){1,3}(has |have |was |were |went |came |gone |been |is )*(out |in |done |delivered |closed |filed |paid )?(on time|(the |on the )?(same|next) day)|for the first time (ever|in|since)|first (year|month|season|quarter|winter|summer) (ever |that )?(with(out| no)|we)",
)
_NOT_YET = any_of(
    r"(you'll|you will|you'd|you would|we'll|we will|we would|i'll|i will|let me|(we'd|they'd) (like|love|want|need|save|get|be|expect|hope|prefer|aim)|i'd|i would|would|will|might|should|won't|going to|gonna|want|wants|like to|love to|hope|hoping|aim|aiming|target|goal|plan|planning|if|expect|forecast|next year|had you|promise[ds]?"
    r"|supposed to)",
)
_BENIGN = any_of(
    r"(was|were) (all set |already |just |all )?(going|about|due|planning|set|ready) to \w+",
    r"if (i'm|i am|we're|you (ask|look|count|include|compare|add)|i (remember|recall)|anything|i'm honest)( \w+)?",
    r"(hit|beat|beaten|met|above|over|ahead of|against|reached|exceeded|past|smashed|under|below|inside|within|on) (the |our |that |my |your |her |his )?(\w+ )?(target|goal|plan|forecast|budget)s?",
    r"(i'd|i would) (tell|say|put it|call|show|point)( \w+)?",
    r"planning (time|cycle|meetings?|process|round)s?",
    r"(i|we|nobody|you|no one) (would|wouldn't|should|could) (never )?(have|say|believe|guess|think)",
)
_AMOUNTS = word_set(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty
    fifty sixty seventy eighty ninety hundred thousand zero none nothing one half fifth fifths sixth tenth tenths third thirds quarter quarters double twice dozen halved doubled
    tripled triple times disappeared vanished stopped no not haven't hasn't used hardly barely rarely"""
)  # every change and contrast holds one of them, or a figure
_NUMBER_WORDS = _AMOUNTS - word_set(
    "zero none nothing one times disappeared vanished stopped no not haven't hasn't used hardly barely rarely"
)
_DEEDS = word_set(
    """rescued held hung retained passed won opened caught hit beat met landed renewed hired launched survived closed reached managed finished signed kept avoided got sailed came
    found spotted saved went first cleared smashed exceeded cleaned turned broke recovered awarded certified accredited record best paid any anymore
    longer nobody since without didn't don't haven't doesn't hasn't back renewed gone disappeared vanished history extended chose picked recommended need to moved upgraded promoted brought raised jumped climbed lifted withdrew withdrawn dropped removed struck cancelled waived nobody's stopped never earned gained picked took received achieved every more end"""
)  # every event holds one of them
_OTHERS = any_of(
    r"(firms?|companies|customers?|clients?|businesses|shops|schools|users|teams|others?|people|everybody|everyone) (like (you|yours)|of ours|we (have|work)|using|with us|typically|usually|on average)",
    r"(industry|benchmark|other (clients|customers|firms)|competitors?|neighbours?|down the road|with the old)",
    r"^(and |so |well )?(a|an|one) (\w+ ){0,2}(shop|firm|company|client|customer|school|hospital|clinic|brewery|bakery|hotel|group|practice|charity|council|team|factory|plant|store|chain)s? (\w+ )?(in|from|near|over|of ours)",
)
_OTHERS_OF_OURS = any_of(
    r"(on average|(?<!your )(?<!the )(?<!our )average|typically|another|one of our|some of our|most of our|our (clients|customers|users))",
    r"^(and |so |well )?(a|an|one|our) (\w+ ){0,3}(in|from|near|down|up|over|customer|client|of ours)\b",
)
_LONG_AGO = any_of(
    r"((we|i|they)('d| had) (already |ourselves )?(cut|got|brought|reduced|dropped|halved|done|sorted|fixed|saved|gone)|(before|until) (that|us|we had (it|you)|your time|you came|we (bought|signed|came|had anything)|you (took|started))|years before|long before|previous (owner|supplier|system))"
)
_SINCE = any_of(r"(now|these days|nowadays|today|since|down to|up to|this (year|month|season|quarter))")
_TENS = re.compile(r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\w")
_BEFORE = re.compile(
    r"\b(?:and |but |whereas |while |when |where )?(?:before (?:that|this|it|then|you|we (?:had|got|started|signed|switched))|(?:the |a )?(?:last|previous|prior) (?:year|time|season|winter|summer|quarter|month|two|three|few)|the (?:year|time|season|month) before|previously|in the past|until then|up to then|in the old days|back then|used to)\b.*$"
)
_WORSE = any_of(
    r"(went|gone|goes|been) (down|wrong|off) (\w+ )?(times?|twice|once|again|(two|three|four|five|six|seven|eight|nine|ten|\d+) times)",
    r"(crash\w*|fail(ed|s|ing)|broke\w*|outages?|faults?|breakdowns?|incidents?|call-?outs?|leaks?|injur\w+|accidents?|errors?|mistakes?|defects?|refunds?|lates?|alarms|tickets|delays?|worse|complain\w*|cancel\w*|lost (two|three|four|five|a|our|the) (customers?|clients?|people|staff|days|orders)|(costs?|prices?|fees?|bills?|fee|price) (has |have )?(gone|went|rose|risen|up))",
    r"(nothing|not much|no change|hasn't changed|no difference|same as)",
)
_LESS = any_of(
    r"(nobody (has|needs|is|was)|no one (has|needs|is)|(?<!went )(?<!goes )down|fell|fallen|fewer|less|halved|dropped|cut|zero|none|stopped|reduced|lower|disappeared|no more|haven't had|not had|without|(went|gone|come|came) (down )?from|used to|instead of|hardly|barely|rarely|never|no longer|any ?more|caught|avoided|(a|one) (single|year|month|quarter|week)|not (a|one)|no|got rid|cleared)"
)
_VENDOR = any_of(
    r"(we|we've|we have|i|i've) (\w+ )?(won|opened|launched|grown|grew|hired|signed|shipped|added|held|sent|sold|trained|delivered|raised|doubled our|cut our|served|ran|built|made|had|have)",
    r"our (own |\w+ )?(company|firm|team|sales|revenue|customers?|clients?|turnover|users|growth|results|platform|product)",
)
_OWN_NEWS = re.compile(
    r"(?:(?:well|so|and|oh|by the way|great news|good news) )*(?:we|we've|we have|our)\b(?! (?:\w+ )?(?:saved|cut|helped|got|took|brought|reduced|halved|managed|made) (?:you|your)\b)"
)
_THEY = re.compile(
    r"(?:(?:and|so|well|now) )*(?:they|they've|they're|he|he's|she|she's|their)\b"
)  # somebody else's
_ACTIVITY = any_of(
    r"(log-?ins?|logons?|sign-?ins?|logged (in|on)|clicks?|downloads?|page views?|webinars?|training (sessions?|days?|courses?)|sessions attended|seats (filled|used)|licen[cs]es (used|assigned))",
    r"(everybody|everyone|all of (you|them|us)|staff|people|\w+ of (you|them|us|your \w+)|users?)('s|'ve| has| have| got| are| is| were| was)* (\w+ )?(trained|their certificates?|their badges?|onboarded|attended|logged|an account|accounts|set up|certified on)",
)
_YOURS = any_of(r"(you|your|you've|you're|yours|the \w+ (team|branch|depot|ward|site)s?)")
_DENIES = re.compile(
    r"^(no|nope|(nice|good|great|fine|lucky|lovely|bully|well done|brilliant|pleased|happy|that's (nice|good|great)|bet that's (nice|good))( \w+)? (for|to) (?!us|me|our|my)\w+|lucky (them|him|her)|congrat\w+|well done|do i|is that|are you|have you|if so|how so|not really|not quite|hardly|have we|did we|are we|really|i don't think|i didn't|we didn't|we haven't|that's not|what|oh|hm+|mm+|uh|it's gone up|they've gone up|i wouldn't|i'm not (so )?sure|if you say|maybe|perhaps|possibly|i guess|i doubt|doubt(ful)?|is (it|that)|did (it|you)|has it|where did|where does|how (do|did) you (get|work)|what's that (based|from)|based on what|who says|says who|not (that|to my|as far|us|here|exactly|sure)|((sure|okay|fine|right|yeah|well|oh|hm|mm) )*(whatever|so (you|they) say|says you|if you say)|i('d| would) have to|i can't|i don't|we don't|well no|um no|er no|actually no)\b"
)
_FIGURE = any_of(
    rf"(it's|it is|that's|is|at|stays? at|be|be at|for|renewal's|price's|fee's|quote's|cost's|licence's|still|per \w+) (only |just |again |about |around |roughly |under |over )*{NUMBER}( (hundred|thousand|grand|k))*"
    r"( \w+){0,2} (again|a (year|month|week|day|seat|head|user|van|site|bed|person|licence|unit|desk|door|room|visit)|per \w+|each|plus vat|all in|pounds?|dollars?|euros?|quid|grand|pence)",
    rf"(it's|it is|that's|is|comes to|be|at|number|figure|for|total)( \w+){{0,2}} {NUMBER}( and)?( {NUMBER})*( (for|per|a|each|every|all|in|plus|over|across) (the |a |all )*(\w+ )?(months?|year|years|lot|term|season|set|package|site|sites|whole|vat|total|month|week|quarter|seat|user|head|room|bed|van))",
    rf"(it's|it is|that's|that is|price|fee|rate|rent|cost|renewal|we're|we are)('s| is)? (\w+ )?(going|gone|goes|moving|staying|coming|stays|stay) (up |down |in |out |put )?(to|at|by|from) (\w+ ){{0,2}}{NUMBER}",
    rf"(the|our|my|your) (number|figure|price|fee|total|cost|rate|bill|sum)('s| is|,)? (it's |that's |is |at )?(\w+ ){{0,2}}{NUMBER}",
    rf"{NUMBER}( (hundred|thousand))* (pounds?|dollars?|euros?|quid|grand)( |$)",
    rf"{NUMBER}( (hundred|thousand))* (a|per) (year|month|seat|head|user|van|licence|license)$",
)
_TERMS = any_of(
    rf"(renewal|price|fee|quote|cost|licence|license|subscription|invoice|rate|charge|rental|contract)('s| is| was| would be| will be| stays| comes| goes| at| for| of| of it is)* (came |comes |out |in |at |to |up to |only |just |still |about |around )*{NUMBER}",
    r"(the|your|our|new|annual|yearly|monthly|same) (price|fee|fees|pricing|rate|rates|terms|quote|renewal (price|quote|fee|terms))",
    r"(what's|what is|what are|and|what about) the (cost|costs|price|fee|damage)",
    r"(talk|get to|come to|onto|about) (the )?(money|price|pricing|terms|cost|commercials)",
)
_SAYS_MONEY = re.compile(
    rf"^(it's|that's|and it's|well it's|so it's|again it's)? ?(only |just )?{NUMBER}( (hundred|thousand|grand))+( again)?\b"
)


_THEIR_OWN = any_of(r"(its|their|his|her) (own |\w+ ){0,3}\w+")
_YOURS_OR_OURS = word_set("you your you're you've yours we we've our us i it's that's")
_ONLY_BEFORE = any_of(
    r"(we|i|they|it|you|the \w+|our \w+|your \w+|people|staff|customers)('d been| had been| were| was)( always| constantly| forever| just| still| all)* (?!(using|finding|seeing|planning|hoping|expecting|going to)\b)\w+ing",
)
_ELSEWHERE = any_of(
    r"(but|though|although|mind you|only|mainly|mostly|and|that's|it's) ?(that's|it's|that was|it was|that is|this is|they're)?( \w+)? (because|down to|thanks to|due to|owing to|on account of) (?!(you|your|of (you|your|the (system|tool|app|software))|we|it|this|these|that|the (\w+ )?(system|tool|app|software|machine|scanners?|training|platform|service))\b)(of )?(the|a|an|our|his|her|their|one) (\w+ )?(shop|competitor|rival|neighbour|weather|heat|summer|winter|rain|snow|strike|fire|flood|council|road|school|hotel|firm|company|pub|new (boss|manager|road)|market|price|holiday|election|exhibition|festival)",
    r"nothing to do with (you|it|this|your|the)",
)
_UNKNOWN = any_of(
    r"(don't|didn't|can't|couldn't) (\w+ )?(recogni[sz]e|believe|recall|know about|see where) (that|it|those|this|any|the)|('ve|have|has|had|we've|i've)( not|n't| never|n't even) (used|touched|opened|switched|looked at|turned|installed|started)( it| them| that)?( on)? ?(since|for|yet|properly|at all|once)?$",
    r"(not|haven't|hasn't|never) (\w+ )?(used|touched|opened|switched it on|installed|started) (it|them|that|yours)? ?(since|for|yet)\b",
)
_DATED = any_of(
    r"(now|these days|nowadays|today|since|down to|up to|this (year|month|season|quarter|week|summer|winter|spring|autumn)|last (month|quarter|week)|thanks to|after|until|till|stopped|gone|no longer|any ?more|then (we|you|it|they)|but|instead of)"
)


def only_before(text: str) -> bool:
    """Whether plain words only tell how it was going before: "we were losing fifty a year"."""
    return _ONLY_BEFORE.search(text) is not None and _DATED.search(text) is None


def _may_be(text: str, *, by_rep: bool) -> bool:
    """Whether nothing says that it is a goal, somebody else's or a trouble."""
    if _NOT_YET.search(_BENIGN.sub(" ", text)) or _OTHERS.search(text):
        return False
    if by_rep and _THEY.match(text):
        return False
    if by_rep and _OTHERS_OF_OURS.search(text):
        return False
    if OTHER_PLACES.search(text) or (UNMOVED.search(text) and "but" not in text.split()):
        return False
    if _LONG_AGO.search(text) and _SINCE.search(text) is None:
        return False
    if by_rep and _THEIR_OWN.search(text) and _YOURS_OR_OURS.isdisjoint(text.split()):
        return False
    if _ELSEWHERE.search(text) or _UNKNOWN.search(text):
        return False
    if only_before(text):
        return False
    now = _BEFORE.sub(" ", text)
    return not _WORSE.search(now) or _LESS.search(now) is not None


_BEFORE_THIS = any_of(
    r"(before|until) (your time|you( lot| people| guys| folks)? (came|started|turned up|took)|we (bought|signed|came to|started with|took (you|it) on)|we (had|got) (it|you|yours))",
)
_NOW = any_of(_IS_NOW, r"((?<!ever )since(?! $)|then (you|we|it|they)|than|against|compared)")
_WOULD_HAVE = any_of(
    r"(would|could|might|should)('ve| have| of) (been |\w+ )?\w+",
    r"^had (the|it|this|we|they|i|you) [\w' ]+ (been|had|\w+ed)",
)


def _surely_none(text: str) -> bool:
    """Whether a number is of before the purchase, of what might have been, or of a trouble."""
    if _WOULD_HAVE.search(_BENIGN.sub(" ", text)):
        return True
    if _BEFORE_THIS.search(text) and _NOW.search(text) is None:
        return True
    return _WORSE.search(_BEFORE.sub(" ", text)) is not None and _LESS.search(text) is None


def amounts(text: str) -> frozenset[str]:
    """The numbers that plain words name, each part of one by itself.

    >>> sorted(amounts("twenty-odd minutes, now it's six"))
    ['six', 'twenty']
    """
    found = set()
    for word in (word.strip(",.") for word in text.replace("-", " ").split()):
        tens = _TENS.match(word)
        if tens is not None:  # plain words run "twenty-odd" and "twenty-two" together
            found |= {tens[1], word[tens.end(1) :]} & _NUMBER_WORDS
        elif word[:1].isdigit() or word in _NUMBER_WORDS:
            found.add(word)
    return frozenset(found)


def _has_amount(words: list[str]) -> bool:
    return not _AMOUNTS.isdisjoint(words) or any(word[:1].isdigit() or _TENS.match(word) for word in words)


def told_apart(line: Line) -> list[tuple[int, int]]:
    """Words of each result where a sentence strings several together; fewer than two says nothing.

    Each has to be told by its own words and numbers: "write-offs are down by forty thousand | and
    nobody has done a Sunday since June" holds two, "we close in three days, it was nine" is one.
    """
    words = line.words
    starts = [0, *(at for at in range(1, len(words)) if at in line.sentence.breaks or words[at] in _LINKS)]
    found: list[tuple[int, int]] = []
    seen: frozenset[str] = frozenset()
    starts = [at for at in starts if not (at and _TELLS_BEFORE.match(" ".join(words[at : at + 3])))]
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        text = _BEFORE.sub(" ", " ".join(words[start:end])).strip()
        numbers = amounts(text)
        if not told_by_words(text) or _surely_none(text) or not _may_be(text, by_rep=False):
            continue
        if text.count(" ") < _LEAST_SPACES or _GOES_ON.match(text):
            continue
        if numbers <= seen if numbers else found and words[start] not in _LINKS:
            continue  # the same again, or what it means: "we closed the night desk, nobody sits there"
        seen |= numbers
        found.append((line.start + start, line.start + end))
    return found


_LINKS = frozenset({"and", "plus", "but"})
_TELLS_BEFORE = re.compile(r"(?:it|they|that|we)(?:'d| had)? (?:was|were|been)\b|(?:was|were|from|against) ")
_LEAST_SPACES = 2
_GOES_ON = re.compile(
    r"(?:(?:and|but|plus|so|then) )*(?:(?:now|then) )?(?:(?:it|that|they|this)(?:'s| is| was|'re| are| were)? |from |to |down to |up to |instead of |by |was |were |used to )"
)
"""How words begin that go on about the result before them: "and now it's five"."""


@lru_cache(maxsize=2048)
def told_by_words(text: str) -> float:
    """Chance that plain words state a result, by their form alone."""
    words = text.split()
    may_change = _CHANGE.may_hold(text) or _CONTRAST.may_hold(text)
    if may_change and _has_amount(words) and (_CHANGE.search(text) or _CONTRAST.search(text)):
        return CHANGE
    return EVENT if not _DEEDS.isdisjoint(words) and _EVENT.search(text) else 0.0


forgets(told_by_words.cache_clear)


def result_chance(line: Line, labels: Labels, *, by_rep: bool) -> float:
    """Chance that a sentence states a result of the customer's since the purchase.

    What words say is a goal, a promise, a forecast or another firm's result is none, unless the
    taggers are sure; trouble in numbers, what would have been, what was so before the purchase,
    activity, terms and the vendor's own results never are one.
    """
    text = line.text
    probability = chance_with(labels, line, "results_stated", told_by_words(text))
    asks = line.mark == "?" and not (by_rep and _TAGGED.search(text))
    if probability < PREDICTED or asks or _surely_none(text):
        return 0.0
    if chance(labels, line, "results_stated") < TAGGERS_SURE and not _may_be(text, by_rep=by_rep):
        return 0.0
    if _ACTIVITY.search(text):
        return 0.0
    if by_rep and not told_by_words(text) and speaks_of_terms(line, by_rep=True):
        return 0.0
    ours = _VENDOR.search(text) if by_rep else None
    if ours is None:
        return probability
    yours = _YOURS.search(text)
    return 0.0 if yours is None or (_OWN_NEWS.match(text) and ours.start() < yours.start()) else probability


_TAGGED = re.compile(r"\b(?:has|have|did|is|are|do|does|was|were)n't (?:it|you|they|that)$")


def got_worse(text: str) -> bool:
    """Whether plain words begin by saying that it is worse: "longer. Nine minutes, it was six"."""
    return _GOT_WORSE.match(text) is not None


_GOT_WORSE = re.compile(
    r"(?:(?:it's|they're|well|oh|if anything|actually) )*(?:longer|slower|worse|dearer|higher)\b"
)


def came_from_elsewhere(text: str) -> bool:
    """Whether plain words put a result down to something else than what was bought."""
    return _ELSEWHERE.search(text) is not None


def contrasts(before: str, after: str) -> bool:
    """Whether two sentences one after the other set an amount of before against one of now.

    >>> contrasts("it used to take nine hours", "now it's two"), contrasts("we have nine vans", "they're white")
    (True, False)
    """
    text = f"{before} {after}"
    return _CONTRAST.search(text) is not None and _may_be(text, by_rep=False)


def denies(text: str) -> bool:
    """Whether a reply does not confirm what it replies to: it denies, doubts or murmurs."""
    return _DENIES.match(text) is not None


def speaks_of_terms(line: Line, *, by_rep: bool) -> bool:
    """Whether a sentence speaks of price or terms; a bare figure does where the rep names it."""
    if _TERMS.search(line.text) is not None or first_price(line.words) is not None:
        return True
    return by_rep and (_FIGURE.search(line.text) is not None or _SAYS_MONEY.match(line.text) is not None)
