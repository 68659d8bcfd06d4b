"""Where in a call the words stand that somebody looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from callcoach.ui.views.words import clock, speaker_name

AROUND = 60  # characters before and after what was found
SNIPPETS = 2  # per call


def snippets(
    document: dict, phrases: Iterable[list[str]], words_of: Callable[[str], list[str]]
) -> list[dict]:
    """Lines that hold what was looked for, those with the most of it first.

    Parameters
    ----------
    phrases : iterable of list of str
        What must be said, as the index splits it.
    words_of : callable
        How the index splits a text.

    Returns
    -------
    list of dict
        ``at``, ``start_s``, ``who`` and ``parts``: pairs of text and whether it was looked for.
    """
    wanted = [" ".join(phrase) for phrase in phrases]
    if not wanted:
        return []
    speakers = {speaker["label"]: speaker for speaker in document["call"]["speakers"]}
    found = []
    for index, turn in enumerate(document["turns"]):
        words = f" {' '.join(words_of(turn['text']))} "
        n = sum(f" {phrase} " in words for phrase in wanted)
        if n:
            found.append((-n, index, turn))
    return [
        {
            "at": clock(turn["start_s"]) if turn["start_s"] is not None else "",
            "start_s": turn["start_s"],
            "who": speaker_name(speakers[turn["speaker"]]) if turn["speaker"] in speakers else "",
            "parts": _parts(turn["text"], {word for phrase in wanted for word in phrase.split()}, words_of),
        }
        for _, _, turn in sorted(found, key=lambda entry: entry[:2])[:SNIPPETS]
    ]


def _parts(text: str, wanted: set[str], words_of: Callable[[str], list[str]]) -> list[list]:
    """The text around the first hit, cut into pieces that were looked for and others."""
    pieces = [[word, bool(wanted & set(words_of(word)))] for word in text.split()]
    first = next((i for i, (_, hit) in enumerate(pieces) if hit), 0)
    start = first
    while start > 0 and sum(len(w) + 1 for w, _ in pieces[start - 1 : first]) <= AROUND:
        start -= 1
    end = first + 1
    while end < len(pieces) and sum(len(w) + 1 for w, _ in pieces[first : end + 1]) <= 2 * AROUND:
        end += 1
    parts: list[list] = [["… ", False]] if start else []
    for word, hit in pieces[start:end]:
        if parts and parts[-1][1] == hit:
            parts[-1][0] += f" {word}" if parts[-1][0] != "… " else word
        else:
            if parts and not parts[-1][0].endswith(" "):
                if hit:
                    parts[-1][0] += " "
                else:
                    word = f" {word}"  # the mark ends with what was looked for
            parts.append([word, hit])
    if end < len(pieces):
        parts.append([" …", False])
    return parts
