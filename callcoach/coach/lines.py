"""Lines to try, per behaviour: built from the customer's own words, with when to use them.

``{said}`` is what the customer said, turned so that a rep can say it ("You said the list is never
right"); ``{echo}`` the same without an opening, ``{inside}`` within a sentence; ``{named}`` something
named in that same turn; ``{thing}`` something both sides have kept coming back to by then ("the
list"). A line never holds anything else that could be a fact. One without any of these is taken
only where no other can be filled.
"""

from __future__ import annotations

from dataclasses import dataclass

from callcoach.coach.records import item_name
from callcoach.core import BehaviourScore


@dataclass(frozen=True, slots=True)
class Way:
    """How one behaviour is offered.

    Parameters
    ----------
    spot : str
        Where the line fits: names a finder of `spots.SPOTS`.
    lines : tuple of str
        Ways to say it; which one is taken follows from the words of the call.
    whenever : str
        Ends the text: when to use it.
    """

    spot: str
    lines: tuple[str, ...]
    whenever: str


_DEEPER = (
    "{said}: how does that come about?",
    "{said}: what is behind that?",
    "{said}: can you say more about that?",
    "Tell me more about {named}: what happens there?",
)

WAYS: dict[str, Way] = {
    "follow_up": Way("moved on", _DEEPER, "an answer holds more than you asked for"),
    "question_turn_share": Way("moved on", _DEEPER, "you are about to answer a point of theirs"),
    "reflection": Way(
        "told",
        ("So {inside}, is that it?", "It sounds like {inside}, is that right?", "So what I hear: {echo}?"),
        "somebody has told you something that matters to them",
    ),
    "testing_understanding": Way(
        "told",
        ("Let me check: {echo}, correct?", "If I have it right, {inside}?"),
        "a term or a number is on the table",
    ),
    "implication_question": Way(
        "problem",
        (
            "{said}: what does that hold up?",
            "{said}: what does that lead to?",
            "{said}: who feels that, and how?",
        ),
        "a problem is named and nothing has been asked about it",
    ),
    "need_payoff_question": Way(
        "problem",
        (
            "{said}: what would it be worth to have that solved?",
            "{said}: what would be different with that settled?",
        ),
        "a problem is clear to both of you",
    ),
    "needs_before_pitch": Way(
        "early",
        ("{said}: what else gets in the way?", "Before I show anything: what gives you trouble around {thing}?"),
        "the product is about to come up",
    ),
    "next_step": Way(
        "late",
        (
            "Before we stop, on {named}: what could you do, and by when?",
            "{said}: what would have to happen on your side, and by when?",
            "{said}: what comes next on your side, and by when?",
        ),
        "a call nears its end",
    ),
    "agenda": Way(
        "opening",
        (
            "I'd like to hear about {thing}, and then you decide what comes next. Anything to add?",
            "I'd like to hear how you work today, and then you decide what comes next. Anything to add?",
        ),
        "a first meeting opens",
    ),
    "recap": Way(
        "told late",
        ("So far I have this: {echo}. What did I miss?", "Let me sum up: {echo}. What would you add?"),
        "a call nears its end",
    ),
    "recap:opening": Way(
        "early",
        ("So far I have this: {echo}. What did I miss?", "What I bring from before: {echo}. What would you add?"),
        "a meeting picks up an earlier talk",
    ),
    "agenda:open_points": Way(
        "opening",
        (
            "I'd like to settle {thing} first. What else is open for you?",
            "Before we start, what would you like settled today, and what else is open for you?",
        ),
        "a negotiation opens",
    ),
    "stakeholder_question": Way(
        "problem",
        ("{said}: who else does that touch?", "{said}: who else would want a say in that?"),
        "a problem touches more than one desk",
    ),
    "value_link": Way(
        "benefit",
        ("{said}: how far would this take care of it?", "{said}: would this change that, and how?"),
        "you are about to name a benefit",
    ),
    "check_in": Way(
        "long turn",
        ("How does this fit with {thing}?", "{said}: how does what you see fit with that?"),
        "one part of the showing is done",
    ),
    "objection_handling": Way(
        "concern",
        ("{said}: is that all of it, or is there more behind it?", "{said}: what makes that the sore point?"),
        "a concern comes up, before you answer it",
    ),
    "unrequested_monologue": Way(
        "long turn",
        ("Let me stop there: what of this matters for {thing}?", "{said}: does what I say speak to that?"),
        "you have talked for a while",
    ),
    "honest_limit": Way(
        "asked",
        (
            "On {named}, let me say plainly what we do and what we don't.",
            "Let me say plainly what we do there and what we don't.",
        ),
        "they ask for something that may not be there",
    ),
    "concession_trade": Way(
        "own words",
        ("If we do that, what could you do for us on {thing}?", "If we do that, what could you do for us?"),
        "you are about to give ground",
    ),
    "counter_proposal": Way(
        "proposal",
        ("{said}: what does that do for you?", "{said}: what makes that the right shape for you?"),
        "a proposal lands on the table",
    ),
    "argument_dilution": Way(
        "own words",
        ("Of all that, what counts most when you think of {thing}?", "Of all that, what counts most for you?"),
        "several reasons come to mind at once",
    ),
    "irritator": Way(
        "own words",
        ("How does the offer look to you, next to {thing}?", "How does the offer look to you?"),
        "you describe your own offer",
    ),
    "results_stated": Way(
        "early",
        ("What has changed with {thing} since you started?", "What has been different since you started?"),
        "a renewal opens, before any terms",
    ),
    "problem_question": Way(
        "early",
        ("What gives you trouble around {thing}, if anything?", "{said}: what about that works least well?"),
        "you hear how something is done today",
    ),
    "permission": Way(
        "unasked opening",
        ("Is this a bad moment, or may I ask about {thing}?", "Is this a bad moment, or may I say why I'm calling?"),
        "you have just said hello",
    ),
    "call_reason": Way(
        "opening",
        (
            "I'm calling about {thing}: is that worth a minute to you?",
            "Let me say in a sentence why I'm calling, and you tell me if it's worth a minute.",
        ),
        "you have just said hello",
    ),
}  # fmt: skip


def way_of(item: BehaviourScore) -> Way:
    """The way of an item's variant, else of its behaviour."""
    return WAYS.get(item_name(item)) or WAYS[item.id]
