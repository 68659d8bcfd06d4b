"""Where a call came from: every hash that leads to it, and its recordings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from callcoach.core import Call, Media, Transcript
from callcoach.store.columns import clean
from callcoach.store.schema import media, sources

_KNOWN = select(sources.c.sha256, sources.c.uri).where(
    sources.c.sha256.in_(bindparam("of_sha256", expanding=True))
)
_INSERT = insert(sources)


def put_sources(
    connection: Connection, call: Call, transcript: Transcript, source_uri: str, now: datetime
) -> None:
    """Every hash that leads to the call, and where its bytes were seen last."""
    found = {one.sha256: (one.uri, "media") for one in call.media}
    meeting = "meeting" if transcript.provenance.kind == "audio" else "transcript"
    kind = "media" if transcript.source_sha256 in found else meeting
    found[transcript.source_sha256] = (source_uri, kind)
    known = {row.sha256: row for row in connection.execute(_KNOWN, {"of_sha256": sorted(found)})}
    for sha256, (uri, kind) in found.items():
        if sha256 not in known:
            row = {"sha256": sha256, "call_id": call.id, "uri": uri, "kind": kind, "added_at": now}
            connection.execute(_INSERT, row)
        elif known[sha256].uri != clean(uri):
            connection.execute(update(sources).where(sources.c.sha256 == sha256).values(uri=uri))
    for one in call.media:
        _put_media(connection, call.id, one, now)


def _put_media(connection: Connection, call_id: str, one: Media, now: datetime) -> None:
    values = {
        "uri": clean(one.uri),
        "duration_s": one.duration_s,
        "n_channels": one.n_channels,
        "sample_rate_hz": one.sample_rate_hz,
        "format": clean(one.format),
        "channel": one.channel,
        "starts_s": one.starts_s or None,
    }
    where = media.c.sha256 == one.sha256
    known = connection.execute(select(*(media.c[name] for name in values)).where(where)).first()
    if known is None:
        row = {"sha256": one.sha256, "call_id": call_id, "added_at": now, **values}
        connection.execute(insert(media), row)
    elif dict(known._mapping) != values:
        connection.execute(update(media).where(where).values(**values))
