"""The rep's own look at a call: three taps, skippable, seen by the rep alone."""

from __future__ import annotations


def self_assessment(opened, call) -> None:
    """Placed for the rep of the call only."""
