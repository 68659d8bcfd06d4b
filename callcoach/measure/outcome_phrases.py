"""More ways to tell a result since the purchase, or none: relief, what is gone, what has not moved, other places."""

from __future__ import annotations

from callcoach.measure.language import any_of

_SPAN = r"(now|these days|any ?more|any longer|this (year|month|season|summer|winter|spring|autumn|christmas|term|time)|since|last (month|quarter|time)|all (year|summer|winter|season))"
_BURDEN = r"(queues?|backlogs?|complaints?|errors?|mistakes?|delays?|overtime|paperwork|piles?|arguments?|shouting|waiting|waste|wastage|chasing|phone calls|double entry|rework|returns|refunds|late nights|weekend calls)"
RELIEFS = (
    rf"(nobody|no one|none of (us|them)|we|i|they|she|he|the \w+|our \w+)( has| have| had|'ve|'s|'d| didn't| don't| doesn't| haven't| hasn't| won't)( \w+)? (have |had |having |need |needed |needing )?to [\w']+\b.{{0,50}}\b{_SPAN}(?<!\bto be)",
    rf"(don't|didn't|doesn't|haven't|no longer) (need|needed|use|used|pay|paid|hire|hired|want) (?!you|yours)(\w+ ){{1,4}}{_SPAN}",
    r"(able to|managed to|could|got to|opened|took on|ran|run|handled|covered|did|done) .{0,50}\bwithout (hiring|taking on|adding|any (overtime|extra|agency|temps?|more)|extra|a single|an? (extra|agency|temp)|overtime|paying|buying|losing|missing)",
    r"(we|i|you|they)('ve| have)? (actually |even |just )?(saved|held on to|hung on to|rescued|won back|retained|landed|closed) (the|a|an|our|two|three|four|both|all) ([\w-]+ ){0,3}(accounts?|clients?|customers?|contracts?|deals?|tenders?|members?|patients?|orders?|tenants?|franchise)",
    r"(never|didn't|haven't|hasn't|not) (once |ever |even )?(lost?|had|missed?|dropped?|failed?|broken?|broke|crashed|gone|went|go|stopped?|ran|run|sent|called)\b.{0,60}\b(once|all (year|winter|summer|season|term)|(the|last) (year|winter|summer|season|time) before|last (year|time|winter|summer)|used to|since)\b",
    r"(contracts?|customers?|clients?|accounts?|orders?|patients|guests|members|tenants|regulars|families|business|[a-z]+ (contract|account))( \w+)? (came|come|coming|returned|signed|re-?signed|renewed|stayed)( back| up| on| again)( to us| with us| again| in \w+| this \w+| since| on board| because of it)*$",
    r"(made|got|earned|recouped|won|clawed|had) (it|that|them|all of it|all that|(the|our|my|its) ([\w-]+ ){1,3}|every (penny|cent|pound|rupee) )back\b",
    rf"{_BURDEN}( \w+){{0,4}} (has|have|'s|'ve|is|are) (all |just |completely |totally |pretty much |as good as )*(gone|disappeared|vanished|finished|history|a thing of the past)(?! (up|to|wrong|down|off|through))",
    r"(nobody|no one|nothing|not one|not a one|none)('s| has| have|'ve| of them has| of them have)? (been|had|gone|got|lost|left|quit|rang|broken|fallen|sent|made|come|called|rung|missed|\w+ed)( \w+){0,5} since\b",
    r"(?!.*\b(from|of|to) you\b)(haven't|hasn't|have not|has not|not) (had|seen|got|lost|heard|missed|needed|taken) (a|an|any|one|anything|anyone|so much as a)\b.{0,50}\b(in|for) (\w+ )?(weeks|months|ages|years|(a|the last) (month|year|while|quarter))",
    r"(renewed|extended|kept|chose|picked|hired|recommended|signed) (us|me|our contract|the contract with us)\b.{0,40}\b(because of|on the strength of|thanks to|off the back of|on the back of|after (they|he|she) saw)",
)
"""Troubles that are over: nobody has to, no need any more, done without, gone, none since."""

UNMOVED = any_of(
    r"(no|not|isn't|hardly|not any|never got( any)?) (any )?(better|quicker|faster|lower|shorter|different|higher|fewer|improved) (than|from|to) (it|they|what|before|we|when|last|ever)( \w+){0,2}",
    r"(hasn't|haven't|didn't|not|never) (really |actually |honestly )?(moved|budged|shifted|improved|changed|gone down|come down|got better|gone up|made (any|a|much))( \w+)*",
    r"(still|stuck) (at|on|around|about|the same|exactly|taking)\b",
    r"(no|not much|little|zero) (difference|change|improvement|progress)",
)
"""What has stayed as it was."""

OTHER_PLACES = any_of(
    r"(we've|we have|we had|we've got|there's|there was|i've|i've got|i have|i had|i know|know of|worked with|helped|we did|take) (a|an|another|one|two|some|this) ([\w'-]+ ){1,6}(who|that|where|which|they|cut|got|went|saved|doubled|halved|dropped|reduced|had|has)",
    r"^(and |so |well |like )*(a|an|one|another|some|most|many|two|three) (\w+ ){0,2}(client|customer|school|firm|company|shop|hospital|hotel|practice|team|business|place|outfit|charity|council|group)s? (of (mine|ours)|we|i|in|from|near|like|over|out)",
    r"(my|a) (\w+ )?(brother|sister|mate|friend|neighbour|neighbor|cousin|dad|wife|husband|pal|son|daughter|uncle)('s)?( (place|firm|shop|company|crowd|lot|outfit|office|farm|business))",
)
"""Results of somebody else."""
