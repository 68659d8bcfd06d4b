"""What the behaviours over several turns keep to beside their scenes: locks, antecedents, reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import call
from scenes import transcript_of

from callcoach.core import Earlier, Role, Status
from callcoach.measure.behaviours import (
    OBSERVERS,
    RESTS_ON,
    follow_up,
    needs_before_pitch,
    observe_all,
    problem_question,
    recap,
    reflection,
    results_stated,
    value_link,
)
from callcoach.measure.behaviours import implication_question as implication
from callcoach.measure.dialogue import dialogue_of
from callcoach.measure.labels import ALL_LABELS
from callcoach.measure.last import forget_all, keep_last
from callcoach.measure.utterances import label_turns
from callcoach.score.values import VALUES

MINE = (
    "follow_up",
    "implication_question",
    "need_payoff_question",
    "problem_question",
    "stakeholder_question",
    "value_link",
    "needs_before_pitch",
    "reflection",
    "recap",
    "results_stated",
)


def seen(module, *turns: str, **options):
    transcript = transcript_of(turns)
    return transcript, module.observe(transcript, label_turns(transcript), **options)


def test_every_behaviour_says_which_labels_it_rests_on_and_has_a_value():
    for name in MINE:
        assert name in OBSERVERS
        assert RESTS_ON[name] <= set(ALL_LABELS)
        assert any(behaviour == name for behaviour, _ in VALUES)


# Reflections -----------------------------------------------------------------------------------

SAID = "C: The washer starts at six so the vans go out dirty every single morning."
BACK = "R: So the vans are dirty because the washer is late."


def test_one_customer_turn_earns_one_reflection():
    _, once = seen(reflection, SAID, BACK, "C: That is it exactly.", "R: Okay.")
    _, thrice = seen(
        reflection,
        SAID,
        BACK,
        "C: Mm.",
        "R: So it's the washer that makes the vans dirty.",
        "C: I said so.",
        "R: Right.",
    )
    assert once.components["n_credited"] == thrice.components["n_credited"] == 1


def test_a_parrot_earns_nothing_even_with_the_person_changed():
    _, echo = seen(
        reflection,
        "C: We lose two days on approvals.",
        "R: You lose two days on approvals.",
        "C: Yes, that's what I said.",
    )
    assert echo.status is Status.NOT_OBSERVED


def test_a_reflection_with_a_pitch_in_the_turn_is_none():
    _, pitched = seen(
        reflection, SAID, BACK + " Our app fixes that for you.", "C: How would it do that?", "R: Easily."
    )
    assert pitched.status is Status.NOT_OBSERVED


def test_reflections_saturate_in_the_value():
    value = VALUES["reflection", None]
    assert value.of({"n_credited": 3.0, "n_substantive_turns": 4.0}) == 0.75
    assert value.n({"n_credited": 3.0, "n_substantive_turns": 4.0}) == 4


# Follow-up -------------------------------------------------------------------------------------


def test_a_murmur_in_the_middle_does_not_end_an_answer():
    _, one = seen(
        follow_up,
        "R: How do orders arrive?",
        "C: They come in by fax and by phone,",
        "R: Mm-hm.",
        "C: and then my sister types them all up on a Friday night.",
        "R: Why does your sister do it on a Friday?",
        "C: No idea.",
    )
    assert one.components["n_substantive_answers"] == one.components["n_followed"] == 1


def test_fourteen_questions_in_one_breath_follow_up_at_most_one_answer():
    answer = "C: We have twelve depots and the drivers in every one of them fill in a different form."
    questions = " ".join(
        f"How many {thing}?"
        for thing in [
            "vans",
            "desks",
            "chairs",
            "phones",
            "lamps",
            "doors",
            "taps",
            "mugs",
            "keys",
            "pens",
            "hats",
            "bins",
            "mats",
            "rugs",
        ]
    )
    _, stacked = seen(follow_up, "R: How is it set up?", answer, f"R: {questions}", "C: Er, thirty vans.")
    assert stacked.components["n_followed"] == 0


def test_chains_are_asked_for_where_there_are_answers_enough():
    value = VALUES["follow_up", "chains"]
    few = {"n_followed": 1.0, "n_substantive_answers": 3.0, "n_deep_chains": 0.0}
    many = {"n_followed": 4.0, "n_substantive_answers": 8.0, "n_deep_chains": 1.0}
    assert value.of(few) == pytest.approx(1 / 3)
    assert value.of(many) == pytest.approx(0.375)
    assert value.of({**many, "n_deep_chains": 2.0}) == pytest.approx(0.5)


# Value links -----------------------------------------------------------------------------------

CLAIM = "R: You said the boots come back without a slip, so this prints a code that tells you whose boots they are."


def test_a_link_shows_the_moment_that_it_picks_up():
    transcript, linked = seen(
        value_link, "R: What is hard?", "C: The boots come back without any slip.", CLAIM, "C: Nice."
    )
    assert [piece.turn for piece in linked.evidence] == [1, 2]
    assert "slip" in linked.evidence[0].quote(transcript)


def test_an_earlier_call_of_the_account_can_hold_the_moment():
    before = Earlier("call-1", 7, "The boots come back without a slip, so nobody knows whose they are.")
    turns = ("R: Thanks for your time.", "C: Sure.", CLAIM, "C: Nice.")
    _, without = seen(value_link, *turns)
    _, with_it = seen(value_link, *turns, earlier=(before,))
    assert without.status is Status.NOT_OBSERVED
    assert without.components["n_not_here"] == 1
    assert without.reason.endswith("refers to an earlier conversation that is not here")
    assert with_it.components["n_linked_earlier"] == 1
    transcript = transcript_of(turns)
    link = value_link.links(transcript, label_turns(transcript), earlier=(before,))[0]
    assert (link.earlier, link.antecedent) == (before, None)
    assert observe_all(transcript, earlier=(before,))["value_link"] == with_it


def test_a_moment_after_the_benefit_links_nothing():
    _, late = seen(
        value_link,
        "R: Hello there.",
        "C: Hello.",
        CLAIM,
        "C: Yes, boots without a slip, that is us.",
        "R: Good.",
    )
    assert late.components["n_linked"] == 0


# Implication and needs -------------------------------------------------------------------------


def test_the_same_question_asked_again_counts_once():
    ask = "R: When the labels peel off, what does that do to the orders?"
    _, twice = seen(
        implication,
        "C: The labels keep peeling off in the cold.",
        ask,
        "C: Not sure.",
        ask,
        "C: I said, not sure.",
    )
    assert twice.components == {"n": 1.0}


def test_a_content_customer_makes_implication_inapplicable():
    _, fine = seen(
        implication,
        "R: How is the rota?",
        "C: Works fine, no complaints.",
        "R: What would a bad one do to your turnover?",
        "C: No idea.",
    )
    assert fine.status is Status.NOT_APPLICABLE
    assert "no problem" in fine.reason


def test_needs_before_the_start_of_a_recording_are_not_known():
    transcript = call(
        "R 0-5 Our tool fixes that for you in a minute | C 5-9 okay then | R 9-12 It saves you hours | C 12-14 right"
    )
    observation = needs_before_pitch.observe(transcript, label_turns(transcript))
    assert observation.status is Status.CANNOT_BE_JUDGED
    assert "mid-conversation" in observation.reason


def test_a_statement_about_trouble_is_no_problem_question():
    _, told = seen(
        problem_question, "R: You have trouble with handovers.", "C: Do we?", "R: Everybody has.", "C: Hm."
    )
    _, asked = seen(
        problem_question,
        "R: Where does the handover usually go wrong?",
        "C: At night.",
        "R: I see.",
        "C: Yes.",
    )
    assert told.status is Status.NOT_OBSERVED
    assert asked.components == {"n": 1.0}


# Recap and results -----------------------------------------------------------------------------


def test_an_unconfirmed_recap_is_worth_half():
    value = VALUES["recap", None]
    assert value.of({"n_confirmed": 0.0, "n_unconfirmed": 1.0}) == 0.5
    assert value.of({"n_confirmed": 1.0, "n_unconfirmed": 1.0}) == 1.0


def test_a_recap_that_may_lie_outside_the_recording_is_not_judged():
    transcript = call(
        "R 0-5 and which gate is that | C 5-9 gate two | R 9-12 which side | C 12-14 the left one",
        duration_s=14,
    )
    components = recap.observe(transcript, label_turns(transcript)).components
    assert "ends in mid-conversation" in VALUES["recap", None].withheld(components)
    assert VALUES["recap", "opening"].withheld(components) is None  # the end says nothing of the opening


def test_an_opening_recap_before_the_recording_starts_is_not_judged():
    transcript = call(
        "R 0-6 so three gates two shifts and the fence by May have I missed anything | C 6-10 no that's everything you have it",
    )
    components = dict(recap.observe(transcript, label_turns(transcript)).components)
    assert VALUES["recap", "opening"].withheld(components | {"n_without_start": 1.0}) is not None
    assert VALUES["recap", "opening"].withheld(components | {"n_without_start": 1.0, "n_judged": 3.0}) is None


def test_results_after_the_first_price_are_counted_but_too_late():
    _, late = seen(
        results_stated,
        "R: The fee is two thousand pounds.",
        "C: Okay.",
        "R: What has changed?",
        "C: Errors fell from nine to two per cent.",
    )
    assert late.components == {"n_results": 1.0, "n_before_price": 0.0}
    assert late.status is Status.NOT_OBSERVED


@pytest.mark.parametrize(
    ("rep", "customer", "n"),
    [
        ("Nineteen to four, that's lovely.", "Four, and most weeks it's fewer.", 1),
        ("Lovely.", "And overtime's fallen by a third since then.", 2),
    ],
)
def test_saying_a_result_back_or_dwelling_on_it_is_no_second_one(rep, customer, n):
    _, found = seen(
        results_stated,
        "R: How has it gone since we put the dryers in?",
        "C: Rejects are down to four a week, they were at nineteen.",
        f"R: {rep}",
        f"C: {customer}",
        "R: Great stuff.",
    )
    assert found.components["n_results"] == n


def test_a_claim_that_the_customer_disputes_is_no_result_and_neither_is_the_dispute():
    for reply in ("No, it's gone up if anything.", "Well, so you say."):
        _, none = seen(
            results_stated,
            "R: You've saved twelve hours a week with the new rota.",
            f"C: {reply}",
            "R: Right. So the fee is six hundred.",
            "C: Hm.",
        )
        assert none.components["n_results"] == 0


@pytest.mark.parametrize(
    "reply", ["No, it's down from twenty minutes to eleven.", "Oh yes, the wait is down by six minutes."]
)
def test_what_the_customer_says_of_a_claim_in_words_of_a_result_is_their_result(reply):
    _, own = seen(
        results_stated,
        "R: You've cut the wait by six minutes.",
        f"C: {reply}",
        "R: Even better.",
        "C: Yes.",
    )
    assert own.components["n_results"] == 1


@pytest.mark.parametrize(("chance", "n"), [(0.8, 0), (0.95, 1)])
def test_sure_taggers_outweigh_words_that_look_like_a_goal(chance, n):
    transcript = transcript_of(
        [
            "R: How did the season go?",
            "C: We thought we would lose nine trees and it was two.",
            "R: Good.",
        ]
    )
    found = results_stated.observe(transcript, [{}, {"results_stated": chance}, {}])
    assert found.components["n_results"] == n


# The exchange itself ---------------------------------------------------------------------------


def test_words_said_in_a_cut_are_no_part_of_the_exchange():
    from callcoach.core import Interval

    transcript = call("R 0-5 hello there Dana | C 5-9 hello | O 10-20 please hold | R 21-25 which gate is it")
    dialogue = dialogue_of(replace(transcript, cuts=(Interval(20.5, 26.0),)))
    assert [saying.role for saying in dialogue.sayings] == [Role.REP, Role.CUSTOMER]


def test_turns_of_one_speaker_in_a_row_are_one_saying_and_murmurs_are_known():
    dialogue = dialogue_of(
        call("R 0-2 so tell me | R 3-5 what happened | C 6-7 mm-hm | R 8-9 go on then please")
    )
    assert [len(saying.lines) for saying in dialogue.sayings] == [2, 1, 1]
    assert [saying.murmur for saying in dialogue.sayings] == [False, True, False]


def test_what_is_kept_of_a_call_is_only_handed_out_for_that_call():
    asked = []

    @keep_last
    def listed(one: list) -> int:
        asked.append(one)
        return len(asked)

    first, equal = [1], [1]
    assert [listed(first), listed(first), listed(equal), listed(first)] == [1, 1, 2, 3]
    forget_all()
    assert listed(first) == 4


@pytest.mark.parametrize("name", MINE)
def test_two_reps_are_credited_to_the_side(name):
    transcript = call(
        "R 0-4 Hello Dana, good to see you | C 5-12 Hello, the labels peel off and we lose a day every single week on it"
        " | R2 13-17 When the labels peel off, what does that do to the orders? | C 18-20 They go out late | R 21-23 Thank you, bye"
    )
    observation = OBSERVERS[name](transcript, label_turns(transcript))
    assert observation.speaker is None
