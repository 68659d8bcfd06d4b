"""Talk measures: every number of a call that needs no judgement, with what it rests on.

Components first (seconds and counts, which add over calls), ratios last. What cannot be computed
is None with a sentence saying why; it is never 0.
"""

from __future__ import annotations

import math
from statistics import median

from callcoach.core import Capability, Role, Transcript, without
from callcoach.core.floor import TIME_TOLERANCE_S, Floor
from callcoach.measure.asking import n_turns_with, rep_parts
from callcoach.measure.catalogue import MEASURES, RATIOS
from callcoach.measure.certainty import too_uncertain
from callcoach.measure.constants import (
    DEAD_AIR_S,
    PACE_MIN_WORDS,
    PATIENCE_MIN_RESPONSES,
    PREDICTED,
    SPREAD_MIN_QUESTIONS,
    SPREAD_PARTS,
    UNKNOWN_SHARE_LIMIT,
)
from callcoach.measure.exchange import exchange, rep_turns
from callcoach.measure.sums import Measures, spread, summed
from callcoach.measure.timeline import Timeline, speech_by_speaker, timeline
from callcoach.measure.utterances import Labels, is_judged_language, label_turns
from callcoach.measure.volume import floor_once
from callcoach.measure.wording import Wording, time_of, wording

__all__ = ["Measures", "speaker_talk", "spread", "summed", "talk_measures"]

_NEEDED = {
    Capability.STARTS: "this transcript does not say when turns start",
    Capability.ENDS: "this transcript does not say when speech starts and ends",
    Capability.WORDS: "this transcript has no word times",
    Capability.OVERLAP: "this recording or transcript cannot show who speaks at the same time as whom",
    Capability.TEXT: "this call has no words",
    Capability.CONFIDENCE: "this transcript does not say how sure its words are",
}
NOT_DEPENDABLE = "who spoke when is not dependable in this recording"
SIDE_NOT_KNOWN = "which side is ours is not known"
NO_REP = "no rep is known in this call"
NO_CUSTOMER = "no customer is known in this call"
SOME_UNKNOWN = "the side of people who speak more than a little is not known"
NO_SPEECH = "nobody speaks in this call"


def talk_measures(transcript: Transcript, *, labels: Labels | None = None) -> Measures:
    """Every measure of the catalogue for one call.

    Speech and words in cuts (hold, IVR) are outside every measure. People whose side is not known
    count as neither side while they hold at most 5 % of the speech (of the words, without times);
    above that the measures of the sides are withheld.

    Parameters
    ----------
    labels : sequence of mappings, optional
        What `label_turns` gives for this transcript, where it is already at hand.

    Returns
    -------
    Measures
        ``rep_talk_s + customer_talk_s - overlap_s + other_s + silence_s == span_s`` (a component).
    """
    return _Call(transcript, labels).measures()


