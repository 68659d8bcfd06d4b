"""Runs over an archive, started from the page: commands of their own, which outlive a visit.

The page starts ``callcoach batch``, ``watch`` and ``rescore`` exactly as a person would in a terminal;
what they do stands in the store. Only folders under the allowed roots can be named.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from callcoach.core.errors import BadSettings
from callcoach.settings import user_data_folder

LOG_BYTES = 4_000


@dataclass(frozen=True, slots=True)
class Running:
    """One command that the page started."""

    words: str
    process: subprocess.Popen
    log: Path

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def last_lines(self) -> str:
        try:
            return self.log.read_bytes()[-LOG_BYTES:].decode("utf-8", "replace")
        except OSError:
            return ""


def roots_of(setting: str) -> tuple[Path, ...]:
    """Folders that sources may lie in."""
    named = [Path(part).expanduser() for part in setting.split(os.pathsep) if part.strip()]
    return tuple(path.resolve() for path in named or [Path.home()])


def allowed(text: str, roots: Sequence[Path]) -> Path:
    """The folder somebody typed, if it lies under an allowed root; links are followed first.

    Raises
    ------
    BadSettings
    """
    path = Path(text.strip()).expanduser()
    try:
        path = path.resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise BadSettings("a source must be a folder on this machine; there is none of that name") from error
    if not path.is_dir():
        raise BadSettings(f"a source must be a folder; {path.name} is none: name the folder it lies in")
    if not any(path.is_relative_to(root) for root in roots):
        raise BadSettings(
            "a source must lie in a folder that the page may read: "
            f"{', '.join(map(str, roots))}; set source_roots to allow others"
        )
    return path


@st.cache_resource(show_spinner=False)
def started() -> list[Running]:
    """Commands that this server started, first come first."""
    return []


def start(command: Sequence[str], *, words: str, store_url: str) -> Running:
    """Start a command of callcoach in the background; never through a shell."""
    folder = user_data_folder() / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"page-{len(list(folder.glob('page-*.log'))) + 1}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "callcoach", *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"CALLCOACH_STORE": store_url},
        )
    running = Running(words, process, log)
    started().append(running)
    return running


def stop(running: Running) -> None:
    """As Ctrl-C does: what was begun is finished, the rest stays queued."""
    if running.is_running:
        running.process.send_signal(signal.SIGINT)
