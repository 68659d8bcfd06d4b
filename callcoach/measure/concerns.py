"""Concerns of the customer: words that say what stands in the way of the offer.

A trained label decides alone where it is sure. These words add what it misses: a concern is said in
few ways ("too", "not sure", "worried", "already have"), about any business there is.
"""

from __future__ import annotations

from functools import lru_cache

from callcoach.measure.language import any_of
from callcoach.measure.last import forgets
from callcoach.measure.screens import Screened

_VERY = r"(just |really |quite |honestly |far |way |simply |frankly |still |all |a bit |a little |rather |pretty |very |so |too |probably |maybe |certainly |definitely )*"
_WHO = r"(i'm|i am|we're|we are|i'd be|we'd be|i was|we were|they're|it's|he's|she's|\w+ (is|are))"
_COST = r"(price|cost|fee|rate|quote|figure|number|sum|premium|bill|total|increase|rise|uplift|deposit|rent|charge|licen[cs]e|subscription|that)"
_EXPECTED = r"(pencilled|penciled|planned|thought|expected|expecting|hoped|hoping|reckoned|imagined|figured|guessed|budgeted|allowed|bargained|banked|counted|assumed|estimated|had|put|set|wanted|willing|prepared|used to|told|quoted|looking|thinking|pay|paid|paying|spend|spent)"
_THEM = r"(boss|board|council|directors?|managers?|finance|legal|procurement|committee|head office|accounts|accountant|owners?|partners?|wife|husband|cfo|ceo|cto|it|union|lawyers?|bank|chief|chair|head|trustees?|governors?|team|staff|people|drivers?|nurses?|crew|guys|lads|users|guests)"

