"""From the reading of a file to a `Transcript`: speakers, turns, speech, capabilities, provenance.

::

    file      00:01 Dana: Hi | 00:02 Dana: so, | 00:04 Lee: right | 00:05 Dana: we met
    pieces    |==|            |===|             |=|                |======|
    turns     Dana |==============================================|   Lee (right) listens
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from callcoach.core import (
    Interval,
    Provenance,
    Separation,
    Speaker,
    Transcript,
    Turn,
    Word,
    recognition_key,
    support,
)
from callcoach.core.errors import EmptyInput
from callcoach.core.floor import HOLD_GAP_S, TIME_TOLERANCE_S, Hold, Piece, in_order, take_floor
from callcoach.transcribe.formats.passages import Reading
from callcoach.transcribe.formats.speakers import EVERYONE, UNKNOWN_SPEAKER, speaker
from callcoach.transcribe.formats.timing import MAX_TIME_S, Checked, Timed


def transcript_of(reading: Reading, *, sha256: str, format: str, title: str) -> Transcript:
    """The transcript of a reading.

    Raises
    ------
    EmptyInput
        If nothing is said in it.
    BadTranscript
        If more than isolated times are impossible.
    """
    passages = [passage for passage in reading.passages if passage.words]
    if not passages:
        raise EmptyInput(
            f"a transcript must hold words; this {title} file has none: export it again once it is ready"
        )
    named = any(passage.speaker is not None for passage in passages)
    nobody = UNKNOWN_SPEAKER if named else EVERYONE
    passages = [p if p.speaker is not None else p._replace(speaker=nobody) for p in passages]
    checked = Checked(passages, title=title)
    notes = list(reading.notes)
    if not named:
        notes.append("the file does not say who spoke; everything stands under one speaker")
    if checked.mode == "timed":
        turns, speech = _timed_turns(checked.passages)
    else:
        turns, speech = _untimed_turns(checked.passages, starts=checked.mode == "starts"), {}
    if reading.in_order and checked.n_backward and checked.mode != "text":
        n = checked.n_backward
        notes.append(
            f"{n} of {len(passages)} passages start before the one in front of them; sorted by start"
        )
    notes.extend(checked.notes)
    separation = reading.separation if named else Separation.NONE
    capabilities = checked.capabilities(
        overlap=named and reading.overlap and separation is Separation.CHANNELS
    )
    ends = [piece.end_s for pieces in speech.values() for piece in pieces[-1:]]
    return Transcript(
        source_sha256=sha256,
        provenance=Provenance(
            kind="transcript",
            format=format,
            recognition_key=recognition_key(engine=format, model_hash=None, options={}),
            engine=reading.engine,
            model=reading.model,
            separation=separation,
            notes=tuple(notes),
        ),
        duration_s=_duration_s(reading.duration_s, ends),
        speakers=_speakers(turns, reading.speakers),
        turns=turns,
        speech=speech,
        language=language_code(reading.language),
        capabilities=capabilities,
        speech_note="times of the file, as its program wrote them" if speech else None,
    )


def language_code(language: str | None) -> str | None:
    """The language part of what a file says: ``"en-US"`` and ``"english"`` are ``"en"``.

    None where it is not a language: measures take that as unknown.
    """
    text = (language or "").strip().casefold().replace("_", "-")
    code = _LANGUAGE_NAMES.get(text, text.split("-")[0])
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else None


_LANGUAGE_NAMES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "polish": "pl", "russian": "ru", "swedish": "sv", "danish": "da", "norwegian": "no",
    "finnish": "fi", "czech": "cs", "turkish": "tr", "japanese": "ja", "chinese": "zh", "korean": "ko",
    "arabic": "ar", "hindi": "hi", "ukrainian": "uk", "greek": "el", "hungarian": "hu", "romanian": "ro",
}  # fmt: skip


def _duration_s(stated_s: float | None, ends: Sequence[float]) -> float | None:
    """The later of what the file states and what it holds."""
    if stated_s is not None and 0 < stated_s <= MAX_TIME_S:
        return max([stated_s, *ends])
    return max(ends, default=None)


def _speakers(turns: Sequence[Turn], known: Mapping[str, Speaker]) -> tuple[Speaker, ...]:
    """Everybody who spoke, in order of appearance; then whoever the file places on a side or channel."""
    spoke = list(dict.fromkeys(turn.speaker for turn in turns))
    silent = [
        label
        for label, person in known.items()
        if label not in spoke and (person.role_source is not None or person.channel is not None)
    ]
    return tuple(known.get(label) or speaker(label) for label in [*spoke, *silent])


def _timed_turns(passages: Sequence[Timed]) -> tuple[tuple[Turn, ...], dict[str, tuple[Interval, ...]]]:
    """Turns by start, and everybody's speech."""
    pieces: list[Piece] = []
    words: list[tuple[Word, ...]] = []
    speech: dict[str, list[Interval]] = {}
    piece_of: list[int | None] = []  # the last piece of each passage
    for passage in passages:
        if passage.span is not None and not passage.n_timed:
            said = tuple([word.text for word in passage.words])
            pieces.append(Piece(passage.speaker, passage.span, said, False))
            words.append(passage.words)
            speech.setdefault(passage.speaker, []).append(passage.span)
            piece_of.append(len(pieces) - 1)
            continue
        for part in _parts(passage):
            pieces.append(
                Piece(passage.speaker, part.interval, tuple([w.text for w in part.words]), part.exact)
            )
            words.append(part.words)
            speech.setdefault(passage.speaker, []).extend(part.speech)
        piece_of.append(len(pieces) - 1 if passage.span is not None else None)
    holds = take_floor(pieces).holds
    turns = [_turn(hold, pieces, words) for hold in holds]
    hold_of = {at: number for number, hold in enumerate(holds) for at in hold.pieces}
    return _with_untimed(turns, passages, piece_of, hold_of), {
        label: pieces for label, spoken in speech.items() if (pieces := support(spoken))
    }


