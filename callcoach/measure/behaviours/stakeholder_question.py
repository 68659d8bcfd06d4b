"""Questions about who else is affected, decides or should be brought in."""

from __future__ import annotations

from callcoach.core import Observation, Transcript
from callcoach.measure.asked_phrases import PEOPLE
from callcoach.measure.behaviours.asking import counted, question_chance
from callcoach.measure.question_forms import FORM, people_form
from callcoach.measure.utterances import Labels

ID = "stakeholder_question"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that ask about other people's stake; "are you the decision maker?" is none.

    Components
    ----------
    ``n`` : rep turns with such a question, on the side as a whole.
    """
    return counted(
        ID,
        transcript,
        labels,
        lambda saying, asked: question_chance(asked, labels, ID, _form(asked.text)),
    )


def _form(text: str) -> float:
    form = people_form(text)
    return FORM if form == 0 and PEOPLE.search(text) else form
