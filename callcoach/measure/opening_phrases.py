"""The words of an opening: purpose, plan and time, the invitation to change them, and open points."""

from __future__ import annotations

import re

from callcoach.measure.language import any_of
from callcoach.measure.units import Unit

_COUNT = r"(\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|(twenty|thirty|forty|fifty)([ -]?five)?|sixty|ninety|couple of|few)"
_LENGTH = rf"({_COUNT} (minutes|mins|minute|hours)|half an hour|an hour|the hour|a half hour|(three )?quarters? of an hour|a quarter of an hour|half hour)"
TIME = any_of(
    rf"(we|i|we'll|i'll|you)('ve| have|'d| would| only| just| will)*( got| have| need| take| booked| blocked| asked for| set aside| planned| said)*( \w+){{0,4}} {_LENGTH}",
    rf"(it|this|that|call|meeting|we|i)('ll| should| will| won't| may| might| shouldn't)? (\w+ )?(take|takes|last|be|run|need|keep you|done)( \w+){{0,4}} {_LENGTH}(?! to \w)",
    rf"(within|inside|in|for|about|just|only|roughly|under|our|the next|all in|time is|give me|spare me|it's|that's) {_LENGTH}",
    rf"^(so |okay |and |right |well |hi |good )*{_LENGTH}",
    rf"{_LENGTH} (\w+ )?(today|together|should|is plenty|are plenty|okay|sound|sounds|if that|on the clock|max|tops|in the diary|at most|on my side|from me|is what|for this|for us)",
    r"(blocked|set|put) (\w+ ){0,3}(off|aside)",
    r"(until|till|by|at) (half past|half|quarter (to|past)|\w+ o'clock|ten|eleven|twelve|noon|one|two|three|four|five|six)( sharp| prompt| latest| at the latest| on the dot| today| if that's okay)?$",
    r"(we|i) (have|have got|'ve got|'ve) (until|till)",
    r"(stop|finish|done|wrap up|hard stop|out|end)( \w+){0,3} (at|by|before|in) (\w+ )?(half|quarter|ten|eleven|twelve|noon|one|two|three|four|five|six|\d)",
)
_NOT_OURS = any_of(
    r"(stuck|late|waited|waiting|sorry|delayed|drove|drive|drives|train|walk|queue|lose|loses|losing|takes (you|them|him|her)|took|a (day|week|month|year)|was|were|spent|every|each|ago|away|per)"
)
_TAKES_TO = re.compile(r" to (?:set|install|get|build|learn|onboard|load|run|make|find|train)\b")
PURPOSE = any_of(
    r"(the |my |our |one |main |only |real )*(aim|purpose|point|goal|objective|idea|intention|hope|reason)( \w+){0,6} (is|was|to|of|for|for today|today|here|talking|calling)( \w+)* ?(see|find|decide|work|understand|figure|learn|help|get|know|agree|close|look|check|to|if|whether|seeing|finding|deciding)",
    r"(i'm|i am|we're|we are|i was|what i'm|what i am|what we're) (\w+ )?hoping (to|for|we|we'll|we'd|you'll|that)",
    r"(i|we|i'd|we'd|i would|we would|i'm|let's)( really| just| basically)? ?(want|like|wanted|need|trying|here|love)?( to)? (understand|find out|work out|figure out|learn|decide|establish|get (clear|a feel|an idea|to know)|know|see|check|explore)( \w+){0,3} (if|whether|how|what|where|which|who|today|together)",
    r"(today|this (call|meeting|conversation|chat|session))( \w+)? (is|was) (about|for|to|meant)",
    r"(this|today|it)('s| is| was) (just |really |only |mainly |mostly )*to (see|hear|understand|learn|find|get|decide|check|work) ",
    r"(we're|we are|i'm|i am) (here|on this call|talking|meeting|together) (today )?(to|so that|because)",
    r"(what|all) i('d| would|'m)? (like|want|love|hope|hoping|after|need)( \w+)? (to|from|out of|by)( \w+){0,8} (is|get|know|leave|see)",
    r"(one|an?) aim",
    r"(after|about|to do with|here for|interested in|keen on|for me it's|hoping for|looking at) (\w+ )?(working out|finding out|seeing|understanding|learning|figuring out|establishing|deciding|getting (a feel|a sense|to know|clear)) (if|whether|what|how|where|about|for|who|which|on)",
    r"(aim|purpose|point|goal|objective|idea|intention|hope|reason|target|mission|job)( (for|of) (today|this|the (call|meeting|hour))( \w+)?)?'s (just |really |simply |only |mainly |for (me|us) )*(to|for (us|you|me) to|that|whether|if|seeing|finding|understanding|working)\b",
    r"by the end( of (this|today|the call|the hour|it))?( \w+)? (i'd|we'd|we|i|you)",
    r"(to )?(see|find out|decide|work out|figure out|settle) (today )?(if|whether)",
)
_STARTER = r"(i'd|i'll|i would|i will|we'd|we'll|we will|we can|i thought|i suggest|i propose|my (plan|idea|suggestion)|the plan|plan is|plan|let's|let us|first|firstly|to begin|to start|before|i want to|i'd like to|i plan to|you|shall we|how about)"
PLAN = any_of(
    rf"{_STARTER} ([\w'-]+ ){{0,12}}?(first|start|begin|kick off|open|look|hear|understand|learn|ask|take|go|go through|tell|talk|cover|walk|run|show|explain|quickly|spend)( [\w'-]+){{0,14}} (then|after|after that|afterwards|next|and then|second|secondly|last|finally|at the end|before we|leave|later|followed by)",
    r"(first|firstly) (the |your |our |a |you |i |we |some |it's )?[\w'-]+( [\w'-]+){0,8} (then|and then|after that|second|secondly|next|afterwards)",
    r"(in|go in) (that|this) order",
    r"(plan|order|agenda|running order|idea|thinking)( (for|of) (today|this|the call|the hour))?( is|'s| was| would be) (to )?([\w'-]+ ){1,12}(then|followed by|after that|and last|and finally)",
    r"(we'll|we will|we'd|i'll|let's|we can|we could) (\w+ )?(do|tackle|touch on|get through|cover|take|run through|deal with) ([\w'-]+ ){1,12}(then|followed by|after that|and last|and finally)",
    r"(you|i) (talk|go|speak|tell me|ask|start)( [\w'-]+){0,6} then (you|i|we)",
    r"(three|two|four) (things|parts|topics|steps|bits|points|items)( [\w'-]+){0,3} (today|to cover|on my list|for today|i'd like)",
    r"(start|begin|kick off|open) (with|by|on) [\w'-]+( [\w'-]+){0,10} (then|and then|after|move|before|next|finish|end|second)",
)
_NEXT_TIME = any_of(
    r"(next time|next (week|month|call|meeting)|last time|in (spring|summer|autumn|winter)|this (year|season))"
)
INVITATION = any_of(
    r"(anything|something|what else|what|is there anything|is there something|anything else)( [\w']+){0,6} (add|change|cover|include|put on|put|raise|talk about|discuss|differently|missing|left out|forgotten|rather|get out of|on the list|on that list|make sure|swap|look at|touch on|want from|take away|prefer|bring up|in there|drop|leave out|miss|missed|forgot|skip)( (that|which|you'd|you|for you|from your|on your)( [\w']+){0,6})?",
    r"(does|do|would|will|is|are|have|did|has) (that|this|it|you|i|we|anything|there|either of you|anybody|anyone)( [\w']+){0,8} (add|change|cover|include|raise|miss|missed|missing|differently|left out|swap|rather|your (list|side|end|agenda)|in mind|anything else|something else|other (topics|points)|of yours|suit|suits|work for|fit|okay|all right|sound|fair|leave out|prefer|first)",
    r"what (would|do|should|did|have) (you|i|we)( [\w']+){0,5} (like|want|hope|wish|need|prefer|left|missed|forgotten|add|make sure|expect|hoping)( [\w']+)*",
    r"(what's|what is|what's been|is anything|is something|anything|something) (missing|left out|not (on|in) (there|it|the list)|forgotten|wrong with that)( [\w']+){0,4}",
    r"(how|does) (that|this) (sound|sit|suit|work|fit)( [\w']+){0,6}",
    r"(your|anyone's|anybody's) (turn|additions|thoughts|wishes|side|priorities|wish)( [\w']+)*",
    r"(would|do) you (rather|prefer|want|like)( [\w']+){0,8}",
    r"or (would|do|should|shall|have|did|is|are|can|could|were|might) (you|we|i|there|anything|anyone|either)( [\w']+){0,10}",
    r"(would|should|could|shall|might) (you|we|i) (\w+ )?(go|do|start|take|put|order|see|begin|swap|tackle|approach|run|play|handle|change)( [\w']+){0,6} (another|other|different|differently|otherwise|first|round|order|way|instead)",
)
_BARE_TAG = re.compile(
    r"(?:sounds?|is that|that|all|okay|right|yes|yeah|fair|good|fine|with you|for you|everyone|so|does that|does it|work|works?| )+"
)
_NEAR = 24  # characters around a length of time that can make it another's
_SAID_AFTER = 3  # words; more of our own after it, and nobody was invited
_OPEN = re.compile(
    r"\b(still (?:open|outstanding|unresolved|to (?:agree|settle|close|do|decide))|(?:open|outstanding|unresolved|remaining|unsettled) (?:points?|items?|issues?|questions?|things|topics?|matters?|ones?)|(?:points?|items?|issues?|questions?|things|topics?|matters?)(?: \w+)? (?:are |is |were )?(?:still |left )?(?:open|outstanding|unresolved|to (?:settle|agree|close|sort out|clear))|not (?:yet )?(?:agreed|settled|closed)(?: yet| on)?|left (?:open|to (?:agree|settle|close|sort))|haven't (?:agreed|settled|closed)(?: on)?|what's left)\b"
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "a couple of": 2, "both": 2}
_ENDS_LIST = re.compile(
    r"\b(?:so|then|because|i'd|i'll|we'd|we'll|let's|let us|i would|i think|i thought|i suggest|shall|should|if|it should|and (?:i|we|you|then|after|that)|after|first|which|is|was|were|can|could|would|in that|today|for today)\b"
)
_ITEM = re.compile(
    r"^(?:and |the |our |your |a |an |how |what |who |one |two |three |with )*[a-z][\w'-]*(?: [\w'-]+){0,5}$"
)


