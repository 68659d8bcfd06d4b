"""Words or stretches of voice become turns: who holds the floor, and who only listens.

The rules are those of `core.floor`; a back-channel becomes a turn of its own beside the turn that
goes on round it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from callcoach.core.floor import Piece, take_floor
from callcoach.core.intervals import Intervals
from callcoach.core.transcript import Turn, Word


def turns_from_words(words: Mapping[str, Sequence[Word]]) -> tuple[Turn, ...]:
    """Turns of timed words, by start. Every word is in exactly one turn, in order of time.

    Parameters
    ----------
    words : mapping of speaker label to words
        All with intervals, in any order.
    """
    flat = [(label, word) for label, said in words.items() for word in said]
    flat.sort(key=lambda entry: (entry[1].interval.start_s, entry[1].interval.end_s, entry[0]))
    floor = take_floor([Piece(label, word.interval, (word.text,)) for label, word in flat])
    return tuple(Turn(hold.speaker, tuple(flat[at][1] for at in sorted(hold.pieces))) for hold in floor.holds)


def turns_from_speech(speech: Mapping[str, Intervals]) -> tuple[Turn, ...]:
    """Turns of stretches of voice, by start, with a span and no words."""
    pieces = [Piece(label, piece) for label, pieces in speech.items() for piece in pieces]
    return tuple(Turn(hold.speaker, span=hold.interval) for hold in take_floor(pieces).holds)
