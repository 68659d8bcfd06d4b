"""How long pages take on a store of very many calls: ``python -m tests.bench.pages [CALLS] [--no-browser]``.

Script time of each page without a browser, warm, by the clock and of CPU, the median and the 95th
percentile of 20 runs. Then, in Debian's Chromium against the real server: how long each page takes from
its address to its content (median of 5), what a further visit that stays open adds to the server's
memory, and what playing a WAV of 115 MB adds. The calls are those of `tests.bench.big_store` with a small
scored document in each, 400 reps in teams, three years.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import tempfile
import time
import wave
from contextlib import closing
from pathlib import Path

import psutil

from callcoach.core import LOCAL_OWNER, CallMetadata
from callcoach.core.documents import transcript_to_document
from callcoach.store import Store
from callcoach.store.packing import pack
from callcoach.ui.screenshots import DESK, browsing, chromium
from callcoach.ui.server import serving
from tests.bench.big_store import N_TEAMS, ROOT, Calls, _load_sqlite  # also finds the tests' helpers

from conftest import call  # isort: skip
from stores import card_of, document_of, keep  # isort: skip

N_CALLS = 100_000
WORDS = 60
RUNS = 20
BROWSER_RUNS, SESSIONS = 5, 6
TURNS = 40
WAV_BYTES = 115_000_000
BIG = "big-wav"  # the call whose recording that is
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


def script_times_s(page: str, **query: str) -> tuple[list[float], list[float]]:
    """Seconds of each warm run of a page, by the clock and of CPU."""
    from streamlit.testing.v1 import AppTest

    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    at.run()
    if page != "calls":
        at.switch_page(str((PAGES / f"{page}.py").relative_to(ROOT)))
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    times, cpu = [], []
    for _ in range(RUNS):
        begun, begun_cpu = time.perf_counter(), time.process_time()
        at.run()
        times.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - begun_cpu)
        shown = json.dumps([header.value for header in at.header])
        assert "cannot" not in shown, f"{page} was not drawn: {shown}"
    return times, cpu


def pages_of(url: str, n_calls: int) -> list[tuple[str, str, dict[str, str], str]]:
    """What is looked at: name, page, address, and what is waited for in a browser."""
    with Store.open(url) as store:
        newest = next(row for row in store.calls(LOCAL_OWNER, limit=5).rows if row.call_id != BIG)
        people = store.people(LOCAL_OWNER)
        team = next(p.team for p in people if p.team)
        person = next(p.id for p in people if p.team == team)
    words = Calls(n_calls, WORDS).words(7)
    return [
        ("Calls", "calls", {}, ".cc-call-title"),
        ("Calls, one rep", "calls", {"rep": newest.rep}, ".cc-call-title"),
        ("Calls, a phrase said", "calls", {"words": f'"{words[3]} {words[4]}"'}, ".cc-call-title"),
        ("Call", "call", {"call": newest.call_id}, ".cc-measures"),
        ("My coaching", "me", {"as": person}, "h3"),
        (f"Team, one of {N_TEAMS}", "team", {"team": team}, ".cc-team"),
        ("Team, skills", "team", {"team": team, "view": "skills"}, "h3"),
        ("All teams", "team", {"view": "teams"}, ".cc-measures"),
        ("One-on-one", "sheet", {"person": person}, ".cc-sheet"),
        ("Rubrics", "rubrics", {}, ".cc-measures"),
        ("Score a call blind", "rubrics", {"view": "blind"}, "[data-testid=stBaseButton-secondary]"),
        ("People", "people", {}, ".cc-measures"),
        ("Archive", "archive", {}, "h2"),
    ]


def add_wav(url: str, folder: Path) -> None:
    """One call more, with an hour of two channels as WAV; the file takes no room on the disk."""
    path = folder / "hour.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.setnframes((WAV_BYTES - 44) // 4)
        file.writeframesraw(b"")
    header = bytearray(path.read_bytes()[:44])
    header[4:8], header[40:44] = (WAV_BYTES - 8).to_bytes(4, "little"), (WAV_BYTES - 44).to_bytes(4, "little")
    path.write_bytes(header)
    os.truncate(path, WAV_BYTES)
    with Store.open(url) as store:
        keep(store, BIG, metadata=CallMetadata(rep="Rep 1"), source=path.as_uri())


def resident_mb(process: psutil.Process) -> float:
    return process.memory_info().rss / 1e6


def in_browser(url: str, pages: list[tuple[str, str, dict[str, str], str]]) -> None:
    """Print the browser's time per page, memory per visit, and what a long recording adds."""
    with serving(url, rep_first_hours=0.0) as address, browsing() as browser:
        server = next(c for c in psutil.Process().children() if "streamlit" in " ".join(c.cmdline()))
        times: dict[str, list[float]] = {}
        with closing(browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})) as visit:
            for _ in range(BROWSER_RUNS + 1):
                for name, page, query, wait in pages:
                    times.setdefault(name, []).append(_seconds(visit, address, page, query, wait))
        for name, seconds in times.items():
            warm = seconds[1:]
            print(
                f"{name}: in the browser median {statistics.median(warm):.2f} s, slowest {max(warm):.2f} s",
                flush=True,
            )
        _memory(browser, server, address, pages)
        _long_recording(browser, server, address)