def shows_time(text: str) -> bool:
    """Whether plain words say how long we have."""
    for match in TIME.finditer(text):
        if _TAKES_TO.match(text, match.end()):
            continue
        near = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if not _NOT_OURS.search(near[near.find(" ") + 1 :] if match.start() > _NEAR else near):
            return True
    return False


def shows_purpose(text: str) -> bool:
    """Whether plain words say what the call is for."""
    return bool(PURPOSE.search(text))


def shows_plan(text: str) -> bool:
    """Whether plain words say in what order the call will go."""
    return bool(PLAN.search(text)) and not _NEXT_TIME.search(text)


_BEARS_OUT = {
    "purpose": any_of(
        r"(today|this (call|meeting|chat)|talk|see|hear|whether|learn|understand|find|decide|why|because|about|for|goal|aim|reason)"
    ),
    "plan": any_of(r"(first|order|points?|start|begin|finish|end|topics|parts|things|steps)"),
    "time": any_of(_LENGTH, r"\d+", r"(minutes?|hours?|until|till|quick|short|brief)"),
}


def bears_out(part: str, text: str) -> bool:
    """Whether plain words can be what a label of a part of the agenda was given for."""
    if part == "time" and _NOT_OURS.search(text):
        return False
    return bool(_BEARS_OUT[part].search(text)) and not (part == "purpose" and shows_plan(text))


