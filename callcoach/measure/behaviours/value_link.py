"""Value links: a benefit tied to something that the customer said before, and the moment shown.

::

    C  approvals cost us two days                       <- antecedent
    R  You said approvals cost two days; this routes    <- benefit, linked
       them the same hour.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from callcoach.core import Earlier, Evidence, Observation, Role, Status, Transcript
from callcoach.measure.behaviours.conditions import not_judged, why_not
from callcoach.measure.claims import claims_of
from callcoach.measure.content import content_roots, is_number
from callcoach.measure.dialogue import Dialogue, Line, Saying, dialogue_of
from callcoach.measure.language import any_of, norm
from callcoach.measure.trouble import all_is_well
from callcoach.measure.utterances import Labels
from callcoach.measure.voicing import says_all_is_well, voiced_in

ID = "value_link"
NO_BENEFITS = "the rep stated no benefit"
NOT_HERE = "refers to an earlier conversation that is not here"
SHARED = 2  # content words in common that tie a benefit to a moment; one, where the rep says whose it is,
NEAR_TURNS = 3  # or where the customer voiced it as a need or problem in the last turns

_THEIRS = any_of(
    r"(as|like|since|because|for|so|what|which|when) (\w+ )?(you|you've|you'd|you're|your \w+|they) (\w+ )?(said|told|mentioned|were saying|asked|wanted|want|need|needed|put it|described|raised|hate|worry|worried|struggle|are|have|had|spoke|brought)",
    r"you (\w+ )?(said|told|mentioned|asked|wanted|want|need|needed|hate|described|raised|brought up|were worried|worried|complained|spoke|talked)",
    r"you're (\w+ )?(after|worried|scared|afraid|losing|spending|struggling|aiming|trying|chasing|fed up|tired)",
    r"your (\w+ ){0,3}?(goal|aim|target|worry|concern|point|problem|trouble|sore point|issue|priority|headache|challenge|pain|request|wish|question)",
    r"(because|since|so that|given that|for) (the|your|you|that|those)",
    r"(earlier|last (time|week|month)|in our (first|last) call|the other day|on (monday|tuesday|wednesday|thursday|friday)) (\w+ ){0,2}you",
)
_LIKE_YOURS = any_of(
    r"(for|with|in) ([\w'-]+ ){1,4}(like yours|like you|your size|such as yours|of your (size|kind))"
)
_EARLIER = any_of(
    r"(last (time|week|month|year)|in our (first|last|previous) (call|chat|meeting|conversation)|when we (last )?(spoke|talked|met)|the other day|previously|back in \w+|as you (said|told me|mentioned) (then|before)"
    r"|you( also|'ve| have| had)? (said|told (me|us)|mentioned))",
)
_NEW = any_of(
    r"(new|newly|latest|added|now|launched|released|just out|since (spring|summer|autumn|winter|last|you)|this (year|spring|summer|autumn|winter)|coming|upcoming|no longer)"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A benefit, and the moment of the customer that it picks up.

    `antecedent` is in this call, `earlier` in another one of the account; both None where there is none.
    """

    benefit: Evidence
    text: str
    antecedent: Evidence | None = None
    earlier: Earlier | None = None
    refers_elsewhere: bool = False

    @property
    def is_linked(self) -> bool:
        return self.antecedent is not None or self.earlier is not None


