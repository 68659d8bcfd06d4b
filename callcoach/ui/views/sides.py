"""Which side is ours: the question where nobody said, and what was answered on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from callcoach.core import Edit, EditKind, Role
from callcoach.core.edits import active
from callcoach.ui.views.words import counted, length, percent, speaker_name

ONE_VOICE = "Who spoke when cannot be told here, so what needs our side and theirs is left out."
_WORDS_OF_QUOTE = 12


@dataclass(frozen=True, slots=True)
class SideChoice:
    """One speaker who may be ours: plain strings."""

    label: str
    name: str
    share: str
    first_words: str


@dataclass(frozen=True, slots=True)
class SideAnswer:
    """What somebody settled on this page, as one thing to take back."""

    edit_ids: tuple[str, ...]
    words: str


def roles_known(document: dict) -> bool:
    roles = {speaker["role"] for speaker in document["call"]["speakers"]}
    return "REP" in roles and "CUSTOMER" in roles


def side_choices(document: dict) -> list[SideChoice]:
    """Speakers to choose ours from; empty where it is known, or where only one voice can be told."""
    speakers = [s for s in document["call"]["speakers"] if s["role"] != "OTHER"]
    if roles_known(document) or len(speakers) < 2:
        return []
    spoken_s = [s["talk_s"] for s in speakers]
    n_words = [s["n_words"] for s in speakers]
    return [
        SideChoice(
            label=speaker["label"],
            name=speaker_name(speaker),
            share=_share_words(speaker, spoken_s, n_words),
            first_words=_first_words(document, speaker["label"]),
        )
        for speaker in speakers
    ]


def roles_when_ours(document: dict, ours: Iterable[str]) -> dict[str, Role]:
    """Roles of everybody once it is said who is ours: the rest are the customer's, neither side stays."""
    ours = set(ours)
    return {
        speaker["label"]: Role.REP if speaker["label"] in ours else Role.CUSTOMER
        for speaker in document["call"]["speakers"]
        if speaker["role"] != "OTHER"
    }


def side_answers(edits: Iterable[Edit]) -> list[SideAnswer]:
    """Sides set and swapped on this page that are still in force, newest first."""
    by_time: dict[object, list[Edit]] = {}
    for edit in active(edits):
        if edit.kind in (EditKind.ROLE, EditKind.SWAP):
            by_time.setdefault((edit.at, edit.author, edit.kind), []).append(edit)
    return [
        SideAnswer(
            tuple(edit.id for edit in group),
            ("Sides swapped" if group[0].kind is EditKind.SWAP else "Sides set")
            + f" by {group[0].author}, {group[0].at.astimezone():%d %b %H:%M}",
        )
        for group in reversed(by_time.values())
    ]


def _share_words(speaker: dict, spoken_s: list[float | None], n_words: list[int | None]) -> str:
    if None not in spoken_s and sum(spoken_s) > 0:
        return f"{percent(speaker['talk_s'] / sum(spoken_s))} of the speech ({length(speaker['talk_s'])})"
    if None not in n_words and sum(n_words) > 0:
        share = speaker["n_words"] / sum(n_words)
        return f"{percent(share)} of the words ({counted(speaker['n_words'], 'word')})"
    return "share not known"


def _first_words(document: dict, label: str) -> str:
    for turn in document["turns"]:
        if turn["speaker"] == label and turn["text"]:
            words = turn["text"].split()
            return " ".join(words[:_WORDS_OF_QUOTE]) + (" …" if len(words) > _WORDS_OF_QUOTE else "")
    return ""
