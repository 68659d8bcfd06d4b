"""Reflections: the rep says back what the customer said, condensed or with its meaning, and pitches nothing.

::

    C  the washer starts at six, so the vans go out dirty     <- said
    R  so the vans are dirty because the washer is late       <- says it back
    C  yeah, that's it                                        <- answers in three words or more: credited
"""

from __future__ import annotations

import re

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.asked import questions_of
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.claims import claims_of, pitches
from callcoach.measure.constants import LOOSELY_RULED_OUT, PREDICTED, TAGGERS_SURE
from callcoach.measure.dialogue import Dialogue, Line, Saying, chance, dialogue_of, either
from callcoach.measure.language import any_of
from callcoach.measure.parrots import is_parrot
from callcoach.measure.units import contents
from callcoach.measure.utterances import Labels, ruled_out

ID = "reflection"
NEAR_TURNS = 3  # a reflection is of the customer's last turns
ANSWER_WORDS = 3  # the customer's next turn responds with at least this many words
LEAST_WORDS = 4  # fewer say back nothing that could be condensed
FORM = 0.6  # chance that a statement about the customer with their words says back

_ABOUT_THEM = any_of(
    r"^(and |but |okay |ok |right |ah |oh |yeah |yes |mm |hm )*(so|then|it's|it is|its|that's|sounds|it sounds|sounds like|you|you're|you've|you'd|your|they're|they|he's|she's|there's|what i'm hearing|what i hear"
    r"|in other words|if i (understand|heard|hear)|meaning|which means|because|the|a|an|not|rather|on (the )?one hand|part of you|for you|at the moment|half|two|three|four|five|six|most|all|every|no|nobody)\b",
    r"(you|you're|you've|your|they're|they|them|him|her|he|she|it's)",
)
_NOT_BACK = any_of(
    r"(i'll|we'll|i will|we will|let me|let's|we can|i can|we could|i could|i'd like to|i'm going to|we're going to|shall i|shall we|i want to|allow me)",
    r"(you should|you could|you ought|you might want|you need to|you'd better|why don't you|have you (tried|thought|considered)|try (to|a|the|\w+ing)|i'd (suggest|recommend)|i (suggest|recommend))",
    r"(well done|impressive|congratulations|good for you|thank you|thanks|sorry|apologies|welcome|lovely to|great to|nice to|good to (hear|know|see))",
    r"(our|ours|we) (\w+ )?(app|platform|tool|system|software|product|module|customers?|clients?|team|have|offer|do|make|built|see|find|hear|work)",
    r"(other|another|most|many|some) (clients?|customers?|firms?|companies|shops|schools|teams|people)|had (exactly|precisely) that|(happens|same) (everywhere|to everyone|with everyone)",
    r"(these days|nowadays|in general|generally|typically|in this industry|in your industry|is common|are common|we all)",
    r"^(hi|hiya|hello|hey|(good )?(morning|afternoon|evening)|goodbye|bye)( .*)?",
    r"(this is|my name's|my name is) \w+( \w+)? (from|at|with|of|calling|here|speaking)",
    r"(that's|it's|this is) (great|lovely|fantastic|brilliant|interesting|good|super|amazing|a classic)$",
)


_STATES = re.compile(
    r"(?:(?:and|okay|right|ah|oh|yeah) )*so (?:then )?(?:it|it's|you|you're|you've|you'd|your|they|they're|he|she|the|a|there's|that|that's|this|not|what (?:you|matters|bothers|hurts|worries)|most|half|nobody)\b(?! (?:want|like) me\b)"
)


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that say back the customer's last turns; one credit per customer turn.

    A reflection uses a content word of the customer, condenses or adds (word for word is a parrot),
    stands in a turn without a product claim, and the customer responds to it with three words or
    more.

    Components
    ----------
    ``n_credited`` and ``n_substantive_turns``, the customer's turns of 12 words or more.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    dialogue = dialogue_of(transcript)
    evidence: list[Evidence] = []
    used: set[int] = set()
    for saying in dialogue.of(Role.REP):
        found = _says_back(dialogue, saying, labels, used)
        if found is not None:
            used.add(found[0])
            evidence.append(found[1])
    n_substantive = sum(saying.is_substantive for saying in dialogue.of(Role.CUSTOMER))
    return Observation(
        ID,
        Status.SCORED if evidence else Status.NOT_OBSERVED,
        components={
            "n_credited": float(len(evidence)),
            "n_substantive_turns": float(n_substantive),
        },
        evidence=tuple(evidence),
    )


def _says_back(
    dialogue: Dialogue, saying: Saying, labels: Labels, used: set[int]
) -> tuple[int, Evidence] | None:
    """The customer turn that a rep turn says back, and the words that do; None where none is."""
    reply = dialogue.reply_to(saying)
    if saying.murmur or reply is None or reply.n_words < ANSWER_WORDS:
        return None
    near = [other for other in dialogue.before(saying, Role.CUSTOMER, n=NEAR_TURNS) if other.at not in used]
    if _holds_a_pitch(dialogue, saying, labels, near):
        return None
    asking = {
        (asked.line.turn, asked.line.start)
        for asked in questions_of(dialogue, labels).get(saying.at, ())
        if asked.start == asked.line.start
    }
    best: tuple[float, int, Line] | None = None
    for line in saying.lines:
        if len([word for word in line.words if word]) < LEAST_WORDS or _NOT_BACK.search(line.text):
            continue
        tagged = max(chance(labels, line, ID), chance(labels, line, "testing_understanding"))
        if (line.turn, line.start) in asking and tagged < PREDICTED and not _STATES.match(line.text):
            continue
        is_open = not ruled_out(labels[line.turn], ID, "testing_understanding", below=LOOSELY_RULED_OUT)
        for other in near:
            shared = line.roots & other.roots
            if not shared and tagged >= TAGGERS_SURE:  # then a plain word in common ("tried") is one too
                shared = contents(line.text) & contents(" ".join(heard.text for heard in other.lines))
            if not shared or is_parrot(line, other):
                continue
            by_words = FORM if is_open and _ABOUT_THEM.search(line.text) else 0.0
            probability = either(tagged, by_words)
            if probability >= PREDICTED and (best is None or probability > best[0]):
                best = (probability, other.at, line)
    return None if best is None else (best[1], best[2].evidence(best[0]))


def _holds_a_pitch(dialogue: Dialogue, saying: Saying, labels: Labels, near: list[Saying]) -> bool:
    """Whether a turn speaks for the product; a claim in words of the customer is one only when it does so openly."""
    claims = {number for number, _ in claims_of(dialogue, labels).get(saying.at, ())}
    said = frozenset().union(*(other.roots for other in near))
    return any(
        pitches(line, labels) or (number in claims and line.roots.isdisjoint(said))
        for number, line in enumerate(saying.lines)
    )