def _seconds(visit, address: str, page: str, query: dict[str, str], wait: str) -> float:
    from urllib.parse import urlencode

    begun = time.perf_counter()
    visit.goto(f"{address}/{'' if page == 'calls' else page}?{urlencode(query)}")
    visit.wait_for_selector(wait, timeout=120_000)
    return time.perf_counter() - begun


def _memory(browser, server: psutil.Process, address: str, pages) -> None:
    """Visits that stay open, each of which has been on every page."""
    before_mb, visits = resident_mb(server), []
    for _ in range(SESSIONS):
        visits.append(browser.new_page(viewport={"width": DESK[0], "height": DESK[1]}))
        for _, page, query, wait in pages:
            _seconds(visits[-1], address, page, query, wait)
    more_mb = (resident_mb(server) - before_mb) / SESSIONS
    print(
        f"server {resident_mb(server):.0f} MB with {SESSIONS + 1} visits, {more_mb:+.1f} MB for each",
        flush=True,
    )
    for visit in visits:
        visit.close()


def _long_recording(browser, server: psutil.Process, address: str) -> None:
    """Play the long recording here and there and watch the server's memory."""
    with closing(browser.new_page()) as visit:
        sent: list[int] = []
        visit.on(
            "response",
            lambda r: "/recording/" in r.url and sent.append(int(r.headers.get("content-length", 0))),
        )
        visit.goto(f"{address}/call?call={BIG}")
        visit.wait_for_function("() => document.querySelector('audio')?.readyState >= 1", timeout=120_000)
        before_mb = most_mb = resident_mb(server)
        for share in (0.0, 0.5, 0.9, 0.2):
            visit.evaluate(
                "(share) => { const a = document.querySelector('audio');"
                " a.muted = true; a.currentTime = share * a.duration; return a.play() }",
                share,
            )
            for _ in range(10):
                visit.wait_for_timeout(200)
                most_mb = max(most_mb, resident_mb(server))
        length_s = visit.evaluate("() => document.querySelector('audio').duration")
        print(
            f"a WAV of {WAV_BYTES / 1e6:.0f} MB ({length_s / 60:.0f} min) played at four places in "
            f"{len(sent)} answers: server {most_mb - before_mb:+.1f} MB at most",
            flush=True,
        )


def main() -> None:
    """Fill a store and print the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("calls", type=int, nargs="?", default=N_CALLS)
    parser.add_argument("--no-browser", action="store_true")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        begun = time.perf_counter()
        fill(url, asked.calls)
        print(f"{asked.calls} calls loaded in {time.perf_counter() - begun:.0f} s", flush=True)
        os.environ |= {"CALLCOACH_STORE": url, "CALLCOACH_REP_FIRST_HOURS": "0"}
        add_wav(url, Path(folder))
        pages = pages_of(url, asked.calls)
        for name, page, query, _ in pages:
            times, cpu = script_times_s(page, **query)
            p95_s, cpu_s = (statistics.quantiles(each, n=20)[-1] for each in (times, cpu))
            print(
                f"{name}: median {statistics.median(times):.3f} s, 95th percentile {p95_s:.3f} s, "
                f"of CPU {statistics.median(cpu):.3f} s and {cpu_s:.3f} s",
                flush=True,
            )
        if not asked.no_browser and chromium():
            in_browser(url, pages)


if __name__ == "__main__":
    main()
