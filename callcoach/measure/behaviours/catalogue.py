"""Every behaviour by id: what a coach calls it, and what it is in one sentence."""

from __future__ import annotations

_ENTRIES: tuple[tuple[str, str, str], ...] = (
    (
        "question",
        "Asked questions",
        "Any question, with a question mark or without; only those of substance count.",
    ),
    (
        "open_question",
        "Asked open questions",
        "A question or invitation that asks for more than yes or no, a choice or one fact.",
    ),
    ("closed_question", "Asked closed questions", "A question answered by yes or no, a choice or one fact."),
    (
        "situation_question",
        "Asked about today's set-up",
        "A question about a fact of how things are done now, with no complaint implied.",
    ),
    (
        "problem_question",
        "Asked what isn't working",
        "A question about a difficulty, a gap or something the customer is unhappy with.",
    ),
    (
        "implication_question",
        "Asked what a problem leads to",
        "A question about the consequence of a problem that the customer had already voiced.",
    ),
    (
        "need_payoff_question",
        "Asked what solving it is worth",
        "A question that has the customer say what a solution would be worth to them.",
    ),
    (
        "follow_up",
        "Followed up on the answer",
        "The next question picks up what the customer just answered, and goes deeper.",
    ),
    (
        "question_stacking",
        "Asked several questions at once",
        "Two or more different questions in one turn before the customer can answer.",
    ),
    (
        "reflection",
        "Said back what was heard",
        "Restates what the customer said or felt, as a statement or a check, with no pitch in it.",
    ),
    (
        "acknowledgement",
        "Showed listening",
        "A short token of listening or sympathy that leaves the floor to the customer.",
    ),
    (
        "recap",
        "Summed up and had it confirmed",
        "Summarises needs or agreements, at the opening or near the end, and gets the customer's confirmation.",
    ),
    (
        "agenda",
        "Agreed an agenda",
        "At the opening, says purpose, plan and time, and invites the customer to change them.",
    ),
    ("benefit", "Named a benefit", "Says what the product would do for the customer."),
    (
        "value_link",
        "Tied a benefit to what the customer said",
        "A benefit that picks up something the customer said earlier.",
    ),
    (
        "impact_metric",
        "Put the problem in numbers",
        "Cost, time, risk or volume of the problem is put in numbers, by either side.",
    ),
    ("objection", "The customer raised a concern", "The customer voices something that stands in the way."),
    (
        "objection_handling",
        "Handled concerns",
        "After a concern: listens, explores with a question, responds, and checks that it is settled.",
    ),
    (
        "next_step",
        "Agreed a next step",
        "The call ends with a dated step, best one that the customer owns, or with a clear no and its reason.",
    ),
    (
        "permission",
        "Asked leave",
        "Asks before giving advice, talking price or asking something hard, or says that no is fine.",
    ),
    (
        "stakeholder_question",
        "Asked who else is involved",
        "Asks who else is affected, decides or should be brought in.",
    ),
    ("honest_limit", "Said what it cannot do", "Says plainly what the product or the firm cannot do."),
    ("concession", "Gave ground", "Gives way on price or terms."),
    (
        "concession_trade",
        "Traded a concession",
        "A concession is tied to something in return, in the same turn or the next.",
    ),
    ("concession_unpaired", "Gave ground for nothing", "A concession with nothing asked in return."),
    (
        "argument_dilution",
        "Piled up reasons",
        "More than two reasons for one case in one turn, without being asked for them.",
    ),
    (
        "irritator",
        "Praised the own offer",
        "Words of self-praise or unfairness in the own proposal, such as a very generous offer.",
    ),
    (
        "counter_proposal",
        "Countered at once",
        "Answers the other side's proposal with an own one, without exploring it first.",
    ),
    (
        "testing_understanding",
        "Checked understanding",
        "Checks or sums up what the other side said, anywhere in the call.",
    ),
    (
        "unrequested_monologue",
        "Long talk nobody asked for",
        "A rep turn over two minutes that the customer did not ask for in the turn before.",
    ),
    (
        "call_reason",
        "Said why this call",
        "Says why this person or firm is called, with one fact about them.",
    ),
    (
        "problem_voiced",
        "The customer voiced a problem",
        "The customer describes something that goes wrong or costs them.",
    ),
    ("need_voiced", "The customer voiced a need", "The customer says what they want or need."),
    (
        "customer_confirms",
        "The customer confirmed with content",
        "The customer confirms or corrects a summary in more than a yes.",
    ),
    (
        "results_stated",
        "Results since the purchase",
        "An outcome achieved since the purchase is stated, in numbers or events.",
    ),
    (
        "qualification",
        "Learned how the deal is decided",
        "What is known of budget, authority, need and timing, and from whose mouth.",
    ),
    ("check_in", "Checked that it fits", "Asks whether what was shown is clear or fits the customer's case."),
    (
        "competitor_handling",
        "Handled a competitor fairly",
        "Asks about a competitor, or compares on what matters to the customer.",
    ),
    (
        "competitor_disparagement",
        "Ran a competitor down",
        "Speaks ill of a competitor without a criterion of the customer's.",
    ),
    (
        "pressure_tactic",
        "Pressed",
        "Manufactured urgency or scarcity, guilt, or closing again after a clear no.",
    ),
    ("overpromise", "Promised too much", "An absolute guarantee that nobody can keep."),
    (
        "needs_before_pitch",
        "Needs before the pitch",
        "How many needs or problems the customer voiced before the first unrequested product claim.",
    ),
    (
        "recording_notice",
        "Said that the call is recorded",
        "Somebody says that the call is recorded, or asks whether it may be.",
    ),
    ("customer_question", "The customer asked questions", "The customer asks about use, price or rollout."),
    ("buying_signal", "The customer spoke as an owner", "The customer speaks as if they had it already."),
    (
        "question_turn_share",
        "Share of turns with a question",
        "Rep turns with a question of substance among all rep turns.",
    ),
)

