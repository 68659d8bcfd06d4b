"""How sure the embedded back end may be: fitted on one half of the mono calls, shown on the other.

    python -m callcoach.transcribe.train.mono_confidence [--rows build/mono.json]

Renders and hears the calls of `mono_calls` (about 20 minutes on one core; kept as rows, so that the
second run only fits), and prints the four numbers for `voices/confidence.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from callcoach.core import Intervals
from callcoach.transcribe.diarize import _speech_of
from callcoach.transcribe.train.mono_calls import MonoCase, cases, spliced
from callcoach.transcribe.voices.atoms import atoms_of
from callcoach.transcribe.voices.baseline import ward
from callcoach.transcribe.voices.compare import blocks_of, errors, heard
from callcoach.transcribe.voices.confidence import GOOD_POINTS, GOOD_WRONG, measured, why_not
from callcoach.transcribe.voices.features import voice_features
from callcoach.transcribe.voices.groups import grouped

PENALTY = 0.05  # keeps the slopes finite where good and bad come apart cleanly
_SCALE = np.array([4.0, 4.0, 4.0, 20.0])


@dataclass(frozen=True, slots=True)
class Row:
    """One mono call as the back end told it.

    Parameters
    ----------
    error_points, wrong_share : float
        Talk-share error in points, and the share of one-voice speech given to the wrong person.
    baseline_points : float
        Talk-share error of plain clustering.
    log_gain, inner : float or None
        None where `why_not` is set.
    """

    name: str
    shown: bool
    error_points: float
    wrong_share: float
    baseline_points: float
    log_gain: float | None
    inner: float | None
    why_not: str | None = None

    @property
    def good(self) -> bool:
        """Two people, told apart: a third who happens to fall in with one of them is luck."""
        two = self.name.split()[1:2] == ["two"]
        return two and self.error_points <= GOOD_POINTS and self.wrong_share <= GOOD_WRONG


def row_of(case: MonoCase) -> Row:
    """Render, hear and tell apart one call."""
    call = spliced(case)
    return judged(
        case.name, case.shown, voice_features(blocks_of(call.samples)), heard(call.samples), call.speech
    )


def judged(
    name: str, shown: bool, features: np.ndarray, speech: Intervals, true: dict[str, Intervals]
) -> Row:
    atoms = atoms_of(features, speech)
    groups = grouped(atoms)
    reason = why_not(speech, atoms, groups)
    first = groups.first if groups is not None else np.ones(len(atoms), bool)
    points, wrong = errors(_speech_of(speech, atoms, first), true)
    baseline, _ = errors(_speech_of(speech, atoms, ward(atoms)), true)
    log_gain, inner = (None, None) if reason else measured(atoms, groups)
    return Row(name, shown, points, wrong, baseline, log_gain, inner, reason)


def fit(rows: Sequence[Row]) -> tuple[float, ...]:
    """TWO, TWO_BY_GAIN, NO_THIRD and THIRD_BY_INNER by penalised likelihood."""
    asked = [row for row in rows if row.why_not is None]
    log_gain, inner = np.array([[row.log_gain, row.inner] for row in asked]).T
    good = np.array([row.good for row in asked])

    def loss(w: np.ndarray) -> float:
        chance = expit(w[0] + w[1] * log_gain) * expit(w[2] - w[3] * inner)
        chance = np.clip(chance, 1e-9, 1 - 1e-9)
        surprise = -np.where(good, np.log(chance), np.log(1 - chance)).mean()
        return surprise + PENALTY / 2 * ((w / _SCALE) ** 2).sum()

    start = np.array([3.0, 1.5, 3.0, 9.0])
    found = minimize(
        loss, start, method="Nelder-Mead", options={"maxiter": 4000, "xatol": 1e-4, "fatol": 1e-8}
    )
    return tuple(round(float(v), 2) for v in found.x)


def rows_of(path: Path | None) -> list[Row]:
    """All rows, from a file of an earlier run where it is there; written to it otherwise."""
    if path is not None and path.is_file():
        return [Row(**entry) for entry in json.loads(path.read_text("utf-8"))]
    rows = [row_of(case) for case in cases()]
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([asdict(row) for row in rows], indent=1), "utf-8")
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the half that is not shown and print the numbers."""
    parser = argparse.ArgumentParser(prog="python -m callcoach.transcribe.train.mono_confidence")
    parser.add_argument("--rows", type=Path, help="file to keep the measured calls in")
    rows = [row for row in rows_of(parser.parse_args(arguments).rows) if not row.shown]
    sys.stdout.write(f"TWO, TWO_BY_GAIN, NO_THIRD, THIRD_BY_INNER = {fit(rows)}  ({len(rows)} calls)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())


__all__ = ["Row", "fit", "judged", "row_of", "rows_of"]
