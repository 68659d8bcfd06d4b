"""Whose word counts where people and the machine see a moment differently.

Agreed by both > manager > machine. What a rep disputes alone is open: it counts neither way until
somebody who leads agrees with it or takes it back. Words, names, sides and voices are facts of the
recording: they apply at once, whoever corrects them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from callcoach.core.edits import Edit, EditKind, active

JUDGING = frozenset([EditKind.REJECT_EVIDENCE, EditKind.ADD_EVIDENCE, EditKind.SCORE])


@dataclass(frozen=True, slots=True)
class Ruling:
    """Edits that count, and those that are open.

    Parameters
    ----------
    counting : tuple of Edit
        In force, oldest first; of edits that agree about one moment only the last.
    open : tuple of Edit
        Disputed by a rep and not yet answered by who leads.
    """

    counting: tuple[Edit, ...] = ()
    open: tuple[Edit, ...] = ()

    @property
    def disputed(self) -> frozenset[str]:
        """Behaviours that count neither way while a dispute about them is open."""
        return frozenset(edit.behaviour for edit in self.open)


def rule(edits: Iterable[Edit], *, leads: Collection[str]) -> Ruling:
    """Which edits count.

    Parameters
    ----------
    leads : collection of str
        Authors whose word stands above the machine's: managers, directors, the owner.
    """
    in_force = active(edits)
    settled = [edit for edit in in_force if edit.kind in JUDGING and edit.author in leads]
    counting, open_ = [], []
    for place, edit in enumerate(in_force):
        if edit.kind not in JUDGING:
            counting.append(edit)
        elif edit.author in leads:
            if not any(_same_moment(edit, later) for later in in_force[place + 1 :] if later in settled):
                counting.append(edit)
        elif not any(_same_moment(edit, other) for other in settled):
            open_.append(edit)
    return Ruling(tuple(counting), tuple(open_))


def _same_moment(one: Edit, other: Edit) -> bool:
    """Whether two judgements speak of the same thing: a behaviour's score, or its words at one place."""
    if one.behaviour != other.behaviour or (one.kind is EditKind.SCORE) != (other.kind is EditKind.SCORE):
        return False
    if one.kind is EditKind.SCORE:
        return True
    a, b = one.anchor, other.anchor
    if a.speaker != b.speaker:
        return False
    near = a.turn == b.turn and a.start_word < b.end_word and b.start_word < a.end_word
    return near or (a.quote == b.quote and a.time_s == b.time_s)
