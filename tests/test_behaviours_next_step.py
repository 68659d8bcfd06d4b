"""The next step: the ladder from nothing to the customer's own words, and the clear no."""

from __future__ import annotations

import pytest
from conftest import call

from callcoach.core import Role, Status
from callcoach.measure.behaviours import next_step
from callcoach.measure.commitments import Kind, commitments
from callcoach.measure.utterances import label_turns

OPEN, CLOSE = "R Hello Dana, thanks for joining. | C Hi, good to meet you.", "R Thank you, bye. | C Bye."


def observed(end: str, *, close: str = CLOSE):
    transcript = call(f"{OPEN} | {end} | {close}" if close else f"{OPEN} | {end}")
    return transcript, next_step.observe(transcript, label_turns(transcript))


def level(end: str) -> int:
    return int(observed(end)[1].components["level"])


LADDER = [
    # 4: the customer says it in own words
    (4, "C I'll get our DPA to legal by Friday and call you Monday."),
    (4, "C I'll send you the job list by Thursday."),
    (4, "R Shall we? | C I will take it to my boss on Monday."),
    (4, "C i'll send the contract to legal tomorrow and let you know"),
    (4, "C We'll test it with the north team next week."),
    (4, "C I'm going to show Helen the recording on Wednesday."),
    (4, "C Let me ask Ruth tomorrow and I'll email you her answer."),
    (4, "C I can get you the figures by the end of the week."),
    (4, "R Could you send me the list by Friday? | C Yes, I'll send you the list on Friday morning."),
    (4, "R Does Tuesday at ten work, with Susan? | C Tuesday at ten, Susan and I will be there."),
    (4, "R Shall we keep Tuesday at four, with your boss? | C Tuesday at four works for both of us."),
    (4, "C Sarah and I will ring you on Friday at nine with a yes or a no."),
    (4, "C I'll bring Susan to a call next Tuesday at ten. | R Lovely."),
    # 3: the customer owns it, or both hold a dated meeting with named people
    (3, "R Could you send me the list by Friday? | C Yes, will do."),
    (3, "R Can you check with legal by Wednesday? | C Sure, no problem."),
    (3, "R So you'll send me the contract by Monday? | C Yes."),
    (3, "R Would you be able to ask Ruth before the weekend? | C Absolutely."),
    (3, "R Shall we meet on Tuesday at ten with your director? | C That works."),
    (3, "R How about a call on Thursday at two, you and Ruth? | C Perfect."),
    (3, "R Please send me the numbers by Friday. | C Okay."),
    (3, "R Let's speak on the fifth of May with Susan. | C Great."),
    (3, "R could you get me the postcode list by tomorrow | C yeah sure"),
    (3, "R Can we book a demo next Wednesday with the planners? | C Good."),
    (3, "R Does Monday at nine suit you and Martin? | C Fine."),
    # 2: the rep alone, dated; or a meeting without people
    (2, "R I'll send the plan Thursday. | C Works."),
    (2, "R I'll email you the offer on Friday. | C Okay."),
    (2, "R I'll call you Monday. | C Sounds good."),
    (2, "R You'll have the contract tonight. | C Thanks."),
    (2, "R We'll prepare a quote by the end of the month. | C Right."),
    (2, "R I will get you the security paper tomorrow."),
    (2, "R i'll ring you on wednesday at three | C okay"),
    (2, "R I'll have the new draft with you by noon on Tuesday. | C Good."),
    (2, "R Let me check with our engineers and come back to you on Thursday."),
    (2, "R Could we speak again on Tuesday at ten? | C Yes."),
    (2, "R We can get you a trial login by the fifteenth. | C Fine."),
    # 1: vague
    (1, "R Let's circle back. | C Sure."),
    (1, "R I'll follow up. | C Okay."),
    (1, "R Let's touch base again sometime soon. | C Yeah."),
    (1, "C I'll think about it and let you know."),
    (1, "R I'll be in touch. | C Okay."),
    (1, "C We'll get back to you."),
    (1, "R I'll send you the brochure. | C Thanks."),
    (1, "C I'll talk to Dana."),
    (1, "R We should catch up again at some point. | C Maybe."),
    (1, "C We might look at it next quarter and get back to you."),
    (1, "R I'll reach out when it is ready."),
    # 0: nothing
    (0, "C Maybe, send me something."),
    (0, "R It comes out in November. | C I see."),
    (0, "C We have to pay for the trucks until March."),
    (0, "R Last Friday I sent you the plan. | C Yes."),
    (0, "C The drivers leave at six every Monday."),
    (0, "R And do you use a calendar today? | C Right."),
    (0, "C I need to drop off in a minute."),
    (0, "R Shall we say Tuesday at ten, with Susan? | C No, that won't work."),
    (0, "R Could you sign by Friday? | C Friday is really not going to happen."),
    (0, "R Thank you for your time today."),
    (0, "R Let me show you what came out this week."),
    (0, "C That makes sense."),
]


