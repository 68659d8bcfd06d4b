"""Settings: read once at the edge and passed down.

In rising order: built-in defaults, ``callcoach.toml`` in the user's config folder, then in the
working folder, environment ``CALLCOACH_*``, command-line flags. An unknown key is an error.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from callcoach.core.errors import BadSettings

FILE_NAME = "callcoach.toml"
ENVIRONMENT_PREFIX = "CALLCOACH_"
REP_CHANNELS = ("left", "right", "auto")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can set for good.

    Parameters
    ----------
    store : str
        Store URL; empty for the default in the user's data folder.
    model : str
        Recognition model by name or folder; empty for the choice by hardware.
    language : str
        Language of the recordings, such as ``en``; empty to detect it.
    vocabulary : str
        File of product and people names to expect, one per line; empty for none.
    rubric : str
        Rubric by name or file; empty for the one of the call's type.
    rep_channel : str
        ``left``, ``right`` or ``auto``: which side is ours in two-channel recordings.
    port : int
        Of the coaching UI, on loopback.
    rep_first_hours : float
        Hours a rep has with a new call before a manager's pages use it; 0 switches it off.
    source_roots : str
        Folders that the page may read recordings from, with ``:`` between (``;`` on Windows); empty
        for the home folder of who runs it.
    """

    store: str = ""
    model: str = ""
    language: str = ""
    vocabulary: str = ""
    rubric: str = ""
    rep_channel: str = "auto"
    port: int = 8501
    rep_first_hours: float = 24.0
    source_roots: str = ""

    def with_flags(self, **flags: object) -> Settings:
        """A copy in which flags that were given (not None) win."""
        return _checked(replace(self, **{key: v for key, v in flags.items() if v is not None}), "flags")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a setting's value came from, for ``callcoach config``."""

    key: str
    value: object
    source: str


def load_settings(
    *,
    environment: Mapping[str, str] | None = None,
    working_folder: Path | None = None,
    config_folder: Path | None = None,
) -> Settings:
    """The settings in force before flags.

    Raises
    ------
    BadSettings
        For an unknown key, a value of the wrong type or a file that is not TOML.
    """
    values = {
        origin.key: origin.value
        for origin in settings_with_origins(
            environment=environment, working_folder=working_folder, config_folder=config_folder
        )
    }
    return _checked(Settings(**values), "settings")


def settings_with_origins(
    *,
    environment: Mapping[str, str] | None = None,
    working_folder: Path | None = None,
    config_folder: Path | None = None,
) -> tuple[Origin, ...]:
    """Every setting with its value and the place it came from."""
    found = {field.name: Origin(field.name, field.default, "default") for field in fields(Settings)}
    config = config_folder or user_config_folder()
    for folder in (config, working_folder or Path.cwd()):
        path = folder / FILE_NAME
        if path.is_file():
            for key, value in _read(path).items():
                found[key] = Origin(key, value, str(path))
    for name, value in sorted((os.environ if environment is None else environment).items()):
        if name.startswith(ENVIRONMENT_PREFIX):
            key = name.removeprefix(ENVIRONMENT_PREFIX).lower()
            _known(key, f"environment variable {name}")
            found[key] = Origin(key, _from_text(key, value, name), f"environment variable {name}")
    return tuple(found.values())


def user_config_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_dir("callcoach", appauthor=False))


def user_data_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("callcoach", appauthor=False))


def store_url(settings: Settings) -> str:
    """The configured store, or SQLite in the user's data folder."""
    return settings.store or f"sqlite:///{user_data_folder() / 'callcoach.db'}"


_TYPES = {field.name: type(field.default) for field in fields(Settings)}


def _read(path: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{path} must be a readable TOML file; {error}") from error
    for key, value in table.items():
        _known(key, str(path))
        wanted = _TYPES[key]
        fits = isinstance(value, (int, float) if wanted is float else wanted) and not isinstance(value, bool)
        if not fits:
            raise BadSettings(f"{path}: {key} must be {wanted.__name__}; found {value!r}")
    return table


def _known(key: str, where: str) -> None:
    if key not in _TYPES:
        close = difflib.get_close_matches(key, _TYPES, n=1, cutoff=0.0)
        raise BadSettings(f"{where}: unknown setting {key!r}; the nearest known one is {close[0]!r}")


def _from_text(key: str, value: str, where: str) -> object:
    try:
        return _TYPES[key](value)
    except ValueError as error:
        raise BadSettings(f"{where} must be {_TYPES[key].__name__}; found {value!r}") from error


def _checked(settings: Settings, where: str) -> Settings:
    if settings.rep_channel not in REP_CHANNELS:
        raise BadSettings(
            f"{where}: rep_channel must be one of {', '.join(REP_CHANNELS)}; found {settings.rep_channel!r}"
        )
    if not 1 <= settings.port <= 65535:
        raise BadSettings(f"{where}: port must lie between 1 and 65535; found {settings.port}")
    if settings.rep_first_hours < 0:
        raise BadSettings(f"{where}: rep_first_hours must be 0 or more; found {settings.rep_first_hours}")
    return settings
