"""What each turn does, as labels with a calibrated probability, and the words that show them.

::

    R  Right, thirty minutes. | So what does that do to the renewal?
       rule: agenda_time        rule: a question; taggers: implication_question .93, shown by its words

The trained taggers say how probable every label of the turn's side is. Rules know the words: of
questions, of the parts of an agenda, of the notice of recording. Where no rule knows them, the
sentence that speaks loudest for the label is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from callcoach.core import Evidence, Role, Transcript
from callcoach.measure.chances import applies_from, chances_of
from callcoach.measure.constants import PREDICTED, RULED_OUT, TAGGED
from callcoach.measure.last import keep_last
from callcoach.measure.taggers import Taggers
from callcoach.measure.turn_rules import RULE_LABELS, Part, rule_parts

__all__ = [
    "RULE_LABELS",
    "Labels",
    "Part",
    "TurnLabels",
    "evidence_of",
    "is_judged_language",
    "label_turns",
    "parts_of",
    "ruled_out",
]


class TurnLabels(dict[str, float]):
    """Probability per label of one turn, and the parts of the turn that show them, in order.

    A label is at least as probable as its most probable part. Where the parts are not known
    (labels from another tagger), the whole turn is the part.

    Parameters
    ----------
    chances : mapping of label to probability, optional
        Of the turn as a whole, also of labels that no part shows.
    """

    def __init__(self, parts: Iterable[Part] = (), chances: Mapping[str, float] | None = None) -> None:
        super().__init__(chances or {})
        self.parts = tuple(parts)
        for part in self.parts:
            if part.probability > self.get(part.label, 0.0):
                self[part.label] = part.probability


Labels = Sequence[Mapping[str, float]]


def parts_of(labels: Mapping[str, float], label: str, *, n_words: int) -> tuple[Part, ...]:
    """The parts of a turn that show `label`, from the probability at which it applies."""
    least = applies_from(label)
    if labels.get(label, 0.0) < least:
        return ()
    if isinstance(labels, TurnLabels):
        return tuple(part for part in labels.parts if part.label == label and part.probability >= least)
    return (Part(label, 0, n_words, labels[label]),)


def ruled_out(labels: Mapping[str, float], *names: str, below: float = RULED_OUT) -> bool:
    """Whether the taggers are sure that a turn shows none of some labels: each is less probable than `below`.

    Words that look like a recap, a result or a concern are right about every other time where the
    taggers leave it open, and nearly never where they do not: they hear the turns around it too.
    A label that nobody gave a chance is open.

    Examples
    --------
    >>> ruled_out({"recap": 0.01}, "recap"), ruled_out({"recap": 0.2}, "recap"), ruled_out({}, "recap")
    (True, False, False)
    """
    return all(labels.get(name, 1.0) < below for name in names)


def evidence_of(
    transcript: Transcript, labels: Labels, label: str, *, turns: Iterable[int] | None = None
) -> tuple[Evidence, ...]:
    """Evidence for `label` in the call, or in the given turns of it, in the order of the call."""
    found = _shown(transcript, labels).get(label, ())
    if turns is None:
        return found
    wanted = frozenset(turns)
    return tuple(piece for piece in found if piece.turn in wanted)


@keep_last
def _shown(transcript: Transcript, labels: Labels) -> dict[str, tuple[Evidence, ...]]:
    """Evidence for every label in the call, read once for all that ask for one."""
    found: dict[str, list[Evidence]] = {}
    for at, of_turn in enumerate(labels):
        if isinstance(of_turn, TurnLabels):
            parts = [
                part
                for part in of_turn.parts
                if part.probability >= TAGGED and part.probability >= applies_from(part.label)
            ]
        else:
            n_words = len(transcript.turns[at].words)
            parts = [part for label in of_turn for part in parts_of(of_turn, label, n_words=n_words)]
        for part in parts:
            piece = Evidence(at, part.start_word, part.end_word, part.probability)
            found.setdefault(part.label, []).append(piece)
    return {label: tuple(pieces) for label, pieces in found.items()}


def label_turns(transcript: Transcript, *, taggers: Taggers | None = None) -> tuple[TurnLabels, ...]:
    """Labels of every turn that apply to its side; both sides' labels where the side is not known.

    Parameters
    ----------
    taggers : Taggers, optional
        Those that come with callcoach where none are given.

    Returns
    -------
    tuple of TurnLabels
        One per turn of the transcript, empty in another language or without text.
    """
    if transcript.language is not None and not is_judged_language(transcript.language):
        return tuple(TurnLabels() for _ in transcript.turns)
    ruled = _ruled(transcript)
    return tuple(TurnLabels(parts, chances) for chances, parts in chances_of(transcript, ruled, taggers))


def _ruled(transcript: Transcript) -> list[list[Part]]:
    """What rules see, turn by turn."""
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    asked_by: dict[Role, bool] = {}
    found: list[list[Part]] = []
    for turn in transcript.turns:
        role = roles[turn.speaker]
        if not turn.words:
            found.append([])
            continue
        after_question = any(asked for other, asked in asked_by.items() if other is not role)
        parts = rule_parts([word.text for word in turn.words], role, after_question=after_question)
        asked_by = {role: any(part.label == "question" and part.probability >= PREDICTED for part in parts)}
        found.append(parts)
    return found


def is_judged_language(language: str) -> bool:
    """Whether words in `language` ("en", "en-GB", "english") can be judged."""
    return language.casefold().replace("_", "-").split("-")[0] in ("en", "eng", "english")
