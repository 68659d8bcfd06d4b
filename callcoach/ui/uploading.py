"""Adding calls from the page: files from this computer, a folder of the server, or the demonstration."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit as st

from callcoach.archive import Source, find_sources, ingest
from callcoach.archive.demo import ingest_demo
from callcoach.archive.sources import RECORDING_SUFFIXES, TRANSCRIPT_SUFFIXES
from callcoach.bundled import bundled
from callcoach.core.errors import BadSettings, CallcoachError, ModelMissing
from callcoach.settings import load_settings, user_data_folder
from callcoach.ui.running import allowed, roots_of
from callcoach.ui.state import CALLS_PAGE, viewer
from callcoach.ui.views.words import counted

MAX_FOLDER = 200  # files; more is the work of a batch
_UNSAFE = re.compile(r"[^\w. ()-]+")


def add_calls(opened) -> None:
    """Drop files, name a folder, or look at the demonstration; the owner alone adds calls."""
    if not viewer().is_owner:
        st.text("Calls are added by who runs this store.")
        return
    files = st.file_uploader(
        "Recordings and transcripts",
        accept_multiple_files=True,
        type=sorted(s.lstrip(".") for s in RECORDING_SUFFIXES | TRANSCRIPT_SUFFIXES),
    )
    folder = st.text_input("Or a folder on this machine", placeholder="/calls/september")
    with_words = st.checkbox("Recognise the words of recordings (slow without a GPU)", value=True)
    row = st.container(horizontal=True)
    if row.button("Score them", disabled=not (files or folder.strip())):
        sources = [_kept(file) for file in files]
        if folder.strip():
            sources += _of_folder(folder.strip())
        _score(opened, sources, with_words=with_words)
    if row.button("Show six made-up calls"):
        _run(opened, ingest_demo(opened), 6)


def _kept(file) -> Source:
    """An uploaded file in a folder of ours, under its own name: recordings are played from there."""
    data = file.getvalue()
    name = _UNSAFE.sub("_", Path(file.name).name).lstrip(".") or "call"
    folder = user_data_folder() / "uploads" / hashlib.sha256(data).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return Source(str(path), path)


def _of_folder(text: str) -> list[Source]:
    try:
        path = allowed(text, roots_of(load_settings().source_roots))
    except BadSettings as error:
        st.text(error.message)
        return []
    sources = list(find_sources([str(path)]))
    if len(sources) > MAX_FOLDER:
        st.text(
            f"{len(sources)} files are the work of a batch: callcoach batch FOLDER. These are the first 200."
        )
    return sources[:MAX_FOLDER]


def _score(opened, sources: list[Source], *, with_words: bool) -> None:
    settings = load_settings()

    @cache
    def recogniser():
        from callcoach.transcribe.whisper import load_whisper

        try:
            return load_whisper(settings.model or None, folders=(Path("models"), bundled("models")))
        except BadSettings as error:
            raise ModelMissing(error.message) from error

    outcomes = (
        ingest(
            source,
            store=opened,
            load_recogniser=recogniser if with_words else None,
            language=settings.language or None,
            rubric=settings.rubric or None,
        )
        for source in sources
    )
    _run(opened, outcomes, len(sources))


def _run(opened, outcomes, n: int) -> None:
    """Work through them, one line a call; then the list as it is now."""
    bar, n_failed = st.progress(0.0, "Starting"), 0
    lines = st.container()
    try:
        for done, outcome in enumerate(outcomes, 1):
            bar.progress(done / max(1, n), f"{done} of {counted(n, 'file')}")
            if outcome.error is not None:
                n_failed += 1
                lines.text(f"{Path(outcome.source).name}: {outcome.error.message}")
    except CallcoachError as error:
        lines.text(error.message)
        return
    if n_failed == 0 and n:
        st.switch_page(CALLS_PAGE)
