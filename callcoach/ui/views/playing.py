"""What the player is given: lines to click, who spoke when, and the marks of evidence.

::

    Dana     ████   ██████    ██         lanes: speech of one speaker, as shares of the call
    Priya        ███      ████  ███████
                  ▲             ▲        marks: where evidence stands
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from callcoach.core import Intervals
from callcoach.core.keys import content_key
from callcoach.ui.views.words import clock, length, side_words, speaker_name

BARS_PER_LANE = 1500  # finer than a screen; a long call's bars are joined up to it
NO_WORDS = "No words were transcribed: only who spoke when."
NO_WORDS_LISTEN = f"{NO_WORDS} Click into the picture above to listen there."


def player_data(
    document: dict,
    *,
    speech: Mapping[str, Intervals],
    address: str | None,
    media_note: str,
    start_s: float | None,
) -> dict:
    """Data of the player component; every string in it is shown as text.

    Parameters
    ----------
    speech : mapping of label to Intervals
        When each voice sounds; may be empty, then turns stand in.
    address : str or None
        Where the recording plays from; None where none can be played.
    media_note : str
        Why not, in a sentence; empty where it can.
    start_s : float or None
        The second in the page's address.
    """
    call = document["call"]
    order = {s["label"]: i for i, s in enumerate(call["speakers"])}
    duration_s = _duration_s(document)
    lines = [
        {
            "turn": index,
            "who": order.get(turn["speaker"], 0),
            "start_s": turn["start_s"],
            "end_s": turn["end_s"],
            "at": clock(turn["start_s"]) if turn["start_s"] is not None else "",
            "text": turn["text"],
        }
        for index, turn in enumerate(document["turns"])
        if turn["text"]
    ]
    data = {
        "call": call["id"],
        "address": address,
        "media_note": media_note,
        "duration_s": duration_s,
        "speakers": [
            {
                "name": speaker_name(speaker),
                "side": side_words(speaker["role"]),
                "ours": speaker["role"] == "REP",
                "spoke": length(speaker["talk_s"]) if speaker["talk_s"] is not None else "",
                "bars": _bars(speaker["label"], document, speech, duration_s),
            }
            for speaker in call["speakers"]
        ],
        "marks": _marks(document, order, duration_s),
        "lines": lines,
        "no_lines": "" if lines else NO_WORDS_LISTEN if address else NO_WORDS,
    }
    return data | {"version": content_key(data), "start_s": start_s}


def _duration_s(document: dict) -> float | None:
    ends = [turn["end_s"] for turn in document["turns"] if turn["end_s"] is not None]
    return max([document["call"]["duration_s"] or 0.0, *ends]) or None


def _bars(
    label: str, document: dict, speech: Mapping[str, Intervals], duration_s: float | None
) -> list[list[float]]:
    """Start and width of each stretch of speech, as shares of the call."""
    if duration_s is None:
        return []
    pieces: Sequence[tuple[float, float]] = [(p.start_s, p.end_s) for p in speech.get(label, ())] or [
        (turn["start_s"], turn["end_s"])
        for turn in document["turns"]
        if turn["speaker"] == label and turn["start_s"] is not None and turn["end_s"] is not None
    ]
    least_gap_s = duration_s / BARS_PER_LANE
    joined: list[list[float]] = []
    for start_s, end_s in sorted(pieces):
        if joined and start_s - joined[-1][1] < least_gap_s:
            joined[-1][1] = max(joined[-1][1], end_s)
        else:
            joined.append([start_s, end_s])
    return [
        [round(start_s / duration_s, 5), round((end_s - start_s) / duration_s, 5)]
        for start_s, end_s in joined
    ]


def _marks(document: dict, order: Mapping[str, int], duration_s: float | None) -> list[dict]:
    """Evidence with a time, once per place, with the titles of what it shows."""
    if duration_s is None:
        return []
    places: dict[tuple[float, int], list[str]] = {}
    for item in document["behaviours"]:
        for piece in item["evidence"]:
            if piece["start_s"] is not None:
                place = (piece["start_s"], order.get(piece["speaker"], 0))
                titles = places.setdefault(place, [])
                if item["title"] not in titles:
                    titles.append(item["title"])
    return [
        {
            "at": round(start_s / duration_s, 5),
            "start_s": start_s,
            "who": who,
            "title": f"{clock(start_s)} {', '.join(titles)}",
        }
        for (start_s, who), titles in sorted(places.items())
    ]
