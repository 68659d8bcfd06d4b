"""The limits that define the measures and behaviours, in one place.

They are part of what a measure *is*: changing one changes the scoring key, and a rubric can only
weigh what they define. Those of turns and back-channels live in `callcoach.core.floor`.
"""

from __future__ import annotations

from callcoach.core import floor

DEAD_AIR_S = 3.0  # a longer gap in which nobody speaks is dead air
MONOLOGUE_S = 120.0  # a longer turn of ours is a monologue
STORY_QUESTION_S = 5.0  # our questions up to this long do not end a customer's story
PATIENCE_MIN_RESPONSES = 5
INTERRUPTION_OVERLAP_S = 0.5  # starts more than this before the other's turn ended,
INTERRUPTION_STOP_S = 1.0  # who stops within this,
INTERRUPTION_MORE_S = 1.0  # and says less than this from then on
SPREAD_MIN_QUESTIONS = 3
SPREAD_PARTS = 3
PACE_MIN_WORDS = 50
UNKNOWN_SHARE_LIMIT = 0.05  # of speech or words by people whose side is not known; above it, none is ours
PREDICTED = 0.5  # a label whose words rules know applies from this probability,
RULED_OUT = 0.02  # below this chance a form of words proves nothing,
LOOSELY_RULED_OUT = 0.05  # below this one a loose form: concerns, troubles, what is said back,
PLAINLY_RULED_OUT = 0.005  # below this one a plain form: "last week you said", "I can knock off"
TAGGERS_SURE = 0.9  # from this one the taggers are followed where words are few, or say otherwise
TAGGED = 0.4  # one that only the taggers know from this one: F1 in five folds is best from .35 to .4

OPENING_SHARE = 0.15  # of the span, from the first exchange,
OPENING_MAX_S = 300.0  # and at most this: where an agenda belongs
LATE_SHARE = 0.5  # next steps are looked for after this share of the call,
LATE_TURNS = 40  # and in this many last turns, where they are no more than half of all,
CLOSING_TURNS = 10  # and in any case in this many: a short call has hardly a middle
ACCEPT_TURNS = 2  # an answer to a proposal is looked for in this many turns of the other side
LANGUAGE = "en"  # the language whose words can be judged
CONFIDENCE_FLOOR = 0.5  # mean word probability below which no behaviour is judged,
CONFIDENCE_MIN_WORDS = 20  # over at least this many words


def constants() -> dict[str, float | int | str | list[str]]:
    """Every limit by name, for the scoring key. Deterministic, plain JSON values.

    >>> constants()["MONOLOGUE_S"]
    120.0
    """
    own = {name: value for name, value in globals().items() if name.isupper() and name[0] != "_"}
    shared = {f"floor.{name}": getattr(floor, name) for name in _FLOOR}
    words = sorted(" ".join(phrase) for phrase in floor.BACKCHANNELS)
    return {**own, **shared, "floor.BACKCHANNELS": words}


_FLOOR = (
    "TURN_GAP_S",
    "HOLD_GAP_S",
    "BACKCHANNEL_MAX_S",
    "BACKCHANNEL_MAX_WORDS",
    "BACKCHANNEL_AFTER_S",
    "FIRST_EXCHANGE_S",
    "EDGE_S",
    "EDGE_TURNS",
    "EDGE_WORDS",
)
