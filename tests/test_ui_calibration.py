"""Scoring blind and the moments of a month: what is hidden until when, what is kept, what follows."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_ui_pages import press
from ui_pages import component_data, words_of
from ui_team import N_CALLS, NORTH, team_store

from callcoach.coach.agreement import MACHINE
from callcoach.coach.blind import level_words
from callcoach.coach.monthly import BlindMoment, checks
from callcoach.core import LOCAL_OWNER, Viewer
from callcoach.core.errors import NotFound
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.store import Store
from callcoach.ui import calibrating
from callcoach.ui.views import calibration

pytest_plugins = ["ui_fixtures"]

MIA = Viewer("mia", frozenset({"manager"}), frozenset({"north"}))
DORA = Viewer("dora", frozenset({"director"}), frozenset({"north"}))
DANA = Viewer("dana", frozenset({"rep"}))
ITEMS = {"follow_up", "reflection", "next_step", "recap"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("calibration") / "team.db"
    team_store(path)
    return path


@pytest.fixture
def firm(made: Path, tmp_path: Path) -> str:
    shutil.copyfile(made, tmp_path / "team.db")
    return f"sqlite:///{tmp_path / 'team.db'}"


def blind(open_page, url: str, call: str, who: str = "mia"):
    return open_page(url, "rubrics", view="blind", call=call, **{"as": who})


def answer(at, said: str):
    for radio in at.radio:
        radio.set_value(said)
    return press(at, "Compare with the machine")


def test_a_call_is_scored_before_anything_of_the_machine_is_on_the_page(open_page, firm):
    at = blind(open_page, firm, "dana-03")
    data = component_data(at, "blind_player")
    assert data["marks"] == []
    assert not data["can_correct"]
    assert len(data["lines"]) == 6
    shown = words_of(at)
    for told in ("met", "not found", "The machine ", "evidence"):
        assert told not in shown
    assert {radio.label for radio in at.radio} == {BEHAVIOURS[item] for item in ITEMS}
    assert all(radio.value is None for radio in at.radio)


def test_the_comparison_waits_for_every_item(open_page, firm):
    at = blind(open_page, firm, "dana-03")
    at.radio[0].set_value("fully")
    at = press(at, "Compare with the machine")
    assert "3 items without an answer yet" in words_of(at)
    assert "You and the machine" not in words_of(at)
    shown = words_of(answer(at, "absent"))
    assert "You and the machine" in shown
    assert "The same in " in shown
    with Store.open(firm) as store:
        card = store.document(LOCAL_OWNER, "dana-03", corrected=False)
        own = calibrating.scores_of(store, MIA, "dana-03")
    assert own == {item["id"]: 0.0 for item in card["behaviours"]}
    n_absent = sum(item["score"] == 0.0 or item["score"] < 1 / 6 for item in card["behaviours"])
    assert f"The same in {n_absent} of 4 items" in shown


def test_what_was_scored_after_the_page_was_opened_is_not_counted_as_blind(open_page, firm):
    open_page(firm, "call", call="tom-02", **{"as": "mia"})
    at = blind(open_page, firm, "tom-02")
    assert "not counted as blind" in words_of(at)
    answer(at, "fully")
    answer(blind(open_page, firm, "tom-03"), "fully")
    with Store.open(firm) as store:
        found, n_calls = calibrating.agreement_of(store, MIA)
    assert n_calls == 1
    assert {row.n for row in found} == {1}


def test_agreement_stands_per_item_between_people_and_with_the_machine(open_page, firm):
    with Store.open(firm) as store:
        for number in range(6):
            scores = {name: (1.0, 0.0, 1 / 3)[number % 3] for name in ITEMS}
            for who in (MIA, DORA):
                calibrating.keep_scores(store, who, f"ida-{number:02d}", scores)
        found, n_calls = calibrating.agreement_of(store, DORA)
    assert n_calls == 6
    people = [row for row in found if MACHINE not in (row.one, row.other)]
    assert {(row.one, row.other, row.n_same, row.kappa) for row in people} == {("dora", "mia", 6, 1.0)}
    assert len(found) == 3 * len(ITEMS)
    shown = words_of(open_page(firm, "rubrics", view="blind", **{"as": "dora"}))
    assert "Dora Quint and Mia Lang" in shown
    assert "Mia Lang and the machine" in shown
    assert "clear (1.00" in shown
    assert "6 of 6 calls" in shown


def test_the_months_calls_are_the_same_for_everybody_who_may_hear_them(open_page, firm):
    now = datetime.now(UTC)
    with Store.open(firm) as store:
        drawn = [calibrating.calls_of_month(store, who, now=now) for who in (MIA, DORA)]
        assert drawn[0] == drawn[1]
        assert len({call.call_id for call in drawn[0]}) == calibrating.CALLS_A_MONTH
        other = calibrating.calls_of_month(store, MIA, now=now.replace(year=now.year + 1))
        assert [call.call_id for call in other] != [call.call_id for call in drawn[0]]
        calibrating.keep_scores(store, MIA, drawn[0][0].call_id, {name: 1.0 for name in ITEMS})
        assert calibrating.calls_of_month(store, MIA, now=now)[0].state == "scored"
        assert calibrating.calls_of_month(store, DORA, now=now)[0].state == ""
    at = open_page(firm, "rubrics", view="blind", **{"as": "mia"})
    assert "you scored it" in words_of(at)
    at = press(at, next(b.label for b in at.button if (b.key or "").startswith("blind ")))
    assert "You and the machine" in words_of(at)


def test_calibration_is_for_who_leads(open_page, firm):
    shown = words_of(open_page(firm, "rubrics", view="blind", **{"as": "dana"}))
    assert "Score a call blind" not in shown
    assert "Who showed it" in shown
    with Store.open(firm) as store, pytest.raises(NotFound, match="must exist for who asks"):
        calibrating.keep_scores(store, DANA, "tom-01", {"recap": 1.0})


def test_moments_of_a_month_are_judged_one_by_one_and_an_answer_is_taken_back(open_page, firm):
    at = open_page(firm, "rubrics", view="monthly", **{"as": "mia"})
    assert "You answered 0 of " in words_of(at)
    assert len(component_data(at, "monthly_clip")["clips"]) == 1
    at = press(at, "Yes, this shows it")
    at = press(at, "No, it does not")
    shown = words_of(at)
    assert "You answered 2 of " in shown
    assert "1 of 2" in shown
    at = press(at, "Take the last answer back")
    assert "You answered 1 of " in words_of(at)
    with Store.open(firm) as store:
        month = calibrating.months(store, MIA)[0]
        (verdict,) = calibrating.verdicts_of(store, DORA, month)
        assert (verdict.reviewer, verdict.is_right) == ("mia", True)
        assert calibrating.verdicts_of(store, DANA, month) == ()


def test_a_behaviour_that_is_wrong_too_often_is_named_with_what_follows(firm):
    with Store.open(firm) as store:
        for number in range(20):
            moment = BlindMoment(f"m{number}", "recap", "dana-01", "words", 1.0, 2.0)
            calibrating.keep_answer(store, MIA, "2026-09", moment, number < 10)
        (check,) = checks(calibrating.verdicts_of(store, MIA, "2026-09"))
    assert check.words == "right 10 of 20"
    html = calibration.checks_html([check], titles={"recap": "<b>Recap</b>"})
    assert "switch it off in the rubric" in html
    assert "&lt;b&gt;" in html


def test_answers_are_the_levels_of_agreement():
    assert [level_words(n) for n in range(4)] + [level_words(None)] == list(calibration.ANSWERS)


@pytest.mark.parametrize("view", ["blind", "monthly"])
def test_an_empty_store_says_what_will_stand_here(open_page, empty_store, view):
    shown = words_of(open_page(empty_store, "rubrics", view=view))
    assert "Once calls are scored" in shown


def test_the_firm_of_these_tests_is_as_large_as_they_say(firm):
    with Store.open(firm) as store:
        assert len(store.calls(LOCAL_OWNER, limit=100).rows) == N_CALLS * len(NORTH)
