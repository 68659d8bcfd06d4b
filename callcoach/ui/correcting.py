"""What somebody asks for on a call's page becomes an edit, and the call is judged again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from callcoach.archive import rescore_call
from callcoach.archive.ingest import leads_of
from callcoach.core import Call, Edit, EditKind, RejectReason, Transcript, Viewer, apply
from callcoach.core.edits import find
from callcoach.core.errors import BadEdit
from callcoach.core.ruling import rule
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.ui.views.corrections import anchor_of_turn, anchor_of_words

MAX_WORDS = 4000  # characters of a correction or a comment
MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class Corrections:
    """Where the corrections of a call stand.

    Parameters
    ----------
    edits : tuple of Edit
        All, oldest first.
    lost, open : frozenset of str
        Ids of edits without their words, and of disputes nobody has answered.
    places : mapping of edit id to turn
        Where the anchors of comments stand now.
    """

    edits: tuple[Edit, ...] = ()
    lost: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    places: Mapping[str, int] = field(default_factory=dict)


def corrections_of(store, viewer: Viewer, call: Call) -> Corrections:
    """Everything people corrected in a call, and what became of it."""
    edits, leads = store.edits(viewer, call.id), leads_of(store, call)
    if not edits:
        return Corrections(leads=leads)
    corrected = apply(store.transcript(viewer, call.id), edits)
    places = {}
    for edit in edits:
        if edit.kind is EditKind.COMMENT and edit.anchor:
            place = find(edit.anchor, corrected.transcript)
            if place is not None:
                places[edit.id] = place.turn
    open_ = rule(edits, leads=leads).open
    return Corrections(
        edits, frozenset(e.id for e in corrected.lost), frozenset(e.id for e in open_), leads, places
    )


def correct(store, viewer: Viewer, call_id: str, asked: Mapping) -> None:
    """Do what was asked for on the page and judge the call again.

    Raises
    ------
    BadEdit
        If what the browser sent makes no correction.
    """
    transcript = apply(store.transcript(viewer, call_id), store.edits(viewer, call_id)).transcript
    edit = edit_of(transcript, viewer, asked)
    store.add_edit(viewer, call_id, edit)
    if edit.kind is not EditKind.COMMENT:
        rescore_call(store, viewer, call_id)


def agree(store, viewer: Viewer, call_id: str, edit: Edit) -> None:
    """Who leads says the same as the rep: the dispute is settled."""
    now = datetime.now(UTC)
    same = Edit("", edit.kind, viewer.name, now, edit.anchor, edit.behaviour, edit.reason, score=edit.score)
    store.add_edit(viewer, call_id, same)
    rescore_call(store, viewer, call_id)


def edit_of(transcript: Transcript, viewer: Viewer, asked: Mapping) -> Edit:
    """The edit that a request of the browser means; nothing in it is trusted."""
    what = asked.get("do")
    make = _KINDS.get(what) if isinstance(what, str) else None
    if make is None:
        raise BadEdit(
            f"a correction must be one of {', '.join(_KINDS)}; got something else: load the page again"
        )
    try:
        fields = make(transcript, asked)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, BadEdit):
            raise
        raise BadEdit(f"a correction must be complete; {what} is not: load the page again") from error
    return Edit(id="", author=viewer.name, at=datetime.now(UTC), **fields)


def _behaviour(asked: Mapping) -> str:
    if asked["behaviour"] not in BEHAVIOURS:
        raise BadEdit("a correction must name a behaviour of the rubric; it does not: load the page again")
    return asked["behaviour"]


def _text(asked: Mapping, longest: int = MAX_WORDS) -> str:
    text = " ".join(str(asked["text"]).split())[:longest]
    if not text:
        raise BadEdit("a correction needs words; it has none: write some")
    return text


def _label(asked: Mapping, transcript: Transcript) -> str:
    """A voice that is here, or a free name for one that is not told apart yet."""
    labels = {speaker.label for speaker in transcript.speakers}
    if asked.get("speaker"):
        if asked["speaker"] not in labels:
            raise BadEdit("a line must be given to a voice of this call; this is none: load the page again")
        return str(asked["speaker"])
    return next(f"Voice {n}" for n in range(len(labels) + 1, 1000) if f"Voice {n}" not in labels)


def _reject(transcript: Transcript, asked: Mapping) -> dict:
    start_s = asked.get("start_s")
    anchor = anchor_of_words(
        transcript, int(asked["turn"]), str(asked["quote"]), None if start_s is None else float(start_s)
    )
    return {
        "kind": EditKind.REJECT_EVIDENCE,
        "anchor": anchor,
        "behaviour": _behaviour(asked),
        "reason": RejectReason(asked["reason"]),
    }


def _line(kind: EditKind, **more) -> object:
    def make(transcript: Transcript, asked: Mapping) -> dict:
        fields = {name: value(transcript, asked) for name, value in more.items()}
        return {"kind": kind, "anchor": anchor_of_turn(transcript, int(asked["turn"])), **fields}

    return make


_KINDS = {
    "reject": _reject,
    "add": _line(EditKind.ADD_EVIDENCE, behaviour=lambda _, asked: _behaviour(asked)),
    "words": _line(EditKind.WORDS, text=lambda _, asked: _text(asked)),
    "comment": _line(EditKind.COMMENT, text=lambda _, asked: _text(asked)),
    "move": _line(EditKind.MOVE, speaker=lambda transcript, asked: _label(asked, transcript)),
    "split": _line(EditKind.SPLIT, speaker=lambda transcript, asked: _label({}, transcript)),
    "score": lambda _, asked: {
        "kind": EditKind.SCORE,
        "behaviour": _behaviour(asked),
        "score": float(asked["score"]),
    },
    "rename": lambda _, asked: {
        "kind": EditKind.RENAME,
        "speaker": str(asked["speaker"]),
        "text": _text(asked, MAX_NAME),
    },
    "merge": lambda _, asked: {
        "kind": EditKind.MERGE,
        "speaker": str(asked["speaker"]),
        "text": str(asked["into"]),
    },
}
