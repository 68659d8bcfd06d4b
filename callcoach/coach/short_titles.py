"""Behaviours in the few words that fit a line of the team page."""

from __future__ import annotations

_SHORT = {
    # behaviour: (to work on, at most four words; what was done well, at most three)
    "agenda": ("agreeing an agenda", "agreed an agenda"),
    "argument_dilution": ("one reason at once", "kept to reasons"),
    "call_reason": ("saying why this call", "said why"),
    "check_in": ("checking that it fits", "checked the fit"),
    "concession_trade": ("trading what is given", "traded a concession"),
    "counter_proposal": ("exploring before countering", "explored a proposal"),
    "follow_up": ("following up on answers", "followed up well"),
    "honest_limit": ("saying what can't be", "was plain"),
    "implication_question": ("asking what it touches", "asked consequences"),
    "irritator": ("plain words for offers", "stayed plain"),
    "need_payoff_question": ("asking what it's worth", "asked the worth"),
    "needs_before_pitch": ("needs before the pitch", "heard needs first"),
    "next_step": ("a step they own", "won a step"),
    "objection_handling": ("exploring concerns before answers", "explored a concern"),
    "permission": ("asking leave", "asked leave"),
    "problem_question": ("asking what isn't working", "asked about problems"),
    "question_turn_share": ("asking more often", "kept asking"),
    "recap": ("summing up, confirmed", "summed up well"),
    "reflection": ("saying back what's heard", "said it back"),
    "results_stated": ("results before terms", "named results"),
    "stakeholder_question": ("asking who else", "asked who else"),
    "testing_understanding": ("checking what was meant", "checked the meaning"),
    "unrequested_monologue": ("shorter stretches of talk", "kept it short"),
    "value_link": ("tying benefits to needs", "tied benefits back"),
}
FOCUS_WORDS, WIN_WORDS = 4, 6


def focus_words(item: str) -> str:
    """A focus in at most four words; the item's own name where nobody wrote any.

    >>> focus_words("follow_up"), focus_words("recap:opening")
    ('following up on answers', 'summing up, confirmed')
    """
    behaviour = item.split(":")[0]
    words = _SHORT[behaviour][0] if behaviour in _SHORT else behaviour.replace("_", " ")
    return " ".join(words.split()[:FOCUS_WORDS])


def win_words(item: str, account: str | None) -> str:
    """A win in at most six words, with the account where one is known.

    >>> win_words("follow_up", "Brightwater")
    'followed up well with Brightwater'
    """
    behaviour = item.split(":")[0]
    words = _SHORT[behaviour][1] if behaviour in _SHORT else behaviour.replace("_", " ")
    words = f"{words} with {account}" if account else words
    return " ".join(words.split()[:WIN_WORDS])
