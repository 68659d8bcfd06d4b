"""Tricks that imitate good selling gain next to nothing over the same call without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fixture_calls import fixture_transcript
from scenes import transcript_of

from callcoach.core import Role
from callcoach.measure.behaviours import observe_all
from callcoach.measure.talk import talk_measures
from callcoach.measure.utterances import label_turns
from callcoach.score import load_rubric, score_call

MOST_GAIN = 0.05  # of an overall from 0 to 1
BASES = ("discovery-poor", "discovery-good")
QUESTIONS = (
    "What keeps you up at night?", "What are your goals?", "How is business?", "Who are your competitors?",
    "What is your budget?", "What does success look like?", "How big is your team?", "What is your timeline?",
    "What else?", "How do you feel about that?", "Why is that?", "What would you change?",
    "What matters most?", "What is next?",
)  # fmt: skip

Turns = list[str]


def turns_of(name: str) -> Turns:
    transcript = fixture_transcript(name)
    side = {s.label: "R" if s.role is Role.REP else "C" for s in transcript.speakers}
    return [f"{side[turn.speaker]}: {turn.text}" for turn in transcript.turns]


def overall(turns: Turns) -> float:
    """Weighted mean of what is judged, as if every recogniser were proven: the most a trick could gain."""
    transcript = transcript_of(turns)
    labels = label_turns(transcript)
    rubric = load_rubric("discovery")
    card = score_call(
        transcript,
        measures=talk_measures(transcript, labels=labels),
        observations=observe_all(transcript, labels=labels),
        rubric=rubric,
        call_type="discovery",
        call_type_probability=1.0,
        first_meeting=True,
        proven={item.behaviour for item in rubric.items},
    )
    judged = [item for item in card.behaviours if item.score is not None]
    return sum(i.weight * i.score for i in judged) / sum(i.weight for i in judged)


def after_customers(turns: Turns, say: Callable[[str], str], *, most: int = 1000) -> Turns:
    """The call with a rep's line put between each customer turn and what comes next."""
    out: Turns = []
    for turn in turns:
        out.append(turn)
        if turn.startswith("C: ") and most > 0:
            out.append(f"R: {say(turn[3:])}")
            most -= 1
    return out


def parrot(turns: Turns) -> Turns:
    return after_customers(turns, lambda said: said)


def said_back(turns: Turns) -> Turns:
    return after_customers(turns, lambda said: f"So you said {said[0].lower()}{said[1:]}")


def it_sounds_like(turns: Turns) -> Turns:
    lines = after_customers(turns, lambda said: "It sounds like that is really important to you.", most=30)
    n = sum("It sounds like" in line for line in lines)
    middle = len(lines) // 2
    more = [line for _ in range(30 - n) for line in ("R: It sounds like a challenge.", "C: Yeah.")]
    return lines[:middle] + more + lines[middle:]


def fourteen_questions(turns: Turns) -> Turns:
    middle = len(turns) // 2
    asked = [line for question in QUESTIONS for line in (f"R: {question}", "C: Not sure.")]
    return turns[:middle] + asked + turns[middle:]


def fourteen_questions_in_one_breath(turns: Turns) -> Turns:
    middle = len(turns) // 2
    return [*turns[:middle], f"R: {' '.join(QUESTIONS)}", "C: Not sure.", *turns[middle:]]


TRICKS = (parrot, said_back, it_sounds_like, fourteen_questions, fourteen_questions_in_one_breath)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_gains_next_to_nothing(trick, base) -> None:
    honest = turns_of(base)
    assert overall(trick(honest)) - overall(honest) <= MOST_GAIN


def test_an_agenda_in_one_breath_gains_nothing_over_one_that_is_meant() -> None:
    _, *rest = turns_of("discovery-poor")
    meant = [
        "R: Thanks for the time. I'd like to hear how you run the night shift.",
        "C: Sure.",
        "R: First your set-up, then where it hurts, and then we decide whether a second call is worth it.",
        "C: Fine by me.",
        "R: We have thirty minutes. What would you add?",
        "C: Nothing, go ahead.",
    ]
    breath = [
        "R: Purpose is to learn, plan is questions then next steps, thirty minutes, anything to add, great.",
        "C: Sure.",
    ]
    assert overall(breath + rest) - overall(meant + rest) <= MOST_GAIN


@pytest.mark.parametrize("base", BASES)
def test_the_thursday_line_on_every_call_gains_nothing_over_a_plain_promise(base) -> None:
    turns = turns_of(base)
    promise = [*turns, "R: I will send it to you on Thursday.", "C: All right."]
    line = [*turns, "R: I'll send it Thursday, OK?", "C: OK."]
    assert overall(line) - overall(promise) <= MOST_GAIN


def test_what_only_the_rep_does_is_no_advance() -> None:
    turns = [*turns_of("discovery-poor"), "R: I'll send it Thursday, OK?", "C: OK."]
    transcript = transcript_of(turns)
    assert observe_all(transcript)["next_step"].components["level"] <= 2
