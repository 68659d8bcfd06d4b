"""What a question asks for, by its words: a consequence, the worth of a solution, a difficulty, people.

The same words stand in questions that ask for none of it ("what happens when you press Export?"),
so each form has what it must not hold: then it is a `VETO`, whatever the taggers say. A form alone is taken to be right in `FORM` of the cases;
what the taggers say comes on top.
"""

from __future__ import annotations

from functools import lru_cache

from callcoach.measure.language import any_of
from callcoach.measure.last import forgets

VETO = -1.0  # the words ask for something else that only sounds like it
FORM = 0.75  # chance that a form is what it looks like

_WH = r"(what|how|why|who|whose|where|which|when|what'd|who'd|how'd|where'd)"
_WOULD = r"(would|could|might|'d|what'd|who'd|how'd|where'd|would've|will|'ll)"
_CONDITION = any_of(
    rf"(if|suppose|supposing|imagine|say|picture|assuming|once|with|without|having|getting|were) .{{0,110}}\b{_WH} (\w+ ){{0,4}}?{_WOULD}",
    r"(if|suppose|supposing|imagine|say|picture|assuming|with) .{0,110}\b(what'd|who'd|how'd|where'd|would|could)",
    rf"{_WH} (\w+ ){{0,5}}?{_WOULD} .{{0,80}}\b(if|without|with|instead|once|were|had)",
    r"(if|suppose|say|imagine) .{0,80}(what's|what is|how much is) (that|it|this) worth",
    rf"{_WH} (\w+ ){{0,3}}?would (it|that|this|those|these|they|one|two|half|an? \w+|the \w+|\w+ing|fewer|less|more|faster|quicker|better)\b",
)
_GAIN = any_of(
    r"(be )?worth( to| for)?",
    rf"{_WOULD} .{{0,60}}\b(mean|change|changes|free|save|let|allow|enable|help|give|make|open up|look like|bring|buy|unlock|permit|gain|benefit|win|improve)",
    rf"{_WOULD} (\w+ ){{0,4}}?(do|done|use|be able|spend|put|get|achieve|then|finally|stop|focus|have|be (at|doing|different|possible|easier|better)|point|start)",
    r"(be|been) (different|possible|easier|better)",
    r"(what|which|how much) (\w+ )?(difference|value|benefit|gain|upside|win)\b",
    r"(feel|see|get|have|notice) the (benefit|difference|gain|upside|relief)",
    r"(benefits?|gains?|profits?) (the )?(most|first|from)",
    r"(useful|helpful|valuable|important|matter|attractive|worthwhile)",
)
_PAYOFF_PLAIN = any_of(
    r"who .{0,40}\b(would|could|will|stands to) .{0,20}\b(gain|benefit|profit)",
    r"why (does|is|would|do|are) .{0,40}\b(matter|matters|important|a priority|so (important|valuable))",
    r"(why|how) (is|are) .{0,60}\b(important|matter|useful|valuable) (to|for) (you|your)",
    r"what (do|does|will|would) .{0,60}\b(bring|get|give|buy|save|free up|do for) (you|your|them|the \w+)",
    r"what (do|does) (it|that|this) change in your",
    r"what('s| is) (it|that|this|solving \w+|fixing \w+) worth",
    r"what (would|will|could) (you|they|your \w+) (get|gain|win|save)",
)
_NO_GAIN = any_of(
    r"(would|do) you (like|mind|prefer|rather|care|want)",
    r"(can|could|would|will) you (just )?(tell|say|describe|walk|talk|explain|give me|show|share|send|paint)",
    r"would (it|that) (help|be (helpful|useful|okay|ok|all right|alright|fine))( any)?( if)? (i|we|to)",
    r"(what|which) (day|time|date|figure|price|number|budget|email|address)",
    r"leave it|do nothing|nothing (is )?(changes|changed|happens)|stays? (as it is|the same|like (this|that))|carry on|carries on|goes on|keeps? (going|happening)",
    r"(do|does|did|doing|done) to (you|your|the|their|how|a)",
    r"would you (change|add|call)( (about )?(that|it|this|anything|in (that|it)))?$",
    r"(hesitat\w+|worr(y|ies)|concerns?|stop you|hold you back|against it)",
    r"(came|come|comes) to (that|the worst)",
    r"(would|could) (i|we)\b|(if|when) (i|we) (sent|send|show|showed|put|share|shared|gave|give|could|can|came|ran|brought|did|wrote|call|called|had)",
    r"(how much|how many) .{0,30}(put|set) (around|aside)",
)
_BAD_TURN = any_of(
    r"(if|when|suppose|say|once) (\w+ ){0,5}?(fails?|failed|breaks?|broke|goes wrong|went wrong|is late|slips?|slipped|quits?|leaves|left|goes down|went down|gets worse|ran over|runs over"
    r"|drops? out|dies|happens again|happened again|isn't found|walks?|walked)\b",
)
_EFFECT = any_of(
    r"(do|does|did|doing|done|would|will) to (you|your|the|their|how|a|an|his|her|its|people|everyone|staff|customers|\w+'s)",
    r"what('d| would| does| do| did| will| has| is|'s| have) .{0,70}\b(end up cost\w*|cost|costs|costing|mean for|meant for|meaning for|mean when|mean to (your|the)|lead to|leading to|led to|result in|cause|causing|trigger|create|set off)",
    r"what (does|do|did) (that|this|it|they|those|these|all that|\w+ing) (\w+ )?(mean|cost|lead to|cause|leave)",
    r"how (much )?(does|do|did|is|are|will|has|have|badly does|hard does|far does|would) .{0,90}\b(affect|affecting|affected|impact|impacting|impacted|hit|hitting|hurt|hurting"
    r"|influence|slow|slowing|set you back|ripple|spread|show up|shows up|play out|feed through|touch|come back to bite)",
    r"how (does|do|did|is) (that|this|it|they|those|the \w+) (\w+ )?(sit|go down|land|leave|sitting) (with|on|you|your)",
    r"(impact|effect|effects|knock-?on|consequences?|implications?|fall-?out|ripple|repercussions?|upshot|damage|exposure) (of|on|for|to|at|when|if|has|have|is|does|down|over|in|been|there)",
    r"(at stake|at risk|worst case|the (toll|harm|fallout|downside|upshot|risk|bill)( of| on| for| to| with| there| if|$))",
    r"(stop|stops|stopping|keep|keeps|keeping|prevent|prevents|preventing|hold|holds|holding) (you|them|people|your \w+|the \w+)( \w+)? (from|back)",
    r"how (does|do|did|is|are|will|would) (that|this|it|those|these|they)( all)? (\w+ )?(feed|play|flow|carry|spill|roll|come|filter|translate|eat|cut|cascade|work)\w* (in|into|through|over|to|across|back|out|down|its way)",
    r"what (does|do|did|would|will|can) .{1,50} (set|sets|put|puts|leave|leaves|cost|costs) (you|them|your \w+|the \w+)|what (would|will|does|do) (your|the|an?) (\w+ ){1,3}(say|do|think) (if|when)",
    r"(what|who) (gets|is|has|ends up) (\w+ )?(delayed|late|lost|hurt|missed|waiting|stuck|cancelled|blamed|pushed)|miss(ing|ed)? out|(how|what) (\w+ ){0,6}(because of|due to|as a result|as a consequence|off the back of|thanks to|on account of) ?(of )?(that|this|it|them|those|the|\w+ing)?",
    r"(how|what) (bad|big|serious|costly|expensive|damaging|disruptive) (\w+ )?(is|does|can|could|did|has|are) (it|this|that|the|those|they)",
    r"how (do|does|did|are|is) (your|the|those) (\w+ ){1,2}(react|respond|feel|take|cope|see)",
    r"what('s| is| are| was| were) the (\w+ )?(impact|effects?|knock-?on|knockon|consequences?|implications?|fall-?out|upshot|damage|cost|exposure)",
    r"(knockon|knock-?on)",
    r"who (gets|is|ends up|has to|suffers|pays|feels|picks|bears|carries|takes|loses|catches|did|does)\b.{0,40}\b(hurt|hit|affected|blame|bill|pieces|stuck|suffer\w*|pay\w*|land on|flak|cost\w*|brunt)",
    r"(who|what|which)( \w+){0,2} (suffer|suffers|slip|slips|get (lost|missed|dropped|delayed|pushed|hurt|hit|held up))",
    r"(who|what) (suffers|loses out|bears|slips|gives|gives way|gets (lost|missed|dropped|delayed|pushed|hurt|hit|held up))",
    r"what happens (to|then|as a result|downstream|further|in the|at the|with|on)",
    r"what happens (when|if|while|every time|each time|once|because)",
    r"what('s| is| has|'s been)? (happened|happening|becomes?|become|came|comes|gone) (to|with|of)",
    r"(and )?then what",
    r"where (does|do|did|would|will) (that|this|it|they)( all)? (leave|put|land|end)",
    r"what (follows|results)",
    r"what else (does|do|is|gets|has|did) .{0,40}(affect|hold|delay|hurt|slow|suffer|cost|done|do)\w*",
    r"(has|have|did|does|do|is|are) (it|that|this|those|having \w+( \w+){0,5}) (\w+ )?(put|made|make|making|cost|costing|led|lead|driven|stop|stopped|hurt|hurting|delay|delayed|slow|slowed|affect|affected|affecting|hold|held)",
    r"(lose|losing|lost|spend|spending|waste|wasting) .{0,50}\b(because of|due to|as a result|over (that|this|it)|when (that|this|it)|through (that|this|it)|from (that|this|it))",
    r"how much (\w+ ){0,6}?(cost|costs|costing|lose|losing|waste|wasted|lost)",
    r"how (do|does|did) (\w+ ){1,4}(feel|react|take it|respond|cope)\b.{0,20}(when|if|then|with that|about that)",
)
_PROCESS = any_of(
    r"what happens (when|if|after|once) (you|i|we|they|a \w+|an \w+|someone|somebody|the \w+|people) (\w+ )?(press|click|hit|tap|push|select|open|log|buys?|signs?|orders?|places?|submits?|books?|registers?|type|types|pay|pays)",
    r"what happens (after|next|from there)",
    r"(as a consequence|consequently).{0,10}(would|shall|can|do|could|may) ",
    r"(would|do) you (like|want|mind|care)",
    r"(what|how much) (\w+ ){0,3}?(pay|paying|charge|charged|price) (for|per|now|today|at)",
)
_TROUBLE = (
    r"(problems?|troubles?|difficult\w*|headaches?|pains?|painful|grief|complaints?|issues?|challeng\w+|bottlenecks?|obstacles?|frustrat\w+|annoy\w*|irritat\w+|nuisances?|nightmare"
    r"|weak(est)?( spots?| points?)?|gaps?|snags?|hassles?|worst|hardest|toughest|trickiest|slowest|messiest|sorest|sore|awkward|clumsy|fiddly|unhappy|dissatisf\w+|least satis\w+"
    r"|disappoint\w*|bugbears?|gripes?|sticking points?|missing|lacking|broken|stuck|harder|so hard)"
)
_MOVES = (
    r"(go(es)? wrong|went wrong|go(es)? astray|break(s|ing)? ?(down)?|fall(s|ing)? (down|short|apart|behind|over)|pinch(es)?|bite(s)?|bitten|hurts?|hurting|creaks?|slip(s|ping)?|stick(s|ing)?|jam(s)?"
    r"|trip(s|ping)? (you|them|people|your \w+|the \w+)( up)?|slow(s|ing)? (you|them|things|your \w+|the \w+)( down)?|bug(s|ging)? (you|them|people)|bother(s|ing)? (you|them|people)"
    r"|nag(s|ging)?|drive(s)? (you|them|people) (mad|crazy|nuts|up the wall)|hold(s|ing)? (you|them|things) (up|back)|let(s|ting)? (you|them) down|get(s|ting)? (in your way|in the way|up your nose|lost|on your nerves|to you)"
    r"|keep(s|ing)? you (up|awake)|have you awake|niggl\w+|cause(s|ing)? (\w+ )?(trouble|grief|problems)|suffer(s|ing)?|lose (you|time)|waste(s|d)?|wasting)"
)
_FEELINGS = r"(struggl\w+|complain\w*|grumbl\w*|moan\w*|hate|dislike|dread\w*|curse|swear about|give out|put up with|fight with|battle with|worry about|miss\b|wish|work round|work around|lose sleep)"
_HARD = any_of(
    r"(what|which|where|who|how|when|what's|where's|who's)\b.{0,60}\b(isn't|not|aren't|hasn't|haven't|doesn't|don't|didn't|never) (\w+ )?(been )?(work\w*|right|go\w* (well|so good|to plan)|happy|good|good enough|there|fit\w*|as it should)",
    rf"(what|which|where|who|how|when|why|what's|where's|who's|any|anything|something)\b.{{0,60}}\b{_MOVES}",
    rf"(what|which|where|who|what's|where's|who's|any|anything|something)\b.{{0,60}}\b{_TROUBLE}",
    rf"(what|which|where|who|how)\b.{{0,50}}\b{_FEELINGS}",
    rf"(do|does|did|is|are|was|were|has|have|had|ever)\b.{{0,50}}\b({_FEELINGS}|trouble|problems?|issues? with|difficult\w*|complaints?|frustrat\w+)",
    r"(what|anything|which \w+|something)\b.{0,20}\b(would|could|'d) you (all )?(most )?(change|fix|improve|do differently|get rid of|drop first|like (to be )?(different|better)|want (to be )?(different|better)|rather not)",
    r"(what|which|how) (\w+ ){0,3}?(could|should|might) (be )?(better|improve|improved|easier|faster|smoother)",
    r"(magic wand|least happy|let you down|gone wrong)",
)
_NOT_HARD = any_of(
    r"(have|did|am|do) i (\w+ )?(miss|missed|lose|lost|get|got|leave|left|wrong|right)",
    r"(missing|wrong|left out) (from|off|with|in|on)? ?(that|it|this|my|the (list|summary|sheet))",
    r"(is|was) (it|that) .{0,60}\b(or|that's|that is|which)\b",
    r"(see|hear) (me|my|us)|my screen",
    r"(any|no) (problem|trouble) (with (that|a call|me|us)|if (i|we))",
    r"wrong (number|time|window|share)|bad time",
    r"what would (it|that) be worth",
    r"would you (change|add) (to |about |in )?(that|it|this|anything)$",
)
_WHO = any_of(
    r"who|whose|whom|who'd|who'll|who's|who've",
    r"(anyone|anybody|someone|somebody|everyone|everybody)",
    r"(which|what) (of (the|your|them|these|those|those|you)|people|person|teams?|departments?|colleagues?|managers?|partners?|directors?|roles?|groups?|functions?|side|trustees?|owners?|board members?|offices?)",
    r"does \w+ (\w+ )?(get|have|want) a (say|vote|word|view|veto)",
)
_PEOPLE = (
    r"(team|teams|people|staff|boss|board|directors?|managers?|colleagues?|partners?|department|crew|foreman|owners?|users|drivers|nurses|teachers|engineers|council|committee|trustees|finance|legal|procurement|co-?founder|cofounder|wife|husband"
    r"|brother|sister|father|mother|son|daughter|accountant|lawyer|lawyers|landlord|it|union|head office|headquarters|investors?|shareholders?|ceo|cfo|cto|coo|chair|chairman|treasurer|principal|head|dispatchers?|technicians|operators|parents|residents|tenants)"
)
_ELSE = any_of(
    rf"(how|what) (does|do|did|will|would|might|is|are) (your|the) (\w+ ){{0,3}}?{_PEOPLE} (\w+ )?"
    r"(feel|feeling|react|take|taking|see|respond|think|look|need|want|say|expect|care|worry|going to|have to) ?(about|to|at|on|of|this|it)?",
    rf"(would|will|does|do|should|could|might|is|are) (your|the) (\w+ ){{0,2}}?{_PEOPLE} (\w+ )?(want|need|have|like|be|expect|mind|agree|care|get|see|say|look|use|involved|part|happy|against|behind)",
    r"who (\w+ )?(looks at|sees|reviews|checks|reads) (it|this|that|the (contract|offer|proposal|quote|numbers)|these|those)( \w+){0,4}$",
    r"who (was|were|is|are|'s) (\w+ )?(part of|involved in|behind|at the table|in on) (that|the|this|your|any)",
    r"who else",
    r"(how|what) (would|will|might) (your|the|those|these) (\w+ ){0,3}?\w+s (\w+ )?(feel|react|respond|think|take (it|this|that|to)|cope|want|say|mind|worry)",
    r"(where|what|how much|any|is there|will there be|do you expect|would there be) .{0,40}\b(push ?back|resistance|opposition|buy ?in|sign ?offs?|sponsorship|internal politics)",
    r"(does|will|would|do|did|has|have) (it|this|that|these|they|something like (this|that)|a \w+ like (this|that)) (\w+ )?(need to |have to |has to )?(go|goes|run|pass|get) (to|before|through|past|up to|by) (a|an|the|your|any|another)",
    r"how (does|do|will|would|did|is|are) .{0,60}\b(get|gets|got|be) (approved|signed( off)?|decided|agreed|through|over the line)",
    r"(is it|is that|would it be) (\w+ )?(just|only|all) (you|down to you|your)|(is|would) there( be)? (a|an|some) (\w+ )?(committee|board|panel|steering group|buying group|approval process)",
    rf"(have|get|bring|include|invite|involve|add|ask) (your|the|somebody|someone|anyone) (\w+ ){{0,3}}?({_PEOPLE}|lead|manager|expert|specialist) (\w+ )?(on|onto|to|in|into|along|for|from)\b",
    r"(which|what) other (people|teams?|departments?|functions?|managers?|sites?|colleagues?|offices?)|stakeholders?",
    r"(anyone|anybody|someone|somebody|nobody) (else|besides|apart|other than|who|on your side|in your|at your)",
    r"(besides|apart from|other than|beyond|aside from|as well as|along with|next to|not counting) (you|yourself|yourselves|the two|him|her|them|\w+)\b.{0,60}\b(who|whose|anyone|anybody|someone|somebody|which)",
    r"(a say|the last word|final word|a vote|a veto|picks? holes?|speaks? up|kicks? up|whose (day|neck|budget|job|life|desk|signature|decision|call|name)|(has|have) \w+'s ear|listens? to)",
)
_STAKE = any_of(
    r"(decid\w+|decision|approv\w+|sign(s|ed|ing)?|sign(s|ed)? (off|it)|signature|agree[sd]?|consent\w*|has (the|a) (final|last) (say|word)|the final say|bless\w*|green ?light|okays?|veto\w*|votes?|object\w*"
    r"|oppos\w+|against|convinc\w+|persuad\w+|win over|on board|loop(ed)? in|consult\w*|weighs? in|has to be (happy|convinced|asked)"
    r"|annoyed|upset|affected|impacted|suffers?|rel(y|ies) on|depends? on|holds? the (purse|money|budget)|controls? the|owns? the (budget|decision|money)"
    r"|budget (holder|owner)|responsible for (this|the decision|the budget|buying)|sponsor\w*|champion\w*|block\w*|has (any |a )?(stake|interest)|involved|new (since|round|in)|took over|replaced|gets? to (see|decide|say)|signoffs?|goahead|greenlight|buyin|higherups?|keen(est)?|unhappy|nervous|lose out|loses? sleep|push(es|ing)? (back|for)|fight|resist\w*|support\w*|weigh(s|ing)? in"
    r"|cares? (most|about)|concerned|sits? (on|in) the|(the )?hardest to|would have to|needs to (be|see|agree|know|sign|approve|say))",
)
_MODAL = any_of(
    r"(who|whose \w+|whom|anyone|anybody|someone|somebody|which( \w+){1,5}|what (people|roles|teams|departments))( \w+){0,4}? (would|will|should|could|might|needs? to|has to|have to|must|ought to|wants? to|gets? to)",
    r"(who'd|who'll|(anyone|anybody|someone|somebody) who('d|'ll| would| might| could| will))",
    r"(would|will|should|could|might|do|does) (\w+ )?(anyone|anybody|someone|somebody)",
)
_NOT_STAKE = any_of(
    r"who else (does|gives|offers|gets|makes|builds|sells) (it|you|that|this|one|anything)\b|who (else )?wouldn't|(mates|friends|pals|contacts|anyone you know|other \w+) who (run|runs|own|owns|have|has|might|could use)",
    r"who('s|se| is)? ([\w']+ ){1,3}(dialling|dialing|joining|calling|ringing) (in )?(from|on)",
    r"(newsletter|mailing list|subscri\w+|brochure|catalogue|christmas card|linkedin|promotions?|offers list)",
    r"^(and |so |okay )*who (?!(signs|approves|decides|owns|pays|uses|needs|wants|gets|loses|has|makes|says|agrees|holds|leads|controls|is|was|does|else)\b)\w+s (your|the) \w+$|(anyone|anybody|someone) (have|got|want|need) (a|an|any|some) \w+$",
    r"who (do|did|can|should|must) (we|i) (\w+ ){0,3}(thank|blame|owe|credit)|who (told|sent|recommended|referred|pointed|put) (you|us|me)( \w+)*",
    r"^(and |so |well |i mean )*who (wouldn't|doesn't|won't|hasn't|isn't) (\w+ )?(want|love|like|enjoy|need|be (happy|delighted|thrilled|pleased)|fancy)( (to|a|an|this|that|it|more|some|one|with|for|all))?( \w+){0,4}$",
    r"(are|were) you (the|a)",
    r"who (do|did|are|would|have|were) you (\w+ )?(buy|bought|get|use|using|with|order|bank|work|working|pay|call|ring|speak|talk|look|looking|looked|considering|consider|see|insure|rent|lease)",
    r"who else (have|are|did|do|were) you (\w+ )?(look\w*|talk\w*|speak\w*|consider\w*|us\w+|see\w*|invit\w+ to quote)",
    r"who (?!(is|was) it (that|who)\b)(is|was|supplies|provides|made|built|installed|designed|does|runs|handles|manages|looks after|services|wrote|owns) (your|the|his|her|it|that|them|those|this|all)( \w+){0,8}$",
    r"(friends?|contacts?|firms?|companies|businesses|clients?|shops?|schools?) .{0,40}(might|would|could) (like|want|be interested|need|use one|enjoy)",
    r"(know|knows|think of) (anyone|anybody|someone|somebody|of any)",
    r"who('s| is| has|'ve| have)? (\w+ )?(joined|joining|dialled|dialed|on the (call|line|other end))",
    r"who (else )?(do|would|might) you know|(at|in|from) other (schools|firms|companies|shops|towns|places|clinics|hospitals|hotels|cities)",
    r"who (told|gave|said|sent|referred|recommended|calls|rings|rang|called|won|taught|takes|brought|let|dropped|left|broke)",
    r"(on|from|of) (our|my) (side|team|end)",
    r"who('s| is) (that|this|speaking|calling|there)",
    r"who (should|can|do|could|shall) (i|we) (\w+ )?(send|email|address|write|make (it|this) out|invoice|bill|ring back|call back)",
    r"(the one|he|she|person|people|lad|guy|man|woman|somebody|someone) who (signs?|decides?)$",
)


