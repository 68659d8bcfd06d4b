"""Giving ground on price or terms, what is asked for it, and proposals of either side.

Plain words of one unit of a turn in, yes or no out. What is given up is a price, a fee, time to
pay, a minimum, or work that would cost; a list price read out gives nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from callcoach.measure.language import any_of, word_set
from callcoach.measure.last import forgets

NUMBER = (
    r"(\d[\d.,/-]*%?|(a )?tenner|(a )?fiver|a (half|third|quarter|fifth|tenth)|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)([ -]?\w+)?"
    r"|a (hundred|thousand|grand|couple|dozen|few|bit)|hundred|thousand)"
)
_TERM = (
    r"(prices?|costs?|rates?|fees?|charges?|discount|rebate|deposit|minimum|surcharge|penalty|notice|term|terms|uplift|increase|rise|freight|delivery"
    r"|shipping|travel|carriage|postage|installation|install|setup|set-up|set up|training|onboarding|support|warranty|guarantee|maintenance|licen[cs]es?"
    r"|seats?|months?|weeks?|year|days?|hours?|invoice|bill|bills|vat|tax|credit|spare|upgrade|module|implementation|migration|commission|margin|callout|call-out"
    r"|prepay\w*|pre-pay\w*|billing|invoicing|payments?|per ?cent|percent|pounds?|euros?|dollars?|quid|grand|bucks|k|pence|cents|points?|off|free|extra|add-on|parking|storage|cleaning|insurance|consult\w*|visit|visits)"
)
_WILL = (
    r"(i|we)('ll|'d| will| can| could| would| am| are|'m|'re| might be able to| may be able to|'m able to| shall)"
    r"( \w+ly| just| also| gladly| then| even| probably| be able to| be willing to| be prepared to| be happy to| happy to| willing to| prepared to| going to| able to| let)*"
)
_LOWER = r"(chop|lop|whittle|tick|nudge|take|taking|knock|knocking|shave|drop|dropping|cut|cutting|trim|reduce|reducing|lower|bring|come|go|halve|halving|slash|round|squeeze|sharpen)"
_SWALLOW = (
    r"(chuck|chucking|sling|slinging|bung|bunging|pop|toss|tossing|lob|waive|waiving|scrap|strike|skip|absorb|swallow|eat|cover|carry|pay|foot|stand|forget|forgo|write off|remove|delete|lose|hold|freeze|keep|match"
    r"|split|share|defer|extend|stretch|delay|postpone|push|move|bump|wait|throw in|throwing in|include|add|give|giving|offer|do|make|let you have|upgrade|bundle)"
)
_IF = r"(if|provided( that)?|providing( that)?|as long as|so long as|on (the )?condition( that)?|only if|when|once|assuming( that)?|in case|whenever|should)"
_FIRM_IF = r"(if|provided( that)?|providing( that)?|as long as|so long as|on (the )?(condition|basis|understanding)( that)?|only if|assuming( that)?)"
_WILL_STARTS = re.compile(
    r"\b(?:i|we)(?:'ll|'d|'m|'re| will| can| could| would| am| are| might| may| shall)(?![\w'])"
)
_WILL_GIVE = any_of(
    rf"{_WILL} {_LOWER}( \w+){{0,5}} (off|down|lower|less|price|rate|fee|charge|charges|cost|deposit|minimum|term|by|to {NUMBER}|{_TERM})",
    rf"{_WILL} {_LOWER} (the |your |that |it |you )*({NUMBER}|{_TERM})",
    rf"{_WILL} (waive|waiving|scrap|strike|absorb|swallow|write off|throw in|throwing in|halve|freeze|knock off|take off|drop|match|chuck|chucking|sling|bung|toss|lob)\b(?! (it|that|you|them) (a|an) (line|note|email|call|message))",
    rf"{_WILL} {_SWALLOW}( \w+){{0,4}} {_TERM}",
    rf"{_WILL} (do|make|offer|accept|take|go for|settle for|come (down|in) (to|at)|meet you (at|halfway|in the middle)|sell|call) (it |you |that |them |one )*((for|at|to) )?({NUMBER}|less|better|cheaper|half ?way)",
    rf"{_WILL} (give|let) (you |them )?(\w+ ){{0,4}}(for {NUMBER}|instead of|({NUMBER} )?(per ?cent|percent|off|free|more time|longer|extra))",
    rf"{_WILL} (move|bring|push|put) you (up|forward|ahead|down)",
    rf"{_WILL} (wait|hold off|hold back|sit) (with|on) (the |your )?(bills?|invoices?|payment|money)",
    rf"{_WILL} (take|get|have|bring|put) (\w+ ){{1,5}}(off|down|out of) (the |your |this |that )?(\w+ )?(invoice|bill|price|total|quote|order|contract|to {NUMBER})",
    rf"{_WILL} (hold|keep|freeze|leave|fix|lock) (you |it |that |this |at |to |on |the |last |year's |old |your )*(price|rate|rates|fee|at {NUMBER}|figure|terms)",
    rf"{_WILL} (get|take|bring|have) (you|it|that|the [\w-]+) (down |in |up )?(to |at |for |an? )*(extra |further )*({NUMBER}|[\w-]*{NUMBER}|half)",
    rf"{_WILL} (get|go|come|drop|move|stretch|land|settle|bring it|sharpen|pull)( (it|you|that|them))?( \w+)? (to|at|for) {NUMBER}",
    rf"{_WILL} (squeeze|fit|slot|book|move|bump|get) (you|it|that|them) (in|into|up|forward|ahead)",
    rf"{_WILL} (upgrade|let|forgive|credit|refund|comp|gift|lose|ditch|remove|drop|skip|forget|strike|tear up|come down|come off|ease off|meet you|make an exception|leave (off|out)|take (off|out)|sort you out|look after you)( \w+){{0,3}}",
    rf"{_WILL} (\w+ )?(give|get|add|include|offer|send|put in|throw in) (you )?((the|an?|another|some|your) )?((two|three|four|extra|free|further|additional|spare|more|premium|complimentary) ){{1,2}}[\w-]+",
    rf"{_WILL}( [\w-]+){{1,8}} at (no (extra|charge|cost|additional)|half (price|cost|rate)|cost( price)?$)",
)
_GIVES = any_of(
    r"(i|we)('ll| will| can| could)( \w+){0,5} (for free|free of charge|at no (extra )?(cost|charge)|on us|on the house|without charge|for nothing)",
    rf"(forget|skip|leave out|strike|scrap|never mind|ignore) (about )?(the|that|your) (\w+[ -]){{0,2}}{_TERM}",
    rf"({NUMBER}|the \w+) (\w+ ){{0,3}}(off|less|cheaper|discount|instead) (is|are|would be|'s) (okay|ok|fine|possible|doable|all right|alright|no problem|on)",
    rf"(let me|let us) (\w+ )?(give you|take|knock|throw in|include|drop|waive|do|make|offer)( \w+){{0,4}} ({NUMBER}|{_TERM})",
    rf"(i'm|we're|i am|we are) (\w+ )?(taking|knocking|giving you|dropping|waiving|throwing in|cutting|reducing|offering you|including)( \w+){{0,4}} ({NUMBER}|{_TERM})",
    r"([\w-]+)('s| is|'ll be| are) (on (me|us|the house)|free|included|complimentary|gratis|half price|waived|gone|off the (bill|invoice|table))( then| of charge| for you| instead| as well| too| also| of course)*$",
    r"(no charge|free of charge|for free|no extra (cost|charge)|at cost)( for (that|it|you))?$",
    r"(i'm|we're|i am|we are) (\w+ )?(shaving|slashing|coming down|lowering|halving|throwing|adding|scrapping|dropping|losing|halving|splitting)( [\w-]+){0,4}",
    r"(i|we)( won't|'ll not| will not|'ll never) (charge|bill|invoice|ask)( you)?( \w+){0,2} (for|extra|anything|a)",
    r"(?<!depend )(?<!rely )(?<!count )(?<!call )(?<!based )(?<!check )(?<!calling )(?<!bank )on (us|the house)( too| as well| then| this time| for the (year|first year|duration))?( (and|but) you(?!r own) .*| if .*| provided .*)?$",
    r"you (get|have|can have|could have|pay|keep|take)( \w+){0,5} (for (free|nothing|half|the price of|less)|thrown in|half price|at cost|free of charge|without charge|as a gift|on me)",
    r"(it's|they're|that's|that one's|the \w+('s| is)) (on me|on us|on the house|free for you|yours for (nothing|free))",
    rf"(have|take) {NUMBER} (per ?cent|percent|off|months? free|days|for free)",
    r"(i|we)('ll| will| can| could|'d| would) (?!(be|feel|set|get)\b)([\w'-]+ ){1,6}free( (till|until|for (the|a|one|two|three|six|you)|as|this|in|that|too|all)\b|$)",
    rf"you (can|could|may|might) (have|get|take) (it|them|em|'em|that|this|those|these|one|both|all|the [\w-]+)( [\w-]+){{0,2}} (for|at) {NUMBER}",
    rf"(?<!you )(?<!get )(?<!save )(?<!took )(?<!got ){NUMBER} ((a|an|per) \w+ )?(per ?cent |percent )?(off|less)(?! than)(?! (sick|work|the (list|menu)))",
    rf"(the |that |your )?(\w+ )?{_TERM}( \w+)? (can|could|will|'ll|won't|doesn't have to|needn't) (go|be (dropped|waived|removed|halved|included|free|scrapped|skipped|yours|gone|charged|lower|reduced|on us)|come (off|down|out)|disappear|drop|fall|apply)\b",
    rf"[\w-]+ ((comes|goes|drops|falls) (down|back)|drops|falls) (to|by) (the )?{NUMBER}",
    rf"{NUMBER} (cents?|pence|pounds?|quid|euros?|dollars?|rupees|points?|grand|bucks|hundred|thousand|k) (off|less|cheaper|lower|down)\b",
    r"(i|we)('ll)? (\w+ )?(cut|lower|drop|reduce|halve|trim|shave|slash|waive) (the|your|my|our|it|that)( \w+){1,3} (by|in|to|down|off|for|altogether|completely)",
    rf"{_WILL} do (it|em|'em|them|the lot|all \w+|both|each|those|these)( \w+){{0,3}} (for|at) {NUMBER}",
    rf"(\w+ )?(lower|better|cheaper|longer|shorter|later|earlier|smaller|bigger|free) (\w+ )?{_TERM}( \w+)? (i|we) can (do|give|offer|manage)|(that|this|it) (i|we) can (do|give|offer|manage)",
    r"(they're|it's|that's|that one's|those are) (all )?yours( for (nothing|free))?$|(you can |you may |please )?(have|keep) (it|them|that|those|this|these)( one)?( for (free|nothing)| on me| with my compliments| then)$",
    r"(i|we)('ll)? (\w+ )?(take|knock|cut|shave|strike|drop|waive) (off |out )?(the |that |those |your )?(\w+ ){1,3}?(off|and|$)",
    r"(i|we) (leave|hold|keep|drop|bring|carry|wear|swallow|come (down )?to|go to|give)( \w+){0,4} (price|prices|risk|cost|free|rate|discount|fee|charge|per ?cent|percent)",
)
_COMMERCIAL = any_of(
    rf"{_IF} (you|you'll|you'd|you can|you could|you will|your \w+|they|both \w+)( \w+){{0,2}} (sign|commit|pay|order|prepay|guarantee|renew|extend|name us|refer|introduce|let us|take (it|them|all|two|three|the|both|\w+ (sites|years|months|seats|units))|place|deposit|release|upgrade|double|buy|go (annual|for)|move to|come in)",
    rf"{_IF} (the|that|this|a|an|your) (\w+ )?[\w']+( is| are| gets| was)?( \w+)? (signed|paid|placed|confirmed|in|here|with (us|me)|ordered|settled)",
    rf"{_FIRM_IF} (you|your|we|both|the (minimum|order|volume|term|contract|deposit|board|payment)|payment|everyone|each|all)( [\w'-]+)+? (goes?|go|make|made|are|is|can|could|sign|take|pay|agree|come|comes|move|moves|keep|stay|run|double|add|use|lock|put|get|turn|becomes?|rises?|reach|hit|prepay|return|collect|switch|go|cover|do|give|drop|skip|start|provide|book|bring|order|commit|by)",
    rf"{_IF} (it's|it is|there's|we (get|have|see|had)|i (get|have|see|had))( \w+){{0,3}} (signed|paid|annual|up front|upfront|deposit|order|signature|commitment|reference|volume|term|contract|forecast)",
)
_OWN_PART = any_of(
    rf"{_WILL} \w+",
    r"(i|we) (leave|hold|keep|drop|bring|carry|wear|swallow|come|go|give|do)",
    rf"(becomes?|comes? (down )?to|goes? (down )?to|can be|is|at) {NUMBER}",
    r"(at no (extra |additional )?(cost|charge)|without (extra )?charge|free of charge|for (free|nothing)|on the house|half price|thrown in|at cost)\b",
    r"[\w-]+('s| is|'ll be| are| will be| can be) (on (me|us|the house)|free|included|complimentary|gratis|half price|waived|gone|yours|off)",
    rf"you (can|could|may|might) (have|get|keep|take|pay)|you('ll)? (have|get|pay) ([\w'-]+ ){{1,4}}(for|at) {NUMBER}",
)
_GRANTS = any_of(
    rf"^([\w-]+ ){{0,4}}({NUMBER}|[\w-]+|{_TERM}|that|it|this)( \w+)*? (is|are|'s|would be) (okay|ok|fine|grand|sound|no bother|perfect|possible|doable|all right|alright|agreed|no problem|acceptable|yours)( (if|provided|as long as|so long as|but|by|with) .*)?",
    r"^(\w+ ){0,5}(works|suits|will do|is (on|agreed))( for (us|me)| with (us|me)|$)",
    r"(pay|have|take|keep|make it|call it|use|start|send|give)( \w+){0,6} instead of",
    rf"(you|there)( \w+)? (don't|won't|needn't|do not|will not|shan't|doesn't|isn't|wouldn't)( have| need| be)?( to)? (pay|owe|leave|put down|put up|find|worry about|be charged|charged|billed|any|a|apply)( [\w-]+){{0,4}} {_TERM}",
    rf"(there's|there'll be|there is|with|so|then|okay|that's)? ?(no|zero|without (a|the|any)|not a) ([\w-]+ )?{_TERM}( then| either| at all| for you)?$",
    r"(you|that|it|they)( won't| will not|'ll not|'ll never| don't| needn't) (see|find|get|be|appear|come up|show|go|have) ([\w]+ ){0,4}(bill|billed|invoice|invoiced|charged|statement)( \w+){0,2}",
    r"(forget|never mind|scrap|drop|skip|ditch|lose|leave out|strike) (it|that|them|those|the [\w-]+)( then| altogether| completely)?$",
    rf"^(okay |all right |fine |sure |yes |alright |go on |then )*(take|have|make it|call it) ({NUMBER}|that|it|the)",
    r"^(okay |all right |fine |sure |yes |yeah |alright |go on |then |oh |well )*(consider it|that's|it's|you've got|you have) (done|a deal|yours|gone|off)",
    rf"\b(monthly|weekly|yearly|annual|quarterly|{NUMBER}|half) (\w+ )?(days?|weeks?|months?|billing|terms|payments?|notice|price|rent|rate)( \w+)? it is\b",
    rf"^(okay |all right |fine |sure |yes |alright |go on |then )*(a|an|one|the|{NUMBER}) [\w-]+ (free|off|extra|on us|on the house)\b",
    rf"{_WILL} (do|accept|agree to|live with|go with|take|allow|grant|manage|stretch to|move to|carry|cover|give you) (that|it|this|the|{NUMBER})",
    rf"^(okay |fine |sure |yes |well |alright )*({NUMBER}|[\w-]+)( [\w-]+){{0,3}} (no problem|agreed|done|you've got it|of course|certainly|go on then|it is|why not|with pleasure|gladly)$",
    r"^(okay |fine |sure |yes |alright |all right )+(done|agreed|deal|you've got it|you can have (it|that))",
)
_HOLDS = any_of(
    r"(can't|cannot|won't|couldn't|wouldn't|not able to|unable to|don't|never) (\w+ )?(go|move|do|take|give|drop|come|make|discount|offer|reduce|lower|change|accept|waive)",
    r"(that's|this is|it's) (our|the|my) (\w+ )?(price|list price|rate|standard|minimum|policy|final)",
    r"(up to|from|over|between|under) \w+( \w+)? (seats|users|units|licen[cs]es|people|rooms)",
    r"(list|standard|normal|usual|published|regular) (price|rate|fee)s?",
    r"(on|in) ((the|our) (website|price list|brochure|catalogue|rate card)|the (site|web|sheet|terms))",
    r"(listed|published|printed|advertised|tariff)( \w+){0,2} (for|on|in|price|rate|at)|(the|our|a) (standard|usual|normal|published) (\w+ ){0,3}(per ?cent|percent|discount|price|rate|terms)",
    r"i (could|would|might) (ask|check|see|look|talk|speak|find out)",
)
_ASKED_FOR = any_of(
    r"(can|could|would|will|might|may) (you|we|i|it|that|the|there)",
    r"(any|some|a bit of|little) (room|wiggle|movement|flex\w*|leeway|give|chance|way|discount)",
    r"(we|i)('d| would)? (need|want|like|expect|ask|prefer|hoped|was hoping|were hoping)",
    r"(can't|cannot|couldn't|won't)",
    r"(has|have|needs?|ought|should) to (go|move|come|drop|be|change|give)",
    r"(too|bit|rather|very|still|quite|so) (\w+ )?(high|steep|dear|expensive|much|long|short|tight|stretch|big|low)",
    r"(high|steep|dear|expensive|annoys|short|stretch|tight|charity|less|cheaper|lower|better)",
    rf"^(and |or |say |maybe )?{NUMBER}[\w -]{{0,12}} (to pay|off|free|credit|notice|terms|less|warranty|guarantee|deposit)$",
    r"^(and|plus|also|maybe|perhaps|then) ([\w'-]+ ){1,5}(off|free|included|thrown in|less|cheaper|extra|longer|waived|on top)\b",
    rf"^(and |or |what about |say |maybe )*{NUMBER}( \w+)? {_TERM}$",
    r"(throw in|best (you|price)|what about|how about|and the|is there|do better|go lower|come down|sharpen)",
)


_GROUND_WORDS = word_set(
    """comes drops goes falls threw chucked knocked took dropped waived gave did held halved came shaved absorbed covered included froze put swallowed bill invoice won't get go keep tenner fiver chuck chucking sling slinging bung bunging pop toss tossing lob chop lop whittle tick nudge yours house us gone tear ditch comp gift refund credit ease sort look squeeze fit slot book get bump losing shaving slashing coming lowering
    halving adding scrapping splitting complimentary gratis included waived extra charge send if provided providing long condition off less free take taking knock knocking shave drop dropping cut cutting trim reduce
    reducing lower bring come go halve halving slash round squeeze sharpen waive waiving scrap strike skip absorb swallow eat cover
    carry pay foot stand forget forgo write remove delete lose hold freeze keep match split share defer extend stretch delay
    postpone push move bump wait throw throwing include add give giving offer do make let upgrade bundle accept settle meet sell
    call on never ignore instead cheaper discount have taken leave wear see cost charge included"""
)
"""A concession holds one of them."""


_PAST = any_of(
    r"(had|got|gave|took|paid|was|were|did|knocked|charged|used to)\b.{0,60}\b(last (year|time|month|quarter|season)|back (in|then|when)|years? ago|before|previously|originally|when (we|they|you) (were|started|first|opened))",
    r"(last (year|time|month|quarter|season)|back (in|then|when)|years? ago|previously|originally|in the (old|early) days)\b.{0,60}\b(had|got|gave|took|paid|was|were|did|knocked|charged|used to)",
)
"""What was given another time is told, and gives nothing."""
_DELIVERS = re.compile(
    r"\b(?:drop|drops|dropping) (?:the |a |some |your |our |those |these |it |them )(?!.*\b(?:per ?cent|percent|price|fee|rate|charge|deposit)\b)(?:[\w-]+ ){0,3}?(?:off|in|over|round)(?: (?:on|at|to|with|in|by|tomorrow|next|this|before)\b|$)"
)
_SUBJUNCTIVE = any_of(
    r"^(and |so |well |okay |right )*(say|let's say|suppose|supposing|imagine) (i|we) (\w+ )?(threw|chucked|knocked|took|dropped|waived|gave|did|held|cut|halved|came down|shaved|absorbed|covered|included|split|froze|put in|let you|swallowed)\b"
)


def delivers(text: str) -> bool:
    """Whether plain words bring something round: "I'll drop the samples off on Monday"."""
    return _DELIVERS.search(text) is not None


@lru_cache(maxsize=8192)
def gives_ground(text: str) -> bool:
    """Whether a rep's plain words give way on price or terms by themselves.

    >>> gives_ground("i'll take eight per cent off"), gives_ground("the big one is nine hundred")
    (True, False)
    """
    if _GROUND_WORDS.isdisjoint(text.split()):
        return False
    if _COMMERCIAL.search(text):
        return bool(_OWN_PART.search(text))
    if delivers(text) or (_PAST.search(text) and not _WILL_STARTS.search(text)):
        return False
    given = (
        _GIVES.search(text)
        or _SUBJUNCTIVE.search(text)
        or (_WILL_STARTS.search(text) and _WILL_GIVE.search(text))
    )
    return bool(given) and not _HOLDS.search(text)


_DEAL_FORM = re.compile(
    r"^(?:\w+ ){0,3}(?:(?:what if|suppose|supposing|say|how about(?: this| that)?|if|imagine) .{0,90}\b(?:you|your)\b|(?:would|could|can|will) you .{2,60}\bif (?:i|we)\b)"
)
_HYPOTHETICAL = any_of(
    r"(i|we|it|the \w+( \w+)?)( could| can| were to| was to| did| would|'d|'ll| might)? (\w+ )?(knock(ed)?|drop(ped)?|cut|shave[d]?|took|take|came|come|go|went|bring|brought|waived?|halved?|throw|threw|add(ed)?|include[d]?|gave|give|split|match(ed)?|extend(ed)?|held|hold|froze|freeze|lower(ed)?|reduced?|discount(ed)?|chuck(ed)?|do|did|make|made|get|got|find|found|pay|paid|cover(ed)?|absorb(ed)?)\b",
    r"(free|on us|on the house|off|half price|waived|included|thrown in|for nothing|less|cheaper|discount)",
)


_PLEASED = re.compile(
    r"\byou(?:'d| would|'ll| will)?(?: \w+)?(?: be| feel)? (?:happy|happier|pleased|thrilled|delighted|smiling|over the moon|chuffed|made up|content)(?! to\b)"
)


@lru_cache(maxsize=8192)
def offers_deal(text: str) -> bool:
    """Whether a rep's question puts ground given against a return: "if I dropped the fee, would you sign?".

    >>> offers_deal("how about this you pay upfront and the training is on us")
    True
    >>> offers_deal("if we started in may would you be happy")
    False
    """
    if not _DEAL_FORM.search(text) or not _HYPOTHETICAL.search(text):
        return False
    pleased = _PLEASED.search(text)
    return (
        pleased is None
        and bool(_BINDS.search(text))
        and bool(gives_ground(text) or re.search(rf"\b(?:{_TERM}|{NUMBER})\b", text))
    )


_FILL = word_set(
    """okay well right then so fine sure yes and let's us say call it make at for you it's that's look tell what go on just all done deal the a an
    to how about because my friend mate both we win your is be have take hm hmm er um alright maybe perhaps and i'll we'll do even i could can
    see way each month week year day per round flat as special good customer only today special price"""
)


def bare_figure(text: str) -> bool:
    """Whether plain words are little else than a figure: "call it four fifty", "because it's you, nine hundred"."""
    words = text.split()
    rest = [word for word in words if word not in _FILL and not _IS_FIGURE.fullmatch(word)]
    return not rest and any(_IS_FIGURE.fullmatch(word) for word in words)


_IS_FIGURE = re.compile(
    r"[£$€]?\d[\d.,]*%?k?|(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|grand|quid|pounds?|euros?|dollars?|pence|percent|per|cent|half)[- ]?)+"
)


@lru_cache(maxsize=8192)
def grants(text: str) -> bool:
    """Whether a rep's plain words say yes to terms that were just asked for."""
    return bool(_GRANTS.search(_IS.sub(" is", text))) and not _HOLDS.search(text)


