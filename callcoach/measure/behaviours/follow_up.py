"""Follow-up: the next question takes up what the customer just answered, and chains go deeper.

::

    C  we lose two days on approvals, every month, and nobody …   substantive answer
    R  Two days where, exactly?                                   followed: depth 1
    C  at the second signature, because she is away …             substantive answer
    R  And when she is away?                                      followed: depth 2
    C  it waits …
    R  How many users do you have?                                a switch of topic ends the chain
"""

from __future__ import annotations

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.anaphora import points_back
from callcoach.measure.asked import Asked, questions_of
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.dialogue import SUBSTANTIVE_WORDS, Dialogue, Saying, dialogue_of
from callcoach.measure.utterances import Labels

ID = "follow_up"
NO_ANSWERS = "the customer gave no answer of 12 words or more to follow up"
DEEP = 2  # answers followed in a row that make a chain of depth 2
SAME_WORD, POINTS_BACK = 0.9, 0.75  # chance that a question with such a sign takes up the answer


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Substantive customer answers whose next rep turn asks about them, in the question itself.

    The question shares a content word, a name or a number with the answer, or points back to it.
    Repeating the customer's words in a statement before another question is no follow-up; tags,
    rituals and logistics are none. A rep's murmur does not end an answer; short answers neither
    count nor break a chain, unless the topic is switched after them.

    Components
    ----------
    ``n_followed`` of ``n_substantive_answers``; ``n_deep_chains`` of two or more;
    ``longest_chain``, the largest over calls and not a sum.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    dialogue = dialogue_of(transcript)
    questions = questions_of(dialogue, labels)
    evidence: list[Evidence] = []
    n_answers = chain = longest = n_deep = 0
    for answer, reply in _answers(dialogue):
        substantive = sum(saying.n_words for saying in answer) >= SUBSTANTIVE_WORDS
        n_answers += substantive
        asked = questions.get(reply.at, ())
        piece = _taken_up(answer, asked)
        if piece is None:
            if substantive or asked:
                chain = 0
        elif substantive:
            evidence.append(piece)
            chain += 1
            longest = max(longest, chain)
            n_deep += chain == DEEP
    if n_answers == 0:
        return Observation(ID, Status.CANNOT_BE_JUDGED, reason=NO_ANSWERS)
    return Observation(
        ID,
        Status.SCORED if evidence else Status.NOT_OBSERVED,
        components={
            "n_followed": float(len(evidence)),
            "n_substantive_answers": float(n_answers),
            "n_deep_chains": float(n_deep),
            "longest_chain": float(longest),
        },
        evidence=tuple(evidence),
    )


def _answers(dialogue: Dialogue) -> list[tuple[list[Saying], Saying]]:
    """Every stretch of the customer's side, bridged over the rep's murmurs, with what the rep says next."""
    found: list[tuple[list[Saying], Saying]] = []
    answer: list[Saying] = []
    murmur: Saying | None = None
    for saying in dialogue.sayings:
        if saying.role is Role.CUSTOMER:
            answer.append(saying)
        elif saying.murmur and answer:
            murmur = saying
        elif answer:
            found.append((answer, saying))
            answer = []
    if answer and murmur is not None and murmur.at > answer[0].at:
        found.append((answer, murmur))
    return found


def _taken_up(answer: list[Saying], questions: tuple[Asked, ...]) -> Evidence | None:
    """The first question of a turn that takes up the answer."""
    roots = frozenset().union(*(saying.roots for saying in answer))
    for asked in questions:
        if asked.roots & roots:
            return asked.evidence(SAME_WORD * asked.probability)
        if points_back(asked.head):
            return asked.evidence(POINTS_BACK * asked.probability)
    return None
