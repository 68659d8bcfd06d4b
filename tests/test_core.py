"""Transcripts, evidence and keys: identity is content, and nothing drifts."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace

import pytest
from conftest import call

from callcoach.core import (
    BehaviourScore,
    Evidence,
    Interval,
    Observation,
    Role,
    Status,
    Turn,
    Word,
    recognition_key,
    scoring_key,
)
from callcoach.core.documents import transcript_from_document, transcript_to_document
from callcoach.core.scorecard import Scorecard

TWO_TURNS = call("R 0-5 how do you file it | C 5-9 by hand mostly")


def test_a_transcript_survives_its_document_to_the_last_digit() -> None:
    document = json.loads(json.dumps(transcript_to_document(TWO_TURNS)))
    assert transcript_from_document(document) == TWO_TURNS


def test_a_transcript_without_times_or_in_part_survives_its_document_too() -> None:
    untimed = (Word("by"), Word("hand"))
    in_part = (Word("mostly", Interval(0.0, 0.0), 0.0), Word("so"), Word("far", None, 0.5))
    turns = (Turn("R", untimed), Turn("R", in_part), Turn("C"))
    mixed = replace(TWO_TURNS, turns=turns)
    document = json.loads(json.dumps(transcript_to_document(mixed)))
    assert transcript_from_document(document) == mixed
    assert document["turns"][0]["words"] == [["by", "hand"], None, None, None]


def test_a_transcript_that_was_kept_with_its_empty_columns_is_read() -> None:
    document = transcript_to_document(replace(TWO_TURNS, turns=(Turn("R", (Word("by"), Word("hand"))),)))
    document["turns"][0]["words"][1:] = [[None, None]] * 3
    assert transcript_from_document(document).turns == (Turn("R", (Word("by"), Word("hand"))),)


def test_a_transcript_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        TWO_TURNS.language = "de"


def test_roles_are_no_part_of_the_id_and_bytes_are() -> None:
    assert TWO_TURNS.swapped().id == TWO_TURNS.id
    assert replace(TWO_TURNS, source_sha256="1" * 64).id != TWO_TURNS.id


def test_a_turn_without_a_speaker_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a speaker"):
        replace(TWO_TURNS, turns=(Turn("nobody"),))


def test_quotes_are_derived_and_bounds_are_checked_with_all_numbers() -> None:
    assert Evidence(0, 0, 2).quote(TWO_TURNS) == "how do"
    interval = Evidence(0, 0, 2).interval(TWO_TURNS)
    assert (interval.start_s, interval.end_s) == pytest.approx((0.0, 2 * 5 / 5))
    with pytest.raises(ValueError, match="<= 5 in turn 0; got 2 and 9"):
        Evidence(0, 2, 9).check(TWO_TURNS)


def test_confidence_weighs_words_by_their_time() -> None:
    turn = Turn("R", (Word("a", Interval(0, 3), 1.0), Word("b", Interval(3, 4), 0.2)))
    assert turn.confidence == pytest.approx(0.8)
    assert Turn("R", (Word("a"),)).confidence is None


def test_a_status_without_a_score_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        Observation("agenda", Status.CANNOT_BE_JUDGED)
    with pytest.raises(ValueError, match="needs a reason"):
        BehaviourScore("agenda", "Agenda", Status.NOT_APPLICABLE, 10)


def test_a_score_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="low <= score <= high"):
        BehaviourScore("agenda", "Agenda", Status.SCORED, 10, score=0.5, low=0.6, high=0.9)


def test_keys_name_what_they_rest_on() -> None:
    assert recognition_key(engine="x", model_hash=None, options={"a": 1}) != recognition_key(
        engine="x", model_hash=None, options={"a": 2}
    )
    assert scoring_key(rubric_hash="1", constants={}, taggers={}) != scoring_key(
        rubric_hash="2", constants={}, taggers={}
    )


def test_a_cards_key_changes_with_transcript_edits_and_scoring() -> None:
    card = Scorecard("t", "0", "s", "any", "any", 1.0, {}, {}, ())
    others = (replace(card, transcript_id="u"), replace(card, revision="1"), replace(card, scoring_key="r"))
    assert len({card.key, *(other.key for other in others)}) == 4


def test_words_of_a_side_come_from_all_its_speakers() -> None:
    both = call("R1 0-1 one | C 1-2 two | R2 2-3 three")
    assert [word.text for word in both.words_of(Role.REP)] == ["one", "three"]
