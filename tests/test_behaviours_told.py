"""Leave, reasons of a call, limits, own praise, competitors, monologues, signals: what fires and what must not.

Labels are given by hand where a label decides, so that these tests say what a behaviour does with
them; words alone are judged with no label at all.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import call
from scenes import transcript_of

from callcoach.core import Capability, Status
from callcoach.measure.behaviours import (
    OBSERVERS,
    buying_signal,
    call_reason,
    check_in,
    competitor_handling,
    counter_proposal,
    customer_question,
    honest_limit,
    irritator,
    permission,
    unrequested_monologue,
)
from callcoach.measure.behaviours.catalogue import BEHAVIOURS, RESTS_ON
from callcoach.measure.constants import TAGGED
from callcoach.measure.labels import ALL_LABELS
from callcoach.measure.utterances import label_turns
from callcoach.score.rubric import load_rubric, shipped_rubrics
from callcoach.score.values import VALUES

TOLD = {
    "permission": permission,
    "call_reason": call_reason,
    "irritator": irritator,
    "customer_question": customer_question,
    "buying_signal": buying_signal,
}


def unlabelled(transcript):
    return [{} for _ in transcript.turns]


def n_by_words(behaviour, *turns: str) -> float:
    """Count of a behaviour from the words alone, without any label."""
    transcript = transcript_of(turns)
    return behaviour.observe(transcript, unlabelled(transcript)).components["n"]


@pytest.mark.parametrize(
    "words",
    [
        "Would it help if I showed how two others did it?",
        "Would it be okay if I told you what we charge?",
        "Mind if I push back on that a little?",
        "May I suggest another way of doing it?",
        "Do you want me to go into the price now?",
        "And no is a fine answer.",
        "Feel free to say no.",
        "Is it okay if I ask you about money?",
        "Can I be blunt with you?",
        "If it's a no, just say so, that's fine.",
        "would it be useful if i gave you a rough number",
    ],
)
def test_leave_before_advice_price_or_a_hard_question_is_permission(words):
    assert n_by_words(permission, f"R: {words}", "C: Go on then.") == 1


@pytest.mark.parametrize(
    "words",
    [
        "Can I ask you something?",
        "Can I just ask a quick question?",
        "Mind if I share my screen?",
        "Can I take your name?",
        "May I have your email?",
        "Can I put you on hold?",
        "Is it okay if we record this?",
        "They don't like it when you say so.",
        "You have to give permission in the settings.",
        "Could I speak with Dana?",
        "I'll tell you what it costs.",
    ],
)
def test_ritual_and_logistics_are_no_permission(words):
    assert n_by_words(permission, f"R: {words}", "C: Yes.") == 0


@pytest.mark.parametrize(
    "words",
    [
        "You opened in Leeds last month, that is why I'm calling.",
        "The reason for my call is that you advertised for two drivers.",
        "I'm calling because I saw that you won the bridge contract.",
        "I read you've moved into the old mill, hence my call.",
        "I'm ringing because your planning notice mentions nine chargers.",
        "You posted three jobs for planners this week, which is what prompted me to call.",
        "i'm calling because i noticed your new branch in york",
        "I heard you've taken over the bakery, that's why I rang.",
        "Why I'm calling: you bought the Hastings depot in May.",
        "The reason I'm ringing is your talk at the fair last week.",
    ],
)
def test_a_reason_with_a_fact_about_them_is_a_call_reason(words):
    assert n_by_words(call_reason, f"R: Hello, it's Ann from Fleetly. {words}", "C: Oh yes.") == 1


@pytest.mark.parametrize(
    "words",
    [
        "Just checking in.",
        "I'm calling to see how things are, just checking in with you.",
        "I'm only calling to say hello.",
        "I'm touching base.",
        "I'm calling because we have a great offer.",
        "The reason for my call is our new platform.",
        "We help firms save money.",
        "How are you today?",
        "Do you have a minute?",
        "I work for the market leader.",
    ],
)
def test_checking_in_and_the_own_offer_are_no_call_reason(words):
    assert n_by_words(call_reason, f"R: Hello, it's Ann from Fleetly. {words}", "C: Oh.") == 0


def test_a_reason_is_looked_for_in_the_first_turns_only():
    late = "R: You opened in Leeds last month, that is why I'm calling."
    turns = [turn for _ in range(8) for turn in ("R: Hello there.", "C: Hello.")]
    assert n_by_words(call_reason, *turns, late) == 0


def test_a_recording_that_starts_late_cannot_be_judged_for_its_reason():
    transcript = call("R 0-5 and the second one is cheaper | C 6-9 is it")
    seen = call_reason.observe(transcript, unlabelled(transcript))
    assert seen.status is Status.CANNOT_BE_JUDGED
    assert "mid-conversation" in seen.reason


LIMITS = [
    ("C: Can it do payroll?", "R: We don't do payroll. For that you'd keep Sage."),
    ("C: Does it work offline?", "R: It doesn't work without a signal."),
    ("C: Will it read our old tags?", "R: No, it can't read those."),
    ("C: Do you cover Norway?", "R: We don't cover Norway."),
    ("C: Can you print in colour?", "R: Honestly, it won't print in colour."),
    ("C: Does it support Linux?", "R: It doesn't support Linux today."),
    ("C: Is there an app for drivers?", "R: No, we don't have one."),
    ("C: Could it handle two currencies?", "R: I'm afraid it can't handle two at once."),
    ("C: Does it integrate with Xero?", "R: Our tool doesn't integrate with it."),
    ("C: Can you do weekends?", "R: That's something we don't do."),
]


@pytest.mark.parametrize(("asked", "answer"), LIMITS)
def test_a_limit_said_plainly_where_a_gap_was_asked_about_is_honest(asked, answer):
    transcript = transcript_of((asked, answer))
    labels = [{}, {"honest_limit": 0.3}]
    seen = honest_limit.observe(transcript, labels)
    assert (seen.status, seen.components["n"], seen.components["n_gaps"]) == (Status.SCORED, 1, 1)


@pytest.mark.parametrize(
    "answer",
    [
        "R: It's on the roadmap, probably.",
        "R: We could look into a workaround.",
        "R: It should be able to, sort of.",
        "R: I'd have to check.",
        "R: In a way, with a partner.",
    ],
)
def test_going_round_a_gap_is_an_occasion_without_a_limit(answer):
    transcript = transcript_of(("C: Can it do payroll?", answer))
    seen = honest_limit.observe(transcript, unlabelled(transcript))
    assert (seen.status, seen.components["n_gaps"]) == (Status.NOT_OBSERVED, 1)


@pytest.mark.parametrize(
    "turns",
    [
        ("C: Can it do payroll?", "R: Yes, it does payroll and pensions."),
        ("C: We have two sites.", "R: And how do you get about?"),
        ("C: I like it.", "R: Good to hear."),
        ("C: How long is the contract?", "R: Twelve months."),
        ("C: Does it print labels?", "R: It prints them in any size."),
    ],
)
def test_without_a_gap_an_honest_limit_does_not_apply(turns):
    transcript = transcript_of(turns)
    seen = honest_limit.observe(transcript, unlabelled(transcript))
    assert (seen.status, seen.reason) == (Status.NOT_APPLICABLE, honest_limit.NO_GAP)


@pytest.mark.parametrize(
    "words",
    [
        "It's a very generous offer.",
        "I think that's an extremely fair price.",
        "Our price is more than fair.",
        "That's an absolute steal.",
        "We're being very reasonable here.",
        "Nobody will treat you better than we do.",
        "This is a truly exceptional deal.",
        "That's a ridiculously competitive rate.",
        "It's a real bargain.",
        "That's a really great package.",
    ],
)
def test_praise_of_the_own_proposal_irritates(words):
    assert n_by_words(irritator, f"R: {words}", "C: Hm.") == 1


@pytest.mark.parametrize(
    "words",
    [
        "What would be a fair price for you?",
        "The price is nine hundred.",
        "You said it was generous.",
        "They steal catalytic converters.",
        "That's a lot of work you did.",
        "We offer three plans.",
        "The terms are on page two.",
        "It's reasonable to ask.",
        "You have a great team.",
        "The deal closes in May.",
    ],
)
def test_plain_terms_do_not_irritate(words):
    assert n_by_words(irritator, f"R: {words}", "C: Hm.") == 0


def test_the_customers_own_praise_does_not_irritate():
    transcript = transcript_of(("C: That's a very generous offer.", "R: Thank you."))
    assert irritator.observe(transcript, [{"irritator": 0.9}, {}]).components["n"] == 0


@pytest.mark.parametrize("name", TOLD)
def test_a_label_of_the_right_side_counts_once_per_turn(name):
    side, other = ("C", "R") if name in ("customer_question", "buying_signal") else ("R", "C")
    transcript = transcript_of((f"{side}: Hello. We spoke of it. It is so.", f"{other}: Yes it is."))
    seen = TOLD[name].observe(transcript, [{name: 0.9}, {name: 0.9}])
    assert seen.components["n"] == 1
    assert {transcript.turns[piece.turn].speaker for piece in seen.evidence} == {side}
    below = TOLD[name].observe(transcript, [{name: TAGGED - 0.01}, {}])
    assert below.components["n"] == 0


def test_competitors_apply_only_where_one_came_up():
    transcript = transcript_of(("C: We also see Halden.", "R: What do you like about how they do it?"))
    handled = competitor_handling.observe(transcript, [{}, {"competitor_handling": 0.9}])
    assert (handled.status, handled.components["n"]) == (Status.SCORED, 1)
    nothing = competitor_handling.observe(transcript, [{}, {}])
    assert (nothing.status, nothing.reason) == (Status.NOT_APPLICABLE, competitor_handling.NO_COMPETITOR)
    raised = competitor_handling.observe(transcript, [{"objection_competitor": 0.9}, {}])
    assert raised.status is Status.NOT_OBSERVED


def test_running_a_competitor_down_is_no_handling():
    transcript = transcript_of(("C: We also see Halden.", "R: Their support is a joke."))
    both = {"competitor_handling": 0.9, "competitor_disparagement": 0.9}
    assert competitor_handling.observe(transcript, [{}, both]).components["n"] == 0


# C |request|
# R           |=============== 150 s ===============|
@pytest.mark.parametrize(
    ("before", "length_s", "n", "n_long"),
    [
        ("okay that is fine with me", 150, 1, 1),
        ("we have two sites in York", 121, 1, 1),
        ("okay that is fine with me", 119, 0, 0),
        ("show me the roster please", 150, 0, 1),
        ("how does that work then?", 150, 0, 1),
        ("go ahead", 150, 0, 1),
        ("tell me about the roll-out", 150, 0, 1),
        ("could you walk me through it", 150, 0, 1),
        ("I'd like to see the reports", 150, 0, 1),
        ("what does it cost us a year", 150, 0, 1),
        ("I do not need all of that", 150, 1, 1),
    ],
)
def test_a_long_turn_is_a_monologue_unless_it_was_asked_for(before, length_s, n, n_long):
    transcript = call(
        f"R 0-3 hello there Dana | C 4-8 {before} | R 9-{9 + length_s} so this is how it all began for us"
        f" | C {10 + length_s}-{14 + length_s} I see what you mean now"
    )
    seen = unrequested_monologue.observe(transcript, unlabelled(transcript))
    assert seen.status is Status.SCORED
    assert (seen.components["n"], seen.components["n_long"]) == (n, n_long)
    assert len(seen.evidence) == n


def test_listening_tokens_end_no_monologue():
    transcript = call(
        "C 0-3 okay then | R 4-70 so this is how it began | C 70.2-70.6 mm-hm | R 70.8-140 and then it went on"
        " | C 141-143 I see that now"
    )
    assert unrequested_monologue.observe(transcript, unlabelled(transcript)).components["n"] == 1


def test_without_ends_monologues_cannot_be_judged():
    transcript = replace(
        call("R 0-3 hello there | C 4-8 hi"), capabilities=frozenset([Capability.STARTS, Capability.TEXT])
    )
    seen = unrequested_monologue.observe(transcript, unlabelled(transcript))
    assert (seen.status, seen.reason) == (Status.CANNOT_BE_JUDGED, unrequested_monologue.NO_ENDS)


# R |======================= 400 s of showing =======================|
# C          |mm|               (fits?)              |yes|
@pytest.mark.parametrize(
    ("check", "unchecked"),
    [("and this is the list", 1.0), ("does that make sense?", 0.5), ("how would this fit your wards?", 0.0)],
)
def test_five_minutes_of_showing_need_a_check(check, unchecked):
    shows = "so here on the left you see the beds and this is the board"
    transcript = call(
        f"R 0-150 {shows} | C 150.5-152 right I see that | R 153-156 {check} | C 157-158 yes it does"
        f" | R 159-400 {shows} | C 401-403 okay that is all then"
    )
    seen = check_in.observe(transcript, unlabelled(transcript))
    assert seen.components["n_unchecked"] == unchecked


def test_a_customer_who_speaks_is_not_shown_things():
    transcript = call(
        "R 0-100 so this is the board | C 101-160 we do it another way here and it takes us long"
        " | R 161-300 here you see the beds | C 301-360 and that is how we would use it"
    )
    assert check_in.observe(transcript, unlabelled(transcript)).components["n_unchecked"] == 0


def test_counts_per_hour_come_with_the_seconds_they_rest_on():
    transcript = call("C 0-10 how about we start in July | R 11-16 let's start in June | C 17-20 hm")
    seen = counter_proposal.observe(transcript, unlabelled(transcript))
    assert seen.components == {"n": 1.0, "n_proposals": 1.0, "talk_s": 18.0}


def test_figures_per_hour_are_formed_from_twenty_minutes_of_speech():
    for behaviour in ("counter_proposal", "irritator"):
        value = VALUES[behaviour, None]
        assert "20 minutes" in value.withheld({"n": 1.0, "talk_s": 1100.0})
        assert "needs times" in value.withheld({"n": 1.0, "talk_s": 0.0})
        assert value.withheld({"n": 1.0, "talk_s": 1200.0}) is None
        assert value.of({"n": 1.0, "talk_s": 1200.0}) == 3.0


def test_every_item_of_every_shipped_rubric_is_recognised():
    items = [(item.behaviour, item.variant) for name in shipped_rubrics() for item in load_rubric(name).items]
    assert set(items) <= set(VALUES)
    assert {value.seen_in or behaviour for (behaviour, _), value in VALUES.items()} <= set(OBSERVERS)


def test_what_a_behaviour_rests_on_are_labels_that_exist():
    assert set(RESTS_ON) <= set(BEHAVIOURS)
    assert frozenset().union(*RESTS_ON.values()) <= set(ALL_LABELS)


def test_every_value_is_a_number_for_what_its_observer_sees():
    transcript = transcript_of(
        (
            "R: Hello Dana, half an hour today. Anything you'd add?",
            "C: No. That's too expensive for us, could you do less?",
            "R: What is it compared with? If you sign for two years I'll take five per cent off.",
            "C: Two years, okay. Could it start in May?",
            "R: June. So you count a visit from the second door?",
            "C: Yes, and I'll send you the list by Friday.",
        )
    )
    labels = label_turns(transcript)
    for (behaviour, variant), value in VALUES.items():
        seen = OBSERVERS[value.seen_in or behaviour](transcript, labels)
        judged = seen.status in (Status.SCORED, Status.NOT_OBSERVED)
        if judged and value.withheld(seen.components) is None and value.n(seen.components) >= 1:
            assert value.of(seen.components) >= 0, (behaviour, variant)
