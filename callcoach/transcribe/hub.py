"""The model hub behind one small interface: what a repository holds, and its files, resumable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from callcoach.core.errors import BadSettings, Unreachable

TIMEOUT_S = 10.0  # until the hub must have answered


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as the hub describes it.

    Parameters
    ----------
    sha256 : str or None
        Of large files.
    git_sha1 : str or None
        Of small ones, as git counts it.
    """

    size: int
    sha256: str | None = None
    git_sha1: str | None = None

    def fits(self, path: Path, sha256: str) -> bool:
        """Whether a downloaded file is this one."""
        if path.stat().st_size != self.size:
            return False
        if self.sha256 is not None:
            return sha256 == self.sha256
        if self.git_sha1 is None:
            return True
        data = path.read_bytes()
        blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
        return blob.hexdigest() == self.git_sha1


class Hub(Protocol):
    """Where models come from."""

    def files(self, repository: str) -> tuple[str, dict[str, RemoteFile]]:
        """The newest revision of a repository and its files."""
        ...

    def download(
        self,
        repository: str,
        name: str,
        *,
        revision: str,
        folder: Path | None,
        progress: Callable[[int], None],
    ) -> Path:
        """One file, into `folder` or the cache; goes on where an earlier download stopped."""
        ...


class HuggingFace:
    """The Hugging Face hub, through its own client."""

    def cached(self, repository: str) -> Path | None:
        """The folder of a repository's last revision in the cache; never asks the network."""
        from huggingface_hub import try_to_load_from_cache

        for name in ("model.bin", "config.json"):
            found = try_to_load_from_cache(repository, name)
            if isinstance(found, str):
                return Path(found).parent
        return None

    def files(self, repository: str) -> tuple[str, dict[str, RemoteFile]]:
        from huggingface_hub import HfApi

        info = self._asked(
            repository,
            lambda: HfApi().model_info(repository, files_metadata=True, timeout=TIMEOUT_S),
        )
        files = {
            file.rfilename: RemoteFile(
                size=file.size or 0,
                sha256=file.lfs.sha256 if file.lfs else None,
                git_sha1=None if file.lfs else file.blob_id,
            )
            for file in info.siblings or ()
        }
        return info.sha, files

    def download(
        self,
        repository: str,
        name: str,
        *,
        revision: str,
        folder: Path | None,
        progress: Callable[[int], None],
    ) -> Path:
        from huggingface_hub import hf_hub_download

        return Path(
            self._asked(
                repository,
                lambda: hf_hub_download(
                    repository,
                    name,
                    revision=revision,
                    local_dir=folder,
                    etag_timeout=TIMEOUT_S,
                    tqdm_class=_counting(progress),
                ),
            )
        )

    @staticmethod
    def _asked(repository: str, ask: Callable[[], object]):
        from huggingface_hub import errors

        missing = (errors.RepositoryNotFoundError, errors.RevisionNotFoundError, errors.EntryNotFoundError)
        # The client's own base of everything that HTTP can do, and what it raises when it is offline.
        http = (getattr(errors, "HTTPError", errors.HfHubHTTPError), errors.HfHubHTTPError)
        try:
            return ask()
        except (*missing, *http, ConnectionError, TimeoutError) as error:
            if isinstance(error, missing) and not isinstance(error, errors.LocalEntryNotFoundError):
                raise BadSettings(
                    f"a model to pull must be on the hub; there is no {repository} that may be read: check the name"
                ) from error
            raise Unreachable(
                f"pulling a model needs the hub, and it does not answer ({type(error).__name__}): try again, or "
                "pull it on a machine with a network ('callcoach models pull NAME --to FOLDER'), bring the folder "
                "on a stick and give it with --model"
            ) from error


def _counting(progress: Callable[[int], None]) -> type:
    """A progress bar that draws nothing and tells how many bytes of its file are here."""
    from huggingface_hub.utils import tqdm

    class Counting(tqdm):
        def __init__(self, *args: object, **options: object) -> None:
            self._done = int(options.get("initial") or 0)
            super().__init__(*args, **(options | {"disable": True}))

        def update(self, n: float | None = 1) -> None:
            self._done += int(n or 0)
            progress(self._done)

    return Counting
