"""Screened expressions find exactly what the plain ones find."""

import gc
import inspect
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import transcript_of

from callcoach.measure.behaviours import observe_all
from callcoach.measure.data import corpus
from callcoach.measure.language import _sentences, sentences
from callcoach.measure.last import forget_all
from callcoach.measure.lexicon import hashed
from callcoach.measure.screen_keys import needed
from callcoach.measure.screens import OneOf, Screened


@pytest.fixture
def screens() -> list[Screened]:
    """Every expression there is, also those that a worker in this process has frozen."""
    gc.unfreeze()
    return [each for each in gc.get_objects() if type(each) is Screened]


PATTERNS = (
    r"\b(?:sav\w+ed|cut) (?:us|me)\b",
    r"(?<![\w'])(?:(the )?price|plans?|q[1-4])(?![\w'])",
    r"^(?:so )*(?:what|who)\b",
    r"(?:ab)*c\b",
    r"\d+ (?:days?|weeks?)|in \w+ time",
    r"not (?=now)|(?!x)never",
    r"(a|an|)? ?b+c?",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(deadline=None)
@given(st.text(alphabet="abcdehiknoprstuvwxy '-12", max_size=30))
def test_no_match_is_screened_out(pattern, text):
    screened, plain = Screened(pattern), re.compile(pattern)
    for asked in ("search", "match", "fullmatch"):
        found, expected = getattr(screened, asked)(text), getattr(plain, asked)(text)
        assert (found and found.span()) == (expected and expected.span())
    assert [m.span() for m in screened.finditer(text)] == [m.span() for m in plain.finditer(text)]
    assert screened.sub("-", text) == plain.sub("-", text)


def test_every_expression_of_the_recognisers_finds_in_the_corpus_what_it_would_unscreened(screens):
    texts = sorted({s.text for row in corpus()[::9] for s in sentences(row.text.split())})
    assert len(screens) > 150
    for each in screens:
        plain = re.compile(each.pattern)
        assert not [text for text in texts if not each.may_hold(text) and plain.search(text)]


def test_most_expressions_can_be_screened(screens):
    assert sum(needed(each.pattern) is None for each in screens) < len(screens) / 20


def test_an_expression_that_minds_no_case_is_always_asked():
    assert needed(r"(?i)\bprice\b") is None
    assert Screened(r"(?i)\bprice\b").search("PRICE")


def test_a_screen_made_after_a_text_was_looked_at_finds_it_all_the_same():
    text = "zanzibar is far from anywhere"
    assert not Screened(r"\bzebra\b").search(text)
    assert Screened(r"\bzanzibar\b").search(text)
    assert Screened(r"\bzanzi\w*\b").search(text)


def test_brackets_keep_nothing_unless_they_are_named():
    found = Screened(r"\b(send|give) (?P<what>it|them)\b").search("i'll send them")
    assert found.groups() == ("them",)
    assert found["what"] == "them"
    assert Screened(r"\b(a\(b|[(]c) d\b").search("x a(b d")


@given(st.text(alphabet="abcdehiknoprstuvwxy '-12", max_size=30))
def test_expressions_asked_at_once_rule_out_no_match(text):
    screens = [Screened(pattern) for pattern in PATTERNS[:2]]
    assert OneOf(screens).may_hold(text) or not any(each.search(text) for each in screens)
    assert OneOf(screens).may_hold(text) == any(each.may_hold(text) for each in screens)


def test_nothing_of_a_call_is_kept_after_all_is_forgotten():
    rows = [row for row in corpus() if row.conversation_id == corpus()[0].conversation_id]
    observe_all(transcript_of([f"{'R' if row.speaker == 'rep' else 'C'}: {row.text}" for row in rows]))
    assert _sentences.cache_info().currsize
    forget_all()
    kept = [
        f"{name}.{each.__name__}"
        for name, module in list(sys.modules.items())
        if name.startswith("callcoach.measure.")
        for each in vars(module).values()
        if hasattr(each, "cache_info") and each is not hashed  # which is of signs
        if each.cache_info().currsize and _takes_text(each)
    ]
    assert not kept


def _takes_text(function: object) -> bool:
    """Whether the first argument of a function is a text or words, and not one word."""
    return next(iter(inspect.signature(function).parameters), "") in ("text", "words")
