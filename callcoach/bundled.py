"""Where the files that travel with callcoach are: in the wheel, or beside the package in a clone."""

from __future__ import annotations

from pathlib import Path

from callcoach.core.errors import CallcoachError

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Path of ``models``, ``fixtures``, ``app.py`` or ``.streamlit/config.toml``.

    Raises
    ------
    CallcoachError
        If the installation lacks it.
    """
    for root in (_PACKAGE / "_bundled", _PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise CallcoachError(
        f"callcoach comes with {name}, which this installation lacks; install callcoach again"
    )
