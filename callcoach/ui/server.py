"""The page on a free port of this machine, for as long as something needs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from callcoach.bundled import bundled
from callcoach.core.errors import CallcoachError

LOOPBACK = "127.0.0.1"
START_S = 60.0


@contextmanager
def serving(store_url: str, *, rep_first_hours: float | None = None) -> Iterator[str]:
    """Serve the page on a store; gives its address and stops the server at the end.

    Parameters
    ----------
    rep_first_hours : float, optional
        Instead of what the settings say.

    Raises
    ------
    CallcoachError
        If the server does not answer within a minute.
    """
    app, port = bundled("app.py"), _free_port()
    hours = {} if rep_first_hours is None else {"CALLCOACH_REP_FIRST_HOURS": str(rep_first_hours)}
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}"]
    process = subprocess.Popen(
        [*command, f"--server.address={LOOPBACK}", "--server.headless=true"],
        env=os.environ | {"CALLCOACH_STORE": store_url} | hours,
        cwd=app.parent,  # where Streamlit looks for the theme
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://{LOOPBACK}:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def _wait_for(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise CallcoachError(
        f"the page's server must answer within {START_S:.0f} s; it did not: run callcoach serve to see why"
    )
