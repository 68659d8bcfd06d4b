"""What the behaviours share that are told turn by turn: one credit per turn of one side."""

from __future__ import annotations

from collections.abc import Callable

from callcoach.core import Evidence, Role, Transcript
from callcoach.measure.units import Unit, units_of
from callcoach.measure.utterances import Labels, evidence_of, ruled_out

Shows = Callable[[str], bool]


def told(
    transcript: Transcript,
    labels: Labels,
    label: str,
    *,
    role: Role,
    shows: Shows | None = None,
    unless: Shows | None = None,
    probability: float = 0.75,
) -> tuple[Evidence, ...]:
    """The most probable words of every turn of a side that show a label, in the order of the call.

    Parameters
    ----------
    shows : callable, optional
        Whether the plain words of a unit show it without any label; then worth `probability`.
    unless : callable, optional
        Whether the plain words of a unit show that it is something else, whatever the label says.
    """
    labelled: dict[int, list[Evidence]] = {}
    for piece in evidence_of(transcript, labels, label):
        labelled.setdefault(piece.turn, []).append(piece)
    found: list[Evidence] = []
    for at, turn in enumerate(transcript.turns):
        if shows is None and at not in labelled:
            continue
        if not turn.words or transcript.role_of(turn) is not role:
            continue
        said = units_of(transcript, at) if shows or unless else ()
        pieces = [
            piece
            for piece in labelled.get(at, ())
            if unless is None or not all(unless(unit.text) for unit in said if _in(unit, piece))
        ]
        if shows is not None and not ruled_out(labels[at], label):
            pieces += [
                Evidence(at, unit.start, unit.end, probability)
                for unit in said
                if shows(unit.text) and not (unless is not None and unless(unit.text))
            ]
        if pieces:
            found.append(max(pieces, key=lambda piece: piece.probability))
    return tuple(found)


def _in(unit: Unit, piece: Evidence) -> bool:
    return unit.start < piece.end_word and piece.start_word < unit.end
