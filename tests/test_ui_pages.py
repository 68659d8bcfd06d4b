"""Pages on an empty, a full, a hostile and a damaged store, drawn without a browser."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import call
from stores import keep
from ui_pages import HOSTILE, NAMES, component_data, newest_call, words_of

from callcoach.core import LOCAL_OWNER, CallMetadata, Person, Role, Speaker, Viewer
from callcoach.store import Store
from callcoach.store.migrate import VERSION_TABLE
from callcoach.ui.correcting import correct

pytest_plugins = ["ui_fixtures"]

NEVER_SHOWN = ("Traceback", "Error:", "sqlalchemy", "filler", "overall", "ranked")
# Words that two neighbours could say: nothing in them tells which side sells.
UNKNOWN_SIDES = "U1 0-30 it rained all day yesterday | U2 30-90 yes and the wind was cold | U1 90-130 i see"


def buttons(at) -> list[str]:
    return [button.label for button in at.button]


def press(at, label: str):
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


def keep_unknown(url: str) -> str:
    """A call of which nobody said which side is ours."""
    transcript = call(UNKNOWN_SIDES)
    speakers = tuple(Speaker(s.label, channel=i) for i, s in enumerate(transcript.speakers))
    with Store.open(url) as store:
        return keep(store, "unknown", transcript=replace(transcript, speakers=speakers), people=()).call_id


# Empty


def test_an_empty_store_names_the_next_commands(open_page, empty_store):
    shown = words_of(open_page(empty_store))
    assert "There are no calls yet" in shown
    assert "callcoach demo" in shown
    assert "callcoach score FOLDER" in shown


def test_the_call_page_without_a_call_leads_to_the_list(open_page, empty_store):
    assert "Which call?" in words_of(open_page(empty_store, "call"))


@pytest.mark.parametrize("call_id", ["nobody", "../../etc/passwd", HOSTILE])
def test_a_call_that_is_not_here_says_so(open_page, empty_store, call_id):
    shown = words_of(open_page(empty_store, "call", call=call_id))
    assert "This call is not here" in shown
    assert "It may have been deleted" in shown


# Full


def test_the_list_shows_the_bundled_calls_newest_first(open_page, demo_store):
    rows = component_data(open_page(demo_store), "call_list")["rows"]
    assert len(rows) == 6
    assert rows[0]["title"].startswith("Tue 13 Oct · Maya Collins → Castle Care")
    assert not any(".opus" in row["title"] for row in rows)


def test_filters_come_from_the_address_and_narrow_the_list(open_page, demo_store):
    by = component_data(open_page(demo_store, rep="Jake Turner"), "call_list")["rows"]
    assert len(by) == 2
    assert all("Jake Turner" in row["title"] for row in by)
    assert len(component_data(open_page(demo_store, type="Renewal"), "call_list")["rows"]) == 1


def test_a_found_phrase_shows_where_it_was_said(open_page, demo_store):
    rows = component_data(open_page(demo_store, words="wednesday"), "call_list")["rows"]
    for row in rows:
        assert row["snippets"][0]["start_s"] is not None
        assert any(hit and "ednesday" in text for text, hit in row["snippets"][0]["parts"])
        for snippet in row["snippets"]:
            assert all(text == text.strip() for text, hit in snippet["parts"] if hit)
            assert "  " not in "".join(text for text, _ in snippet["parts"])


def test_words_that_were_said_find_their_calls_and_others_none(open_page, demo_store):
    found = component_data(open_page(demo_store, words="Wednesday Friday"), "call_list")["rows"]
    assert 1 <= len(found) < 6
    nothing = open_page(demo_store, words="hippopotamus")
    assert "No call fits these filters" in words_of(nothing)
    assert "There are no calls yet" not in words_of(nothing)


def test_a_calls_page_shows_lines_behaviours_and_measures(open_page, demo_store):
    at = open_page(demo_store, "call", call=newest_call(demo_store))
    data = component_data(at, "player")
    assert len(data["lines"]) > 10
    assert data["address"].startswith("/recording/")
    assert data["media_note"] == ""
    shown = words_of(at)
    for part in (
        "Maya Collins",
        "What was looked for",
        "Talk share",
        "How it is computed",
        "Keep",
        "a careful person would say",
    ):
        assert part in shown
    for part in NEVER_SHOWN:
        assert part not in shown


def test_the_second_in_the_address_reaches_the_player(open_page, demo_store):
    id_ = newest_call(demo_store)
    assert component_data(open_page(demo_store, "call", call=id_, t="42.5"), "player")["start_s"] == 42.5
    for nonsense in ("-3", "inf", "nan", "soon"):
        at = open_page(demo_store, "call", call=id_, t=nonsense)
        assert component_data(at, "player")["start_s"] is None


def test_a_long_list_has_pages(open_page, empty_store):
    with Store.open(empty_store) as store:
        for i in range(30):
            keep(store, f"call-{i:02d}")
    at = open_page(empty_store)
    first = [row["id"] for row in component_data(at, "call_list")["rows"]]
    at = press(at, "Older calls")
    second = [row["id"] for row in component_data(at, "call_list")["rows"]]
    assert len(first) == 25
    assert len(set(first) | set(second)) == 30
    assert "Older calls" not in buttons(at)
    at = press(at, "To the newest")
    assert [row["id"] for row in component_data(at, "call_list")["rows"]] == first


def test_failures_are_listed_with_the_next_step(open_page, empty_store):
    with Store.open(empty_store) as store:
        store.record_failure("/calls/a.wav", sha256=None, kind="empty", message="a.wav is empty")
    shown = words_of(open_page(empty_store))
    assert "Could not be scored: 1" in shown
    assert "A.wav is empty." in shown
    assert "Next: Get the file again" in shown


def test_a_recording_that_moved_is_said_and_everything_else_is_there(open_page, empty_store, tmp_path):
    with Store.open(empty_store) as store:
        id_ = keep(store, "one", source=(tmp_path / "gone.wav").as_uri()).call_id
    at = open_page(empty_store, "call", call=id_)
    data = component_data(at, "player")
    assert data["address"] is None
    assert "no longer where it was: gone.wav" in data["media_note"]
    assert data["lines"][0]["text"] == "hello there how are you"


def test_opening_a_call_is_logged_once_a_visit(open_page, empty_store):
    with Store.open(empty_store) as store:
        id_ = keep(store, "one").call_id
    at = open_page(empty_store, "call", call=id_)
    at.run()
    with Store.open(empty_store) as store:
        assert [seen.viewer for seen in store.seen_by(LOCAL_OWNER, id_)] == ["owner"]


# Sides


def test_which_side_is_ours_is_asked_settled_by_one_click_and_taken_back(open_page, empty_store):
    id_ = keep_unknown(empty_store)
    at = open_page(empty_store, "call", call=id_)
    assert "Which side is yours?" in words_of(at)
    at = press(at, "This side is ours")  # the first: U1
    shown = words_of(at)
    assert "Which side is yours?" not in shown
    assert "Sides set by owner" in shown
    with Store.open(empty_store) as store:
        document = store.document(LOCAL_OWNER, id_)
    assert {s["label"]: s["role"] for s in document["call"]["speakers"]} == {"U1": "REP", "U2": "CUSTOMER"}
    assert document["measures"]["talk_share"] == pytest.approx(70 / 130, abs=1e-4)
    assert "Which side is yours?" in words_of(press(at, "Undo"))


def test_one_voice_is_said_instead_of_asked_about(open_page, empty_store):
    transcript = replace(call("U 0-100 good morning to all"), speakers=(Speaker("U"),))
    with Store.open(empty_store) as store:
        keep(store, "mono", transcript=transcript, people=())
    shown = words_of(open_page(empty_store, "call", call="mono"))
    assert "Who spoke when cannot be told here" in shown
    assert "Which side is yours?" not in shown


def test_a_further_transcript_is_proposed_and_taken_by_a_click(open_page, empty_store):
    with Store.open(empty_store) as store:
        keep(store, "one", metadata=CallMetadata(rep="Dana"))
        newer = replace(call("R 0-5 good day | C 5-9 the same to you"), source_sha256="b" * 64)
        keep(store, "one", transcript=newer, metadata=CallMetadata(rep="Dana"), with_media=False)
    at = open_page(empty_store, "call", call="one")
    assert "Another transcript of this call is here" in words_of(at)
    assert component_data(at, "player")["lines"][0]["text"] == "hello there how are you"
    at = press(at, "Show that one")
    assert component_data(at, "player")["lines"][0]["text"] == "good day"


def test_a_swap_recomputes_and_is_taken_back(open_page, empty_store):
    id_ = keep_unknown(empty_store)
    at = press(open_page(empty_store, "call", call=id_), "This side is ours")

    def talk_share() -> float:
        with Store.open(empty_store) as store:
            return store.document(LOCAL_OWNER, id_)["measures"]["talk_share"]

    before = talk_share()
    at = press(at, "Swap the sides")
    assert talk_share() == pytest.approx(1 - before, abs=1e-3)
    assert "Sides swapped by owner" in words_of(at)
    press(at, "Undo")
    assert talk_share() == pytest.approx(before)


def test_the_list_asks_for_sides_too_and_can_show_only_those(open_page, empty_store):
    keep_unknown(empty_store)
    with Store.open(empty_store) as store:
        keep(store, "known", metadata=CallMetadata(rep="Dana"))
    assert len(component_data(open_page(empty_store), "call_list")["rows"]) == 2
    rows = component_data(open_page(empty_store, view="sides"), "call_list")["rows"]
    assert [row["facts"][0]["text"] for row in rows] == ["Which side is yours?"]


# Words of calls


@pytest.fixture
def hostile_store(empty_store) -> str:
    """Every word that somebody could have written is hostile."""
    transcript = call(f"R 0-5 {HOSTILE} | C 5-9 {HOSTILE}")
    speakers = tuple(Speaker(s.label, s.role, HOSTILE, role_source="given") for s in transcript.speakers)
    metadata = CallMetadata(rep=HOSTILE, customers=(HOSTILE,), account=HOSTILE)
    with Store.open(empty_store, rep_first_hours=0) as store:
        store.put_person(LOCAL_OWNER, Person("dana", HOSTILE, (f"{HOSTILE} too",), HOSTILE, "rep"))
        store.put_person(LOCAL_OWNER, Person("mia", f"Mia {HOSTILE}", team=HOSTILE, firm_role="manager"))
        keep(store, "one", transcript=replace(transcript, speakers=speakers), metadata=metadata)
        keep(store, "two", metadata=CallMetadata(rep=f"Nobody {HOSTILE}"))
        store.record_failure(f"/calls/{HOSTILE}.wav", sha256=None, kind="empty", message=HOSTILE)
        correct(store, LOCAL_OWNER, "one", {"do": "comment", "turn": 0, "text": HOSTILE})
        correct(store, LOCAL_OWNER, "one", {"do": "rename", "speaker": "C", "text": HOSTILE})
        mia = Viewer("mia", frozenset({"manager"}), frozenset({HOSTILE}))
        edits = {"agreed": HOSTILE, "win": HOSTILE, "focus": HOSTILE, "why": HOSTILE}
        body = {"what": "sheet", "agreed": "2026-09-14T10:00:00+00:00", "session": 1, "edits": edits}
        store.add_private(mia, "note", body, person_id="dana")
    return empty_store


HOSTILE_PAGES = {
    "calls": {},
    "call": {"call": "one"},
    "me": {"as": "dana"},
    "team": {"as": "mia"},
    "sheet": {"as": "mia", "person": "dana"},
    "people": {},
    "rubrics": {},
    "archive": {},
}


HOSTILE_VIEWS = [
    *HOSTILE_PAGES.items(),
    *(("team", {"as": "mia", "view": view}) for view in ("skills", "log", "library", "teams")),
    *(("rubrics", {"view": "blind"} | call) for call in ({}, {"call": "one"})),
    ("rubrics", {"view": "monthly"}),
]


@pytest.mark.parametrize(("page", "query"), HOSTILE_VIEWS)
def test_hostile_words_reach_no_page_as_markup(open_page, hostile_store, monkeypatch, page, query):
    monkeypatch.setenv("CALLCOACH_REP_FIRST_HOURS", "0")
    at = open_page(hostile_store, page, **query)
    assert "This page cannot be shown" not in words_of(at)
    assert not any("window.hacked" in markdown.value for markdown in at.markdown)
    widgets = [
        *at.button,
        *at.expander,
        *at.checkbox,
        *at.text_input,
        *at.text_area,
        *at.selectbox,
        *at.toggle,
    ]
    for widget in widgets:
        assert "window.hacked" not in widget.label.replace("\\", "") or "\\<" in widget.label
    for heading in (*at.header, *at.subheader):
        assert "window.hacked" not in heading.value.replace("\\", "") or "\\<" in heading.value
    for html in at.get("html"):
        assert "<script" not in html.proto.body
        assert "<img" not in html.proto.body


@pytest.mark.parametrize("page", NAMES)
def test_every_page_is_drawn_on_an_empty_store_with_a_next_step(open_page, empty_store, page):
    shown = words_of(open_page(empty_store, page))
    for part in NEVER_SHOWN:
        assert part not in shown
    assert len(shown) > 40


@pytest.mark.parametrize("page", NAMES)
def test_every_page_is_drawn_on_the_demonstration(open_page, demo_store, page):
    query = {"call": {"call": newest_call(demo_store)}}.get(page, {})
    shown = words_of(open_page(demo_store, page, **query))
    for part in ("This page cannot be shown", "The calls cannot be read", "Traceback"):
        assert part not in shown


# Stores that cannot be used


@pytest.mark.parametrize("page", NAMES)
def test_a_damaged_store_gets_a_page_of_its_own(open_page, damaged_store, page):
    shown = words_of(open_page(damaged_store, page, call="one"))
    assert "The calls cannot be read" in shown
    assert "callcoach doctor" in shown
    for part in NEVER_SHOWN:
        assert part not in shown


def test_a_store_of_a_newer_callcoach_says_so(open_page, empty_store):
    with sqlite3.connect(empty_store.removeprefix("sqlite:///")) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    connection.close()
    shown = words_of(open_page(empty_store))
    assert "The calls cannot be read" in shown
    assert "newer" in shown


def test_a_mistake_of_ours_shows_no_traceback_and_no_words(open_page, empty_store, monkeypatch, caplog):
    def broken(*_args, **_options):
        raise RuntimeError("priya said a secret")

    monkeypatch.setattr(Store, "calls", broken)
    shown = words_of(open_page(empty_store))
    assert "This page cannot be shown" in shown
    assert "secret" not in shown
    assert "secret" not in caplog.text
    assert "RuntimeError at test_ui_pages.py" in caplog.text


def test_a_misspelt_setting_is_said(open_page, empty_store, monkeypatch):
    monkeypatch.setenv("CALLCOACH_STROE", "x")
    shown = words_of(open_page(empty_store))
    assert "The settings cannot be used" in shown
    assert "'store'" in shown


def test_the_entry_imports_nothing_heavy():
    source = (Path(__file__).parent.parent / "app.py").read_text("utf-8")
    imported = {
        line.split()[1].split(".")[0] for line in source.splitlines() if "import" in line and "from" in line
    }
    assert imported <= {"streamlit", "callcoach"}
    assert Role.REP  # the core alone is loaded for the frame
