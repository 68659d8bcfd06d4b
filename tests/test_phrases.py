"""The notation of phrases, and that looking at few sentences finds what looking at all would."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from test_utterances import PHRASES

from callcoach.core.errors import BadSettings
from callcoach.measure.language import sentences
from callcoach.measure.patterns import PhraseBook, _stretches, needed, token, variants
from callcoach.measure.phrases import _book, phrases_in


def found(phrase: str, text: str, *, unless: tuple[str, ...] = (), **parts: str) -> str | None:
    """The words that one phrase finds in a text; None where it finds none."""
    words = tuple(text.split())
    places = PhraseBook({"label": ((phrase,), unless)}, parts=parts).find(words)
    return " ".join(words[places[0].start : places[0].end]) if places else None


@pytest.mark.parametrize(
    ("phrase", "text", "wanted"),
    [
        ("hard stop", "i have a hard stop at ten", "hard stop"),
        ("hard stop", "stop it is hard", None),
        ("hard stop", "hard stops", None),
        ("we|i have", "so i have it", "i have"),
        ("we have? # minutes", "we thirty minutes", "we thirty minutes"),
        ("we have? # minutes", "we have thirtyfive minutes", "we have thirtyfive minutes"),
        ("we have #|an+ hours", "we have an 2 hours", "we have an 2 hours"),
        ("really* good", "it is really really good", "really really good"),
        ("first ... then", "first the list and then the price", "first the list and then"),
        ("the _ agenda", "here is the short agenda", "the short agenda"),
        ("the _ agenda", "here is the agenda", None),
        ("^ so|well* hello", "so well hello", "so well hello"),
        ("^ hello", "so hello", None),
        ("okay $", "that is okay", "okay"),
        ("okay $", "okay that is", None),
        ("(walk away / agree) with", "we agree with it", "agree with"),
        ("(walk away / agree) with", "we walk away with it", "walk away with"),
        ("start (with it)? now", "start now", "start now"),
        ("{unit} left", "two minutes left", "minutes left"),
    ],
)
def test_the_notation_finds(phrase, text, wanted):
    assert found(phrase, text, unit="minutes|hours") == wanted


def test_a_phrase_that_rules_out_wins():
    assert found("minutes", "ten minutes ago", unless=("minutes ago",)) is None
    assert found("minutes", "ten minutes", unless=("minutes ago",)) == "minutes"


def test_a_lone_dash_among_the_words_does_not_part_a_phrase_and_keeps_its_place():
    (place,) = PhraseBook({"label": (("hard stop",), ())}).find(("a", "hard", "", "stop", ""))
    assert (place.start, place.end) == (1, 4)


def test_text_without_full_stops_is_read_to_its_end_wherever_a_phrase_stands():
    for before in (0, 100, 119, 140, 159, 160, 500, 5000):
        words = ("well",) * before + ("hard", "stop") + ("well",) * 7
        (place,) = PhraseBook({"label": (("hard stop",), ())}).find(words)
        assert (place.start, place.end) == (before, before + 2)


@pytest.mark.parametrize("phrase", ["so? okay*", "# _", "... ^", "{unknown} minutes"])
def test_a_phrase_that_cannot_be_looked_for_is_refused_with_what_to_do(phrase):
    with pytest.raises(BadSettings, match="must"):
        PhraseBook({"label": ((phrase,), ())})


def test_brackets_and_signs_become_tokens():
    assert variants("a (b c / d)? e", {}) == (("a", "b", "c", "e"), ("a", "d", "e"), ("a", "e"))
    assert token("_") == {}
    assert token("okay+") == {"LOWER": "okay", "OP": "+"}
    assert needed(("...", "_", "a?", "b|c+", "^")) == (frozenset("bc"),)


def test_looking_at_few_sentences_finds_what_looking_at_all_would():
    texts = [text for fires, misses in PHRASES.values() for text in (*fires, *misses)]
    book = _book()
    everything = [key for key in book._phrases if key[1] is not None]
    for text in texts:
        for sentence in sentences(text.split()):
            slow = (
                book._place(label, [key for key in everything if key[0] == label], _stretches(sentence.words))
                for label in book._labels
            )
            assert book.find(sentence.words) == tuple(place for place in slow if place)


_SAID = "First we look at March, then we agree whether thirty minutes were enough. Does that sound fair?"


def test_phrases_are_the_same_in_every_process_and_spacy_waits_for_the_first_likely_sentence():
    code = (
        "import sys\n"
        "from callcoach.measure.language import sentences\n"
        "from callcoach.measure.phrases import phrases_in\n"
        "import callcoach.measure.behaviours\n"
        "assert not phrases_in(sentences('The van waits at the gate.'.split())[0])\n"
        "assert 'spacy' not in sys.modules\n"
        f"print([phrases_in(s) for s in sentences({_SAID!r}.split())])\n"
        "assert 'spacy' in sys.modules\n"
    )
    here = f"{[phrases_in(sentence) for sentence in sentences(_SAID.split())]}\n"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.stdout == here
