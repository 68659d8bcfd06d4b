"""The next step that a call ends with, on a ladder of who holds what.

0 none · 1 vague · 2 an action of the rep alone, dated · 3 the customer owns a dated action, or both
hold a dated meeting with named people · 4 the same in the customer's own words. Apart from it, a
clear no with its reason: a finished call.
"""

from __future__ import annotations

from collections.abc import Iterable

from callcoach.core import Capability, Evidence, Observation, Role, Status, Transcript
from callcoach.core.floor import ends_mid_conversation
from callcoach.measure.behaviours.conditions import ENDS_EARLY, not_judged, why_not
from callcoach.measure.commitments import Commitment, Kind, commitments
from callcoach.measure.constants import LATE_SHARE, LATE_TURNS
from callcoach.measure.language import any_of, sentences, word_set
from callcoach.measure.units import contents
from callcoach.measure.utterances import Labels

ID = "next_step"
SETTLED = 3  # from this level on, more of the call could not lower what was agreed

_NO = any_of(
    r"(we|i)('ve| have|'re| are)? (just |already |now )*(decided|agreed|chosen|choosing|deciding) (not to|against|to (stay|go with|stick|keep))",
    r"(we|i)('re| are|'m| am)? (not|won't|aren't) (be )?(going to |gonna )?(go|going|move|moving|take|taking|proceed|proceeding|renew"
    r"|renewing|buy|buying|switch|switching)( \w+)? ?(ahead|forward|further|this|it|with (this|it|you)|over|again|the contract|anything)",
    r"(we're|we are|i'm|i am|were|im) (\w+ )?(gonna|going to|having to|just|just going to) (leave|drop|stop|finish|end|cancel|close|pass|stick|stay|let (it|this) (go|lapse|run out))( \w+)*",
    r"(let|letting) (it|this|the (contract|licence|subscription|lease|agreement)) (go|lapse|run out|expire|end)|(won't|will not|not) be (signing|extending|carrying on|continuing|ordering|going any further|needing|wanting)",
    r"^(no |well |i'm afraid |so )*(we|i) (won't|will not|can't|cannot)( be)?( no| i'm afraid| sorry| thanks)*$",
    r"(it's|it is|that's|it has to be|it will be|it's going to be|has to be|going to be|it'll be) a no",
    r"(the|our|my) (answer|decision) is no",
    r"(we|i)('re| are|'m| am) not (going to |gonna )(\w+ )?(do|go|move|take|proceed|renew|buy|switch|sign|pursue|continue|happen|change|order|extend|bother)( \w+)?",
    r"(it's|it is|that's|it'll be|it has to be|so it's|that'd be) (a )?(clear |definite |firm |flat )?no( from| for| this| then|$)",
    r"(a )?no from (us|me|our|the|my)",
    r"(answer|decision|verdict)('s| is| was| has to be) (a )?no",
    r"(we'll|we will|i'll|i will|let's|i'd rather|we'd rather)( just| have to)? (leave it|drop it|call it a day|leave it at that|close it|give it a miss|knock it on the head)(?! (open|for now|for today|there for|until|till))",
    r"(please )?(close|drop|shut|bin) (it|the file|our file|this|my file)",
    r"(won't|will not|don't) (be )?(need|needing|want|wanting|using|use|require) (it|this|that|you|your|one)",
    r"(decided|agreed|voted|come down|opted) (\w+ )?(against|not to)",
    r"(going|gone|go|went) (with )?(another|a different|the other|somebody else|someone else|elsewhere)( way| direction| route| firm| supplier| provider| option)?",
    r"(count|rule) (us|me|it) out",
    r"thanks but no( thanks)?",
    r"(taken|ruled) (it|this|you) off (the|our) (table|list)",
    r"(have|going|need|got) to (pass|say no|decline|leave it there)",
    r"(i'll|we'll|i will|we will) (have to )?(pass|say no|decline)",
    r"(isn't|is not|it's not|wasn't|not) (really )?(for us|right for us|a fit|a good fit|the right (fit|time|thing))( \w+)?",
    r"(we're|we are|i'm|i am) (really |just |honestly )?not interested(?! in)",
    r"(we're|we are|we've|we have|i'm|i've) (staying|sticking|stick|stay|gone|going|went) with (?!you|your|that plan)\w+",
    r"(we've|we have|i've) (signed|gone|contracted) with (?!you)\w+",
    r"won't be (going|moving|taking|renewing|proceeding|buying|needing)",
    r"(we|i) (don't|do not) (want|need) (it|this|to (go|buy|switch|renew|continue))",
    r"(we're|i'm|we are|i am) out|(can't|cannot|couldn't|can not) (justify|afford) (it|this|that|the|another)",
    r"(it's|this is|that's|it is) (dead|off|over|not (happening|going to (happen|work|fly)))|(i'd|we'd) (rather|prefer) not( to)?(?! (say|talk|discuss|wait|share|go into))",
    r"not (this time|this year|happening)|(stay|staying|stick|sticking) (put|where we are|as we are|with (what|who|our|the))",
    r"(turn|turning|turned) (it|this|you|that|the \w+) down|don't see (it|this|us|that) (happening|going|working|doing|buying)",
    r"(say|said|saying) no(?! (to (a|the) call|worries|problem))|(passing|passed|pass) on (it|this|that|the)|(pulled|pulling) (out|the plug)|(scrapped|shelved|binned|cancelled) (it|this|the (project|whole|idea))",
)
_NO_WORDS = word_set(
    "drop close bin shut verdict opted voted down call count rule ruled taken against"
    " no not won't aren't isn't wasn't don't decided agreed chosen choosing deciding pass decline leave stay staying stick"
    " sticking go gone going went signed contracted out dead off over rather prefer turn turning turned can't cannot couldn't say said saying"
    " passing passed pulled pulling scrapped shelved binned cancelled"
)  # a no holds one of them
_REASON = any_of(
    r"(because|since|as (we|the|our|it)|the reason|so we|budget|already|contract|instead|too (expensive|much|big|small|early|late|long)"
    r"|(don't|do not|no|not) (\w+ )?(have|budget|time|need|enough|use|see)|no (budget|time|need)|just (signed|renewed|bought)|went with|gone with"
    r"|going with|staying with|sticking with|no point|no use|no sense|shutting|closing|selling up|retiring|moving (out|away|to)|winding|leaving|price|cost|costs|cheaper|expensive|happy with|froze|freeze|frozen|cut|cuts|priority"
    r"|priorities|board|head office|merger|tied|locked|until)"
)
_COURTESY = any_of(
    r"(thank you|thanks|cheers|bye|goodbye|sorry|i'm afraid|all the best|good luck|take care|have a \w+ \w+|no problem|of course|honestly|to be (honest|straight|frank)|i'll be (honest|straight|frank)( with you)?|speak soon|appreciate( it| that| your time)?|your time|it was interesting|nice (talking|meeting|speaking)( to you)?)"
)
_REASON_WORDS = 2  # content words beside the no
_REASON_TURNS = 2  # the reason may follow in the customer's next turns


