"""Keeps calls, transcripts, scorecards, corrections, people and jobs; SQLite or PostgreSQL."""

from callcoach.store.door import REP_FIRST_HOURS
from callcoach.store.rows import (
    ALL_CALLS,
    CallFilter,
    CallPage,
    CallRow,
    Choices,
    Deleted,
    Done,
    FailureRow,
    Job,
    NewJob,
    PrivateRow,
    Put,
    Recorded,
    RunRow,
    SeenRow,
    Tally,
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
    "Done",
    "FailureRow",
    "Job",
    "NewJob",
    "PrivateRow",
    "Put",
    "Recorded",
    "RunRow",
    "SeenRow",
    "Store",
    "Tally",
    "TranscriptRow",
]
