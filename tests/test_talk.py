"""Talk measures on calls small enough to count by hand, with the timeline above each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import call

from callcoach.core import Capability, Interval
from callcoach.measure.catalogue import MEASURES
from callcoach.measure.language import norm
from callcoach.measure.talk import speaker_talk, spread, summed, talk_measures
from callcoach.measure.wording import first_price, n_fillers


def values(script: str, **options):
    return talk_measures(call(script, **options)).values


def test_talk_share_leaves_silence_out_and_counts_overlap_for_both():
    # R |=====|        |====|
    # C     |====|
    #   0  4  6   10   15  20
    found = values("R 0-6 a | C 4-10 b | R 15-20 c")
    assert found["rep_talk_s"] == 11
    assert found["customer_talk_s"] == 6
    assert found["overlap_s"] == 2
    assert found["silence_s"] == 5
    assert found["talk_share"] == 11 / 17
    assert found["talk_of_call_share"] == 11 / 20


def test_two_reps_who_speak_at_once_count_once():
    assert values("R 0-6 a | R2 4-8 b | C 8-10 c")["rep_talk_s"] == 8


def test_other_speech_counts_only_where_no_side_speaks():
    # R |=====|
    # C           |====|
    # O     |=======|
    #   0  3  5   8  9 12
    transcript = call("R 0-5 a | C 8-12 b | O 3-9 beep")
    found = talk_measures(transcript)
    assert found.values["other_s"] == 3
    assert found.values["silence_s"] == 0
    assert found.components["span_s"] == 12


def test_cuts_are_outside_the_span_and_outside_other():
    transcript = replace(call("O 0-60 welcome | R 60-70 a | C 70-80 b"), cuts=(Interval(0, 60),))
    found = talk_measures(transcript)
    assert found.components["span_s"] == 20
    assert found.values["other_s"] == 0
    assert found.values["talk_of_call_share"] == 0.5


def test_dead_air_is_gaps_over_three_seconds():
    found = values("R 0-10 a | C 13-20 b | R 24-30 c")
    assert found["dead_air_share"] == 4 / 30


def test_a_hold_is_no_dead_air():
    transcript = replace(call("R 0-10 a | C 40-50 b"), cuts=(Interval(11, 39),))
    assert talk_measures(transcript).values["dead_air_share"] == 0


def test_a_monologue_is_bridged_over_back_channels():
    # R |======|  |=======|        |==|
    # C         |m|         |====|
    found = values("R 0-70 a b | C 70.2-70.6 mm-hm | R 71-125 c d | C 126-130 what about price | R 131-140 e")
    assert found["longest_monologue_s"] == 125
    assert found["n_monologues"] == 1


def test_a_monologue_ends_when_the_customer_takes_the_floor():
    assert values("R 0-70 a | C 70.2-72 what about the price | R 72.5-125 c")["n_monologues"] == 0


def test_a_turn_of_exactly_two_minutes_is_no_monologue():
    assert values("R 0-120 a | C 121-122 hi there")["n_monologues"] == 0
    assert values("R 0-120.01 a | C 121-122 hi there")["n_monologues"] == 1


def test_a_customer_story_is_bridged_over_short_questions():
    # C |=====|       |=====|        |===|
    # R        |what?|       |=====|
    found = values("C 0-30 a | R 31-33 And what then? | C 34-60 b | R 61-64 It has maps. | C 65-70 c")
    assert found["longest_customer_story_s"] == 60


def test_a_question_over_five_seconds_ends_a_story():
    assert values("C 0-30 a | R 31-37 And what then? | C 38-60 b")["longest_customer_story_s"] == 30


def test_without_words_no_question_bridges_a_story():
    assert values("C 0-30 | R 31-33 | C 34-60")["longest_customer_story_s"] == 30


def test_patience_is_the_median_pause_before_the_reps_answers():
    pauses = [0.2, 0.4, 0.6, 0.8, 5.0]
    script, at = [], 0.0
    for pause in pauses:
        script.append(f"C {at}-{at + 4} we print it all")
        script.append(f"R {round(at + 4 + pause, 2)}-{at + 12} it has maps")
        at += 13
    found = talk_measures(call(" | ".join(script)))
    assert found.values["patience_s"] == pytest.approx(0.6)
    assert found.n["patience_s"] == found.values["n_responses"] == 5


def test_fewer_than_five_responses_have_no_patience():
    found = talk_measures(call("C 0-4 we print it | R 5-9 it has maps"))
    assert found.values["patience_s"] is None
    assert found.unavailable["patience_s"] == "fewer than 5 responses"
    assert found.values["n_responses"] == 1


def test_answers_that_overlap_are_no_responses():
    assert values("C 0-4 we print it | R 3.8-9 it has maps")["n_responses"] == 0


@pytest.mark.parametrize(
    ("script", "by_rep", "by_customer"),
    [
        ("C 0-10 we print it | R 9.3-20 it has maps", 1, 0),
        ("R 0-10 it has maps | C 9.3-20 we print it", 0, 1),
        ("C 0-10 we print it | R 9.5-20 it has maps", 0, 0),  # not more than 0.5 s early
        ("C 0-10 we print it | R 8.9-20 it has maps", 0, 0),  # the other goes on for over a second
        ("C 0-10 we print it | R 9.3-9.8 mm-hm", 0, 0),  # a back-channel
        ("C 0-10 we print it | R 9.3-20 it has maps | C 11-14 no wait a moment", 0, 0),  # did not stop
    ],
)
def test_interruptions(script, by_rep, by_customer):
    found = talk_measures(call(script))
    assert found.components["n_interruptions_by_rep"] == by_rep
    assert found.components["n_interruptions_by_customer"] == by_customer


def test_interruptions_need_independent_channels():
    found = talk_measures(
        call("R 0-5 a | C 6-9 b", capabilities=frozenset(Capability) - {Capability.OVERLAP})
    )
    assert found.values["interruptions_by_rep_per_hour"] is None
    assert found.values["patience_s"] is None
    assert found.values["talk_share"] is not None


def test_speaker_changes_leave_back_channels_and_others_out():
    found = talk_measures(
        call(
            "R 0-10 a b | C 4-4.5 mm-hm | O 11-12 beep boop beep boop | R 13-15 a | C 16-20 b b b b | R 21-25 c"
        )
    )
    assert found.components["n_speaker_changes"] == 2


def test_questions_per_hour_are_per_hour_of_both_sides_speech():
    found = values(
        "R 0-5 Which system holds the list? | C 5-10 it is paper | R 1000-1005 Who prints it? | C 1005-1010 Dawn does it"
    )
    assert found["n_questions"] == 2
    assert found["questions_per_hour"] == 2 / (20 / 3600)


def test_spread_is_one_when_even_and_zero_when_all_questions_come_at_once():
    assert spread([4, 4, 4]) == 1
    assert spread([0, 5, 0]) == 0
    assert 0 < spread([1, 2, 3]) < 1
    assert spread([]) == 0


def test_question_spread_uses_the_thirds_of_the_span():
    script = "R 0-2 Who prints it? | C 3-99 Dawn | R 100-102 Who signs it? | C 103-200 Ruth | R 250-252 Who pays? | C 253-300 me"
    assert values(script)["question_spread"] == 1
    assert (
        talk_measures(call(script.split(" | R 250")[0])).unavailable["question_spread"]
        == "fewer than 3 questions"
    )


def test_pace_needs_fifty_words():
    words = " ".join(["word"] * 50)
    assert values(f"R 0-20 {words} | C 21-22 hi")["rep_pace_wpm"] == 150
    found = talk_measures(call(f"R 0-20 {words[:-5]} | C 21-22 hi"))
    assert found.unavailable["rep_pace_wpm"] == "fewer than 50 words"
    assert found.n["rep_pace_wpm"] == 49


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("um so uh we basically print it", 3),
        ("it is, like, really slow", 1),
        ("Like, we never know", 1),
        ("it looks like a van", 0),
        ("I like it", 0),
        ("we are, you know, busy", 1),
        ("you know what I mean", 0),
        ("do you know the price", 0),
        ("it is sort of slow", 1),
        ("what sort of van", 0),
        ("this sort of thing", 0),
        ("er well erm", 2),
        ("Umm. Uh-huh.", 1),
        ("that is basic", 0),
        ("as you know, we moved", 0),
    ],
)
def test_fillers_count_in_filler_position_only(text, n):
    raw = text.split()
    assert n_fillers(raw, [norm(word) for word in raw]) == n


@pytest.mark.parametrize(
    "text",
    [
        "How much is it?",
        "What does it cost per user?",
        "It's forty five dollars a person each month.",
        "The price for each driver is open.",
        "Is there a discount for charities?",
        "That comes to £1,200 a month.",
        "We would charge 30 euros per seat.",
        "how much would that be for ten of us",
        "So what is the pricing like?",
        "It's above what we pay, it's too expensive.",
        "Eighteen pounds a driver is more than we planned.",
        "There is a setup fee of course.",
    ],
)
def test_money_spoken_of_as_a_price(text):
    assert first_price(text.split()) is not None


@pytest.mark.parametrize(
    "text",
    [
        "They are a $3 billion company.",
        "Which system holds the price list now?",
        "It costs us two days a week.",
        "That was about thirty thousand pounds a year that we lost.",
        "How much time do you spend on it?",
        "We raised 4 million dollars.",
        "I paid attention.",
        "We have forty five people.",
        "It is worth a look.",
        "The rate of visits went up.",
        "How many users do you have?",
        "Our revenue is £20 million.",
    ],
)
def test_money_that_is_no_price(text):
    assert first_price(text.split()) is None


def test_price_is_placed_in_the_span_and_has_a_side():
    found = values("R 0-50 we look at the vans | C 50-60 fine and how much is it | R 60-100 let me see")
    assert found["price_raised_by"] == "customer"
    assert found["price_first_share"] == pytest.approx((50 + 10 * 2 / 6) / 100)


def test_a_call_without_a_price_says_so():
    found = talk_measures(call("R 0-5 hello there | C 6-9 hi"))
    assert found.values["price_raised_by"] is None
    assert found.unavailable["price_first_share"] == "price was never spoken of"


def test_speech_confidence_is_weighted_by_the_length_of_words():
    transcript = call("R 0-4 a b | C 5-6 c")
    turn = transcript.turns[0]
    words = (
        replace(turn.words[0], interval=Interval(0, 3), probability=0.9),
        replace(turn.words[1], interval=Interval(3, 4), probability=0.5),
    )
    transcript = replace(transcript, turns=(replace(turn, words=words), transcript.turns[1]))
    assert talk_measures(transcript).values["rep_speech_confidence"] == pytest.approx(0.8)


def test_without_times_the_share_of_words_is_the_headline():
    found = talk_measures(call("R one two three | C four"))
    assert found.values["talk_share"] is None
    assert "share of words" in found.unavailable["talk_share"]
    assert found.values["talk_word_share"] == 0.75
    assert found.headline == "talk_word_share"
    assert found.values["n_questions"] == 0
    assert talk_measures(call("R 0-1 one | C 1-2 two")).headline == "talk_share"


def test_a_little_speech_of_unknown_people_is_neither_side():
    found = values("R 0-50 a | C 50-97 b | U 97-100 c")
    assert found["other_s"] == 3
    assert values("R 0-50 a | C 50-90 b | U 90-100 c")["talk_share"] is None


def test_calls_add_up_by_their_seconds_and_counts():
    first = talk_measures(call("R 0-10 Who prints it? | C 10-20 Dawn"))
    second = talk_measures(call("R 0-30 it has maps | C 30-40 fine"))
    both = summed([first, second])
    assert both.values["talk_share"] == 40 / 60
    assert both.values["rep_talk_s"] == 40
    assert both.values["n_questions"] == 1
    assert both.values["question_turn_share"] == 0.5
    assert both.values["patience_s"] is None
    assert set(both.values) == set(MEASURES)


def test_a_sum_leaves_out_calls_that_cannot_tell():
    timed = talk_measures(call("R 0-10 a | C 10-20 b"))
    untimed = talk_measures(call("R a b c | C d"))
    both = summed([timed, untimed])
    assert both.values["talk_share"] == 0.5
    assert both.values["talk_word_share"] == 4 / 6
    assert both.values["rep_pace_wpm"] == 6  # of the timed call alone


def test_every_speaker_has_seconds_and_words():
    transcript = replace(call("R 0-10 a b | C 10-16 c | R2 16-20 d"), cuts=(Interval(9, 11),))
    assert speaker_talk(transcript) == {"R": (9, 2), "C": (5, 1), "R2": (4, 1)}


def test_the_catalogue_explains_every_measure():
    for name, info in MEASURES.items():
        assert info.title, name
        assert len(info.formula) > 20 or info.unit == "count", name
        assert not info.formula.endswith("."), name