def observe(transcript: Transcript, labels: Labels) -> Observation:
    """The highest level reached in the second half of the call, or its last 40 turns.

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
    if no is not None and any(_level(step) >= SETTLED and step.said.turn > no.turn for step in steps):
        no = None  # whoever takes the next step after a no has not said the last word
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
    """The turns in which a call agrees on what comes next."""
    turns = transcript.turns
    first = max(0, len(turns) - LATE_TURNS)
    if transcript.can(Capability.STARTS):
        timed = [(at, turn.interval) for at, turn in enumerate(turns)]
        starts = [interval.start_s for _, interval in timed if interval is not None]
        if starts:
            half_s = starts[0] + LATE_SHARE * (max(starts) - starts[0])
            late = next((at for at, i in timed if i is not None and i.start_s >= half_s), first)
            return range(min(first, late), len(turns))
    return range(min(first, int(len(turns) * LATE_SHARE)), len(turns))


def _clear_no(transcript: Transcript, late: range) -> Evidence | None:
    """The customer's last no that comes with a reason, in the same turn or the next ones."""
    found = None
    customer = [at for at in late if transcript.role_of(transcript.turns[at]) is Role.CUSTOMER]
    for number, at in enumerate(customer):
        for sentence in sentences([word.text for word in transcript.turns[at].words]):
            if sentence.mark == "?" or _NO_WORDS.isdisjoint(sentence.words):
                continue
            match = _NO.search(sentence.text)
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


def _explains(text: str) -> bool:
    """Whether words beside a no say anything: a clause that is more than courtesy."""
    return len(contents(_COURTESY.sub(" ", text))) >= _REASON_WORDS
