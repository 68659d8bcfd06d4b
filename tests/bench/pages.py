"""How long pages take to draw on a store of very many calls: ``python -m tests.bench.pages [CALLS]``.

Script time of each page without a browser, warm, the median and the 95th percentile of 20 runs, and
the memory that a visit adds. The calls are those of `tests.bench.big_store` with a small scored
document in each, 400 reps in teams, three years.
"""

from __future__ import annotations

import json
import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conftest import ROOT, call
from stores import card_of, document_of

from callcoach.core import LOCAL_OWNER
from callcoach.core.documents import transcript_to_document
from callcoach.store import Store
from callcoach.store.packing import pack
from tests.bench.big_store import N_TEAMS, Calls, _load_sqlite

N_CALLS = 100_000
WORDS = 60
RUNS = 20
TURNS = 40
PAGES = ROOT / "callcoach/ui/pages"


def fill(url: str, n_calls: int) -> None:
    """Load `n_calls` calls, each with one and the same scored document of forty turns."""
    script = " | ".join(
        f"{'RC'[i % 2]} {i * 6}-{i * 6 + 5} so what would that mean for the two sites you spoke of"
        for i in range(TURNS)
    )
    transcript = call(script)
    maker = Calls(n_calls, WORDS)
    document = document_of(transcript, card_of(transcript), call_id="one")
    scored, heard = pack(document), pack(transcript_to_document(transcript))
    original = maker._call

    def with_documents(n: int, rows: dict) -> None:
        original(n, rows)
        rows["transcripts"][-1] = (*rows["transcripts"][-1][:-2], heard[0], rows["transcripts"][-1][-1])
        card = list(rows["scorecards"][-1])
        card[-3:-1] = [scored[1], scored[0]]
        rows["scorecards"][-1] = tuple(card)

    maker._call = with_documents
    Store.open(url).close()
    _load_sqlite(url, maker)


def script_times_s(page: str, **query: str) -> list[float]:
    """Seconds of each warm run of a page."""
    from streamlit.testing.v1 import AppTest

    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    at.run()
    if page != "calls":
        at.switch_page(str((PAGES / f"{page}.py").relative_to(ROOT)))
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        at.run()
        times.append(time.perf_counter() - begun)
        shown = json.dumps([header.value for header in at.header])
        assert "cannot" not in shown, f"{page} was not drawn: {shown}"
    return times


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Fill a store and print the times."""
    logging.disable(logging.WARNING)
    n_calls = int(sys.argv[1]) if len(sys.argv) > 1 else N_CALLS
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        begun = time.perf_counter()
        fill(url, n_calls)
        print(f"{n_calls} calls loaded in {time.perf_counter() - begun:.0f} s", flush=True)
        os.environ |= {"CALLCOACH_STORE": url, "CALLCOACH_REP_FIRST_HOURS": "0"}
        with Store.open(url) as store:
            newest = store.calls(LOCAL_OWNER, limit=1).rows[0]
            team = next(p.team for p in store.people(LOCAL_OWNER))
            person = next(p.id for p in store.people(LOCAL_OWNER) if p.team == team)
            words = Calls(n_calls, WORDS).words(7)
        for name, page, query in (
            ("Calls", "calls", {}),
            ("Calls, one rep", "calls", {"rep": newest.rep}),
            ("Calls, a phrase said", "calls", {"words": f'"{words[3]} {words[4]}"'}),
            ("Call", "call", {"call": newest.call_id}),
            ("My coaching", "me", {"as": person}),
            (f"Team, one of {N_TEAMS}", "team", {"team": team}),
            ("One-on-one", "sheet", {"person": person}),
            ("Rubrics", "rubrics", {}),
            ("People", "people", {}),
            ("Archive", "archive", {}),
        ):
            before_mb = resident_mb()
            times = script_times_s(page, **query)
            p95_s = statistics.quantiles(times, n=20)[-1]
            more_mb = resident_mb() - before_mb
            print(
                f"{name}: median {statistics.median(times):.3f} s, 95th percentile {p95_s:.3f} s, "
                f"{more_mb:+.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
