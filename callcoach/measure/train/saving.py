"""Taggers as files that `load_taggers` reads: arrays and JSON, the same bytes in every run."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from callcoach.measure.labels import LABELS_OF_SIDE
from callcoach.measure.taggers import CARD_FILE, MODEL_VERSION, WEIGHTS_FILE


def save_taggers(
    folder: Path,
    *,
    used: np.ndarray,
    weights: np.ndarray,
    intercepts: np.ndarray,
    out: np.ndarray,
    second: Mapping[str, tuple[np.ndarray, np.ndarray]],
    card: Mapping[str, object],
) -> None:
    """Write the files that `load_taggers` reads: weights in a byte each, per column."""
    scale = (np.abs(weights).max(axis=0) / 127 + 1e-12).astype(np.float32)
    arrays = {
        "used": used.astype(np.int32),
        "first": np.round(weights / scale).astype(np.int8),
        "first_scale": scale,
        "first_intercepts": intercepts.astype(np.float32),
        "first_out": out.astype(np.float32),
    }
    for side, (look, intercept) in second.items():
        arrays[f"second_{side}"] = look.astype(np.float32)
        arrays[f"second_{side}_intercepts"] = intercept.astype(np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            plain = io.BytesIO()
            np.lib.format.write_array(plain, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(entry, plain.getvalue())
    data = buffer.getvalue()
    (folder / WEIGHTS_FILE).write_bytes(data)
    full = {
        "model_version": MODEL_VERSION,
        "weights_sha256": hashlib.sha256(data).hexdigest(),
        "labels": {side: list(labels) for side, labels in LABELS_OF_SIDE.items()},
        **card,
    }
    (folder / CARD_FILE).write_text(json.dumps(full, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def mark_proven(folder: Path, labels: Sequence[str]) -> None:
    """Write which labels turned out good enough; the weights stay as they are."""
    path = folder / CARD_FILE
    full = json.loads(path.read_text(encoding="utf-8")) | {"proven": sorted(labels)}
    path.write_text(json.dumps(full, indent=1, sort_keys=True) + "\n", encoding="utf-8")
