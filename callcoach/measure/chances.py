"""What the trained taggers say of the turns of a transcript, and which words show it.

Where it is not known which side a speaker is on, the call is read once with each speaker as the
rep and once as the customer, the other unknown speakers on the other side.
"""

from __future__ import annotations

from collections.abc import Sequence

from callcoach.core import Role, Transcript
from callcoach.measure.constants import PREDICTED
from callcoach.measure.language import sentences
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
_SIDES = {Role.REP: "rep", Role.CUSTOMER: "customer"}


def chances_of(
    transcript: Transcript, ruled: Sequence[Sequence[Part]]
) -> list[tuple[dict[str, float], list[Part]]]:
    """Per turn: the probability of every label that the rules leave to the taggers, and their parts.

    Parameters
    ----------
    ruled : sequence of sequence of Part
        What rules see in every turn; the words of a question are theirs.
    """
    said = [" ".join(word.text for word in turn.words) for turn in transcript.turns]
    spoken = [at for at, text in enumerate(said) if any(sign.isalnum() for sign in text)]
    found: list[tuple[dict[str, float], list[Part]]] = [({}, []) for _ in transcript.turns]
    if not spoken:
        return found
    taggers = load_taggers()
    names = [name for speaker in transcript.speakers for name in (speaker.name or "").split()]
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    for sides, wanted in _readings(transcript):
        rows = [at for at in spoken if transcript.turns[at].speaker in sides]
        tagged = taggers.tag(
            [Utterance(sides[transcript.turns[at].speaker], said[at]) for at in rows], names=names
        )
        for at, chances in zip(rows, tagged, strict=True):
            if transcript.turns[at].speaker not in wanted:
                continue
            known = found[at][0]
            for label, chance in chances.items():
                if label not in RULE_LABELS:
                    known[label] = max(chance, known.get(label, 0.0))
    places = _Places(taggers, names)
    for at in spoken:
        words = [word.text for word in transcript.turns[at].words]
        for label, chance in found[at][0].items():
            if chance >= PREDICTED:
                places.ask(at, words, roles[transcript.turns[at].speaker], label, chance, ruled[at])
    for at, part in places.answers():
        found[at][1].append(part)
    return found


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
        self._asked: list[tuple[int, str, float, list[tuple[int, int, int]]]] = []
        self._pieces: dict[tuple[int, int, int], Utterance] = {}

    def ask(
        self, at: int, words: Sequence[str], role: Role, label: str, chance: float, ruled: Sequence[Part]
    ) -> None:
        """Note that a label of turn `at` wants its words."""
        spans = [(part.start_word, part.end_word) for part in ruled if part.label == "question"]
        if label not in ASKS or not spans:
            spans = [(sentence.start, sentence.end) for sentence in sentences(words)]
        spans = [span for span in dict.fromkeys(spans) if span[1] > span[0]]
        side = _SIDES.get(role, "rep")
        keys = [(at, *span) for span in spans]
        if len(keys) > 1:
            for key in keys:
                self._pieces[key] = Utterance(side, " ".join(words[key[1] : key[2]]))
        self._asked.append((at, label, chance, keys))

    def answers(self) -> list[tuple[int, Part]]:
        """The loudest piece of each; the first of equals."""
        order = list(self._pieces)
        scores = self._taggers.piece_scores([self._pieces[key] for key in order], names=self._names)
        row = {key: at for at, key in enumerate(order)}
        found = []
        for at, label, chance, keys in self._asked:
            best = keys[0]
            if len(keys) > 1:
                best = max(keys, key=lambda key: scores[label][row[key]])
            found.append((at, Part(label, best[1], best[2], round(chance, 4))))
        return found
