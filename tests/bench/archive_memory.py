"""Memory of the main process over archives of growing size: it must not grow with them.

    python -m tests.bench.archive_memory [--small 1000] [--large 50000] [--real]

A run over calls of 20 turns each, in folders of a thousand. The main process is measured: its
resident memory every tenth of a second, the median of the second half of the time in which there are
jobs, and its peak over all. A program loads itself for seconds, 43 to 73 MB, before it puts in the first
job; that is the same for any archive, and half of a run over a thousand calls would be it. The workers are not what is measured; unless ``--real``, one process claims and finishes jobs without
hearing them, so that 50,000 take minutes. Exit code 1 where the two sizes differ by over 5 %.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archives import write_archive
from killing import Program

MOST_GROWTH = 0.05

MAIN = """
import sys
from callcoach.archive import start
from callcoach.archive.orders import RunOptions
from callcoach.store import Store

class Elsewhere:
    n_alive = 1
    def start(self): pass
    def mend(self): return None
    def ask_to_stop(self): pass
    def stop(self, *, now=False): pass

with Store.open(sys.argv[1]) as store:
    end = start.run_source(store, sys.argv[2], options=RunOptions(), make_pool=lambda run_id: Elsewhere())
assert end.counts.done == int(sys.argv[3]), end
"""
FINISHER = """
import sys, time
from callcoach.store import Done, Store

with Store.open(sys.argv[1]) as store:
    n = int(sys.argv[2])
    done = Done(call_class="short", duration_s=90.0)
    while n:
        job = store.queue.claim("bench", lease_s=600)
        if job is None:
            time.sleep(0.02)
        else:
            store.queue.finish(job.id, "bench", done)
            n -= 1
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=50_000)
    parser.add_argument("--real", action="store_true", help="two real workers, which take their time")
    asked = parser.parse_args()
    medians = [measure(n, real=asked.real) for n in (asked.small, asked.large)]
    growth = medians[1] / medians[0] - 1
    print(
        f"from {asked.small:,} to {asked.large:,} calls: {100 * growth:+.1f} % (at most ±{100 * MOST_GROWTH:.0f} %)"
    )
    raise SystemExit(abs(growth) > MOST_GROWTH)


def measure(n: int, *, real: bool) -> float:
    """Median resident memory of the main process in the second half of a run over `n` calls, in MB."""
    with tempfile.TemporaryDirectory(prefix="callcoach-memory-") as made:
        folder = Path(made)
        archive = write_archive(folder / "archive", n, n_turns=20, per_folder=1000)
        program = Program.copied(folder)
        url = f"sqlite:///{folder / 'store.db'}"
        start_s, helper = time.monotonic(), None
        if real:
            process = program.start("batch", str(archive), "--store", url, "--workers", "2")
        else:
            code = "import sys; from callcoach.store import Store; Store.open(sys.argv[1]).close()"
            subprocess.run([sys.executable, "-c", code, url], env=program.environment, check=True)
            process = _python(program, MAIN, url, str(archive), str(n))
            helper = _python(program, FINISHER, url, str(n))
        seen, began_s = [], None
        while process.poll() is None:
            if began_s is None and _has_jobs(folder / "store.db"):
                began_s = time.monotonic()
            seen.append((time.monotonic(), *_memory_mb(process.pid)))
            time.sleep(0.1)
        end_s = time.monotonic()
        assert process.returncode == 0
        assert began_s is not None
        if helper is not None:
            helper.wait()
        late = [now for at_s, now, _ in seen if now and at_s >= (began_s + end_s) / 2]
        peak = max(most for _, _, most in seen)
        print(
            f"{n:7,} calls in {end_s - start_s:6.1f} s, {began_s - start_s:.1f} s of them before the first job: "
            f"{median(late):6.1f} MB, at most {peak:6.1f} MB",
            flush=True,
        )
        return median(late)


def _python(program: Program, code: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env=program.environment)


def _has_jobs(path: Path) -> bool:
    """Whether a job is in the store's table; read as any other program would."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM jobs LIMIT 1").fetchone() is not None
    except sqlite3.Error:  # not made yet
        return False


def _memory_mb(pid: int) -> tuple[float, float]:
    """Resident memory now and at most; zeros once the process is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0, 0.0
    values = dict(line.split(":", 1) for line in text.splitlines() if line.startswith("Vm"))
    return tuple(int(values.get(name, "0 kB").split()[0]) / 1e3 for name in ("VmRSS", "VmHWM"))


if __name__ == "__main__":
    main()
