"""How a concern is handled, ground is given and understanding is tested, beside their scenes.

Chances of labels are given by hand, so that what is tested is the reading of them.
"""

from __future__ import annotations

import pytest
from scenes import transcript_of

from callcoach.core import Status
from callcoach.measure.behaviours import concession_trade, objection_handling
from callcoach.measure.offers import asks_return
from callcoach.measure.raised import concern_in
from callcoach.measure.utterances import Part, TurnLabels


def seen(module, *turns: str, given: dict[int, dict[str, float]] | None = None, parts=None):
    """What a behaviour sees in turns of which nothing is known but the given chances and parts."""
    labels = [TurnLabels((parts or {}).get(at, ()), (given or {}).get(at)) for at in range(len(turns))]
    return module.observe(transcript_of(turns), labels)


def handled(*turns: str, given: dict[int, dict[str, float]] | None = None) -> tuple[float, float, float]:
    """Whether the one concern of these turns was explored, responded to and checked."""
    parts = {
        at: [Part(label, 0, len(turns[at].split()) - 1, chance) for label, chance in chances.items()]
        for at, chances in (given or {}).items()
    }
    found = seen(objection_handling, *turns, parts=parts).components
    assert found["n_objections"] == 1
    return found["n_explored"], found["n_responded"], found["n_checked"]


EXPLORED, RESPONDED, CHECKED, NOTHING = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)
WORRIED = "C: I'm worried the movers will scratch the harps again."
DEAR = "C: Four thousand for the loft is more than we had set aside."

# Listening -------------------------------------------------------------------------------------


def test_saying_back_leaves_the_concern_open_for_a_question():
    turns = (
        WORRIED,
        "R: Every move leaves another mark on instruments you have had since college days together.",
        "C: Since college, yes.",
        "R: Which of the moves did the worst of it?",
        "C: The one to Ghent.",
    )
    assert handled(*turns, given={1: {"reflection": 0.8}}) == EXPLORED
    assert handled(*turns, given={1: {"testing_understanding": 0.6}}) == EXPLORED
    assert handled(*turns, given={1: {"reflection": 0.1}}) == RESPONDED


def test_a_few_words_with_one_of_the_concern_say_back_at_a_fair_chance():
    turns = (WORRIED, "R: Scratched harps lose their buyers.", "C: They do.", "R: Which were hit?", "C: Two.")
    some = [{}, {"reflection": 0.25}, {}, {}, {}]
    hardly = [{}, {"reflection": 0.05}, {}, {}, {}]
    transcript = transcript_of(turns)
    assert objection_handling.observe(transcript, some).components["n_explored"] == 1
    assert objection_handling.observe(transcript, hardly).components["n_explored"] == 0


def test_only_the_words_that_say_back_are_no_answer():
    turns = (
        WORRIED,
        "R: A scratch stays with the harp for good. We carry every one in its own padded frame.",
        "C: In a frame.",
    )
    said_back = {1: [Part("reflection", 0, 8, 0.9)]}
    found = seen(objection_handling, *turns, parts=said_back)
    assert found.components["n_responded"] == 1
    assert [piece.start_word for piece in found.evidence if piece.turn == 1] == [8]


def test_giving_ground_is_an_answer_whatever_the_taggers_hear():
    turns = (DEAR, "R: I'll take six hundred off the loft.", "C: Oh.")
    assert handled(*turns, given={1: {"reflection": 0.9}}) == RESPONDED


def test_a_word_of_the_concern_makes_no_question_a_check():
    turns = (
        WORRIED,
        "R: Each harp travels in a frame of its own.",
        "C: Right.",
        "R: Did the last movers have their own harps lorry?",
        "C: I believe so.",
    )
    assert handled(*turns) == RESPONDED
    assert handled(*turns, given={3: {"check_in": 0.4}}) == (0, 1, 1)
    asked = (*turns[:3], "R: Does that settle it about the harps?", "C: It does.")
    assert handled(*asked) == (0, 1, 1)


@pytest.mark.parametrize("murmur", ["Yeah.", "Oof.", "Ugh, yes.", "Mm."])
def test_murmurs_do_not_use_up_the_turns_in_which_a_concern_is_handled(murmur):
    waits = [f"R: {murmur}", "C: So there you are."] * 5
    assert handled(DEAR, *waits, "R: What had you set aside for it?", "C: Three.") == EXPLORED


def test_handling_ends_after_a_few_turns_of_more_than_murmurs():
    waits = ["R: I do hear you on that.", "C: So there you are."] * 5
    assert handled(DEAR, *waits, "R: What had you set aside for it?", "C: Three.") == NOTHING


