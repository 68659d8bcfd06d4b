"""The elements of a deal, as a rep asks for them, as a customer gives them, as a rep assumes them.

MEDDICC and BANT together: metrics, economic_buyer (authority), decision_criteria, decision_process,
pain (need), champion, competition, budget, timeline.
"""

from __future__ import annotations

from dataclasses import dataclass

from callcoach.measure.language import any_of
from callcoach.measure.offers import NUMBER
from callcoach.measure.screens import Screened
from callcoach.measure.step_phrases import WHEN

_MONEY = rf"({NUMBER} ?(k|grand|thousand|million|hundred|pounds?|euros?|dollars?|quid|bucks)|[£$€] ?\d|\d+k|\d[\d,]{{3,}}|{NUMBER} (thousand|grand|million|hundred))"
_MONTH = r"(january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|christmas|easter|term|year end|new year|q[1-4]|quarter)"
_BOSS = (
    r"(boss|chief|director|bursar|owner|partner|dad|father|mum|mother|wife|husband|brother|sister|board|council|cfo|ceo|cto|coo|md|vp|head of \w+|finance( director)?|trustees?|committee"
    r"|treasurer|chair|chairman|controller|manager|president|governors?|headteacher|dean|mayor|minister|founder|mr|mrs|ms|dr|sir|madam)"
)
_SIGN = r"(signs?|signing|signed|approves?|approve|releases?|release|decides?|authoris\w+|authoriz\w+|pays?|green ?lights?|sanctions?|rubber ?stamps?|oks|okays?|puts (his|her|their|the) name|holds the (purse|budget|money|cheque)|controls the (budget|money|purse)|has (the )?(final|last) (say|word)|gives the (nod|go|green)|says yes)"


@dataclass(frozen=True, slots=True)
class Element:
    """One element: how it is asked for, how it is given, and what an answer to it must hold."""

    name: str
    asks: Screened
    gives: Screened
    assumes: Screened
    answer: Screened | None = None  # None: any answer of substance


