"""Labels of a transcript: rules and taggers together, the words they show, and who is taken for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import call

from callcoach.core import Role
from callcoach.measure.labels import CUSTOMER_LABELS, REP_LABELS
from callcoach.measure.settling import settled
from callcoach.measure.turn_rules import Part
from callcoach.measure.utterances import evidence_of, label_turns

TALK = (
    "R Hi Dana. What goes wrong with the quotes today? | C Approvals. We lose two days every time somebody is away."
    " | R Okay. So it's not the software, it's waiting for the second signature. When that happens, what does it do"
    " to the renewal? | C Exactly, and it's worse in March."
)


def quotes(script: str, label: str) -> list[str]:
    transcript = call(script)
    return [piece.quote(transcript) for piece in evidence_of(transcript, label_turns(transcript), label)]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("problem_question", ["What goes wrong with the quotes today?"]),
        ("implication_question", ["When that happens, what does it do to the renewal?"]),
        ("problem_voiced", ["We lose two days every time somebody is away."]),
        pytest.param(
            "customer_confirms",
            ["Exactly, and it's worse in March."],
            marks=pytest.mark.xfail(
                strict=True,
                reason="after a reflection that ends in a question the taggers hear a problem only",
            ),
        ),
    ],
)
def test_the_sentence_that_shows_a_label_is_its_evidence(label, words):
    assert quotes(TALK, label)[: len(words)] == words


def test_the_sentence_that_confirms_a_reflection_is_the_evidence_of_that():
    asked = " When that happens, what does it do to the renewal?"
    assert quotes(TALK.replace(asked, ""), "customer_confirms") == ["Exactly, and it's worse in March."]


def test_every_turn_has_the_probabilities_of_its_side():
    labels = label_turns(call(TALK))
    assert [set(each) for each in labels] == [set(REP_LABELS), set(CUSTOMER_LABELS)] * 2
    assert all(0 <= chance <= 1 for each in labels for chance in each.values())
    assert all(each[part.label] >= part.probability for each in labels for part in each.parts)


def test_words_of_evidence_stay_inside_the_turn():
    transcript = call(TALK)
    for turn, each in zip(transcript.turns, label_turns(transcript), strict=True):
        assert all(0 <= part.start_word < part.end_word <= len(turn.words) for part in each.parts)


def test_speakers_whose_side_is_unknown_are_read_as_both():
    transcript = call(TALK)
    unknown = replace(
        transcript, speakers=tuple(replace(each, role=Role.UNKNOWN) for each in transcript.speakers)
    )
    known, both = label_turns(transcript), label_turns(unknown)
    assert all(set(each) == {*REP_LABELS, *CUSTOMER_LABELS} for each in both)
    assert both[1]["problem_voiced"] == known[1]["problem_voiced"]
    assert both[0]["problem_question"] == known[0]["problem_question"]


def test_names_known_of_the_speakers_change_nothing():
    def labels_of(name: str):
        transcript = call(TALK.replace("Dana", name))
        named = tuple(
            replace(each, name=f"{name} Quorle") if each.role is Role.CUSTOMER else each
            for each in transcript.speakers
        )
        return label_turns(replace(transcript, speakers=named))

    assert labels_of("Zyntrix") == labels_of("Brambly") == labels_of("Dana")


def test_the_same_transcript_gets_the_same_labels():
    assert label_turns(call(TALK)) == label_turns(call(TALK))


def nowhere(label: str) -> tuple[int, int]:
    raise AssertionError(f"the words of {label} are known")


QUESTION = (
    Part("question", 2, 8, 0.97),
    Part("question_substantive", 2, 8, 0.87),
    Part("open_question", 2, 8, 0.85),
)


def chances(**said: float) -> dict[str, float]:
    return dict.fromkeys(REP_LABELS, 0.02) | said


def test_where_both_see_a_question_its_probability_is_the_taggers():
    parts = settled(QUESTION, chances(question=0.93, question_substantive=0.9, open_question=0.8), nowhere)
    found = {part.label: part for part in parts}
    assert found["question"] == Part("question", 2, 8, 0.93)
    assert found["question_substantive"].probability == pytest.approx(0.9)
    assert found["open_question"].probability > 0.5 > found["closed_question"].probability


def test_a_question_of_substance_to_the_rule_may_be_ritual_to_the_taggers():
    parts = settled(QUESTION, chances(question=0.93, question_ritual=0.8), nowhere)
    assert [part.label for part in parts if part.label.startswith("question_")] == ["question_ritual"]


def test_a_doubtful_question_that_the_taggers_do_not_believe_is_none():
    doubtful = [replace(part, probability=part.probability * 0.7) for part in QUESTION]
    assert settled(doubtful, chances(question=0.05), nowhere) == []
    assert settled(doubtful, chances(question=0.3), nowhere)


def test_what_only_the_taggers_see_is_placed_by_them():
    found = settled((), chances(agenda_plan=0.95), lambda label: (3, 9))
    assert found == [Part("agenda_plan", 3, 9, 0.95)]
    assert settled((), chances(agenda_plan=0.8), nowhere) == []
    assert settled((), chances(agenda_time=0.99), nowhere) == []
    assert settled((), chances(recording_notice=0.99), nowhere) == []
