"""Voices of no person: menus, hold messages, voicemail greetings.

They stand on the same channel as a person, so their turns are taken out by what they say and given
to a speaker of their own, role `OTHER`; where they are timed, they are cut out of every measure::

    left   |press one for sales| |all our agents are busy| |hi this is Ana …|
           └────── "left (recording)", OTHER, cut ───────┘ └ left ──────────
"""

from __future__ import annotations

import re
from dataclasses import replace

from callcoach.core import Interval, Role, Speaker, Transcript, Turn, intersection, support, without

MACHINE_SUFFIX = " (recording)"
MACHINE_CONFIDENCE = 0.95  # two or more phrases that only machines say, or one that nothing else is
_SHORT_TURN_WORDS = 60

_ALWAYS = re.compile(
    r"\b(?:press (?:the )?(?:hash|star|pound|one|two|three|four|five|six|seven|eight|nine|zero|\d)\b"
    r"|(?:leave|record) (?:a|your) message (?:after|at) the (?:tone|beep)"
    r"|after the (?:tone|beep)"
    r"|your call is (?:very )?important to us"
    r"|(?:you are|you're) (?:now )?number \w+ in the queue"
    r"|you(?:'ve| have) reached the (?:voicemail|voice mail|voice mailbox|mailbox|answerphone)"
    r"|is not available to take your call"
    r"|(?:all of |all )?our (?:agents|operators|advisers|advisors|lines|representatives) are (?:currently |all )?(?:busy|assisting)"
    r"|please (?:continue to )?hold(?: the line)? (?:for|and) (?:the|your|one of|an)\b.*\b(?:agent|operator|adviser|representative|call)"
    r"|for (?:sales|support|billing|accounts|technical support|all other enquiries|english),? (?:please )?(?:press|say|dial)"
    r"|the person you are calling"
    r"|(?:your|this) call (?:has been|is being|was) forwarded"
    r"|(?:welcome to|thank you for calling) [\w ]{2,40} (?:please listen|our menu|your call may)"
    r"|please listen carefully as our)\b",
    re.IGNORECASE,
)


def is_machine(words: str) -> bool:
    """Whether a turn is what only a machine says.

    >>> is_machine("For sales, press one."), is_machine("Press export and tell me what you see")
    (True, False)
    """
    text = " ".join(words.replace("’", "'").split())
    plain = re.sub(r"[^\w\s',]", "", text)
    n_words = len(plain.split())
    found = _ALWAYS.findall(plain)
    # A long turn of a person can quote a menu; a machine hardly says anything else.
    return bool(found) and n_words <= _SHORT_TURN_WORDS * len(found)


def with_machines_apart(transcript: Transcript) -> Transcript:
    """The transcript in which recordings speak as speakers of their own, cut out where timed."""
    spoken_by = {
        i: turn.speaker
        for i, turn in enumerate(transcript.turns)
        if turn.words
        and not turn.speaker.endswith(MACHINE_SUFFIX)
        and transcript.role_of(turn) is not Role.OTHER
        and is_machine(turn.text)
    }
    if not spoken_by:
        return transcript
    apart: dict[str, Speaker] = {}
    turns: list[Turn] = list(transcript.turns)
    times: dict[str, list[Interval]] = {}
    for i, label in spoken_by.items():
        own = _machine_of(transcript, label)
        apart[label] = own
        turns[i] = replace(turns[i], speaker=own.label)
        if turns[i].interval is not None:
            times.setdefault(label, []).append(turns[i].interval)
    speech = dict(transcript.speech)
    for label, pieces in times.items():
        if label in speech:
            taken = intersection(speech[label], pieces)
            speech[label] = without(speech[label], pieces)
            speech[apart[label].label] = support((*speech.get(apart[label].label, ()), *taken))
    known = {speaker.label for speaker in transcript.speakers}
    return replace(
        transcript,
        speakers=(*transcript.speakers, *(s for s in apart.values() if s.label not in known)),
        turns=tuple(turns),
        speech=speech,
        cuts=support((*transcript.cuts, *_alone(transcript, times))),
    )


def _alone(transcript: Transcript, times: dict[str, list[Interval]]) -> tuple[Interval, ...]:
    """The machines' time in which no person speaks."""
    people = [
        turn.interval
        for turn in transcript.turns
        if turn.interval is not None and not (turn.words and is_machine(turn.text))
    ]
    return without((piece for pieces in times.values() for piece in pieces), people)


def _machine_of(transcript: Transcript, label: str) -> Speaker:
    return Speaker(
        label + MACHINE_SUFFIX,
        role=Role.OTHER,
        channel=transcript.speaker(label).channel,
        role_confidence=MACHINE_CONFIDENCE,
        role_source="words",
    )
