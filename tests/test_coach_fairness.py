"""What a coaching text may claim: nothing of our side that the call shows otherwise, nothing half quoted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import call
from test_coach_text import advice, card_of, item

from callcoach.coach.coaching import NOTHING_TO_CHANGE, coaching_for
from callcoach.coach.keeping import deserves
from callcoach.coach.quoting import clip
from callcoach.coach.scene import Scene
from callcoach.core import Caution, Evidence

PROBLEM = {"problem_voiced": 0.9}
BAKERY = (
    "R 0-4 How do the loaves get to the cafes? | "
    "C 4-14 Two vans go round the cafes at five and the second one breaks down most weeks. | "
    "R 14-18 {answer} | "
    "C 18-24 It was in the garage on Tuesday again."
)


def bakery(answer: str):
    return call(BAKERY.format(answer=answer))


def test_a_problem_that_was_passed_over_is_tried() -> None:
    coaching = advice(bakery("We bake rye as well."), item("reflection", 0.0), labels=({}, PROBLEM, {}, {}))
    assert "; you went on, and the customer " in coaching.try_next.text


@pytest.mark.parametrize(
    ("answer", "tags"),
    [
        ("So the round hangs on a tired van.", {"reflection": 0.7}),
        ("If I follow you, one of the vans is the trouble.", {"testing_understanding": 0.6}),
        ("Which of the vans does that?", {"question_substantive": 0.9}),
        ("How many a week?", {"question_substantive": 0.9}),
        ("Repairs we don't do.", {"honest_limit": 0.9}),
    ],
)
@pytest.mark.parametrize("behaviour", ["follow_up", "reflection", "implication_question"])
def test_nobody_is_told_they_went_on_where_they_took_it_up(answer: str, tags: dict, behaviour: str) -> None:
    labels = ({}, PROBLEM, tags, {})
    assert advice(bakery(answer), item(behaviour, 0.0), labels=labels).try_next is None


def test_a_question_about_something_else_is_no_taking_up() -> None:
    labels = ({}, PROBLEM, {"question_substantive": 0.9}, {})
    asked = bakery("And how long has the bakery been in your family?")
    assert advice(asked, item("implication_question", 0.0), labels=labels).try_next is not None


def test_what_the_customer_confirmed_had_been_taken_up() -> None:
    labels = ({}, PROBLEM, {}, {"customer_confirms": 0.8})
    assert advice(bakery("A tired van, then."), item("reflection", 0.0), labels=labels).try_next is None


def test_what_earned_a_credit_anywhere_on_the_card_is_no_spot() -> None:
    labels = ({}, PROBLEM, {}, {})
    transcript = bakery("Our man could look at it.")
    linked = item("value_link", 0.6, Evidence(2, 0, 6, 0.9))
    assert advice(transcript, item("reflection", 0.0), labels=labels).try_next is not None
    assert advice(transcript, item("reflection", 0.0), linked, labels=labels).try_next is None


def test_our_answer_is_what_comes_after_a_murmur() -> None:
    talk = (
        "R 0-4 How do the loaves get to the cafes? | "
        "C 4-14 Two vans go round the cafes at five and the second one breaks down most weeks. | "
        "R 14-15 {murmur} | C 15-18 Every week nearly. | R 18-22 The round hangs on a tired van. | "
        "C 22-26 It does, and I drive it myself."
    )
    labels = ({}, PROBLEM, {"acknowledgement": 0.9}, {}, {"reflection": 0.8}, {})
    low = item("implication_question", 0.0)
    assert advice(call(talk.format(murmur="Oh dear me.")), low, labels=labels).try_next is None
    passed_over = (*labels[:2], {}, *labels[3:])
    shown = advice(call(talk.format(murmur="We do buns as well.")), low, labels=passed_over).try_next
    assert shown is not None


def test_moving_on_needs_something_that_was_told() -> None:
    transcript = bakery("We bake rye as well.")
    low = item("follow_up", 0.0)
    assert advice(transcript, low, labels=({}, {"problem_voiced": 0.1}, {}, {})).try_next is None
    assert advice(transcript, low, labels=({}, {"problem_voiced": 0.4}, {}, {})).try_next is not None


LATE = (
    "R 0-3 How is the kennel run? | C 3-6 Two of us and a lad. | R 6-9 Right, and feeding? | "
    "C 9-12 Mornings and evenings. | R 12-15 {asked} | C 15-20 {said} | R 20-22 Lovely."
)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("When could you show the vet?", "After the puppies go to their homes."),
        ("The vet ought to see it.", "I'm seeing the vet about it on Thursday."),
        ("The vet ought to see it.", "The vet looks in by the end of the month."),
    ],
)
def test_a_day_that_was_named_is_not_said_to_be_absent(asked: str, said: str) -> None:
    assert advice(call(LATE.format(asked=asked, said=said)), item("next_step", 0.0)).try_next is None


def test_a_late_turn_without_a_day_is_where_a_step_would_fit() -> None:
    talk = call(LATE.format(asked="The vet ought to see it.", said="Our vet reads everything of this kind."))
    assert "no dated step" in advice(talk, item("next_step", 0.0)).try_next.text


CONCERN = (
    "R 0-4 The cover is nine hundred a year. | "
    "C 4-9 That is more than the boat is worth. | "
    "R 9-14 It pays for itself in one storm. | C 14-18 There are no storms on a canal."
)


def handled(score: float, **found: float):
    components = {"n_objections": 1.0, "n_explored": 0.0, "n_checked": 0.0, **found}
    pieces = (Evidence(1, 0, 9, 0.95), Evidence(2, 0, 7, 0.75))
    return item("objection_handling", score, *pieces, components=components)


def test_a_concern_that_was_answered_and_not_explored_is_worth_a_try() -> None:
    found = advice(call(CONCERN), handled(2 / 3)).try_next
    assert found.behaviour == "objection_handling"
    assert "; you answered, and the customer " in found.text


def test_a_concern_that_was_explored_or_checked_is_left_alone() -> None:
    assert advice(call(CONCERN), handled(2 / 3, n_explored=1.0)).try_next is None
    assert advice(call(CONCERN), handled(1.0, n_checked=1.0)).try_next is None


def test_asking_before_answering_is_praised_only_where_it_was_done() -> None:
    assert deserves(handled(1.0, n_explored=1.0))
    assert not deserves(handled(1.0, n_checked=1.0))
    assert not deserves(handled(1.0))


KILN = (
    "R 0-4 How is the kiln? | C 4-14 The kiln cracks a third of the plates whenever it rains outside. | "
    "R 14-18 What do cracked plates cost you? | "
    "C 18-30 About a day each week, since we glaze every one of them again by hand."
)


def test_nothing_to_change_is_not_said_beside_words_for_review() -> None:
    transcript = call(KILN)
    card = card_of(transcript, item("follow_up", 0.9, Evidence(2, 0, 6, 0.95)))
    assert coaching_for(card, transcript).keep.text.endswith(NOTHING_TO_CHANGE)
    flagged = replace(card, cautions=(Caution("pressure_tactic", (Evidence(2, 0, 6),)),))
    assert NOTHING_TO_CHANGE not in coaching_for(flagged, transcript).keep.text


def test_the_time_is_that_of_the_words_quoted_after_it() -> None:
    talk = KILN.replace("The kiln cracks", "It was fine at first. The kiln cracks")
    keep = advice(call(talk), item("follow_up", 0.9, Evidence(2, 0, 6, 0.95))).keep
    start_s = keep.evidence[0].interval(call(talk)).start_s
    assert start_s > 6
    assert keep.text.startswith(f"At 00:{int(start_s):02d} the customer said ‘The kiln cracks")


def test_a_moment_with_a_full_answer_is_kept_before_one_with_a_word() -> None:
    talk = (
        "R 0-4 Would you mind if I asked about the hives? | C 4-5 Sure, ask. | "
        "R 5-9 What goes wrong with the hives in spring? | C 9-19 The damp gets in and we lose a third of the bees."
    )
    leave = item("permission", 1.0, Evidence(0, 0, 9, 0.95), weight=90)
    asked = item("problem_question", 1.0, Evidence(2, 0, 9, 0.95), weight=10)
    assert advice(call(talk), leave, asked).keep.behaviour == "problem_question"
    assert advice(call(talk), leave).keep.behaviour == "permission"


def test_leave_that_was_asked_is_quoted_as_a_question() -> None:
    talk = (
        "R 0-8 There's a man in Ghent who mends looms, would you mind my naming him? | C 8-9 Go ahead then."
    )
    keep = advice(call(talk), item("permission", 1.0, Evidence(0, 0, 14, 0.95))).keep
    assert "would you mind my naming him?" in keep.text


def cut(said: str, at_most: int = 8) -> str | None:
    found = clip(said.split(), at_most=at_most)
    return found and found.text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("The colour is lovely, but the cloth frays.", "the cloth frays"),
        ("The colour is lovely. But the cloth frays.", "the cloth frays"),
        ("The colour is lovely, and the cloth frays in the very first wash of all.", "The colour is lovely"),
        (
            "We could take the whole loom unless the roof leaks by the autumn.",
            "unless the roof leaks by the autumn",
        ),
        ("If the roof holds through the winter, we take the loom.", "If the roof holds through the winter"),
        ("We take the loom, or we mend the old one again ourselves next spring.", None),
        ("No apprentice of ours would ever do that.", "No apprentice of ours would ever do that"),
        ("The weavers know what the loom is for.", "The weavers know what the loom is for"),
    ],
)
def test_a_quote_means_what_was_said(said: str, shown: str | None) -> None:
    assert cut(said) == shown


def test_a_quoted_question_is_the_question() -> None:
    words = ["Where", "it", "came", "from", "nobody", "knows,", "so", "how", "is", "it", "mixed?"]
    assert clip(words, at_most=6, asking=True).text == "how is it mixed?"


ORCHARD = (
    "C 0-4 I pick in the story mill, and the press is slow. | R 4-8 What slows the press down? | "
    "C 8-12 The story is long, my story is sad. | R 12-15 And the press in August? | "
    "C 15-18 The press is worse then. | R 18-20 I see."
)


def test_a_line_speaks_of_a_thing_only_where_both_sides_have_kept_to_it() -> None:
    scene = Scene(call(ORCHARD), (), {})
    assert scene.topic(5) == "the press"
    assert scene.topic(2) is None


def test_a_line_stands_without_a_thing_where_there_is_none() -> None:
    talk = "R 0-4 This is Ines from the seed bank. | C 4-7 Good morning to you Ines. | R 7-9 We sell seed."
    text = advice(call(talk), item("permission", 0.0)).try_next.text
    assert "“Is this a bad moment, or may I say why I'm calling?”" in text


@pytest.mark.parametrize("opening", ["Have I caught you at lunch?", "Is now an awkward time for a word?"])
def test_who_asked_whether_the_moment_is_right_is_not_told_to(opening: str) -> None:
    talk = f"R 0-4 This is Ines from the seed bank. {opening} | C 4-7 It's fine, go on. | R 7-9 We sell seed."
    assert advice(call(talk), item("permission", 0.0)).try_next is None


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("The roof of the barn leaks on hay.", True),
        ("Hay rots under the leaking roof.", False),
        ("The roof of the long barn leaks over all the new hay every winter.", False),
    ],
)
def test_words_are_said_back_bare_only_where_they_are_short_and_fit_in(said: str, offered: bool) -> None:
    talk = (
        f"R 0-3 How is the farm? | C 3-5 Grand. | R 5-7 Good to hear. | C 7-14 {said} | "
        "R 14-16 We sell tractors. | C 16-18 So I hear."
    )
    assert (advice(call(talk), item("recap", 0.0)).try_next is not None) is offered
