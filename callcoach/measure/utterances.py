"""What each turn does, as labels with a probability: rules, until trained taggers take their place.

Rules read the plain words of one turn and, for acknowledgement, the turn before it. A label of a
turn is as probable as its most probable part; parts say which words show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcoach.core import Evidence, Role, Transcript
from callcoach.measure.constants import PREDICTED
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
"""Labels that rules give today; the others of behaviours.md wait for the taggers."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words ``[start_word, end_word)`` of a turn that show `label`."""

    label: str
    start_word: int
    end_word: int
    probability: float


class TurnLabels(dict[str, float]):
    """Probability per label of one turn, and the parts of the turn that show them, in order.

    Where the parts are not known (labels from another tagger), the whole turn is the part.
    """

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        super().__init__()
        self.parts = tuple(parts)
        for part in self.parts:
            if part.probability > self.get(part.label, 0.0):
                self[part.label] = part.probability


Labels = Sequence[Mapping[str, float]]


def parts_of(labels: Mapping[str, float], label: str, *, n_words: int) -> tuple[Part, ...]:
    """The parts of a turn that show `label` with at least even probability."""
    if labels.get(label, 0.0) < PREDICTED:
        return ()
    if isinstance(labels, TurnLabels):
        return tuple(part for part in labels.parts if part.label == label and part.probability >= PREDICTED)
    return (Part(label, 0, n_words, labels[label]),)


def evidence_of(
    transcript: Transcript, labels: Labels, label: str, *, turns: Iterable[int] | None = None
) -> tuple[Evidence, ...]:
    """Evidence for `label` in the call, or in the given turns of it, in the order of the call."""
    found = []
    for turn in range(len(labels)) if turns is None else turns:
        if label in labels[turn]:
            for part in parts_of(labels[turn], label, n_words=len(transcript.turns[turn].words)):
                found.append(Evidence(turn, part.start_word, part.end_word, part.probability))
    return tuple(found)


def label_turns(transcript: Transcript) -> tuple[TurnLabels, ...]:
    """Labels of every turn that apply to its side; both sides' labels where the side is not known.

    Returns
    -------
    tuple of TurnLabels
        One per turn of the transcript, empty where nothing was recognised, in another language,
        or without text.
    """
    if transcript.language is not None and not is_judged_language(transcript.language):
        return tuple(TurnLabels() for _ in transcript.turns)
    labelled: list[TurnLabels] = []
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    asked_by: dict[Role, bool] = {}
    for turn in transcript.turns:
        role = roles[turn.speaker]
        words = [word.text for word in turn.words]
        if not words:
            labelled.append(TurnLabels())
            continue
        after_question = any(asked for other, asked in asked_by.items() if other is not role)
        labels = TurnLabels(_parts(words, role, after_question=after_question))
        asked_by = {role: labels.get("question", 0.0) >= PREDICTED}
        labelled.append(labels)
    return tuple(labelled)


def is_judged_language(language: str) -> bool:
    """Whether words in `language` ("en", "en-GB", "english") can be judged."""
    return language.casefold().replace("_", "-").split("-")[0] in ("en", "eng", "english")


def _parts(words: Sequence[str], role: Role, *, after_question: bool) -> list[Part]:
    parts: list[Part] = []
    rep = role in (Role.REP, Role.UNKNOWN)
    customer = role in (Role.CUSTOMER, Role.UNKNOWN)
    for sentence in sentences(words):
        if role is not Role.OTHER:
            for question in questions(sentence):
                parts.extend(_question_parts(sentence, question, rep=rep, customer=customer))
        if rep or role is Role.OTHER:
            for shown in phrases_in(sentence):
                if rep or shown.label == RECORDING_NOTICE:
                    start = sentence.start
                    parts.append(Part(shown.label, start + shown.start, start + shown.end, shown.probability))
    if rep:
        listens = acknowledges(tuple(norm(word) for word in words), after_question=after_question)
        if listens > 0 and not any(part.label == "question" for part in parts):
            parts.append(Part("acknowledgement", 0, len(words), listens))
    return parts


def _question_parts(sentence: Sentence, question: Question, *, rep: bool, customer: bool) -> list[Part]:
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
