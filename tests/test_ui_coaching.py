"""My coaching, Team and the sheet: whose eyes see what, and what is said of people."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from test_ui_pages import press
from ui_pages import HOSTILE, component_data, words_of
from ui_team import NORTH, team_store

from callcoach.core import LOCAL_OWNER, Viewer
from callcoach.store import Store
from callcoach.ui import coaching, exporting, private_rows
from callcoach.ui.histories import records_of
from callcoach.ui.views import sheet as sheets
from callcoach.ui.views import skills, team

pytest_plugins = ["ui_fixtures"]

DANA = Viewer("dana", frozenset({"rep"}))
MIA = Viewer("mia", frozenset({"manager"}), frozenset({"north"}))
# Words that stand on no page and in no export about people.
NEVER = (
    "overall",
    "rank",
    "league",
    "score of",
    "filler",
    "quota",
    "attainment",
    "predict",
    "energy",
    "accent",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("team") / "team.db"
    team_store(path)
    return path


@pytest.fixture
def firm(made: Path, tmp_path: Path) -> str:
    """A copy of the team's store, to be changed."""
    shutil.copyfile(made, tmp_path / "team.db")
    return f"sqlite:///{tmp_path / 'team.db'}"


# Own page


def test_a_rep_sees_a_focus_with_its_moments_and_every_skill_with_its_n(open_page, firm):
    at = open_page(firm, "me", **{"as": "dana"})
    shown = words_of(at)
    assert "12 conversations · 11 judged · 1 not" in shown
    assert "One thing to work on" in shown
    assert len(component_data(at, "focus_clips")["clips"]) >= 1
    assert "most calls (10 of 11)" in shown
    assert "no change we can see" in shown
    for _, name in NORTH[1:]:
        assert name not in shown  # peers are not named to a rep


def test_a_focus_is_set_aside_and_taken_up_again(open_page, firm):
    at = press(open_page(firm, "me", **{"as": "dana"}), "Set it aside for now")
    assert "Set aside:" in words_of(at)
    at = press(at, "Take it up again")
    assert "Set aside:" not in words_of(at)


def test_a_goal_is_the_reps_own_until_it_is_shared(open_page, firm):
    at = open_page(firm, "me", **{"as": "dana"})
    at.text_area[0].set_value(HOSTILE).run()
    press(at, "Keep it")
    with Store.open(firm, rep_first_hours=0) as store:
        assert [row.body["text"] for row in store.private(DANA, "goal")] == [HOSTILE]
        assert store.private(MIA, "goal") == store.private(LOCAL_OWNER, "goal") == ()
        store.share(DANA, "goal", store.private(DANA, "goal")[0].id)
        assert [row.body["text"] for row in store.private(MIA, "goal")] == [HOSTILE]
    at = open_page(firm, "sheet", person="dana", **{"as": "mia"})
    assert "&lt;script&gt;" in words_of(at)
    assert "<script>" not in words_of(at)


def test_three_taps_are_kept_for_the_rep_alone_and_never_a_gate(open_page, firm):
    at = open_page(firm, "call", call="dana-00", **{"as": "dana"})
    assert "for you alone" in words_of(at)
    assert "What was looked for" in words_of(at)
    for pills in at.button_group:
        if pills.label.startswith(("I ", "We ")):
            pills.set_value("partly")
    at.run()
    assert "You said: I understood what they need: partly" in words_of(at)
    with Store.open(firm, rep_first_hours=0) as store:
        assert len(store.private(DANA, "self_assessment")) == 1
        assert store.private(MIA, "self_assessment") == store.private(LOCAL_OWNER, "self_assessment") == ()
    assert "for you alone" not in words_of(open_page(firm, "call", call="dana-01", **{"as": "mia"}))


def test_ones_own_data_holds_what_is_ones_own_and_no_number_for_a_person(firm):
    with Store.open(firm) as store:
        data = exporting.own_data(store, DANA)
    assert len(data["calls"]) == 12
    assert all("overall" not in call for call in data["calls"])
    assert {s["name"] for c in data["calls"] for s in c["call"]["speakers"]} <= {
        "Dana Field",
        "Priya N.",
        None,
    }


def test_who_is_nobody_yet_is_asked(open_page, firm, empty_store):
    assert "Who are you?" in words_of(open_page(firm, "me"))
    assert "Nobody is known yet" in words_of(open_page(empty_store, "me"))


# Team


