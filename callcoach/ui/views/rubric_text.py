"""A rubric as people change it in a form, and the TOML that comes of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from callcoach.score.rubric import (
    MAX_ITEMS,
    WEIGHT_TOTAL,
    Direction,
    Rubric,
    RubricItem,
    load_rubric,
    shipped_rubrics,
)
from callcoach.score.values import VALUES
from callcoach.ui.views.words import counted

Key = tuple[str, str | None]  # behaviour and variant
HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Row:
    """What the form asks of one item.

    Parameters
    ----------
    is_on : bool
        Whether it weighs at all: what was found wrong too often rests.
    low, high : float
        Where the full score begins (or ends, for "at most") and, for a range, where it ends.
    """

    item: RubricItem
    is_on: bool
    title: str
    weight: float
    low: float
    high: float


def key_of(item: RubricItem) -> Key:
    return (item.behaviour, item.variant)


def rows_of(rubric: Rubric) -> tuple[Row, ...]:
    """The form as a rubric fills it."""
    return tuple(
        Row(
            item,
            item.behaviour not in rubric.switched_off,
            item.shown_title,
            item.weight,
            *(item.target if isinstance(item.target, tuple) else (item.target, item.target)),
        )
        for item in rubric.items
    )


def choices(rubric: Rubric) -> dict[Key, RubricItem]:
    """Everything that can be judged: the rubric's own items, those of rubrics that ship, and the rest."""
    found = {key_of(item): item for item in rubric.items}
    for name in shipped_rubrics():
        for item in load_rubric(name).items:
            found.setdefault(key_of(item), replace(item, weight=0.0, source=item.source or HOUSE))
    for behaviour, variant in VALUES:
        found.setdefault(
            (behaviour, variant),
            RubricItem(behaviour, 0.0, Direction.AT_LEAST, 1.0, HOUSE, variant=variant),
        )
    return found


def changed(rubric: Rubric, rows: Iterable[Row], *, title: str, minimum_length_s: float) -> Rubric:
    """The rubric with what the form says; nothing is checked here."""
    rows = tuple(rows)
    items = []
    for row in rows:
        target = (row.low, row.high) if row.item.direction is Direction.RANGE else row.low
        named = row.title.strip()
        own = row.item.title if named in ("", row.item.shown_title) else named
        items.append(replace(row.item, weight=row.weight, target=target, title=own))
    off = sorted({row.item.behaviour for row in rows if not row.is_on})
    return replace(
        rubric,
        title=title.strip() or rubric.title,
        minimum_length_s=minimum_length_s,
        items=tuple(items),
        switched_off=tuple(off),
    )


def wrong_with(rows: Sequence[Row]) -> list[str]:
    """What must be put right before the rubric can be kept, in sentences; empty when nothing."""
    said = []
    if not rows:
        return ["Choose at least one thing that is judged."]
    total = sum(row.weight for row in rows)
    missing = WEIGHT_TOTAL - total
    if abs(missing) > 1e-6:
        more = f"{missing:g} more are needed" if missing > 0 else f"{-missing:g} are too many"
        said.append(f"Weights must sum to 100: they sum to {total:g}, {more}.")
    n_active = sum(row.weight > 0 for row in rows)
    if n_active > MAX_ITEMS:
        said.append(
            f"At most {MAX_ITEMS} may carry weight: {counted(n_active, 'item')} do. Nobody works on more."
        )
    for row in rows:
        if row.item.direction is Direction.RANGE and not 0 < row.low <= row.high:
            said.append(f"{row.title}: a range goes from a number above 0 to one that is not smaller.")
        if row.item.direction is Direction.AT_LEAST and row.low <= 0:
            said.append(f"{row.title}: the full score needs a number above 0.")
    switched = {(row.item.behaviour, row.is_on) for row in rows}
    for behaviour in sorted({name for name, is_on in switched if is_on and (name, False) in switched}):
        titles = " and ".join(row.title for row in rows if row.item.behaviour == behaviour)
        said.append(f"{titles} rest on the same behaviour: both are on, or both off.")
    return said


def to_hundred(weights: Sequence[float]) -> list[float]:
    """Weights in the same proportions that sum to 100, in whole numbers.

    Examples
    --------
    >>> to_hundred([30, 30, 0]), to_hundred([1, 1, 1]), to_hundred([0, 0])
    ([50.0, 50.0, 0.0], [34.0, 33.0, 33.0], [50.0, 50.0])
    """
    if not weights:
        return []
    total = sum(weights)
    exact = [WEIGHT_TOTAL * w / total if total else WEIGHT_TOTAL / len(weights) for w in weights]
    whole = [float(int(value)) for value in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for place in by_rest[: round(WEIGHT_TOTAL - sum(whole))]:
        whole[place] += 1.0
    return whole


def rubric_toml(rubric: Rubric) -> str:
    """The TOML that `parse_rubric` reads back as the same rubric."""
    head = {
        "name": rubric.name,
        "title": rubric.title,
        "version": rubric.version,
        "call_type": str(rubric.call_type),
        "minimum_length_s": rubric.minimum_length_s,
        "overall": rubric.overall,
        "switched_off": list(rubric.switched_off) or None,
    }
    parts = [_lines(head)]
    for item in rubric.items:
        fields = {
            "behaviour": item.behaviour,
            "variant": item.variant,
            "title": item.title,
            "weight": item.weight,
            "direction": str(item.direction),
            "target": list(item.target) if isinstance(item.target, tuple) else item.target,
            "minimum_n": item.minimum_n if item.minimum_n != 1 else None,
            "first_meeting_only": item.first_meeting_only or None,
            "source": item.source,
        }
        parts.append("[[items]]\n" + _lines(fields))
    return "\n".join(parts)


def _lines(fields: dict[str, object]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in fields.items() if value is not None)


def _value(value: object) -> str:
    """A value in TOML, whose strings, numbers, lists and booleans are those of JSON but for DEL."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    elif isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
