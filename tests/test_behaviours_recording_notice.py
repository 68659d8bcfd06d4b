"""Whether somebody said that the call is recorded."""

from __future__ import annotations

from conftest import call

from callcoach.core import Status
from callcoach.measure.behaviours import recording_notice
from callcoach.measure.utterances import label_turns


def observed(script: str):
    transcript = call(script)
    return transcript, recording_notice.observe(transcript, label_turns(transcript))


def test_the_reps_notice_is_shown():
    transcript, seen = observed("R 0-5 Hello Dana, this call is recorded for training. | C 6-7 fine")
    assert seen.status is Status.SCORED
    assert seen.components == {"n_notices": 1, "n_announced": 0}
    assert "recorded for training." in seen.evidence[0].quote(transcript)


def test_an_announcement_by_a_machine_counts_and_says_so():
    _, seen = observed("O 0-5 Calls may be recorded for quality purposes. | R 6-8 Hello Dana | C 9-10 hi")
    assert seen.components == {"n_notices": 1, "n_announced": 1}


def test_the_customers_words_are_no_notice():
    _, seen = observed("R 0-2 Hello Dana | C 3-5 Is this call being recorded? | R 6-7 no")
    assert seen.status is Status.NOT_OBSERVED


def test_without_a_notice_it_is_not_observed():
    assert observed("R 0-2 Hello Dana | C 3-5 hi there")[1].status is Status.NOT_OBSERVED


def test_a_recording_that_starts_late_may_have_missed_it():
    _, seen = observed("R 0-5 and that is the second page | C 6-8 I see")
    assert seen.status is Status.CANNOT_BE_JUDGED
    assert "may have come before it" in seen.reason


def test_a_notice_in_mid_conversation_is_one():
    _, seen = observed("R 0-5 and by the way this call is recorded | C 6-8 fine")
    assert seen.status is Status.SCORED


def test_it_is_found_anywhere_in_the_call():
    talk = " | ".join("R It has maps. | C The vans leave at six." for _ in range(50))
    assert observed(f"R Hello Dana | {talk} | R I'm recording, if that's all right. | C sure")[1].evidence


def test_notices_add_over_the_call():
    _, seen = observed(
        "R 0-2 Hello, this call is recorded. | C 3-4 hi | R 5-9 Zoom is recording this. | C 10-12 fine"
    )
    assert seen.components["n_notices"] == 2
