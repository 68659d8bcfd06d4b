"""Corrections by people: pure, anchored in the words, undoable, never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from conftest import call

from callcoach.core import Anchor, Edit, EditKind, Evidence, RejectReason, Role, apply, revision
from callcoach.core.edits import find
from callcoach.core.errors import BadEdit

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
#  R |--------|              |-----------|
#  C          |-------------|
THREE_TURNS = call("R 0-5 what happens next | C 5-9 legal signs by friday | R 9-14 and who is legal")


def edit(kind: EditKind, number: int = 1, **fields: object) -> Edit:
    return Edit(id=f"e{number}", kind=kind, author="owner", at=NOON + timedelta(minutes=number), **fields)


def anchor(turn: int, start: int, end: int) -> Anchor:
    return Anchor.at(THREE_TURNS, Evidence(turn, start, end))


def test_a_swap_changes_sides_and_nothing_else() -> None:
    swapped = apply(THREE_TURNS, [edit(EditKind.SWAP)]).transcript
    assert [s.role for s in swapped.speakers] == [Role.CUSTOMER, Role.REP]
    assert swapped.turns == THREE_TURNS.turns
    assert swapped.id == THREE_TURNS.id


def test_two_swaps_are_none() -> None:
    twice = apply(THREE_TURNS, [edit(EditKind.SWAP, 1), edit(EditKind.SWAP, 2)]).transcript
    assert [s.role for s in twice.speakers] == [s.role for s in THREE_TURNS.speakers]


def test_an_undone_edit_has_no_effect_and_no_revision() -> None:
    undone = replace(edit(EditKind.SWAP), undone_by="owner")
    assert apply(THREE_TURNS, [undone]).transcript == THREE_TURNS
    assert revision([undone]) == revision([]) == "0"


def test_comments_change_no_revision() -> None:
    assert revision([edit(EditKind.COMMENT, text="listen here")]) == "0"
    assert revision([edit(EditKind.SWAP)]) != "0"


def test_corrected_words_share_the_time_of_those_they_replace() -> None:
    corrected = apply(THREE_TURNS, [edit(EditKind.WORDS, anchor=anchor(1, 0, 1), text="the legal team")])
    turn = corrected.transcript.turns[1]
    assert turn.text == "the legal team signs by friday"
    assert turn.words[0].interval.start_s == pytest.approx(5.0)
    assert turn.words[2].interval.end_s == pytest.approx(6.0)


def test_evidence_finds_its_words_after_words_before_it_were_edited() -> None:
    edits = [
        edit(EditKind.WORDS, 1, anchor=anchor(1, 0, 1), text="our legal people"),
        edit(
            EditKind.REJECT_EVIDENCE,
            2,
            anchor=anchor(1, 2, 4),
            behaviour="next_step",
            reason=RejectReason.NOT_SAID,
        ),
    ]
    corrected = apply(THREE_TURNS, edits)
    ((behaviour, evidence),) = corrected.rejected
    assert behaviour == "next_step"
    assert evidence.quote(corrected.transcript) == "by friday"


def test_an_edit_whose_words_are_gone_is_listed_not_dropped() -> None:
    gone = edit(EditKind.ADD_EVIDENCE, anchor=anchor(2, 0, 4), behaviour="question")
    other = call("R 0-5 hello | C 5-9 hi there")
    assert apply(other, [gone]).lost == (gone,)


def test_an_anchor_prefers_the_nearest_of_equal_quotes() -> None:
    twice = call("R 0-2 yes we can | C 2-4 ok | R 50-52 yes we can")
    wanted = Anchor("R", 49.0, "yes we can", turn=9, start_word=0, end_word=3)
    assert find(wanted, twice).turn == 2


def test_edits_apply_in_the_order_they_were_made_whatever_the_order_given() -> None:
    first = edit(EditKind.RENAME, 1, speaker="R", text="Dana")
    second = edit(EditKind.RENAME, 2, speaker="R", text="Dana W.")
    for order in ([first, second], [second, first]):
        assert apply(THREE_TURNS, order).transcript.speaker("R").name == "Dana W."


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (EditKind.SCORE, {"behaviour": "agenda"}),
        (EditKind.WORDS, {"text": "no anchor"}),
        (EditKind.REJECT_EVIDENCE, {"behaviour": "agenda"}),
        (EditKind.ROLE, {"speaker": "R"}),
    ],
)
def test_an_edit_that_lacks_what_its_kind_needs_is_refused(kind: EditKind, fields: dict) -> None:
    with pytest.raises(BadEdit, match="missing"):
        edit(kind, **fields)


def test_a_score_out_of_range_is_refused() -> None:
    with pytest.raises(BadEdit, match=r"between 0 and 1; got 1\.5"):
        edit(EditKind.SCORE, behaviour="agenda", score=1.5)


def test_no_error_of_an_edit_holds_words_of_the_call() -> None:
    with pytest.raises(BadEdit) as caught:
        edit(EditKind.WORDS, text="legal signs by friday")
    assert "friday" not in str(caught.value)
