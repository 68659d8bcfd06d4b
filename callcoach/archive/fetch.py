"""Bytes of a remote source on this machine, for as long as they are needed; nothing is written back.

A file comes into a folder of its own with the sidecars and the transcript or recording of the same base
name that lie beside it, because together they are one call. The folder has a limit and is gone after.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from callcoach.archive.metadata import SIDECAR_SUFFIX
from callcoach.archive.sources import RECORDING_SUFFIXES, TRANSCRIPT_SUFFIXES, is_url
from callcoach.core.errors import CallcoachError, MissingExtra, OutOfSpace, Unreachable, UnreadableInput

CHUNK_BYTES = 1 << 20
MAX_BYTES = 16 << 30  # of one source with what lies beside it
KEPT_FREE_BYTES = 256 << 20  # left for the store and everybody else on the disk
# The exact line to install what reads a kind of URL.
INSTALL = {
    "s3": "pip install 'callcoach[s3]'",
    "s3a": "pip install 'callcoach[s3]'",
    "gs": "pip install gcsfs",
    "gcs": "pip install gcsfs",
    "az": "pip install adlfs",
    "abfs": "pip install adlfs",
    "abfss": "pip install adlfs",
}


@contextmanager
def fetched(uri: str, *, folder: Path | None = None, max_bytes: int = MAX_BYTES) -> Iterator[Path]:
    """A local path of a source; of a URL for as long as the block lasts, and a path itself for ever.

    Parameters
    ----------
    folder : Path or None
        Where temporary folders are made; None for the system's.
    max_bytes : int
        Of the file with what lies beside it.

    Raises
    ------
    Unreachable
        If the source does not answer, or fails while it is read: another try may pass.
    UnreadableInput
        If nothing is there, or reading it is not allowed.
    OutOfSpace
        If it does not fit.
    MissingExtra
        If its kind of URL needs a library that is not installed.
    """
    if not is_url(uri):
        yield local_path(uri)
        return
    with tempfile.TemporaryDirectory(prefix="callcoach-", dir=folder) as made:
        fs, path = filesystem(uri)
        name = path.rstrip("/").rsplit("/", 1)[-1]
        if name in ("", ".", ".."):
            raise UnreadableInput("a source URL must name a file; it ends in a folder: name the file in it")
        budget = _Budget(Path(made), max_bytes)
        target = Path(made) / name
        _copy(fs, path, target, budget, scheme=scheme_of(uri))
        for beside in _beside(fs, path, scheme=scheme_of(uri)):
            _copy(fs, beside, Path(made) / beside.rsplit("/", 1)[-1], budget, scheme=scheme_of(uri))
        yield target


def local_path(uri: str) -> Path:
    """The path of a plain path or a file:// URL."""
    if uri.startswith("file://"):
        return Path(unquote(urlsplit(uri).path))
    return Path(uri).expanduser()


def scheme_of(uri: str) -> str:
    return uri.split("://", 1)[0]


def filesystem(uri: str) -> tuple[object, str]:
    """The fsspec filesystem of a URL and the path in it."""
    import fsspec

    try:
        return fsspec.core.url_to_fs(uri)
    except Exception as error:
        raise_typed(error, scheme=scheme_of(uri))


def raise_typed(error: Exception, *, scheme: str) -> NoReturn:
    """Raise our error for what a filesystem raised; its own text may hold keys and is dropped."""
    if isinstance(error, CallcoachError):
        raise error
    name = type(error).__name__
    if isinstance(error, ImportError):
        hint = INSTALL.get(scheme, f"fsspec's library for {scheme}")
        raise MissingExtra(f"{scheme}:// sources need an extra that is not installed: {hint}") from None
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise OutOfSpace(
            "fetching a source needs free disk space; there is none: free some and run again"
        ) from None
    if isinstance(error, (FileNotFoundError, IsADirectoryError)):
        raise UnreadableInput(
            f"a source must be there to be read; {scheme}:// has no such file: check the spelling"
        ) from None
    if isinstance(error, PermissionError):
        raise UnreadableInput(
            f"a source must be allowed to be read; {scheme}:// refused: check the credentials and their rights"
        ) from None
    if isinstance(error, ValueError) and "rotocol" in str(error):
        raise Unreachable(f"a source URL needs a scheme that fsspec reads; {scheme}:// is none") from None
    raise Unreachable(
        f"the source must answer; {scheme}:// did not ({name}): check it and run again"
    ) from None


class _Budget:
    """How much a fetch may still write."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder, self._left, self._max = folder, max_bytes, max_bytes

    def take(self, n_bytes: int) -> None:
        self._left -= n_bytes
        free = shutil.disk_usage(self._folder).free
        if self._left < 0:
            raise OutOfSpace(
                f"a source with what lies beside it must be under {self._max:,} bytes to be fetched; it is "
                "larger: copy it to this machine and name the copy"
            )
        if free - n_bytes < KEPT_FREE_BYTES:
            raise OutOfSpace(
                "fetching a source needs free disk space; there is too little: free some and run again"
            )


def _copy(fs, path: str, target: Path, budget: _Budget, *, scheme: str) -> None:
    try:
        with fs.open(path, "rb") as remote, target.open("wb") as local:
            while chunk := remote.read(CHUNK_BYTES):
                budget.take(len(chunk))
                local.write(chunk)
    except Exception as error:
        raise_typed(error, scheme=scheme)


def _beside(fs, path: str, *, scheme: str) -> tuple[str, ...]:
    """Sidecars of a remote file and, of a transcript, the recording of the same base name."""
    folder, _, name = path.rpartition("/")
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    wanted = {name + SIDECAR_SUFFIX, stem + SIDECAR_SUFFIX}
    if suffix in TRANSCRIPT_SUFFIXES:
        wanted |= {stem + s for s in RECORDING_SUFFIXES} | {stem + s.upper() for s in RECORDING_SUFFIXES}
    try:
        if scheme in ("http", "https"):  # no folders to list there
            sidecars = (f"{folder}/{n}" for n in (name + SIDECAR_SUFFIX, stem + SIDECAR_SUFFIX))
            return tuple(p for p in sidecars if fs.exists(p))
        listed = fs.find(folder, prefix=stem + ".")  # where prefixes are not known, the folder is listed
    except Exception as error:
        raise_typed(error, scheme=scheme)
    found = (p for p in sorted(listed) if p.rpartition("/")[0].strip("/") == folder.strip("/"))
    return tuple(p for p in found if p.rsplit("/", 1)[-1] in wanted and p.rsplit("/", 1)[-1] != name)
