"""How well the taggers label utterances, against gold labels: `callcoach evaluate tags`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from callcoach.core.errors import BadMetadata, BadSettings
from callcoach.evaluate.mapping import Mapping_, load_mapping
from callcoach.measure.agreement import CONDITIONS, Gold, evaluate
from callcoach.measure.figures import Figures
from callcoach.measure.labels import ALL_LABELS, LABELS_OF_SIDE
from callcoach.measure.taggers import Taggers, load_taggers


def evaluate_tags(
    path: str | Path,
    *,
    mapping: str | Path | None = None,
    taggers: Taggers | None = None,
    conditions: Sequence[str] = CONDITIONS,
    where: str | None = None,
) -> tuple[Figures, ...]:
    """Figures of the taggers on a file of labelled utterances.

    Parameters
    ----------
    path : str or Path
        JSONL rows ``{"conversation_id", "order", "speaker", "text", "labels": [...]}``; with a
        mapping any JSONL or tab-separated file.
    mapping : str or Path, optional
        ``"annomi"``, ``"bt_oasis"``, ``"swda"`` or a TOML file: what its columns and codes mean.
    taggers : Taggers, optional
        Those that come with callcoach by default.
    conditions : sequence of str
        ``"as written"``, ``"bare"``.
    where : str, optional
        ``"column=value"``: only such rows are counted; all of them are context.

    Raises
    ------
    BadMetadata
        If a row cannot be understood; the message names the row.
    BadSettings
        If the mapping cannot be used.
    """
    means = load_mapping(mapping) if mapping is not None else None
    gold = list(read_gold(Path(path), means, where=where))
    labels = ALL_LABELS if means is None else means.labels
    return evaluate(gold, taggers or load_taggers(), labels=labels, conditions=conditions)


def read_gold(path: Path, mapping: Mapping_ | None = None, *, where: str | None = None) -> Iterator[Gold]:
    """Gold rows of a file, in order; those that are not `where` are judged for nothing."""
    column, equals, wanted = (where or "").partition("=")
    if where and not equals:
        raise BadSettings(f"--where must be COLUMN=VALUE; found {where!r}; name a column and its value")
    for number, record in enumerate(_records(path), start=1):
        try:
            row = _own(record) if mapping is None else mapping.gold(record, Gold)
            counts = not where or str(record[column]) == wanted
            yield row if counts else replace(row, judged=frozenset())
        except (KeyError, TypeError, ValueError) as error:
            raise BadMetadata(
                f"row {number} of {path.name} must have a conversation, a known speaker, a text and labels, "
                "and it has not; correct that row or name the mapping that fits the file"
            ) from error


def _own(record: Mapping[str, object]) -> Gold:
    side, labels = record["speaker"], record["labels"]
    if side not in LABELS_OF_SIDE or not isinstance(labels, list) or not isinstance(record["text"], str):
        raise ValueError("row")
    return Gold(str(record["conversation_id"]), side, record["text"], frozenset(labels))


def _records(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            if path.suffix == ".tsv":
                yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                return
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _parsed(line, number, path)
    except (OSError, UnicodeDecodeError) as error:
        raise BadMetadata(f"{path.name} must be a readable UTF-8 file; check the path") from error


def _parsed(line: str, number: int, path: Path) -> Mapping[str, object]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise BadMetadata(f"row {number} of {path.name} must be one JSON object; correct that row") from error
    if not isinstance(record, dict):
        raise BadMetadata(f"row {number} of {path.name} must be one JSON object; correct that row")
    return record