def observe(transcript: Transcript, labels: Labels, *, earlier: Sequence[Earlier] = ()) -> Observation:
    """Benefit statements, and how many of them pick up words of the customer said before.

    A link needs its antecedent: two content words in common with one customer turn, or one where
    the rep says that it is the customer's or it was voiced just now. "As you said" without one gets nothing, and is no caution:
    the reason then says that it refers to an earlier conversation that is not here.

    Parameters
    ----------
    earlier : sequence of Earlier
        What the customer said in earlier calls of the account.

    Components
    ----------
    ``n_benefits``, ``n_linked``, of them ``n_linked_earlier`` to an earlier call and ``n_new_linked``
    that speak of something new; ``n_not_here``, references to a conversation that is not here.
    """
    reason = why_not(transcript)
    if reason:
        return not_judged(ID, reason)
    found = links(transcript, labels, earlier=earlier)
    if not found:
        return Observation(ID, Status.CANNOT_BE_JUDGED, reason=NO_BENEFITS)
    linked = [link for link in found if link.is_linked]
    not_here = sum(link.refers_elsewhere for link in found)
    evidence = {
        (piece.turn, piece.start_word, piece.end_word): piece
        for link in linked
        for piece in (link.antecedent, link.benefit)
        if piece is not None
    }
    return Observation(
        ID,
        Status.SCORED if linked else Status.NOT_OBSERVED,
        components={
            "n_benefits": float(len(found)),
            "n_linked": float(len(linked)),
            "n_linked_earlier": float(sum(link.earlier is not None for link in linked)),
            "n_new_linked": float(sum(_NEW.search(link.text) is not None for link in linked)),
            "n_not_here": float(not_here),
        },
        evidence=tuple(evidence[place] for place in sorted(evidence)),
        reason=f"{not_here} of the benefits {NOT_HERE}" if not_here else None,
    )


def links(transcript: Transcript, labels: Labels, *, earlier: Sequence[Earlier] = ()) -> tuple[Link, ...]:
    """Every benefit statement of the rep, linked or not, in the order of the call."""
    dialogue = dialogue_of(transcript)
    moments, needs = dialogue.moments(), voiced_in(dialogue, labels)
    elsewhere = [(moment, content_roots(map(norm, moment.text.split()))) for moment in earlier]
    found: list[Link] = []
    for at, claims in claims_of(dialogue, labels).items():
        saying = dialogue.sayings[at]
        for number, probability in claims:
            line = saying.lines[number]
            lines = [line]
            if number and _THEIRS.search(saying.lines[number - 1].text):
                lines.insert(0, saying.lines[number - 1])  # "You said … . This …"
            before = _before(dialogue, moments, lines, saying)
            near = {said.at for said in dialogue.before(saying, Role.CUSTOMER, n=NEAR_TURNS)}
            found.append(_link(lines, line.evidence(probability), before, near & needs.keys(), elsewhere))
    return tuple(found)


def _before(
    dialogue: Dialogue, moments: dict[str, list[int]], lines: Sequence[Line], saying: Saying
) -> list[Saying]:
    """The customer's sayings before that have a content word in common with these sentences."""
    places = {at for line in lines for word in line.roots for at in moments.get(word, ())}
    return [dialogue.sayings[at] for at in sorted(places) if at < saying.at]


def _link(
    lines: Sequence[Line],
    benefit: Evidence,
    before: Sequence[Saying],
    fresh: Set[int],
    elsewhere: Sequence[tuple[Earlier, frozenset[str]]],
) -> Link:
    text = " ".join(line.text for line in lines)
    roots = frozenset().union(*(line.roots for line in lines))
    for match in _LIKE_YOURS.finditer(text):
        roots -= content_roots(match[0].split())  # their trade, and nothing they said of it
    theirs = _THEIRS.search(text) is not None
    needed = 1 if theirs else SHARED
    best: tuple[int, Saying] | None = None
    for said in before:
        shared = _weight(roots & said.roots)
        enough = shared >= needed or (shared and said.at in fresh)
        if enough and (best is None or shared > best[0]) and not says_all_is_well(said):
            best = (shared, said)
    if best is not None:
        line = max(best[1].lines, key=lambda each: len(each.roots & roots))
        return Link(benefit, text, antecedent=line.evidence(benefit.probability))
    for moment, said_roots in elsewhere:
        if _weight(roots & said_roots) >= needed and not all_is_well(
            " ".join(map(norm, moment.text.split()))
        ):
            return Link(benefit, text, earlier=moment)
    return Link(benefit, text, refers_elsewhere=_EARLIER.search(text) is not None)


def _weight(shared: frozenset[str]) -> int:
    """Content words in common; numbers alone tie nothing."""
    return len(shared) if any(not is_number(word) for word in shared) else 0
