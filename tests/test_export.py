"""An export holds every call once, says why a value is missing, and nothing that is never shown."""

from __future__ import annotations

import csv
import json
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import typer
from conftest import ROOT
from stores import DANA, MIA, a_recording, card_of, document_of, keep
from typer.testing import CliRunner

from callcoach.archive import export_formats
from callcoach.archive.export import FORMATS, export
from callcoach.archive.export_columns import MEASURES, NEVER, columns_for, row_of
from callcoach.archive.export_formats import safe
from callcoach.cli.export import add_to
from callcoach.core import LOCAL_OWNER, CallMetadata
from callcoach.core.errors import BadSettings, OutOfSpace
from callcoach.measure.catalogue import MEASURES as CATALOGUE
from callcoach.store import CallFilter, CallRow
from callcoach.store.records import CallRecord

pytest_plugins = ["store_fixtures"]

AT = datetime(2026, 9, 14, 10, tzinfo=UTC)
EVIL = '=HYPERLINK("http://evil.example","click")'


def three(store) -> None:
    keep(
        store,
        "one",
        metadata=CallMetadata(started_at=AT, rep="Dana", account=EVIL),
    )
    keep(store, "two", metadata=CallMetadata(started_at=AT.replace(month=8), rep="Tom", account="+1"))
    keep(store, "three", metadata=CallMetadata(rep="-Tom\x0b"))


