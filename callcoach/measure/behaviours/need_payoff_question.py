"""Questions that have the customer say what solving it would be worth."""

from __future__ import annotations

from callcoach.core import Observation, Transcript
from callcoach.measure.behaviours.asking import counted, question_chance
from callcoach.measure.question_forms import worth_form
from callcoach.measure.utterances import Labels

ID = "need_payoff_question"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that ask for the worth of a solution; a value stated by the rep is none, with a tag or without.

    Components
    ----------
    ``n`` : rep turns with such a question, on the side as a whole.
    """
    return counted(
        ID,
        transcript,
        labels,
        lambda saying, asked: question_chance(asked, labels, ID, worth_form(asked.text)),
    )