_ANY = any_of(r"\w+")
_AFTERWARDS = (
    r"(then|after that|afterwards|next|once|before|finally|followed by|in the end|and if|second|last of all)"
)
_GATE = (
    r"(procurement|purchasing|legal|lawyers?|finance|accounts|board|committee|council|trustees|governors|partners|directors?|security|compliance|audit|tender|panel|auditors?|head office|group|owners?"
    r"|(supplier|security|credit|background|reference|safety) (checks?|review|assessment)|vote[sd]?|sign(s|ed)?|sign-?off|approv\w+|agenda|scor(e|es|ed|ing)|shortlist\w*|pilot|trial|contract|purchase order|po|order)"
)
_STEP = r"(goes|go|gets|does|do|writes?|puts?|takes?|sends?|passes|looks?|checks?|reviews?|reads?|picks?|meets?|has|have|runs?|raises?|presents?|fills?|builds?|prepares?|asks?|collects?|invites?|sees?)"
ELEMENTS: tuple[Element, ...] = (
    Element(
        "metrics",
        any_of(
            r"(what|which) (number|figure|metric|measure|kpi|target|result)s?( \w+){0,6}",
            r"how (will|would|do|did) you( \w+)? (measure|know|tell|judge|see)( \w+){0,6}",
            r"(what|how) (does|would|will|do) (success|good|winning|better|done)( \w+)? (look|mean|feel)",
            r"(what|how|when)\b.{0,60}\b(money well spent|worth (the money|your while|every penny|it in)|call (it|this|that) a (win|success|good)|look back and (say|be))( \w+)*",
            r"(what|which)( \w+){0,4} (improve|go down|go up|change|fall|rise|better) by",
            r"(what|where|how (low|high|much|many)) (would|do|should|must|will|does) (you|it|that|this|they|the \w+|your \w+|we) ([\w']+ ){0,5}(to be|to get to|be at|to reach|(?<!come )(?<!boil )(?<!get )down to|up to|to see)( \w+)*|what (would|will|does|do|has to|should) ([\w']+ ){0,6}(worth it|a success|success|count as|good|a win|improve|change|move)|how (would|will) (we|anyone|your \w+) (know|tell|measure)|(numbers?|figures?|kpis?|metrics?|targets?) (would|will|do|are) (you|we)|by how much",
        ),
        any_of(
            rf"(at|on|running at) {NUMBER} ?(per ?cent|percent|%|days?|hours?|minutes?)( [\w']+){{0,8}} (under|below|over|above|to|down to|at most) {NUMBER}",
            rf"(from|if \w+( \w+){{0,4}}) {NUMBER}( \w+){{0,3}} (to|down to|under|below|above|over) (\w+ )?{NUMBER}",
            rf"(goal|target|aim|want|need|success|win|won|measure|kpi)( \w+){{0,8}} (to|under|below|over|above|by|at least) {NUMBER} ?(per ?cent|percent|%|days?|hours?|minutes?)",
            rf"(down|up(?! to)|drops?|falls?|rises?|cut|halve|double|reduce)( \w+){{0,4}} (to|by|under|below) {NUMBER}",
            rf"(under|below|over|above|less than|more than|fewer than|at least|at most) {NUMBER}( ?%| per ?cent| percent| days?| hours?| minutes?| a (day|week|month))?( [\w']+){{0,3}} (now|today|from|at the moment|currently|instead of)|(from|against) {NUMBER}( [\w]+){{0,3}} (today|now|last year|at the moment)",
            rf"(get|bring|cut|push|halve|double|raise|lower|move|take|want|need|see|shave)( [\w']+){{0,5}} (down|up|under|below|above|over|back)? ?(to|by|under|below|above|over|at) {NUMBER}( ?%| per ?cent| percent| days?| hours?| minutes?| a (day|week|month))",
            r"(we|we'd|i'd|we'll|they)( \w+){0,3} (judge|measure|know|count|measured|judged)( \w+){0,3} (by|on|when|if)",
        ),
        any_of(
            r"(your|the) (goal|target|kpi|number)('s| is| must be| will be| would be)",
            r"(success|winning|a win|a good (year|result)|victory)( \w+){0,4}? (means|is|would be|will be|looks like|equals|comes to)( \w+)*|your (\w+ )?(success )?(metric|kpi|yardstick|measure|benchmark|target|goal)( \w+)*",
            rf"(you|you'll|you'd|you're)( be)? (\w+ )?(want|wanting|need|needing|looking for|after|aiming for)( \w+){{0,3}} {NUMBER} (per ?cent|percent|%|more|fewer|less)( \w+)*",
        ),
        any_of(NUMBER, r"(fewer|less|more|down|up|under|below|rate|number|share|per ?cent|time|cost)"),
    ),
    Element(
        "economic_buyer",
        any_of(
            r"who( \w+){0,4} (signs?|sign|approves?|approve|decides?|decide|pays?|pay|authoris\w+|authoriz\w+|puts?|holds?|releases?|release|owns the budget|has (the )?(final|last|say)|say|gives|controls?|okays?|agrees|makes the (call|decision))",
            r"(who|who'd|who'll|who's|whose)( [\w'-]+){0,6} (sign|signs|sign-off|signing|approve|approves|approval|decide|decides|decision|last word|final say|final call|nod|green light|purse|budget holder|yes to|authorise|authorize|okay|agree|rubber ?stamp|cheque|check|pays|pulls the trigger)( \w+)*",
            r"(is|are|does|do|would|will) (it|that|this|you|there|he|she|they)( \w+){0,5} (your (call|decision)|(need|have) to (ask|get (it|this|someone)|go to|run (it|this))|yourself)( \w+)*|(is|does|would|will) (it|that|this|there)( \w+){0,4} (someone|anyone|anybody) else( \w+)*|do you( \w+)? (have|need) (someone|anyone|anybody) else( \w+)*",
            r"who('s|se| is| has| would be| will be)( \w+){0,6} (budget|signature|say|decision|call|money|purse|authority|name|sign-off|approval|decision maker|decision-maker|boss|in charge)",
            r"(does|do|would|will|is|can) (you|that|it|this|anybody|anyone|somebody|someone|the \w+)( \w+){0,5} (sign|sign-off|approve|approval|authorise|final say)",
            r"where (does|would|will|did|is)( the| that| this| it)?( \w+)? ?(money|budget|funding|cash|funds|signature|approval|yes|authority) (come|coming|from|sit|lie|live|rest)( \w+)*",
            r"whose (?!(idea|turn|fault|side|car|phone|desk is|birthday)\b)[\w-]+( [\w']+){0,8}",
            r"who( [\w']+){0,4} (the pen|the last signature|the yes|to the bank|above you|over you|upstairs|have to convince|has to be (convinced|happy|asked|on board))( \w+)*",
            r"who('s|s|d|'d)? (\w+ )?(it|this|that|things?) (\w+ )?(go|goes|went|going) (to|past|through|with)( \w+)*",
            r"(anyone|anybody|somebody|who) else( \w+){0,4} (sign|approve|decide|say|agree)",
        ),
        any_of(
            rf"{_BOSS}( \w+){{0,5}} {_SIGN}",
            rf"(needs?|wants?|requires?|have to get|has to get|got to get|goes to|cleared by|signed off by|approved by|sign-off from|approval from|okay from|blessing of|say-so of|past)( [\w'-]+){{0,4}} {_BOSS}",
            r"(my|our|the) ([\w-]+ ){0,2}(director|partner|boss|owner|cfo|ceo|md|fd|principal|head|manager|chair|treasurer|president|founder|vp|board|trustees|committee|wife|husband|dad|mum)( [\w'-]+){0,5} (budget|cheque book|check book|purse|nod|okay|ok|money|final|last word|yes or no|call|signature|cheques|checks)",
            r"(nothing|no \w+|not a \w+) (gets|is|goes|moves|happens|leaves)( \w+)? ?(bought|paid|signed|approved|spent|through|ordered|out)?( \w+){0,2} (without|unless|until|except) (\w+)",
            r"(last|final) (signature|say|word|yes|call|okay|approval|nod)( [\w']+){0,4}? ?(is|'s|comes? from|belongs to|lies with|rests with|sits with|goes to|falls to|has to be|will be|would be) (\w+)",
            r"(has|have|holds?|controls?|gets?|makes?|gives?) the (\w+ )?(last|final|purse|budget|money|cheque|check|call|decision|veto|say|yes|nod)( \w+)?|(up|down) to (him|her|them|me|(my|our|the) ([\w-]+ )?(boss|board|director|partners?|owners?|wife|husband|brother|sister|mother|father|committee|council|cfo|ceo|md|head|chief|chair|finance|trustees))|(i|it's me who|i'm the one who) (\w+ )?(sign|signs|decide|decides|approve|approves|pay|pays|hold|holds)( \w+)*",
            r"signs? for (anything|everything|it|the|all|that)",
            r"(runs|run by|down to|up to|is with|rests with|sits with|lies with) (the (estate|money|budget|business|firm|house)|\w+ (alone|herself|himself))",
            r"(he|she|they|i|only|nobody else|no one else|nobody but \w+)( \w+){0,2} (can )?(signs|sign|approves|decides|releases|release|pays for|authorises) (\w+ )?(it|that|off|everything|anything|the|these|such|all|orders?)",
            r"(goes|go|has to go|have to go|needs to go|ends up|lands)( \w+){0,3} (to|past|with|through|on) (\w+ ){0,3}(desk|for (approval|signature|sign-off|signing)|ruth|board|\w+'s desk)",
            rf"(anything|everything|orders?|spend|purchases?|contracts?)( \w+)? (over|above|beyond|bigger than|under|below|up to) ({_MONEY}|{NUMBER})( \w+){{0,4}} (goes|go|needs|need|is|are|has|must|signs|to)",
            r"(it's|that's|that'd be|it would be|it'd be|this is) (\w+ ){0,3}(decision|call|signature|money|budget|sign-off)",
            r"(final say|last word|purse strings|signs (everything|it|off|the))",
            r"(he|she|they)('s|'ll|'ve| has| have| will| is| are)?( \w+){0,3} (to )?(approve|authori[sz]e|release|sanction|okay|sign off|sign|countersign|green ?light|agree)( (it|that|this|off|them|everything|anything|any \w+|all \w+|on \w+)|$)",
            r"(his|her|their|my) (cost centre|cost center|signature|budget line|p and l|purse|cheque book|say-so|call|decision|sign-off|yes)\b",
            r"i (sign|decide|approve|hold|make the (call|decision))( \w+)*",
        ),
        any_of(
            r"(you're|you are|you'll be|you|you'd be|i take it you|i assume you|that's you)( \w+){0,6} (the (one|person|man|woman|lady|gentleman) (with|who|that|holding|in)|(final|last) (say|word|call)|in the (driving seat|chair)|running the show)( \w+)*",
            r"(you're|you are|you'll be|you|you'd be|i take it you|i assume you|that's you)( \w+){0,4} (the (decision maker|decision-maker|one who|boss|buyer|person who)|sign|signs|signing|decide|deciding|deciding this|make the (call|decision)|approve|on your own|final say)",
            r"(your|the) (boss|director|cfo|manager|board|\w+)( will| is going to|'ll| just) (sign|approve|decide|rubber)",
            r"(it's|that's|this is|it is)( \w+)? (your|yours|up to you|down to you)( own)? ?(decision|call|signature|money|budget|say)?( isn't it| right| then|$)",
            r"(your|yours)( own)? (decision|call|signature|money|budget|say)|you( alone| yourself)? (\w+ )?(signs?|decides?|approves?|hold|control|own|call the shots|make the (call|decision)|have the (final|last))( \w+)*|(you're|you are)( \w+){0,3} (in charge|signs?|boss|decision maker)",
            r"(it|this|that|everything|the \w+( \w+)?|all)( all)?( just| really)? (hangs|rests|depends|turns|lies|sits|is|comes|falls) (all |down |entirely |just )?(on|with|to|up to|down to) you\b( \w+)*",
            r"(pulls? the strings|calls? the shots|runs? the show|wears? the trousers|makes? (all )?the (big )?(decisions?|calls?)|holds? the (pen|purse|keys)|(person|one|man|woman|lady) (who|that) (\w+ )?(decides?|matters|signs?|counts))( \w+)*",
            r"(decision|signature|call)('s| is) (yours|your own|with you|down to you|up to you)",
        ),
    ),
    Element(
        "decision_criteria",
        any_of(
            r"(what|which)( \w+){0,5} (judge|compare|weigh|choose|pick(?! up)|decide|score|assess|evaluate|matters?|counts?|important|criteria|must|look for|looking for|hang|hinge|tip|weighs?|decides?|rank)( \w+)*",
            r"(what|which|what's|what'll|what'd)( [\w']+){0,6} (come|comes|coming|boil|boils|get|gets) down to( \w+)*|(what|which|what's)( [\w']+){0,6} (hang|hangs|hinge|hinges|turn|turns|depend|depends|rest|rests|ride|rides) on( \w+)*",
            r"(what|which|what's)( [\w']+){0,6} (yardsticks?|measuring stick|scorecard|marks?|points|tick ?box\w*|wish ?list|must|have to have|can't (do|live) without|insist on|look at first|make you (pick|choose|say|go)|set (one|us|them) apart|separate\w*|win (it|you)|clinch\w*|seal\w*)( \w+)*",
            r"how (will|would|do) you( \w+)? (judge|compare|weigh|choose between|pick|score|evaluate|rank|select)(?! (the |your |a |an )?(pupils?|students?|staff|people|candidates?|children|recipes?|wines?|colou?rs?|menu|music|players?|members|volunteers|patients|tenants|winners?)\b)( \w+)*",
            r"(what|which|what's|what'll|what'd)( [\w']+){0,6} ((?<!the )matter|matters|count|counts|important|swing|sway|tip|deciding|decisive|make or break|non-negotiable|priority|priorities|stand out|win|key|shortlist)( \w+)*",
            r"(what's|what are|what is|which are)( \w+){0,5} (criteria|must-haves|must haves|deal ?breakers?|requirements|priorities|important)",
        ),
        any_of(
            r"(first|firstly|above all|most of all|number one|mainly|most important)( \w+){0,6} (must|has to|have to|needs to|need to|matters|counts|should)",
            r"[\w'-]+ (above (everything|all)|first and foremost|comes first|is (the )?(number one|key|everything|king|paramount|non-negotiable|a must)|before anything|most of all|more than (price|anything))|(price|cost|quality|speed|service|reliability|security)('s| is| comes) (first|second|third|last|secondary|everything|less)",
            r"(biggest|main|key|big|deciding|number one|top|first) (thing|factor|point|criterion|priority|one)( [\w']+){0,3}( is|'s| would be| will be)|(we|i)('d|'ll| will| would)? (\w+ )?(care|look|mind|go|going|choosing|choose|pick|picking|scoring|judging)( \w+){0,3} (about|at|for|on|whoever|between|by)|(won't|wouldn't|can't|not) (\w+ )?(consider|look at|buy|take|touch) (anything|anyone|any \w+|one|something) (that|which|who|without)",
            r"(must|has to|have to|needs to|it should)( \w+){1,8} (second|secondly|then|and it|and then|after that|next|also)( \w+){0,3} (must|has|have|needs|ease|price|it|the|how|comes|whether)",
            r"(what (matters|counts|decides|tips it|weighs)|the (main|deciding|key|biggest|most important) (thing|factor|criterion|point)|criteria|deal ?breaker|must-haves?|we('ll| will|'d| would)? (judge|choose|score|weigh|pick|decide|go) (by|on|them on|it on|for the one|whoever|between))",
            r"(it|they|whoever \w+|the (system|one|tool|winner|supplier))( \w+)? (must|has to|have to|needs to) (\w+ ){1,6}(offline|integrate|speak|support|work|run|cost|fit|connect|be|have|handle|come)",
            r"(forty|fifty|sixty|thirty|\d+)( per ?cent)? (for |on |is |goes to )?(price|quality|service|delivery|support)",
        ),
        any_of(
            r"(what|all|the thing|one thing)( that| which)? (matters?|counts?|you (care|want|look|mind|need|worry)( about| for| at)?)( \w+){0,4} (is|isn't|it's|will be)|[\w-]+('s| is| isn't| are| aren't) (what|the thing|all|the one thing)( that| which)? (matters?|counts?|you (care|want|look|mind|need))( \w+)*",
            r"(it|it's|that|everything|all of it|it'll)( all| always| really)? (comes?|boils?|come|hangs?|turns?|hinges?|will come|is) (down )?(to|on|about|all about) (the )?(price|cost|money|speed|quality|service|security|support|safety|looks|reliability|design|delivery|ease|uptime|trust|value|look|people|simplicity|size|experience)( \w+)*",
            r"(for you|to you|with you|what matters|what counts|your (main|top|biggest) (criterion|priority|concern))( \w+){0,6} (price|cost|speed|quality|is what|decides|comes first|matters most|is everything|service|security)",
            r"(price|cost|speed|quality|service|security|support|safety|looks|reliability|design|delivery|ease|uptime)('s| is|'ll be| will be| matters| comes| counts)( \w+){0,2} (what|the thing|most|first|key|everything|important|number one|main|decisive|biggest|top)( \w+){0,4}|you( \w+)? (care|mind|look) (\w+ )?(most|mainly|mostly|first|above all) (about|at|for)( \w+)*",
            r"(price|cost|speed|quality|service|security|support)( \w+)? (is|will be) (what|the thing|key|everything|most important|decisive)",
            r"you('ll| will|'re going to)? (\w+ )?(choose|decide|pick|judge|buy|go) (\w+ )?(on|by|for) (the )?(price|cost|speed|quality|service)",
        ),
    ),
    Element(
        "decision_process",
        any_of(
            r"how (will|would|does|do|is|are)( \w+){0,5} (decision|choice|decisions|choose|decide|decided|made|bought|buy|purchase|approval|approved|purchases)( \w+)*",
            r"(what|which)('s| is| are| would be| does)?( \w+){0,4} (steps?|process|stages?|procedure|path|route|hoops|happens? (next|between|after|before|from)|paperwork|approval)( \w+)*",
            r"(what|which|who|how)( [\w']+){0,5} (after (this|today|that|you)|from (here|there) (on|to)?|between now|get (it|this|that) (through|approved|over|signed|past)|get(s|ting)? (bought|approved|signed|chosen|decided))( \w+)*|how (do|does|would|will|is|are) (you|your|it|this|that|something|things|one|a|the)( [\w']+){0,6} (bought|buy|decide|decided|decision|approved|approval|chosen|choose|purchased|work on your|go about|signed off|through)( \w+)*",
            r"(walk|take|talk) (me|us) through( [\w']+){0,5} (decision|process|decide|approval|buy|purchasing|procurement|choose)",
            r"what (happens|goes on|has to happen|would happen|comes next|will happen)( \w+){0,3} (on|at|in|with) (your|the customer's|the other) (side|end|firm|company|place|house|building|hands)( \w+)*",
            r"(how|what) (does|do|would|will|did) (a |an |the |your |things? |something like |this |that |it )*(\w+ )?(purchase|decision|order|yes|contract|spend|project|buy|buying|deal|thing)( \w+){0,3} (work|happen|go|run|get|look|come|travel|move)( \w+)*",
            r"(where|who) does (it|this|that) go (next|from here|after|then)( \w+)*|(between|from) (a |the )?(yes|now|today|here|this)( \w+)? (and|to) (a |the )?(signature|order|contract|go-live|start|signing|purchase order|po|ink)( \w+)*",
            r"what (happens|has to happen|needs to happen|would have to happen)( \w+){0,6} (sign|decision|yes|buy|order|contract|go ahead|decide|approved)",
        ),
        any_of(
            r"(first|firstly|it goes|we|the \w+|a \w+|they)( \w+){0,9} (then|after that|next|and then|afterwards|once)( \w+){0,6} (votes?|decides?|signs?|scores?|present|approve|approves|reviews?|review|legal|board|procurement|it|committee|tender|goes|pick|picks|meets?|check|checks|looks?)",
            r"(tender|panel|shortlist|short list|rfp|procurement (process|runs|team)|board meeting|committee (meets|votes|decides)|vote|votes|scored|three quotes|two quotes|sign-off (process|from))",
            r"[\w'-]+ [\w'-]+ (then|after that|next|afterwards|followed by|once that's)( [\w'-]+){0,5} (goes|go|has|have|signs?|votes?|decides?|approves?|checks?|reviews?|looks?|meets?|gets?|writes?|does|runs?|legal|finance|procurement|board|committee|it|contract|order|meeting|final|trial|pilot|visit|interview)",
            rf"{_STEP}\b.{{0,90}}\b{_AFTERWARDS}\b.{{0,60}}\b{_GATE}",
            rf"{_GATE}\b.{{0,60}}\b{_AFTERWARDS}\b.{{0,60}}\b({_STEP}|{_GATE})",
            r"(two|three|four|five|several|a few) (steps|stages|rounds|gates|signatures|meetings|hoops)",
            r"(has|have|needs?|got) to go (through|to|past) (\w+ ){0,4}(legal|procurement|it|board|committee|council|security|finance|tender)",
        ),
        any_of(
            r"(so |and )?(your|the) (process|decision|board|committee)( \w+)? (is|will be|goes|just) (simple|quick|straightforward|easy|made|short)",
            r"(it|this) (just |only )?(goes|needs to go) (straight )?(to|through|past) (legal|the board|procurement|finance)",
        ),
    ),
    Element(
        "pain",
        any_of(
            r"what('s| is| are|'re)?( \w+){0,4} (wrong|the matter|trouble|problems?|bothers?|bothering|hurts?|hurting|frustrat\w+|annoy\w+|challenge\w*|headaches?|issues?|pain|broken|not working|isn't working|difficult|hardest|worst|struggl\w+|goes wrong|keeps you)",
            r"where('s| does| do| is| are)( \w+){0,5} (wrong|break|hurt|pinch|stuck|fail|fails|slow|problem|pain|struggle|fall)",
            r"why (are|do|would) you( \w+){0,3} (look|looking|change|changing|move|moving|want|talking|here)",
            r"what('s| is| has|'d| had)? (\w+ )?(made(?! (of|from|in|by|out|up)\b)|makes|brought|brings|prompted|prompts|led|drove|behind|sparked|triggered|pushed|got (you|your|this|the))( [\w']+){0,7}|(what|which)( [\w']+){0,6} (hurts?|bugs?|bothers?|annoys?|frustrates?|slows?|costs you|pain|headaches?|gripe|grief|bottleneck|struggle|fix|sore|painful|biggest (thing|issue))( \w+)*|how('s| is| are| do| does) (that|it|things|you|the [\w-]+) (\w+ )?(working|hurting|holding|affecting|coping|cope)( \w+)*|what would you (change|fix|improve)( \w+)*",
            r"what's (driving|behind|pushing|prompting|causing)( \w+)*|why (now|change|look)( \w+)*",
            r"what (made|makes|brought|prompted|led|drove) you( \w+){0,3} (look|call|ring|change|think|get|start|contact|want|reach)",
        ),
        any_of(
            r"(it|that|this|the \w+|they|everything|we|our \w+)( \w+){0,3} (crash\w*|breaks?|broke|fails?|failed|jams?|leaks?|freezes|hangs|dies|stops working|goes down|goes wrong|falls over|loses?|lose|miss|misses|wastes?|costs us|takes (us )?(hours|days|weeks|ages|forever|far|too))",
            r"(we|i|they|people|staff|drivers|half|everybody|nobody|the [\w-]+|our [\w-]+)( [\w']+){0,3} (keep|keeps|kept|always|constantly|forever) (\w+ )?(los\w+|miss\w+|forget\w*|break\w*|crash\w*|fail\w*|get\w*|hav\w+|wait\w*|chas\w+|runn?\w*|go\w*|mak\w+|fall\w*|mix\w*|drop\w*|com\w+|re\w+|jam\w*|late|behind|wrong|down)",
            r"(nobody|no one|no-one) (\w+ )?(turns? up|shows? up|knows?|answers?|picks? up|notices?|reads?|sees?|can find|checks?)|(half|most|some|a third|two|three) (of (them|it|the [\w-]+)|the [\w-]+) (\w+ )?(gets? lost|goes? missing|comes? back|never|are wrong|is wrong|late|wrong|fail\w*|end up)",
            r"(spend|spends|spending|waste|wastes|wasting|lose|loses|losing|lost|costs? us|takes (me|us|her|him|them)|burn\w*) (\w+ ){0,3}(hours?|days?|weeks?|evenings?|mornings?|nights?|fortune|money|thousands?|customers?|clients?|orders?|parcels?|sales|staff|people|time|ages)|(is|are|was|it's|they're|gets?|getting|goes) (\w+ )?(late|lost|broken|wrong|missing|stuck|out of date|a mess|chaos|behind|slow|down|too long|fed up|sick of|tearing|drowning|swamped|painful|a pain|double-?booked)( \w+)*",
            r"(customers?|bidders?|guests?|staff|people|patients|drivers|clients)( \w+){0,4} (walk (away|out)|leave|complain\w*|wait|angry|furious|give up|hang up|quit|unhappy)",
            r"(it's|that's|it is|they're) (\w+ )?(awful|terrible|a (nightmare|mess|pain|headache|problem|disaster)|driving (us|me) (mad|crazy|nuts|round)|too slow|unreliable|hopeless)",
            r"(cuts?|cutting|drops?|dropping|conks?|conking|packs?|packing|plays?|playing|gives?|giving|acts?|acting|locks?|shuts?|blows?|seizes?|dries|dry|times?) (out|up|off) (in the middle|halfway|mid|on (us|me)|again|every|all the time|when|during|whenever|before|after|each|twice|once a)( \w+)*|(let|lets|letting) (us|me|people|the \w+) down|(goes|go|going|went) (missing|astray|walkabout|off)|(falls?|falling) (apart|over|behind)",
            r"(have|has|got|having|need) to ([\w']+ ){1,8}?(over again|again|twice|from scratch|by hand|all over|do it over|do them over|start over|redo|manually|in the middle of the night)( \w+){0,3}",
            r"(is|are|'s|'re) (killing|crippling|hurting|costing|eating|ruining|sinking|swamping|drowning) (us|me|our \w+)",
            r"(problem|trouble|issue|headache|nightmare|struggle|pain)('s| is| with| we have| are| that)",
        ),
        any_of(
            r"your (\w+ )?(pain|pains|problem|problems|headache|trouble|issue|issues|challenge|challenges|struggle|bottleneck|frustration)('s| is| are| must| will)( \w+)*",
            r"(you|you're|you've|you all|your \w+|your \w+ \w+)( \w+)? (lose|losing|lost|waste|wasting|struggle|suffer|hate|bleed|drown\w*|fight|can't|cannot|miss|missing|overpay|overspend|dread|chase|chasing)( \w+){0,6}",
            r"(your \w+|your \w+ \w+|that|it)('s| is| are|'re) (\w+ )?(a |an |in a |the )?(\w+ )?(nightmare|mess|disaster|shambles|joke|headache|pain|chaos|struggle|broken|slow|hopeless|painful|killing|driving|outdated|a waste|wasted|too (slow|expensive|old|manual))( \w+)*",
            r"(you|you've|you have|you're|your \w+)( \w+){0,5} (problem|problems|trouble|issue|issues|struggling|struggle|pain|headache|suffering|losing|wasting|bleeding|frustrated|a mess)",
        ),
    ),
    Element(
        "champion",
        any_of(
            r"(who|who's|who'd|who'll|anyone|anybody|somebody|someone)( [\w']+){0,6} (in (my|your|its|the) corner|(carry|carrying|fly|flying|wave|waving) (the|this|our|it) (flag|torch|banner)|keep (it|this) (alive|moving|warm)|bang the drum|put in a (good )?word)( \w+)*",
            r"(who|who's|who'd|is there|is anyone|is anybody|anyone|anybody|someone|somebody|has anyone)( [\w']+){0,8} (excited|keen|keenest|fan|champion|ally|advocate|rooting|pushing|push|in our corner|on board|for (it|this) internally|behind (it|this|us)|speak(s|ing)? up|vouch|enthusias\w+|wants this|want this|fight|sell (it|this))( \w+)*",
            r"(who|anyone|anybody|someone|somebody)( \w+){0,4} (inside|internally|in house|on your side|in the (team|company|building|firm|business)|at your end)?( \w+){0,4} (wants?|push\w*|behind|support\w*|champion\w*|fight\w*|excited|speak up|keen|in favour|for (it|this|us)|drive|drives|driving|sponsor\w*|back)( \w+)*",
        ),
        any_of(
            r"(tells|telling|told|convinc\w+|persuad\w+|nagging|badgering|pushing|pushes|shouting|asking) (everyone|everybody|the (boss|board|director|team|others)|them|us|him|her|people|all)( \w+){0,6} (get|have|need|buy|this|it|you|should|want)",
            r"(told|telling|tells|tell|convinced|convincing|persuaded|persuading) ((the|his|her|our|my|their) ([\w-]+ ){1,3}|everyone |everybody |them |us |him |her |people )(that )?([\w']+ ){0,4}(wants?|wanted|need|needs|get|have|love|loves|prefers?|should|must|best|better)( \w+)*",
            r"(she's|he's|they're|she is|he is|\w+'s|\w+ is) (\w+ )?(doing|writing|preparing|making|building|putting together|drafting) (your|the|a|our) (slides?|case|business case|pitch|paper|proposal|argument)( \w+)*",
            r"(has|have|got) (the |my |our |his |her )?(\w+ )?(ear|backing|trust) of|(director|boss|owner|chief|md|ceo|board|manager)('s|s)? ear",
            r"(i|we|she|he|they)( \w+){0,3} (am|is|are|'m|'s|'ll|will) (\w+ )?(fight\w*|pushing|championing|behind (it|this|you)|all for (it|this)|in your corner|rooting|sold on|a (big )?fan of|going to (push|fight|back))",
            r"(been|keeps|kept|always|is|was|'s) (on at|going on at|nagging|badgering|pestering|bugging|lobbying|pushing|pressing|selling|singing|banging|talking up|campaigning|asking|after|telling|crying out|dying)( [\w']+){0,12} (it|this|one|you|something|months?|weeks?|years?|ages|new|change|like it|your \w+|drum|praises)",
            r"(loves? (it|this|your|the idea|what you)|can't wait|(your |a |our |the )?(biggest |big |huge )?(fan|cheerleader)|sold on (it|this|you)|all over (it|this)|in favour|dead keen|mad keen|very keen)",
            r"(i'll|she'll|he'll|i will) (\w+ )?(push|fight|sell|champion|make the case|put in a (good )?word|back|vouch)( \w+){0,3}",
        ),
        any_of(
            r"(you're|you are|you'll be|you|we've got you as|i've got you as)( \w+){0,3} (my|our) (champion|ally|man|woman|sponsor|advocate|inside)",
            r"you('ll|'re going to| will) (fight|push|champion|sell it|back|vouch|make the case)( \w+)*",
        ),
    ),
    Element(
        "competition",
        any_of(
            r"how many (others?|other \w+|firms|suppliers|people|quotes|offers|companies|vendors|bids|bidders|agencies|of us)( [\w']+){0,7} (quote|quotes|quoting|bid|bidding|pitch|pitching|asked|looking|talking|list|race|running|in|compar\w+|seen|seeing|invited|getting|got|there|are)( \w+)*",
            r"(who|what|which|anyone|anybody|any)( \w+)? (else|others?|other (\w+ )?(tools|firms|suppliers|vendors|companies|options|offers|people|products|systems))( \w+){0,8} (talking|looking|bidding|bid|list|considering|consider|seen|speaking|quote|quoted|quotes|comparing|race|running|pitching|in the frame|evaluating|trying|demo|invited|list|in)",
            r"(are|have|were) you( \w+){0,3} (looking|talking|speaking|considering|comparing|seeing|seen|getting|got)( \w+){0,4} (else|others?|quotes?|competitors?|vendors?|alternatives)",
            r"(are|is|were|who|who're|am) (we|i|there|else|us)( [\w']+){0,4} (up against|competing|others?|running|pitching|in the (mix|frame|running)|rivals?|competitors?|anybody else|anyone else|alone|bidding)( \w+)*|(anyone|anybody|any) (else|others?|other [\w-]+)( \w+)*|(looked|looking|shopping|shop) (around|about|elsewhere|at (other|anything|anyone))( \w+)*|(what|who) (am i|are we) up against",
            r"who else(?! (needs?|has|have to|would (need|have)|should|must|is involved|signs?|decides?|gets|cares|will|do (you|we) need))",
            r"(which|what) (other|alternatives)( \w+)*",
            r"(am i|are we|is it|is this|are these) (\w+ )?(the )?only (one|ones|firm|people|quote|supplier|name|offer|company|person|us|me)( [\w']+)*",
        ),
        any_of(
            r"(we've|we have|we're|we are|i've|i'm|we)( \w+){0,3} (talking to|speaking to|looking at|trialled|trialed|trialling|tried|testing|seeing|seen|invited|met|comparing|quoted by|considering|evaluating)( \w+){0,6} (as well|too|in|also|on (monday|tuesday|wednesday|thursday|friday)|last (week|month)|quotes?|offers?|vendors?|in (january|february|march|april|may|june|july|august|september|october|november|december)|and \w+)",
            r"(two|three|four|several|a couple of|some|a few) (other )?(firms|vendors|suppliers|companies|quotes|offers|others|bidders|tools|systems)",
            r"(only|just|and|also) \w+( \w+)?( \w+)? (we trialled|we tried|in the running|on the list|on our list|and you|besides you|as well)",
            r"(we've|we have|i've|i have|we|i|we're|i'm|there's|there are)( also| already| just| got| had| spoken| been)*( [\w']+){0,4} (demo|demos|quote|quotes|pitch|pitches|proposal|proposals|trial|meeting|meetings|call|calls|offer|offers|bid|bids|visit|price|estimate)s?( \w+){0,2} (from|with|by|off) (?!you|us|my|our|your|the (board|boss|team))\w+",
            r"(talking|talked|speaking|spoken|spoke|chatting|meeting|met|looking|looked|seeing|evaluating|comparing|considering|shortlisted|short-listed|down to|between|up against) (to |with |at |it to |it with )?(you and|\w+ and \w+|two|three|four|one other|another|some|a couple|a few)( \w+)*|only you guys|you're the (only|first)",
            r"(came in|quoted|presented|pitched|offered|bid|are bidding|is bidding|showed us)( \w+)*",
        ),
        any_of(
            r"(we're|we are|we'll be) (\w+ )?(the )?(only|sole|just us|alone)( \w+)*",
            r"(you|you've|you have)( \w+)? ?(haven't|not|aren't|didn't|never) ?(been )?(spoken|talked|looked|seen|met|speak|talk|look|looking|talking|speaking|shopping|shopped)( \w+){0,5}",
            r"(you're|you are|you) (not |probably not |surely not )(looking|talking|considering|comparing)( \w+){0,4}",
            r"(?<!you and )(?<!me and )(?<!on you )(?<!you but )(nobody|no one) else( is|'s| was)?( (in|bidding|quoting|looking|talking|involved|on the|up against|competing|pitching|you're|you are|there|here|at)( \w+)*|$)",
        ),
        any_of(
            r"\w+ (and|as well|too|in)|only [\w']+|just [\w']+|[\w']+ last (week|month|year)|two|three|four|nobody|no one|none|we|they|with|one|another|there's|there are|from|others?"
        ),
    ),
    Element(
        "budget",
        any_of(
            r"(what|how much|which|is there|has|do you have|have you|what's|whats|any)( \w+){0,6} (budget|money(?! comes?\b)|spend|set aside|put aside|funds?|funding|ring-?fenced|invest|allocated|afford|earmarked|pot|put by|put away|play with|for it|for this)( \w+)*",
            r"how much (have|do|can|could|would|will|were|are|is) (you|there|they)( \w+){0,4} (put|set|got|spend|spending|pay|afford|have|invest|aside|thinking)( \w+)*",
            r"(rough|ballpark|ball park|price)( [\w']+){0,3} (figure|number|range|bracket|sum|amount|idea|budget)( \w+)*|(what|which|any|how much|roughly|where)( [\w']+){0,7} (spend|spending|pay|invest|budget(?! comes?\b)|money(?! comes?\b)|cost|stretch|comfortable)( [\w']+){0,5}( in mind| for| on| with| to| you| spend)?( \w+)*",
            r"(number|figure|sum|amount|range) in mind( \w+)*",
            r"(is there|have you|do you have|what's|what is|any) (\w+ )?(ceiling|spending limit|upper limit|cap|maximum|sum|figure)( [\w']+){0,3} (given|set|allowed|to go|mind|keep to|stay (under|within)|work (to|with|within)|working (to|with|within)|for (this|it))( \w+)*",
            r"(budget|ballpark|price range)( \w+){0,5} (in mind|for (this|it)|have|got|set|approved|there|like|looking)",
        ),
        any_of(
            rf"(budget|set aside|put aside|pot|ring-?fenced|earmarked|allocated|approved|signed off|to spend|spend|limit|ceiling|cap|kitty|available)( \w+){{0,6}} {_MONEY}",
            rf"{_MONEY}( \w+){{0,6}} (budget|set aside|put aside|in the (pot|kitty|budget|bank)|ring-?fenced|earmarked|allocated|to spend|for (it|this|that)|tops?|max|maximum|at most|this year|signed off|approved|available)",
            rf"(allowed|given|got|have|had|set|approved|pencilled|penciled|planned|put|granted|awarded|secured|raised|capped|spend|go|stretch|run|keep it|stay|fund|funding|grant|ringfenced|agreed|signed off|budgeted|allocated|reserved|down for|in for)( us| me)?( [\w']+){{0,3}} {_MONEY}( [\w']+){{0,8}}",
            r"(no|haven't|don't have|there's no|there isn't|isn't)( \w+){0,3} (budget|money set aside|money for)( for (it|this)| yet| until| this year)",
            r"budget('s| is| has been| was)( \w+){0,3} (approved|signed|set|there|agreed|done|frozen|gone|tight)",
        ),
        any_of(
            r"(you've|you have|you|you'll|i'm guessing|i'm assuming|i guess)( \w+){0,5} (?<!losing )(?<!lose )(?<!wasting )(?<!waste )(?<!burning )(?<!save )(?<!saving )(?<!make )(?<!making )(the |a )?(budget|money|funds|funding)( \w+)*",
            r"(budget|money|funding|cash|funds)('s| is| isn't| won't be)( \w+)? (no|not|a|an|the|there|sorted|fine|approved|set|available|agreed)( \w+)*",
            rf"(budget|money|spend)( \w+){{0,5}} (approved|is there|agreed|no problem|sorted|{_MONEY})",
            rf"(put you down|you've got|you have|you'll have|assume|assuming|i've got you|guess|figure)( \w+){{0,4}} ({_MONEY}|budget)",
        ),
        any_of(
            _MONEY,
            NUMBER,
            r"(thousand|grand|million|hundred|nothing|no budget|none|approved|set aside|about|up to|roughly|around)",
        ),
    ),
    Element(
        "timeline",
        any_of(
            r"(by )?when( \w+){0,8} (live|start|need|want|decide|decision|run|running|place|ready|go|begin|launch|sign|buy|done|finished|happen|move|switch|in)( \w+)*",
            r"(by )?when('s|'d| does| do| would| will| is| must| should| are)?( [\w']+){0,6} (up|live|done|by|for|over|installed|here|back|open|working|finished|latest|due|delivered|signed|start|started|in)( \w+)*|(time ?frame|time frame|timescale|timeline|timing|deadline|schedule|go-live)( \w+)*|(is there|any|do you have)( \w+){0,4} (rush|hurry|urgency|date|cut-?off)( \w+)*|how (soon|quickly|fast|urgent)( \w+)*",
            r"^(and |so |okay |right )*((by|from|until|till|for) )?when( by| exactly| roughly| then| ideally)?$",
            r"when (does|do|must|should|will|would|'ll) (it|this|that|everything|the \w+|you|they|all this)( all)? (\w+ )?(have|need|ought|want|like) (it |this |everything )?(to )?(be )?\w+",
            r"(what's|what is|what are|is there|do you have|have you)( \w+){0,4} (deadline|timeline|timescale|timing|time ?frame|date|go-live|target date|time line)( \w+)*",
            r"(what|which) (date|month|quarter|week)( \w+){0,6} (live|start|place|ready|running|need|want)",
        ),
        any_of(
            rf"(live|running|in place|ready|done|installed|signed|up|finished|decided|start|started|going|switch|switched|delivered|open)( \w+){{0,4}} (by|before|from|until|at the (start|end) of|in time for) (the )?(\w+ )?({_MONTH}|\w+th|\w+ of|end of|start of|monday|tuesday|wednesday|thursday|friday|opening|season|audit)",
            rf"(by|before|no later than|in time for|until|from|ahead of|at the latest by) (the )?((end|start|middle|beginning|first|last) of |first week of |\w+ of |early |late |mid |mid-|next |this )?({_MONTH}|month|quarter|year|(school |summer |christmas )?holidays?|season|opening|launch|audit|inspection|harvest|weekend|monday|tuesday|wednesday|thursday|friday|new year|move|wedding|conference|year-end|then)",
            r"(lease|contract|licence|license|certificate|agreement|deal|current one|subscription|warranty|support)( \w+){0,4} (is up|ends?|runs out|expires?|finishes|stops|lapses|is over)( \w+)*|(in|within) (the next )?(two|three|four|six|eight|ten|twelve|a couple of|a few) (weeks|months|days)|(deadline|go-live|launch|start|opening)( \w+)? (is|date|of|on)( \w+)*",
            rf"(we need|we want|need it|want it|must|has to|have to|deadline|contract (ends|runs out|expires)|expires|runs out|decide|decision|start|go live|aiming|planning)( \w+){{0,8}} (by|before|in|on|at|from|for|is|until) (the )?(\w+ )?({_MONTH}|\w+ of \w+|end of|start of|next (week|month|year|quarter)|monday|friday)",
        ),
        any_of(
            rf"^(and |so |okay )*(needing|wanting|looking for|aiming for|wanted|needed)( \w+){{0,5}} (by|in|before|within|this|next) (the )?({_MONTH}|\w+)( \w+)*",
            r"(you'll|you want|you need|you'd|you're|you)( [\w']+){0,7} (in|within) (the next|a|the coming|two|three|four|six|eight|a couple of|a few)( \w+){0,2} (days?|weeks?|months?|quarters?)( \w+)*|(you'll|you want|you need|you'd|you're|you)( [\w']+){0,5} (asap|straight away|right away|quickly|soon|urgently|yesterday|as soon as possible|in a hurry|in a rush)( \w+)*",
            r"(you'll|you want|you need|you'd|you|we|it|this)( [\w']+){0,7} (by|before|this|next|in|for|until) (the )?(end|start|middle|beginning) of( the)?( \w+)?",
            rf"(you'll|you will|you want|you need|you'd|you|we)( \w+){{0,6}} (by|before|this|next|in|for) (the )?({_MONTH}|quarter|month|year|week|end of \w+)",
        ),
        any_of(
            rf"({_MONTH}|next (week|month|year|quarter)|this (week|month|year|quarter)|asap|as soon as|straight away|right away|yesterday|in \w+ (weeks?|months?|days?)|before|by the|end of|no rush|no hurry|tomorrow)"
        ),
    ),
)
ASKED_BY = {
    "metrics": any_of(
        r"(metrics?|kpis?|yardsticks?|benchmarks?|success(ful)?|measur\w+|worked|paying off|paid off|payback|return on|better by|targets?)",
        r"(know|tell|see|prove|show|judge|decide)( [\w']+){0,4} (worked|works|working|worth it|success|paid|delivered|done its job|been worth)",
    ),
    "economic_buyer": any_of(
        r"(who|who's|whos|whose|who'd|who'll|anyone|anybody|someone|which (person|of you|director|manager))\b.{0,60}\b(sign\w*|approv\w+|authori\w+|budget|purse|cheque\w*|checkbook|money|wallet|pays?|yes|nod|say|decid\w+|call|veto|green|blessing|permission|agree\w*|bless\w*|pen|final|boss|ultimately|responsible)",
    ),
    "decision_criteria": any_of(
        r"(what|what's|whats|what'll|what'd|which)\b.{0,60}\b(criteria|look(ing)? (at|for)|choose|choosing|pick|judg\w+|compar\w+|weigh\w*|decid\w+ (it|on|between)|priorit\w+|deciding|tip|swing|care about|important|matters?|must-haves?|deal ?breakers?|score|rank\w*)",
    ),
    "decision_process": any_of(
        r"(how|how's|hows|what|what's|whats)\b.{0,50}\b(decided|decision|decisions|approved|process|procedure|steps?|stages?|route|path|hoops|go(es)? through|get(s)? (it )?through|signed off|happens? (next|from here|after|now|then|internally)|from here|on your side|at your end|your end|your side|come to a|reach a|choose|chosen)",
    ),
    "pain": any_of(
        r"(what|what's|which|anything|something)\b.{0,70}\b(rid of|be without|do away with|fed up|put up with|can't stand|shake off|see the back of|love to lose|like to lose|like to stop|tired of|sick of)",
        r"(what|what's|whats|where|where's|which|anything)\b.{0,50}\b(on your mind|keep(s|ing)? you|trouble\w*|wrong|hurt\w*|pain\w*|problem\w*|frustrat\w+|annoy\w+|headaches?|struggl\w+|difficult\w*|hardest|worst|stuck|behind (it|this|that|your|the)|bother\w*|driving|made you|brought you|prompted|biting|itch\w*)",
    ),
    "champion": any_of(
        r"(who|who's|whos|anyone|anybody|someone|somebody|is there)\b.{0,60}\b(keen\w*|excited|fan|behind (it|this|us|that)|champion\w*|push\w*|rooting|fight\w*|support\w*|backing|in our corner|on our side|enthusias\w+|wants? (this|it|us)|advocate|vouch|sponsor\w*|drum)",
    ),
    "competition": any_of(
        r"(others?|anyone else|anybody else|rivals?|competit\w+|alternatives|only one|only ones|just us|up against|other (firms|suppliers|quotes|offers|options|vendors|people|companies|bidders)|quotes|bidd\w+|in the (running|frame|mix|race)|shopping around|looking around|shortlist\w*)",
    ),
    "budget": any_of(
        r"(budget\w*|money|funds?|funding|funded|afford|sum|ballpark|price range|set aside|put aside|spend|figure in mind|pot|earmarked|paid for|pay for|financ(ed|ing))",
    ),
    "timeline": any_of(
        r"when('d|'s|'re| do| does| are| were| is| would| will| did| should| must) (you|it|this|that|they|we|your \w+|the \w+)( [\w']+){0,6} (start\w*|begin\w*|need\w*|want\w*|decid\w+|live|place|ready|sign\w*|switch\w*|install\w*|running|deliver\w*|done|thinking of|hoping to|planning to|looking to|change over|move over|roll\w*)",
        r"(how soon|how quickly|how fast|how urgent|deadline|time ?frame|time ?scale|timeline|by what date|go-?live|target date|start date)",
    ),
}
"""What a rep's question asks for, by words such questions cannot do without; for questions only."""

