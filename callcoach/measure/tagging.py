"""A file of utterances becomes the same file with labels: what `callcoach tag` does."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from callcoach.core.errors import BadMetadata, UnreadableInput
from callcoach.measure.labels import LABELS_OF_SIDE
from callcoach.measure.taggers import Taggers, Utterance, load_taggers

Record = dict[str, object]
_Lines = Callable[[], Iterable[str]]


def tag_file(path: str | Path, *, taggers: Taggers | None = None) -> Iterator[Record]:
    """Rows of a JSONL file, in order, each with ``"labels"``: probability per label of its side.

    Rows of a conversation are read together, by ``"order"``, wherever they stand. A row that
    cannot be understood comes out with ``"error"`` (kind and message, which names the row) in the
    place of labels, and the others are labelled without it. A file whose conversations stand
    together is read one conversation at a time; otherwise it is held in memory.

    Parameters
    ----------
    path : str or Path
        Rows ``{"conversation_id", "order", "speaker": "rep" or "customer", "text"}``; more keys
        pass through.
    taggers : Taggers, optional
        Those that come with callcoach by default.

    Raises
    ------
    UnreadableInput
        If the file cannot be read as UTF-8 text.
    """
    path = Path(path)
    return _tag(lambda: _lines_of(path), path.name, taggers)


def tag_lines(lines: Iterable[str], name: str, *, taggers: Taggers | None = None) -> Iterator[Record]:
    """The same for lines that can be read only once, such as those of a pipe; they are held in memory."""
    try:
        held = list(lines)
    except UnicodeDecodeError as error:
        raise _unreadable(name) from error
    return _tag(lambda: held, name, taggers)


def _tag(lines: _Lines, name: str, taggers: Taggers | None) -> Iterator[Record]:
    taggers = taggers or load_taggers()
    if _stand_together(lines, name):
        for _, group in groupby(_records(lines, name), key=_conversation):
            yield from _labelled(list(group), taggers)
        return
    rows = list(_records(lines, name))
    places: dict[object, list[int]] = {}
    for at, record in enumerate(rows):
        places.setdefault(_conversation(record), []).append(at)
    found: list[Record] = [{} for _ in rows]
    for at in places.values():
        for place, record in zip(at, _labelled([rows[each] for each in at], taggers), strict=True):
            found[place] = record
    yield from found


def _stand_together(lines: _Lines, name: str) -> bool:
    """Whether each conversation is one block; a row that is wrong belongs to none."""
    seen: set[object] = set()
    last: object = None
    for record in _records(lines, name):
        current = _conversation(record)
        if current != last and current in seen:
            return False
        seen.add(current)
        last = current
    return True


def _conversation(record: Record) -> object:
    """What holds rows together; a number and a text that look alike are two conversations."""
    if "labels" not in record:
        return None
    return (type(record["conversation_id"]).__name__, record["conversation_id"])


def _labelled(rows: list[Record], taggers: Taggers) -> list[Record]:
    """One conversation's rows, in whatever order they stand, each with its labels."""
    if _conversation(rows[0]) is None:
        return rows
    order = sorted(range(len(rows)), key=lambda at: (rows[at]["order"], at))
    tagged = taggers.tag([Utterance(rows[at]["speaker"], rows[at]["text"]) for at in order])
    found = list(rows)
    for at, labels in zip(order, tagged, strict=True):
        found[at] = {**rows[at], "labels": labels}
    return found


def _lines_of(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from lines
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path.name) from error


def _unreadable(name: str) -> UnreadableInput:
    return UnreadableInput(
        f"{name} must be a readable file of UTF-8 text, one JSON object a line; check its path and encoding"
    )


def _records(lines: _Lines, name: str) -> Iterator[Record]:
    """Rows as they are; those that are wrong with an error and without labels."""
    for number, line in enumerate(lines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield _refused({}, number, name, "must be one JSON object, and it is not JSON")
            continue
        wrong = _what_is_wrong(record)
        if wrong:
            yield _refused(record if isinstance(record, dict) else {}, number, name, wrong)
        else:
            record.pop("labels", None)
            yield {**record, "labels": None}


def _refused(record: Record, number: int, name: str, wrong: str) -> Record:
    error = BadMetadata(f"row {number} of {name} {wrong}; correct that row")
    kept = {key: value for key, value in record.items() if key != "labels"}
    return {**kept, "error": {"kind": error.kind, "message": error.message}}


def _what_is_wrong(record: object) -> str | None:
    """The broken rule and what was found, without any of the text."""
    if not isinstance(record, Mapping):
        return f"must be one JSON object, and it is a {type(record).__name__}"
    if not isinstance(record.get("conversation_id"), (str, int)):
        return "must have a conversation_id, and it has none that is text or a number"
    order = record.get("order")
    if not isinstance(order, (int, float)) or isinstance(order, bool) or not math.isfinite(order):
        return "must have an order, and it has none that is a number"
    speaker = record.get("speaker")
    if not isinstance(speaker, str) or speaker not in LABELS_OF_SIDE:
        return 'must have a speaker that is "rep" or "customer", and it has another or none'
    if not isinstance(record.get("text"), str):
        return "must have a text, and it has none"
    return None
