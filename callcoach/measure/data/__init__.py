"""The labelled conversations behind the taggers, and the words their features look up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled utterance of the corpus.

    Parameters
    ----------
    speaker : str
        ``"rep"`` or ``"customer"``.
    labels : frozenset of str
        Every utterance label that applies; what is not here is a negative.
    near : frozenset of str
        Labels that a careless listener would give and that do not apply.
    """

    conversation_id: str
    order: int
    speaker: str
    text: str
    labels: frozenset[str]
    near: frozenset[str]
    attributes: dict[str, object]


@lru_cache(maxsize=1)
def corpus() -> tuple[Row, ...]:
    """All rows, conversation by conversation, in order."""
    return _rows("corpus.jsonl")


@lru_cache(maxsize=1)
def short_exchanges() -> tuple[Row, ...]:
    """Rows of short exchanges, terser than calls are: learned from, never measured on."""
    return _rows("short_exchanges.jsonl")


def _rows(name: str) -> tuple[Row, ...]:
    rows = []
    with (_HERE / name).open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.append(
                Row(
                    row.pop("conversation_id"),
                    row.pop("order"),
                    row.pop("speaker"),
                    row.pop("text"),
                    frozenset(row.pop("labels")),
                    frozenset(row.pop("near")),
                    row,
                )
            )
    return tuple(rows)


@lru_cache(maxsize=1)
def held_out() -> frozenset[str]:
    """Ids of the conversations that no model and no choice has seen."""
    return frozenset(json.loads((_HERE / "held_out.json").read_text(encoding="utf-8"))["conversations"])
