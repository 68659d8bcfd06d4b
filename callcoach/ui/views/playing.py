"""What the player is given: lines to click, who spoke when, and the marks of evidence.

::

    Dana     ████   ██████    ██         lanes: speech of one speaker, as shares of the call
    Priya        ███      ████  ███████
                  ▲             ▲        marks: where evidence stands
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from callcoach.core import Interval, Intervals, gaps, support
from callcoach.core.keys import content_key
from callcoach.ui.views.behaviours import clip_of
from callcoach.ui.views.words import clock, length, side_words, speaker_name

QUIET_S = 1.2  # silences from here on can be skipped
STORY_GAP_S = 1.5  # shorter pauses of the customer are heard with what is around them
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
    proxy: str | None = None,
    needs_proxy: bool = False,
    notes: Mapping[int, Sequence[str]] | None = None,
    behaviours: Sequence[tuple[str, str]] = (),
    can_correct: bool = False,
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
    proxy : str or None
        Where a copy plays from that any browser can play; `needs_proxy` asks for it at once.
    notes : mapping of turn to str
        What people said about a line.
    behaviours : sequence of (id, title)
        What a line can be marked as.
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
            "notes": list((notes or {}).get(index, ())),
        }
        for index, turn in enumerate(document["turns"])
        if turn["text"]
    ]
    data = {
        "call": call["id"],
        "address": address,
        "media_note": media_note,
        "duration_s": duration_s,
        "proxy": proxy,
        "needs_proxy": needs_proxy,
        "can_correct": can_correct,
        "behaviours": [list(pair) for pair in behaviours],
        "quiet": _quiet(speech, duration_s),
        "theirs": _theirs(document, speech),
        "speakers": [
            {
                "label": speaker["label"],
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


def _quiet(speech: Mapping[str, Intervals], duration_s: float | None) -> list[list[float]]:
    """Where nobody speaks for long enough to be skipped."""
    if duration_s is None or not speech:
        return []
    heard = support(piece for pieces in speech.values() for piece in pieces)
    silent = gaps(heard, within=Interval(0.0, duration_s))
    return [[round(p.start_s, 2), round(p.end_s, 2)] for p in silent if p.duration_s >= QUIET_S]


def _theirs(document: dict, speech: Mapping[str, Intervals]) -> list[list[float]]:
    """Where the customer speaks; empty where it is not known who that is."""
    labels = [s["label"] for s in document["call"]["speakers"] if s["role"] == "CUSTOMER"]
    joined = support((p for label in labels for p in speech.get(label, ())), join_gap_s=STORY_GAP_S)
    return [[round(piece.start_s, 2), round(piece.end_s, 2)] for piece in joined]


_KINDS = {"objection": "concern", "objection_handling": "concern", "next_step": "step"}


def _marks(document: dict, order: Mapping[str, int], duration_s: float | None) -> list[dict]:
    """Evidence with a time, once per place, with the titles of what it shows; and the first price."""
    if duration_s is None:
        return []
    ours = {s["label"] for s in document["call"]["speakers"] if s["role"] == "REP"}
    places: dict[tuple[float, int], dict] = {}
    for item in document["behaviours"]:
        for piece in item["evidence"]:
            if piece["start_s"] is None:
                continue
            place = (piece["start_s"], order.get(piece["speaker"], 0))
            mark = places.setdefault(place, {"titles": [], "kind": "evidence"} | clip_of(piece))
            if item["title"] not in mark["titles"]:
                mark["titles"].append(item["title"])
            kind = _KINDS.get(item["id"])
            if kind and not (kind == "concern" and piece["speaker"] in ours):
                mark["kind"] = kind  # what we did about a concern is evidence
    price = document["measures"].get("price_first_share")
    if price is not None and document["call"]["duration_s"]:
        at_s = price * document["call"]["duration_s"]
        if (turn := _turn_at(document, at_s)) is not None:
            piece = {"turn": turn, "start_s": at_s, "end_s": at_s}
            who = order.get(document["turns"][turn]["speaker"], 0)
            titles = ["Price is spoken of for the first time"]
            places.setdefault((at_s, who), {"titles": titles, "kind": "price"} | clip_of(piece))
    return [
        {
            "at": round(start_s / duration_s, 5),
            "start_s": start_s,
            "from_s": mark["from_s"],
            "to_s": mark["to_s"],
            "turn": mark["turn"],
            "who": who,
            "kind": mark["kind"],
            "title": f"{clock(start_s)} {', '.join(mark['titles'])}",
        }
        for (start_s, who), mark in sorted(places.items(), key=lambda entry: entry[0])
    ]


def _turn_at(document: dict, time_s: float) -> int | None:
    begun = [
        index
        for index, turn in enumerate(document["turns"])
        if turn["start_s"] is not None and turn["start_s"] <= time_s + 0.5 and turn["text"]
    ]
    return begun[-1] if begun else None
