"""Calls: find one, newest first; see what waits for an answer and what could not be scored."""

import streamlit as st

from callcoach.store.rows import CallFilter
from callcoach.ui.components import call_list
from callcoach.ui.parts import markup, say
from callcoach.ui.state import (
    ACCOUNT,
    AFTER,
    CALL,
    CALL_PAGE,
    PAGE_LENGTH,
    REP,
    SIDES,
    TEXT,
    TIME,
    TYPE,
    store,
    viewer,
)
from callcoach.ui.views.calls import NO_CALLS, NO_CALLS_NEXT, NONE_FOUND, call_items, failures_html
from callcoach.ui.views.words import TYPE_WORDS

CHOICE_PX = 170  # two beside each other on a telephone
MAX_SEARCH = 200  # characters


def show() -> None:
    opened = store()
    st.header("Calls", anchor=False)
    choices = opened.choices(viewer())
    where = _filters(choices)
    after = st.query_params.get(AFTER) or None
    page = opened.calls(viewer(), where=where, limit=PAGE_LENGTH, after=after)
    failures = opened.failures(viewer(), limit=PAGE_LENGTH)
    if not page.rows:
        _none(where, after, has_calls=bool(opened.calls(viewer(), limit=1).rows))
    else:
        picked = call_list(
            data={"rows": call_items(page.rows)}, key="call_list", on_opened_change=lambda: None
        )
        if picked.opened:
            st.switch_page(CALL_PAGE, query_params=_address(picked.opened))
        _paging(page, after)
    if failures:
        with st.expander(
            f"Could not be scored: {len(failures)}{'+' if len(failures) == PAGE_LENGTH else ''}"
        ):
            markup(failures_html(failures))


def _filters(choices) -> CallFilter:
    """What is asked for; it lives in the address, so that a link shows the same calls."""
    with st.container(horizontal=True):
        text = st.text_input(
            "Words said",
            key=TEXT,
            bind="query-params",
            on_change=_from_the_newest,
            placeholder="any words",
            max_chars=MAX_SEARCH,
        )
        by = _choice("Who", REP, choices.reps)
        of = _choice("Account", ACCOUNT, choices.accounts)
        type_ = _choice("Type", TYPE, choices.call_types, TYPE_WORDS)
    waiting = st.toggle(
        "Only calls where our side is not known", key=SIDES, bind="query-params", on_change=_from_the_newest
    )
    return CallFilter(rep=by, account=of, call_type=type_, text=text.strip() or None, roles_unknown=waiting)


def _choice(label: str, key: str, options, words=None) -> str | None:
    return st.selectbox(
        label,
        options,
        index=None,
        key=key,
        bind="query-params",
        on_change=_from_the_newest,
        placeholder="All",
        width=CHOICE_PX,
        format_func=lambda option: (words or {}).get(option, option),
    )


def _from_the_newest() -> None:
    st.query_params.pop(AFTER, None)


def _none(where: CallFilter, after: str | None, *, has_calls: bool) -> None:
    if has_calls or after:
        st.text(NONE_FOUND)
        return
    st.subheader(NO_CALLS, anchor=False)
    for text, command in NO_CALLS_NEXT:
        say(text, command)


def _address(opened: dict) -> dict[str, str]:
    """The call that was clicked, and the second of the line that was."""
    time = {} if opened.get("t") is None else {TIME: str(int(opened["t"]))}
    return {CALL: str(opened["call"]), **time}


def _paging(page, after: str | None) -> None:
    if not (after or page.next):
        return
    row = st.container(horizontal=True)
    if after and row.button("To the newest", icon=":material/first_page:"):
        _from_the_newest()
        st.rerun()
    if page.next and row.button("Older calls", icon=":material/chevron_right:"):
        st.query_params[AFTER] = page.next
        st.rerun()


show()
