"""The words of a question that asks whether what was shown is clear or fits."""

from __future__ import annotations

from callcoach.measure.language import any_of

BARE = any_of(
    r"^(so |and |okay |right |well |now )*((does|do|did|is|was|are) )?(that |this |it |everything |all |it all |this all |that all |you |you all |we )?(all |so far |still |also )*(make|makes|making|made) (any |some |good |enough |perfect )?sense( so far| to you| now| all| at all| or not| to everyone| up to here| until now)*$",
    r"^(so |and |okay |right |well |now )*((does|do|did|is|was|are) )?(that |this |it |everything |all |it all |this all |that all |you |you all |we )?(all |so far |still |also )*(clear|following|follow|with me|good|okay|understood)( so far| to you| now| all| to everyone| up to here| until now)+$",
    r"^(so |and |okay |right |well |now )*((does|do|did|is|was|are) )(that |this |it |everything |all |it all |this all |that all |you |you all )(all |so far |still |also )*(clear|following|follow|with me|understood|good so far)$",
    r"^(so |and |okay |right |well |now )*(any|are there any|do you have any|got any|have you any) questions( so far| on that| at this point| about that| on this| up to here)*$",
)
"""A whole question that holds nothing but the formula: "does that make sense so far?"."""

POINTS = any_of(
    r"which (of (the|these|those|them)|bits?|parts?|ones?)( \w+)*",
    r"what (did|have) (i|we) (\w+ )?(leave|left|miss|missed|forget|forgotten|skip|skipped)( out)?",
    r"(what's|what is|is|anything|something|any) (\w+ )?(missing|unclear|puzzling|questions?)",
    r"(?<!do )(this|that|these|those|it|here|in there|what i('ve| have)? (just )?(shown|showed|described|said)|what you('ve| have)? (just )?(seen|saw)|what we('ve| have)? (just )?(seen|saw|looked at)|the way it is|so far|or was i|was i too)(?! (week|year|month|time|morning|afternoon|evening|season|summer|winter|spring|autumn))",
)
SHOWS = any_of(
    r"(here|there)('s| is| are| you|we)?",
    r"(this|that|these|those)('s| is| are| here| there| was| were| one| page| screen| form| list| view| tab)?( \w+)? (is|are|shows?|gives?|prints?|goes|comes|opens|tells|sends|saves|means|blocks|locks|draws|counts|lets|makes|turns|your|the|our|a|an|my|what|where|how|on|in)",
    r"(that|this)('s| was| is) (the|a|an|my|our|your|how|where|what|it)",
    r"(on|to|at|in) (the|your|my|our|this|that) (left|right|top|bottom|side|screen|page|map|chart|list|dashboard|menu|corner|middle|app|phone|tablet)",
    r"you (just |can |then |simply |first |could |now )*(click|see|scan|tap|draw|press|type|drag|pick|choose|open|select|swipe|get|enter|put|snap|hold|look|sort|filter|print|export|upload|search|point)",
    r"(up comes|turns (green|red|amber|up)|pops up|shows (up|you|the|a)|prints|comes up|lights up|appears|drops (off|into|down)|goes (green|red|amber|grey|to)|locks|sends|moves)",
    r"(i|we) can (\w+ )?(\w+ )?(add|show|hide|move|change|sort|colour|filter|switch)",
    r"(new|the (next|second|third|last|first)) (since|thing|part|page|screen|one|step|button|tab|report|column)",
    r"(i|i've|we|we've) (just |now )*(moved|put|saved|added|lit|opened|changed|set|built|drawn|shown|showed|marked|made)",
    r"\w+ (here|there|now|up|below|above|across) (with|by|in|on|as|and)",
    r"(it|that|this|which) (then )?(tells|asks|sends|saves|shows|prints|reads|blocks|counts|waits|lets|gives|locks|checks|goes|comes|draws|sorts|turns|works out|adds)",
    r"every(one|body|thing)? \w+ (who|that|which|shows|gets|goes|has|is)",
)
"""A rep who shows or describes something that the customer is looking at."""

