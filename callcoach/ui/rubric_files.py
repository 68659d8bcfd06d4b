"""A firm's own rubrics: one TOML file a version, beside those that ship."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from callcoach.core.errors import BadRubric
from callcoach.score.rubric import Rubric, parse_rubric, shipped_rubrics
from callcoach.settings import user_data_folder
from callcoach.ui.views.rubrics import with_version

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_FILE = re.compile(r"(?P<name>.+)-v(?P<version>\d+)\.toml")


def rubrics_folder() -> Path:
    return user_data_folder() / "rubrics"


def own_rubrics() -> dict[str, tuple[int, ...]]:
    """Names of the firm's rubrics with their versions, oldest first."""
    found: dict[str, list[int]] = {}
    folder = rubrics_folder()
    for path in folder.glob("*.toml") if folder.is_dir() else ():
        if match := _FILE.fullmatch(path.name):
            found.setdefault(match["name"], []).append(int(match["version"]))
    return {name: tuple(sorted(versions)) for name, versions in sorted(found.items())}


def path_of(name: str, version: int) -> Path:
    return rubrics_folder() / f"{name}-v{version}.toml"


def text_of(name: str, version: int | None = None) -> str:
    """The TOML of a shipped rubric, or of a version of the firm's."""
    if version is not None:
        return path_of(name, version).read_text("utf-8")
    return (resources.files("callcoach.score") / "rubrics" / f"{name}.toml").read_text("utf-8")


def keep(text: str) -> tuple[Rubric, Path]:
    """Keep a rubric as the next version of its name.

    Raises
    ------
    BadRubric
        If it breaks a rule, or bears the name of one that ships.
    """
    rubric = parse_rubric(text, where="this rubric")
    if rubric.name in shipped_rubrics():
        raise BadRubric(f"a rubric of the firm needs a name of its own; {rubric.name} ships with callcoach")
    if not _NAME.fullmatch(rubric.name):
        raise BadRubric("a rubric's name must be small letters, digits and -; this one is not: change name")
    version = max(own_rubrics().get(rubric.name, (0,))) + 1
    path = path_of(rubric.name, version)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(with_version(text, version), "utf-8")
    return parse_rubric(path.read_text("utf-8"), where=path.name), path
