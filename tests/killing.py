"""Archives that are killed at random instants, and what their stores must hold afterwards."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT
from sqlalchemy import create_engine, text

_CALLS = """
    SELECT c.id, t.id, t.recognition_key, s.scoring_key, s.kind, s.key, s.document
    FROM calls c
    JOIN transcripts t ON t.call_id = c.id
    JOIN scorecards s ON s.transcript_id = t.id
"""
_OF_CALLS = ("sources", "media", "call_people", "search_text", "transcripts", "scorecards")
_OF_CARDS = ("measures", "scores", "evidence")


@dataclass(frozen=True)
class Contents:
    """A store as a set: every card with its keys and bytes, and how many rows hang on each call."""

    cards: Counter
    rows: Counter
    jobs: Counter

    @classmethod
    def of(cls, url: str) -> Contents:
        engine = create_engine(url)
        cards: Counter = Counter()
        rows: Counter = Counter()
        jobs: Counter = Counter()
        with engine.connect() as connection:
            for *keys, document in connection.execute(text(_CALLS)):
                cards[(*keys, hashlib.sha256(bytes(document)).hexdigest())] += 1
            for table in _OF_CALLS:
                for call_id, n in connection.execute(
                    text(f"SELECT call_id, count(*) FROM {table} GROUP BY call_id")
                ):
                    rows[(table, call_id)] = n
            for table in _OF_CARDS:
                query = (
                    f"SELECT s.call_id, count(*) FROM {table} x JOIN scorecards s ON s.id = x.scorecard_id"
                )
                for call_id, n in connection.execute(text(f"{query} GROUP BY s.call_id")):
                    rows[(table, call_id)] = n
            for state, kind, n in connection.execute(
                text("SELECT state, error_kind, count(*) FROM jobs GROUP BY state, error_kind")
            ):
                jobs[(state, kind)] = n
        engine.dispose()
        return cls(cards, rows, jobs)

    def against(self, undisturbed: Contents) -> dict[str, int]:
        """How many calls are lost, there twice, or unlike the undisturbed ones in any row."""
        lost = undisturbed.cards - self.cards
        twice = self.cards - undisturbed.cards
        return {
            "lost": sum(lost.values()),
            "twice or changed": sum(twice.values()),
            "half-written": sum(
                self.rows[key] != undisturbed.rows[key] for key in self.rows.keys() | undisturbed.rows.keys()
            ),
            "jobs unlike": sum((undisturbed.jobs - self.jobs).values()),
        }


@dataclass
class Program:
    """A copy of the package, so that nothing changes under a long run, and how to start it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """Where it may leave things lying about."""
        return self.folder / "home"

    @classmethod
    def copied(cls, folder: Path) -> Program:
        root = folder / "program"
        shutil.copytree(ROOT / "callcoach", root / "callcoach", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "models", root / "models")
        (folder / "home").mkdir()
        environment = {
            **os.environ,
            "PYTHONPATH": str(root),
            "XDG_DATA_HOME": str(folder / "home"),
            "XDG_CONFIG_HOME": str(folder / "home"),
            "TMPDIR": str(folder / "home"),
        }
        return cls(folder, environment)

    def start(self, *arguments: str, **options: object) -> subprocess.Popen:
        """The command line in a process, as a user starts it."""
        return subprocess.Popen(
            [sys.executable, "-m", "callcoach", *arguments],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            **options,
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        """Exit code, and what was said on stderr."""
        process = self.start(*arguments)
        _, said = process.communicate()
        return process.returncode, said.decode()


def workers_of(pid: int) -> list[int]:
    """Processes that a process has started and that still live."""
    import psutil

    try:
        children = psutil.Process(pid).children()
        return [child.pid for child in children if child.status() != psutil.STATUS_ZOMBIE]
    except psutil.NoSuchProcess:
        return []


def run_with_kills(
    start: Callable[[], subprocess.Popen],
    *,
    n_kills: int,
    chance: random.Random,
    longest_wait_s: float,
    main_share: float = 0.5,
) -> tuple[Counter, int]:
    """Start a program again and again until it ends by itself, killing it or a worker at random.

    Returns
    -------
    kills : Counter
        Of ``"main"`` and ``"worker"``; fewer than `n_kills` in all where it was done before.
    code : int
        Exit code of the run that ended by itself.
    """
    kills: Counter = Counter()
    process = start()
    while process.poll() is None:
        if kills.total() < n_kills:
            # Four in five while there are workers, the rest at any instant, the start included.
            if chance.random() < 0.8:
                _until_workers(process)
            _wait(process, chance.uniform(0, longest_wait_s))
            workers = workers_of(process.pid)
            if process.poll() is not None:
                break
            if workers and chance.random() >= main_share:
                os.kill(chance.choice(workers), signal.SIGKILL)
                kills["worker"] += 1
            else:
                process.kill()
                process.communicate()
                kills["main"] += 1
                process = start()
        else:
            _wait(process, 1.0)
    _, said = process.communicate()
    if process.returncode not in (0, 3):
        raise AssertionError(f"ended with {process.returncode}: {said.decode()[-2000:]}")
    return kills, process.returncode


def _until_workers(process: subprocess.Popen) -> None:
    while process.poll() is None and not workers_of(process.pid):
        time.sleep(0.02)


def _wait(process: subprocess.Popen, wait_s: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=wait_s)


def wait_until(true: Callable[[], bool], *, timeout_s: float = 60.0) -> None:
    """Wait for something to become true; an `AssertionError` where it does not."""
    deadline_s = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < deadline_s, "waited in vain"
        time.sleep(0.05)
