"""The columns of a call that follow from its metadata, and the one way to change any of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from callcoach.core import CallMetadata
from callcoach.store.schema import calls
from callcoach.store.values import metadata_values

_UPDATE = update(calls).where(calls.c.id == bindparam("of_call"))


def set_columns(connection: Connection, call_id: str, values: Mapping[str, object]) -> None:
    """Change columns of one call."""
    connection.execute(_UPDATE, {"of_call": call_id, **values})


def metadata_columns(metadata: CallMetadata, added_at: datetime) -> dict[str, object]:
    """What metadata says of a call; lists are ordered by its start, or by its arrival without one."""
    return {
        "metadata": metadata_values(metadata),
        "sort_at": metadata.started_at or added_at,
        "account": metadata.account,
        "source_id": metadata.source_id,
    }
