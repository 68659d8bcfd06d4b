"""People and rubrics on the page: what is kept, and what is tried before it counts."""

from __future__ import annotations

import pytest
from stores import keep
from test_ui_pages import press
from ui_pages import HOSTILE, words_of

from callcoach.core import LOCAL_OWNER, CallMetadata, Person
from callcoach.core.errors import BadRubric
from callcoach.score.rubric import load_rubric, parse_rubric
from callcoach.store import Store
from callcoach.ui import previewing, rubric_files
from callcoach.ui.views import people, rubrics

pytest_plugins = ["ui_fixtures"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(rubric_files, "rubrics_folder", lambda: tmp_path / "rubrics")
    return tmp_path / "rubrics"


def test_names_that_nobody_goes_by_become_people_in_one_click(open_page, empty_store):
    with Store.open(empty_store) as store:
        keep(store, "one", metadata=CallMetadata(rep="Dana Field"))
        keep(store, "two", metadata=CallMetadata(rep=HOSTILE))
    at = open_page(empty_store, "people")
    assert "Dana Field · 1 call" in words_of(at)
    at = press(at, "Make a person of each of these 2")
    with Store.open(empty_store) as store:
        assert {p.name for p in store.people(LOCAL_OWNER)} == {"Dana Field", HOSTILE}
    assert not any("<script" in html.proto.body for html in at.get("html"))


def test_without_people_the_page_says_what_they_are_for(open_page, empty_store):
    assert "Nobody is known yet" in words_of(open_page(empty_store, "people"))


def test_ids_are_made_of_names():
    import doctest

    assert doctest.testmod(people).failed == 0
    assert people.new_id("张伟", ()) == "person"


def test_who_looks_as_somebody_sees_what_is_theirs(open_page, empty_store):
    with Store.open(empty_store) as store:
        store.put_person(LOCAL_OWNER, Person("dana", "Dana", firm_role="rep"))
        keep(store, "hers", metadata=CallMetadata(rep="Dana"))
        keep(store, "his", metadata=CallMetadata(rep="Tom"))
    shown = words_of(open_page(empty_store, **{"as": "dana"}))
    assert "Dana" in shown
    assert "Tom" not in shown
    assert "This call is not here" in words_of(open_page(empty_store, "call", call="his", **{"as": "dana"}))


@pytest.mark.parametrize("name", ["discovery", "any"])
def test_every_item_of_a_rubric_is_read_with_its_source(open_page, empty_store, folder, name):
    shown = words_of(open_page(empty_store, "rubrics", rubric=name))
    for item in load_rubric(name).items:
        assert item.shown_title in shown.replace("&#x27;", "'")


def test_a_copy_is_kept_as_versions_and_never_under_a_shipped_name(folder):
    text = rubrics.clone_text(rubric_files.text_of("any"), "any-own")
    first, path = rubric_files.keep(text)
    second, _ = rubric_files.keep(text.replace("weight = 25", "weight = 25.0"))
    assert (first.version, second.version) == (1, 2)
    assert load_rubric(path).name == "any-own"
    assert rubric_files.own_rubrics() == {"any-own": (1, 2)}
    for wrong in (rubric_files.text_of("any"), rubrics.clone_text(text, "../x"), "name = 3"):
        with pytest.raises(BadRubric):
            rubric_files.keep(wrong)


def test_a_mistake_in_a_rubric_is_said_and_nothing_is_offered(open_page, empty_store, folder):
    at = open_page(empty_store, "rubrics", rubric="any")
    at.text_area[0].set_value("weight = 3").run()
    assert "Not yet right" in words_of(at)
    assert not any(button.label.startswith("Keep it") for button in at.button)


def test_a_change_is_tried_on_stored_calls_and_keeps_nothing(demo_store):
    text = (
        rubric_files.text_of("demo")
        .replace("weight = 20", "weight = 2")
        .replace("weight = 16", "weight = 34")
    )
    with Store.open(demo_store) as store:
        before = [row for row in store.calls(LOCAL_OWNER).rows]
        found = list(
            previewing.tried(
                store,
                LOCAL_OWNER,
                before="demo",
                text=parse_rubric(text, where="x") and text,
                call_type="demo",
            )
        )
        assert [row for row in store.calls(LOCAL_OWNER).rows] == before
    assert len(found) == 2
    same = [moved for moved, _ in found if moved.by < 0.005]
    assert len(rubrics.most_moved([moved for moved, _ in found])) == 2 - len(same)
