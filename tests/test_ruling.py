"""Whose word counts, and voices put right by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from conftest import call
from stores import keep

from callcoach.archive import rescore_call
from callcoach.core import (
    LOCAL_OWNER,
    Anchor,
    CallMetadata,
    Edit,
    EditKind,
    Evidence,
    Person,
    RejectReason,
    Role,
    Viewer,
    apply,
    total_s,
)
from callcoach.core.ruling import rule
from callcoach.store import Store

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
#  R |-----|          |------|
#  C        |--------|
TALK = call("R 0-5 what happens next | C 5-9 legal signs by friday | R 9-14 and who is legal")
LEADS = frozenset({"owner", "mia"})


def rejected(author: str, minute: int, *, turn: int = 0, kind=EditKind.REJECT_EVIDENCE) -> Edit:
    return Edit(
        id=f"{author}{minute}",
        kind=kind,
        author=author,
        at=NOON + timedelta(minutes=minute),
        anchor=Anchor.at(TALK, Evidence(turn, 0, 3)),
        behaviour="question",
        reason=RejectReason.NOT_SAID,
    )


def scored(author: str, minute: int, score: float) -> Edit:
    at = NOON + timedelta(minutes=minute)
    return Edit(f"{author}{minute}", EditKind.SCORE, author, at, behaviour="question", score=score)


def ids(edits) -> list[str]:
    return [edit.id for edit in edits]


def test_what_a_rep_disputes_alone_is_open_and_counts_neither_way():
    ruling = rule([rejected("dana", 1)], leads=LEADS)
    assert (ids(ruling.counting), ids(ruling.open)) == ([], ["dana1"])
    assert ruling.disputed == {"question"}


def test_a_managers_word_counts_and_closes_what_the_rep_disputed():
    agreed = rule([rejected("dana", 1), rejected("mia", 2)], leads=LEADS)
    assert (ids(agreed.counting), ids(agreed.open)) == (["mia2"], [])
    against = rule([rejected("dana", 1), rejected("mia", 2, kind=EditKind.ADD_EVIDENCE)], leads=LEADS)
    assert (ids(against.counting), ids(against.open)) == (["mia2"], [])


def test_a_managers_word_about_another_moment_settles_nothing_here():
    assert ids(rule([rejected("dana", 1), rejected("mia", 2, turn=2)], leads=LEADS).open) == ["dana1"]


def test_of_two_scores_by_who_leads_the_later_counts():
    ruling = rule([scored("mia", 1, 0.5), scored("dana", 2, 1.0), scored("owner", 3, 0.25)], leads=LEADS)
    assert (ids(ruling.counting), ids(ruling.open)) == (["owner3"], [])


def test_words_and_sides_are_facts_that_anybody_corrects_at_once():
    swap = Edit("s", EditKind.SWAP, "dana", NOON)
    assert ids(rule([swap], leads=LEADS).counting) == ["s"]


def test_a_dispute_withholds_the_score_until_the_manager_agrees(tmp_path):
    manager = Viewer("mia", frozenset({"manager"}), frozenset({"north"}))
    rep = Viewer("dana", frozenset({"rep"}))
    with Store.open(f"sqlite:///{tmp_path / 'a.db'}", rep_first_hours=0) as store:
        store.put_person(LOCAL_OWNER, Person("dana", "Dana", team="north", firm_role="rep"))
        store.put_person(LOCAL_OWNER, Person("mia", "Mia", team="north", firm_role="manager"))
        talk = "R 0-60 thanks for joining | C 60-110 hello | R 110-140 i will send the plan on thursday"
        keep(store, "one", script=talk, metadata=CallMetadata(rep="Dana"))

        def step(viewer: Viewer | None = None, score: float | None = None) -> dict:
            if viewer is not None:
                edit = Edit("", EditKind.SCORE, "", NOON, behaviour="next_step", score=score)
                store.add_edit(viewer, "one", edit)
            document = rescore_call(store, rep, "one")
            return next(item for item in document["behaviours"] if item["id"] == "next_step")

        open_ = step(rep, 1.0)
        assert (open_["status"], open_["score"]) == ("cannot_be_judged", None)
        assert "disputed" in open_["reason"]
        agreed = step(manager, 0.75)
        assert (agreed["status"], agreed["score"]) == ("scored", 0.75)


# Voices


def test_two_voices_become_one_with_their_speech_added_up():
    three = call("R 0-5 a b | C 5-9 c d | C2 9-12 e f")
    one = apply(three, [Edit("e", EditKind.MERGE, "owner", NOON, speaker="C2", text="C")]).transcript
    assert [s.label for s in one.speakers] == ["R", "C"]
    assert [t.speaker for t in one.turns] == ["R", "C", "C"]
    assert total_s(one.speech["C"]) == pytest.approx(7.0)


def test_a_line_said_by_another_takes_its_seconds_along():
    edit = Edit("e", EditKind.MOVE, "owner", NOON, anchor=Anchor.at(TALK, Evidence(1, 0, 4)), speaker="R")
    moved = apply(TALK, [edit]).transcript
    assert [t.speaker for t in moved.turns] == ["R", "R", "R"]
    assert total_s(moved.speech["R"]) == pytest.approx(14.0)
    assert total_s(moved.speech["C"]) == 0


def test_a_voice_that_was_two_is_parted_from_a_line_on_and_keeps_its_side():
    edit = Edit(
        "e", EditKind.SPLIT, "owner", NOON, anchor=Anchor.at(TALK, Evidence(2, 0, 4)), speaker="Voice 3"
    )
    parted = apply(TALK, [edit]).transcript
    assert [t.speaker for t in parted.turns] == ["R", "C", "Voice 3"]
    assert parted.speaker("Voice 3").role is Role.REP
    assert total_s(parted.speech["R"]) == pytest.approx(5.0)
    assert TALK.turns[2].speaker == "R"


def test_a_merge_of_a_voice_that_is_not_here_is_listed_as_lost():
    lost = Edit("e", EditKind.MERGE, "owner", NOON, speaker="nobody", text="R")
    assert apply(TALK, [lost]).lost == (lost,)
