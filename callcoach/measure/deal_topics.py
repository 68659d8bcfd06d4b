"""Elements of a deal by the words that such talk cannot do without, whatever the sentence around them.

The forms in `deal_phrases` are whole phrases. Here a question, a supposition about the customer, or
a customer's plain statement only needs a word of the topic beside one of its kind: "is there a
*ceiling*?", "*I imagine* you're *sick of* it", "the *target* is *ninety* per cent".
"""

from __future__ import annotations

import re
from functools import lru_cache

from callcoach.measure.language import any_of
from callcoach.measure.last import forgets
from callcoach.measure.offers import NUMBER

_MONTH = r"(january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|christmas|easter|diwali|eid|ramadan|thanksgiving|term|half-?term|year-?end|new year|q[1-4]|quarter|monsoon|harvest|season)"
_PAYS = r"(sign|signs|approve|approves|agree|agrees|agree to|decide|decides|release|releases|authori[sz]es?|okay|okays|ok|say yes|pay|pays|sanction|countersign|green ?light|nod (it|this) through|give (it )?the (nod|go))"
_SOMEONE = r"(anyone|anybody|someone|somebody|who|who'd|who'll|who's|whose|which of you)"
_GATES = r"(board|committee|panel|procurement|purchasing|legal|lawyers|it security|security|compliance|finance|accounts|head office|trustees|governors|owners|partners|council|tender|audit)"

ASKS = {
    "budget": any_of(
        r"(figure|amount|sum|number)( [\w']+){0,4} (in mind|working (to|with|from)|work to|comfortable with)",
        r"(number|figure|sum|amount|price|limit|level)( [\w']+){0,3} (can't|cannot|couldn't|won't|don't want to|not) (to )?(go|get) (over|above|past|beyond)",
        r"(put|got|set|tucked|squirrell?ed) (anything|something|any|some)( \w+)? (aside|by|away)|(costed|budgeted|ring-?fenced|earmarked) (it|this|that|for)|(capex|opex|running costs|capital (line|budget|spend)|cost centre|cost center)",
        r"(price|cost|money|budget) ?wise|where( [\w']+){0,6} (land|come in|pitch)( [\w']+){0,4} (price|cost|money)|(price|budget|money) (point|range|bracket|envelope)|(out of|from) (whose|which|what) (pot|line|budget)",
    ),
    "economic_buyer": any_of(
        rf"{_SOMEONE} (above|over|senior to|higher than|else above) (you|yourself)|{_SOMEONE}( [\w'-]+){{0,6}} (convinced|persuaded|won over|brought round|talked (into|round)|signed? off|say-so|blessing|veto|last word|final word|final say)",
        rf"(go|goes|going|run|get|gets|need|needs) (it |this )?(past|by|to go past|to go to|in front of) {_SOMEONE}",
    ),
    "timeline": any_of(
        r"(latest|soonest|earliest) (you|it|this|we|that) (could|can|would|have|need|want)|(deadline|time ?frame|time ?scale|timeline|timing|calendar|diary|cut-?off|drop-?dead|target date|go-?live)",
        r"(this|next|calendar|financial) (year|quarter|month|term|season)( [\w']+){0,2} or|(what|which) (month|date|day|week|quarter|time of (the )?year|term|season)|(what|which) dates?|(the|a|any|some) (rush|hurry|urgency|date|dates|timing)|(date|dates)( \w+){0,4} (mind|for you|working|aiming|driv\w+)|driving the (date|dates|timing)",
    ),
    "decision_process": any_of(
        r"(get|gets|getting|given|gives?) (it |this )?(the |a )?(go-ahead|go ahead|green light)",
        r"(tender|tendering|rfp|procurement|purchasing (process|team|department)|sign-?off (process|route)|committee stage|due diligence)( \w+)*",
        r"(over the line|through the system|through the (mill|hoops)|rubber ?stamped|waved through|from (yes|here) to (a )?(signature|contract|order))",
    ),
    "decision_criteria": any_of(
        r"(must-?haves?|deal-?breakers?|non-?negotiables?|red lines?|show-?stoppers?|wish ?list|shopping list|rule (\w+ )?(out|in)|ruled out|tip the (balance|scales)|tie-?break\w*|(good|right|ideal|perfect) (supplier|partner|vendor|fit)|on what basis|criteria|in a (supplier|partner|vendor|provider))",
    ),
    "pain": any_of(
        r"(bugging|bothering|worrying|nagging|irritating|winding (you|everyone|people) up|giving (you|you all|them|everyone|people) (grief|gyp|trouble|a headache|sleepless)|falling (down|over|apart|short)|letting (you|things|people) down|(happens|goes on|going on) that (shouldn't|ought not)|keep(s|ing) you (up|awake)|biggest (headache|bugbear|gripe|pain|nuisance)|pick up the phone|reach out|get in touch)( \w+)*",
    ),
    "metrics": any_of(
        r"what (should|would|ought|must|has|needs|do you (want|hope|expect|need))( to)? (come|be different|change|improve|get better|show|you (see|get|want))( [\w']+){0,3} (out of|from|after|at the end|by the end|of it)",
        r"(what|which|any) (return|payback|roi|uplift|saving|savings|improvement|reduction|gain)( [\w']+)*|by (how much|what)( [\w']+){0,8} (drop|fall|rise|go up|go down|come down|improve|change|grow)|(return|payback|roi)( [\w']+){0,4} (looking|expect|need|want|after)",
        r"success( [\w']+){0,4} (look|figures|numbers|mean)",
    ),
    "champion": any_of(
        r"(who|who's|who'd|anyone|anybody|someone|somebody)\b.{0,40}\b(bought in|on board|sold on|up for (it|this)|mad for|a believer|into (it|this)|gung-?ho|hot on|excited|keenest|all for (it|this))",
        r"(our|a|any) (friend|friends|ally|allies|champion|supporter|advocate|fan|fans|cheerleader)( \w+){0,3} (in|inside|there|on|at|internally|among)|(driving|pushing|leading|behind|sponsoring|championing|carrying) (this|it|that) (internally|inside|in there|on your side|at your end|forward)",
    ),
    "competition": any_of(
        r"who else('s| is| has| have)( \w+){0,2} (out|round|over|in|here|visited|come|quoted|priced|pitched)( (to|this|last|already|before)( \w+){0,3})?$",
        r"(anyone|anybody|someone|somebody|who|who's) else( [\w']+){0,4} (pitch\w*|quot\w+|bid\w*|tender\w*|price|pricing|in the (frame|mix|running)|been in|come in|seen|looked at)",
        r"(rivals?|competitors?|competition|the others|other (names|firms|suppliers|people|companies|providers|vendors|options|bids|quotes))",
    ),
}
"""What a question asks for, beside the whole phrases."""

