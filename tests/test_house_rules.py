"""The rules of the house, kept by a machine: rooms, size, documentation, what never is in the tree."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "callcoach"
MODULES = sorted(PACKAGE.rglob("*.py"))

# What each room may import of callcoach (design: "Rooms and who may know whom").
BELOW = {
    "core": set(),
    "transcribe": {"core"},
    "measure": {"core", "bundled"},
    "score": {"core", "measure", "bundled"},
    "coach": {"core", "score"},
    "pipeline": {"core", "transcribe", "measure", "score", "coach"},
    "document": {"core"},
    "schema": {"core", "document"},
    "settings": {"core"},
    "bundled": {"core"},
    "__main__": {"cli"},
    "store": {"core"},
    "archive": {"core", "pipeline", "store", "document", "settings", "bundled"},
    "evaluate": {"core", "transcribe", "measure", "score", "coach", "pipeline", "store", "archive", "bundled"},
    "cli": {
        "core", "transcribe", "measure", "score", "coach", "pipeline", "store", "archive", "evaluate",
        "settings", "document", "schema", "bundled",
    },
    "ui": {
        "core", "transcribe", "measure", "score", "coach", "pipeline", "store", "archive", "evaluate",
        "settings", "document", "schema", "bundled",
    },
}  # fmt: skip
# Third-party libraries that live in one place only.
ONLY_IN = {
    "faster_whisper": ("transcribe/",),
    "av": ("transcribe/", "cli/doctor.py", "ui/"),
    "webvtt": ("transcribe/formats/",),
    "srt": ("transcribe/formats/",),
    "spacy": ("measure/",),
    "sklearn": ("measure/", "transcribe/diarize.py"),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "streamlit": ("ui/",),
    "altair": ("ui/",),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "ray": ("archive/",),
    "fsspec": ("archive/",),
    "torch": ("transcribe/train/", "measure/train/"),
    "pandas": ("coach/", "ui/", "archive/"),
}
NEVER = ("pickle", "joblib", "dill", "cloudpickle", "shelve", "marshal")
LONGEST_MODULE = 500


def imports_of(path: Path) -> set[str]:
    """Dotted names of everything a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
            if node.module == "callcoach":
                names |= {f"callcoach.{alias.name}" for alias in node.names}
    return names


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_what_is_below_it(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    known = {
        name.split(".")[1]
        for name in imports_of(path)
        if name.startswith("callcoach.") and name.count(".") >= 1
    }
    assert known - {room, "__version__"} <= BELOW[room], (
        f"{room} must not import {known - BELOW[room] - {room}}"
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_library_lives_in_its_one_room_and_nothing_loads_code(path: Path) -> None:
    where = path.relative_to(PACKAGE).as_posix()
    for name in {name.split(".")[0] for name in imports_of(path)}:
        assert name not in NEVER, f"{where} imports {name}, which can execute what it loads"
        if name in ONLY_IN:
            assert where.startswith(ONLY_IN[name]), (
                f"{where} imports {name}, which belongs in {ONLY_IN[name]}"
            )


def test_core_is_standard_library_only() -> None:
    for path in (PACKAGE / "core").glob("*.py"):
        outside = {n.split(".")[0] for n in imports_of(path)} - set(sys.stdlib_module_names) - {"callcoach"}
        assert not outside, f"{path.name} imports {outside}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_modules_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{path.name} has no docstring"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_only_the_terminal_and_training_commands_print(path: Path) -> None:
    if room_of(path) == "cli" or "train" in path.parts:
        return
    tree = ast.parse(path.read_text("utf-8"))
    main = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "main"]
    inside_main = {id(node) for function in main for node in ast.walk(function)}
    printed = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and id(node) not in inside_main
    ]
    assert not printed, f"{path.name} prints in lines {printed}"


def test_the_command_line_imports_nothing_heavy() -> None:
    heavy = ["numpy", "av", "faster_whisper", "spacy", "sklearn", "pandas", "sqlalchemy", "streamlit"]
    heavy += ["onnxruntime", "torch", "ray"]
    code = f"import sys, callcoach.cli.app; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_has_help_and_is_in_the_readme() -> None:
    from typer.main import get_command

    from callcoach.cli.app import app

    readme = (ROOT / "README.md").read_text("utf-8")
    for name, command in get_command(app).commands.items():
        assert command.help, f"{name} has no help"
        assert f"callcoach {name}" in readme, f"{name} is not in the README"


def test_every_error_kind_and_class_is_drawn_in_the_tree() -> None:
    from callcoach.core import errors

    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, Exception):
            assert name in errors.__doc__, f"{name} is not drawn"


def test_the_public_names_are_pinned() -> None:
    import callcoach

    assert callcoach.__all__ == ["__version__"]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock", "requirements-lint.lock"])
def test_a_lock_has_hashes_and_no_host_names(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert "--hash=sha256:" in lock
    assert "://" not in lock
    assert "--index-url" not in lock


def test_run_time_dependencies_are_few_and_torch_is_none() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {line.split(">")[0].split("[")[0].strip() for line in project["dependencies"]}
    assert len(names) <= 24
    assert "torch" not in names
    assert set(project["optional-dependencies"]) == {"postgres", "ray", "s3", "diarize"}
