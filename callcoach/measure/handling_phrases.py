"""The words by which a rep turns away from, notes, sympathises with, answers or checks a concern."""

from __future__ import annotations

import re

from callcoach.measure.language import any_of

CHANGES_SUBJECT = any_of(
    r"let me (\w+ )?(tell|show|read) you (\w+ )?(how|about|a bit about|what we|who we|our|the story|something)",
    r"(let's|let us|let me|shall we|i'll|i'd like to|we should|i want to|can i|could i) (just |now |quickly |then |rather )*(look at|move on|move over|go on|go (over )?to|turn to|get (back|on|to)|start with|come to|talk about|jump|switch to|carry on|continue|press on|show you|stop there)",
    r"(next|other|another|new) (page|tab|menu|part|bit|view|feature|module|section|slide|topic|subject|screen|point|thing|question|item)",
    r"(here's|here is|this is|that's|there's|these are|as you see here) (the|our|a|my|your|another) (\w+ )?(page|slide|screen|calendar|report|reporting|dashboard|chart|menu|button|tab|list|video|brochure|app|agenda|roadmap)",
    r"(on|in|under|behind) (the|this|that) (next|other|second|third|left|right|top|bottom|following|left hand|right hand) (\w+ )?(tab|page|screen|side|slide|menu|corner|bar|column|panel|view|section|row|button|picture|list)|(and )?(then|now|so) (here|over here|down here|up here|on (the|this)) (\w+ ){0,3}(you|we|is|are|there)",
    r"(moving|getting|coming) (on|back|along)( to)?|(?<!what's )(?<!what is )going (on|back|along) to",
    r"(on|at|to|over to|see|of) (page|slide|sheet|screen|tab|section|chapter|point|item|number|step|appendix) (\w+)|(where (was i|were we|i was|we were)|as i was saying|(back|returning|coming back) to (the|my|our|what) (\w+ )?(list|page|slides?|deck|brochure|tour|demo|presentation|agenda|features?|programme|plan|screen|catalogue|i was|we were))",
    r"(you'll|you will|you can|you) (also |now |then )?(find|see|notice|spot) (the|our|a|an|all|that|here|there) (\w+ )?(colou?rs?|menu|photos?|pictures?|diagram|logo|list|gallery|features?|buttons?|chart|options|models|range|team|map|timeline|screens?|certificates?|awards?)",
    r"(anyway|anyhow|by the way|speaking of|first things first)",
    r"^(okay |right |so |great |good |now )*(next|on we go|onwards?|moving (swiftly )?on)$",
)
SMALL_TALK = any_of(
    r"how (was|were) (your|the) (\w+ )?(trip|holidays?|weekend|journey|flight|drive|evening|christmas|wedding|party|match|game|race|run)",
    r"(holidays?|vacation|weekend|weather|football|match|kids|children|wife|husband|family|coffee|lunch|traffic|birthday|christmas party|golf|dog|cat|easter|summer|bank holiday|garden|trip|team) ?(this|last|next|plans?|like|doing|treating|over|so far|$)",
    r"(get|got|getting|go|been|going) (away|anywhere)( \w+){0,4}|(see|watch|catch) (the|that|any of) (\w+ )?(game|match|news|final|show|football|cup)|(had|have|having) (a )?(lunch|breakfast|good weekend)",
    r"how('s| has|'ve)( been)? (the|your) (\w+ )?(drive|journey|traffic|trip|flight|weather|weekend|holiday|family|kids|baby|garden|dog|cat|house|knee|back|commute|roads?|train|parking|day|morning|evening|week)( \w+){0,3}$",
    r"(going|been) (on holiday|away|anywhere nice|out tonight)",
    r"(trip|journey|flight|holiday|weekend|evening|party|race|cruise|wedding|move|marathon|concert|festival) (to|in|on|at|over|around) \w+|(was|is) it (very |nice and )?(warm|hot|sunny|cold|nice|fun|busy|raining|snowing|lovely)",
    r"how (are|is|was|were) (you|your|the) (\w+ )?(day|week|morning|weekend|trip|holiday|holidays|journey|flight|drive|evening|christmas|kids|family|baby|house|garden|new house|dog|cat|match|game|wedding|party)",
    r"how (are|is|was) (you|your (day|week|morning|weekend|trip)|things|life|everything)( today| doing| keeping| by the way|$)",
    r"(watch|see) the (game|match|football|cup)",
)
EMPTY = any_of(
    r"(i|we) (\w+ )?(hear|understand|see|get|feel|appreciate|respect|acknowledge|sympathise|sympathize) (that|you|it|this|where you're coming from|what you mean|what you're saying|your (concern|point|worry|position|frustration))?( completely| totally| fully| entirely)?",
    r"(totally|completely|fully|really|absolutely|perfectly) (hear|understand|get|see|fair|valid|normal|understandable)( you| that| it)?",
    r"(that|it|this)('s| is| makes| sounds| must be| seems)? (\w+ )?(fair|fair enough|understandable|valid|sense|total sense|perfect sense|a (fair|good|great|valid) (point|question|concern)|tough|hard|frustrating|reasonable|normal|common)( to (hear|say|ask|know))?",
    r"(good|great|fair|valid|excellent|interesting) (question|point|concern|enough|one)",
    r"(i |we )?(really |just |do |so )*(love|like|appreciate|respect|value|admire) (that|it|this|you|your \w+|the \w+)( (for )?(raising|saying|asking|sharing|bringing|telling|flagging|being)( [\w']+){0,4})?",
    r"(thank you|thanks|cheers)( so much| very much| a lot)?( for (\w+ ){1,6}\w+)?",
    r"(sorry|i'm sorry|apologies)( to hear (that|it)| about that)?",
    r"(that|it|this|what)('s|s| is| was|'d be| must be| must have been| sounds?( like)?| would be| can be)? (really |quite |such |very |pretty |so )*(a |an |no )?(awful|terrible|dreadful|horrible|nasty|bad|sad|grim|rotten|shocking|unlucky|unfortunate|rough|tough|scary|frightening|worrying|good|fair|big|natural|normal|common|understandable|reasonable|lovely|interesting|painful|stressful|difficult|awkward) (story|stories|thing|things|time|times|business|experience|shame|pity|luck|fear|worry|feeling|position|reaction|spot|place|instinct|step|decision|question|one|news|read|situation)( to (be in|have|ask|hear|read|make|feel|take|go through|have been through))?( (with|for) (you|them|anyone|everyone|everybody))?",
    r"(that's|that is|this is|it's|what) (a |an |really |very |such |so |quite )*(useful|helpful|handy|great|valuable|clear|honest|sensible|important) (\w+)( to (know|hear|have))?( \w+)?( thank you| thanks)?",
    r"you (deserve|earned|earn) (it|that)|good for you|lucky you",
    r"(i|we) (can|could|do|would|'d|'ll)? ?(\w+ )?(imagine|tell|bet|picture) (it|that|so|how|why|what)?( \w+){0,6}$",
    r"(i'd|we'd|i would|we would|anyone would|anybody would|you would|you'd|most people would|everyone would) (\w+ )?(be|feel|think|say|ask|want|worry|hesitate)( (the same|that|so|just|too|exactly|cautious|wary|careful|upset|cross|nervous|worried|annoyed))+( way| in your (shoes|place|position))?",
    r"(don't|needn't|no need to|nothing to) (you )?worry( about (it|that|a thing))?|(trust|believe) me|i hear you( loud and clear)?|message received|loud and clear|point taken|good shout|that's life|such is life|(you're|you are) (not )?(the (first|only) (one|person)|alone|right to \w+)( to (say|ask|raise|feel|think) (that|so|it|this))?",
    r"(i'm|i am) with you",
    r"(i|we)('d| would|'m| am)? (\w+ )?(love|like|want|keen|happy|eager|glad|here|need) to (\w+ )?(explore|understand|hear|dig|learn|listen|unpack|get to the bottom)( \w+){0,4}",
    r"(of course|sure|right|okay|yes|yeah|no|well|hm|hmm|mm|oh|ah|and|but|so|perfect|great|good|lovely|fine|indeed|exactly|true|certainly|absolutely|understood|noted|got it|i see)",
    r"(many|most|lots of|a lot of|other) (people|customers|clients|firms) (say|ask|tell me|feel) (that|this|the same)",
    r"(so )?that's (all )?(settled|sorted|dealt with|done|that|solved|clear)( then)?",
    r"totally settled",
    r"we've (explored|discussed|covered|been through) (that|this|it)",
)
WRITES_DOWN = any_of(
    r"(written|wrote|noted|writing|noting|make a note|made a note|note|put|taken) (of )?(that|it|this)( all)? ?(down)?$",
    r"(i|we)('ll| will| won't| shan't|'d better) (\w+ )?(keep you|let you (go|get|be|carry)|leave you (to it|in peace|alone|be)|hold you (up|back)|take (any |up |no )?(more |up )?(of )?your time|bother you|trouble you|get out of your (hair|way)|say goodbye|(call|ring|try|come) (you )?(back|again|another time|some other))( \w+){0,4}$",
    r"(i'll|i will|let me) (just )?(note|write|take|pass|think about|look into|ask|check)( \w+){0,3}$",
)
OF_CONCERNS = any_of(
    r"(that|that's|this|it|it's|its|them|they|those|these|there|one|then|so|happened|heard|read|before|last|behind|because)",
    r"(pay\w*|paid|spend\w*|spent|budget\w*|cost\w*|money|charg\w+|compar\w+|afford|figure|aside|cheaper|quote\w*|price\w*|worth|save|total|room|stretch)",
    r"(when|month\w*|season|quarter|deadline|renew\w*|expir\w+|end|ends|contract|notice|tied|soon|wait|busy|busiest|quiet\w*|timing|change[sd]?)",
    r"(decid\w+|sign\w*|approv\w+|say|need\w*|want\w*|involved|convinc\w+|ask|board|boss)",
    r"(worr\w+|concern\w*|risk\w*|trust\w*|wrong|fear\w*|hesita\w+|doubt\w*|prefer\w*|like|happy|miss\w*|better|worse|hard\w*|trouble|problem\w*|bother\w*|mean\w*|matter\w*|important|difference|hold\w*|stop\w*|fit|work\w*|enough|safe\w*|sure|prove|proof|see|show)",
)
"""What a question that explores a concern speaks of: what was just said, or what concerns are about."""