_PATTERNS: tuple[tuple[str, Screened], ...] = (
    (
        "price",
        any_of(
            r"having a (laugh|giraffe)|(pounds?|quid|grand|thousand|hundred|per cent|percent|euros?|dollars?|a (head|month|year|seat|day|week)|\d+)\b.{0,40}\b(you're|you are|you must be|you've got to be|you have to be|are you|got to be|is that|must be) (\w+ )?(joking|kidding|dreaming|serious|having me on|pulling my leg|a joke|mad|out of your mind)",
            r"(over-?priced|poor value|bad value|daft money|silly money|cheeky price|for what (it|this|that) is|for what (you|we|i)('d)? (get|gets|getting)|(money|price|cost)( \w+)? for (old rope|nothing))|(expensive|dear|pricey|pricy|costly|steep|eye-?watering|daylight robbery|rip-?off|extortionate|through the roof|sticker shock|big ask|hefty)( for | side|$| to | if | when | compared| considering)",
            r"(that's|it's|this is|is|seems|sounds|looks|feels|bit|quite|rather|very|pretty) (\w+ )?(expensive|dear|pricey|pricy|costly|steep|extortionate|hefty)",
            r"(more|higher) than (i|we|what|the|anyone|anybody|everyone)|way over what|(bit|lot|well|way|far) (over|above|more)|(we|i) (only|just) (have|had|set aside|planned|budgeted)",
            r"(can't|cannot|couldn't|won't|don't) (\w+ )?(stretch|run|go|get|spend|find|come up with|swing|manage) (to |that )?(that|it|this|the|a|so|any)",
            r"too (expensive|dear|pricey|costly|steep|rich for)",
            r"(way |far |well |rather |a bit |miles )?(beyond|out of reach for|out of range for|too rich for) (us|me|our means|our reach)",
            rf"({_COST}|prices|costs|fees|rates)( \w+){{0,3}}('s| is| are| was| looks?| seems?| sounds?| feels?|'re) {_VERY}(high|steep|stiff|hefty|expensive|dear|much|a lot|more than|above|over|out of)",
            r"too (much|high)( money| for| a price| per| at)",
            r"(above|over|beyond|outside|past|under|within|out of) (the |our |my |price |our price |what (we|i) (set aside |have |had |can |could )?)?(budget|range|reach|limit|means|spend|planned|set aside|afford)",
            r"(above|beyond|more than) what (i|we)",
            rf"((?!(better|cheaper|lower|sooner|faster|quicker|nicer|easier|never|after|other|over|under|ever)\b)\w+er|more|above|over|beyond|outside|from|past) (than )?(what |where |the \w+ |anything )?(i|we|they|i'd|we'd|they'd)( had| have| would|'d)? (\w+ )?{_EXPECTED}",
            rf"(not|isn't|wasn't|nowhere near|a long way from|miles from|hardly) (the \w+ |quite |exactly |what |where |anything )*(i|we|they|i'd|we'd)( had| have)? (\w+ )?{_EXPECTED}",
            r"(makes?|made|made me|making) (my|our|me|us) (eyes water|wince|gulp|blink|swallow|jump)|(can't|couldn't) see (us|me|them) (paying|spending|finding)|(a|some|quite a|that's a) (chunk|whack|wallop|jump|leap|hike|stretch|dent)( of| from| on| in| for| more|$)",
            r"(more|higher|dearer|pricier) than (we|i|our|my|what|the (last|old|other|current|present))",
            r"(can't|cannot|couldn't|could never|never) (really )?(afford|justify|stretch|find the money|spend|pay)",
            r"(a|an) (\w+ )?(lot|heap|ton|pile|awful lot|load|fortune) (of money|of cash|to (pay|ask|spend|find))",
            r"(not|isn't|nothing) (left )?in (the|our|this year's) budget",
            r"(don't|haven't|no|not) (have |got |really )*(the |any |that kind of |a )?(budget|money|funds|cash)( for| left| to|$)",
            r"(cheaper|less|lower|for half)( \w+){0,3} (elsewhere|than you|from|at|next door|online|down the road)",
            r"(half|double|twice|three times) (the|our|your|what) (price|cost|pay|budget|we)",
            r"(costs|cost) (a fortune|an arm|the earth|too)",
            r"budget('s| is| has| was)( already| been| all)* (gone|spent|tight|frozen|cut|used|closed|done|fixed|set)",
        ),
    ),
    (
        "timing",
        any_of(
            r"(not|isn't|wasn't|hardly|never) (really )?(the |a |an )?(right|good|best|ideal|great) (time|timing|moment|year|season|week|month)",
            r"(bad|wrong|terrible|awful|tricky|difficult) (time|timing|moment)",
            r"(this|next|the) (week|month|quarter|season|year|time)( of year)?('s| is) (\w+ )?(crazy|mad|hectic|chaos|impossible|bad|manic|packed|full|our busiest|difficult|a write-?off)",
            r"(can't|cannot|couldn't|don't want to|won't) (even |really )?(think|look|deal|start|begin|talk|take)( about| at| with| on)?( \w+){0,3} (now|yet|right now|this (week|month|year|quarter)|at the moment|until|till|before)",
            r"(got|have|had) (enough|a lot|too much|so much|plenty) on( (our|my) plate)?|(not|isn't) (right )?now$|maybe (next|in the) (year|quarter|autumn|spring|summer|new)|(swamped|slammed|stretched thin|hands full|plates? full)",
            r"timing('s| is) (wrong|bad|off|not|difficult|tricky|poor|awkward)",
            r"too (soon|early|late|long|busy|slow|quick|fast)( for| to| right now| at the moment|$)",
            r"(can't|cannot|couldn't|won't|wouldn't|don't) (want to )?\w+( \w+){0,4} (before|until|till|this (year|quarter|month|side))",
            r"(no|haven't got the|don't have the|haven't) (time|bandwidth|capacity|people|hands)( for| to| right| at| this|$)",
            r"(rather|better|prefer to|want to|have to|need to|going to) (wait|hold off|leave it|park (it|this)|postpone|put it off|hold fire)",
            r"(come|call|ring|try|ask) (back|again|me|us)?( again)? (in|after|next) (the )?(\w+ )?(spring|summer|autumn|fall|winter|year|quarter|months?|january|september)",
            r"(snowed under|flat out|up to (our|my) (neck|ears|eyes)|run off (our|my) feet|in the middle of (a|an|the|our))",
        ),
    ),
    (
        "need",
        any_of(
            r"(don't|do not|doesn't|didn't|can't|not sure|never|hardly)( really| actually| quite| think| believe| see| know| that| why| how| if| what)* (we|i|it|they|anybody|anyone|us)?('d| would| really| actually)* ?(need|use) (it|this|that|one|all|any|another|more|something|anything|such)",
            r"(don't|can't|not sure i|struggle to|fail to|hard to|difficult to) (really |quite |yet |honestly )*see (the |any |a |much )*(need|point|value|benefit|use|reason|sense|why|how|what|where|it)",
            r"(what's|where's) the point|(don't|do not|can't|doesn't) (really |honestly )?(think|see|believe|feel|reckon)( that)? (we|i|there|it|you|ours)('ve|'s| have| is| are)?( got| have)? (a|any|much of a|enough of a|that) (\w+ )?(problem|issue|need|trouble|gap)",
            r"why (we|i|should we|would we|anyone)('d| would)? (move|change|switch|bother|pay|need|swap|replace)",
            r"(no|not much|little|not any) (need|use|call|demand|interest) (for|of|in)",
            r"(not|isn't|wouldn't be) (for us|our thing|a priority|that bad|a problem for us|worth)",
            r"(overkill|over the top|more than we need|nice to have)",
            r"(don't|do not|doesn't|no) (\w+ )?(need|want|use|require)( \w+)? ?(anyone|anybody|anything|somebody|someone|nothing|outsiders|help|you lot|a supplier|another)|in ?house|(do|doing|handle|manage|make) (it|that|this|them|all of it|everything|our own)( \w+)? ?(ourselves|myself|in ?house|internally)",
            r"not interested|(don't|do not|can't) think (it's|this is|that's|that is|it is|we're|it would be) (\w+ )?(for (us|me|you)|right|a fit|something|a match|what|worth|ready|necessary)",
            r"(isn't|not|it's not|wouldn't be) (really |exactly |quite )?(for (us|me|people|a (firm|shop|team|company))|our (kind|sort|style)|something (we|i)|a (fit|match)|necessary|essential|urgent|top of)|(get|getting|manage|managing|cope|coping|get by|getting by) (along |on |by )?(fine|okay|well|all right|alright|perfectly|just fine)|do without",
        ),
    ),
    (
        "authority",
        any_of(
            rf"(my|our|the|parish|her|his) (\w+ )?{_THEM} (\w+ )?(would never|will never|won't|wouldn't|never|has to|have to|needs to|need to|will have to|would have to|would want|is against|are against|don't like|doesn't like|hates?|won't like)",
            r"(never|won't|wouldn't|can't) (get|have) (it|this|that|past|through)( \w+)* (past|through|by|approved|signed|over)",
            r"(not|isn't|wasn't) (really |just |only )?(my|mine|our|ours|up to me|down to me|for me)( call| decision| money| to (decide|say|sign|choose|make)|$)",
            r"(can't|cannot|couldn't|not allowed to|don't get to|not able to|no power to) (really |just |actually )*(sign|decide|commit|say yes|go ahead|agree|authorise|authorize|approve|make)",
            r"(i'd|we'd|i'll|we'll|i would|i) (have|need|got) to (ask|run (it|this)|check|take (it|this)|get (it|this)|clear (it|this)|go back|speak|talk)",
            r"(not|isn't) (the one|the person|somebody|someone|me) (who|that) (decides?|signs?|says|chooses|pays|approves)",
            r"(someone|somebody|others?) (else|above me)( \w+)? (decides?|signs?|has to|have to|needs to)",
            rf"(my|our|the|her|his) ([\w-]+ ){{0,2}}{_THEM} (\w+ )?(won't|will never|hates?|loathes?|dislikes?|will say no|says? no|said no|isn't keen|not keen|isn't sure|will kill|will want|will ask|would say no|would kill|doesn't|don't|doubts?|refuses?|can't stand|is (dead )?(set )?against|has (always )?been against)|(he'll|she'll|they'll|he'd|she'd|they'd) (\w+ )?(say no|never|kill|throw|laugh|refuse|reject|hate|go mad|hit the roof|have my head)",
            r"(above|over) my (pay|head|grade|station)",
            r"(has|have|needs?) (the )?(final|last) (say|word)",
        ),
    ),
    (
        "trust",
        any_of(
            r"(the )?(last|previous|other) (\w+ )?(firm|company|lot|people|supplier|contractor|vendor|agency|one|guy|outfit|team|crew|time)( \w+){0,4} (left|let|took|promised|ran off|vanished|messed|botched|went|failed|ruined|cost|burnt|burned|never|disappeared|screwed)",
            r"(forgive me for|excuse me for|i'm|we're|so i'm|makes me|made me) (being |a bit |a little |rather |very |quite |somewhat |pretty )*(careful|wary|cautious|sceptical|skeptical|dubious|suspicious|gun-?shy|once bitten)",
            r"(all|they all|everyone|you all|every \w+) (say|says|promise|promises|claim|claims) (that|so|it)|once bitten|heard (it|that) (all )?before|never (heard|dealt|worked)( of| with)? you",
            r"(not|never|don't|hard to|can't|wouldn't|hardly) (\w+ )?(trust|believe|rely|convinced|persuaded|sold|bank on)",
            r"(been|got|were|was) (badly )?(burned|burnt|stung|let down|bitten|caught out|promised)",
            r"(heard|read|seen) (that|this|it all|bad|mixed|poor|horror|some (bad|mixed|poor))( \w+)* ?(before|things|reviews|stories|about)?",
            r"(you|your (firm|company|outfit|team|lot)|you guys)( are|'re| is| look| seem)? (\w+ )?(too |so |pretty |quite |very )?(small|new|young|tiny|unknown|far away)",
            r"(never|hadn't|haven't) heard of (you|your)",
            r"(sounds|seems|looks) too good",
            r"(we|i)('ve| have)? (\w+ )?(tried|had|did|bought|used|been through|been there)( \w+){0,8} (and|but) (nobody|no one|it|they|we|that|the|i)( \w+){0,3} (used|work|worked|didn't|never|hated|went|failed|stopped|gave|broke|ended|fell|cost|lost|regretted|wasn't|weren't)",
            r"(we|i|they)('ve| have|'d| had)? (\w+ )?(bought|tried|had|did|done|used|installed|paid for|been sold|rolled out|signed up|invested|been down|been through|been here|been promised)\b.{0,70}\b(and|but|then|which|that) (it|they|nobody|no one|we|that|the \w+|never|just|all)?( \w+){0,3} ?(shelf|dust|drawer|cupboard|nowhere|waste\w*|sat|sits|ended|died|dead|binned|scrapped|dropped|fizzled|flopped|never|didn't|stopped|regret\w*|disaster|nightmare|money down)",
            r"(won't|wouldn't|doesn't|don't|will not|would not) (\w+ )?(let|allow|permit|have|touch|accept|insure|cover|sign|entertain|wear|look at) (me|us|it|this|that|anything|anyone|any|a|the|something)\b(?! down)",
            r"(that's what|so) (they|you|everyone) (all )?say|you would say that",
            r"(who's|who is|what's|what) to say (you|that|it)",
            r"(be|still be) (here|around|there|in business) in (\w+ ){1,3}(years|time)",
        ),
    ),
    (
        "risk",
        any_of(
            r"(worried|worries|worry|worrying|concerned|concern|afraid|nervous|scared|fear|anxious|wary|uneasy|hesitant|hesitate|reluctant|hesitation|reservations?|doubts?|doubtful|sceptical|skeptical|cautious|uncomfortable|apprehensive)(?! (about|of) (nothing|that anymore))",
            r"(too|very|quite|a bit|bit|pretty|so|a big|a real|big|huge|real|some) (risky|risk|of a risk|of a gamble)",
            r"(locked|tied|stuck|trapped) (in|into|to|with)",
            r"what if (it|that|this|the|you|your|we|something|somebody|someone|they)",
            r"what happens (if|when) (you|your|it|that|the (system|server|line|internet))",
        ),
    ),
    (
        "status_quo",
        any_of(
            r"(already|currently) (have|got|use|using|work|working|covered|sorted|do|with|in|tied|signed|under)",
            r"(we've|we have|i've|i have) (already )?(got|had) (a|an|our|my|somebody|someone|one)( \w+){0,4} (already|for (that|this|years)|who does|that does|in place)",
            r"(happy|fine|good|content|sorted|set|okay|all right|comfortable|satisfied|covered|quite happy) (as (we|it|things)|with (what|our|the|how|who|them|him|her|where)|where we|here|for now|at the moment|thanks|in \w+$)",
            r"(we|i|they)('ve| have)? (been |had |used |always |stayed |bought |dealt |worked )+(\w+ )?(with|the same|from|our|using|him|her|them) (\w+ ){0,5}(for|since|over|going on|nearly|getting on) (\w+ ){0,3}(years?|decades?|ages|ever|months|\d{4}|nineteen\w*)",
            r"(nobody|no one|no-one|none of \w+|i|we|nothing)('s| is| are| has|'ve| have)? (\w+ )?(complaining|complained|asking for (it|this|that|one)|asked for (it|this|that|one)|moaning|unhappy|to complain|going wrong|wrong with)",
            r"(not|aren't|isn't|never) (really |actively |currently )*(looking|thinking|planning|minded|about|in the market) (to|for|of|at)",
            r"(stay|staying|stick|sticking|keep|keeping|stay put) (put|with|as|to|what|the (old|one|same)|our|using|going)",
            r"(always|for years|forever) (done|been|had|used|worked|bought|gone)",
            r"(works|work|working|does|do|did|served|good|fine) (just |perfectly |well |good |fine )*(fine|well|okay|enough|the job|us|as (it|they))( enough| well| for us)?",
            r"(ain't|isn't|not) broke",
            r"(tied|locked|signed|bound|committed|contracted|under contract|in contract)( \w+){0,3} (until|till|for another|for (two|three|four|five|the next)|with)",
            r"(just|only|recently) (bought|signed|renewed|changed|switched|put in|installed|paid for)",
            r"(used to|know) (it|the (old|current)|what we have|how it works)",
            r"(prefer|like|love|rather keep|rather have|rather stay|i'd keep|we'd keep) (our|my|the (old|current|present|one|way|plan))",
        ),
    ),
    (
        "competitor",
        any_of(
            r"(your (competitors?|rivals?)|the other (lot|firm|company|people|one|supplier|vendor|guys|quote|offer)|another (firm|company|supplier|vendor|provider|quote|offer)|somebody else|someone else|others?|elsewhere) (\w+ )?(offers?|quoted?|can|will|would|does|do|is|are|has|have|came|gave|for|at|throws?|includes?|promised?|said|says)",
            r"(can|could|would) (get|have|buy) (it|this|that|the same|one|them)( \w+)* (cheaper|for less|elsewhere|from|online|at)",
            r"(your (rivals?|competitors?|competition)|(the )?other (lot|firm|company|people|supplier|vendor|guys|quote|offer|side)|[a-z]+'s (people|quote|offer|team)|they|somebody|someone|another \w+) (threw in|throw in|came in|beat|undercut|are (\w+ )?(cheaper|faster|quicker|nearer|closer)|is (\w+ )?(cheaper|faster|quicker|nearer|closer)|would do it|will do it|do it|can do it) ?(for|at|with|the|it|us|a|free|less|under|by|than|cheaper|$)",
            r"(cheaper|better|faster|lower|quicker) (quote|offer|price|deal|bid)( \w+)? (from|on the table|elsewhere|in hand)|(quoted|offered|gave|given) (me|us) (\w+ ){0,3}(less|cheaper|lower|better)",
            r"(compared|next|side by side) (to|with) (you|yours|your \w+)|(looks?|looking|sounds?|seems?|is|are|they're|it's) (\w+ )?(more )?(attractive|tempting|appealing|promising|cheaper|keener|sharper)\b",
            r"(made|making|given|sent|offered|offering) (us|me) (a|an|the) (\w+ ){0,2}(offer|deal|price|quote|proposal|discount)|(poach|woo|court|chase|undercut)\w* (us|me|you)",
            r"(leaning|looking|tempted|going|veering) (towards|to go with|at going with)",
        ),
    ),
    (
        "other",
        any_of(
            rf"(can't|cannot|couldn't|won't|wouldn't|will not|would not|will never|would never|not going to|not gonna|never going to|no way (we|i|they)('d|'ll|'re)?) {_VERY}(switch|move|change|commit|sign|go (ahead|for|with|live)|do (it|this|that)|justify|work|buy|take (it|this)|accept|agree|have (it|this|that)|use (it|this)|learn|like|cope|swap|wait|fly|live with|put up|handle|manage|let|risk)",
            r"(the|my|our|one|only|main|biggest|real|big) (only |main |big |biggest |real |one )*(problem|trouble|snag|issue|catch|sticking point|stumbling block|drawback|downside|thing|worry|difficulty|obstacle|hurdle|headache|objection|question mark)('s| is| would be| i have| for (us|me)| with (your|this|that|it|you|the (plan|offer|price|contract|proposal)))",
            r"(not|isn't|aren't|wasn't|never) (at all |too |that |really |so |very |entirely |totally |quite |altogether )*(happy|comfortable|keen|convinced|sold|thrilled|fond|wild|certain|confident|persuaded|ready)( about| with| on| of| that| it| to| by| we| you| this|$)",
            r"(not|isn't) (really |at all |so |that |too |quite |entirely )*sure (about|of|it|it'll|that|we|we'd|we're|you|you'll|you're|i (want|like|need|trust|can|see|believe|buy|could|would|should)|your|our|this|the|they|they'd|they'll|my|how (we|you|it|that|this)|if|whether|any|there)",
            r"(doesn't|don't|didn't|won't|can't|isn't|not) (really |quite |exactly )*(fit|suit|work for|meet|match|cover|do what|go far|support|handle|enough|good enough|acceptable|possible|feasible|realistic)",
            r"(can't|cannot|couldn't|don't|won't) (\w+ )?(see|imagine|picture|get) (the|them|us|him|her|my|our|that|this|it|people|anyone|myself) (\w+ ){0,3}(\w+ing|doing|using|do|use|work|working|go|past|through|to)",
            r"(can't|cannot|don't|couldn't|won't|doubt) (really |honestly )?(see|imagine|picture|think)? ?(\w+ ){0,4}(using|use|wearing|taking to|learning|coping|accepting|working|going for|happening|getting used)( it| to| this| that| with|$)",
            r"(would|will|is going to|it'll|it'd|that'll|that would) (be )?(too |a |so )?(\w+ )?(disrupt\w*|upheaval|hassle|headache|nightmare|pain|faff|mess|chaos|confuse|upset|slow (us|things))",
            r"(isn't|aren't|not|never) going to (\w+ )?(like|accept|use|want|work|happen|go|fly|agree|be happy|love|enjoy|wear|pay|put up)|(a lot|lots|loads|so much|too much) (of )?(work|hassle|effort|trouble|upheaval|disruption|change)\b",
            r"(sounds|seems|looks|feels|is|it's|that's|a bit|very|rather|quite) (\w+ )?(complicated|complex|fiddly|risky|cumbersome|heavy|rigid|vague|over-?engineered|disruptive|optimistic)|(didn't|never|hadn't) (think|expect|imagine|realise|realize|plan|thought|expected)( \w+){0,4} (that|so|this) (much|high|long|expensive|many)",
            r"(what|where|the (thing|bit|part|piece|one thing))( that)? (i|we|my \w+|our \w+) (really |still |just |honestly )*(don't|can't|cannot|won't|couldn't|struggle|wonder|get stuck|stumble|hesitate|fear|dislike|hate|have trouble|lose sleep|balk|baulk|shy|wince|have a problem)( [\w']+){0,5} (is|are|about)",
            r"(i|we|they) (can't|cannot|won't|couldn't|can hardly) (\w+ )?have (?!(it|this|that)\b)(your|people|anyone|anybody|someone|strangers|men|vans|lorries|the|a|any|my|our|two|dust|noise|contractors|outsiders|folk|engineers) \w+",
            r"no way (the|my|our|we|they|i|he|she|that|it|anybody|anyone)",
            r"(bother|scare|frighten|trouble|worrie|worry|concern|frustrate|alarm|unsettle|annoy)(s|d|ing|ed)? (me|us|my|our|the (team|board|staff|lads))(?! (to|in touch))|(bothers?|bothering|troubles|puts? (me|us|them|people) off|gives (me|us) pause|makes (me|us) (nervous|uneasy|hesitate|think twice|wonder)|scares|frightens|sticks in|holding (me|us) back|stopping (me|us)|stands? in the way|in the way is|second thoughts|cold feet|on the fence|hesitating|wavering|in two minds|thinking twice|gets me)",
            r"(i'd|we'd|i would|we would) (rather|sooner|prefer to) not",
            r"(hard|difficult|tough|tricky|impossible) (to (sell|justify|explain|defend|get|swallow|see|commit|say yes)|one to|for (us|me) to)",
            r"(no good|no use|useless|pointless|a waste|deal ?breaker|a non ?starter|out of the question|hard sell|tough sell|tall order|step too far|bridge too far)",
            r"(too|way|far|bit|little|rather|so) (risky|complicated|complex|big|small|heavy|much (work|hassle|trouble|effort|change|to)|difficult|hard|strict|tight|rigid|old|fancy|technical|fiddly|new|vague|far|disruptive)( for| to|$)",
        ),
    ),
)
_NUMBER = r"(\d[\d.,]*|half|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|a (third|quarter|fraction|hundred|thousand))"
_OTHERS = r"((the|our|my|his|her|your) ([\w-]+ ){1,5}|he |she |they |nobody |everyone |half of them |people |anyone )"
_FURTHER: tuple[tuple[str, Screened], ...] = (
    (
        "price",
        any_of(
            r"^(well |oh |hm |yeah |but )*(too|bit|way too|far too|a bit) (much|dear|expensive|pricey|steep|high|rich)\b",
            r"(could|can|would) (\w+ )?(buy|get|hire|build|have|rent|lease) (a|an|two|three|my own|our own|another|somebody|someone) ([\w-]+ ){0,4}for (that|this|less|half|the same|that (money|price))",
            r"(hoping|thinking|expecting|looking|budgeting|counting|reckoning|hoped|thought)( \w+)? (for|on|at|of|about)?( \w+)? ?(something|somewhere|a figure|a number|more)? ?(nearer|closer to|closer|under|below|lower|less|more like|in the region of)( \w+)*",
        ),
    ),
    (
        "timing",
        any_of(
            r"^(well |oh |hm |yeah |but )*(too|bit|way too|far too|a bit) (long|soon|late|early|slow|quick|short)\b",
            r"^([\w']+ ){0,2}not (while|until|till|before|with|in the middle of) (we|we're|i|i'm|the|our|all|everything|things)\b",
        ),
    ),
    (
        "authority",
        any_of(
            r"(not|isn't|wasn't|never) (the one|the person|somebody|someone|me|us|i) (who|that) (gets? to|can|is allowed to|has the power to|makes|could|signs?|decides?|says)( \w+)*",
            rf"{_OTHERS}(won't|wouldn't|will not|would not|'d never|will never|would never) (hear|wear|stand|entertain|look at|countenance|allow|agree|approve|budge|move|sign|pay|let) ?(of|it|this|that|anything|for|on|to|us|me)?",
            r"(legal|it|hr|finance|procurement|security|compliance|accounts|the \w+|(my|our) \w+)('s|s| is| are|'ll| will|'d| would)( going to| gonna)? (have (a|an) (field day|fit|heart attack|cow|meltdown|issue)|go (mad|mental|nuts|ballistic|spare|through the roof)|freak|kill|tear|pick (it|this) apart|push back|kick (off|up)|hate|laugh|flip|say no|block|shoot (it|this) down|throw (it|this) out|object|balk|baulk)",
            r"(block|blocks|refuse|refuses|ban|bans|reject|rejects|veto|vetoes|forbid|forbids|frown on|frowns on|knock back|knocks back) (anything|everything|any|all|it|this|that|whatever|outside|new)\b",
        ),
    ),
    (
        "trust",
        any_of(
            r"(tried|had|bought|did|used|rolled out|paid for) ([\w'-]+ ){1,8}?(and|but) (nobody|no one|hardly anyone|hardly anybody|(it|they|we|people|staff) (never|didn't|couldn't|wouldn't|hated|gave up|stopped)) ?\w*",
            r"(reviews?|references|feedback|stories|write-ups|ratings?)( \w+){0,5} (weren't|aren't|wasn't|isn't|not|less than|worried|put me|put us) ?(\w+ )?(great|good|brilliant|kind|encouraging|glowing|off)|(bad|mixed|poor|terrible) (reviews|ratings|feedback|press)",
            r"(all )?(our|my|your|the) eggs in (the )?one basket|leap in the dark|pig in a poke|hostage to|at the mercy of|beholden to|over a barrel|put (all )?(our|my) faith|leave us (high and dry|stranded|in the lurch)|go(es|ing)? (bust|under|out of business|bankrupt|belly up)",
            r"(i|we|they) (don't|wouldn't|do not|would not) (really |particularly |ever )?want (my|our|any of (my|our)|another|anyone|someone|strangers|outsiders|to be (tied|stuck|locked|left|the (first|guinea))|to (lose|risk|end up|have to|go through|start (all )?over|upset|switch|gamble))\b",
        ),
    ),
    (
        "competitor",
        any_of(
            rf"(would|will|can|could|'d|'ll|does|did|do) (\w+ )?(do|supply|fit|make|deliver|sell|give us) (it|that|this|the same|the lot|them|us|one)( \w+){{0,3}} (for|at) ({_NUMBER}|less|nothing|a lot less|much less|under)|(across|down|up) the (road|street|way) (\w+ ){{0,3}}(for|at|charges?|does|do|will|would)",
        ),
    ),
    (
        "status_quo",
        any_of(
            r"(only|just|barely|hardly) (\w+ )?(finished|done|stopped|got) (paying|paid|rolling|putting|training|setting|bedding)( \w+)*",
            r"(managed|coped|survived|got by|done|done fine|got on|got along|been fine|been grand) (\w+ ){0,2}(without|with(out)? (it|one|that)|all these years|up to now|this long|so far without)( \w+)*",
        ),
    ),
    (
        "other",
        any_of(
            rf"{_OTHERS}(won't|wouldn't|will not|would not|'d never|will never|would never|aren't going to|isn't going to|don't|doesn't) (want|like|use|accept|learn|wear|touch|take to|thank|bother|go for|go along|get|trust|adapt|cope|enjoy)\b",
            r"(don't|can't|cannot|doubt|not sure|not convinced|do not)( \w+)? (think|see|believe|reckon|imagine|picture|fancy)? ?((the|our|my|they|he|she|people|anyone|half|any) ([\w-]+ ){0,6}?)(would|will|'d|'ll|could|going to) (ever |really |actually )?(use|take to|like|wear|accept|go for|learn|touch|bother|want|agree|adapt|cope|buy|come round|get used)\b",
            rf"(would|will|'d|'ll|it's going to|that's going to) (mean|involve|require|take) (us )?(re\w+ing|training|changing|shutting|closing|hiring|ripping|redoing|starting|telling|all (my|our|the)|everyone|a lot of|weeks of|months of) ?({_NUMBER}|\w+)?",
            r"(it|that|this|they|those|these|yours|the \w+|your \w+)('d| would|'ll| will)( never| not| hardly| struggle to)+ (be able to )?(fit|work|suit|do|last|hold|cope|get|stand|survive|wear|pass|reach|keep up|go|happen|take|handle|fly|sell)\b|(it|that|this|they|those|yours|your \w+) (won't|wouldn't) (fit|work|last|hold|reach|cope|suit|stand|keep up|survive|go (through|in|up)|fly|be enough|do (for us|it))\b",
            rf"{_NUMBER} (\w+ )?(systems?|suppliers?|changes|tools|apps|providers|firms|launches|roll-?outs) in (as many|{_NUMBER}|the last) (\w+ )?(years|months|terms|seasons)",
            r"can of worms|more trouble than it's worth|hornets'? nest|rock the boat|mare's nest|one more thing to|last thing (we|i|they) need",
        ),
    ),
)
_NO_CONCERN = any_of(
    r"(and|but|so) (it|they|that) (\w+ )?(worked|works|went|goes)( fine| well| great| perfectly| a treat| okay)*$",
    r"no (bother|problem|worries|trouble|hassle|harm done|rush)",
    r"(no|not a|without|hasn't|nothing|none of the|isn't a|any) (concerns?|worries|worry|problems?|objections?|reservations|doubts?|issues?)",
    r"(don't|not to|no need to|needn't|wouldn't) (you )?(worry|be concerned)",
    r"(isn't|not|no longer|wasn't|aren't) (a |too |that |so |really |very )?(worried|concerned|afraid|nervous|expensive|risky|dear)",
    r"(i'm|we're) (just |only )?(afraid|sorry)( so| not)?$",
)
_REPORTS = any_of(
    r"(was|were|used to be|had been) (always |often )?(worried|concerned|afraid|nervous|too)",
    r"(the|our|my) (old|last|previous|present|current|existing) \w+ (is|was|are|were|'s|has|had|can't|doesn't|keeps)",
)


@lru_cache(maxsize=8192)
def concern_kind(text: str) -> str | None:
    """The kind of concern that plain words of a customer voice, or None.

    >>> concern_kind("that's too expensive for us")
    'price'
    >>> concern_kind("is there a discount for charities") is None
    True
    """
    clear = _NO_CONCERN.sub(" ", text)
    for kind, pattern in (*_PATTERNS, *_FURTHER):
        if pattern.search(clear) and not _REPORTS.search(clear):
            return kind
    return None


forgets(concern_kind.cache_clear)
