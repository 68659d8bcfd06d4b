"""`callcoach tag` and `callcoach evaluate tags`: rows in, the same rows out, exit codes, figures."""

from __future__ import annotations

import io
import json

import pytest

from callcoach.cli.app import run
from callcoach.measure.labels import CUSTOMER_LABELS, REP_LABELS

ROWS = [
    {"conversation_id": "a", "order": 1, "speaker": "customer", "text": "We lose two days on approvals.", "x": [1]},
    {"conversation_id": 7, "order": 0, "speaker": "rep", "text": "Which system holds the price list now?"},
    {"conversation_id": "a", "order": 2, "speaker": "rep", "text": "So it's the approvals that hold it up — née."},
]  # fmt: skip


def written(tmp_path, lines) -> str:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return str(path)


def tagged(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_same_rows_come_out_in_order_with_labels_of_their_side(tmp_path, capsys):
    assert run(["tag", written(tmp_path, map(json.dumps, ROWS))]) == 0
    found = tagged(capsys)
    assert [{key: value for key, value in row.items() if key != "labels"} for row in found] == ROWS
    assert [tuple(row["labels"]) for row in found] == [CUSTOMER_LABELS, REP_LABELS, REP_LABELS]
    assert found[1]["labels"]["question"] >= 0.5


def test_standard_input_gives_the_same(tmp_path, capsys, monkeypatch):
    run(["tag", written(tmp_path, map(json.dumps, ROWS))])
    from_file = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(row) + "\n" for row in ROWS)))
    assert run(["tag", "-"]) == 0
    assert capsys.readouterr().out == from_file


@pytest.mark.parametrize(
    "row",
    [
        "{",
        "[]",
        '"secret"',
        '{"order": 1, "speaker": "rep", "text": "secret"}',
        '{"conversation_id": "a", "order": "x", "speaker": "rep", "text": "secret"}',
        '{"conversation_id": "a", "order": NaN, "speaker": "rep", "text": "secret"}',
        '{"conversation_id": "a", "order": true, "speaker": "rep", "text": "secret"}',
        '{"conversation_id": "a", "order": 1, "speaker": "agent", "text": "secret"}',
        '{"conversation_id": "a", "order": 1, "speaker": ["rep"], "text": "secret"}',
        '{"conversation_id": "a", "order": 1, "speaker": "rep", "text": null}',
    ],
)
def test_a_bad_row_is_named_in_its_place_and_the_others_are_labelled(tmp_path, capsys, row):
    path = written(tmp_path, [json.dumps(ROWS[0]), "", row, json.dumps(ROWS[2])])
    assert run(["tag", path]) == 3
    out, err = capsys.readouterr()
    found = [json.loads(line) for line in out.splitlines()]
    assert ["labels" in row for row in found] == [True, False, True]
    assert found[1]["error"]["kind"] == "bad_metadata"
    assert "row 3 of rows.jsonl" in found[1]["error"]["message"]
    assert "row 3 of rows.jsonl" in err
    assert "secret" not in err


def test_a_bad_row_is_no_context_of_the_others(tmp_path, capsys):
    good = [json.dumps(row) for row in ROWS]
    run(["tag", written(tmp_path, good)])
    expected = tagged(capsys)
    run(["tag", written(tmp_path, [good[0], "{", *good[1:]])])
    assert [row for row in tagged(capsys) if "labels" in row] == expected


def test_an_input_that_cannot_be_read_fails_with_code_three(tmp_path, capsys):
    assert run(["tag", str(tmp_path / "none.jsonl")]) == 3
    (tmp_path / "other.jsonl").write_bytes(b"\xff\xfe\x00")
    assert run(["tag", str(tmp_path / "other.jsonl")]) == 3
    assert capsys.readouterr().err.count("must be a readable file of UTF-8 text") == 2


def test_no_rows_are_no_rows(tmp_path, capsys):
    assert run(["tag", written(tmp_path, ["", " "])]) == 0
    assert capsys.readouterr().out == ""


GOLD = [
    {"conversation_id": "a", "order": 0, "speaker": "rep", "text": "What do you use?", "labels": ["question"], "q": 1},
    {"conversation_id": "a", "order": 1, "speaker": "customer", "text": "Paper.", "labels": []},
    {"conversation_id": "b", "order": 0, "speaker": "rep", "text": "Do you print it?", "labels": ["question"], "q": 2},
]  # fmt: skip


def test_figures_are_printed_per_label_and_condition(tmp_path, capsys):
    path = written(tmp_path, map(json.dumps, GOLD))
    assert run(["evaluate", "tags", path]) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = [line for line in lines if line.startswith("question ")]
    assert [" ".join(line.split()[:7]) for line in shown] == [
        "question as written 3 2 1.00 1.00",
        "question bare 3 2 1.00 1.00 1.000",
    ]
    assert run(["evaluate", "tags", path, "--bare", "--reliability"]) == 0
    out = capsys.readouterr().out
    assert "as written" not in out
    assert "so it was in 1.00 of" in out


def test_only_rows_of_a_kind_are_counted_where_asked(tmp_path, capsys):
    gold = [{**row, "q": row.get("q", 0)} for row in GOLD]
    path = written(tmp_path, map(json.dumps, gold))
    assert run(["evaluate", "tags", path, "--where", "q=2", "--bare"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("question "))
    assert line.split()[2:4] == ["1", "1"]
    assert run(["evaluate", "tags", path, "--where", "q"]) == 2


def test_a_mapping_of_ones_own_is_used(tmp_path, capsys):
    mapping = tmp_path / "mine.toml"
    mapping.write_text(
        '[columns]\nconversation = "call"\nspeaker = "who"\ntext = "said"\n[speakers]\nme = "rep"\n'
        '[[label]]\nlabel = "question"\ncolumn = "kind"\npositive = ["q"]\n'
    )
    path = written(tmp_path, ['{"call": 1, "who": "me", "said": "How many do you print?", "kind": "q"}'])
    assert run(["evaluate", "tags", path, "--mapping", str(mapping), "--bare"]) == 0
    assert "1.000" in capsys.readouterr().out
    assert run(["evaluate", "tags", path, "--mapping", "nobody"]) == 2
    assert "annomi, bt_oasis, swda" in capsys.readouterr().err
