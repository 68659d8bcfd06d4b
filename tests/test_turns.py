"""Words and stretches of voice become turns by the rules of who holds the floor."""

from __future__ import annotations

from callcoach.core import Interval, Word
from callcoach.transcribe.turns import turns_from_speech, turns_from_words


def said(text: str, start_s: float, step_s: float = 0.3) -> list[Word]:
    return [
        Word(word, Interval(start_s + i * step_s, start_s + (i + 1) * step_s), 0.9)
        for i, word in enumerate(text.split())
    ]


def test_words_join_into_turns_until_somebody_else_takes_the_floor():
    # left   |so how does it work|              |and then|
    # right                         |we print it all|
    words = {
        "left": said("so how does it work", 0.0) + said("and then", 4.0),
        "right": said("we print it all", 2.0),
    }
    turns = turns_from_words(words)
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("left", "so how does it work"),
        ("right", "we print it all"),
        ("left", "and then"),
    ]
    assert turns[0].interval == Interval(0.0, 1.5)


def test_a_back_channel_is_a_turn_of_its_own_and_does_not_cut_the_other():
    # left   |one two three four five six seven eight|
    # right            |right|
    words = {"left": said("one two three four five six seven eight", 0.0), "right": said("right", 1.0)}
    assert [(turn.speaker, len(turn.words)) for turn in turns_from_words(words)] == [
        ("left", 8),
        ("right", 1),
    ]


def test_every_word_is_in_exactly_one_turn_in_order_of_time():
    words = {"a": said("c d", 5.0) + said("a b", 0.0), "b": said("x y z", 2.0)}
    turns = turns_from_words(words)
    assert sorted(word.text for turn in turns for word in turn.words) == sorted("abcdxyz")
    for turn in turns:
        starts = [word.interval.start_s for word in turn.words]
        assert starts == sorted(starts)


def test_voice_without_words_becomes_turns_with_a_span():
    speech = {"left": (Interval(0, 2), Interval(3, 5)), "right": (Interval(6, 9),)}
    assert [(turn.speaker, turn.span, turn.words) for turn in turns_from_speech(speech)] == [
        ("left", Interval(0, 5), ()),
        ("right", Interval(6, 9), ()),
    ]


def test_nothing_said_is_no_turn():
    assert turns_from_words({"left": [], "right": []}) == ()
    assert turns_from_speech({"left": (), "right": ()}) == ()
