"""When a behaviour cannot be judged at all, and the sentence that says so."""

from __future__ import annotations

from callcoach.core import Observation, Role, Status, Transcript
from callcoach.measure.certainty import too_uncertain
from callcoach.measure.last import keep_last
from callcoach.measure.talk import NO_CUSTOMER, NO_REP, NOT_DEPENDABLE, SIDE_NOT_KNOWN
from callcoach.measure.utterances import is_judged_language

NO_WORDS = "this call has no words"
STARTS_LATE = "the recording starts in mid-conversation"
ENDS_EARLY = "the recording ends in mid-conversation"


def not_judged(behaviour: str, reason: str) -> Observation:
    """An observation that says why it cannot be judged."""
    return Observation(behaviour, Status.CANNOT_BE_JUDGED, reason=reason)


@keep_last
def why_not(transcript: Transcript) -> str | None:
    """Why the words of this transcript can show no behaviour, or None when they can.

    Both sides must have words: what a rep says is judged in what the customer answers.
    """
    if not any(turn.words for turn in transcript.turns):
        return NO_WORDS
    if transcript.language is not None and not is_judged_language(transcript.language):
        return f"words in language {transcript.language} cannot be judged"
    if not transcript.dependable:
        return NOT_DEPENDABLE
    if not transcript.roles_known:
        if transcript.labels_of(Role.UNKNOWN) or not transcript.labels_of(Role.REP, Role.CUSTOMER):
            return SIDE_NOT_KNOWN
        return NO_CUSTOMER if transcript.labels_of(Role.REP) else NO_REP
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    speaking = {roles[turn.speaker] for turn in transcript.turns if turn.words}
    for role, name in ((Role.REP, "rep"), (Role.CUSTOMER, "customer")):
        if role not in speaking:
            return f"the {name} has no words in this transcript"
    return too_uncertain(transcript)
