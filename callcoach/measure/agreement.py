"""Taggers against gold labels: figures per label, as written and bare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from callcoach.measure.figures import Figures, figures_of
from callcoach.measure.labels import ALL_LABELS
from callcoach.measure.taggers import Taggers, Utterance

CONDITIONS = ("as written", "bare")
_NOT_WORD, _SPACES = re.compile(r"[^\w\s']"), re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Gold:
    """One utterance with what people said it is.

    Parameters
    ----------
    labels : frozenset of str
        Those that it has.
    judged : frozenset of str or None
        Labels that people decided on here; None means all of its side. Others are left out.
    """

    conversation_id: str
    side: str
    text: str
    labels: frozenset[str]
    judged: frozenset[str] | None = None
    group: str = ""


def bare(text: str) -> str:
    """Lower case without punctuation; apostrophes stay.

    >>> bare("So it's Dana's call, then?")
    "so it's dana's call then"
    """
    return _SPACES.sub(" ", _NOT_WORD.sub(" ", text.lower().replace("-", ""))).strip()


def evaluate(
    gold: Sequence[Gold],
    taggers: Taggers,
    *,
    labels: Iterable[str] = ALL_LABELS,
    conditions: Iterable[str] = CONDITIONS,
) -> tuple[Figures, ...]:
    """Figures per label and condition; rows of a conversation stand together and in order."""
    found: list[Figures] = []
    for condition in conditions:
        for label, (truth, chance, ids) in chances_of(
            gold, taggers, labels=labels, condition=condition
        ).items():
            threshold = taggers.thresholds.get(label)
            found.append(figures_of(label, condition, truth, chance, ids, threshold=threshold))
    return tuple(found)


def chances_of(
    gold: Sequence[Gold], taggers: Taggers, *, labels: Iterable[str] = ALL_LABELS, condition: str
) -> dict[str, tuple[list[bool], list[float], list[str]]]:
    """Gold, probabilities and conversations of every row judged for a label; labels without rows are left out."""
    lines: dict[str, tuple[list[bool], list[float], list[str]]] = {label: ([], [], []) for label in labels}
    for _, group in groupby(gold, key=lambda row: row.conversation_id):
        rows = list(group)
        said = [Utterance(row.side, bare(row.text) if condition == "bare" else row.text) for row in rows]
        for row, chances in zip(rows, taggers.tag(said), strict=True):
            for label, (truth, found, ids) in lines.items():
                if label in chances and (row.judged is None or label in row.judged):
                    truth.append(label in row.labels)
                    found.append(chances[label])
                    ids.append(row.conversation_id)
    return {label: line for label, line in lines.items() if line[0]}
