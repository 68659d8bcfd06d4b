"""Files that were found become jobs, one by one: what tells a changed file, and what comes first."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from callcoach.archive.discover import Found
from callcoach.archive.folder_csv import find_metadata
from callcoach.archive.metadata import SIDECAR_SUFFIX
from callcoach.archive.name_patterns import ArchiveRules, read_rules
from callcoach.archive.orders import RunOptions
from callcoach.archive.sources import RECORDING_SUFFIXES, TABLE_NAME, TRANSCRIPT_SUFFIXES, is_url
from callcoach.archive.voices import Meetings
from callcoach.core.errors import CallcoachError
from callcoach.core.keys import content_key
from callcoach.store import NewJob

_UNKNOWN = "?"
_LAST = 1 << 30  # minutes since 1970 are fewer for two thousand years


def jobs_of(
    found: Iterable[Found],
    *,
    options: RunOptions,
    since: datetime | None = None,
    newest_first: bool = False,
) -> Iterator[NewJob]:
    """A job for every file; a transcript beside a recording comes after all recordings.

    Parameters
    ----------
    since : datetime or None
        Leaves out calls that began before it; files that do not say when go by their own time.
    newest_first : bool
        The latest call first.
    """
    rules = read_rules(Path(options.rules)) if options.rules else None
    given, meetings = given_key(options, rules), Meetings(rules)
    for _stem, files in groupby(found, key=lambda one: one.uri.rsplit(".", 1)[0]):
        together = list(files)
        has_recording = any(_suffix(one) in RECORDING_SUFFIXES for one in together)
        for one in together:
            started_at, rep, source_name = None, None, None
            if since is not None or newest_first:
                started_at, rep, source_name = said_of(one, rules)
            at = started_at or one.modified
            if since is not None and at is not None and at < since:
                continue
            second = has_recording and _suffix(one) in TRANSCRIPT_SUFFIXES
            priority = _age_rank(at) if newest_first else 0
            yield NewJob(
                one.uri,
                fingerprint=fingerprint(one, given=given, meetings=meetings),
                size_bytes=one.size,
                priority=priority + second,
                call_started_at=started_at,
                rep=rep,
                source_name=source_name,
                facts={"said": dict(one.said)} if one.said else None,
            )


def fingerprint(found: Found, *, given: str, meetings: Meetings | None = None) -> str:
    """What changes when the file, what lies beside it, or what is said of it changes.

    Of a file that is one person's of a meeting also what changes when one of the others' does.

    Nothing is read: sizes and times are compared. A remote file whose listing says neither counts as
    the same as long as its address is.
    """
    modified = found.modified.isoformat() if found.modified else _UNKNOWN
    size = _UNKNOWN if found.size is None else str(found.size)
    beside = () if is_url(found.uri) else _beside(found.uri)
    meeting = None if meetings is None or is_url(found.uri) else meetings.of(Path(found.uri))
    if meeting is not None:
        beside += tuple(one for path in meeting.paths for one in (path.name, _time_of(str(path))))
    return content_key([size, modified, *beside, sorted(found.said.items()), given])


def given_key(options: RunOptions, rules: ArchiveRules | None) -> str:
    """Key of what a run says of all its files: sides, and archive.toml with its tables."""
    if rules is None:
        return content_key([options.rep_channel])
    tables = sorted({str(t) for rule in rules.sources for t in (rule.csv, rule.people) if t is not None})
    text = Path(options.rules).read_bytes()
    return content_key([options.rep_channel, hashlib.sha256(text).hexdigest(), [_time_of(t) for t in tables]])


def _beside(path: str) -> tuple[str, ...]:
    """Times of the sidecars and of the folder's table."""
    stem = os.path.splitext(path)[0]
    return (
        _time_of(path + SIDECAR_SUFFIX),
        _time_of(stem + SIDECAR_SUFFIX),
        _table_time(os.path.dirname(path)),
    )


@lru_cache(maxsize=1)
def _table_time(folder: str) -> str:
    return _time_of(os.path.join(folder, TABLE_NAME))


def _time_of(path: str) -> str:
    try:
        return str(os.stat(path).st_mtime_ns)
    except OSError:
        return ""


def said_of(found: Found, rules: ArchiveRules | None) -> tuple[datetime | None, str | None, str | None]:
    """When the call began, its rep and its source, as far as that is known without the sound."""
    if is_url(found.uri):
        return None, None, None
    try:
        known = find_metadata(Path(found.uri), rules=rules, said=found.said)
    except CallcoachError:
        return None, None, None  # the job says what is wrong
    return known.metadata.started_at, known.metadata.rep, known.source


def _suffix(found: Found) -> str:
    return os.path.splitext(found.name)[1].lower()


def _age_rank(at: datetime | None) -> int:
    """Smaller for later; what has no time comes last. Even, so that a second file fits between."""
    return _LAST if at is None else -2 * int(at.timestamp() // 60)