_SUPPOSES = any_of(
    r"(i'm|i am|i'd be|i was|i'll be) (guessing|assuming|sure|certain|supposing|betting|thinking)|(i|i'd|i'll|i would) (guess|assume|suppose|imagine|reckon|bet|wager|presume|expect|know|take it|say|fancy|dare say|gather)|i can (see|tell|count|imagine)|i've (put|got|noted|written|marked|down)",
    r"(presumably|obviously|clearly|no doubt|doubtless|surely|of course|probably|must|then|so|evidently|naturally|a (company|firm|business|school|place|shop|hospital|charity|team|group|club|outfit) (like|of|your)|right|isn't it|aren't you|don't you)",
    r"you'll|you'd|you've|you're|yours?",
)
_YOU = any_of(r"(you|your|yours|you're|you've|you'll|you'd|yourself|it|this|that|the board|the committee)")
SUPPOSES = {
    "budget": any_of(
        r"(there's|there is) (some |the |enough |a bit of )?(money|cash|funds?|funding|budget) (put|set|laid|kept|there)",
        r"(got|have|has|had|with) (\w+ )?(the |a |your )?(budget|money|funds|funding|cash|means|pockets)|(you|yours|they|it)( \w+){0,2} afford (it|this|that)|deep pockets|(money|cash|budget)( \w+){0,2} (no|not|isn't) (\w+ )?(issue|object|problem|worry)|(what|about what|roughly what|around what) you (had|have) in mind",
        r"(thousand|grand|hundred|million|lakh|crore|k|pounds|dollars|euros|quid)( \w+){0,5} (in mind|to spend|put by|set aside|put aside|in the (pot|kitty|budget))",
    ),
    "economic_buyer": any_of(
        r"your (\w+ )?\w+ (who|that) (signs|pays|decides|approves|holds)",
        r"(your|yours) (own )?(shout|call|say-so|say|decision|signature|money|cheque book)|(stops?|starts and stops|ends|rests|lies|sits) with you|(don't|won't|needn't|no need to|not)( \w+)? (have to |need to )?(ask|check with|answer to|go to|run (it|this) (past|by)|get permission from) (anyone|anybody|someone|a soul|upstairs|permission)|(final|last) (say|word)|you (\w+ )?(sign|approve|decide|hold the purse|pay) (for )?(it|this|that|off|everything|yourself)",
    ),
    "timeline": any_of(
        rf"(want|wanting|need|needing|after|looking|hoping|aiming|start|starting|live|place|running|ready|in|done|for|go) (\w+ ){{0,6}}?(by|before|for|in|from|this|next|ahead of|in time for) (the |this |next |early |late |mid |about |around )*(new |financial |academic |tax |calendar |coming |start of |end of |beginning of )*({_MONTH}|year|month|week|weekend)\b",
    ),
    "pain": any_of(
        r"(hurts|bothers|bugs|annoys|troubles|frustrates|worries) you( \w+){0,2} (is|are)",
        r"(sick|tired|weary) of|fed up|never stops?|ha?emorrhag\w+|bleeding|losing|wasting|drowning|driving (you|them|your \w+|everyone|people) (mad|crazy|nuts|up the wall|round the bend|spare)|tearing your hair|nightmare|struggl\w+|suffering|costing you|killing you|headaches?|chaos|a mess|painful|frustrat\w+|pulling your hair|up the wall",
    ),
    "champion": any_of(
        r"sing(ing)? (our|my|its) praises|(fight|fighting|bat|batting|argue|arguing|speak up|speaking up|stand up|standing up|put in a (good )?word) (our|for (us|me|this|it)|our corner)|in (our|my) corner|(man|woman|person|eyes|ears|friend|ally) (on the )?inside|(sell|selling|push|pushing|carry|champion|championing|back|drive|get|take) (it|this|us|me) (up|upstairs|through|internally|to the (board|boss|top)|over the line|for (us|me))|(our|my) (champion|ally|advocate|cheerleader|sponsor|friend in)",
    ),
    "competition": any_of(
        r"(seeing|talking to|speaking to|looking at|asking|considering|meeting) (nobody|no one|no-one) else",
        r"(looked at|talked to|spoken to|seen|asked|considered|considering|looking at|talking to|compared|comparing|had)( \w+){0,3} (anyone|anybody|others|the others|any others|nobody|no one|the big (boys|names|players|guys)|(three|four|two|five|a few|several|other) [\w-]+)( else)?|only (ones?|people|firm|name|show|game)( \w+)* (in|here|town|you)|(quotes|proposals|offers|bids)( \w+){0,2} (on (your|the) (desk|table)|in (your|the) (drawer|inbox)|already|from)|(other|two|three|four) (\w+ )?(quotes|bids|firms|suppliers|vendors)",
    ),
    "decision_criteria": any_of(
        r"(thing|only thing) you('ll|'d| will)? (choose|decide|pick|judge|go) (on|by)( (is|will be))?",
        r"(go|going|choose|choosing|pick|picking|decide|deciding|judge|judging) (\w+ )?(for|on|by) (the )?(price|cost|quality|speed|service|support|cheapest|best|security|looks|name)\b|(all about|everything to you|what you care about|matters to you|your (top|main|first) (priority|concern|criterion))",
    ),
    "decision_process": any_of(
        r"(it|this|that)('ll| will)? (go|goes|has to go) (to|through|past|before|via) your [\w-]+",
        rf"(quick|easy|straight|simple|just|formality|only)( [\w']+){{0,5}} {_GATES}|{_GATES}( [\w']+){{0,4}} (formality|rubber ?stamps?|nod(s|ding)?|wave(s)? it|sign(s)? (it )?off|quick)",
    ),
    "metrics": any_of(
        rf"(target|goal|aim|kpi|number|figure|benchmark)( [\w']+){{0,5}} {NUMBER}|(wanting|want|expect|expecting|after|need|looking for) (about |around |at least |roughly )?{NUMBER}( per ?cent| percent|%)? (more|less|fewer|off|better|improvement|saving|growth|increase|reduction)",
    ),
}
"""What a supposition about the customer takes for given."""

