"""Rubrics: what is weighed and why, in TOML that a coach can read and change.

A rubric only weighs. What a behaviour is and how it becomes one number is not its business, so
two firms that weigh differently still talk about the same facts.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path

from callcoach.core import CallType, content_key
from callcoach.core.errors import BadRubric
from callcoach.measure.behaviours import BEHAVIOURS

MAX_ITEMS = 9  # playbooks of the field stop at 8 or 9: nobody works on more
WEIGHT_TOTAL = 100.0
DEFAULT_MINIMUM_LENGTH_S = 120.0


class Direction(StrEnum):
    """How a value becomes a score; see `attainment`."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class RubricItem:
    """One thing that is weighed.

    Parameters
    ----------
    behaviour : str
        Id of behaviours.md.
    weight : float
        Of 100.
    direction : Direction
    target : float or (float, float)
        One number, or the two ends of a range; in the unit of the behaviour's value.
    source : str
        Who showed that it matters; ``house`` when nobody did.
    variant : str or None
        Narrows the behaviour, such as ``opening`` for a recap.
    minimum_n : int
        Occasions below which the item cannot be judged.
    title : str or None
        In the firm's own words.
    first_meeting_only : bool
        Judged in the account's first meeting only.
    """

    behaviour: str
    weight: float
    direction: Direction
    target: float | tuple[float, float]
    source: str
    variant: str | None = None
    minimum_n: int = 1
    title: str | None = None
    first_meeting_only: bool = False

    @property
    def shown_title(self) -> str:
        return self.title or BEHAVIOURS[self.behaviour]


@dataclass(frozen=True, slots=True)
class Rubric:
    """At most nine items whose weights sum to 100, and the shortest call they are fair to.

    `switched_off` names behaviours that weigh nothing for now: people who checked what was shown
    found it wrong too often.
    """

    name: str
    title: str
    version: int
    call_type: CallType
    items: tuple[RubricItem, ...]
    minimum_length_s: float = DEFAULT_MINIMUM_LENGTH_S
    overall: bool = True
    switched_off: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """Key of everything that can change a score; part of the scoring key."""
        fields = asdict(self)
        if not self.switched_off:
            fields.pop("switched_off")
        return content_key(fields)


