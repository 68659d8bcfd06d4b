"""How many one-hour calls a second the taggers read: ``python tests/bench/tag_speed.py``.

A call here is 600 turns of the corpus, conversation after conversation. Beside it a plain TF-IDF of
words and characters with one logistic regression per rep label, fitted on a part of the corpus; and
the memory the process holds after the first calls and after many more, which must stay where it was.
Seconds are those of one core's work, so a busy machine is no slower than it is.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings
from pathlib import Path

from callcoach.measure.data import corpus
from callcoach.measure.labels import REP_LABELS
from callcoach.measure.taggers import Utterance, load_taggers

N_TURNS = 600
N_DIFFERENT = 12  # calls that are read over and over
N_MEMORY_TURNS = 24  # turns of each of the many calls that memory is watched over


def held_mb() -> float:
    """Memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(n_calls: int, n_memory_calls: int) -> None:
    rows = [Utterance(row.speaker, row.text) for row in corpus()]
    calls = [
        [rows[(at * N_TURNS + turn) % len(rows)] for turn in range(N_TURNS)] for at in range(N_DIFFERENT)
    ]
    start = time.process_time()
    taggers = load_taggers()
    print(f"load {time.process_time() - start:.3f} s")
    for call in calls:
        taggers.tag(call)
    start = time.process_time()
    for at in range(n_calls):
        taggers.tag(calls[at % len(calls)])
    ours = n_calls / (time.process_time() - start)
    plain = plain_pass(calls)
    print(
        f"taggers {ours:.1f} calls/s of one core; TF-IDF and logistic regression {plain:.1f}: {ours / plain:.2f} of it"
    )
    early_mb = held_mb()
    for at in range(n_memory_calls):
        begin = at * 7 % (len(rows) - N_MEMORY_TURNS)
        taggers.tag(rows[begin : begin + N_MEMORY_TURNS])
    print(f"memory {early_mb:.0f} MB, after {n_memory_calls} more calls {held_mb():.0f} MB")


def plain_pass(calls: list[list[Utterance]]) -> float:
    """Calls a second of the same turns through TF-IDF and logistic regressions."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline, make_union

    rows = [row for row in corpus() if row.speaker == "rep"][:800]
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2)), TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
        ),
        OneVsRestClassifier(LogisticRegression(solver="liblinear")),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit([row.text for row in rows], [[label in row.labels for label in REP_LABELS] for row in rows])
    start = time.process_time()
    for call in calls[:5]:
        model.predict_proba([row.text for row in call])
    return 5 / (time.process_time() - start)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=40)
    parser.add_argument("--memory-calls", type=int, default=10_000)
    arguments = parser.parse_args()
    main(arguments.calls, arguments.memory_calls)
