"""A rubric to change: a form for what most people change, TOML for the rest, tried before it is kept."""

from __future__ import annotations

import hashlib

import streamlit as st

from callcoach.core.errors import BadRubric
from callcoach.score.rubric import Direction, Rubric, parse_rubric
from callcoach.score.values import VALUES
from callcoach.ui.parts import label
from callcoach.ui.views import rubric_text
from callcoach.ui.views.rubric_text import Row

EDITOR_PX = 460
MAX_TITLE = 80  # characters
_DRAFTS, _LAST = "rubric drafts", "rubric as last seen"


def edited(key: str, text: str) -> tuple[Rubric, str] | None:
    """Place the form of a rubric; what it says once it is right, as a rubric and as TOML.

    Parameters
    ----------
    key : str
        Of the rubric that is changed: a visit keeps one draft of each.
    text : str
        TOML to begin with.
    """
    drafts = st.session_state.setdefault(_DRAFTS, {})
    begun = drafts.get(key, text)
    rubric = parse_rubric(begun, where="this rubric")
    mark = hashlib.sha256(f"{key}|{begun}".encode()).hexdigest()[:10]
    changed, said = _form(rubric, mark)
    toml = rubric_text.rubric_toml(changed)
    with st.expander("As TOML, for what the form does not show"):
        _toml(key, toml, mark)
    for sentence in said:
        st.text(sentence)
    if not said:
        try:
            right = parse_rubric(toml, where="this rubric")
        except BadRubric as error:
            st.text(f"Not yet right: {error.message}")
            return None
        st.text(f"It is right: {len(right.items)} items, weights sum to 100.")
        st.session_state.setdefault(_LAST, {})[key] = toml
        return right, toml
    return None


def forget(key: str) -> None:
    """Nothing is left of a draft that was kept."""
    for name in (_DRAFTS, _LAST):
        st.session_state.get(name, {}).pop(key, None)


def rest(key: str) -> None:
    """The form is put away: what was right in it is there when it comes back."""
    if last := st.session_state.get(_LAST, {}).pop(key, None):
        st.session_state.setdefault(_DRAFTS, {})[key] = last


def _form(rubric: Rubric, mark: str) -> tuple[Rubric, list[str]]:
    row = st.container(horizontal=True, vertical_alignment="bottom")
    title = row.text_input("Title", rubric.title, max_chars=MAX_TITLE, width=300, key=f"title {mark}")
    length_s = row.number_input(
        "Shortest call, in seconds",
        0.0,
        3600.0,
        rubric.minimum_length_s,
        30.0,
        format="%g",
        key=f"s {mark}",
        width=190,
    )
    known = rubric_text.choices(rubric)
    filled = {rubric_text.key_of(one.item): one for one in rubric_text.rows_of(rubric)}
    names = {key: item.shown_title + _variant(known, key) for key, item in known.items()}
    picked = st.multiselect(
        "What is judged", list(known), list(filled), format_func=names.get, key=f"items {mark}"
    )
    rows = [_row(filled.get(key) or _new(known[key]), f"{mark} {key}") for key in picked]
    said = rubric_text.wrong_with(rows)
    weights = [one.weight for one in rows]
    if rows and abs(sum(weights) - 100) > 1e-6:
        places = [f"weight {mark} {key}" for key in picked]
        st.button("Make the weights sum to 100", on_click=_scale, args=(places, weights), key=f"to {mark}")
    return rubric_text.changed(rubric, rows, title=title, minimum_length_s=length_s), said


def _variant(known, key) -> str:
    """The variant beside a title that two items share."""
    same = [other for other in known if known[other].shown_title == known[key].shown_title]
    return f" ({key[1].replace('_', ' ')})" if len(same) > 1 and key[1] else ""


def _new(item) -> Row:
    low, high = item.target if isinstance(item.target, tuple) else (item.target, item.target)
    return Row(item, True, item.shown_title, 0.0, low, high)


def _row(row: Row, key: str) -> Row:
    """One item: on or off, what it is called, its weight, and where its full score begins."""
    item, value = row.item, VALUES.get((row.item.behaviour, row.item.variant))
    line = st.container(horizontal=True, vertical_alignment="bottom")
    is_on = line.checkbox("On", row.is_on, key=f"on {key}", help=f"Source: {label(item.source)}")
    title = line.text_input("Called", row.title, max_chars=MAX_TITLE, key=f"called {key}", width=300)
    weight = line.number_input(
        "Weight", 0.0, 100.0, row.weight, 1.0, format="%g", key=f"weight {key}", width=120
    )
    is_range, is_most = item.direction is Direction.RANGE, item.direction is Direction.AT_MOST
    step = 0.05 if (value is not None and value.is_share) or 0 < row.low < 1 else 1.0
    words = "Full score up to" if is_most else "Full score from"
    low = line.number_input(words, 0.0, None, row.low, step, format="%g", key=f"low {key}", width=130)
    high = low
    if is_range:
        high = line.number_input("to", 0.0, None, row.high, step, format="%g", key=f"high {key}", width=130)
    said = label(value.phrase) if value is not None else "not yet recognised: it is never judged"
    line.markdown(f":small[{said}]", width=240)
    return Row(item, is_on, title, weight, low, high)


def _scale(places: list[str], weights: list[float]) -> None:
    for place, weight in zip(places, rubric_text.to_hundred(weights), strict=True):
        st.session_state[place] = weight


def _toml(key: str, toml: str, mark: str) -> None:
    """The whole rubric as text; what is written there takes the form's place."""
    shown = hashlib.sha256(toml.encode()).hexdigest()[:10]
    said = st.text_area("The rubric as TOML", toml, height=EDITOR_PX, key=f"toml {mark} {shown}")
    if said == toml:
        return
    try:
        parse_rubric(said, where="this rubric")
    except BadRubric as error:
        st.text(f"Not yet right: {error.message}")
        return
    if st.button("Take it into the form"):
        st.session_state[_DRAFTS][key] = said
        st.rerun()
