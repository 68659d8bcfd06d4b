"""What must not change a label: who is spoken to, spelling, numbers, fillers, a few wrong words."""

from __future__ import annotations

import random
import statistics
from itertools import groupby

import pytest

from callcoach.measure.data import corpus, held_out
from callcoach.measure.taggers import Utterance, load_taggers
from callcoach.measure.train.variants import (
    american,
    british,
    numbers_in_words,
    with_fillers,
    with_word_errors,
)

MEDIAN_CHANGE = 0.05  # of the probabilities that either version puts over .1


@pytest.fixture(scope="module")
def taggers():
    return load_taggers()


@pytest.fixture(scope="module")
def conversations():
    """Those held out, and some more, so that something in them is spelled the other way."""
    rows = sorted(corpus(), key=lambda row: row.conversation_id not in held_out())[:2500]
    return [list(group) for _, group in groupby(rows, key=lambda row: row.conversation_id)]


def changes(taggers, conversations, change) -> list[float]:
    """Absolute change of every probability that is over .1 before or after, where the text changed."""
    found = []
    for rows in conversations:
        changed = [change(row.text) for row in rows]
        before = taggers.tag([Utterance(row.speaker, row.text) for row in rows])
        after = taggers.tag([Utterance(row.speaker, text) for row, text in zip(rows, changed, strict=True)])
        for row, text, old, new in zip(rows, changed, before, after, strict=True):
            if text != row.text:
                found += [abs(old[label] - new[label]) for label in old if max(old[label], new[label]) > 0.1]
    return found


def errors_in(text: str) -> str:
    return with_word_errors(text, random.Random(text))


def fillers_in(text: str) -> str:
    return with_fillers(text, random.Random(text))


@pytest.mark.parametrize("change", [american, british, numbers_in_words, fillers_in, errors_in])
def test_the_median_probability_hardly_moves(taggers, conversations, change):
    found = changes(taggers, conversations, change)
    assert found, "the change must touch something"
    assert statistics.median(found) <= MEDIAN_CHANGE


@pytest.mark.parametrize("pair", [("Dana", "Priya"), ("Callum", "Ngozi"), ("Fiona", "Mehmet")])
def test_a_common_first_name_swapped_changes_nothing(taggers, pair):
    script = [
        ("rep", "Hi {}, how are you? I'd like to hear how you run intake, then decide what's next."),
        ("customer", "Morning. We lose two days on approvals, {} does them all by hand."),
        ("rep", "So it's all on {}'s desk. And when {} is away, what happens to the orders?"),
    ]
    one, other = (
        taggers.tag([Utterance(side, text.replace("{}", name)) for side, text in script]) for name in pair
    )
    assert one == other


def test_a_name_from_metadata_swapped_changes_nothing(taggers):
    script = [("customer", "{} said theirs is cheaper."), ("rep", "What did {} promise you, as {} tells it?")]
    one, other = (
        taggers.tag(
            [Utterance(side, text.replace("{}", name)) for side, text in script],
            names=["Zyntrix", "May Quorle"],
        )
        for name in ("Zyntrix", "Quorle")
    )
    assert one == other


def test_another_number_changes_nothing(taggers):
    text = "That's {} pounds a week, or about {} a year."
    first = taggers.tag([Utterance("rep", text.format("300", "15,600"))])
    assert first == taggers.tag([Utterance("rep", text.format("45", "2,340"))])
    assert first == taggers.tag(
        [Utterance("rep", text.format("three hundred", "fifteen thousand six hundred"))]
    )
