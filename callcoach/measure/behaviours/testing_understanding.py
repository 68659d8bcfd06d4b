"""Checks and summaries of what the customer said, anywhere in the call.

A check gives back the customer's own content, as a question, or as a statement with words that ask
to be corrected. Formulas without content, the own product and a purchase read into it earn nothing;
one customer turn earns one credit.
"""

from __future__ import annotations

import re

from callcoach.core import Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.constants import LOOSELY_RULED_OUT, PREDICTED
from callcoach.measure.language import any_of, norm, word_set
from callcoach.measure.units import Unit, contents, contents_of, units_of
from callcoach.measure.utterances import Labels, ruled_out
from callcoach.measure.volume import n_rep_turns

ID = "testing_understanding"
REACH_TURNS = 3  # turns of the customer that a check may go back to
_RULE = 0.75
_LIKELY = 0.3  # a label this probable is enough beside words that ask to be corrected
_MIN_SOURCE_WORDS = 4  # of a customer's turn that there is something to check in
_FORMULA = any_of(
    r"(if|so if|just so|make sure|see if|check|checking|test|sure|whether) (i|i'm|i've|we)( \w+){0,2} (got|get|have|had|understand|understood|understanding|heard|follow|followed|right|read)( \w+){0,3}",
    r"(do|did|have|am) i( \w+)? (understand|understood|get|got|have|hear|heard|read|follow|right|see)( \w+){0,4}",
    r"correct me",
    r"(stop|tell|shout|put) me (if|when|right|straight)( i'm| i've| i| it's)?( \w+)?",
    r"(is|was|would) (that|this|it) (what you|right|correct|fair|it$|how|about right|the (gist|size|picture))( \w+)*",
    r"(what|so) (you're|you are|i'm|i am|you) (saying|hearing|telling me|mean)",
    r"(you|do you|you're|are you) (mean|meant|saying|telling me|asking)",
    r"when you (say|said|talk|mention|speak)( of| about)?",
    r"by ['\"]?\w+['\"]?( \w+)? (do )?you mean",
    r"(let me|i'll|i'd like to|to) (just )?(play|say|read|give|sum|summarise|summarize|repeat|recap|put|see|check|paraphrase)( \w+){0,3}( back| up| that| if| it)",
    r"(in other words|in short|to sum up|summing up|to recap|put differently|which means|meaning|that means)",
    r"(have i|did i|am i) (missed|miss|missing|got|left)( \w+){0,3}",
)
_ASKS_BACK = any_of(
    r"(is that|was that|is it) (what|right|correct|it|how|about)",
    r"(right|correct|yeah|yes|no|true|isn't it|is it|don't you|do you|aren't you|isn't that|wasn't it)$",
    r"(do|did|have) i (understand|understood|get|got|have|hear|read)",
)
_OWN = re.compile(
    r"^(?:so |and |well |okay |right |to make it simple |just |then |basically |actually |really |clearly |obviously |if i understand (?:you )?(?:\w+ )?|what i'm hearing is (?:that )?)*(?:our|we|we're|we've|we'll|my|i'll|i can|i could|i'd)\b"
)
_SELLS = any_of(
    r"(you're|you are|you'll|you want to|you'd) (\w+ )?(signing|sign|buying|buy|ordering|order|going with us|taking (it|the)|ready to)",
    r"(our|the) (\w+ )?(platform|product|tool|system|software|solution|tent|service|team|offer) (is|are|has|can|does|will|holds|saves|gives|makes|fixes|solves)",
    r"(exactly |just |precisely )?what you (need|want|are looking for|'re looking for|asked for)",
    r"(best|leading|fastest|cheapest|number one) (\w+ )?(on|in|of) the",
)
_SO = re.compile(
    r"(?:and |okay |right |well |oh )*so (?!what|how|who|when|where|why|which|do |does|did|is |are |can |could|would|will |have |has |tell|any)\w+"
)
_OPENS = ("so ", "and so ", "okay so ", "right so ", "well so ", "oh so ")
_SIGNS = word_set(
    """have let see mean means meant meaning understand understood understanding saying hearing heard correct got right yeah yes no true recap
    summarise summarize sum summing repeat paraphrase words short missed missing left wrong gist picture isn't don't aren't wasn't
    read follow stop shout size fair"""
)
"""A check that is no question and does not start with "so" holds one of them."""
_CONFIRMS = re.compile(
    r"(?:oh |well |um )*(?:yes|yeah|yep|yup|aye|correct|exactly|right|precisely|that's (?:it|right|correct)|spot on|you've got|no|not quite|nearly|almost|sort of|more or less|pretty much|indeed|true)\b"
)
_PARTICLES = contents(
    "check checking understand correctly sure right hearing saying mean means test wrong let see sum recap short words"
)


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """Rep turns that test understanding.

    Components
    ----------
    ``n`` of them, ``n_rep_turns``, back-channels left out. Both add over calls.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found: list[Evidence] = []
    sources: list[int] = []  # turns of the customer that nothing was credited for yet
    for at, turn in enumerate(transcript.turns):
        role = transcript.role_of(turn)
        if not turn.words or role not in (Role.REP, Role.CUSTOMER):
            continue
        if role is Role.CUSTOMER:
            sources = [*sources, at][-REACH_TURNS:]
            continue
        if not any(len(transcript.turns[source].words) >= _MIN_SOURCE_WORDS for source in sources):
            continue
        piece = _tests(transcript, labels, at, sources)
        if piece is not None:
            found.append(piece)
            sources = []
    return Observation(
        ID,
        Status.SCORED if found else Status.NOT_OBSERVED,
        components={"n": float(len(found)), "n_rep_turns": float(n_rep_turns(transcript))},
        evidence=tuple(found),
    )


def _tests(transcript: Transcript, labels: Labels, at: int, sources: list[int]) -> Evidence | None:
    """The words of a rep turn that check what the customer's turns said, or None."""
    sure = labels[at].get(ID, 0.0)
    said = units_of(transcript, at)
    if ruled_out(labels[at], ID, below=LOOSELY_RULED_OUT):
        return None
    if sure < _LIKELY and not any(_may_check(unit) for unit in said):
        return None
    theirs: frozenset[str] | None = None
    for place, unit in enumerate(said):
        if theirs is None:
            theirs = frozenset().union(*(contents_of(transcript, source) for source in sources))
        if _SELLS.search(unit.text) or _OWN.match(unit.text):
            continue
        own = contents(unit.text) - _PARTICLES
        back = own & theirs
        formula = False
        if back or (len(own) > 1 and sure >= _LIKELY):
            around = " ".join(other.text for other in said[max(0, place - 1) : place + 2])
            formula = _FORMULA.search(around) is not None
        if back and (formula or _checks(unit)) and (unit.asks or unit.tagged or formula):
            return Evidence(at, unit.start, unit.end, max(sure, _RULE))
        if back and _SO.match(unit.text) and _is_confirmed(transcript, at):
            return Evidence(at, unit.start, unit.end, max(sure, _RULE))
        if len(own) > 1 and formula and sure >= _LIKELY:
            return Evidence(at, unit.start, unit.end, max(sure, PREDICTED))
        if (
            unit.text.startswith("so ")
            and _checks(unit)
            and own
            and labels[at].get("reflection", 0.0) >= PREDICTED
        ):
            return Evidence(at, unit.start, unit.end, _RULE)
    if sure >= PREDICTED and not any(_SELLS.search(unit.text) or _OWN.match(unit.text) for unit in said):
        return Evidence(at, 0, len(transcript.turns[at].words), sure)
    return None


def _may_check(unit: Unit) -> bool:
    """Whether a unit has any sign of a check: a question, a tag, a "so", or words of checking."""
    return (
        unit.asks or unit.tagged or unit.text.startswith(_OPENS) or not _SIGNS.isdisjoint(unit.text.split())
    )


def _is_confirmed(transcript: Transcript, at: int) -> bool:
    """Whether the customer's next turn says yes to it, or puts it right."""
    for turn in transcript.turns[at + 1 : at + 3]:
        if transcript.role_of(turn) is Role.CUSTOMER and turn.words:
            return bool(_CONFIRMS.match(" ".join(norm(word.text) for word in turn.words[:4])))
    return False


def _checks(unit: Unit) -> bool:
    """Whether a unit is said to be confirmed: a statement asked, or with a tag."""
    if unit.asks and _SO.match(unit.text):
        return True
    if unit.asks:
        return unit.form in ("declarative", "tag") or (unit.form == "fragment" and unit.n_words > 2)
    return unit.tagged or bool(_ASKS_BACK.search(unit.text))
