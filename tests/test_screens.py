"""Screened expressions find exactly what the plain ones find."""

import gc
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import callcoach.measure.behaviours  # noqa: F401  every expression of the recognisers is made
from callcoach.measure.data import corpus
from callcoach.measure.language import sentences
from callcoach.measure.screen_keys import needed
from callcoach.measure.screens import Screened


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
