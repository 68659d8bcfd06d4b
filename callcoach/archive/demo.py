"""The demonstration: bundled recordings of made-up calls, scored into a store of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from callcoach.archive.ingest import Outcome, ingest
from callcoach.archive.sources import Source
from callcoach.bundled import bundled
from callcoach.pipeline import hear_with_script
from callcoach.settings import user_data_folder


def demo_store_url() -> str:
    return f"sqlite:///{user_data_folder() / 'demo.db'}"


def ingest_demo(store) -> Iterator[Outcome]:
    """Each bundled recording in turn.

    Words come from the recordings' scripts and the rest from the audio; the provenance says so.
    """
    folder = bundled("fixtures")
    for path in sorted(folder.glob("*.opus")):
        truth = path.with_suffix(".truth.json")
        yield ingest(Source(str(path), path), store=store, hear_with=partial(hear_with_script, truth=truth))
