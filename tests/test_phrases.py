"""The notation of phrases, and that looking at few sentences finds what looking at all would."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from test_utterances import PHRASES

from callcoach.core.errors import BadSettings
from callcoach.measure.data import corpus
from callcoach.measure.language import sentences
from callcoach.measure.patterns import _NUMBER, PhraseBook, item, needed, place_of, variants
from callcoach.measure.phrases import _book, _rules, phrases_in


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


def test_brackets_and_signs_become_items():
    assert variants("a (b c / d)? e", {}) == (("a", "b", "c", "e"), ("a", "d", "e"), ("a", "e"))
    assert item("_").words is None
    assert (item("okay+").words, item("okay+").may_miss, item("okay+").may_repeat) == ({"okay"}, False, True)
    assert needed(("...", "_", "a?", "b|c+", "^")) == (frozenset("bc"),)


def as_token(text: str) -> dict[str, object]:
    """An item of the notation as spaCy's Matcher writes it."""
    if text == "...":
        return {"OP": "*"}
    times = text[-1] if len(text) > 1 and text[-1] in "?*+" else ""
    words = text.removesuffix(times).split("|")
    op = {"OP": times} if times else {}
    if words == ["_"]:
        return op
    if "#" in words:
        others = "".join(f"|{re.escape(word)}" for word in words if word != "#")
        return {"LOWER": {"REGEX": rf"^(?:{_NUMBER}{others})$"}, **op}
    return {"LOWER": {"IN": words}, **op}


def test_places_are_those_of_spacys_matcher():
    import spacy
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

    vocabulary = spacy.blank("en").vocab
    rules = dict(_rules())
    parts = rules.pop("parts")
    said = [text for fires, misses in PHRASES.values() for text in (*fires, *misses)]
    said += [row.text for row in corpus()[::15]]
    docs = [
        Doc(vocabulary, words=["^", *filter(None, sentence.words), "$"])
        for text in said
        for sentence in sentences(text.split())
    ]
    n_found = 0
    for label, rule in rules.items():
        for phrases in (rule["shows"], rule["unless"]):
            written = [variant for phrase in phrases for variant in variants(phrase, parts)]
            if not written:
                continue
            matcher = Matcher(vocabulary, validate=False)
            matcher.add(label, [[as_token(each) for each in variant] for variant in written])
            ours = [tuple(map(item, variant)) for variant in written]
            for doc in docs:
                matches = [(first, last) for _, first, last in matcher(doc)]
                wanted = min(matches, key=lambda match: (match[0], -match[1]), default=None)
                assert place_of(ours, [token.text for token in doc]) == wanted
                n_found += wanted is not None
    assert n_found > 100


def test_looking_at_few_sentences_finds_what_looking_at_all_would():
    texts = [text for fires, misses in PHRASES.values() for text in (*fires, *misses)]
    book = _book()
    everything = [key for key in book._phrases if key[1] is not None]
    for text in texts:
        for sentence in sentences(text.split()):
            slow = (
                book._place(label, [key for key in everything if key[0] == label], sentence.words)
                for label in book._labels
            )
            assert book.find(sentence.words) == tuple(place for place in slow if place)


_SAID = "First we look at March, then we agree whether thirty minutes were enough. Does that sound fair?"


def test_phrases_are_the_same_in_every_process_and_import_nothing_heavy():
    code = (
        "import sys\n"
        "from callcoach.measure.language import sentences\n"
        "from callcoach.measure.phrases import phrases_in\n"
        "import callcoach.measure.behaviours\n"
        "assert not phrases_in(sentences('The van waits at the gate.'.split())[0])\n"
        f"print([phrases_in(s) for s in sentences({_SAID!r}.split())])\n"
        "assert 'spacy' not in sys.modules\n"
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
