"""The next step in plain talk: troubles and habits are none, offers taken up and days named are."""

from __future__ import annotations

import pytest
from scenes import transcript_of

from callcoach.measure.behaviours import next_step
from callcoach.measure.promises import promises
from callcoach.measure.utterances import TurnLabels, label_turns

MIDDLE = ("R: I see what you mean.", "C: It is what it is.")
BYE = ("R: Thanks for your time, bye.", "C: Bye.")


def seen(*turns: str):
    """What is seen of the next step in a talk of some length that ends with these turns."""
    transcript = transcript_of((*MIDDLE * 6, *turns, *BYE))
    return next_step.observe(transcript, label_turns(transcript)).components


def clear_no(*turns: str) -> int:
    return int(seen(*turns)["clear_no"])


def level(*turns: str) -> int:
    return int(seen(*turns)["level"])


def promised(*turns: str) -> list[tuple[str, str | None]]:
    return [(promise.who, promise.when) for promise in promises(transcript_of(turns))]


@pytest.mark.parametrize(
    "told",
    [
        "If the glaze runs you have to scrap it and fire the whole kiln again.",
        "After that it's over, the bakers stand there with no flour.",
        "The foreman can't justify it to the yard.",
        "The cooks say no to Sunday shifts, they have families.",
        "We never turn it down when a wedding comes in, so the diary bursts.",
        "Guests go elsewhere when the lift is out.",
        "We have to pass an inspection every spring, with two people short.",
        "We pass on the cost of the fuel to the tenants.",
        "The drivers stay put when it snows, so the milk goes off.",
        "You turn the heating down and the pipes freeze.",
        "We're out of boxes most Mondays because nobody counts them.",
        "We decided to stay with you because the fitters like the app.",
        "We won't order the seed until March because the shed is full.",
        "I'd rather not drive at night with these eyes.",
        "If they want it painted by June then it's a no from me, they know that.",
        "We're going to close the shop early on Friday for the fair.",
        "We often have to say no to parties of ten, the kitchen is too small.",
        "We go elsewhere for the timber because the yard shuts at three.",
        "I'm going to leave it to my sister, she does the books.",
    ],
)
def test_a_trouble_told_is_no_clear_no(told):
    assert clear_no("R: And how is that for you?", f"C: {told}", "R: That sounds tiring.") == 0


@pytest.mark.parametrize(
    "said",
    [
        "We're going to pass, the landlord is putting the rent up.",
        "I don't think we'll go ahead, the grant fell through.",
        "It's a no from us, my brother does the boilers now.",
        "We've gone with somebody else, they were a third cheaper.",
        "The trustees turned it down, the roof comes first.",
        "Just close our file, please, we're selling the boats.",
        "We won't be renewing, the choir has dissolved.",
        "Count us out, we've bought a second mower already.",
        "It's not for us, we only have the one small kiosk.",
    ],
)
def test_the_customers_own_refusal_is_a_clear_no(said):
    assert clear_no("R: So where do you stand?", f"C: {said}", "R: Thank you for telling me.") == 1


def test_a_bare_no_answers_only_whether_to_go_ahead():
    why = "C: We won't, no. The farm is being split between the sisters."
    assert clear_no("R: So will you go ahead?", why) == 1
    assert clear_no("R: Will you be at the show on Saturday?", why) == 0


REFUSED = "C: We're going to pass, the landlord is putting the rent up."


def test_a_no_of_the_first_half_is_not_the_end_of_a_call():
    assert clear_no(REFUSED, "R: I see.") == 1
    assert clear_no(REFUSED, *MIDDLE * 9) == 0


@pytest.mark.parametrize("label", ["need_voiced", "buying_signal"])
def test_a_customer_who_still_wants_something_has_not_said_the_last_word(label):
    transcript = transcript_of((*MIDDLE * 6, REFUSED, "R: I see.", "C: Well, about that.", *BYE))
    labels = [TurnLabels() for _ in transcript.turns]
    assert next_step.observe(transcript, labels).components["clear_no"] == 1
    labels[14] = TurnLabels(chances={label: 0.9})
    assert next_step.observe(transcript, labels).components["clear_no"] == 0


