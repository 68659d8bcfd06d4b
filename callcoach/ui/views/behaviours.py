"""Behaviours, advice, promises and cautions of a call, as things to read and moments to play."""

from __future__ import annotations

from callcoach.ui.views.words import clock, counted, score_words, speaker_name

BEFORE_S, AFTER_S = 5.0, 3.0  # a clip plays from 5 s before its moment to 3 s after
_NOT_FOUND = "not found"
_STATE_WORDS = {"not_applicable": "does not apply", "cannot_be_judged": "cannot be judged"}


def judged_items(document: dict) -> list[dict]:
    """Behaviours that were looked for and judged, in the rubric's order."""
    speakers = _speakers(document)
    return [
        {
            "title": item["title"],
            "state": _NOT_FOUND if item["status"] == "not_observed" else score_words(item["score"]),
            "score": f"{item['score']:.2f}",
            "range": _range_words(item),
            "bar": [item["low"], item["score"], item["high"]],
            "weight": f"weighs {item['weight']:g} of 100",
            "reason": item["reason"] or "",
            "moments": _moments(item["evidence"], speakers),
        }
        for item in document["behaviours"]
        if item["score"] is not None
    ]


def withheld_items(document: dict) -> list[dict]:
    """Behaviours without a score, together by their reason: never a zero."""
    together: dict[tuple[str, str], list[str]] = {}
    for item in document["behaviours"]:
        if item["score"] is None:
            state = _STATE_WORDS.get(item["status"], str(item["status"]))
            together.setdefault((state, item["reason"] or ""), []).append(item["title"])
    return [
        {"title": ", ".join(titles), "state": "", "reason": f"{state}: {reason}" if reason else state}
        for (state, reason), titles in together.items()
    ]


def judged_words(document: dict) -> str:
    """How much of the rubric could be judged."""
    n_judged = len(judged_items(document))
    return f"{n_judged} of {counted(len(document['behaviours']), 'behaviour')} could be judged."


def advice_items(document: dict) -> list[dict]:
    """At most one thing to keep and one to try, in that order."""
    speakers = _speakers(document)
    return [
        {"title": label, "text": advice["text"], "moments": _moments(advice["evidence"], speakers)}
        for key, label in (("keep", "Keep"), ("try", "Try next time"))
        if (advice := document["coaching"][key])
    ]


def promise_items(document: dict) -> list[dict]:
    speakers = _speakers(document)
    return [
        {
            "title": _who(promise["who"], speakers),
            "text": promise["what"] + (f" ({promise['when']})" if promise["when"] else ""),
            "moments": _moment_of_turn(document, promise["turn"], speakers),
        }
        for promise in document["promises"]
    ]


def question_items(document: dict) -> list[dict]:
    speakers = _speakers(document)
    return [
        {
            "title": "",
            "text": question["quote"],
            "moments": _moment_of_turn(document, question["turn"], speakers, quote=""),
        }
        for question in document["open_questions"]
    ]


def caution_items(document: dict) -> list[dict]:
    """Words for a person to review. They lower no score."""
    speakers = _speakers(document)
    return [
        {
            "title": caution["id"].replace("_", " ").capitalize(),
            "moments": _moments(caution["evidence"], speakers),
        }
        for caution in document["cautions"]
    ]


def _speakers(document: dict) -> dict[str, dict]:
    return {speaker["label"]: speaker for speaker in document["call"]["speakers"]}


def _who(label: str, speakers: dict[str, dict]) -> str:
    return speaker_name(speakers[label]) if label in speakers else label


def _range_words(item: dict) -> str:
    low, high = item["low"], item["high"]
    if low is None or high is None or high - low < 0.005:
        return ""
    return f"a careful person would say {low:.2f} to {high:.2f}"


def _moments(evidence: list[dict], speakers: dict[str, dict]) -> list[dict]:
    return [
        _moment(
            turn=piece["turn"],
            start_s=piece["start_s"],
            end_s=piece["end_s"],
            who=_who(piece["speaker"], speakers),
            quote=piece["quote"],
        )
        for piece in evidence
    ]


def _moment_of_turn(document: dict, index: int, speakers: dict, *, quote: str | None = None) -> list[dict]:
    if not 0 <= index < len(document["turns"]):
        return []
    turn = document["turns"][index]
    return [
        _moment(
            turn=index,
            start_s=turn["start_s"],
            end_s=turn["end_s"],
            who=_who(turn["speaker"], speakers),
            quote=turn["text"] if quote is None else quote,
        )
    ]


def _moment(*, turn: int, start_s: float | None, end_s: float | None, who: str, quote: str) -> dict:
    """One piece of evidence as a clip; without times it only leads to its line."""
    if start_s is None:
        return {
            "turn": turn,
            "from_s": None,
            "to_s": None,
            "at": "",
            "length": "",
            "who": who,
            "quote": quote,
        }
    from_s, to_s = max(0.0, start_s - BEFORE_S), max(end_s or start_s, start_s) + AFTER_S
    return {
        "turn": turn,
        "from_s": from_s,
        "to_s": to_s,
        "at": clock(start_s),
        "length": f"{to_s - from_s:.0f} s",
        "who": who,
        "quote": quote,
    }
