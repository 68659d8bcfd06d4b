"""What lies beside a recording: ``FILE.callcoach.json``, the sidecar.

Keys: ``started_at`` (with a zone), ``rep``, ``customer`` (a name or a list), ``account``,
``call_type``, ``stage``, ``outcome``, ``language``, ``source_id``, ``first_meeting`` and
``channels`` (``{"left": "rep", "right": "customer"}``). Unknown keys are errors, so that a
misspelt one is not lost silently.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from callcoach.core import CallMetadata, CallType, Role
from callcoach.core.errors import BadMetadata

SIDECAR_SUFFIX = ".callcoach.json"
MAX_SIDECAR_BYTES = 1 << 20
_TEXT_KEYS = ("rep", "account", "stage", "outcome", "language", "source_id")
_KEYS = (*_TEXT_KEYS, "started_at", "customer", "call_type", "first_meeting", "channels")
_SIDES = ("left", "right")


def is_sidecar(path: Path) -> bool:
    return path.name.endswith(SIDECAR_SUFFIX)


def sidecar_of(path: Path) -> Path | None:
    """The sidecar of a recording: beside it, named after the file or after its base name."""
    for name in (path.name, path.stem):
        candidate = path.with_name(name + SIDECAR_SUFFIX)
        if candidate.is_file():
            return candidate
    return None


def read_metadata(path: Path) -> CallMetadata:
    """The metadata that lies beside a recording or transcript; empty where nothing does.

    Raises
    ------
    BadMetadata
        If the sidecar is not a JSON object of known keys with values that can be right.
    """
    sidecar = sidecar_of(path)
    if sidecar is None:
        return CallMetadata()
    try:
        if sidecar.stat().st_size > MAX_SIDECAR_BYTES:
            raise BadMetadata(f"{sidecar.name} must be under 1 MB; it is larger")
        table = json.loads(sidecar.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, BadMetadata):
            raise
        raise BadMetadata(
            f"{sidecar.name} must be a readable JSON object; {type(error).__name__} when reading it"
        ) from error
    return metadata_from(table, where=sidecar.name)


def metadata_from(table: object, *, where: str) -> CallMetadata:
    """Metadata from the keys of a sidecar; `where` begins every message."""
    if not isinstance(table, dict):
        raise BadMetadata(f"{where}: must hold a JSON object; found {type(table).__name__}")
    for key in table:
        if key not in _KEYS:
            close = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.0)[0]
            raise BadMetadata(f"{where}: unknown key {key!r}; the nearest known one is {close!r}")
    texts = {key: _text(table, key, where) for key in _TEXT_KEYS}
    first_meeting = table.get("first_meeting")
    if not isinstance(first_meeting, (bool, type(None))):
        raise BadMetadata(f"{where}: first_meeting must be true, false or absent")
    return CallMetadata(
        started_at=_time(table, where),
        customers=_customers(table, where),
        call_type=_call_type(table, where),
        channels=_channels(table, where),
        first_meeting=first_meeting,
        **texts,
    )


def _text(table: Mapping, key: str, where: str) -> str | None:
    value = table.get(key)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise BadMetadata(f"{where}: {key} must be text; found {type(value).__name__}")
    return value.strip()


def _time(table: Mapping, where: str) -> datetime | None:
    text = _text(table, "started_at", where)
    if text is None:
        return None
    try:
        started_at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadMetadata(
            f"{where}: started_at must be a time such as 2026-09-14T10:00:00+02:00; found {text!r}"
        ) from error
    if started_at.tzinfo is None:
        raise BadMetadata(f"{where}: started_at needs a time zone, such as +02:00 at its end; found {text!r}")
    return started_at


def _customers(table: Mapping, where: str) -> tuple[str, ...]:
    value = table.get("customer")
    names = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(name, str) for name in names):
        raise BadMetadata(f"{where}: customer must be a name or a list of names")
    return tuple(name.strip() for name in names if name.strip())


def _call_type(table: Mapping, where: str) -> CallType | None:
    text = _text(table, "call_type", where)
    if text is None:
        return None
    try:
        return CallType(text.casefold())
    except ValueError as error:
        raise BadMetadata(
            f"{where}: call_type must be one of {', '.join(CallType)}; found {text!r}"
        ) from error


def _channels(table: Mapping, where: str) -> dict[str, Role]:
    value = table.get("channels") or {}
    if not isinstance(value, dict):
        raise BadMetadata(f"{where}: channels must map left and right to rep or customer")
    roles = {}
    for side, role in value.items():
        if side not in _SIDES or not isinstance(role, str) or role.upper() not in Role.__members__:
            raise BadMetadata(
                f"{where}: channels must map left and right to rep, customer or other; found {side!r}: {role!r}"
            )
        roles[side] = Role[role.upper()]
    both = list(roles.values())
    if len(both) == 2 and both[0] == both[1] and both[0] in (Role.REP, Role.CUSTOMER):
        raise BadMetadata(f"{where}: channels must name two different sides; both are {both[0].lower()}")
    # One side of two channels says the other, too.
    opposite = {Role.REP: Role.CUSTOMER, Role.CUSTOMER: Role.REP}
    if len(roles) == 1:
        side, role = next(iter(roles.items()))
        if role in opposite:
            roles[_SIDES[1 - _SIDES.index(side)]] = opposite[role]
    return roles
