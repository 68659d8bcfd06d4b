"""Plain clustering, the baseline: windows of mean cepstrum and pitch, in two groups by Ward's method."""

from __future__ import annotations

import numpy as np

from callcoach.transcribe.voices.atoms import Atoms

MIN_WINDOWS = 2


def ward(atoms: Atoms) -> np.ndarray:
    """True for atoms of the first group; all of them where there are fewer than two."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(atoms) < MIN_WINDOWS:
        return np.ones(len(atoms), bool)
    spread = atoms.values.std(axis=0)
    scaled = (atoms.values - atoms.values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return fcluster(linkage(scaled, "ward"), 2, "maxclust") == 1
