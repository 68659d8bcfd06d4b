"""Many calls: find sources, read their metadata, score them into a store."""

from callcoach.archive.ingest import Outcome, ingest, rescore_call
from callcoach.archive.sources import Source, find_sources

__all__ = ["Outcome", "Source", "find_sources", "ingest", "rescore_call"]
