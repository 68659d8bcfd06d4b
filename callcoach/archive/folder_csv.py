"""What is known of a file beside its sound: sidecar, then table, then name; conflicts are listed.

::

    FILE.callcoach.json ─┐  the first that says something counts,
    calls.csv ───────────┼─► and every other value that differs is a conflict
    name of the file ────┘

A table has a column ``file`` (path below its folder, or a bare name) and any of the keys; it is the
``csv`` of the source in ``archive.toml``, or ``callcoach.csv`` in the file's folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from callcoach.archive.folder_rows import row_of, texts_of
from callcoach.archive.metadata import metadata_from, read_metadata, sidecar_of
from callcoach.archive.name_patterns import KEYS, ArchiveRules, SourceRule
from callcoach.archive.people import People, read_people
from callcoach.archive.tables import Row
from callcoach.archive.zoom import zoom_name
from callcoach.core import CallMetadata, Role
from callcoach.core.errors import BadMetadata

DIRECTIONS = ("inbound", "outbound")
SCOPES = ("internal", "external", "unknown")
_SIDECAR_KEYS = KEYS[:11]
_EMAIL = re.compile(r"[^\s<>;,]+@([^\s<>;,]+)")
NO_METADATA = CallMetadata()
_LISTS = frozenset({"customer", "participants"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two origins that say different things; the first counts until somebody decides."""

    key: str
    kept: str
    kept_from: str
    other: str
    other_from: str

    def __str__(self) -> str:
        return f"{self.key}: {self.kept_from} says {self.kept!r}, {self.other_from} says {self.other!r}"


@dataclass(frozen=True, slots=True)
class Found:
    """Everything known of one file.

    Parameters
    ----------
    participant : str or None
        Whose voice the file holds, where it is one person's.
    raw_rep : str or None
        The rep as the other system writes it, before the people file.
    rep_known : bool
        Whether the people file knows exactly one person by it.
    doubts : tuple of str
        What could mean two things (an hour that the clocks repeat, a rep's id of two people).
    sides : mapping of name or address to Role
        Of participants whose e-mail domain or extension tells it.
    """

    metadata: CallMetadata = NO_METADATA
    source: str | None = None
    direction: str | None = None
    participants: tuple[str, ...] = ()
    participant: str | None = None
    scope: str = "unknown"
    disposition: str | None = None
    consent: str | None = None
    raw_rep: str | None = None
    rep_known: bool = False
    conflicts: tuple[Conflict, ...] = ()
    doubts: tuple[str, ...] = ()
    sides: Mapping[str, Role] = field(default_factory=dict)

    @property
    def understood(self) -> bool:
        """Whether anything but the file itself said something."""
        return self != Found(source=self.source)


def find_metadata(
    path: Path, *, rules: ArchiveRules | None = None, said: Mapping[str, str] | None = None
) -> Found:
    """Sidecar, table and name of one file, put together.

    Parameters
    ----------
    said : mapping of key to text, optional
        What a manifest says of the file; it comes after the sidecar.

    Raises
    ------
    BadMetadata
        For a value that cannot be right, naming the file (of a table also row and column), and for
        a time without a zone where none is configured.
    """
    rule = rules.of(path) if rules else None
    origins: list[tuple[str, dict[str, object]]] = []
    sidecar = sidecar_of(path)
    if sidecar is not None:
        origins.append((sidecar.name, _given(read_metadata(path))))
    if said:
        origins.append(("the manifest", _understood(said, rule, where="the manifest")))
    row = row_of(path, rule)
    if row is not None:
        origins.append((f"{row.table}, row {row.number}", _understood(texts_of(row), rule, row=row)))
    if rule is not None:
        named = rule.from_name(path)
        if named:
            origins.append(("the file's name", _understood(named, rule, where=path.name)))
        if rule.channels:
            channels = metadata_from({"channels": rule.channels}, where=f"source {rule.name}").channels
            origins.append((f"source {rule.name}", {"channels": channels}))
    if (spoken_by := zoom_name(path)) is not None and not any("participant" in v for _, v in origins):
        origins.append(("the file's name", {"participant": spoken_by}))
    return _together(origins, rule)


