"""Calibration by files: a sheet drawn from the store, filled in, counted; scores compared with the machine's."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from fixture_calls import FIXTURE_NAMES, fixture_metadata, fixture_transcript
from typer.testing import CliRunner

from callcoach.cli.app import app
from callcoach.core import LOCAL_OWNER, Call, Observation, call_id
from callcoach.core.errors import BadMetadata, BadRubric
from callcoach.document import scored_call
from callcoach.evaluate.calibration import SHEET_COLUMNS, agreed, checked, draw, read_verdicts, write_sheet
from callcoach.measure.talk import talk_measures
from callcoach.pipeline import judge
from callcoach.score import score_call
from callcoach.score.rubric import load_rubric, parse_rubric
from callcoach.store import Store

pytest_plugins = ["store_fixtures"]

MONTH = "2026-09"


@pytest.fixture
def filled(store: Store) -> Store:
    """The bundled calls, judged and kept."""
    for name in FIXTURE_NAMES:
        metadata, transcript = fixture_metadata(name), fixture_transcript(name)
        found = judge(transcript, metadata)
        id_ = call_id(transcript.source_sha256)
        document = scored_call(
            source=name,
            call_id=id_,
            call_class=None,
            metadata=metadata,
            transcript=found.transcript,
            card=found.card,
        )
        store.record(
            Call(id_, metadata=metadata),
            transcript=transcript,
            source_uri=name,
            document=document,
            card=found.card,
        )
    return store


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    return path


def test_a_sheet_is_drawn_from_the_months_calls_and_says_nothing_of_the_machine(filled, tmp_path) -> None:
    path = tmp_path / "sheet.csv"
    n = write_sheet(draw(filled, LOCAL_OWNER, month=MONTH), path)
    rows = rows_of(path)
    assert n == len(rows) > 10
    assert tuple(rows[0]) == SHEET_COLUMNS
    assert not any(row["right"] for row in rows)
    assert draw(filled, LOCAL_OWNER, month="2031-01") == ()
    assert draw(filled, LOCAL_OWNER, month=MONTH) == draw(filled, LOCAL_OWNER, month=MONTH)


def test_what_people_wrote_on_the_sheet_is_counted(filled, tmp_path) -> None:
    path = tmp_path / "sheet.csv"
    write_sheet(draw(filled, LOCAL_OWNER, month=MONTH), path)
    rows = rows_of(path)
    item = rows[0]["item"]
    of_item = [row for row in rows if row["item"] == item]
    for number, row in enumerate(of_item):
        row |= {"right": "n" if number == 0 else "Y", "reviewer": "mia"}
    (found,) = checked(write_rows(path, rows))
    assert found.words == f"right {len(of_item) - 1} of {len(of_item)}"


def test_an_answer_that_is_neither_yes_nor_no_names_its_line(tmp_path) -> None:
    path = write_rows(tmp_path / "s.csv", [dict.fromkeys(SHEET_COLUMNS, "x") | {"right": "maybe"}])
    with pytest.raises(BadMetadata, match=r"line 2 of s\.csv"):
        read_verdicts(path)
    path.write_text("id,item\n", "utf-8")
    with pytest.raises(BadMetadata, match="it lacks call_id"):
        read_verdicts(path)


def test_reviewers_are_compared_with_each_other_and_with_the_machine(filled, tmp_path) -> None:
    calls = [row.call_id for row in filled.calls(LOCAL_OWNER).rows]
    machine = {}
    for id_ in calls:
        for item in filled.document(LOCAL_OWNER, id_)["behaviours"]:
            if item["id"] == "next_step" and item["score"] is not None:
                machine[id_] = item["score"]
    assert len(machine) >= 5
    rows = [
        {"reviewer": who, "call_id": id_, "item": "next_step", "score": str(score)}
        for who in ("mia", "tom")
        for id_, score in machine.items()
    ]
    path = write_rows(tmp_path / "scores.csv", rows)
    found = agreed(path, filled, LOCAL_OWNER)
    assert [(row.one, row.other) for row in found] == [("mia", "tom"), ("mia", "machine"), ("tom", "machine")]
    assert {row.kappa for row in found} == {1.0}
    assert len(agreed(path)) == 1


def test_a_score_outside_0_to_1_names_its_line(tmp_path) -> None:
    rows = [{"reviewer": "mia", "call_id": "c", "item": "recap", "score": "7"}]
    with pytest.raises(BadMetadata, match="line 2"):
        agreed(write_rows(tmp_path / "scores.csv", rows))


def test_the_commands_draw_count_and_compare(filled, tmp_path) -> None:
    sheet, run = tmp_path / "sheet.csv", CliRunner().invoke
    drawn = run(app, ["evaluate", "moments", str(sheet), "--month", MONTH, "--store", filled.url])
    assert drawn.exit_code == 0, drawn.output
    assert "write y or n" in run(app, ["evaluate", "moments", str(sheet)]).output
    rows = [row | {"right": "y", "reviewer": "mia"} for row in rows_of(sheet)]
    assert "right" in run(app, ["evaluate", "moments", str(write_rows(sheet, rows))]).output
    scores = write_rows(
        tmp_path / "scores.csv", [{"reviewer": "mia", "call_id": "c", "item": "recap", "score": "1"}]
    )
    compared = run(app, ["evaluate", "agreement", str(scores), "--store", filled.url])
    assert "No item was scored by two." in compared.output


RUBRIC = """
name = "ours"
{line}
[[items]]
behaviour = "recap"
weight = 60
direction = "at_least"
target = 1
source = "house"
[[items]]
behaviour = "next_step"
weight = 40
direction = "at_least"
target = 3
source = "house"
"""


def test_what_a_rubric_switches_off_weighs_nothing_and_is_not_coached() -> None:
    rubric = parse_rubric(RUBRIC.format(line='switched_off = ["recap"]'), where="ours")
    assert rubric.hash != parse_rubric(RUBRIC.format(line=""), where="ours").hash
    transcript = fixture_transcript("discovery-good")
    card = judge(transcript, fixture_metadata("discovery-good")).card
    seen = {
        item.id: Observation(item.id, item.status, components=item.components, evidence=item.evidence)
        for item in card.behaviours
        if item.id in ("recap", "next_step")
    }
    given = score_call(
        transcript,
        measures=talk_measures(transcript),
        observations=seen,
        rubric=rubric,
        call_type="discovery",
        call_type_probability=1.0,
        first_meeting=True,
        proven={"recap", "next_step"},
    )
    assert [(item.id, item.weight) for item in given.behaviours] == [("recap", 0.0), ("next_step", 100.0)]


def test_a_rubric_can_switch_off_only_what_it_weighs() -> None:
    with pytest.raises(BadRubric, match="switched_off must name behaviours of the rubric"):
        parse_rubric(RUBRIC.format(line='switched_off = ["recup"]'), where="ours")
    assert load_rubric("discovery").switched_off == ()