BEHAVIOURS: dict[str, str] = {name: title for name, title, _ in _ENTRIES}
"""Title in plain English per behaviour id of the rubrics."""

DEFINITIONS: dict[str, str] = {name: definition for name, _, definition in _ENTRIES}
"""What it is, in one sentence."""

_NEEDS = ("problem_voiced", "need_voiced", "objection")
RESTS_ON: dict[str, frozenset[str]] = {
    "follow_up": frozenset(["question_substantive"]),
    "implication_question": frozenset(
        ["question_substantive", "implication_question", "problem_voiced", "objection"]
    ),
    "need_payoff_question": frozenset(["question_substantive", "need_payoff_question"]),
    "problem_question": frozenset(["question_substantive", "problem_question"]),
    "stakeholder_question": frozenset(["question_substantive", "stakeholder_question"]),
    "value_link": frozenset(["benefit"]),
    "needs_before_pitch": frozenset(["benefit", *_NEEDS]),
    "reflection": frozenset(["reflection", "testing_understanding", "benefit", "question_substantive"]),
    "recap": frozenset(["recap", "customer_confirms", "agenda_plan", "agenda_time"]),
    "results_stated": frozenset(["results_stated"]),
    "objection_handling": frozenset(["objection", "check_in"]),
    "agenda": frozenset(["agenda_purpose", "agenda_plan", "agenda_time", "agenda_invitation"]),
    "argument_dilution": frozenset(
        ["agenda_time", "call_reason", "recap", "recording_notice", "reflection", "testing_understanding"]
    ),
    "buying_signal": frozenset(["buying_signal"]),
    "call_reason": frozenset(["call_reason"]),
    "check_in": frozenset(["check_in"]),
    "competitor_handling": frozenset(
        ["competitor_handling", "competitor_disparagement", "objection_competitor"]
    ),
    "concession_trade": frozenset(["concession"]),
    "counter_proposal": frozenset(),
    "customer_question": frozenset(["customer_question"]),
    "honest_limit": frozenset(["honest_limit"]),
    "irritator": frozenset(["irritator"]),
    "next_step": frozenset(),
    "permission": frozenset(["permission"]),
    "qualification": frozenset(),
    "question_stacking": frozenset(),
    "testing_understanding": frozenset(["testing_understanding", "reflection"]),
    "unrequested_monologue": frozenset(),
}
"""The utterance labels that a behaviour reads, beside what the words of the exchange themselves show."""
