"""People and rubrics on the page: what is kept, and what is tried before it counts."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest
from stores import keep
from test_ui_pages import press
from ui_pages import HOSTILE, words_of

from callcoach.core import LOCAL_OWNER, CallMetadata, Person
from callcoach.core.errors import BadRubric
from callcoach.score.rubric import load_rubric, parse_rubric, shipped_rubrics
from callcoach.store import Store
from callcoach.ui import previewing, rubric_files
from callcoach.ui.views import people, rubric_text, rubrics

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


def changing(open_page, url: str, name: str):
    """The form of a rubric, opened."""
    at = open_page(url, "rubrics", rubric=name)
    at.toggle(key=f"change {name}").set_value(True).run()
    assert not at.exception
    return at


def weight_of(at, behaviour: str):
    return next(box for box in at.number_input if box.label == "Weight" and f"('{behaviour}'," in box.key)


def test_a_weight_is_changed_in_the_form_tried_and_kept_as_a_version(open_page, empty_store, folder):
    at = changing(open_page, empty_store, "any")
    before = load_rubric("any")
    first, second = before.items[:2]
    weight_of(at, first.behaviour).set_value(first.weight + 5).run()
    assert "they sum to 105, 5 are too many" in words_of(at)
    assert not any(button.label.startswith("Keep it") for button in at.button)
    weight_of(at, second.behaviour).set_value(second.weight - 5).run()
    called = next(box for box in at.text_input if box.label == "Called")
    called.set_value(HOSTILE[:80]).run()
    at = press(at, "Keep it as the next version")
    (kept,) = [
        load_rubric(rubric_files.path_of(n, v)) for n, vs in rubric_files.own_rubrics().items() for v in vs
    ]
    assert (kept.name, kept.items[0].weight) == ("any-own", first.weight + 5)
    assert kept.items[0].title == HOSTILE[:80]
    assert kept.items[2:] == before.items[2:]
    assert at.selectbox[0].value == "any-own@1"
    assert not any("<script" in html.proto.body for html in at.get("html"))


def test_weights_are_made_to_sum_to_a_hundred_and_an_item_is_switched_off(open_page, empty_store, folder):
    at = changing(open_page, empty_store, "any")
    weight_of(at, load_rubric("any").items[0].behaviour).set_value(100.0).run()
    at = press(at, "Make the weights sum to 100")
    assert "It is right" in words_of(at)
    next(box for box in at.checkbox if box.label == "On").set_value(False).run()
    at = press(at, "Keep it as the next version")
    kept = load_rubric(rubric_files.path_of("any-own", 1))
    assert kept.switched_off == (kept.items[0].behaviour,)
    assert "switched off" in words_of(at)


def test_a_mistake_in_the_text_of_a_rubric_is_said_and_what_is_right_fills_the_form(
    open_page, empty_store, folder
):
    at = changing(open_page, empty_store, "any")
    at.text_area[0].set_value("weight = 3").run()
    assert "Not yet right" in words_of(at)
    assert not any(button.label == "Take it into the form" for button in at.button)
    text = rubric_files.text_of("any").replace("Any conversation", "Ours")
    at.text_area[0].set_value(text).run()
    at = press(at, "Take it into the form")
    assert next(box for box in at.text_input if box.label == "Title").value == "Ours"


@pytest.mark.parametrize("name", shipped_rubrics())
def test_a_rubric_written_from_the_form_is_the_same_rubric(name):
    rubric = load_rubric(name)
    text = rubric_text.rubric_toml(rubric)
    assert parse_rubric(text, where="x") == rubric
    rows = rubric_text.rows_of(rubric)
    assert rubric_text.wrong_with(rows) == []
    same = rubric_text.changed(rubric, rows, title=rubric.title, minimum_length_s=rubric.minimum_length_s)
    assert same == rubric


def test_words_in_a_rubric_stay_words_in_its_text():
    rubric = load_rubric("any")
    title = HOSTILE + '"""\n[[items]]\nname = "x"\\ \x7f'
    odd = replace(rubric, title=title, items=(replace(rubric.items[0], title=title), *rubric.items[1:]))
    assert parse_rubric(rubric_text.rubric_toml(odd), where="x") == odd


def test_what_is_wrong_in_the_form_is_said_in_sentences():
    rows = rubric_text.rows_of(load_rubric("discovery"))
    assert rubric_text.wrong_with([]) == ["Choose at least one thing that is judged."]
    (said,) = rubric_text.wrong_with(rows[1:])
    assert said.startswith("Weights must sum to 100")
    ranged = next(i for i, row in enumerate(rows) if row.low != row.high)
    wrong = [*rows[:ranged], replace(rows[ranged], low=0.9), *rows[ranged + 1 :]]
    assert "a range goes from" in rubric_text.wrong_with(wrong)[0]
    demo = rubric_text.rows_of(load_rubric("demo"))
    assert doctest.testmod(rubric_text).failed == 0
    assert rubric_text.wrong_with([replace(demo[0], low=0.0), *demo[1:]]) != []


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
