"""Behaviours, advice, promises and cautions of a call, as things to read and moments to play."""

from __future__ import annotations

from collections.abc import Collection

from callcoach.coach.coaching import absent_words
from callcoach.measure.behaviours import BEHAVIOURS
from callcoach.ui.views.words import clock, counted, score_words, speaker_name

BEFORE_S, AFTER_S = 5.0, 3.0  # a clip plays from 5 s before its moment to 3 s after
_NOT_FOUND = "not found"
_STATE_WORDS = {"not_applicable": "does not apply", "cannot_be_judged": "cannot be judged"}


NOTHING_TO_CHANGE = "Nothing to change here."
NOTHING_TO_SHOW = (
    "There is no advice for this call: what was judged holds no moment that shows it surely enough. "
    "The transcript and the measures are below."
)
NOTHING_JUDGED = "There is no advice for this call, because nothing in it could be judged: "


def judged_items(document: dict, machine: dict | None = None) -> list[dict]:
    """Behaviours that were looked for and judged, in the rubric's order.

    With the `machine`'s document, what it found stands beside what people corrected.
    """
    speakers = _speakers(document)
    found = {(i["id"], i["variant"]): i for i in machine["behaviours"]} if machine else {}
    return [
        {
            "behaviour": item["id"],
            "own_score": True,
            "machine": _machine_words(item, found.get((item["id"], item["variant"]))),
            "title": item["title"],
            "state": _state_words(item),
            "score": f"{item['score']:.2f}",
            "range": _range_words(item),
            "bar": [item["low"], item["score"], item["high"]],
            "weight": f"weighs {item['weight']:g} of 100",
            "reason": _reason_words(item),
            "moments": _moments(_surest_first(item["evidence"]), speakers),
        }
        for item in document["behaviours"]
        if item["score"] is not None
    ]


def _reason_words(item: dict) -> str:
    """Why; and where nothing was found, what to do if it was there."""
    absent = item["status"] == "not_observed" and not item["evidence"]
    return " ".join(part for part in (item["reason"], absent and absent_words(item["title"])) if part)


def _state_words(item: dict) -> str:
    if item["score"] is None:
        return _STATE_WORDS.get(item["status"], str(item["status"]))
    return _NOT_FOUND if item["status"] == "not_observed" else score_words(item["score"])


def _machine_words(item: dict, found: dict | None) -> str:
    """What the machine said, where people see it otherwise."""
    if found is None or (found["status"], found["score"]) == (item["status"], item["score"]):
        return ""
    number = f" {found['score']:.2f}" if found["score"] is not None else ""
    return f"The machine said: {_state_words(found)}{number}. Here people's corrections count."


def disputed_items(document: dict) -> list[dict]:
    """Behaviours that wait for who leads, with the words they are about."""
    speakers = _speakers(document)
    return [
        {
            "title": item["title"],
            "behaviour": item["id"],
            "own_score": True,
            "state": "open",
            "reason": item["reason"],
            "moments": _moments(item["evidence"], speakers),
        }
        for item in document["behaviours"]
        if item["score"] is None and (item["reason"] or "").startswith("disputed")
    ]


def withheld_items(document: dict) -> list[dict]:
    """Behaviours without a score, together by their reason: never a zero."""
    together: dict[tuple[str, str], list[str]] = {}
    for item in document["behaviours"]:
        if item["score"] is None and not (item["reason"] or "").startswith("disputed"):
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
    """One thing to keep and one to try, or why there is none."""
    speakers = _speakers(document)
    keep, try_ = document["coaching"]["keep"], document["coaching"]["try"]
    if keep is None and try_ is None:
        return [{"title": "Keep and try", "text": _without_advice(document), "moments": []}]
    items = []
    if keep is not None:
        items.append({"title": "Keep", "text": keep["text"], "moments": _moments(keep["evidence"], speakers)})
    if try_ is not None:
        moments = _moments(try_["evidence"], speakers)
        items.append({"title": "Try next time", "text": try_["text"], "moments": moments})
    elif keep is not None and NOTHING_TO_CHANGE not in keep["text"]:
        items.append({"title": "Try next time", "text": NOTHING_TO_CHANGE, "moments": []})
    return items


def _without_advice(document: dict) -> str:
    if any(item["score"] is not None for item in document["behaviours"]):
        return NOTHING_TO_SHOW
    reasons = [item["reason"] for item in document["behaviours"] if item["reason"]]
    most = max(
        set(reasons), key=lambda reason: (reasons.count(reason), reason), default="no rubric item applies"
    )
    return f"{NOTHING_JUDGED}{most}."


def promise_items(document: dict) -> list[dict]:
    """Next steps that somebody took on, our side's first."""
    speakers = _speakers(document)
    items = [
        {
            "title": _who(promise["who"], speakers),
            "text": promise["what"] + _unless_said(promise["when"], promise["what"]),
            "moments": _moment_of_turn(document, promise["turn"], speakers, quote=""),
            "ours": _ours(promise["who"], speakers),
        }
        for promise in document["promises"]
    ]
    return sorted(items, key=lambda item: not item["ours"])


def _unless_said(when: str | None, what: str) -> str:
    """The day in brackets, where the words do not name it themselves."""
    return f" ({when})" if when and when.casefold() not in what.casefold() else ""


def promises_text(document: dict) -> str:
    """The promises as lines to paste somewhere else; empty without any."""
    return "\n".join(f"- {item['title']}: {item['text']}" for item in promise_items(document))


def _ours(who: str, speakers: dict[str, dict]) -> bool:
    return any(s["role"] == "REP" and who in (s["label"], s["name"]) for s in speakers.values())


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


def caution_items(document: dict, confirmed: Collection[str] = ()) -> list[dict]:
    """Words for a person to review. They lower no score.

    Parameters
    ----------
    confirmed : collection of str
        Cautions that somebody has looked at and found to be so.
    """
    speakers = _speakers(document)
    return [
        {
            "title": BEHAVIOURS.get(caution["id"], caution["id"].replace("_", " ").capitalize()),
            "behaviour": caution["id"],
            "confirm": caution["id"] not in confirmed,
            "reason": "A person has looked at it: it is so." if caution["id"] in confirmed else "",
            "moments": _moments(_surest_first(caution["evidence"]), speakers),
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


def _surest_first(evidence: list[dict]) -> list[dict]:
    return sorted(evidence, key=lambda piece: -piece["probability"])


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


def clip_of(piece: dict) -> dict:
    """From when to when a piece of evidence plays."""
    start_s = piece["start_s"]
    return {
        "turn": piece["turn"],
        "from_s": max(0.0, start_s - BEFORE_S),
        "to_s": max(piece["end_s"] or start_s, start_s) + AFTER_S,
    }


def _moment(*, turn: int, start_s: float | None, end_s: float | None, who: str, quote: str) -> dict:
    """One piece of evidence as a clip; without times it only leads to its line."""
    if start_s is None:
        return {
            "turn": turn,
            "start_s": None,
            "from_s": None,
            "to_s": None,
            "at": "",
            "length": "",
            "who": who,
            "quote": quote,
        }
    clip = clip_of({"turn": turn, "start_s": start_s, "end_s": end_s})
    return clip | {
        "start_s": start_s,
        "at": clock(start_s),
        "length": f"{clip['to_s'] - clip['from_s']:.0f} s",
        "who": who,
        "quote": quote,
    }