def invites(said: tuple[Unit, ...]) -> Unit | None:
    """The invitation that a turn ends with; None where the rep goes on instead of waiting."""
    for place in range(len(said) - 1, -1, -1):
        unit = said[place]
        after = sum(later.n_words for later in said[place + 1 :])
        if after > _SAID_AFTER:
            return None
        if _BARE_TAG.fullmatch(unit.text + " "):
            continue
        for match in INVITATION.finditer(unit.text):
            left = unit.text[match.end() :].split()
            if (unit.asks or len(unit.text.split()) - len(left) > 0) and len(left) <= _SAID_AFTER:
                return unit
    return None


_LEADS_LIST = re.compile(
    r".*\b(?:there's|there is|there are|we've got|we have|i've got|i have|leaves|that leaves|you've got)(?: still)? (?=.*\b(?:open|left|outstanding|unresolved|remaining|agreed|settled|settle)\b)"
)


def n_open_points(text: str, breaks: tuple[int, ...]) -> int:
    """How many points still open a unit names; 0 where it names none."""
    match = _OPEN.search(text)
    if match is None:
        return 0
    words = text.split()
    at = text.count(" ", 0, match.end()) + 1
    after = _items(words, at, breaks)
    if not after:
        before = text.count(" ", 0, match.start())
        lead = _LEADS_LIST.match(text)
        skipped = lead[0].count(" ") if lead else 0
        head = [b - skipped for b in breaks if skipped < b < before]
        after = _items(words[skipped:before], 0, tuple(head))
        after = [item for item in after if not re.search(r"\b(?:i|we|you|there|hello|hi)\b", item)]
    said = re.search(
        r"\b(one|two|three|four|five|six|a couple of) (?:\w+ )?(?:points?|items?|issues?|questions?|things|topics?|matters?)",
        text,
    )
    if after and said:
        return max(_NUMBERS[said.group(1)], len(after))
    return len(after)


def _items(words: list[str], start: int, breaks: tuple[int, ...]) -> list[str]:
    """Names of things in a list that starts at a word."""
    rest = words[start:]
    while rest and rest[0] in (
        "are",
        "is",
        "were",
        "on",
        "namely",
        "which",
        "that",
        "being",
        "today",
        "with",
        "you",
        "me",
        "us",
        "for",
        "from",
        "last",
        "time",
    ):
        rest, start = rest[1:], start + 1
    text = " ".join(rest)
    end = _ENDS_LIST.search(text)
    n_words = text.count(" ", 0, end.start()) if end else len(rest)
    pieces: list[list[str]] = [[]]
    for at, word in enumerate(rest[:n_words]):
        if word == "and" or (at + start in breaks and at):
            pieces.append([])
            if word == "and":
                continue
        pieces[-1].append(word)
    names = [" ".join(piece) for piece in pieces if piece]
    return [name for name in names if _ITEM.match(name) and not name.startswith("to ")]
