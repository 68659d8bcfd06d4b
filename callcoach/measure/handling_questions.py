"""Forms of questions around a concern: those that explore nothing, and statements built like questions."""

from __future__ import annotations

import re

from callcoach.measure.language import any_of

SELLS = re.compile(
    r"(?:(?:so|well|and|but|okay|look|right|honestly|come on) )*(?:what if i (?:told|said|were to|could)|what would you say if i (?:told|said)|did you know|do you (?:know how|realise|realize)|would you believe|you know what|who (?:wouldn't|doesn't|isn't|hasn't)"
    r"|(?:don't|doesn't|isn't|aren't|wouldn't|won't|can't|haven't|didn't) (?:you|it|that|they|we|your|everyone|everybody|the|this)|(?:so )?you (?:don't|do not) (?:like|want|care|believe in|need)|isn't (?:it|that))\b"
)
"""Questions that argue and wait for nothing: "what if I told you", "don't you want", "who wouldn't"."""
WHAT_IF = re.compile(r"(?:(?:but|and|so|well|yeah|okay) )*(?:what if|what happens if|suppose|say)\b")
OFFERS = re.compile(r"(?:(?:so|well|and|okay) )*(?:how|what) about\b")
LEAD_WORDS = re.compile(r"^(?:(?:so|and|but|okay|then|right|well|ha|oh|yeah) )+")
FACT = re.compile(
    r"(?:(?:\w+ ){0,2}and |so |okay |right )?(?:how (?:many|old|large|long ago|was|were)|who (?:does|do|runs|handles|looks after|supplies|makes|built|cleans)|where (?:are|is) |which (?:system|tool|software|bank|area|town)|what (?:system|software|tool|sector|industry|colou?r|size|model|postcode|email|address|make))\b"
)
RHETORICAL = re.compile(
    r"(?:(?:well|and|oh) )*(?:\w+n't|who (?:isn't|doesn't|wouldn't)) (?:we|they|you|it|everyone|everybody)?(?: all)?(?: \w+)?$"
)
TURNS_AWAY = re.compile(
    r"(?:(?:well|but|and|so|okay|right|oh|no|yes) )*(?:anyway|anyhow|by the way|moving on|next|different (?:thing|question|subject|topic)|another (?:thing|question)|(?:something|what) else|while (?:i|we|you)|before i forget|let's (?:leave|park|move|talk about)|never mind|leave (?:that|it)|forget (?:that|it)|on (?:to )?(?:something|another)|changing the subject|tell me about)\b"
)
BARE_QUESTION = re.compile(
    r"(?:(?:and|so|okay|right|sure) )*(?:(?:how|by how) (?:far|much|many|long|soon|often|so)|what sort|what kind|which (?:one|part|bit)|in what way|compared (?:to|with) what|too \w+ (?:for|in) what|why|since when|says who|such as|like what|meaning)\b(?:\W+\w+){0,4}$"
)
OWN_ANSWER = re.compile(
    r".* (?:(?:yes|no|yeah|of course) (?:it|that|they|you|there|we|i|this)(?:'\w+| is| are| can| do| will| am)?\b|(?:so|then|well) (?:i|we)(?:'ll| will| can| could)\b).+"
)
CLEFT = re.compile(
    r"(?:(?:and|so|but|well|honestly|frankly|look|yes|no|to be honest|oh|the truth is|i suppose) )*(?:what|where)\b(?! (?:is|are|do|does|did|would|will|if|about|happens)\b).{4,60}\b(?:is|are|was|isn't|about)\b .{3,}"
)
"""A statement built like a question: "what bothers me is the noise"."""
ALTERNATIVE = any_of(
    r"(is|was) it (the|that|more|just|because|a|about|when|how|your|more about) .{2,60} or (is|the|that|more|just|because|a|about|when|how|your|are|do|does|would)"
)
ANNOUNCED = any_of(
    r"(curious|interested|keen|all ears|fascinated) (about|in|on) (that|this|it|you)(?! .*\b(what|how|why|when|which|who|where|whether) (?!i |we )\w+ \w+ ?)",
    r"(explor\w+|curiosity|asking( questions)?|listening|understanding) (is|that's) (what|my|how|everything|key)",
)
"""Exploring that is announced and not done."""
_DAY = r"(tomorrow|tonight|later|another (time|day)|some other time|(next|this|in the) (week|month|morning|afternoon|year|quarter|spring|summer|autumn|winter)|in (a|an|one|two|three|four|six|\d+) (\w+ )?(hours?|days?|weeks?|months?)|(on )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(in |early |late |end of )*(january|february|march|april|june|july|august|september|october|november|december)|(the )?(day|week|month) after|(before|after) (lunch|the weekend|easter|christmas)|at (one|two|three|four|five|nine|ten|eleven|twelve|noon|\d+))"
_PROPOSES_TALK = r"(?:(?:so|and|okay|well|then|right) )*(?!what|why|how (?!about)|who|which|whose|where)"
PARKS = re.compile(
    rf"{_PROPOSES_TALK}(?:.*\b(?:call|calls|calling|ring|ringing|phone|phoning|come|coming|get|getting|check|checking|circle|try|trying)(?: you| him| her| them| in| round)? back\b(?! (?:office|room|then))"
    rf"|.*\b(?:i|we|me|us|you)(?:'ll|'d| will| can| could| may| should)?(?: \w+)?(?: to)? (?:call|ring|phone|meet|visit|pop|drop|come|speak|talk|catch up|follow up|touch base|chat|zoom)\b.*\b{_DAY}\b"
    rf"|.*\b(?:a|another|the) (?:\w+ )?(?:call|chat|meeting|visit|catch-?up)\b.*\b{_DAY}\b"
    r"|.*\b(?:a|some|more|another|the) (?:(?:day|days|night|week|weekend|time|bit|moment|while)(?: or two)?) (?:to|and) (?:think|sleep|consider|mull|digest|reflect|talk it over|look it over|decide)\b)"
)
"""Questions that put the matter off to another talk."""
ASKS_OTHERS = any_of(
    r"(who|anyone|anybody|someone|somebody|where) else",
    r"(any|which|what|some|many|the) others?( (firms?|suppliers?|companies|people|providers?|vendors?|quotes?|offers?|bids?|shops?|dealers?|labs?|agenc\w+|contractors?))?( \w+){0,6}$",
    r"(another|other|more|two|three|several|competing|rival) (quotes?|bids?|suppliers?|providers?|vendors?|offers?|firms?)",
    r"who (do|did|does|are|were) you (\w+ )?(use|using|buy|buying|get|with|go|going|deal|currently)( \w+){0,4}",
    r"who('s| is| are| was| were) (your|the) (\w+ )?(supplier|provider|vendor|dealer|contractor|firm|lab|people)",
)
FRONTED = re.compile(
    r"(?:(?:and|so|but|now|okay|right|well|then) )*(?:when|whenever|if (?!i\b|we\b)|once|after|before|while|since|because|as|during|on|in|at|given|until"
    r"|(?:the|that|those|each|every|last|this) (?:\w+ )?(?:day|night|morning|afternoon|evening|week|weekend|month|year|season|summer|winter|spring|autumn|time|times|moment|hour)s?)\b"
)
"""How a clause opens that only leads to the question after it."""
