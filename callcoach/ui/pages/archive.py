"""Archive: start a run or a watch, see what became of every file, try again what failed."""

from pathlib import Path

import streamlit as st

from callcoach.archive.report import run_report
from callcoach.archive.report_files import as_csv, as_html
from callcoach.core.errors import BadSettings
from callcoach.settings import load_settings, store_url
from callcoach.ui.parts import markup
from callcoach.ui.running import allowed, roots_of, start, started, stop
from callcoach.ui.state import CALL, CALL_PAGE, store, viewer
from callcoach.ui.views.archive import (
    bar_html,
    cost_words,
    doubt_lines,
    failure_groups_html,
    mapping_html,
    run_words,
)

SHOWN_RUNS = 20
MAX_PATH = 1000


def show() -> None:
    opened = store()
    st.header("Archive", anchor=False)
    if not (viewer().is_owner or "operations" in viewer().roles):
        st.text("This page is for who runs the store.")
        return
    settings = load_settings()
    if viewer().is_owner:
        _start(settings)
    _running()
    runs = opened.runs.latest(limit=SHOWN_RUNS)
    if not runs:
        st.text("No run yet. Name a folder above: a first look says what is in it and what it will cost.")
        return
    ids = {run.id: run_words(run) for run in runs}
    run_id = st.selectbox("Run", list(ids), format_func=ids.get)
    _report(opened, run_id, settings)


def _start(settings) -> None:
    roots = roots_of(settings.source_roots)
    with st.form("start", border=True):
        folder = st.text_input("Folder of recordings and transcripts", max_chars=MAX_PATH)
        named = ["your home folder" if root == Path.home() else str(root) for root in roots]
        st.text("It must lie in " + " or ".join(named) + ".")
        row = st.container(horizontal=True)
        look = row.form_submit_button("First look")
        score = row.form_submit_button("Score it")
        watch = row.form_submit_button("Watch it")
        words = st.checkbox("Recognise the words of recordings", value=True)
    if not (look or score or watch):
        return
    try:
        path = str(allowed(folder, roots))
    except BadSettings as error:
        st.text(error.message)
        return
    command = ["watch", path] if watch else ["batch", path, *(["--triage"] if look else [])]
    if not words and not look:
        command.append("--no-transcript")
    what = "Watching" if watch else "Looking through" if look else "Scoring"
    start(command, words=f"{what} {path}", store_url=store_url(settings))
    st.rerun()


def _running() -> None:
    for place, running in enumerate(started()):
        if not running.is_running and running.process.returncode in (0, 3):
            continue
        row = st.container(horizontal=True, vertical_alignment="center")
        state = "is running" if running.is_running else "ended with an error"
        row.text(f"{running.words} {state}.")
        if running.is_running and row.button("Stop", key=f"stop-{place}"):
            stop(running)
        if lines := running.last_lines():
            with st.expander("What it says"):
                st.code(lines, language=None)
    if any(running.is_running for running in started()):
        st.button("See how far it is", icon=":material/refresh:")


def _report(opened, run_id: str, settings) -> None:
    report = run_report(opened, viewer(), run_id, store_shown="URL")
    st.text(cost_words(report.cost))
    markup(bar_html(report.bar, report.n))
    if report.failures:
        st.subheader("What failed, and the first step", anchor=False)
        markup(failure_groups_html(report.failures))
        if viewer().is_owner and st.button("Try again what failed"):
            start(["batch", "--retry-failed"], words="Trying again", store_url=store_url(settings))
            st.rerun()
    doubts = doubt_lines(report.doubts)
    if doubts:
        st.subheader("Doubts", anchor=False)
        for words, ids in doubts:
            row = st.container(horizontal=True, vertical_alignment="center")
            row.text(words)
            for number, call_id in enumerate(ids[:5], 1):
                row.page_link(CALL_PAGE, label=f"call {number}", query_params={CALL: call_id})
    if report.mapping:
        with st.expander("How much of the names was understood"):
            markup(mapping_html(report.mapping))
    if report.to_hear:
        with st.expander(f"{len(report.to_hear)} at random to listen to"):
            for one in report.to_hear:
                row = st.container(horizontal=True, vertical_alignment="center")
                row.page_link(CALL_PAGE, label="Listen", query_params={CALL: one.call_id})
                row.text(f"{one.name} · {one.call_class}")
    row = st.container(horizontal=True)
    row.download_button("Report as a page", as_html(report), f"run-{run_id}.html", "text/html")
    row.download_button("As a table", as_csv(report), f"run-{run_id}.csv", "text/csv")
    st.text("To do the same again:")
    st.code(report.command, language=None)


show()
