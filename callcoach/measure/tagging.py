"""A file of utterances becomes the same file with labels: what `callcoach tag` does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from callcoach.core.errors import BadMetadata
from callcoach.measure.labels import LABELS_OF_SIDE
from callcoach.measure.taggers import Taggers, Utterance, load_taggers

Record = dict[str, object]


def tag_file(path: str | Path, *, taggers: Taggers | None = None) -> Iterator[Record]:
    """Rows of a JSONL file, in order, each with ``"labels"``: probability per label of its side.

    Rows of a conversation are read together, by ``"order"``, wherever they stand. The whole file
    is checked before the first row comes out. A file whose conversations stand together is read
    one conversation at a time; otherwise it is held in memory.

    Parameters
    ----------
    path : str or Path
        Rows ``{"conversation_id", "order", "speaker": "rep" or "customer", "text"}``; more keys
        pass through.
    taggers : Taggers, optional
        Those that come with callcoach by default.

    Raises
    ------
    BadMetadata
        If the file cannot be read or a row cannot be understood; the message names the row.
    """
    path = Path(path)
    together = _stand_together(path)
    return _tagged(path, taggers or load_taggers(), together)


def _stand_together(path: Path) -> bool:
    """Check every row; tell whether each conversation is one block."""
    seen: set[object] = set()
    last: object = None
    together = True
    for record in _records(path):
        current = record["conversation_id"]
        if current != last or not seen:
            together = together and current not in seen
            seen.add(current)
        last = current
    return together


def _tagged(path: Path, taggers: Taggers, together: bool) -> Iterator[Record]:
    if together:
        for _, group in groupby(_records(path), key=lambda record: record["conversation_id"]):
            rows = list(group)
            for record, labels in zip(rows, _labels(rows, taggers), strict=True):
                yield {**record, "labels": labels}
        return
    rows = list(_records(path))
    places: dict[object, list[int]] = {}
    for at, record in enumerate(rows):
        places.setdefault(record["conversation_id"], []).append(at)
    found: list[dict[str, float]] = [{} for _ in rows]
    for at in places.values():
        for place, labels in zip(at, _labels([rows[each] for each in at], taggers), strict=True):
            found[place] = labels
    for record, labels in zip(rows, found, strict=True):
        yield {**record, "labels": labels}


def _labels(rows: list[Record], taggers: Taggers) -> list[dict[str, float]]:
    """Labels of one conversation's rows, which may stand in any order."""
    order = sorted(range(len(rows)), key=lambda at: (rows[at]["order"], at))
    tagged = taggers.tag([Utterance(rows[at]["speaker"], rows[at]["text"]) for at in order])
    found: list[dict[str, float]] = [{} for _ in rows]
    for at, labels in zip(order, tagged, strict=True):
        found[at] = labels
    return found


def _records(path: Path) -> Iterator[Record]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _checked(line, number, path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise BadMetadata(
            f"{path.name} must be a readable UTF-8 file; check the path and encoding"
        ) from error


def _checked(line: str, number: int, name: str) -> Record:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise BadMetadata(
            f"row {number} of {name} must be one JSON object, and it is not JSON; correct that row"
        ) from error
    wrong = _what_is_wrong(record)
    if wrong:
        raise BadMetadata(f"row {number} of {name} {wrong}; correct that row")
    return record


def _what_is_wrong(record: object) -> str | None:
    """The broken rule and what was found, without any of the text."""
    if not isinstance(record, Mapping):
        return f"must be one JSON object, and it is a {type(record).__name__}"
    if not isinstance(record.get("conversation_id"), (str, int)):
        return "must have a conversation_id, and it has none that is text or a number"
    order = record.get("order")
    if not isinstance(order, (int, float)) or isinstance(order, bool):
        return "must have an order, and it has none that is a number"
    if record.get("speaker") not in LABELS_OF_SIDE:
        return 'must have a speaker that is "rep" or "customer", and it has another or none'
    if not isinstance(record.get("text"), str):
        return "must have a text, and it has none"
    return None
