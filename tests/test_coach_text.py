"""Keep and try: every rule of the text, on hand-made calls and on hundreds of written ones."""

from __future__ import annotations

import doctest
import re
from collections import Counter
from functools import lru_cache

import pytest
from coach_corpus import cards, corpus
from conftest import call

from callcoach.coach import coaching, quoting
from callcoach.coach.coaching import NOTHING_TO_CHANGE, absent_words, coached, coaching_for
from callcoach.coach.lines import WAYS
from callcoach.coach.quoting import clip, echo, first_name, nouns, said_back
from callcoach.coach.rules import Said, breaches
from callcoach.core import BehaviourScore, Evidence, Scorecard, Status, Transcript
from callcoach.measure.behaviours import BEHAVIOURS

OFFERED = re.compile(r"[Aa] line for that spot: “([^“”]+)”, to use whenever ([^“”‘’]+)\.$")
CLOCK = re.compile(r"\bat \d{1,2}:\d\d(?::\d\d)?\b|^At \d{1,2}:\d\d(?::\d\d)?\b")
FORBIDDEN = ("should have", "failed", "missed opportunity", "great job", "!", " but ", " score", "%", "peer")

TALK = (
    "R 0-4 How do the approvals run today? | "
    "C 4-14 We lose two days on approvals because every quote sits with Omar at the Leeds site. | "
    "R 14-17 Two days where, exactly? | "
    "C 17-30 On the Leeds site mostly, Omar signs on Mondays and then the order waits until he is back. | "
    "R 30-34 And how many users do you have? | "
    "C 34-37 About forty in all."
)


TOLD = ({}, {"problem_voiced": 0.6}, {}, {"problem_voiced": 0.6}, {}, {})


def item(behaviour: str, score: float | None, *evidence: Evidence, **given) -> BehaviourScore:
    status = given.pop("status", Status.SCORED if evidence else Status.NOT_OBSERVED)
    return BehaviourScore(
        behaviour,
        BEHAVIOURS[behaviour],
        status,
        given.pop("weight", 50),
        score=score,
        evidence=evidence,
        **given,
    )


def card_of(transcript: Transcript, *items: BehaviourScore) -> Scorecard:
    return Scorecard(transcript.id, "0", "k", "discovery", "discovery", 1.0, {}, {}, items)


def advice(transcript: Transcript, *items: BehaviourScore, **given):
    return coaching_for(card_of(transcript, *items), transcript, **given)


@lru_cache
def texts() -> tuple[tuple[str, str, str, str, Transcript], ...]:
    """(conversation, behaviour, kind, text, transcript) of everything the corpus gives."""
    found = []
    for name, behaviour, card, transcript, labels in cards():
        coaching = coaching_for(card, transcript, labels=labels)
        if coaching.keep:
            found.append((name, behaviour, "keep", coaching.keep.text, transcript))
        if coaching.try_next:
            found.append((name, behaviour, "try", coaching.try_next.text, transcript))
    return tuple(found)


def of_kind(kind: str) -> list[tuple[str, str, str, Transcript]]:
    return [(name, behaviour, text, t) for name, behaviour, k, text, t in texts() if k == kind]


def test_the_corpus_gives_hundreds_of_texts_of_both_kinds_and_every_way_of_saying() -> None:
    kinds = Counter(kind for _, _, kind, _, _ in texts())
    assert kinds["keep"] >= 200
    assert kinds["try"] >= 200
    assert len({behaviour for _, behaviour, kind, _, _ in texts() if kind == "try"}) >= 18


def test_a_keep_has_at_most_45_words_and_a_try_at_most_55() -> None:
    assert max(len(text.split()) for _, _, text, _ in of_kind("keep")) <= 45
    assert max(len(text.split()) for _, _, text, _ in of_kind("try")) <= 55


def own(text: str) -> str:
    """A text without what it quotes of the call."""
    return re.sub("“[^“”]*”|‘(?:[^‘’]|’(?=[a-z]))*’", " ", text)


def test_a_text_speaks_of_one_moment_with_its_time() -> None:
    assert all(len(CLOCK.findall(own(text))) == 1 for *_, text, _ in texts())


def test_a_text_quotes_the_customer_at_most_once_with_at_most_15_words_that_were_said() -> None:
    for *_, text, transcript in texts():
        quotes = re.findall("‘([^‘’]*)’", text)
        assert len(quotes) <= 1
        for quote in quotes:
            assert 0 < len(quote.split()) <= 15
            assert any(
                bare(quote) in bare(turn.text) for turn in transcript.turns if turn.speaker == "customer"
            )


