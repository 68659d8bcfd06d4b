"""One call end to end: roles are given and never guessed, edits make a corrected card, classes follow speech."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from conftest import call

from callcoach.core import (
    Anchor,
    CallClass,
    CallMetadata,
    CallPerson,
    CallType,
    Edit,
    EditKind,
    Evidence,
    Provenance,
    RejectReason,
    Role,
    Separation,
    Status,
)
from callcoach.core.errors import BadMetadata
from callcoach.pipeline import Given, classify, judge, with_given_roles, with_people

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)


def two_channels(script: str = "U1 0-5 hello there | U2 5-9 hi"):
    """A transcript of two channels whose sides nobody gave."""
    made = call(script)
    return replace(
        made,
        speakers=tuple(
            replace(s, channel=n, role=Role.UNKNOWN, role_source=None, role_confidence=None)
            for n, s in enumerate(made.speakers)
        ),
    )


def two_names():
    made = two_channels()
    return replace(
        made,
        provenance=Provenance("transcript", "webvtt", "k", separation=Separation.LABELS),
        speakers=tuple(
            replace(s, channel=None, name=name)
            for s, name in zip(made.speakers, ("Dana", "Priya"), strict=True)
        ),
    )


def roles(transcript) -> list[Role]:
    return [speaker.role for speaker in transcript.speakers]


def test_nothing_given_leaves_everybody_unknown() -> None:
    assert roles(with_given_roles(two_channels(), CallMetadata())) == [Role.UNKNOWN, Role.UNKNOWN]


def test_the_channel_map_of_the_metadata_gives_sides_and_a_flag_beats_it() -> None:
    metadata = CallMetadata(channels={"left": Role.REP, "right": Role.CUSTOMER}, rep="Dana")
    mapped = with_given_roles(two_channels(), metadata)
    assert roles(mapped) == [Role.REP, Role.CUSTOMER]
    assert mapped.speakers[0].name == "Dana"
    assert mapped.speakers[0].role_source == "metadata"
    flagged = with_given_roles(two_channels(), metadata, Given(rep_channel="right"))
    assert roles(flagged) == [Role.CUSTOMER, Role.REP]
    assert flagged.speakers[1].role_source == "given"


def test_swap_comes_last() -> None:
    given = Given(rep_channel="left", swap=True)
    assert roles(with_given_roles(two_channels(), CallMetadata(), given)) == [Role.CUSTOMER, Role.REP]


def test_a_name_of_the_metadata_settles_both_of_two_speakers() -> None:
    assert roles(with_given_roles(two_names(), CallMetadata(rep="dana"))) == [Role.REP, Role.CUSTOMER]
    assert roles(with_given_roles(two_names(), CallMetadata(customers=("Dana",)))) == [
        Role.CUSTOMER,
        Role.REP,
    ]


def test_a_rep_nobody_is_called_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(BadMetadata, match="its speakers are Dana, Priya"):
        with_given_roles(two_names(), CallMetadata(), Given(rep="Zoe"))


def test_settled_people_give_sides_and_names() -> None:
    settled = with_people(two_channels(), [CallPerson(Role.REP, "Dana", speaker="U1")])
    assert roles(settled) == [Role.REP, Role.UNKNOWN]
    assert settled.speakers[0].name == "Dana"


def test_a_second_of_silence_less_is_still_the_same_class() -> None:
    turns = " | ".join(f"{'RC'[n % 2]} {n * 12}-{n * 12 + 10} some words here" for n in range(14))
    assert classify(call(turns)) is CallClass.CONNECTED


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("R 0-50 words", CallClass.NO_SHOW),
        ("R 0-50 words | C 50-55 hi", CallClass.NO_SHOW),
        ("R 0-50 words | C 50-80 more words", CallClass.SHORT),
    ],
)
def test_a_call_without_a_conversation_is_not_connected(script: str, expected: CallClass) -> None:
    assert classify(call(script)) is expected


def test_a_source_without_times_has_no_class() -> None:
    assert classify(call("R hello | C hi")) is None


#      an agenda of all parts, so that its evidence can be rejected
AGENDA = (
    "C 0-3 hello Dana good to meet you | R 3-20 thirty minutes today; I would like to hear how you run intake "
    "and then we decide if a second call is worth it. Is there anything you want to add? | C 20-24 no that is fine"
    " | R 24-60 so how do you run intake today? | C 60-170 we key it all by hand and it takes two days"
)


def edit(kind: EditKind, **fields) -> Edit:
    return Edit(id="e1", kind=kind, author="owner", at=NOON, **fields)


def test_the_machines_card_and_the_corrected_card_have_different_keys() -> None:
    metadata = CallMetadata(call_type=CallType.DISCOVERY, first_meeting=True)
    transcript = call(AGENDA)
    machine = judge(transcript, metadata)
    corrected = judge(transcript, metadata, edits=[edit(EditKind.SWAP)])
    assert machine.card.key != corrected.card.key
    assert machine.card.transcript_id == corrected.card.transcript_id


def test_an_own_score_takes_precedence_and_says_so() -> None:
    metadata = CallMetadata(call_type=CallType.DISCOVERY, first_meeting=True)
    judged = judge(call(AGENDA), metadata, edits=[edit(EditKind.SCORE, behaviour="agenda", score=0.25)])
    item = judged.card.item("agenda")
    assert (item.status, item.score, item.reason) == (Status.SCORED, 0.25, "scored by a person")


def test_rejecting_all_evidence_of_a_behaviour_means_it_was_not_observed() -> None:
    metadata = CallMetadata(call_type=CallType.DISCOVERY, first_meeting=True)
    transcript = call(AGENDA)
    evidence = judge(transcript, metadata).card.item("agenda").evidence
    assert evidence
    edits = [
        replace(
            edit(
                EditKind.REJECT_EVIDENCE,
                anchor=Anchor.at(transcript, piece),
                behaviour="agenda",
                reason=RejectReason.NOT_THAT_BEHAVIOUR,
            ),
            id=f"e{n}",
        )
        for n, piece in enumerate(evidence)
    ]
    item = judge(transcript, metadata, edits=edits).card.item("agenda")
    assert (item.status, item.score) == (Status.NOT_OBSERVED, 0.0)


def test_added_evidence_asks_a_person_to_decide_what_cannot_be_recounted() -> None:
    metadata = CallMetadata(call_type=CallType.DISCOVERY, first_meeting=True)
    transcript = call(AGENDA)
    added = edit(EditKind.ADD_EVIDENCE, anchor=Anchor.at(transcript, Evidence(3, 0, 4)), behaviour="agenda")
    item = judge(transcript, metadata, edits=[added]).card.item("agenda")
    assert item.status is Status.CANNOT_BE_JUDGED
    assert "own score" in item.reason


def test_judging_twice_gives_the_same_card() -> None:
    metadata = CallMetadata(call_type=CallType.DISCOVERY)
    assert judge(call(AGENDA), metadata).card == judge(call(AGENDA), metadata).card
