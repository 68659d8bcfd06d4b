"""Settings rise from defaults over files and environment to flags; unknown keys are errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcoach.core.errors import BadSettings
from callcoach.settings import load_settings, settings_with_origins


def settings(tmp_path: Path, *, here: str = "", user: str = "", environment: dict | None = None):
    for name, text in (("here", here), ("user", user)):
        (tmp_path / name).mkdir()
        if text:
            (tmp_path / name / "callcoach.toml").write_text(text, "utf-8")
    return load_settings(
        environment=environment or {}, working_folder=tmp_path / "here", config_folder=tmp_path / "user"
    )


def test_the_working_folder_beats_the_user_and_the_environment_beats_both(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        user='port = 1000\nmodel = "a"\nlanguage = "en"',
        here='port = 2000\nmodel = "b"',
        environment={"CALLCOACH_PORT": "3000"},
    )
    assert (found.port, found.model, found.language) == (3000, "b", "en")


def test_flags_beat_everything_and_none_means_not_given(tmp_path: Path) -> None:
    found = settings(tmp_path, here="port = 2000").with_flags(port=4000, model=None)
    assert (found.port, found.model) == (4000, "")


@pytest.mark.parametrize(
    ("here", "environment", "message"),
    [
        ('modle = "x"', {}, "unknown setting 'modle'; the nearest known one is 'model'"),
        ('port = "x"', {}, "port must be int; found 'x'"),
        ("port =", {}, "must be a readable TOML file"),
        ("port = 99999", {}, "port must lie between 1 and 65535"),
        ('rep_channel = "up"', {}, "rep_channel must be one of left, right, auto"),
        ("", {"CALLCOACH_PROT": "1"}, "unknown setting 'prot'; the nearest known one is 'port'"),
        ("", {"CALLCOACH_PORT": "many"}, "CALLCOACH_PORT must be int; found 'many'"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, here: str, environment: dict, message: str) -> None:
    with pytest.raises(BadSettings, match=message):
        settings(tmp_path, here=here, environment=environment)


def test_every_setting_says_where_it_comes_from(tmp_path: Path) -> None:
    (tmp_path / "callcoach.toml").write_text("port = 2000", "utf-8")
    origins = settings_with_origins(
        environment={"CALLCOACH_MODEL": "m"}, working_folder=tmp_path, config_folder=tmp_path / "none"
    )
    by_key = {origin.key: origin.source for origin in origins}
    assert by_key["port"].endswith("callcoach.toml")
    assert by_key["model"] == "environment variable CALLCOACH_MODEL"
    assert by_key["language"] == "default"