@pytest.mark.parametrize(
    "told",
    [
        "So I'll ring the depot four times in a week about one pallet.",
        "I'll get the keys for them twice in an evening, it's like that.",
        "Usually I'll call the plumber on Monday and he comes when he likes.",
        "The belt slips, then I'll have to send the lads home on Friday.",
        "Every single month I'll send the forms to the council on the Friday.",
    ],
)
def test_what_happens_again_and_again_is_no_step(told):
    turns = ("R: How does that go?", f"C: {told}", "R: I see.")
    assert level(*turns) == 0
    assert promised(*turns) == []


def test_a_step_beside_a_habit_is_a_step():
    assert level("R: And now?", "C: I'll send you Friday's list, they usually want it on paper.") >= 1
    assert level("R: And now?", "C: I'll ring the depot on Friday, I call them twice a week anyhow.") == 4


def test_of_a_call_of_forty_turns_only_the_second_half_is_late():
    step = "C: I'll send you the seed list by Friday."
    early = transcript_of((*MIDDLE * 3, "R: So?", step, *MIDDLE * 15, *BYE))
    late = transcript_of((*MIDDLE * 15, "R: So?", step, *MIDDLE * 3, *BYE))
    assert next_step.observe(early, label_turns(early)).components["level"] == 0
    assert next_step.observe(late, label_turns(late)).components["level"] == 4


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        (("R: I'll phone on Monday?", "C: Yes please. Before nine."), [("both", "on Monday")]),
        (("R: Shall I draft a letter to the landlord?", "C: Yes, please."), [("rep", None)]),
        (("R: Would you like me to ask my surveyor about it?", "C: That'd be great."), [("rep", None)]),
        (("R: Shall I make a list of the gates?", "C: Yes, do."), [("rep", None)]),
        (("R: Does it run on two phase?", "C: I'll find out."), [("customer", None)]),
        (("C: Does it fit a barge?", "R: I can't swear to the barge, I'll find out."), [("rep", None)]),
        (
            ("R: When can we show it to the crew?", "C: Nobody's in this week. The end of May."),
            [("both", "The end of May")],
        ),
        (("R: When could you get me the plan of the hall?", "C: By Tuesday."), [("customer", "By Tuesday")]),
    ],
)
def test_offers_taken_up_and_days_named_are_promises(turns, wanted):
    assert promised(*turns, *BYE) == wanted


@pytest.mark.parametrize(
    "turns",
    [
        ("R: Shall I go on?", "C: Yes, please."),
        ("R: Shall I show you the other page?", "C: Yes, please."),
        ("R: Shall I send it over now?", "C: Yes, go on."),
        ("R: Shall I make a start?", "C: Yes."),
        ("R: Shall I draft a letter to the landlord?", "C: No, leave it."),
        ("R: I'll phone on Monday?", "C: I can't on Monday."),
        ("R: When can we show it to the crew?", "C: Not before May."),
        ("R: When can we show it to the crew?", "C: I don't know yet."),
        ("R: When did they show it to the crew?", "C: The end of May."),
        ("R: Does it run on two phase?", "C: They'd find out the hard way."),
        ("C: Does it fit a barge?", "R: I can't send you that."),
    ],
)
def test_what_is_done_at_once_or_not_taken_up_is_no_promise(turns):
    assert promised(*turns, *BYE) == []


def test_who_will_be_there_is_named_where_each_side_has_one_speaker():
    asked = "R: Wednesday, half ten?"
    assert level(asked, "C: Yes. I'll be in.") == 3
    assert level(asked, "C: Yes, fine.") == 2
    assert level("R: When can we show it to the crew?", "C: The end of May.") == 2


def test_a_day_that_does_not_suit_dates_nothing():
    assert level("R: And then?", "C: I can't make Friday, I'll send you the plan of the hall.") == 1
    assert level("R: And then?", "C: I can't make it, I'll send you the plan of the hall on Friday.") == 4


@pytest.mark.parametrize(
    "checked",
    [
        "Let me check that I heard you well: two ovens, and one is cold.",
        "Let me just see if I've got it right.",
    ],
)
def test_checking_what_was_heard_is_no_step(checked):
    assert level(f"R: {checked}", "C: That's it, yes.") == 0
    assert level(f"R: {checked} And I'll check with the fitter on Monday.", "C: Good.") == 2
