"""Questions about what goes wrong, is missing or annoys."""

from __future__ import annotations

from callcoach.core import Observation, Transcript
from callcoach.measure.behaviours.asking import counted, question_chance
from callcoach.measure.question_forms import difficulty_form
from callcoach.measure.utterances import Labels

ID = "problem_question"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that ask about a difficulty, a gap or a dissatisfaction; a statement is none.

    Components
    ----------
    ``n`` : rep turns with such a question, on the side as a whole.
    """
    return counted(
        ID,
        transcript,
        labels,
        lambda saying, asked: question_chance(asked, labels, ID, difficulty_form(asked.text)),
    )