class _Call:
    """One transcript on its way to `Measures`: facts are gathered once, then told."""

    def __init__(self, transcript: Transcript, labels: Labels | None) -> None:
        self.transcript = transcript
        text = transcript.can(Capability.TEXT)
        self.timeline: Timeline | None = timeline(transcript) if transcript.can(Capability.ENDS) else None
        self.wording: Wording | None = wording(transcript) if text else None
        self.has_words = self.wording is not None and any(
            side.n_words for side in self.wording.sides.values()
        )
        self.judged_language = transcript.language is None or is_judged_language(transcript.language)
        self.uncertain = too_uncertain(transcript)
        if labels is None:
            labels = label_turns(transcript) if text else [{} for _ in transcript.turns]
        self.labels = labels
        self.floor: Floor = floor_once(transcript)
        self.sides_reason = self._sides_reason()
        self.values: dict[str, float | str | None] = {}
        self.why: dict[str, str] = {}
        self.n: dict[str, int] = {}
        self.components: dict[str, float] = {}

    def measures(self) -> Measures:
        self._seconds()
        if self.wording is not None:
            self._words()
        if self._blocked("n_questions") is None:
            self._questions()
        if self._blocked("longest_monologue_s") is None:
            self._exchange()
        self._ratios()
        values: dict[str, float | str | None] = {}
        unavailable: dict[str, str] = {}
        for name in MEASURES:
            reason = self._blocked(name) or self.why.get(name)
            value = None if reason else self.values.get(name)
            values[name] = value
            if value is None:
                unavailable[name] = reason or NO_SPEECH
        n = {name: count for name, count in self.n.items() if values[name] is not None or count}
        return Measures(values, unavailable, n, self.components, self._notes())

    def _notes(self) -> tuple[str, ...]:
        notes = [self.transcript.speech_note] if self.transcript.speech_note else []
        if self.timeline is not None and not self.transcript.can(Capability.TEXT):
            notes.append(
                "without words, back-channels are known by their length alone: at most 1 s inside a turn"
            )
        elif self.timeline is not None and not self.transcript.can(Capability.WORDS):
            notes.append("without word times, back-channels are known by their words alone")
        return tuple(notes)

    def _blocked(self, name: str) -> str | None:
        """Why a measure cannot be had at all from such a transcript, or None."""
        info = MEASURES[name]
        for capability in (Capability.ENDS, Capability.OVERLAP, Capability.TEXT, Capability.CONFIDENCE):
            if capability in info.needs and not self.transcript.can(capability):
                if name == "talk_share" and self.transcript.can(Capability.TEXT):
                    return f"{_NEEDED[capability]}; the share of words stands in for it"
                return _NEEDED[capability]
        if Capability.TEXT in info.needs and not self.has_words:
            return _NEEDED[Capability.TEXT]
        if info.sides and self.sides_reason:
            return self.sides_reason
        if name in _JUDGED_WORDS and not self.judged_language:
            return f"words in language {self.transcript.language} cannot be judged"
        if name in _JUDGED_WORDS and self.uncertain:
            return self.uncertain
        if Capability.ENDS in info.needs and self.timeline is None:
            return NO_SPEECH
        return None

    def _sides_reason(self) -> str | None:
        transcript = self.transcript
        if not transcript.speakers:
            return NO_SPEECH
        if not transcript.dependable:
            return NOT_DEPENDABLE
        if not transcript.roles_known:
            if transcript.labels_of(Role.UNKNOWN) or not transcript.labels_of(Role.REP, Role.CUSTOMER):
                return SIDE_NOT_KNOWN
            return NO_CUSTOMER if transcript.labels_of(Role.REP) else NO_REP
        if self._unknown_share() > UNKNOWN_SHARE_LIMIT:
            return SOME_UNKNOWN
        return None

    def _unknown_share(self) -> float:
        times = self.timeline
        if times is not None:
            spoken_s = times.span_s - times.silence_s
            return times.unknown_s / spoken_s if spoken_s > 0 else 0.0
        if self.wording is not None:
            total = sum(side.n_words for side in self.wording.sides.values())
            return self.wording.sides[Role.UNKNOWN].n_words / total if total else 0.0
        return 0.0

    def _seconds(self) -> None:
        times = self.timeline
        if times is None:
            return
        long_s = [gap_s for gap_s in times.silent_s if gap_s > DEAD_AIR_S + TIME_TOLERANCE_S]
        self.components["span_s"] = times.span_s
        self.components["dead_air_s"] = math.fsum(long_s)
        self.n["dead_air_share"] = len(long_s)
        if self._blocked("talk_share"):
            return
        found = {
            "rep_talk_s": times.rep_s,
            "customer_talk_s": times.customer_s,
            "overlap_s": times.overlap_s,
            "other_s": times.other_s,
            "silence_s": times.silence_s,
        }
        self.values.update(found)
        self.components.update(found)
        if times.rep_s + times.customer_s <= 0:
            for name in RATIOS:
                if "rep_talk_s" in RATIOS[name].under:
                    self.why[name] = "neither the rep nor the customer speaks"

    def _words(self) -> None:
        if self._blocked("talk_word_share"):
            return
        for side, role in (("rep", Role.REP), ("customer", Role.CUSTOMER)):
            said = self.wording.sides[role]
            self.components[f"n_{side}_words"] = said.n_words
            self.n[f"{side}_pace_wpm"] = said.n_words
            if said.n_words < PACE_MIN_WORDS:
                self.why[f"{side}_pace_wpm"] = f"fewer than {PACE_MIN_WORDS} words"
            if self.judged_language:
                self.components[f"n_{side}_fillers"] = said.n_fillers
                self.n[f"{side}_fillers_per_min"] = said.n_fillers
            self.n[f"{side}_speech_confidence"] = said.n_rated
            if said.n_rated:
                self.components[f"{side}_probability_weighted"] = said.weighted
                self.components[f"{side}_probability_weight"] = said.weight
            else:
                self.why[f"{side}_speech_confidence"] = f"no words of the {side} with a probability"
        n_words = self.components["n_rep_words"] + self.components["n_customer_words"]
        self.n["talk_word_share"] = int(n_words)
        if not n_words:
            self.why["talk_word_share"] = "neither the rep nor the customer says a word"
        self._price()

    def _price(self) -> None:
        if self._blocked("price_raised_by"):
            return
        if self.wording.price is None:
            self.why["price_first_share"] = self.why["price_raised_by"] = "price was never spoken of"
            return
        turn = self.transcript.turns[self.wording.price[0]]
        side = "rep" if self.transcript.role_of(turn) is Role.REP else "customer"
        self.values["price_raised_by"] = side
        if self.timeline is not None:
            time_s = time_of(turn, self.wording.price[1])
            if time_s is None:
                self.why["price_first_share"] = "the turn that speaks of it has no time"
            else:
                self.values["price_first_share"] = self.timeline.position(time_s)

    def _questions(self) -> None:
        transcript = self.transcript
        places = rep_parts(transcript, self.labels, "question_substantive")
        turns = rep_turns(transcript, self.floor)
        self.values["n_questions"] = float(len(places))
        self.components["n_questions"] = len(places)
        self.components["n_rep_turns"] = len(turns)
        self.components["n_question_turns"] = n_turns_with(transcript, turns, places)
        self.n["question_turn_share"] = len(turns)
        self.n["questions_per_hour"] = self.n["question_spread"] = len(places)
        if not turns:
            self.why["question_turn_share"] = "the rep has no turn"
        if self.timeline is None:
            return
        parts = [0] * SPREAD_PARTS
        for place in places:
            time_s = time_of(transcript.turns[place.turn], place.start_word)
            if time_s is not None:
                position = self.timeline.position(time_s) * SPREAD_PARTS
                parts[min(SPREAD_PARTS - 1, int(position + TIME_TOLERANCE_S))] += 1
        for number, count in enumerate(parts, start=1):
            self.components[f"n_questions_third_{number}"] = count
        if sum(parts) < SPREAD_MIN_QUESTIONS:
            self.why["question_spread"] = f"fewer than {SPREAD_MIN_QUESTIONS} questions"
        else:
            self.values["question_spread"] = spread(parts)

    def _exchange(self) -> None:
        asks = [labels.get("question", 0.0) >= PREDICTED for labels in self.labels]
        facts = exchange(self.transcript, asks, floor=self.floor)
        self.values["longest_monologue_s"] = facts.longest_monologue_s
        self.n["longest_monologue_s"] = self.n["n_monologues"] = facts.n_rep_turns
        self.components["n_speaker_changes"] = facts.n_speaker_changes
        self.n["speaker_changes_per_hour"] = facts.n_speaker_changes
        if facts.longest_monologue_s is None:
            self.why["longest_monologue_s"] = self.why["n_monologues"] = "the rep has no turn"
        else:
            self.values["n_monologues"] = self.components["n_monologues"] = float(facts.n_monologues)
        self.values["longest_customer_story_s"] = facts.longest_customer_story_s
        if facts.longest_customer_story_s is None:
            self.why["longest_customer_story_s"] = "the customer has no turn"
        if self._blocked("patience_s"):
            return
        n = len(facts.pauses_s)
        self.values["n_responses"] = self.components["n_responses"] = float(n)
        self.n["patience_s"] = n
        if n < PATIENCE_MIN_RESPONSES:
            self.why["patience_s"] = f"fewer than {PATIENCE_MIN_RESPONSES} responses"
        else:
            self.values["patience_s"] = median(facts.pauses_s)
        for side, count in (
            ("rep", facts.n_interruptions_by_rep),
            ("customer", facts.n_interruptions_by_customer),
        ):
            self.components[f"n_interruptions_by_{side}"] = count
            self.n[f"interruptions_by_{side}_per_hour"] = count

    def _ratios(self) -> None:
        for name, ratio in RATIOS.items():
            value = ratio.of(self.components)
            if value is not None:
                self.values[name] = value
            elif name not in self.why:
                self.why[name] = _EMPTY.get(name, NO_SPEECH)


