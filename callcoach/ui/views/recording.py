"""What is said where a recording cannot be played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from callcoach.core import Media

NO_RECORDING = "No recording belongs to this call, only its transcript: a click shows the line."


def media_note(recordings: Sequence[Media], local_path: Callable[[Media], Path | None]) -> str:
    """Why nothing plays, and what to do.

    Parameters
    ----------
    local_path : callable
        A recording's path on this machine; None for one that lies elsewhere.
    """
    if not recordings:
        return NO_RECORDING
    path = local_path(recordings[0])
    if path is None:
        return (
            f"The recording lies at {recordings[0].uri}, from where this page cannot play it. "
            "Everything else is here."
        )
    return (
        f"The recording is no longer where it was: {path.name} in {path.parent}. Put it back, or score it "
        "at its new place (callcoach score FILE). Everything else is here."
    )
