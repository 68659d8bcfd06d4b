"""What to keep: a moment, the words of our side, and what the customer did next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from callcoach.coach.quoting import Clip, plain
from callcoach.coach.rules import breaches
from callcoach.coach.scene import SHORT_ANSWERS, SUBSTANTIVE, Scene
from callcoach.coach.small_words import NEGATIONS, STEP_WORDS
from callcoach.core import Advice, BehaviourScore, Evidence, Role, Status, Transcript

KEEP_FROM = 0.75  # score; a step that only we owe is none to keep
KEEP_LOW_FROM = 0.4  # lower end of the measurement interval: praise needs the same proof as advice

# The label whose threshold decides what evidence of a behaviour is shown, where the names differ.
SHOWN_BY = {
    "follow_up": "question_substantive",
    "question_turn_share": "question_substantive",
    "value_link": "benefit",
    "agenda": "agenda_plan",
    "concession_trade": "concession",
}

# Customer's words first, then ours: what we said only makes sense after what they said.
_AFTER_THEIRS = {
    "follow_up": "asked",
    "reflection": "said back",
    "testing_understanding": "checked",
    "implication_question": "asked what it leads to,",
    "value_link": "tied a benefit to it,",
    "objection_handling": "asked before answering,",
    "needs_before_pitch": "asked on, with nothing claimed yet,",
}
# Ours first: what the customer answered is the proof.
_BEFORE_THEIRS = {
    "next_step": "put the next step,",
    "need_payoff_question": "asked what it would be worth,",
    "problem_question": "asked",
    "question_turn_share": "asked",
    "stakeholder_question": "asked who else is involved,",
    "agenda": "opened with",
    "recap": "summed up,",
    "check_in": "stopped to ask",
    "honest_limit": "said plainly",
    "concession_trade": "asked for something in return,",
    "results_stated": "named a result,",
    "permission": "asked leave,",
    "call_reason": "gave the reason for the call,",
}
_ASKS = frozenset(
    ("follow_up", "objection_handling", "needs_before_pitch", "implication_question", "need_payoff_question",
     "problem_question", "question_turn_share", "stakeholder_question", "check_in", "permission")
)  # fmt: skip
# What an item is mainly about, where a score can be fair without it: occasions, the act that a keep speaks
# of, and another that makes up for it.
_MAINLY = {"objection_handling": ("n_objections", "n_explored", "n_checked")}
_OWNED = 3  # level of a next step from which the customer owns a part
# A count of questions credits no single one, and ground may be given for nothing in return.
_CREDITS = frozenset(_AFTER_THEIRS | _BEFORE_THEIRS) - {"question_turn_share", "concession_trade"}
_SHORT_ANSWER_DOES = frozenset(("agenda", "permission", "next_step"))
_MIN_ANSWER = 3  # words of the customer that prove anything


def lacks_its_point(item: BehaviourScore, *, made_up_for: bool = True) -> bool:
    """Whether there was occasion for what an item is mainly about, and it was not found once.

    Parameters
    ----------
    made_up_for : bool
        Whether something else of its kind will do: enough to leave it alone, not to praise it.
    """
    occasions, act, other = _MAINLY.get(item.id, ("", "", ""))
    found = item.components
    if not found.get(occasions) or found.get(act):
        return False
    return not (made_up_for and found.get(other))


def credited_turns(items: Iterable[BehaviourScore], transcript: Transcript) -> frozenset[int]:
    """Turns of our side that earned something for an item that can be praised."""
    return frozenset(
        piece.turn
        for item in items
        if item.id in _CREDITS
        for piece in item.evidence
        if transcript.role_of(transcript.turns[piece.turn]) is Role.REP
    )


def deserves(item: BehaviourScore) -> bool:
    """Whether an item is good enough, and surely enough, to be praised."""
    return (
        item.status is Status.SCORED
        and item.score is not None
        and item.score >= KEEP_FROM
        and (item.low is None or item.low >= KEEP_LOW_FROM)
        and bool(item.evidence)
        and not lacks_its_point(item, made_up_for=False)
    )


def keeps(item: BehaviourScore, scene: Scene) -> Iterator[Advice]:
    """Texts for one item, the most telling moment first; none that breaks a rule."""
    for evidence in _moments(item, scene):
        for text, clock, shown in _texts(item, evidence, scene):
            if not breaches(text, kind="keep", said=scene.said, clock=clock):
                yield Advice(item.id, text, shown)
                break


def is_shown_by_little(keep: Advice) -> bool:
    """Whether all that a text can tell of the customer is a short answer."""
    return keep.text.endswith(tuple(f"{answer}." for answer in SHORT_ANSWERS))


def _moments(item: BehaviourScore, scene: Scene) -> list[Evidence]:
    """Evidence that may be shown, ordered by how much the customer did next, then by probability."""
    threshold = scene.threshold(SHOWN_BY.get(item.id, item.id))
    shown = [piece for piece in item.evidence if piece.probability >= threshold]

    def telling(piece: Evidence) -> tuple[int, float, int]:
        after = scene.after(piece.turn, Role.CUSTOMER)
        n_words = min(scene.n_words(after), SUBSTANTIVE) if after is not None else 0
        return (n_words, piece.probability, -piece.turn)

    return sorted(shown, key=telling, reverse=True)


def _texts(
    item: BehaviourScore, evidence: Evidence, scene: Scene
) -> Iterator[tuple[str, str | None, tuple[Evidence, ...]]]:
    if item.id == "next_step" and scene.roles[evidence.turn] is Role.CUSTOMER:
        yield from _step_of_theirs(item, evidence, scene)
        return
    if item.id == "needs_before_pitch" and scene.roles[evidence.turn] is Role.CUSTOMER:
        asked = scene.after(evidence.turn, Role.REP)
        if asked is None or not any(word.endswith("?") for word in scene.words[asked]):
            return
        evidence = Evidence(asked, 0, scene.n_words(asked), evidence.probability)
    if item.id == "results_stated" and scene.roles[evidence.turn] is Role.CUSTOMER:
        yield from _result_of_theirs(evidence, scene)
        return
    if scene.roles[evidence.turn] is not Role.REP:
        return
    if item.id in _AFTER_THEIRS:
        yield from _after_theirs(item, evidence, scene)
    elif item.id in _BEFORE_THEIRS:
        yield from _before_theirs(item, evidence, scene)


def _after_theirs(item: BehaviourScore, evidence: Evidence, scene: Scene) -> Iterator:
    earlier = _antecedent(item, evidence, scene)
    after = scene.after(evidence.turn, Role.CUSTOMER)
    if earlier is None or after is None or scene.n_words(after) < 4:
        return
    verb = _AFTER_THEIRS[item.id]
    for quote_words, line_words in ((12, 14), (9, 12), (6, 10), (6, 8)):
        quote = scene.quote(earlier, at_most=quote_words, around=scene.shared(earlier, evidence.turn))
        line = scene.line(
            evidence, at_most=line_words, asking=item.id in _ASKS, around=scene.content(earlier)
        )
        if quote is None or line is None:
            continue
        who, theirs = scene.customer(earlier), Evidence(earlier, quote.start, quote.end)
        clock = scene.clock(earlier, theirs)
        text = (
            f"{_said(who, clock)} ‘{quote.text}’, {scene.rep(evidence.turn)} {verb} “{line.text}”, "
            f"and {scene.customer(after)} {scene.reaction(after)}."
        )
        yield text, clock, (theirs, evidence)


def _before_theirs(item: BehaviourScore, evidence: Evidence, scene: Scene) -> Iterator:
    after = scene.after(evidence.turn, Role.CUSTOMER)
    if after is None or (scene.n_words(after) < _MIN_ANSWER and item.id not in _SHORT_ANSWER_DOES):
        return
    heard = frozenset(
        word
        for at in range(evidence.turn)
        if item.id == "recap" and scene.roles[at] is Role.CUSTOMER
        for word in scene.content(at)
    )
    for line_words, quote_words in ((18, 15), (14, 12), (10, 10), (10, 6)):
        line = scene.line(evidence, at_most=line_words, asking=item.id in _ASKS, around=heard)
        if line is None:
            continue
        ours = _of(evidence, line)
        clock = scene.clock(evidence.turn, ours)
        opening = f"At {clock} {scene.rep(evidence.turn)}" if clock else scene.rep(evidence.turn).capitalize()
        answer = scene.quote(after, at_most=quote_words, around=scene.shared(after, evidence.turn))
        who = scene.customer(after)
        did = f"{who} answered ‘{answer.text}’" if answer else f"{who} {scene.reaction(after)}"
        shown = (ours, *((Evidence(after, answer.start, answer.end),) if answer else ()))
        yield f"{opening} {_BEFORE_THEIRS[item.id]} “{line.text}”, and {did}.", clock, shown


def _step_of_theirs(item: BehaviourScore, evidence: Evidence, scene: Scene) -> Iterator:
    for at_most in (15, 12, 8):
        quote = scene.line(evidence, at_most=at_most)
        if quote is None:
            continue
        theirs = _of(evidence, quote)
        clock = scene.clock(evidence.turn, theirs)
        said = _said(scene.customer(evidence.turn), clock)
        if item.components.get("clear_no") and item.components.get("level", 0.0) < _OWNED:
            if not _says_no(quote.text):
                return
            yield f"{said} ‘{quote.text}’: a no with its reason, and a finished call.", clock, (theirs,)
        elif STEP_WORDS & {plain(word) for word in quote.text.split()}:
            yield f"{said} ‘{quote.text}’: the next step is theirs, in their own words.", clock, (theirs,)


def _result_of_theirs(evidence: Evidence, scene: Scene) -> Iterator:
    asked = scene.before(evidence.turn, Role.REP)
    quote = scene.line(evidence, at_most=15)
    if asked is None or quote is None:
        return
    theirs = _of(evidence, quote)
    clock = scene.clock(evidence.turn, theirs)
    line = scene.quote(asked, at_most=14, asking=True)
    own = f"After “{line.text}” {scene.customer(evidence.turn)}" if line else scene.customer(evidence.turn)
    when = f" at {clock}" if clock else ""
    text = f"{own} said{when} ‘{quote.text}’: a result in the customer's own words, before any terms."
    yield text[0].upper() + text[1:], clock, (theirs,)


def _of(evidence: Evidence, quote: Clip) -> Evidence:
    """The part of the evidence that is quoted."""
    return replace(evidence, start_word=quote.start, end_word=quote.end)


def _says_no(text: str) -> bool:
    return any(plain(word) in NEGATIONS or plain(word).endswith("n't") for word in text.split())


def _antecedent(item: BehaviourScore, evidence: Evidence, scene: Scene) -> int | None:
    """The customer's turn that ours answers: for a value link the one that the evidence names."""
    earlier = [
        piece.turn
        for piece in item.evidence
        if piece.turn < evidence.turn and scene.roles[piece.turn] is Role.CUSTOMER
    ]
    if item.id in ("value_link", "objection_handling") and earlier:
        return max(earlier)
    near = scene.before(evidence.turn, Role.CUSTOMER)
    if item.id == "value_link":
        linked = [at for at in range(evidence.turn) if scene.roles[at] is Role.CUSTOMER]
        linked = [at for at in linked if len(scene.shared(at, evidence.turn)) > 0]
        return max(linked, key=lambda at: (len(scene.shared(at, evidence.turn)), at), default=None)
    return near


def _said(who: str, clock: str | None) -> str:
    return f"At {clock} {who} said" if clock else f"{who[0].upper()}{who[1:]} said"
