"""Files beside a store: made whole or not at all, for their owner's eyes."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from callcoach.core.errors import CallcoachError, OutOfSpace, StoreError


@contextmanager
def making(what: str) -> Iterator[None]:
    """Turn what a disk refuses into our errors."""
    try:
        yield
    except CallcoachError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutOfSpace(
                f"{what} needs free disk space; there is none: free some and run again"
            ) from error
        raise StoreError(
            f"{what} needs a folder that can be written; this one cannot ({error.strerror}): check the path and "
            "its permissions"
        ) from error


@contextmanager
def whole_file(to: Path, *, what: str) -> Iterator[Path]:
    """A new file beside `to` that only its owner may read; it takes the name once it is written."""
    beside = to.with_name(f".{to.name}.{uuid.uuid4().hex[:8]}")
    try:
        with making(what):
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            yield beside
            descriptor = os.open(beside, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            beside.replace(to)
    finally:
        beside.unlink(missing_ok=True)
