"""The agenda: its three parts and the invitation, on the clock of the first exchange."""

from __future__ import annotations

import pytest
from conftest import call

from callcoach.core import Status
from callcoach.measure.behaviours import agenda
from callcoach.measure.utterances import label_turns


def opened(words: str, *, at: float = 5, until: float = 600):
    """A call of `until` seconds whose rep says `words` at a given second, after a greeting."""
    transcript = call(
        f"R 0-2 Hello Dana | C 2.5-4 Hi, good to meet you | R {at}-{at + 8} {words}"
        f" | C {at + 9}-{at + 12} fine with me I think | C {until - 3}-{until} bye then"
    )
    return transcript, agenda.observe(transcript, label_turns(transcript))


FULL = "Thirty minutes; I'd like to hear how you run intake, then decide if a second call is worth it. Anything to add?"
AGENDAS = [
    (FULL, {"purpose", "plan", "time", "invitation"}),
    (
        "We said twenty minutes. I'd like to understand how jobs reach an engineer, and then we can decide together"
        " whether a second call makes sense. What would you like to add to that?",
        {"purpose", "plan", "time", "invitation"},
    ),
    (
        "I'd like to look back at the year, and then talk about the next one. Does that suit you?",
        {"plan", "invitation"},
    ),
    (
        "Two points are still open. I have half an hour. Is there a third point on your side?",
        {"plan", "time", "invitation"},
    ),
    ("The purpose of today is to see if we fit. We have thirty minutes.", {"purpose", "time"}),
    ("I have half an hour.", {"time"}),
    ("We've got forty minutes. How does that sound?", {"time", "invitation"}),
    ("I'll start with the routes and finish with the price. Anything you'd change?", {"plan", "invitation"}),
    ("We booked an hour. First we look at the numbers, then we talk about the contract.", {"plan", "time"}),
    ("I wanted to talk about the renewal. What else should we cover?", {"purpose", "invitation"}),
    ("The agenda has three points. Is that okay with you?", {"plan", "invitation"}),
    ("My goal for this call is to learn how you plan. Does that work for you?", {"purpose", "invitation"}),
    (
        "thirty minutes i'd like to hear how you run intake then decide if a second call is worth it anything to add",
        {"purpose", "plan", "time", "invitation"},
    ),
]


@pytest.mark.parametrize(("words", "parts"), AGENDAS)
def test_each_part_of_an_agenda_is_seen_apart(words, parts):
    transcript, seen = opened(words)
    assert seen.status is Status.SCORED
    found = {name for name in (*agenda.PARTS, "invitation") if seen.components[name]}
    assert found == parts
    assert seen.components["n_parts"] == len(parts - {"invitation"})
    assert all(transcript.turns[piece.turn].speaker == "R" for piece in seen.evidence)


@pytest.mark.parametrize(
    "words",
    [
        "Today I'll take you through our deck.",
        "Let me show you our product, it has maps and colours.",
        "How was your weekend? Did you get out at all?",
        "So tell me about your business.",
        "Does that work for you?",
        "We are the number one planning tool in the country.",
        "Can you see my screen okay?",
        "Then we have the people page, and every driver has a card.",
        "It takes thirty minutes to set up and then you are done.",
        "You lose two hours a day on approvals, is that right?",
    ],
)
def test_an_announcement_is_no_agenda(words):
    _, seen = opened(words)
    assert seen.status is Status.NOT_OBSERVED
    assert seen.components["n_judged"] == 1


def test_the_opening_lasts_fifteen_per_cent_of_the_call_after_the_first_exchange():
    assert opened(FULL, at=80)[1].status is Status.SCORED
    assert opened(FULL, at=100)[1].status is Status.NOT_OBSERVED


def test_the_opening_lasts_five_minutes_at_most():
    assert opened(FULL, at=295, until=6000)[1].status is Status.SCORED
    assert opened(FULL, at=310, until=6000)[1].status is Status.NOT_OBSERVED


def test_the_clock_starts_when_both_sides_are_there():
    # R |hello?|                         |hello Dana| |agenda|
    # C                           |hello|                               |bye|
    transcript = call(
        f"R 0-2 Hello, anyone there | C 400-401 hello | R 402-403 Hello Dana | R 404-412 {FULL} | C 990-1000 bye"
    )
    assert agenda.observe(transcript, label_turns(transcript)).status is Status.SCORED


def test_an_invitation_before_any_part_is_none():
    _, seen = opened("Anything to add? We have thirty minutes. The purpose of today is to see if we fit.")
    assert seen.components["invitation"] == 0
    assert seen.components["n_parts"] == 2


def test_the_customers_words_are_no_agenda():
    transcript = call(f"R 0-2 Hello Dana | C 3-12 {FULL} | R 13-15 sure | C 590-600 bye")
    assert agenda.observe(transcript, label_turns(transcript)).status is Status.NOT_OBSERVED


def test_a_recording_that_starts_in_mid_conversation_has_no_opening_to_judge():
    transcript = call("R 0-9 and the second page shows the vans | C 10-12 I see | R 13-30 it has maps")
    seen = agenda.observe(transcript, label_turns(transcript))
    assert seen.status is Status.CANNOT_BE_JUDGED
    assert seen.reason == "the recording starts in mid-conversation"


def test_without_an_exchange_the_opening_cannot_be_told():
    transcript = call("R 0-2 Hello Dana | C 90-92 Hello")
    assert agenda.observe(transcript, label_turns(transcript)).status is Status.CANNOT_BE_JUDGED


def test_without_times_the_opening_is_counted_in_words():
    talk = " | ".join(
        "R It has maps and many colours to choose from. | C The vans leave at six." for _ in range(30)
    )
    early = call(f"R Hello Dana | C Hi | R {FULL} | C Fine | {talk}")
    late = call(f"R Hello Dana | C Hi | R Fine | C Fine | {talk} | R {FULL} | C bye")
    assert agenda.observe(early, label_turns(early)).components["n_parts"] == 3
    assert agenda.observe(late, label_turns(late)).status is Status.NOT_OBSERVED
