"""Sidecars: what lies beside a recording, read strictly so that nothing is lost silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcoach.archive.metadata import metadata_from, read_metadata
from callcoach.core import CallMetadata, CallType, Role
from callcoach.core.errors import BadMetadata

FULL = {
    "started_at": "2026-09-14T10:00:00+02:00",
    "rep": "Dana",
    "customer": ["Priya N.", "Omar"],
    "account": "Brightwater",
    "call_type": "discovery",
    "stage": "first talk",
    "outcome": "open",
    "language": "en",
    "source_id": "crm-17",
    "channels": {"left": "rep"},
}


def test_every_key_of_a_sidecar_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.wav.callcoach.json").write_text(json.dumps(FULL), "utf-8")
    found = read_metadata(tmp_path / "a.wav")
    assert found.started_at.isoformat() == FULL["started_at"]
    assert found.customers == ("Priya N.", "Omar")
    assert found.call_type is CallType.DISCOVERY
    assert (found.rep, found.account, found.source_id) == ("Dana", "Brightwater", "crm-17")


def test_one_named_side_says_the_other(tmp_path: Path) -> None:
    assert metadata_from({"channels": {"right": "rep"}}, where="x").channels == {
        "right": Role.REP,
        "left": Role.CUSTOMER,
    }


def test_a_sidecar_may_be_named_after_the_base_name(tmp_path: Path) -> None:
    (tmp_path / "a.callcoach.json").write_text('{"rep": "Dana"}', "utf-8")
    assert read_metadata(tmp_path / "a.vtt").rep == "Dana"


def test_no_sidecar_is_no_metadata(tmp_path: Path) -> None:
    assert read_metadata(tmp_path / "a.wav") == CallMetadata()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"reps": "Dana"}, "unknown key 'reps'; the nearest known one is 'rep'"),
        ({"started_at": "2026-09-14T10:00:00"}, "started_at needs a time zone"),
        ({"started_at": "yesterday"}, "started_at must be a time such as"),
        ({"rep": 3}, "rep must be text; found int"),
        ({"call_type": "chat"}, "call_type must be one of discovery"),
        ({"channels": {"left": "boss"}}, "channels must map left and right"),
        ({"channels": {"left": "rep", "right": "rep"}}, "two different sides"),
        ({"customer": [1]}, "customer must be a name or a list"),
        ([], "must hold a JSON object; found list"),
    ],
)
def test_a_mistake_is_named(table: object, message: str) -> None:
    with pytest.raises(BadMetadata, match=message):
        metadata_from(table, where="a.wav.callcoach.json")


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_sidecar_that_is_no_json_is_a_typed_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav.callcoach.json").write_bytes(content)
    with pytest.raises(BadMetadata, match=r"must be a readable JSON object"):
        read_metadata(tmp_path / "a.wav")
