"""The next step that a call ends with, on a ladder of who holds what.

0 none · 1 vague · 2 an action of the rep alone, dated · 3 the customer owns a dated action, or both
hold a dated meeting with named people · 4 the same in the customer's own words. Apart from it, a
clear no with its reason: a finished call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from callcoach.core import Capability, Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import ends_mid_conversation
from callcoach.measure.behaviours.conditions import ENDS_EARLY, not_judged, why_not
from callcoach.measure.commitments import Commitment, Kind, commitments
from callcoach.measure.constants import CLOSING_TURNS, LATE_SHARE, LATE_TURNS, PREDICTED
from callcoach.measure.language import Sentence, any_of, sentences
from callcoach.measure.step_phrases import BARE_NO, CLEAR_NO, GOES_AHEAD, NOT_A_NO, NOT_YET
from callcoach.measure.units import contents
from callcoach.measure.utterances import Labels

ID = "next_step"
SETTLED = 3  # from this level on, more of the call could not lower what was agreed

_REASON = any_of(
    r"(because|since|as (we|the|our|it)|the reason|so we|budget|already|contract|instead|too (expensive|much|big|small|early|late|long)"
    r"|(don't|do not|no|not) (\w+ )?(have|budget|time|need|enough|use|see)|no (budget|time|need)|just (signed|renewed|bought)|went with|gone with"
    r"|going with|staying with|sticking with|no point|no use|no sense|shutting|closing|selling up|retiring|moving (out|away|to)|winding|leaving|price|cost|costs|cheaper|expensive|happy with|froze|freeze|frozen|cut|cuts|priority"
    r"|priorities|board|head office|merger|tied|locked|until)"
)
_COURTESY = any_of(
    r"(thank you|thanks|cheers|bye|goodbye|sorry|i'm afraid|all the best|good luck|take care|have a \w+ \w+|no problem|of course|honestly|to be (honest|straight|frank)|i'll be (honest|straight|frank)( with you)?|speak soon|appreciate( it| that| your time)?|your time|it was interesting|nice (talking|meeting|speaking)( to you)?)"
)
_STILL_WANTS = ("need_voiced", "buying_signal")
_REASON_WORDS = 2  # content words beside the no
_REASON_TURNS = 2  # the reason may follow in the customer's next turns


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """The highest level reached in the second half of the call, by time or by turns.

    Components
    ----------
    ``level`` (0 to 4), ``clear_no`` (0 or 1), ``n_rep_owned`` and ``n_customer_owned`` dated steps,
    ``n_vague``, ``n_judged`` (1, so that levels can be averaged over calls). Not additive over the
    parts of one call: a step belongs to its end.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    late = _late_turns(transcript)
    steps = tuple(step for step in commitments(transcript) if step.said.turn in late)
    no = _clear_no(transcript, late)
    if no is not None and _goes_on(transcript, labels, steps, no.turn):
        no = None
    if no is not None:  # "we're going to pass": no undertaking
        steps = tuple(step for step in steps if step.is_dated or step.said.turn != no.turn)
    levels = [_level(step) for step in steps]
    level = max(levels, default=0)
    if level < SETTLED and no is None and ends_mid_conversation(transcript):
        return not_judged(ID, f"{ENDS_EARLY}: what was agreed may come after it")
    evidence: dict[tuple[int, int, int], Evidence] = {}
    for step, reached in zip(steps, levels, strict=True):
        if reached == level:
            for piece in (step.said, step.accepted):
                if piece is not None:
                    evidence[piece.turn, piece.start_word, piece.end_word] = piece
    if no is not None:
        evidence[no.turn, no.start_word, no.end_word] = no
    dated = [step for step in steps if step.is_dated]
    return Observation(
        ID,
        Status.SCORED if level or no is not None else Status.NOT_OBSERVED,
        components={
            "level": float(level),
            "clear_no": float(no is not None),
            "n_rep_owned": float(sum(1 for step in dated if Role.REP in step.owners)),
            "n_customer_owned": float(sum(1 for step in dated if Role.CUSTOMER in step.owners)),
            "n_vague": float(sum(1 for step in steps if not step.is_dated)),
            "n_judged": 1.0,
        },
        evidence=_outermost(evidence.values()),
    )