# Questions that explore ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "Is it all right if I ring you back on Monday?",
        "Shall we speak again after the weekend?",
        "Would you like a night to sleep on it, and I'll phone you tomorrow?",
        "Can I come by in June to talk it over?",
    ],
)
def test_a_question_that_puts_off_explores_nothing(asked):
    assert handled(DEAR, f"R: {asked}", "C: Yes, do.") == NOTHING


@pytest.mark.parametrize(
    "asked",
    [
        "What did the last firm charge you when you had to call them back?",
        "Could we talk about what you had set aside?",
        "Would it be easier to pay for it in June?",
    ],
)
def test_a_question_about_the_concern_explores_whatever_day_it_names(asked):
    assert handled(DEAR, f"R: {asked}", "C: Well, three thousand at most.") == EXPLORED


def test_who_else_was_asked_does_not_explore_a_concern_about_money():
    assert handled(DEAR, "R: Who else have you asked?", "C: My cousin's firm.") == NOTHING
    assert handled(DEAR, "R: Which part of the four thousand is it?", "C: The stairs.") == EXPLORED
    elsewhere = "C: Another builder has quoted us less than your price, so yours is too expensive."
    assert handled(elsewhere, "R: Which other builder quoted it?", "C: Hale and Sons.") == EXPLORED


def test_after_a_question_about_others_the_concern_stays_open():
    turns = (DEAR, "R: Who else have you asked?", "C: Nobody.", "R: What had you set aside?", "C: Three.")
    assert handled(*turns) == EXPLORED


# Answers ---------------------------------------------------------------------------------------


def test_words_that_open_a_question_are_no_answer():
    asked = "And the winter we had all that ice on the old bridge by your mill, what did the harps do?"
    assert handled(WORRIED, f"R: {asked}", "C: They cracked.") == EXPLORED
    apart = asked.replace("mill, what", "mill. What")
    assert handled(WORRIED, f"R: {apart}", "C: They cracked.") == RESPONDED


def test_an_offer_before_a_question_is_an_answer():
    offered = "Because it's June I'll take five hundred off the loft, what would you do with the rest?"
    assert handled(DEAR, f"R: {offered}", "C: A lot.")[1] == 1


@pytest.mark.parametrize(
    "said",
    [
        "My aunt had a loft done in Leeds, she has a lovely view of the canal from there now.",
        "I really want to thank you for sending those drawings over to us so quickly last week.",
        "While you're here, the leaflet about garden rooms came out of the printer this morning.",
    ],
)
def test_stories_thanks_and_asides_answer_nothing(said):
    assert handled(DEAR, f"R: {said}", "C: Right.") == NOTHING


def test_what_follows_a_story_must_take_up_the_concern():
    turns = (DEAR, "R: My aunt had one done in Leeds, she sleeps up there.", "C: Nice.")
    assert handled(*turns, "R: The oak comes from a mill down in Dorset.", "C: Okay.") == NOTHING
    assert handled(*turns, "R: The four thousand has the oak stairs in it.", "C: Okay.") == RESPONDED


def test_thanks_before_an_answer_leave_it_one():
    said = "Thank you for saying so, the four thousand has the stairs and the window in it."
    assert handled(DEAR, f"R: {said}", "C: Right.") == RESPONDED


def test_the_answer_to_another_question_of_the_customer_is_no_answer_to_the_concern():
    turns = (DEAR, "R: Ah, I understand.", "C: Which colours do the doors come in?")
    assert handled(*turns, "R: They come in oak, white and slate.", "C: Okay.") == NOTHING
    assert handled(*turns, "R: White. And four thousand has the doors in it.", "C: Okay.") == RESPONDED


def test_a_question_that_asks_for_better_terms_is_part_of_the_concern():
    turns = (DEAR, "R: Ah, I understand.", "C: Could you go any lower?")
    assert handled(*turns, "R: Without the skylight the bill comes out at three.", "C: Okay.") == RESPONDED


def test_plain_assent_ends_the_handling():
    turns = (DEAR, "R: Without the skylight it comes to three thousand.")
    later = ("R: And the plaster needs a week to dry, would that be a problem?", "C: No.")
    assert handled(*turns, "C: Okay, that's fine then.", *later) == RESPONDED
    assert handled(*turns, "C: Three thousand.", *later) == (0, 1, 1)
    at_once = ("R: Good. Does that settle the price?", "C: Yes.")
    assert handled(*turns, "C: Okay, that's fine then.", *at_once) == (0, 1, 1)


