"""Which side is ours: by what was given, else by who is known, else by the words; never silently.

What somebody gave (a channel map, a flag, the file's own roles) stands. Names and e-mail domains
of the metadata come next. What is left is told by the words, with a probability that is shown::

    every turn's words ──► evidence per speaker ─┐
    who introduces themselves by a known name ───┼─► every way to seat the speakers on two sides,
    who picks up, where the direction is known ──┘   weighed ─► probability per speaker

From `APPLIED_FROM` on the role is set, with its probability and source; below it the speaker stays
`UNKNOWN` and a note says why. Recordings (menus, greetings) become speakers of their own, `OTHER`.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from callcoach.core import CallMetadata, Role, Speaker, Transcript
from callcoach.transcribe.roles_machine import MACHINE_SUFFIX, with_machines_apart
from callcoach.transcribe.roles_words import TURN_LIMIT, RoleWords, load_role_words

APPLIED_FROM = 0.8  # probability; fixed before anything was measured
HIGHEST = 0.995  # words alone never make it surer
INTRODUCTION = 3.0  # log-odds: "this is Ana" from whom the metadata calls Ana
PICKS_UP = 1.0  # log-odds: who answers an outbound call is the customer, an inbound one the rep
LABELS = 0.5  # log-odds per turn at most, from what the turn does
ENOUGH_WORDS = 30  # of all together; with fewer, chance words would settle a call
MOST_SPEAKERS = 10  # beyond that the seats are too many to weigh
WHY_NOT = "Which side is ours is not known: "

Labeller = Callable[[Transcript], Sequence[Mapping[str, float]]]
NOBODY: Mapping[str, Role] = {}
NO_METADATA = CallMetadata()

_INTRODUCES = r"\b(?:this is|my name is|my name's|i'm|it's|speaking to|here is|name is)\s+(?:\w+\s+)?{name}\b"
_REP_DOES = (
    "question_substantive",
    "agenda_purpose",
    "agenda_plan",
    "benefit",
    "call_reason",
    "recording_notice",
    "reflection",
    "recap",
)
_CUSTOMER_DOES = ("objection", "problem_voiced", "need_voiced", "buying_signal")


@dataclass(frozen=True, slots=True)
class Seating:
    """How sure it is which side a speaker is on.

    Parameters
    ----------
    probabilities : dict of label to float
        That the speaker is on the rep's side, 0 to 1.
    why_not : str or None
        Why there are none, or why nobody is seated by them.
    """

    probabilities: Mapping[str, float]
    why_not: str | None = None


def infer_roles(
    transcript: Transcript,
    *,
    metadata: CallMetadata = NO_METADATA,
    known_sides: Mapping[str, Role] = NOBODY,
    direction: str | None = None,
    label_utterances: Labeller | None = None,
    model: RoleWords | None = None,
) -> Transcript:
    """The transcript with a role for every speaker whose side is known or told by the words.

    Speakers that have a role keep it. Pure: the same arguments give the same transcript.

    Parameters
    ----------
    known_sides : mapping of name to Role
        Sides of participants by name, as e-mail domains or the people file tell them.
    direction : str or None
        ``"inbound"`` or ``"outbound"``, where the telephone system said.
    label_utterances : callable, optional
        Labels with probabilities per turn; adds what turns do to what their words are.

    Returns
    -------
    Transcript
        New roles have `role_source` ``"metadata"`` or ``"words"`` and their probability; a note says
        what was inferred, or why nothing was.
    """
    transcript = with_machines_apart(transcript)
    transcript = _by_name(transcript, metadata, known_sides)
    waiting = [s for s in transcript.speakers if s.role is Role.UNKNOWN and _speaks(transcript, s.label)]
    if not waiting:
        return transcript
    seating = seat(
        transcript,
        metadata=metadata,
        direction=direction,
        label_utterances=label_utterances,
        model=model,
    )
    if seating.why_not:
        return _with_note(transcript, WHY_NOT + seating.why_not)
    return _seated(transcript, waiting, seating.probabilities)


def seat(
    transcript: Transcript,
    *,
    metadata: CallMetadata = NO_METADATA,
    direction: str | None = None,
    label_utterances: Labeller | None = None,
    model: RoleWords | None = None,
) -> Seating:
    """Probability of the rep's side for every person of a call, before any threshold.

    The evidence of a speaker is the sum of that speaker's turns over the root of all turns of the
    call: turns of one speaker repeat one another, and their plain sum would be too sure. Every
    division of the speakers into two sides that leaves nobody alone counts by the evidence for it.
    """
    people = [s for s in transcript.speakers if s.role is not Role.OTHER and _speaks(transcript, s.label)]
    if not transcript.dependable:
        return Seating({}, "who spoke when is not dependable; record two channels.")
    if not _english(transcript.language):
        return Seating({}, f"its words are in language {transcript.language}, and only English is learnt.")
    with_words = [s for s in people if any(t.words for t in transcript.turns if t.speaker == s.label)]
    if not with_words:
        return Seating({}, "nothing was recognised or read as words.")
    if len(people) < 2 or len(with_words) < 2:
        return Seating({}, "only one person's words are there.")
    if len(people) > MOST_SPEAKERS:
        return Seating({}, f"{len(people)} people speak, more than {MOST_SPEAKERS}.")
    words = model or load_role_words()
    by_speaker, n_turns = _evidence(transcript, words, label_utterances)
    total = {
        s.label: words.scale * by_speaker.get(s.label, 0.0) / math.sqrt(max(1, n_turns))
        + _names_themselves(transcript, s.label, metadata)
        for s in people
    }
    if direction in ("inbound", "outbound") and (first := _first(transcript, set(total))):
        total[first] += PICKS_UP if direction == "inbound" else -PICKS_UP
    fixed = {s.label: s.role is Role.REP for s in people if s.role in (Role.REP, Role.CUSTOMER)}
    n_words = sum(len(turn.words) for turn in transcript.turns)
    known = (
        bool(fixed) or direction is not None or any(_names_themselves(transcript, n, metadata) for n in total)
    )
    few = n_words < ENOUGH_WORDS and not known
    return Seating(
        _marginals(total, fixed),
        f"only {n_words} words are there, and they are asked from {ENOUGH_WORDS}." if few else None,
    )


def _marginals(evidence: Mapping[str, float], fixed: Mapping[str, bool]) -> dict[str, float]:
    """Chance of the rep's side for each, over all seatings with somebody on either side."""
    labels = list(evidence)
    weights: list[tuple[float, tuple[bool, ...]]] = []
    for seats in itertools.product((True, False), repeat=len(labels)):
        if (
            all(seats)
            or not any(seats)
            or any(fixed.get(n, s) != s for n, s in zip(labels, seats, strict=True))
        ):
            continue
        total = sum(evidence[n] if s else -evidence[n] for n, s in zip(labels, seats, strict=True))
        weights.append((total, seats))
    if not weights:
        return {label: float(side) for label, side in fixed.items()}
    top = max(total for total, _ in weights)
    chance = [(math.exp(total - top), seats) for total, seats in weights]
    all_of_it = math.fsum(c for c, _ in chance)
    return {
        label: math.fsum(c for c, seats in chance if seats[i]) / all_of_it for i, label in enumerate(labels)
    }


