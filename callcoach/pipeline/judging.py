"""A transcript with its sides measured, scored and coached: pure, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from callcoach.core import (
    CallClass,
    CallMetadata,
    CallType,
    Capability,
    Corrected,
    Earlier,
    Edit,
    Observation,
    Role,
    Scorecard,
    Status,
    Transcript,
    apply,
    content_key,
    revision,
    total_s,
)
from callcoach.core.edits import active
from callcoach.pipeline.sides import NO_METADATA

# Classes of operations.md: seconds of speech and changes of speaker.
CONNECTED_CUSTOMER_S = 60.0
CONNECTED_CHANGES = 6
CONNECTED_MONO_S = 120.0
NO_SHOW_S = 10.0
DISPUTED = "disputed and open: it counts neither way until who leads has looked at it"


@dataclass(frozen=True, slots=True)
class Judged:
    """A transcript with roles and edits in it, and its scorecard."""

    corrected: Corrected
    card: Scorecard

    @property
    def transcript(self) -> Transcript:
        return self.corrected.transcript


def scoring_keys(rubric: str | None = None) -> dict[str, str]:
    """The scoring key that a judgement would have now, by call type; no call is needed to know it."""
    from callcoach.score import load_rubric
    from callcoach.score.card import scoring_key_under

    return {kind.value: scoring_key_under(load_rubric(rubric or kind.value)) for kind in CallType}


def judge(
    transcript: Transcript,
    metadata: CallMetadata = NO_METADATA,
    *,
    rubric: str | None = None,
    edits: Iterable[Edit] = (),
    disputed: Iterable[str] = (),
    earlier: Sequence[Earlier] = (),
) -> Judged:
    """Measure and score one transcript whose roles are settled; pure and deterministic.

    The machine's card has no edits; call again with them for the corrected card.

    Parameters
    ----------
    rubric : str or None
        Name or file; None for the one of the call's type.
    disputed : iterable of str
        Behaviours about which a dispute is open: they count neither way (`core.ruling`).
    earlier : sequence of Earlier
        What the customer said in earlier calls of the account, oldest first.
    """
    from callcoach.coach.coaching import coached, coaching_for
    from callcoach.measure.behaviours import observe_all
    from callcoach.measure.behaviours.catalogue import RESTS_ON
    from callcoach.measure.call_type import infer_call_type
    from callcoach.measure.cautions import cautions
    from callcoach.measure.open_questions import open_questions
    from callcoach.measure.promises import promises
    from callcoach.measure.taggers import show_thresholds
    from callcoach.measure.talk import talk_measures
    from callcoach.measure.utterances import label_turns
    from callcoach.score import load_rubric, score_call
    from callcoach.score.corrected import as_people_saw, not_rejected
    from callcoach.score.intervals import doubts

    edits, disputed, earlier = tuple(edits), frozenset(disputed), tuple(earlier)
    corrected = apply(transcript, edits)
    labels = label_turns(corrected.transcript)
    call_type, told = metadata.call_type, 1.0
    if call_type is None:
        call_type, told = infer_call_type(corrected.transcript)
    seen = observe_all(corrected.transcript, labels=labels, earlier=earlier)
    card = score_call(
        corrected.transcript,
        measures=talk_measures(corrected.transcript, labels=labels),
        observations=_undecided(as_people_saw(seen, corrected), disputed),
        rubric=load_rubric(rubric or call_type.value),
        call_type=call_type.value,
        call_type_probability=told if call_type is not CallType.ANY else 0.0,
        first_meeting=metadata.first_meeting,
        revision=_revision(corrected.transcript, edits, disputed, earlier),
        corrected_scores=dict(corrected.scores),
        doubts=doubts(labels, RESTS_ON),
    )
    card = replace(
        card,
        cautions=not_rejected(
            cautions(corrected.transcript, labels, ending=seen["next_step"]), corrected.rejected
        ),
        promises=promises(corrected.transcript),
        open_questions=open_questions(corrected.transcript),
    )
    advice = coaching_for(card, corrected.transcript, labels=labels, show_from=show_thresholds())
    return Judged(corrected, coached(card, advice))


def classify(transcript: Transcript) -> CallClass | None:
    """What kind of conversation the recording holds, as far as its speech tells.

    Connected from 60 s of customer speech and 6 changes of speaker (mono: 120 s of speech), short
    below that, no-show with under 10 s of the other side. While it is not known which side is ours
    everybody but who speaks most stands for the customer. None where the source has no times.
    """
    from callcoach.measure.volume import floor_once

    if not transcript.can(Capability.ENDS):
        return None
    spoken_s = {s.label: total_s(transcript.speech.get(s.label, ())) for s in transcript.speakers}
    if not transcript.dependable:
        return CallClass.CONNECTED if sum(spoken_s.values()) >= CONNECTED_MONO_S else CallClass.SHORT
    customers = transcript.labels_of(Role.CUSTOMER) if transcript.roles_known else ()
    sides = sorted(
        seconds for label, seconds in spoken_s.items() if transcript.speaker(label).role != Role.OTHER
    )
    customer_s = sum(spoken_s[label] for label in customers) if customers else sum(sides[:-1])
    if customer_s < NO_SHOW_S:
        return CallClass.NO_SHOW
    holders = [hold.speaker for hold in floor_once(transcript).turns]
    n_changes = sum(a != b for a, b in pairwise(holders))
    connected = customer_s >= CONNECTED_CUSTOMER_S and n_changes >= CONNECTED_CHANGES
    return CallClass.CONNECTED if connected else CallClass.SHORT


def _revision(
    transcript: Transcript, edits: Sequence[Edit], disputed: frozenset[str], earlier: Sequence[Earlier]
) -> str:
    """Names the roles, edits, disputes and earlier calls in force, so that a card's key changes with each."""
    roles = [[speaker.label, speaker.role, speaker.name] for speaker in transcript.speakers]
    looked_back = [[one.call_id, one.turn, one.text] for one in earlier]
    return content_key([roles, revision(active(edits)), sorted(disputed), looked_back])


def _undecided(observations: dict[str, Observation], disputed: frozenset[str]) -> dict[str, Observation]:
    """Observations in which disputed behaviours are withheld, with their evidence still to hear."""
    return observations | {
        behaviour: replace(observations[behaviour], status=Status.CANNOT_BE_JUDGED, reason=DISPUTED)
        for behaviour in disputed & set(observations)
    }
