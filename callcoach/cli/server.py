"""Starting the page's server: Streamlit in a process of its own, on loopback, without telemetry."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser

from callcoach.bundled import bundled
from callcoach.core.errors import BadSettings
from callcoach.settings import Settings, store_url

LOOPBACK = "127.0.0.1"
READY_TRIES, READY_PAUSE_S = 120, 0.5  # the page answers after 2 to 10 s


def run_streamlit(settings: Settings, *, browser: bool) -> int:
    """Serve until stopped; returns Streamlit's exit code (0 after Ctrl-C).

    Raises
    ------
    BadSettings
        If the port is taken.
    """
    _port_is_free(settings.port)
    app = bundled("app.py")
    environment = os.environ | {"CALLCOACH_STORE": _absolute(store_url(settings))}
    command = [sys.executable, "-m", "streamlit", "run", str(app), *streamlit_flags(settings.port)]
    # Streamlit reads .streamlit/config.toml from the working folder: the theme travels with app.py.
    process = subprocess.Popen(command, env=environment, cwd=app.parent)
    if browser:
        threading.Thread(target=_open_when_ready, args=(settings.port,), daemon=True).start()
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
        "--server.headless=true",  # the browser is opened here, once the page answers
        "--browser.gatherUsageStats=false",
        "--client.showErrorDetails=none",
        "--server.fileWatcherType=none",
    ]


def _open_when_ready(port: int) -> None:
    for _ in range(READY_TRIES):
        time.sleep(READY_PAUSE_S)
        try:
            with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/_stcore/health", timeout=1):
                webbrowser.open(f"http://localhost:{port}")
                return
        except OSError:
            continue


def _port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise BadSettings(
                f"the page needs a free port; {port} is taken: stop the other server or add --port {port + 1}"
            ) from error


def _absolute(url: str) -> str:
    """The same store from any working folder."""
    prefix = "sqlite:///"
    return prefix + os.path.abspath(url.removeprefix(prefix)) if url.startswith(prefix) else url