def _evidence(
    transcript: Transcript, words: RoleWords, label_utterances: Labeller | None
) -> tuple[dict[str, float], int]:
    labels = label_utterances(transcript) if label_utterances else None
    found: dict[str, float] = {}
    n_turns = 0
    for i, turn in enumerate(transcript.turns):
        if not turn.words or transcript.role_of(turn) is Role.OTHER:
            continue
        n_turns += 1
        logit = words.log_odds(turn.text)
        if labels is not None:
            logit += LABELS * (_most(labels[i], _REP_DOES) - _most(labels[i], _CUSTOMER_DOES))
        # Half of it: seating two speakers counts the evidence of both.
        found[turn.speaker] = found.get(turn.speaker, 0.0) + max(-TURN_LIMIT, min(TURN_LIMIT, logit)) / 2
    return found, n_turns


def _most(labels: Mapping[str, float], names: Sequence[str]) -> float:
    return max((labels.get(name, 0.0) for name in names), default=0.0)


def _names_themselves(transcript: Transcript, label: str, metadata: CallMetadata) -> float:
    """Evidence of "this is Ana": for our side when the rep is Ana, for the other when a customer is."""
    text = " ".join(t.text.casefold() for t in transcript.turns if t.speaker == label)[:20_000]

    def says(name: str | None) -> bool:
        first = (name or "").casefold().split()
        return bool(first) and re.search(_INTRODUCES.format(name=re.escape(first[0])), text) is not None

    rep, customer = says(metadata.rep), any(says(name) for name in metadata.customers)
    return (INTRODUCTION if rep else 0.0) / 2 - (INTRODUCTION if customer else 0.0) / 2


