"""What to keep: a moment, the words of our side, and what the customer did next."""

from __future__ import annotations

from collections.abc import Iterator

from callcoach.coach.quoting import plain
from callcoach.coach.rules import breaches
from callcoach.coach.scene import SUBSTANTIVE, Scene
from callcoach.coach.small_words import NEGATIONS, STEP_WORDS
from callcoach.core import Advice, BehaviourScore, Evidence, Role, Status

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
     "problem_question", "question_turn_share", "stakeholder_question", "check_in")
)  # fmt: skip
_OWNED = 3  # level of a next step from which the customer owns a part
_SHORT_ANSWER_DOES = frozenset(("agenda", "permission", "next_step"))
_MIN_ANSWER = 3  # words of the customer that prove anything


def deserves(item: BehaviourScore) -> bool:
    """Whether an item is good enough, and surely enough, to be praised."""
    return (
        item.status is Status.SCORED
        and item.score is not None
        and item.score >= KEEP_FROM
        and (item.low is None or item.low >= KEEP_LOW_FROM)
        and bool(item.evidence)
    )


def keeps(item: BehaviourScore, scene: Scene) -> Iterator[Advice]:
    """Texts for one item, the most telling moment first; none that breaks a rule."""
    for evidence in _moments(item, scene):
        for text, clock, shown in _texts(item, evidence, scene):
            if not breaches(text, kind="keep", said=scene.said, clock=clock):
                yield Advice(item.id, text, shown)
                break


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
    clock = scene.clock(evidence.turn, evidence)
    verb = _AFTER_THEIRS[item.id]
    for quote_words, line_words in ((12, 14), (9, 12), (6, 10), (6, 8)):
        quote = scene.quote(earlier, at_most=quote_words, around=scene.shared(earlier, evidence.turn))
        line = scene.line(
            evidence, at_most=line_words, asking=item.id in _ASKS, around=scene.content(earlier)
        )
        if quote is None or line is None:
            continue
        who = scene.customer(earlier)
        text = (
            f"{_said(who, clock)} ‘{quote.text}’, {scene.rep(evidence.turn)} {verb} “{line.text}”, "
            f"and {scene.customer(after)} {scene.reaction(after)}."
        )
        shown = (Evidence(earlier, quote.start, quote.end), evidence)
        yield text, clock, shown


def _before_theirs(item: BehaviourScore, evidence: Evidence, scene: Scene) -> Iterator:
    after = scene.after(evidence.turn, Role.CUSTOMER)
    if after is None or (scene.n_words(after) < _MIN_ANSWER and item.id not in _SHORT_ANSWER_DOES):
        return
    clock = scene.clock(evidence.turn, evidence)
    theirs = frozenset(
        word
        for at in range(evidence.turn)
        if item.id == "recap" and scene.roles[at] is Role.CUSTOMER
        for word in scene.content(at)
    )
    opening = f"At {clock} {scene.rep(evidence.turn)}" if clock else scene.rep(evidence.turn).capitalize()
    for line_words, quote_words in ((18, 15), (14, 12), (10, 10), (10, 6)):
        line = scene.line(evidence, at_most=line_words, asking=item.id in _ASKS, around=theirs)
        if line is None:
            continue
        answer = scene.quote(after, at_most=quote_words, around=scene.shared(after, evidence.turn))
        who = scene.customer(after)
        did = f"{who} answered ‘{answer.text}’" if answer else f"{who} {scene.reaction(after)}"
        shown = (evidence, *((Evidence(after, answer.start, answer.end),) if answer else ()))
        yield f"{opening} {_BEFORE_THEIRS[item.id]} “{line.text}”, and {did}.", clock, shown


def _step_of_theirs(item: BehaviourScore, evidence: Evidence, scene: Scene) -> Iterator:
    clock = scene.clock(evidence.turn, evidence)
    for at_most in (15, 12, 8):
        quote = scene.line(evidence, at_most=at_most)
        if quote is None:
            continue
        said = _said(scene.customer(evidence.turn), clock)
        if item.components.get("clear_no") and item.components.get("level", 0.0) < _OWNED:
            if not _says_no(quote.text):
                return
            yield f"{said} ‘{quote.text}’: a no with its reason, and a finished call.", clock, (evidence,)
        elif STEP_WORDS & {plain(word) for word in quote.text.split()}:
            yield f"{said} ‘{quote.text}’: the next step is theirs, in their own words.", clock, (evidence,)


def _result_of_theirs(evidence: Evidence, scene: Scene) -> Iterator:
    asked = scene.before(evidence.turn, Role.REP)
    clock = scene.clock(evidence.turn, evidence)
    quote = scene.line(evidence, at_most=15)
    if asked is None or quote is None:
        return
    line = scene.quote(asked, at_most=14, asking=True)
    own = f"After “{line.text}” {scene.customer(evidence.turn)}" if line else scene.customer(evidence.turn)
    when = f" at {clock}" if clock else ""
    text = f"{own} said{when} ‘{quote.text}’: a result in the customer's own words, before any terms."
    yield text[0].upper() + text[1:], clock, (evidence,)


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