@lru_cache(maxsize=8192)
def names_term(text: str) -> bool:
    """Whether plain words name a figure or a term of a deal."""
    return _NAMES.search(text) is not None


_IS = re.compile(r"(?<=\w)'s\b")
_NAMES = re.compile(rf"\b(?:{_TERM}|{NUMBER})\b")


@lru_cache(maxsize=8192)
def asks_for_terms(text: str) -> bool:
    """Whether a customer's plain words ask for a better price or other terms."""
    return bool(
        _ASKED_FOR.search(text)
        and re.search(rf"\b({_TERM}|{NUMBER}|lower|cheaper|less|better|earlier|later|longer)\b", text)
    )


_BINDS = any_of(
    r"(you|your \w+)('d|'ll| would| will| could| can|)? (\w+ )?(sign|signed|commit\w*|pay|paid|order\w*|take|took|guarantee\w*|agree\w*|book\w*|renew\w*|extend\w*|move[d]?|go|went|prepay|prepaid|confirm\w*|buy|bought|refer\w*|introduce\w*|let|give|gave|double\w*|stay\w*|switch\w*|collect\w*|add\w*|bring|brought|come|came|do|did|make|made|send|sent|put|keep|kept|host\w*|speak|share|write|wrote|be (a|our)|go ahead|shake|start)\b"
)
_YOU = r"(you|you'll|you'd|you're|you've|you can|you could|you will|your (\w+ )?\w+|both (sites|of you|teams|halls|branches)|all (the )?(sites|branches|shops)|the (board|order|contract|volume|deposit|term|other|second|whole|rest)|we (have|get|see|had|got|can have|could|can (\w+ )?(use|have|put|write|start|do|take|get))|they|it('s| is)? (annual|paid|signed|up front|for|a))"
_CONDITION = re.compile(rf"(?<![\w'])(?P<if>{_IF}) (?P<rest>{_YOU}( [\w'%.-]+){{1,12}})")
_WISH = any_of(
    r"(you|you'd|you'll|you're|that|it|this)( would| do| will| are| all| promise to| can| could)* (really |just |still )?(like|likes|enjoy|smile|keep smiling|be happy|be nice|behave|buy me a|cheer|remember me|think of|say (please|thanks|thank|nice)|have (a )?(fun|think|good|nice|great|lovely|look)|stay (happy|well|friends)|hope|love|keep (it|this) (between|quiet|to)|tell (nobody|no one|your friends)|forgive|give me a smile|want|wish|prefer|prefers|need|needs|think|feel|makes?|helps?|suits?|works?|matters?|insist|mind|ask|asked|asking|fancy|care|happy|interested|okay|ready|agree with me|see|know|look|ask me|remember|wonder|don't mind|say so)",
    r"you (just )?get",
    r"^(you|it)('re| are| is) (a |an |the )",
    r"^you (\w+ )?(buy|purchase|choose us|pick us|go with us|become a|come on board)\b(?! (two|three|four|five|ten|both|all|the|more|another|a second|in|by|before|from))|^you (say yes|say the word|smile|nod)",
    r"^(you|your \w+)('re| are| is|'ve| have| were|'d) (only|already|just|still|that|this|so|such|here|there|always|been|in|near|based|new|one|on the)\b(?! (sign|order|commit|pay|take))",
)
_GIVE_VERBS = (
    r"(sign|commit|pay|order|take|send|guarantee|agree|put|book|start|extend|let|introduce|refer|buy|bring|give|renew|move|go|make|do|prepay|confirm|place|close|return"
    r"|provide|sort|handle|collect|supply|share|host|speak|write|act|be (a|our)|come|get|drop|lose|accept|add|increase|up|double|stay|keep|switch|use|sit|approve|decide|finish|carry|cover|arrange|have)"
)
_RETURN = any_of(
    r"(in return|in exchange|for that|in turn|as (a )?(trade|thank you|swap)|against that|on (your|the other) side|then)( \w+)? (i|we)('d| would|'ll| will)? (\w+ )?(ask|need|want|expect|like|have|get|require|look)",
    rf"(in return|in exchange|for that|but then|against that|and then|in turn)( you| for you| for your| for a| your| i'd| we'd)( \w+)? {_GIVE_VERBS}",
    r"(if|when|once|as soon as|provided|so long as|as long as) (i|we) (can|could|get to|may|might|were able to|can just) (leave|have|use|deliver|collect|pick|come|start|bill|invoice|send|put|quote you|name|bring|take|mention|show|film|store|park|install|fit|move|ship|run|split|combine|double|keep|book|tie|sign|do (it|the|this|them|both) (on|in|at|over|together|when|outside|after|before))\b",
    r"(suppose|supposing|say|let's say|imagine|assuming) (we|you|i|your \w+)( also| both| then| all)? (got|had|get|have|took|take|did|do|were|could|signed|sign|gave|give|won|win|moved|ran|run|paid|pay|kept|added|went|go)\b",
    rf"{_WILL} \w+( [\w'-]+){{0,4}}(?<! let)(?<! what)(?<! as)(?<! that)(?<! when)(?<! once)(?<! how)(?<! which)(?<! where)(?<! whatever)(?<! before)(?<! after)(?<! until)(?<! the)(?<! because)(?<! so) (and )?you {_GIVE_VERBS} (within|by|before|on|up|in (advance|full|cash)|for (two|three|four|five|a)|the|both|all|two|three|today|now|cash|half)\b",
    r"(in return|in exchange) (for|against) (a|an|your|the|two|three|five|longer|early|annual|full|bigger|more)",
    rf"(but|and) (then )?you('d|'ll| would| will| have to| need to| must)? {_GIVE_VERBS}",
    r"and you('d|'ll| would| will)? (?!(know|see|get|have|save|think|like|love|want|need|said|told|can|could|won't|don't|lose|keep|miss|pay|never|only|avoid|spare|skip|forget)\b)[a-z]{3,} (it|them|the|your|yours|everything|those|these)\b",
    r"but then (our|my|we|i|we'd|i'd|we'll|i'll)",
    r"(against|for|with|subject to|in exchange for|in return for|conditional on|depending on|on) (full|early|prompt|half|cash|advance|up-?front|immediate|longer|annual|quarterly) ([\w'-]+ ){0,2}(payment|settlement|commitment|term|order|deposit|prepayment|contract|booking|notice|cash)",
    r"(against|for|with|subject to|in exchange for|in return for|conditional on|depending on) (a|an|your|the|two|three) ([\w'-]+ ){0,3}(signature|deal|booking|upfront payment|renewal|logo|review|shout|intro|extension|years|sites|commitment|term|order|deposit|reference|case study|referral|contract|prepayment|volume|introduction|quote|testimonial|visit|forecast|guarantee|payment|plan|agreement|subscription|minimum|exclusive)",
    r"for (every|each|any) ([\w-]+ ){1,3}?(that )?you (\w+ )?(send|sign|refer|introduce|bring|order|take|add|book|buy|get|put|win|pass)",
    rf"^(\w+ )?(at|for|on|over|from|with) (a )?({NUMBER} )+(or more )?(units?|pieces?|boxes|cases|pallets|tonnes?|seats|users|sites|rooms|vans|covers|heads|licences|years|nights|a (year|month)|or more|plus)\b",
    r"(what|all|the only thing|one thing) (i|we)('d| would|'ll)? (need|want|ask|like|expect|get|look for)( back| in return| from you| for that| of you)?( (is|would be|in return))?",
    r"(can|could|would|will) (you|we) (then |also |in return |at least |maybe |be able to |be willing to |be happy to |be prepared to |be up for |be ready to |consider |agree to )*(get (it|this|that) signed|sign|signing|commit|pay|prepay|refer|introduce|order|extend|be a reference|be our reference|give us|let us|get us|put us|confirm|guarantee|do a case study|go (annual|for))",
    r"(in exchange|in return|in turn|as a trade|as a quid pro quo) (you|could you|would you|can you|you'd|you'll|i|we|for (?!nothing))( \w+)*",
    r"(i'd|we'd|i would|we would|i'll|we'll|i|we) (\w+ )?(want|need|like|expect|ask for|get|look for) (to see |to have |back |in return )*(your|two|three|four|five|six|twelve|half|payment|a signature|a commitment)",
    r"(i'd|we'd|i would|we would|i'll|i|we) (\w+ )?(ask|need|want|expect) (you |from you |for |of you |in return )*(to|a|an|the|your|for|\w+ing)",
)
_NO_DEAL = any_of(
    r"(i|we) (\w+ )?(knocked|knock|took|dropped|drop|waived|waive|gave|did|held|cut|halved|came|shaved|threw|throw|chucked|absorbed|covered|included|split|made|went|offered|were to)",
    r"(it's|that's)( all| perfectly)? (right|alright|okay|ok|fine|good|convenient) (with|by|for)",
    r"(that|this|need be|necessary|possible|all goes|anything|the weather|i (can|may|might|could|were|was)|there's|there is|they|it (helps?|makes|would|stays?|rains?|works|suits|gets|means|comes to|sounds|feels|looks|ever|breaks)|that's)",
    r"you('re| are) (a|an|the|still|that|on|in|so|not|really|short|stuck|worried|unsure)",
)
_FIRM = re.compile(rf"(?<![\w'])(?:{_FIRM_IF}) (?P<rest>[\w'%-]+( [\w'%.-]+){{1,12}})")
_ANY_ORDER = (
    r"(?!(?:i|we|you|he|she|it|they|that|this|these|those|there|here|the|a|an|my|our|your|his|her|their|its|no|not|and|but|or|so|if|as|at|in|on|for|of|to|from|with|by"
    r"|what|who|how|when|where|why|which|is|are|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must|one|two|three|four|five|six|ten|both|all"
    r"|every|each|some|any|now|then|please|maybe|perhaps|tell|look|listen|see|say|wait|hold|hang|click|press|type|open|scan|select|imagine|remember|trust|believe|forget|let's"
    r"|think|know|like|thanks|thank|sorry|fair|great|good|nice|lovely|perfect|just|because|since|about|only|ours|mine|ask|try)\b)[a-z]{3,}(?<!ing)(?<!ed)(?<!ly)"
    r"(?= (?:us|me|them|it|em|'em|the|a|an|your|all|both|half|out|in|up|away|back|off|early|through|more|next|this|that|another|every|two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|fifteen|twenty|thirty|forty|fifty|sixty|a hundred|hundred|\d+|within|before|by|on|cash|full)\b)"
)
"""How an order may start: any word that opens no statement and no question."""
_IMPERATIVE_DEAL = re.compile(
    rf"^(?:so |okay |right |well |then |now |alright |tell you what |look |fine |sure |yes |yeah )*(?!give and take)(?:you )?(?:{_GIVE_VERBS}|{_ANY_ORDER}) (?:\S+ ){{0,14}}?(?:and its {NUMBER}|and {NUMBER}(?:'s| is) (?:enough|yours|fine|okay|a deal)|(?:and|then) \S+ (?:comes?|is|are|goes?|drops?|falls?) (?:in |down |off )?(?:at no|free|for free|on us|on me|at half|half|to {NUMBER}|by {NUMBER}|included|waived)|(?:and|then) (?:i|we|it|that|you|(?:the|your|our) \S+(?: \S+)?)(?:'ll|'d|'s|'re|'m| will| can| could| is| are| drops?| comes?| falls?| goes| get| have| save| gets| pay| don't| won't)\b|(?:and |then )?[\w-]+(?:'s| is| are) (?:free|on us|on me|yours|included|waived|half))"
)
_WORTHLESS = any_of(
    r"you (just )?get|a (great|good|fair) deal|nothing",
    r"(for|of|is|against) (all )?(your (\w+ )?(time|patience|smile|kindness|friendship|company|trust|loyalty|attention|honesty|understanding|good looks|blessing|thanks)|being (so |such |that |very |a )*\w+|the (\w+ )?(joy|pleasure|honour|honor|privilege|fun|chat|company|satisfaction|coffee|memories|warm \w+)|a (\w+ )?(smile|handshake|chat|thank you|hug|laugh|friend|coffee|biscuit)|old times)",
    r"(see|make|keep|have|put|hear|get) (you|your|a|them|everyone|that)( \w+){0,4} (smile|smiling|happy|laugh|laughing|grin|face|pleased|good mood|thank you)|(is|for|be) (a |an |your |that |one |just )*(big |nice |little |lovely |warm )?(smile|grin|hug|handshake|laugh|thank you|thanks|friendship|blessing|love|kind word|cup of tea|pint|beer|biscuit|good mood|christmas card|happiness|goodwill|gratitude|trust)|(be|stay|remain|keep) (as |so |\w+ )?(friends|happy|nice|lovely|sweet|charming|good|wonderful|great|handsome|yourself|the way you are|kind|cheerful|our friend|my friend)|(like|love|remember|think of) (me|us)\b",
    r"(joy|pleasure|honour|privilege|satisfaction|happy (customer|client)|warm feeling|good karma) (of|in|from|to)?",
)
_WAIVES = any_of(
    r"but (i|we) (won't|don't|shan't|wouldn't|will not|do not)|(i'm|we're) not (asking|going to ask|after)|(don't|won't|wouldn't) (\w+ )?(ask|need|want|expect|dream of asking) (you )?(for )?(a thing|anything)|nothing (in return|back|from you|asked)|no (strings|conditions|catch|ifs)|not that you (have|need) to|never mind( that)?"
)
_READY_TO = re.compile(
    r"(?:you|your \w+|they)(?:'re| are|'d be| would be| were)(?: all)? (?:happy|willing|prepared|able|okay|ready|game|open|good|fine) to (?!hear|know|see|listen|think|be|talk|chat|agree with)\w+"
)
"""A condition on what the customer does, though it is put as a wish: "if you're happy to move to direct debit"."""
_ONLY_IF = any_of(
    rf"(only|just) ({_IF})", rf"(the )?(second|first|other|last|that) (one|offer|bit|part)?( \w+)? {_IF}"
)


@lru_cache(maxsize=8192)
def asks_return(text: str) -> bool:
    """Whether a rep's plain words ask the customer for something in return.

    >>> asks_return("if you sign for three years i can take six per cent off")
    True
    >>> asks_return("i'll go down by a tenth if that makes you happy")
    False
    """
    if _WAIVES.search(text):
        return False
    for match in _CONDITION.finditer(text):
        rest = match["rest"]
        if _READY_TO.match(rest):
            return True
        if not _WISH.search(" ".join(rest.split()[:4])):
            return True
    for match in _FIRM.finditer(text):
        first = " ".join(match["rest"].split()[:4])
        if not _WISH.search(first) and not _NO_DEAL.match(first):
            return True
    if _IMPERATIVE_DEAL.search(text):
        return True
    found = _RETURN.search(text)
    return bool(found) and not _WORTHLESS.search(text[found.start() :])


for _kept in (gives_ground, offers_deal, grants, names_term, asks_for_terms, asks_return):
    forgets(_kept.cache_clear)