_BOSSES = r"(board|boss|director|owner|bursar|treasurer|cfo|ceo|md|fd|chair|chairman|chairwoman|principal|head|head office|hq|brother-in-law|sister-in-law|mother-in-law|father-in-law|gaffer|landlord|bank|parent company|group|ministry|council|trustees|governors|partners|committee|finance|minister|president|dad|mum|wife|husband|brother|sister|uncle|aunt|mr|mrs|ms|dr|old \w+)"
GIVES = {
    "budget": any_of(
        rf"(money|budget|grant|funds?|funding|pot|allocation|kitty)\b.{{0,60}}\b{NUMBER} ?(k|grand|thousand|lakhs?|crores?|million|mil|hundred|pounds|dollars|euros|rupees)\b",
        r"(given|got|have|had|allowed|allocated|sanctioned|approved|okayed|budgeted|set|put|only|grant\w*|fund\w*|cover\w*)( [\w']+){0,5} ([\w.,]+ ){1,2}(lakhs?|crores?|figures)\b|(we|i|they|he|she)('ve| have)? budgeted (about |around |for )?\w+",
        rf"(come|comes|stay|stays|keep|kept|be|land|is|go)( it| this| that| in)* (in )?(under|below|within|inside|no more than|less than|at most|not over) ([£$€₹] ?)?{NUMBER}( (thousand|grand|k|hundred|lakhs?))?( (a|per) (month|year|head|seat|quarter))",
        r"(capital|capex|budget|budgets|spend|spending|money|cash|funds?|funding|purse)('s| is| are| was| has been| have been)? (\w+ )?(frozen|gone|spent|cut|approved|signed off|ring-?fenced|agreed|tight|there|secured|released)|(there's|there is|we've|we have|there'll be|got) no (more )?(money|budget|funds|cash) (for|before|until|till|left|this)",
    ),
    "economic_buyer": any_of(
        r"(that's|that is|that'd be|it's) ([\w']+ ){1,2}[\w]+'s (call|decision|shout|say|signature)",
        rf"{_BOSSES}( [\w'-]+){{0,4}} (who )?(has|have|had|would have|will have|'d have|needs|need|gets|wants)( \w+)? (to |a )?({_PAYS}|veto|final say|last word|last say|say-so)",
        rf"(he|she|they|\w+)( \w+)? (has|have|would have|will have|needs?|'s got|got) to ({_PAYS})\b",
        r"(purse|purse strings|cheque book|checkbook|chequebook|wallet|budget)( strings)? (is|are|'s|sits?|lies|stays?|rests?) (with|held by|in the hands of|down to) \w+|(is|has|holds|have|got) (a|the) veto",
        rf"(nothing|not a penny|no money|no order|no contract)( [\w']+){{0,4}} (without|unless|until|before) (\w+ ){{0,4}}({_PAYS}|saying so|say-so|signing|agreeing|approving|okaying|nod|blessing)",
    ),
    "timeline": any_of(
        rf"(looking at|aiming for|aiming at|shooting for|hoping for|talking about|thinking|thinking of|planning on|planning for|targeting|pencilled in|ideally|we'd like) (\w+ ){{0,3}}?({_MONTH}|(the )?(end|start|middle|beginning|first|second half) of)\b",
        rf"(has|have|needs?|got|must|wants?|want|would need|ought)( \w+){{0,3}} (it |this |that |them |everything |to be |be )*([\w-]+ ){{0,4}}(by|before|inside|within|in|no later than|ahead of|in time for) (the )?({_MONTH}|end of|start of|first of|beginning of|middle of|{NUMBER} (weeks?|months?|days?)|(summer|school|christmas) holidays|[\w]+(teenth|tieth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b)",
        r"(can't|cannot|couldn't|mustn't|won't|not) (be |run |go |leave it |leave it till )?(any )?(later|past|beyond|after) than( \w+)*|(at the (very )?)?latest$|(move|launch|opening|audit|inspection|event|wedding|show|switch-?over|lease|licen[cs]e|contract)('s| is) (on |up |up on |due |due on )*(the )?\w+(th|st|nd|rd|first|second|third)\b",
        rf"(before|by|in time for|ahead of) (the )?{_MONTH}( [\w']+){{0,6}} (latest|at the latest|deadline)",
    ),
    "decision_process": any_of(
        rf"before (anyone|anybody|we|i|they|he|she) (can|could|may|gets? to|is allowed to|are allowed to|will) (\w+ )?(sign|buy|order|go ahead|commit|spend|say yes|move)|(go|goes|gone|went|pass|passes|run) (it |this |that )?(through|past|via|by) (the |our |\w+ )?{_GATES}",
        r"(first|then|and then|after that|next)\b.{3,60}\b(and then|then|after that|next|finally|followed by)\b.{0,30}\b(shake hands|sign|order|buy|decide|choose|vote|go ahead|contract|pick one|pick|deal|approve\w*|say yes)",
    ),
    "decision_criteria": any_of(
        r"(it|they|that|whoever \w+|the \w+)('s| is| has| must| needs| has got)? (must|has to|have to|needs to|need to|got to)( \w+){1,8} (non-?negotiable|deal-?breaker|essential|a must|no question|full stop|end of)|non-?negotiable|deal-?breaker|(a|the|our|my) must(-?have)?s?\b|show-?stopper|red line",
        r"(that'll|it'll|what'll|what will|thing that'll|thing that will|what'd|that would|which will)( \w+)? (decide|swing|clinch|tip|settle|sway|win) (it|this|that|me|us)|top of (the|my|our) list|top priority|number one (thing|priority)",
        r"if (it|they|he|she|you|the \w+|that) (can't|cannot|doesn't|won't|don't|isn't|aren't|haven't|hasn't)( [\w']+){1,8} (it's|they're|that's|you're|we're|i'm) (out|off|gone|not interested|no use|no good|finished)|(would|we'd|i'd) (never|not|only) (\w+ )?(buy|take|pick|choose|touch|look at|consider|go for|sign) (something|anything|one|someone|anyone|a \w+)( \w+)? (that|which|who|if|with|without)",
        r"(what|which) (we'll|i'll|we|i|we'd|i'd) (\w+ )?(judge|choose|weigh|decide|score|go) (it |them |you |this )?(on|by)|comes down to \w+",
    ),
    "metrics": any_of(
        rf"(under|below|over|above|at least|at most|less than|more than|down to|up to) {NUMBER}( ?%| ?per ?cent| percent| days?| hours?| minutes?)?\b.{{0,30}}\b(they're|it's|we're|that's|they are|it is|we are|is|was) (\w+ )?(at|on|running at|nearer|around|about) {NUMBER}",
        rf"(target|goal|aim|win|success|happy|worth it|failed|job done|benchmark|kpi|number)\b.{{0,40}}\b({NUMBER}|same[ -]day|next[ -]day)\b|\b({NUMBER}|same[ -]day|next[ -]day)\b.{{0,40}}\b(we've failed|i'm happy|we're happy|i'd be happy|we'd be happy|job done|(it's|it'd be|it'll have been|that's) worth it|(a|the) win|(i'd|we'd) call it|it's worked|paid for itself|a success)",
        rf"(need|want|have|has|got|must|looking|aim|aiming|hoping) (to |us to |it to |at )*(cut|cutting|save|saving|drop|dropping|lose|win|gain|free|get|bring|reduce|halve|double|grow|raise|lift|shave|take)( [\w']+){{0,6}} (at least |about |around |by )?{NUMBER}( per ?cent| percent| hours?| minutes?| days?| points?|%| fewer| more| less)",
    ),
    "champion": any_of(
        r"(lobbying|lobbied) (the |our |for )?\w+|(got|talked|brought|won) (half|most|all|some)( of)? (them|the \w+)( \w+)? (round|over|on side)",
        r"(been|keeps|kept|always|is|was|'s) (showing|telling|forwarding|sending|playing|demoing|talking) (your|the|this|it|them|about) ?(\w+ ){0,3}?(to |with |round |around )?(everybody|everyone|anyone who|the whole|the entire|all (the|of)|half the)",
        r"((i'm|i am|we're) going to|i'll|i will|i'd|she'll|he'll|they'll) (\w+ )?(fight|push|bat|argue|go in to bat|go to war|make a case|stick my neck out)( [\w']+){0,2} for (this|it|you|one)|(wrote|writing|written|drafted|built|made|put together) (the|a|up the|up a) (business )?case|(wants|want|wanted|loves|loved|pushed|pushing for) (it|this|one|you) (most|the most|more than (anyone|anybody|i do))|who (\w+ )?wants (it|this) most|(biggest|greatest) (fan|supporter|advocate)|keenest",
        r"(been |keeps |kept |always |forever )+(on at|at|after|nagging|pestering|badgering|hounding|bugging) (me|us|them|the \w+|him|her)\b",
    ),
    "competition": any_of(
        r"(came|come|comes|coming|been|here)( \w+){0,3} with (their|his|her|a|its) (quote|price|offer|proposal|bid|figures)",
        rf"({NUMBER}|several|a few|plenty|loads) of (you|yous|ye|them|us) (in|are|quoting|bidding|pitching|on|competing)|in the running|on the short-?list|(not|aren't) the only (ones?|people|firm|company|crowd|supplier|vendor|name|person|fish)",
        r"(puts?|putting|put|throw\w*|sent|sends|sending|given?|giving|gave) (us |me )?in (a|their|his|her|its) (price|quote|bid|offer|tender|proposal|number)|(another|other|others|two|three|four|five|several|more|few|crowds?|firms?|people|suppliers?|companies|outfits?|mobs?|lot|lots|guys|vendors?|agencies|bidders)\b( [\w']+){0,4} (quoting|bidding|pitching|tendering|pricing (it|this)|competing|in for it)",
    ),
}
"""What a customer's plain statement gives, beside the whole phrases."""

