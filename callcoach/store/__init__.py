"""Keeps calls, transcripts, scorecards, corrections, people and jobs; SQLite or PostgreSQL."""

from callcoach.store.door import REP_FIRST_HOURS
from callcoach.store.rows import (
    ALL_CALLS,
    CallFilter,
    CallPage,
    CallRow,
    Choices,
    Deleted,
    FailureRow,
    PrivateRow,
    Recorded,
    SeenRow,
    TranscriptRow,
)
from callcoach.store.store import Store

__all__ = [
    "ALL_CALLS",
    "REP_FIRST_HOURS",
    "CallFilter",
    "CallPage",
    "CallRow",
    "Choices",
    "Deleted",
    "FailureRow",
    "PrivateRow",
    "Recorded",
    "SeenRow",
    "Store",
    "TranscriptRow",
]
