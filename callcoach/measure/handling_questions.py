"""Forms of questions around a concern: those that explore nothing, and statements built like questions."""

from __future__ import annotations

import re

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