def sides_of(found: Found, rule: SourceRule | None) -> dict[str, Role]:
    """Side of every participant whose e-mail domain or extension tells it, by name and by address."""
    sides: dict[str, Role] = {}
    if rule is None or not (rule.own_domains or rule.own_extensions):
        return sides
    for participant in found.participants:
        own = _is_own(participant, rule)
        if own is None:
            continue
        for name in _names_of(participant):
            sides[name] = Role.REP if own else Role.CUSTOMER
    return sides


def check_names(paths: Iterable[Path], rules: ArchiveRules, *, n: int = 10) -> dict[str, dict[str, object]]:
    """Per source: files, share understood, and `n` files with what was understood or what was wrong."""
    report: dict[str, dict[str, object]] = {}
    for path in paths:
        rule = rules.of(path)
        entry = report.setdefault(
            rule.name if rule else "no source", {"files": 0, "understood": 0, "examples": []}
        )
        entry["files"] += 1
        try:
            found = find_metadata(path, rules=rules)
        except BadMetadata as error:
            said: object = error.message
        else:
            entry["understood"] += found.understood
            said = found
        if len(entry["examples"]) < n:
            entry["examples"].append((path.name, said))
    for entry in report.values():
        entry["share"] = entry["understood"] / entry["files"]
    return report


def _given(metadata: CallMetadata) -> dict[str, object]:
    values = {
        "started_at": metadata.started_at,
        "customer": metadata.customers,
        "call_type": metadata.call_type,
        "first_meeting": metadata.first_meeting,
        "channels": dict(metadata.channels),
        **{k: getattr(metadata, k) for k in ("rep", "account", "stage", "outcome", "language", "source_id")},
    }
    return {key: value for key, value in values.items() if value not in (None, (), {})}


def _understood(
    texts: Mapping[str, str], rule: SourceRule | None, *, row: Row | None = None, where: str = ""
) -> dict[str, object]:
    """Texts of a row or name as values."""

    def wrong(key: str, needed: str) -> BadMetadata:
        if row is not None:
            return row.wrong(key, needed)
        return BadMetadata(f"{where}: {key} in the name needs {needed}; found {texts[key][:40]!r}")

    values: dict[str, object] = {}
    for key, text in texts.items():
        text = rule.meaning(key, text) if rule else text
        if key == "started_at":
            values |= _time(text, rule, wrong)
        elif key in _LISTS:
            values[key] = tuple(part.strip() for part in text.split(";") if part.strip())
        elif key == "direction":
            values[key] = _one_of(key, text, DIRECTIONS, wrong)
        elif key == "scope":
            values[key] = _one_of(key, text, SCOPES, wrong)
        elif key == "first_meeting":
            values[key] = _one_of(key, text, ("true", "false", "yes", "no", "1", "0"), wrong) in (
                "true",
                "yes",
                "1",
            )
        elif key in ("call_type", "channels"):
            table = {
                key: dict(p.split("=", 1) for p in text.split(";") if "=" in p) if key == "channels" else text
            }
            try:
                read = metadata_from(table, where="")
            except BadMetadata as error:
                raise wrong(key, error.message.split(": ", 1)[-1].split(";")[0]) from error
            values[key] = getattr(read, key)
        else:
            values[key] = text
    return values


def _time(text: str, rule: SourceRule | None, wrong) -> dict[str, object]:
    try:
        if rule is not None and rule.time_format:
            time = datetime.strptime(text, rule.time_format)
        else:
            time = datetime.fromisoformat(text)
    except ValueError as error:
        shape = rule.time_format if rule is not None and rule.time_format else "2026-09-14T10:00:00"
        raise wrong("started_at", f"a time such as {shape}") from error
    if time.tzinfo is not None:
        return {"started_at": time}
    if rule is None or rule.time_zone is None:
        raise wrong("started_at", "a time zone, at its end or as time_zone of its source in archive.toml")
    placed = time.replace(tzinfo=rule.time_zone)
    other = placed.replace(fold=1)
    if placed.utcoffset() == other.utcoffset():
        return {"started_at": placed}
    # Clocks went back (the hour came twice) or forward (there was no such hour).
    came_twice = placed.utcoffset() > other.utcoffset()
    if not came_twice:
        raise wrong("started_at", f"a time that the clocks of {rule.time_zone.key} showed that day")
    return {
        "started_at": placed,
        "doubt": f"started_at: the clocks of {rule.time_zone.key} showed {time:%H:%M} twice that day; the first is taken",
    }


