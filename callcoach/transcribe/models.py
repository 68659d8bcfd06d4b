"""Recognition models on this machine: where they lie, whether they are whole, how they get here.

A model is a folder that faster-whisper loads. It lies in ``models/``, in the hub's cache, or
anywhere that ``--model`` says, a stick included. Nothing here asks a network but `pull`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from callcoach.core.errors import BadSettings, OutOfSpace
from callcoach.core.keys import content_key
from callcoach.transcribe.hub import Hub, HuggingFace

DEMO_MODEL = "demo-whisper"
MODEL_FILES = ("model.bin", "config.json", "tokenizer.json")  # a folder without these is no model
OPTIONAL_FILES = ("preprocessor_config.json", "vocabulary.json", "vocabulary.txt")
CARD = "card.json"  # {"files": {name: sha256}}, written by whoever made or pulled the folder

HOW_TO_GET = (
    "use --no-transcript for talk measures, which need no model, or give a folder with --model: "
    "a faster-whisper model (model.bin, config.json, tokenizer.json) can be downloaded elsewhere "
    "('callcoach models pull NAME --to FOLDER') and brought on a stick"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A model that has a name of its own.

    Parameters
    ----------
    size_mb : int
        About, to download.
    multilingual : bool
        English-only models need ``--language en``.
    """

    name: str
    repository: str
    size_mb: int
    multilingual: bool


