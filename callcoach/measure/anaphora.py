"""Words of a question that point back to what was just said: "that", "it", "why?", "which ones?"."""

from __future__ import annotations

from callcoach.measure.language import any_of

_BACK = any_of(
    r"(that|those|these|them|they|it|its|it's|that's|they're|he|she|him|her|his|their|theirs|this)",
    r"(one|ones|the (first|second|third|last|other|others|two|three|four|both)|both|each|either|neither|such)",
)
_DUMMY = any_of(
    r"(anything|something|nothing|everything|someone|anyone|people|one|way|ways|things|thing|reason|point|day|time|year|say|know|mean|so|now|fact) that(?= (you|we|they|i|is|are|was|has|have|would|could|makes?))",
    r"(this|that) (call|meeting|chat|conversation|week|month|year|morning|afternoon|evening|quarter|moment|point|time|screen|page|demo|line|number)",
    r"(would|does|is|will|was) (it|that) (be )?(helpful|useful|okay|ok|all right|alright|fine|possible|help|clear|make sense|work for you|suit|fair)",
    r"(how|what) (is|was|'s) it (going|like (out )?there)",
    r"(how is|how's|hows|what time is) it",
    r"(is|are|was|were) (it|that) (raining|cold|hot|sunny|snowing|still \w+ there)",
)
_BARE = any_of(
    r"^(and |so |but |oh |right |okay |really )*(why|how so|how come|why not|since when|for how long|how long for|where exactly|who exactly|which ones?|such as|like what"
    r"|what kind|what sort|in what way|meaning|meaning what|for example|what else|who else|what about|how about|because|to what|by whom|by how much|from where|until when|as in|what then|then what|and then|what happened( then| next)?)"
    r"( \w+){0,3}$",
    r"^(and |so |but |oh |right |okay |really )*(how often|how many|how much|how long|how far|how soon|how big|how late)( of (them|those|these|it|that))?( roughly| exactly| would you say)?$",
)


def points_back(head: str) -> bool:
    """Whether an interrogative clause points back to what was said before it.

    >>> points_back("what is behind that"), points_back("what's your annual revenue roughly")
    (True, False)
    >>> points_back("is there anything that you would change"), points_back("why is that")
    (False, True)
    """
    if _BARE.search(head):
        return True
    return _BACK.search(_DUMMY.sub(" ", head)) is not None
