"""How long pages take to draw on a store of many calls: ``python tests/bench/pages.py [CALLS]``.

Script time of a page without a browser, warm, the 95th percentile of 20 runs.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conftest import ROOT
from stores import a_recording, keep

from callcoach.core import CallMetadata, CallType
from callcoach.store import Store

N_CALLS = 2000
RUNS = 20
TURNS = 600  # of a call of an hour
KINDS = tuple(CallType)


def fill(url: str, n_calls: int) -> str:
    """Keep `n_calls` calls of 20 reps; returns the id of the newest."""
    script = " | ".join(
        f"{'RC'[i % 2]} {i * 6}-{i * 6 + 5} so what would that mean for the two sites you spoke of"
        for i in range(TURNS)
    )
    short = "R 0-5 hello there how are you | C 5-9 the approvals take two days | R 9-12 what follows"
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with Store.open(url) as store:
        for i in range(n_calls):
            metadata = CallMetadata(
                started_at=start + timedelta(hours=i),
                rep=f"Rep {i % 20}",
                customers=(f"Customer {i % 300}",),
                account=f"Account {i % 100}",
                call_type=KINDS[i % len(KINDS)],
            )
            last = i == n_calls - 1
            keep(
                store,
                f"call-{i}",
                transcript=a_recording(f"{i}", script if last else short),
                metadata=metadata,
            )
    return f"call-{n_calls - 1}"


def script_times_s(page: str | None, **query: str) -> list[float]:
    """Seconds of each warm run of a page."""
    from streamlit.testing.v1 import AppTest

    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    at.run()
    if page:
        at.switch_page(page)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        at.run()
        times.append(time.perf_counter() - begun)
        assert at.get("bidi_component"), "the page was not drawn"
    return times


def main() -> None:
    """Fill a store and print the times."""
    logging.disable(logging.WARNING)
    n_calls = int(sys.argv[1]) if len(sys.argv) > 1 else N_CALLS
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        begun = time.perf_counter()
        newest = fill(url, n_calls)
        print(f"{n_calls} calls kept in {time.perf_counter() - begun:.0f} s")
        os.environ["CALLCOACH_STORE"] = url
        call_page = "callcoach/ui/pages/call.py"
        for name, times in (
            ("Calls", script_times_s(None)),
            ("Calls, one rep", script_times_s(None, rep="Rep 7")),
            ("Calls, two words said", script_times_s(None, words="approvals days")),
            (f"Call of {TURNS} turns", script_times_s(call_page, call=newest)),
        ):
            p95_s = statistics.quantiles(times, n=20)[-1]
            print(f"{name}: median {statistics.median(times):.3f} s, 95th percentile {p95_s:.3f} s")


if __name__ == "__main__":
    main()