NAMES_IT = any_of(
    r"(this|these|those|that) (?!(you|we|i|they|he|she|it|is|was|would|will|'s|do|does|to|for|and|of|in|on|at|with|your|my|our|the|a|or|right|what|how) )\w+"
)
"""A demonstrative with a noun: "those colours"."""

EVALUATES = any_of(
    r"(fits?|fitting|suits?|works?|working|matches|match|matching|compares?|compared|clear|clearer|unclear|clearly|confusing|follow|sense|simple|easy|easier|readable|legible|understandable|obvious)",
    r"(make|think|thoughts) (of|about|on)",
    r"(sits?|sitting|go|goes|going) (with|down|right|well)",
    r"(looks?|looking|sound|sounds|feel|feels|strike|strikes|seem|seems|handle|handles|land|lands)( \w+){0,2}( like| to| for| right| good| okay| familiar| useful| enough| as)",
    r"how (does|do|would|is|are|will) (that|this|it|these|those|the \w+)( \w+)? (look|sound|feel|strike|seem|sit|land|compare|fit|work|suit|go|measure|stack|line|match|differ)",
    r"(close|closer|near|nearer|similar|different|differ|differs|like|unlike|better|worse|same|bigger|smaller|quicker|slower|more|less)( \w+){0,2} (to|from|than|as|enough|what)",
    r"what (you|your \w+|they) (\w+ )?(had in mind|had in your mind|expected|were (after|expecting|hoping|thinking|looking)|imagined|wanted|need|asked|are (after|looking)|meant|'re after|look for)",
    r"(cover|covers|meet|meets|tick|ticks|answer|answers|do|does|solve|solves|address|get|gets) (what|all|everything|your|the|most|that|it for|for (you|your))",
    r"(useful|usable|practical|workable|relevant|recognise|recognize|too (much|many|fast|quick|slow|small|big|long|complicated))",
    r"(would|could|can|will|might) (you|your|they|anyone|people|staff|that|this|it|the)( \w+){0,5} (use|manage|cope|handle|accept|trust|read|ignore|miss|prefer|help|like|need|do|be (enough|right|happy|okay|useful|of use))",
    r"(is|are) (that|this|it|those|these)( \w+){0,5} (right|enough|missing|happy|helpful|what|anything|how|okay)",
    r"(measure|measures|stack|stacks|line|lines|hold|holds|stand|stands) up",
    r"(could|can|would|will) (you|your|they|the|anyone|people|somebody)( \w+){0,4} (use|manage|follow|work|live|understand|read|find|spot|learn|cope|handle|run)",
    r"(stumble|struggle|trip|confus\w+|get stuck|get lost|lose (you|them)|be (hard|difficult|a problem|an issue|trouble))",
    r"what (did|have) (i|we) (\w+ )?(leave|left|miss|missed|forget|forgotten|skip|skipped)( out)?( \w+)*",
    r"in what way|how far (is|are|off|away|out)( \w+)? (that|this|it|they|those|what)\b",
    r"(could|can|would|do) you (see|imagine|picture|envisage) (your \w+|your \w+ \w+|them|yourself|it|this|that|people|anyone|the \w+)( \w+){0,3} (\w+ing|in|on|at|with|for)( \w+)*",
    r"(like|anything like|close to|far from|similar to|different from|any different from|better than|worse than|match|against) (the one|the ones|what|how|yours|your|today|now|the way)( \w+)*",
    r"(make of|say to|think of|take on|view on|feel about|reaction to|impression of) (it|this|that|these|those|them|the \w+)( \w+)*",
    r"(better|worse|easier|harder|quicker|slower|simpler|clearer|more|less|useful|handy|right|enough)( \w+)? or (\w+ )?(better|worse|easier|harder|quicker|slower|simpler|not|less|more|would|does|is|too)",
    r"(better|worse|easier|harder|quicker|slower|simpler|clearer|handier|enough)( \w+)? (for|on|at|in) (you|your|them|the|us)",
    r"(sort|kind|type|level|amount) of (thing|things|\w+) (you|they|your|that)('d|'re|'ve|'ll)?( \w+)*",
    r"(recognise|recognize|see|spot) (your|yourself|yourselves)( \w+){0,4} (in|here|there)",
    r"(anything|what|something|part|bit) .{0,40}(bother|annoy|scare|put off|slow|worry|trouble|surprise|strike|please|jar)s? (you|your|them|the)",
    r"(tally|tallies|squares? with|chimes? with|aligns? with|lines? up|maps? (to|onto)|relates?|resonates?|rings? true|missing|questions? (on|about|so far|before|at this)|anything (you'd|to) (ask|add|clarify|query)|jump\w* out|stands? out|reactions?|impressions?|happy with|comfortable with|keen on|reservations)",
    r"(picture|imagine) (you|your|them|this|that|it|someone|people|the)( \w+){0,5} (using|working|doing|being|with|in|on|at)",
    r"(get|gets|getting) on with|take to|takes to|(in|out of) (your|the|their) (\w+ )?way|trip (you|them|people) up|put (you|them|people) off|feel about|feels about|find (it|this|that|these|those)|need changing|change about|react to|say (to|about) (this|that|it|these)|be (any )?(good|use|help) (for|to)",
    r"which (of|bit|part|one|bits|parts)",
    r"what would (you|your)( \w+){0,3} (change|miss|add|do with|use)",
)
WORLD = any_of(
    r"(you|your|you're|you'd|yours|they|their|staff|team|people|it|that|this|which|anything|enough)"
)
PICTURES = any_of(
    r"(could|can|would|do) you (see|imagine|picture) (your|them|people|anyone|the|yourself|it|this|that) (\w+ ){0,3}(\w+ing|fit\w*|work\w*)"
)
"""A question whether they can see it used, which is none about the picture on the screen."""