def test_the_first_glance_holds_four_blocks_and_no_number_of_a_call(open_page, firm):
    at = open_page(firm, "team", **{"as": "mia"})
    shown = words_of(at)
    for block in ("Next one-on-ones", "For the whole team", "Worth hearing", "Open"):
        assert block in shown
    rows = component_data(at, "team_list")["rows"]
    cells = {row["cells"][0]: row["cells"][1:] for row in rows}
    assert cells["Dana Field"][2] == "following up on answers"
    assert cells["Dana Field"][1].startswith("Said it back with")
    assert cells["Raj Patel"][2] == "no pattern, enjoy"
    assert "Summed up and had it confirmed" in shown  # half of the team misses it: said once, for all
    assert not any("Summed up" in cell for row in rows for cell in row["cells"])
    assert "0.9" not in shown


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("team", {}),
        ("sheet", {"person": "dana"}),
        ("me", {}),
        *(("team", {"view": view}) for view in ("skills", "log", "library")),
        *(("rubrics", {"view": view}) for view in ("blind", "monthly")),
    ],
)
@pytest.mark.parametrize("who", ["dana", "mia"])
def test_what_is_never_shown_of_people_is_on_no_page(open_page, firm, page, query, who):
    shown = words_of(open_page(firm, page, **query, **{"as": who})).casefold()
    for word in NEVER:
        assert word not in shown


@pytest.mark.parametrize(
    ("page", "query"), [("call", {"call": "dana-00"}), ("me", {"as": "dana"}), ("team", {})]
)
def test_numbers_have_at_most_two_decimals_and_stand_behind_words(open_page, firm, page, query):
    at = open_page(firm, page, **query)
    said = [node.proto.body for node in [*at.get("html"), *at.get("text")]]
    assert not [found for text in said for found in re.findall(r"\d\.\d{3,}", re.sub(r"<[^>]*>", " ", text))]


def test_a_managers_pages_use_a_call_only_after_the_reps_hours(open_page, firm):
    with Store.open(firm, rep_first_hours=24) as store:
        from stores import keep

        from callcoach.core import CallMetadata

        keep(store, "fresh", metadata=CallMetadata(rep="Dana Field", started_at=datetime.now(UTC)))
        for who in (MIA, LOCAL_OWNER):
            found = coaching.team_of(store, who, "north")
            assert "fresh" not in {r.call_id for r in found.records}
        assert "fresh" in {
            r.call_id for r in store.skill_rows(DANA, people=["dana"], since=datetime(2020, 1, 1, tzinfo=UTC))
        }
    assert "only you can see" in words_of(open_page(firm, "me", **{"as": "dana"}))


def test_a_rep_has_no_team_page_and_no_sheet_of_others(open_page, firm):
    assert "for who leads a team" in words_of(open_page(firm, "team", **{"as": "dana"}))
    assert "Whose sheet?" in words_of(open_page(firm, "sheet", person="tom", **{"as": "dana"}))


def test_without_teams_the_page_says_what_to_do(open_page, empty_store):
    assert "Nobody is known yet" in words_of(open_page(empty_store, "team"))


def test_a_director_sees_all_teams_without_people_in_the_roll_up(open_page, firm):
    at = open_page(firm, "team", view="teams", **{"as": "dora"})
    shown = words_of(at)
    assert "Training need" in shown
    assert "0 of 4 people" in shown
    assert "no call" in shown  # south has one person and no call
    for _, name in NORTH:
        assert name not in shown
    for word in NEVER:
        assert word not in shown.casefold()


def test_the_roll_up_counts_what_teams_do_with_their_calls(open_page, firm):
    who = Viewer("dora", frozenset({"director"}), frozenset({"north", "south"}))
    open_page(firm, "call", call="dana-00", **{"as": "mia"})
    with Store.open(firm) as store:
        edits = {"agreed": "Ask once", "win": "w", "focus": "f"}
        body = {"what": "sheet", "agreed": datetime.now(UTC).isoformat(), "session": 1, "edits": edits}
        row = store.add_private(MIA, "note", body | {"outcome": "done"}, person_id="dana")
        store.share(MIA, "note", row.id)
        store.add_private(DANA, "self_assessment", {"next": "yes"}, person_id="dana", call_id="dana-01")
        store.add_private(DANA, "self_assessment", {"skipped": True}, person_id="dana", call_id="dana-02")
        n_calls = store.adoption(who, since=datetime.now(UTC) - timedelta(weeks=4))[0].n_calls
    shown = words_of(open_page(firm, "team", view="teams", **{"as": "dora"}))
    assert f"<td>1 of {n_calls} calls</td><td>1 of 4 people</td><td>1, 1 closed</td><td>1 of" in shown


def test_a_pattern_stands_with_its_base_rates_and_with_what_luck_does(open_page, firm):
    now = datetime.now(UTC)
    with Store.open(firm) as store, pytest.MonkeyPatch.context() as patch:
        records = records_of(store, MIA, [id_ for id_, _ in NORTH])
        lately = [
            replace(r, scores={**r.scores, "reflection": 0.0 if r.at > now - timedelta(days=42) else 1.0})
            for r in records
            if r.rep == "dana" and r.is_judged
        ]
        earlier = [replace(r, at=r.at - timedelta(days=60), call_id=f"{r.call_id}-e") for r in lately]
        earlier = [replace(r, scores={**r.scores, "reflection": 1.0}) for r in earlier]
        whole = tuple(
            sorted([*(r for r in records if r.rep != "dana"), *lately, *earlier], key=lambda r: r.at)
        )
        patch.setattr(coaching, "records_of", lambda *_, **__: whole)
        shown = words_of(open_page(firm, "team", view="skills", **{"as": "mia"}))
    assert "Said back what was heard (Discovery): missed" in shown
    assert "missed in 8 of the last 8; before in 0 of 10, the team in" in shown
    assert "luck alone shows this in fewer than 1 of 100 cases" in shown
    plain = words_of(open_page(firm, "team", view="skills", **{"as": "mia"}))
    assert "missed in" not in plain