def test_a_line_in_a_keep_was_said_by_our_side() -> None:
    for _, _, text, transcript in of_kind("keep"):
        for line in re.findall("“([^“”]*)”", text):
            assert any(bare(line) in bare(turn.text) for turn in transcript.turns if turn.speaker == "rep")


def test_an_offered_line_has_at_most_20_words_and_a_try_ends_with_when_to_use_it() -> None:
    for _, _, text, _ in of_kind("try"):
        found = OFFERED.search(text)
        assert found, text
        assert len(found[1].split()) <= 20


def test_an_offered_line_states_nothing_that_the_customer_did_not_say() -> None:
    """What a line holds beyond its fixed wording are words of one customer turn, "I" turned to "you"."""
    fixed = {bare(part) for way in WAYS.values() for line in way.lines for part in re.split(r"\{\w+\}", line)}
    fixed = {word for part in fixed for word in part.split()} | {"you", "your", "yours", "said", "the"}
    turned = {"you're", "you've", "you'd", "you'll", "are", "were", "yourself", "yourselves"}
    for _, _, text, transcript in of_kind("try"):
        line = set(bare(OFFERED.search(text)[1]).split())
        theirs = {
            w for turn in transcript.turns if turn.speaker == "customer" for w in bare(turn.text).split()
        }
        assert line <= fixed | turned | theirs, line - fixed - turned - theirs


def test_no_text_holds_a_number_that_the_call_does_not_contain() -> None:
    for *_, text, transcript in texts():
        rest = CLOCK.sub(" ", text)
        said = set(re.findall(r"\d+", " ".join(turn.text for turn in transcript.turns)))
        assert set(re.findall(r"\d+", rest)) <= said


def test_no_text_holds_a_forbidden_wording() -> None:
    for *_, text, _ in texts():
        for wording in FORBIDDEN:
            assert wording not in own(text).casefold(), text


def test_no_two_calls_are_told_the_same_and_no_sentence_comes_twice() -> None:
    """Within one behaviour, over all conversations; "Nothing to change here." is an answer, not advice.

    Where two customers said the very same words ("my hands are tied", or one "my internet keeps
    dropping" and one "our"), a line made of them may be the same, once in a thousand; the texts are not.
    """
    seen: dict[tuple[str, str], set[str]] = {}
    whole: dict[tuple[str, str], set[str]] = {}
    quoted: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for name, behaviour, kind, text, _ in texts():
        whole.setdefault((f"{kind} {behaviour}", text), set()).add(name)
        for sentence in re.split(r"(?<=[.?])\s+(?=[A-Z])(?![^“]*”)(?![^‘]*’)", text):
            if sentence != NOTHING_TO_CHANGE:
                seen.setdefault((f"{kind} {behaviour}", sentence), set()).add(name)
                quoted.setdefault((f"{kind} {behaviour}", sentence), set()).add(
                    tuple(map(bare, re.findall("‘((?:[^‘’]|’(?=[a-z]))*)’", text)))
                )
    assert [key for key, names in whole.items() if len(names) > 1] == []
    twice = [key for key, names in seen.items() if len(names) > 1]
    assert [key for key in twice if not _one_thing(quoted[key])] == []
    assert len(twice) <= len(seen) / 1000


def _one_thing(quotes: set[tuple[str, ...]]) -> bool:
    """Whether customers said one and the same thing, some with more words around it."""
    turned = [re.sub(r"\b(my|our)\b", "your", " ".join(each)) for each in quotes]
    shortest = min(turned, key=len)
    return bool(shortest) and all(shortest in each for each in turned)


def test_the_same_call_gives_the_same_text() -> None:
    some = [row for number, row in enumerate(cards()) if number % 97 == 0]
    for _, _, card, transcript, labels in some:
        first = coaching_for(card, transcript, labels=labels)
        assert first == coaching_for(card, transcript, labels=labels)


def test_every_try_is_made_of_the_evidence_it_shows() -> None:
    for _, _, card, transcript, labels in [row for n, row in enumerate(cards()) if n % 31 == 0]:
        coaching = coaching_for(card, transcript, labels=labels)
        for one in filter(None, (coaching.keep, coaching.try_next)):
            assert one.evidence
            for piece in one.evidence:
                piece.check(transcript)


def test_a_keep_says_what_the_customer_said_what_we_asked_and_what_they_did_next() -> None:
    transcript = call(TALK)
    coaching = advice(transcript, item("follow_up", 0.9, Evidence(2, 0, 4, 0.95)))
    assert coaching.keep.text == (
        "At 00:04 the customer said ‘We lose two days on approvals’, you asked “Two days where, exactly?”, "
        f"and the customer gave a full answer. {NOTHING_TO_CHANGE}"
    )


