"""Texts as the pipeline gives them: bundled calls and the written corpus, judged from their words."""

from __future__ import annotations

from functools import lru_cache

import pytest
from coach_corpus import corpus
from fixture_calls import FIXTURE_NAMES, fixture_metadata, fixture_transcript

from callcoach.coach.coaching import NOTHING_TO_CHANGE
from callcoach.coach.rules import Said, breaches
from callcoach.core import CallMetadata, CallType, Status
from callcoach.pipeline import Judged, judge

# The corpus gives its kind in the id; those without a rubric of their own are judged by "any".
TYPES = {"demo": CallType.DEMO, "disc": CallType.DISCOVERY, "nego": CallType.NEGOTIATION,
         "rene": CallType.RENEWAL, "pros": CallType.PROSPECTING}  # fmt: skip
N_CORPUS = 120


@lru_cache
def judged() -> dict[str, Judged]:
    found = {name: judge(fixture_transcript(name), fixture_metadata(name)) for name in FIXTURE_NAMES}
    names = sorted(corpus())
    for name in names[:: max(1, len(names) // N_CORPUS)]:
        given = CallMetadata(call_type=TYPES.get(name[:4], CallType.ANY), first_meeting=True)
        found[name] = judge(corpus()[name][0], given)
    return found


def advice() -> list[tuple[str, str, object]]:
    cards = {name: one.card for name, one in judged().items()}
    kept = [(name, "keep", card.keep) for name, card in cards.items() if card.keep]
    return kept + [(name, "try", card.try_next) for name, card in cards.items() if card.try_next]


def test_most_calls_are_given_something_and_few_of_them_nothing() -> None:
    with_any = {name for name, _, _ in advice()}
    assert len(advice()) >= 100
    assert len(with_any) >= 0.6 * len(judged())


def test_every_text_of_the_pipeline_keeps_to_the_rules() -> None:
    for name, kind, one in advice():
        transcript = judged()[name].transcript
        start_s = [piece.interval(transcript) for piece in one.evidence]
        clocks = {f"{int(i.start_s) // 60:02d}:{int(i.start_s) % 60:02d}" for i in start_s if i}
        clocks |= {
            f"{int(turn.interval.start_s) // 60:02d}:{int(turn.interval.start_s) % 60:02d}"
            for turn in (transcript.turns[piece.turn] for piece in one.evidence)
        }
        said = Said(transcript)
        clock = next((each for each in clocks if f"t {each} " in one.text), None)
        assert breaches(one.text, kind=kind, said=said, clock=clock) == (), one.text


def test_no_two_calls_of_the_pipeline_are_told_the_same() -> None:
    texts = [one.text for _, _, one in advice()]
    assert len(set(texts)) == len(texts)


def test_only_what_was_judged_and_weighs_something_is_coached() -> None:
    for name, _, one in advice():
        items = [item for item in judged()[name].card.behaviours if item.id == one.behaviour]
        assert any(i.status in (Status.SCORED, Status.NOT_OBSERVED) and i.weight > 0 for i in items)


def test_the_good_fixture_of_a_pair_has_nothing_to_try_and_the_poor_one_something() -> None:
    for kind in ("demo", "discovery"):
        good, poor = judged()[f"{kind}-good"].card, judged()[f"{kind}-poor"].card
        assert good.keep is not None
        assert good.try_next is None
        assert NOTHING_TO_CHANGE in good.keep.text
        assert poor.keep is None
        assert poor.try_next is not None


@pytest.mark.parametrize("name", FIXTURE_NAMES)
def test_judging_again_gives_the_same_words(name: str) -> None:
    again = judge(fixture_transcript(name), fixture_metadata(name)).card
    assert again == judged()[name].card
