"""How a summary of what the customer said is worded, and a reply that confirms one."""

from __future__ import annotations

from collections.abc import Sequence

from callcoach.measure.dialogue import Line, Saying
from callcoach.measure.language import any_of, word_set

FORM, CONFIRMED = 0.75, 0.8  # chance that words of such form sum up, and that a reply confirms
GATHERED = 2  # a summary takes up words from at least this many customer turns, or says whose they are
CONFIRM_WORDS = 3
_LONG_LIST = 5  # content words of a list without commas

_CUE = any_of(
    r"(to|let me|let's|quick|a|i'll|just to|can i|if i (can|may)|allow me to) (\w+ )?(sum (up|it up|this up)|recap|summari[sz]e|run (back )?(through|over) what)",
    r"(in (summary|short|sum)|recap|summing up|summary|so far|all in all)",
    r"(play|read|run) back|(play|read|say|repeat|give|run) (it|that|this|them|what (i|you|we)\w*( \w+)?)( all)? back",
    r"(so )?what (i've|i have|i) (heard|got|have|noted|understood|written|taken|took|wrote|remember|picked up)",
    r"(here's|this is|that's) what (i|we|you)('ve| have)? (\w+ )?(heard|got|have|noted|understood|said|agreed|wrote)",
    r"(did|have|am|do) i (\w+ )?(get|got|missed|miss|understood|understand|remembered|remember|heard|hear|forgotten|left|captured|caught|right|noted)( \w+){0,3}",
    r"(correct me|if i('ve| have)? (understood|understand|heard|got|remember)|as i (understood|understand|remember|recall|have it|see it|heard)|the way i (understood|heard|see) it)",
    r"(is (that|this|it) (still )?(right|correct|how|where|all|everything|a fair|about|fair|the picture)|(anything|what|is there anything|something) (\w+ )?(i've|i have|i|i'm|did i) (missed|missing|left|forgot\w*))",
    r"(right so far|does that (cover|sum|capture|still)|still (true|right|accurate|valid|correct|the case|how it|where|stand\w*)|all (correct|right) so far)",
    r"(my notes|i noted|i wrote down|i've written|i have here|on my list|from my side the list)",
)
_BEFORE = any_of(
    r"(last (time|week|month|year|monday|tuesday|wednesday|thursday|friday)|a (year|month|week|fortnight) ago|when we (last )?(spoke|talked|met)|(in|from) our (last|first|previous) \w+|on (monday|tuesday|wednesday|thursday|friday)"
    r"|(our|the) (last |first |previous )?(chat|call|talk|meeting|conversation|emails?) (on|in|of|last|from|back|yesterday)|pick up where|where we (were|left)|from our (last|first) \w+|before we (look|start|begin|dive|go)|back in \w+|since we (last )?(spoke|talked|met)|you (told|said|wrote|mentioned)|\w+ (told|wrote to|explained to|briefed) (me|us))",
)
_THEIRS = any_of(
    r"you('ve| have|'re| are|'d| would)? (\w+ )?(want|wanted|need|needed|said|told|had|have|got|like|mentioned|asked|are|were|write|run|use|lose|losing|looking|after|worried|hoping|trying|sign|pay|keep|do|see|care|struggle|spend|spending|get|can't|don't)",
    r"(we|we've|we have|both) (\w+ )?(agreed|settled|decided|said|landed|fixed)|what we agreed|the (aim|goal|point|problem|main thing|priority|need)s? (is|are|was|were)|your (\w+ ){0,3}?(is|are|was|were|need|needs|wants?|signs?|goes|go|has|have)",
)
_YOU = word_set("you your you're you'd you've you'll yours")
_OWN = any_of(
    r"i (\w+ )?(showed|shared|sent|demoed|presented|explained|told|walked|covered|opened|gave)",
    r"(we|we've) (\w+ )?(won|opened|shipped|launched|hired|built|grew|raised|got an? (login|dashboard))",
    r"you (\w+ )?(love|like|adore) (our|my|the product|us|it)|ready to (buy|sign|go|order)|our (premium|best|full|gold|standard) (package|plan|product)|you need our|(it's|it is) the best",
    r"(really|very|such a|great|good|rich|lovely|nice|super) (\w+ )?(conversation|chat|talk|call)",
)
_CONFIRMS = any_of(
    r"(yes|yeah|yep|yup|correct|correctly|right|exactly|precisely|indeed|absolutely|definitely|agreed|accurate|spot on|bang on|perfect|perfectly|true|that's (it|right|about|the|what|how|everything|all|correct|fair|me|us)|thats (it|right)|you did|you have|you've got it"
    r"|that is (it|right|correct)|pretty much|more or less|mostly|almost|nearly|not quite|otherwise|apart from|the rest|only that|except|one more|you got|you missed|couldn't have|sums it up|same as|what i('ve| have)? (written|said|have)|add|plus|and also|i'd add|no that's|nothing (to add|missing))",
)


def points_in(lines: Sequence[Line]) -> int:
    """How many points a list names: pieces set off by commas, "and" and sentences, with content in each."""
    total = 0
    for line in lines:
        pieces = len(line.sentence.breaks) + line.words.count("and")
        by_content = len(line.roots) // 2
        total += max(1, min(pieces + 1, by_content)) if line.roots else 0
        if not line.sentence.breaks and len(line.roots) >= _LONG_LIST:
            total += 1
    return total


def recap_form(lines: Sequence[Line], n_taken_up: int, *, at_opening: bool) -> float:
    """Chance that sentences sum up what the customer needs or both agreed.

    Parameters
    ----------
    lines : sequence of Line
        One rep turn.
    n_taken_up : int
        Customer turns before that have a content word in common with them; more than two need no count.
    at_opening : bool
        At the opening the words summed up were said in an earlier call, which is not here.
    """
    text = " . ".join(line.text for line in lines)
    if _OWN.search(text):
        return 0.0
    points = points_in(lines)
    second_person = sum(word in _YOU for line in lines for word in line.words)
    theirs, cue = _THEIRS.search(text) is not None, _CUE.search(text) is not None
    if points < 2:
        return 0.0
    if at_opening and (theirs or second_person) and (cue or _BEFORE.search(text)):
        return FORM
    if n_taken_up >= GATHERED and (
        cue or theirs or text.startswith(("so ", "right so ", "okay so ", "then ", "ok so ")) or points > 2
    ):
        return FORM
    return FORM if theirs and n_taken_up and points > 2 else 0.0


def names_needs(lines: Sequence[Line]) -> bool:
    """Whether the words say what the customer wants, has or agreed."""
    return any(_THEIRS.search(line.text) is not None for line in lines)


def is_backed(lines: Sequence[Line], n_taken_up: int, *, at_opening: bool) -> bool:
    """Whether a turn that sounds like a recap has anything of the customer's in it."""
    text = " . ".join(line.text for line in lines)
    if _OWN.search(text):
        return False
    if at_opening:
        spoken_to = any(word in _YOU for line in lines for word in line.words)
        return spoken_to or _CUE.search(text) is not None or _BEFORE.search(text) is not None
    roots = frozenset().union(*(line.roots for line in lines))
    return len(roots) > 2 and n_taken_up > 0


def confirms(reply: Saying, summed_up: frozenset[str], tagged: float) -> float:
    """Chance that a customer's reply confirms or corrects a summary in more than a yes."""
    if reply.n_words < CONFIRM_WORDS:
        return 0.0
    by_words = CONFIRMED if _CONFIRMS.search(reply.text) or reply.roots & summed_up else 0.0
    return max(tagged, by_words)