EVADES = any_of(
    r"not that (i|we|i'm|we're) (know|can think|am|are|aware|recall|remember|heard|see)( \w+){0,2}|(nobody|no one|none|nothing) (comes|springs|that (i|we))( \w+){0,3}",
    r"(let me|i'll|i'd|we'd|we'll|have to|need to|want to|got to|gotta) (\w+ )?(think|mull|sleep)( (about|on|over|it|that|this))+",
    r"(sore|touchy|sensitive|delicate|awkward|tricky|thorny) (subject|point|topic|question|matter|issue)|let's (leave|skip|park|drop|not go|not get|not talk|not discuss) (it|that|this|there|into|about)( \w+){0,3}$|(leave|skip|drop|park) (that|it|this)( one)?( there| for now| be| aside| for today)?$|don't (go there|ask|get me started)|that'd be telling|that would be telling|wouldn't you like to know|let's (move on|change the subject)|can we (skip|move on|not|talk about)|(we'll|i'll) (come|get) to that|all in good time|rather leave (it|that)",
    r"(not|haven't|hadn't|didn't|never|no one's|nobody's)( \w+)? (thought|got|worked|decided|discussed|talked|planned|looked)( \w+)? ?(that far|about (it|that)|it out|yet|so far)|(put|name|give|commit to|pin) (a|any|you a) (figure|number|name|date|sum) |no clue|not a clue|no idea|couldn't tell you|((i|we|i've|we've|i'm|sorry|really|just|but|and|actually)|^) ?(got to|gotta|have to|must|need to) (run|go|dash|rush|shoot|leave|jump|hop|hang up)( now| soon| sorry| off|$)|train's here|next question|does it matter|why do you ask|(you'd|you'll|youd) have to ask",
    r"(rather|prefer) not( to)? ?(say|tell|share|talk|discuss|get into)?",
    r"(can't|cannot|couldn't|won't|not allowed to|not able to|not at liberty to|i'm not going to) (\w+ )?(say|tell|share|talk|discuss|disclose|give|comment|go into)",
    r"(don't|do not|never) (\w+ )?(talk about|discuss|share|disclose|know|give out)",
    r"(no idea|not sure|no clue|couldn't say|hard to say|who knows|your guess|search me|beats me|good question|haven't (thought|decided|discussed|a clue)|too early|not (yet )?decided|depends|we'll see|never thought)",
    r"(hang on|hold on|one moment|one sec|i have to go|got to go|someone's at|my phone|other phone|excuse me|bear with me|let me get back)",
    r"(see|hear|know|get|want) (your|the|a|some|a few) (\w+ )?(prices?|quote|proposal|figures?|offer|numbers?) first|(can't|not allowed|not able|not supposed|not free)( \w+){0,2} (share|say|tell|disclose|discuss)|i'm new( here)?|above my (pay|head)|(you'd|you'll|you would) have to ask|ask (me|somebody|someone) (again|else|another)|(couldn't|can't|wouldn't|don't) (\w+ )?(know|tell you|say|remember|guess)|hard to (say|tell)|(tricky|difficult|tough) (one|question)|(in|on|into) a (lift|tunnel|meeting|elevator)|breaking up|another time|(haven't|not) (really )?(thought|got that far|discussed|talked)|remains to be seen|up in the air",
    r"(i'd|i'll|we'd|we'll|i would|i) (\w+ )?(have|need|want|like|got) to (look into|check|find out|ask|get back|come back|see|think|look (it|that) up|dig|confirm)|(don't|wouldn't|didn't) (\w+ )?(want|like) to (\w+ )?(tell|give|say|name|guess|commit|put)|(i'll|let me) (find out|check|ask|come back|get back|look)|(keep|keeping) (that|it|this) (to (myself|ourselves)|under|quiet|private)|pass on that|no comment|can i skip",
    r"(none of your|that's (private|confidential|between)|confidential|why do you (ask|need|want))",
    r"^(hm|hmm|mm|mhm|uh-huh|mm-hm|well|yes|no|yeah|okay|ok|sure|right|maybe|perhaps|i see|i guess|if you say|have you|is it|oh)( \w+)?$",
)
DATE = WHEN