def consequence_form(text: str) -> float:
    """Chance that a question asks what something leads to.

    >>> consequence_form("what does that do to the renewal") > 0.5
    True
    >>> consequence_form("what happens when you press export")
    -1.0
    """
    if worth_form(text) > 0 or _PROCESS.search(text):
        return VETO
    return FORM if _EFFECT.search(text) else 0.0


@lru_cache(maxsize=2048)
def worth_form(text: str) -> float:
    """Chance that a question has the customer say what a solution would be worth.

    >>> worth_form("if quotes went out right first time what would that free up") > 0.5
    True
    """
    if _NO_GAIN.search(text) or _BAD_TURN.search(text):
        return VETO
    return FORM if (_CONDITION.search(text) and _GAIN.search(text)) or _PAYOFF_PLAIN.search(text) else 0.0


@lru_cache(maxsize=2048)
def difficulty_form(text: str) -> float:
    """Chance that a question asks for a difficulty, a gap or a dissatisfaction.

    >>> difficulty_form("where does the handover usually go wrong") > 0.5
    True
    """
    if _NOT_HARD.search(text) or worth_form(text) > 0:
        return VETO
    return FORM if _HARD.search(text) else 0.0


forgets(worth_form.cache_clear)
forgets(difficulty_form.cache_clear)


def people_form(text: str) -> float:
    """Chance that a question asks who else is affected, decides or must be brought.

    >>> people_form("who will be annoyed if this changes") > 0.5, people_form("are you the decision maker")
    (True, -1.0)
    """
    if _NOT_STAKE.search(text):
        return VETO
    if _ELSE.search(text) or (_WHO.search(text) and (_STAKE.search(text) or _MODAL.search(text))):
        return FORM
    return 0.0
