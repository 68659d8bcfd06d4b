"""What each talk measure is called, how it is computed and what it needs: the line under a number."""

from __future__ import annotations

from dataclasses import dataclass

from callcoach.core import Capability
from callcoach.measure.constants import constants

__all__ = ["MEASURES", "RATIOS", "MeasureInfo", "Ratio", "constants"]

STARTS, ENDS, WORDS = Capability.STARTS, Capability.ENDS, Capability.WORDS
OVERLAP, TEXT, CONFIDENCE = Capability.OVERLAP, Capability.TEXT, Capability.CONFIDENCE


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """One measure for people.

    Parameters
    ----------
    unit : str
        ``"share"`` (0 to 1), ``"s"``, ``"per hour"``, ``"per minute"``, ``"wpm"``, ``"count"``, ``"side"``.
    formula : str
        One sentence that a reader could recompute it from.
    needs : frozenset of Capability
        Of the transcript; the measure is unavailable where one is missing.
    sides : bool
        Whether it must be known which side is ours and who spoke.
    """

    title: str
    unit: str
    formula: str
    needs: frozenset[Capability]
    sides: bool = True


def _info(title: str, unit: str, formula: str, *needs: Capability, sides: bool = True) -> MeasureInfo:
    return MeasureInfo(title, unit, formula, frozenset(needs), sides)


_SIDES = "hour of both sides' speech (rep plus customer)"