LEADS_ON = any_of(
    r"(shall|should|can|could|may|do you want me to|want me to|would you like me to) (i|we)?( \w+)? ?(go|move|carry|continue|show|start|jump|skip|open|press|scroll|share|zoom|come back|send|book|set)( \w+)? ?(on|to|with|you|up|this|that|it|the|over|ahead|in|out|back)?",
    r"(is|are|can|could|do|does)( \w+){0,3} (see|seeing|hear|hearing|showing|visible|sharing|audible|muted|frozen)( \w+){0,3}( me| us| it| my| screen| window| picture| side| okay|$)",
    r"(when|what (time|day|date)|who else|how (many|much|long|often|old|far(?! (is|are|off|away|out)( \w+)? (that|this|it|they|those|what)\b)))",
    r"(next|this|last) (week|month|year)",
)
NO_CHECK = any_of(
    r"(did|was|were|had) (you|your|they|he|she|it|that)( \w+){0,6}",
    r"(is|was) that (what you|how you|how it|right|correct|it|you|your|who|why|where|when)",
    r"(is it|so it's|it's) (\w+ ){0,6}(or is it|or the|and not|more than|rather than)",
    r"if (you|your|that|it|the)( \w+){1,12} (what|how|who) (would|could|might|does|do)",
    r"(can|could|may) i (\w+ )?(get|have|take|ask|ring|call|send|put|just)",
    r"how (did|do|many|much|often|long|are) (?!you (think|reckon|feel|see|find|like|imagine))(you|your|they|people)?",
    r"(who|whose|why|when)",
)
"""Questions about facts, the past or the customer's own words."""

ABOUT_CONCERN = any_of(
    r"(settle|settles|worry|worries|concern|concerns|doubt|doubts|objection|hesitation|put your mind|mind at)",
)
