"""What people corrected: where a click points to, and the list of everything that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callcoach.core import Anchor, Edit, EditKind, Evidence, Transcript
from callcoach.core.errors import BadEdit
from callcoach.measure.cautions import CAUTIONS
from callcoach.ui.views.words import score_words

_LONGEST = 90  # characters of a quote in the list


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction as it is listed: plain strings.

    Parameters
    ----------
    state : str
        Empty where it simply counts; else why not.
    """

    edit_ids: tuple[str, ...]
    words: str
    who: str
    state: str
    undone: bool
    open: bool


def anchor_of_words(transcript: Transcript, turn: int, quote: str, start_s: float | None) -> Anchor:
    """Where a quoted piece of evidence stands; of several alike the one nearest in time.

    Raises
    ------
    BadEdit
        If the words are not in that turn any more.
    """
    _check_turn(transcript, turn)
    texts, wanted = [word.text for word in transcript.turns[turn].words], quote.split()
    found = [
        Evidence(turn, start, start + len(wanted))
        for start in range(len(texts) - len(wanted) + 1)
        if wanted and texts[start : start + len(wanted)] == wanted
    ]
    if not found:
        raise BadEdit("a correction must point to words of the call; these are gone: load the page again")

    def distance(place: Evidence) -> float:
        interval = place.interval(transcript)
        return abs(interval.start_s - start_s) if interval and start_s is not None else 0.0

    return Anchor.at(transcript, min(found, key=distance))


def anchor_of_turn(transcript: Transcript, turn: int) -> Anchor:
    """A whole line."""
    _check_turn(transcript, turn)
    return Anchor.at(transcript, Evidence(turn, 0, len(transcript.turns[turn].words)))


def _check_turn(transcript: Transcript, turn: int) -> None:
    if not 0 <= turn < len(transcript.turns):
        raise BadEdit(f"a line must be one of {len(transcript.turns)}; got {turn}: load the page again")


def correction_rows(
    edits: Iterable[Edit],
    *,
    lost: Iterable[str] = (),
    open_: Iterable[str] = (),
    names: Mapping[str, str],
    titles: Mapping[str, str],
) -> list[CorrectionRow]:
    """Everything people corrected, newest first; sides set in one moment are one row.

    Parameters
    ----------
    lost, open_ : iterable of str
        Ids of edits whose words are not found any more, and of disputes nobody has answered.
    names : mapping of author to name
    titles : mapping of behaviour to title
    """
    lost, open_ = set(lost), set(open_)
    together: dict[object, list[Edit]] = {}
    for edit in edits:
        key = (edit.at, edit.author) if edit.kind is EditKind.ROLE else edit.id
        together.setdefault(key, []).append(edit)
    rows = []
    for group in together.values():
        first = group[0]
        undone = first.undone_by is not None
        ids = tuple(edit.id for edit in group)
        if undone:
            state = f"taken back by {names.get(first.undone_by, first.undone_by)}"
        elif first.id in lost:
            state = "its words are no longer found in this transcript, so it has no effect"
        elif first.id in open_:
            state = "open: it counts neither way until who leads has looked at it"
        else:
            state = ""
        when = first.at.astimezone()
        rows.append(
            CorrectionRow(
                ids,
                edit_words(first, titles),
                f"{names.get(first.author, first.author)}, {when.day} {when:%b %H:%M}",
                state,
                undone,
                not undone and first.id in open_,
            )
        )
    return rows[::-1]


def edit_words(edit: Edit, titles: Mapping[str, str]) -> str:
    """One correction in a sentence."""
    title = titles.get(edit.behaviour or "", edit.behaviour or "")
    quote = f"“{_short(edit.anchor.quote)}”" if edit.anchor else ""
    match edit.kind:
        case EditKind.REJECT_EVIDENCE:
            return f"{title}: {quote} is {edit.reason.value}"
        case EditKind.ADD_EVIDENCE:
            return f"{title}: {quote} shows it"
        case EditKind.SCORE if edit.behaviour in CAUTIONS:
            return f"{title}: a person has looked at it"
        case EditKind.SCORE:
            return f"{title}: {score_words(edit.score)} {edit.score:.2f}, by a person"
        case EditKind.WORDS:
            return f"{quote} is “{_short(edit.text)}”"
        case EditKind.SWAP:
            return "Sides swapped"
        case EditKind.ROLE:
            return "Sides set"
        case EditKind.RENAME:
            return f"{edit.speaker} is called {_short(edit.text)}"
        case EditKind.MERGE:
            return f"{edit.speaker} and {edit.text} are one voice"
        case EditKind.MOVE:
            return f"{quote} was said by {edit.speaker}"
        case EditKind.SPLIT:
            return f"From {quote} on it is {edit.speaker}"
        case _:
            return f"Comment on {quote}: {_short(edit.text)}" if quote else f"Comment: {_short(edit.text)}"


def comments_of(
    edits: Iterable[Edit], places: Mapping[str, int], names: Mapping[str, str]
) -> dict[int, list[str]]:
    """What people said about each line.

    Parameters
    ----------
    places : mapping of edit id to turn
        Where the anchors stand now.
    """
    notes: dict[int, list[str]] = {}
    for edit in edits:
        if edit.kind is EditKind.COMMENT and edit.undone_by is None and edit.id in places:
            who = names.get(edit.author, edit.author)
            notes.setdefault(places[edit.id], []).append(f"{who}: {edit.text}")
    return notes


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
