"""Rubrics: what is judged and why; a change is tried on stored calls before it counts."""

import difflib

import streamlit as st

from callcoach.core.errors import BadRubric
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.score.rubric import load_rubric, shipped_rubrics
from callcoach.score.weights import effective_weights, proven_behaviours
from callcoach.ui.blind import blind_view
from callcoach.ui.calibrating import may_review
from callcoach.ui.monthly import monthly_view
from callcoach.ui.parts import markup, say
from callcoach.ui.previewing import AT_MOST, now, tried
from callcoach.ui.rubric_files import keep, own_rubrics, path_of, text_of
from callcoach.ui.rubric_form import edited, forget, rest
from callcoach.ui.state import CALL, CALL_PAGE, RUBRIC, VIEW, names, store, viewer
from callcoach.ui.views.rubrics import changed_foci, clone_text, coverage_words, most_moved, rubric_html

JUDGED, BLIND, MONTHLY = "rubric", "blind", "monthly"
VIEWS = {JUDGED: "What is judged", BLIND: "Score a call blind", MONTHLY: "Moments of the month"}


def show() -> None:
    opened = store()
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.header("Rubrics", anchor=False)
    if may_review(viewer()):
        asked = st.query_params.get(VIEW, JUDGED)
        view = row.segmented_control(
            "Show",
            list(VIEWS),
            default=asked if asked in VIEWS else JUDGED,
            format_func=VIEWS.get,
            label_visibility="collapsed",
        )
        if view in (BLIND, MONTHLY):
            st.query_params[VIEW] = view
            {BLIND: blind_view, MONTHLY: monthly_view}[view](opened)
            return
    for name in (VIEW, CALL):
        st.query_params.pop(name, None)
    _judged(opened)


def _judged(opened) -> None:
    own = own_rubrics()
    options = [(name, None) for name in shipped_rubrics()]
    options += [(name, version) for name, versions in own.items() for version in reversed(versions)]
    keys = [_key(option) for option in options]
    asked = st.query_params.get(RUBRIC)
    chosen = st.selectbox(
        "Rubric",
        keys,
        index=keys.index(asked) if asked in keys else 0,
        format_func=lambda key: key.replace("@", ", version "),
        width=320,
    )
    st.query_params[RUBRIC] = chosen
    name, version = options[keys.index(chosen)]
    text = text_of(name, version)
    try:
        rubric = load_rubric(name if version is None else path_of(name, version))
    except BadRubric as error:
        st.text(error.message)
        return
    st.text(
        f"{rubric.title} · for {rubric.call_type} calls from {rubric.minimum_length_s:.0f} s · "
        f"version {rubric.version}"
        + (" · ships with callcoach" if version is None else "")
        + ("" if rubric.overall else " · never one number for a call")
    )
    weighs = effective_weights(rubric.items, proven=proven_behaviours(), switched_off=rubric.switched_off)
    markup(rubric_html(rubric, weighs=weighs))
    if version is not None:
        say("To judge calls by it:", f"callcoach rescore --rubric {path_of(name, version)}")
        _versions(name, version, own[name])
    if viewer().is_owner:
        _change(opened, name, version, text)


def _key(option: tuple[str, int | None]) -> str:
    name, version = option
    return name if version is None else f"{name}@{version}"


def _versions(name: str, version: int, versions: tuple[int, ...]) -> None:
    earlier = [v for v in versions if v < version]
    if not earlier:
        return
    with st.expander(f"What changed since version {earlier[-1]}"):
        old, new = text_of(name, earlier[-1]).splitlines(), text_of(name, version).splitlines()
        changes = [
            line for line in difflib.unified_diff(old, new, lineterm="", n=0) if line[:2] not in ("--", "++")
        ]
        st.code("\n".join(changes) or "Nothing.", language="diff")


def _change(opened, name: str, version: int | None, text: str) -> None:
    key = _key((name, version))
    words = "Change it" if version is not None else "Make a copy of it to change"
    if not st.toggle(words, key=f"change {key}"):
        rest(key)
        return
    given = text
    if version is None:
        asked = st.text_input("Name of the copy", f"{name}-own", max_chars=40, width=260)
        given = clone_text(text, f"{name}-own")
    found = edited(key, given)
    if found is None:
        return
    rubric, toml = found
    if version is None:
        toml = clone_text(toml, asked.strip())
    row = st.container(horizontal=True)
    if row.button(f"Try it on the newest {AT_MOST} calls"):
        _preview(opened, name, version, toml, rubric)
    if row.button("Keep it as the next version"):
        try:
            kept, _ = keep(toml)
        except BadRubric as error:
            st.text(error.message)
            return
        forget(key)
        st.query_params[RUBRIC] = _key((kept.name, kept.version))
        st.rerun()


def _preview(opened, name: str, version: int | None, text: str, rubric) -> None:
    kind = None if rubric.call_type == "any" else rubric.call_type.value
    before = name if version is None else str(path_of(name, version))
    found = []
    with st.spinner("Judging stored calls by both; nothing is kept"):
        bar = st.progress(0.0)
        for one in tried(opened, viewer(), before=before, text=text, call_type=kind):
            found.append(one)
            bar.progress(len(found) / AT_MOST)
        bar.empty()
    moved = most_moved([one for one, _ in found])
    st.text(coverage_words(len(found), sum(one.by >= 0.005 for one, _ in found)))
    pairs = [records for _, records in found if records]
    lines = changed_foci(
        [old for old, _ in pairs],
        [new for _, new in pairs],
        names=names(opened),
        titles=BEHAVIOURS,
        today=now(),
    )
    st.text("Nobody's focus would change." if not lines else "Whose focus would change:")
    for line in lines:
        st.text(line)
    for call in moved:
        row = st.container(horizontal=True)
        row.page_link(
            CALL_PAGE, label="Open", query_params={CALL: call.call_id}, icon=":material/graphic_eq:"
        )
        row.text(f"{call.title} · {call.words}")


show()
