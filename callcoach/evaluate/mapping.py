"""What the columns and codes of somebody else's labelled data mean in ours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from callcoach.core.errors import BadSettings
from callcoach.measure.labels import LABELS_OF_SIDE

_FOLDER = Path(__file__).resolve().parent / "mappings"


@dataclass(frozen=True, slots=True)
class LabelRule:
    """A label of ours holds where `column` is one of `positive`, and not where it is of `negative`.

    Without `negative` every other value counts against it. Rows of other sides are not judged.
    """

    label: str
    column: str
    positive: tuple[object, ...]
    negative: tuple[object, ...] | None
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping_:
    """Columns, speakers and label rules of one data set. Dots in a column name lead into objects."""

    conversation: str
    speaker: str
    text: str
    speakers: Mapping[str, str]
    rules: tuple[LabelRule, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(rule.label for rule in self.rules)

    def gold(self, record: Mapping[str, object], make) -> object:
        """The gold row of one record, made by `make`."""
        side = self.speakers[record[self.speaker]]
        has, judged = set(), set()
        for rule in self.rules:
            if side not in rule.sides:
                continue
            value = _at(record, rule.column)
            if value in rule.positive:
                has.add(rule.label)
                judged.add(rule.label)
            elif rule.negative is None or value in rule.negative:
                judged.add(rule.label)
        return make(
            str(record[self.conversation]), side, record[self.text], frozenset(has), frozenset(judged)
        )


def _at(record: Mapping[str, object], column: str) -> object:
    value: object = record
    for part in column.split("."):
        value = value[part]
    return value


def load_mapping(name_or_path: str | Path) -> Mapping_:
    """A mapping that comes with callcoach, by name, or a TOML file.

    Raises
    ------
    BadSettings
        If there is none of that name, or it lacks something.
    """
    path = _FOLDER / f"{name_or_path}.toml"
    if not path.exists():
        path = Path(name_or_path)
    known = ", ".join(sorted(each.stem for each in _FOLDER.glob("*.toml")))
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = tuple(
            LabelRule(
                rule["label"],
                rule["column"],
                tuple(rule["positive"]),
                tuple(rule["negative"]) if "negative" in rule else None,
                tuple(rule.get("sides", LABELS_OF_SIDE)),
            )
            for rule in table["label"]
        )
        columns = table["columns"]
        return Mapping_(
            columns["conversation"], columns["speaker"], columns["text"], table["speakers"], rules
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadSettings(
            f"a mapping must be one of {known} or a TOML file with [columns], [speakers] and [[label]], "
            f"and {path.name!r} is not; see callcoach/evaluate/mappings for how one is written"
        ) from error
