"""Risk against coverage of mono diarization: calls that nothing was fitted on, then real clips.

    python tests/bench/mono_risk.py [--rows build/mono.json]

The calls are those of `callcoach.transcribe.train.mono_calls` whose half is shown; `--rows` keeps what
was measured, which takes 20 minutes on one core the first time. Real clips are read, never fitted on.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from callcoach.core import Interval
from callcoach.core.transcript import DEPENDABLE_SEPARATION
from callcoach.transcribe.audio import open_audio
from callcoach.transcribe.train.mono_confidence import Row, judged, rows_of
from callcoach.transcribe.voices.compare import heard
from callcoach.transcribe.voices.confidence import confidence
from callcoach.transcribe.voices.features import voice_features

CLIPS = Path(__file__).resolve().parents[3] / "shared" / "data" / "audio"
THRESHOLDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97)


def sure(row: Row) -> float:
    return 0.0 if row.why_not else confidence(row.log_gain, row.inner)


def curve(rows: list[Row]) -> list[tuple[float, float, float, float]]:
    """Per threshold: share kept, mean and worst talk-share error in points of what is kept."""
    found = []
    for threshold in THRESHOLDS:
        kept = [row.error_points for row in rows if sure(row) >= threshold]
        if kept:
            found.append((threshold, len(kept) / len(rows), float(np.mean(kept)), max(kept)))
    return found


def true_turns(path: Path) -> dict[str, tuple[Interval, ...]]:
    """Who spoke when, from an RTTM file."""
    pieces: dict[str, list[Interval]] = {}
    for line in path.read_text("utf-8").splitlines():
        cells = line.split()
        if cells and cells[0] == "SPEAKER":
            start_s = float(cells[3])
            pieces.setdefault(cells[7], []).append(Interval(start_s, start_s + float(cells[4])))
    return {label: tuple(own) for label, own in pieces.items()}


def clip_row(path: Path) -> Row:
    """A real clip, its channels laid on one."""
    with open_audio(path) as audio:
        samples = np.concatenate([block.mean(axis=0) for block in audio.blocks()])
    true = true_turns(path.with_suffix(".rttm"))
    return judged(path.stem, True, voice_features([samples]), heard(samples), true)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=Path)
    rows = [row for row in rows_of(parser.parse_args().rows) if row.shown]
    baseline = [row.baseline_points for row in rows]
    print(
        f"{len(rows)} calls shown; plain clustering {np.mean(baseline):.1f} points off, worst {max(baseline):.1f}"
    )
    for threshold, kept, mean, worst in curve(rows):
        mark = "  <- in force" if threshold == DEPENDABLE_SEPARATION else ""
        print(f"  from {threshold:.2f}: kept {kept:.2f}, {mean:.2f} points off, worst {worst:.2f}{mark}")
    for shape in ("one", "three"):
        odd = [sure(row) for row in rows if row.name.split()[1] == shape]
        print(f"  {shape} speaker(s): {len(odd)} calls, surest {max(odd, default=0):.2f}")
    for path in sorted(CLIPS.glob("*.rttm")):
        row = clip_row(path.with_suffix(".wav"))
        said = f"withheld: {row.why_not}" if row.why_not else f"probability {sure(row):.2f}"
        print(
            f"{row.name}: {row.error_points:.1f} points off, {100 * row.wrong_share:.1f} % given wrongly "
            f"(plain clustering {row.baseline_points:.1f} points); {said}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