def read(path: Path) -> list[dict]:
    """Rows of an export, values as its format holds them, None for empty."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        rows = []
        for sheet in book:
            heading, *values = sheet.iter_rows(values_only=True)
            rows += [dict(zip(heading, row, strict=True)) for row in values]
        return rows
    table = pd.read_parquet(path)
    return [{k: None if pd.isna(v) else v for k, v in row.items()} for row in table.to_dict("records")]


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_call_is_a_row_with_its_values_and_reasons(store, tmp_path, suffix):
    three(store)
    assert export(store, LOCAL_OWNER, tmp_path / f"calls{suffix}") == 3
    rows = {row["call_id"]: row for row in read(tmp_path / f"calls{suffix}")}
    assert set(rows) == {"one", "two", "three"}
    assert float(rows["one"]["talk_share"]) == 0.5
    assert rows["one"]["talk_share_reason"] is None
    assert rows["one"]["patience_s"] is None
    assert rows["one"]["patience_s_reason"] == "fewer than 5 responses"
    assert rows["one"]["silence_s"] is None
    assert "not measured" in rows["one"]["silence_s_reason"]
    assert (rows["one"]["item_agenda_score"], rows["one"]["item_agenda_reason"]) == (
        None,
        "not yet recognised",
    )
    assert float(rows["one"]["item_question_score"]) == 0.5
    assert rows["three"]["started_at"] is None
    assert rows["two"]["started_at"] is not None
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith("store.db")] == [f"calls{suffix}"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_nothing_that_is_never_shown_is_in_an_export(store, tmp_path, suffix):
    three(store)
    store.add_private(LOCAL_OWNER, "note", {"text": "xylophone"}, call_id="one")
    export(store, LOCAL_OWNER, tmp_path / f"calls{suffix}")
    rows = read(tmp_path / f"calls{suffix}")
    assert not [name for name in rows[0] if any(w in name for w in ("overall", "filler", "caution", "rank"))]
    assert "xylophone" not in repr(rows)
    assert "approvals take two days" not in repr(rows)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_no_cell_is_a_formula(store, tmp_path, suffix):
    three(store)
    export(store, LOCAL_OWNER, tmp_path / f"calls{suffix}")
    rows = {row["call_id"]: row for row in read(tmp_path / f"calls{suffix}")}
    assert rows["one"]["account"] == f"'{EVIL}"
    assert rows["two"]["account"] == "'+1"
    assert rows["three"]["rep"].startswith("'-Tom")
    if suffix == ".xlsx":
        sheet = openpyxl.load_workbook(tmp_path / "calls.xlsx").active
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("text", ["=1", " =1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "＝1"])
def test_text_that_could_run_gets_an_apostrophe_and_numbers_do_not(text):
    assert safe(text) == f"'{text}"
    assert safe(-1.5) == -1.5
    assert safe("a=1") == "a=1"


def test_a_full_sheet_is_followed_by_another(store, tmp_path, monkeypatch):
    monkeypatch.setattr(export_formats, "EXCEL_ROWS", 3)
    for n in range(5):
        keep(store, f"call{n}")
    export(store, LOCAL_OWNER, tmp_path / "calls.xlsx")
    book = openpyxl.load_workbook(tmp_path / "calls.xlsx")
    assert [(sheet.title, sheet.max_row) for sheet in book] == [("calls", 3), ("calls 2", 3), ("calls 3", 2)]
    assert len(read(tmp_path / "calls.xlsx")) == 5


def test_parquet_has_a_file_per_month_and_one_for_calls_without_a_time(store, tmp_path):
    three(store)
    export(store, LOCAL_OWNER, tmp_path / "calls.parquet")
    found = sorted(
        p.relative_to(tmp_path / "calls.parquet").as_posix()
        for p in tmp_path.rglob("*.parquet")
        if p.is_file()
    )
    assert found == [
        "month=2026-08/calls.parquet",
        "month=2026-09/calls.parquet",
        "month=unknown/calls.parquet",
    ]


def test_a_viewer_exports_what_they_may_see(store, tmp_path):
    three(store)
    for viewer in (DANA, MIA):
        assert export(store, viewer, tmp_path / "calls.csv") == 0
    assert export(store, LOCAL_OWNER, tmp_path / "calls.csv", where=CallFilter(rep="Tom")) == 1


def test_the_corrected_card_counts(store, tmp_path):
    keep(store, "one", score=0.5)
    transcript = a_recording("one")
    card = card_of(transcript, revision="edited", score=0.25)
    store.save_card(LOCAL_OWNER, "one", card=card, document=document_of(transcript, card, call_id="one"))
    export(store, LOCAL_OWNER, tmp_path / "calls.jsonl")
    assert read(tmp_path / "calls.jsonl")[0]["item_question_score"] == 0.25


def test_numbers_have_two_decimals_at_most():
    call = replace(_record(0), scoring_key="key", measures={"talk_share": (0.49123, None)})
    values = dict(zip([c.name for c in columns_for(())], row_of(call, columns_for(())), strict=True))
    assert values["talk_share"] == 0.49
    assert values["talk_share_reason"] is None
    assert values["patience_s_reason"] == "not measured when the call was judged"


def test_every_measure_is_either_exported_or_left_out_on_purpose():
    assert set(MEASURES) | NEVER == set(CATALOGUE)
    assert not set(MEASURES) & NEVER


def test_every_column_is_documented():
    text = (ROOT / "docs" / "export.md").read_text("utf-8")
    for column in columns_for(()):
        name = column.name.removesuffix("_reason")
        assert f"`{name}`" in text, name
    for column in columns_for([("NAME", None)])[-5:]:
        assert f"`{column.name}`" in text, column.name


def test_an_unknown_ending_and_a_folder_of_others_are_refused(store, tmp_path):
    with pytest.raises(BadSettings, match="must end in"):
        export(store, LOCAL_OWNER, tmp_path / "calls.txt")
    (tmp_path / "mine.parquet").mkdir()
    (tmp_path / "mine.parquet" / "photo.jpg").write_bytes(b"x")
    with pytest.raises(BadSettings, match="other things"):
        export(store, LOCAL_OWNER, tmp_path / "mine.parquet")
    assert (tmp_path / "mine.parquet" / "photo.jpg").exists()
    with pytest.raises(BadSettings, match="cannot"):
        export(store, LOCAL_OWNER, tmp_path / "nowhere" / "calls.csv")


def test_an_export_that_fails_leaves_the_earlier_one(store, tmp_path, monkeypatch):
    three(store)
    for suffix in FORMATS:
        to = tmp_path / f"calls{suffix}"
        export(store, LOCAL_OWNER, to)
        before = read(to)

        def full(self, row, *, month):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(FORMATS[suffix], "add", full)
        with pytest.raises(OutOfSpace):
            export(store, LOCAL_OWNER, to)
        assert read(to) == before
    left = {p.name for p in tmp_path.iterdir() if not p.name.startswith("store.db")}
    assert left == {f"calls{suffix}" for suffix in FORMATS}


@pytest.mark.parametrize("suffix", FORMATS)
def test_memory_does_not_grow_with_the_number_of_calls(tmp_path, suffix, monkeypatch):
    monkeypatch.setattr(export_formats, "BATCH_ROWS", 100)
    columns = columns_for([("question", None)])

    def peak(n: int) -> int:
        tracemalloc.start()
        with FORMATS[suffix](tmp_path / f"{n}{suffix}", columns) as table:
            for i in range(n):
                table.add(row_of(_record(i), columns), month="2026-09")
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    assert peak(3000) < 1.5 * peak(300)


def test_the_command_says_how_many_calls_it_wrote(store, tmp_path):
    three(store)
    app = typer.Typer()
    add_to(app)
    done = CliRunner().invoke(
        app, ["--store", store.url, "--to", str(tmp_path / "c.csv"), "--since", "2026-09-01"]
    )
    assert done.exit_code == 0
    assert "2 calls written" in done.output
    assert len(read(tmp_path / "c.csv")) == 2


def _record(n: int) -> CallRecord:
    row = CallRow(
        f"call{n}", AT, AT, 60.0, 2, "Dana", ("Priya",), "Brightwater", "demo", "connected", 0.5, None, 1, 2, True,
        "audio", False,
    )  # fmt: skip
    return CallRecord(row, CallMetadata(started_at=AT), source_uri=f"{n}.wav")