MEASURES: dict[str, MeasureInfo] = {
    "talk_share": _info(
        "Talk share",
        "share",
        "rep speech ÷ (rep speech + customer speech); silence is left out, overlap counts for both sides",
        ENDS,
    ),
    "talk_word_share": _info(
        "Talk share by words", "share", "rep words ÷ (rep words + customer words)", TEXT
    ),
    "talk_of_call_share": _info(
        "Talk share of the whole call",
        "share",
        "rep speech ÷ time from the first to the last speech, hold and announcements cut out",
        ENDS,
    ),
    "rep_talk_s": _info(
        "Rep spoke", "s", "time in which somebody of the rep's side speaks; no second counts twice", ENDS
    ),
    "customer_talk_s": _info(
        "Customer spoke",
        "s",
        "time in which somebody of the customer's side speaks; no second counts twice",
        ENDS,
    ),
    "overlap_s": _info(
        "Both spoke at once", "s", "time in which both sides speak, as the source times it", ENDS
    ),
    "other_s": _info("Others spoke", "s", "time in which only people of neither side speak", ENDS),
    "silence_s": _info(
        "Silence", "s", "time between the first and the last speech in which nobody at all speaks", ENDS
    ),
    "dead_air_share": _info(
        "Dead air",
        "share",
        "gaps over 3 s in which nobody speaks ÷ time from the first to the last speech",
        ENDS,
        sides=False,
    ),
    "longest_monologue_s": _info(
        "Longest monologue of the rep",
        "s",
        "the longest rep turn, pauses under 3 s included; back-channels of others do not end it",
        ENDS,
    ),
    "n_monologues": _info("Monologues", "count", "rep turns over 120 s", ENDS),
    "longest_customer_story_s": _info(
        "Longest story of the customer",
        "s",
        "the longest customer turn, across back-channels and rep questions of up to 5 s",
        ENDS,
    ),
    "patience_s": _info(
        "Patience",
        "s",
        "median pause between the end of a customer turn and the rep's next start, where they did not overlap",
        ENDS,
        OVERLAP,
    ),
    "n_responses": _info(
        "Responses",
        "count",
        "rep starts after a customer turn without overlap: the number behind patience",
        ENDS,
        OVERLAP,
    ),
    "interruptions_by_rep_per_hour": _info(
        "Interruptions by the rep",
        "per hour",
        "rep turns that start over 0.5 s before the customer's turn ends, who stops within 1 s and says "
        f"less than 1 s from then on; back-channels left out; per {_SIDES}",
        ENDS,
        OVERLAP,
    ),
    "interruptions_by_customer_per_hour": _info(
        "Interruptions by the customer",
        "per hour",
        "customer turns that start over 0.5 s before the rep's turn ends, who stops within 1 s and says "
        f"less than 1 s from then on; back-channels left out; per {_SIDES}",
        ENDS,
        OVERLAP,
    ),
    "speaker_changes_per_hour": _info(
        "Interactivity",
        "per hour",
        f"changes of side from turn to turn, back-channels left out; per {_SIDES}",
        ENDS,
    ),
    "n_questions": _info(
        "Questions",
        "count",
        "rep questions of substance, as classified by their words, question mark or not",
        TEXT,
    ),
    "questions_per_hour": _info(
        "Questions per hour", "per hour", f"rep questions as counted above; per {_SIDES}", TEXT, ENDS
    ),
    "question_turn_share": _info(
        "Turns with a question", "share", "rep turns with a question as counted above ÷ rep turns", TEXT
    ),
    "question_spread": _info(
        "Spread of questions",
        "share",
        "how evenly the rep's questions fall on the three thirds of the call (normalised entropy); 1 is even",
        TEXT,
        ENDS,
    ),
    "rep_pace_wpm": _info("Pace of the rep", "wpm", "rep words ÷ minutes of rep speech", TEXT, ENDS),
    "customer_pace_wpm": _info(
        "Pace of the customer", "wpm", "customer words ÷ minutes of customer speech", TEXT, ENDS
    ),
    "rep_fillers_per_min": _info(
        "Fillers of the rep",
        "per minute",
        "um, uh, er, and like, you know, sort of, basically as fillers ÷ minutes of rep speech; recognisers "
        "drop them: a lower bound",
        TEXT,
        ENDS,
    ),
    "customer_fillers_per_min": _info(
        "Fillers of the customer",
        "per minute",
        "um, uh, er, and like, you know, sort of, basically as fillers ÷ minutes of customer speech; "
        "recognisers drop them: a lower bound",
        TEXT,
        ENDS,
    ),
    "price_first_share": _info(
        "When price came up",
        "share",
        "where in the call money was first spoken of as a price; 0 is the start",
        TEXT,
        ENDS,
    ),
    "price_raised_by": _info("Who raised price", "side", "the side that first spoke of a price", TEXT),
    "rep_speech_confidence": _info(
        "How sure the rep's words are",
        "share",
        "mean probability of rep words, weighted by their length in time",
        TEXT,
        CONFIDENCE,
    ),
    "customer_speech_confidence": _info(
        "How sure the customer's words are",
        "share",
        "mean probability of customer words, weighted by their length in time",
        TEXT,
        CONFIDENCE,
    ),
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measure that is a ratio of components: those add over calls, the ratio is taken last."""

    over: tuple[str, ...]
    under: tuple[str, ...]
    times: float = 1.0

    def of(self, components: dict[str, float]) -> float | None:
        """The ratio; None where a component is missing or nothing is below the line."""
        if any(name not in components for name in self.over + self.under):
            return None
        under = sum(components[name] for name in self.under)
        return self.times * sum(components[name] for name in self.over) / under if under > 0 else None


_BOTH = ("rep_talk_s", "customer_talk_s")
_HOUR_S, _MINUTE_S = 3600.0, 60.0

RATIOS: dict[str, Ratio] = {
    "talk_share": Ratio(("rep_talk_s",), _BOTH),
    "talk_word_share": Ratio(("n_rep_words",), ("n_rep_words", "n_customer_words")),
    "talk_of_call_share": Ratio(("rep_talk_s",), ("span_s",)),
    "dead_air_share": Ratio(("dead_air_s",), ("span_s",)),
    "interruptions_by_rep_per_hour": Ratio(("n_interruptions_by_rep",), _BOTH, _HOUR_S),
    "interruptions_by_customer_per_hour": Ratio(("n_interruptions_by_customer",), _BOTH, _HOUR_S),
    "speaker_changes_per_hour": Ratio(("n_speaker_changes",), _BOTH, _HOUR_S),
    "questions_per_hour": Ratio(("n_questions",), _BOTH, _HOUR_S),
    "question_turn_share": Ratio(("n_question_turns",), ("n_rep_turns",)),
    "rep_pace_wpm": Ratio(("n_rep_words",), ("rep_talk_s",), _MINUTE_S),
    "customer_pace_wpm": Ratio(("n_customer_words",), ("customer_talk_s",), _MINUTE_S),
    "rep_fillers_per_min": Ratio(("n_rep_fillers",), ("rep_talk_s",), _MINUTE_S),
    "customer_fillers_per_min": Ratio(("n_customer_fillers",), ("customer_talk_s",), _MINUTE_S),
    "rep_speech_confidence": Ratio(("rep_probability_weighted",), ("rep_probability_weight",)),
    "customer_speech_confidence": Ratio(("customer_probability_weighted",), ("customer_probability_weight",)),
}
