"""Corrections by people: append-only, anchored in the words, undoable, never lost.

`apply` is pure: the same transcript and edits give the same result, and an edit whose anchor is
no longer found is listed in `Corrected.lost`, never dropped.

An anchor is found, in this order: at its offsets if the same words stand there; else the nearest
turn of the same speaker (by time, or by position where there are no times) that holds the quote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from callcoach.core.errors import BadEdit
from callcoach.core.evidence import Evidence
from callcoach.core.intervals import Interval
from callcoach.core.keys import content_key
from callcoach.core.transcript import Role, Transcript, Turn, Word
from callcoach.core.voices import merged, moved, split


class EditKind(StrEnum):
    REJECT_EVIDENCE = "reject_evidence"
    ADD_EVIDENCE = "add_evidence"
    WORDS = "words"
    SWAP = "swap"
    ROLE = "role"
    RENAME = "rename"
    MERGE = "merge"
    MOVE = "move"
    SPLIT = "split"
    SCORE = "score"
    COMMENT = "comment"


class RejectReason(StrEnum):
    """Why evidence is not what the machine took it for; one key each on the page."""

    NOT_SAID = "not said"
    WRONG_PERSON = "wrong person"
    NOT_THAT_BEHAVIOUR = "not that behaviour"
    OUT_OF_CONTEXT = "out of context"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a call that survives a new transcript: speaker, time and words beside offsets."""

    speaker: str
    time_s: float | None
    quote: str
    turn: int
    start_word: int
    end_word: int

    @classmethod
    def at(cls, transcript: Transcript, evidence: Evidence) -> Anchor:
        evidence.check(transcript)
        interval = evidence.interval(transcript)
        return cls(
            speaker=transcript.turns[evidence.turn].speaker,
            time_s=interval.start_s if interval else None,
            quote=evidence.quote(transcript),
            turn=evidence.turn,
            start_word=evidence.start_word,
            end_word=evidence.end_word,
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction by one person.

    Parameters
    ----------
    id : str
        Given by the store; unique.
    author : str
        Person id, or ``"owner"`` for the local owner.
    at : datetime
        With a time zone.
    anchor : Anchor or None
        Required for evidence, words and comments at a line.
    behaviour : str or None
        For evidence and scores.
    reason : RejectReason or None
        For rejected evidence.
    text : str or None
        New words, new name, or comment.
    score : float or None
        0 to 1, for `SCORE`.
    speaker, role : str or None, Role or None
        For `RENAME` and `ROLE`; for `MERGE` the voice that goes (`text` is the one it becomes); for
        `MOVE` and `SPLIT` whose line the anchored one is, or everything of its voice from there on.
    undone_by : str or None
        Id of the person who took it back; an undone edit has no effect and stays listed.
    """

    id: str
    kind: EditKind
    author: str
    at: datetime
    anchor: Anchor | None = None
    behaviour: str | None = None
    reason: RejectReason | None = None
    text: str | None = None
    score: float | None = None
    speaker: str | None = None
    role: Role | None = None
    undone_by: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise BadEdit("an edit needs a time with a zone; got one without")
        needs = _NEEDS[self.kind]
        missing = [name for name in needs if getattr(self, name) is None]
        if missing:
            raise BadEdit(
                f"an edit of kind {self.kind} needs {', '.join(needs)}; missing: {', '.join(missing)}"
            )
        if self.score is not None and not 0.0 <= self.score <= 1.0:
            raise BadEdit(f"a score must lie between 0 and 1; got {self.score}")


_NEEDS: dict[EditKind, tuple[str, ...]] = {
    EditKind.REJECT_EVIDENCE: ("anchor", "behaviour", "reason"),
    EditKind.ADD_EVIDENCE: ("anchor", "behaviour"),
    EditKind.WORDS: ("anchor", "text"),
    EditKind.SWAP: (),
    EditKind.ROLE: ("speaker", "role"),
    EditKind.RENAME: ("speaker", "text"),
    EditKind.MERGE: ("speaker", "text"),
    EditKind.MOVE: ("anchor", "speaker"),
    EditKind.SPLIT: ("anchor", "speaker"),
    EditKind.SCORE: ("behaviour", "score"),
    EditKind.COMMENT: ("text",),
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A transcript with people's corrections in it, and those that act on what comes after.

    `rejected` and `added` pair a behaviour with evidence whose offsets are those of `transcript`.
    """

    transcript: Transcript
    rejected: tuple[tuple[str, Evidence], ...] = ()
    added: tuple[tuple[str, Evidence], ...] = ()
    scores: tuple[tuple[str, float], ...] = ()
    lost: tuple[Edit, ...] = ()


def active(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits that nobody took back, oldest first."""
    return tuple(sorted((e for e in edits if e.undone_by is None), key=lambda e: (e.at, e.id)))


def revision(edits: Iterable[Edit]) -> str:
    """Key of what the active edits change; ``"0"`` when they change nothing."""
    changing = [edit.id for edit in active(edits) if edit.kind is not EditKind.COMMENT]
    return content_key(changing) if changing else "0"


def find(anchor: Anchor, transcript: Transcript) -> Evidence | None:
    """Where the anchored words stand in `transcript` now, or None."""
    if anchor.turn < len(transcript.turns):
        turn = transcript.turns[anchor.turn]
        here = Evidence(anchor.turn, anchor.start_word, anchor.end_word)
        if (
            turn.speaker == anchor.speaker
            and anchor.end_word <= len(turn.words)
            and here.quote(transcript) == anchor.quote
        ):
            return here
    wanted = anchor.quote.split()
    if not wanted:
        return None
    best: tuple[float, Evidence] | None = None
    for index, turn in enumerate(transcript.turns):
        if turn.speaker != anchor.speaker:
            continue
        texts = [word.text for word in turn.words]
        for start in range(len(texts) - len(wanted) + 1):
            if texts[start : start + len(wanted)] != wanted:
                continue
            found = Evidence(index, start, start + len(wanted))
            interval = found.interval(transcript)
            if anchor.time_s is not None and interval is not None:
                distance = abs(interval.start_s - anchor.time_s)
            else:
                distance = float(abs(index - anchor.turn))
            if best is None or distance < best[0]:
                best = (distance, found)
    return best[1] if best else None


def apply(transcript: Transcript, edits: Iterable[Edit]) -> Corrected:
    """The transcript as people corrected it; pure.

    Speaker edits and words come first (they change what offsets mean), evidence after them.
    Comments change nothing.
    """
    ordered = active(edits)
    lost: list[Edit] = []
    for edit in ordered:
        changed = _change_transcript(transcript, edit)
        if changed is None:
            lost.append(edit)
        else:
            transcript = changed
    rejected, added, scores = [], [], []
    for edit in ordered:
        if edit.kind is EditKind.SCORE:
            scores.append((edit.behaviour, edit.score))
        elif edit.kind in (EditKind.REJECT_EVIDENCE, EditKind.ADD_EVIDENCE):
            place = find(edit.anchor, transcript)
            if place is None:
                lost.append(edit)
            else:
                (rejected if edit.kind is EditKind.REJECT_EVIDENCE else added).append((edit.behaviour, place))
        elif edit.kind is EditKind.COMMENT and edit.anchor and find(edit.anchor, transcript) is None:
            lost.append(edit)
    return Corrected(transcript, tuple(rejected), tuple(added), tuple(scores), tuple(lost))


def _change_transcript(transcript: Transcript, edit: Edit) -> Transcript | None:
    """The transcript after a speaker or word edit; itself for other kinds; None when lost."""
    if edit.kind is EditKind.SWAP:
        return transcript.swapped()
    if edit.kind in (EditKind.ROLE, EditKind.RENAME):
        if edit.speaker not in {speaker.label for speaker in transcript.speakers}:
            return None
        if edit.kind is EditKind.ROLE:
            return transcript.with_roles({edit.speaker: edit.role}, source="edit")
        return replace(
            transcript,
            speakers=tuple(
                replace(s, name=edit.text) if s.label == edit.speaker else s for s in transcript.speakers
            ),
        )
    if edit.kind is EditKind.MERGE:
        return merged(transcript, edit.speaker, edit.text)
    if edit.kind in (EditKind.MOVE, EditKind.SPLIT):
        place = find(edit.anchor, transcript)
        if place is None:
            return None
        if edit.kind is EditKind.SPLIT:
            return split(transcript, place.turn, edit.speaker)
        return moved(transcript, (place.turn,), edit.speaker)
    if edit.kind is EditKind.WORDS:
        place = find(edit.anchor, transcript)
        return None if place is None else _with_words(transcript, place, edit.text.split())
    return transcript


def _with_words(transcript: Transcript, place: Evidence, texts: list[str]) -> Transcript:
    """Replace quoted words; new words share the replaced words' time evenly."""
    turn = transcript.turns[place.turn]
    old = turn.words[place.start_word : place.end_word]
    timed = [word.interval for word in old if word.interval is not None]
    new: list[Word] = []
    for position, text in enumerate(texts):
        interval = None
        if timed:
            start_s, length_s = timed[0].start_s, timed[-1].end_s - timed[0].start_s
            interval = Interval(
                start_s + length_s * position / len(texts), start_s + length_s * (position + 1) / len(texts)
            )
        new.append(Word(text, interval, 1.0 if old and old[0].probability is not None else None))
    words = turn.words[: place.start_word] + tuple(new) + turn.words[place.end_word :]
    turns = list(transcript.turns)
    turns[place.turn] = Turn(turn.speaker, words, turn.span)
    return replace(transcript, turns=tuple(turns))
