"""Who said what, put right by hand: two voices that are one, a line of somebody else, one that was two.

::

    merged    A ███  B ██   A █      →   A ██████ █
    moved     A ███  A ██   B █      →   A ███  B ██  B █      one line
    split     A ███  B █    A ██     →   A ███  B █   C ██     a voice from one line on

Speech follows its turns: what sounds within the time of a turn that moves, moves with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from callcoach.core.intervals import intersection, support, without
from callcoach.core.transcript import Role, Speaker, Transcript


def merged(transcript: Transcript, label: str, into: str) -> Transcript | None:
    """Everything of one voice becomes another's; None where either is not here."""
    labels = [speaker.label for speaker in transcript.speakers]
    if label == into or label not in labels or into not in labels:
        return None
    speech = {name: pieces for name, pieces in transcript.speech.items() if name != label}
    if label in transcript.speech:
        speech[into] = support((*speech.get(into, ()), *transcript.speech[label]))
    return replace(
        transcript,
        speakers=tuple(s for s in transcript.speakers if s.label != label),
        turns=tuple(replace(t, speaker=into) if t.speaker == label else t for t in transcript.turns),
        speech=speech,
    )


def moved(transcript: Transcript, turns: Iterable[int], to: str) -> Transcript:
    """The turns are said by `to`; a label that is not here yet is a new voice.

    A new voice has the side of whom the first line is taken from, so that nothing is guessed anew.
    """
    indices = {index for index in turns if 0 <= index < len(transcript.turns)}
    if not indices:
        return transcript
    speakers = transcript.speakers
    if to not in {speaker.label for speaker in speakers}:
        before = transcript.speaker(transcript.turns[min(indices)].speaker)
        known = before.role is not Role.UNKNOWN
        new = Speaker(
            to, before.role, None, before.channel, 1.0 if known else None, "edit" if known else None
        )
        speakers = (*speakers, new)
    speech = dict(transcript.speech)
    for index in sorted(indices):
        turn = transcript.turns[index]
        if turn.interval is None or turn.speaker == to or turn.speaker not in speech:
            continue
        taken = intersection(speech[turn.speaker], (turn.interval,))
        speech[turn.speaker] = without(speech[turn.speaker], taken)
        speech[to] = support((*speech.get(to, ()), *taken))
    return replace(
        transcript,
        speakers=speakers,
        turns=tuple(replace(t, speaker=to) if i in indices else t for i, t in enumerate(transcript.turns)),
        speech=speech,
    )


def split(transcript: Transcript, first: int, to: str) -> Transcript:
    """From a line on, what its voice says is said by `to`."""
    label = transcript.turns[first].speaker
    return moved(
        transcript, (i for i, t in enumerate(transcript.turns) if i >= first and t.speaker == label), to
    )