def test_after_the_answer_a_concern_of_other_words_is_a_new_one():
    turns = (
        WORRIED,
        "R: Each harp travels in a frame of its own.",
        "C: Right.",
        "R: Who will be at the door on the Monday?",
    )
    bill = seen(
        objection_handling, *turns, "C: Nobody. And the bill is too high.", "R: What had you in mind?"
    )
    assert bill.components["n_objections"] == 2
    same = seen(
        objection_handling, *turns, "C: My son, I'm worried he scratches them.", "R: What had you in mind?"
    )
    assert same.components["n_objections"] == 1


# The last words --------------------------------------------------------------------------------


def test_a_concern_that_nobody_could_answer_is_not_counted():
    start = ("R: So that is the loft, all in.", DEAR)
    found = seen(objection_handling, *start)
    assert found.status is Status.NOT_APPLICABLE
    assert found.reason == objection_handling.LAST_WORDS
    answered = (
        *start,
        "R: Without the skylight it comes to three thousand.",
        "C: And I don't trust skylights.",
    )
    assert seen(objection_handling, *answered).components["n_objections"] == 1
    calm = seen(objection_handling, "R: So that is the loft, all in.", "C: Lovely, when can you start?")
    assert calm.reason == objection_handling.NO_CONCERN


# Ground given ----------------------------------------------------------------------------------

GRANT = "R: I do see why. For the reed set the sum would be seventy, as you have three bassoons."
ASKED = "C: Could the reeds be any cheaper, at eighty-five a set?"


def grant(chance: float, first: int, last: int):
    return {1: [Part("concession", first, last, chance)]}


def test_a_sentence_of_a_longer_turn_is_a_concession_on_the_word_of_sure_taggers():
    found = seen(concession_trade, ASKED, GRANT, "C: Good.", parts=grant(0.95, 4, 17))
    assert found.components["n_unpaired"] == 1
    assert [(piece.turn, piece.start_word) for piece in found.evidence] == [(1, 4)]


def test_less_sure_taggers_and_a_figure_nobody_asked_for_make_none():
    unsure = seen(concession_trade, ASKED, GRANT, "C: Good.", parts=grant(0.7, 4, 17))
    assert unsure.status is Status.NOT_APPLICABLE
    unasked = seen(
        concession_trade, "C: The reeds came on Monday.", GRANT, "C: Good.", parts=grant(0.95, 4, 17)
    )
    assert unasked.status is Status.NOT_APPLICABLE
    elsewhere = seen(concession_trade, ASKED, GRANT, "C: Good.", parts=grant(0.95, 0, 4))
    assert elsewhere.status is Status.NOT_APPLICABLE


def test_a_concession_borne_out_in_the_customers_words_is_no_second_one():
    once = seen(
        concession_trade,
        "C: Could you do anything on the glazing price?",
        "R: If you take both floors I can come down to ninety a pane.",
        "C: The top floor's only empty from August.",
        "R: From August, then, at ninety a pane.",
        "C: Fine by me.",
    )
    assert once.components["n_concessions"] == 1


def test_what_is_asked_for_on_top_and_granted_is_a_second_concession():
    twice = seen(
        concession_trade,
        "C: Could you do anything on the glazing price?",
        "R: I can come down to ninety a pane.",
        "C: And could you leave the delivery fee off as well?",
        "R: Sure, I'll waive the delivery fee.",
        "C: Lovely.",
    )
    assert twice.components["n_concessions"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "once i may name your orchestra on our page",
        "when we can deliver to both halls on one day",
        "for that i would need the order by easter",
        "for this we'd want the whole woodwind section",
    ],
)
def test_what_is_wanted_for_it_is_a_return(text):
    assert asks_return(text)


@pytest.mark.parametrize(
    "text",
    ["once i know your hall i'll bring the reeds", "when i can see my way to it", "for this we are known"],
)
def test_what_only_says_when_is_no_return(text):
    assert not asks_return(text)


@pytest.mark.parametrize(
    ("said", "chance", "raises"),
    [
        ("That's right, and the phones never stop on a Monday.", 0.8, False),
        ("That's right, and the phones never stop on a Monday.", 0.95, True),
        ("The phones never stop on a Monday.", 0.8, True),
        ("That's right, but it's too expensive for us.", 0.8, True),
    ],
)
def test_who_says_it_was_heard_right_objects_only_where_words_or_sure_taggers_say_so(said, chance, raises):
    transcript = transcript_of(["R: So it's the phones that eat your morning.", f"C: {said}"])
    found = concern_in(transcript, [{}, {"objection": chance}], 1)
    assert (found is not None) == raises
