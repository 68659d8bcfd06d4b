"""The labelled corpus: its size, its rules, and that nothing in it is said twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from math import ceil
from pathlib import Path

import pytest
from scenes import HELD_OUT, scenes

from callcoach.measure.data import Row, corpus, held_out, short_exchanges
from callcoach.measure.labels import CUSTOMER_LABELS, REP_LABELS

UNLEARNED = Path(__file__).resolve().parent / "data" / "exchanges.jsonl"
_WORD = re.compile(r"[\w']+")
_KINDS = {"question_substantive", "question_ritual", "question_tag", "question_logistics"}
_SUBSTANTIVE = {
    "open_question",
    "closed_question",
    "situation_question",
    "problem_question",
    "implication_question",
    "need_payoff_question",
    "stakeholder_question",
}


def exchanges_by_others() -> list[Row]:
    """Terse exchanges by other writers, which nothing learns from."""
    rows = [json.loads(line) for line in UNLEARNED.read_text("utf-8").splitlines()]
    return [
        Row(
            **{key: row[key] for key in ("conversation_id", "order", "speaker", "text")},
            labels=frozenset(row["labels"]),
            near=frozenset(row["near"]),
            attributes={},
        )
        for row in rows
    ]


def test_there_are_enough_conversations_and_rep_utterances():
    rows = corpus()
    assert len({row.conversation_id for row in rows}) >= 120
    assert sum(row.speaker == "rep" for row in rows) >= 1500


@pytest.mark.parametrize("label", sorted({*REP_LABELS, *CUSTOMER_LABELS}))
def test_a_label_has_forty_positives_and_forty_near_misses(label):
    assert sum(label in row.labels for row in corpus()) >= 40
    assert sum(label in row.near for row in corpus()) >= 40


@pytest.mark.parametrize("rows", [corpus, short_exchanges, exchanges_by_others])
def test_rows_are_in_order_and_carry_only_labels_of_their_side(rows):
    last: tuple[str, int] | None = None
    for row in rows():
        if last and row.conversation_id == last[0]:
            assert row.order == last[1] + 1
        else:
            assert row.order == 0
        last = (row.conversation_id, row.order)
        known = set(REP_LABELS if row.speaker == "rep" else CUSTOMER_LABELS)
        assert row.labels <= known
        assert row.near <= known
        assert not row.labels & row.near
        assert row.text.strip() == row.text != ""


@pytest.mark.parametrize("rows", [corpus, short_exchanges, exchanges_by_others])
def test_derived_labels_follow_their_rules(rows):
    for row in rows():
        where = f"{row.conversation_id} row {row.order}"
        assert ("question" in row.labels) == bool(row.labels & {*_KINDS, "customer_question"}), where
        assert ("objection" in row.labels) == any(label.startswith("objection_") for label in row.labels), (
            where
        )
        if row.labels & _SUBSTANTIVE:
            assert "question_substantive" in row.labels, where
        if row.speaker == "rep" and "question_substantive" in row.labels:
            assert row.labels & {"open_question", "closed_question"}, where


def test_no_two_rep_utterances_of_five_words_are_nearly_the_same():
    """Jaccard similarity of the word sets under .7, over the whole corpus."""
    spoken = [
        (f"{row.conversation_id} row {row.order}", frozenset(words))
        for row in corpus()
        if row.speaker == "rep" and len(words := _WORD.findall(row.text.casefold())) >= 5
    ]
    n_with = Counter(word for _, mine in spoken for word in mine)
    by_word: dict[str, list[frozenset[str]]] = {}
    for where, mine in spoken:
        # two such sets share one of the rarest words of each: all but seven tenths of them, and one
        rarest = sorted(mine, key=lambda word: (n_with[word], word))
        for word in rarest[: len(mine) - ceil(0.7 * len(mine)) + 1]:
            for other in by_word.get(word, ()):
                assert len(mine & other) / len(mine | other) < 0.7, where
            by_word.setdefault(word, []).append(mine)


def test_at_least_an_eighth_of_the_conversations_is_held_out():
    ids = {row.conversation_id for row in corpus()}
    assert held_out() <= ids
    assert 1 / 8 <= len(held_out()) / len(ids) <= 1 / 4


def test_a_short_exchange_is_no_conversation_of_the_corpus():
    ids = {row.conversation_id for row in short_exchanges()}
    assert len(ids) >= 2000
    assert not ids & {row.conversation_id for row in corpus()}


def test_nothing_learns_from_the_exchanges_of_the_other_writers():
    learned = {row.text for row in (*corpus(), *short_exchanges()) if len(_words(row.text)) >= 5}
    other = {row.text for row in exchanges_by_others() if len(_words(row.text)) >= 5}
    assert len(other) > 10_000
    assert len(other & learned) < len(other) / 200  # "how often does that happen?"


def test_no_short_exchange_says_what_a_held_out_scene_says():
    """Jaccard similarity of the word sets of lines of five words or more under .6."""
    learned: dict[str, list[frozenset[str]]] = {}
    for row in short_exchanges():
        words = _words(row.text)
        for word in words if len(words) >= 5 else ():
            learned.setdefault(word, []).append(words)
    n_compared = 0
    for scene in scenes(HELD_OUT):
        for turn in scene.turns:
            words = _words(turn.partition(": ")[2])
            if len(words) < 5:
                continue
            n_compared += 1
            near = {other for word in words for other in learned.get(word, ())}
            most = max((len(words & other) / len(words | other) for other in near), default=0.0)
            assert most < 0.6, scene.name  # which scene, never its words: held-out scenes are not read
    assert n_compared > 500


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
