"""Words that were hardly recognised are kept, marked, and judge nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import call

from callcoach.core import Status
from callcoach.measure.behaviours import observe_all
from callcoach.measure.certainty import too_uncertain
from callcoach.measure.talk import talk_measures

WORDS = " ".join(f"word{i}" for i in range(30))
CALL = call(f"R 0-20 {WORDS} | C 21-40 {WORDS} | R 41-60 so what do you use today? | C 61-80 {WORDS}")


def heard(transcript, **probability):
    """The call with the words of each speaker at a probability."""
    return replace(
        transcript,
        turns=tuple(
            replace(turn, words=tuple(replace(w, probability=probability[turn.speaker]) for w in turn.words))
            for turn in transcript.turns
        ),
    )


def test_words_that_are_sure_enough_are_judged():
    assert too_uncertain(heard(CALL, R=0.9, C=0.6)) is None
    assert too_uncertain(CALL) is None


def test_one_side_is_enough_to_judge_nothing_and_is_named():
    assert too_uncertain(heard(CALL, R=0.95, C=0.45)) == (
        "the customer's words are too uncertain: mean probability 0.45"
    )
    assert (
        too_uncertain(heard(CALL, R=0.3, C=0.9)) == "the rep's words are too uncertain: mean probability 0.30"
    )
    assert too_uncertain(heard(CALL, R=0.3, C=0.3)) == "the words are too uncertain: mean probability 0.30"


def test_what_rests_on_uncertain_words_cannot_be_judged_and_the_rest_can():
    unsure = heard(CALL, R=0.95, C=0.4)
    reason = too_uncertain(unsure)
    assert {o.status for o in observe_all(unsure).values()} == {Status.CANNOT_BE_JUDGED}
    assert reason in {o.reason for o in observe_all(unsure).values()}
    measures = talk_measures(unsure)
    assert measures.values["n_questions"] is None
    assert measures.unavailable["n_questions"] == reason
    assert measures.values["talk_share"] is not None
    assert measures.values["customer_speech_confidence"] == pytest.approx(0.4)


def test_a_turn_carries_how_sure_its_words_are():
    unsure = heard(CALL, R=0.95, C=0.4)
    assert [round(turn.confidence, 2) for turn in unsure.turns] == [0.95, 0.4, 0.95, 0.4]
