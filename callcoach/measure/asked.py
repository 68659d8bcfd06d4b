"""The rep's questions of substance, each with the words it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from callcoach.core import Evidence, Role
from callcoach.measure.constants import PREDICTED
from callcoach.measure.content import content_roots
from callcoach.measure.dialogue import Dialogue, Line, Saying
from callcoach.measure.language import any_of, word_set
from callcoach.measure.last import keep_last
from callcoach.measure.questions import questions
from callcoach.measure.utterances import Labels, Part, TurnLabels

_STARTS_ASKING = re.compile(
    r"^(?:(?:(?:nice|one|good|great|got|it|cool|brilliant|lovely|fair|enough|thanks|sure|perfect|makes|sense|i|see|hear|gotcha|ta|cheers) )+(?=and |so |but ))?(?:(?:and|so|but|okay|ok|right|then|well|now|oh|yeah|that's \w+) )*(?:(?:if|suppose|say|imagine|when|with|because|since) .{4,80}? )?(?:what|what's|who|which|whose|how|why|where|when) (?!i |we |you |they |it |he |she |ever )\w+ \w+"
    r"|^(?:(?:and|so|but|okay|ok|right|alright|then|well|now|oh|yeah) )*(?:(?:before|while|if|when|just|quickly) .{4,40}? )?(?:has|have|is|are|does|do|did|will|would|can|could) (?:anyone|anybody|any|you|your|they|there|that|this|it|somebody|someone) (?!know )\w+ \w+"
)
_CLEFT = re.compile(
    r".* (?:is|was|are) (?:that|to|what|how|the|a|we|you|i)\b|.*\b(?:i|we) (?:do|did|mean|meant|say|said|find|see)\b"
)
MOST_AT_ONCE = 3  # questions in one turn that a customer can hold on to
UNMARKED = 0.6  # chance that an unpunctuated sentence that starts with a question word asks
LEAST_CHANCE = 0.4  # of being a question of substance; what is asked for makes the rest sure
_CONDITIONS = word_set(
    "when whenever if suppose supposing imagine say once because since with without given after while"
)
_PREPOSITIONS = word_set("on in for about of at during as from by to among out before within apart besides")
_FILL = word_set("and so but well okay ok right then now yes yeah oh ah")
_SAYS = word_set("said say mentioned told described spoke talked you're you've your")
_PREFACE = re.compile(
    r"^(and |so |well |okay |right )*((just )?(to )?follow(ing)? up|speaking of|talking of|on (that|the) (note|subject|topic))\b"
)
_ALSO_ASKED = any_of(
    r"(can|could|shall|should|may|might) (i|we) (just )?(show|send|share|put|book|schedule|set|start|begin|take you|walk|run|pop|call|ring|ask)",
    r"(would|do) you (mind|like|want) (if i|to see|me to|us to|a (demo|trial|quote|copy)|another)",
    r"does (that|this|it|any of (that|this)) (all )?(make|sound|look|seem|work for|help)( \\w+)?$",
    r"(does|did|do) (that|this|it) (all )?make sense",
    r"how does (that|this|it) (sound|look|land)",
    r"(sound|sounds|looks?) (good|okay|ok|fair|right|reasonable)( to you)?$",
    r"is (that|this|it) (okay|ok|all right|alright|clear|fair|fine)( (with|for|by) you)?$",
)  # asked of the talk itself: leave, procedure, checks


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Parameters
    ----------
    start, end : int
        Words of the turn, with the clause that the question hangs on ("when it fails, …").
    text : str
        Those words, plain. `head` is the interrogative alone.
    probability : float
        That it is a substantive question.
    """

    line: Line
    start: int
    end: int
    text: str
    head: str
    roots: frozenset[str]
    probability: float

    def evidence(self, probability: float) -> Evidence:
        return Evidence(self.line.turn, self.start, self.end, round(probability, 4))


@keep_last
def questions_of(dialogue: Dialogue, labels: Labels) -> dict[int, tuple[Asked, ...]]:
    """The questions of every rep saying that has any, by its position."""
    found = {saying.at: asked_in(saying, labels) for saying in dialogue.of(Role.REP)}
    return {at: asked for at, asked in found.items() if asked}