def test_a_try_names_the_spot_and_offers_a_line_that_can_be_spoken() -> None:
    transcript = call(TALK)
    coaching = advice(transcript, item("follow_up", 0.2, Evidence(2, 0, 4, 0.95)), labels=TOLD)
    assert coaching.keep is None
    assert coaching.try_next.text.startswith("At 00:17 the customer said ‘")
    assert (
        "; you moved on, and the customer gave a short answer. A line for that spot: “"
        in coaching.try_next.text
    )


def test_words_below_the_show_threshold_are_never_praised() -> None:
    transcript = call(TALK)
    weak = item("follow_up", 0.9, Evidence(2, 0, 4, 0.6))
    assert advice(transcript, weak, show_from={"question_substantive": 0.7}).keep is None
    assert advice(transcript, weak, show_from={"question_substantive": 0.5}).keep is not None
    assert advice(transcript, weak, show_from={"question_substantive": None}).keep is None


@pytest.mark.parametrize("status", [Status.NOT_APPLICABLE, Status.CANNOT_BE_JUDGED])
def test_what_was_not_judged_is_not_coached(status: Status) -> None:
    transcript = call(TALK)
    withheld = item("follow_up", None, status=status, reason="the recording starts in mid-conversation")
    assert advice(transcript, withheld) == advice(transcript)
    assert advice(transcript, withheld).keep is None


def test_praise_needs_the_same_proof_as_advice() -> None:
    transcript = call(TALK)
    unsure = item("follow_up", 0.7, Evidence(2, 0, 4, 0.95), low=0.2, high=0.9)
    assert advice(transcript, unsure).keep is None


def test_what_is_surely_missing_is_tried_before_what_may_have_been_there() -> None:
    transcript = call(TALK)
    maybe = item("follow_up", 0.0, low=0.0, high=1.0)
    surely = item("recap", 0.0, low=0.0, high=0.0)
    assert advice(transcript, maybe, surely, labels=TOLD).try_next.behaviour == "recap"
    assert advice(transcript, maybe, labels=TOLD).try_next.behaviour == "follow_up"


def test_keep_and_try_never_speak_of_the_same_behaviour_or_moment() -> None:
    transcript = call(TALK)
    good = item("follow_up", 0.9, Evidence(2, 0, 4, 0.95))
    low = item("reflection", 0.0)
    coaching = advice(transcript, good, low)
    assert coaching.keep.behaviour == "follow_up"
    assert coaching.try_next is None or not (
        {e.turn for e in coaching.keep.evidence} & {e.turn for e in coaching.try_next.evidence}
    )
    assert NOTHING_TO_CHANGE not in coaching.keep.text


def test_what_is_switched_off_or_weighs_nothing_is_not_coached() -> None:
    transcript = call(TALK)
    good = item("follow_up", 0.9, Evidence(2, 0, 4, 0.95))
    assert advice(transcript, good, leave_out={"follow_up"}).keep is None
    assert advice(transcript, item("follow_up", 0.9, Evidence(2, 0, 4, 0.95), weight=0)).keep is None


def test_a_call_without_times_is_coached_without_a_clock() -> None:
    transcript = call(re.sub(r" \d+-\d+ ", " ", TALK))
    coaching = advice(transcript, item("follow_up", 0.9, Evidence(2, 0, 4, 0.95)))
    assert coaching.keep.text.startswith("The customer said ‘We lose two days on approvals’, you asked")


def test_names_are_used_where_they_are_names() -> None:
    assert first_name("Priya Nair") == "Priya"
    assert first_name("Speaker 2") is None
    assert first_name("left") is None
    assert first_name(None) is None


def test_a_clear_no_with_its_reason_is_a_finished_call() -> None:
    transcript = call(
        "R 0-5 Is this a no for this year? | C 5-12 It's a no, the budget went to the warehouse move. | R 12-14 Thanks."
    )
    step = item("next_step", 1.0, Evidence(1, 0, 9, 0.9), components={"level": 0.0, "clear_no": 1.0})
    text = advice(transcript, step).keep.text
    assert "a no with its reason, and a finished call." in text
    assert text.endswith(NOTHING_TO_CHANGE)


def test_the_card_takes_the_texts() -> None:
    transcript = call(TALK)
    card = card_of(transcript, item("follow_up", 0.9, Evidence(2, 0, 4, 0.95)))
    coaching = coaching_for(card, transcript)
    assert coached(card, coaching).keep is coaching.keep


