"""How fast talk measures come from a recording without a model, and in how much memory.

    python -m tests.bench.talk_speed [MINUTES]

A two-channel 8 kHz u-law call is made of the bundled ones, as long as asked for (30 minutes; 180
for the three-hour figure), heard in a process of its own, and timed by that process's CPU seconds.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from callcoach.transcribe.audio import open_audio

ROOT = Path(__file__).resolve().parents[2]
_MEASURE = """
import json, resource, sys, time
from callcoach.transcribe.recording import transcribe_recording
transcribe_recording(sys.argv[2], recogniser=None)  # loads what a second file finds loaded
cpu_s, wall_s = time.process_time(), time.perf_counter()
transcript, media = transcribe_recording(sys.argv[1], recogniser=None)
cpu_s, wall_s = time.process_time() - cpu_s, time.perf_counter() - wall_s
# From Linux's own high-water mark: ru_maxrss also counts the parent at the moment of forking.
try:
    peak_kb = next(int(row.split()[1]) for row in open("/proc/self/status") if row.startswith("VmHWM"))
except OSError:
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(json.dumps({"duration_s": media.duration_s, "cpu_s": cpu_s, "wall_s": wall_s, "peak_mb": peak_kb / 1024,
                  "verdict": transcript.provenance.channel_verdict, "turns": len(transcript.turns)}))
"""


def u_law(samples: np.ndarray) -> np.ndarray:
    """G.711 codes of samples in -1 to 1."""
    x = np.clip(np.abs(samples) * 32635, 0, 32635).astype(int) + 132
    exponent = np.floor(np.log2(x)).astype(int) - 7
    mantissa = (x >> (exponent + 3)) & 15
    return (~(np.where(samples < 0, 128, 0) | (exponent << 4) | mantissa) & 255).astype(np.uint8)


def long_call(path: Path, *, minutes: float) -> Path:
    """A two-channel 8 kHz u-law WAV made of the bundled calls, one after the other."""
    calls = sorted((ROOT / "fixtures").glob("*.opus"))
    pieces = [u_law(np.concatenate(list(open_audio(c).blocks(sample_rate_hz=8000)), axis=1)) for c in calls]
    total = round(minutes * 60 * 8000)
    head = struct.pack("<HHIIHHH", 7, 2, 8000, 16000, 2, 8, 0)
    with path.open("wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 2 * total + 38) + b"WAVEfmt " + struct.pack("<I", 18) + head)
        file.write(b"data" + struct.pack("<I", 2 * total))
        while total > 0:
            for piece in pieces:
                file.write(piece[:, :total].T.tobytes())
                total -= min(total, piece.shape[1])
    return path


def measured(path: Path) -> dict:
    """CPU seconds and peak memory of hearing a recording in a process of its own."""
    sample = sorted((ROOT / "fixtures").glob("*.opus"))[0]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path), str(sample)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def peak_mb(path: Path) -> float:
    """Resident memory at its highest, in MB, interpreter and libraries included."""
    return measured(path)["peak_mb"]


def main(minutes: float = 30.0) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = measured(long_call(Path(folder) / "call.wav", minutes=minutes))
    print(
        f"{found['duration_s'] / 60:.0f} min, 8 kHz, two channels, u-law: "
        f"{found['duration_s'] / found['cpu_s']:.0f}x real time per core "
        f"({found['cpu_s']:.1f} s CPU, {found['wall_s']:.1f} s wall), peak {found['peak_mb']:.0f} MB, "
        f"verdict {found['verdict']}, {found['turns']} turns"
    )


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
