"""What rules see in one turn: questions by form, phrases of an opening, tokens of listening.

Rules read the plain words of a turn and, for acknowledgement, whether the other side asked just
before. They know the words that show a label, which trained taggers do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from callcoach.core import Role
from callcoach.measure.language import Sentence, norm, sentences
from callcoach.measure.phrases import RECORDING_NOTICE, acknowledges, phrases_in
from callcoach.measure.question_kinds import KINDS, kind_of, open_probability
from callcoach.measure.questions import Question, questions

RULE_LABELS: tuple[str, ...] = (
    "question",
    *(f"question_{kind}" for kind in KINDS),
    "open_question",
    "closed_question",
    "customer_question",
    "agenda_purpose",
    "agenda_plan",
    "agenda_time",
    "agenda_invitation",
    "recording_notice",
    "acknowledgement",
)
"""Labels whose words the rules know; the others come from the taggers alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words ``[start_word, end_word)`` of a turn that show `label`."""

    label: str
    start_word: int
    end_word: int
    probability: float


def rule_parts(words: Sequence[str], role: Role, *, after_question: bool) -> list[Part]:
    """The parts of a turn that rules see, those of the same label in order."""
    parts: list[Part] = []
    rep = role in (Role.REP, Role.UNKNOWN)
    customer = role in (Role.CUSTOMER, Role.UNKNOWN)
    for sentence in sentences(words):
        if role is not Role.OTHER:
            for question in questions(sentence):
                parts.extend(question_parts(sentence, question, rep=rep, customer=customer))
        if rep or role is Role.OTHER:
            for shown in phrases_in(sentence):
                if rep or shown.label == RECORDING_NOTICE:
                    start = sentence.start
                    parts.append(Part(shown.label, start + shown.start, start + shown.end, shown.probability))
    if rep:
        listens = acknowledges(tuple(map(norm, words)), after_question=after_question)
        if listens > 0 and not any(part.label == "question" for part in parts):
            parts.append(Part("acknowledgement", 0, len(words), listens))
    return parts


def question_parts(sentence: Sentence, question: Question, *, rep: bool, customer: bool) -> list[Part]:
    """The labels that the words of one question show: its kind, open or closed, the customer's own."""
    head = question.head - sentence.start
    text = " ".join(word for word in sentence.words[head : question.end - sentence.start] if word)
    kind, sure = kind_of(text, question.form)
    probability = question.probability

    def part(label: str, share: float) -> Part:
        return Part(label, question.start, question.end, round(probability * share, 4))

    parts = [part("question", 1.0)]
    if rep:
        opens = open_probability(text, question.form)
        parts.append(part(f"question_{kind}", sure))
        parts.append(part("open_question", opens))
        parts.append(part("closed_question", 1.0 - opens))
    if customer and kind == "substantive":
        parts.append(part("customer_question", sure))
    return parts
