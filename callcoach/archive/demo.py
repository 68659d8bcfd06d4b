"""The demonstration: bundled recordings of made-up calls, scored into a store of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from callcoach.archive.ingest import Outcome, ingest
from callcoach.archive.sources import Source
from callcoach.bundled import bundled
from callcoach.pipeline import demo_recogniser
from callcoach.settings import user_data_folder


def demo_store_url() -> str:
    return f"sqlite:///{user_data_folder() / 'demo.db'}"


def ingest_demo(store) -> Iterator[Outcome]:
    """Each bundled recording in turn, its words recognised by the demonstration model."""
    load = cache(lambda: demo_recogniser(bundled("models")))
    for path in sorted(bundled("fixtures").glob("*.opus")):
        yield ingest(Source(str(path), path), store=store, load_recogniser=load, language="en")
