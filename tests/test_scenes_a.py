"""Scenes of follow-up, questions, value links, reflections, recaps and results: right often enough."""

from __future__ import annotations

import pytest
import scenes

from callcoach.measure.behaviours import OBSERVERS

MINE = (
    "follow_up",
    "implication_question",
    "need_payoff_question",
    "value_link",
    "needs_before_pitch",
    "reflection",
    "recap",
    "stakeholder_question",
    "results_stated",
)

FURTHER = "further_exchange"


@pytest.fixture(scope="module")
def figures():
    return scenes.tallies(MINE)


def test_every_behaviour_has_thirty_scenes_of_three_kinds(figures):
    assert {name: tally.n for name, tally in figures.items()} == dict.fromkeys(MINE, 30)
    kinds = {(scene.behaviour, scene.kind) for scene in scenes.scenes() if scene.behaviour in MINE}
    assert kinds == {(name, kind) for name in MINE for kind in ("positive", "near_miss", "gamed")}


def test_development_scenes_are_right_often_enough(figures, capsys):
    with capsys.disabled():
        print("\n" + scenes.table(figures))
    n = sum(tally.n for tally in figures.values())
    wrong = sum(len(tally.wrong) for tally in figures.values())
    assert 1 - wrong / n >= scenes.FLOOR_OVERALL
    for name, tally in figures.items():
        assert tally.share_right >= scenes.FLOOR_EACH, (name, tally.wrong)


def test_further_scenes_are_right_often_enough(capsys):
    names = dict.fromkeys(scene.behaviour for scene in scenes.scenes(FURTHER))
    found = scenes.tallies(names, which=FURTHER)
    with capsys.disabled():
        print("\n" + scenes.table(found))
    n = sum(tally.n for tally in found.values())
    assert n >= 200
    assert 1 - sum(len(tally.wrong) for tally in found.values()) / n >= scenes.FLOOR_OVERALL
    for name, tally in found.items():
        assert tally.share_right >= scenes.FLOOR_EACH, (name, tally.wrong)


@pytest.mark.parametrize("name", MINE)
def test_evidence_of_scenes_is_within_the_words(name):
    for scene in scenes.scenes():
        if scene.behaviour == name:
            transcript, _, observation = scenes.judged(scene)
            for piece in observation.evidence:
                piece.check(transcript)
                assert piece.start_word < piece.end_word
                assert 0.5 <= piece.probability <= 1 or name == "follow_up"


@pytest.mark.parametrize("name", MINE)
def test_scenes_without_times_are_judged_too(name):
    scene = next(scene for scene in scenes.scenes() if scene.behaviour == name and scene.kind == "positive")
    transcript = scenes.transcript_of(scene.turns, timed=False)
    observation = OBSERVERS[name](transcript, scenes.label_turns(transcript))
    assert observation.behaviour == name