def asked_in(saying: Saying, labels: Labels) -> tuple[Asked, ...]:
    """The substantive questions of a rep's saying, in order; those of the talk itself left out.

    Of a volley of more than `MOST_AT_ONCE` only the last can be answered, and it alone counts.
    """
    found = []
    for turn in dict.fromkeys(line.turn for line in saying.lines):
        lines = [line for line in saying.lines if line.turn == turn]
        parts = _parts(labels, turn, lines[-1].end)
        if not parts and labels[turn].get("question", 0.0) < PREDICTED:
            parts = [part for line in lines if (part := _unmarked(line)) is not None]
        for part in parts:
            inside = [line for line in lines if part.start_word < line.end and line.start < part.end_word]
            if not inside:
                continue
            line = next((each for each in inside if each.mark == "?"), inside[-1])
            question = _asked(
                line, max(part.start_word, line.start), min(part.end_word, line.end), part.probability
            )
            if not _ALSO_ASKED.search(question.head):
                found.append(question)
    return tuple(found if len(found) <= MOST_AT_ONCE else found[-1:])


def _parts(labels: Labels, turn: int, n_words: int) -> list[Part]:
    of_turn = labels[turn]
    probability = of_turn.get("question_substantive", 0.0)
    if probability < LEAST_CHANCE:
        return []
    if not isinstance(of_turn, TurnLabels):
        return [Part("question_substantive", 0, n_words, probability)]
    return [
        part
        for part in of_turn.parts
        if part.label == "question_substantive" and part.probability >= LEAST_CHANCE
    ]


def _unmarked(line: Line) -> Part | None:
    """A question that the rules miss where nothing is punctuated: it starts with a question word."""
    if line.mark or not _STARTS_ASKING.match(line.text) or _CLEFT.match(line.text):
        return None
    return Part("question_substantive", line.start, line.end, UNMARKED)


def _asked(line: Line, start: int, end: int, probability: float) -> Asked:
    words = line.words
    begin, stop = start - line.start, end - line.start
    head = max(
        begin, _head(words, line.sentence.breaks) if line.mark == "?" else 0, _opener(line, begin, stop)
    )
    if begin == 0:
        if head and _PREFACE.search(line.text):
            begin = head  # "following up on that, …" takes up nothing
    elif begin:
        for at in range(begin - 1, max(-1, begin - 12), -1):
            if words[at] in _CONDITIONS:
                begin = at
                break
    said = words[begin:stop]
    about = said if begin == head or _hangs_on(words[begin:head]) else words[head:stop]
    return Asked(
        line,
        line.start + begin,
        line.start + stop,
        " ".join(filter(None, said)),
        " ".join(filter(None, words[head:stop])),
        content_roots(about) or content_roots(said),
        probability,
    )


def _opener(line: Line, begin: int, stop: int) -> int:
    """Where the interrogative itself starts, as the rules for questions see it."""
    heads = [each.head - line.start for each in questions(line.sentence)]
    return max((head for head in heads if begin <= head < stop - 1), default=begin)


def _hangs_on(clause: tuple[str, ...]) -> bool:
    """Whether a clause before a question belongs to it: "when it fails, …", "you said two days, …"."""
    start = [word for word in clause if word not in _FILL][:4]
    if not start:
        return True
    if (
        start[0] in _CONDITIONS
        or start[0] in _PREPOSITIONS
        or (start[0].endswith("ing") and start[1:2] != ["on"])
    ):
        return True
    return any(word in _SAYS for word in start)


def _head(words: tuple[str, ...], breaks: frozenset[int]) -> int:
    """Where the clause after the last comma starts, when it is a question by its first words."""
    for at in sorted(breaks, reverse=True):
        if at < len(words) - 1 and _OPENS.match(" ".join(words[at : at + 3])):
            return at
    return 0


_OPENS = re.compile(
    r"(and |so |but |then )?(what|which|who|whom|whose|where|when|why|how|do|does|did|is|are|was|were|can|could|will|would"
    r"|should|have|has|had|what's|who's|where's|how's|isn't|aren't|don't|doesn't)\b"
)
