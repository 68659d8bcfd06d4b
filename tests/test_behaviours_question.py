"""The rep's questions, counted by kind; what measures and scores count is the substantive ones."""

from __future__ import annotations

from dataclasses import replace

from conftest import call

from callcoach.core import Interval, Status
from callcoach.measure.behaviours import question
from callcoach.measure.talk import talk_measures
from callcoach.measure.utterances import label_turns


def observed(script: str):
    transcript = call(script)
    return transcript, question.observe(transcript, label_turns(transcript))


MIXED = (
    "R 0-9 Hi Dana, how are you? Can you see my screen? | C 10-12 yes fine | R 13-20 Walk me through month end. "
    "| C 21-40 we print it all by hand | R 41-50 Which system holds the list? And that is slow, right? | C 51-55 yes"
)


def test_questions_are_counted_by_kind():
    _, seen = observed(MIXED)
    assert seen.status is Status.SCORED
    assert seen.components == {
        "n_questions": 5,
        "n_substantive": 2,
        "n_ritual": 1,
        "n_tag": 1,
        "n_logistics": 1,
        "n_open": 1,
        "n_closed": 1,
        "n_rep_turns": 3,
        "n_question_turns": 2,
    }


def test_the_evidence_is_the_substantive_questions():
    transcript, seen = observed(MIXED)
    assert [piece.quote(transcript) for piece in seen.evidence] == [
        "Walk me through month end.",
        "Which system holds the list?",
    ]


def test_the_customers_questions_do_not_count():
    _, seen = observed("R 0-3 We print it. | C 4-6 How long does it take?")
    assert seen.status is Status.NOT_OBSERVED
    assert seen.components["n_questions"] == 0


def test_ritual_questions_alone_are_not_observed():
    assert observed("R 0-3 How are you? | C 4-6 fine thanks")[1].status is Status.NOT_OBSERVED


def test_the_behaviour_and_the_measures_count_the_same_questions():
    transcript, seen = observed(MIXED)
    measures = talk_measures(transcript)
    assert measures.values["n_questions"] == seen.components["n_substantive"]
    assert measures.components["n_question_turns"] == seen.components["n_question_turns"]
    assert measures.values["question_turn_share"] == 2 / 3


def test_questions_said_on_hold_do_not_count():
    transcript = replace(call(MIXED), cuts=(Interval(12.9, 20.1),))
    seen = question.observe(transcript, label_turns(transcript))
    assert seen.components["n_substantive"] == 1
    assert talk_measures(transcript).values["n_questions"] == 1


def test_components_add_over_a_call_split_at_a_pause():
    whole = call(MIXED + " | R 70-75 Who signs it off? | C 76-80 Ruth does")
    parts = [
        replace(whole, turns=tuple(t for t in whole.turns if (t.interval.start_s < 60) == early))
        for early in (True, False)
    ]
    seen = [question.observe(part, label_turns(part)).components for part in parts]
    total = question.observe(whole, label_turns(whole)).components
    assert {name: sum(part[name] for part in seen) for name in total} == total


def test_a_turn_with_two_questions_is_one_turn_with_a_question():
    _, seen = observed("R 0-9 Do you use two? And where are they? | C 10-12 in Leeds")
    assert seen.components["n_substantive"] == 2
    assert seen.components["n_question_turns"] == 1


def test_pieces_of_one_turn_count_as_one_turn():
    _, seen = observed("R 0-4 Do you use two? | R 4.5-9 And where are they? | C 10-12 in Leeds")
    assert seen.components["n_rep_turns"] == 1


def test_a_back_channel_is_no_turn_of_the_rep():
    _, seen = observed("C 0-9 we print it by hand | R 4-4.5 mm-hm | R 10-12 Who prints it? | C 13-15 Dawn")
    assert seen.components["n_rep_turns"] == 1
