"""How long judging a one-hour call takes, stage by stage, beside only reading its transcript.

    python -m tests.bench.judge_speed [--runs 20] [--profile]

The call is made of utterances of the labelled corpus, in order, taking turns: 600 turns with a time
for every word. Printed is the median CPU time of each stage in this process: parsing the call's own
JSON document (the baseline), talk measures, labels, behaviours, and all from the transcript to the
scorecard with its words; then calls per second, and that as a multiple of the baseline. Garbage is
looked for as rarely as in an archive's workers. The first judgement, which imports and compiles, is
printed apart.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import pstats
import time
from collections.abc import Callable
from statistics import median

from callcoach.archive.worker import YOUNG_OBJECTS
from callcoach.core import (
    Capability,
    Interval,
    Provenance,
    Role,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
    support,
)
from callcoach.core.documents import transcript_from_document, transcript_to_document
from callcoach.measure.behaviours import OBSERVERS
from callcoach.measure.data import corpus
from callcoach.measure.language import _sentences
from callcoach.measure.last import forget_all
from callcoach.measure.talk import talk_measures
from callcoach.measure.utterances import label_turns
from callcoach.pipeline import judge as judge_call

JUDGE = "transcript to scorecard"
N_TURNS, HOUR_S = 600, 3600.0
PAUSE_S = 0.4


def hour_call() -> Transcript:
    """A call of `N_TURNS` turns of the two sides in turn, over an hour, every word timed."""
    said = {
        side: [row.text.split() for row in corpus() if row.speaker == side] for side in ("rep", "customer")
    }
    texts = [said[("rep", "customer")[at % 2]][at // 2] for at in range(N_TURNS)]
    word_s = (HOUR_S - PAUSE_S * N_TURNS) / sum(map(len, texts))
    turns, speech, now_s = [], {"rep": [], "customer": []}, 0.0
    for at, text in enumerate(texts):
        side = ("rep", "customer")[at % 2]
        words = []
        for word in text:
            words.append(Word(word, Interval(round(now_s, 3), round(now_s + word_s, 3)), 0.9))
            now_s += word_s
        span = Interval(words[0].interval.start_s, words[-1].interval.end_s)
        turns.append(Turn(side, tuple(words), span))
        speech[side].append(span)
        now_s += PAUSE_S
    return Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("audio", "wav", "bench", separation=Separation.CHANNELS),
        duration_s=HOUR_S,
        speakers=tuple(
            Speaker(side, Role[side.upper()], role_confidence=1.0, role_source="given") for side in speech
        ),
        turns=tuple(turns),
        speech={side: support(pieces) for side, pieces in speech.items()},
        language="en",
        capabilities=frozenset(Capability),
    )


def forget() -> None:
    """Empty what is kept of a call, so that every run judges it for the first time."""
    _sentences.cache_clear()
    forget_all()


def median_ms(work: Callable[[], object], runs: int) -> float:
    """Median CPU time of this process over `runs` runs, in ms; no run finds the turns of an earlier one."""
    times = []
    for _ in range(runs):
        forget()
        start_s = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start_s))
    return median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--profile", action="store_true", help="show where the time of ten judgements goes")
    asked = parser.parse_args()
    call = hour_call()
    text = json.dumps(transcript_to_document(call))

    def judge() -> None:
        judge_call(call)

    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
    gc.collect()
    gc.freeze()  # the corpus that the call was made of is not part of judging
    start_s = time.process_time()
    judge()
    first_ms = 1000 * (time.process_time() - start_s)
    labels = label_turns(call)
    stages: dict[str, Callable[[], object]] = {
        "parse only": lambda: transcript_from_document(json.loads(text)),
        "talk measures": lambda: talk_measures(call, labels=labels),
        "labels": lambda: label_turns(call),
        **{f"behaviour {name}": lambda o=observe: o(call, labels) for name, observe in OBSERVERS.items()},
        JUDGE: judge,
    }
    print(f"{len(call.turns)} turns, {sum(len(turn.words) for turn in call.turns):,} words, {HOUR_S:.0f} s")
    found = {name: median_ms(work, asked.runs) for name, work in stages.items()}
    for name, ms in found.items():
        print(f"{name:28} {ms:8.1f} ms")
    judge_ms = found[JUDGE]
    print(
        f"{1000 / judge_ms:.1f} calls/s; judge : parse only = {judge_ms / found['parse only']:.2f}; "
        f"the first judgement took {first_ms:.0f} ms"
    )
    if asked.profile:
        with cProfile.Profile() as profile:
            for _ in range(10):
                forget()
                judge()
        pstats.Stats(profile).sort_stats("tottime").print_stats(28)


if __name__ == "__main__":
    main()
