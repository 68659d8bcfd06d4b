"""A PostgreSQL server of our own, from Debian's binaries: in a new folder, on a socket, gone after."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine

MISSING = "needs PostgreSQL's binaries under /usr/lib/postgresql (apt-get install postgresql)"


def binaries() -> Path | None:
    """The newest version's folder of programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3].zfill(4))
    return found[-1].parent if found else None


class Server:
    """A running server.

    Attributes
    ----------
    url : str
        With ``{database}`` left open.
    """

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.folder, self.data = folder, folder / "data"
        self.url = f"postgresql+psycopg://callcoach@/{{database}}?host={folder}"
        self._options = f"-c listen_addresses='' -k {folder}"
        if not durable:
            self._options += " -c fsync=off -c full_page_writes=off"
        self._as_user: dict[str, object] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres", "postgres")
            self._as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(self, name: str, *arguments: object) -> None:
        subprocess.run(
            [str(binaries() / name), *map(str, arguments)],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as_user,
        )

    def initialise(self) -> None:
        self.run(
            "initdb", "-D", self.data, "-U", "callcoach", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )  # fmt: skip

    def start(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-o", self._options, "start")

    def stop(self, mode: str = "fast") -> None:
        """``fast`` ends every connection; ``immediate`` is a crash."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def administer(self, statement: str) -> None:
        """Run one statement outside every transaction."""
        engine = create_engine(self.url.format(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[Server]:
    """A fresh server.

    Parameters
    ----------
    durable : bool
        Whether what is committed survives a crash; tests that crash nothing do without.
    """
    folder = Path(tempfile.mkdtemp(prefix="callcoach-pg-"))
    server = Server(folder, durable=durable)
    try:
        server.initialise()
        server.start()
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)
