"""Calls: find one, newest first; see what waits for an answer and what could not be scored."""

from datetime import UTC, datetime, time, timedelta

import streamlit as st

from callcoach.store.rows import CallFilter
from callcoach.store.search import phrases_of, words_of
from callcoach.ui.components import call_list
from callcoach.ui.parts import markup, say
from callcoach.ui.state import (
    ACCOUNT,
    AFTER,
    CALL_PAGE,
    FROM,
    PAGE_LENGTH,
    REP,
    TEXT,
    TO,
    TYPE,
    VIEW,
    call_address,
    store,
    viewer,
    waiting_counts,
)
from callcoach.ui.uploading import add_calls
from callcoach.ui.views.calls import (
    NO_CALLS,
    NO_CALLS_NEXT,
    NONE_FOUND,
    VIEW_WORDS,
    call_items,
    failures_html,
    view_label,
)
from callcoach.ui.views.finding import snippets
from callcoach.ui.views.words import TYPE_WORDS

CHOICE_PX = 170  # two beside each other on a telephone
DAY_PX = 140
MAX_SEARCH = 200  # characters


def show() -> None:
    opened = store()
    title = st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute")
    title.header("Calls", anchor=False)
    has_calls = bool(opened.calls(viewer(), limit=1).rows)
    if has_calls:
        with title.popover("Add calls", icon=":material/add:"):
            add_calls(opened)
        view = _view(opened)
        where = _filters(opened.choices(viewer()), unjudged=view == "unjudged")
        _listed(opened, view, where)
    else:
        _first_use(opened)
    failures = opened.failures(viewer(), limit=PAGE_LENGTH) if viewer().is_owner else ()
    if failures:
        with st.expander(
            f"Could not be scored: {len(failures)}{'+' if len(failures) == PAGE_LENGTH else ''}"
        ):
            markup(failures_html(failures))


def _listed(opened, view: str, where: CallFilter) -> None:
    after = st.query_params.get(AFTER) or None
    if view in ("all", "unjudged"):
        page = opened.calls(viewer(), where=where, limit=PAGE_LENGTH, after=after)
    else:
        page = opened.waiting_calls(viewer(), view, where=where, limit=PAGE_LENGTH, after=after)
    if not page.rows:
        st.text(NONE_FOUND if view == "all" else "Nothing waits here.")
        return
    rows = call_items(page.rows)
    if where.text:
        phrases = phrases_of(where.text)
        for row in rows:
            row["snippets"] = snippets(opened.document(viewer(), row["id"]), phrases, words_of)
    picked = call_list(data={"rows": rows}, key="call_list", on_opened_change=lambda: None)
    if picked.opened:
        st.switch_page(CALL_PAGE, query_params=call_address(picked.opened))
    _paging(page, after)


def _view(opened) -> str:
    """Everything, or what waits for a person: the queue to work off."""
    counts = waiting_counts(opened, viewer())
    options = ["all", *(kind for kind in VIEW_WORDS if kind == "unjudged" or counts.get(kind))]
    asked = st.query_params.get(VIEW)
    if asked in VIEW_WORDS and asked not in options:
        options.append(asked)
    # Not bound to the address by Streamlit, which would put the words with their numbers there.
    view = st.segmented_control(
        "Show",
        options,
        default=asked if asked in options else "all",
        label_visibility="collapsed",
        format_func=lambda kind: view_label(kind, counts),
    )
    view = view or "all"
    if view != (asked or "all"):
        _from_the_newest()
        st.query_params[VIEW] = view
    return view


def _filters(choices, *, unjudged: bool) -> CallFilter:
    """What is asked for; it lives in the address, so that a link shows the same calls."""
    with st.container(horizontal=True):
        text = st.text_input(
            "Words said",
            key=TEXT,
            bind="query-params",
            on_change=_from_the_newest,
            placeholder='any words, or "in quotes"',
            max_chars=MAX_SEARCH,
        )
        by = _choice("Who", REP, choices.reps)
        of = _choice("Account", ACCOUNT, choices.accounts)
        type_ = _choice("Type", TYPE, choices.call_types, TYPE_WORDS)
        since, until = _day("From", FROM), _day("To", TO)
    return CallFilter(
        rep=by,
        account=of,
        call_type=type_,
        text=text.strip() or None,
        since=since,
        until=None if until is None else until + timedelta(days=1),
        problem=unjudged,
    )


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


def _day(label: str, key: str) -> datetime | None:
    day = st.date_input(
        label, value=None, key=key, bind="query-params", on_change=_from_the_newest, width=DAY_PX
    )
    return None if day is None else datetime.combine(day, time(), tzinfo=UTC)


def _from_the_newest() -> None:
    st.query_params.pop(AFTER, None)


def _first_use(opened) -> None:
    st.subheader(NO_CALLS, anchor=False)
    add_calls(opened)
    for text, command in NO_CALLS_NEXT:
        say(text, command)


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
