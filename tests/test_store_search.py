"""Full-text search finds the same calls on both databases, whatever is typed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import a_recording, keep

from callcoach.core import LOCAL_OWNER
from callcoach.store import CallFilter
from callcoach.store.search import PART_BYTES, PART_WORDS, parts_of, phrases_of, words_of

pytest_plugins = ["store_fixtures"]

ODD_INPUTS = [
    '"', '""', "'", "*", "-", "- -", "AND", "OR", "NOT", "NEAR", "NEAR(a b, 3)", "a AND", "( (", ")", "^", ":",
    "text:hello", "hello*", "<->", "!", "& |", "\\", "%", "_", ";", "--", "/*", "\0", "hello\0there", "\ud800",
    "'; DROP TABLE calls; --", '"unfinished', 'a"b"c', "½ ² ﷺ", "😀", "​", "a" * 5000, "word " * 500,
    "$1 :typed ?", "{}", "hello:* & there", "\n\t", "ß İ ı ﬁ",
]  # fmt: skip


def test_words_are_found_whatever_their_case_accents_and_punctuation(store):
    keep(store, "one", script="R 0-5 Señor O'Neil's follow-up | C 5-9 costs 3,5 Mio. in ZÜRICH")
    keep(store, "two", script="R 0-5 another call | C 5-9 entirely")
    for typed in ("senor", "SEÑOR", "o'neil", "follow-up", '"follow up"', "zurich", "3,5", '"mio in zurich"'):
        assert _found(store, typed) == ["one"], typed
    for typed in ("nothing", '"up follow"', "senor entirely"):
        assert _found(store, typed) == [], typed


def test_all_words_must_be_said_and_quoted_ones_next_to_each_other(store):
    keep(store, "one", script="R 0-5 price of the pilot | C 5-9 fine")
    keep(store, "two", script="R 0-5 pilot the price | C 5-9 fine")
    assert _found(store, "pilot price") == ["two", "one"]
    assert _found(store, '"the pilot" price') == ["one"]
    assert _found(store, '"the price"') == ["two"]


def test_words_that_are_operators_elsewhere_are_words(store):
    keep(store, "one", script="R 0-5 this or that and not near | C 5-9 fine")
    keep(store, "two", script="R 0-5 this that | C 5-9 fine")
    for typed in ("or", "and", "not", "near", "this or", '"that and not"'):
        assert _found(store, typed) == ["one"], typed


def test_no_input_is_an_error_and_none_reaches_the_database_as_more_than_words(store):
    keep(store, "one", script="R 0-5 hello there | C 5-9 drop table calls")
    for typed in ODD_INPUTS:
        assert set(_found(store, typed)) <= {"one"}, typed
    assert _found(store, "?!") == []
    assert _found(store, "  ") == ["one"]
    assert store.has_call("one")


def test_a_long_call_is_found_by_its_first_and_last_words(store):
    middle = " | ".join(
        f"{'RC'[n % 2]} {n}-{n + 1} filler{n} and{n} more words of turn {n}" for n in range(6000)
    )
    keep(store, "long", transcript=a_recording("long", f"{middle} | R 6000-6001 the zanzibar clause"))
    assert _found(store, "filler0 and0") == ["long"]
    assert _found(store, '"zanzibar clause"') == ["long"]


@given(st.text())
def test_phrases_hold_nothing_but_words(typed):
    for phrase in phrases_of(typed):
        assert phrase
        assert all(word and all(c.isalnum() for c in word) for word in phrase)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_parts_hold_every_word_once_in_order(texts):
    assert " ".join(parts_of(texts)).split() == words_of("\n".join(texts))


def test_parts_stay_below_what_databases_take():
    for word in ("a", "𝕬" * 64, "ж" * 200):
        parts = parts_of([f"{word} " * (PART_WORDS + 1)])
        assert len(parts) > 1
        for part in parts:
            assert len(part.split()) <= PART_WORDS
            assert len(part.encode()) <= PART_BYTES


@pytest.mark.parametrize("typed", ODD_INPUTS)
def test_what_is_typed_is_split_like_what_was_said(typed):
    assert [word for phrase in phrases_of(typed) for word in phrase] == words_of(typed.replace('"', " "))[:40]


def _found(store, typed: str) -> list[str]:
    return [row.call_id for row in store.calls(LOCAL_OWNER, where=CallFilter(text=typed)).rows]


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from(ODD_INPUTS)), max_size=4).map("\n".join))
def test_words_are_letters_and_digits_without_accents_in_small_letters(said):
    plain = "".join(c for c in unicodedata.normalize("NFKD", said) if not unicodedata.combining(c))
    assert words_of(said) == re.findall(r"[^\W_]{1,64}", plain.casefold())
