"""Questions about what a problem leads to, after the customer has voiced it.

::

    C  we lose two days on approvals          <- voiced
    R  and what does that do to the renewal?  <- credited, for it takes up what was voiced
"""

from __future__ import annotations

from callcoach.core import Observation, Role, Status, Transcript
from callcoach.measure.anaphora import points_back
from callcoach.measure.asked import Asked
from callcoach.measure.asked_phrases import EFFECTS, OF_OURS
from callcoach.measure.behaviours.asking import credited, question_chance
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.constants import PREDICTED
from callcoach.measure.dialogue import Saying, dialogue_of
from callcoach.measure.opening import CallClock
from callcoach.measure.question_forms import FORM, consequence_form
from callcoach.measure.utterances import Labels
from callcoach.measure.voicing import DENIES, LEAST, says_all_is_well, voiced_in

ID = "implication_question"
HALF = 0.5  # of the call; a problem must be voiced by then for the behaviour to apply
NEAR_SAYINGS = 3  # a problem voiced in this many customer turns before needs no words in common
DOUBTFUL = 0.35  # a problem this likely is enough for the behaviour to apply
STATEMENT_WORDS = 4  # a statement of fewer words is no problem that a question could take up
NO_PROBLEM = "the customer voiced no problem in the first half of the call"


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that ask for the consequence of a problem which the customer voiced before.

    The question comes within three customer turns of the problem, or takes it up in its words.
    Without a problem by half time the behaviour does not apply; one voiced later still counts
    where the rep asks about it.

    Components
    ----------
    ``n`` : rep turns with such a question, on the side as a whole.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    dialogue = dialogue_of(transcript)
    problems = voiced_in(dialogue, labels, needs=False)
    hinted = voiced_in(dialogue, labels, needs=False, least=LEAST)
    first: dict[str, int] = {}  # where a word first stands in a problem
    for at, lines in problems.items():
        for line, _ in lines:
            for word in line.roots:
                first.setdefault(word, at)

    def chance_of(saying: Saying, asked: Asked) -> float:
        form = consequence_form(asked.text)
        if OF_OURS.search(asked.text):
            return 0.0
        if form == 0 and EFFECTS.search(asked.text):
            form = FORM
        probability = question_chance(asked, labels, ID, form)
        if probability < PREDICTED:
            return 0.0
        near = dialogue.before(saying, Role.CUSTOMER, n=NEAR_SAYINGS)
        if any(other.at in problems for other in near):
            return probability
        if near and near[0].at in hinted and _is_taken_up(asked, near[0]):
            return probability
        return probability if any(first.get(word, saying.at) < saying.at for word in asked.roots) else 0.0

    evidence = credited(dialogue, labels, chance_of)
    if evidence:
        return Observation(ID, Status.SCORED, components={"n": float(len(evidence))}, evidence=evidence)
    clock = CallClock(transcript)
    doubtful = voiced_in(dialogue, labels, needs=False, least=DOUBTFUL)
    if not any(clock.share_at(dialogue.sayings[at].first) <= HALF for at in doubtful):
        return Observation(ID, Status.NOT_APPLICABLE, reason=NO_PROBLEM)
    return Observation(ID, Status.NOT_OBSERVED, components={"n": 0.0})


def _is_taken_up(asked: Asked, said: Saying) -> bool:
    """Whether a question makes a problem of what the customer just said, who did not say that all is well."""
    if said.n_words < STATEMENT_WORDS or said.lines[-1].mark == "?" or says_all_is_well(said):
        return False
    if DENIES.match(said.text):
        return False
    return bool(asked.roots & said.roots) or points_back(asked.head)
