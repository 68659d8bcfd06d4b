"""What happened in a call: one file per behaviour, each from a transcript to an `Observation`.

An observer takes the transcript and what `label_turns` (or a trained tagger) says of its turns.
Those that exist stand in `OBSERVERS`; every other behaviour of the catalogue is not yet recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from callcoach.core import Earlier, Observation, Transcript
from callcoach.measure.behaviours import (
    agenda,
    argument_dilution,
    buying_signal,
    call_reason,
    check_in,
    competitor_handling,
    concession_trade,
    counter_proposal,
    customer_question,
    follow_up,
    honest_limit,
    implication_question,
    irritator,
    need_payoff_question,
    needs_before_pitch,
    next_step,
    objection_handling,
    permission,
    problem_question,
    qualification,
    question,
    question_stacking,
    recap,
    recording_notice,
    reflection,
    results_stated,
    stakeholder_question,
    testing_understanding,
    unrequested_monologue,
    value_link,
)
from callcoach.measure.behaviours.catalogue import BEHAVIOURS, DEFINITIONS, RESTS_ON
from callcoach.measure.utterances import Labels, label_turns

__all__ = ["BEHAVIOURS", "DEFINITIONS", "OBSERVERS", "RESTS_ON", "observe_all"]

OBSERVERS: dict[str, Callable[[Transcript, Labels], Observation]] = {
    question.ID: question.observe,
    next_step.ID: next_step.observe,
    agenda.ID: agenda.observe,
    follow_up.ID: follow_up.observe,
    implication_question.ID: implication_question.observe,
    need_payoff_question.ID: need_payoff_question.observe,
    needs_before_pitch.ID: needs_before_pitch.observe,
    problem_question.ID: problem_question.observe,
    recap.ID: recap.observe,
    reflection.ID: reflection.observe,
    results_stated.ID: results_stated.observe,
    stakeholder_question.ID: stakeholder_question.observe,
    value_link.ID: value_link.observe,
    recording_notice.ID: recording_notice.observe,
    argument_dilution.ID: argument_dilution.observe,
    buying_signal.ID: buying_signal.observe,
    call_reason.ID: call_reason.observe,
    check_in.ID: check_in.observe,
    competitor_handling.ID: competitor_handling.observe,
    concession_trade.ID: concession_trade.observe,
    counter_proposal.ID: counter_proposal.observe,
    customer_question.ID: customer_question.observe,
    honest_limit.ID: honest_limit.observe,
    irritator.ID: irritator.observe,
    objection_handling.ID: objection_handling.observe,
    permission.ID: permission.observe,
    qualification.ID: qualification.observe,
    question_stacking.ID: question_stacking.observe,
    testing_understanding.ID: testing_understanding.observe,
    unrequested_monologue.ID: unrequested_monologue.observe,
}

LOOK_BACK: dict[str, Callable[..., Observation]] = {value_link.ID: value_link.observe}
"""Observers that also take what the customer said in earlier calls of the account."""


def observe_all(
    transcript: Transcript, *, labels: Labels | None = None, earlier: Sequence[Earlier] = ()
) -> dict[str, Observation]:
    """What every observer sees in a call, by behaviour id; the same input gives the same result.

    Parameters
    ----------
    earlier : sequence of Earlier
        What the customer said in earlier calls of the account, for behaviours that look back.
    """
    labels = label_turns(transcript) if labels is None else labels
    seen = {name: observe(transcript, labels) for name, observe in OBSERVERS.items() if name not in LOOK_BACK}
    for name in LOOK_BACK:
        seen[name] = LOOK_BACK[name](transcript, labels, earlier=earlier)
    return {name: seen[name] for name in OBSERVERS}