def _outermost(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence in the order of the call, without what other evidence holds already."""
    kept: list[Evidence] = []
    for piece in sorted(pieces, key=lambda p: (p.turn, p.start_word, -p.end_word)):
        if not (kept and kept[-1].turn == piece.turn and piece.end_word <= kept[-1].end_word):
            kept.append(piece)
    return tuple(kept)


def _level(step: Commitment) -> int:
    """Where one step stands on the ladder; undated is vague, whoever owns it."""
    if not step.is_dated:
        return 1
    if step.kind is Kind.MEETING and not step.named:
        return 2
    if Role.CUSTOMER in step.owners:
        return 4 if step.own_words else 3
    return 2


def _late_turns(transcript: Transcript) -> range:
    """The turns in which a call agrees on what comes next: its second half by time or by turns."""
    turns = transcript.turns
    half = min(int(len(turns) * LATE_SHARE), max(0, len(turns) - CLOSING_TURNS))
    if transcript.can(Capability.STARTS):
        timed = [(at, turn.interval) for at, turn in enumerate(turns)]
        starts = [interval.start_s for _, interval in timed if interval is not None]
        if starts:
            half_s = starts[0] + LATE_SHARE * (max(starts) - starts[0])
            late = next((at for at, i in timed if i is not None and i.start_s >= half_s), half)
            return range(min(max(half, len(turns) - LATE_TURNS), late), len(turns))
    return range(half, len(turns))


def _goes_on(transcript: Transcript, labels: Labels, steps: Iterable[Commitment], no_turn: int) -> bool:
    """Whether the customer takes a step, wants something or speaks as an owner after a no: not the last word."""
    if any(_level(step) >= SETTLED and step.said.turn > no_turn for step in steps):
        return True
    return any(
        transcript.role_of(transcript.turns[at]) is Role.CUSTOMER
        and any(labels[at].get(label, 0.0) >= PREDICTED for label in _STILL_WANTS)
        for at in range(no_turn + 1, len(transcript.turns))
    )


def _clear_no(transcript: Transcript, late: range) -> Evidence | None:
    """The customer's last no that comes with a reason, in the same turn or the next ones."""
    found = None
    customer = [at for at in late if transcript.role_of(transcript.turns[at]) is Role.CUSTOMER]
    for number, at in enumerate(customer):
        for sentence in sentences([word.text for word in transcript.turns[at].words]):
            if sentence.mark == "?":
                continue
            match = _refusal(sentence, _said_before(transcript, at))
            if match is None:
                continue
            near = customer[number : number + 1 + _REASON_TURNS]
            after = " ".join(
                part.text
                for turn in near
                for part in sentences([w.text for w in transcript.turns[turn].words])
                if part.mark != "?"
            )
            rest = after.replace(match.group(), " ", 1)
            if _REASON.search(rest) or _REASON.search(match.group()) or _explains(rest):
                found = Evidence(at, sentence.start, sentence.end, 0.8)
    return found


def _refusal(sentence: Sentence, asked: str) -> re.Match[str] | None:
    """The customer's no in a sentence, unless a habit or a condition goes ahead of it."""
    match = CLEAR_NO.search(sentence.text) or (
        BARE_NO.search(sentence.text) if GOES_AHEAD.search(asked) else None
    )
    if match is None or NOT_A_NO.search(sentence.text[: match.start()]):
        return None
    return None if NOT_YET.search(sentence.text[match.end() :]) else match


def _said_before(transcript: Transcript, at: int) -> str:
    """Plain words of the turn before."""
    return " ".join(s.text for s in sentences([w.text for w in transcript.turns[at - 1].words])) if at else ""


def _explains(text: str) -> bool:
    """Whether words beside a no say anything: a clause that is more than courtesy."""
    return len(contents(_COURTESY.sub(" ", text))) >= _REASON_WORDS
