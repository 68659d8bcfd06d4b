"""Promises, open questions and cautions: lists for a person, from the call's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import call
from scenes import transcript_of

from callcoach.core import Role
from callcoach.measure.behaviours import next_step
from callcoach.measure.cautions import CAUTIONS, cautions
from callcoach.measure.open_questions import open_questions
from callcoach.measure.promises import promises
from callcoach.measure.utterances import TurnLabels, label_turns


def promised(*turns: str) -> list[tuple[str, str | None]]:
    return [(promise.who, promise.when) for promise in promises(transcript_of(turns))]


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        (("R: I'll send you the plan on Thursday.", "C: Thanks."), [("rep", "on Thursday")]),
        (
            ("R: So what now?", "C: I'll get the list to you by Friday and call you."),
            [("customer", "by Friday")],
        ),
        (("R: Could you send me the list by Monday?", "C: Yes, will do."), [("customer", "by Monday")]),
        (("R: Could you send me the list by Monday?", "C: I can't promise that."), []),
        (("R: Let's touch base soon.", "C: Sure."), []),
        (("R: I'll send you the brochure.", "C: Thanks."), [("rep", None)]),
        (("R: We can look back at them.", "C: Okay."), []),
        (
            ("R: Shall we meet on Tuesday at ten with you and Olga?", "C: Yes, that works."),
            [("both", "on Tuesday")],
        ),
    ],
)
def test_a_promise_says_who_and_by_when(turns, wanted):
    assert promised(*turns) == wanted


def test_a_promise_has_the_name_of_its_speaker_and_the_words_of_the_call():
    transcript = transcript_of(("R: Well, I'll send you the plan on Thursday.", "C: Thanks."))
    named = replace(
        transcript,
        speakers=tuple(
            replace(speaker, name="Ada" if speaker.role is Role.REP else None)
            for speaker in transcript.speakers
        ),
    )
    (promise,) = promises(named)
    assert promise.who == "Ada"
    assert promise.turn == 0
    assert promise.what in transcript.turns[0].text


def test_a_promise_said_twice_is_listed_once():
    line = "R: I'll send you the plan on Thursday."
    assert len(promised(line, "C: Good.", line, "C: Yes.")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "R: Twelve months.",
        "R: Yes, it does.",
        "R: It prints labels of any size.",
        "R: Which labels do you use?",
    ],
)
def test_an_answered_question_is_not_open(answer):
    assert open_questions(transcript_of(("C: Does it print labels?", answer, "C: I see.", "R: Good."))) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "R: Good question, let me check.",
        "R: I'll find out for you.",
        "R: Let's move on to the next page.",
        "R: Mm.",
        "R: Not sure off the top of my head.",
    ],
)
def test_a_question_put_off_or_passed_over_stays_open(answer):
    transcript = transcript_of(("C: Hello. Does it print the labels?", answer, "C: Okay then.", "R: Right."))
    (question,) = open_questions(transcript)
    assert (question.turn, question.quote) == (0, "Does it print the labels?")


def test_a_late_answer_closes_a_question():
    turns = (
        "C: Does it print address labels?",
        "R: Let me check.",
        "C: Okay.",
        "R: It prints address labels, yes.",
    )
    assert open_questions(transcript_of(turns)) == ()


@pytest.mark.parametrize("asked", ["C: Really?", "C: Can you hear me okay?", "C: How are you doing today?"])
def test_ritual_and_logistics_leave_nothing_open(asked):
    assert open_questions(transcript_of((asked, "R: Mm.", "C: Right.", "R: Mm."))) == ()


def test_another_language_has_no_lists():
    transcript = replace(
        transcript_of(("R: I'll send it Thursday.", "C: Does it print labels?")), language="de"
    )
    assert promises(transcript) == ()
    assert open_questions(transcript) == ()
    assert cautions(transcript, label_turns(transcript)) == ()


def told(words: str, label: str, probability: float):
    transcript = call(f"R 0-5 {words} | C 6-9 I see what you mean")
    labels = [TurnLabels(chances={label: probability}), TurnLabels()]
    return transcript, [{label: probability}, {}] if probability else labels


@pytest.mark.parametrize("label", CAUTIONS)
def test_a_caution_is_shown_only_where_the_recogniser_is_sure(label):
    sure = cautions(*told("This price is gone the moment we hang up", label, 0.99))
    assert [caution.id for caution in sure] == [label]
    assert cautions(*told("This price is gone the moment we hang up", label, 0.5)) == ()


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("pressure_tactic", "Your opening is on the third, so we have to start by the first"),
        ("pressure_tactic", "Your contract ends on the thirtieth of June"),
        ("overpromise", "The SLA says four hours or you get a credit"),
    ],
)
def test_real_dates_and_quoted_service_levels_are_no_caution(label, words):
    assert cautions(*told(words, label, 0.99)) == ()


def test_closing_again_after_a_clear_no_is_pressure():
    turns = (
        "R: Is it a no for this year?",
        "C: It's a no, we've just signed with another firm for three years.",
        "R: Come on, let's get you signed up today anyway.",
        "C: No. Goodbye.",
    )
    transcript = transcript_of(turns)
    labels = label_turns(transcript)
    found = cautions(transcript, labels, ending=next_step.observe(transcript, labels))
    assert "pressure_tactic" in {caution.id for caution in found}


def test_the_customers_words_give_rise_to_no_caution():
    transcript = call("R 0-5 I see what you mean | C 6-9 their support is a joke")
    assert cautions(transcript, [{}, {"competitor_disparagement": 0.99}]) == ()


@pytest.mark.parametrize(
    "line",
    [
        "R 0-3 I'll start there and leave the rest.",
        "R 0-3 Let me check that I heard you well.",
        "R 0-3 I'll make sure we get to that, for sure.",
        "C 0-3 Then if you start in the north and add the south in April, I'll stay under it.",
    ],
)
def test_what_is_about_the_call_itself_or_hangs_on_a_condition_is_no_promise(line) -> None:
    assert promises(call(f"{line} | C 4-6 All right. | R 7-9 Good.")) == ()
