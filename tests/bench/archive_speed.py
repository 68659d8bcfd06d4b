"""How fast an archive of transcripts is done: one worker, two, Ray, and a rescore, in one run.

    python -m tests.bench.archive_speed [--calls 300] [--turns 600] [--ray] [--database sqlite]

Every call has its own words: utterances of the labelled corpus in another order each. All stages and
the store are included. A rate is that of the middle of a run, from the finishing times in the jobs
table, between a fifth and the end, so that starting does not count. Printed are calls per second, the
ratios, and the overhead per call: the time of a worker that is neither hearing nor judging (claiming,
reading the file, the store, saying what became of it). A rescore reads the transcript from the store, and
that counts as beside it. Calls are judged again under another rubric, which has more to judge, and then
under the one of the batch: that rate is compared with the batch's. Exit code 1 where a ratio or rate that
must hold does not.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archives import cue
from killing import Program
from postgres import postgres
from sqlalchemy import create_engine, text

from callcoach.measure.data import corpus

LEAST_CALLS_PER_S, LEAST_SPEEDUP, LEAST_RAY, MOST_OVERHEAD_MS = 8.0, 1.6, 0.85, 20.0
NEW_RUBRIC = "discovery"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--turns", type=int, default=600)
    parser.add_argument("--ray", action="store_true", help="two actors on a local cluster, too")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="callcoach-speed-") as made:
        folder = Path(made)
        archive = write_calls(folder / "archive", asked.calls, asked.turns)
        program = Program.copied(folder)
        program.environment |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_TMPDIR": "/tmp"}
        with postgres(durable=True) if asked.database == "postgresql" else nullcontext() as server:

            def fresh(name: str) -> str:
                if server is None:
                    return f"sqlite:///{folder / name}.db"
                server.administer(f"CREATE DATABASE {name}")
                return server.url.format(database=name)

            raise SystemExit(measure(program, archive, fresh, ray=asked.ray))


def measure(program: Program, archive: Path, fresh, *, ray: bool) -> int:
    """Run everything; the number of what does not hold."""
    one_url, two_url = fresh("one"), fresh("two")
    batch = ("batch", str(archive), "--store")
    one, overhead_ms = run(program, one_url, 1, (*batch, one_url, "--workers", "1"), "1 worker")
    two, two_overhead_ms = run(program, two_url, 2, (*batch, two_url, "--workers", "2"), "2 workers")
    rescore = ("rescore", "--store", two_url, "--workers", "2")
    run(program, two_url, 2, (*rescore, "--rubric", NEW_RUBRIC), f"rescore, {NEW_RUBRIC}")
    again, _ = run(program, two_url, 2, rescore, "rescore, 2 workers")
    checks = {
        f"2 workers / 1 worker = {two / one:.2f} (at least {LEAST_SPEEDUP})": two / one >= LEAST_SPEEDUP,
        f"2 workers: {two:.2f} calls/s (at least {LEAST_CALLS_PER_S:g})": two >= LEAST_CALLS_PER_S,
        f"rescore / batch = {again / two:.2f} (at least 1)": again >= two,
        f"overhead {overhead_ms:.1f} ms a call with 1 worker, {two_overhead_ms:.1f} with 2 (at most "
        f"{MOST_OVERHEAD_MS:g})": max(overhead_ms, two_overhead_ms) <= MOST_OVERHEAD_MS,
    }
    if ray:
        url = fresh("ray")
        command = (*batch, url, "--workers", "2", "--runner", "ray", "--ray-address", "local")
        on_ray, _ = run(program, url, 2, command, "Ray, 2 actors")
        checks[f"Ray / local = {on_ray / two:.2f} (at least {LEAST_RAY})"] = on_ray / two >= LEAST_RAY
    for said, holds in checks.items():
        print(f"{'holds' if holds else 'FALLS SHORT'}: {said}", flush=True)
    return int(not all(checks.values()))


def run(
    program: Program, url: str, n_workers: int, command: tuple[str, ...], name: str
) -> tuple[float, float]:
    """Calls per second in the middle of a run, and its overhead per call in ms."""
    start_s = time.monotonic()
    code, said = program.run(*command)
    took_s = time.monotonic() - start_s
    assert code == 0, said
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT finished_at, timings FROM jobs ORDER BY finished_at")).all()
    engine.dispose()
    at = [_time(row.finished_at) for row in rows]
    timings = [_json(row.timings) for row in rows]
    first = len(at) // 5
    n, seconds = len(at) - first - 1, (at[-1] - at[first]).total_seconds()
    worked_s = sum(t["all_s"] - t["store_s"] - t.get("fetch_s", 0.0) for t in timings[first + 1 :]) / n
    overhead_ms = 1000 * (seconds * n_workers / n - worked_s)
    print(
        f"{name:20} {len(at)} calls in {took_s:6.1f} s, start-up included; {n / seconds:6.2f} calls/s, "
        f"{1000 * worked_s:5.1f} ms hearing and judging, {overhead_ms:5.1f} ms beside it",
        flush=True,
    )
    return n / seconds, overhead_ms


def write_calls(folder: Path, n: int, n_turns: int) -> Path:
    """Calls of an hour as WebVTT with names, each in its own order of what was said."""
    said = {side: [row.text for row in corpus() if row.speaker == side] for side in ("rep", "customer")}
    names = {"rep": "Dana Reyes", "customer": "Ola Berg"}
    folder.mkdir()
    for number in range(n):
        chance = random.Random(number)
        lines = ["WEBVTT", ""]
        for at in range(n_turns):
            side = ("rep", "customer")[at % 2]
            lines += cue(at * 6.0, at * 6.0 + 5.0, names[side], chance.choice(said[side]))
        (folder / f"{number:06}.vtt").write_text("\n".join(lines), "utf-8")
        sidecar = folder / f"{number:06}.vtt.callcoach.json"
        sidecar.write_text('{"rep": "Dana Reyes", "customer": "Ola Berg"}', "utf-8")
    return folder


def _time(value: object) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def _json(value: object) -> dict:
    import json

    return json.loads(value) if isinstance(value, str) else value


if __name__ == "__main__":
    main()