# Sheet


def test_a_sheet_is_changed_agreed_and_stands_in_the_log_and_on_the_next_one(open_page, firm):
    at = open_page(firm, "sheet", person="dana", **{"as": "mia"})
    shown = words_of(at)
    for part in (
        "one-on-one 1",
        "You first",
        "One win",
        "Followed up on the answer",
        "Not for ratings or pay",
    ):
        assert part in shown
    assert len(component_data(at, "sheet_clips")["clips"]) >= 2
    at.text_area(key="win dana").set_value("Said Omar's name back.").run()
    assert "Said Omar&#x27;s name back." in words_of(at)
    again = open_page(firm, "sheet", person="dana", **{"as": "mia"})
    assert "Said Omar&#x27;s name back." in words_of(again)  # edits are remembered
    next(f for f in again.text_input if f.label == "One sentence").set_value("Ask once what it touches")
    next(b for b in again.button if b.label == "Agree").click()
    again.run()
    assert not again.exception
    with Store.open(firm) as store:
        who = replace(MIA)
        agreed = agreed_with_dana(store, who)
        assert agreed[0].body["edits"]["agreed"] == "Ask once what it touches"
        assert agreed[0].body["focus"]["item"] == "follow_up"
        assert agreed_with_dana(store, DANA)[0].id == agreed[0].id  # shared with her
        assert agreed_with_dana(store, Viewer("tom", frozenset({"rep"}))) == []
    following = words_of(open_page(firm, "sheet", person="dana", **{"as": "mia"}))
    assert "one-on-one 2" in following
    assert "Ask once what it touches" in following
    assert "No judged call since." in following
    with Store.open(firm) as store:  # agreed three weeks ago: the words of the effect stay as they are
        row = agreed_with_dana(store, MIA)[0]
        long_ago = (datetime.now(UTC) - timedelta(weeks=3)).isoformat()
        store.change_private(MIA, "note", row.id, {**row.body, "agreed": long_ago})
    day = datetime.fromisoformat(long_ago).astimezone()
    log = words_of(open_page(firm, "team", view="log", **{"as": "mia"}))
    assert f"<td>{day.day} {day:%b %Y}</td>" in log
    assert re.search(
        r"Tried in \d of \d[^.]*\. Too early: ",
        words_of(open_page(firm, "sheet", person="dana", **{"as": "mia"})),
    )
    mine = words_of(open_page(firm, "me", **{"as": "dana"}))
    assert "Followed up on the answer: agreed on" in mine


def agreed_with_dana(store: Store, who: Viewer) -> list:
    rows = private_rows.notes_of(store, who, private_rows.SHEET, person_id="dana")
    return [row for row in rows if row.body.get("agreed")]


def sheet(**changes) -> sheets.Sheet:
    return replace(
        sheets.Sheet(person="Dana", when="Monday 1 June 2026", session=2, basis="11 of 14"), **changes
    )


def test_hostile_words_are_words_in_the_sheet_and_in_its_markdown():
    hostile = sheet(
        **{name: f"{HOSTILE} =cmd()" for name in ("person", "win", "focus", "last_action", "agreed")}
    )
    html = sheets.sheet_html(hostile)
    assert "<script" not in html
    assert "<img" not in html
    markdown = sheets.sheet_markdown(hostile)
    for raw in ("<script>", "](javascript", "$x$", ":red[", "=cmd()"):
        assert raw not in markdown
    assert "\\<script\\>" in markdown


def test_a_sheet_that_says_nothing_yet_still_has_room_to_write():
    html = sheets.sheet_html(sheet())
    assert html.count("cc-blank") == 4
    assert "One win" not in html
    assert "Not for ratings or pay" in html


def test_edits_change_what_may_be_changed_and_nothing_else():
    changed = sheet().changed({"win": "yes", "person": "Mallory", "questions": ["a", " ", "b"], "foot": "x"})
    assert (changed.win, changed.person, changed.questions, changed.foot) == (
        "yes",
        "Dana",
        ("a", "b"),
        sheets.FOOT,
    )


# Words


def test_the_mirror_counts_what_the_log_holds():
    bodies = [
        {"session": 1, "edits": {"win": "w", "focus": "f"}},
        {"session": 2, "edits": {"win": "w", "focus": "", "last_state": "done"}},
    ]
    assert [(t.had_win, t.had_focus, t.closed_last) for t in team.held(bodies)] == [
        (True, True, True),
        (True, False, True),
    ]


def test_examples_of_how_often_hold():
    import doctest

    assert doctest.testmod(skills).failed == 0