def _one_of(key: str, text: str, known: tuple[str, ...], wrong) -> str:
    if text.casefold() not in known:
        raise wrong(key, f"one of {', '.join(known)}")
    return text.casefold()


def _together(origins: list[tuple[str, dict[str, object]]], rule: SourceRule | None) -> Found:
    kept: dict[str, tuple[object, str]] = {}
    conflicts, doubts = [], []
    for origin, values in origins:
        for key, value in values.items():
            if key == "doubt":
                doubts.append(str(value))
            elif key not in kept:
                kept[key] = (value, origin)
            elif not _same(key, kept[key][0], value):
                conflicts.append(Conflict(key, _shown(kept[key][0]), kept[key][1], _shown(value), origin))
    values = {key: value for key, (value, _) in kept.items()}
    started_at = values.get("started_at")
    raw_rep = values.get("rep")
    rep, known, doubt = _person(raw_rep, rule, started_at)
    participants = tuple(values.get("participants", ()))
    metadata = CallMetadata(
        started_at=started_at,
        rep=rep,
        customers=tuple(values.get("customer", ())),
        channels=values.get("channels", {}),
        **{k: values.get(k) for k in _SIDECAR_KEYS if k not in ("started_at", "rep", "customer", "channels")},
    )
    found = Found(
        metadata=metadata,
        source=rule.name if rule else None,
        direction=values.get("direction"),
        participants=participants,
        participant=values.get("participant"),
        disposition=values.get("disposition"),
        consent=values.get("consent"),
        raw_rep=raw_rep,
        rep_known=known,
        conflicts=tuple(conflicts),
        doubts=(*doubts, *((doubt,) if doubt else ())),
    )
    return replace(
        found, scope=values.get("scope") or _scope(participants, rule), sides=sides_of(found, rule)
    )


def _same(key: str, a: object, b: object) -> bool:
    if key == "started_at":
        return abs(a - b) < timedelta(minutes=1)
    if isinstance(a, str) and isinstance(b, str):
        return a.casefold() == b.casefold()
    if key in _LISTS:
        return {n.casefold() for n in a} == {n.casefold() for n in b}
    return a == b


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, dict):
        return ", ".join(f"{k} {v}" for k, v in sorted(value.items()))
    return str(value)


def _person(raw: str | None, rule: SourceRule | None, started_at: datetime | None):
    """Name of the one person a raw rep means; else the raw value, and a doubt where it means several."""
    if raw is None or rule is None or rule.people is None:
        return raw, False, None
    people = _people(rule.people, rule.people.stat().st_mtime_ns if rule.people.exists() else 0)
    found = people.find(raw, day=started_at.date() if started_at else None)
    if len(found) == 1:
        return found[0].name, True, None
    if found:
        return raw, False, f"rep: {raw!r} means {len(found)} people in {rule.people.name}"
    return raw, False, None


def _scope(participants: tuple[str, ...], rule: SourceRule | None) -> str:
    if rule is None:
        return "unknown"
    own = [_is_own(p, rule) for p in participants]
    if False in own:
        return "external"
    return "internal" if len(own) > 1 and all(own) else "unknown"


def _is_own(participant: str, rule: SourceRule) -> bool | None:
    """Whether somebody is of the own firm; None where neither domain nor extension tells."""
    email = _EMAIL.search(participant)
    if email and rule.own_domains:
        domain = email[1].casefold().rstrip(">")
        return any(domain == own or domain.endswith("." + own) for own in rule.own_domains)
    if rule.own_extensions and re.fullmatch(r"\+?[\d\s()-]+", participant.strip()):
        return rule.own_extensions.fullmatch(participant.strip()) is not None
    return None


def _names_of(participant: str) -> tuple[str, ...]:
    """``Ana Okoro <ana@firm.example>`` as both the name and the address."""
    email = _EMAIL.search(participant)
    if email is None:
        return (participant,)
    name = participant[: email.start()].strip(" <\"'(")
    return tuple(n for n in (name, email[0]) if n)


@lru_cache(maxsize=8)
def _people(path: Path, changed: int) -> People:
    if not path.exists():
        raise BadMetadata(f"the people file {path.name} must be there; it is not")
    return read_people(path)