def _first(transcript: Transcript, among: set[str]) -> str | None:
    return next((t.speaker for t in transcript.turns if t.speaker in among), None)


def _by_name(transcript: Transcript, metadata: CallMetadata, known_sides: Mapping[str, Role]) -> Transcript:
    """Sides of speakers whose names, or e-mail addresses, are known."""
    sides = {_name(name): role for name, role in known_sides.items()}
    sides |= {_name(name): Role.CUSTOMER for name in metadata.customers}
    if metadata.rep:
        sides[_name(metadata.rep)] = Role.REP
    roles = {
        s.label: sides[_name(s.name)]
        for s in transcript.speakers
        if s.role is Role.UNKNOWN and s.name and sides.get(_name(s.name)) in (Role.REP, Role.CUSTOMER)
    }
    if not roles:
        return transcript
    others = [s for s in transcript.speakers if s.role is Role.UNKNOWN and s.label not in roles]
    if len(transcript.speakers) == 2 and len(others) == 1 and others[0].name:
        # Two people, one of them known: the other is the other side.
        opposite = {Role.REP: Role.CUSTOMER, Role.CUSTOMER: Role.REP}
        roles[others[0].label] = opposite[next(iter(roles.values()))]
    return transcript.with_roles(roles, source="metadata")


def _name(name: str) -> str:
    """A name for comparing: without case, company in brackets, and with "Last, First" turned round."""
    plain = re.sub(r"[\(\[|].*$", "", name).strip().casefold()
    last, comma, first = plain.partition(",")
    return " ".join(f"{first} {last}".split() if comma else plain.split())


def _seated(transcript: Transcript, waiting: Sequence[Speaker], chance: Mapping[str, float]) -> Transcript:
    seated: dict[str, Speaker] = {}
    doubtful: list[str] = []
    for speaker in waiting:
        rep = chance.get(speaker.label, 0.5)
        sure = min(HIGHEST, max(rep, 1 - rep))
        if sure < APPLIED_FROM:
            doubtful.append(f"{speaker.label} {sure:.2f}")
            continue
        role = Role.REP if rep > 0.5 else Role.CUSTOMER
        seated[speaker.label] = replace(
            speaker, role=role, role_confidence=round(sure, 4), role_source="words"
        )
    if len(waiting) == 2 == len(transcript.speakers) and len(seated) < 2:
        seated = {}
    speakers = tuple(seated.get(s.label, s) for s in transcript.speakers)
    notes = []
    if seated:
        said = ", ".join(
            f"{s.label} {s.role.lower()} ({s.role_confidence:.2f})" for s in speakers if s.label in seated
        )
        notes.append(
            f"Sides were inferred from the words, with their probability: {said}. Swap them if wrong."
        )
    if doubtful:
        notes.append(
            f"{WHY_NOT}the words are not sure enough ({', '.join(doubtful)}; {APPLIED_FROM} is needed)."
        )
    return _with_note(replace(transcript, speakers=speakers), *notes)


def _with_note(transcript: Transcript, *notes: str) -> Transcript:
    new = tuple(note for note in notes if note not in transcript.provenance.notes)
    return replace(
        transcript, provenance=replace(transcript.provenance, notes=(*transcript.provenance.notes, *new))
    )


def _speaks(transcript: Transcript, label: str) -> bool:
    return bool(transcript.speech.get(label)) or any(turn.speaker == label for turn in transcript.turns)


def _english(language: str | None) -> bool:
    return language is None or language.casefold().replace("_", "-").split("-")[0] in ("en", "eng", "english")


__all__ = ["APPLIED_FROM", "MACHINE_SUFFIX", "Seating", "infer_roles", "seat"]
