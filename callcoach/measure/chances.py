"""What the trained taggers say of the turns of a transcript, and which words show it.

Where it is not known which side a speaker is on, the call is read once with each speaker as the
rep and once as the customer, the other unknown speakers on the other side.
"""

from __future__ import annotations

from collections.abc import Sequence

from callcoach.core import Role, Transcript
from callcoach.measure.constants import PREDICTED, TAGGED
from callcoach.measure.language import sentences
from callcoach.measure.settling import asks_for_words, settled
from callcoach.measure.taggers import Taggers, Utterance, load_taggers
from callcoach.measure.turn_rules import RULE_LABELS, Part

ASKS = frozenset(
    [
        "situation_question",
        "problem_question",
        "implication_question",
        "need_payoff_question",
        "stakeholder_question",
        "check_in",
    ]
)  # labels that only a question shows
STATES = frozenset(
    ["benefit", "honest_limit", "concession", "problem_voiced", "results_stated"]
)  # hardly ever one
BELOW = 0.49  # what a label that rules and taggers together do not find is given at most
_RULED = frozenset(RULE_LABELS)
_SIDES = {Role.REP: "rep", Role.CUSTOMER: "customer"}


def chances_of(
    transcript: Transcript, ruled: Sequence[Sequence[Part]], taggers: Taggers | None = None
) -> list[tuple[dict[str, float], list[Part]]]:
    """Per turn: the probability of every label of its side, and the parts that show those that apply.

    Parameters
    ----------
    ruled : sequence of sequence of Part
        What rules see in every turn; the words of a question are theirs.
    taggers : Taggers, optional
        Those that come with callcoach where none are given.
    """
    said = [" ".join(word.text for word in turn.words) for turn in transcript.turns]
    spoken = [at for at, text in enumerate(said) if any(sign.isalnum() for sign in text)]
    chances: list[dict[str, float]] = [{} for _ in transcript.turns]
    if not spoken:
        return [({}, list(parts)) for parts in ruled]
    taggers = taggers or load_taggers()
    names = [name for speaker in transcript.speakers for name in (speaker.name or "").split()]
    for sides, wanted in _readings(transcript):
        rows = [at for at in spoken if transcript.turns[at].speaker in sides]
        tagged = taggers.tag(
            [Utterance(sides[transcript.turns[at].speaker], said[at]) for at in rows], names=names
        )
        for at, found in zip(rows, tagged, strict=True):
            if transcript.turns[at].speaker in wanted:
                before = chances[at]
                chances[at] = _higher(before, found) if before else found
    spans = _placed(transcript, spoken, chances, ruled, _Places(taggers, names))
    labelled = []
    for at, (known, parts) in enumerate(zip(chances, ruled, strict=True)):
        shown = settled(parts, known, lambda label, at=at: spans[at, label])
        low = {label: min(chance, BELOW) for label, chance in known.items() if label in _RULED}
        others = {label: chance for label, chance in known.items() if label not in _RULED}
        shown += [
            Part(label, *spans[at, label], round(chance, 4))
            for label, chance in others.items()
            if chance >= TAGGED
        ]
        labelled.append((low | others, shown))
    return labelled


def applies_from(label: str) -> float:
    """The probability from which a label applies: rules know its words, or the taggers alone."""
    return PREDICTED if label in _RULED else TAGGED


def _higher(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return one | {label: max(chance, one.get(label, 0.0)) for label, chance in other.items()}


def _placed(
    transcript: Transcript,
    spoken: Sequence[int],
    chances: Sequence[dict[str, float]],
    ruled: Sequence[Sequence[Part]],
    places: _Places,
) -> dict[tuple[int, str], tuple[int, int]]:
    """Words of every label that applies and whose words no rule knows."""
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    for at in spoken:
        wanting = [
            label
            for label, chance in chances[at].items()
            if chance >= TAGGED and chance >= applies_from(label)
        ]
        if not wanting:
            continue
        known = {part.label for part in ruled[at]}
        words = [word.text for word in transcript.turns[at].words]
        wanting = [
            label
            for label in wanting
            if label not in _RULED or (label not in known and asks_for_words(label, chances[at][label]))
        ]
        places.ask(at, words, roles[transcript.turns[at].speaker], wanting, ruled[at])
    return places.answers()


def _readings(transcript: Transcript) -> list[tuple[dict[str, str], frozenset[str]]]:
    """Who is taken to be on which side, and whose labels such a reading gives."""
    known = {speaker.label: _SIDES[speaker.role] for speaker in transcript.speakers if speaker.role in _SIDES}
    open_ = [speaker.label for speaker in transcript.speakers if speaker.role is Role.UNKNOWN]
    if not open_:
        return [(known, frozenset(known))]
    readings: dict[tuple[str, ...], tuple[dict[str, str], set[str]]] = {}
    for label in open_:
        for side, other in (("rep", "customer"), ("customer", "rep")):
            sides = {**known, **{each: side if each == label else other for each in open_}}
            key = tuple(sides[each] for each in open_)
            readings.setdefault(key, (sides, set(known)))[1].add(label)
    return [(sides, frozenset(wanted)) for sides, wanted in readings.values()]


class _Places:
    """Which words of a turn show a label: asked for one by one, answered at once."""

    def __init__(self, taggers: Taggers, names: Sequence[str]) -> None:
        self._taggers, self._names = taggers, names
        self._asked: list[tuple[int, str, list[tuple[int, int, int]]]] = []
        self._pieces: dict[tuple[int, int, int], Utterance] = {}

    def ask(
        self, at: int, words: Sequence[str], role: Role, labels: Sequence[str], ruled: Sequence[Part]
    ) -> None:
        """Note that labels of turn `at` want their words."""
        asking = [(part.start_word, part.end_word) for part in ruled if part.label == "question"]
        said = [(sentence.start, sentence.end) for sentence in sentences(words)]
        for label in labels:
            spans = said
            if asking and label in ASKS:
                spans = asking
            elif label in STATES and len(said) > len(asking):
                spans = [span for span in said if span not in asking] or said
            keys = [(at, *span) for span in dict.fromkeys(spans) if span[1] > span[0]]
            if len(keys) > 1:
                side = _SIDES.get(role, "rep")
                for key in keys:
                    if key not in self._pieces:
                        self._pieces[key] = Utterance(side, " ".join(words[key[1] : key[2]]))
            self._asked.append((at, label, keys))

    def answers(self) -> dict[tuple[int, str], tuple[int, int]]:
        """The loudest piece of each; the first of equals."""
        order = list(self._pieces)
        scores = self._taggers.piece_scores([self._pieces[key] for key in order], names=self._names)
        row = {key: at for at, key in enumerate(order)}
        found = {}
        for at, label, keys in self._asked:
            best = keys[0]
            if len(keys) > 1:
                best = max(keys, key=lambda key: scores[label][row[key]])
            found[at, label] = best[1:]
        return found