LAST_SAY = any_of(
    r"(last|final) (signature|say|word|yes|call|okay|approval|nod)( [\w']+){0,4}? ?(is|'s|comes? from|belongs to|lies with|rests with|sits with|goes to|falls to|has to be|will be|would be) (\w+)",
)
"""Who signs in the end, said in so many words whatever was asked."""
SEASON = any_of(
    rf"from (about |early |late |mid )?({_MONTH}) (till|until|to|through|right through|up to) (about |early |late |mid |the end of )?(\w+ )?({_MONTH})"
)
"""A stretch of the year, which is no date of the deal by itself."""
GENERIC = any_of(
    r"in (my|this|our|any) (line|job|business|trade|game|profession|world)( of work)?|textbook|(sales|selling) (one|101|school|book|training|course|manual)|(you|one) (always|usually|never|normally|generally|first|should) (find|ask|get|check|start|know|establish|look|go)|they (say|teach|taught|tell)|rule (number )?one|(any|every) (good )?(rep|salesman|seller|salesperson)"
)
"""Words about selling at large, which assume nothing of this deal."""
PRIVATE = any_of(
    r"(my|our|his|her) (\w+ )?(daughters?|sons?|kids?|children|baby|grandson|granddaughter|grandchildren|nephew|niece|mum's|mother's|mother-in-law|in-laws|dog|cat|puppy|neighbours?|school run|dentist|passport|driving test|marathon|holidays?|honeymoon|wedding|garden|kitchen at home|house move|back garden|knee|hip|football team|choir|band)(?! (company|firm|business|department|team|budget|venue|venues|guests|couples|season|centre|shop|store|range|clients?|customers?|bookings?))",
    r"(film|movie|airline|flight|hotel|holiday|play|panto\w*|band|programme|documentary|song|book|novel|game|party|hobby|short|sitcom|gig|album)s?( \w+){0,2} (with|on|had|has|made on|made for|shot on|shot for) (a|an|no|about|the|next to) (\w+ )?budget",
    r"budget (airlines?|hotels?|flights?|supermarkets?|films?|movies?|gyms?|holidays?)|(county|club|school|regional|national|world|olympic|local|junior|senior|area|city|league|boxing|chess|darts|bowls|tennis|golf|swimming|cycling|state|european|british|village|pub|club) champions?|champions? (at|in) \w+|(came|finished) (first|second|third|last) (in|at)",
    r"(at home|at the weekend|on holiday|over the weekend|my own house|college forms|birthday|half-?term)",
)
"""Matters of private life, which say nothing of the deal."""
PRIVATE_ASKED = any_of(
    r"(how|who|where|when) (do|does|did|will|would) (you|they|the \w+) (\w+ )?(choose|pick|select|recruit|rank|grade|mark|find|place|seat|admit) (the |your |a |an |new |their |which )*(pupils?|students?|staff|children|candidates?|players?|members|volunteers|patients|tenants|winners?|apprentices|teams?|recipes?|music|songs|colou?rs?|names?|dishes|wines?)\b",
    r"(your|the) (\w+ )?(new (house|home|flat|baby|dog|puppy|kitchen|garden)|house move|kids|children|family|daughter|son|wife|husband|mum|dad|weekend|holidays?|garden|marathon|wedding|knee|back|dog|cat|evening|christmas|birthday)( \w+){0,4}$",
)
"""Questions about private life."""
