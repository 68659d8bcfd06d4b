"""What somebody undertook in a call, as a list that a person can go through: who, what, by when."""

from __future__ import annotations

from callcoach.core import Evidence, Promise, Role, Transcript
from callcoach.measure.behaviours.conditions import why_not
from callcoach.measure.commitments import Commitment, Kind, commitments
from callcoach.measure.language import any_of, norm

REP, CUSTOMER, BOTH = "rep", "customer", "both"
_WILL = any_of(r"(i'll|i will|we'll|we will|i'm going to|we're going to|i promise)")
_OUTLASTS = any_of(  # what is still to do when the call is over; the rest is about the call itself
    r"(send|email|e-mail|mail|forward|share|post|call|ring|phone|text|message|get back|come back|let (you|him|her|them) know|book"
    r"|schedule|set (up|it up|that up)|invite|prepare|draft|write|put (\w+ )?together|bring|introduce|ask|check with|talk (to|with)"
    r"|speak (to|with)|find out|look into|confirm|follow up|arrange|order|sign|return|drop|pass (\w+ ){0,3}on|take (it|this|that) to|have (\w+ ){1,4}(with|to) you)"
)
_ONLY_IF = any_of(r"^(\w+ ){0,2}(if|when|unless|suppose) (you|we|they|he|she|it|i)")
_EDGES = " ,;:.?!–—-"
MAX_WORDS = 30  # of the quote that says what


def promises(transcript: Transcript) -> tuple[Promise, ...]:
    """Promises of either side and meetings agreed on, in the order of the call.

    A vague will to go on is no promise. Said again, with the same day, it is listed once.

    Returns
    -------
    tuple of Promise
        ``who`` is a name where the side's speaker has one, else "rep", "customer" or "both";
        ``what`` are the call's own words; ``when`` those that name the day, or None. Empty where
        the words of the call cannot be judged.
    """
    if why_not(transcript) is not None:
        return ()
    found: dict[tuple[str, str | None, str], Promise] = {}
    for step in commitments(transcript):
        if step.kind is Kind.VAGUE or not _binds(transcript, step):
            continue
        who = _who(transcript, step)
        when = None if step.when is None else step.when.quote(transcript).strip(_EDGES)
        what = _words(transcript, step.said)
        found.setdefault(
            (who, when and when.casefold(), what.casefold()), Promise(who, what, when, step.said.turn)
        )
    return tuple(found.values())


def _binds(transcript: Transcript, step: Commitment) -> bool:
    """Whether somebody undertakes to do something after the call, and not on a condition."""
    said = step.said
    words = transcript.turns[said.turn].words[said.start_word : said.end_word]
    text = " ".join(norm(word.text) for word in words)
    if _ONLY_IF.search(text):
        return False
    if step.when is not None or step.accepted is not None:
        return True
    return bool(_WILL.search(text) and _OUTLASTS.search(text))


def _who(transcript: Transcript, step: Commitment) -> str:
    """Name or side of who owns a step."""
    if len(step.owners) > 1:
        return BOTH
    (role,) = step.owners
    turn = step.said.turn
    if transcript.role_of(transcript.turns[turn]) is not role and step.accepted is not None:
        turn = step.accepted.turn
    speaker = transcript.speaker(transcript.turns[turn].speaker)
    if speaker.role is role and speaker.name:
        return speaker.name
    return REP if role is Role.REP else CUSTOMER


def _words(transcript: Transcript, said: Evidence) -> str:
    end = min(said.end_word, said.start_word + MAX_WORDS)
    return Evidence(said.turn, said.start_word, end).quote(transcript).strip(_EDGES)