@pytest.mark.parametrize(("wanted", "end"), LADDER)
def test_the_ladder(wanted, end):
    assert level(end) == wanted


def test_the_highest_step_counts_and_is_shown():
    transcript, seen = observed("R I'll send the plan Thursday. | C Fine. I'll show it to Ruth on Friday.")
    assert seen.status is Status.SCORED
    assert seen.components["level"] == 4
    assert [piece.quote(transcript) for piece in seen.evidence] == ["I'll show it to Ruth on Friday."]
    assert seen.components["n_rep_owned"] == seen.components["n_customer_owned"] == 1


def test_an_accepted_request_shows_both_sides_words():
    transcript, seen = observed("R Could you send me the list by Friday? | C Yes, will do.")
    assert [piece.quote(transcript) for piece in seen.evidence] == [
        "Could you send me the list by Friday?",
        "Yes, will do.",
    ]


NOES = [
    "C We've decided not to go ahead, because the budget is frozen until next year.",
    "C It's a no from us. We just renewed with the other supplier.",
    "C We're not going to move forward. It's too expensive for what we need.",
    "C I'm going to have to pass, we don't have the time this year.",
    "C We're staying with what we have, because everybody knows it.",
    "C We won't be renewing. The price went up too much.",
    "C Our answer is no. Head office froze all new tools.",
    "C we have decided against it because of the cost",
    "C It isn't right for us, we only have two vans and that is not enough.",
    "C We've gone with another firm. They were cheaper.",
    "C I will have to say no, there is no budget for it.",
]


@pytest.mark.parametrize("end", NOES)
def test_a_clear_no_with_its_reason_is_a_finished_call(end):
    transcript, seen = observed(f"{end} | R Thank you for telling me.")
    assert seen.status is Status.SCORED
    assert seen.components["clear_no"] == 1
    assert seen.evidence
    assert transcript.role_of(transcript.turns[seen.evidence[-1].turn]) is Role.CUSTOMER


@pytest.mark.parametrize(
    "end",
    [
        "C No, that works fine.",
        "C No problem.",
        "C We're staying with you, because it works.",
        "C I'm not interested in the reporting part, because we have one.",
        "C No, I have not seen it yet.",
        "C Are you saying it's a no, because of the price?",
        "C Not today.",
        "C We don't have a budget yet.",
        "C It's too expensive.",
        "R We have decided not to sell it any more, because nobody used it.",
    ],
)
def test_near_misses_of_a_clear_no(end):
    assert observed(f"{end} | R I see.")[1].components["clear_no"] == 0


def test_a_no_without_a_reason_is_not_clear():
    assert observed("C It's a no. | R I see. | C Yes.")[1].components["clear_no"] == 0


def test_a_call_cut_off_before_its_end_cannot_be_judged():
    _, seen = observed("R So the second page | C shows the vans and the", close="")
    assert seen.status is Status.CANNOT_BE_JUDGED
    assert "mid-conversation" in seen.reason
    _, settled = observed("C I'll send you the list by Friday. | R and then the", close="")
    assert settled.components["level"] == 4


def test_a_call_that_closes_without_a_step_is_not_observed():
    _, seen = observed("R It has maps. | C I see.")
    assert seen.status is Status.NOT_OBSERVED
    assert seen.components["level"] == 0


def test_steps_of_the_first_half_do_not_count():
    early = "C I'll send you the list by Friday."
    middle = " | ".join("R It has maps and colours. | C The vans leave at six." for _ in range(40))
    transcript = call(f"{OPEN} | {early} | {middle} | {CLOSE}")
    assert next_step.observe(transcript, label_turns(transcript)).status is Status.NOT_OBSERVED


def test_commitments_say_who_and_when():
    transcript = call("R I'll send the plan on Thursday. | C Fine, and I'll show it to Ruth.")
    first, second = commitments(transcript)
    assert (first.kind, first.owners, first.when.quote(transcript)) == (
        Kind.ACTION,
        frozenset({Role.REP}),
        "on Thursday.",
    )
    assert (second.owners, second.when, second.own_words) == (frozenset({Role.CUSTOMER}), None, True)


def test_a_no_before_the_customer_takes_a_step_is_not_the_last_word() -> None:
    said = call(
        "C 0-5 To be honest, they won't use this, because the vans have no signal. | R 6-9 I hear that. | "
        "C 10-16 I'll show Helen the recording on Wednesday and ring you on Friday at nine. | R 17-19 Thank you."
    )
    found = next_step.observe(said, label_turns(said))
    assert found.components["clear_no"] == 0
    assert found.components["level"] >= 3
