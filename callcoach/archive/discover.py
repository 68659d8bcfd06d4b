"""Finding an archive's files one by one, wherever they lie; only one folder is in memory at a time.

::

    /mnt/calls          every recording and transcript below a folder
    /mnt/calls/**/*.wav a glob, ** for any folders
    manifest.csv        a table with a column ``file``: paths below it, or URLs
    s3://bucket/calls   the same three on anything that fsspec reads (gs://, az://, sftp:// ...)

Hidden files, sidecars and suffixes of neither a recording nor a transcript are left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from callcoach.archive.fetch import MAX_BYTES, fetched, filesystem, local_path, raise_typed, scheme_of
from callcoach.archive.metadata import SIDECAR_SUFFIX
from callcoach.archive.name_patterns import KEYS
from callcoach.archive.sources import RECORDING_SUFFIXES, TABLE_NAME, TRANSCRIPT_SUFFIXES, is_url
from callcoach.archive.tables import read_table
from callcoach.core.errors import CallcoachError, Unreachable, UnreadableInput

_SUFFIXES = RECORDING_SUFFIXES | TRANSCRIPT_SUFFIXES
_MAGIC = re.compile(r"[*?\[]")
_MODIFIED_KEYS = ("LastModified", "last_modified", "updated", "mtime", "modified", "created")


@dataclass(frozen=True, slots=True)
class Found:
    """One file of an archive.

    Parameters
    ----------
    uri : str
        A path, or a URL that `fetch` reads: the identity of the source among the jobs.
    name : str
        Its last part.
    size : int or None
        Bytes, where the place says it.
    modified : datetime or None
        Of the file, never of the call.
    said : mapping
        What a manifest says of it, by the keys of the metadata.
    error : CallcoachError or None
        Why there is nothing to read.
    """

    uri: str
    name: str
    size: int | None = None
    modified: datetime | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    error: CallcoachError | None = None

    def fetch(
        self, *, folder: Path | None = None, max_bytes: int = MAX_BYTES
    ) -> AbstractContextManager[Path]:
        """A local path of the file; see `fetched`."""
        return fetched(self.uri, folder=folder, max_bytes=max_bytes)


def discover(source: str, *, newest_first: bool = False, since: datetime | None = None) -> Iterator[Found]:
    """Every file of a source, by path, or the latest changed first.

    Parameters
    ----------
    newest_first : bool
        Needs every name and time in memory at once: about 300 bytes per file.
    since : datetime or None
        With a zone; leaves out files that were last changed before it.

    Yields
    ------
    Found
        Files and folders that cannot be looked at come with `error`; the rest goes on.

    Raises
    ------
    UnreadableInput
        If nothing is at the source.
    Unreachable
        If a remote source does not answer.
    """
    found = _find(source)
    if since is not None:
        found = (one for one in found if one.modified is None or one.modified >= since)
    if newest_first:
        oldest = datetime.min.replace(tzinfo=UTC)
        yield from sorted(found, key=lambda one: (one.modified or oldest, one.uri), reverse=True)
    else:
        yield from found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where files lie: how to list a folder and look at a file there."""

    scheme: str
    list: Callable[[str], list[_Entry]]
    look: Callable[[str], _Entry | None]
    uri: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    name: str
    is_folder: bool
    size: int | None
    modified: datetime | None
    identity: object = None


def _find(source: str) -> Iterator[Found]:
    if is_url(source):
        fs, root = filesystem(source)
        place = _remote(fs, scheme_of(source))
        glob = _MAGIC.search(root)
    else:
        place, root = _local(), str(local_path(source))
        glob = None if os.path.lexists(root) else _MAGIC.search(root)
    if glob:
        from fsspec.utils import glob_translate

        fits = re.compile(glob_translate(root)).match
        top = root[: glob.start()].rpartition("/")[0] or ("/" if root.startswith("/") else ".")
        prefix = "./" if top == "." else ""
        yield from (_found(e, place) for e in _below(top, place) if _is(e, fits, prefix))
        return
    entry = place.look(root)
    if entry is None:
        raise UnreadableInput(
            f"a source must be a folder, a glob, a manifest or a file; nothing is at {_last(root)!r}: check "
            "the spelling and that its disk is mounted"
        )
    if entry.is_folder:
        yield from (_found(e, place) for e in _below(root, place) if isinstance(e, Found) or _wanted(e))
    elif entry.name.lower().endswith(".csv"):
        yield from _manifest(source, entry, place)
    else:
        yield _found(entry, place)


def _is(entry: _Entry | Found, fits: Callable[[str], object], prefix: str) -> bool:
    """A glob takes whatever suffix it names, but for sidecars and tables."""
    if isinstance(entry, Found):
        return True
    named = not entry.name.endswith(SIDECAR_SUFFIX) and entry.name != TABLE_NAME
    return named and fits(entry.path.removeprefix(prefix)) is not None


def _wanted(entry: _Entry) -> bool:
    suffix = os.path.splitext(entry.name)[1].lower()
    return suffix in _SUFFIXES and not entry.name.endswith(SIDECAR_SUFFIX) and entry.name != TABLE_NAME