_EMPTY = {
    **{
        f"{side}_{name}": f"the {side} does not speak"
        for side in ("rep", "customer")
        for name in ("pace_wpm", "fillers_per_min")
    },
    **{f"{side}_speech_confidence": f"the {side}'s words take no time" for side in ("rep", "customer")},
}
_JUDGED_WORDS = frozenset(
    (
        "n_questions",
        "questions_per_hour",
        "question_turn_share",
        "question_spread",
        "rep_fillers_per_min",
        "customer_fillers_per_min",
        "price_first_share",
        "price_raised_by",
    )
)


def speaker_talk(transcript: Transcript) -> dict[str, tuple[float | None, int]]:
    """Seconds of speech and number of words per speaker label, cuts left out.

    Seconds are None where who spoke is not dependable or nothing is timed.
    """
    speech = speech_by_speaker(transcript)
    known = transcript.dependable and transcript.can(Capability.ENDS)
    n_words = dict.fromkeys((speaker.label for speaker in transcript.speakers), 0)
    for turn in transcript.turns:
        n_words[turn.speaker] += len(turn.words)
    return {
        label: (
            sum(piece.duration_s for piece in without(speech.get(label, ()), transcript.cuts))
            if known
            else None,
            count,
        )
        for label, count in n_words.items()
    }