def shipped_rubrics() -> tuple[str, ...]:
    """Names of the rubrics that come with callcoach."""
    folder = resources.files("callcoach.score") / "rubrics"
    return tuple(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")))


def load_rubric(name_or_path: str | Path) -> Rubric:
    """A shipped rubric by name, or one from a TOML file.

    Raises
    ------
    BadRubric
        If there is none, it is not TOML, or it breaks a rule; the message names the key and the
        nearest known one.
    """
    name = str(name_or_path)
    if name in shipped_rubrics():
        text = (resources.files("callcoach.score") / "rubrics" / f"{name}.toml").read_text("utf-8")
        return parse_rubric(text, where=f"rubric {name}")
    path = Path(name_or_path)
    if not path.is_file():
        raise BadRubric(
            f"a rubric must be one of {', '.join(shipped_rubrics())} or a TOML file; found neither at {name!r}"
            f"{_nearest(name, shipped_rubrics())}"
        )
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRubric(f"a rubric must be a readable UTF-8 file; {path.name} is not: {error}") from error
    return parse_rubric(text, where=path.name)


def parse_rubric(text: str, *, where: str) -> Rubric:
    """The rubric in a TOML text; `where` begins every message.

    Raises
    ------
    BadRubric
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRubric(f"{where}: must be TOML; {error}") from error
    _only_known(table, (*_FIELDS, "items"), where)
    for key in ("name", "items"):
        if key not in table:
            raise BadRubric(f"{where}: needs the key {key}; it has {', '.join(table) or 'none'}")
    if not isinstance(table["items"], list) or not table["items"]:
        raise BadRubric(f"{where}: needs at least one [[items]] table; found none")
    items = tuple(_item(item, f"{where}, item {n}") for n, item in enumerate(table["items"], 1))
    _check_items(items, where)
    name = _of_type(table, "name", str, where)
    try:
        call_type = CallType(table.get("call_type", "any"))
    except ValueError as error:
        raise BadRubric(
            f"{where}: call_type must be one of {', '.join(CallType)}; found {table['call_type']!r}"
        ) from error
    minimum_length_s = float(
        _of_type(table, "minimum_length_s", (int, float), where, DEFAULT_MINIMUM_LENGTH_S)
    )
    if minimum_length_s < 0:
        raise BadRubric(f"{where}: minimum_length_s must be 0 or more; found {minimum_length_s}")
    return Rubric(
        name=name,
        title=_of_type(table, "title", str, where, name),
        version=_of_type(table, "version", int, where, 1),
        call_type=call_type,
        items=items,
        minimum_length_s=minimum_length_s,
        overall=_of_type(table, "overall", bool, where, True),
        switched_off=_switched_off(table, items, where),
    )


_FIELDS = ("name", "title", "version", "call_type", "minimum_length_s", "overall", "switched_off")
_ITEM_FIELDS = (
    "behaviour",
    "variant",
    "weight",
    "direction",
    "target",
    "minimum_n",
    "source",
    "title",
    "first_meeting_only",
)


def _item(table: object, where: str) -> RubricItem:
    if not isinstance(table, dict):
        raise BadRubric(f"{where}: must be a table of keys; found {type(table).__name__}")
    _only_known(table, _ITEM_FIELDS, where)
    for key in ("behaviour", "weight", "direction", "target", "source"):
        if key not in table:
            raise BadRubric(f"{where}: needs the key {key}; it has {', '.join(table)}")
    behaviour = _of_type(table, "behaviour", str, where)
    if behaviour not in BEHAVIOURS:
        raise BadRubric(f"{where}: behaviour {behaviour!r} is not known{_nearest(behaviour, BEHAVIOURS)}")
    try:
        direction = Direction(table["direction"])
    except ValueError as error:
        raise BadRubric(
            f"{where}: direction must be one of {', '.join(Direction)}; found {table['direction']!r}"
        ) from error
    weight = float(_of_type(table, "weight", (int, float), where))
    if not 0 <= weight <= WEIGHT_TOTAL:
        raise BadRubric(f"{where}: weight must lie between 0 and 100; found {weight}")
    minimum_n = _of_type(table, "minimum_n", int, where, 1)
    if minimum_n < 1:
        raise BadRubric(f"{where}: minimum_n must be 1 or more; found {minimum_n}")
    return RubricItem(
        behaviour=behaviour,
        weight=weight,
        direction=direction,
        target=_target(table["target"], direction, where),
        source=_of_type(table, "source", str, where),
        variant=_of_type(table, "variant", str, where, None),
        minimum_n=minimum_n,
        title=_of_type(table, "title", str, where, None),
        first_meeting_only=_of_type(table, "first_meeting_only", bool, where, False),
    )


def _target(value: object, direction: Direction, where: str) -> float | tuple[float, float]:
    numbers = value if isinstance(value, list) else [value]
    if not all(isinstance(n, (int, float)) and not isinstance(n, bool) and n >= 0 for n in numbers):
        raise BadRubric(f"{where}: target must be a number of 0 or more, or two of them; found {value!r}")
    if direction is Direction.RANGE:
        if len(numbers) != 2 or not 0 < numbers[0] <= numbers[1]:
            raise BadRubric(
                f"{where}: a range needs target = [low, high] with 0 < low <= high; found {value!r}"
            )
        return float(numbers[0]), float(numbers[1])
    if isinstance(value, list):
        raise BadRubric(f"{where}: direction {direction} needs one number as target; found {value!r}")
    if direction is Direction.AT_LEAST and value == 0:
        raise BadRubric(f"{where}: at_least needs a target above 0; found 0")
    return float(value)


def _switched_off(table: Mapping[str, object], items: Iterable[RubricItem], where: str) -> tuple[str, ...]:
    names = _of_type(table, "switched_off", list, where, [])
    known = {item.behaviour for item in items}
    for name in names:
        if not isinstance(name, str) or name not in known:
            raise BadRubric(
                f"{where}: switched_off must name behaviours of the rubric; found {name!r}{_nearest(str(name), known)}"
            )
    return tuple(sorted(names))


def _check_items(items: tuple[RubricItem, ...], where: str) -> None:
    n_active = sum(item.weight > 0 for item in items)
    if n_active > MAX_ITEMS:
        raise BadRubric(f"{where}: at most {MAX_ITEMS} items may carry weight; found {n_active}")
    seen = [(item.behaviour, item.variant) for item in items]
    repeated = sorted({behaviour for behaviour, variant in seen if seen.count((behaviour, variant)) > 1})
    if repeated:
        raise BadRubric(f"{where}: a behaviour and variant may stand once; repeated: {', '.join(repeated)}")
    total = sum(item.weight for item in items)
    if abs(total - WEIGHT_TOTAL) > 1e-6:
        raise BadRubric(f"{where}: weights must sum to 100; they sum to {total:g}")


def _only_known(table: Mapping[str, object], known: Iterable[str], where: str) -> None:
    known = tuple(known)
    for key in table:
        if key not in known:
            raise BadRubric(f"{where}: unknown key {key!r}{_nearest(key, known)}")


def _nearest(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, tuple(known), n=1, cutoff=0.0)
    return f"; the nearest known one is {close[0]!r}" if close else ""


_REQUIRED = object()


def _of_type(table: Mapping, key: str, wanted: type | tuple[type, ...], where: str, default=_REQUIRED):
    value = table.get(key, default)
    if value is default and default is not _REQUIRED:
        return default
    # bool is an int in Python and never a number in a rubric.
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        names = " or ".join(t.__name__ for t in (wanted if isinstance(wanted, tuple) else (wanted,)))
        raise BadRubric(f"{where}: {key} must be {names}; found {value!r}")
    return value
