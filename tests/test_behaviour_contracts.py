"""What every behaviour and every measure keeps to, whatever the call is."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from conftest import call

from callcoach.core import (
    Capability,
    Evidence,
    Interval,
    Observation,
    Provenance,
    Role,
    Separation,
    Speaker,
    Status,
    Transcript,
    Turn,
    Word,
)
from callcoach.measure.behaviours import BEHAVIOURS, DEFINITIONS, OBSERVERS, observe_all
from callcoach.measure.catalogue import MEASURES, RATIOS, constants
from callcoach.measure.commitments import commitments
from callcoach.measure.talk import speaker_talk, talk_measures
from callcoach.measure.utterances import label_turns

TALK = (
    "R 0-5 Hello Dana, this call is recorded. We have thirty minutes. Anything to add? | C 6-9 no that is fine"
    " | R 10-14 Which system holds the list? | C 15-30 um we print it and it costs us two days"
    " | R 31-40 It is thirty dollars a person. Could you send me the list by Friday? | C 41-44 Yes, will do."
    " | R 45-46 Thank you, bye | C 46-47 bye"
)
ODD_WORDS = [
    "<script>alert('x')</script>",
    "[x](javascript:alert(1))",
    ":red[x]",
    "$x$",
    "",
    " ",
    "\u202e\u0645\u0631\u062d\u0628\u0627?",
    "\U0001f600",
    "—",
    "e\u0301?",
    "\x00",
    "a b c?",
    "I'll send\nit Friday",
    "?",
    "...",
]


def cannot_all(transcript: Transcript) -> str:
    """The one reason for which no behaviour of a call can be judged."""
    seen = observe_all(transcript)
    assert set(seen) == set(OBSERVERS)
    assert all(one.status is Status.CANNOT_BE_JUDGED for one in seen.values())
    (reason,) = {one.reason for one in seen.values()}
    return reason


def random_call(seed: int) -> Transcript:
    """Turns of odd words with odd times: zero lengths, equal times, out of order, some without any."""
    rng = random.Random(seed)
    bits = [*ODD_WORDS, *TALK.replace("|", "").split()]
    turns, speech = [], {}
    for _ in range(rng.randrange(0, 40)):
        label = rng.choice(["R", "C", "O", "R2"])
        start = rng.choice([0.0, 5.0, rng.uniform(0, 100)])
        end = start + rng.choice([0.0, 0.5, rng.uniform(0, 30)])
        words = tuple(
            Word(
                rng.choice(bits),
                rng.choice([None, Interval(start, end), Interval(start, start)]),
                rng.choice([None, 0.0, 1.0]),
            )
            for _ in range(rng.randrange(0, 30))
        )
        turns.append(Turn(label, words, rng.choice([None, Interval(start, end)])))
        if rng.random() < 0.9:
            speech.setdefault(label, []).append(Interval(start, end))
    return Transcript(
        source_sha256="0" * 64,
        provenance=Provenance("audio", "wav", "test", separation=Separation.CHANNELS),
        duration_s=rng.choice([None, 0.0, 130.0]),
        speakers=tuple(
            Speaker(name, role)
            for name, role in (("R", Role.REP), ("R2", Role.REP), ("C", Role.CUSTOMER), ("O", Role.OTHER))
        ),
        turns=tuple(turns),
        speech={label: tuple(pieces) for label, pieces in speech.items()},
        language=rng.choice([None, "en"]),
        capabilities=frozenset(c for c in Capability if rng.random() < 0.8),
        cuts=tuple(Interval(a, a + 5) for a in rng.sample(range(100), rng.choice([0, 0, 1, 3]))),
    )


def test_every_behaviour_has_a_title_and_a_definition():
    assert set(OBSERVERS) <= set(BEHAVIOURS) == set(DEFINITIONS)
    assert all(title and title[0].isupper() and not title.endswith(".") for title in BEHAVIOURS.values())
    assert all(text.endswith(".") for text in DEFINITIONS.values())


def test_an_empty_call_gives_no_measure_and_no_judgement_and_says_why():
    for transcript in (call(""), replace(call(TALK), turns=(), speech={})):
        measures = talk_measures(transcript)
        assert set(measures.values) == set(measures.unavailable) == set(MEASURES)
        assert all(measures.unavailable.values())
        assert cannot_all(transcript) == "this call has no words"


def test_speech_without_words_has_times_and_no_behaviours():
    transcript = call(
        "R 0-5 | C 6-9", capabilities=frozenset(Capability) - {Capability.TEXT, Capability.WORDS}
    )
    measures = talk_measures(transcript)
    assert measures.values["talk_share"] == 5 / 8
    assert measures.unavailable["n_questions"] == "this call has no words"
    assert any("back-channels" in note for note in measures.notes)
    assert cannot_all(transcript) == "this call has no words"


def test_another_language_cannot_be_judged_and_keeps_its_talk_share():
    transcript = replace(call(TALK), language="de")
    assert cannot_all(transcript) == "words in language de cannot be judged"
    measures = talk_measures(transcript)
    assert measures.values["talk_share"] is not None
    assert measures.values["talk_word_share"] is not None
    assert measures.unavailable["n_questions"] == "words in language de cannot be judged"
    assert measures.unavailable["price_raised_by"] == "words in language de cannot be judged"


def test_unknown_roles_withhold_what_needs_them():
    transcript = call(TALK.replace("R ", "U ").replace("C ", "U2 "))
    measures = talk_measures(transcript)
    assert cannot_all(transcript) == "which side is ours is not known"
    assert measures.unavailable["talk_share"] == "which side is ours is not known"
    assert {name for name, value in measures.values.items() if value is not None} == {"dead_air_share"}
    assert set(speaker_talk(transcript)) == {"U", "U2"}


def test_a_call_with_one_side_only_cannot_be_judged():
    assert cannot_all(call("R 0-5 Hello there | R 9-12 anyone?")) == "no customer is known in this call"
    assert cannot_all(call("C 0-5 Hello there")) == "no rep is known in this call"
    silent = call("R 0-5 Hello there | C 6-7")
    assert cannot_all(silent) == "the customer has no words in this transcript"
    assert talk_measures(silent).values["talk_share"] == 5 / 6


@pytest.mark.parametrize("confidence", [None, 0.6])
def test_speakers_that_are_not_dependable_withhold(confidence):
    transcript = call(TALK)
    provenance = replace(
        transcript.provenance, separation=Separation.DIARIZED, separation_confidence=confidence
    )
    transcript = replace(transcript, provenance=provenance)
    assert cannot_all(transcript) == "who spoke when is not dependable in this recording"
    assert talk_measures(transcript).values["talk_share"] is None
    assert {talk for talk, _ in speaker_talk(transcript).values()} == {None}


def test_words_too_uncertain_cannot_be_judged():
    transcript = call(TALK)
    turns = tuple(
        replace(turn, words=tuple(replace(word, probability=0.3) for word in turn.words))
        for turn in transcript.turns
    )
    assert (
        cannot_all(replace(transcript, turns=turns)) == "the words are too uncertain: mean probability 0.30"
    )


@pytest.mark.parametrize("seed", range(150))
def test_odd_calls_never_crash_and_evidence_stays_in_bounds(seed):
    transcript = random_call(seed)
    labels = label_turns(transcript)
    seen = observe_all(transcript, labels=labels)
    for name, one in seen.items():
        assert isinstance(one, Observation)
        assert one.behaviour == name
        for piece in one.evidence:
            piece.check(transcript)
            assert piece.start_word < piece.end_word
            assert 0 <= piece.probability <= 1
        assert all(isinstance(value, float) and value >= 0 for value in one.components.values())
    for step in commitments(transcript):
        for piece in (step.said, step.accepted, step.when):
            assert piece is None or isinstance(piece, Evidence)
            if piece is not None:
                piece.check(transcript)
    measures = talk_measures(transcript, labels=labels)
    assert set(measures.values) == set(MEASURES)
    assert set(measures.unavailable) == {name for name, value in measures.values.items() if value is None}
    for name, value in measures.values.items():
        if value is not None and MEASURES[name].unit == "share":
            assert -1e-9 <= value <= 1 + 1e-9, name
        elif isinstance(value, float):
            assert value >= -1e-9, name


@pytest.mark.parametrize("seed", range(20))
def test_the_same_input_gives_the_same_output(seed):
    first, second = random_call(seed), random_call(seed)
    assert observe_all(first) == observe_all(second)
    assert talk_measures(first) == talk_measures(second)
    assert label_turns(first) == label_turns(second)


def test_measures_that_are_missing_a_capability_say_so():
    for missing in Capability:
        transcript = replace(call(TALK), capabilities=frozenset(Capability) - {missing})
        measures = talk_measures(transcript)
        for name, info in MEASURES.items():
            if missing in info.needs:
                assert measures.values[name] is None, (missing, name)
                assert measures.unavailable[name], (missing, name)


def test_every_ratio_is_that_of_its_components():
    measures = talk_measures(call(TALK))
    for name, ratio in RATIOS.items():
        if measures.values[name] is not None:
            assert ratio.of(dict(measures.components)) == measures.values[name]


def test_constants_are_plain_values_for_the_scoring_key():
    from callcoach.core import canonical_json

    found = constants()
    assert {"MONOLOGUE_S", "DEAD_AIR_S", "CONFIDENCE_FLOOR", "floor.TURN_GAP_S", "floor.BACKCHANNELS"} <= set(
        found
    )
    assert canonical_json(found) == canonical_json(constants())


def test_sixty_thousand_turns_take_seconds():
    script = call(TALK).turns
    turns, at = [], 0.0
    for number in range(60_000):
        turn = script[number % len(script)]
        said = turn.words[:3] if number % 10 else turn.words
        step = 1.0 / len(said)
        words = tuple(
            Word(word.text, Interval(at + i * step, at + (i + 1) * step), 0.9) for i, word in enumerate(said)
        )
        turns.append(Turn(turn.speaker, words))
        at += 1.1
    transcript = replace(
        call(TALK),
        turns=tuple(turns),
        speech={
            label: tuple(turn.interval for turn in turns if turn.speaker == label) for label in ("R", "C")
        },
        duration_s=at,
    )
    started = time.perf_counter()
    labels = label_turns(transcript)
    talk_measures(transcript, labels=labels)
    observe_all(transcript, labels=labels)
    commitments(transcript)
    assert time.perf_counter() - started < 60