KNOWN = {
    model.name: model
    for model in (
        Known("tiny", "Systran/faster-whisper-tiny", 78, True),
        Known("tiny.en", "Systran/faster-whisper-tiny.en", 78, False),
        Known("base", "Systran/faster-whisper-base", 148, True),
        Known("base.en", "Systran/faster-whisper-base.en", 148, False),
        Known("small", "Systran/faster-whisper-small", 486, True),
        Known("small.en", "Systran/faster-whisper-small.en", 486, False),
        Known("medium", "Systran/faster-whisper-medium", 1530, True),
        Known("medium.en", "Systran/faster-whisper-medium.en", 1530, False),
        Known("large-v2", "Systran/faster-whisper-large-v2", 3090, True),
        Known("large-v3", "Systran/faster-whisper-large-v3", 3090, True),
        Known("large-v3-turbo", "mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1620, True),
        Known("distil-large-v3", "Systran/faster-distil-whisper-large-v3", 1510, False),
    )
}
"""Names that `pull` knows, with their repositories on the hub."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of ``callcoach models list``: `folder` None for one that is not here."""

    name: str
    folder: Path | None
    size_mb: int
    multilingual: bool | None


def find_model(model: str | Path, *, folders: Sequence[Path]) -> Path | None:
    """The folder of a model by path, by name in `folders`, or by name in the hub's cache."""
    candidates = [Path(model).expanduser()]
    if not isinstance(model, Path):
        candidates += [folder / model for folder in folders]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    repository = repository_of(str(model)) if not isinstance(model, Path) else None
    return HuggingFace().cached(repository) if repository else None


def repository_of(name: str) -> str | None:
    """The hub repository of a known name or of ``owner/name``; None for anything else."""
    if name in KNOWN:
        return KNOWN[name].repository
    return name if re.fullmatch(r"[\w-][\w.-]*/[\w-][\w.-]*", name, re.ASCII) else None


def installed(folders: Sequence[Path]) -> tuple[Listed, ...]:
    """Every known model and every model folder here, those that are here first."""
    rows: dict[str, Listed] = {}
    for folder in folders:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if all((path / name).is_file() for name in MODEL_FILES):
                known = KNOWN.get(path.name)
                multilingual = known.multilingual if known else False if path.name == DEMO_MODEL else None
                rows.setdefault(path.name, Listed(path.name, path, _size_mb(path), multilingual))
    for name, known in KNOWN.items():
        if name not in rows:
            path = find_model(name, folders=())
            size_mb = _size_mb(path) if path else known.size_mb
            rows[name] = Listed(name, path, size_mb, known.multilingual)
    return tuple(sorted(rows.values(), key=lambda row: row.folder is None))


def checked_hash(folder: Path) -> str:
    """Hash of a model's files, after they have been found whole.

    Raises
    ------
    BadSettings
        If a file is missing, or is not what the card beside it or the hub says it is.
    """
    missing = [name for name in MODEL_FILES if not (folder / name).is_file()]
    if missing:
        raise BadSettings(
            f"a model folder must hold {', '.join(MODEL_FILES)}; {folder.name} has no {', '.join(missing)}: "
            f"{_instead(folder)}"
        )
    present = [name for name in (*MODEL_FILES, *OPTIONAL_FILES) if (folder / name).is_file()]
    try:
        found = {name: sha256_of(folder / name) for name in present}
    except OSError as error:
        raise BadSettings(
            f"a model folder must be readable; {folder.name} is not ({error.strerror}): check disk and permissions"
        ) from error
    expected = {name: _blob_hash(folder / name) for name in present} | _card(folder)
    for name, wanted in expected.items():
        if wanted is not None and found.get(name) != wanted:
            what = "is missing" if name not in found else "has other bytes"
            raise BadSettings(
                f"a model's files must be those its card names; {name} of {folder.name} {what}: "
                "it is damaged or was changed, copy or pull the model again"
            )
    return content_key(found)


def folder_hash(folder: Path) -> str:
    """Hash of the names and bytes of a model's files, whole or not."""
    names = [name for name in (*MODEL_FILES, *OPTIONAL_FILES) if (folder / name).is_file()]
    return content_key({name: sha256_of(folder / name) for name in names})


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def pull(
    name: str,
    *,
    to: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    hub: Hub | None = None,
) -> Path:
    """Bring a model to this machine; a download that was broken off goes on where it stopped.

    Every file is checked against the hash that the hub publishes; one that differs is removed.

    Parameters
    ----------
    name : str
        One of `KNOWN`, or ``owner/name`` of a repository with a faster-whisper model.
    to : Path, optional
        A folder in which the model gets a folder of its own, with a card: ready for a stick.
        The hub's cache otherwise.
    progress : callable, optional
        Called with bytes done and bytes in all.

    Raises
    ------
    BadSettings
        For a name that is not known, a repository without such a model, or a damaged download.
    Unreachable
        If the hub does not answer.
    OutOfSpace
        If the disk is full.
    """
    repository = repository_of(name)
    if repository is None:
        raise BadSettings(
            f"a model to pull must be one of {', '.join(KNOWN)}, or owner/name on the hub; found {name!r}"
        )
    hub = hub or HuggingFace()
    revision, files = hub.files(repository)
    wanted = {n: file for n, file in files.items() if n in (*MODEL_FILES, *OPTIONAL_FILES)}
    if "model.bin" not in wanted or "config.json" not in wanted:
        raise BadSettings(
            f"a repository to pull from must hold a faster-whisper model (model.bin, config.json); {repository} "
            "holds something else: name a converted one"
        )
    folder = None if to is None else to / name.rsplit("/", 1)[-1]
    total, done = sum(file.size for file in wanted.values()), 0
    hashes, path = {}, Path()
    for n, file in sorted(wanted.items(), key=lambda entry: entry[1].size):
        before = done

        def report(n_bytes: int, before: int = before) -> None:
            if progress:
                progress(min(total, before + n_bytes), total)

        try:
            path = hub.download(repository, n, revision=revision, folder=folder, progress=report)
        except OSError as error:
            if error.errno == 28:
                raise OutOfSpace(
                    f"pulling {name} needs {total / 1e6:.0f} MB free; the disk is full: make room, then pull again"
                ) from error
            raise
        hashes[n] = sha256_of(path)
        if not file.fits(path, hashes[n]):
            path.resolve().unlink()
            path.unlink(missing_ok=True)
            raise BadSettings(
                f"a downloaded file must have the hash that the hub names; {n} of {repository} has another: "
                "it was removed, pull again"
            )
        done += file.size
        report(file.size)
    if folder is not None:
        card = {"name": name, "repository": repository, "revision": revision, "files": hashes}
        (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
        return folder
    return path.parent


def _card(folder: Path) -> dict[str, str | None]:
    """File names and hashes of the card, empty without one."""
    path = folder / CARD
    if not path.is_file():
        return {}
    try:
        files = json.loads(path.read_text("utf-8"))["files"]
        return {str(name): str(value) for name, value in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise BadSettings(
            f"the {CARD} of a model must name its files and their hashes; that of {folder.name} does not: "
            "copy or pull the model again"
        ) from error


def _blob_hash(path: Path) -> str | None:
    """The hash that the hub's cache names a large file by."""
    name = path.resolve().name
    return name if path.is_symlink() and re.fullmatch(r"[0-9a-f]{64}", name) else None


def _instead(folder: Path) -> str:
    """What the folder holds instead of a model, and what to do."""
    names = {path.name for path in folder.iterdir()}
    if any(name.endswith((".safetensors", "pytorch_model.bin")) for name in names):
        return (
            "it is a Transformers model, convert it with ct2-transformers-converter --model FOLDER "
            "--output_dir NEW --copy_files tokenizer.json preprocessor_config.json"
        )
    if any(name.startswith("ggml") or name.endswith(".gguf") for name in names):
        return "it is a whisper.cpp model, give one converted for faster-whisper (CTranslate2)"
    if any(name.endswith(".incomplete") for name in names) or "snapshots" in folder.resolve().parts:
        return "its download was broken off, pull it again to go on"
    return "give a Whisper model converted for faster-whisper (CTranslate2)"


def _size_mb(folder: Path) -> int:
    return round(sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) / 1e6)
