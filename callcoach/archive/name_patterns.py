"""``archive.toml``: where an archive's calls come from, and what their names and tables mean.

One block per source; the first whose ``files`` matches a path counts::

    [[source]]
    name = "phone"
    files = "phone/**"                    # below the folder of archive.toml
    time_zone = "Europe/London"           # of times without a zone; without it they are errors
    time_format = "%Y%m%d-%H%M%S"         # of times that are not ISO
    pattern = '(?P<started_at>\\d{8}-\\d{6})_(?P<rep>[^_]+)_(?P<direction>in|out)_'
    csv = "phone/calls.csv"               # see folder_csv
    own_domains = ["firm.example"]
    own_extensions = '2\\d{3}'
    people = "people.csv"
    [source.channels]
    left = "rep"
    [source.columns]
    started_at = "Call start"             # what the table calls it
    [source.values.direction]
    in = "inbound"

The pattern is looked for in the path below the archive, ``/`` between folders, without the suffix.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from callcoach.core.errors import BadSettings

# What names and tables can say of a file; the first eleven are those of a sidecar.
KEYS = (
    "started_at", "rep", "customer", "account", "call_type", "stage", "outcome", "language", "source_id",
    "first_meeting", "channels", "direction", "participants", "participant", "scope", "disposition", "consent",
)  # fmt: skip
_BLOCK = (
    "name", "files", "time_zone", "time_format", "pattern", "csv", "own_domains", "own_extensions", "people",
    "channels", "columns", "values",
)  # fmt: skip
_NO_GROUPS = frozenset({"channels", "first_meeting"})


@dataclass(frozen=True, slots=True)
class SourceRule:
    """One source of an archive; every path is absolute."""

    name: str
    folder: Path
    files: str = "**"
    time_zone: ZoneInfo | None = None
    time_format: str | None = None
    pattern: re.Pattern[str] | None = None
    csv: Path | None = None
    own_domains: tuple[str, ...] = ()
    own_extensions: re.Pattern[str] | None = None
    people: Path | None = None
    channels: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def matches(self, path: Path) -> bool:
        inside = _inside(path, self.folder)
        return inside is not None and _fits(PurePosixPath(inside), self.files)

    def from_name(self, path: Path) -> dict[str, str]:
        """What the path says, as text; empty where the pattern is not found in it."""
        inside = _inside(path, self.folder)
        if self.pattern is None or inside is None:
            return {}
        found = self.pattern.search(str(PurePosixPath(inside).with_suffix("")))
        return {k: v.strip() for k, v in found.groupdict().items() if v and v.strip()} if found else {}

    def meaning(self, key: str, text: str) -> str:
        """A value in callcoach's words: as ``values`` maps it, else as it is."""
        return self.values.get(key, {}).get(text, text)


@dataclass(frozen=True, slots=True)
class ArchiveRules:
    """The sources of one ``archive.toml``, in its order."""

    sources: tuple[SourceRule, ...] = ()

    def of(self, path: Path) -> SourceRule | None:
        return next((rule for rule in self.sources if rule.matches(path)), None)


def read_rules(path: Path) -> ArchiveRules:
    """The rules of an ``archive.toml``.

    Raises
    ------
    BadSettings
        Naming the file, the source and the key.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadSettings(
            f"{path.name} must be a readable TOML file; {type(error).__name__} when reading it"
        ) from error
    _known(table, ("source",), path.name)
    blocks = table.get("source", [])
    if not isinstance(blocks, list) or not blocks:
        raise BadSettings(f"{path.name} needs one [[source]] block per source; it has none")
    folder = path.resolve().parent
    return ArchiveRules(
        tuple(_rule(block, folder, f"{path.name}, source {i}") for i, block in enumerate(blocks, 1))
    )


def _rule(block: Mapping, folder: Path, where: str) -> SourceRule:
    _known(block, _BLOCK, where)
    name = _text(block, "name", where)
    if name is None:
        raise BadSettings(f"{where}: needs a name")
    where = f"{where} ({name})"
    pattern = _pattern(block, "pattern", where)
    if pattern is not None:
        for group in pattern.groupindex:
            if group not in KEYS or group in _NO_GROUPS:
                raise BadSettings(
                    f"{where}: pattern has the group {group!r}; the nearest known one is {_near(group)!r}"
                )
        if not pattern.groupindex:
            raise BadSettings(f"{where}: pattern needs named groups such as (?P<rep>[^_]+); it has none")
    zone = _text(block, "time_zone", where)
    columns, values = block.get("columns", {}), block.get("values", {})
    _known(columns, (*KEYS, "file"), f"{where}, columns")
    _known(values, KEYS, f"{where}, values")
    channels = block.get("channels", {})
    _known(channels, ("left", "right"), f"{where}, channels")
    domains = block.get("own_domains", [])
    if not isinstance(domains, list) or not all(isinstance(d, str) for d in domains):
        raise BadSettings(f'{where}: own_domains must be a list such as ["firm.example"]')
    csv, people = _text(block, "csv", where), _text(block, "people", where)
    return SourceRule(
        name=name,
        folder=folder,
        files=_text(block, "files", where) or "**",
        time_zone=_zone(zone, where) if zone else None,
        time_format=_text(block, "time_format", where),
        pattern=pattern,
        csv=folder / csv if csv else None,
        own_domains=tuple(d.casefold().lstrip("@") for d in domains),
        own_extensions=_pattern(block, "own_extensions", where),
        people=folder / people if people else None,
        channels=dict(channels),
        columns=dict(columns),
        values={key: dict(mapping) for key, mapping in values.items()},
    )


def _inside(path: Path, folder: Path) -> str | None:
    try:
        return path.resolve().relative_to(folder).as_posix()
    except ValueError:
        return None


def _fits(path: PurePosixPath, pattern: str) -> bool:
    """Whether a path matches a glob in which ``**`` stands for any folders."""
    parts = [
        "(?:.*/)?" if part == "**" else re.escape(part).replace(r"\*", "[^/]*").replace(r"\?", "[^/]") + "/"
        for part in pattern.split("/")
    ]
    text = "".join(parts)
    text = text + "[^/]*" if pattern.split("/")[-1] == "**" else text.removesuffix("/")
    return re.fullmatch(text, str(path)) is not None


def _known(table: object, known: tuple[str, ...], where: str) -> None:
    if not isinstance(table, Mapping):
        raise BadSettings(f"{where}: must be a table; found {type(table).__name__}")
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
            raise BadSettings(f"{where}: unknown key {key!r}; the nearest known one is {near!r}")


def _near(name: str) -> str:
    return difflib.get_close_matches(name, [k for k in KEYS if k not in _NO_GROUPS], n=1, cutoff=0.0)[0]


def _text(block: Mapping, key: str, where: str) -> str | None:
    value = block.get(key)
    if value is not None and not isinstance(value, str):
        raise BadSettings(f"{where}: {key} must be text; found {type(value).__name__}")
    return value or None


def _pattern(block: Mapping, key: str, where: str) -> re.Pattern[str] | None:
    text = _text(block, key, where)
    if text is None:
        return None
    try:
        return re.compile(text)
    except re.error as error:
        raise BadSettings(f"{where}: {key} must be a regular expression; {error}") from error


def _zone(name: str, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadSettings(
            f"{where}: time_zone must be a name such as Europe/London; found {name!r}"
        ) from error
