"""Questions of the customer that our side never answered.

::

    C  does it print labels?          asked
    R  good question, let me check    put off: still open
    C  and how long is the contract?  asked
    R  twelve months                  answered
    R  it does print labels, yes      answered now, though late
"""

from __future__ import annotations

from callcoach.core import OpenQuestion, Role, Transcript
from callcoach.measure.behaviours.conditions import why_not
from callcoach.measure.handling_phrases import CHANGES_SUBJECT, EMPTY, SMALL_TALK
from callcoach.measure.language import any_of
from callcoach.measure.units import Unit, contents, units_of

REPLY_TURNS = 2  # turns of ours after it in which an answer is looked for
LATE_SHARED = 2  # content words that a later turn of ours must share with it to count as an answer
LATER_WORDS = 3  # beyond courtesy; what a second turn of ours must hold to be an answer
MIN_WORDS = 4  # a shorter question ("really?", "and then?") leaves nothing open
MAX_QUOTE_WORDS = 40
_PUTS_OFF = any_of(
    r"(let me|i'll|i will|i'd have to|i would have to|i need to|i'd need to|we'll|we'd have to) (\w+ )?(check|ask|look|find|get back|come back|come to|see|confirm|take|think|double check|note)( \w+)*",
    r"(not sure|don't know|no idea|couldn't tell you|can't say|off the top of my head|good question|great question)( \w+)*",
    r"(come|get) (back )?to (that|it|this)( \w+)*",
    r"^(later|in a (minute|moment|second)|hold that thought|park (that|it))",
)
_SAYS = any_of(
    r"(yes|yeah|yep|yup|no|nope|sure|of course|absolutely|definitely|exactly|correct|right|both|either|never|always)"
)


def open_questions(transcript: Transcript) -> tuple[OpenQuestion, ...]:
    """Substantive questions of the customer without an answer, in the order of the call.

    An answer is a statement of ours in the next turns that is neither courtesy, nor another subject,
    nor "let me check"; or a later one about the same thing. Empty where the words of the call
    cannot be judged.
    """
    if why_not(transcript) is not None:
        return ()
    roles = [transcript.role_of(turn) for turn in transcript.turns]
    found: list[OpenQuestion] = []
    for at, turn in enumerate(transcript.turns):
        if roles[at] is not Role.CUSTOMER or not turn.words:
            continue
        said = units_of(transcript, at)
        asked = [unit for unit in said if _asks(unit)]
        if not asked or said[-1] is not asked[-1]:
            continue  # answered, or taken back, by the customer
        unit = asked[-1]
        if not _answered(transcript, roles, at, unit):
            end = min(unit.end, unit.start + MAX_QUOTE_WORDS)
            quote = " ".join(word.text for word in turn.words[unit.start : end])
            found.append(OpenQuestion(at, quote))
    return tuple(found)


def _asks(unit: Unit) -> bool:
    return (
        unit.asks
        and unit.kind == "substantive"
        and unit.form in ("wh", "inverted", "indirect", "imperative")
        and unit.n_words >= MIN_WORDS
        and not SMALL_TALK.search(unit.text)
    )


def _answered(transcript: Transcript, roles: list[Role], at: int, question: Unit) -> bool:
    about = contents(question.text)
    seen = 0
    near = True
    for turn in range(at + 1, len(roles)):
        if not transcript.turns[turn].words:
            continue
        if roles[turn] is Role.CUSTOMER:
            near = near and not any(_asks(unit) for unit in units_of(transcript, turn))
            continue
        if roles[turn] is not Role.REP:
            continue
        seen += 1
        said = units_of(transcript, turn)
        if near and seen <= REPLY_TURNS and _replies(said, first=seen == 1):
            return True
        if len(about) >= LATE_SHARED and any(
            not unit.asks
            and not _PUTS_OFF.search(unit.text)
            and len(contents(unit.text) & about) >= LATE_SHARED
            for unit in said
        ):
            return True
    return False


def _replies(said: tuple[Unit, ...], *, first: bool) -> bool:
    """Whether a turn of ours answers what was just asked; a bare yes only as the first thing said."""
    for unit in said:
        if unit.asks:
            if unit.kind == "substantive":
                return True  # asked back: the answer waits for the customer
            continue
        if CHANGES_SUBJECT.search(unit.text) and not _SAYS.match(unit.text):
            return False
        if _PUTS_OFF.search(unit.text):
            return False
        n_words = len(EMPTY.sub(" ", unit.text).split())
        if (first and (n_words or _SAYS.match(unit.text))) or n_words >= LATER_WORDS:
            return True
    return False
