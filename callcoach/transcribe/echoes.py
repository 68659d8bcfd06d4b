"""The same words on two channels at the same time: one side said them, the other only carried them.

::

    left    |could you send me the invoice by Friday|
    right   |could you send me the in voice by Friday|      bleed: the same words, as late as the echo
    kept    left alone, because left's own speech lies under them

Whose words they are is told by whose speech lies under them after bleed was taken out, then by the
recogniser's probability. People do say "yes" together: a word or two count as an echo only where
the channel that would lose them has hardly any speech of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import combinations

from callcoach.core.floor import plain
from callcoach.core.intervals import Interval, Intervals, intersection, total_s
from callcoach.core.transcript import Word

APART_S = 0.5  # between the starts of a word and its echo, at most
MIN_RUN = 3  # so many of the same words together are an echo whatever lies under them
GAP_WORDS = 2  # words that differ inside a run, at most: an echo is heard less well
OWN_SHARE = 0.5  # of a short run; with more speech of its own under it, it is no echo


def without_echoes(
    words: Mapping[str, Sequence[Word]], speech: Mapping[str, Intervals]
) -> tuple[dict[str, list[Word]], int]:
    """Words per label without those that only echo another channel, and how many those were.

    Parameters
    ----------
    words : mapping of label to words
        On the call's clock, in order of time.
    speech : mapping of label to Intervals
        When each speaks, bleed taken out.
    """
    kept = {label: list(said) for label, said in words.items()}
    n_echoes = 0
    for one, other in combinations(kept, 2):
        gone: dict[str, set[int]] = {one: set(), other: set()}
        for run in _runs(kept[one], kept[other]):
            left, right = [i for i, _ in run], [j for _, j in run]
            shares = (_own_share(kept[one], left, speech[one]), _own_share(kept[other], right, speech[other]))
            # The side with less speech of its own under the run; of equals, the less sure, then the later.
            loses_one = (shares[0], _sureness(kept[one], left), -_start(kept[one], left)) < (
                shares[1],
                _sureness(kept[other], right),
                -_start(kept[other], right),
            )
            if len(run) < MIN_RUN and min(shares) > OWN_SHARE:
                continue
            label, at = (one, left) if loses_one else (other, right)
            # What was heard otherwise in the middle of an echo is the same echo.
            gone[label].update(range(min(at), max(at) + 1))
        for label, positions in gone.items():
            n_echoes += len(positions)
            kept[label] = [word for i, word in enumerate(kept[label]) if i not in positions]
    return kept, n_echoes


def _runs(one: Sequence[Word], other: Sequence[Word]) -> list[list[tuple[int, int]]]:
    """Runs of pairs of equal words said at the same time, in order on both sides."""
    a, b = [plain(word.text) for word in one], [plain(word.text) for word in other]
    starts = [word.interval.start_s for word in other]
    runs: list[list[tuple[int, int]]] = []
    after = 0  # words of the other side before this one have found their pair
    for i, word in enumerate(one):
        start_s = word.interval.start_s
        near = range(
            max(after, bisect_left(starts, start_s - APART_S)), bisect_right(starts, start_s + APART_S)
        )
        equal = [j for j in near if a[i] and b[j] == a[i]]
        if not equal:
            continue
        pair = (i, min(equal, key=lambda j: (abs(starts[j] - start_s), j)))
        after = pair[1] + 1
        last = runs[-1][-1] if runs else None
        if last and all(now - then <= GAP_WORDS + 1 for now, then in zip(pair, last, strict=True)):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return runs


def _spans(words: Sequence[Word], at: Sequence[int]) -> list[Interval]:
    return [words[i].interval for i in at]


def _own_share(words: Sequence[Word], at: Sequence[int], speech: Intervals) -> float:
    """How much of the words' time the channel's own speech covers, in tenths."""
    spans = _spans(words, at)
    length_s = total_s(spans)
    if length_s <= 0.0:
        return float(any(words[at[0]].interval.start_s in piece for piece in speech))
    first, last = min(span.start_s for span in spans), max(span.end_s for span in spans)
    near = [piece for piece in speech if piece.start_s < last and piece.end_s > first]
    return round(total_s(intersection(spans, near)) / length_s, 1)


def _sureness(words: Sequence[Word], at: Sequence[int]) -> float:
    known = [words[i].probability for i in at if words[i].probability is not None]
    return round(sum(known) / len(known), 2) if known else 0.0


def _start(words: Sequence[Word], at: Sequence[int]) -> float:
    return words[at[0]].interval.start_s
