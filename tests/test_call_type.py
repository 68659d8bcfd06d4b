"""Kinds of call are told only where the words are plain, and never against what somebody said."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT, call
from fixture_calls import FIXTURE_NAMES, fixture_metadata, fixture_transcript

from callcoach.core import CallMetadata, CallType
from callcoach.core.errors import DamagedModel
from callcoach.measure import call_type
from callcoach.measure.call_type import call_type_chances, cue_evidence, infer_call_type
from callcoach.pipeline import judge

RENEWAL = (
    "R thanks for the time, your renewal is coming up for the second year and the contract runs out in May | "
    "C it does, we have been using it since January last year | "
    "R over the last year since you went live, what is working and what isn't working for you | "
    "C usage is up, so far so good, and since we started we lost our admin who left in March | "
    "R and for the next year's term, do the seats and licences still fit, or has the existing contract more "
    "than you need | C we would renew with fewer seats, another year is fine, the anniversary is in May | "
    "R then I will put the renewal together with the new number of licences and we look back at usage each quarter | "
    "C good, auto renewal we would rather not have, the expiry should be a talk every year like this one so far"
)


def test_a_plain_renewal_is_told_with_its_probability() -> None:
    kind, sure = infer_call_type(call(RENEWAL))
    assert kind is CallType.RENEWAL
    assert 0.8 <= sure <= 1


def test_small_talk_is_of_no_kind() -> None:
    chat = " | ".join(
        f"{'RC'[i % 2]} the weather was cold and the garden is full of leaves" for i in range(20)
    )
    assert infer_call_type(call(chat)) == (CallType.ANY, 0.0)


def test_too_few_words_are_not_asked() -> None:
    assert call_type_chances(["renewal renewal"]) == {}


def test_chances_add_up_to_one() -> None:
    for name in FIXTURE_NAMES:
        chances = call_type_chances([turn.text for turn in fixture_transcript(name).turns])
        assert sum(chances.values()) == pytest.approx(1)


@pytest.mark.parametrize("name", FIXTURE_NAMES)
def test_a_bundled_call_is_never_told_as_another_kind(name: str) -> None:
    kind, _ = infer_call_type(fixture_transcript(name))
    assert kind in (CallType.ANY, fixture_metadata(name).call_type)


def test_what_somebody_said_stands() -> None:
    card = judge(call(RENEWAL), CallMetadata(call_type=CallType.DEMO)).card
    assert (card.call_type, card.call_type_probability) == ("demo", 1.0)


def test_an_inferred_kind_brings_its_rubric() -> None:
    card = judge(call(RENEWAL)).card
    assert card.call_type == card.rubric == "renewal"
    assert card.call_type_probability < 1


def test_repeating_one_cue_does_not_make_a_kind() -> None:
    once = cue_evidence(["we renew"])
    assert cue_evidence(["we renew " * 50]) <= [value + 1.4 for value in once]


def test_a_damaged_model_is_an_error_that_says_what_to_do(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "models" / "call-type"
    folder.mkdir(parents=True)
    (folder / "model.json").write_text("{", "utf-8")
    monkeypatch.setattr(call_type, "bundled", lambda name: tmp_path / name)
    call_type._model.cache_clear()
    with pytest.raises(DamagedModel, match="install callcoach again"):
        call_type_chances(["word " * 120])
    call_type._model.cache_clear()


def test_the_card_holds_the_figures_of_the_model() -> None:
    figures = json.loads((ROOT / "models/call-type/model.json").read_text("utf-8"))["figures"]
    card = (ROOT / "models/call-type/README.md").read_text("utf-8")
    told = sum(fold["n_told"] for fold in figures["five_folds"])
    right = sum(fold["n_told_right"] for fold in figures["five_folds"])
    assert f"{right} of {told} tellings" in card
    assert f"| held out | {figures['held_out']['n']} |" in card
