"""How fast a store of very many calls answers: phrase search, filtered lists, one rep's trend.

    python -m tests.bench.big_store --calls 1000000 [--words 60] [--database sqlite|postgresql]

Loads made-up calls in bulk (words by Zipf's law over 30,000, 400 reps, three years, a scorecard of
nine items each), prints size and build time, and then the median and the 95th percentile of each
question over 100 different ones, asked through `Store` as pages ask them. Phrases are two or three
words that stand beside each other in some call, common ones and rare. Indexes are made after the
rows, as one would for a large import. The first answer of a fresh process is printed
apart, and CPU time (of PostgreSQL's process too), which a busy machine does not lengthen as it does the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from postgres import postgres  # noqa: E402

from callcoach.core import LOCAL_OWNER, Role, Viewer  # noqa: E402
from callcoach.store import CallFilter, Store  # noqa: E402
from callcoach.store.packing import pack  # noqa: E402

N_REPS, N_TEAMS, N_ACCOUNTS, N_WORDS = 400, 40, 20_000, 30_000
YEARS, NOW = 3, datetime(2026, 11, 1, tzinfo=UTC)
ITEMS = ("follow_up", "reflection", "next_step", "implication_question", "needs_before_pitch",
         "need_payoff_question", "agenda", "recap", "stakeholder_question")  # fmt: skip
TYPES = ("discovery", "demo", "negotiation", "renewal", "prospecting", "any")
CHUNK = 5_000
N_QUESTIONS = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=60, help="indexed words of each call")
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--folder", type=Path, default=None, help="where the stores are made")
    asked = parser.parse_args()
    databases = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    for database in databases:
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder, _server(database) as server:
            if server is None:
                url = f"sqlite:///{folder}/store.db"
            else:
                server.administer("CREATE DATABASE big")
                url = server.url.format(database="big")
            measure(database, url, n_calls=asked.calls, n_words=asked.words)


def measure(database: str, url: str, *, n_calls: int, n_words: int) -> None:
    Store.open(url).close()
    maker = Calls(n_calls, n_words)
    start_s = time.perf_counter()
    (_load_sqlite if database == "sqlite" else _load_postgres)(url, maker)
    built_s = time.perf_counter() - start_s
    size = _size_gb(database, url)
    print(
        f"{database}: {n_calls:,} calls of {n_words} words, {size:.2f} GB, built in {built_s:,.0f} s",
        flush=True,
    )
    # Without parallel workers of PostgreSQL: their CPU time would not be counted.
    alone = url if database == "sqlite" else f"{url}&options=-c%20max_parallel_workers_per_gather%3D0"
    with Store.open(alone) as store:
        ask(store, maker)


def questions(store: Store, maker: Calls) -> dict[str, Callable[[int], object]]:
    """What pages ask, each for a number that makes it another one."""
    rng = random.Random(5)
    phrases = [maker.phrase(rng) for _ in range(2 * N_QUESTIONS)]

    def search(i: int) -> None:
        store.calls(LOCAL_OWNER, where=CallFilter(text=f'"{phrases[i]}"'))

    def second_page(i: int) -> None:
        page = store.calls(LOCAL_OWNER, where=CallFilter(text=f'"{phrases[i]}"'), limit=20)
        if page.next:
            store.calls(LOCAL_OWNER, where=CallFilter(text=f'"{phrases[i]}"'), limit=20, after=page.next)

    def word(i: int) -> None:
        store.calls(LOCAL_OWNER, where=CallFilter(text=maker.vocabulary[i * 7]))

    def search_of_rep(i: int) -> None:
        store.calls(LOCAL_OWNER, where=CallFilter(text=f'"{phrases[i]}"', rep=f"Rep {i % N_REPS}"))

    def listed(i: int) -> None:
        where = (
            CallFilter(rep=f"Rep {i % N_REPS}", since=NOW - timedelta(days=200)),
            CallFilter(account=f"Account {i}", call_type="demo"),
            CallFilter(call_type=TYPES[i % 6], until=NOW - timedelta(days=400)),
            CallFilter(problem=True, rep=f"Rep {i % N_REPS}"),
        )[i % 4]
        store.calls(LOCAL_OWNER, where=where)

    def of_manager(i: int) -> None:
        mia = Viewer("mia", frozenset({"manager"}), frozenset({f"team{i % N_TEAMS}"}))
        store.calls(mia)

    def trend(i: int) -> None:
        store.skill_rows(LOCAL_OWNER, people=[f"p{i % N_REPS}"], since=NOW - timedelta(weeks=26))

    return {
        "phrase search": search,
        "phrase search, two pages": second_page,
        "search for one word": word,
        "phrase search in one rep's calls": search_of_rep,
        "list with filters": listed,
        "list of a manager's teams": of_manager,
        "one rep's trend, 26 weeks": trend,
    }


class Calls:
    """Made-up calls, the same for the same numbers."""

    def __init__(self, n_calls: int, n_words: int) -> None:
        self.n_calls, self.n_words = n_calls, n_words
        rng = np.random.default_rng(11)
        letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
        spelled = {"".join(rng.choice(letters, n)) for n in rng.integers(2, 10, 2 * N_WORDS)}
        self.vocabulary = sorted(spelled)[:N_WORDS]
        rng.shuffle(self.vocabulary)
        ranks = np.arange(1, N_WORDS + 1)
        self._odds = np.cumsum(1 / ranks) / np.sum(1 / ranks)
        self._packed, self._sha256 = pack({"turns": []})

    def words(self, n: int) -> list[str]:
        rng = np.random.default_rng([n, 3])
        return [self.vocabulary[i] for i in np.searchsorted(self._odds, rng.random(self.n_words))]

    def phrase(self, rng: random.Random) -> str:
        """Two or three words beside each other in some call."""
        words, n = self.words(rng.randrange(self.n_calls)), rng.choice((2, 3))
        at = rng.randrange(len(words) - n)
        return " ".join(words[at : at + n])

    def chunks(self) -> Iterator[dict[str, list[tuple]]]:
        """Rows per table, in the order of `COLUMNS`."""
        for start in range(0, self.n_calls, CHUNK):
            rows: dict[str, list[tuple]] = {name: [] for name in COLUMNS}
            for n in range(start, min(start + CHUNK, self.n_calls)):
                self._call(n, rows)
            yield rows

    def _call(self, n: int, rows: dict[str, list[tuple]]) -> None:
        rng = random.Random(n)
        id_ = sha256(str(n).encode()).hexdigest()[:16]
        at = NOW - timedelta(seconds=rng.random() * YEARS * 365 * 86400)
        rep, account, call_type = rng.randrange(N_REPS), rng.randrange(N_ACCOUNTS), rng.choice(TYPES)
        metadata = {"started_at": at.isoformat(), "rep": f"Rep {rep}", "account": f"Account {account}"}
        judged = 0 if rng.random() < 0.05 else 7
        rows["calls"].append((
            id_, at, at, json.dumps(metadata), "connected", f"t{id_}", f"Rep {rep}", '["Priya N."]',
            f"Account {account}", call_type, 1900.0, 2, "audio", True, False, 0.48, judged, 9,
        ))  # fmt: skip
        rows["call_people"].append((id_, 0, Role.REP.value, f"Rep {rep}", f"rep {rep}", f"p{rep}", "left"))
        rows["call_people"].append((id_, 1, Role.CUSTOMER.value, "Priya N.", "priya n.", None, "right"))
        rows["transcripts"].append((
            f"t{id_}", id_, id_, f"{n}.wav", "key", "audio", "wav", "en", True, 1900.0, self._packed, at,
        ))  # fmt: skip
        rows["scorecards"].append((
            n + 1, id_, f"t{id_}", "machine", "key", "0", "scoring", call_type, call_type, 1.0, self._sha256,
            self._packed, at,
        ))  # fmt: skip
        for position, item in enumerate(ITEMS):
            score = rng.random() if judged else None
            reason = None if judged else "which side is ours is not known"
            status = "scored" if judged else "cannot_be_judged"
            rows["scores"].append((n + 1, position, item, status, reason, 10.0, score, "{}"))
        rows["search_text"].append((n + 1, id_, 0, " ".join(self.words(n)), at))


COLUMNS = {
    "calls": "id added_at sort_at metadata call_class current_transcript_id rep customers account call_type "
    "duration_s n_channels provenance roles_known has_proposal talk_share n_judged n_items",
    "call_people": "call_id position side name name_key person_id speaker",
    "transcripts": "id call_id source_sha256 source_uri recognition_key kind format language has_text duration_s "
    "document added_at",
    "scorecards": "id call_id transcript_id kind key revision scoring_key rubric call_type "
    "call_type_probability document_sha256 document made_at",
    "scores": "scorecard_id position behaviour status reason weight score components",
    "search_text": "id call_id part text said_at",
}
PEOPLE = [(f"p{n}", f"Rep {n}", f"team{n % N_TEAMS}", "rep") for n in range(N_REPS)]


def _load_sqlite(url: str, maker: Calls) -> None:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    # A bulk load may be thrown away: no journal while it goes on.
    for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
        connection.execute(f"PRAGMA {setting}")
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND "
        "(type = 'trigger' OR (type = 'index' AND name LIKE 'ix%'))"
    ).fetchall()
    for kind, name, _ in made:
        connection.execute(f"DROP {kind} {name}")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO people (id, name, team, firm_role) VALUES (?, ?, ?, ?)", PEOPLE)
    statements, widths = {}, {}
    for name, columns in COLUMNS.items():
        names = [column for column in columns.split() if column != "said_at"]
        widths[name] = len(names)
        statements[name] = f"INSERT INTO {name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    for rows in maker.chunks():
        for name, values in rows.items():
            connection.executemany(
                statements[name], [tuple(map(_for_sqlite, row[: widths[name]])) for row in values]
            )
    connection.execute("COMMIT")
    for _, _, statement in made:
        connection.execute(statement)
    connection.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("ANALYZE")
    connection.close()


def _for_sqlite(value: object) -> object:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _load_postgres(url: str, maker: Calls) -> None:
    import psycopg

    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        made = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'ix%'"
        ).fetchall()
        for name, _ in made:
            connection.execute(f'DROP INDEX "{name}"')
        connection.execute("SET session_replication_role = replica")  # foreign keys are right by construction
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO people (id, name, team, firm_role) VALUES (%s, %s, %s, %s)", PEOPLE
            )
            for rows in maker.chunks():
                for name, values in rows.items():
                    columns = ", ".join(COLUMNS[name].split())
                    with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                        for row in values:
                            copy.write_row(row)
        connection.execute("SET maintenance_work_mem = '1GB'")
        for _, statement in made:
            connection.execute(statement)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _size_gb(database: str, url: str) -> float:
    if database == "sqlite":
        return Path(url.removeprefix("sqlite:///")).stat().st_size / 1e9
    import psycopg

    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute("SELECT pg_database_size(current_database())").fetchone()[0] / 1e9


@contextmanager
def _server(database: str) -> Iterator[object]:
    with nullcontext() if database == "sqlite" else postgres() as server:
        yield server


def ask(store: Store, maker: Calls) -> None:
    """Put every question and print how long the answers took."""
    server = _server_process(store)
    for name, question in questions(store, maker).items():
        (first, _), (wall, cpu) = _timed(question, 1, server), _timed(question, N_QUESTIONS, server)
        p50, p95 = np.percentile(wall, [50, 95])
        print(
            f"  {name:34} first {first[0]:7.1f}   median {p50:7.1f}   p95 {p95:7.1f} ms   "
            f"CPU: median {np.median(cpu):.0f}, p95 {np.percentile(cpu, 95):.0f} ms",
            flush=True,
        )


def _server_process(store: Store) -> psutil.Process | None:
    """PostgreSQL's process of the one connection that the questions use."""
    if store.url.startswith("sqlite"):
        return None
    with store._database.reading() as connection:
        return psutil.Process(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar())


def _timed(
    question: Callable[[int], object], n: int, server: psutil.Process | None
) -> tuple[list[float], list[float]]:
    """Milliseconds of `n` different questions: by the clock, and of CPU, the server's process included."""

    def cpu_s() -> float:
        of_server = sum(server.cpu_times()[:2]) if server else 0.0
        return time.process_time() + of_server

    wall, cpu = [], []
    for i in range(n):
        start_s, start_cpu_s = time.perf_counter(), cpu_s()
        question(i if n == 1 else i + 1)
        wall.append((time.perf_counter() - start_s) * 1000)
        cpu.append((cpu_s() - start_cpu_s) * 1000)
    return wall, cpu


if __name__ == "__main__":
    main()
