"""SIGKILL at random instants over repeated runs of an archive: nothing lost, doubled or half-written.

    python -m tests.bench.kill_archive [--kills 200] [--calls 300] [--database both] [--seed 7]

Half the kills on SQLite, half on PostgreSQL. A run is started on an empty store; at random instants
it, or one of its two workers, is killed, and after the main process started again with the same
command, until the archive is done. The store must then equal that of an undisturbed run as a set of
(call, keys, document bytes), with the same number of rows of every kind on every call and every job
done. Then the next run begins, until there were as many kills as asked. Works on a copy of the
package, so that nothing changes under it. Exit code 1 where anything differs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archives import write_archive
from killing import Contents, Program, run_with_kills
from postgres import postgres


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--longest-wait", type=float, default=8.0, help="seconds between kills, at most")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    databases = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="callcoach-kill-") as made:
        folder = Path(made)
        archive = write_archive(folder / "archive", asked.calls, n_turns=asked.turns)
        program = Program.copied(folder)
        for database in databases:
            server = postgres(durable=True) if database == "postgresql" else nullcontext()
            with server as running:
                wrong += _kill(
                    asked, database, running, folder, archive, program, asked.kills // len(databases)
                )
    print("as an undisturbed run" if not wrong else f"{wrong} differences", flush=True)
    raise SystemExit(1 if wrong else 0)


def _kill(asked, database: str, server, folder: Path, archive: Path, program: Program, n_kills: int) -> int:
    """Kill on one database; returns the number of differences."""
    chance = random.Random(f"{asked.seed} {database}")

    def fresh(name: str) -> str:
        if server is None:
            return f"sqlite:///{folder / name}.db"
        server.administer(f"CREATE DATABASE {name}")
        return server.url.format(database=name)

    def command(url: str) -> tuple[str, ...]:
        return ("batch", str(archive), "--store", url, "--workers", "2")

    url, start_s = fresh("undisturbed"), time.monotonic()
    code, said = program.run(*command(url))
    assert code == 0, said
    undisturbed = Contents.of(url)
    print(
        f"{database}: undisturbed {undisturbed.cards.total()} cards in {time.monotonic() - start_s:.0f} s",
        flush=True,
    )
    assert undisturbed.cards.total() == asked.calls
    kills, wrong, n_runs = Counter(), Counter(), 0
    while kills.total() < n_kills:
        n_runs += 1
        url = fresh(f"run{n_runs}")
        killed, code = run_with_kills(
            lambda url=url: program.start(*command(url)),
            n_kills=n_kills - kills.total(),
            chance=chance,
            longest_wait_s=asked.longest_wait,
        )
        kills += killed
        found = Contents.of(url).against(undisturbed) | ({"exit code": code} if code else {})
        wrong += Counter({name: n for name, n in found.items() if n})
        took_s = time.monotonic() - start_s
        print(f"{database}: run {n_runs}, kills {dict(kills)}, {took_s:.0f} s: {found}", flush=True)
    print(f"{database}: {kills.total()} kills in {n_runs} runs: {dict(wrong) or 'no difference'}", flush=True)
    return wrong.total()


if __name__ == "__main__":
    main()
