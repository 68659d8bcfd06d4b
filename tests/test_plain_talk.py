"""Words that look like a behaviour and are none: in plain talk the taggers hear what a form does not."""

from __future__ import annotations

import pytest
from scenes import transcript_of

from callcoach.core import Status
from callcoach.measure.behaviours import OBSERVERS
from callcoach.measure.utterances import label_turns, ruled_out

NONE_OF_IT = {
    "a showing is no recap of needs": (
        "recap",
        "R: Morning, Ines, can you see my screen?",
        "C: Yes, I can.",
        "R: So you have the bookings on the left, and the rooms in the middle, and your prices down the side.",
        "C: Right, okay.",
        "R: And you click a room, you get the guest, and the bill, and the notes.",
        "C: I see.",
    ),
    "nothing is missing": (
        "objection_handling",
        "R: That's the four sheds and the yard. Was there anything else?",
        "C: No, you've got the lot.",
        "R: Lovely. And who opens up in the morning?",
        "C: My sister does.",
    ),
    "what others suffer from is no concern about the offer": (
        "objection_handling",
        "R: How is it in there now?",
        "C: It's boiling. I've people fainting and the landlord won't let us open the roof.",
        "R: How long has that been going on?",
        "C: Since about May.",
    ),
    "agreeing to a small thing gives no ground": (
        "concession_trade",
        "R: Shall we look at the kiln next?",
        "C: Could we do it after the break?",
        "R: Okay, no problem.",
        "C: Thanks.",
    ),
    "how many there are is no result": (
        "results_stated",
        "R: How many kids have you on a Saturday?",
        "C: This year it's been thirty one. Before that it was about twenty.",
        "R: And who minds the door?",
        "C: One of the dads.",
    ),
}
SOME_OF_IT = {
    "needs said back at the opening": (
        "recap",
        "R: So last week you said three kitchens, one freezer that keeps failing, and you want it sorted by June. Have I got that right?",
        "C: Yes, that's right, the three kitchens.",
        "R: Great. Then let me show you.",
        "C: Go on.",
    ),
    "a price is above what was planned": (
        "objection_handling",
        "R: It comes to nineteen hundred for the year.",
        "C: That's a good bit more than we'd put aside for it.",
        "R: Is it the total, or paying it all at once?",
        "C: All at once. January's a desert for us.",
    ),
    "money off": (
        "concession_trade",
        "C: Can you do anything on the fitting?",
        "R: I can take sixty off the fitting if you book both floors.",
        "C: Both floors, all right.",
    ),
}


def _seen(behaviour: str, *turns: str):
    transcript = transcript_of(turns)
    return OBSERVERS[behaviour](transcript, label_turns(transcript))


@pytest.mark.parametrize("name", NONE_OF_IT)
def test_plain_talk_that_only_looks_like_it_counts_for_nothing(name):
    observation = _seen(*NONE_OF_IT[name])
    assert observation.status is not Status.SCORED
    assert observation.evidence == ()


@pytest.mark.parametrize("name", SOME_OF_IT)
def test_the_same_behaviours_are_heard_where_they_are(name):
    observation = _seen(*SOME_OF_IT[name])
    assert observation.status is Status.SCORED
    assert observation.evidence


def test_a_label_that_nobody_gave_a_chance_rules_nothing_out():
    assert not ruled_out({}, "recap")
    assert not ruled_out({"recap": 0.3}, "recap")
    assert ruled_out({"recap": 0.001}, "recap")
    assert not ruled_out(
        {"reflection": 0.001, "testing_understanding": 0.4}, "reflection", "testing_understanding"
    )


def test_a_reason_given_after_long_small_talk_still_counts():
    chat = [f"{who}: {said}" for _ in range(4) for who, said in (
        ("R", "And how was the regatta?"), ("C", "Wet, very wet, but the kids loved it."),
        ("R", "I can imagine."), ("C", "We had the tent at least."))]  # fmt: skip
    reason = "R: The reason I'm calling you is that you took on the second boathouse in April."
    turns = [*chat, reason, "C: We did, yes.", "R: How do you book the boats there?", "C: On a whiteboard."]
    assert _seen("call_reason", *turns).status is Status.SCORED


def test_asking_whether_anything_has_been_bothering_them_asks_for_a_problem():
    observation = _seen(
        "problem_question",
        "R: You've had the scanners since spring.",
        "C: We have, yeah.",
        "R: Is there anything that's been bothering you about how they work?",
        "C: The battery, it's flat by three.",
    )
    assert observation.components["n"] == 1.0


def test_two_results_in_one_breath_are_shown_each_by_its_own_words():
    script = (
        "R: What has the first year brought you?",
        "C: Returns are down by a fifth, and we shipped three hundred more parcels a week.",
        "R: Down by a fifth, lovely.",
        "C: Down by a fifth, yes.",
    )
    observation = _seen("results_stated", *script)
    assert observation.components["n_results"] == 2.0
    words = script[1].removeprefix("C: ").split()
    assert [" ".join(words[e.start_word : e.end_word]) for e in observation.evidence] == [
        "Returns are down by a fifth,",
        "and we shipped three hundred more parcels a week.",
    ]


@pytest.mark.parametrize(
    "told",
    [
        "Our own team had got breakages down by half before you came.",
        "The portal has crashed nine times since June.",
        "If it had been switched on it would have saved us ten hours a week.",
    ],
)
def test_trouble_and_what_was_or_might_have_been_are_no_results(told):
    observation = _seen("results_stated", "R: How has it been?", f"C: {told}", "R: I see.", "C: Yes.")
    assert observation.components["n_results"] == 0.0


def test_what_is_asked_for_a_concession_is_no_second_one():
    observation = _seen(
        "concession_trade",
        "C: The delivery charge has to go.",
        "R: All right, I'll drop the delivery charge.",
        "C: Good.",
        "R: In return I'd want the order placed by the tenth.",
        "C: By the tenth, fine.",
    )
    assert (observation.components["n_paired"], observation.components["n_unpaired"]) == (1.0, 0.0)


def test_saying_who_does_what_otherwise_is_a_counter():
    observation = _seen(
        "counter_proposal",
        "C: We'd like your drivers to stack it in the cellar.",
        "R: Your lads stack it, ours bring it to the door.",
        "C: And we pay at the end of the month.",
        "R: You pay on the day.",
        "C: Hm.",
    )
    assert observation.components["n"] == 2.0


def test_the_next_concern_after_one_that_is_settled_is_handled_by_itself():
    observation = _seen(
        "objection_handling",
        "C: I'm worried about the noise at night.",
        "R: What would be too loud for the neighbours?",
        "C: Anything over a fridge.",
        "R: It's thirty decibels, which is under a fridge. Does that settle it?",
        "C: It does. My other worry is that it costs more than we have.",
        "R: What do you have?",
        "C: Four hundred.",
        "R: Then take the small one, it's three eighty. Is that better?",
        "C: Yes.",
    )
    assert observation.components["n_objections"] == 2.0
    assert observation.components["points"] == 10.0
