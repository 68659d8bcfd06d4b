"""Turns, back-channels, the first exchange, and calls that are cut off."""

from __future__ import annotations

import time

import pytest
from conftest import call

from callcoach.core import Interval
from callcoach.core.floor import (
    Piece,
    ends_mid_conversation,
    first_exchange_s,
    floor_of,
    is_backchannel,
    plain,
    says_backchannel,
    starts_mid_conversation,
    take_floor,
)


def shape(script: str, **options) -> tuple[list[tuple], list[tuple]]:
    """Turns and back-channels as (speaker, start, end)."""
    floor = floor_of(call(script, **options))
    return tuple(
        [(hold.speaker, hold.interval.start_s, hold.interval.end_s) for hold in holds]
        for holds in (floor.turns, floor.backchannels)
    )


@pytest.mark.parametrize(
    "said", ["mm-hm", "Mm hm.", "right", "I see.", "Yeah, yeah.", "Oh, I see", "That’s right", "okay"]
)
def test_short_tokens_of_the_closed_list_are_back_channels(said):
    assert says_backchannel(said.split())


@pytest.mark.parametrize(
    "said", ["", "—", "right so", "yes we do", "okay okay okay okay", "no", "friday", "I", "<script>"]
)
def test_anything_else_is_no_back_channel(said):
    assert not says_backchannel(said.split())


def test_a_back_channel_lasts_at_most_a_second_where_word_times_are_known():
    assert is_backchannel(["right"], 1.0)
    assert not is_backchannel(["right"], 1.01)
    assert is_backchannel(["right"], None)
    assert is_backchannel(None, 0.6)
    assert not is_backchannel(None, None)


def test_plain_words_have_no_punctuation_case_or_hyphen():
    assert [plain(word) for word in ["Mm-hm,", "“Right.”", "don’t", "…"]] == ["mmhm", "right", "don't", ""]


def test_a_turn_is_joined_across_a_back_channel():
    # R |======|    |=====|
    # C         |mm|
    turns, backchannels = shape("R 0-10 we print the labels | C 10.1-10.5 mm-hm | R 11-20 and ship them")
    assert turns == [("R", 0, 20)]
    assert backchannels == [("C", 10.1, 10.5)]


def test_a_gap_of_three_seconds_ends_a_turn():
    assert shape("R 0-5 a b | R 7.99-9 c d")[0] == [("R", 0, 9)]
    assert shape("R 0-5 a b | R 8-9 c d")[0] == [("R", 0, 5), ("R", 8, 9)]


def test_somebody_else_who_takes_the_floor_ends_a_turn():
    turns, _ = shape("R 0-5 a b c | C 5.1-6.5 what about the price | R 6.6-9 d e")
    assert turns == [("R", 0, 5), ("C", 5.1, 6.5), ("R", 6.6, 9)]


def test_a_very_short_pause_never_loses_the_floor():
    turns, _ = shape("R 0-5 a b c | C 4-8 no wait a moment please | R 5.2-9 d e")
    assert turns == [("R", 0, 9), ("C", 4, 8)]


def test_the_start_of_a_longer_turn_is_no_back_channel():
    turns, backchannels = shape("R 0-5 a b c | C 5.2-5.6 right | C 6.5-9 so we moved over | R 9-12 d")
    assert ("C", 5.2, 9) in turns
    assert backchannels == []


def test_an_answer_to_a_question_takes_the_floor():
    turns, backchannels = shape("R 0-5 do you use two? | C 5.2-5.6 yes | R 6-9 and where")
    assert len(turns) == 3
    assert backchannels == []


def test_a_back_channel_inside_a_question_is_one():
    assert shape("R 0-5 and then do you print? | C 2-2.4 yeah | R 9-10 hello")[1] == [("C", 2, 2.4)]


def test_a_token_long_after_the_other_spoke_takes_the_floor():
    assert shape("R 0-5 a b | C 7-7.4 okay | R 9-10 c")[1] == []


def test_the_first_token_of_a_call_is_a_turn():
    assert shape("C 0-0.5 yeah | R 1-5 hello there")[0][0] == ("C", 0, 0.5)