_UNDERTAKES = re.compile(
    r"\b(?:i'll|we'll|i will|we will|i can|let me|i'm going to)(?: \w+)? (?:send|call|ring|email|get back|come back|talk|speak|ask|check|meet|have it|bring|forward|let you)\b"
)
_SUBORDINATE = re.compile(
    r"(?:(?:so|and|okay|right|well|um|uh|now) )*when (?!(?:do|does|did|is|are|was|would|will|should|must|can|could|has|have|had|might|may|shall|'s|'d|exactly|by|roughly)\b)(?:\S+ ){1,9}?(?=(?:what|who|whose|whos|which|how|where|why)\b|(?:what|who|which|how|where)')"
)
_TRAILING = re.compile(
    r"^((?:(?:so|and|okay|right|well|um|uh|now) )*(?:what|who|whose|which|how|where|why)\b.*?)(?<! and)(?<! or)(?<! by) (?:when|once|before|after) (?:you|it|they|we|i|the|your|push|all)\b.*$"
)
_SHORT = {"'ve": " have", "'re": " are", "'ll": " will", "'d": " would", "i'm": "i am"}
_CONTRACTED = re.compile(r"(?:'ve|'re|'ll|'d)\b|\bi'm\b")


@lru_cache(maxsize=4096)
def written_out(text: str) -> str:
    """Plain words with contractions written out.

    >>> written_out("so you've the final say")
    'so you have the final say'
    """
    return _CONTRACTED.sub(lambda found: _SHORT[found[0]], text) if "'" in text else text


@lru_cache(maxsize=4096)
def without_clauses(text: str) -> str:
    """A question without the clause of time around it.

    >>> without_clauses("when it comes down to it whose decision is it")
    'whose decision is it'
    """
    text = _SUBORDINATE.sub("", text)
    found = _TRAILING.match(text)
    return found[1] if found else text


forgets(written_out.cache_clear)
forgets(without_clauses.cache_clear)


def asks_topic(name: str, text: str) -> bool:
    """Whether a question's plain words hold a word of the element's topic."""
    pattern = ASKS.get(name)
    return pattern is not None and pattern.search(text) is not None


def supposes(name: str, text: str) -> bool:
    """Whether a rep's statement takes an element for given, of the customer."""
    pattern = SUPPOSES.get(name)
    if pattern is None or pattern.search(text) is None:
        return False
    return _YOU.search(text) is not None and _SUPPOSES.search(text) is not None


def gives_topic(name: str, text: str) -> bool:
    """Whether a customer's plain statement gives an element."""
    pattern = GIVES.get(name)
    return pattern is not None and pattern.search(text) is not None


def undertakes(text: str) -> bool:
    """Whether a customer says what they will do for us: "I'll send it by Friday" is no date of the deal."""
    return _UNDERTAKES.search(text) is not None
