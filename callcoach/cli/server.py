"""Starting the page's server: Streamlit in a process of its own, on loopback, without telemetry."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from callcoach.bundled import bundled
from callcoach.core.errors import BadSettings
from callcoach.settings import Settings, store_url

LOOPBACK = "127.0.0.1"


def run_streamlit(settings: Settings, *, browser: bool) -> int:
    """Serve until stopped; returns Streamlit's exit code (0 after Ctrl-C).

    Raises
    ------
    BadSettings
        If the port is taken.
    """
    _port_is_free(settings.port)
    app = bundled("app.py")
    environment = os.environ | {"CALLCOACH_STORE": store_url(settings)}
    command = [sys.executable, "-m", "streamlit", "run", str(app), *streamlit_flags(settings.port)]
    if not browser:
        command.append("--server.headless=true")
    # Streamlit reads .streamlit/config.toml from the working folder: the theme travels with app.py.
    process = subprocess.Popen(command, env=environment, cwd=app.parent)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait(timeout=10)
        return 0


def streamlit_flags(port: int) -> list[str]:
    """Flags that hold wherever the page is served from."""
    return [
        f"--server.address={LOOPBACK}",
        f"--server.port={port}",
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--server.fileWatcherType=none",
    ]


def _port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise BadSettings(
                f"the page needs a free port; {port} is taken: stop the other server or add --port {port + 1}"
            ) from error
