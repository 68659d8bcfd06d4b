"""Rubrics: what is judged and why; a change is tried on stored calls before it counts."""

import difflib

import streamlit as st

from callcoach.core.errors import BadRubric
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.score.rubric import load_rubric, parse_rubric, shipped_rubrics
from callcoach.score.values import VALUES
from callcoach.ui.parts import markup, say
from callcoach.ui.previewing import AT_MOST, now, tried
from callcoach.ui.rubric_files import keep, own_rubrics, path_of, text_of
from callcoach.ui.state import CALL, CALL_PAGE, RUBRIC, names, store, viewer
from callcoach.ui.views.rubrics import changed_foci, clone_text, coverage_words, most_moved, rubric_html

EDITOR_PX = 460


def show() -> None:
    opened = store()
    st.header("Rubrics", anchor=False)
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
    markup(rubric_html(rubric, VALUES))
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
    own_name = name if version is not None else f"{name}-own"
    with st.expander("Change it" if version is not None else "Make a copy of it to change"):
        given = text if version is not None else clone_text(text, own_name)
        edited = st.text_area("The rubric as TOML", given, height=EDITOR_PX, key=f"toml {name} {version}")
        try:
            rubric = parse_rubric(edited, where="this rubric")
        except BadRubric as error:
            st.text(f"Not yet right: {error.message}")
            return
        st.text(f"It is right: {len(rubric.items)} items, weights sum to 100.")
        row = st.container(horizontal=True)
        if row.button(f"Try it on the newest {AT_MOST} calls"):
            _preview(opened, name, version, edited, rubric)
        if row.button("Keep it as the next version"):
            try:
                kept, _ = keep(edited)
            except BadRubric as error:
                st.text(error.message)
                return
            st.query_params[RUBRIC] = _key((kept.name, kept.version))
            st.rerun()


def _preview(opened, name: str, version: int | None, text: str, rubric) -> None:
    kind = None if rubric.call_type == "any" else rubric.call_type.value
    before = name if version is None else str(path_of(name, version))
    with st.spinner("Judging stored calls by both; nothing is kept"):
        found = list(tried(opened, viewer(), before=before, text=text, call_type=kind))
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
