"""The bundled calls, rebuilt from their scripts: recording, truth and sidecar.

    python -m callcoach.transcribe.train.fixtures [--out fixtures]

::

    fixtures/scripts/NAME.toml ──> fixtures/NAME.opus                  two channels kept apart
                               ──> fixtures/NAME.truth.json            every word with its time
                               ──> fixtures/NAME.opus.callcoach.json   who, when, which side is left
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from callcoach.core.errors import CallcoachError
from callcoach.transcribe.train.espeak import EspeakError
from callcoach.transcribe.train.opus import write_opus
from callcoach.transcribe.train.render import SAMPLE_RATE_HZ, render
from callcoach.transcribe.train.script import Script, read_script
from callcoach.transcribe.train.truth import Truth, truth_json

__all__ = ["build", "main", "read_script", "render", "sidecar", "truth_json"]

_SIDES = {"rep": "customer", "customer": "rep"}


def sidecar(script: Script) -> dict:
    """What the file beside a recording says of it; unknown stage and outcome are left out."""
    call = script.call
    known = {
        "started_at": call["started_at"],
        "rep": call["rep"],
        "customer": ", ".join(call["customers"]),
        "account": call["account"],
        "call_type": call["call_type"],
        "stage": call.get("stage"),
        "outcome": call.get("outcome"),
        "language": "en",
        "source_id": call["source_id"],
        "first_meeting": call["first_meeting"],
        "channels": {"left": call["left"], "right": _SIDES[call["left"]]},
    }
    return {key: value for key, value in known.items() if value is not None}


def build(script_path: Path, out: Path) -> Truth:
    """Write recording, truth and sidecar of one script into `out`, replacing what is there.

    Raises
    ------
    EspeakError
        The synthesiser or a voice is missing.
    BadSettings
        The script breaks a rule of :mod:`callcoach.transcribe.train.script`.
    """
    script = read_script(script_path)
    samples, truth = render(script)
    out.mkdir(parents=True, exist_ok=True)
    recording = out / f"{script.name}.opus"
    write_opus(recording, samples, sample_rate_hz=SAMPLE_RATE_HZ)
    (out / f"{script.name}.truth.json").write_text(truth_json(truth), encoding="utf-8")
    (out / f"{recording.name}.callcoach.json").write_text(
        json.dumps(sidecar(script), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return truth


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild every script of the folder and say what came of each."""
    parser = argparse.ArgumentParser(
        prog="python -m callcoach.transcribe.train.fixtures",
        description="Rebuild the bundled calls from their scripts (needs espeak-ng).",
    )
    parser.add_argument("--out", type=Path, default=Path("fixtures"), help="folder to write into")
    parser.add_argument("--scripts", type=Path, help="folder of scripts (default: OUT/scripts)")
    options = parser.parse_args(arguments)
    folder = options.scripts or options.out / "scripts"
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        parser.error(f"no scripts (*.toml) in {folder}: name their folder with --scripts")
    for path in paths:
        try:
            truth = build(path, options.out)
        except (CallcoachError, EspeakError) as error:
            parser.exit(1, f"{path.name}: {error}\n")
        sys.stdout.write(
            f"{path.stem}: {truth.duration_s:.1f} s, {len(truth.words)} words, "
            f"rep talk share {truth.talk_share():.3f}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
