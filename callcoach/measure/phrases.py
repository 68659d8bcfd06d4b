"""Labels that a set of phrases tells: parts of an agenda, the notice of recording, acknowledgement.

Each entry gives the words that show it; all work on the plain words of one sentence. A sentence
is looked at only when it holds a word without which no phrase of the label can match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from callcoach.core.floor import says_backchannel
from callcoach.measure.language import Sentence, any_of, word_set

_QUOTE_WORDS = 30  # up to this long, a whole sentence is the quote that shows a label


@dataclass(frozen=True, slots=True)
class Phrases:
    """One label: `triggers` of which a sentence must hold one, what shows it, what rules it out."""

    label: str
    triggers: frozenset[str]
    shows: re.Pattern[str]
    unless: re.Pattern[str] | None
    probability: float

    def find(self, sentence: Sentence) -> tuple[int, int] | None:
        """Word range of what shows the label: the sentence, or the phrase in a long one; or None."""
        if self.triggers.isdisjoint(sentence.words):
            return None
        text = sentence.text
        match = self.shows.search(text)
        if match is None or (self.unless is not None and self.unless.search(text)):
            return None
        if len(sentence.words) <= _QUOTE_WORDS:
            return 0, len(sentence.words)
        return sentence.word_at(match.start()), sentence.word_at(match.end() - 1) + 1


def _label(
    label: str, triggers: str, *shows: str, unless: tuple[str, ...] = (), probability: float = 0.85
) -> Phrases:
    return Phrases(
        label,
        word_set(triggers),
        any_of(*shows),
        any_of(*unless) if unless else None,
        probability,
    )


_N = (
    r"(\d+|a couple of|a few|(twenty|thirty|forty|fifty|sixty)?(one|two|three|four|five|six|seven|eight|nine)|ten|eleven"
    r"|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|half an|an|the)"
)
_LENGTH = rf"({_N}( to {_N}| or so)? (minutes?|mins?|hours?)|half an hour|an hour|threequarters of an hour)"

AGENDA_TIME = _label(
    "agenda_time",
    "minutes minute mins hour hours until stop till oclock half",
    rf"(we|i|you)('ve| have|'d| had)? (just |only |still )?(got |have |said |set aside |booked |scheduled |blocked |planned "
    rf"|agreed |allowed |put in |put aside |put down )+(out |for |down |in |about |around |roughly |up to |maybe |the )*{_LENGTH}",
    rf"(we|i)('ll| will| should| can| only| just)* (need|take|use|keep (it|this|us)|be done|finish|spend)"
    rf" ?(to |in |about |around |under |within |up |the |your |of |just |only |no more than )*{_LENGTH}",
    rf"(do|does|is|are|will|would) (we |you |the |our )*(still )?(have |got |good for |okay for |free for )*{_LENGTH}"
    r"( still)? ?(work|okay|good|enough|fine|today|together|suit|for this|for the call)?",
    rf"^(so |okay |great |right |thanks |and )*{_LENGTH}( (today|together|in total|should do it|as agreed|as planned))?$",
    rf"^(so |okay |great |right |thanks |and )*{_LENGTH}( (is|was) what we| today| together| as (agreed|planned|promised))",
    rf"^(so |okay |great |right |thanks |and )*{_LENGTH} (i'd|we'd|i'll|we'll|i thought|i want|so i|so we|and i|and we|to)",
    rf"(over|in|for|use|with) (the|our|these|those|your) (next |remaining |last )?{_LENGTH}( (together|today|we))?",
    rf"{_LENGTH} (together|today|for this|on the (clock|calendar|invite)|in the (diary|calendar)|booked|blocked|set aside)",
    r"hard stop",
    r"(need|have) to (be (done|off|away|out)|stop|drop( off)?|finish|go|leave) (at|by|before)",
    r"(good|okay|free|available|here|together|fine) (until|till)",
    r"(we('ve| have)|i('ve| have)|we|you('ve| have)) (got |have )?(until|till)",
    r"(finish|done|wrap up|wrapped up|end) (by|at|before) (half|quarter|\d+|ten|eleven|twelve|one|two|three|four|five|noon)",
    unless=(
        r"(hours?|minutes?) (a|per|every|each|on|of|ago|later|long|away|late) ?(day|week|month|job|quote|approvals?|call"
        r"|order|report)?$",
        r"(takes?|took|lose|lost|costs?|saves?|saved|spent|waste[ds]?|waited?|waiting|setup|set up|install|downtime)"
        rf" (us |you |them |about |roughly |around )*{_LENGTH}",
        rf"{_LENGTH} (a|per|every|each) (day|week|month|job|quote|order|call|person)",
        rf"{_LENGTH} ago",
    ),
)
AGENDA_PURPOSE = _label(
    "agenda_purpose",
    "purpose goal aim point idea objective reason i'd we'd i want wanted hope hoping hoped we like love use today",
    r"(the|our|my|main|whole) (main )?(purpose|goal|aim|point|idea|objective|reason)( here)? "
    r"(of|for|behind) (today|this|the|our|my|me|us|calling|meeting)",
    r"(the|our|my|main|whole) (main )?(purpose|goal|aim|idea|objective)( here)? (today |really )?(is|was) (to|that we|a|really)",
    r"(i|we)('d| would)( really| both| also| just| first)? (like|love)( to)? (today )?(to )?(first |also |really |just "
    r"|better )*(hear|understand|learn|know|find out|talk|discuss|look|see|get|explore|cover|use|spend|go|make sure|work"
    r"|figure|agree|decide|check|focus|leave|walk away|come away|review|catch up)",
    r"(i|we) (really |just |mainly )?(want|wanted|hope|hoped|'m hoping|was hoping|were hoping) (today )?(to )?(first |really "
    r"|just |better )*(hear|understand|learn|know|find out|talk|discuss|look|see|get|explore|cover|use|spend|go|make sure"
    r"|work|figure|agree|decide|check|focus|leave|walk away|come away|review|catch up|do today)",
    r"(i'm|i am|we're|we are|i was|we were) hoping (to|that|we|today)",
    r"what (i|we)('d| would)? (like|love|want|hope|wanted|hoped) to (do|get|achieve|cover|understand|hear|see)",
    r"(my|our) (hope|plan|thinking|intention) (is|was|for)",
    r"(to|then|and|can|could|we'll|us) (then )?(together )?(decide|see|agree|work out|figure out|know) (together )?(if|whether) "
    r"(it|there|this|we|that|a)",
    r"today('s| is) (really |all |mainly |mostly )*(about|to|for)",
    unless=(
        r"(i|we)('d| would) (like|love) to (hear|understand|know|learn) (if|whether) (you|that) (can|could|have|do)\b.*\bprice",
        r"^(we|i) (wanted|want|hoped) to (get|go|work|see) .*\b(last|years?|back then|at the time|before)\b",
    ),
    probability=0.8,
)
AGENDA_PLAN = _label(
    "agenda_plan",
    "first then start begin agenda cover plan finish end leave wrap three two i'll we'll thought split next afterwards"
    " after with show points things topics items questions issues",
    r"(the|my|our|an|quick|suggested|proposed|rough|today's) (\w+ )?agenda",
    r"(i'll|we'll|i will|we will|i'd like to|i thought (i'd|we'd|i would|we would|we could|we might)|let me|let's|we can"
    r"|we could|i suggest (we|i)|i propose (we|i)|shall we|my plan is to|the plan is to|plan was to)( maybe| perhaps| just)? "
    r"(start|begin|kick off|open)( off| out)? (with|by|from|on|at)",
    r"(i'll|we'll|i will|we will|i thought (i'd|we'd|i would|we would|we could)|let me|let's|we can|we could) (first|then"
    r"|next|after that|afterwards|finally)",
    r"first(ly)? .*\b(then|second(ly)?|after that|and finally|and lastly)\b",
    r"(start|starting|begin|beginning|open) (with|by) .*\b(then|finish|end|wrap|after that|before)\b",
    r"(^|and |we |i |you |can |could )then (we |i |you |together |decide|we'll|i'll|we can|i can|see|agree|look|talk|if|show)",
    r"then (decide|see|agree|look|talk|finish|close|wrap|end|show|go|work out|figure out|pick|choose)",
    r"(cover|go through|talk about|get through|look at|discuss|touch on) (three|two|four|a (few|couple of)|\d+|these) "
    r"(things|topics|points|items|areas|questions|parts)",
    r"(finish|end|wrap up|close|finishing|ending) (with|by)",
    r"(leave|save|keep) (the last |about |some |\w+ |five |ten )*(minutes|time) (at the end|for|to)",
    r"(here's|this is|that's) (the|my|what i) (plan|agenda|had in mind|suggest|propose|thought)",
    r"(two|three|four|five|\d+) (points|things|topics|items|questions|issues) (are |that are |which are )?(still )?(open|left"
    r"|to (cover|settle|discuss|go through)|for today|on (the|my) list)",
    r"(the )?plan for (today|the call|this call|the next)",
    r"today (i'll|we'll|i will|we will|i'd like to|we can) (take|walk|show|talk|go|look|run|cover)",
    unless=(
        r"(you|they|he|she|it) then",
        r"(and|we|they|you|he|she|it) (then|first) (went|had|got|took|came|did|said|moved|ended|started|lost|found|print)",
        r"(since|by|until|back|but|even|and|just) then$",
    ),
    probability=0.8,
)
AGENDA_INVITATION = _label(
    "agenda_invitation",
    "add anything sound sounds change missing work okay ok suit happy fair else cover worth useful alright fine good get point topic item side prefer rather free",
    r"(is there )?(anything|something) (else )?(that )?(you'd like|you would like|you want|you'd want|you need|you were hoping"
    r"|to|we should|we ought to|i've missed|i missed|i'm missing|missing|you'd)( me| us)? ?(to )?(be )?(add|change|cover|talk"
    r"|discuss|include|adding|on there|on that list|missing|from (that|your))?( to (that|this|it))?",
    r"(what|what else) (would|do|should|did) (you|we) (like|want|need|hope|hoping)?( me| us)? ?(to )?(be )?(add|cover|change|get|see"
    r"|take away|talk about|focus)",
    r"what (would|will) (make|need to happen|you need) .*\b(worth|useful|good use|valuable)",
    r"(does|would|will) (that|this) (all )?(sound|work|suit|match|fit)( like a plan| good| okay| ok| fair| alright| all right"
    r"| right| reasonable| fine| for (you|both of you|everyone|everybody)| with (you|that)| you)*(?= then| to you| at all|$)",
    r"(does|would|will) (that|this) (sound|suit) (like a plan|good|okay|ok|fair|alright|all right|right|reasonable|fine|you)",
    r"(does|would|will) (that|this|it) (all )?(be|seem|feel) (good|okay|ok|fair|alright|all right|right|reasonable|fine|sensible|useful)",
    r"(is|are) (that|this|you|everyone) (all )?(okay|ok|alright|all right|fair|fine|happy|good)( with (you|that|this)| for you)?",
    r"(sound|sounds) (good|okay|ok|fair|alright|all right|like a plan|reasonable)",
    r"how does (that|this) sound",
    r"(happy|okay|ok|fine|good) with (that|this)",
    r"(anything|what) (you'd|would you) (add|change)",
    r"(is there |any |a )*(\w+ )?(point|topic|item|thing|question)s? (on|from) your (side|end)",
    r"anything (to add|else to add|on your side|from your side|you'd like)",
    r"(or )?(would|do) you (rather|prefer)",
    r"feel free to (add|change|steer|stop|interrupt)",
    probability=0.8,
)
RECORDING_NOTICE = _label(
    "recording_notice",
    "recorded record recording records recordings",
    r"(this|the|our|today's|your|all|these|every|each|phone|inbound) ?(\w+ )?(call|calls|line|lines|meeting|meetings"
    r"|conversation|conversations|session|sessions)('s| is| are| will be| may be| might be| gets| get| was| can be)"
    r"( also| currently| now| always| all)?( being)? (recorded|monitored and recorded)",
    r"(calls|conversations) (are|may be|will be|might be) (\w+ )?(recorded|monitored and recorded)",
    r"(being|be) recorded",
    r"(we|you)('re| are)( now| both)?( being)? (recorded|recording|on a recorded)",
    r"recorded (line|call|for (training|quality|our|my|the purposes?|compliance|monitoring))",
    r"(i'm|i am|we're|we are|i'll be|i will be|we'll be|we will be|i was|i've started|i have started|i've been)( just| also"
    r"| now| currently| actually| going to be)? ?recording( this| the| our| it| today| us| so| for| if| in case| and|$)",
    r"(i'll|i will|i'd like to|i want to|i'm going to|we'd like to|we'll|going to|let me|like to) (just |also )?record "
    r"(this|the|our|it|us|today)",
    r"(okay|ok|alright|all right|mind|happy|fine|comfortable|object|problem|permission|consent) (for|if|with|to|that)"
    r"( you| me| us| i| we| i'm| we're)*( to| just| am| are| be)* (record|recording)( this| the| our| it| us|$| for| so| today)?",
    r"(can|could|may|shall|should) (i|we) (just |also )?record (this|the|our|it|us)",
    r"(start|started|starting|hit|press|pressed|turn on|turned on|switch on|switched on) (the |my |our )?(record(ing)?)( button|"
    r" now|$| so| for| if)",
    r"(the|my|our|this) (call )?record(ing|er) (is|has) (on|running|started|begun|just started)",
    r"recording (is|has) (on|in progress|started|now on)",
    r"(zoom|teams|meet|gong|a bot|notetaker|note taker|assistant) (is|will be|'s|will) (also )?(record|recording)( this| the| us)?",
    unless=(
        r"recorded (in|on|under|as|against|into|twice|manually|properly|anywhere|separately)",
        r"(do|does|did|can|could|would) (you|your|they|it|the system) (\w+ )?record (calls|your|all|every|the (time|hours|visit))",
        r"(keep|hold|lose|find|update|delete|check|pull up|medical|customer|our|your|their|the|these|those|sales|staff) records",
        r"(record|recorded) (sales|year|quarter|month|numbers?|revenue|low|high|profit)",
        r"(don't|won't|never|not|isn't|aren't|no longer) (be |being |going to )?(record|recorded|recording)",
        r"(being|be|is|are|get) recorded (as|in|under|against|on)",
    ),
    probability=0.92,
)

REP_PHRASES = (AGENDA_TIME, AGENDA_PURPOSE, AGENDA_PLAN, AGENDA_INVITATION, RECORDING_NOTICE)

_ACKNOWLEDGES = any_of(
    r"(that|it|this)('s| is| does|)? ?(really |very |totally |completely |perfect |so )*(makes?|making|made)?"
    r" ?(a lot of |perfect |total )?(sense|fair|understandable|reasonable|frustrating|tough|hard|helpful|useful|interesting"
    r"|good to know|annoying|a shame|a pity|painful|difficult|rough|stressful)",
    r"(i|we) (hear|understand|get|see|appreciate|can imagine|can see|can hear)( you| that| it| what you mean| why| completely)*$",
    r"(i|we) (completely |totally |fully |really |quite |do )*(understand|appreciate|sympathise|sympathize|get)( that| it| you)?$",
    r"(that|it) (must|can|has to|sounds?|seems?) (be |really |very |like |have been |so )*(\w+)$",
    r"(i'm |so |really |very |i am )*sorry (to hear|about) (that|it)",
    r"(thank you|thanks) (so much |very much )?for (sharing|telling me|explaining|that|being (open|honest))",
    r"(fair|good|great|interesting) (point|enough)",
    r"understood|noted|gotcha|got (it|you)|oh dear|oh no|oh wow|i see|goodness|fair enough|go on|no way|of course",
)
_SMALL = word_set(
    "oh ah well so that yeah yes okay ok right great good lovely perfect mm mmhm mhm um uh er erm sure wow nice that's it's and"
    " really very quite then alright brilliant cool thanks thank you hmm hm gosh"
)
_ACKNOWLEDGE_MAX_WORDS = 8
_ANSWERS = word_set(
    "yes yeah yep yup no sure okay ok right exactly absolutely definitely correct true indeed"
)


def acknowledges(words: tuple[str, ...], *, after_question: bool) -> float:
    """Probability that a whole turn only listens: a short token or phrase that leaves the floor.

    Parameters
    ----------
    words : tuple of str
        Plain words of the turn.
    after_question : bool
        Whether the other side asked just before: then a bare yes is an answer.
    """
    said = tuple(word for word in words if word)
    if not said or len(said) > _ACKNOWLEDGE_MAX_WORDS:
        return 0.0
    if after_question and said[0] in _ANSWERS:
        return 0.1
    if says_backchannel(said):
        return 0.95
    if all(word in _SMALL for word in said):
        return 0.8
    text = " ".join(said)
    match = _ACKNOWLEDGES.search(text)
    if match is None:
        return 0.0
    rest = (text[: match.start()] + " " + text[match.end() :]).split()
    return 0.85 if all(word in _SMALL for word in rest) else 0.0
