"""Correcting the machine on a call's page: what a click means, and what can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from conftest import call
from stores import keep

from callcoach.core import LOCAL_OWNER, Edit, EditKind, Person, Viewer, apply
from callcoach.core.errors import BadEdit
from callcoach.store import Store
from callcoach.ui import correcting
from callcoach.ui.views import corrections

NOW = datetime(2026, 9, 14, 12, tzinfo=UTC)
TALK = call("R 0-4 what what next | C 4-8 two days and two days | R 8-12 i see")
REJECT = {"do": "reject", "behaviour": "question", "turn": 1, "quote": "two days", "reason": "not said"}


def test_of_words_said_twice_the_nearest_in_time_is_meant():
    assert corrections.anchor_of_words(TALK, 1, "two days", 6.5).start_word == 3
    assert corrections.anchor_of_words(TALK, 1, "two days", 4.0).start_word == 0


def test_words_that_are_gone_are_said_to_be_gone():
    with pytest.raises(BadEdit, match="load the page again"):
        corrections.anchor_of_words(TALK, 1, "three days", None)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"do": "drop tables"},
        {"do": ["reject"]},
        REJECT | {"behaviour": "nonsense"},
        REJECT | {"reason": "i say so"},
        REJECT | {"turn": 99},
        REJECT | {"turn": None},
        REJECT | {"quote": ""},
        {"do": "score", "behaviour": "question", "score": 7},
        {"do": "score", "behaviour": "question"},
        {"do": "words", "turn": 0, "text": "   "},
        {"do": "move", "turn": 0, "speaker": "nobody"},
    ],
)
def test_nothing_a_browser_sends_is_trusted(asked):
    with pytest.raises(BadEdit):
        correcting.edit_of(TALK, LOCAL_OWNER, asked)


def test_a_line_of_somebody_else_gets_a_voice_that_is_not_here_yet():
    edit = correcting.edit_of(TALK, LOCAL_OWNER, {"do": "split", "turn": 2})
    assert edit.speaker == "Voice 3"
    assert apply(TALK, [edit]).transcript.turns[2].speaker == "Voice 3"


def test_words_corrected_on_the_page_are_judged_and_found_and_taken_back(tmp_path):
    from callcoach.ui import sides

    with Store.open(f"sqlite:///{tmp_path / 'a.db'}") as store:
        keep(store, "one")
        correcting.correct(
            store, LOCAL_OWNER, "one", {"do": "words", "turn": 1, "text": "three <b>weeks</b>"}
        )
        assert store.document(LOCAL_OWNER, "one")["turns"][1]["text"] == "three <b>weeks</b>"
        standing = correcting.corrections_of(store, LOCAL_OWNER, store.call(LOCAL_OWNER, "one"))
        sides.take_back(store, LOCAL_OWNER, "one", [standing.edits[0].id])
        assert store.document(LOCAL_OWNER, "one")["turns"][1]["text"].startswith("the approvals")
        assert store.document(LOCAL_OWNER, "one", corrected=False)["turns"][1]["text"].startswith("the appr")


def test_a_dispute_is_open_until_who_leads_agrees(tmp_path):
    dana, mia = Viewer("dana", frozenset({"rep"})), Viewer("mia", frozenset({"manager"}), frozenset({"n"}))
    with Store.open(f"sqlite:///{tmp_path / 'a.db'}", rep_first_hours=0) as store:
        for id_, role in (("dana", "rep"), ("mia", "manager")):
            store.put_person(LOCAL_OWNER, Person(id_, id_.title(), team="n", firm_role=role))
        from callcoach.core import CallMetadata

        keep(store, "one", metadata=CallMetadata(rep="Dana"))
        correcting.correct(store, dana, "one", {"do": "score", "behaviour": "next_step", "score": 1})
        found = store.call(dana, "one")
        open_ = correcting.corrections_of(store, dana, found)
        assert len(open_.open) == 1
        assert ("mia" in open_.leads, "dana" in open_.leads) == (True, False)
        correcting.agree(store, mia, "one", open_.edits[0])
        assert correcting.corrections_of(store, dana, found).open == frozenset()


def test_what_has_lost_its_words_and_what_was_taken_back_stays_listed():
    edits = [
        Edit("a", EditKind.WORDS, "dana", NOW, corrections.anchor_of_turn(TALK, 0), text="hm"),
        Edit("b", EditKind.COMMENT, "owner", NOW, text="listen", undone_by="owner"),
    ]
    rows = corrections.correction_rows(edits, lost=["a"], names={"owner": "the owner"}, titles={})
    assert [(row.undone, row.state) for row in rows] == [
        (True, "taken back by the owner"),
        (False, "its words are no longer found in this transcript, so it has no effect"),
    ]


def test_every_kind_of_correction_has_words():
    anchor = corrections.anchor_of_turn(TALK, 1)
    from callcoach.core import RejectReason, Role

    for kind in EditKind:
        edit = Edit("a", kind, "x", NOW, anchor, "question", RejectReason.NOT_SAID, "t", 0.5, "R", Role.REP)
        assert corrections.edit_words(edit, {"question": "Questions"})


def test_a_comment_stands_at_its_line():
    edit = Edit("a", EditKind.COMMENT, "mia", NOW, corrections.anchor_of_turn(TALK, 1), text="nice")
    assert corrections.comments_of([edit], {"a": 1}, {"mia": "Mia"}) == {1: ["Mia: nice"]}
