"""Workers as processes of this machine: started afresh, replaced when they end, bound by a pipe.

Options come through the worker's standard input, which stays open. When it closes, because the main
process wants no more work done or is no more, the worker takes no further job.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NoReturn

from callcoach.archive.orders import WorkerOptions

PATIENCE_WITH_STARTS = 5
EARLY_S = 5.0
KILL_AFTER_S = 10.0
_PROGRAM = "from callcoach.archive.processes import main; main()"
_POINTLESS = frozenset({11, 12, 13})  # `worker.End`: a replacement would meet the same store or disk
_RECYCLED = 10


@dataclass(slots=True)
class _Member:
    """A process and when it began."""

    process: subprocess.Popen
    began_s: float

    def leave_alone(self) -> None:
        """Tell it that there is nothing more to do."""
        with contextlib.suppress(OSError):
            self.process.stdin.close()


class LocalPool:
    """`n` worker processes.

    Parameters
    ----------
    options : WorkerOptions
        The same for all.

    Attributes
    ----------
    n_deaths : int
        Workers that ended without being asked to, and were replaced.
    """

    def __init__(self, n: int, options: WorkerOptions) -> None:
        self.n, self.options = n, options
        self.n_deaths = 0
        self._members: list[_Member] = []
        self._early_deaths = 0
        self._stopping = False

    def start(self) -> None:
        while len(self._members) < self.n:
            self._members.append(self._new())

    @property
    def n_alive(self) -> int:
        return sum(member.process.poll() is None for member in self._members)

    @property
    def pids(self) -> tuple[int, ...]:
        return tuple(member.process.pid for member in self._members)

    def mend(self) -> int | None:
        """Replace workers that ended; returns the exit code of one that makes going on pointless.

        Returns
        -------
        int or None
            An `End` that no replacement would change, or 1 when processes die as soon as they start.
        """
        for at, member in enumerate(self._members):
            code = member.process.poll()
            if code is None:
                continue
            member.leave_alone()
            if code in _POINTLESS:
                return code
            if code == 0 and (self._stopping or self.options.ends_when_idle):
                continue
            if code not in (0, _RECYCLED):
                self.n_deaths += 1
                lived_s = time.monotonic() - member.began_s
                self._early_deaths = self._early_deaths + 1 if lived_s < EARLY_S else 0
                if self._early_deaths >= PATIENCE_WITH_STARTS * self.n:
                    return 1
            if not self._stopping:
                self._members[at] = self._new()
        return None

    def ask_to_stop(self) -> None:
        """Let every worker finish the job it has and take no more."""
        self._stopping = True
        for member in self._members:
            member.leave_alone()

    def stop(self, *, now: bool = False) -> None:
        """End all workers: after the job each has, or `now`, when jobs go back to the queue."""
        self.ask_to_stop()
        if now:
            for member in self._members:
                member.process.terminate()
        deadline_s = time.monotonic() + KILL_AFTER_S
        for member in self._members:
            while member.process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    member.process.wait(timeout=0.1)
                if now and time.monotonic() > deadline_s:
                    member.process.kill()
        self._members.clear()

    def _new(self) -> _Member:
        environment = dict(os.environ)
        if self.options.threads:
            environment.setdefault("OMP_NUM_THREADS", str(self.options.threads))
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=environment,
        )
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(asdict(self.options)).encode() + b"\n")
            process.stdin.flush()
        return _Member(process, time.monotonic())


def main() -> NoReturn:
    """What a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the main process decides
    signal.signal(signal.SIGTERM, _end)
    line = sys.stdin.buffer.readline()
    if not line:
        raise SystemExit(0)
    values = json.loads(line)
    options = WorkerOptions(**values | {"model_folders": tuple(values["model_folders"])})
    from callcoach.archive.worker import work

    pipe = sys.stdin.fileno()

    def stop(wait_s: float) -> bool:
        return bool(select.select([pipe], [], [], wait_s)[0])  # readable: closed on the other side

    ended = work(options, stop=stop)
    if ended.message:
        sys.stderr.write(f"callcoach: a worker ended: {ended.message}\n")
    raise SystemExit(int(ended.end))


def _end(*_signal: object) -> NoReturn:
    raise SystemExit(0)


def threads_for(n: int, *, cores: Sequence[int] | None = None) -> int:
    """Threads of recognition per worker where `n` share this machine's cores."""
    known = cores if cores is not None else getattr(os, "sched_getaffinity", lambda _pid: ())(0)
    return max(1, (len(known) or os.cpu_count() or 1) // n)