def test_without_text_only_what_lies_inside_the_others_turn_is_a_back_channel():
    assert shape("R 0-10 | C 4-4.8 | R 12-14")[1] == [("C", 4, 4.8)]
    assert shape("R 0-10 | C 4-5.2 | R 12-14")[1] == []
    assert shape("R 0-10 | C 10.1-10.5 | R 11-14")[1] == []


def test_caption_times_do_not_limit_a_back_channel():
    pieces = [
        Piece("R", Interval(0, 10), ("we", "print"), exact=False),
        Piece("C", Interval(10, 13), ("I", "see"), exact=False),
        Piece("R", Interval(12.5, 15), ("and", "ship"), exact=False),
    ]
    floor = take_floor(pieces)
    assert [hold.pieces for hold in floor.turns] == [(0, 2)]
    assert [hold.pieces for hold in floor.backchannels] == [(1,)]


def test_a_turn_never_reaches_across_a_cut():
    pieces = [Piece("R", Interval(0, 5), ("a",)), Piece("R", Interval(6, 9), ("b",))]
    assert len(take_floor(pieces).turns) == 1
    assert len(take_floor(pieces, breaks=(Interval(5, 6),)).turns) == 2


def test_without_times_neighbours_join_and_the_list_decides():
    floor = floor_of(
        call("R hello there | R how are things | C mm-hm | R so tell me | C sure, well | R thanks")
    )
    assert [hold.pieces for hold in floor.turns] == [(0, 1, 3), (4,), (5,)]
    assert [hold.pieces for hold in floor.backchannels] == [(2,)]


def test_every_piece_is_in_exactly_one_hold():
    floor = floor_of(
        call("R 0-9 a b | C 3-3.5 right | C2 3-6 hold on a second | O 4-5 beep | R 9.5-11 fine | C 20-21 yes")
    )
    assert sorted(at for hold in floor.holds for at in hold.pieces) == [0, 1, 2, 3, 4, 5]


def test_words_one_by_one_become_the_same_turns():
    words = [Piece("R", Interval(i * 0.4, i * 0.4 + 0.35), ("word",)) for i in range(20)]
    floor = take_floor([*words, Piece("C", Interval(3.36, 3.6), ("mm-hm",))])
    assert [hold.pieces for hold in floor.turns] == [tuple(range(20))]
    assert [hold.pieces for hold in floor.backchannels] == [(20,)]


def test_sixty_thousand_pieces_take_seconds():
    pieces = [Piece("RC"[i % 2], Interval(i * 0.5, i * 0.5 + 0.7), ("word",)) for i in range(60_000)]
    started = time.perf_counter()
    take_floor(pieces)
    assert time.perf_counter() - started < 10


def test_the_clock_starts_when_both_sides_first_spoke_close_together():
    assert first_exchange_s(call("R 0-4 anyone there | C 60-61 hello | R 62-65 hi")) == 60
    assert first_exchange_s(call("R 3-4 hello | C 5-6 hi")) == 3
    assert first_exchange_s(call("R 0-170 waiting | C 175-176 hello")) == 155
    assert first_exchange_s(call("R 0-4 hello | R 9-12 hello")) is None
    assert first_exchange_s(call("R hello | C hi")) is None
    assert first_exchange_s(call("R 0-4 hello | C 24-25 hi")) == 4
    assert first_exchange_s(call("R 0-4 hello | C 24.5-25 hi")) is None


def test_a_recording_that_opens_without_a_greeting_starts_in_mid_conversation():
    assert starts_mid_conversation(call("R 0-5 and that is why we changed it | C 5-9 I see, go on"))
    assert not starts_mid_conversation(call("R 0-5 Hello Dana, good to meet you | C 5-9 hi"))
    assert not starts_mid_conversation(call("R 4-5 and that is why we changed it | C 5-9 I see"))
    assert starts_mid_conversation(call("")) is None


def test_a_recording_that_stops_without_a_farewell_ends_in_mid_conversation():
    assert ends_mid_conversation(call("R 0-5 and the second thing is"))
    assert not ends_mid_conversation(call("R 0-5 and the second thing is", duration_s=9))
    assert not ends_mid_conversation(call("R 0-5 lovely, speak soon | C 5-6 bye"))
