"""A later call of an account is judged knowing the earlier ones; a first one is not called first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcoach.archive.ingest import ingest
from callcoach.archive.sources import Source
from callcoach.store import Store

FIRST = """Dana: Thanks for the time. How does a quote get approved today?
Priya: Every quote above five thousand waits for Omar in Leeds, and we lose two days on approvals each time.
Dana: Two days where, exactly?
Priya: In his inbox. He is on site until the evening and nobody else may sign.
Dana: I see, so the quote is ready and it waits for one signature.
Priya: Exactly, and in March it was worse.
"""
SECOND = """Dana: Good to see you again. Shall we look at the approvals?
Priya: Please, I have half an hour before the next one starts.
Dana: You said approvals cost you two days in Omar's inbox, so this routes them to a deputy within the hour.
Priya: That would help, and does it work from a phone as well when somebody is on site?
Dana: It does. Approvals come as a message and he answers with one tap.
Priya: Good. I will show it to Omar on Friday and call you on Monday.
"""
RUBRIC = """
name = "links"
title = "Links"
version = 1
call_type = "any"

[[items]]
behaviour = "value_link"
weight = 100
direction = "at_least"
target = 0.6
source = "house"
"""


@pytest.fixture
def calls(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "one.txt", tmp_path / "two.txt"
    for path, text, day in zip(paths, (FIRST, SECOND), (7, 14), strict=True):
        path.write_text(text, "utf-8")
        sidecar = {
            "started_at": f"2026-09-{day:02}T10:00:00+02:00", "rep": "Dana", "customer": "Priya",
            "account": "Brightwater", "call_type": "discovery",
        }  # fmt: skip
        path.with_name(path.name + ".callcoach.json").write_text(json.dumps(sidecar), "utf-8")
    return paths


def scored(store: Store, path: Path, **options) -> dict:
    outcome = ingest(Source(str(path), path), store=store, **options)
    assert outcome.error is None, outcome.error
    return {item["id"]: item for item in outcome.document["behaviours"]}


def test_a_later_call_of_an_account_is_no_first_meeting(calls, tmp_path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'a.db'}") as store:
        first, second = (scored(store, path) for path in calls)
    assert "not known whether this is one" in first["needs_before_pitch"]["reason"]
    assert second["needs_before_pitch"]["status"] == "not_applicable"


def test_in_another_order_or_side_by_side_nothing_is_assumed(calls, tmp_path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'a.db'}") as store:
        late = scored(store, calls[1])
        scored(store, calls[0])
        assert "not known" in late["needs_before_pitch"]["reason"]
        apart = scored(store, calls[1], look_back=False)
    assert apart == late


def test_a_value_link_finds_its_antecedent_in_the_earlier_call(calls, tmp_path) -> None:
    rubric = tmp_path / "links.toml"
    rubric.write_text(RUBRIC, "utf-8")
    with Store.open(f"sqlite:///{tmp_path / 'a.db'}") as store:
        alone = ingest(Source("two", calls[1]), store=None, rubric=str(rubric)).document
        scored(store, calls[0])
        together = ingest(Source("two", calls[1]), store=store, rubric=str(rubric)).document

    def linked(document: dict) -> float:
        (item,) = [b for b in document["behaviours"] if b["id"] == "value_link"]
        return item["components"].get("n_linked", 0.0)

    assert linked(together) > linked(alone)


def test_the_same_store_gives_the_same_document(calls, tmp_path) -> None:
    documents = []
    for name in ("a", "b"):
        with Store.open(f"sqlite:///{tmp_path / name}.db") as store:
            scored(store, calls[0])
            documents.append(json.dumps(ingest(Source("two", calls[1]), store=store).document))
    assert documents[0] == documents[1]
