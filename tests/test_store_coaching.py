"""What coaching reads of a store: each read shows a viewer no more than is theirs to see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from stores import DANA, MIA, OTHER_MANAGER, TOM, keep

from callcoach.core import LOCAL_OWNER, CallMetadata, Edit, EditKind, Person, Viewer
from callcoach.core.errors import NotFound, StoreError
from callcoach.store import Store
from callcoach.store.adoption import Adoption

pytest_plugins = ["store_fixtures"]

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime.now(UTC)


@pytest.fixture
def team(store: Store) -> Store:
    """Dana of the north has two calls, Tom of the south one; one is of nobody known."""
    for id_, team, role in (
        ("dana", "north", "rep"),
        ("tom", "south", "rep"),
        ("mia", "north", "manager"),
    ):
        store.put_person(LOCAL_OWNER, Person(id_, id_.title(), team=team, firm_role=role))
    for name, rep in (("one", "Dana"), ("two", "Dana"), ("three", "Tom"), ("four", "Agent 17")):
        keep(store, name, metadata=CallMetadata(rep=rep, started_at=NOW))
    return store


def seen(store: Store, viewer) -> set[str]:
    rows = store.skill_rows(viewer, people=["dana", "tom"], since=LONG_AGO)
    return {row.call_id for row in rows}


def test_scores_over_time_are_ones_own_and_a_teams_after_the_reps_hours(team):
    assert seen(team, LOCAL_OWNER) == {"one", "two", "three"}
    assert seen(team, DANA) == {"one", "two"}
    assert seen(team, TOM) == {"three"}
    assert seen(team, MIA) == set()  # the first day is the rep's
    team.rep_first_hours = 0
    assert seen(team, MIA) == {"one", "two"}
    assert seen(team, OTHER_MANAGER) == {"three"}


def test_scores_keep_what_was_not_judged_with_its_reason(team):
    row = team.skill_rows(DANA, people=["dana"], since=LONG_AGO)[0]
    assert row.scores == {"question": 0.5, "agenda": None}
    assert row.reasons == {"agenda": "not yet recognised"}
    assert row.person_id == "dana"
    assert team.skill_rows(DANA, people=["dana"], since=NOW + timedelta(days=1)) == ()


def test_names_nobody_goes_by_are_counted_for_the_owner_alone(team):
    assert team.unmatched_names(LOCAL_OWNER) == (("Agent 17", 1),)
    with pytest.raises(StoreError):
        team.unmatched_names(MIA)


def test_what_a_team_does_with_its_calls_is_counted_within_what_a_viewer_may_see(team):
    team.rep_first_hours = 0
    director = Viewer("dora", frozenset({"director"}), frozenset({"north", "south"}))
    for id_ in ("ana", "ben", "cleo"):
        team.put_person(LOCAL_OWNER, Person(id_, id_.title(), team="north", firm_role="rep"))
        keep(team, f"of {id_}", metadata=CallMetadata(rep=id_.title(), started_at=NOW))
    team.mark_seen(MIA, "one")
    team.mark_seen(DANA, "two")  # one's own look is no review
    team.add_private(DANA, "self_assessment", {"next": "yes"}, person_id="dana", call_id="one")
    team.add_private(DANA, "self_assessment", {"skipped": True}, person_id="dana", call_id="two")
    team.add_private(TOM, "self_assessment", {"next": "no"}, person_id="tom", call_id="three")
    north, south = team.adoption(director, since=LONG_AGO)
    assert north == Adoption("north", 5, 1, 1)
    assert south == Adoption("south", 1, 0, None)  # one person: a count would be theirs
    assert team.adoption(LOCAL_OWNER, since=LONG_AGO) == (north, south)
    assert team.adoption(MIA, since=LONG_AGO) == (north,)
    assert team.adoption(DANA, since=LONG_AGO) == ()
    assert team.adoption(director, since=NOW + timedelta(days=1)) == ()
    team.rep_first_hours = 24
    assert team.adoption(director, since=LONG_AGO) == ()


def test_what_waits_is_counted_within_what_a_viewer_may_see(team):
    counts = team.waiting_counts(LOCAL_OWNER)
    assert (counts["no_person"], counts["cautions"], counts["disputes"]) == (1, 4, 0)
    assert team.waiting_counts(DANA)["cautions"] == 2
    assert team.waiting_counts(MIA)["cautions"] == 0
    page = team.waiting_calls(LOCAL_OWNER, "no_person")
    assert [row.call_id for row in page.rows] == ["four"]
    with pytest.raises(StoreError, match="must be one of"):
        team.waiting_calls(LOCAL_OWNER, "everything")


def test_a_dispute_waits_until_who_leads_has_answered(team):
    team.rep_first_hours = 0
    score = Edit("", EditKind.SCORE, "", NOW, behaviour="question", score=1.0)
    team.add_edit(DANA, "one", score)
    assert [row.call_id for row in team.waiting_calls(MIA, "disputes").rows] == ["one"]
    team.add_edit(MIA, "one", score)
    assert team.waiting_calls(MIA, "disputes").rows == ()


def test_a_caution_waits_until_somebody_looked_at_it(team):
    edit = Edit("", EditKind.SCORE, "", NOW, behaviour="discount", score=0.0)
    team.add_edit(LOCAL_OWNER, "one", edit)
    assert {row.call_id for row in team.waiting_calls(LOCAL_OWNER, "cautions").rows} == {
        "two",
        "three",
        "four",
    }


def test_only_the_author_changes_what_is_private(team):
    row = team.add_private(DANA, "goal", {"text": "ask once more"}, person_id="dana")
    team.change_private(DANA, "goal", row.id, {"text": "ask twice more"})
    assert [found.body for found in team.private(DANA, "goal")] == [{"text": "ask twice more"}]
    for other in (MIA, TOM, LOCAL_OWNER):
        with pytest.raises(NotFound):
            team.change_private(other, "goal", row.id, {})
        assert team.private(other, "goal") == ()