def _found(entry: _Entry | Found, place: _Place) -> Found:
    if isinstance(entry, Found):
        return entry
    return Found(place.uri(entry.path), entry.name, entry.size, entry.modified)


def _below(folder: str, place: _Place, above: tuple[object, ...] = ()) -> Iterator[_Entry | Found]:
    """Files at any depth in the order of their names; a folder that cannot be listed is a `Found`."""
    try:
        entries = sorted(place.list(folder), key=lambda entry: entry.name)
    except UnreadableInput as error:
        if not above:
            raise
        yield Found(place.uri(folder), _last(folder), error=error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.is_folder:
            yield entry
        elif entry.identity is None or entry.identity not in above:  # links may lead in circles
            yield from _below(entry.path, place, (*above, entry.identity))


def _local() -> _Place:
    def entry(path: str, name: str, stat: os.stat_result, is_folder: bool) -> _Entry:
        modified = datetime.fromtimestamp(stat.st_mtime, UTC)
        return _Entry(path, name, is_folder, stat.st_size, modified, (stat.st_dev, stat.st_ino))

    def list_(folder: str) -> list[_Entry]:
        entries = []
        try:
            with os.scandir(folder) as found:
                for one in found:
                    try:
                        entries.append(entry(one.path, one.name, one.stat(), one.is_dir()))
                    except FileNotFoundError:  # went away, or a link that leads nowhere
                        continue
        except OSError as error:
            _raise_local(error, folder)
        return entries

    def look(path: str) -> _Entry | None:
        try:
            return entry(path, _last(path), os.stat(path), os.path.isdir(path))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            _raise_local(error, path)

    return _Place("file", list_, look, lambda path: path)


def _raise_local(error: OSError, path: str) -> None:
    if isinstance(error, (PermissionError, FileNotFoundError, NotADirectoryError)):
        raise UnreadableInput(
            f"a folder of the archive must be allowed to be read; {_last(path)!r} is not "
            f"({error.strerror}): check its permissions"
        ) from error
    raise Unreachable(
        f"the disk of the archive must answer; {_last(path)!r} did not ({error.strerror}): check the mount "
        "and run again"
    ) from error


def _remote(fs, scheme: str) -> _Place:
    def entry(info: Mapping) -> _Entry:
        path = info["name"].rstrip("/")
        return _Entry(path, _last(path), info["type"] == "directory", info.get("size"), _modified(info))

    def list_(folder: str) -> list[_Entry]:
        try:
            listed = [entry(info) for info in fs.ls(folder, detail=True)]
            fs.invalidate_cache(folder)  # folders seen are not kept: an archive has many
        except Exception as error:
            raise_typed(error, scheme=scheme)
        return [one for one in listed if one.path.strip("/") != folder.strip("/")]

    def look(path: str) -> _Entry | None:
        try:
            return entry(fs.info(path))
        except FileNotFoundError:
            return None
        except Exception as error:
            raise_typed(error, scheme=scheme)

    return _Place(scheme, list_, look, fs.unstrip_protocol)


def _modified(info: Mapping) -> datetime | None:
    for key in _MODIFIED_KEYS:
        value = info.get(key)
        if isinstance(value, (int, float)):
            value = datetime.fromtimestamp(value, UTC)
        elif isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                continue
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
    return None


def _manifest(source: str, entry: _Entry, place: _Place) -> Iterator[Found]:
    """Files of a table with a column ``file``; a CSV without one is a transcript."""
    with fetched(source) as path:
        with path.open("rb") as file:
            heading = file.readline(1 << 16).decode("utf-8-sig", "replace")
        if "file" not in {cell.strip(' "\r\n').casefold() for cell in re.split("[,;\t]", heading)}:
            yield _found(entry, place)
            return
        for row in read_table(path, columns=(*KEYS, "file"), rename={"file": "file"}):
            name = row.get("file")
            if name is None:
                error = row.wrong("file", "a path or URL")
                yield Found(f"{source}#{row.number}", entry.name, error=error)
                continue
            said = {key: text for key in KEYS if (text := row.get(key)) is not None}
            yield _listed(name, source, said, place)


def _listed(name: str, manifest: str, said: Mapping[str, str], place: _Place) -> Found:
    """A file that a manifest names; one on this machine is looked at, a remote one when it is fetched."""
    if is_url(name):
        return Found(name, _last(name), said=said)
    if is_url(manifest):
        return Found(f"{manifest.rpartition('/')[0]}/{name}", _last(name), said=said)
    path = name if os.path.isabs(name) else os.path.join(os.path.dirname(local_path(manifest)), name)
    try:
        entry = place.look(path)
    except CallcoachError as error:
        return Found(path, _last(path), said=said, error=error)
    if entry is None:
        error = UnreadableInput(
            f"a manifest must name files that are there; nothing is at {_last(path)!r}: check its path below "
            "the manifest"
        )
        return Found(path, _last(path), said=said, error=error)
    return Found(path, entry.name, entry.size, entry.modified, said)


def _last(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[-1]