def test_what_was_not_found_is_never_said_to_have_been_left_undone() -> None:
    assert doctest.testmod(coaching).failed == 0
    absent = absent_words("Agreed a next step")
    assert "click the line and it is marked for review" in absent
    assert "you did not" not in absent.casefold()


def test_several_of_our_side_are_named_apart() -> None:
    transcript = call(TALK.replace("R 14-17", "R2 14-17"))
    coaching = advice(transcript, item("follow_up", 0.9, Evidence(2, 0, 4, 0.95)))
    assert "your side asked" in coaching.keep.text


@pytest.mark.parametrize(
    ("text", "breach"),
    [
        ("At 00:14 " + "word " * 50, "words, at most 45"),
        ("You asked, but nothing came.", "a forbidden wording"),
        ("You failed to ask.", "a forbidden wording"),
        ("Lovely!", "a forbidden wording"),
        ("You had 61 users.", "a number that the call does not contain"),
        ("They said ‘two days’ and ‘Leeds site’.", "more than one quote"),
        ("They said ‘three days on approvals’.", "did not say"),
        ("You asked “Three days where?”", "our side did not say"),
    ],
)
def test_a_text_that_breaks_a_rule_is_caught(text: str, breach: str) -> None:
    found = breaches(text, kind="keep", said=Said(call(TALK)), clock="00:14")
    assert any(breach in each for each in found), found


def test_a_quote_is_cut_at_pauses_and_never_across_a_full_stop() -> None:
    words = [
        "Well,",
        "we",
        "lose",
        "two",
        "days",
        "on",
        "approvals.",
        "The",
        "van",
        "is",
        "fine,",
        "and",
        "the",
        "drivers",
        "like",
        "it.",
    ]
    assert clip(words, at_most=8).text == "we lose two days on approvals"
    assert clip(words, at_most=8, around={"drivers"}).text == "the drivers like it"
    assert clip(["Um,", "yeah,", "okay."], at_most=8) is None


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("I'm the one who fixes our printer", "you're the one who fixes your printer"),
        ("My boss asked me twice", "your boss asked you twice"),
        ("They're always late", "they're always late"),
        ("Drivers ring me from the pub", "Drivers ring you from the pub"),
        ("you told me it was fine", None),
        ("what does it cost", None),
        ("thanks for the offer", None),
        ("my wife passed in February", None),
    ],
)
def test_an_echo_turns_the_customers_words_so_that_a_rep_can_say_them(said: str, back: str | None) -> None:
    assert echo(said) == back


def test_words_that_start_over_are_not_quoted() -> None:
    assert clip(["I", "am", "I", "fell", "in", "the", "kitchen"], at_most=8) is None
    assert clip(["seventy", "eight", "I", "mean", "that's", "everybody"], at_most=8) is None


def test_a_call_without_marks_or_capitals_is_quoted_at_its_conjunctions() -> None:
    words = [
        "they",
        "never",
        "call",
        "back",
        "so",
        "the",
        "drivers",
        "wait",
        "at",
        "the",
        "gate",
        "until",
        "someone",
        "finds",
        "the",
        "list",
    ]
    assert clip(words, at_most=8, around={"gate"}).text == "the drivers wait at the gate"


def test_an_echo_opens_a_line() -> None:
    assert said_back("you lose two days") == "You said you lose two days"
    assert said_back("Drivers ring you") == "Drivers ring you, you said"


def test_things_are_named_only_where_the_words_around_show_a_noun() -> None:
    assert nouns(["we", "keep", "the", "invoice", "in", "a", "drawer", "by", "the", "door."]) == [
        "invoice",
        "drawer",
        "door",
    ]
    assert (
        nouns(["the", "vents", "stick", "and", "the", "same", "happens", "with", "the", "Leeds", "people"])
        == []
    )


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(quoting).failed == 0


def test_words_that_look_like_markup_stay_words() -> None:
    transcript = call(
        "R 0-4 How does it look? | C 4-12 The <script>alert(1)</script> page shows [a](javascript:b) on our list. | "
        "R 12-16 Where on the list does it show? | C 16-26 At the very top of the page, for every customer of ours."
    )
    text = advice(transcript, item("follow_up", 0.9, Evidence(2, 0, 7, 0.95))).keep.text
    clock = re.search(r"\d\d:\d\d", text)[0]
    assert breaches(text, kind="keep", said=Said(transcript), clock=clock) == ()


def test_the_corpus_is_read_whole() -> None:
    assert len(corpus()) >= 200


def bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s']", " ", text.replace("’", "'")).casefold().split())
