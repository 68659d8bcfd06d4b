"""Who spoke when as RTTM, the format that diarization tools exchange."""

from __future__ import annotations

from callcoach.core import Transcript


def rttm_of(transcript: Transcript, *, name: str) -> str:
    """One line per stretch of speech, by start; spaces in names become underscores.

    ``SPEAKER name channel start duration <NA> <NA> label <NA> <NA>``, seconds with three decimals,
    channels from 1.
    """
    rows = sorted(
        (piece.start_s, piece.end_s, label) for label, pieces in transcript.speech.items() for piece in pieces
    )
    file = "_".join(name.split()) or "recording"
    return "".join(
        f"SPEAKER {file} {(transcript.speaker(label).channel or 0) + 1} {start_s:.3f} {end_s - start_s:.3f} "
        f"<NA> <NA> {'_'.join(label.split())} <NA> <NA>\n"
        for start_s, end_s, label in rows
    )
