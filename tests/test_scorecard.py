"""Items of a card: four statuses, in one order, each with its score or its reason."""

from __future__ import annotations

import pytest
from conftest import call

from callcoach.core import Evidence, Observation, Status
from callcoach.measure.talk import talk_measures
from callcoach.score import load_rubric, score_call
from callcoach.score.card import NOT_YET_RECOGNISED, scoring_key_under
from callcoach.score.rubric import parse_rubric
from callcoach.score.values import VALUES
from callcoach.score.weights import effective_weights

LONG = call("R 0-100 how do you file it today | C 100-200 by hand mostly and it takes two days")
SHORT = call("R 0-20 hello | C 20-30 hi")
TWO_ITEMS = """
name = "two"
[[items]]
behaviour = "next_step"
weight = {first}
direction = "at_least"
target = 4
source = "house"
[[items]]
behaviour = "agenda"
weight = {second}
direction = "at_least"
target = 3
minimum_n = 1
source = "house"
first_meeting_only = {first_only}
"""


def card(
    transcript,
    observations,
    *,
    first=50,
    second=50,
    first_only="false",
    first_meeting=None,
    rubric=None,
    proven=("next_step", "agenda"),
):
    return score_call(
        transcript,
        measures=talk_measures(transcript),
        observations=observations,
        rubric=rubric
        or parse_rubric(TWO_ITEMS.format(first=first, second=second, first_only=first_only), where="two"),
        call_type="any",
        call_type_probability=1.0,
        first_meeting=first_meeting,
        proven=proven,
    )


def seen(behaviour: str, **components: float) -> Observation:
    return Observation(behaviour, Status.SCORED, components=components, evidence=(Evidence(0, 0, 2),))


BOTH = {
    "next_step": seen("next_step", level=2.0),
    "agenda": seen("agenda", purpose=1.0, plan=1.0, time=1.0, invitation=0.0),
}


def test_a_value_is_scored_against_its_target_with_its_evidence() -> None:
    item = card(LONG, BOTH).item("next_step")
    assert (item.status, item.score) == (Status.SCORED, 0.5)
    assert item.evidence == (Evidence(0, 0, 2),)


def test_a_third_agenda_part_does_not_stand_in_for_the_invitation() -> None:
    assert card(LONG, BOTH).item("agenda").score == pytest.approx(2 / 3, abs=1e-4)


def test_a_clear_no_is_a_finished_call() -> None:
    observations = BOTH | {"next_step": seen("next_step", level=0.0, clear_no=1.0)}
    assert card(LONG, observations).item("next_step").score == 1.0


def test_looked_for_and_absent_is_zero_and_says_not_observed() -> None:
    item = card(LONG, BOTH | {"agenda": Observation("agenda", Status.NOT_OBSERVED)}).item("agenda")
    assert (item.status, item.score) == (Status.NOT_OBSERVED, 0.0)


def test_a_call_under_the_rubrics_minimum_is_not_judged_at_all() -> None:
    result = card(SHORT, BOTH)
    assert {item.status for item in result.behaviours} == {Status.CANNOT_BE_JUDGED}
    assert "30 s long" in result.behaviours[0].reason
    assert result.overall is None


@pytest.mark.parametrize(
    ("first_meeting", "status"),
    [(None, Status.CANNOT_BE_JUDGED), (False, Status.NOT_APPLICABLE), (True, Status.SCORED)],
)
def test_an_item_for_first_meetings_needs_to_know(first_meeting, status) -> None:
    assert card(LONG, BOTH, first_only="true", first_meeting=first_meeting).item("agenda").status is status


def test_an_observation_that_cannot_be_judged_keeps_its_reason_and_takes_its_weight_out() -> None:
    withheld = Observation("agenda", Status.CANNOT_BE_JUDGED, reason="starts in mid-conversation")
    result = card(LONG, BOTH | {"agenda": withheld}, first=80, second=20)
    assert result.item("agenda").reason == "starts in mid-conversation"
    assert result.overall.score == 0.5
    assert result.overall.weight_judged == 80


def test_no_overall_when_over_a_third_of_the_weight_is_out() -> None:
    withheld = Observation("agenda", Status.CANNOT_BE_JUDGED, reason="starts in mid-conversation")
    assert card(LONG, BOTH | {"agenda": withheld}, first=66, second=34).overall is None
    assert card(LONG, BOTH | {"agenda": withheld}, first=67, second=33).overall is not None


def test_an_unproven_item_weighs_ten_and_the_proven_ones_take_the_rest() -> None:
    result = card(LONG, BOTH, first=60, second=40, proven={"next_step"})
    assert [item.weight for item in result.behaviours] == [90, 10]
    assert sum(item.weight for item in result.behaviours) == 100
    assert result.overall is not None


def test_a_light_item_stays_light_whether_proven_or_not() -> None:
    for proven in ({"next_step"}, {"next_step", "agenda"}):
        result = card(LONG, BOTH, first=92, second=8, proven=proven)
        assert [item.weight for item in result.behaviours] == [92, 8]


def test_without_a_proven_item_there_is_no_overall() -> None:
    result = card(LONG, BOTH, proven=())
    assert [item.weight for item in result.behaviours] == [10, 10]
    assert result.overall is None


def test_what_people_found_wrong_too_often_weighs_nothing() -> None:
    items = load_rubric("discovery").items
    proven = {item.behaviour for item in items}
    weights = effective_weights(items, proven=proven, switched_off={"follow_up"})
    by_id = dict(zip((item.behaviour for item in items), weights, strict=True))
    assert by_id["follow_up"] == 0
    assert sum(weights) == pytest.approx(100, abs=0.01)


def test_what_a_judgement_rests_on_is_known_before_it_is_made() -> None:
    rubric = load_rubric("discovery")
    assert card(LONG, BOTH, rubric=rubric).scoring_key == scoring_key_under(rubric)


def test_a_behaviour_nobody_recognises_yet_says_so(monkeypatch) -> None:
    for kind in [kind for kind in VALUES if kind[0] in ("value_link", "check_in")]:
        monkeypatch.delitem(VALUES, kind)
    result = card(LONG, BOTH, rubric=load_rubric("demo"))
    unknown = [item for item in result.behaviours if (item.id, item.variant) not in VALUES]
    assert unknown
    assert {item.reason for item in unknown} == {NOT_YET_RECOGNISED}


def test_the_machines_card_names_its_transcript_and_key() -> None:
    result = card(LONG, BOTH)
    assert result.transcript_id == LONG.id
    assert result.scoring_key != card(LONG, BOTH, first=40, second=60).scoring_key
