"""Archives for tests: many short calls as transcripts, each unlike the others, and damaged files."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

SAID = (
    "Thanks for taking the time today, what would you like to get out of this call",
    "We lose about two days a week because approvals wait for one person",
    "How does that affect the team at the end of the month",
    "Honestly it is a mess and nobody wants to own it",
    "If we could cut that to an hour what would that be worth to you",
    "I would need to ask our finance lead before I can say",
    "Shall we meet on Thursday at ten with your finance lead",
    "Thursday works, please send me an invitation",
)
FIRST_DAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def _stamp(time_s: float) -> str:
    minutes, seconds = divmod(time_s, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}:{minutes:02}:{seconds:06.3f}"


def cue(start_s: float, end_s: float, name: str, said: str) -> list[str]:
    """Lines of one WebVTT cue with its speaker."""
    return [f"{_stamp(start_s)} --> {_stamp(end_s)}", f"<v {name}>{said}", ""]


def transcript_text(n: int, *, n_turns: int = 8, turn_s: float = 4.0) -> str:
    """A WebVTT transcript of two speakers; the number is said, so that no two are alike."""
    lines = ["WEBVTT", ""]
    for at in range(n_turns):
        name = ("Dana Reyes", "Ola Berg")[at % 2]
        start_s, end_s = at * (turn_s + 0.5), at * (turn_s + 0.5) + turn_s
        said = f"{SAID[at % len(SAID)]}, item {n} of part {at}"
        lines += cue(start_s, end_s, name, f"{said}.")
    return "\n".join(lines)


def write_archive(folder: Path, n: int, *, n_turns: int = 8, per_folder: int = 100, reps: int = 3) -> Path:
    """`n` calls in folders of `per_folder`, every second one with a sidecar."""
    for at in range(n):
        place = folder / f"{at // per_folder:04}"
        if at % per_folder == 0:
            place.mkdir(parents=True, exist_ok=True)
        path = place / f"call-{at:06}.vtt"
        path.write_text(transcript_text(at, n_turns=n_turns), "utf-8")
        if at % 2 == 0:
            started_at = FIRST_DAY + timedelta(hours=at)
            sidecar = {
                "rep": "Dana Reyes",
                "account": f"Account {at % reps}",
                "started_at": started_at.isoformat(),
            }
            path.with_name(path.name + ".callcoach.json").write_text(json.dumps(sidecar), "utf-8")
    return folder


DAMAGED = {
    "empty": ("empty.vtt", b""),
    "bad_transcript": ("upside-down.vtt", b"WEBVTT\n\n00:00:09.000 --> 00:00:02.000\nback in time\n"),
    "unknown_format": ("notes.json", b'{"notes": "no call at all"}'),
    "no_audio": ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 99),
    "unreadable": ("cut.wav", b"RIFF\xff\xff\0\0WAVEfmt \x10\0\0\0"),
    "bad_metadata": ("good.vtt", transcript_text(10**6).encode()),
}


def write_damaged(folder: Path, n: int) -> dict[str, int]:
    """`n` damaged files of all kinds in turn; returns how many of each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds: dict[str, int] = {}
    for at in range(n):
        kind = list(DAMAGED)[at % len(DAMAGED)]
        name, data = DAMAGED[kind]
        path = folder / f"{at:03}-{name}"
        path.write_bytes(data)
        if kind == "bad_metadata":
            path.with_name(path.name + ".callcoach.json").write_text('{"rap": "misspelt"}', "utf-8")
        kinds[kind] = kinds.get(kind, 0) + 1
    return kinds