class _Part(NamedTuple):
    """Words of one passage said without a pause that could lose the floor."""

    interval: Interval
    words: tuple[Word, ...]
    speech: tuple[Interval, ...]
    exact: bool


def _parts(passage: Timed) -> Iterator[_Part]:
    """A passage whose words are timed in parts: what stands between its pauses.

    A word without a time stays with the word before it, or with the first timed one.
    """
    if passage.span is None:
        return
    start_s = end_s = None
    words: list[Word] = []
    speech: list[Interval] = []
    for word in passage.words:
        piece = word.interval
        if piece is not None and start_s is not None:
            apart = piece.start_s - end_s >= HOLD_GAP_S - TIME_TOLERANCE_S or piece.start_s < start_s
            if apart:
                yield _Part(Interval(start_s, end_s), tuple(words), tuple(speech), exact=True)
                words, speech, start_s = [], [], None
        words.append(word)
        if piece is not None:
            speech.append(piece)
            start_s, end_s = (
                (piece.start_s, piece.end_s) if start_s is None else (start_s, max(end_s, piece.end_s))
            )
    yield _Part(Interval(start_s, end_s), tuple(words), tuple(speech), exact=True)


def _turn(hold: Hold, pieces: Sequence[Piece], words: Sequence[tuple[Word, ...]]) -> Turn:
    if len(hold.pieces) == 1:
        (at,) = hold.pieces
        return Turn(hold.speaker, words[at], None if pieces[at].exact else hold.interval)
    said = tuple(word for at in hold.pieces for word in words[at])
    exact = all(pieces[at].exact for at in hold.pieces)
    return Turn(hold.speaker, said, None if exact else hold.interval)


def _with_untimed(
    turns: list[Turn],
    passages: Sequence[Timed],
    piece_of: Sequence[int | None],
    hold_of: Mapping[int, int],
) -> tuple[Turn, ...]:
    """The turns with passages without a time put behind what the file has before them."""
    behind: dict[int, list[Turn]] = {}
    number = -1
    for passage, at in zip(passages, piece_of, strict=True):
        if at is not None:
            number = hold_of[at]
            continue
        untimed = behind.setdefault(number, [])
        last = untimed[-1] if untimed else (turns[number] if number >= 0 else None)
        if last is None or last.speaker != passage.speaker:
            untimed.append(Turn(passage.speaker, passage.words))
        elif untimed:
            untimed[-1] = replace(last, words=last.words + passage.words)
        else:
            span = last.span if last.span is not None else last.interval
            turns[number] = replace(last, words=last.words + passage.words, span=span)
    if not behind:
        return tuple(turns)
    ordered = list(behind.get(-1, ()))
    for number, turn in enumerate(turns):
        ordered.append(turn)
        ordered.extend(behind.get(number, ()))
    return tuple(ordered)


def _untimed_turns(passages: Sequence[Timed], *, starts: bool) -> tuple[Turn, ...]:
    """Turns of neighbours in the order of the file; with starts, each at the start of its first passage."""
    if starts and all(passage.start_s is not None for passage in passages):
        passages = sorted(passages, key=lambda passage: passage.start_s)
    said = [tuple([word.text for word in p.words]) for p in passages]
    held, listened = in_order([p.speaker for p in passages], said)
    turns: list[Turn] = []
    for label, positions in sorted(held + listened, key=lambda hold: hold[1][0]):
        first = passages[positions[0]]
        words, n_timed = first.words, first.n_timed
        if len(positions) > 1:
            words = tuple([w for at in positions for w in passages[at].words])
            n_timed = sum([passages[at].n_timed for at in positions])
        if n_timed:
            words = tuple(replace(word, interval=None) for word in words)
        at_s = Interval(first.start_s, first.start_s) if starts and first.start_s is not None else None
        turns.append(Turn(label, words, at_s))
    return tuple(turns)