SHORT_SAYS = re.compile(
    r"\b(?:\d|per ?cent|percent|off|free|cheaper|less|instead|month|quarter|guarantee|refund|waive|include|settled already)"
)
_SETTLES = (
    r"(settles?|answers?|helps?|address|addresses|deals?|dealt|solves?|solved|resolves?|cover|covers|reassures?|fix|fixes|sorts?|enough|sits?"
    r"|ease|eases|satisf\w+|convince|convinces|do it|does it|work|works|make it|makes it|change|changes|put|puts|take care|takes care|clear"
    r"|clears|get|gets|leave|leaves|meet|meets|fit|fits|land|lands|sound|sounds|feel|feels|look|looks|close|better|easier|happier|calm|bring|brings|let you|square|squares)"
)
CHECKS = any_of(
    rf"(does|do|would|will|did|has|is|are|can|could) (that|this|it|those|these|paying|having|doing|getting|knowing|your|their|the|my|our|which|what i \w+)( \w+){{0,7}} {_SETTLES}",
    r"((does|would|will|could|might|has|would having|would doing) (that|this)|(do|would) you (think|reckon|feel|say) (that|this|it)('d|'ll| would| will| could| does))(?! (be|is|mean|include|come) (the|your|an?|on|in|at|from) )( \w+){1,}",
    rf"how (does|do|would|will|did|is) (that|this|it|those)( \w+){{0,3}} {_SETTLES}",
    r"(is|are|was|has|does|do|would|will) (that|your|the|their|there|this|it|any)( \w+){0,6} (concern|worry|doubt|doubts|worries|problem|issue|reason|question|fear|hesitation|gone|solved|settled|still|left|open|standing|remaining|remain|outstanding|otherwise)",
    r"(is|are|was) (there )?(anything|something|any \w+) (else|more|left|still|other)",
    r"(anything|something|what) (else|more|other)( \w+){0,5} (worr\w+|concern\w*|stop\w*|bother\w*|way|mind|hold\w*|on this|about (it|that|this))",
    r"(are|would|do) you (now )?(be )?(\w+ )?(comfortable|happy|reassured|easier|okay|all right|alright|satisfied|convinced|at ease|confident|feel (better|easier|differently|comfortable))",
    r"(where|how) (does|do) (that|this|it|you) (leave|stand|feel|sit)( \w+){0,4}( now)?",
    r"(is|would) (that|this|it) (\w+ ){0,3}(enough|okay|fine|a case|something you|what you|do for you|do$)",
    r"or (still not|is there (another|more|something)|not|something (more|else))$",
    r"(have|did) (i|we) (answer|address|settle|cover|deal|understand|put)",
    r"(reckon|think|suppose|guess|feel|say|hope|sure|mean)( you| that)? ?(that|this|it|those|they)('d|'ll|'s| would| will| might| could| does| is| should)( \w+)? (be |do |make |help |work |go |sit |suit |fit |cover |keep |convince |satisfy |persuade |settle |ease |get |calm |enough|fine|okay|better|easier)( \w+)*",
    r"(could|can|would|will|might) (you|she|he|they|your \w+|the \w+) (\w+ )?(live with|go with|work with|accept|run with|sleep|manage|be (happy|fine|okay|comfortable|all right|alright|satisfied|content|easier)|sign up to|buy|cope|get behind|take) ?(that|this|it|with|on|better|for|$)",
    r"(is|are|would|does|do) (\w+ ){1,6}(worth (a|an|it|another|the|having|ten|\d+)|or (is it )?(still|not|no|would|does|are|do|more|too)|or (is|are|would|do) (you|it|that|there|she|he|they) )",
    r"(are|is|were|would) (we|you|that|it|he|she|they)( be)?( now| any| a bit| all| feeling| more| then| feel)* (happier|better|easier|calmer|surer|all right|alright|okay|good|square|squared|sorted|settled|happy|clear|fine|there)( on| with| about| for| now| then| here| by)+( \w+){0,3}",
    r"(is|was|would|sounds?|seems?|feels?) (that|this|it)( be| like| feel| seem)? (a )?(\w+ )?fair( \w+){0,4}",
    r"(are|is) (we|you|that|it) (\w+ )?(square|squared away|sorted|any happier|happier|there now|all right)( \w+){0,4}",
    r"(on a scale|is it a yes)",
    r"^(so |and |okay |right |then )*(does|do|would|will) ([\w'-]+ ){1,5}(do|suit|work for|help|sort|settle|clear|cover|fix|solve) (you|it|that|this|for you|the [\w-]+)( \w+){0,2}$",
    r"^(so |and |you )*(happy|comfortable|easier|okay|all right|alright) (on|with|about) (that|it|this)\b( \w+){0,2}",
)
PLAIN_ASSENT = re.compile(
    r"(?:(?:okay|oh|ah|right|yes|yeah|well|all right|alright|good|great|lovely|perfect|sure|then|in that case) )*"
    r"(?:(?:that's|that is|that'd be|that would be|it's|that sounds|sounds|that'll be|we're|i'm) (?:\w+ ){0,2}?(?:fine|good|great|okay|all right|alright|perfect|lovely|settled|sorted|happy|no problem|fair enough)"
    r"|(?:that|it) (?:works|suits|will do|settles it|does it)|that'll do|fair enough|no problem)"
    r"(?: (?:then|for (?:us|me)|by (?:us|me)|with (?:us|me|that)|enough|thanks|thank you|now|okay|yes|yeah|that|it))*"
)
"""All that a customer says who has no more to say against it."""
OWN_LIFE = any_of(
    r"(my|our) (\w+ )?(aunt|auntie|uncle|mum|mother|dad|father|gran|nan|grandmother|grandfather|grandad|sister|brother|cousin|niece|nephew|wife|husband|partner|son|daughter|kids|neighbours?|best friend|friend|mate|in-laws|mother in law|father in law|dog|cat)('s)?"
)
"""A story from the rep's own life is sympathy, and answers nothing."""
THANKS = re.compile(
    r"(?:(?:and|so|well|okay|but|right|i|we|just|want to|wanted to|really|must|do) )*(?:thank|thanks)\b"
)
WHILE_HERE = any_of(
    r"while (you're|you are|we're|we are|i'm|i am|i've got you|i have you) ?(here|at it|on the (phone|line|subject)|talking|chatting|speaking|on)?$|while (you're|you are|we're|we are|i'm|i am) (here|at it|on the (phone|line|subject)|talking|chatting|speaking)|while i('ve| have) (got )?you"
)
